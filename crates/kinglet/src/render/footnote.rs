//! The footnotes: what each figure was asked of, what it rests on.

use std::collections::BTreeMap;

use kinglet_core::answer::Row;
use kinglet_core::note::{Figure, Note};
use kinglet_core::quantity::display;

/// The number of each query's footnote, from 1.
pub(super) struct Numbers<'a>(BTreeMap<&'a str, usize>);

impl<'a> Numbers<'a> {
    /// The footnotes of a note.
    pub(super) fn of(note: &'a Note) -> Self {
        let evidence = note.evidence().into_iter().map(|f| f.answer.query.as_str());
        Numbers(evidence.zip(1..).collect())
    }

    /// The footnote of a figure.
    pub(super) fn of_figure(&self, figure: &Figure) -> usize {
        self.0.get(figure.answer.query.as_str()).copied().unwrap_or_default()
    }
}

/// How many rows of an answer a footnote lists; the JSON holds all.
const ROWS_MAX: usize = 4;

/// What stands after the query: the value before rounding and the rows that it rests on.
pub(super) fn evidence(figure: &Figure) -> String {
    let answer = &figure.answer;
    let Ok(outcome) = &answer.result else { return "undefined".to_owned() };
    let decimals = answer.spelling.decimals();
    let precise = if decimals == 0 { 0 } else { decimals + 2 };
    let value = display(outcome.quantity.value, answer.spelling, precise);
    let mut rows: Vec<String> = outcome.rows.iter().take(ROWS_MAX).map(row).collect();
    let more = outcome.rows.len().saturating_sub(ROWS_MAX);
    if more > 0 {
        rows.push(format!("and {more} more rows"));
    }
    match rows.is_empty() {
        true => value,
        false => format!("{value}; {}", rows.join(", ")),
    }
}

/// `RUT 2,366.42 on 2025-08-29`
fn row(row: &Row) -> String {
    let spelling = row.unit.spelling();
    let value = display(row.value, spelling, spelling.decimals());
    format!("{} {value} on {}", row.series, row.date)
}
