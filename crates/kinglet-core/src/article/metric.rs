//! What a quantity measures: the metric of the vocabulary, by the unit and by the nearest word that
//! names a measure or a change.

pub(super) mod candidate;
mod distance;
mod hits;
mod number;
mod percent;
mod points;

use super::choice::{Noted, Sum, rank};
use super::entity::Class;
use super::lexicon::{Cue, Signal};
use super::number::{End, Measure, Quantity};
use super::scene::Scene;
use super::token::any_of;
use super::words::list;
use crate::time::LengthUnit;

/// The metric of a quantity with the sign that the words give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) metric: &'static str,
    /// The name of the unit in the vocabulary.
    pub(super) unit: &'static str,
    /// The sign of a change; none where the metric has none.
    pub(super) sign: Option<f64>,
    /// The cue that gave the metric.
    pub(super) cue: Option<Cue>,
    /// The entity that the measure implies: the central bank for a cut.
    pub(super) entity: Option<&'static str>,
    /// Whether it is that of the sentence before.
    pub(super) carried: bool,
    /// Whether it goes on from the figure before: `compared with 23% for the S&P 500`.
    pub(super) goes_on: bool,
    /// Whether it is said of the index in hand rather than of what is named nearest.
    pub(super) of_index: bool,
}

impl Reading {
    pub(super) fn new(metric: &'static str, unit: &'static str) -> Self {
        Reading {
            metric,
            unit,
            sign: None,
            cue: None,
            entity: None,
            of_index: false,
            carried: false,
            goes_on: false,
        }
    }

    pub(super) fn signed(self, sign: Option<f64>) -> Self {
        Reading { sign, ..self }
    }

    pub(super) fn from(self, cue: Cue) -> Self {
        Reading { cue: Some(cue), ..self }
    }

    pub(super) fn index(self) -> Self {
        Reading { of_index: true, ..self }
    }

    pub(super) fn about(self, entity: &'static str) -> Self {
        Reading { entity: Some(entity), ..self }
    }
}

/// The name of a measure's unit.
pub(super) fn unit_name(measure: Measure) -> &'static str {
    match measure {
        Measure::Percent => "percent",
        Measure::PercentagePoints => "percentage_points",
        Measure::BasisPoints => "basis_points",
        Measure::Points => "index_points",
        Measure::Usd => "usd",
        Measure::Multiple => "ratio",
        Measure::Duration(LengthUnit::Months) => "months",
        Measure::Duration(LengthUnit::Years) => "years",
        Measure::Duration(LengthUnit::Sessions) => "days",
        Measure::Duration(LengthUnit::Weeks) | Measure::Ordinal | Measure::Plain => "count",
    }
}

/// The reading of the quantity at `index`; `last` is that of the quantity before it in the
/// sentence, whose measure it shares where nothing else is named between.
pub(super) fn reading(scene: &Scene, index: usize, last: Option<&Reading>) -> Option<Reading> {
    let q = &scene.quantities[index];
    if q.range == Some(End::High)
        && let Some(last) = last
    {
        return Some(*last);
    }
    // the measure of a range stands before its lower or behind its upper end
    let whole = match (q.range, scene.quantities.get(index + 1)) {
        (Some(End::Low), Some(high)) => Quantity { end: high.end, ..*q },
        _ => *q,
    };
    match q.measure {
        Measure::Percent => {
            Some(beside_signed(scene, index, percent::reading(scene, &whole, last)))
        }
        Measure::PercentagePoints | Measure::BasisPoints => {
            Some(points::small(scene, &whole, last))
        }
        Measure::Points => Some(points::reading(scene, &whole)),
        Measure::Usd => Some(number::money(scene, &whole)),
        Measure::Plain | Measure::Multiple => number::reading(scene, &whole, last),
        Measure::Duration(_) | Measure::Ordinal => None,
    }
}

/// `returns of -37.3% for 2008 and 28.3% for 2009`: beside a printed minus a figure without one is
/// positive, unless a word says that it fell.
fn beside_signed(scene: &Scene, index: usize, reading: Reading) -> Reading {
    let q = &scene.quantities[index];
    let before = index.checked_sub(1).map(|i| &scene.quantities[i]);
    let minus = before.is_some_and(|o| o.sign == Some(-1.0) && o.measure == q.measure);
    let fell = scene.cues.iter().any(|c| c.signal == Signal::Down && c.end <= q.first);
    let carried = q.sign.is_none() && reading.sign == Some(-1.0);
    if minus && carried && !fell { reading.signed(Some(1.0)) } else { reading }
}

/// Chooses what the quantity at `index` measures, if it claims anything, and how likely that is;
/// `ruled` is what the rules say.
pub(super) fn choose(
    scene: &Scene,
    index: usize,
    ruled: Option<Reading>,
    last: Option<&Reading>,
) -> (Option<Reading>, f64) {
    let q = &scene.quantities[index];
    let ranked = if scene.choices.lessons.is_some() {
        let candidates = candidate::candidates::<Noted>(scene, index, ruled.as_ref(), last);
        let span = scene.tokens.span(q.first, q.end);
        scene.choices.note("metric", span, &candidates, |m| (*m).to_owned());
        rank(&candidates)
    } else {
        rank(&candidate::candidates::<Sum>(scene, index, ruled.as_ref(), last))
    };
    let share_of =
        |metric: &str| ranked.iter().find(|(m, _)| *m == metric).map(|(_, share)| *share);
    if let Some(reading) = ruled.filter(|reading| is_named(scene, q, reading)) {
        return (Some(reading), share_of(reading.metric).unwrap_or(1.0).max(0.5));
    }
    let Some(&(metric, share)) = ranked.first() else { return (ruled, 1.0) };
    let reading = match ruled {
        Some(reading) if reading.metric == metric => Some(reading),
        // what the rules count is counted, however rarely the lessons say so
        Some(reading) if metric == candidate::NONE && is_counted(reading.metric) => Some(reading),
        _ if metric == candidate::NONE => None,
        _ => {
            let sign = candidate::is_change(metric).then(|| direction(scene, q)).flatten();
            Some(Reading::new(metric, candidate::unit_of(metric, q.measure)).signed(sign))
        }
    };
    (reading.map(|reading| elided(scene, index, last, reading)), share)
}

/// `the S&P 500 lost 160 points, or 3%, and the Nasdaq Composite 576 points, or 3.4%`: where the
/// verb is left out, the figure has the sign of the one before.
fn elided(scene: &Scene, index: usize, last: Option<&Reading>, reading: Reading) -> Reading {
    let q = &scene.quantities[index];
    let moves = |metric: &str| matches!(metric, "return" | "point_change");
    let former = index.checked_sub(1).map(|i| &scene.quantities[i]);
    let Some((last, former)) = last.filter(|l| !l.carried && moves(l.metric)).zip(former) else {
        return reading;
    };
    let own = q.sign.or(reading.sign).is_some() || !moves(reading.metric);
    let between = former.end..q.first;
    let verb = scene.cues.iter().any(|c| between.contains(&c.first))
        || between.clone().any(|i| any_of(scene.key(i), list!("of|was|were|is|are|has|had|by")));
    let subject = scene.mentions.iter().any(|m| between.contains(&m.first));
    let again = between.clone().all(|i| matches!(scene.key(i), "," | "or" | "("));
    if own || verb || !(subject || again) { reading } else { reading.signed(last.sign) }
}

/// Whether a metric is one of counts of cases or of members.
fn is_counted(metric: &str) -> bool {
    matches!(metric, "event_count" | "event_successes" | "constituents")
}

/// Whether the name of a statistic stands right beside the figure, `correlated at 0.87`, `a 5.8%
/// value at risk`, or what holdings make up right before it, or it is what two counts come to.
/// Nothing else is called so.
fn is_named(scene: &Scene, q: &Quantity, reading: &Reading) -> bool {
    const NEAR: usize = 1;
    let before = q.first.saturating_sub(4)..q.first;
    if reading.metric == "weight" {
        return scene.has_phrase(before, list!("holdings make up|holdings account for"));
    }
    if reading.metric == "market_cap" && q.measure == Measure::Plain {
        return true;
    }
    if reading.metric == "event_hit_rate" && hits::is_share_of_cases(scene, q) {
        return true;
    }
    let named = any_of(reading.metric, list!("correlation|beta|sharpe|var|cvar|z_score"));
    let beside = |cue: Cue| cue.first.abs_diff(q.end) <= NEAR || q.first.abs_diff(cue.end) <= NEAR;
    named && reading.cue.is_some_and(beside)
}

/// The measure of the economy that a sentence speaks of: `Unemployment refuses to rise.`
pub(super) fn topic(scene: &Scene) -> Option<Reading> {
    let mut named = scene.cues.iter().filter_map(|c| match c.signal {
        Signal::Metric(metric @ ("inflation" | "unemployment" | "gdp_growth")) => {
            Some(Reading::new(metric, "percent").from(*c))
        }
        _ => None,
    });
    named.next().filter(|first| named.all(|other| other.metric == first.metric))
}

/// The sign that is printed, or of the nearest word of change, also behind the figure: `a 2.4%
/// surge`.
pub(super) fn direction(scene: &Scene, q: &Quantity) -> Option<f64> {
    let hedge = list!("just|only|about|roughly|nearly|almost|some|around|over");
    let at = 1 + (1..=2).take_while(|&n| any_of(scene.before(q, n), hedge)).count();
    let (before, noun) = (scene.before(q, at), scene.before(q, at + 1));
    match before {
        _ if q.sign.is_some() => return q.sign,
        "negative" | "minus" => return Some(-1.0),
        "positive" | "plus" => return Some(1.0),
        // "fell in August, for a return of 14.7% this year"
        "of" | "to" if any_of(noun, list!("return|returns")) => return Some(1.0),
        "of" | "at" if noun == "negative" => return Some(-1.0),
        "of" if any_of(noun, list!("spread|swing|gap|difference|range")) => return None,
        _ => {}
    }
    match scene.key(q.end) {
        "above" => return Some(1.0),
        "below" | "less" | "short" => return Some(-1.0),
        "from" if scene.has_phrase(q.end..q.end + 5, list!("low|lows|bottom|trough")) => {
            return Some(1.0);
        }
        _ => {}
    }
    let change = |s: Signal| matches!(s, Signal::Up | Signal::Down);
    let (_, cue) = scene.nearest(q, change)?;
    // "the S&P 500 lost 8.5% and the Dow returned 14.2%"
    let returned = cue.end <= q.first
        && (cue.end..q.first).any(|i| any_of(scene.key(i), list!("returned|returns|returning")));
    if returned {
        return Some(1.0);
    }
    let away = cue.end <= q.first && scene.boundary(cue.end, q.first) >= 6;
    let sign = if cue.signal == Signal::Up { 1.0 } else { -1.0 };
    (!away).then_some(sign)
}

/// Whether one of these codes is mentioned in the sentence.
fn speaks_of(scene: &Scene, codes: &str) -> bool {
    scene.mentions.iter().any(|m| codes.split('|').any(|c| c == m.code))
}

/// Whether the subject nearest before the quantity is a rate of interest.
fn of_a_rate(scene: &Scene, q: &Quantity) -> bool {
    let rate = |code: &str| code.starts_with("UST:") || code.starts_with("CURVE");
    let priced = |m: &&super::entity::Mention| {
        m.end <= q.first && matches!(m.class, Class::Index | Class::Listed)
    };
    let subject = scene.mentions.iter().rev().find(priced);
    let yields =
        scene.nearest(q, |s| s == Signal::Metric("yield")).is_some_and(|(cost, _)| cost < 14);
    let behind = scene.mentions.iter().find(|m| m.first >= q.end).is_some_and(|m| {
        let near = m.first - q.end <= 8 && scene.between(q.end, m.first) == 0;
        rate(m.code) && near && scene.boundary(q.end, m.first) == 0
    });
    let moved = any_of(scene.key(q.end), list!("in|on"));
    subject.is_some_and(|m| rate(m.code)) || subject.is_none() && yields || behind && moved
}

/// Whether the figure only goes on from the one before: `compared with 23% for the S&P 500`,
/// `outpacing the S&P 500's 2.0%`. Nothing of its own may follow it.
fn goes_on(scene: &Scene, q: &Quantity) -> bool {
    let own = scene.cues.iter().any(|c| {
        let near = c.first >= q.end && c.first <= q.end + 2;
        near && scene.boundary(q.end, c.first) == 0
            && matches!(c.signal, Signal::Up | Signal::Down | Signal::Change | Signal::Metric(_))
    });
    let compared = (1..=5).any(|n| {
        any_of(
            scene.before(q, n),
            list!(
                "versus|vs|against|compared|outpacing|beating|trailing|exceeding|lagging|topping|\
            contrast|opposed|relative|surpassing"
            ),
        ) || scene.before(q, n) == "than"
            && (scene.before(q, 1) == "the" || n > 1)
            && !any_of(scene.before(q, n + 1), list!("more|less|greater|fewer"))
            || any_of(scene.before(q, n), list!("above|below")) && scene.before(q, 1) == "the"
    });
    let possessive = scene.before(q, 1) == "'s" && compared_wide(scene, q);
    !own && (compared || possessive || parallel(scene, q))
}

/// `13% for large caps and 15% for mid caps`.
fn parallel(scene: &Scene, q: &Quantity) -> bool {
    let before = scene.quantities.iter().rev().find(|o| o.end <= q.first && o.measure == q.measure);
    before.is_some_and(|o| {
        let rate = scene.tokens.any_phrase(o.end, list!("a year|per year|annually"));
        let word = scene.key(rate.unwrap_or(o.end));
        let alike = any_of(word, list!("for|in|among|from")) && scene.key(q.end) == word;
        let from = rate.unwrap_or(o.end);
        let plain = !scene.cues.iter().any(|c| c.first >= from && c.end <= q.first);
        alike && plain && q.first - o.end <= 12
    })
}

fn compared_wide(scene: &Scene, q: &Quantity) -> bool {
    let from = q.first.saturating_sub(10);
    scene.has_phrase(
        from..q.first,
        list!(
            "outpacing|outperforming|beating|versus|vs|against|compared|topping|trailing|and the|\
            contrast to|ahead of|exceeding|lagging|than|surpassing|eclipsing"
        ),
    )
}

/// `up from 2.4%`, `from 3.0% to 2.9%`, `with a decline to 3.1%`: a state like the one before.
fn former(scene: &Scene, q: &Quantity, last: &Reading) -> bool {
    let state = any_of(
        last.metric,
        list!(
            "policy_rate|yield|inflation|unemployment|gdp_growth|pmi|\
                    cut_probability|pe_forward|pe_trailing|share|weight|margin|\
                    level|unprofitable_share"
        ),
    );
    let from = scene.figure_before(q).map(|o| o.end);
    let renamed = scene.cues.iter().any(|c| {
        let between = c.first >= from.unwrap_or(scene.range.start) && c.end <= q.first;
        let economic = matches!(
            c.signal,
            Signal::Metric(
                "inflation"
                    | "unemployment"
                    | "gdp_growth"
                    | "policy_rate"
                    | "cut_probability"
                    | "yield"
            )
        );
        between && economic && c.signal != Signal::Metric(last.metric)
    });
    if renamed {
        return false;
    }
    let at = if any_of(scene.before(q, 1), list!("the|about|nearly|of|a|an")) { 2 } else { 1 };
    let linked = matches!(scene.before(q, at), "from" | "to" | "one")
        || scene.before(q, 1) == ":"
            && any_of(
                scene.before(q, 2),
                list!("expected|previous|forecast|prior|consensus|estimate"),
            );
    let at_range_end = scene.before(q, 1) == "to";
    state && (linked || at_range_end)
}
