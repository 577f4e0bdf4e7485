//! What followed first cuts of the policy rate: both indexes over the year after each.

use jiff::ToSpan;

use super::draft::{Draft, Side};
use super::words::{LITTLE, capital, date_in_words, list};
use super::{Block, Form, Prose, Sense, Table, prose};
use crate::time::{CalendarPeriod, Date, Grain};

/// A first cut and the year that its returns are taken over.
struct Cut {
    announced: Date,
    /// The year after; none while it is not over.
    year: Option<String>,
}

/// From where the year after a cut is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// From the close of the day of the announcement.
    Announcement,
    /// From the end of its month, where closes of the day lack.
    MonthEnd,
}

/// The account and the table.
pub(super) fn blocks(draft: &Draft<'_>) -> Vec<Block> {
    let (start, cuts) = cuts(draft);
    let mut blocks = Vec::new();
    if !cuts.is_empty() {
        blocks.push(Block::Paragraph(sentence(draft, start, &cuts)));
        blocks.push(Block::Table(table(draft, start, &cuts)));
    }
    blocks.push(Block::Paragraph(reach(draft)));
    blocks
}

/// Before 1989 the target moved almost weekly, up and down in turn: no cut was the first of a run.
const BEGIN: Date = Date::constant(1989, 1, 1);

/// The announcements of first cuts, oldest first.
fn announcements(draft: &Draft<'_>) -> Vec<Date> {
    let outcome = draft.answer("count(first_cut(FED, day))");
    let outcome = outcome.and_then(|(_, answer)| answer.result.ok());
    let rows = outcome.map_or_else(Vec::new, |outcome| outcome.rows);
    rows.iter().map(|row| row.date).filter(|day| *day >= BEGIN).collect()
}

/// The first cuts with the year after each, all counted from the same kind of day.
fn cuts(draft: &Draft<'_>) -> (Start, Vec<Cut>) {
    let dates = announcements(draft);
    let of = |start: Start| -> Vec<Cut> {
        dates
            .iter()
            .map(|&announced| Cut { announced, year: year_after(draft, start, announced) })
            .collect()
    };
    let daily = of(Start::Announcement);
    let monthly = of(Start::MonthEnd);
    let known = |cuts: &[Cut]| cuts.iter().filter(|c| c.year.is_some()).count();
    if known(&daily) >= known(&monthly) {
        (Start::Announcement, daily)
    } else {
        (Start::MonthEnd, monthly)
    }
}

/// The year after an announcement, if both indexes have a return over it.
fn year_after(draft: &Draft<'_>, start: Start, announced: Date) -> Option<String> {
    let year = match start {
        Start::Announcement => {
            let end = announced.checked_add(1.year()).ok()?;
            format!("{announced}..{end}")
        }
        Start::MonthEnd => {
            let month = CalendarPeriod::containing(Grain::Month, announced);
            format!("{}..{}", month.plus(1), month.plus(12))
        }
    };
    draft.both(&year).then_some(year)
}

/// The rule, the outcomes and the average gap.
fn sentence(draft: &Draft<'_>, start: Start, cuts: &[Cut]) -> Prose {
    let from = match start {
        Start::Announcement => "from the close of the day of the announcement",
        Start::MonthEnd => {
            "from the end of the month of the announcement (closes of the days are not all known)"
        }
    };
    let mut text = Prose::from(
        "A first cut is a cut of the policy rate that follows a rise, with no change between. ",
    );
    text.push(format!("In the twelve months {from} "));
    text.push(outcomes(draft, cuts));
    text.push(average(draft, start, cuts));
    text
}

/// After which cuts the small led, after which they trailed, and after which neither did.
fn outcomes(draft: &Draft<'_>, cuts: &[Cut]) -> Prose {
    let (mut led, mut trailed, mut level) = (Vec::new(), Vec::new(), Vec::new());
    for cut in cuts {
        let gap = cut.year.as_ref().and_then(|year| draft.value(&draft.gap(year)));
        let year = cut.announced.year().to_string();
        match gap {
            Some(gap) if gap >= LITTLE => led.push(year),
            Some(gap) if gap <= -LITTLE => trailed.push(year),
            Some(_) => level.push(year),
            None => {}
        }
    }
    let (subject, against) = (draft.subject.the(), draft.against.the());
    let outcomes = [("beat", "", led), ("trailed", "", trailed), ("kept pace", " with", level)];
    let mut text = String::new();
    for (verb, with, years) in outcomes.iter().filter(|(_, _, years)| !years.is_empty()) {
        text += &match (text.is_empty(), years.len()) {
            (true, 1) => {
                format!("{subject} {verb}{with} {against} after the first cut of ")
            }
            (true, _) => {
                format!("{subject} {verb}{with} {against} after the first cuts of ")
            }
            (false, 1) => format!("; it {verb} after that of "),
            (false, _) => format!("; it {verb} after those of "),
        };
        text += &list(years);
    }
    match text.is_empty() {
        true => "no outcome is known yet.".into(),
        false => format!("{text}.").into(),
    }
}

/// The outcomes in one sentence, for the summary.
pub(super) fn in_brief(draft: &Draft<'_>) -> Prose {
    let (_, cuts) = cuts(draft);
    if cuts.iter().all(|cut| cut.year.is_none()) {
        return Prose::default();
    }
    prose!["In the twelve months that followed, ", outcomes(draft, &cuts)]
}

/// The average gap after the cuts, and after any month.
fn average(draft: &Draft<'_>, start: Start, cuts: &[Cut]) -> Prose {
    let judged: Vec<&Cut> = cuts.iter().filter(|c| c.year.is_some()).collect();
    let [first, .., last] = judged[..] else { return Prose::default() };
    let grain = match start {
        Start::Announcement => Grain::Day,
        Start::MonthEnd => Grain::Month,
    };
    let (since, until) = (
        CalendarPeriod::containing(grain, first.announced),
        CalendarPeriod::containing(grain, last.announced),
    );
    let gap = draft.gap("+12m");
    let event = format!("first_cut(FED, {})", grain.name());
    let after = format!("study(when: {event}, then: {gap}, since: {since}, until: {until}).mean");
    let (begin, end) = (draft.first_month, draft.month.plus(-12));
    let month = format!("{} >= -100%", draft.of("return", draft.subject, "month"));
    let any = format!("average({gap}, when: {month}, since: {begin}, until: {end})");
    let Some(mean) = draft.value(&after) else { return Prose::default() };
    let (word, sense) =
        if mean < 0.0 { (" behind", Sense::Below) } else { (" ahead", Sense::Plain) };
    let beside = match draft.value(&any).map(|any| mean - any) {
        Some(better) if better >= POINT => ", which is better than after any month",
        Some(better) if better <= -POINT => ", which is worse than after any month",
        Some(_) => ", much as after any month",
        None => "",
    };
    prose![
        format!(" On average since {} it was ", since.first_day().year()),
        draft.figure(&after, Form::digits(1).sense(sense)),
        format!("{word} over the twelve months that followed{beside}.")
    ]
}

/// What is less than this is no difference between two averages.
const POINT: f64 = 0.01;

fn table(draft: &Draft<'_>, start: Start, cuts: &[Cut]) -> Table {
    let signed = Form::short(1).sense(Sense::Signed);
    let row = |cut: &Cut| {
        let mut cells: Vec<Prose> = vec![date_in_words(cut.announced).into()];
        match &cut.year {
            Some(year) => cells.extend([
                draft.cell(&draft.of("return", draft.subject, year), signed),
                draft.cell(&draft.of("return", draft.against, year), signed),
                draft.cell(&draft.gap(year), signed),
            ]),
            None => cells.extend(std::iter::repeat_n(Prose::from("not over yet"), 3)),
        }
        cells
    };
    let from = match start {
        Start::Announcement => "the day of the announcement",
        Start::MonthEnd => "the end of the month of the announcement",
    };
    let later = |side: Side<'_>| format!("{} a year later", side.name());
    let columns =
        ["First cut".to_owned(), later(draft.subject), later(draft.against), "Gap".to_owned()];
    let returns = capital(draft.returns_in_words());
    Table {
        caption: format!("{returns} over the twelve months from {from}"),
        columns: columns.to_vec(),
        rows: cuts
            .iter()
            .filter(|cut| cut.year.is_some() || !is_over(draft, cut))
            .map(row)
            .collect(),
    }
}

/// Whether the year after a cut is over.
fn is_over(draft: &Draft<'_>, cut: &Cut) -> bool {
    cut.announced.checked_add(1.year()).is_ok_and(|end| end <= draft.close)
}

/// That the changes of the policy rate do not go back to the first of the cuts, if so.
fn reach(draft: &Draft<'_>) -> Prose {
    let first = draft.evaluator().view().events("FED", "policy_rate").next();
    match first {
        Some(event) if event.date > BEGIN => format!(
            "The changes of the policy rate in these data begin on {}; for the first cut of 1989 \
             there is no series.",
            date_in_words(event.date)
        )
        .into(),
        Some(_) => Prose::default(),
        None => "There is no series of the policy rate in these data.".into(),
    }
}
