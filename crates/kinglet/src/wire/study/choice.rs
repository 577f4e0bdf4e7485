//! The study asked otherwise, as JSON: other choices, and states of the world.

use kinglet_core::quantity::Unit;
use kinglet_core::study::{Choice, Part, Split, State, Summary, Variation};
use serde::Serialize;

use super::sample::SampleRecord;

/// The study with another choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariationRecord {
    /// `since`, `when` or `then`.
    pub choice: &'static str,
    /// What is chosen.
    pub value: String,
    /// After the events.
    pub events: Option<SampleRecord>,
    /// After any period.
    pub any: Option<SampleRecord>,
}

/// The study by states of the world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SplitRecord {
    /// The query that tells the states.
    pub by: String,
    /// The states.
    pub parts: Vec<PartRecord>,
}

/// One state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartRecord {
    /// `yes`, `no`; `low`, `middle`, `high`; `unknown`.
    pub state: &'static str,
    /// After the events in it.
    pub events: Option<SampleRecord>,
    /// After any period in it.
    pub any: Option<SampleRecord>,
}

impl VariationRecord {
    pub(super) fn of(variation: &Variation, unit: Unit) -> VariationRecord {
        let sample = |summary: &Option<Summary>| summary.map(|s| SampleRecord::of(&s, unit));
        let (choice, value) = match &variation.choice {
            Choice::Since(since) => ("since", since.to_string()),
            Choice::Condition(condition) => ("when", condition.to_string()),
            Choice::Outcome(outcome) => ("then", outcome.to_string()),
        };
        VariationRecord {
            choice,
            value,
            events: sample(&variation.events),
            any: sample(&variation.any),
        }
    }
}

impl SplitRecord {
    pub(super) fn of(split: &Split, unit: Unit) -> SplitRecord {
        let part = |part: &Part| PartRecord {
            state: state_name(part.state),
            events: part.events.map(|s| SampleRecord::of(&s, unit)),
            any: part.any.map(|s| SampleRecord::of(&s, unit)),
        };
        SplitRecord { by: split.by.to_string(), parts: split.parts.iter().map(part).collect() }
    }
}

/// The word for a state.
fn state_name(state: State) -> &'static str {
    match state {
        State::Yes => "yes",
        State::No => "no",
        State::Low => "low",
        State::Middle => "middle",
        State::High => "high",
        State::Unknown => "unknown",
    }
}
