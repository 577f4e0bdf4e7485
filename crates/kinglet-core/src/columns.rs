//! Columns of data: one series with its unit, the date each value is for and when it became public;
//! the bars of one symbol.

use std::sync::Arc;

use crate::quantity::Unit;
use crate::time::{Cutoff, Date, DateTime, Grain};

/// What the dates of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// Closes of sessions, or states at the end of days.
    Session,
    /// One value for each calendar period of a grain, dated by its first day.
    Period(Grain),
}

/// One observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// What day it is for.
    pub date: Date,
    /// The value, in the unit of the series.
    pub value: f64,
    /// When it became public, in New York.
    pub known_at: DateTime,
}

/// A series: strictly increasing dates, one unit, finite values. Cheap to clone and to cut.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its id: `RUT`, `GS10`.
    pub id: Arc<str>,
    /// What its values measure.
    pub unit: Unit,
    /// What its dates are.
    pub frequency: Frequency,
    /// Where it comes from: of several sources all.
    pub source: Arc<str>,
    /// Where its observations come from, each source with the first day from which on it is that of
    /// all until the next; none where there is one source only.
    sources: Arc<[(Date, Arc<str>)]>,
    /// All that may be used, oldest first.
    rows: Arc<[Observation]>,
    len: usize,
    /// Whether each cutoff leaves a prefix: no revisions, and what is for later is known later.
    is_ordered: bool,
}

impl Series {
    /// A series of observations, sorted by date and then by `known_at`; of several for one date (a
    /// published revision) the view keeps, at each cutoff, the last that was known.
    ///
    /// # Panics
    /// If the observations are not sorted or a value is not finite.
    pub fn new(
        id: &str,
        unit: Unit,
        frequency: Frequency,
        source: &str,
        rows: Vec<Observation>,
    ) -> Self {
        assert!(
            rows.is_sorted_by(|a, b| (a.date, a.known_at) < (b.date, b.known_at)),
            "{id}: not sorted"
        );
        assert!(rows.iter().all(|r| r.value.is_finite()), "{id}: not finite");
        let len = rows.len();
        let is_ordered = rows.is_sorted_by(|a, b| a.date < b.date && a.known_at <= b.known_at);
        let (id, source, rows) = (id.into(), source.into(), rows.into());
        Series { id, unit, frequency, source, sources: Arc::new([]), rows, len, is_ordered }
    }

    /// The same with other observations, sorted as [`Series::new`] takes them.
    #[must_use]
    pub fn with_rows(&self, rows: Vec<Observation>) -> Self {
        let Series { id, unit, frequency, source, .. } = self;
        Series::new(id, *unit, *frequency, source, rows).with_sources(self.sources.to_vec())
    }

    /// The same with the source of each stretch of its observations, oldest first.
    #[must_use]
    pub fn with_sources(self, sources: Vec<(Date, Arc<str>)>) -> Self {
        Series { sources: sources.into(), ..self }
    }

    /// Where the observation of a day comes from, for the rows of an answer.
    pub fn source_on(&self, day: Date) -> &Arc<str> {
        let stretch = self.sources.partition_point(|(first, _)| *first <= day).checked_sub(1);
        stretch.map_or(&self.source, |at| &self.sources[at].1)
    }

    /// The series as it could be known at a cutoff: at most one observation for each date.
    #[must_use]
    pub fn until(&self, cutoff: Cutoff) -> Series {
        let usable = |r: &Observation| r.date <= cutoff.through && r.known_at <= cutoff.known_by;
        let rows = self.observations();
        if self.is_ordered {
            let len = rows.partition_point(usable);
            return Series { len, ..self.clone() };
        }
        let mut kept: Vec<Observation> = Vec::new();
        for row in rows.iter().filter(|r| usable(r)) {
            match kept.last_mut() {
                Some(last) if last.date == row.date => *last = *row,
                _ => kept.push(*row),
            }
        }
        Series { len: kept.len(), rows: kept.into(), ..self.clone() }
    }

    /// The observations, oldest first.
    pub fn observations(&self) -> &[Observation] {
        &self.rows[..self.len]
    }

    /// The observation of exactly this date.
    pub fn on(&self, date: Date) -> Option<&Observation> {
        let rows = self.observations();
        rows.binary_search_by(|r| r.date.cmp(&date)).ok().map(|i| &rows[i])
    }

    /// The last observation on or before a date.
    pub fn on_or_before(&self, date: Date) -> Option<&Observation> {
        let rows = self.observations();
        rows[..rows.partition_point(|r| r.date <= date)].last()
    }

    /// The observations after `from` and on or before `to`.
    pub fn after_through(&self, from: Date, to: Date) -> &[Observation] {
        let rows = self.observations();
        let rank = |date| rows.partition_point(|r| r.date <= date);
        &rows[rank(from)..rank(to).max(rank(from))]
    }

    /// First and last date.
    pub fn coverage(&self) -> Option<(Date, Date)> {
        let rows = self.observations();
        Some((rows.first()?.date, rows.last()?.date))
    }
}

/// One session: its highest and lowest price, its close, and what was traded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The session.
    pub date: Date,
    /// The highest price.
    pub high: f64,
    /// The lowest price.
    pub low: f64,
    /// The close, adjusted for splits, not for distributions.
    pub close: f64,
    /// Shares traded, where the source gives them.
    pub volume: Option<f64>,
    /// When it became public, in New York.
    pub known_at: DateTime,
}

impl Bar {
    /// Whether its numbers are finite and its close lies between its low and its high.
    pub fn is_sound(&self) -> bool {
        let finite = self.high.is_finite() && self.low.is_finite();
        let volume = self.volume.is_none_or(|volume| volume.is_finite() && volume >= 0.0);
        finite && volume && self.low <= self.close && self.close <= self.high
    }
}

/// The bars of one symbol: strictly increasing sessions. Cheap to clone and to cut.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Its symbol: `IWM`.
    pub id: Arc<str>,
    /// What its prices measure.
    pub unit: Unit,
    /// Where they come from, for the rows of an answer.
    pub source: Arc<str>,
    rows: Arc<[Bar]>,
    len: usize,
}

impl Bars {
    /// Bars of one source, oldest first.
    ///
    /// # Panics
    /// If they are not sorted, the older are known later, or one is not sound.
    pub fn new(id: &str, unit: Unit, source: &str, rows: Vec<Bar>) -> Self {
        let sorted = rows.is_sorted_by(|a, b| a.date < b.date && a.known_at <= b.known_at);
        assert!(sorted, "{id}: not sorted");
        assert!(rows.iter().all(Bar::is_sound), "{id}: not sound");
        let len = rows.len();
        Bars { id: id.into(), unit, source: source.into(), rows: rows.into(), len }
    }

    /// The bars as they could be known at a cutoff.
    #[must_use]
    pub fn until(&self, cutoff: Cutoff) -> Bars {
        let usable = |bar: &Bar| bar.date <= cutoff.through && bar.known_at <= cutoff.known_by;
        Bars { len: self.rows().partition_point(usable), ..self.clone() }
    }

    /// The bars, oldest first.
    pub fn rows(&self) -> &[Bar] {
        &self.rows[..self.len]
    }
}
