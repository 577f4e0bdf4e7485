//! Abnormal return: what an entity returned beyond what was to be expected from the time before.
//!
//! # Definition
//! $$ C = \sum_{t=1}^{L} (u_t - \hat{u}_t) $$
//! $$ \hat{u}_t = a + b\,m_t \quad\text{(market)} $$
//! $$ \hat{u}_t = m_t \quad\text{(adjusted)} $$
//! $$ \hat{u}_t = \bar{u} \quad\text{(mean)} $$
//! where $u_t$ and $m_t$ are the simple returns of the subject and of its benchmark in step $t$ of
//! the $L$ steps of the period: from session to session (`grain: day`), from the end of a week to
//! the next or from month-end to month-end; $a$ and $b$ are fitted by ordinary least squares, and
//! $\bar{u}$ is the mean, over $n$ = `estimation` steps before the period, of which the last lies
//! `gap` steps before it. Nothing of the period enters what was to be expected but the benchmark.
//!
//! `figure: error` is the standard error of $C$ where the period is like the time before:
//! $s \sqrt{L + L^2 / n + (\sum (m_t - \mu))^2 / S}$ for the market model, $s \sqrt{L + L^2 / n}$
//! for the mean and $s \sqrt{L}$ for the adjusted return; $s^2$ is the sum of squared residuals of
//! the estimation over $n - 2$, $n - 1$ and $n$, $\mu$ and $S$ the mean and the sum of squared
//! deviations of $m$ there. The error of estimation is the same in all steps, so it does not cancel
//! out. One by the other is the t statistic.
//!
//! # Undefined when
//! The estimation has no more steps than the model has coefficients, or the data lack steps before
//! the period (`too_short`, `incomplete`, `no_observation`), residuals or the benchmark do not move
//! (`zero_variance`), `estimation` or `gap` is no whole number (`not_whole`); and as for `beta`.
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! // Two sessions of 10% and -10%, whose mean is nothing, then one of 10%.
//! let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let benchmark = example_series("SPX", &closes([100.0, 105.0, 99.75, 104.737_5]));
//! let view = example(&closes([100.0, 110.0, 99.0, 108.9]))
//!     .with_series("SPX", kinglet_core::identity::Basis::Price, &benchmark);
//! let query: Query =
//!     "abnormal_return(RUT, SPX, 1d@2025-08-29, model: mean, estimation: 2)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "10.00%");
//! ```
//!
//! # References
//! MacKinlay (1997), Event Studies in Economics and Finance, Journal of Economic Literature 35;
//! Salinger (1992), Standard Errors in Event Studies, Journal of Financial and Quantitative
//! Analysis 27; Brown, Warner (1985), Using Daily Stock Returns: The Case of Event Studies, Journal
//! of Financial Economics 14.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{BASIS, BENCHMARK, FIGURE, GRAIN_DAILY, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::abnormal::{Abnormal, Expected, Windows};
use crate::quantity::Unit;
use crate::query::{Sample, Scope, Steps};
use crate::time::{CalendarPeriod, Date, Grain, Interval};

static MODEL: Param = Param::with_default(
    "model",
    ParamKind::Choice(&["market", "adjusted", "mean"]),
    "market",
    "what was to be expected: a line on the benchmark, the benchmark's return, or the mean",
);

static ESTIMATION: Param = Param::with_default(
    "estimation",
    ParamKind::Number(Unit::Ratio),
    "120",
    "from how many steps before the period the model is estimated",
);

static GAP: Param = Param::with_default(
    "gap",
    ParamKind::Number(Unit::Ratio),
    "0",
    "how many steps before the period are left out of the estimation",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "abnormal_return",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[
            &SUBJECT,
            &BENCHMARK,
            &PERIOD,
            &MODEL,
            &FIGURE,
            &ESTIMATION,
            &GAP,
            &GRAIN_DAILY,
            &BASIS,
        ],
        example: "abnormal_return(RUT, SPX, 2020, estimation: 60, grain: month)",
        phrases: &["an abnormal return of {value}"],
        code: None,
        revision: 1,
        source: include_str!("abnormal_return.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "abnormal_return(RUT, SPX, 2020, estimation: 60, grain: month)",
            want: 5.704_555_065,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0 over index_month_end.csv: OLS(r, add_constant(m)) over 2015 \
                   to 2019, (r - predict(m)).sum() over 2020",
        },
        Golden {
            query: "abnormal_return(RUT, SPX, 2020, figure: error, estimation: 60, grain: month)",
            want: 9.004_376_072,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0, as above, with numpy: the root of 1'V1, \
                   V = mse_resid (I + X*(X'X)^-1 X*') of the twelve months",
        },
        Golden {
            query: "abnormal_return(RUT, SPX, 2020, model: mean, figure: error, \
                    estimation: 60, grain: month)",
            want: 17.547_919_985,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0, as above, on a constant alone",
        },
        Golden {
            query: "abnormal_return(RUT, SPX, 2020, model: adjusted, estimation: 60, \
                    grain: month)",
            want: 5.064_616_086,
            within: 0.000_000_01,
            from: "numpy 2.4.6 over index_month_end.csv: (r - m).sum() over 2020",
        },
        Golden {
            query: "abnormal_return(RUT, SPX, 2020-03, estimation: 48, gap: 2, grain: month)",
            want: -5.893_161_808,
            within: 0.000_000_01,
            from: "statsmodels 0.15.0, as the first, over 2016 to 2019",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let (base, end) = scope.change(&PERIOD)?;
    let (estimation, gap) = (usize::from(scope.whole(&ESTIMATION)?), gap(scope)?);
    let from = before(scope, base, estimation + gap)?;
    let own = scope.steps_between(&SUBJECT, &GRAIN_DAILY, (from, end))?;
    let other = scope.steps_between(&BENCHMARK, &GRAIN_DAILY, (from, end))?;
    let (returns, market) = (scope.sample_of(&own)?.returns, scope.sample_of(&other)?.returns);
    let first = own.closes.partition_point(|close| close.date < base);
    let estimated = first.checked_sub(gap).and_then(|end| Some(end.checked_sub(estimation)?..end));
    let on = [market.clone()];
    let expected = match scope.choice(&MODEL) {
        "adjusted" => Expected::Benchmark(&market),
        "mean" => Expected::Regression(&[]),
        _ => Expected::Regression(&on),
    };
    let estimated = estimated.filter(|steps| steps.len() > expected.coefficients());
    let estimated = estimated.ok_or_else(|| {
        let reason = format!("{first} steps before {base} do not say what was to be expected");
        Undefined::new("too_short", reason)
    })?;
    let windows = Windows { estimation: estimated, event: first..returns.len() };
    let abnormal = Abnormal::new(&returns, expected, &windows).ok_or_else(Sample::still)?;
    let value = match scope.choice(&FIGURE) {
        "error" => abnormal.cumulated_variance().sqrt(),
        _ => abnormal.cumulated(),
    };
    let rows = |steps: &Steps<'_>| {
        [first, returns.len()].map(|at| scope.row(steps.series, steps.closes[at]))
    };
    let [since, until] =
        [windows.estimation.start, windows.estimation.end].map(|at| own.closes[at].date);
    let text = format!("what was to be expected is from {estimation} returns, {since} to {until}");
    Ok(Outcome {
        quantity: finite(value, Unit::Fraction)?,
        interval: Some(Interval::between(base, end)),
        rows: [rows(&own), rows(&other)].concat(),
        notices: vec![Notice { code: "estimated", text }],
    })
}

fn gap(scope: &Scope<'_>) -> Result<usize, Undefined> {
    if scope.number(&GAP) == 0.0 { Ok(0) } else { scope.whole(&GAP).map(usize::from) }
}

/// The close that lies so many steps before another.
fn before(scope: &Scope<'_>, base: Date, steps: usize) -> Result<Date, Undefined> {
    let calendar = scope.calendar();
    match Grain::from_name(scope.choice(&GRAIN_DAILY)) {
        Some(grain @ (Grain::Week | Grain::Month)) => {
            let earlier = CalendarPeriod::containing(grain, base).plus(-(steps as i32));
            calendar.on_or_before(earlier.last_day())
        }
        _ => calendar.offset(base, -(steps as i64)),
    }
}
