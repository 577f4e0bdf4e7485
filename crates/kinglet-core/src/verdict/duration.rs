//! How long a close had not been higher or lower: the `17-month high` of an article.

use std::rc::Rc;

use super::Tag;
use super::slots::{Gap, Slots};
use super::trial::{Found, Missing, Trial};
use crate::query::Query;
use crate::time::{Date, Period};

/// Average length of a month in days: 365.25 / 12.
const MONTH: f64 = 30.4375;
const YEAR: f64 = 365.25;

/// How long before the day of the claim the last close beyond it was, in the claim's unit.
pub(super) fn since_beyond(trial: &Trial<'_>, slots: &Slots) -> Result<Found, Missing> {
    let missing = |tag, reason: &str| (Gap::new(tag, reason), None);
    let (letter, days) = match slots.unit {
        "months" => ('m', MONTH),
        "years" => ('y', YEAR),
        _ => return Err(missing(Tag::NoSeries, "no data give this rank")),
    };
    let day = match slots.period {
        Period::Calendar(p) | Period::At(p) => p.last_day(),
        _ => return Err(missing(Tag::PeriodOpen, "the text does not say on which day")),
    };
    let high = trial
        .points_up()
        .ok_or_else(|| missing(Tag::EventUndefined, "the text does not say high or low"))?;
    let kind = if high { "highest" } else { "lowest" };
    let (e, count) = (&slots.entity, trial.claim.value);
    let text = format!("extremum({e}, {count}{letter}@{day}, kind: {kind})");
    let query: Query =
        text.parse().map_err(|_| missing(Tag::NoSeries, "no data give this rank"))?;
    let result = trial.evaluator.result(&query);
    if let Err(undefined) = &result {
        return Err((Gap::new(Tag::NoSeries, undefined.reason.clone()), Some(Rc::new(query))));
    }
    match last_beyond(trial, slots, day, high) {
        Some(last) => {
            let value = f64::from((day - last).get_days()) / days;
            let (query, result) = (Rc::new(query), Rc::new(result));
            Ok(Found { slots: slots.clone(), query, result, value })
        }
        None => {
            let gap = Gap::new(Tag::NoSeries, "no close beyond it is in the data");
            Err((gap, Some(Rc::new(query))))
        }
    }
}

/// The last session before a day whose close was higher (lower); none where the data have holes.
fn last_beyond(trial: &Trial<'_>, slots: &Slots, day: Date, high: bool) -> Option<Date> {
    let view = trial.evaluator.view();
    let series = view.series(&slots.entity, slots.basis).ok()?;
    let level = series.on(day)?.value;
    let beyond = |value: f64| if high { value > level } else { value < level };
    let rows = series.observations();
    let before = &rows[..rows.partition_point(|row| row.date < day)];
    let last = before.iter().rposition(|row| beyond(row.value))?;
    let sessions = view.calendar.count(before[last].date, day);
    (sessions == before.len() - last).then_some(before[last].date)
}
