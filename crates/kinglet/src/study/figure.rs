//! Figures of studies as people read them, in tables that are narrow.

use serde_json::Value;

use crate::wire::{ExcessRecord, InferenceRecord, OutcomeRecord, StudyRecord};

/// A value with the sign of its unit: `-8.1pp`; a dash for none.
pub fn short(value: &Value, unit: &str) -> String {
    let Some(value) = value.as_f64() else { return "-".to_owned() };
    let (digits, sign) = match unit {
        "percentage_points" => (1, "pp"),
        "basis_points" => (0, "bp"),
        "percent" => (1, "%"),
        _ => (2, ""),
    };
    let text = format!("{value:.digits$}");
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    format!("{}{sign}", if is_zero { text.trim_start_matches('-') } else { &text })
}

/// A rate without decimals: `82%`.
pub fn rounded(value: &Value) -> String {
    value.as_f64().map_or_else(|| "-".to_owned(), |value| format!("{value:.0}%"))
}

/// The ends of an interval: `-1.7pp to 3.0pp`; a dash for none.
pub fn between(ends: Option<&[Value; 2]>, unit: &str) -> String {
    ends.map_or_else(
        || "-".to_owned(),
        |[low, high]| format!("{} to {}", short(low, unit), short(high, unit)),
    )
}

/// A probability: `0.043`.
pub fn probability(value: Option<&Value>) -> String {
    let value = value.and_then(Value::as_f64);
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"))
}

/// After what time an outcome is: `+6m`.
pub fn after(outcome: &OutcomeRecord) -> String {
    outcome.horizon.as_ref().map_or_else(|| "then".to_owned(), |length| format!("+{length}"))
}

/// The names of the [`probabilities`].
pub const PROBABILITIES: [&str; 7] = ["placebo", "hits", "sign", "t", "calendar", "Holm", "R-W"];

/// The probabilities that chance would do it, as they are shown.
pub fn probabilities(i: &InferenceRecord) -> [String; 7] {
    [
        probability(Some(&i.placebo_mean)),
        probability(Some(&i.placebo_hits)),
        probability(i.sign.as_ref().map(|finding| &finding.p_value)),
        probability(i.student.as_ref().map(|finding| &finding.p_value)),
        probability(i.calendar_time.as_ref().map(|finding| &finding.p_value)),
        probability(Some(&i.holm)),
        probability(i.romano_wolf.as_ref()),
    ]
}

/// How many periods were looked at: `466 months`.
pub fn counted(record: &StudyRecord) -> String {
    let plural = if record.periods == 1 { "" } else { "s" };
    format!("{} {}{plural}", record.periods, record.grain)
}

/// For how many outcomes probabilities are corrected: `3 outcomes tried`.
pub fn tried(record: &StudyRecord) -> String {
    match record.outcomes.len() {
        1 => "one outcome tried".to_owned(),
        count => format!("{count} outcomes tried"),
    }
}

/// Why tests of what came beyond what was to be expected are not told, if some are not.
pub fn untold(excess: &ExcessRecord) -> Option<&'static str> {
    match excess.tests.iter().any(|test| test.name == "Patell") {
        _ if excess.tests.is_empty() => Some("Too few events to be tested."),
        true => None,
        false => {
            Some("Windows overlap: Patell and BMP take events for independent and are not told.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_dashes() {
        assert_eq!(short(&(-8.06).into(), "percentage_points"), "-8.1pp");
        assert_eq!(short(&(-0.04).into(), "percent"), "0.0%");
        assert_eq!(short(&Value::Null, "percent"), "-");
        assert_eq!(
            (rounded(&82.35.into()), probability(Some(&0.0434.into()))),
            ("82%".into(), "0.043".into())
        );
    }
}
