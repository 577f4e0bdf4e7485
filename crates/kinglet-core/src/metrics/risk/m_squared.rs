//! M squared: the yearly return at the risk of a benchmark (Modigliani and Modigliani).
//!
//! # Definition
//! $$ M = R_f + (R_u - R_f)\,s_v / s_u $$
//! where $R_u$ and $R_f$ are the compounded yearly returns of the subject and the riskless
//! investment and $s_u$ and $s_v$ the standard deviations of the returns of subject and benchmark,
//! both with divisor $n - 1$; $u_t$ is the simple return of observation $t$ of $n$: from month-end
//! to month-end (`grain: month`, $m = 12$ a year), from the end of a week to the next
//! (`grain: week`, $m = 52$) or from session to session (`grain: day`, $m = 252$), and $f_t$ the
//! riskless return of the same observation: the rate a year that `rf` gives, or else the yield of
//! three-month Treasuries last public when the observation begins (by day, else the monthly
//! average), over $m$.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the subject does not move (`zero_variance`), all is
//! lost (`not_positive`), a close or rate is missing (`incomplete`, `no_observation`; a rate may
//! be 100 days old) or a close not positive (`not_positive`), there is no such series or rate
//! (`no_series`), or the period ends after the data (`outside_coverage`).
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
//! let query: Query = "m_squared(RUT, SPX, 3d@2025-08-29, grain: day, rf: 0%)".parse().unwrap();
//! let value = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((value - 50.0 * (1.089_f64.powi(84) - 1.0)).abs() < 1e-6);
//! ```
//!
//! # References
//! Modigliani, Modigliani (1997), Risk-Adjusted Performance, Journal of Portfolio Management
//! 23(2); Bacon (2008), chapter 4.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::{annual, deviation};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "m_squared",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &GRAIN, &BASIS, &RATE],
        example: "m_squared(RUT, SPX, 2014..2023)",
        phrases: &[
            "an m2 of {value}",
            "an m-squared of {value}",
            "a modigliani measure of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("m_squared.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "m_squared(RUT, SPX, 2014..2023)",
        want: 4.587_583_945,
        within: 0.000_001,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: (F + \
                   (R - F) * b.std() / r.std()) * 100 of compounded yearly returns",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (mut sample, benchmark) = scope.sample_pair()?;
    let riskless = scope.riskless(&mut sample)?;
    let yearly = |returns: &[f64]| annual(returns, sample.per_year).ok_or_else(Sample::lost);
    let (own, safe) = (yearly(&sample.returns)?, yearly(&riskless)?);
    let risk = deviation(&sample.returns).ok_or_else(Sample::still)?;
    let level = deviation(&benchmark).unwrap_or(0.0) / risk;
    sample.outcome(safe + (own - safe) * level, Unit::Fraction)
}
