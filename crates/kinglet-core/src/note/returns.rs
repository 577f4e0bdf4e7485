//! The section on returns: the table, the run of months, the distance from the high.

use super::draft::{Draft, HORIZONS, LARGE, SMALL, Stretch, THIRD, name};
use super::words::{capital, date_in_words, moved, period_in_words};
use super::{Block, Form, Prose, Section, Sense, Table, prose};
use crate::time::{CalendarPeriod, Grain};

/// The section.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let (table, missing) = table(draft);
    let blocks =
        vec![Block::Paragraph(state(draft)), Block::Table(table), Block::Paragraph(missing)];
    let blocks = blocks
        .into_iter()
        .filter(|b| !matches!(b, Block::Paragraph(prose) if prose.is_empty()))
        .collect();
    Section { id: "returns", heading: "Returns".to_owned(), blocks }
}

/// A sentence about both indexes over one period, if both have a return: how the small moved, the
/// word that joins, how the large moved.
pub(super) fn both(
    draft: &Draft<'_>,
    period: &str,
    say: impl Fn(Prose, &str, Prose) -> Prose,
) -> Prose {
    let figure = |index| draft.figure(&format!("return({index}, {period})"), Form::digits(1));
    match (figure(SMALL), figure(LARGE)) {
        (Some(small), Some(large)) => {
            let join = if small.value() * large.value() < 0.0 { ", while " } else { " and " };
            say(moved(&small, 1), join, moved(&large, 1))
        }
        _ => Prose::default(),
    }
}

/// The periods of the table, shortest first.
fn stretches(draft: &Draft<'_>) -> Vec<Stretch> {
    let mut all = Vec::new();
    let full = |period: CalendarPeriod| {
        let name = period_in_words(period);
        let heading = capital(name.strip_prefix("the ").unwrap_or(&name));
        Stretch { period: period.to_string(), when: format!("in {name}"), heading }
    };
    if draft.close > draft.month.last_day() {
        all.push(draft.month_to_date());
    }
    all.push(full(draft.month));
    let quarter = CalendarPeriod::containing(Grain::Quarter, draft.month.first_day());
    let whole = draft.both(&quarter.to_string());
    all.push(full(if whole { quarter } else { quarter.plus(-1) }));
    all.push(draft.year_to_date());
    all.extend(HORIZONS.into_iter().filter_map(|h| draft.horizon(h)));
    all.retain(|s| draft.both(&s.period));
    all
}

/// The table of returns, and a sentence on what it lacks.
fn table(draft: &Draft<'_>) -> (Table, Prose) {
    let third = format!("return({THIRD}, {})", draft.month);
    let has_third = draft.value(&third).is_some();
    let mut columns = vec![String::new(), name(SMALL), name(LARGE), "Gap".to_owned()];
    if has_third {
        columns.push(name(THIRD));
    }
    let signed = Form::bare(1).sense(Sense::Signed);
    let row = |stretch: &Stretch| {
        let of = |index: &str| format!("return({index}, {})", stretch.period);
        let (small, large) = (of(SMALL), of(LARGE));
        let mut cells = vec![
            stretch.heading.clone().into(),
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
    let caption = format!(
        "Price returns to the close of {}, percent; the gap in percentage points",
        date_in_words(draft.close)
    );
    (Table { caption, columns, rows }, left_out(draft, has_third))
}

/// What the table leaves out and why.
fn left_out(draft: &Draft<'_>, has_third: bool) -> Prose {
    let mut text = Prose::default();
    if !has_third {
        let end = draft.evaluator().view().series(THIRD, crate::identity::Basis::Price).ok();
        let end =
            end.and_then(crate::columns::Series::coverage).map(|(_, last)| date_in_words(last));
        text.push(match end {
            Some(end) => {
                format!("The {} is left out: its closes in these data end on {end}.", name(THIRD))
            }
            None => format!("The {} is left out: there is no series of it.", name(THIRD)),
        });
    }
    let unreached = HORIZONS.iter().find(|h| draft.horizon(**h).is_none());
    if let Some(horizon) = unreached {
        let space = if text.is_empty() { "" } else { " " };
        let words = horizon.words;
        text.push(format!("{space}The closes of both do not reach back {words} or more."));
    }
    text
}

/// The year so far, the run of months, the rank of the last one and the distance from the high.
fn state(draft: &Draft<'_>) -> Prose {
    let ytd = draft.year_to_date();
    let mut text = both(draft, &ytd.period, |small, join, large| {
        let lead = format!("{} the Russell 2000 ", capital(&ytd.when));
        prose![lead, small, join, "the S&P 500 ", large, "."]
    });
    let month = draft.month;
    let up = draft.value(&format!("return({SMALL}, {month})")).is_some_and(|r| r > 0.0);
    let (sign, kind) = if up { (">", "gains") } else { ("<", "losses") };
    let run = format!("streak(return({SMALL}, month) {sign} 0, ending: {month})");
    if let Some(run) = draft.figure(&run, Form::CARDINAL).filter(|run| run.value() > 1.0) {
        let lead = format!(" {} was part of a ", capital(&period_in_words(month)));
        text.push(prose![lead, run, format!("-month run of {kind} for the Russell 2000.")]);
    }
    let year = month.first_day().year();
    let rank = format!("rank(return({SMALL}, month), of: {month}, since: {year}-01)");
    let rank = draft.figure(&rank, Form::RANK).filter(|_| month.first_day().month() > 2);
    if let Some(rank) = rank {
        text.push(prose![" It was the index's ", rank, format!(" month of {year} so far.")]);
    }
    text
}
