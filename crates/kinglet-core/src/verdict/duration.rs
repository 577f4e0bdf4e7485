//! How long a close or a move had not been outdone: the `17-month high` of an article, its `worst
//! quarter in ten years`, its `first record in four years`.

use std::rc::Rc;

use super::Tag;
use super::cue::outdone::{Outdone, outdone};
use super::slots::{Gap, Slots};
use super::trial::{Found, Missing, Trial};
use crate::query::Query;
use crate::time::{CalendarPeriod, Date, Grain, Period};

/// Average length of a month in days: 365.25 / 12.
const MONTH: f64 = 30.4375;
const YEAR: f64 = 365.25;

/// How long before the claim the last close or move beyond it was, in the claim's unit.
pub(super) fn since_beyond(trial: &Trial<'_>, slots: &Slots) -> Result<Found, Missing> {
    let missing = |tag, reason: &str| (Gap::new(tag, reason), None);
    let days = match slots.unit {
        "months" => MONTH,
        "years" => YEAR,
        _ => return Err(missing(Tag::NoSeries, "no data give this rank")),
    };
    let (own, day) = match slots.period {
        Period::Calendar(p) | Period::At(p) => (p, p.last_day()),
        Period::ToDate(grain, day) => (CalendarPeriod::containing(grain, day), day),
        _ => return Err(missing(Tag::PeriodOpen, "the text does not say on which day")),
    };
    let what = trial
        .outdone()
        .ok_or_else(|| missing(Tag::EventUndefined, "the text does not say high or low"))?;
    let text = query(what, slots, own, day);
    let query: Query =
        text.parse().map_err(|_| missing(Tag::NoSeries, "no data give this rank"))?;
    let result = trial.evaluator.result(&query);
    if let Err(undefined) = &result {
        return Err((Gap::new(Tag::NoSeries, undefined.reason.clone()), Some(Rc::new(query))));
    }
    match last_beyond(trial, what, slots, (own, day)) {
        Some(last) => {
            let value = f64::from((day - last).get_days()) / days;
            let (query, result) = (Rc::new(query), Rc::new(result));
            Ok(Found { slots: slots.clone(), query, result, value })
        }
        None => {
            let gap = Gap::new(Tag::NoSeries, "nothing beyond it is in the data");
            Err((gap, Some(Rc::new(query))))
        }
    }
}

/// What is compared, as a query.
fn query(what: Outdone, slots: &Slots, own: CalendarPeriod, day: Date) -> String {
    let entity = &slots.entity;
    match what {
        Outdone::Close { .. } | Outdone::Record | Outdone::Passed { .. } => {
            format!("level({entity}, @{day})")
        }
        Outdone::Move { grain, .. } => {
            let of = moved(grain, own, day);
            // of a period that is not over, as far as it has come
            let so_far = Period::ToDate(of.grain, day);
            match of.grain > Grain::Day && day < of.last_day() && so_far.is_sayable() {
                true => format!("return({entity}, {so_far})"),
                false => format!("return({entity}, {of})"),
            }
        }
    }
}

/// The period whose move is compared.
fn moved(grain: Option<Grain>, own: CalendarPeriod, day: Date) -> CalendarPeriod {
    grain.map_or(own, |grain| CalendarPeriod::containing(grain, day))
}

/// The last day of the last close or move before that was beyond the claim's; none where the data
/// have holes or none such.
fn last_beyond(
    trial: &Trial<'_>,
    what: Outdone,
    slots: &Slots,
    (own, day): (CalendarPeriod, Date),
) -> Option<Date> {
    let view = trial.evaluator.view();
    let rows = view.series(&slots.entity, slots.basis).ok()?.observations();
    let rows = &rows[..rows.partition_point(|row| row.date <= day)];
    let closes = || rows.iter().map(|row| (row.date, row.value));
    let last = match what {
        Outdone::Close { high } => {
            let level = rows.last()?.value;
            let beyond = |value: f64| if high { value > level } else { value < level };
            closes().rev().find(|(_, value)| beyond(*value))?.0
        }
        Outdone::Passed { above } => {
            let mark = trial.mark()?;
            let beyond = |value: f64| if above { value > mark } else { value < mark };
            let mut before = closes().rev().skip_while(|(_, value)| beyond(*value));
            before.find(|(_, value)| beyond(*value))?.0
        }
        Outdone::Record => {
            let mut records = closes().scan(f64::NEG_INFINITY, |top, (date, value)| {
                let above = value > *top;
                *top = top.max(value);
                Some((date, above))
            });
            let records: Vec<Date> =
                records.by_ref().filter(|(_, above)| *above).map(|(date, _)| date).collect();
            // the one that is told of is the first of those that came close upon each other
            records.iter().rev().copied().find(|date| *date < run_of(&records, day))?
        }
        Outdone::Move { up, grain, of_year } => {
            let of = moved(grain, own, day);
            let moves = moves(of.grain, closes());
            let at = moves.iter().rposition(|(p, _)| *p == of)?;
            let beyond = |value: f64| if up { value >= moves[at].1 } else { value <= moves[at].1 };
            let alike =
                |p: &CalendarPeriod| !of_year || p.first_day().month() == of.first_day().month();
            let found = moves[..at].iter().rposition(|(p, value)| alike(p) && beyond(*value))?;
            let before = moves[found].0;
            if of.grain > Grain::Day {
                // between like days of periods, as years are counted
                let apart = (of.first_day() - before.first_day()).get_days();
                let whole = usize::try_from(before.until(of)) == Ok(at - found);
                return day.checked_sub(jiff::Span::new().days(apart)).ok().filter(|_| whole);
            }
            before.first_day()
        }
    };
    let known = rows.len() - rows.partition_point(|row| row.date <= last);
    (known == view.calendar.count(last, day)).then_some(last)
}

/// The first of the records that follow each other within some months, up to a day.
fn run_of(records: &[Date], day: Date) -> Date {
    const NEAR: i32 = 120;
    records.iter().rev().fold(day, |first, date| {
        if (first - *date).get_days() <= NEAR { first.min(*date) } else { first }
    })
}

/// The moves of all periods of a grain, oldest first: from the last close before to the last one.
fn moves(grain: Grain, closes: impl Iterator<Item = (Date, f64)>) -> Vec<(CalendarPeriod, f64)> {
    let mut ends: Vec<(CalendarPeriod, f64)> = Vec::new();
    for (date, close) in closes {
        let period = CalendarPeriod::containing(grain, date);
        match ends.last_mut().filter(|(last, _)| *last == period) {
            Some((_, end)) => *end = close,
            None => ends.push((period, close)),
        }
    }
    ends.windows(2).map(|pair| (pair[1].0, pair[1].1 / pair[0].1 - 1.0)).collect()
}

impl Trial<'_> {
    /// What the words around a number of months or years say had not been outdone.
    pub(super) fn outdone(&self) -> Option<Outdone> {
        let (sentence, at) = self.sentence_and_place();
        outdone(sentence.get(..at).unwrap_or_default(), self.words_behind())
    }

    /// The last level that its sentence names before it.
    fn mark(&self) -> Option<f64> {
        let own = self.claim.span.start;
        let told = self.claims.iter().rev().filter(|c| c.metric == "level" && c.span.start < own);
        let mut own_sentence = told.filter(|c| c.sentence == self.claim.sentence);
        own_sentence.next().map(|c| c.value)
    }
}
