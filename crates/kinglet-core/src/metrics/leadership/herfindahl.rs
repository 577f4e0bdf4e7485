//! Herfindahl index: how concentrated the weights of companies are.
//!
//! # Definition
//! $$ H = \sum_i (100\, w_i)^2 $$
//! where $w_i$ is the weight of company $i$, so that one company alone has 10000 and $n$ of equal
//! weight have $10000 / n$: see `effective_number`. Holdings and weights are as for `pe_forward`;
//! each class of shares that is held counts.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), or the period is not one moment (`period_kind`) or
//! lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 60.0, &[]), ("B", 20.0, &[]), ("C", 20.0, &[])]);
//! let query: Query = "herfindahl(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4400.00");
//! ```
//!
//! # References
//! Herfindahl (1950), Concentration in the U.S. Steel Industry, dissertation, Columbia University;
//! Rhoades (1993), The Herfindahl-Hirschman Index, Federal Reserve Bulletin 79(3).

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::portfolio::Portfolio;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "herfindahl",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT],
        example: "herfindahl(IWM, @2026-05-05)",
        phrases: &["a herfindahl index of {value}"],
        code: None,
        revision: 2,
        source: include_str!("herfindahl.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "herfindahl(IWM, @2026-05-05)",
            want: 18.785_714_713,
            within: 0.000_001,
            from: "numpy 2.4.6 over the market values of the equities of \
                   iwm_holdings_2026-05-05.csv: 10000 * (w**2).sum()",
        },
        Golden {
            query: "herfindahl(LARGEST:500, @2026-08-08)",
            want: 190.979_720_514,
            within: 0.000_001,
            from: "numpy 2.4.6 over the marketCap of the companies of `pe_forward(LARGEST:500, \
                   @2026-08-08)`: 10000 * (w**2).sum()",
        },
    ],
};

/// The sum of the squared weights.
pub(super) fn sum_of_squares(portfolio: &Portfolio<'_>) -> f64 {
    sum(portfolio.positions.iter().map(|position| position.weight * position.weight))
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    Ok(Outcome {
        quantity: finite(10_000.0 * sum_of_squares(&portfolio), Unit::Ratio)?,
        interval: Some(Interval::at(portfolio.day)),
        rows: portfolio.rows(),
        notices: portfolio.notices,
    })
}
