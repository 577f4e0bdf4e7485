//! Accounts: price, dividends and earnings of an index as a whole, month by month, as published.
//! Dividends and earnings are those of twelve months; the price is the average of a month.

use crate::answer::{Row, Undefined};
use crate::columns::{Observation, Series};
use crate::identity::{Basis, Entity};
use crate::time::{CalendarPeriod, Cutoff, Date};
use crate::view::View;

/// The published accounts of an index.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    view: &'a View,
    prefix: &'static str,
}

impl<'a> Accounts<'a> {
    /// The accounts of an index, if any are published of it.
    pub fn of(view: &'a View, entity: &Entity) -> Option<Accounts<'a>> {
        entity.accounts().map(|prefix| Accounts { view, prefix })
    }

    /// The ids of all their series.
    pub fn ids(prefix: &str) -> impl Iterator<Item = String> {
        ["PRICE", "DIVIDEND", "EARNINGS", "CPI", "CAPE"]
            .into_iter()
            .map(move |name| format!("{prefix}_{name}"))
    }

    /// One of the series: `EARNINGS`.
    pub fn series(&self, name: &str) -> Result<&'a Series, Undefined> {
        self.view.series(&format!("{}_{name}", self.prefix), Basis::Price)
    }

    /// The value of a month.
    pub fn month(&self, name: &str, month: CalendarPeriod) -> Result<(f64, Row), Undefined> {
        let series = self.series(name)?;
        let found = series.on(month.first_day());
        found.map(|o| (o.value, row(series, *o))).ok_or_else(|| {
            let through = self.view.cutoff.through;
            let reason =
                format!("{} has no value for {month} that was public by {through}", series.id);
            Undefined::new("no_observation", reason)
        })
    }

    /// The last value that was public at the end of a day, of a month at most a year before.
    pub fn latest(&self, name: &str, day: Date) -> Result<(f64, Row), Undefined> {
        let series = self.series(name)?;
        let known_by = self.view.within(Cutoff::end_of(day)).known_by;
        let rows = series.observations().iter().rev();
        let mut known = rows.filter(|o| o.date <= day && o.known_at <= known_by);
        let recent = |o: &&Observation| (day - o.date).get_days() <= super::AGE_MAX_DAYS;
        known.next().filter(recent).map(|o| (o.value, row(series, *o))).ok_or_else(|| {
            let reason = format!("no value of {} for the year to {day} was public then", series.id);
            Undefined::new("no_observation", reason)
        })
    }
}

fn row(series: &Series, observation: Observation) -> Row {
    Row {
        series: series.id.clone(),
        date: observation.date,
        value: observation.value,
        unit: series.unit,
        source: series.source_on(observation.date).clone(),
    }
}
