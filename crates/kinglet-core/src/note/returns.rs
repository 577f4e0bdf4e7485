//! The section on returns: the table, the run of months, the distance from the high.

use super::draft::{Draft, HORIZONS, Stretch, THIRD, name};
use super::words::{LITTLE, capital, date_in_words, moved, period_in_words};
use super::{Block, Form, Prose, Section, Sense, Table, prose};
use crate::identity::Basis;
use crate::time::{CalendarPeriod, Grain};

/// The section.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let (table, missing) = table(draft);
    let blocks =
        vec![Block::Paragraph(state(draft)), Block::Table(table), Block::Paragraph(missing)];
    Section::of("returns", "Returns", blocks)
}

/// A sentence about both over one period, if both have a return: how the one moved, the word that
/// joins, how the other moved.
pub(super) fn both(
    draft: &Draft<'_>,
    period: &str,
    say: impl Fn(Prose, &str, Prose) -> Prose,
) -> Prose {
    let figure = |side| draft.figure(&draft.of("return", side, period), Form::digits(1));
    match (figure(draft.subject), figure(draft.against)) {
        (Some(subject), Some(against)) => {
            let join = if subject.value() * against.value() < 0.0 { ", while " } else { " and " };
            say(moved(&subject, 1), join, moved(&against, 1))
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
    let wanted = draft.basis == Basis::Price;
    let third = format!("return({THIRD}, {})", draft.month);
    let has_third = wanted && draft.value(&third).is_some();
    let mut columns = vec![String::new()];
    columns.extend([draft.subject, draft.against].map(|side| side.name().to_owned()));
    columns.push("Gap".to_owned());
    if has_third {
        columns.push(name(THIRD));
    }
    let signed = Form::short(1).sense(Sense::Signed);
    let row = |stretch: &Stretch| {
        let period = &stretch.period;
        let mut cells = vec![
            stretch.heading.clone().into(),
            draft.cell(&draft.of("return", draft.subject, period), signed),
            draft.cell(&draft.of("return", draft.against, period), signed),
            draft.cell(&draft.gap(period), signed),
        ];
        if has_third {
            cells.push(draft.cell(&format!("return({THIRD}, {period})"), signed));
        }
        cells
    };
    let rows = stretches(draft).iter().map(row).collect();
    let of = draft.returns_in_words();
    let caption = format!("{} to the close of {}", capital(of), date_in_words(draft.close));
    (Table { caption, columns, rows }, left_out(draft, wanted && !has_third))
}

/// What the table leaves out and why.
fn left_out(draft: &Draft<'_>, lacks_third: bool) -> Prose {
    let mut text = Prose::default();
    if lacks_third {
        let end = draft.evaluator().view().series(THIRD, Basis::Price).ok();
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
        text.sentence(both(draft, &ytd.period, |subject, join, against| {
            let lead = format!("{} {} ", capital(&ytd.when), draft.subject.the());
            prose![lead, subject, join, draft.against.the(), " ", against, "."]
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
    let at = format!("@{}", draft.close);
    let close = draft.figure(&draft.of("level", draft.subject, &at), Form::digits(2));
    let Some(close) = close else { return Prose::default() };
    let mut text = prose![format!("{} closed at ", capital(&draft.subject.the())), close];
    let below = draft.of("distance_from_high", draft.subject, &at);
    let below = draft.figure(&below, Form::digits(1));
    let first = draft.first_month.plus(-1);
    let level = draft.of("level", draft.subject, "month");
    let rank = format!("rank({level}, of: {}, since: {first})", draft.month);
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
    let monthly = draft.of("return", draft.subject, "month");
    let last = draft.of("return", draft.subject, &month.to_string());
    let Some(change) = draft.value(&last).filter(|change| change.abs() >= LITTLE) else {
        return text;
    };
    let up = change > 0.0;
    let (sign, minus, kind, worst) =
        if up { (">", "", "gains", "best") } else { ("<", "-", "losses", "worst") };
    let streak = format!("streak({monthly} {sign} 0, ending: {month})");
    let streak = draft.figure(&streak, Form::CARDINAL).filter(|s| s.value() > 1.0);
    let year = month.first_day().year();
    let rank = format!("rank({minus}{monthly}, of: {month}, since: {year}-01)");
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
