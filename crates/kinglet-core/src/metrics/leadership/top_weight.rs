//! Top weight: the share of the largest companies in the weight of all.
//!
//! # Definition
//! $$ C_k = \sum_{i=1}^{k} w_{(i)} $$
//! where $w_{(1)} \ge w_{(2)} \ge \dots$ are the weights of the companies and $k$ is the number of
//! the `largest`. Holdings and weights are as for `pe_forward`; each class of shares that is
//! held counts.
//!
//! # Undefined when
//! There are fewer companies than `largest` (`too_short`), that is not a whole number from 1
//! (`not_whole`); neither holdings nor company figures of the subject were known on the day
//! (`no_companies`), the holdings are older than a year (`stale`), or the period is not one moment
//! (`period_kind`) or lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 20.0, &[]), ("B", 60.0, &[]), ("C", 20.0, &[])]);
//! let query: Query = "top_weight(IWM, @2025-08-29, largest: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "80.00%");
//! ```
//!
//! # References
//! Hall, Tideman (1967), Measures of Concentration, Journal of the American Statistical Association
//! 62(317) (the concentration ratio).

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::portfolio::Position;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// So many are named.
const NAMED_MAX: usize = 10;

static LARGEST: Param = Param::with_default(
    "largest",
    ParamKind::Number(Unit::Ratio),
    "10",
    "how many of the largest companies",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "top_weight",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &LARGEST],
        example: "top_weight(IWM, @2026-05-05)",
        phrases: &[
            "top ten holdings make up {value}",
            "ten largest holdings make up {value}",
            "ten largest holdings account for {value}",
        ],
        code: Some(ClaimCode::Open("weight")),
        revision: 2,
        source: include_str!("top_weight.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "top_weight(IWM, @2026-05-05)",
            want: 7.287_636_971,
            within: 0.000_001,
            from: "numpy 2.4.6 over the market values of the equities of \
                   iwm_holdings_2026-05-05.csv: sort(w)[-10:].sum()",
        },
        Golden {
            query: "top_weight(LARGEST:500, @2026-08-08)",
            want: 37.605_487_783,
            within: 0.000_001,
            from: "numpy 2.4.6 over the marketCap of the companies of `pe_forward(LARGEST:500, \
                   @2026-08-08)`: sort(w)[-10:].sum()",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let largest = usize::from(scope.whole(&LARGEST)?);
    let mut positions: Vec<&Position<'_>> = portfolio.positions.iter().collect();
    if positions.len() < largest {
        let reason = format!("there are {} companies, not {largest}", positions.len());
        return Err(Undefined::new("too_short", reason));
    }
    positions.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.symbol.cmp(b.symbol)));
    let top = &positions[..largest];
    let share = sum(top.iter().map(|position| position.weight)).min(1.0);
    let names: Vec<&str> = top.iter().take(NAMED_MAX).map(|position| position.symbol).collect();
    let text = format!("the largest are {}", names.join(", "));
    let named = Notice { code: "largest", text };
    Ok(Outcome {
        quantity: finite(share, Unit::Fraction)?,
        interval: Some(Interval::at(portfolio.day)),
        rows: portfolio.rows(),
        notices: portfolio.notices.into_iter().chain([named]).collect(),
    })
}
