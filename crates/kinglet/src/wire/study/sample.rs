//! Samples of outcomes as JSON: their figures, the way to them, their spread.

use kinglet_core::quantity::Unit;
use kinglet_core::study::{Bin, Followed, Step, Summary, histogram};
use serde::Serialize;
use serde_json::Value;

use super::{percent, spelled};

/// The figures of a sample: rates in percent, values in the unit of the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampleRecord {
    /// How many there are.
    pub n: usize,
    /// How many are above zero.
    pub hits: usize,
    /// In what part.
    pub hit_rate: Value,
    /// The mean.
    pub mean: Value,
    /// The middle one.
    pub median: Value,
    /// What a quarter does not exceed.
    pub lower_quartile: Value,
    /// What three quarters do not exceed.
    pub upper_quartile: Value,
    /// The lowest.
    pub worst: Value,
    /// The highest.
    pub best: Value,
}

/// A step of the path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRecord {
    /// How long after the event.
    pub after: String,
    /// After the events.
    pub events: Option<SampleRecord>,
    /// After any period.
    pub any: Option<SampleRecord>,
}

/// A stretch of outcomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BinRecord {
    /// From here.
    pub from: Value,
    /// Up to, but not, here.
    pub to: Value,
    /// How many outcomes of events.
    pub events: usize,
    /// How many outcomes of any period.
    pub any: usize,
}

impl SampleRecord {
    pub(super) fn of(summary: &Summary, unit: Unit) -> SampleRecord {
        let value = |value| spelled(value, unit);
        SampleRecord {
            n: summary.n,
            hits: summary.hits,
            hit_rate: percent(summary.hit_rate),
            mean: value(summary.mean),
            median: value(summary.median),
            lower_quartile: value(summary.lower_quartile),
            upper_quartile: value(summary.upper_quartile),
            worst: value(summary.worst),
            best: value(summary.best),
        }
    }
}

impl StepRecord {
    pub(super) fn of(step: &Step, unit: Unit) -> StepRecord {
        let sample = |summary: &Option<Summary>| summary.map(|s| SampleRecord::of(&s, unit));
        StepRecord {
            after: step.length.to_string(),
            events: sample(&step.events),
            any: sample(&step.any),
        }
    }
}

/// The bins of an outcome.
pub(super) fn bins(followed: &Followed) -> Vec<BinRecord> {
    let unit = followed.unit;
    let record = |bin: Bin| BinRecord {
        from: spelled(bin.from, unit),
        to: spelled(bin.to, unit),
        events: bin.events,
        any: bin.any,
    };
    histogram(&followed.values(), &followed.any_values()).into_iter().map(record).collect()
}
