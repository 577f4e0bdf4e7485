//! Cases of a study: so many of so many.

use super::super::date::month_number;
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::scene::Scene;
use super::super::token::any_of;
use super::super::words::{List, list};
use super::unit_of;

/// `the sixth time since 1928`, `the 27th overall`, `in the previous 26, …`.
pub(super) fn nth_time(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let ordinal = q.measure == Measure::Ordinal
        && q.value >= 2.0
        && any_of(scene.key(q.end), list!("time|overall|occurrence|instance|occasion|such"));
    let before = q.measure == Measure::Plain
        && q.decimals == 0
        && any_of(scene.before(q, 1), list!("previous|prior|past|earlier|other"))
        && any_of(
            scene.key(q.end),
            list!(",|times|instances|cases|occasions|occurrences|streaks|signals"),
        );
    (ordinal || before).then(|| Reading::new("event_count", "count"))
}

/// What may stand before the second number of `31 of the past 69`.
const FILLERS: &str = "the|those|these|same|last|past|previous|prior|first|completed|only|all|\
    other|earlier|such|its|most|recent|following|next|top|largest|biggest|worst|best|'s";

/// `10 out of 11 instances`, `13 of 15 weeks`, `27 of the following 12-months`, `Of the 28
/// periods`.
pub(super) fn out_of(scene: &Scene, index: usize) -> Option<Reading> {
    let q = &scene.quantities[index];
    let integer = |q: &Quantity| {
        q.decimals == 0
            && matches!(q.measure, Measure::Plain | Measure::Duration(_))
            && !q.adjective
    };
    if !integer(q) {
        return None;
    }
    let linked = |a: &Quantity, b: &Quantity| is_linked(scene, a, b);
    if let Some(metric) = of_the_cases(scene, index, integer) {
        return Some(Reading::new(metric, "count"));
    }
    let next = scene.quantities.get(index + 1);
    let previous = index.checked_sub(1).map(|i| &scene.quantities[i]);
    if next.is_some_and(|n| integer(n) && linked(q, n) && q.value <= n.value) {
        // "one of only four periods" counts the four
        let before_in = (1..=2).any(|n| scene.before(q, n) == "in");
        let only = scene.key(q.end + 1) == "only" || q.value == 1.0 && q.in_words && !before_in;
        return (!only).then(|| Reading::new("event_successes", "count"));
    }
    if previous.is_some_and(|p| integer(p) && linked(p, q) && p.value <= q.value) {
        return Some(Reading::new("event_count", "count"));
    }
    if verdict_of_cases(scene, q) || has_share(scene, q) {
        return Some(Reading::new("event_successes", "count"));
    }
    // "in 25 of the 31 years, and for the Russell in 23"
    let again = scene.before(q, 1) == "in"
        && any_of(scene.key(q.end), list!(",|.|;|and"))
        && q.measure == Measure::Plain
        && scene.quantities[..index].windows(2).any(|pair| {
            integer(&pair[0])
                && integer(&pair[1])
                && linked(&pair[0], &pair[1])
                && q.value <= pair[1].value
        });
    if again {
        return Some(Reading::new("event_successes", "count"));
    }
    let failed = q.in_words
        && any_of(scene.key(q.end), list!("were|was|ended"))
        && any_of(scene.before(q, 1), list!("and|,|;|but"))
        && any_of(scene.key(q.end + 1), list!("down|lower|negative|losers"));
    if failed && index > 0 && integer(&scene.quantities[index - 1]) {
        return Some(Reading::new("event_count", "count"));
    }
    let of_the = scene
        .tokens
        .any_phrase(q.end, list!("of the following|of the next|of those|of these|of them|of which"))
        .is_some();
    let earlier = scene.quantities[..index].iter().any(|p| integer(p) && p.value >= q.value);
    (of_the && earlier).then(|| Reading::new("event_successes", "count"))
}

/// Whether the words between two numbers make the first a part of the second: `31 of the past 69`,
/// `15/20`, `27 times in 35 years`.
fn is_linked(scene: &Scene, a: &Quantity, b: &Quantity) -> bool {
    let mut between = (a.end..b.first).map(|i| scene.key(i)).peekable();
    let tally = between.peek() == Some(&"for") && scene.key(b.end) != "the";
    if scene.tokens.is(a.end, '/') {
        return a.end + 1 == b.first;
    }
    if tally || between.peek() == Some(&"in") {
        between.next();
        let scored = scene.has_phrase(scene.range.clone(), list!("hit rate|record|batting|score"));
        return between.next().is_none() && (scored || !tally);
    }
    let times = between.next_if(|word| any_of(word, list!("times|occasions|years"))).is_some();
    // "50 volatile days out of 64"
    let out = scene.find_phrase(a.end..b.first.min(a.end + 4), list!("out of"));
    if let Some(out) = out.filter(|out| (a.end..*out).all(|i| scene.tokens.is_word(i))) {
        return (out + 2..b.first).all(|i| any_of(scene.key(i), list!(FILLERS)));
    }
    let of = between.next();
    let joined = of == Some("of") || times && of == Some("in");
    // "five of the S&P's 10 largest declines"
    let named = |word: &str| {
        scene.mentions.iter().any(|m| {
            let inside = a.end <= m.first && m.end <= b.first && scene.key(m.end) == "'s";
            inside && (m.first..m.end).any(|i| scene.key(i) == word)
        })
    };
    joined && between.all(|word| any_of(word, list!(FILLERS)) || named(word))
}

/// `Of the last 30 Novembers, 21 were positive`: the cases first, then how many of them. And all of
/// them: `higher all four times`, `in each of the past five years`.
fn of_the_cases(
    scene: &Scene,
    index: usize,
    integer: impl Fn(&Quantity) -> bool,
) -> Option<&'static str> {
    let q = &scene.quantities[index];
    let opens = |q: &Quantity| {
        let filler = |i: &usize| any_of(scene.key(*i), list!(FILLERS));
        let start = (scene.range.start..q.first).rev().take_while(filler).last().unwrap_or(q.first);
        let of =
            start.checked_sub(1).filter(|&i| scene.key(i) == "of" && i >= scene.range.start)?;
        let free =
            of == scene.range.start || any_of(scene.key(of - 1), list!(",|;|:|and|but|(|—|-|–"));
        Some((of, free))
    };
    let is_cases = |q: &Quantity| integer(q) && q.value >= 2.0 && opens(q).is_some_and(|o| o.1);
    let is_part = |q: &Quantity, cases: &Quantity| {
        let hedge = usize::from(any_of(scene.before(q, 1), list!("just|only|all|fully|some")));
        integer(q)
            && q.value <= cases.value
            && q.first > cases.end + 1
            && any_of(scene.before(q, 1 + hedge), list!(",|)"))
            && !any_of(scene.key(q.end), list!(",|.|;|:|)|to|"))
    };
    if is_cases(q) {
        let followed = scene.quantities[index + 1..].iter().any(|k| is_part(k, q));
        return followed.then_some("event_count");
    }
    if scene.quantities[..index].iter().rev().find(|n| is_cases(n)).is_some_and(|n| is_part(q, n)) {
        return Some("event_successes");
    }
    if !integer(q) || q.value < 2.0 {
        return None;
    }
    let every = opens(q)
        .and_then(|(of, _)| of.checked_sub(1))
        .is_some_and(|i| any_of(scene.key(i), list!("each|all|every one|none|everyone")));
    let nouns = list!("times|cases|instances|occasions|occurrences|episodes|signals|years|of the");
    let all = scene.before(q, 1) == "all" && scene.tokens.any_phrase(q.end, nouns).is_some();
    match (every, all) {
        (true, _) => Some("event_count"),
        (_, true) => Some("event_successes"),
        _ => None,
    }
}

/// `Nineteen were up`, `positive eight times`, `did better in 21 of them`.
fn verdict_of_cases(scene: &Scene, q: &Quantity) -> bool {
    if q.measure != Measure::Plain || q.value < 1.0 || q.grouped {
        return false;
    }
    let well = list!("up|higher|positive|ahead|winners|gains|gainers|successful");
    let copula = any_of(scene.key(q.end), list!("were|was|ended|finished|closed|proved|had"));
    let subject =
        q.first == scene.range.start || any_of(scene.before(q, 1), list!(",|;|:|and|which"));
    let were = copula && subject && q.in_words && any_of(scene.key(q.end + 1), well);
    let times = scene.key(q.end) == "times"
        && any_of(scene.before(q, 1), list!("up|higher|positive|ahead|gained|risen|rose"));
    let scored = any_of(scene.key(q.end), list!("gains|winners|advances|successes|wins"))
        && scene.cues.iter().any(|c| c.signal == Signal::Average)
        && any_of(scene.before(q, 1), list!("with|,|and|again"));
    let of_them = scene.before(q, 1) == "in"
        && scene
            .tokens
            .any_phrase(
                q.end,
                list!("of them|of those|of these|of the years|of the months|of the cases"),
            )
            .is_some()
        && !matches!(scene.key(q.end + 2), "the");
    let followed =
        scene.tokens.any_phrase(q.end, list!("of them|of those|of these")).is_some_and(|end| {
            let gain = list!("up|higher|positive|ahead|gain|gains|gained|rose|rallied|advanced");
            let verb =
                any_of(scene.key(end), list!("were|was|had|saw|led|ended|brought|finished|closed"));
            verb && (end + 1..end + 6).any(|i| any_of(scene.key(i), gain))
        });
    were || times || of_them || scored || followed
}

/// Words of a sentence that tells of cases.
const HISTORY: &List = list!(
    "since|only|such|been|history|happened|occurred|previous|earlier|prior|past|those|\
    of them|where|instances|after|positive|negative|rolling|there|that includes|single"
);

/// `17 occurrences`, `22 times since 1928`, `28 periods`, `four of the sectors declined`.
pub(super) fn cases(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if is_of_days(scene, q) {
        return Some(Reading::new("event_count", "count"));
    }
    if q.measure != Measure::Plain || q.decimals > 0 || q.value < 1.0 || q.value > 20_000.0 {
        return None;
    }
    // "three- and five-year periods", "after only six days"
    let hyphen = scene.tokens.is(q.end, '-');
    if hyphen || scene.before(q, 1) == "only" && scene.before(q, 2) == "after" {
        return None;
    }
    // "one such place" counts nothing, "the single negative period" does
    let single = scene.key(q.first) == "single" && scene.before(q, 1) == "the";
    if q.value == 1.0 && q.in_words && !single {
        return None;
    }
    let stop = (q.end..q.end + 6)
        .find(|&i| any_of(scene.key(i), list!(",|;|.||(|)")))
        .unwrap_or(q.end + 6);
    if let Some(metric) = sectors(scene, q, stop) {
        return Some(Reading::new(metric, "count").index());
    }
    if is_sorted(scene, q) || scene.key(q.first) == "twice" {
        return Some(Reading::new("event_count", "count"));
    }
    let noun = (q.end..stop)
        .find(|&i| scene.cues.iter().any(|c| c.signal == Signal::Case && c.first == i));
    let history = || scene.has_phrase(scene.range.clone(), HISTORY);
    let multiple = scene.key(q.end) == "times"
        && any_of(
            scene.key(q.end + 1),
            list!(
                "as|more|higher|larger|earnings|forward|sales|the|its|their|\
               expected|book|trailing"
            ),
        );
    let window = matches!(scene.before(q, 1), "last" | "past" | "next" | "following" | "over")
        && noun.is_some_and(|i| unit_of(scene.key(i)).is_some());
    let averaged = scene.before(q, 1) == "in"
        && any_of(
            scene.key(q.end),
            list!("summers|winters|septembers|octobers|decembers|januarys"),
        )
        && scene.cues.iter().any(|c| c.signal == Signal::Average && c.end <= q.first);
    if averaged {
        return Some(Reading::new("event_count", "count"));
    }
    let elliptic =
        scene.before(q, 1) == "been" && matches!(scene.key(q.end), "where" | "in" | "since");
    if (noun.is_none() && !elliptic) || multiple || window || !history() {
        return None;
    }
    let time_noun = noun.is_some_and(|i| unit_of(scene.key(i)).is_some());
    if time_noun && !scene.has_phrase(scene.range.clone(), list!("rolling|such|only|of them|those"))
    {
        return None;
    }
    let success = scene.in_brackets(q).is_some_and(|open| {
        (1..=12).any(|n| {
            any_of(
                open.checked_sub(n).map_or("", |i| scene.key(i)),
                list!("positive|up|higher|down|negative|lower"),
            )
        })
    });
    Some(Reading::new(if success { "event_successes" } else { "event_count" }, "count"))
}

/// Whether it is counted on how many days something was so: `on 12 days`, `on 30 occasions`.
fn is_of_days(scene: &Scene, q: &Quantity) -> bool {
    let on = scene.before(q, 1) == "on";
    let days = on
        && matches!(q.measure, Measure::Plain | Measure::Duration(_))
        && any_of(scene.key(q.end - 1), list!("days|sessions"))
        && q.value >= 2.0;
    let occasions = on && any_of(scene.key(q.end), list!("sessions|occasions"));
    days || occasions && q.measure == Measure::Plain
}

/// Whether times are counted by how they went: `five losing years`, `13 negative Augusts`.
fn is_sorted(scene: &Scene, q: &Quantity) -> bool {
    let kinds = list!("losing|negative|positive|winning|down|up|gaining|profitable");
    let noun = scene.key(q.end + 1);
    let plural = noun.strip_suffix('s').unwrap_or_default();
    let time = unit_of(noun).is_some() || month_number(plural).is_some();
    time && noun.ends_with('s') && any_of(scene.key(q.end), kinds)
}

/// `38 years (76% of the time)`: how often it was so, beside how many times.
fn has_share(scene: &Scene, q: &Quantity) -> bool {
    let open = (q.end..q.end + 4).find(|&i| scene.key(i) == "(");
    let share = open.and_then(|open| scene.quantities.iter().find(|o| o.first == open + 1));
    let of_time = list!("of the time|of the times|of the days|of the cases");
    share.is_some_and(|share| {
        share.measure == Measure::Percent && scene.tokens.any_phrase(share.end, of_time).is_some()
    })
}

/// `Four of the S&P 500 sectors declined while seven gained`.
fn sectors(scene: &Scene, q: &Quantity, stop: usize) -> Option<&'static str> {
    // "the two indexes lost 9% and 12%, respectively" counts nothing
    if scene.before(q, 1) == "the" && any_of(scene.key(q.end), list!("indexes|indices|benchmarks"))
    {
        return None;
    }
    let from = scene.past_brackets(q.end);
    let issues = scene.key(q.end) == "issues";
    let to = if from > q.end { from + 6 } else { stop + 2 };
    let counted = issues
        || (from..to).any(|i| {
            any_of(scene.key(i), list!("sectors|stocks|components|industries|indexes|indices"))
        });
    let moved = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Up | Signal::Down) && c.first >= from && c.first <= from + 8
    });
    let elliptic = q.in_words
        && scene
            .cues
            .iter()
            .any(|c| matches!(c.signal, Signal::Up | Signal::Down) && c.first == q.end)
        && scene.has_phrase(scene.range.clone(), list!("sectors|stocks|indexes"));
    (counted
        && moved
        && (q.value <= 600.0 || issues)
        && !scene.has_phrase(q.first.saturating_sub(2)..q.first, list!("all"))
        || elliptic)
        .then_some("event_count")
}
