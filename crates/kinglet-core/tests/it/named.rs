//! The phrases of every definition, printed with the value that the engine gives, are read back as
//! that definition and are right; with another value they are not.

mod folds;
mod print;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use kinglet_core::article::{self, Claim};
use kinglet_core::metrics::CATALOG;
use kinglet_core::quantity::Unit;
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::verdict::{Context, Verdict, judge};
use kinglet_core::view::View;

use self::print::{Fact, Shape, Sign};
use super::synthetic::{Alteration, view};

/// Data of several seeds: a phrase of a gain needs some in which the value is one.
const SEEDS: usize = 24;

/// What some phrases say by themselves, where that is not what the example asks.
const ASKED: &[(&str, &str)] = &[
    ("a high of {value}", "extremum(RUT, 2025, kind: highest)"),
    ("peaked at {value}", "extremum(RUT, 2025, kind: highest)"),
    (
        "unprofitable members returned {value}",
        "member_return(IWM, 2025-12-31..2026-07-31, which: unprofitable, of: forward)",
    ),
    (
        "loss-making members returned {value}",
        "member_return(IWM, 2025-12-31..2026-07-31, which: unprofitable, of: forward)",
    ),
    ("{value} reported higher earnings", "eps_breadth(IWM, @2026-08-07, of: reported)"),
    ("earnings contributed {value} of the return", "return_component(SPX, 2014)"),
    (
        "dividends contributed {value} of the return",
        "return_component(SPX, 2014, component: dividends)",
    ),
    ("net debt of {value} times ebitda", "debt_to_ebitda(IWM, @2026-08-07, cash: subtracted)"),
    ("a net debt-to-ebitda ratio of {value}", "debt_to_ebitda(IWM, @2026-08-07, cash: subtracted)"),
    ("cut rates by {value}", "rate_change(FED, 2019)"),
    ("raised rates by {value}", "rate_change(FED, 2019)"),
    ("a {value} rate cut", "rate_change(FED, 2019)"),
    (
        "would lift earnings by {value}",
        "rate_effect(IWM, @2026-08-07, change: -100bp, floating: 40%)",
    ),
    ("a three-factor alpha of {value}", "factor_alpha(RUT, 2014..2023, model: size)"),
    ("an abnormal return of {value}", "abnormal_return(RUT, SPX, 2020)"),
];

/// The same questions about other things and other times.
fn others(example: &str) -> Vec<String> {
    let swaps = [
        ("2014..2023", "2006..2012"),
        ("RUT, 2025", "SPX, 2019"),
        ("@2025-08-29", "@2019-03-14"),
        ("@2026-08-08", "@2026-03-31"),
        ("RUT, SPX", "SPX, RUT"),
        ("SPX, 2014-12", "SPX, 2019-06"),
    ];
    let swapped = swaps.iter().filter(|(from, _)| example.contains(from));
    swapped.map(|(from, to)| example.replace(from, to)).collect()
}

fn published(query: &Query) -> Option<Date> {
    let last = print::period(query)?.last_day()?;
    last.checked_add(jiff::Span::new().days(5)).ok()
}

/// The data of the seeds, made once.
struct Worlds([OnceCell<View>; SEEDS]);

impl Worlds {
    /// A fact of the sign that a phrase needs.
    fn fact(&self, query: &Query, sign: Sign) -> Option<(Fact, View)> {
        let published = published(query)?;
        (0..SEEDS).find_map(|seed| {
            let world = self.0[seed].get_or_init(|| view(7 + seed as u64, Alteration::none()));
            let known = world.until(Cutoff::end_of(published));
            let answer = Evaluator::new(&known).answer(query);
            let value = answer.result.as_ref().ok()?.quantity.value;
            let spelling = answer.spelling;
            let fact = Fact { query: query.clone(), published, value, spelling };
            (sign.suits(value) && fact.is_legible()).then_some((fact, known))
        })
    }
}

/// The claim at a place and its verdict.
pub(crate) fn audited(
    text: &str,
    at: usize,
    day: Date,
    view: &View,
) -> Option<(Claim, Verdict, String)> {
    let read = article::read(text, Some(day));
    let index = read.claims.iter().position(|c| c.span.start <= at && at < c.span.end)?;
    let review = judge(&read.claims, Context { text, published: day, read: None }, view);
    let judgement = &review.judgements[index];
    Some((read.claims[index].clone(), judgement.verdict, judgement.reason.clone()))
}

/// Whether a sentence of a definition is read as one, and right as it stands; what is wrong if not.
fn check(
    name: &str,
    (fact, view): (&Fact, &View),
    phrase: &str,
    shape: Shape,
) -> Result<(), String> {
    let told = |what: &str, text: &str, found: Option<&(Claim, Verdict, String)>| {
        let found = found.map(|(c, verdict, reason)| {
            let (entity, period, value) = (&c.entity, c.period_text(), c.value);
            let versus = &c.versus;
            format!(
                "{entity} {versus:?} {} {:?} {period} {value} {} {verdict:?}: {reason}",
                c.metric, c.definition, c.unit
            )
        });
        format!("{what}: {text}\n    {}\n    {}", fact.query, found.unwrap_or_default())
    };
    let (text, at) =
        fact.sentence(phrase, shape, fact.value).ok_or(format!("not printed: {phrase}"))?;
    let found = audited(&text, at, fact.published, view);
    let Some((claim, verdict, _)) = &found else { return Err(told("unread", &text, None)) };
    if claim.definition != Some(name) && claim.metric != name {
        return Err(told("read as something else", &text, found.as_ref()));
    }
    // what is expected or projected is no fact yet
    let expected = ["are expected"].iter().any(|word| phrase.contains(word));
    let right = if expected { Verdict::Forecast } else { Verdict::Supported };
    if *verdict != right {
        return Err(told("not supported", &text, found.as_ref()));
    }
    let wrong = fact.sentence(phrase, shape, fact.wrong()).ok_or("not printed")?;
    let found = audited(&wrong.0, wrong.1, fact.published, view);
    match &found {
        Some((_, Verdict::Supported | Verdict::Imprecise, _)) => {
            Err(told("a wrong figure passes", &wrong.0, found.as_ref()))
        }
        _ => Ok(()),
    }
}

#[test]
fn phrases_are_read_back() {
    let worlds = Worlds(std::array::from_fn(|_| OnceCell::new()));
    let mut failed = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut printed = 0;
    for metric in CATALOG {
        let definition = &metric.definition;
        let name = definition.name;
        let example: Query = definition.example.parse().expect("a query");
        if example.unit() == Unit::Truth || folds::NAMES.contains(&name) {
            continue;
        }
        for phrase in definition.phrases {
            let asked = ASKED.iter().find(|(known, _)| known == phrase).map(|(_, query)| *query);
            let first = asked.unwrap_or(definition.example).to_owned();
            let more = others(&first);
            for (n, text) in [first].into_iter().chain(more).enumerate() {
                let query: Query = text.parse().unwrap_or_else(|d| panic!("{text}: {d}"));
                let Some((fact, view)) = worlds.fact(&query, Sign::of(phrase, metric)) else {
                    if n == 0 {
                        failed.insert(name);
                        wrong.push(format!("no data: `{phrase}` of {query}"));
                    }
                    continue;
                };
                for &shape in Shape::of(phrase) {
                    printed += 1;
                    if let Err(why) = check(name, (&fact, &view), phrase, shape) {
                        failed.insert(name);
                        wrong.push(format!("{name}: {why}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of {printed}: {failed:?}", wrong.join("\n"), wrong.len());
}
