//! EPS breadth: the share of companies whose earnings grow.
//!
//! # Definition
//! $$ b = \#\{ i : g_i > 0 \} / n $$
//! where $\#$ counts, $n$ is the number of companies with a growth and $g_i$ that of company $i$:
//! for `of: expected` of the earnings of the next year over those of the last four quarters, for
//! `of: reported` of the last quarter over the same quarter of the year before. Companies with
//! losses have no growth. Holdings are as for `pe_forward`.
//!
//! # Undefined when
//! As `eps_growth` of companies.
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{PeForward, PeTrailing};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! let view = example_fund(&[
//!     ("A", 100.0, &[(PeTrailing, 20.0), (PeForward, 12.5)]),
//!     ("B", 100.0, &[(PeTrailing, 10.0), (PeForward, 11.0)]),
//! ]);
//! let query: Query = "eps_breadth(IWM, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "50.00%");
//! ```
//!
//! # References
//! Chan, Jegadeesh, Lakonishok (1996), Momentum Strategies, Journal of Finance 51(5) (earnings
//! news and revisions).

use super::eps_growth::growths;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{COMPANIES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["expected", "reported"]),
    "expected",
    "the next year's earnings against the last, or the last quarter's against the year before",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "eps_breadth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &OF],
        example: "eps_breadth(IWM, @2026-08-08)",
        phrases: &["{value} of companies grew their earnings", "{value} reported higher earnings"],
        code: Some(ClaimCode::Open("share")),
        revision: 2,
        source: include_str!("eps_breadth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[Golden {
        query: "eps_breadth(IWM, @2026-08-08)",
        want: 80.68,
        within: 0.005,
        from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(&COMPANIES, &MOMENT)?;
    let (newer, older) = growths(&portfolio, scope.choice(&OF))?;
    let both = newer.companies.iter().zip(&older.companies);
    let growing = both.filter(|(new, old)| new.value > old.value).count();
    let share = growing as f64 / newer.companies.len() as f64;
    newer.outcome(share, Unit::Fraction)
}
