//! How long a close or a move had not been outdone: the `17-month high` of an article, its `worst
//! quarter in ten years`, its `first record in four years`.

use std::rc::Rc;

use super::Tag;
use super::cue::outdone::{Outdone, outdone};
use super::fit::Fit;
use super::slots::{Gap, Slots};
use super::trial::{Found, Missing, Trial};
use crate::columns::Observation;
use crate::query::Query;
use crate::time::{CalendarPeriod, Date, Grain, Period};

/// Average length of a month in days: 365.25 / 12.
const MONTH: f64 = 30.4375;
const YEAR: f64 = 365.25;

/// Words before a price that is passed.
const SIDES: [&str; 6] = [" above ", " over ", " past ", " below ", " under ", " beneath "];

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
            let by_days = f64::from((day - last).get_days()) / days;
            // years are counted from year to year, too
            let by_year = f64::from(day.year() - last.year());
            let fits = |value| trial.fit(value) != Fit::Off;
            let whole = slots.unit == "years" && !fits(by_days) && fits(by_year);
            let value = if whole { by_year } else { by_days };
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
            let told = rows.last().is_some_and(|row| beyond(row.value));
            before.find(|(_, value)| told && beyond(*value))?.0
        }
        Outdone::Record => {
            let mut top = f64::NEG_INFINITY;
            let mut records = Vec::new();
            for (date, value) in closes() {
                if value > top {
                    top = value;
                    records.push(date);
                }
            }
            first_of_days(&records, day)?
        }
        Outdone::Move { up, grain, of_year } => {
            let of = moved(grain, own, day);
            let this = moved_by(rows, of)?;
            let alike =
                |p: CalendarPeriod| !of_year || p.first_day().month() == of.first_day().month();
            let begin = rows.first()?.date;
            let mut before = of.plus(-1);
            loop {
                if before.first_day() <= begin {
                    return None;
                }
                let value = match of.grain {
                    // a day or a week without a session is none
                    Grain::Day | Grain::Week => moved_by(rows, before),
                    _ => Some(moved_by(rows, before)?),
                };
                let beyond = value.is_some_and(|v| if up { v >= this } else { v <= this });
                if beyond && alike(before) {
                    break;
                }
                before = before.plus(-1);
            }
            if of.grain > Grain::Week {
                // between like days of periods, as years are counted
                let apart = (of.first_day() - before.first_day()).get_days();
                return day.checked_sub(jiff::Span::new().days(apart)).ok();
            }
            before.last_day()
        }
    };
    let known = rows.len() - rows.partition_point(|row| row.date <= last);
    (known == view.calendar.count(last, day)).then_some(last)
}

/// The last record before those that were set within some days, of which the last one is told on a
/// day; none where that is long after it.
fn first_of_days(records: &[Date], day: Date) -> Option<Date> {
    const DAYS: i32 = 10;
    let near = |later: Date, earlier: Date| (later - earlier).get_days() <= DAYS;
    let last = records.last().filter(|last| near(day, **last))?;
    records.iter().rev().find(|date| !near(*last, **date)).copied()
}

/// The move of a period: from the last close before it to its last one.
fn moved_by(rows: &[Observation], period: CalendarPeriod) -> Option<f64> {
    let until = |day: Date| rows.partition_point(|row| row.date <= day).checked_sub(1);
    let end = &rows[until(period.last_day())?];
    let base = &rows[until(period.first_day().yesterday().ok()?)?];
    let before = period.plus(-1).first_day();
    // the period before has its closes, too, but for days and weeks without a session
    let whole = period.grain <= Grain::Week || base.date >= before;
    (end.date >= period.first_day() && whole).then(|| end.value / base.value - 1.0)
}

impl Trial<'_> {
    /// What the words around a number of months or years say had not been outdone.
    pub(super) fn outdone(&self) -> Option<Outdone> {
        let (sentence, at) = self.sentence_and_place();
        outdone(sentence.get(..at).unwrap_or_default(), self.words_behind())
    }

    /// The price that its sentence says was passed: `closed below 4,000 for the first time in`.
    fn mark(&self) -> Option<f64> {
        let (sentence, at) = self.sentence_and_place();
        let before = sentence.get(..at)?;
        let ends = SIDES.iter().filter_map(|side| Some(before.rfind(side)? + side.len()));
        let told = before.get(ends.max()?..)?.trim_start();
        let end = told.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
        let number = told.get(..end.unwrap_or(told.len()))?.trim_end_matches([',', '.']);
        number.replace(',', "").parse().ok()
    }
}
