//! Why there is no value: each reason that a header names under "Undefined when" occurs, and none
//! occurs that it does not name. Every example is asked with other arguments, one at a time, of
//! data that are whole, missing, still, falling, odd or full of holes.

mod worlds;

use std::collections::{BTreeMap, BTreeSet};

use kinglet_core::definition::{Metric, Param, ParamKind};
use kinglet_core::metrics::{CATALOG, find};
use kinglet_core::query::{Evaluator, Query};

/// Every reason that a definition may have.
const REASONS: &[&str] = &[
    "coverage",
    "incomplete",
    "losses_unknown",
    "negative_earnings",
    "no_bars",
    "no_companies",
    "no_distributions",
    "no_event",
    "no_interest",
    "no_levels",
    "no_observation",
    "no_projections",
    "no_series",
    "no_session",
    "no_shares",
    "not_in_model",
    "not_over",
    "not_positive",
    "not_whole",
    "outside_coverage",
    "outside_domain",
    "period_empty",
    "period_kind",
    "stale",
    "too_long",
    "too_short",
    "zero_variance",
];

/// What any period or result may bring about, as docs/concepts/queries.md says.
const GENERAL: &[&str] =
    &["not_finite", "no_session", "outside_calendar", "period_empty", "period_kind"];

/// Reasons that a header names with another definition whose parameters this one lacks.
const LACKING: &[(&str, &[&str])] = &[
    ("drawdown_count", &["no_event", "not_whole"]),
    ("earnings_yield", &["negative_earnings"]),
    ("eps_breadth", &["negative_earnings", "no_levels", "no_observation", "no_series"]),
    ("factor_alpha", &["incomplete", "not_in_model"]),
    ("factor_fit", &["incomplete", "not_in_model", "not_whole"]),
    ("factor_loading", &["incomplete"]),
    ("time_under_high", &["not_positive", "not_whole", "outside_domain", "too_short"]),
    ("weak_coverage", &["no_interest"]),
];

/// Questions that differ from an example in more than one argument and a period.
const FURTHER: &[&str] = &[
    "confidence_limit(return(RUT, 1988-01..2026-10), side: lower, draws: 60000)",
    "distance_from_high(RUT, @2025-04-08)",
    "distance_from_high(RUT, @2025-04-08, sessions: 0.5)",
    "distance_from_high(RUT, @2025-04-08, sessions: 60000)",
    "dividend_yield(IWM, @2026-06-30)",
    "earnings_yield(IWM, @2025-08-29)",
    "eps_growth(IWM, @2025-08-29, of: reported)",
    "flow(IWM, 2026-01-05..2026-01-12)",
    "implied_growth(IWM, @2025-08-29)",
    "month_of_year(2025-08-30, is: august)",
    "pe_discount(IWM, IWM, @2025-08-29)",
    "pe_discount(SPX, SPX, 2026-05)",
    "pe_discount(SPX, SPX, 2026-06)",
    "pe_trailing(IWM, @2025-08-29)",
    "rate_change(UST:10y, 1987)",
    "ratio_to(IWM, IWM, @2025-08-29)",
    "ratio_to(SPX, SPX, 2026-05)",
    "ratio_to(SPX, SPX, 2026-06)",
    "real_yield(UST:10y, 2025-08-30)",
    "yield(UST:10y, 2025-08-29)",
    "yield(UST:10y, 2025-08-30)",
    "yield_spread(CURVE:2s10s, 2025-08-30)",
];

/// The reasons that a header names, also by "as for" another definition.
fn named(metric: &Metric) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![metric.definition.name];
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        let text = find(name).expect("a definition").definition.documentation();
        let (_, after) = text.split_once("# Undefined when\n").expect("the section");
        let (section, _) = after.split_once("\n# ").expect("a section after it");
        for word in section.split('`').skip(1).step_by(2) {
            if let Some(reason) = REASONS.iter().find(|reason| **reason == word) {
                found.insert(*reason);
            } else if let Some(other) = find(word) {
                open.push(other.definition.name);
            }
        }
    }
    found
}

/// Other texts for an argument.
fn others(param: &Param) -> Vec<String> {
    let texts: &[&str] = match param.kind {
        ParamKind::Entity | ParamKind::Companies | ParamKind::Members => {
            &["XYZ", "SPX", "IWM", "US", "A"]
        }
        ParamKind::Period => &[
            "@2025-08-29",
            "@2010-03-31",
            "@2026-12-31",
            "@2027-06-30",
            "2025-08-29",
            "2025-08",
            "2025",
            "2024",
            "2019",
            "2027",
            "2030",
            "1950",
            "1986",
            "1y@2025-08-28",
            "1d@2025-08-29",
            "3d@2025-08-29",
            "40d@2025-08-29",
            "2025-06-12..2025-09-18",
            "1985-01..2025-12",
            "2025-07..2025-08",
            "10y@2025-08-29",
            "1y@2026-12-30",
            "@2026-11-30",
            "2026-04",
            "2026-05",
            "2026-06",
            "2026-07",
            "2026-11",
            "2026-11-04",
            "40d@2026-11-30",
            "2026-03..2026-10",
            "2026-06-03..2026-11-24",
        ],
        ParamKind::Bound => &["1950", "2027", "2025", "2024-12", "1990"],
        ParamKind::Basis => &["price", "total"],
        ParamKind::Number(_) => &[
            "0", "1", "2", "3", "0.5", "-1", "25", "99", "10000", "0%", "-10%", "10%", "50%",
            "90%", "100%", "200%", "0bp", "100bp",
        ],
        ParamKind::Choice(words) => return words.iter().map(|word| (*word).to_owned()).collect(),
        ParamKind::Query => &["return(XYZ, month)", "return(RUT, year)", "level(IWM, day)"],
        ParamKind::Condition => &["return(XYZ, month) > 0", "return(RUT, month) > 900%"],
        ParamKind::Statistic => {
            &["return(RUT, 2024)", "level(RUT, 2025-08-29)", "sharpe_ratio(RUT, 2024, rf: 0%)"]
        }
        ParamKind::Member => &["1950-01", "2025-08", "2027-01"],
    };
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The arguments of an example as texts, by the names of their parameters.
fn arguments(metric: &Metric) -> BTreeMap<&'static str, String> {
    let text = metric.definition.example;
    let inner = &text[text.find('(').expect("a call") + 1..text.len() - 1];
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inner.chars() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().expect("one at least").push(c),
        }
    }
    let params = metric.definition.params;
    let part = |(at, part): (usize, &String)| {
        let part = part.trim();
        let name = params.iter().filter(|param| param.named).find_map(|param| {
            let value = part.strip_prefix(param.name)?.strip_prefix(": ")?;
            Some((param.name, value.to_owned()))
        });
        name.unwrap_or_else(|| (params[at].name, part.to_owned()))
    };
    parts.iter().enumerate().map(part).collect()
}

fn query(metric: &Metric, arguments: &BTreeMap<&str, String>) -> Option<Query> {
    let params = metric.definition.params.iter();
    let texts = params.filter_map(|param| {
        let value = arguments.get(param.name)?;
        Some(if param.named { format!("{}: {value}", param.name) } else { value.clone() })
    });
    let texts: Vec<String> = texts.collect();
    format!("{}({})", metric.definition.name, texts.join(", ")).parse().ok()
}

/// The example, with another argument, with another argument and period, and what is asked besides.
fn questions(metric: &Metric) -> Vec<Query> {
    let params = metric.definition.params;
    let example = arguments(metric);
    let is_period = |param: &&&Param| param.kind == ParamKind::Period;
    let periods = params.iter().find(is_period).map_or(Vec::new(), |param| {
        let put = |text| example.clone().into_iter().chain([(param.name, text)]).collect();
        others(param).into_iter().map(put).collect::<Vec<BTreeMap<&str, String>>>()
    });
    let mut found = BTreeMap::new();
    for base in std::iter::once(&example).chain(&periods) {
        for param in params {
            for text in others(param) {
                let mut arguments = base.clone();
                arguments.insert(param.name, text);
                found.extend(query(metric, &arguments).map(|query| (query.to_string(), query)));
            }
        }
        found.extend(query(metric, base).map(|query| (query.to_string(), query)));
    }
    let of_it = |text: &&&str| text.split('(').next() == Some(metric.definition.name);
    let further = FURTHER.iter().filter(of_it).map(|text| text.parse().expect("a query"));
    found.into_values().chain(further).collect()
}

/// The reasons that a query may give: those of every definition in it.
fn possible(query: &Query) -> BTreeSet<&'static str> {
    let mut found: BTreeSet<&str> = GENERAL.iter().copied().collect();
    query.expr().visit(&mut |call| found.extend(named(call.metric)));
    found
}

#[test]
fn every_reason_occurs_and_no_other() {
    let mut occurred: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut wrong = BTreeSet::new();
    let questions: Vec<(&str, Vec<Query>)> =
        CATALOG.iter().map(|metric| (metric.definition.name, questions(metric))).collect();
    for world in worlds::all() {
        let evaluator = Evaluator::new(&world);
        for (name, query) in questions.iter().flat_map(|(n, all)| all.iter().map(move |q| (n, q))) {
            let Err(why) = evaluator.answer(query).result else { continue };
            occurred.entry(name).or_default().insert(why.code);
            if !possible(query).contains(why.code) {
                wrong.insert(format!("{name} does not name {}: {query}: {why}", why.code));
            }
        }
    }
    for metric in CATALOG {
        let name = metric.definition.name;
        let lacking = LACKING.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, all)| all);
        for reason in named(metric) {
            let is_met = occurred.get(name).is_some_and(|all| all.contains(reason));
            if is_met == lacking.contains(&reason) {
                let what = if is_met { "occurs" } else { "does not occur" };
                wrong.insert(format!("{name}: {reason} {what}"));
            }
        }
    }
    let shown: Vec<&str> = wrong.iter().map(String::as_str).take(40).collect();
    assert!(wrong.is_empty(), "\n{}", shown.join("\n"));
}
