//! Times that are counted by what was so of them.

use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;

/// `16 years in which it fell`, `the 27 years with all three`, `all 37 years together`, `only five
/// years have had more`, `37 days in 1932` behind such a count.
pub(super) fn is_set(scene: &Scene, index: usize) -> bool {
    let q = &scene.quantities[index];
    let whole = q.decimals == 0 && !q.adjective && q.value >= 2.0;
    let noun = |i: usize| {
        let times = list!(
            "days|years|months|weeks|sessions|quarters|times|periods|cases|occasions|instances"
        );
        any_of(scene.key(i), times)
    };
    let end = match q.measure {
        Measure::Duration(_) if noun(q.end - 1) => q.end,
        Measure::Plain => match (q.end..q.end + 2).find(|&i| noun(i)) {
            Some(at) if scene.tokens.is_word(q.end) => at + 1,
            _ => return false,
        },
        _ => return false,
    };
    if !whole {
        return false;
    }
    let before = scene.before(q, 1);
    let marked = scene
        .tokens
        .any_phrase(end, list!("with|in which|on which|for which|when|where|together"))
        .is_some();
    let opens = any_of(before, list!("all|only|just|counted|found|were|been|had|against|those"))
        || before == "the" && !any_of(scene.before(q, 2), list!("over|during|for|in|of|on|at"));
    let rare = any_of(before, list!("only|just"))
        && any_of(scene.key(end), list!("have|has|had|were|saw|brought|produced|did"));
    marked && opens || rare || goes_on(scene, index)
}

/// Whether days are counted beside others: `on 13 days in 1931, 37 days in 1932 and 20 in 1933`.
fn goes_on(scene: &Scene, index: usize) -> bool {
    let q = &scene.quantities[index];
    let year = |q: &Quantity| {
        let named = scene.tokens.number(q.end + 1).map_or(0.0, |n| n.value);
        scene.key(q.end) == "in" && (1800.0..2100.0).contains(&named)
    };
    let former = index.checked_sub(1).map(|i| &scene.quantities[i]);
    former.is_some_and(|o| {
        let near = q.first - o.end <= 4 && any_of(scene.before(q, 1), list!(",|and"));
        near && year(q) && year(o) && o.measure == q.measure
    })
}
