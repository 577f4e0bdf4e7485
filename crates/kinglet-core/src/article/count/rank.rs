//! Ranks: how high, low or long ago, in order or since when.

use super::super::lexicon::Signal;
use super::super::metric::{Reading, unit_name};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use crate::time::LengthUnit;

/// `17-month high`, `the third-best year`, `first time in 30 years`, `worst inflation in 40 years`.
pub(super) fn rank(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let extreme = |i: usize| {
        any_of(
            scene.key(i),
            list!(
                "high|highs|low|lows|best|worst|biggest|largest|highest|\
            lowest|strongest|weakest|steepest|longest|smallest|fastest|\
            deepest|sharpest|most|least|greatest|time|closest|slowest|\
            record|peak|hottest|first|extreme|extremes"
            ),
        )
    };
    match q.measure {
        Measure::Duration(_) if q.adjective => {
            let near = (q.end..q.end + 3).find(|&i| extreme(i) && scene.key(i) != "record")?;
            any_of(scene.key(near), list!("high|highs|low|lows|peak|best|worst|extreme|extremes"))
                .then(|| Reading::new("rank", unit_name(q.measure)))
        }
        Measure::Duration(
            LengthUnit::Years | LengthUnit::Months | LengthUnit::Sessions | LengthUnit::Weeks,
        ) => {
            let before = q.first.saturating_sub(1);
            let more = matches!(scene.key(before), "than" | "about" | "nearly" | "almost" | "over");
            let at = if more {
                (before.saturating_sub(2)..=before).find(|&i| scene.key(i) == "in")?
            } else {
                before
            };
            if scene.key(at) != "in" {
                return None;
            }
            let superlative = (at.saturating_sub(8)..at).any(extreme);
            superlative.then(|| ranked(scene, at, unit_name(q.measure)))
        }
        Measure::Ordinal if q.value >= 2.0 => (extreme(q.end) || is_place(scene, q))
            .then(|| Reading::new("rank", "count"))
            .filter(|_| scene.key(q.end) != "time"),
        _ => None,
    }
}

/// `one of the 20 worst weeks`: how high something stands.
pub(super) fn among(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let one = (2..=3).any(|n| scene.before(q, n) == "of" && scene.before(q, n + 1) == "one");
    let extreme = list!("best|worst|biggest|largest|highest|lowest|strongest|weakest");
    let said = q.measure == Measure::Plain && one && any_of(scene.key(q.end), extreme);
    said.then(|| Reading::new("rank", "count"))
}

/// Whether an ordinal is a place in an order: `ranks ninth`, `in third place`, `the
/// second-lightest`.
fn is_place(scene: &Scene, q: &Quantity) -> bool {
    let next = scene.key(q.end);
    let others = list!("west|rest|test|latest|request|forest|interest|invest|guest|largest");
    let superlative = next.ends_with("est") && !any_of(next, others);
    let ranks = list!("ranks|ranked|rank|ranking|placed|finished");
    superlative || next == "place" || any_of(scene.before(q, 1), ranks)
}

/// `the worst inflation in 40 years` is said of inflation, other superlatives of a price.
fn ranked(scene: &Scene, at: usize, unit: &'static str) -> Reading {
    let economy = scene.cues.iter().find_map(|c| match c.signal {
        Signal::Metric(metric @ ("inflation" | "unemployment"))
            if c.first < at && at - c.end <= 3 =>
        {
            Some(metric)
        }
        _ => None,
    });
    Reading::new(economy.unwrap_or("rank"), unit)
}
