//! Questions about every definition: its example with other arguments, one or two at a time.

use std::collections::BTreeMap;

use kinglet_core::definition::{Metric, Param, ParamKind};
use kinglet_core::metrics::CATALOG;
use kinglet_core::query::{Expr, Query};

/// Those about each definition, with its name, in order of the catalogue.
pub(crate) fn all() -> Vec<(&'static str, Vec<Query>)> {
    CATALOG.iter().map(|metric| (metric.definition.name, questions(metric))).collect()
}

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
    "study(when: return(RUT, month) > 900%, then: return(RUT, +6m)).mean",
    "study(when: return(RUT, month) > 0, then: return(XYZ, +6m)).mean",
    "study(when: percentile(return(RUT, month), of: month) > 50%, then: return(RUT, +1m)).n",
    "yield(UST:10y, 2025-08-29)",
    "yield(UST:10y, 2025-08-30)",
    "yield_spread(CURVE:2s10s, 2025-08-30)",
];

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
        ParamKind::Figure(figures) => {
            return figures.iter().map(|figure| figure.name.to_owned()).collect();
        }
        ParamKind::Length => &["1d", "6m", "90y"],
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
    let example: Query = metric.definition.example.parse().expect("a query");
    let Expr::Call(call) = example.expr() else { panic!("{example} is no call") };
    let given = metric.definition.params.iter().zip(&call.args);
    given.filter_map(|(param, arg)| Some((param.name, arg.as_ref()?.to_string()))).collect()
}

fn query(metric: &Metric, arguments: &BTreeMap<&str, String>) -> Option<Query> {
    let params = metric.definition.params.iter();
    let mut figure = String::new();
    let texts = params.filter_map(|param| {
        let value = arguments.get(param.name)?;
        if let ParamKind::Figure(_) = param.kind {
            figure = format!(".{value}");
            return None;
        }
        Some(if param.named { format!("{}: {value}", param.name) } else { value.clone() })
    });
    let texts: Vec<String> = texts.collect();
    format!("{}({}){figure}", metric.definition.name, texts.join(", ")).parse().ok()
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
