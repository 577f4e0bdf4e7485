//! How long something took, lasted or was waited for.

use super::super::metric::{Reading, unit_name};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::{Tokens, any_of};
use super::super::words::list;
use super::unit_of;

/// What may stand between a verb and how long it tells of: `took the index about 24 years`.
const LIGHT: &str = "about|nearly|roughly|almost|over|just|only|another|more|than|some|it|them|\
    the|index|for|on|market|around|well|less";

/// `on each of the last ten days`.
pub(super) fn on_each(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let (_, unit) = length(scene, q).filter(|_| is_each(scene.tokens, q.first))?;
    Some(Reading::new("streak", unit))
}

/// The end and unit of a length of time: `five days`, `15 trading sessions`.
fn length(scene: &Scene, q: &Quantity) -> Option<(usize, &'static str)> {
    if q.adjective || q.decimals > 0 || q.value < 2.0 {
        return None;
    }
    match q.measure {
        Measure::Duration(_) => Some((q.end, unit_name(q.measure))),
        Measure::Plain if scene.tokens.is_word(q.end) => {
            (q.end..q.end + 2).find_map(|i| Some((i + 1, unit_of(scene.key(i))?)))
        }
        _ => None,
    }
}

/// `took 397 days`, `went on for 16 days`, `has gone 404 sessions without a fall`, `after five days
/// of gains`, `has not fallen so far in 382 days`.
pub(super) fn lasting(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let (end, unit) = length(scene, q)?;
    let named = |i: usize| scene.mentions.iter().any(|m| m.first <= i && i < m.end);
    let light = |i: &usize| any_of(scene.key(*i), list!(LIGHT)) || named(*i);
    let verb = (scene.range.start..q.first).rev().take(6).find(|i| !light(i)).unwrap_or(q.first);
    let said = |words| any_of(scene.key(verb), words);
    let without = (end..end + 3).any(|i| scene.key(i) == "without");
    if said(list!("gone|went|go|going|goes")) && without || is_of_moves(scene.tokens, end) {
        return Some(Reading::new("streak", unit));
    }
    let another = scene.before(q, 1) == "another"
        && any_of(scene.key(end), list!("to|went|passed|before|until"));
    if said(list!("took|taken|needed")) || another {
        return Some(Reading::new("other", unit));
    }
    let went_on = said(list!("went|gone|goes")) && scene.key(verb + 1) == "on";
    if went_on || said(list!("lasted|lasting")) {
        let run = list!("longest|streak|run|streaks|runs|bull market|stretch");
        let streak = scene.has_phrase(scene.range.start..q.first, run);
        return Some(Reading::new(if streak { "streak" } else { "other" }, unit));
    }
    let metric = if matches!(unit, "years" | "months") { "rank" } else { "streak" };
    is_denied(scene.tokens, q.first).then(|| Reading::new(metric, unit))
}

/// Whether something is said of each of so many days, weeks or years that end or begin a time:
/// `on each of the last ten days`.
pub(in crate::article) fn is_each(tokens: &Tokens, number: usize) -> bool {
    let part = |i: usize| any_of(tokens.key(i), list!("last|past|first|previous|prior"));
    let Some(at) = number.checked_sub(4).filter(|_| part(number.wrapping_sub(1))) else {
        return false;
    };
    tokens.key(number - 2) == "the"
        && tokens.key(number - 3) == "of"
        && any_of(tokens.key(at), list!("each|one|every"))
}

/// Whether so many days or weeks are told by how they went: `five days of gains`.
pub(in crate::article) fn is_of_moves(tokens: &Tokens, end: usize) -> bool {
    let moves = list!(
        "of gains|of losses|of declines|of advances|of increases|of outperformance|\
        of underperformance|of outflows|of inflows"
    );
    tokens.any_phrase(end, moves).is_some()
}

/// Whether it is said that something was not so for that long: `had not been there in over 15
/// years`, `a thing not seen in 20 years`.
pub(in crate::article) fn is_denied(tokens: &Tokens, number: usize) -> bool {
    const REACH: usize = 10;
    let hedge = |i: &usize| any_of(tokens.key(*i), list!("over|nearly|about|almost|more|than"));
    let Some(at) = (0..number).rev().find(|i| !hedge(i)).filter(|&i| tokens.key(i) == "in") else {
        return false;
    };
    let not = list!("not|never|hasn't|hadn't|haven't|unseen");
    let stop = |i: &usize| any_of(tokens.key(*i), list!(",|.|;|but|and"));
    let clause = (0..at).rev().take(REACH).take_while(|i| !stop(i));
    clause.into_iter().any(|i| any_of(tokens.key(i), not))
}
