//! Alpha: the yearly return that beta and the riskless rate do not account for (Jensen).
//!
//! # Definition
//! $$ \alpha = m\,(\bar{e} - \beta \bar{b}) \quad\text{(arithmetic)} $$
//! $$ \alpha = (R_u - R_f) - \beta\,(R_b - R_f) \quad\text{(geometric)} $$
//! where $\beta$ is `beta` on the same observations, $\bar{e}$ and $\bar{b}$ are the mean returns
//! of the two above the riskless one, and $R_u$, $R_b$ and $R_f$ the compounded yearly returns of
//! the subject, the benchmark and the riskless investment; $u_t$ is the simple return of
//! observation $t$ of $n$: from month-end to month-end (`grain: month`, $m = 12$ a year), from the
//! end of a week to the next (`grain: week`, $m = 52$) or from session to session (`grain: day`,
//! $m = 252$); the riskless return is that of `beta`.
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), the benchmark does not move (`zero_variance`), all is
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
//! let query: Query = "alpha(RUT, SPX, 3d@2025-08-29, grain: day, rf: 0%)".parse().unwrap();
//! let value = Evaluator::new(&view).answer(&query).number().unwrap();
//! assert!((value - 0.0).abs() < 1e-6);
//! ```
//!
//! # References
//! Jensen (1968), The Performance of Mutual Funds in the Period 1945-1964, Journal of Finance
//! 23(2); the geometric form as in Bacon (2008), chapter 4, and PerformanceAnalytics,
//! CAPM.jensenAlpha.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, METHOD, PERIOD, RATE, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::mean;
use crate::numeric::performance::{annual, excess, slope};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "alpha",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &METHOD, &GRAIN, &BASIS, &RATE],
        example: "alpha(RUT, SPX, 2014..2023)",
        phrases: &["an alpha of {value}", "a jensen's alpha of {value}"],
        code: None,
        revision: 1,
        source: include_str!("alpha.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "alpha(RUT, SPX, 2014..2023)",
            want: -4.520_366_007,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: \
                   (ex.mean() - beta * bx.mean()) * 12 * 100",
        },
        Golden {
            query: "alpha(RUT, SPX, 2014..2023, method: geometric)",
            want: -5.598_711_498,
            within: 0.000_001,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: \
                   compounded yearly returns, (R - F) - beta * (B - F)",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (mut sample, benchmark) = scope.sample_pair()?;
    let riskless = scope.riskless(&mut sample)?;
    let (e, b) = (excess(&sample.returns, &riskless), excess(&benchmark, &riskless));
    let beta = slope(&e, &b).ok_or_else(Sample::still)?;
    let yearly = |returns: &[f64]| annual(returns, sample.per_year).ok_or_else(Sample::lost);
    let alpha = match scope.choice(&METHOD) {
        "geometric" => {
            let safe = yearly(&riskless)?;
            (yearly(&sample.returns)? - safe) - beta * (yearly(&benchmark)? - safe)
        }
        _ => {
            let means = mean(&e).zip(mean(&b)).ok_or_else(Sample::still)?;
            sample.per_year * (means.0 - beta * means.1)
        }
    };
    sample.outcome(alpha, Unit::Fraction)
}
