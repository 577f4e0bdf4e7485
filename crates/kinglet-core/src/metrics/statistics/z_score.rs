//! Z-score: how many standard deviations the value of one period lies from the mean of its family.
//!
//! # Definition
//! $$ z = (q_p - \bar{q}) / s, \qquad s^2 = \frac{1}{n - 1} \sum_i (q_i - \bar{q})^2 $$
//! where $q_i$ is the value of the query in period $i$ of the family, $q_p$ that of the period
//! `of`, $\bar{q}$ their mean and $n$ their number, over the periods from `since` to `until` or the
//! unbroken stretch of data.
//!
//! # Undefined when
//! There are fewer than two periods or all values are equal (`zero_variance`); otherwise as for
//! `percentile`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! // Returns of -10%, 0% and 10%: mean 0%, deviation 10%.
//! let view = example(&[("2025-05-30", 100.0), ("2025-06-30", 90.0), ("2025-07-31", 90.0),
//!     ("2025-08-29", 99.0)]);
//! let query: Query = "z_score(return(RUT, month), of: 2025-08)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "1.00");
//! ```
//!
//! # References
//! Kendall, Stuart (1977), The Advanced Theory of Statistics, volume 1, 4th edition, chapter 2.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{LEAST, OF, QUERY, SINCE, UNTIL};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::numeric::{mean, variance};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "z_score",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&QUERY, &OF, &SINCE, &UNTIL, &LEAST],
        example: "z_score(cape(SPX, month), of: 2014-12)",
        phrases: &["a z-score of {value}", "{value} standard deviations from its mean"],
        code: Some(ClaimCode::Open("z_score")),
        revision: 1,
        source: include_str!("z_score.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "z_score(cape(SPX, month), of: 1999-12, since: 1953, until: 2014)",
        want: 3.32,
        within: 0.005,
        from: "Python 3, statistics.mean and statistics.stdev, on facts/shiller_monthly.csv",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let family = scope.compared()?;
    let own = scope.member(&family, &OF)?;
    let values: Vec<f64> = family.members.iter().map(|m| m.value).collect();
    let spread = mean(&values).zip(variance(&values)).filter(|(_, variance)| *variance > 0.0);
    let (mean, variance) = spread.ok_or_else(|| {
        Undefined::new("zero_variance", format!("the {} values do not differ", values.len()))
    })?;
    let (rows, _) = scope.member_rows(&QUERY, &[own])?;
    let text = format!("among {} periods", values.len());
    Ok(Outcome {
        quantity: finite((own.value - mean) / libm::sqrt(variance), Unit::Ratio)?,
        interval: Some(family.interval),
        rows,
        notices: family.notices.into_iter().chain([Notice { code: "counted", text }]).collect(),
    })
}
