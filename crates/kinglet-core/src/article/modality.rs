//! Hedges and moods: whether a figure is plain or about so much, a fact, a forecast, what a source
//! says, advice, or a supposition.

use super::token::any_of;
use std::ops::Range;

use super::claim::{Comparator, Modality};
use super::lexicon::{Cue, Mood, Signal};
use super::metric::Reading;
use super::number::{End, Measure, Quantity};
use super::scene::Scene;
use super::words::{List, list};
use crate::time::{Date, Grain, Period};

const HEDGES: &[(Comparator, &List)] = &[
    (
        Comparator::Approximate,
        list!(
            "about|nearly|almost|roughly|around|approximately|some|close to|circa|near|just under|\
            just over|~|an estimated|or so|a little over|slightly more than|\
            slightly less than|just about|just shy of|in the neighborhood of|upwards of|\
            just above|just below|a bit over|a little more than|a bit more than|a bit less than|\
            a bit under|a shade over|a shade under|a touch over|a touch under|a hair over|\
            a hair under|a tad over|a tad under|a little under|a little less than|not quite|\
            close on|in the region of|in the area of|on the order of|more or less|barely over|\
            a shade more than|a shade less than|something like|in the vicinity of|\
            shy of|give or take|\
            a touch more than|a touch less than|a hair more than|a hair less than",
        ),
    ),
    (
        Comparator::Greater,
        list!(
            "more than|over|above|greater than|longer than|exceeding|north of|better than|\
            higher than|in excess of|topping|well over|exceeds|exceeded|surpassing|\
            well above|>",
        ),
    ),
    (Comparator::GreaterEqual, list!("at least|no less than|as low as|a minimum of|at or above")),
    (
        Comparator::Less,
        list!("less than|under|below|fewer than|within|south of|lower than|well below|<"),
    ),
    (
        Comparator::LessEqual,
        list!(
            "as much as|up to|at most|no more than|as high as|as many as|a maximum of|at or below|\
            at or under|or less",
        ),
    ),
];

/// The longest of them has four words.
const HEDGE_WORDS_MAX: usize = 5;

/// How a figure relates to the true value, and the word that says so.
pub(super) fn comparator(scene: &Scene, q: &Quantity) -> (Comparator, Option<String>) {
    match q.range {
        Some(End::Low) => return (Comparator::RangeLow, None),
        Some(End::High) => return (Comparator::RangeHigh, None),
        None => {}
    }
    let mut at = q.first;
    while at > scene.range.start
        && any_of(scene.key(at - 1), list!("a|an|the|negative|minus|its|by|$"))
    {
        at -= 1;
    }
    let starts = (scene.range.start..at).rev().take(HEDGE_WORDS_MAX).rev();
    let best = starts.map(|start| scene.tokens.words(start, at)).find_map(|phrase| {
        let hedge = HEDGES.iter().find(|(_, phrases)| any_of(phrase, phrases));
        hedge.map(|(comparator, _)| (*comparator, phrase))
    });
    let definite = (at..q.first).any(|i| matches!(scene.key(i), "the" | "its"));
    if let Some((comparator, phrase)) = best
        && (!definite || comparator == Comparator::Approximate)
        && !(phrase == "some" && q.in_words)
        && !(phrase == "up to" && moves(scene, at))
        && !(q.measure == Measure::Plain && any_of(phrase, list!("as high as|as low as")))
        && !(matches!(q.measure, Measure::Duration(_) | Measure::Ordinal) && is_place(phrase))
    {
        return (comparator, Some(phrase.to_owned()));
    }
    if scene.before(q, 1) == "sub" {
        return (Comparator::Less, Some("sub".to_owned()));
    }
    let after = |phrases: &List| scene.tokens.any_phrase(q.end, phrases).is_some();
    let loosely = list!("or so|or thereabouts|give or take|odd|ish|more or less");
    if let Some(end) = scene.tokens.any_phrase(q.end, loosely) {
        let phrase = scene.tokens.words(q.end, end).to_owned();
        return (Comparator::Approximate, Some(phrase));
    }
    if q.open || after(list!("or more|or better|or higher|or greater|and more|plus")) {
        return (Comparator::GreaterEqual, Some("or more".to_owned()));
    }
    if after(list!("or less|or lower|or fewer|or below")) {
        return (Comparator::LessEqual, Some("or less".to_owned()));
    }
    (Comparator::Equal, None)
}

/// Whether `up to` before a token belongs to a verb: `edged up to 4.3%`, not `gains of up to 5%`.
fn moves(scene: &Scene, at: usize) -> bool {
    let before = at.checked_sub(3).map_or("", |i| scene.key(i));
    !any_of(before, list!("of|by|with|as|and|or|to|for|allocate|lose|gain"))
}

/// Whether a word says where rather than how much: `12% below the 17-month high`.
fn is_place(phrase: &str) -> bool {
    any_of(phrase, list!("below|under|above|past|within|over"))
}

/// How far behind a figure a word may still make a forecast of it.
const BEHIND: usize = 4;

/// Words behind a figure after which a forecast is another figure's: `0.7%, against an estimate`.
const BEYOND: &List = list!(
    "and|after|before|than|amid|on|against|versus|vs|beat|beats|topped|missed|compared|short|where|\
    when|from"
);

/// The mood in which a figure is said.
pub(super) fn modality(
    scene: &Scene,
    q: &Quantity,
    reading: &Reading,
    (period, published): (Option<Period>, Option<Date>),
) -> Modality {
    let clause = clause(scene, q);
    let says = |mood: Mood| speaks(scene, q, &clause, mood);
    if reading.metric == "cut_probability" {
        let supposed = scene.has_phrase(clause.start..q.first, list!("if|a move|closer to"));
        return if supposed { Modality::Hypothetical } else { Modality::Forecast };
    }
    if reading.metric == "weight" && says(Mood::Opinion) {
        return Modality::Opinion;
    }
    let later = period.zip(published).is_some_and(|(p, d)| ends_after(p, d));
    let outlook = any_of(
        reading.metric,
        list!("policy_rate|eps_growth|revenue_growth|gdp_growth|inflation|level"),
    );
    let starts_later = period.zip(published).is_some_and(|(p, d)| starts_after(p, d));
    // "the Fed will cut rates for a third time" counts what has not happened
    let any = |is: fn(Signal) -> bool| scene.cues.iter().any(|c| is(c.signal));
    let decided = reading.metric == "event_count"
        && any(|s| matches!(s, Signal::Cut | Signal::Hike))
        && !any(|s| matches!(s, Signal::Up | Signal::Down));
    let event = reading.metric.starts_with("event_") && !decided;
    let recession = reading.metric == "other" && reading.entity == Some("US");
    if recession && reading.unit == "percent" {
        return Modality::Forecast;
    }
    let multiple = reading.metric.starts_with("pe_") && !starts_later;
    if multiple && speaks_only_of_estimates(scene, &clause) {
        return if scene.moods.iter().any(|m| m.signal == Mood::Saying) {
            Modality::Attributed
        } else {
            Modality::Asserted
        };
    }
    let state =
        any_of(reading.metric, list!("debt|debt_share|constituents|unprofitable_share|weight"));
    let starts_later = starts_later && !state;
    if starts_later || later && outlook && !event || !event && says(Mood::Forecast) {
        return Modality::Forecast;
    }
    if !event && says(Mood::Supposition) {
        return Modality::Hypothetical;
    }
    if scene.moods.iter().any(|m| m.signal == Mood::Saying) {
        return Modality::Attributed;
    }
    if says(Mood::Opinion) && matches!(reading.metric, "rate_change" | "policy_rate" | "other") {
        return Modality::Opinion;
    }
    Modality::Asserted
}

/// Whether the only words of forecast are those of the earnings that a multiple is of: `17.8 times
/// our estimate of next year's earnings`.
fn speaks_only_of_estimates(scene: &Scene, clause: &Range<usize>) -> bool {
    let inside = |m: &&Cue<Mood>| m.first >= clause.start && m.end <= clause.end;
    let mut forecasts =
        scene.moods.iter().filter(inside).filter(|m| m.signal == Mood::Forecast).peekable();
    let estimates =
        list!("estimate|estimates|estimated|projected|expected|consensus|forecast|forecasts");
    forecasts.peek().is_some() && forecasts.all(|m| any_of(scene.key(m.first), estimates))
}

/// Whether a period of a quarter or more is not over.
fn ends_after(period: Period, day: Date) -> bool {
    match period {
        Period::Calendar(p) => p.grain >= Grain::Quarter && p.last_day() > day,
        Period::Between(_, p) => p.last_day() > day,
        _ => false,
    }
}

fn starts_after(period: Period, day: Date) -> bool {
    match period {
        Period::Calendar(p) | Period::At(p) | Period::Between(p, _) => p.first_day() > day,
        _ => false,
    }
}

/// Whether a mood holds for a figure: its words stand before it in the clause, or right behind it.
/// Where a forecast starts from is known: `to 3% from 4.25% now`.
fn speaks(scene: &Scene, q: &Quantity, clause: &Range<usize>, mood: Mood) -> bool {
    if mood == Mood::Forecast && scene.before(q, 1) == "from" {
        return false;
    }
    scene.moods.iter().filter(|m| m.signal == mood).any(|m| {
        let told = (m.end..q.first).any(|i| mood == Mood::Supposition && scene.key(i) == ":");
        let seen = mood == Mood::Opinion || scene.sees(q, m.first);
        let before = m.end <= q.first && m.first >= clause.start && seen && !told;
        let reach = if mood == Mood::Supposition { 10 } else { BEHIND };
        let behind = m.first >= q.end
            && m.end <= clause.end
            && m.first - q.end <= reach
            && scene.between(q.end, m.first) == 0
            && !(q.end..m.first).any(|i| any_of(scene.key(i), BEYOND));
        before || behind
    })
}

/// The part of the sentence whose mood is the figure's: between semicolons and contrasts, not past
/// a comma behind it.
fn clause(scene: &Scene, q: &Quantity) -> Range<usize> {
    let wall = |i: usize| any_of(scene.key(i), list!(";|—|while|whereas|but|although|though"));
    let first = scene.range.start.max(q.first.saturating_sub(60));
    let start = (first..q.first).rev().find(|&i| wall(i)).map_or(first, |i| i + 1);
    let stop = |i: usize| wall(i) || matches!(scene.key(i), "," | "(" | ")");
    let reach = scene.range.end.min(q.end + 20);
    let end = (q.end..reach).find(|&i| stop(i)).unwrap_or(reach);
    start..end
}
