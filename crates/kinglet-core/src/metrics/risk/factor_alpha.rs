//! Factor alpha: the return a year that the factors of Fama and French do not explain.
//!
//! # Definition
//! $$ A = 12\,\alpha $$
//! where $\alpha$ is the intercept of the regression of `factor_loading`, a return of a month, or
//! its standard error (`figure: error`). Price returns leave out the dividends that the factors
//! count: the alpha of a price index lies lower by about its dividend yield.
//!
//! # Undefined when
//! As for `factor_loading`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_factors};
//! // Half a point a month above twice the market, as in the example of `factor_loading`.
//! let view = example_factors(&[0.01, -0.02, 0.03, 0.0], |market| 0.005 + 2.0 * market);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("factor_alpha(RUT, 2025-05..2025-08, model: market)"), "6.00%");
//! ```
//!
//! # References
//! Fama, French (1993), Common Risk Factors in the Returns on Stocks and Bonds, Journal of
//! Financial Economics 33; Jensen (1968), The Performance of Mutual Funds, Journal of Finance 23.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, FIGURE, LAGS, MODEL, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "factor_alpha",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MODEL, &FIGURE, &LAGS, &BASIS],
        example: "factor_alpha(RUT, 2014..2023, model: size)",
        phrases: &[
            "a factor alpha of {value}",
            "a three-factor alpha of {value}",
            "a fama-french alpha of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("factor_alpha.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "factor_alpha(RUT, 2014..2023, model: size)",
            want: -3.606_529_353,
            within: 0.000_001,
            from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   e = r - rf, x = [market - rf, smb]: OLS(e, \
                   add_constant(x)).fit(cov_type='HAC', cov_kwds={'maxlags': 4, \
                   'use_correction': False}).params[0] * 1200",
        },
        Golden {
            query: "factor_alpha(RUT, 2014..2023, model: size, figure: error)",
            want: 1.408_060_901,
            within: 0.000_001,
            from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   as above: bse[0] * 1200",
        },
        Golden {
            query: "factor_alpha(RUT, 2014..2023, model: market, figure: error, lags: 12)",
            want: 2.154_051_510,
            within: 0.000_001,
            from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   x = [market - rf], 'maxlags': 12: bse[0] * 1200",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let explained = scope.explained()?;
    let monthly = explained.coefficient(0, scope.choice(&FIGURE))?;
    explained.outcome(12.0 * monthly, Unit::Fraction)
}
