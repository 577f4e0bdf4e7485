//! Percentages: returns, spreads, discounts, growth, rates, shares.

use super::super::entity::{Class, Mention, OTHER};
use super::super::lexicon::{Cue, Signal};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::hits::hit_rate;
use super::{Reading, direction, distance, former, goes_on, of_a_rate, speaks_of};

const UNIT: &str = "percent";

/// The reading of a percentage.
pub(super) fn reading(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Reading {
    if let Some(last) = last.filter(|l| l.unit == UNIT)
        && (former(scene, q, last) || goes_on(scene, q) && comparable(last.metric))
    {
        let goes_on = !former(scene, q, last);
        return refine(scene, q, Reading { goes_on, ..continued(scene, q, last) });
    }
    let mean = || bracketed_mean(scene, q, last);
    if let Some(reading) = hit_rate(scene, q, last).or_else(mean).or_else(|| lead(scene, q)) {
        return reading;
    }
    let score = list!("the score|the tally|the scorecard|the result");
    let result = scene.before(q, 1) == "to" || scene.key(q.end) == "to";
    if result && scene.has_phrase(scene.range.start..q.first, score) {
        return Reading::new("return", UNIT).signed(q.sign);
    }
    let whole = usize::from(scene.tokens.phrase(q.end, "or so").is_some()) * 2;
    if scene.key(q.end + whole) == "of" && unprofitable(scene, q) {
        return Reading::new("unprofitable_share", UNIT);
    }
    let adds = scene.key(q.end) == "to"
        && (q.end + 1..q.end + 6).any(|i| any_of(scene.key(i), list!("earnings|profits|eps")));
    if adds {
        return Reading::new("eps_growth", UNIT).signed(direction(scene, q));
    }
    if let Some(metric) = odds(scene, q) {
        let reading = Reading::new(metric, UNIT);
        return if metric == "other" { reading.about("US") } else { reading };
    }
    if let Some(metric) = weight(scene, q).or_else(|| members(scene, q)) {
        return Reading::new(metric, UNIT);
    }
    if let Some(reading) = distance::from_high(scene, q, UNIT) {
        return reading;
    }
    if let Some(sign) = of_its_value(scene, q) {
        return Reading::new("return", UNIT).signed(Some(sign));
    }
    if against_average(scene, q) {
        return Reading::new("other", UNIT);
    }
    if of_credit(scene, q) || of_a_rate(scene, q) && !speaks_of(scene, "RUT|SPX|IXIC|DJI|IWM") {
        return Reading::new("yield", UNIT);
    }
    let best = scene
        .cues
        .iter()
        .filter_map(|cue| Some((cost(scene, q, cue)?, *cue)))
        .min_by_key(|(cost, _)| *cost);
    if let Some(sign) = monthly(scene, q).or_else(|| another(scene, q)) {
        return refine(scene, q, Reading::new("return", UNIT).signed(Some(sign)));
    }
    let Some((_, cue)) = best else { return unnamed(scene, q, last) };
    if let Some(reading) = target_range(scene, q, cue).or_else(|| still(scene, q, cue, last)) {
        return reading;
    }
    let cue = subject_of(scene, q, cue).unwrap_or(cue);
    let reading = match cue.signal {
        Signal::Metric(metric) => named(scene, q, metric, cue),
        Signal::Cut | Signal::Hike => policy(scene, q, cue),
        Signal::Beat | Signal::Lag => spread(scene, q, cue, UNIT),
        Signal::Change if achieved(scene, q, cue) => Reading::new("return", UNIT).signed(Some(1.0)),
        Signal::Up if expands(scene, cue) => return Reading::new("gdp_growth", UNIT).from(cue),
        Signal::Up | Signal::Down if of_economy(scene, cue) => {
            return Reading::new("gdp_growth", UNIT).signed(direction(scene, q)).from(cue);
        }
        _ => Reading::new("return", UNIT).signed(direction(scene, q)),
    };
    refine(scene, q, reading.from(cue))
}

/// `Small caps led by 77% through the recession`, but not `led by tech, which rose 3%`.
fn lead(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let led = scene.before(q, 1) == "by" && any_of(scene.before(q, 2), list!("led|leads|leading"));
    led.then(|| refine(scene, q, Reading::new("return_spread", UNIT)))
}

/// `High-yield spreads have backed up to 6.28%`: what a borrower pays.
fn of_credit(scene: &Scene, q: &Quantity) -> bool {
    let last = scene.mentions.iter().rev().find(|m| m.end <= q.first);
    last.is_some_and(|m| {
        let noun = scene.key(m.end - 1);
        m.code == OTHER
            && any_of(noun, list!("spreads|oas|yields|breakevens"))
            && q.first - m.end <= 8
    })
}

/// `July was a 10% month`: what a time brought.
fn monthly(scene: &Scene, q: &Quantity) -> Option<f64> {
    let time = any_of(scene.key(q.end), list!("month|week|day|quarter|year|session|half"));
    let whole = matches!(scene.before(q, 1), "a" | "another");
    let ends = any_of(scene.key(q.end + 1), list!("|,|.|;|for|in|and|but|!|on|by"));
    let down = scene.has_phrase(scene.range.start..q.first, list!("loss|losing|bad|worst|down"));
    (time && whole && ends).then(|| q.sign.unwrap_or(if down { -1.0 } else { 1.0 }))
}

/// `threw in another 1.6% for the small-cap benchmark`: a further change like the one before.
fn another(scene: &Scene, q: &Quantity) -> Option<f64> {
    let given = any_of(scene.before(q, 1), list!("another|further")) && scene.key(q.end) == "for";
    let behind = scene
        .mentions
        .iter()
        .any(|m| m.first > q.end && m.first <= q.end + 3 && !matches!(m.class, Class::Authority));
    let lost = scene.nearest(q, |s| s == Signal::Down).is_some_and(|(cost, _)| cost <= 4);
    (given && behind).then_some(if lost { -1.0 } else { 1.0 })
}

/// `a mean of 1.6%, trailed by April (+1.5%)`: the mean of another month.
fn bracketed_mean(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    let last = last.filter(|l| !l.carried && l.metric == "event_mean_return")?;
    let alone = scene.before(q, 1) == "(" && scene.key(q.end) == ")";
    alone.then_some(Reading { sign: q.sign, ..*last })
}

/// `the odds of another cut in December are roughly 62%`; those of a recession are no cut's.
fn odds(scene: &Scene, q: &Quantity) -> Option<&'static str> {
    let hedged = usize::from(any_of(
        scene.before(q, 1),
        list!("about|nearly|roughly|around|just|almost|only|some|over|above|below|near"),
    ));
    let link =
        any_of(scene.before(q, 1 + hedged), list!("to|at|are|is|was|were|stand|stood|stands"));
    let named = Signal::Metric("cut_probability");
    let cue = scene.cues.iter().rev().find(|c| c.signal == named && c.end <= q.first)?;
    let between = |first: usize, end: usize| first >= cue.end && end <= q.first;
    let figures =
        scene.quantities.iter().any(|o| between(o.first, o.end) && o.measure == q.measure);
    let renamed =
        scene.cues.iter().any(|c| between(c.first, c.end) && matches!(c.signal, Signal::Metric(_)));
    let near = q.first - cue.end <= 16 && !figures && !renamed;
    let slump = list!("recession|recessions|downturn|slump");
    let recession = scene.has_phrase(cue.first.saturating_sub(2)..q.first, slump);
    let metric = if recession { "other" } else { "cut_probability" };
    (near && (link || q.in_words)).then_some(metric)
}

/// `moving the model from 8% to 11% in small caps`, `I'd keep 10% in T-bills`: part of a portfolio.
fn weight(scene: &Scene, q: &Quantity) -> Option<&'static str> {
    let from = q.first.saturating_sub(12).max(scene.range.start);
    let mix = list!(
        "keep|hold|allocate|allocating|allocated|moving the|sleeve|target mix|core bonds|\
        our position|our allocation|allocation to|our stake|of net assets|bonds which|\
        shares stay|shares stays"
    );
    let book = list!("portfolio|portfolios|book|holdings|allocation");
    if scene.key(q.end) == "of" && (q.end + 1..q.end + 5).any(|i| any_of(scene.key(i), book)) {
        return Some("weight");
    }
    let holds = scene.has_phrase(from..q.first, mix);
    let classes = list!("bonds|bond|cash|stocks|equities|shares|bills|t|small|large|international");
    let into =
        scene.key(q.end) == "in" && (q.end + 1..q.end + 4).any(|i| any_of(scene.key(i), classes));
    (holds && (into || any_of(scene.before(q, 1), list!("at|to|from")))).then_some("weight")
}

/// A percentage without a word of change or measure: a mean, an extreme, or what the figure before
/// it is.
fn unnamed(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Reading {
    let priced = scene.mentions.iter().any(|m| m.class == Class::Index && m.end <= q.first);
    let bank = speaks_of(scene, "FED") && !priced;
    let officials = list!(
        "officials|policymakers|policy makers|the median dot|the dots|the committee|\
        median projection|median forecast|median estimate"
    );
    let dot = scene.has_phrase(scene.range.start..q.first, officials)
        && any_of(scene.before(q, 1), list!("at|to|of|was|is"))
        && q.value < 10.0;
    if bank && (q.range.is_some() && q.value < 10.0 || dot) {
        return Reading::new("policy_rate", UNIT);
    }
    if mean_over_cases(scene, q) && last.is_none_or(|l| !is_economic(l.metric)) {
        return Reading::new("event_mean_return", UNIT).signed(q.sign);
    }
    if let Some(sign) = extreme(scene, q) {
        return Reading::new("return", UNIT).signed(q.sign.or(Some(sign)));
    }
    if dot {
        return Reading::new("policy_rate", UNIT);
    }
    let gap = list!("gap between|difference between|gap with|lead over|the gap|gap over|'s gap");
    if scene.has_phrase(scene.range.start..q.first, gap) {
        return Reading::new("return_spread", UNIT);
    }
    if scene.tokens.any_phrase(q.end, list!("a year|per year|annually|per annum")).is_some() {
        return Reading::new("annualized_return", UNIT).signed(q.sign);
    }
    let parts = list!("stocks|companies|members|constituents|firms|names|components|issues");
    if scene.key(q.end) == "of" && (q.end + 1..q.end + 7).any(|i| any_of(scene.key(i), parts)) {
        return Reading::new("share", UNIT);
    }
    let goes_on =
        |l: &&Reading| l.carried || is_economic(l.metric) || l.metric.starts_with("event_");
    if let Some(last) = last.filter(|l| l.unit == UNIT).filter(goes_on) {
        return *last;
    }
    Reading::new(if q.sign.is_some() { "return" } else { "other" }, UNIT).signed(q.sign)
}

/// `The best was 1998, with 12.2%`, `the worst, 2001's, came to 13.6%`: the sign that it has.
fn extreme(scene: &Scene, q: &Quantity) -> Option<f64> {
    let linked = any_of(scene.before(q, 1), list!("with|at|to|of|was|,|(|:"));
    let reach = (1..=14).take_while(|&n| !any_of(scene.before(q, n), list!(";|.")));
    let found = reach.map(|n| scene.before(q, n)).find_map(|word| {
        let best = any_of(word, list!("best|largest|biggest|strongest|greatest|highest"));
        let worst = any_of(word, list!("worst|weakest|poorest"));
        (best || worst).then_some(if best { 1.0 } else { -1.0 })
    });
    found.filter(|_| linked)
}

/// `held interest rates at 3.50% to 3.75%`: a range that the central bank sets.
fn target_range(scene: &Scene, q: &Quantity, cue: Cue) -> Option<Reading> {
    let named = matches!(
        cue.signal,
        Signal::Metric(
            "inflation"
                | "unemployment"
                | "gdp_growth"
                | "cut_probability"
                | "eps_growth"
                | "yield"
        )
    );
    let rates =
        speaks_of(scene, "FED") || scene.has_phrase(scene.range.clone(), list!("rates|rate"));
    let range = q.range.is_some() && q.value < 20.0 && rates && !named;
    let priced = scene.mentions.iter().any(|m| m.class == Class::Index && m.end <= q.first);
    (range && speaks_of(scene, "FED") && !priced).then(|| Reading::new("policy_rate", UNIT))
}

/// `GDP to expand 2.3% in 2026 and to grow 2.0% in 2027`: the second verb has the first one's
/// subject.
fn still(scene: &Scene, q: &Quantity, cue: Cue, last: Option<&Reading>) -> Option<Reading> {
    let last = last.filter(|l| is_economic(l.metric) && l.unit == UNIT)?;
    let verb = matches!(cue.signal, Signal::Up | Signal::Down | Signal::Change);
    let from = if last.carried { scene.range.start } else { scene.figure_before(q)?.end };
    let other = scene.mentions.iter().any(|m| {
        m.first >= from && m.end <= q.first && !matches!(m.class, Class::Pronoun | Class::Authority)
    }) || scene
        .has_phrase(from..q.first, list!("index|stocks|shares|market|stock|benchmark"))
        || last.carried && mean_over_cases(scene, q);
    (verb && !other).then_some(*last)
}

/// Measures of the economy and of earnings, of which forecasts come in rows.
fn is_economic(metric: &str) -> bool {
    any_of(metric, list!("gdp_growth|inflation|unemployment|eps_growth|revenue_growth|policy_rate"))
}

/// `the Nasdaq also managed 3.8%`: what is earned is a gain, whatever was lost before.
fn achieved(scene: &Scene, q: &Quantity, cue: Cue) -> bool {
    let verb = any_of(scene.key(cue.first), list!("managed|earned|made|eked|earning"));
    let loss = scene
        .cues
        .iter()
        .any(|c| c.signal == Signal::Down && c.first >= q.end && c.first <= q.end + 2);
    verb && cue.end == q.first && q.sign.is_none() && !loss
}

/// `economists see growth of 2.1 per cent`.
fn expands(scene: &Scene, cue: Cue) -> bool {
    let growth = scene.key(cue.first) == "growth" && scene.key(cue.end) == "of";
    growth
        && scene.has_phrase(scene.range.start..cue.first, list!("economists|economy|forecasters"))
        && !speaks_of(scene, "RUT|SPX|IXIC|DJI|US_SMALL|US_LARGE")
}

/// `the U.S. economy grew 2.1%`, `the American economy has contracted 0.3%`.
fn of_economy(scene: &Scene, cue: Cue) -> bool {
    let verbs = list!(
        "grew|grows|grow|grown|expanded|contracted|shrank|shrunk|growing|expanding|rose|fell"
    );
    let verb = any_of(scene.key(cue.first), verbs);
    let helping =
        |i: usize| any_of(scene.key(i), list!("has|had|have|likely|also|actually|probably|to"));
    let subject = scene.mentions.iter().rev().find(|m| m.end <= cue.first);
    verb && subject.is_some_and(|m| m.code == "US" && (m.end..cue.first).all(helping))
}

/// `61% of S&P 500 companies beat estimates`, `a third of the Russell 2000's members lose money`.
fn members(scene: &Scene, q: &Quantity) -> Option<&'static str> {
    let nouns = list!("companies|stocks|members|firms|constituents|names|components|issues|shares");
    let article = usize::from(any_of(scene.key(q.end + 1), list!("the|all|its")));
    let first = q.end + 1 + article;
    let index = |m: &&Mention| m.class == Class::Index && (first..first + 3).contains(&m.first);
    let whole = scene.mentions.iter().find(index)?;
    let end = whole.end + usize::from(scene.key(whole.end) == "'s");
    let counted = scene.key(q.end) == "of" && any_of(scene.key(end), nouns);
    let metric = if unprofitable(scene, q) { "unprofitable_share" } else { "share" };
    counted.then_some(metric)
}

/// `erased 3.0% of the index's value`: the sign of the change.
fn of_its_value(scene: &Scene, q: &Quantity) -> Option<f64> {
    let value = scene.key(q.end) == "of" && (q.end + 1..q.end + 6).any(|i| scene.key(i) == "value");
    let change = |s: Signal| matches!(s, Signal::Up | Signal::Down);
    let (_, cue) = scene.nearest(q, change).filter(|(cost, c)| *cost <= 3 && c.end <= q.first)?;
    value.then_some(if cue.signal == Signal::Up { 1.0 } else { -1.0 })
}

/// `7% higher than its historical average`: measured against a mean, not over time.
fn against_average(scene: &Scene, q: &Quantity) -> bool {
    let beyond = any_of(scene.key(q.end), list!("higher|lower|above|below|more|less"));
    let mean = list!("average|averages|norm|norms|mean|median");
    beyond && (q.end + 1..q.end + 8).any(|i| any_of(scene.key(i), mean))
}

/// The measure that a verb of change speaks of: `earnings are expected to grow 22%`, `its share of
/// the market fell to 5.5%`.
fn subject_of(scene: &Scene, q: &Quantity, verb: Cue) -> Option<Cue> {
    if !matches!(verb.signal, Signal::Up | Signal::Down | Signal::Change) {
        return None;
    }
    let noun = any_of(scene.key(verb.first), list!("growth|expansion|increase"));
    let hedged =
        usize::from(any_of(scene.before(q, 1), list!("about|nearly|roughly|around|just|almost")));
    let level = matches!(scene.before(q, 1 + hedged), "to" | "at");
    let grows = |s: Signal| {
        matches!(
            s,
            Signal::Metric(
                "eps_growth" | "revenue_growth" | "gdp_growth" | "inflation" | "unemployment"
            )
        ) || level && matches!(s, Signal::Metric("share" | "weight" | "margin" | "cut_probability"))
    };
    let reach = match scene.key(verb.end) {
        _ if noun || level => 14,
        "of" => 3,
        _ => 5,
    };
    let before = verb.first.min(q.first);
    let owned = scene.cues.iter().rev().copied().find(|c| {
        let earned = Signal::Metric("eps_growth") == c.signal
            || Signal::Metric("revenue_growth") == c.signal;
        earned && c.end <= before && of_members(scene, c.end, before)
    });
    owned.or_else(|| {
        scene.cues.iter().rev().copied().find(|c| {
            grows(c.signal)
                && c.end <= before
                && before - c.end <= reach
                && (noun || commas(scene, c.end, before) == 0)
                && (noun
                    || level
                    || !scene.mentions.iter().any(|m| m.first >= c.end && m.end <= before))
        })
    })
}

/// `earnings of the S&P 500's companies have`: whose, and nothing else up to the verb.
fn of_members(scene: &Scene, from: usize, verb: usize) -> bool {
    let words = list!(
        "of|at|for|among|in|the|'s|companies|firms|members|constituents|have|has|are|were|\
        had|is|was|all|stocks|should|will|would|could|may|to|expected|projected|\
        likely|index|small|cap|large|tech|heavy|blue|chip|broad|benchmark"
    );
    let held = |i: usize| scene.mentions.iter().any(|m| (m.first..m.end).contains(&i));
    any_of(scene.key(from), list!("of|at|for|among|in"))
        && verb - from <= 12
        && (from..verb).all(|i| held(i) || any_of(scene.key(i), words))
}

/// Whether `compared with 9.8%` can go on from this measure.
fn comparable(metric: &str) -> bool {
    let others = list!(
        "return_spread|pe_discount|fair_value_discount|ratio_to|distance_from_high|\
        event_excess_return"
    );
    !any_of(metric, others)
}

/// The same measure as the figure before, with a direction of its own if it has one right before
/// it.
fn continued(scene: &Scene, q: &Quantity, last: &Reading) -> Reading {
    let own = scene
        .nearest(q, |s| matches!(s, Signal::Up | Signal::Down))
        .filter(|(cost, _)| *cost <= 3 && last.sign.is_some())
        .map(|(_, cue)| if cue.signal == Signal::Up { 1.0 } else { -1.0 });
    Reading { sign: own.or(last.sign), ..*last }
}

/// How much speaks against a cue: its distance, less for words that name a measure.
fn cost(scene: &Scene, q: &Quantity, cue: &Cue) -> Option<i64> {
    let distance = scene.distance(q, cue.first, cue.end)?;
    let behind = cue.first >= q.end;
    let bonus = match cue.signal {
        Signal::Metric(metric) => {
            // "of the time", "of debt" say what the percentage is of
            // and "of the benchmark S&P 500's" whose
            let whose =
                |m: &Mention| m.class == Class::Index && m.first <= cue.end && cue.end < m.end;
            let named = scene.mentions.iter().any(whose);
            if scene.key(cue.first) == "of" && (named || !(behind && distance <= 1)) {
                return None;
            }
            let weak = list!("record_count|debt|weight|fund_flow|pe|moving_average");
            let short =
                list!("eps_growth|revenue_growth|policy_rate|dividend_yield|market_cap|volatility");
            let weak = any_of(metric, weak) || cue.end - cue.first == 1 && any_of(metric, short);
            if weak { 1 } else { 5 }
        }
        Signal::Up | Signal::Down | Signal::Cut | Signal::Hike | Signal::AnnualReturn => 0,
        Signal::Change | Signal::Beat | Signal::Lag => -1,
        _ => return None,
    };
    let adjacent = if behind { distance <= 1 } else { distance <= 1 && cue.end + 1 == q.first };
    let noun = scene.key(cue.end) == "of" && matches!(cue.signal, Signal::Up | Signal::Down);
    let head = if adjacent && (behind || noun) { 6 } else { 0 };
    Some(i64::try_from(distance).unwrap_or(i64::MAX) - bonus - head)
}

/// A percentage whose measure is named.
fn named(scene: &Scene, q: &Quantity, metric: &'static str, cue: Cue) -> Reading {
    let reading = Reading::new(metric, UNIT);
    match metric {
        "eps_growth" | "revenue_growth" | "gdp_growth" => {
            let change = scene.nearest(q, |s| matches!(s, Signal::Up | Signal::Down));
            let shrinks =
                any_of(scene.key(cue.end - 1), list!("shrank|contracted|shrink|contract"));
            let down = change.is_some_and(|(cost, c)| c.signal == Signal::Down && cost <= 6);
            let down = down || shrinks;
            reading.signed(Some(if down || q.sign == Some(-1.0) { -1.0 } else { 1.0 }))
        }
        "pe_discount" => {
            let fair = list!("fair value|intrinsic value");
            if scene.has_phrase(cue.first..cue.first + 14, fair) {
                Reading::new("fair_value_discount", UNIT)
            } else {
                reading
            }
        }
        "pe" | "pe_trailing" | "pe_forward" => {
            if matches!(scene.key(cue.end), "discount" | "discounts") {
                return Reading::new("pe_discount", UNIT);
            }
            let apart = list!("higher|above|more|premium|cheaper|below|lower");
            let apart = scene.has_phrase(q.end..q.end + 4, apart);
            let metric = if apart { "other" } else { "ratio_to" };
            Reading::new(metric, UNIT)
        }
        "market_cap" if scene.key(cue.end) == "share" => Reading::new("share", UNIT),
        "inflation" => reading.signed(falls(scene, q, cue)),
        "drawdown" => reading.signed(Some(-1.0)),
        "volatility" if q.sign.is_none() => reading,
        "volatility" | "record_count" | "debt" | "aum" | "market_cap" | "fund_flow" | "pmi"
        | "moving_average" | "beta" | "sharpe" | "correlation" | "z_score" | "price_to_book" => {
            Reading::new("return", UNIT).signed(direction(scene, q))
        }
        "share" if unprofitable(scene, q) => Reading::new("unprofitable_share", UNIT),
        "yield" if of_an_index(scene, cue) => Reading::new("dividend_yield", UNIT),
        _ => reading,
    }
}

/// `Consumer prices fell 0.1%`: prices have a direction, inflation is one.
fn falls(scene: &Scene, q: &Quantity, cue: Cue) -> Option<f64> {
    let prices = any_of(scene.key(cue.end.saturating_sub(1)), list!("prices|index|cpi|ppi"));
    let by = usize::from(scene.before(q, 1) == "by");
    let down = scene.cues.iter().any(|c| c.signal == Signal::Down && c.end + by == q.first);
    (prices && down).then_some(-1.0)
}

/// `the Russell 2000 yields 1.3%`: what an index yields are dividends.
fn of_an_index(scene: &Scene, verb: Cue) -> bool {
    let adverb =
        usize::from(any_of(scene.key(verb.first.wrapping_sub(1)), list!("now|currently|still")));
    let priced = |code: &str| !code.starts_with("UST") && !code.starts_with("CURVE");
    any_of(scene.key(verb.first), list!("yields|yielded|yielding"))
        && scene
            .mentions
            .iter()
            .any(|m| m.end + adverb == verb.first && m.class == Class::Index && priced(m.code))
}

/// `40% of its companies are unprofitable`.
fn unprofitable(scene: &Scene, q: &Quantity) -> bool {
    scene.cues.iter().any(|c| {
        let after = c.first >= q.end && c.first - q.end <= 12;
        after && c.signal == Signal::Metric("unprofitable_share")
    })
}

/// A change or a level of the policy rate.
fn policy(scene: &Scene, q: &Quantity, cue: Cue) -> Reading {
    let before = scene.before(q, 1);
    let level = q.range.is_some()
        || matches!(before, "to" | "at")
        || before == "of" && scene.before(q, 2) == "range";
    if level {
        return Reading::new("policy_rate", UNIT);
    }
    // "after rate cuts the index returned 36%"
    let change = scene.nearest(q, |s| matches!(s, Signal::Up | Signal::Down | Signal::Change));
    let priced = speaks_of(scene, "RUT|SPX|IXIC|DJI|US_SMALL|US_LARGE");
    if q.value > 1.5 && (priced || change.is_some()) {
        return Reading::new("return", UNIT).signed(direction(scene, q));
    }
    let sign = if cue.signal == Signal::Cut { -1.0 } else { 1.0 };
    Reading::new("rate_change", UNIT).signed(Some(sign))
}

/// By how much one did better than another: the binder names the better one first, so it has no
/// sign.
pub(super) fn spread(scene: &Scene, q: &Quantity, cue: Cue, unit: &'static str) -> Reading {
    // "the Value index (+12.2%) outpaced the Growth index (+8.2%)"
    let bracketed = scene.before(q, 1) == "(" && unit == UNIT;
    if bracketed {
        return Reading::new("return", unit).signed(direction(scene, q));
    }
    let by = cue.end <= q.first && (cue.end..q.first).any(|i| scene.key(i) == "by")
        || cue.first >= q.end
        || (cue.end..q.first).all(|i| !matches!(scene.key(i), "," | "and" | "'s" | "with"));
    if by || unit != UNIT {
        return Reading::new("return_spread", unit);
    }
    Reading::new("return", unit).signed(direction(scene, q))
}

/// Means over cases, rates per year.
pub(super) fn refine(scene: &Scene, q: &Quantity, reading: Reading) -> Reading {
    if !matches!(reading.metric, "return" | "return_spread") {
        return reading;
    }
    let annual = scene.cues.iter().any(|c| match c.signal {
        Signal::Annualized if c.first == scene.range.start => scene.between(c.end, q.first) == 0,
        Signal::Annualized | Signal::AnnualReturn if c.end <= q.first => {
            q.first - c.end <= 8 && commas(scene, c.end, q.first) == 0
        }
        Signal::Annualized => {
            c.first >= q.end
                && c.first <= q.end + 8
                && commas(scene, q.end, c.first) == 0
                && scene.between(q.end, c.first) == 0
        }
        _ => false,
    });
    let metric = match (reading.metric, mean_over_cases(scene, q), annual) {
        ("return_spread", true, _) => "event_excess_return",
        ("return_spread", ..) => "return_spread",
        (_, true, false) => "event_mean_return",
        (_, _, true) => "annualized_return",
        (metric, ..) => metric,
    };
    Reading { metric, ..reading }
}

fn commas(scene: &Scene, from: usize, to: usize) -> usize {
    (from..to).filter(|&i| matches!(scene.key(i), "," | ";" | "but" | "while" | "—")).count()
}

/// Whether the figure is said to be an average.
fn mean_over_cases(scene: &Scene, q: &Quantity) -> bool {
    scene.cues.iter().filter(|c| c.signal == Signal::Average).any(|cue| {
        if cue.end <= q.first {
            let told = (cue.end..q.first).find(|&i| scene.key(i) == ":");
            if told.is_some_and(|at| at + 1 < q.first) {
                return false;
            }
            let figures = scene
                .quantities
                .iter()
                .any(|o| o.first >= cue.end && o.end <= q.first && o.measure == Measure::Percent);
            let listed = matches!(scene.before(q, 1), "and" | "," | "'s" | "to" | "with");
            let gap = q.first - cue.end;
            let opens = cue.first == scene.range.start;
            let near =
                gap <= 25 && (opens || commas(scene, cue.end, q.first) <= usize::from(gap <= 12));
            (near && !figures) || (figures && listed && gap <= 14)
        } else {
            let on = scene.key(cue.first) == "on";
            cue.first >= q.end
                && cue.first - q.end <= if on { 5 } else { 1 }
                && commas(scene, q.end, cue.first) == 0
                && scene.between(q.end, cue.first) == 0
        }
    })
}
