//! Beta: how strongly returns above the riskless one answer to those of a benchmark.
//!
//! # Definition
//! $$ \beta = \frac{\sum_t (e_t - \bar{e})(b_t - \bar{b})}{\sum_t (b_t - \bar{b})^2} $$
//! where $e_t = u_t - f_t$ and $b_t$ is formed so of the benchmark; $u_t$ is the simple return of
//! observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a year), from the
//! end of a week to the next (`grain: week`, $m = 52$) or from session to session (`grain: day`,
//! $m = 252$), and $f_t$ the riskless return of the same observation: the rate a year that `rf`
//! gives, or else the yield of three-month Treasuries last public when the observation begins (by
//! day, else the monthly average), over $m$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the benchmark does not move (`zero_variance`), a
//! close or rate is missing (`incomplete`, `no_observation`; a rate may be 100 days old) or a
//! close not positive (`not_positive`), there is no such series or rate (`no_series`), or the
//! period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! // The index returns 10%, -10% and 10%, its benchmark half of that.
//! let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let benchmark = example_series("SPX", &closes([100.0, 105.0, 99.75, 104.737_5]));
//! let view = example(&closes([100.0, 110.0, 99.0, 108.9]))
//!     .with_series("SPX", kinglet_core::identity::Basis::Price, &benchmark);
//! let query: Query = "beta(RUT, SPX, 3d@2025-08-29, grain: day, rf: 0%)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Sharpe (1964), Capital Asset Prices, Journal of Finance 19(3); Bacon (2008), Practical
//! Portfolio Performance Measurement and Attribution, 2nd edition, chapter 4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::{excess, slope};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "beta",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &GRAIN, &BASIS, &RATE],
        example: "beta(RUT, SPX, 2014..2023)",
        phrases: &["a beta of {value}"],
        code: Some(ClaimCode::Open("beta")),
        revision: 1,
        source: include_str!("beta.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "beta(RUT, SPX, 2014..2023)",
        want: 1.156_405_415_6,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: \
                   ex.cov(bx) / bx.var()",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (mut sample, benchmark) = scope.sample_pair()?;
    let riskless = scope.riskless(&mut sample)?;
    let (e, b) = (excess(&sample.returns, &riskless), excess(&benchmark, &riskless));
    let beta = slope(&e, &b).ok_or_else(Sample::still)?;
    sample.outcome(beta, Unit::Ratio)
}
