//! Hit rates: the share of cases of a study that went one way.

use super::super::number::{Measure, Quantity};
use super::super::period::Expr;
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::Reading;

/// `in 42 of 67 summers, or 63%`, `61% were followed by a gain`, `half the time`.
pub(super) fn hit_rate(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    let counted = last.is_some_and(|l| !l.carried && l.metric == "event_count");
    let or = scene.before(q, 1) == "or" || scene.before(q, 1) == "(";
    let near = scene.figure_before(q).is_some_and(|o| q.first - o.end <= 5);
    let followed = matches!(scene.key(q.end), "were" | "was")
        && any_of(scene.key(q.end + 1), list!("followed|positive|higher|up|winners"));
    let time = q.in_words && (q.end - 1..q.end + 3).any(|i| scene.key(i) == "time");
    (counted && or && near || followed || time || is_share_of_cases(scene, q))
        .then(|| Reading::new("event_hit_rate", "percent"))
}

/// `rose 18 times in the last 22 years (81.8%)`: so many of so many, as printed.
pub(super) fn is_share_of_cases(scene: &Scene, q: &Quantity) -> bool {
    const CASES: f64 = 4.0;
    const NEAR: usize = 8;
    let bracket = scene.before(q, 1) == "(";
    if !bracket && !any_of(scene.before(q, 1), list!("or|,|—|–|-|=")) {
        return false;
    }
    let whole = |o: &&Quantity| {
        let counts = matches!(o.measure, Measure::Plain | Measure::Duration(_));
        counts && o.decimals == 0 && !o.adjective && o.end <= q.first
    };
    let counts = || scene.quantities.iter().filter(whole);
    let lengths = scene.times.iter().filter_map(|time| match time.expr {
        Expr::Trailing(length) | Expr::Length(length) => Some(f64::from(length.count)),
        _ => None,
    });
    let cases: Vec<f64> = counts().map(|n| n.value).chain(lengths).collect();
    let half = 0.5 * libm::pow(10.0, -f64::from(q.decimals)) + 1e-9;
    let is_share = |k: f64, n: f64| n >= CASES && k < n && (100.0 * k / n - q.value).abs() <= half;
    let beside = |k: &&Quantity| q.first - k.end <= NEAR || bracket && q.decimals > 0;
    counts().filter(beside).any(|k| cases.iter().any(|n| is_share(k.value, *n)))
}
