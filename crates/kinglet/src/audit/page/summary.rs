//! What was found, in a sentence and in tables; the table of verdicts is also the filter.

use std::collections::BTreeMap;

use super::verdict::{SIGNS, Sign};
use super::{Numbered, Sheet, table};
use crate::audit::ClaimRecord;
use crate::html::escape;

/// Claims by verdict, in the order of the signs.
pub(super) struct Counts([usize; SIGNS.len()]);

impl Counts {
    /// The counts of some claims.
    pub(super) fn of<'a>(claims: impl IntoIterator<Item = &'a ClaimRecord>) -> Counts {
        let mut counts = [0; SIGNS.len()];
        for claim in claims {
            if let Some(at) = SIGNS.iter().position(|sign| sign.name == claim.verdict) {
                counts[at] += 1;
            }
        }
        Counts(counts)
    }

    fn sum(&self, verdicts: &[&str]) -> usize {
        let of = |(sign, count): (&Sign, &usize)| verdicts.contains(&sign.name).then_some(*count);
        SIGNS.iter().zip(&self.0).filter_map(of).sum()
    }

    /// All claims.
    pub(super) fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// Those that the data or the article itself can decide.
    pub(super) fn checked(&self) -> usize {
        self.wrong() + self.sum(&["imprecise", "supported"])
    }

    /// Those that are wrong.
    pub(super) fn wrong(&self) -> usize {
        self.sum(&["contradicted", "misdated", "inconsistent"])
    }

    /// `40 claims: 14 can be checked, 3 are wrong.`
    fn sentence(&self) -> String {
        let (all, checked, wrong) = (self.all(), self.checked(), self.wrong());
        let be = |n: usize| if n == 1 { "is" } else { "are" };
        match (all, checked) {
            (0, _) => "No claim was found.".to_owned(),
            (_, 0) => format!("{}, none of which can be checked.", claims(all)),
            _ => {
                let wrong = match wrong {
                    0 => "none is wrong".to_owned(),
                    n => format!("<strong>{n} {} wrong</strong>", be(n)),
                };
                format!("{}: {checked} can be checked, {wrong}.", claims(all))
            }
        }
    }
}

fn claims(n: usize) -> String {
    format!("{n} {}", if n == 1 { "claim" } else { "claims" })
}

/// The sentence on all claims of the page, and a row for each verdict that occurs; its button shows
/// these alone.
pub(super) fn filter(counts: &Counts) -> String {
    let sentence = format!("<p class=\"found\">{}</p>\n", counts.sentence());
    if counts.all() == 0 {
        return sentence;
    }
    let choice = |name: &str, checked: &str| {
        format!(
            "<input type=\"radio\" name=\"verdict\" id=\"only-{name}\" value=\"{name}\"{checked}>"
        )
    };
    let mut rows = format!(
        "<tr><th scope=\"row\"><label>{} all</label></th><td>{}</td><td></td></tr>\n",
        choice("all", " checked"),
        counts.all()
    );
    for (sign, count) in SIGNS.iter().zip(&counts.0).filter(|(_, count)| **count > 0) {
        rows += &format!(
            "<tr><th scope=\"row\"><label>{} {}</label></th><td>{count}</td>\
             <td>{}</td></tr>\n",
            choice(sign.name, ""),
            badge(*sign),
            sign.meaning,
        );
    }
    format!(
        "{sentence}<div class=\"table verdicts\">{}</div>\n",
        table(&["show", "claims", "meaning"], &rows)
    )
}

/// The sign and the name of a verdict.
pub(super) fn badge(sign: Sign) -> String {
    format!("<span class=\"badge {0}\"><i>{1}</i> {0}</span>", sign.name, sign.glyph)
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
    out + &unsettled(sheet)
}

fn finding(claim: Numbered<'_>) -> String {
    let record = claim.claim;
    let right = match (&record.tag, record.verdict) {
        (Some(period), "misdated") => format!(", right for {}", escape(period)),
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

/// The claims that could not be decided, by the reason.
fn unsettled(sheet: Sheet<'_>) -> String {
    let mut reasons: BTreeMap<&str, Vec<Numbered<'_>>> = BTreeMap::new();
    for claim in sheet.claims().filter(|c| c.claim.verdict == "unverifiable") {
        reasons.entry(&claim.claim.reason).or_default().push(claim);
    }
    if reasons.is_empty() {
        return String::new();
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, claims)| std::cmp::Reverse(claims.len()));
    let link =
        |c: &Numbered<'_>| format!("<a href=\"#{}\">{}</a>", c.id('c'), escape(&c.claim.text));
    let items: String = reasons
        .iter()
        .map(|(reason, claims)| {
            let links: Vec<String> = claims.iter().map(link).collect();
            format!("<li>{}: {}</li>\n", super::panel::reason(reason), links.join(", "))
        })
        .collect();
    let count: usize = reasons.iter().map(|(_, claims)| claims.len()).sum();
    format!(
        "<details class=\"unsettled\"><summary>Why {} could not be decided</summary>\n<ul>\n\
         {items}</ul>\n</details>\n",
        claims(count)
    )
}
