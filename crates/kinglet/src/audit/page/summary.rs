//! What was found, in a sentence and in tables; the table of verdicts is also the filter.

use super::verdict::{SIGNS, Sign};
use super::{Numbered, Sheet, anchor, table};
use crate::audit::{GapRecord, summary};
use crate::html::escape;

/// The sentence on all claims of the page, and a row for each verdict that occurs; its button shows
/// these alone.
pub(super) fn counts(sheets: &[Sheet<'_>]) -> String {
    let summaries = || sheets.iter().map(|sheet| &sheet.audit.summary);
    let all: usize = summaries().map(|s| s.claims).sum();
    let checked = summaries().map(|s| s.checked).sum();
    let wrong = summaries().map(|s| s.wrong).sum();
    let sentence = format!("<p class=\"found\">{}</p>\n", sentence(all, checked, wrong));
    if all == 0 {
        return sentence;
    }
    let mut rows = row(("all", all), "all", "");
    for sign in SIGNS {
        let counts = summaries().flat_map(|s| &s.verdicts).filter(|c| c.verdict == sign.name);
        let count: usize = counts.map(|c| c.claims).sum();
        if count > 0 {
            rows += &row((sign.name, count), &badge(sign), sign.meaning);
        }
    }
    let table = table(&["show", "claims", "meaning"], &rows);
    format!("{sentence}<div class=\"table verdicts\">{table}</div>\n")
}

/// A row of the filter.
fn row((name, count): (&str, usize), label: &str, meaning: &str) -> String {
    let checked = if name == "all" { " checked" } else { "" };
    format!(
        "<tr><th scope=\"row\"><label><input type=\"radio\" name=\"verdict\" id=\"only-{name}\" \
         value=\"{name}\"{checked}> {label}</label></th><td>{count}</td><td>{meaning}</td></tr>\n"
    )
}

/// `40 claims: 14 can be checked, 3 are wrong.`
fn sentence(all: usize, checked: usize, wrong: usize) -> String {
    let wrong = match wrong {
        0 => "none is wrong".to_owned(),
        1 => "<strong>1 is wrong</strong>".to_owned(),
        n => format!("<strong>{n} are wrong</strong>"),
    };
    match (all, checked) {
        (0, _) => "No claim was found.".to_owned(),
        (_, 0) => format!("{}, none of which can be checked.", claims(all)),
        _ => format!("{}: {checked} can be checked, {wrong}.", claims(all)),
    }
}

fn claims(n: usize) -> String {
    format!("{n} {}", if n == 1 { "claim" } else { "claims" })
}

/// The sign and the name of a verdict.
pub(super) fn badge(sign: Sign) -> String {
    format!(
        "<span class=\"badge {0}\"><i aria-hidden=\"true\">{1}</i> {0}</span>",
        sign.name, sign.glyph
    )
}

/// What was found in one article: what is wrong, and what could not be decided and why.
pub(super) fn summary(sheet: Sheet<'_>) -> String {
    let findings: String = sheet
        .claims()
        .filter(|c| c.claim.is_wrong() || c.claim.verdict == "imprecise")
        .map(finding)
        .collect();
    let mut out = String::new();
    if !findings.is_empty() {
        out += &format!(
            "{}<div class=\"table findings\">{}</div>\n",
            sheet.heading(1, "", "What to look at"),
            table(&["printed", "about", "verdict", "data"], &findings)
        );
    }
    let broken = sheet.audit.relations.iter().filter(|r| !r.holds);
    let broken: String = broken.map(|r| format!("<li>{}</li>\n", escape(&r.statement))).collect();
    if !broken.is_empty() {
        out += &sheet.heading(1, "", "Figures that do not fit together");
        out += &format!("<ul>\n{broken}</ul>\n");
    }
    out + &missing(sheet) + &unsettled(sheet)
}

/// Where the text leaves out figures or words.
fn missing(sheet: Sheet<'_>) -> String {
    let item = |gap: &GapRecord| {
        let what = if gap.kind == "value" { "a figure" } else { "words" };
        format!("<li>{what}: <q>{}</q></li>\n", escape(&gap.quote))
    };
    let items: String = sheet.audit.gaps.iter().map(item).collect();
    if items.is_empty() {
        return items;
    }
    format!("{}<ul>\n{items}</ul>\n", sheet.heading(1, "", "What is left out"))
}

fn finding(claim: Numbered<'_>) -> String {
    let record = claim.claim;
    let right = match (&record.tag, record.verdict) {
        (Some(period), "misdated") => format!(", right for {}", escape(period)),
        (Some(tag), _) if tag != "no_match" => format!(", {}", escape(&tag.replace('_', " "))),
        _ => String::new(),
    };
    let actual = match &record.suggestion {
        Some(new) => escape(new),
        None => super::panel::figure(&record.actual, record.unit),
    };
    format!(
        "<tr class=\"{}\"><th scope=\"row\"><a href=\"#{}\">{}</a></th><td class=\"about\">{}</td>\
         <td class=\"verdict\">{}{right}</td><td>{actual}</td></tr>\n",
        record.verdict,
        claim.id('c'),
        escape(&record.text),
        super::panel::subject(record),
        badge(Sign::of(record.verdict)),
    )
}

/// What would settle the claims that could not be decided.
fn unsettled(sheet: Sheet<'_>) -> String {
    let wanted = &sheet.audit.summary.would_settle;
    let link = |index: &usize| {
        let text = sheet.audit.claims.get(*index).map_or("", |claim| &claim.text);
        format!("<a href=\"#{}\">{}</a>", anchor('c', sheet.place, *index), escape(text))
    };
    let mut items = String::new();
    for one in wanted {
        let what = one.what.as_deref().unwrap_or_default().replace('_', " ");
        let links: Vec<String> = one.claims.iter().map(link).collect();
        let name = format!("{}{what}", summary::wanted(one.kind));
        items += &format!("<li>{}: {}</li>\n", escape(&name), links.join(", "));
    }
    if items.is_empty() {
        return items;
    }
    let count = wanted.iter().map(|one| one.claims.len()).sum();
    format!(
        "<details class=\"unsettled\"><summary>What would settle {}</summary>\n<ul>\n{items}</ul>\n\
         </details>\n",
        claims(count)
    )
}
