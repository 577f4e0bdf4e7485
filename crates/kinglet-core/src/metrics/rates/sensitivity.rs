//! Sensitivity: how returns answer to changes of a yield, a spread or another price.
//!
//! # Definition
//! $$ b = \frac{\sum_t (u_t - \bar{u})(x_t - \bar{x})}{\sum_t (x_t - \bar{x})^2} $$
//! where $u_t$ is the simple return of observation $t$, from month-end to month-end
//! (`grain: month`) or from session to session (`grain: day`), and $x_t$ what the factor does in
//! it: of a Treasury (`UST:10y`), a curve (`CURVE:2s10s`) or a spread (`BAA10Y`,
//! `BAMLH0A0HYM2`) the change, in points of one hundred per cent, of anything else the simple
//! return. By a yield, -3 says that returns were three points lower for each point that the yield
//! rose. The value at an observation's end is the last of the seven days to it.
//!
//! # Undefined when
//! There is no such series, as of the dollar in the data at hand (`no_series`), a value or a close
//! is missing (`no_observation`, `incomplete`) or not positive (`not_positive`), the factor does
//! not move (`zero_variance`), and as for `beta` (`too_short`, `period_kind`,
//! `outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! // Returns of 2%, -1% and 3% where the factor returns 1%, -0.5% and 1.5%.
//! let days = ["2025-08-26", "2025-08-27", "2025-08-28", "2025-08-29"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let factor = example_series("USD", &closes([100.0, 101.0, 100.495, 102.002_425]));
//! let view = example(&closes([100.0, 102.0, 100.98, 104.009_4]))
//!     .with_series("USD", kinglet_core::identity::Basis::Price, &factor);
//! let query: Query = "sensitivity(RUT, USD, 3d@2025-08-29, grain: day)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2.00");
//! ```
//!
//! # References
//! Flannery, James (1984), The Effect of Interest Rate Changes on the Common Stock Returns of
//! Financial Institutions, Journal of Finance 39(4), equation 1, without the market's return.

use super::treasury_yield::{Tenor, on_day};
use crate::answer::{Outcome, Row, Undefined};
use crate::columns::{Observation, Series};
use crate::definition::params::{BASIS, GRAIN, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::{Basis, Entity};
use crate::numeric::performance::slope;
use crate::quantity::Unit;
use crate::query::{Sample, Scope};
use crate::time::Date;

static FACTOR: Param = Param::required(
    "factor",
    ParamKind::Entity,
    "a yield, a curve, a spread or a price: UST:10y, CURVE:2s10s, BAA10Y, GLD",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "sensitivity",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &FACTOR, &PERIOD, &GRAIN, &BASIS],
        example: "sensitivity(RUT, SPX, 2014..2023)",
        phrases: &["a rate sensitivity of {value}", "a sensitivity of {value}"],
        code: None,
        revision: 1,
        source: include_str!("sensitivity.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "sensitivity(RUT, SPX, 2014..2023)",
        want: 1.155_061_123_6,
        within: 0.000_000_01,
        from: "pandas 3.1.1, r and b the returns of RUT and SPX in index_month_end.csv: \
               r.cov(b) / b.var()",
    }],
};

/// What a factor does between two days.
enum Factor<'a> {
    /// It changes by the difference of its values, summed over its legs with their signs.
    Differs(Vec<(f64, Tenor)>),
    /// It changes by the difference of its values.
    Spreads(&'a Series),
    /// It grows.
    Grows(&'a Series),
}

/// A value may be so old at the end of an observation.
const AGE_DAYS_MAX: i32 = 7;

impl<'a> Factor<'a> {
    fn of(scope: &Scope<'a>) -> Result<Self, Undefined> {
        let entity: &Entity = scope.entity(&FACTOR);
        if let Some(tenor) = Tenor::of(entity) {
            return Ok(Factor::Differs(vec![(1.0, tenor)]));
        }
        let legs: Vec<Tenor> = entity.constituents().iter().filter_map(Tenor::of).collect();
        if let [short, long] = legs[..] {
            return Ok(Factor::Differs(vec![(-1.0, short), (1.0, long)]));
        }
        let series = scope.series_of(entity.code(), Basis::Price);
        let series =
            series.or_else(|why| scope.series_of(entity.code(), Basis::Total).map_err(|_| why))?;
        Ok(match series.unit {
            Unit::Fraction | Unit::FractionDifference => Factor::Spreads(series),
            _ => Factor::Grows(series),
        })
    }

    /// The value at the end of a day, with the rows that it is made of.
    fn at(&self, scope: &Scope<'_>, day: Date) -> Result<(f64, Vec<Row>), Undefined> {
        match self {
            Factor::Differs(legs) => {
                let (mut value, mut rows) = (0.0, Vec::new());
                for (sign, tenor) in legs {
                    let (series, observation) = on_day(scope, *tenor, day)?;
                    value += sign * observation.value;
                    rows.push(scope.row(series, observation));
                }
                Ok((value, rows))
            }
            Factor::Spreads(series) | Factor::Grows(series) => {
                let found = recent(series, day)?;
                Ok((found.value, vec![scope.row(series, found)]))
            }
        }
    }

    fn moved(&self, before: f64, now: f64) -> Result<f64, Undefined> {
        match self {
            Factor::Differs(_) | Factor::Spreads(_) => Ok(now - before),
            Factor::Grows(_) if before > 0.0 => Ok(now / before - 1.0),
            Factor::Grows(series) => {
                let reason = format!("{} is not positive throughout", series.id);
                Err(Undefined::new("not_positive", reason))
            }
        }
    }
}

fn recent(series: &Series, day: Date) -> Result<Observation, Undefined> {
    let found = series.on_or_before(day).filter(|o| (day - o.date).get_days() <= AGE_DAYS_MAX);
    found.copied().ok_or_else(|| {
        let reason = format!("{} has no value in the week to {day}", series.id);
        Undefined::new("no_observation", reason)
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let factor = Factor::of(scope)?;
    let sample = scope.sample(&SUBJECT)?;
    let values = sample.sessions().iter().map(|&day| factor.at(scope, day));
    let values = values.collect::<Result<Vec<_>, Undefined>>()?;
    let moves = values.windows(2).map(|pair| factor.moved(pair[0].0, pair[1].0));
    let moves = moves.collect::<Result<Vec<f64>, Undefined>>()?;
    let slope = slope(&sample.returns, &moves).ok_or_else(Sample::still)?;
    let mut outcome = sample.outcome(slope, Unit::Ratio)?;
    let ends = [values.first(), values.last()].into_iter().flatten();
    outcome.rows.extend(ends.flat_map(|(_, rows)| rows.iter().cloned()));
    Ok(outcome)
}
