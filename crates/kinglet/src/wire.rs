//! Wire formats: what programs read. Each is named and numbered (`kinglet.answer/1`); a field may
//! be added under the same number, none is renamed, removed or given another meaning.

mod answer;
mod definition;
mod failure;
mod table;

pub use answer::{AnswerRecord, DataRecord, PeriodRecord, RowRecord, answer_table};
pub use definition::{DefinitionRecord, ExampleRecord, GoldenRecord, ParamRecord, SummaryRecord};
pub use failure::failure;
pub use table::Table;

use serde_json::Value;

/// A number rounded to twelve significant digits, so that 7.000000000000001 never shows; whole
/// numbers are written without a point.
pub fn number(value: f64) -> Value {
    const WHOLE_MAX: f64 = 9e15;
    let rounded = format!("{value:.11e}").parse().unwrap_or(value);
    if rounded.fract() == 0.0 && rounded.abs() < WHOLE_MAX {
        Value::from(rounded as i64)
    } else {
        Value::from(rounded)
    }
}

/// A value as indented JSON with a final line break.
pub fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    text.expect("records hold text keys and finite numbers") + "\n"
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
}
