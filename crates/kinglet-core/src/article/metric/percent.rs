//! Percentages: returns, spreads, discounts, growth, rates, shares.

use super::super::entity::Class;
use super::super::lexicon::{Cue, Signal};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
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
    if let Some(reading) = distance::from_high(scene, q, UNIT) {
        return reading;
    }
    if let Some(sign) = of_its_value(scene, q) {
        return Reading::new("return", UNIT).signed(Some(sign));
    }
    if against_average(scene, q) {
        return Reading::new("other", UNIT);
    }
    if of_a_rate(scene, q) && !speaks_of(scene, "RUT|SPX|IXIC|DJI|IWM") {
        return Reading::new("yield", UNIT);
    }
    let best = scene
        .cues
        .iter()
        .filter_map(|cue| Some((cost(scene, q, cue)?, *cue)))
        .min_by_key(|(cost, _)| *cost);
    let Some((_, cue)) = best else { return unnamed(scene, q, last) };
    if let Some(reading) = target_range(scene, q, cue).or_else(|| still(scene, q, cue, last)) {
        return reading;
    }
    let cue = subject_of(scene, q, cue).unwrap_or(cue);
    let reading = match cue.signal {
        Signal::Metric(metric) => named(scene, q, metric, cue),
        Signal::Cut | Signal::Hike => policy(scene, q, cue),
        Signal::Beat | Signal::Lag => spread(scene, q, cue, UNIT),
        _ => Reading::new("return", UNIT).signed(direction(scene, q)),
    };
    refine(scene, q, reading.from(cue))
}

/// A percentage without a word of change or measure: a mean, an extreme, or what the figure before
/// it is.
fn unnamed(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Reading {
    if mean_over_cases(scene, q) {
        return Reading::new("event_mean_return", UNIT).signed(q.sign);
    }
    if let Some(sign) = extreme(scene, q) {
        return Reading::new("return", UNIT).signed(q.sign.or(Some(sign)));
    }
    let goes_on = |l: &&Reading| l.carried || is_economic(l.metric) || l.metric.starts_with("event_");
    if let Some(last) = last.filter(|l| l.unit == UNIT).filter(goes_on) {
        return *last;
    }
    Reading::new(if q.sign.is_some() { "return" } else { "other" }, UNIT).signed(q.sign)
}

/// `The best was 1998, with 12.2%`, `the worst, 2001's, came to 13.6%`: the sign that it has.
fn extreme(scene: &Scene, q: &Quantity) -> Option<f64> {
    let linked = any_of(scene.before(q, 1), "with|at|to|of|was|,|(|:");
    let reach = (1..=14).take_while(|&n| !any_of(scene.before(q, n), ";|."));
    let found = reach.map(|n| scene.before(q, n)).find_map(|word| {
        let best = any_of(word, "best|largest|biggest|strongest|greatest|highest");
        let worst = any_of(word, "worst|weakest|poorest");
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
    let rates = speaks_of(scene, "FED") || scene.has_phrase(scene.range.clone(), "rates|rate");
    let range = q.range.is_some() && q.value < 20.0 && rates && !named;
    let priced = scene.mentions.iter().any(|m| m.class == Class::Index && m.end <= q.first);
    (range && speaks_of(scene, "FED") && !priced).then(|| Reading::new("policy_rate", UNIT))
}

/// `GDP to expand 2.3% in 2026 and to grow 2.0% in 2027`: the second verb has the first one's
/// subject.
fn still(scene: &Scene, q: &Quantity, cue: Cue, last: Option<&Reading>) -> Option<Reading> {
    let last = last.filter(|l| is_economic(l.metric) && l.unit == UNIT)?;
    let verb = matches!(cue.signal, Signal::Up | Signal::Down | Signal::Change);
    let from = if last.carried { scene.range.start } else { previous(scene, q)? };
    let other = scene.mentions.iter().any(|m| {
        m.first >= from && m.end <= q.first && !matches!(m.class, Class::Pronoun | Class::Authority)
    });
    (verb && !other).then_some(*last)
}

/// Measures of the economy and of earnings, of which forecasts come in rows.
fn is_economic(metric: &str) -> bool {
    any_of(metric, "gdp_growth|inflation|unemployment|eps_growth|revenue_growth|policy_rate")
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
    let beyond = any_of(scene.key(q.end), "higher|lower|above|below|more|less");
    let mean = "average|averages|norm|norms|mean|median";
    beyond && (q.end + 1..q.end + 8).any(|i| any_of(scene.key(i), mean))
}

/// The end of the quantity before this one.
fn previous(scene: &Scene, q: &Quantity) -> Option<usize> {
    scene.quantities.iter().rev().find(|o| o.end <= q.first).map(|o| o.end)
}

/// The measure that a verb of change speaks of: `earnings are expected to grow 22%`, `its share of
/// the market fell to 5.5%`.
fn subject_of(scene: &Scene, q: &Quantity, verb: Cue) -> Option<Cue> {
    if !matches!(verb.signal, Signal::Up | Signal::Down | Signal::Change) {
        return None;
    }
    let noun = any_of(scene.key(verb.first), "growth|expansion|increase");
    let hedged = usize::from(any_of(scene.before(q, 1), "about|nearly|roughly|around|just|almost"));
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
    scene.cues.iter().rev().copied().find(|c| {
        grows(c.signal)
            && c.end <= before
            && before - c.end <= reach
            && (noun || commas(scene, c.end, before) == 0)
            && (noun
                || level
                || !scene.mentions.iter().any(|m| m.first >= c.end && m.end <= before))
    })
}

/// Whether `compared with 9.8%` can go on from this measure.
fn comparable(metric: &str) -> bool {
    !any_of(
        metric,
        "return_spread|pe_discount|fair_value_discount|ratio_to|\
         distance_from_high|event_excess_return",
    )
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
            if scene.key(cue.first) == "of" && !(behind && distance <= 1) {
                return None;
            }
            let weak = any_of(metric, "record_count|debt|weight|fund_flow|pe|moving_average")
                || cue.end - cue.first == 1
                    && any_of(
                        metric,
                        "eps_growth|revenue_growth|policy_rate|dividend_yield|\
                       market_cap|volatility",
                    );
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
            let down = change.is_some_and(|(cost, c)| c.signal == Signal::Down && cost <= 6);
            reading.signed(Some(if down || q.sign == Some(-1.0) { -1.0 } else { 1.0 }))
        }
        "pe_discount" => {
            let fair = "fair value|intrinsic value";
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
            let above =
                scene.has_phrase(q.end..q.end + 4, "higher|above|more|premium|cheaper|below|lower");
            let metric = if above { "other" } else { "ratio_to" };
            Reading::new(metric, UNIT)
        }
        "market_cap" if scene.key(cue.end) == "share" => Reading::new("share", UNIT),
        "drawdown" => reading.signed(Some(-1.0)),
        "volatility" if q.sign.is_none() => reading,
        "volatility" | "record_count" | "debt" | "aum" | "market_cap" | "fund_flow" | "pmi"
        | "moving_average" | "beta" | "sharpe" | "correlation" | "z_score" | "price_to_book" => {
            Reading::new("return", UNIT).signed(direction(scene, q))
        }
        "share" if unprofitable(scene, q) => Reading::new("unprofitable_share", UNIT),
        _ => reading,
    }
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
