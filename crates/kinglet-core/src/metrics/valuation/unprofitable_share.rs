//! Unprofitable share: how many of the companies lose money, or what part of the weight they have.
//!
//! # Definition
//! $$ u = \#\{ i : y_i < 0 \} / n \quad\text{by count} $$
//! $$ u = \sum_{y_i < 0} w_i \Big/ \sum_i w_i \quad\text{by weight} $$
//! where $n$ is the number of companies whose sign is known, $w_i$ a weight and $y_i$ the earnings:
//! for `of: trailing` those of the last four quarters (a company that states a trailing P/E earns
//! money; else a negative net margin or, of a company without sales, a negative return on positive
//! equity says that it does not), for `of: forward` those expected for the next year. Holdings and
//! weights are as for `pe_forward`.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), the sign is known for less than half of the weight
//! (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::{NetMargin, PeTrailing}, query::{Evaluator, Query}};
//! # use kinglet_core::view::example_fund;
//! let view = example_fund(&[
//!     ("A", 60.0, &[(PeTrailing, 15.0)]),
//!     ("B", 20.0, &[(PeTrailing, 20.0)]),
//!     ("C", 20.0, &[(NetMargin, -0.4)]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("unprofitable_share(IWM, @2025-08-29)").display(), "33.33%");
//! assert_eq!(answer("unprofitable_share(IWM, @2025-08-29, by: weight)").display(), "20.00%");
//! ```
//!
//! # References
//! Fama, French (2004), New Lists: Fundamentals and Survival Rates, Journal of Financial Economics
//! 73(2) (profitability of small companies, negative earnings as unprofitable).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{BY, COMPANIES, EARNINGS, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::portfolio::{Cover, Known, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "unprofitable_share",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &BY, &EARNINGS],
        example: "unprofitable_share(IWM, @2026-08-08)",
        phrases: &[
            "{value} of companies are unprofitable",
            "{value} have negative earnings",
            "{value} lose money",
            "{value} are unprofitable",
        ],
        code: Some(ClaimCode::Open("unprofitable_share")),
        revision: 2,
        source: include_str!("unprofitable_share.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "unprofitable_share(IWM, @2026-08-08, of: forward)",
            want: 20.12,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "unprofitable_share(IWM, @2026-08-08, by: weight, of: forward)",
            want: 14.27,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

/// Plus one for a profit, minus one for a loss, by what tells it.
pub(in crate::metrics) fn sign<'a>(
    portfolio: &Portfolio<'a>,
    of: &str,
    symbol: &str,
) -> Option<(f64, Known<'a>)> {
    let figure = |item| portfolio.figure(item, symbol);
    let signed = |known: Known<'a>| Some((known.figure.value.signum(), known));
    if of == "forward" {
        return signed(figure(Item::PeForward)?);
    }
    if let Some(known) = figure(Item::PeTrailing).or_else(|| figure(Item::NetIncome)) {
        return signed(known);
    }
    let negative = |known: &Known<'_>| known.figure.value < 0.0;
    let solvent = figure(Item::PriceToBook).is_some_and(|book| book.figure.value > 0.0);
    let lost = figure(Item::NetMargin).filter(negative);
    let lost = lost.or_else(|| figure(Item::ReturnOnEquity).filter(negative).filter(|_| solvent));
    lost.map(|known| (-1.0, known))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let of = scope.choice(&EARNINGS);
    let cover: Cover<'_> = portfolio.cover("profits", |symbol| sign(&portfolio, of, symbol))?;
    let (count, by_weight) = cover.negative();
    let share = match scope.choice(&BY) {
        "weight" => by_weight,
        _ => count as f64 / cover.companies.len() as f64,
    };
    cover.outcome(share, Unit::Fraction)
}
