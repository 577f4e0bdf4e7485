//! Tolerance from the printed form: how well a value fits what is printed.
//!
//! With $x$ the size of the value, $v$ the printed size and $h$ half a unit of the last printed
//! digit: plainly $|x - v| \le h$ supports and $|x - v| \le 2h$ is imprecise; *about* allows 5% of
//! $v$ either side, *nearly* from 5% below up to $v$, *more than* from $v$ to the next round step.

use crate::article::{Claim, Comparator};

/// How well a value fits; the better, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It supports the claim.
    Core,
    /// It makes the claim imprecise.
    Slack,
    /// It makes the claim wrong.
    Off,
}

/// Closes are stored to the cent: a level may be off by 0.01 and a change in points by 0.02.
fn stored(metric: &str) -> f64 {
    match metric {
        "level" => 0.01,
        "point_change" => 0.02,
        _ => 0.0,
    }
}

/// Quotes of a yield differ from the constant-maturity series by a few basis points.
const YIELD_SLACK: f64 = 0.05;

/// Half of the smallest step in which a policy rate is changed.
fn decision(unit: &str) -> f64 {
    if unit == "basis_points" { 12.0 } else { 0.12 }
}

/// What floating point may lose.
const ROUNDING: f64 = 1e-9;

/// Whether only the very number will do.
fn is_exact(claim: &Claim) -> bool {
    claim.unit == "count" || matches!(claim.metric, "streak" | "rank" | "record_count")
}

/// The fit of a value in the claim's unit; `extra` is the slack of a stand-in.
pub(super) fn fit(claim: &Claim, actual: f64, extra: f64) -> Fit {
    let (x, v) = (actual.abs(), claim.value.abs());
    let exact = is_exact(claim);
    if claim.value * actual < 0.0 {
        return Fit::Off;
    }
    let h = if exact { 0.5 } else { claim.printed.step.max(0.0) / 2.0 };
    let h = if claim.metric == "rate_change" { h.min(decision(claim.unit)) } else { h };
    let tolerance = stored(claim.metric) + extra + ROUNDING * v.max(1.0);
    let hedge = claim.printed.hedge.as_deref().unwrap_or_default();
    match claim.comparator {
        Comparator::Approximate if is_below(hedge) => {
            // of few years one in twenty is no step
            let below = if exact { h.max(0.05 * v) } else { 0.05 * v };
            let least = (v - below - tolerance, v - 2.0 * below - tolerance);
            band(x, (least.0, v - ROUNDING), (least.1, v + h + tolerance))
        }
        Comparator::Approximate => {
            let width = h.max(0.05 * v) + tolerance;
            band(x, (v - width, v + width), (v - 2.0 * width, v + 2.0 * width))
        }
        Comparator::Greater => {
            let above = band(x, (v + ROUNDING, v + round_step(v)), (v - h - extra, f64::INFINITY));
            if exact && x <= v { Fit::Off } else { above }
        }
        Comparator::Less => {
            let below =
                band(x, (v - round_step(v), v - ROUNDING), (f64::NEG_INFINITY, v + h + extra));
            if exact && x >= v { Fit::Off } else { below }
        }
        Comparator::GreaterEqual => {
            band(x, (v - h - tolerance, v + round_step(v)), (v - 2.0 * h - extra, f64::INFINITY))
        }
        Comparator::LessEqual => {
            band(x, (v - h - tolerance, v + h + tolerance), (0.0, v + 2.0 * h + tolerance))
        }
        Comparator::Equal | Comparator::RangeLow | Comparator::RangeHigh => {
            plain(claim, (x - v).abs(), h, tolerance)
        }
    }
}

fn plain(claim: &Claim, difference: f64, h: f64, tolerance: f64) -> Fit {
    let quoted = match claim.unit {
        "percent" => YIELD_SLACK,
        "basis_points" => 100.0 * YIELD_SLACK,
        _ => 0.0,
    };
    let slack = match () {
        () if is_exact(claim) => h,
        () if claim.metric == "yield" => (2.0 * h).max(quoted),
        () => 2.0 * h,
    };
    match () {
        () if is_exact(claim) && difference < h => Fit::Core,
        () if is_exact(claim) => Fit::Off,
        () if difference <= h + tolerance => Fit::Core,
        () if difference <= slack + tolerance => Fit::Slack,
        () => Fit::Off,
    }
}

fn band(x: f64, core: (f64, f64), slack: (f64, f64)) -> Fit {
    let within = |(low, high): (f64, f64)| low <= x && x <= high;
    match () {
        () if within(core) => Fit::Core,
        () if within(slack) => Fit::Slack,
        () => Fit::Off,
    }
}

/// Whether a hedge puts the true value below the printed one.
fn is_below(hedge: &str) -> bool {
    ["nearly", "almost", "just under", "just below", "close to", "approaching"].contains(&hedge)
}

/// The distance to the next round number: 10 above 80, 1 above 9.
fn round_step(v: f64) -> f64 {
    if v > 0.0 { libm::pow(10.0, libm::floor(libm::log10(v))) } else { 1.0 }
}

/// Half the width of the interval in which a value fits plainly; for the odds of a chance hit.
pub(super) fn width(claim: &Claim, fit: Fit) -> f64 {
    let h = match claim.comparator {
        Comparator::Approximate => (claim.printed.step / 2.0).max(0.05 * claim.value.abs()),
        _ => claim.printed.step / 2.0,
    };
    if fit == Fit::Core { h } else { 2.0 * h }
}
