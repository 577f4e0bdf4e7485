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
    Section { id: "returns".to_owned(), heading: "Returns".to_owned(), blocks }
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
    // In January the year to date is the month.
    if draft.close.month() > 1 {
        all.push(draft.year_to_date());
    }
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
    let signed = Form::short(1).sense(Sense::Signed);
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
    let caption = format!("Price returns to the close of {}", date_in_words(draft.close));
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
    if let Some(horizon) = HORIZONS.iter().find(|h| draft.horizon(**h).is_none()) {
        let words = horizon.words;
        text.sentence(format!("The closes of both do not reach back {words}."));
    }
    text
}

/// The year so far, the level, the run of months and the rank of the last one.
fn state(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    if draft.close.month() > 1 {
        let ytd = draft.year_to_date();
        text.sentence(both(draft, &ytd.period, |small, join, large| {
            let lead = format!("{} the Russell 2000 ", capital(&ytd.when));
            prose![lead, small, join, "the S&P 500 ", large, "."]
        }));
    }
    text.sentence(level(draft));
    text.sentence(run(draft));
    text
}

/// A rank among fewer months than these says little.
const MONTHS_MIN: i32 = 60;

/// The close, and how far it stands from the highest one.
fn level(draft: &Draft<'_>) -> Prose {
    let close = draft.figure(&format!("level({SMALL}, @{})", draft.close), Form::digits(2));
    let Some(close) = close else { return Prose::default() };
    let mut text = prose!["The Russell 2000 closed at ", close];
    let below = format!("distance_from_high({SMALL}, @{})", draft.close);
    let below = draft.figure(&below, Form::digits(1));
    let first = draft.first_month().plus(-1);
    let rank = format!("rank(level({SMALL}, month), of: {}, since: {first})", draft.month);
    let rank = draft
        .figure(&rank, Form::rank("highest"))
        .filter(|rank| rank.value() <= 3.0 && first.until(draft.month) >= MONTHS_MIN)
        .filter(|_| draft.at_month_end());
    match (below, rank) {
        (Some(f), _) if f.value() == 0.0 => text.push(", its highest close in these data"),
        (Some(f), _) => text.push(prose![
            ", ",
            f.written(Form::digits(1).sense(Sense::Below)),
            " below its highest close in these data"
        ]),
        (None, Some(rank)) => text.push(prose![", its ", rank, " month-end close in these data"]),
        (None, None) => {}
    }
    text.push(".");
    text
}

/// The run of months that the last full month continues, and its rank in its year.
fn run(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    let month = draft.month;
    let up = draft.value(&format!("return({SMALL}, {month})")).is_some_and(|r| r > 0.0);
    let (sign, minus, kind, worst) =
        if up { (">", "", "gains", "best") } else { ("<", "-", "losses", "worst") };
    let streak = format!("streak(return({SMALL}, month) {sign} 0, ending: {month})");
    let streak = draft.figure(&streak, Form::CARDINAL).filter(|s| s.value() > 1.0);
    let year = month.first_day().year();
    let rank = format!("rank({minus}return({SMALL}, month), of: {month}, since: {year}-01)");
    let rank = draft.figure(&rank, Form::rank(worst)).filter(|r| r.value() <= 3.0);
    let rank = rank.filter(|_| month.first_day().month() > 3);
    let name = capital(&period_in_words(month));
    let so_far = if month.first_day().month() == 12 { "" } else { " so far" };
    if let Some(rank) = rank {
        text.push(prose![format!("{name} was its "), rank, format!(" month of {year}{so_far}")]);
    }
    if let Some(streak) = streak {
        let lead = if text.is_empty() { name } else { " and".to_owned() };
        text.push(prose![format!("{lead} extended the run of {kind} to "), streak, " months"]);
    }
    if !text.is_empty() {
        text.push(".");
    }
    text
}
