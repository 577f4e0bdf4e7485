//! Counts and durations that are claims: streaks, ranks, cases of a study, numbers of records and
//! cuts. Other bare numbers are not.

use super::entity::Class;
use super::lexicon::Signal;
use super::metric::{Reading, unit_name};
use super::number::{Measure, Quantity};
use super::scene::Scene;
use crate::time::LengthUnit;

/// The reading of a count, ordinal or duration, if it claims something.
pub(super) fn reading(scene: &Scene, index: usize) -> Option<Reading> {
    let q = &scene.quantities[index];
    if !matches!(q.measure, Measure::Plain | Measure::Ordinal | Measure::Duration(_)) {
        return None;
    }
    streak(scene, q)
        .or_else(|| records(scene, q))
        .or_else(|| rank(scene, q))
        .or_else(|| out_of(scene, index))
        .or_else(|| decisions(scene, q))
        .or_else(|| cases(scene, q))
        .or_else(|| members(scene, q))
}

fn key<'a>(scene: &'a Scene, i: usize) -> &'a str {
    scene.key(i)
}

fn unit_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "day" | "days" | "session" | "sessions" => "days",
        "month" | "months" => "months",
        "year" | "years" => "years",
        "week" | "weeks" | "quarter" | "quarters" | "weekly" => "count",
        _ => return None,
    })
}

/// Whether a duration only tells how long a streak is that is spoken of: `after eight straight days`.
pub(super) fn in_a_row(scene: &Scene, q: &Quantity) -> bool {
    scene.has_phrase(
        q.first.saturating_sub(2)..q.end + 4,
        &["straight", "consecutive", "in a row", "streak", "streaks", "successive"],
    )
}

/// `four-month winning streak`, `eighth weekly gain in a row`, `14 straight trading days`, `nine days
/// in a row`, `7 record closes in a row`, `a run of gains longer than nine days`.
fn streak(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let (from, to) = (q.end, q.end + 9);
    let stop =
        (from..to).find(|&i| matches!(key(scene, i), "," | ";" | "." | "" | "(")).unwrap_or(to);
    let words = [
        "in a row",
        "straight",
        "consecutive",
        "in succession",
        "successive",
        "running",
        "streak",
        "streaks",
        "losing streak",
        "winning streak",
        "on end",
        "consecutively",
        "back to back",
        "winning run",
        "losing run",
        "win streak",
        "skid",
    ];
    let marker = scene.find_phrase(from..stop, &words);
    let copula = matches!(
        scene.before(q, 1),
        "been" | "was" | "is" | "to" | "of" | "went" | "lasted" | "than"
    );
    let reach = if copula { 16 } else { 3 };
    let before = !matches!(q.measure, Measure::Ordinal)
        && scene.has_phrase(
            q.first.saturating_sub(reach)..q.first,
            &["streak", "run of", "straight run", "winning run", "losing run", "streaks"],
        )
        && (q.end..q.end + 2).any(|i| unit_of(key(scene, i)).is_some())
        || matches!(q.measure, Measure::Duration(_))
            && copula
            && scene.has_phrase(
                q.first.saturating_sub(reach)..q.first,
                &["streak", "run of", "winning run"],
            );
    let cycle = matches!(q.measure, Measure::Duration(_))
        && scene.has_phrase(
            from..from + 3,
            &[
                "cycle",
                "stretch",
                "slump",
                "slide",
                "rally",
                "run",
                "underperformance",
                "outperformance",
                "losing",
                "winning",
                "win",
                "decline",
                "bear market",
            ],
        )
        && q.adjective;
    let wait = q.adjective
        && scene.has_phrase(from..from + 2, &["drought", "wait", "absence", "dry spell"]);
    if wait {
        return Some(Reading::new("other", unit_name(q.measure)));
    }
    // "the day after eight straight days of gains" tells when, not what
    let condition = matches!(scene.before(q, 1), "after" | "following");
    if marker.is_none() && !before && !cycle || condition {
        return None;
    }
    // "40 such nine-day win streaks": the count is of cases
    let others = |at: usize| key(scene, at).ends_with("streaks") || scene.between(q.end, at) > 0;
    if marker.is_some_and(others) {
        return None;
    }
    if before && marker.is_none() && !matches!(q.measure, Measure::Duration(_) | Measure::Plain) {
        return None;
    }
    let unit = match q.measure {
        Measure::Duration(_) => unit_name(q.measure),
        Measure::Ordinal => ordinal_unit(scene, from, stop),
        _ => (from..stop).find_map(|i| unit_of(key(scene, i))).unwrap_or("count"),
    };
    Some(Reading::new("streak", unit))
}

fn ordinal_unit(scene: &Scene, from: usize, stop: usize) -> &'static str {
    (from..stop).find_map(|i| unit_of(key(scene, i))).unwrap_or("count")
}

/// `17-month high`, `the third-best year`, `first time in 30 years`, `worst inflation in 40 years`.
fn rank(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let extreme = |i: usize| {
        matches!(
            key(scene, i),
            "high"
                | "highs"
                | "low"
                | "lows"
                | "best"
                | "worst"
                | "biggest"
                | "largest"
                | "highest"
                | "lowest"
                | "strongest"
                | "weakest"
                | "steepest"
                | "longest"
                | "smallest"
                | "fastest"
                | "deepest"
                | "sharpest"
                | "most"
                | "least"
                | "greatest"
                | "time"
                | "closest"
                | "slowest"
                | "record"
                | "peak"
                | "hottest"
                | "first"
        )
    };
    match q.measure {
        Measure::Duration(_) if q.adjective => {
            let near = (q.end..q.end + 3).find(|&i| extreme(i) && key(scene, i) != "record")?;
            matches!(
                key(scene, near),
                "high" | "highs" | "low" | "lows" | "peak" | "best" | "worst"
            )
            .then(|| Reading::new("rank", unit_name(q.measure)))
        }
        Measure::Duration(
            LengthUnit::Years | LengthUnit::Months | LengthUnit::Sessions | LengthUnit::Weeks,
        ) => {
            let before = q.first.saturating_sub(1);
            let more =
                matches!(key(scene, before), "than" | "about" | "nearly" | "almost" | "over");
            let at = if more {
                (before.saturating_sub(2)..=before).find(|&i| key(scene, i) == "in")?
            } else {
                before
            };
            if key(scene, at) != "in" {
                return None;
            }
            let superlative = (at.saturating_sub(8)..at).any(extreme);
            superlative.then(|| ranked(scene, at, unit_name(q.measure)))
        }
        Measure::Ordinal if q.value >= 2.0 => extreme(q.end)
            .then(|| Reading::new("rank", "count"))
            .filter(|_| key(scene, q.end) != "time"),
        _ => None,
    }
}

/// `the worst inflation in 40 years` is said of inflation, other superlatives of a price.
fn ranked(scene: &Scene, at: usize, unit: &'static str) -> Reading {
    let economy = scene.cues.iter().find_map(|c| match c.signal {
        Signal::Metric(metric @ ("inflation" | "unemployment"))
            if c.first < at && at - c.end <= 3 =>
        {
            Some(metric)
        }
        _ => None,
    });
    Reading::new(economy.unwrap_or("rank"), unit)
}

/// `10 out of 11 instances`, `13 of 15 weeks`, `27 of the following 12-months`, `Of the 28 periods`.
fn out_of(scene: &Scene, index: usize) -> Option<Reading> {
    let q = &scene.quantities[index];
    let integer = |q: &Quantity| {
        q.decimals == 0
            && matches!(q.measure, Measure::Plain | Measure::Duration(_))
            && !q.adjective
    };
    if !integer(q) {
        return None;
    }
    let linked = |a: &Quantity, b: &Quantity| {
        let between: Vec<&str> = (a.end..b.first).map(|i| key(scene, i)).collect();
        matches!(
            between.as_slice(),
            ["out", "of"]
                | ["of"]
                | ["out", "of", "the"]
                | ["of", "the"]
                | ["out", "of", "the", "last"]
                | ["of", "the", "last"]
                | ["of", "the", "past"]
                | ["out", "of", "the", "past"]
                | ["in"]
                | ["times", "out", "of"]
                | ["of", "those"]
                | ["of", "only"]
                | ["of", "the", "previous"]
                | ["of", "these"]
        ) && between != ["in"]
    };
    let next = scene.quantities.get(index + 1);
    let previous = index.checked_sub(1).map(|i| &scene.quantities[i]);
    if next.is_some_and(|n| integer(n) && linked(q, n) && q.value <= n.value) {
        // "one of only four periods" counts the four
        let only = key(scene, q.end + 1) == "only" || q.value == 1.0 && q.in_words;
        return (!only).then(|| Reading::new("event_successes", "count"));
    }
    if previous.is_some_and(|p| integer(p) && linked(p, q) && p.value <= q.value) {
        return Some(Reading::new("event_count", "count"));
    }
    let of_the = scene
        .tokens
        .any_phrase(
            q.end,
            &["of the following", "of the next", "of those", "of these", "of them", "of which"],
        )
        .is_some();
    let earlier = scene.quantities[..index].iter().any(|p| integer(p) && p.value >= q.value);
    (of_the && earlier).then(|| Reading::new("event_successes", "count"))
}

/// `57 all-time highs`, `its 35th record close`.
fn records(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if !matches!(q.measure, Measure::Plain | Measure::Ordinal) || q.decimals > 0 {
        return None;
    }
    let cue = scene.cues.iter().find(|c| {
        c.signal == Signal::Metric("record_count") && c.first >= q.end && c.first <= q.end + 2
    });
    if let Some(cue) = cue {
        let plain = scene.between(q.end, cue.first) == 0;
        return plain.then(|| Reading::new("record_count", "count"));
    }
    // "and adding more than 35 in 2025"
    let earlier = scene.quantities.iter().find(|o| {
        o.end <= q.first
            && scene.cues.iter().any(|c| {
                c.signal == Signal::Metric("record_count")
                    && c.first >= o.end
                    && c.first <= o.end + 1
            })
    })?;
    let bare = q.measure == Measure::Plain
        && !q.in_words
        && q.first - earlier.end < 20
        && matches!(key(scene, q.end), "in" | "so" | "this" | "during" | "for");
    bare.then(|| Reading::new("record_count", "count"))
}

/// `two more cuts`, `fifth rate hike of the year`, `only one official dissented`.
fn decisions(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if !matches!(q.measure, Measure::Plain | Measure::Ordinal) || q.decimals > 0 || q.value > 50.0 {
        return None;
    }
    if q.measure == Measure::Ordinal && q.value < 2.0 {
        return None;
    }
    let clause = (q.end..q.end + 6)
        .find(|&i| matches!(key(scene, i), "," | ";" | "." | "" | "and"))
        .unwrap_or(q.end + 6);
    let policy = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Cut | Signal::Hike) && c.first >= q.end && c.first < clause
    }) || (q.end..clause)
        .any(|i| matches!(key(scene, i), "cut" | "cuts" | "hike" | "hikes" | "reductions"));
    let dissent = (q.end..clause + 1).any(|i| {
        matches!(
            key(scene, i),
            "dissented" | "dissenting" | "dissents" | "dissent" | "dissenter" | "dissenters"
        )
    });
    if dissent
        || policy
            && (q.measure == Measure::Ordinal || q.in_words || scene.between(q.end, clause) <= 1)
    {
        let metric = if q.measure == Measure::Ordinal { "event_count" } else { "other" };
        return Some(Reading::new(metric, "count").about("FED"));
    }
    None
}

/// `17 occurrences`, `22 times since 1928`, `28 periods`, `four of the sectors declined`.
fn cases(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if q.measure != Measure::Plain || q.decimals > 0 || q.value < 1.0 || q.value > 20_000.0 {
        return None;
    }
    // "one such place" counts nothing, "the single negative period" does
    let single = scene.key(q.first) == "single" && scene.before(q, 1) == "the";
    if q.value == 1.0 && q.in_words && !single {
        return None;
    }
    let stop = (q.end..q.end + 6)
        .find(|&i| matches!(key(scene, i), "," | ";" | "." | "" | "(" | ")"))
        .unwrap_or(q.end + 6);
    if let Some(metric) = sectors(scene, q, stop) {
        return Some(Reading::new(metric, "count").index());
    }
    let noun = (q.end..stop)
        .find(|&i| scene.cues.iter().any(|c| c.signal == Signal::Case && c.first == i));
    let told = [
        "since",
        "only",
        "such",
        "been",
        "history",
        "happened",
        "occurred",
        "previous",
        "earlier",
        "prior",
        "past",
        "those",
        "of them",
        "where",
        "instances",
        "after",
        "positive",
        "negative",
        "rolling",
        "there",
        "that includes",
        "single",
    ];
    let history = scene.has_phrase(scene.range.clone(), &told);
    let multiple = key(scene, q.end) == "times"
        && matches!(
            key(scene, q.end + 1),
            "as" | "more"
                | "higher"
                | "larger"
                | "earnings"
                | "forward"
                | "sales"
                | "the"
                | "its"
                | "their"
                | "expected"
                | "book"
                | "trailing"
        );
    let window = matches!(scene.before(q, 1), "last" | "past" | "next" | "following" | "over");
    let elliptic =
        scene.before(q, 1) == "been" && matches!(key(scene, q.end), "where" | "in" | "since");
    if (noun.is_none() && !elliptic) || !history || multiple || window {
        return None;
    }
    let time_noun = noun.is_some_and(|i| unit_of(key(scene, i)).is_some());
    if time_noun
        && !scene.has_phrase(scene.range.clone(), &["rolling", "such", "only", "of them", "those"])
    {
        return None;
    }
    let success = scene.in_brackets(q).is_some_and(|open| {
        (1..=12).any(|n| {
            matches!(
                open.checked_sub(n).map_or("", |i| key(scene, i)),
                "positive" | "up" | "higher" | "down" | "negative" | "lower"
            )
        })
    });
    Some(Reading::new(if success { "event_successes" } else { "event_count" }, "count"))
}

/// `Four of the S&P 500 sectors declined while seven gained`.
fn sectors(scene: &Scene, q: &Quantity, stop: usize) -> Option<&'static str> {
    let counted = (q.end..stop + 2).any(|i| {
        matches!(
            key(scene, i),
            "sectors" | "stocks" | "components" | "industries" | "indexes" | "indices"
        )
    });
    let moved = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Up | Signal::Down) && c.first >= q.end && c.first <= q.end + 8
    });
    let elliptic = q.in_words
        && scene
            .cues
            .iter()
            .any(|c| matches!(c.signal, Signal::Up | Signal::Down) && c.first == q.end)
        && scene.has_phrase(scene.range.clone(), &["sectors", "stocks", "indexes"]);
    (counted
        && moved
        && q.value <= 600.0
        && !scene.has_phrase(q.first.saturating_sub(2)..q.first, &["all"])
        || elliptic)
        .then_some("event_count")
}

/// `The index holds 2,000 small companies`.
fn members(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if q.measure != Measure::Plain || q.decimals > 0 || q.value < 10.0 {
        return None;
    }
    let noun = (q.end..q.end + 5).any(|i| {
        matches!(
            key(scene, i),
            "companies" | "stocks" | "firms" | "constituents" | "members" | "names" | "components"
        )
    });
    let holds = scene.has_phrase(
        q.first.saturating_sub(6)..q.first,
        &[
            "holds",
            "tracks",
            "contains",
            "comprises",
            "includes",
            "consists of",
            "made up of",
            "composed of",
            "covers",
            "measures",
            "tracking",
            "represents",
            "comprising",
            "containing",
            "comprised of",
        ],
    );
    let index = scene.mentions.iter().any(|m| {
        matches!(m.class, Class::Index | Class::Listed | Class::Pronoun) && m.end <= q.first
    });
    (noun && holds && index).then(|| Reading::new("constituents", "count").index())
}
