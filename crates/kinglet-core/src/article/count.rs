//! Counts and durations that are claims: streaks, ranks, cases of a study, numbers of records and
//! cuts. Other bare numbers are not.

mod lasting;
mod rank;
mod set;
mod streak;
mod study;

use super::entity::{Class, Mention, OTHER};
use super::lexicon::Signal;
use super::metric::Reading;
use super::number::{Measure, Quantity};
use super::scene::Scene;
use super::token::any_of;
use super::words::list;

pub(super) use lasting::{is_denied, is_each, is_of_moves};
pub(super) use streak::{in_a_row, is_condition};

/// The reading of a count, ordinal or duration, if it claims something.
pub(super) fn reading(scene: &Scene, index: usize) -> Option<Reading> {
    let q = &scene.quantities[index];
    if !matches!(q.measure, Measure::Plain | Measure::Ordinal | Measure::Duration(_)) {
        return None;
    }
    study::nth_time(scene, q)
        .or_else(|| percentile(scene, q))
        .or_else(|| lasting::on_each(scene, q))
        .or_else(|| family(scene, q))
        .or_else(|| rank::among(scene, q))
        .or_else(|| study::out_of(scene, index))
        .or_else(|| streak::streak(scene, q))
        .or_else(|| set::is_set(scene, index).then(|| Reading::new("event_count", "count")))
        .or_else(|| lasting::lasting(scene, q))
        .or_else(|| records(scene, q))
        .or_else(|| rank::rank(scene, q))
        .or_else(|| decisions(scene, q))
        .or_else(|| study::cases(scene, q))
        .or_else(|| members(scene, q))
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

/// `the 18th percentile`.
fn percentile(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let noun = matches!(scene.key(q.end), "percentile" | "percentiles");
    (noun && q.measure == Measure::Ordinal).then(|| Reading::new("percentile", "percent"))
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
    let bare = q.measure == Measure::Plain
        && !q.in_words
        && matches!(scene.key(q.end), "in" | "so" | "this" | "during" | "for");
    if !bare {
        return None;
    }
    let earlier = scene.quantities.iter().find(|o| {
        o.end <= q.first
            && scene.cues.iter().any(|c| {
                c.signal == Signal::Metric("record_count")
                    && c.first >= o.end
                    && c.first <= o.end + 1
            })
    })?;
    (q.first - earlier.end < 20).then(|| Reading::new("record_count", "count"))
}

/// `two more cuts`, `fifth rate hike of the year`, `only one official dissented`.
fn decisions(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if !matches!(q.measure, Measure::Plain | Measure::Ordinal) || q.decimals > 0 || q.value > 50.0 {
        return None;
    }
    if q.measure == Measure::Ordinal && q.value < 2.0 {
        return None;
    }
    let fed = scene.mentions.iter().any(|m| m.code == "FED");
    if fed && q.measure == Measure::Plain && any_of(scene.key(q.end), list!("increases|reductions"))
    {
        return Some(Reading::new("event_count", "count").about("FED"));
    }
    let priced = scene.mentions.iter().any(|m| m.class == Class::Index);
    let clause = (q.end..q.end + 6)
        .find(|&i| matches!(scene.key(i), "," | ";" | "." | "" | "and"))
        .unwrap_or(q.end + 6);
    let policy = scene.cues.iter().any(|c| {
        matches!(c.signal, Signal::Cut | Signal::Hike) && c.first >= q.end && c.first < clause
    }) || (q.end..clause)
        .any(|i| matches!(scene.key(i), "cut" | "cuts" | "hike" | "hikes" | "reductions"));
    let dissent = (q.end..clause + 1).any(|i| {
        any_of(scene.key(i), list!("dissented|dissenting|dissents|dissent|dissenter|dissenters"))
            || scene
                .tokens
                .any_phrase(i, list!("voted no|voted against|broke ranks|objected"))
                .is_some()
    });
    // "has cut rates three times this year"
    let stepped =
        fed && any_of(scene.before(q, 1), list!("cut|hiked|eased|tightened|raised|moved"));
    let times = (scene.key(q.end) == "times" || scene.key(q.first) == "twice")
        && (stepped
            || scene.cues.iter().any(|c| {
                matches!(c.signal, Signal::Cut | Signal::Hike)
                    && c.end <= q.first
                    && q.first - c.end <= 3
            }));
    if times {
        return Some(Reading::new("event_count", "count").about("FED"));
    }
    let step = q.measure == Measure::Ordinal
        && (scene
            .tokens
            .any_phrase(q.end, list!("in the cycle|of the cycle|this cycle"))
            .is_some()
            || any_of(scene.key(q.end), list!("increase|reduction|hike|cut|move"))
                && (scene.has_phrase(q.end..q.end + 5, list!("cycle|rates|campaign"))
                    || fed && !priced));
    if dissent
        || step
        || policy
            && (q.measure == Measure::Ordinal || q.in_words || scene.between(q.end, clause) <= 1)
    {
        let metric = if q.measure == Measure::Ordinal { "event_count" } else { "other" };
        return Some(Reading::new(metric, "count").about("FED"));
    }
    None
}

/// `one of 21 indexes`, `the family of 21 indexes`.
fn family(scene: &Scene, q: &Quantity) -> Option<Reading> {
    let family = any_of(scene.before(q, 1), list!("of|'s"))
        && (q.end..q.end + 4).any(|i| any_of(scene.key(i), list!("indexes|indices")));
    let whole = q.measure == Measure::Plain && q.decimals == 0 && q.value > 12.0;
    (family && whole).then(|| Reading::new("constituents", "count").about(OTHER))
}

/// `The index holds 2,000 small companies`.
fn members(scene: &Scene, q: &Quantity) -> Option<Reading> {
    if q.measure != Measure::Plain || q.decimals > 0 || q.value < 10.0 {
        return None;
    }
    let noun = (q.end..q.end + 5).any(|i| {
        any_of(
            scene.key(i),
            list!(
                "companies|stocks|firms|constituents|members|names|components|\
            equities|holdings|securities"
            ),
        )
    });
    let holds = scene.has_phrase(
        q.first.saturating_sub(6)..q.first,
        list!(
            "holds|held|owns|tracks|follows|contains|comprises|includes|consists of|made up of|\
            composed of|covers|\
            measures|tracking|represents|comprising|containing|comprised of"
        ),
    );
    // "the barometer of 30 big companies"
    let sum = scene.before(q, 1) == "of"
        && any_of(scene.before(q, 2), list!("index|average|barometer|gauge|benchmark"));
    let member = any_of(scene.key(q.end), list!("members|constituents|components|holdings"));
    let has =
        member && any_of(scene.before(q, 1), list!("has|have|had|with|roughly|about|nearly|its"));
    let there = scene.before(q, 1) == "are" && scene.before(q, 2) == "there";
    let whole = |m: &Mention| matches!(m.class, Class::Index | Class::Listed | Class::Pronoun);
    if noun && is_sized(scene, q) && scene.mentions.iter().any(|m| whole(m) && m.end <= q.first) {
        return Some(Reading::new("constituents", "count").index());
    }
    let index = scene.mentions.iter().any(|m| whole(m) && m.end <= q.first);
    let inside = scene.mentions.iter().any(|m| {
        whole(m) && (q.end + 2..q.end + 6).contains(&m.first) && scene.key(q.end + 1) == "in"
    });
    ((noun || sum) && (holds || has || sum) && (index || sum) || noun && there && inside)
        .then(|| Reading::new("constituents", "count").index())
}

/// Whether as many as there are in an index are said to be the largest or the smallest: `the 2,000
/// smallest companies`, `the top 500 companies`, `the average of 30 big companies`. A few largest
/// ones are only a part of it.
fn is_sized(scene: &Scene, q: &Quantity) -> bool {
    let extreme = list!("largest|smallest|biggest|top|leading");
    let size = list!("large|small|smaller|larger|big|blue");
    let before = any_of(scene.before(q, 1), extreme);
    let after = (q.end..q.end + 4).any(|i| any_of(scene.key(i), extreme))
        || scene.before(q, 1) == "of" && any_of(scene.key(q.end), size);
    q.value >= 30.0 && (before || after)
}
