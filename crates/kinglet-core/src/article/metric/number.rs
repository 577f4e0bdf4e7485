//! Amounts of money and bare numbers: flows, debts, multiples, levels, indexes of the economy.
//! Counts are read elsewhere.

use super::super::entity::{Class, OTHER, is_fund};
use super::super::lexicon::{Cue, Signal};
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::list;
use super::points::level_before;
use super::{Reading, direction, former, goes_on};

/// An amount of money.
pub(super) fn money(scene: &Scene, q: &Quantity) -> Reading {
    let unit = "usd";
    let before = q.first.saturating_sub(5)..q.first;
    let managed = list!("oversee|oversees|overseeing|manages|manage|managing|runs|looks after");
    let funds = scene.has_phrase(q.end..q.end + 5, list!("funds|etfs|fund|etf"));
    if scene.key(q.end) == "of" && any_of(scene.key(q.end + 1), list!("debt|borrowings|loans")) {
        return Reading::new("debt", unit);
    } else if any_of(scene.key(q.end), list!("into|from")) && funds {
        let out = scene.key(q.end) == "from";
        return Reading::new("fund_flow", unit).signed(out.then_some(-1.0));
    } else if scene.has_phrase(before, managed) {
        let fund = scene.mentions.iter().any(|m| m.class == Class::Listed && m.end <= q.first);
        let reading = Reading::new("aum", unit);
        return if fund { reading } else { reading.about(OTHER) };
    }
    let named = scene.nearest(q, |s| {
        matches!(
            s,
            Signal::Metric(
                "fund_flow"
                    | "debt"
                    | "market_cap"
                    | "aum"
                    | "revenue_growth"
                    | "eps_growth"
                    | "dividend_yield"
            )
        )
    });
    if let Some(sign) = raised(scene, q) {
        return Reading::new("fund_flow", unit).signed(Some(sign));
    }
    if let Some((_, cue)) = named
        && let Signal::Metric(metric) = cue.signal
    {
        let out = metric == "fund_flow" && flows_out(scene, cue);
        let metric =
            if metric.ends_with("growth") || metric == "dividend_yield" { "other" } else { metric };
        return Reading::new(metric, unit).signed(if out { Some(-1.0) } else { None }).from(cue);
    }
    let listed = scene.mentions.iter().any(|m| m.class == Class::Listed);
    if q.value >= 1e5 || !listed {
        return Reading::new("other", unit);
    }
    let sign = direction(scene, q);
    match sign {
        _ if level_before(scene, q) => Reading::new("level", unit),
        Some(_) if q.value < 1e4 => Reading::new("point_change", unit).signed(sign),
        _ => Reading::new("other", unit),
    }
}

/// `IWM drew $3 billion`, `the fund bled $80 million`: money that investors put into a fund or take
/// out of it.
fn raised(scene: &Scene, q: &Quantity) -> Option<f64> {
    let fund = scene.mentions.iter().rev().find(|m| m.end <= q.first).is_some_and(|m| {
        let named =
            (m.first..m.end).any(|i| any_of(scene.key(i), list!("etf|fund|trust|funds|etfs")));
        named || m.class == Class::Listed && is_fund(m.code)
    });
    let hedged =
        usize::from(any_of(scene.before(q, 1), list!("about|nearly|some|roughly|over|almost")));
    let (verb, before) = (scene.before(q, 1 + hedged), scene.before(q, 2 + hedged));
    let taken =
        any_of(verb, list!("drew|gathered|attracted|lured|collected|raised|drawn|garnered"))
            || verb == "in"
                && any_of(before, list!("pulled|took|drew|raked|hauled|brought|reeled"));
    let given = any_of(verb, list!("shed|lost|bled|leaked|hemorrhaged|surrendered"));
    let worth =
        scene.has_phrase(q.end..q.end + 4, list!("in market value|of market value|in value"));
    (fund && !worth && (taken || given)).then_some(if given { -1.0 } else { 1.0 })
}

fn flows_out(scene: &Scene, cue: Cue) -> bool {
    if scene.key(cue.end.wrapping_sub(1)) == "in" || scene.key(cue.end) == "in" {
        return false;
    }
    let out = |key: &str| {
        any_of(
            key,
            list!(
                "outflow|outflows|redemptions|pulled|withdrew|withdrawn|shed|\
            shedding|withdrawals|bled|out|lost"
            ),
        )
    };
    let taken_in = scene.key(cue.end - 1) == "in";
    !taken_in && (cue.first..cue.end + 2).any(|i| out(scene.key(i)))
}

/// A bare number.
pub(super) fn reading(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    // "double the gain", "three times as much"; "doubled" is a return
    let grew = q.in_words && scene.key(q.first).ends_with('d');
    let much = list!("much|many|large|big|great|high|strong|fast|steep|good|long");
    let as_much = scene.key(q.end) == "as" && any_of(scene.key(q.end + 1), much);
    if q.measure == Measure::Multiple && (as_much || q.in_words && !grew) {
        return Some(Reading::new("ratio_to", "times"));
    }
    if q.in_words {
        return grew.then(|| Reading::new("return", "times"));
    }
    let went_on = |last: &&Reading| last.unit == "basis_points" && !last.carried;
    if let Some(last) = last.filter(went_on)
        && q.measure == Measure::Plain
        && (scene.before(q, 1) == "to" && last.metric == "yield" || scene.before(q, 1) == "or")
    {
        let sign = if last.metric == "yield" { None } else { last.sign };
        return Some(Reading { sign, ..*last });
    }
    if let Some(reading) = elliptic(scene, q, last).or_else(|| multiple(scene, q, last)) {
        return Some(reading);
    }
    if q.measure == Measure::Multiple {
        return None;
    }
    capitalization(scene, q)
        .or_else(|| economy(scene, q))
        .or_else(|| statistic(scene, q, last))
        .or_else(|| in_points(scene, q))
        .or_else(|| former_level(scene, q, last))
        .or_else(|| moving_average(scene, q))
        .or_else(|| level(scene, q))
}

/// `the average market capitalization is 1 billion`: an amount of money without the word.
fn capitalization(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let named = Signal::Metric("market_cap");
    let cue = scene.cues.iter().any(|c| c.signal == named);
    let stated = any_of(scene.before(q, 1), list!("is|was|of|at|about|roughly|nearly|to"));
    let bare = !any_of(scene.key(q.end), list!("shares|stocks|people|workers|jobs|barrels"));
    (q.scale >= 1e6 && cue && stated && bare).then(|| Reading::new("market_cap", "usd"))
}

/// `claims came to 209,000`, `volume of 1.77 billion shares`, `consumer sentiment fell to 94.7`.
fn economy(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let before = scene.range.start..q.first;
    let people = list!("claims for|jobless claims|new claims|initial claims|payrolls|jobs");
    let jobs =
        any_of(scene.key(q.end), list!("jobs|workers")) || scene.has_phrase(before.clone(), people);
    if q.grouped && jobs {
        return Some(Reading::new("other", "count").about("US"));
    }
    if q.value >= 1e6 && scene.has_phrase(before.clone(), list!("volume")) {
        return Some(Reading::new("other", "count").about(OTHER));
    }
    let mood = list!("consumer sentiment|consumer confidence|sentiment index|confidence index");
    let surveyed = q.decimals > 0 && !q.grouped && (20.0..200.0).contains(&q.value);
    (surveyed && scene.has_phrase(before, mood))
        .then(|| Reading::new("other", "index_points").about("US"))
}

/// `up 28.31, or 0.8%, to 5,237.11`: a change in points without the word.
fn in_points(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let or = scene.key(q.end) == "," && scene.key(q.end + 1) == "or";
    let bracket = scene.key(q.end) == "(";
    let first = q.end + if or { 2 } else { 1 };
    let percent = scene
        .quantities
        .iter()
        .any(|o| (first..first + 2).contains(&o.first) && o.measure == Measure::Percent);
    let moved = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Up | Signal::Down) && c.end <= q.first && q.first - c.end <= 1
    });
    // "retreated 8.13 to 975.32", "a gain of 2.32 that left it at 443.21"
    let to_level = scene.quantities.iter().find(|o| o.first >= q.end).is_some_and(|o| {
        let linked = scene.before(o, 1) == "to" && o.first == q.end + 1
            || scene.has_phrase(
                q.end..o.first,
                list!("left it at|leaving it at|took it to|to close at"),
            );
        linked && o.measure == Measure::Plain && o.decimals == q.decimals && o.value > 5.0 * q.value
    });
    // "ended at 1,263.46, a rise of 5.8"
    let from_level = scene.figure_before(q).is_some_and(|o| {
        let level = o.measure == Measure::Plain && o.decimals > 0 && o.value > 5.0 * q.value;
        level && q.first - o.end <= 4 && scene.key(o.end) == ","
    });
    if (to_level || from_level) && moved && q.decimals > 0 {
        return Some(Reading::new("point_change", "index_points").signed(direction(scene, q)));
    }
    // "DJIA, -634.76, -5.55%"
    let beside = q.sign.is_some() && scene.key(q.end) == ",";
    let change = percent && (or || bracket || beside) && (moved || q.sign.is_some());
    change.then(|| Reading::new("point_change", "index_points").signed(direction(scene, q)))
}

/// `slumped to 14.17 from 18.74`: what a level moved from.
fn former_level(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    let last = last.filter(|l| l.metric == "level" && !l.carried)?;
    let before = scene.figure_before(q)?;
    let alike = before.measure == q.measure && before.decimals == q.decimals && q.decimals > 0;
    let from = any_of(scene.before(q, 1), list!("from|and|,")) && q.first - before.end <= 2;
    (alike && from).then_some(*last)
}

/// `ahead by 19.4 per cent against 9.8 for the S&P 500 and 8.9 for the Nasdaq`: what goes on from
/// a percentage leaves out its sign.
fn elliptic(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    let last = last.filter(|l| l.unit == "percent" && !l.carried)?;
    let before = scene.figure_before(q)?;
    let alike = q.measure == Measure::Plain
        && q.decimals > 0
        && (q.decimals == before.decimals
            || last.metric == "yield" && scene.before(q, 1) == "to" && q.value < 20.0)
        && !q.grouped
        && q.value < 100.0;
    let names = scene.mentions.iter().any(|m| m.end == q.first);
    let linked = names
        || any_of(
            scene.before(q, 1),
            list!("against|versus|vs|and|from|to|than|,|'s|at|of|same|near|is|was|by"),
        );
    let noun = any_of(scene.key(q.end), list!("times|x|million|billion|trillion|points|points."));
    let named = scene.cues.iter().any(|c| {
        let ratio = Signal::Metric("pe");
        c.first >= before.end && c.end <= q.first && c.signal == ratio
    });
    let near = q.first - before.end <= 18 && q.value <= before.value * 5.0 + 5.0;
    (alike && linked && near && !noun && !named).then_some(Reading { goes_on: true, ..*last })
}

/// A price-earnings ratio and its kin.
fn multiple(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    let ratio = |s: Signal| {
        matches!(s, Signal::Metric("pe" | "pe_forward" | "pe_trailing" | "price_to_book"))
    };
    if !(0.2..200.0).contains(&q.value) {
        return None;
    }
    let near = scene.nearest(q, ratio).filter(|(cost, _)| *cost <= 26);
    let of_earnings = q.measure == Measure::Multiple
        && (q.end..q.end + 3).any(|i| any_of(scene.key(i), list!("earnings|profits|eps")));
    let last = last.filter(|l| {
        matches!(
            l.metric,
            "pe_forward" | "pe_trailing" | "pe_average" | "pe_range" | "price_to_book"
        )
    });
    let metric = match (near, last) {
        (Some((_, cue)), _) => match cue.signal {
            Signal::Metric("pe") => multiple_of_what(scene, q, last),
            Signal::Metric(metric) => metric,
            _ => return None,
        },
        (None, _) if of_earnings => multiple_of_what(scene, q, last),
        (None, Some(last)) => multiple_of(last.metric),
        (None, None) => return None,
    };
    let compared =
        last.is_some() && any_of(scene.before(q, 1), list!("versus|vs|against|with|than|to|."));
    let exact = compared || q.decimals > 0 || q.measure == Measure::Multiple || q.range.is_some();
    let said = any_of(scene.before(q, 1), list!("of|at|to|[|'s|(")) || scene.before(q, 2) == "of";
    if !(exact || said || scene.key(q.end) == "times") {
        return None;
    }
    let window = q.first.saturating_sub(14)..q.first;
    let clause = window.rev().take_while(|&i| scene.key(i) != ",").last().unwrap_or(q.first);
    let own = clause..q.first;
    let metric = if metric == "price_to_book" {
        metric
    } else if scene.has_phrase(clause..q.first, list!("range|ranged|ranging|fluctuated")) {
        "pe_range"
    } else if scene.cues.iter().any(|c| c.signal == Signal::Average && own.contains(&c.first)) {
        "pe_average"
    } else {
        metric
    };
    Some(Reading { cue: near.map(|(_, c)| c), ..Reading::new(metric, "ratio") })
}

/// An average of a ratio is followed by the ratio itself.
fn multiple_of(metric: &'static str) -> &'static str {
    if matches!(metric, "pe_average" | "pe_range") { "pe_trailing" } else { metric }
}

/// Whether a plain `P/E` is one on expected or on past earnings.
fn multiple_of_what(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> &'static str {
    let words =
        |range| {
            scene.find_phrase(
            range,
            list!("forward|expected earnings|estimated|projected|next 12 months|next year|expected|\
                12 month forward"),
        )
        };
    let before = q.first.saturating_sub(16)..q.first;
    let trailing = scene.has_phrase(before.clone(), list!("trailing|ttm|past 12 months"));
    if !trailing && (words(before).is_some() || words(q.end..q.end + 8).is_some()) {
        return "pe_forward";
    }
    match last {
        Some(last) if !trailing => multiple_of(last.metric),
        _ => "pe_trailing",
    }
}

/// Measures that are pure numbers, and indexes of the economy.
fn statistic(scene: &Scene, q: &Quantity, last: Option<&Reading>) -> Option<Reading> {
    if let Some(last) =
        last.filter(|l| matches!(l.metric, "pmi" | "beta" | "correlation" | "sharpe"))
        && (former(scene, q, last) || goes_on(scene, q))
        && q.value < 100.0
    {
        return Some(*last);
    }
    let (cost, cue) = scene.nearest(q, |s| {
        matches!(
            s,
            Signal::Metric("beta" | "correlation" | "sharpe" | "z_score" | "pmi" | "percentile")
        )
    })?;
    let Signal::Metric(metric) = cue.signal else { return None };
    let said = any_of(scene.before(q, 1), list!("is|was|of|at|stands|stood|to|near|averaged"));
    if cost > if said { 24 } else { 14 } {
        return None;
    }
    match metric {
        "pmi" if (25.0..75.0).contains(&q.value) && q.value != 50.0 => {
            Some(Reading::new("pmi", "index_points").from(cue))
        }
        "beta" | "correlation" | "sharpe" | "z_score" if q.decimals > 0 => {
            Some(Reading::new(metric, "ratio").from(cue).signed(q.sign))
        }
        _ => None,
    }
}

/// `its 200-day moving average of 2,465.52`, `the 50-day average of the Dow was 39,120`.
fn moving_average(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let named = Signal::Metric("moving_average");
    let cue = scene.cues.iter().rev().find(|c| c.signal == named && c.end <= q.first)?;
    let link = list!(
        "of|the|is|was|at|stands|stood|sits|sat|near|around|about|now|currently|roughly|(|\
        which|,|'s|line|came|comes|in|small|cap|index"
    );
    let held = |i: usize| scene.mentions.iter().any(|m| (m.first..m.end).contains(&i));
    let linked = (cue.end..q.first).all(|i| held(i) || any_of(scene.key(i), link));
    let large = q.value >= 20.0 && (q.decimals > 0 || q.grouped || q.value >= 100.0);
    (linked && large && q.first - cue.end <= 12)
        .then(|| Reading::new("moving_average", "index_points"))
}

/// A level of an index: large, printed like one, and said to be one.
fn level(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let vix = scene.mentions.iter().any(|m| m.code == "VIX" && m.end <= q.first);
    let ism = scene.mentions.iter().any(|m| m.code == "ISM" && m.end <= q.first);
    if ism && (25.0..75.0).contains(&q.value) && q.value != 50.0 && q.decimals > 0 {
        return Some(Reading::new("pmi", "index_points"));
    }
    let index = scene.mentions.iter().any(|m| matches!(m.class, Class::Index | Class::Pronoun));
    let large = q.value >= 100.0 && (q.decimals > 0 || q.grouped || q.value >= 1000.0);
    let asked = vix && scene.before(q, 1) == "?";
    let small = asked
        || vix && (5.0..100.0).contains(&q.value) && (q.decimals > 0 || level_before(scene, q));
    let aim =
        list!("the year at|the month at|the week at|the day at|the quarter at|the session at");
    let aimed = q.value >= 100.0
        && scene.has_phrase(q.first.saturating_sub(3)..q.first, aim)
        && any_of(scene.key(q.end), list!(".|,|;|and|by"));
    if aimed && index {
        return Some(Reading::new("level", "index_points"));
    }
    if !(large || small) {
        return None;
    }
    let bracket = scene.in_brackets(q);
    let record = bracket.and_then(|open| open.checked_sub(1)).is_some_and(|at| {
        (0..3).any(|n| {
            at.checked_sub(n)
                .is_some_and(|i| any_of(scene.key(i), list!("close|high|record|peak|low|level")))
        })
    });
    let in_brackets = bracket.is_some() && q.decimals > 0;
    let named = scene.mentions.iter().any(|m| m.class == Class::Index && m.end == q.first);
    let listed = scene.before(q, 1) == ":" && index;
    let printed = q.decimals == 2 && large && (index || record);
    let said = level_before(scene, q) && (index || q.decimals > 0);
    // "from peaks of 11,723 for the Dow"
    let at = q.end + 1 + usize::from(scene.key(q.end + 1) == "the");
    let of_index = q.grouped
        && scene.key(q.end) == "for"
        && scene.mentions.iter().any(|m| m.class == Class::Index && m.first == at);
    (asked || said || of_index || record || in_brackets || named || listed || printed)
        .then(|| Reading::new("level", "index_points"))
}
