//! Short interest: what share of the traded shares of companies is sold short.
//!
//! # Definition
//! $$ s = \frac{1}{n} \sum_i s_i \quad\text{by count} $$
//! $$ s = \sum_i w_i s_i \Big/ \sum_i w_i \quad\text{by weight} $$
//! where $s_i$ is the share of the float of company $i$ that is sold short, as its source gives it,
//! $w_i$ its weight and $n$ the number of companies of which it is known. It may exceed 100%, since
//! a borrowed share that was sold may be lent again. Exchanges count it twice a month and publish
//! it some days later. Holdings and weights are as for `pe_forward`.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), short interest is known for less than half of the
//! weight (`coverage`), or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::ShortOfFloat;
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[("A", 60.0, &[(ShortOfFloat, 0.05)]),
//!     ("B", 40.0, &[(ShortOfFloat, 0.10)])]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("short_interest(IWM, @2025-08-29)").display(), "7.50%");
//! assert_eq!(answer("short_interest(IWM, @2025-08-29, by: weight)").display(), "7.00%");
//! ```
//!
//! # References
//! Boehmer, Jones, Zhang (2008), Which Shorts Are Informed?, Journal of Finance 63(2); FINRA Rule
//! 4560 (short-interest reporting).

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{BY, COMPANIES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "short_interest",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &BY],
        example: "short_interest(IWM, @2026-08-08)",
        phrases: &["short interest of {value}", "{value} of the float is sold short"],
        code: None,
        revision: 2,
        source: include_str!("short_interest.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "short_interest(IWM, @2026-08-08)",
            want: 10.821_646_474,
            within: 0.000_001,
            from: "numpy 2.4.6 over shortPercentOfFloat of us_fundamentals_2026-08-08.csv, of the \
                   1,567 equities of iwm_holdings_2026-05-05.csv that have one: mean(s)",
        },
        Golden {
            query: "short_interest(IWM, @2026-08-08, by: weight)",
            want: 10.388_409_525,
            within: 0.000_001,
            from: "Python 3 over the same files: sum(w * s) / sum(w), w the market values",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let cover = portfolio.cover("short positions", |symbol| {
        let known = portfolio.figure(Item::ShortOfFloat, symbol)?;
        Some((known.figure.value, known)).filter(|(value, _)| *value >= 0.0)
    })?;
    let share = match scope.choice(&BY) {
        "weight" => cover.mean(),
        _ => sum(cover.companies.iter().map(|c| c.value)) / cover.companies.len() as f64,
    };
    cover.outcome(share, Unit::Fraction)
}
