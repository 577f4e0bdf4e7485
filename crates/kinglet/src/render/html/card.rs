//! The card of a figure: what was asked, what it gave before rounding, and what that rests on.

use kinglet_core::note::{Figure, Source};

use super::super::footnote::evidence;
use crate::html::escape;

/// The card; `places` are the ids of where the figure is printed, in the text and in charts.
pub(super) fn card(number: usize, figure: &Figure, places: &[(String, String)]) -> String {
    let facts: Vec<String> = facts(figure).iter().map(|fact| escape(fact)).collect();
    let place = |(id, name): &(String, String)| format!("<a href=\"#{id}\">{name}</a>");
    let places: Vec<String> = places.iter().map(place).collect();
    format!(
        "<li id=\"n{number}\" tabindex=\"-1\"><code>{}</code> = {}\n<p class=\"facts\">{}</p>\n\
         <p class=\"places\">Printed in: {}</p></li>\n",
        escape(&figure.answer.query),
        escape(&evidence(figure)),
        facts.join(" \u{b7} "),
        places.join(", ")
    )
}

/// Definition with revision, unit, sessions, sources, the id of the evidence.
fn facts(figure: &Figure) -> Vec<String> {
    let answer = &figure.answer;
    let mut facts = Vec::new();
    match &figure.source {
        Source::Query(_) => {}
        Source::Policy { name, .. } => facts.push(format!("policy {name}")),
        Source::Statement => facts.push("as its publisher stated it".to_owned()),
    }
    if let Some((name, revision)) = answer.definition {
        facts.push(format!("{name}, revision {revision}"));
    }
    facts.push(answer.spelling.name().replace('_', " "));
    if let Ok(outcome) = &answer.result {
        if let Some(interval) = outcome.interval {
            facts.push(match interval.base {
                Some(base) => format!("closes of {base} and {}", interval.end),
                None => format!("close of {}", interval.end),
            });
        }
        let source = outcome.source();
        facts.extend((!source.is_empty()).then(|| format!("from {source}")));
        facts.extend(outcome.notices.iter().map(|notice| notice.text.clone()));
    }
    facts.push(format!("evidence {}", answer.evidence));
    facts
}
