//! The section on returns: the table, the run of months, the distance from the high.

use super::draft::{Draft, LARGE, SMALL, Stretch, THIRD, name};
use super::words::{self, capital, date_in_words, moved, period_in_words};
use super::{Block, Form, Prose, Section, Sense, Table, prose};
use crate::time::{CalendarPeriod, Grain};

/// The section.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let mut blocks = vec![Block::Paragraph(month(draft))];
    let (table, missing) = table(draft);
    blocks.push(Block::Table(table));
    if !missing.is_empty() {
        blocks.push(Block::Paragraph(missing));
    }
    let state = state(draft);
    if !state.is_empty() {
        blocks.push(Block::Paragraph(state));
    }
    Section { id: "returns", heading: "Returns".to_owned(), blocks }
}

/// Both indexes in the last full month and in the year so far.
fn month(draft: &Draft<'_>) -> Prose {
    let mut text = both(draft, &draft.month.to_string(), |small, large| {
        let month = period_in_words(draft.month);
        prose!["In ", month, " the Russell 2000 ", small, " and the S&P 500 ", large, "."]
    });
    let ytd = draft.year_to_date();
    text.push(both(draft, &ytd.period, |small, large| {
        let lead = format!(" In {} the Russell 2000 ", ytd.name);
        prose![lead, small, " and the S&P 500 ", large, "."]
    }));
    text
}

/// A sentence about both indexes over one period, if both have a return.
pub(super) fn both(
    draft: &Draft<'_>,
    period: &str,
    say: impl Fn(Prose, Prose) -> Prose,
) -> Prose {
    let figure = |index| draft.figure(&format!("return({index}, {period})"), Form::digits(1));
    match (figure(SMALL), figure(LARGE)) {
        (Some(small), Some(large)) => say(moved(&small, 1), moved(&large, 1)),
        _ => Prose::default(),
    }
}

/// The periods of the table, shortest first.
fn stretches(draft: &Draft<'_>) -> Vec<Stretch> {
    let mut all = Vec::new();
    let full = |period: CalendarPeriod| Stretch {
        period: period.to_string(),
        name: period_in_words(period),
    };
    let to_date = |grain: Grain, letter: char| Stretch {
        period: format!("{letter}td@{}", draft.close),
        name: format!("the {} to {}", grain.name(), date_in_words(draft.close)),
    };
    if draft.close > draft.month.last_day() {
        all.push(to_date(Grain::Month, 'm'));
    }
    all.push(full(draft.month));
    let quarter = CalendarPeriod::containing(Grain::Quarter, draft.month.first_day());
    if draft.both(&quarter.to_string()) {
        all.push(full(quarter));
    } else {
        all.push(full(quarter.plus(-1)));
    }
    all.push(draft.year_to_date());
    all.extend([1, 5, 10, 20].into_iter().filter_map(|n| draft.years(n)));
    all.retain(|s| draft.both(&s.period));
    all.dedup_by(|a, b| a.period == b.period);
    all
}

/// The table of returns, and a sentence on what it lacks.
fn table(draft: &Draft<'_>) -> (Table, Prose) {
    let third = format!("return({THIRD}, {})", draft.month);
    let has_third = draft.value(&third).is_some();
    let mut columns =
        vec!["Price return, percent".to_owned(), name(SMALL), name(LARGE), "Gap, points".to_owned()];
    if has_third {
        columns.push(name(THIRD));
    }
    let signed = Form::bare(1).sense(Sense::Signed);
    let row = |stretch: &Stretch| {
        let of = |index: &str| format!("return({index}, {})", stretch.period);
        let (small, large) = (of(SMALL), of(LARGE));
        let heading = capital(stretch.name.strip_prefix("the ").unwrap_or(&stretch.name));
        let mut cells = vec![
            heading.into(),
            draft.cell(&small, signed),
            draft.cell(&large, signed),
            draft.cell(&format!("{small} - {large}"), signed),
        ];
        if has_third {
            cells.push(draft.cell(&of(THIRD), signed));
        }
        cells
    };
    let rows = stretches(draft).iter().map(row).collect();
    let caption = "Returns of the price indexes, without dividends".to_owned();
    (Table { caption, columns, rows }, left_out(draft, has_third))
}

/// What the table leaves out and why.
fn left_out(draft: &Draft<'_>, has_third: bool) -> Prose {
    let mut text = Prose::default();
    if !has_third {
        let end = draft.evaluator().view().series(THIRD, crate::identity::Basis::Price).ok();
        let end = end.and_then(|s| s.coverage()).map(|(_, last)| date_in_words(last));
        text.push(match end {
            Some(end) => format!(
                "The {} is left out: its closes in these data end on {end}.",
                name(THIRD)
            ),
            None => format!("The {} is left out: there is no series of it.", name(THIRD)),
        });
    }
    let unreached: Vec<String> = [1, 5, 10, 20]
        .into_iter()
        .filter(|&n| draft.years(n).is_none())
        .map(|n| words::cardinal(u32::from(n)))
        .collect();
    if !unreached.is_empty() {
        let space = if text.is_empty() { "" } else { " " };
        let years = words::list(&unreached);
        text.push(format!("{space}The data do not reach back {years} years for both indexes."));
    }
    text
}

/// The run of gains, the rank of the month and the distance from the high.
fn state(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    let month = draft.month;
    let year = month.first_day().year();
    let up = draft.value(&format!("return({SMALL}, {month})")).is_some_and(|r| r > 0.0);
    let sign = if up { ">" } else { "<" };
    let run = format!("streak(return({SMALL}, month) {sign} 0, ending: {month})");
    let kind = if up { "gain" } else { "loss" };
    if let Some(run) = draft.figure(&run, Form::CARDINAL).filter(|run| run.value() > 1.0) {
        text.push(prose!["That made a ", run, format!("-month run of {kind}s. ")]);
    }
    let rank = format!("rank(return({SMALL}, month), of: {month}, since: {year}-01)");
    if let Some(rank) = draft.figure(&rank, Form::RANK)
        && month.first_day().month() > 1
    {
        text.push(prose![
            capital(&period_in_words(month)),
            " is its ",
            rank,
            format!(" month of {year} so far. ")
        ]);
    }
    text
}
