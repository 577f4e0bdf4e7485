//! How far something is from a record: `12.2% below its high`, `within 14 points of its record`.

use super::super::number::Quantity;
use super::super::period::Expr;
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::Reading;

/// The reading, if a point of reference above stands behind the figure.
pub(super) fn from_high(scene: &Scene, q: &Quantity, unit: &'static str) -> Option<Reading> {
    let noun = any_of(
        scene.key(q.end),
        list!("drop|decline|fall|slide|loss|retreat|pullback|lower|down|correction|plunge"),
    );
    let ranged = scene
        .times
        .iter()
        .any(|t| matches!(t.expr, Expr::Range(..)) && t.end > q.first && t.first < q.end + 8);
    if ranged {
        return None;
    }
    // "51.9% down from the peak of October 9, 2007" is a change since that day
    let dated = noun
        && scene.times.iter().any(|t| {
            let since = t
                .first
                .checked_sub(2)
                .is_some_and(|i| any_of(scene.key(i), list!("peak|high|top")));
            since && t.first <= q.end + 8 && t.first > q.end && matches!(t.expr, Expr::Span(_))
        });
    if dated && unit == "percent" {
        return Some(Reading::new("return", unit).signed(Some(-1.0)));
    }
    let at = q.end + usize::from(noun);
    let under = any_of(scene.key(at), list!("below|under|off|beneath|shy|short"));
    let from = scene.key(at) == "from" || scene.key(at) == "away" && scene.key(at + 1) == "from";
    let within = scene.before(q, 1) == "within" && scene.key(q.end) == "of";
    if !(under || from || within) {
        return None;
    }
    // "below its January 3, 2022 peak"
    let date =
        |i: usize| scene.tokens.number(i - 1).is_some() && scene.tokens.number(i + 1).is_some();
    let stop = |i: usize| {
        any_of(scene.key(i), list!(",|;|and|but|while|to||)|(|in|on"))
            && !(scene.key(i) == "," && date(i))
    };
    let reach = (at + 1..at + 10).find(|&i| stop(i)).unwrap_or(at + 10);
    let words = || (at + 1..reach).map(|i| scene.key(i));
    let high = words().any(|w| {
        any_of(w, list!("record|records|high|highs|highest|peak|peaks|top|zenith|ath|aths"))
    });
    let close = (under || within) && words().any(|w| matches!(w, "close" | "closing"));
    let low = words().any(|w| matches!(w, "low" | "lows" | "bottom" | "trough"));
    if low || !(high || close) {
        return None;
    }
    let sign = if within && unit == "index_points" { None } else { Some(-1.0) };
    Some(Reading::new("distance_from_high", unit).signed(sign))
}
