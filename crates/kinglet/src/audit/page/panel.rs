//! The panel of a claim: what is printed, the verdict and its reason, the correction, what was
//! asked of the data and what they say.

use kinglet_core::identity::Entity;
use kinglet_core::quantity::grouped;
use kinglet_core::query::Evaluator;
use serde_json::Value;

use super::chart::{self, chart};
use super::sentence::sentence;
use super::summary::badge;
use super::verdict::Sign;
use super::{Numbered, anchor, table};
use crate::audit::{ClaimRecord, EditRecord};
use crate::html::escape;
use crate::wire::RowRecord;

/// How many rows a panel lists; the JSON holds all.
const ROWS_MAX: usize = 24;

/// The panel; `edits` are the correction of the claim. It is a group, since dozens of landmarks
/// would hide the others.
pub(super) fn panel(
    claim: Numbered<'_>,
    edits: &[EditRecord],
    evaluator: &Evaluator<'_>,
) -> String {
    let record = claim.claim;
    let (id, name) = (claim.id('c'), Sign::of(record.verdict).name);
    let mut out = format!(
        "<section class=\"claim {name}\" id=\"{id}\" role=\"group\" tabindex=\"-1\" \
         aria-labelledby=\"t{id}\">\n\
         {}<p class=\"subject\">{}{}</p>\n<p class=\"reason\">{}</p>\n{}",
        heading(claim),
        subject(record),
        if record.assisted { " (assisted)" } else { "" },
        reason(&record.reason),
        sentence(claim, edits),
    );
    out += &chart(record, evaluator);
    out += &facts(claim, evaluator);
    out += &rows(&record.rows);
    out += &readings(record);
    out += "</section>\n";
    out
}

/// Number, printed value, verdict; the way back, and to the neighbours.
fn heading(claim: Numbered<'_>) -> String {
    let record = claim.claim;
    let (id, number) = (claim.id('c'), claim.number());
    let place = claim.sheet.place;
    let mut ways = String::new();
    if claim.index > 0 {
        let before = anchor('c', place, claim.index - 1);
        ways += &format!("<a href=\"#{before}\" aria-label=\"claim {}\">\u{2039}</a>", number - 1);
    }
    if number < claim.sheet.audit.claims.len() {
        let next = anchor('c', place, claim.index + 1);
        ways += &format!("<a href=\"#{next}\" aria-label=\"claim {}\">\u{203a}</a>", number + 1);
    }
    let title = format!(
        "<span class=\"number\">{number}</span> <q>{}</q> {}",
        escape(&record.text),
        badge(Sign::of(record.verdict)),
    );
    format!(
        "<div class=\"head\">\n{}<span class=\"ways\">{ways}<a class=\"close\" href=\"#{}\" \
         aria-label=\"back to the text\">\u{00d7}</a></span>\n</div>\n",
        claim.sheet.heading(2, &format!(" id=\"t{id}\""), &title),
        claim.id('m'),
    )
}

/// `return of the Russell 2000 (RUT), 2025-09`
pub(super) fn subject(record: &ClaimRecord) -> String {
    let name = |code: &str| {
        let entity = Entity::new(code);
        match entity.known() {
            Some(known) if known.name != code => format!("{} ({code})", known.name),
            _ => code.to_owned(),
        }
    };
    let versus = record.versus.as_ref().map_or(String::new(), |v| format!(" against {}", name(v)));
    let period = match record.period.split_once('@') {
        Some(("", day)) => format!("as of {day}"),
        None if record.period == "?" => "period not said".to_owned(),
        _ => record.period.clone(),
    };
    let measure = record.metric.replace('_', " ");
    escape(&format!("{measure} of {}{versus}, {period}", name(&record.entity)))
}

/// A reason with its queries set as such.
pub(super) fn reason(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in escape(text).split('`').enumerate() {
        out += &if i % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() };
    }
    out
}

/// What was asked and what the data say.
fn facts(claim: Numbered<'_>, evaluator: &Evaluator<'_>) -> String {
    let record = claim.claim;
    let mut out = String::from("<dl>\n");
    let mut fact = |name: &str, markup: String| {
        if !markup.is_empty() {
            out += &format!("<dt>{name}</dt><dd>{markup}</dd>\n");
        }
    };
    let hedge = match record.comparator {
        "approx" => " (about)",
        "gt" => " (more than)",
        "ge" => " (at least)",
        "lt" => " (less than)",
        "le" => " (at most)",
        "range_low" => " (lower end of a range)",
        "range_high" => " (upper end of a range)",
        _ => "",
    };
    let value = record.value.as_f64().map_or(String::new(), |v| grouped(&v.to_string()));
    let unit = if record.unit == "count" { "" } else { record.unit };
    let printed = format!("{} {}", value.replace('-', "\u{2212}"), unit.replace('_', " "));
    fact("printed", printed.trim().to_owned() + hedge);
    fact("data", figure(&record.actual, record.unit));
    if let Some(query) = &record.query {
        fact("query", format!("<code>{}</code>", escape(query)));
        fact(
            "period",
            chart::stretch(query, evaluator).map_or(String::new(), |i| match i.base {
                Some(base) => format!("from the close of {base} to that of {}", i.end),
                None => format!("as of {}", i.end),
            }),
        );
    }
    if let Some((page, line)) = record.place.and_then(|place| Some((place.page?, place.line))) {
        fact("place", format!("page {page}, line {line}"));
    }
    let data = &claim.sheet.audit.data;
    fact("version", format!("{}, as of {}", escape(&data.version), data.as_of));
    if let Some(evidence) = &record.evidence {
        fact("evidence", format!("<code>{}</code>", escape(evidence)));
    }
    out + "</dl>\n"
}

fn rows(rows: &[RowRecord]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    for row in rows.iter().take(ROWS_MAX) {
        body += &format!(
            "<tr><th scope=\"row\">{}</th><td class=\"date\">{}</td><td>{}</td>\
             <td class=\"source\">{}</td></tr>\n",
            escape(&row.series),
            row.date,
            figure(&row.value, row.unit),
            escape(&row.source),
        );
    }
    let more = rows.len().saturating_sub(ROWS_MAX);
    if more > 0 {
        body += &format!("<tr><th scope=\"row\" colspan=\"4\">and {more} more rows</th></tr>\n");
    }
    let few = if rows.len() <= 4 { " open" } else { "" };
    let count = if rows.len() == 1 { "1 row".to_owned() } else { format!("{} rows", rows.len()) };
    format!(
        "<details{few}><summary>{count} of data</summary>\n{}</details>\n",
        table(&["series", "date", "value", "source"], &body)
    )
}

fn readings(record: &ClaimRecord) -> String {
    if record.readings.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    for reading in &record.readings {
        body += &format!(
            "<tr><th scope=\"row\">{}<br><code>{}</code></th><td>{}</td></tr>\n",
            escape(&reading.what),
            escape(&reading.query),
            figure(&reading.value, record.unit),
        );
    }
    format!(
        "<details><summary>Other readings: {}</summary>\n{}</details>\n",
        record.readings.len(),
        table(&["reading", "value"], &body)
    )
}

/// A value in a unit, for people; nothing where there is none.
pub(super) fn figure(value: &Value, unit: &str) -> String {
    let Some(value) = value.as_f64() else { return String::new() };
    let decimals = match unit {
        "percent" | "percentage_points" | "index_points" | "ratio" | "times" => 2,
        _ if value.fract() == 0.0 => 0,
        _ => 2,
    };
    let digits = grouped(&format!("{:.decimals$}", value.abs()));
    let zero = digits.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if value < 0.0 && !zero { "\u{2212}" } else { "" };
    match unit {
        "percent" => format!("{sign}{digits}%"),
        "percentage_points" => format!("{sign}{digits} percentage points"),
        "basis_points" => format!("{sign}{digits} basis points"),
        "usd" => format!("{sign}${digits}"),
        "index_points" | "ratio" | "count" => format!("{sign}{digits}"),
        unit => format!("{sign}{digits} {}", escape(unit)),
    }
}
