//! What followed other events that articles cite, one row for each.

use super::draft::Draft;
use super::history::Chance;
use super::{Form, Prose, Sense, Table, prose};
use crate::study::DeclaredStudy;

/// Those that the text tells of.
const TOLD: [&str; 2] = ["ten-percent-months", "first-cut-lead"];
/// Of fewer cases nothing is told.
const CASES_MIN: f64 = 3.0;

/// The table of the studies that these data can run and that are about the two.
pub(super) fn table(draft: &Draft<'_>, studies: &[DeclaredStudy]) -> Table {
    let columns =
        ["Study", "Positive, against any time", "On average, against any time", "Chance alone?"];
    Table {
        caption: "What followed events that articles cite, beside what followed any time"
            .to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: studies
            .iter()
            .filter(|s| !TOLD.contains(&&*s.name))
            .filter_map(|study| row(draft, study))
            .collect(),
    }
}

fn row(draft: &Draft<'_>, study: &DeclaredStudy) -> Option<Vec<Prose>> {
    let mut arguments = format!("when: {}, then: {}", study.when, study.then);
    let more = [
        ("since", &study.since),
        ("until", &study.until),
        ("gap", &study.gap),
        ("rest", &study.rest),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            arguments += &format!(", {name}: {value}");
        }
    }
    let ask = |figure: &str, form| draft.figure(&format!("study({arguments}).{figure}"), form);
    let (cases, hits) = (ask("n", Form::short(0))?, ask("hits", Form::short(0))?);
    (cases.value() >= CASES_MIN).then_some(())?;
    let [share, any] = ["hit_rate", "unconditional_hit_rate"].map(|f| ask(f, Form::short(0)));
    let signed = Form::short(1).sense(Sense::Signed);
    let [mean, usual] = ["mean", "unconditional"].map(|f| ask(f, signed));
    let (share, any, mean, usual) = (share?, any?, mean?, usual?);
    let verdict = Chance::of(hits.value(), cases.value(), any.value());
    Some(vec![
        study.title.clone().into(),
        prose![share, " of ", cases, ", against ", any],
        prose![mean, ", against ", usual],
        verdict.in_a_word().into(),
    ])
}
