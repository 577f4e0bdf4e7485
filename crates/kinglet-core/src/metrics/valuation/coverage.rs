//! Coverage: the share of the weight of companies for which a figure is known.
//!
//! # Definition
//! $$ c = \sum_{i \in K} w_i \Big/ \sum_i w_i $$
//! where $w_i$ is the weight of company $i$ and $K$ the companies of which the figure `of` was
//! known on the day, at most a year old: their trailing or forward P/E, price to book, EV/EBITDA,
//! debt or interest expense. Holdings and weights are as for `pe_forward`. What is said of all
//! companies rests on this share; below one half it has no value.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), or the period is not one moment (`period_kind`) or
//! lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeForward, query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 60.0, &[(PeForward, 15.0)]), ("B", 40.0, &[])]);
//! let query: Query = "coverage(IWM, @2025-08-29, of: forward)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "60.00%");
//! ```
//!
//! # References
//! Little, Rubin (2019), Statistical Analysis with Missing Data, 3rd edition, chapter 1.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["trailing", "forward", "book", "ebitda", "debt", "interest"]),
    "trailing",
    "which figure must be known",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "coverage",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &OF],
        example: "coverage(IWM, @2026-08-08, of: forward)",
        phrases: &["{value} of the weight is covered"],
        code: None,
        revision: 2,
        source: include_str!("coverage.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "coverage(IWM, @2026-08-08, of: forward)",
            want: 91.55,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "coverage(IWM, @2026-08-08)",
            want: 65.58,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let item = match scope.choice(&OF) {
        "forward" => Item::PeForward,
        "book" => Item::PriceToBook,
        "ebitda" => Item::EvToEbitda,
        "debt" => Item::Debt,
        "interest" => Item::InterestExpense,
        _ => Item::PeTrailing,
    };
    let all = &portfolio.positions;
    let known: Vec<f64> = all
        .iter()
        .filter(|position| portfolio.figure(item, position.symbol).is_some())
        .map(|position| position.weight)
        .collect();
    let text = format!("{} of {} companies state their {}", known.len(), all.len(), item.name());
    let share = sum(known.iter().copied()).min(1.0);
    let rows = portfolio.rows();
    let mut notices = portfolio.notices;
    notices.push(Notice { code: "counted", text });
    Ok(Outcome {
        quantity: finite(share, Unit::Fraction)?,
        interval: Some(Interval::at(portfolio.day)),
        rows,
        notices,
    })
}
