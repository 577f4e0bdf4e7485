//! Wire formats: what programs read. Each is named and numbered (`kinglet.answer/1`); a field may
//! be added under the same number, none is renamed, removed or given another meaning.

mod allocation;
mod answer;
mod definition;
mod failure;
mod lens;
mod study;
mod table;

pub use allocation::{
    AllocationRecord, CertificateRecord, CheckRecord, EstimateRecord, FrontierRecord,
    MissingRecord, SharesRecord, ViewRecord, WeightRecord, weight_table,
};
pub use answer::{
    AnswerRecord, DataRecord, NoticeRecord, PeriodRecord, RowRecord, answer_table, row_table,
};
pub use definition::{DefinitionRecord, ExampleRecord, GoldenRecord, ParamRecord, SummaryRecord};
pub use failure::failure;
pub use lens::{BaseRateRecord, ReadingRecord, ReadingsRecord, reading_table};
pub use study::chance::{ExcessRecord, InferenceRecord, TestRecord};
pub use study::choice::{SplitRecord, VariationRecord};
pub use study::sample::{BinRecord, SampleRecord};
pub use study::{CaseRecord, EventRecord, OutcomeRecord, StudyRecord, event_table};
pub use table::Table;

use serde_json::Value;

use crate::render::plain;

/// A number rounded to twelve significant digits, so that 7.000000000000001 never shows; whole
/// numbers are written without a point.
pub fn number(value: f64) -> Value {
    const WHOLE_MAX: f64 = 9e15;
    const DIGITS: f64 = 1e12;
    // Prices and rates have few decimals and are round already; to print them takes longer.
    let cents = (value * 100.0).round();
    let is_round = cents.abs() < DIGITS && cents / 100.0 == value;
    let rounded = if is_round { value } else { format!("{value:.11e}").parse().unwrap_or(value) };
    if rounded.fract() == 0.0 && rounded.abs() < WHOLE_MAX {
        Value::from(rounded as i64)
    } else {
        Value::from(rounded)
    }
}

/// A value as indented JSON with a final line break. Characters of foreign text that would act on a
/// terminal are escaped.
pub fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    let text = text.expect("records hold text keys and finite numbers") + "\n";
    let acts = |c: char| c == '\u{7f}' || plain::acts(c);
    if !text.contains(acts) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match acts(c) {
            true => escaped += &format!("\\u{:04x}", u32::from(c)),
            false => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_significant_digits() {
        let check = |value, want: &str| assert_eq!(number(value).to_string(), want);
        check(7.000_000_000_000_001, "7");
        check(0.1 + 0.2, "0.3");
        check(-0.0, "0");
        check(2_467.7, "2467.7");
        check(1.234_567_890_123_45e-7, "1.23456789012e-7");
        check(19_500_000_000.0, "19500000000");
    }

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        let foreign = "\u{1b}[2J\u{9b}31m\u{7f}\u{202e}ü";
        let text = json(&foreign);
        assert_eq!(text, "\"\\u001b[2J\\u009b31m\\u007f\\u202eü\"\n");
        assert_eq!(serde_json::from_str::<String>(&text).expect("JSON"), foreign);
    }
}
