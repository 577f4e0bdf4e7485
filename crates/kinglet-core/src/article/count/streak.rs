//! Streaks: so many times in a row.

use super::super::lexicon::Signal;
use super::super::metric::{Reading, unit_name};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::unit_of;

/// Whether a duration only tells how long a streak is that is spoken of: `after eight straight
/// days`.
pub(in crate::article) fn in_a_row(scene: &Scene, q: &Quantity) -> bool {
    scene.has_phrase(
        q.first.saturating_sub(2)..q.end + 4,
        list!("straight|consecutive|in a row|streak|streaks|successive"),
    )
}

/// Whether a streak only tells when: `the day after eight straight days of gains`, `when it was up
/// for at least six months in a row`.
pub(in crate::article) fn is_condition(scene: &Scene, q: &Quantity) -> bool {
    if !in_a_row(scene, q) {
        return false;
    }
    let window = || q.first.saturating_sub(12)..q.first;
    let study = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Average | Signal::Metric("event_hit_rate"))
            || c.signal == Signal::Case && scene.key(c.first) == "instances"
    });
    let opener = scene
        .has_phrase(window(), list!("after|following|when|whenever|where|every time|each time"));
    let threshold = scene.has_phrase(window(), list!("at least"))
        && scene.has_phrase(window(), list!("when|where"));
    let after = (1..=2).any(|n| matches!(scene.before(q, n), "after" | "following"));
    after || threshold || study && opener
}

/// `four-month winning streak`, `eighth weekly gain in a row`, `14 straight trading days`, `nine
/// days in a row`, `7 record closes in a row`, `a run of gains longer than nine days`.
pub(super) fn streak(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let (from, to) = (q.end, q.end + 9);
    let stop =
        (from..to).find(|&i| matches!(scene.key(i), "," | ";" | "." | "" | "(")).unwrap_or(to);
    let words = list!(
        "in a row|straight|consecutive|in succession|successive|running|streak|streaks|\
        losing streak|winning streak|on end|consecutively|back to back|winning run|\
        losing run|win streak|skid"
    );
    let gains = list!(
        "day of gains|week of gains|month of gains|day of losses|week of losses|\
        month of losses|day of declines|week of declines|day of advances|year of gains"
    );
    let marker = scene.find_phrase(from..stop, words).or_else(|| {
        (q.measure == Measure::Ordinal && scene.tokens.any_phrase(from, gains).is_some())
            .then_some(from)
    });
    let copula = any_of(scene.before(q, 1), list!("been|was|is|to|of|went|lasted|than"));
    let reach = if copula { 16 } else { 3 };
    let before = !matches!(q.measure, Measure::Ordinal)
        && scene.has_phrase(
            q.first.saturating_sub(reach)..q.first,
            list!("streak|run of|straight run|winning run|losing run|streaks"),
        )
        && (q.end..q.end + 2).any(|i| unit_of(scene.key(i)).is_some())
        || matches!(q.measure, Measure::Duration(_))
            && copula
            && scene.has_phrase(
                q.first.saturating_sub(reach)..q.first,
                list!("streak|run of|winning run"),
            );
    let cycle = matches!(q.measure, Measure::Duration(_))
        && scene.has_phrase(
            from..from + 3,
            list!(
                "cycle|stretch|slump|slide|rally|run|underperformance|outperformance|losing|\
                winning|\
                win|decline|bear market|selloff|sell off|rout|skid|advance|swoon"
            ),
        )
        && q.adjective;
    let wait =
        q.adjective && scene.has_phrase(from..from + 2, list!("drought|wait|absence|dry spell"));
    if wait {
        return Some(Reading::new("other", unit_name(q.measure)));
    }
    if marker.is_none() && !before && !cycle {
        return None;
    }
    // "40 such nine-day win streaks": the count is of cases
    let others = |at: usize| scene.key(at).ends_with("streaks") || scene.between(q.end, at) > 0;
    if marker.is_some_and(others) {
        return None;
    }
    if before && marker.is_none() && !matches!(q.measure, Measure::Duration(_) | Measure::Plain) {
        return None;
    }
    let unit = match q.measure {
        Measure::Duration(_) => unit_name(q.measure),
        Measure::Ordinal => ordinal_unit(scene, from, stop),
        _ => (from..stop).find_map(|i| unit_of(scene.key(i))).unwrap_or("count"),
    };
    Some(Reading::new("streak", unit))
}

fn ordinal_unit(scene: &Scene, from: usize, stop: usize) -> &'static str {
    (from..stop).find_map(|i| unit_of(scene.key(i))).unwrap_or("count")
}
