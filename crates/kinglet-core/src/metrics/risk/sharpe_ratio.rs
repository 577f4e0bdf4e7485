//! Sharpe ratio: the mean return above the riskless one for each unit of its deviation, a year.
//!
//! # Definition
//! $$ S = \sqrt{m}\,\bar{e} / s_e \quad\text{(arithmetic)} $$
//! $$ S = \Big(\prod_t (1 + e_t)^{m/n} - 1\Big) \Big/ (\sqrt{m}\, s_e) \quad\text{(geometric)} $$
//! where $e_t = u_t - f_t$, $\bar{e}$ is its mean and $s_e$ its standard deviation with divisor
//! $n - 1$; $u_t$ is the simple return of observation $t$ of $n$: from month-end to month-end
//! (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$)
//! or from session to session (`grain: day`, $m = 252$), and $f_t$ the riskless return of the same
//! observation: the rate a year that `rf` gives, or else the yield of three-month Treasuries last
//! public when the observation begins (by day, else the monthly average), over $m$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the excess returns do not differ (`zero_variance`),
//! all is lost (`not_positive`), a close or rate is missing (`incomplete`, `no_observation`; a
//! rate may be 100 days old) or a close not positive (`not_positive`), there is no such series
//! or rate (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "sharpe_ratio(RUT, 3d@2025-08-29, grain: day, rf: 0%)".parse().unwrap();
//! // The mean is 3.33%, the deviation 11.55%: sqrt(252 / 12).
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.58");
//! ```
//!
//! # References
//! Sharpe (1994), The Sharpe Ratio, Journal of Portfolio Management 21(1); the geometric form as
//! in PerformanceAnalytics, SharpeRatio.annualized.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, METHOD, PERIOD, RATE, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::mean;
use crate::numeric::performance::{annual, deviation, excess};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "sharpe_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &METHOD, &GRAIN, &BASIS, &RATE],
        example: "sharpe_ratio(RUT, 2014..2023)",
        phrases: &["a sharpe ratio of {value}", "a sharpe of {value}"],
        code: Some(ClaimCode::Open("sharpe")),
        revision: 1,
        source: include_str!("sharpe_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "sharpe_ratio(RUT, 2014..2023)",
            want: 0.315_545_597_2,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: \
                   ex.mean() / ex.std() * 12 ** 0.5",
        },
        Golden {
            query: "sharpe_ratio(RUT, 2014..2023, method: geometric)",
            want: 0.218_083_150_8,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: ((1 + \
                   ex).prod() ** (12 / len(ex)) - 1) / (ex.std() * 12 ** 0.5)",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let mut sample = scope.sample(&SUBJECT)?;
    let riskless = scope.riskless(&mut sample)?;
    let excess = excess(&sample.returns, &riskless);
    let deviation = deviation(&excess).ok_or_else(Sample::still)? * sample.per_year.sqrt();
    let gain = match scope.choice(&METHOD) {
        "geometric" => annual(&excess, sample.per_year).ok_or_else(Sample::lost)?,
        _ => mean(&excess).ok_or_else(Sample::still)? * sample.per_year,
    };
    sample.outcome(gain / deviation, Unit::Ratio)
}
