//! Numbers that set the terms of a statement and claim nothing: thresholds of events, definitions,
//! what is asked of a case.

use super::number::{Measure, Quantity};
use super::scene::Scene;
use super::token::any_of;
use super::words::{List, list};

/// Whether a quantity is a threshold, a definition or another parameter.
pub(super) fn is_parameter(scene: &Scene, q: &Quantity) -> bool {
    super::count::is_condition(scene, q)
        || defines(scene, q)
        || threshold(scene, q)
        || condition(scene, q)
        || named(scene, q)
        || idle(scene, q)
}

fn any(scene: &Scene, from: usize, to: usize, phrases: &List) -> bool {
    scene.has_phrase(from..to, phrases)
}

/// `a correction is a drop of at least 10%`, `which starts at -10%`.
fn defines(scene: &Scene, q: &Quantity) -> bool {
    let start = scene.range.start;
    let cues = list!(
        "speak of|are those with|is one with|defined as|is defined|definition of|refers \
        to|is a drop|is a decline|\
        is a fall|starts at|begins at|once an index|when an index|known as|usually defined|\
        which is a|commonly|is considered|considered a|generally defined|means a drop|\
        marks a|typically defined|traditionally defined|technically|defined by|are declines|\
        are drops|is typically|is when"
    );
    any(scene, start.max(q.first.saturating_sub(40)), q.first, cues)
        && any(
            scene,
            start,
            scene.range.end,
            list!(
                "correction|bear market|bull market|bear markets|corrections|recession|bear|\
                small caps|small cap"
            ),
        )
}

/// `months with 10%+ gains`, `a gain of 10% or more`, `at least 20% declines`.
fn threshold(scene: &Scene, q: &Quantity) -> bool {
    let percent =
        matches!(q.measure, Measure::Percent | Measure::BasisPoints | Measure::PercentagePoints);
    if !percent && q.measure != Measure::Plain {
        return false;
    }
    let or_more = scene
        .tokens
        .any_phrase(
            q.end,
            list!("or more|or better|or higher|or greater|and more|or worse|or less"),
        )
        .is_some();
    let before = q.first.saturating_sub(7).max(scene.range.start);
    let indefinite = || {
        any(
            scene,
            before,
            q.first,
            list!(
                "months with|years with|days with|weeks with|months of|years of|days of|\
            moves of|month of|week of|\
            gains of|drops of|declines of|losses of|when the|whenever|a gain of|a drop of|\
            a decline of|any|after a|after gaining|after rising|after falling|\
            gained at least|rallied at least|rises of|quarters with|periods of|instances of|\
            a run of|double digit|gains exceeding|returns of|pullbacks of|corrections of|\
            a loss of|drawdowns of|moved by|moved|\
            moves by|swings of|in which the|in which it|had gained|after gains of|rallies of"
            ),
        )
    };
    // "since its last 10% correction"
    let named = percent
        && any_of(scene.key(q.end), list!("correction|corrections|pullback|pullbacks"))
        && any_of(scene.before(q, 1), list!("last|first|next|previous|latest|another|no"));
    let open = q.open && scene.cues.iter().any(|c| c.first >= q.end && c.first <= q.end + 3);
    let without = percent
        && any(
            scene,
            q.first.saturating_sub(3),
            q.first,
            list!("without a|without a single|without any"),
        );
    (or_more && (!percent || indefinite())) || open || without || named
}

/// `when the index rose more than 5% in a month, it …` over many cases.
fn condition(scene: &Scene, q: &Quantity) -> bool {
    if q.measure != Measure::Percent {
        return false;
    }
    let start = scene.range.start.max(q.first.saturating_sub(14));
    let opener = any(
        scene,
        start,
        q.first,
        list!(
            "whenever|each time|every time|times that|times when|times the|instances when|\
            instances where|cases where|\
            cases in which|in years when|in months when|in years in which|\
            months in which|years in which|months when|years when"
        ),
    );
    let figures = scene.quantities.iter().filter(|o| o.first > q.first).count();
    opener && figures > 0 && scene.boundary(start, q.first) < 8
}

/// Numbers inside terms: `401(k)`, `95% value at risk`, `a 99% confidence level`.
fn named(scene: &Scene, q: &Quantity) -> bool {
    let term = list!("value at risk|var|cvar|confidence|conditional value|expected shortfall");
    let level = q.measure == Measure::Percent && q.value >= 80.0;
    scene.tokens.is(q.end, '(') && scene.key(q.end + 1) == "k"
        || level && any(scene, q.end, q.end + 1, term)
}

/// `one of the best`, `the only time it rose more than 12 days in a row`, `the ninth day of a
/// streak`.
fn idle(scene: &Scene, q: &Quantity) -> bool {
    // "in just one of the 6" counts
    let counts = (1..=2).any(|n| scene.before(q, n) == "in")
        && scene.key(q.end + 1) == "the"
        && scene.quantities.iter().any(|o| o.first == q.end + 2);
    let one = q.value == 1.0 && scene.key(q.end) == "of" && !counts;
    let only =
        any(scene, q.first.saturating_sub(14), q.first, list!("the only time|the only other time"));
    let day = q.measure == Measure::Ordinal
        && matches!(scene.key(q.end), "day" | "month" | "week" | "year")
        && any_of(scene.key(q.end + 1), list!("of|following|after"))
        && !any_of(scene.key(q.end + 2), list!("gains|losses|declines|advances"));
    one || only || day
}
