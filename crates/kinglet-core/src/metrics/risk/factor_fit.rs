//! Factor fit: the share of the variance of returns that the factors of Fama and French explain.
//!
//! # Definition
//! $$ R^2 = 1 - \sum_t \varepsilon_t^2 \Big/ \sum_t (e_t - \bar{e})^2 $$
//! where $e_t = u_t - f_t$ is what the regression of `factor_loading` explains, $\bar{e}$ its mean
//! and $\varepsilon_t$ the residuals.
//!
//! # Undefined when
//! As for `factor_loading`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_factors};
//! // A line through the returns of the market leaves nothing unexplained.
//! let view = example_factors(&[0.01, -0.02, 0.03, 0.0], |market| 0.005 + 2.0 * market);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("factor_fit(RUT, 2025-05..2025-08, model: market)"), "100.00%");
//! ```
//!
//! # References
//! Fama, French (1993), Common Risk Factors in the Returns on Stocks and Bonds, Journal of
//! Financial Economics 33.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, MODEL, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "factor_fit",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MODEL, &BASIS],
        example: "factor_fit(RUT, 2014..2023, model: size)",
        phrases: &["an r squared of {value}", "an r2 of {value}"],
        code: None,
        revision: 1,
        source: include_str!("factor_fit.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne, Law::NotNegative],
    golden: &[Golden {
        query: "factor_fit(RUT, 2014..2023, model: size)",
        want: 97.040_242_01,
        within: 0.000_001,
        from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   e = r - rf, x = [market - rf, smb]: OLS(e, add_constant(x)).fit().rsquared \
                   * 100",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let explained = scope.explained()?;
    let share = explained.regression.r_squared;
    explained.outcome(share, Unit::Fraction)
}
