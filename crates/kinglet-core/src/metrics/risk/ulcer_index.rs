//! Ulcer index: the root mean square of the drawdowns at all observations of a period.
//!
//! # Definition
//! $$ U = \sqrt{\frac{1}{n} \sum_t D_t^2} $$
//! where $D_t$ is how far the value stands below its highest so far, as a share of that, and $u_t$
//! is the simple return of observation $t$ of $n$: from month-end to month-end (`grain: month`,
//! $m = 12$ a year), from the end of a week to the next (`grain: week`, $m = 52$) or from session
//! to session (`grain: day`, $m = 252$).
//!
//! # Undefined when
//! The period has fewer than two observations (`too_short`), a monthly one does not run from
//! month-end to month-end (`period_kind`), a close is missing (`incomplete`, `no_observation`)
//! or not positive (`not_positive`), there is no such series (`no_series`), or the period ends
//! after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of 10%, -10% and 10%.
//! let view = example(&[
//!     ("2025-08-26", 100.0), ("2025-08-27", 110.0), ("2025-08-28", 99.0), ("2025-08-29", 108.9),
//! ]);
//! let query: Query = "ulcer_index(RUT, 3d@2025-08-29, grain: day)".parse().unwrap();
//! // Drawdowns of 0%, 10% and 1%.
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "5.80%");
//! ```
//!
//! # References
//! Martin, McCann (1989), The Investor's Guide to Fidelity Funds, chapter 7.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::performance::{downside, drawdowns};
use crate::quantity::Unit;
use crate::query::{Sample, Scope};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "ulcer_index",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &GRAIN, &BASIS],
        example: "ulcer_index(RUT, 2014..2023)",
        phrases: &["an ulcer index of {value}"],
        code: None,
        revision: 1,
        source: include_str!("ulcer_index.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[Golden {
        query: "ulcer_index(RUT, 2014..2023)",
        want: 11.867_226_775,
        within: 0.000_001,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: w \
                   = (1 + r).cumprod() after 1, ((w / w.cummax() - 1)[1:] ** 2).mean() ** 0.5 \
                   * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sample = scope.sample(&SUBJECT)?;
    let index = downside(&drawdowns(&sample.returns), 0.0).ok_or_else(Sample::still)?;
    sample.outcome(index, Unit::Fraction)
}
