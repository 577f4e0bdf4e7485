//! Points of an index, percentage points and basis points.

use super::super::lexicon::{Cue, Signal};
use super::super::number::Quantity;
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::percent::{refine, spread};
use super::{Reading, direction, distance, of_a_rate, speaks_of, unit_name};

/// Percentage points and basis points: spreads, changes of rates and of the economy.
pub(super) fn small(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Reading {
    let unit = unit_name(q.measure);
    let near = |want: fn(Signal) -> bool| scene.nearest(q, want);
    let policy = near(|s| matches!(s, Signal::Cut | Signal::Hike));
    let cost = |found: Option<(usize, Cue)>| found.map_or(usize::MAX, |(cost, _)| cost);
    if let Some(reading) = between_bonds(scene, q, unit).filter(|_| policy.is_none()) {
        return reading;
    }
    if q.in_words && cost(near(|s| s == Signal::Metric("inflation"))) > 6 && !of_a_rate(scene, q) {
        return Reading::new("rate_change", unit).signed(Some(step_sign(scene, q)));
    }
    if of_a_rate(scene, q) && cost(policy) > 4 {
        return Reading::new("yield", unit).signed(moved(scene, q));
    }
    let compared = near(|s| matches!(s, Signal::Beat | Signal::Lag));
    let economy = near(|s| {
        matches!(s, Signal::Metric("inflation" | "gdp_growth" | "unemployment" | "yield"))
    })
    .filter(|(cost, cue)| cue.first < q.first || *cost <= 1);
    if let Some((own, cue)) = compared
        && own <= cost(policy).saturating_add(3)
        && own <= cost(economy)
    {
        return refine(scene, q, spread(scene, q, cue, unit).from(cue));
    }
    if let Some((own, cue)) = economy
        && own < cost(policy)
        && let Signal::Metric(metric) = cue.signal
    {
        return Reading::new(metric, unit).signed(direction(scene, q)).from(cue);
    }
    let moves = |l: &&Reading| l.metric == "yield" && l.unit == "percent";
    if last.filter(moves).is_some() && policy.is_none() && unit == "basis_points" {
        return Reading::new("yield", unit).signed(moved(scene, q));
    }
    if let Some(last) =
        last.filter(|l| l.unit == unit && l.metric != "rate_change" && policy.is_none())
    {
        let sign = if last.metric == "yield" { moved(scene, q) } else { last.sign };
        return Reading { sign, ..*last };
    }
    if policy.is_some() || speaks_of(scene, "FED") || unit == "basis_points" {
        return Reading::new("rate_change", unit).signed(Some(step_sign(scene, q)));
    }
    Reading::new("return_spread", unit)
}

/// `High-yield spreads widened by two percentage points`, `the gap between twos and tens`.
fn between_bonds(scene: &Scene, q: &Quantity, unit: &'static str) -> Option<Reading> {
    let before = scene.range.start..q.first;
    let credit = list!(
        "yield spreads|credit spreads|spread over treasuries|spreads over treasuries|\
        bond spreads|junk spreads|high yield spread|credit spread"
    );
    let curve = list!("twos and tens|2s and 10s|two year and ten year|2s10s|twos to tens");
    if scene.has_phrase(before.clone(), credit) {
        let level = any_of(scene.before(q, 1), list!("to|at|from")) || q.range.is_some();
        let sign = if level { None } else { moved(scene, q) };
        return Some(Reading::new("other", unit).signed(sign));
    }
    scene.has_phrase(before, curve).then(|| Reading::new("yield", unit).signed(moved(scene, q)))
}

/// The sign of a step of the policy rate: down, unless words of a rise are nearer.
fn step_sign(scene: &Scene, q: &Quantity) -> f64 {
    let cost = |found: Option<(usize, Cue)>| found.map_or(usize::MAX, |(cost, _)| cost);
    let up = cost(scene.nearest(q, |s| matches!(s, Signal::Up | Signal::Hike)));
    let down = cost(scene.nearest(q, |s| matches!(s, Signal::Down | Signal::Cut)));
    if up < down { 1.0 } else { -1.0 }
}

/// The sign of a change; a gap that is so wide has none: `the spread is 13 basis points`.
fn moved(scene: &Scene, q: &Quantity) -> Option<f64> {
    let hedged =
        usize::from(any_of(scene.before(q, 1), list!("about|nearly|roughly|just|only|some")));
    let state = any_of(scene.before(q, 1 + hedged), list!("is|was|at|stands|stood|of|now"));
    let gap = scene.has_phrase(scene.range.start..q.first, list!("gap|spread|difference|spreads"));
    match scene.key(q.end) {
        _ if state && gap => q.sign,
        "less" | "lower" | "below" => Some(-1.0),
        "more" | "higher" | "above" => Some(1.0),
        _ => direction(scene, q),
    }
}

/// `a 12-point gap`, `a lead of four points`: percentage points for short.
fn is_gap(scene: &Scene, q: &Quantity) -> bool {
    let noun =
        list!("gap|lead|edge|advantage|margin|shortfall|spread|difference|deficit|gulf|chasm");
    let behind = any_of(scene.key(q.end), noun)
        || any_of(scene.key(q.end + 1), noun) && scene.key(q.end) == "performance";
    let before = scene.before(q, 1) == "of" && any_of(scene.before(q, 2), noun);
    (behind || before) && q.value < 100.0
}

/// Points: a change, a level, a distance; or percentage points for short.
pub(super) fn reading(scene: &Scene, q: &Quantity) -> Reading {
    let unit = "index_points";
    if let Some(reading) = distance::from_high(scene, q, unit) {
        return reading;
    }
    if is_gap(scene, q) {
        return refine(scene, q, Reading::new("return_spread", "percentage_points"));
    }
    let compared = scene.nearest(q, |s| matches!(s, Signal::Beat | Signal::Lag));
    let change = scene.nearest(q, |s| matches!(s, Signal::Up | Signal::Down));
    if let Some((cost, cue)) = compared
        && change.is_none_or(|(other, _)| cost < other)
        && q.value < 200.0
    {
        return refine(scene, q, spread(scene, q, cue, "percentage_points").from(cue));
    }
    if q.value >= 50.0 && level_before(scene, q) {
        return Reading::new("level", unit);
    }
    Reading::new("point_change", unit).signed(direction(scene, q))
}

/// Whether the words directly before a number say that it is a level.
pub(super) fn level_before(scene: &Scene, q: &Quantity) -> bool {
    let skip = |key: &str| {
        any_of(
            key,
            list!(
                "about|around|nearly|roughly|a|the|just|record|over|\
            approximately|almost|its|new|high|closing|close"
            ),
        )
    };
    let n = (1..=4).find(|&n| !skip(scene.before(q, n))).unwrap_or(5);
    let key = scene.before(q, n);
    let direct = any_of(
        key,
        list!(
            "to|at|below|above|under|past|through|near|beyond|reached|\
                     hit|touched|crossed|topped|surpassed|broke"
        ),
    );
    let of = key == "of"
        && (1..=2).any(|m| {
            any_of(
                scene.before(q, n + m),
                list!(
                    "close|high|low|record|peak|level|top|bottom|trough|highs|\
                lows|price|target|support|resistance|finish|average"
                ),
            )
        });
    let cue = q
        .first
        .checked_sub(n)
        .is_some_and(|at| scene.cues.iter().any(|c| c.signal == Signal::Level && c.end == at + 1));
    direct || of || cue
}
