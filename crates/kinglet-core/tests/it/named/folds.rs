//! Definitions over other questions, which have sentences of their own.

use kinglet_core::metrics::find;
use kinglet_core::quantity::display;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::verdict::Verdict;

use super::super::synthetic::{Alteration, view};
use super::audited;

/// Definitions that fold others, or whose period is part of their name.
pub(super) const NAMES: [&str; 11] = [
    "study",
    "count",
    "cases",
    "share",
    "average",
    "streak",
    "rank",
    "percentile",
    "z_score",
    "confidence_limit",
    "crisis_return",
];

/// A sentence around a phrase and the question that it asks.
const SENTENCES: &[(&str, &str, &str, &str)] = &[
    (
        "percentile",
        "in the {value} percentile of its history",
        "In December 2014, the CAPE of the S&P 500 stood PHRASE.",
        "percentile(cape(SPX, month), of: 2014-12)",
    ),
    (
        "percentile",
        "the {value} percentile",
        "The CAPE of the S&P 500 was at PHRASE in June 2019.",
        "percentile(cape(SPX, month), of: 2019-06)",
    ),
    (
        "z_score",
        "a z-score of {value}",
        "In December 2014, the CAPE of the S&P 500 had PHRASE.",
        "z_score(cape(SPX, month), of: 2014-12)",
    ),
    (
        "z_score",
        "{value} standard deviations from its mean",
        "In June 2019, the CAPE of the S&P 500 was PHRASE.",
        "z_score(cape(SPX, month), of: 2019-06)",
    ),
    (
        "confidence_limit",
        "a confidence limit of {value}",
        "From 2014 to 2023, the Sharpe ratio of the Russell 2000 had PHRASE on the lower side.",
        "confidence_limit(sharpe_ratio(RUT, 2014..2023), side: lower)",
    ),
    (
        "confidence_limit",
        "a lower confidence limit of {value}",
        "From 2014 through 2023, the Sharpe ratio of the Russell 2000 had PHRASE.",
        "confidence_limit(sharpe_ratio(RUT, 2014..2023), side: lower)",
    ),
    (
        "confidence_limit",
        "an upper confidence limit of {value}",
        "From 2014 through 2023, the Sharpe ratio of the Russell 2000 had PHRASE.",
        "confidence_limit(sharpe_ratio(RUT, 2014..2023), side: upper)",
    ),
    (
        "streak",
        "a {value} winning streak",
        "The Russell 2000 had PHRASE in June 2026.",
        "streak(return(RUT, month) > 0, ending: 2026-06)",
    ),
    (
        "share",
        "{value} of the time",
        "After months in which the Russell 2000 gained 10% or more, it rose PHRASE over the next \
         six months.",
        "share(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%)",
    ),
    (
        "average",
        "an average of {value}",
        "After months in which the Russell 2000 gained 10% or more, it returned PHRASE over the \
         next six months.",
        "average(return(RUT, +6m), when: return(RUT, month) >= 10%)",
    ),
    (
        "average",
        "averaged {value}",
        "After months in which the Russell 2000 gained 10% or more, its return over the next six \
         months PHRASE.",
        "average(return(RUT, +6m), when: return(RUT, month) >= 10%)",
    ),
    (
        "count",
        "{value} times",
        "The Russell 2000 has gained 10% or more in a month PHRASE since 1990.",
        "count(return(RUT, month) >= 10%, since: 1990)",
    ),
    (
        "count",
        "{value} occurrences",
        "There have been PHRASE of monthly gains of 10% or more by the Russell 2000 since 1990.",
        "count(return(RUT, month) >= 10%, since: 1990)",
    ),
    (
        "cases",
        "a sample of {value}",
        "The Russell 2000 gained 10% or more in a month in PHRASE cases since 1990.",
        "cases(return(RUT, +6m), when: return(RUT, month) >= 10%, since: 1990)",
    ),
    (
        "rank",
        "{value} best month",
        "June 2026 was the PHRASE of the Russell 2000 since 1990.",
        "rank(return(RUT, month), of: 2026-06, since: 1990)",
    ),
    (
        "streak",
        "{value} in a row",
        "The Russell 2000 rose PHRASE through June 2026.",
        "streak(return(RUT, month) > 0, ending: 2026-06)",
    ),
    (
        "share",
        "{value} of cases",
        "After months in which the Russell 2000 gained 10% or more, it rose in PHRASE over the \
         next six months.",
        "share(return(RUT, +6m) > 0, when: return(RUT, month) >= 10%)",
    ),
    (
        "rank",
        "{value} largest gain",
        "June 2026 brought the PHRASE of the Russell 2000 in a month since 1990.",
        "rank(return(RUT, month), of: 2026-06, since: 1990)",
    ),
    (
        "crisis_return",
        "returned {value} in the 1987 crash",
        "The Russell 2000 PHRASE.",
        "crisis_return(RUT, in: crash_1987)",
    ),
    (
        "crisis_return",
        "lost {value} in the financial crisis",
        "The Russell 2000 PHRASE.",
        "crisis_return(RUT, in: financial_2007)",
    ),
    (
        "crisis_return",
        "fell {value} in the covid crash",
        "The Russell 2000 PHRASE.",
        "crisis_return(RUT, in: covid_2020)",
    ),
    (
        "crisis_return",
        "fell {value} in the tariff selloff",
        "The S&P 500 PHRASE.",
        "crisis_return(SPX, in: tariffs_2025)",
    ),
];

fn ordinal(place: u32) -> String {
    match (place % 10, place % 100 / 10) {
        (1, tens) if tens != 1 => format!("{place}st"),
        (2, tens) if tens != 1 => format!("{place}nd"),
        (3, tens) if tens != 1 => format!("{place}rd"),
        _ => format!("{place}th"),
    }
}

/// The figure of a phrase as it is printed there.
fn printed(name: &str, query: &Query, value: f64, wrong: bool) -> String {
    let shown = match name {
        "rank" => return ordinal(if wrong { value as u32 * 2 } else { value as u32 }),
        "percentile" => {
            let place = (100.0 * value).round() as u32;
            return ordinal(if wrong { (place + 41) % 97 + 1 } else { place });
        }
        "crisis_return" => value.abs(),
        _ => value,
    };
    let shown = if wrong { shown * 1.7 + 0.05 * shown.signum() } else { shown };
    display(shown, query.spelling(), query.spelling().decimals())
}

#[test]
fn folds_and_crises_are_read_back() {
    let day = Date::constant(2026, 6, 30);
    let mut wrong = Vec::new();
    // a study gives many figures and has no sentence of its own
    for name in NAMES.iter().filter(|name| **name != "study") {
        assert!(SENTENCES.iter().any(|sentence| sentence.0 == *name), "no sentence of {name}");
    }
    for (name, phrase, sentence, query) in SENTENCES {
        let definition = &find(name).expect("a definition").definition;
        assert!(definition.phrases.contains(phrase), "{name} has no phrase `{phrase}`");
        let query: Query = query.parse().unwrap_or_else(|d| panic!("{query}: {d}"));
        let falls = ["lost", "fell"].iter().any(|word| phrase.contains(word));
        let world = (1..60).find_map(|seed| {
            let known = view(seed, Alteration::none()).until(Cutoff::end_of(day));
            let value = Evaluator::new(&known).answer(&query).result.ok()?.quantity.value;
            let suits = if falls { value < -0.01 } else { value.abs() > 0.01 };
            suits.then_some((known, value))
        });
        let Some((known, value)) = world else { panic!("no data for {query}") };
        for is_wrong in [false, true] {
            let figure = printed(name, &query, value, is_wrong);
            let text = sentence.replace("PHRASE", &phrase.replace("{value}", &figure));
            let at = text.find(&figure).expect("the figure");
            let found = audited(&text, at, day, &known);
            let right = found.as_ref().is_some_and(|(claim, verdict, _)| {
                let named = claim.definition == Some(name) || claim.metric == *name;
                let supported = *verdict == Verdict::Supported;
                named && supported != is_wrong
            });
            if !right {
                let found =
                    found.map(|(c, v, why)| (c.metric, c.definition, c.period_text(), v, why));
                wrong.push(format!("{name}: {text}\n    {query}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
