//! How outcomes stand to chance and to what was to be expected, as JSON.

use kinglet_core::numeric::confidence::Bounds;
use kinglet_core::numeric::significance::Finding;
use kinglet_core::quantity::Unit;
use kinglet_core::study::{Excess, Figures, Inference, Model, Summary};
use serde::Serialize;
use serde_json::Value;

use super::super::number;
use super::spelled;

/// How outcomes stand to chance: probabilities from 0 to 1, rates in percent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InferenceRecord {
    /// Of the hit rate (Wilson).
    pub hit_rate: [Value; 2],
    /// Of the mean (stationary bootstrap); null where all outcomes overlap.
    pub mean: Option<[Value; 2]>,
    /// The mean less that after any period.
    pub difference: Value,
    /// In what unit that is.
    pub difference_unit: &'static str,
    /// Its interval (stationary bootstrap); null where all outcomes overlap.
    pub difference_interval: Option<[Value; 2]>,
    /// In how many groups events fall whose outcomes overlap.
    pub groups: usize,
    /// The mean length of the blocks, in periods.
    pub block: Value,
    /// The probability of the mean at placebo dates.
    pub placebo_mean: Value,
    /// The probability of the hit rate at placebo dates.
    pub placebo_hits: Value,
    /// The sign test against the hit rate after any period.
    pub sign: Option<FindingRecord>,
    /// The t-test against the mean after any period.
    pub student: Option<FindingRecord>,
    /// The test of the portfolio in calendar time.
    pub calendar_time: Option<FindingRecord>,
    /// `placebo_mean` corrected for all outcomes by Šidák.
    pub sidak: Value,
    /// The same by Holm.
    pub holm: Value,
    /// The probability of the difference, by Romano and Wolf.
    pub romano_wolf: Option<Value>,
}

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingRecord {
    /// The statistic in units of its standard error.
    pub statistic: Value,
    /// Its probability.
    pub p_value: Value,
}

/// Outcomes beyond what was to be expected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExcessRecord {
    /// `mean`, `regression`, `adjusted` or the name of a factor model: `three_factor`.
    pub model: &'static str,
    /// The series of the model.
    pub on: Vec<String>,
    /// From how many periods it is estimated.
    pub estimation: usize,
    /// How many periods lie between them and the first after the event.
    pub gap: usize,
    /// In what unit the values are.
    pub unit: &'static str,
    /// For each event, summed over the periods to the horizon; null where the data lack a window.
    pub cumulated: Vec<Option<Value>>,
    /// The mean of those.
    pub mean: Option<Value>,
    /// How strongly events move together.
    pub correlation: Option<Value>,
    /// What tests find.
    pub tests: Vec<TestRecord>,
}

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestRecord {
    /// Its name.
    pub name: &'static str,
    /// What it found.
    #[serde(flatten)]
    pub finding: FindingRecord,
}

impl InferenceRecord {
    pub(super) fn of(inference: &Inference, figures: &Figures, unit: Unit) -> InferenceRecord {
        let of_difference = unit.sum(unit, true).unwrap_or(unit);
        let bounds =
            |bounds: &Bounds, unit| [spelled(bounds.low, unit), spelled(bounds.high, unit)];
        let mean = |summary: Option<Summary>| summary.map_or(0.0, |summary| summary.mean);
        let finding = |finding: &Option<Finding>| finding.as_ref().map(FindingRecord::from);
        InferenceRecord {
            hit_rate: bounds(&inference.hit_rate, Unit::Fraction),
            mean: inference.mean.as_ref().map(|mean| bounds(mean, unit)),
            difference: spelled(mean(figures.events) - mean(figures.any), of_difference),
            difference_unit: of_difference.spelling().name(),
            difference_interval: inference.difference.as_ref().map(|d| bounds(d, of_difference)),
            groups: inference.groups,
            block: number(inference.block),
            placebo_mean: number(inference.placebo_mean),
            placebo_hits: number(inference.placebo_hits),
            sign: finding(&inference.sign),
            student: finding(&inference.student),
            calendar_time: finding(&inference.calendar_time),
            sidak: number(inference.sidak),
            holm: number(inference.holm),
            romano_wolf: inference.romano_wolf.map(number),
        }
    }
}

impl ExcessRecord {
    pub(super) fn of(excess: &Excess, unit: Unit) -> ExcessRecord {
        let unit = unit.sum(unit, true).unwrap_or(unit);
        let model = match excess.expectation.model {
            Model::Mean => "mean",
            Model::Regression(_) => "regression",
            Model::Adjusted(_) => "adjusted",
            Model::Factors(model) => model,
        };
        let test = |(name, finding): &(&'static str, Finding)| TestRecord {
            name,
            finding: FindingRecord::from(finding),
        };
        ExcessRecord {
            model,
            on: excess.on.clone(),
            estimation: excess.expectation.estimation,
            gap: excess.expectation.gap,
            unit: unit.spelling().name(),
            cumulated: excess
                .cumulated
                .iter()
                .map(|car| car.map(|car| spelled(car, unit)))
                .collect(),
            mean: excess.mean.map(|mean| spelled(mean, unit)),
            correlation: excess.correlation.map(number),
            tests: excess.tests.iter().map(test).collect(),
        }
    }
}

impl From<&Finding> for FindingRecord {
    fn from(finding: &Finding) -> Self {
        FindingRecord { statistic: number(finding.statistic), p_value: number(finding.p_value) }
    }
}
