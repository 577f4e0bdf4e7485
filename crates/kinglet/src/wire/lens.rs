//! Lens readings, as JSON and as rows of a table.

use kinglet_core::answer::Answer;
use kinglet_core::lens::{BaseRate, Lenses, Reading, Readings, Rule, Side};
use serde::Serialize;
use serde_json::Value;

use super::answer::UndefinedRecord;
use super::{AnswerRecord, DataRecord, Table, number};

/// `kinglet.lens/1`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingsRecord {
    /// The last month that is over: that of the percentiles.
    pub month: String,
    /// What was read.
    pub data: DataRecord,
    /// One for each lens.
    pub readings: Vec<ReadingRecord>,
    /// What followed all months.
    pub always: BaseRateRecord,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// What one lens says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingRecord {
    /// The lens.
    pub lens: String,
    /// What it asks.
    pub asks: String,
    /// Why its answer should matter.
    pub because: String,
    /// `favours_small`, `favours_large` or `neutral`; null where there is no reading.
    pub reading: Option<&'static str>,
    /// Why there is no reading; absent where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undefined: Option<UndefinedRecord>,
    /// The measure.
    pub value: AnswerRecord,
    /// Where it stands in its history.
    pub percentile: AnswerRecord,
    /// In how many months there is a measure.
    pub coverage: AnswerRecord,
    /// Whether the rule for small companies holds.
    pub small: AnswerRecord,
    /// Whether the rule for large companies holds.
    pub large: AnswerRecord,
    /// What followed such readings; null where it favours neither.
    pub after: Option<BaseRateRecord>,
}

/// What followed the months in which something held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BaseRateRecord {
    /// The mean outcome.
    pub average: AnswerRecord,
    /// How often small companies did better.
    pub share: AnswerRecord,
    /// Of how many months.
    pub cases: AnswerRecord,
}

/// The word for a side.
fn side_name(side: Side) -> &'static str {
    match side {
        Side::Small => "favours_small",
        Side::Large => "favours_large",
        Side::Neutral => "neutral",
    }
}

impl ReadingsRecord {
    /// The record of readings by some rules.
    pub fn of(readings: &Readings, lenses: &Lenses) -> ReadingsRecord {
        let rules = &lenses.rules().lenses;
        let record = |(reading, rule)| ReadingRecord::of(reading, rule);
        ReadingsRecord {
            month: readings.at.month.to_string(),
            data: DataRecord::from(&readings.always.average.data),
            readings: readings.readings.iter().zip(rules).map(record).collect(),
            always: BaseRateRecord::from(&readings.always),
            schema: "kinglet.lens/1",
        }
    }
}

impl ReadingRecord {
    fn of(reading: &Reading, rule: &Rule) -> ReadingRecord {
        let undefined = reading.side.as_ref().err();
        let [small, large] = &reading.conditions;
        ReadingRecord {
            lens: reading.lens.clone(),
            asks: rule.asks.clone(),
            because: rule.because.clone(),
            reading: reading.side.as_ref().ok().copied().map(side_name),
            undefined: undefined
                .map(|u| UndefinedRecord { code: u.code, reason: u.reason.clone() }),
            value: AnswerRecord::from(&reading.value),
            percentile: AnswerRecord::from(&reading.percentile),
            coverage: AnswerRecord::from(&reading.coverage),
            small: AnswerRecord::from(small),
            large: AnswerRecord::from(large),
            after: reading.after.as_ref().map(BaseRateRecord::from),
        }
    }
}

impl From<&BaseRate> for BaseRateRecord {
    fn from(rate: &BaseRate) -> Self {
        BaseRateRecord {
            average: AnswerRecord::from(&rate.average),
            share: AnswerRecord::from(&rate.share),
            cases: AnswerRecord::from(&rate.cases),
        }
    }
}

/// One row for each lens of each day.
pub fn reading_table(history: &[Readings]) -> Table {
    let mut table = Table::new(&[
        "day",
        "lens",
        "reading",
        "value",
        "unit",
        "percentile",
        "after_average",
        "after_share",
        "after_cases",
        "months",
        "reason",
    ]);
    let shown = |answer: &Answer| answer.number().map_or(Value::Null, number);
    let dated = |readings| {
        let Readings { at, readings, .. }: &Readings = readings;
        readings.iter().map(move |reading| (at.day, reading))
    };
    for (day, reading) in history.iter().flat_map(dated) {
        let after = |of: fn(&BaseRate) -> &Answer| {
            reading.after.as_ref().map_or(Value::Null, |after| shown(of(after)))
        };
        table.push(vec![
            day.to_string().into(),
            reading.lens.clone().into(),
            reading.side.as_ref().ok().copied().map(side_name).into(),
            shown(&reading.value),
            reading.value.spelling.name().into(),
            shown(&reading.percentile),
            after(|after| &after.average),
            after(|after| &after.share),
            after(|after| &after.cases),
            shown(&reading.coverage),
            reading.side.as_ref().err().map(|why| why.reason.clone()).into(),
        ]);
    }
    table
}
