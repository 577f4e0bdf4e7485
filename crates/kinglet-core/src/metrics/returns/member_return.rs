//! Member return: what the companies of a fund returned, all, or those that earn or lose money.
//!
//! # Definition
//! $$ R = \sum_i w_i\,P_{i,e} / P_{i,b} \Big/ \sum_i w_i - 1 $$
//! where $P_{i,b}$ and $P_{i,e}$ are the closes of company $i$ in the base session $b$ and the
//! last session $e$ of the period, adjusted for splits and distributions where the data have them,
//! and $w_i$ its weight in the last holdings known at the close of $b$, 1 by count (`by: count`):
//! bought then, and held. `which` takes all companies, or those whose earnings are positive or
//! negative, as told by `unprofitable_share`, by what was known at the close of $b$
//! (`known: then`) or where the data end (`known: now`). That is hindsight: companies that did
//! well in the period earn money now; the answer says so. Companies without a close on both days,
//! as those that were bought up, are left out.
//!
//! # Undefined when
//! The sign of the earnings of companies with half of the weight is not known, or fewer than half
//! of the weight of those asked for have both closes (`coverage`), as where the data hold no prices
//! of companies; no holdings were known on the day (`no_companies`), or they are older than a year
//! (`stale`); the period is one moment (`period_kind`), or ends after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeTrailing, query::Evaluator};
//! # use kinglet_core::view::{example_fund_later, example_series};
//! use kinglet_core::identity::Basis::Total;
//! // What the fund held on 2025-08-29, and closes a month later.
//! let view = example_fund_later(&[
//!     ("A", 75.0, &[(PeTrailing, 12.0)]), ("B", 25.0, &[(PeTrailing, -8.0)]),
//! ]);
//! let closes = |last| example_series("A", &[("2025-08-29", 10.0), ("2025-09-30", last)]);
//! let view = view.with_series("A", Total, &closes(11.0)).with_series("B", Total, &closes(8.0));
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("member_return(IWM, 2025-08-29..2025-09-30)"), "2.50%");
//! assert_eq!(answer("member_return(IWM, 2025-08-29..2025-09-30, by: count)"), "-5.00%");
//! let losing = "member_return(IWM, 2025-08-29..2025-09-30, which: unprofitable)";
//! assert_eq!(answer(losing), "-20.00%");
//! ```
//!
//! # References
//! Asness, Frazzini, Israel, Moskowitz, Pedersen (2018), Size Matters, If You Control Your Junk,
//! Journal of Financial Economics 129.

use super::super::valuation::unprofitable_share::sign;
use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{EARNINGS, MEMBERS, PERIOD};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::numeric::sum;
use crate::portfolio::{Portfolio, Position, ROWS_MAX};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

/// The least share of the weight for which something must be known.
const COVERAGE_MIN: f64 = 0.5;

static WHICH: Param = Param::with_default(
    "which",
    ParamKind::Choice(&["all", "profitable", "unprofitable"]),
    "all",
    "all companies, those that earn money, or those that lose it",
);
static KNOWN: Param = Param::with_default(
    "known",
    ParamKind::Choice(&["then", "now"]),
    "then",
    "whether earnings are those known when the period began, or where the data end: hindsight",
);
static BY: Param = Param::with_default(
    "by",
    ParamKind::Choice(&["weight", "count"]),
    "weight",
    "whether a company counts by its weight, or each alike",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "member_return",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&MEMBERS, &PERIOD, &WHICH, &EARNINGS, &KNOWN, &BY],
        example: "member_return(IWM, 2025-12-31..2026-07-31, which: profitable, known: now)",
        phrases: &[
            "unprofitable members returned {value}",
            "profitable members returned {value}",
            "loss-making members returned {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("member_return.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "member_return(IWM, 2025-12-31..2026-07-31)",
            want: 17.238_650_09,
            within: 0.000_001,
            from: "pandas 3.1.1 over price_panel_daily.csv.gz, g = last / first, of the equities \
                   of iwm_holdings_2025-11-05.csv: (w * g).sum() / w.sum() - 1",
        },
        Golden {
            query: "member_return(IWM, 2025-12-31..2026-07-31, which: unprofitable, of: forward, \
                    known: now)",
            want: 9.463_550_791,
            within: 0.000_001,
            from: "pandas 3.1.1, as above, of those with forwardPE below zero in \
                   us_fundamentals_2026-08-08.csv.gz",
        },
    ],
};

/// A company that was held when the period began, with its growth through it if both closes are
/// known.
struct Held<'a> {
    weight: f64,
    grown: Option<Grown<'a>>,
}

/// By what factor a company grew between two closes.
struct Grown<'a> {
    factor: f64,
    series: &'a Series,
    closes: [Observation; 2],
}

fn weight<'a>(held: impl IntoIterator<Item = &'a Held<'a>>) -> f64 {
    sum(held.into_iter().map(|company| company.weight))
}

/// The growth of a company that has a close on both days.
fn grown<'a>(scope: &Scope<'a>, symbol: &str, (from, to): (Date, Date)) -> Option<Grown<'a>> {
    let view = scope.view();
    let adjusted = view.series(symbol, Basis::Total);
    let series = adjusted.or_else(|_| view.series(symbol, Basis::Price)).ok()?;
    let (base, end) = (series.on(from)?, series.on(to)?);
    let factor = scope.growth(series, *base, *end).ok()?;
    Some(Grown { factor, series, closes: [*base, *end] })
}

/// The companies that are asked for.
fn asked<'a>(
    scope: &Scope<'_>,
    held: &'a Portfolio<'_>,
) -> Result<Vec<&'a Position<'a>>, Undefined> {
    let wanted = match scope.choice(&WHICH) {
        "profitable" => 1.0,
        "unprofitable" => -1.0,
        _ => return Ok(held.positions.iter().collect()),
    };
    let (entity, through) = (scope.entity(&MEMBERS), scope.view().cutoff.through);
    let now = (scope.choice(&KNOWN) == "now").then(|| Portfolio::of(scope.view(), entity, through));
    let now = now.transpose()?;
    let judge = now.as_ref().unwrap_or(held);
    let of = scope.choice(&EARNINGS);
    let judged = held.positions.iter().filter_map(|position| {
        let (sign, _) = sign(judge, of, position.symbol)?;
        Some((position, sign))
    });
    let judged: Vec<(&Position<'_>, f64)> = judged.collect();
    let share = sum(judged.iter().map(|(position, _)| position.weight));
    if share < COVERAGE_MIN {
        let reason = format!(
            "whether they earn money was known on {} of {} of {} companies, with {:.1}% of the \
             weight; `known: now` looks back",
            judge.day,
            judged.len(),
            held.positions.len(),
            100.0 * share
        );
        return Err(Undefined::new("coverage", reason));
    }
    Ok(judged.into_iter().filter(|(_, sign)| *sign == wanted).map(|(p, _)| p).collect())
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (from, to) = scope.change(&PERIOD)?;
    let portfolio = Portfolio::of(scope.view(), scope.entity(&MEMBERS), from)?;
    let by_count = scope.choice(&BY) == "count";
    let asked = asked(scope, &portfolio)?;
    let held: Vec<Held<'_>> = asked
        .iter()
        .map(|position| Held {
            weight: position.weight,
            grown: grown(scope, position.symbol, (from, to)),
        })
        .collect();
    let mut priced: Vec<&Held<'_>> = held.iter().filter(|held| held.grown.is_some()).collect();
    let share = weight(priced.iter().copied()) / weight(&held);
    let which = scope.choice(&WHICH);
    let text = format!(
        "closes of {} of {} companies ({which}) are known, with {:.1}% of their weight",
        priced.len(),
        held.len(),
        100.0 * if held.is_empty() { 0.0 } else { share }
    );
    if priced.is_empty() || share < COVERAGE_MIN {
        return Err(Undefined::new("coverage", text));
    }
    let weigh = |company: &Held<'_>| if by_count { 1.0 } else { company.weight };
    let factor = |company: &Held<'_>| company.grown.as_ref().map_or(0.0, |grown| grown.factor);
    let value = |company: &&Held<'_>| weigh(company) * factor(company);
    let grown = sum(priced.iter().map(value)) / sum(priced.iter().map(|company| weigh(company)));
    priced.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let heaviest = priced.iter().filter_map(|company| company.grown.as_ref()).take(ROWS_MAX / 2);
    let rows = heaviest.flat_map(|held| held.closes.map(|close| scope.row(held.series, close)));
    let rows = rows.collect();
    let mut notices = portfolio.notices;
    notices.push(Notice { code: "coverage", text });
    if which != "all" && scope.choice(&KNOWN) == "now" {
        let through = scope.view().cutoff.through;
        let text = format!("sorted with hindsight, by the earnings known on {through}");
        notices.push(Notice { code: "hindsight", text });
    }
    Ok(Outcome {
        quantity: finite(grown - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows,
        notices,
    })
}
