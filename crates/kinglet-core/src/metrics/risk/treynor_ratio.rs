//! Treynor ratio: the yearly return above the riskless one for each unit of beta.
//!
//! # Definition
//! $$ T = m\,\bar{e} / \beta \quad\text{(arithmetic)} $$
//! $$ T = \Big(\prod_t (1 + e_t)^{m/n} - 1\Big) \Big/ \beta \quad\text{(geometric)} $$
//! where $\beta$ is `beta` against the same benchmark, $\bar{e}$ the mean of the excess returns
//! $e_t = u_t - f_t$, $u_t$ the simple return of observation $t$ of $n$: from month-end to
//! month-end (`grain: month`, $m = 12$ a year), from the end of a week to the next (`grain: week`,
//! $m = 52$) or from session to session (`grain: day`, $m = 252$), and $f_t$ the riskless return as
//! of `beta`. PerformanceAnalytics gives the geometric one.
//!
//! # Undefined when
//! As for `beta`; beta is zero (`zero_variance`), or all is lost (`not_positive`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example, example_series}};
//! // The index returns 10%, -10% and 10%, its benchmark half of that: a beta of 2.
//! let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let benchmark = example_series("SPX", &closes([100.0, 105.0, 99.75, 104.737_5]));
//! let view = example(&closes([100.0, 110.0, 99.0, 108.9]))
//!     .with_series("SPX", kinglet_core::identity::Basis::Price, &benchmark);
//! let text = "treynor_ratio(RUT, SPX, 3d@2025-08-29, grain: day, rf: 0%)";
//! let value = Evaluator::new(&view).answer(&text.parse().unwrap()).number().unwrap();
//! assert!((value - 252.0 * 0.1 / 3.0 / 2.0).abs() < 1e-6);
//! ```
//!
//! # References
//! Treynor (1965), How to Rate Management of Investment Funds, Harvard Business Review 43(1); Bacon
//! (2008), Practical Portfolio Performance Measurement and Attribution, 2nd edition, chapter 4.

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
        name: "treynor_ratio",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &BENCHMARK, &PERIOD, &METHOD, &GRAIN, &BASIS, &RATE],
        example: "treynor_ratio(RUT, SPX, 2014..2023)",
        phrases: &["a treynor ratio of {value}"],
        code: None,
        revision: 1,
        source: include_str!("treynor_ratio.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "treynor_ratio(RUT, SPX, 2014..2023)",
            want: 0.055_241_866_3,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: \
                   ex.mean() * 12 / (ex.cov(bx) / bx.var())",
        },
        Golden {
            query: "treynor_ratio(RUT, SPX, 2014..2023, method: geometric)",
            want: 0.038_179_332_5,
            within: 0.000_000_01,
            from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv, \
                   rf GS3M of the month before the base / 12, ex = r - rf, bx = b - rf: ((1 + \
                   ex).prod() ** (12 / len(ex)) - 1) / (ex.cov(bx) / bx.var())",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (mut sample, benchmark) = scope.sample_pair()?;
    let riskless = scope.riskless(&mut sample)?;
    let (e, b) = (excess(&sample.returns, &riskless), excess(&benchmark, &riskless));
    let beta = slope(&e, &b).filter(|beta| *beta != 0.0);
    let beta = beta.ok_or_else(Sample::still)?;
    let gain = match scope.choice(&METHOD) {
        "geometric" => annual(&e, sample.per_year).ok_or_else(Sample::lost)?,
        _ => mean(&e).ok_or_else(Sample::still)? * sample.per_year,
    };
    sample.outcome(gain / beta, Unit::Ratio)
}
