//! The falls of a subject within a period, for the measures of drawdowns.

use super::Scope;
use crate::answer::Undefined;
use crate::columns::{Observation, Series};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::numeric::decline::Decline;
use crate::time::Interval;

/// The falls of a path of closes.
#[derive(Clone, Debug)]
pub struct Declines<'a> {
    /// Whose closes.
    pub series: &'a Series,
    /// That of the base and of each session.
    pub closes: Vec<Observation>,
    /// The deepest first.
    pub found: Vec<Decline>,
}

impl Declines<'_> {
    /// The deepest is the first.
    ///
    /// # Errors
    /// `no_event` where there are fewer.
    pub fn nth(&self, nth: u16) -> Result<Decline, Undefined> {
        self.found.get(usize::from(nth) - 1).copied().ok_or_else(|| {
            let Interval { base, end } = self.interval();
            let from = base.unwrap_or(end);
            let count = self.found.len();
            let reason = format!("{} has {count} falls from {from} to {end}", self.series.id);
            Undefined::new("no_event", reason)
        })
    }

    /// From the base to the last session.
    pub fn interval(&self) -> Interval {
        Interval::between(self.closes[0].date, self.closes[self.closes.len() - 1].date)
    }
}

impl<'a> Scope<'a> {
    /// The falls of the subject within the period.
    ///
    /// # Errors
    /// Where a close is missing or not positive.
    pub fn declines(&self) -> Result<Declines<'a>, Undefined> {
        let (from, to) = self.change(&PERIOD)?;
        let series = self.series(&SUBJECT, &BASIS)?;
        let closes = self.path(series, (from, to))?.into_owned();
        if let Some(close) = closes.iter().find(|close| close.value <= 0.0) {
            let reason = format!("{} is not positive on {}", series.id, close.date);
            return Err(Undefined::new("not_positive", reason));
        }
        let path: Vec<f64> = closes.iter().map(|close| close.value).collect();
        Ok(Declines { series, closes, found: Decline::deepest(&path) })
    }
}
