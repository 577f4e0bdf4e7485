//! The metrics that a figure may be of, by its unit, with what speaks for each: the words and
//! cues around it, the figures before it and what the rules say.

use super::super::choice::{Context, Features, bucket, id, named};
use super::super::lexicon::Signal;
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::Reading;

/// What figures without a claim are taken for.
pub(in crate::article) const NONE: &str = "none";

/// The name of a metric, with its hash.
type Name = (&'static str, u32);

const fn named_all<const N: usize>(names: [&'static str; N]) -> [Name; N] {
    let (mut all, mut i) = ([("", 0); N], 0);
    while i < N {
        all[i] = (names[i], id(names[i]));
        i += 1;
    }
    all
}

const PERCENT: &[Name] = &named_all([
    "return",
    "yield",
    "policy_rate",
    "event_mean_return",
    "weight",
    "distance_from_high",
    "inflation",
    "annualized_return",
    "other",
    "unemployment",
    "eps_growth",
    "cut_probability",
    "share",
    "pe_discount",
    "event_hit_rate",
    "unprofitable_share",
    "debt_share",
    "gdp_growth",
    "fair_value_discount",
    "drawdown",
    "dividend_yield",
    "volatility",
    "return_spread",
    "margin",
    "revenue_growth",
    "event_excess_return",
    "percentile",
    "rate_change",
]);
const SMALL: &[Name] = &named_all([
    "yield",
    "return_spread",
    "rate_change",
    "other",
    "event_excess_return",
    "weight",
    "return",
]);
const POINTS: &[Name] =
    &named_all(["point_change", "level", "other", "return_spread", "distance_from_high", "pmi"]);
const USD: &[Name] = &named_all([
    "fund_flow",
    "level",
    "other",
    "aum",
    "market_cap",
    "debt",
    "point_change",
    "moving_average",
]);
const MULTIPLE: &[Name] = &named_all([
    "pe_forward",
    "pe_trailing",
    "pe_average",
    "pe_range",
    "ratio_to",
    "price_to_book",
    "other",
    "return",
    "debt",
    "fair_value_discount",
]);
const DURATION: &[Name] = &named_all(["streak", "rank", "other", "event_count"]);
const PLAIN: &[Name] = &named_all([
    "level",
    "event_count",
    "event_successes",
    "other",
    "point_change",
    "moving_average",
    "streak",
    "record_count",
    "constituents",
    "rank",
    "pmi",
    "pe_forward",
    "pe_trailing",
    "pe_average",
    "price_to_book",
    "return",
    "yield",
    "policy_rate",
    "unemployment",
    "inflation",
    "correlation",
    "rate_change",
    "weight",
    "event_mean_return",
    "annualized_return",
    "percentile",
    "ratio_to",
    "distance_from_high",
    "pe_range",
    "cut_probability",
    "eps_growth",
    "beta",
    "sharpe",
]);

/// The metrics of a measure.
fn metrics(measure: Measure) -> &'static [Name] {
    match measure {
        Measure::Percent => PERCENT,
        Measure::PercentagePoints | Measure::BasisPoints => SMALL,
        Measure::Points => POINTS,
        Measure::Usd => USD,
        Measure::Multiple => MULTIPLE,
        Measure::Duration(_) => DURATION,
        Measure::Ordinal | Measure::Plain => PLAIN,
    }
}

/// The candidates of the quantity at `index`. `ruled` is what the rules say, `last` what the figure
/// before it in the sentence or the sentence before it measures.
pub(in crate::article) fn candidates<'a, F: Features<'a>>(
    scene: &Scene<'a>,
    index: usize,
    ruled: Option<&Reading>,
    last: Option<&Reading>,
) -> Vec<(&'static str, F)> {
    let q = &scene.quantities[index];
    let rule = ruled.map_or(NONE, |r| r.metric);
    let mut context = context(scene, q, index, last);
    context.ruled(named!("rule"), [id(rule)]);
    context.ruled(named!("rule measure"), [id(rule), measure(q.measure)]);
    context.ruled(
        named!("rule carried"),
        [id(rule), u32::from(ruled.is_some_and(|r| r.carried || r.goes_on))],
    );
    context
        .ruled(named!("rule cue"), [id(rule), u32::from(ruled.is_some_and(|r| r.cue.is_some()))]);
    let known = metrics(q.measure);
    let more = [rule, NONE].map(|name| (name, id(name)));
    let more = more.into_iter().filter(|name| !known.contains(name));
    let mut all: Vec<Name> = known.iter().copied().chain(more).collect();
    all.dedup();
    let none = F::none(&scene.choices.weights.metric);
    all.into_iter()
        .map(|(metric, id)| {
            let mut f = none.clone();
            f.add_context(&context, id);
            if metric == rule {
                f.ruled(named!("as ruled"), []);
                f.ruled(named!("as ruled of"), [measure(q.measure)]);
            }
            (metric, f)
        })
        .collect()
}

fn measure(measure: Measure) -> u32 {
    match measure {
        Measure::Percent => 1,
        Measure::PercentagePoints => 2,
        Measure::BasisPoints => 3,
        Measure::Points => 4,
        Measure::Usd => 5,
        Measure::Multiple => 6,
        Measure::Duration(unit) => 7 + unit as u32,
        Measure::Ordinal => 20,
        Measure::Plain => 21,
    }
}

/// What is around a figure.
fn context(scene: &Scene, q: &Quantity, index: usize, last: Option<&Reading>) -> Context {
    let mut f = Context::new();
    let m = measure(q.measure);
    let word = |i: usize| scene.id(i);
    let before = |n: usize| scene.id_before(q, n);
    f.add(named!("measure"), [m]);
    for n in 1..=3 {
        f.add(named!("before"), [n as u32, before(n)]);
        f.add(named!("after"), [n as u32, word(q.end + n - 1)]);
        f.add(named!("before of"), [n as u32, before(n), m]);
        f.add(named!("after of"), [n as u32, word(q.end + n - 1), m]);
    }
    f.add(named!("two before"), [before(2), before(1)]);
    f.add(named!("two after"), [word(q.end), word(q.end + 1)]);
    f.add(named!("around"), [before(1), word(q.end)]);
    let plain = |i: usize| scene.tokens.is_word(i);
    for i in (scene.range.start..q.first).rev().take(14).filter(|i| plain(*i)) {
        f.add(named!("word before"), [word(i), m]);
    }
    for i in (q.end..scene.range.end).take(9).filter(|i| plain(*i)) {
        f.add(named!("word after"), [word(i), m]);
    }
    let size =
        [1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7].iter().filter(|step| q.value >= **step).count() as u32;
    f.add(named!("size"), [m, size, u32::from(q.decimals)]);
    let look = u32::from(q.in_words)
        + 2 * u32::from(q.grouped)
        + 4 * u32::from(q.adjective)
        + 8 * u32::from(q.sign.is_some())
        + 16 * u32::from(q.open)
        + 32 * q.range.map_or(0, |r| r as u32 + 1);
    f.add(named!("look"), [m, look]);
    let year =
        q.measure == Measure::Plain && q.decimals == 0 && (1900.0..2100.0).contains(&q.value);
    f.add(named!("year"), [u32::from(year)]);
    cues(scene, q, &mut f);
    neighbours(scene, index, last, &mut f);
    f
}

/// The cues and names before and behind a figure.
fn cues(scene: &Scene, q: &Quantity, f: &mut Context) {
    let m = measure(q.measure);
    let parted = |i: usize, j: usize| bucket(scene.boundary(i, j)).min(6);
    if let Some(c) = scene.cues.iter().rev().find(|c| c.end <= q.first) {
        let s = signal(c.signal);
        f.add(named!("cue before"), [m, s, parted(c.end, q.first)]);
        f.add(named!("cue before near"), [m, s, bucket(q.first - c.end)]);
        f.add(named!("cue before crossed"), [m, s, scene.between(c.end, q.first).min(2) as u32]);
    }
    if let Some(c) = scene.cues.iter().find(|c| c.first >= q.end) {
        let s = signal(c.signal);
        f.add(named!("cue after"), [m, s, parted(q.end, c.first)]);
        f.add(named!("cue after near"), [m, s, bucket(c.first - q.end)]);
    }
    for c in &scene.cues {
        f.add(named!("cue"), [m, signal(c.signal)]);
    }
    let mention = scene.mentions.iter().rev().find(|e| e.end <= q.first);
    f.add(
        named!("named before"),
        [
            m,
            mention.map_or(0, |e| e.class as u32 + 1),
            mention.map_or(0, |e| bucket(q.first - e.end)),
        ],
    );
    f.add(named!("who before"), [m, mention.map_or(0, |e| id(e.code))]);
    let behind = scene.mentions.iter().find(|e| e.first >= q.end);
    f.add(
        named!("who after"),
        [m, behind.map_or(0, |e| id(e.code)), behind.map_or(0, |e| bucket(e.first - q.end))],
    );
}

/// The figures before and behind a figure, and what the last one measured.
fn neighbours(scene: &Scene, index: usize, last: Option<&Reading>, f: &mut Context) {
    let q = &scene.quantities[index];
    let m = measure(q.measure);
    let parted = |i: usize, j: usize| bucket(scene.boundary(i, j)).min(6);
    let before = |n: usize| scene.id_before(q, n);
    let metric = last.map_or(0, |r| id(r.metric));
    let carried = u32::from(last.is_some_and(|r| r.carried));
    f.add(named!("last"), [m, metric, carried]);
    f.add(named!("last preceding"), [metric, carried, before(1)]);
    let former = index.checked_sub(1).map(|i| &scene.quantities[i]);
    if let Some(o) = former {
        let wall = parted(o.end, q.first);
        f.add(named!("former"), [m, measure(o.measure), wall, metric]);
        f.add(named!("former near"), [m, measure(o.measure), bucket(q.first - o.end), metric]);
    } else {
        f.add(named!("no former"), [m, metric]);
    }
    let next = scene.quantities.get(index + 1);
    f.add(
        named!("next"),
        [m, next.map_or(0, |o| measure(o.measure)), next.map_or(0, |o| bucket(o.first - q.end))],
    );
    // the words that join a number to the next one: "of the past", "times in", "or"
    let joint = |from: usize, to: usize| -> [u32; 4] {
        let word = |n: usize| if from + n < to { scene.id(from + n) } else { 0 };
        [u32::from(to - from > 3), word(0), word(1), word(2)]
    };
    if let Some(o) = next.filter(|o| o.first - q.end <= 5) {
        let [far, a, b, c] = joint(q.end, o.first);
        let order = u32::from(q.value <= o.value);
        f.add(named!("joined to next"), [m, measure(o.measure), far, a, b, c]);
        f.add(named!("joined in order"), [m, measure(o.measure), order, a]);
    }
    if let Some(o) = former.filter(|o| q.first - o.end <= 5) {
        let [far, a, b, c] = joint(o.end, q.first);
        let order = u32::from(o.value <= q.value);
        f.add(named!("joined to former"), [m, measure(o.measure), far, a, b, c]);
        f.add(named!("former in order"), [m, metric, order, a]);
    }
    f.add(named!("first of sentence"), [m, u32::from(q.first == scene.range.start)]);
    f.add(named!("brackets"), [m, u32::from(scene.in_brackets(q).is_some())]);
}

fn signal(signal: Signal) -> u32 {
    match signal {
        Signal::Up => 1,
        Signal::Down => 2,
        Signal::Change => 3,
        Signal::Beat => 4,
        Signal::Lag => 5,
        Signal::Metric(name) => id(name),
        Signal::Average => 6,
        Signal::Annualized => 7,
        Signal::AnnualReturn => 8,
        Signal::Level => 9,
        Signal::Cut => 10,
        Signal::Hike => 11,
        Signal::Case => 12,
        Signal::Streak => 13,
        Signal::Neutral => 14,
    }
}

/// The unit of a metric that the figure itself leaves open.
pub(in crate::article) fn unit_of(metric: &str, measure: Measure) -> &'static str {
    match (metric, measure) {
        (_, Measure::Ordinal | Measure::Plain) => match metric {
            "level" | "point_change" | "moving_average" | "pmi" => "index_points",
            "pe_forward" | "pe_trailing" | "pe_average" | "pe_range" | "price_to_book"
            | "ratio_to" | "correlation" | "beta" | "sharpe" => "ratio",
            "event_count" | "event_successes" | "other" | "streak" | "record_count"
            | "constituents" | "rank" => "count",
            "rate_change" => "percentage_points",
            _ => "percent",
        },
        ("ratio_to" | "return", Measure::Multiple) => "times",
        (_, measure) => super::unit_name(measure),
    }
}

/// Whether a metric has the sign of a change.
pub(in crate::article) fn is_change(metric: &str) -> bool {
    matches!(
        metric,
        "return"
            | "annualized_return"
            | "return_spread"
            | "point_change"
            | "event_mean_return"
            | "event_excess_return"
            | "eps_growth"
            | "revenue_growth"
            | "gdp_growth"
            | "rate_change"
            | "fund_flow"
    )
}
