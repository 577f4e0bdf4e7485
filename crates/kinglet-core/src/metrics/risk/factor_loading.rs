//! Factor loading: how much of a factor of Fama and French the returns of an entity carry.
//!
//! # Definition
//! $$ u_t - f_t = \alpha + \beta_m M_t + \beta_s S_t + \beta_h H_t + \beta_w W_t + \varepsilon_t $$
//! fitted by ordinary least squares, where $u_t$ is the simple return of month $t$ of the period,
//! from month-end to month-end, $f_t$ the one-month bill of Fama and French, $M_t$ the return of
//! the market above it, $S_t$ small minus big, $H_t$ high minus low and $W_t$ winners minus losers
//! of the past year (the series `FF_MOM`; where the data lack it, the highest less the lowest tenth
//! by past return, and a notice says so). The `model` takes the market, size and value
//! (`three_factor`), all four (`four_factor`), the market and size (`size`) or the market alone
//! (`market`). The value is $\beta_m$, $\beta_s$, $\beta_h$ or $\beta_w$ (`on: market`, `size`,
//! `value`, `momentum`), or its standard error
//! (`figure: error`), which holds where residuals are heteroskedastic and autocorrelated: Newey and
//! West, with the weights $1 - l / (L + 1)$ for the lags $l$ up to $L$ = `lags`; if left out the
//! integer part of $4 (n / 100)^{2/9}$ for $n$ months. No correction for small samples. One by the
//! other is the t statistic. Price returns leave out the dividends that the factors count.
//!
//! # Undefined when
//! The model lacks the factor (`not_in_model`), a factor is missing or not public yet
//! (`no_observation`, `no_series`), there are no more months than coefficients (`too_short`), the
//! returns or a factor do not move (`zero_variance`), `lags` is no whole number (`not_whole`); and
//! as for `beta`, of months.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_factors};
//! // Four months of the market: 1%, -2%, 3% and 0%. The entity earned half a point a month above
//! // twice that, and the bill nothing.
//! let view = example_factors(&[0.01, -0.02, 0.03, 0.0], |market| 0.005 + 2.0 * market);
//! let query: Query =
//!     "factor_loading(RUT, 2025-05..2025-08, on: market, model: market)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Fama, French (1993), Common Risk Factors in the Returns on Stocks and Bonds, Journal of
//! Financial Economics 33; Newey, West (1987), A Simple, Positive Semi-definite,
//! Heteroskedasticity and Autocorrelation Consistent Covariance Matrix, Econometrica 55, equation
//! 5; Newey, West (1994), Automatic Lag Selection in Covariance Matrix Estimation, Review of
//! Economic Studies 61; Carhart (1997), On Persistence in Mutual Fund Performance, Journal of
//! Finance 52, equation 2.

use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BASIS, FIGURE, LAGS, MODEL, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static ON: Param = Param {
    name: "on",
    kind: ParamKind::Choice(&["market", "size", "value", "momentum"]),
    named: true,
    default: None,
    optional: false,
    doc: "which factor: the market, small minus big, high minus low, or winners minus losers",
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "factor_loading",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &ON, &MODEL, &FIGURE, &LAGS, &BASIS],
        example: "factor_loading(RUT, 2014..2023, on: size, model: size)",
        phrases: &[
            "a factor loading of {value}",
            "a size loading of {value}",
            "a loading on size of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("factor_loading.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "factor_loading(RUT, 2014..2023, on: size, model: size)",
            want: 0.870_090_424_5,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   e = r - rf, x = [market - rf, smb]: OLS(e, \
                   add_constant(x)).fit(cov_type='HAC', cov_kwds={'maxlags': 4, \
                   'use_correction': False}).params[2]",
        },
        Golden {
            query: "factor_loading(RUT, 2014..2023, on: market, model: size, figure: error)",
            want: 0.025_414_658_2,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0 over index_month_end.csv and size_premium_monthly.csv, \
                   as above: bse[1]",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let explained = scope.explained()?;
    let at = match scope.choice(&ON) {
        "momentum" => 4,
        "value" => 3,
        "size" => 2,
        _ => 1,
    };
    let value = explained.coefficient(at, scope.choice(&FIGURE))?;
    explained.outcome(value, Unit::Ratio)
}
