//! Quantities that share a unit with a neighbour: alternatives, lists, the ends of ranges.

use super::super::token::{Joint, Tokens};
use super::{End, Measure, Quantity};

/// Gives the first of two alternatives the unit of the second, `25 or 50 bps`, and those of a list
/// that of the last: `19.4, 13.1 and 11.8%`.
pub(in crate::article) fn share_units(tokens: &Tokens, all: &mut [Quantity]) {
    for i in (2..all.len()).rev() {
        let [first, second, last] = [all[i - 2], all[i - 1], all[i]];
        let bare = |q: &Quantity| {
            q.measure == Measure::Plain && q.decimals == last.decimals && q.value < 100.0
        };
        let comma = first.end + 1 == second.first && tokens.is(first.end, ',');
        let and = second.end + 1 + usize::from(tokens.is(second.end, ',')) == last.first
            && tokens.key(last.first - 1) == "and";
        let decimal = last.measure == Measure::Percent && last.decimals > 0;
        if comma && and && decimal && bare(&first) && bare(&second) {
            (all[i - 2].measure, all[i - 1].measure) = (last.measure, last.measure);
        }
    }
    for i in 1..all.len() {
        let (first, second) = (all[i - 1], all[i]);
        let or = first.end + 1 == second.first && tokens.key(first.end) == "or";
        let small = matches!(
            second.measure,
            Measure::Percent | Measure::PercentagePoints | Measure::BasisPoints
        );
        // "up 55.35 or 5.4%" is in points first
        let rising = first.value <= second.value;
        if or && small && rising && first.measure == Measure::Plain && !first.grouped {
            all[i - 1].measure = second.measure;
        }
    }
}

/// Joins neighbours that are the two ends of one range: `27% to 81.6%`, `[13.65, 17.15]`.
pub(in crate::article) fn join_ranges(tokens: &Tokens, all: &mut [Quantity]) {
    for i in 1..all.len() {
        let (low, high) = (all[i - 1], all[i]);
        let between: Vec<&str> = (low.end..high.first).map(|t| tokens.key(t)).collect();
        let before = tokens.key(low.first.wrapping_sub(1));
        let earlier = tokens.key(low.first.wrapping_sub(2));
        let hyphen = between.is_empty() && tokens.joint(high.first) == Joint::Hyphen;
        let linked = match between.as_slice() {
            ["to" | "through"] => before != "from" || earlier.starts_with("rang"),
            ["and"] => before == "between",
            ["–" | "-" | "—"] => true,
            [","] => tokens.is(low.first.wrapping_sub(1), '[') && tokens.is(high.end, ']'),
            [] => hyphen,
            _ => false,
        };
        let former = between.as_slice() == ["to"] && before == "from";
        let unit = matches!(
            high.measure,
            Measure::Percent | Measure::PercentagePoints | Measure::BasisPoints
        );
        if former && unit && low.measure == Measure::Plain && !low.in_words {
            all[i - 1].measure = high.measure;
            continue;
        }
        // "8.13 to 975.32" is a change and where it led
        let leads = between.as_slice() == ["to"]
            && high.measure == Measure::Plain
            && low.decimals == 2
            && high.value > 5.0 * low.value
            && low.scale == high.scale;
        let alike = (low.measure == high.measure || low.measure == Measure::Plain) && !leads;
        let comparable = !matches!(high.measure, Measure::Duration(_) | Measure::Ordinal);
        let rising = low.sign.is_some() || low.value <= high.value || low.scale < high.scale;
        if linked && alike && comparable && rising && low.range.is_none() {
            all[i - 1].measure = high.measure;
            all[i - 1].range = Some(End::Low);
            all[i].range = Some(End::High);
            if low.scale == 1.0 && high.scale > 1.0 {
                all[i - 1].rescale(high.scale);
            }
        }
    }
}
