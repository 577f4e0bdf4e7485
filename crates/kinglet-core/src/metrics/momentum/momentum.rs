//! Momentum: the return of the last twelve months without the last one.
//!
//! # Definition
//! $$ M = P_{e-s} / P_{e-m} - 1 $$
//! where $e$ is the last session of the period, $P_{e-m}$ the last close on or before the same day
//! `months` earlier (12) and $P_{e-s}$ that `skipped` months earlier (1). If $e$ ends a month, both
//! are month-ends. The last month is left out since returns of one month tend to reverse.
//!
//! # Undefined when
//! One of the two closes is missing (`no_observation`), the earlier is not positive
//! (`not_positive`), `skipped` is not less than `months` (`period_empty`), one of them is not a
//! whole number from 1 (`not_whole`), there is no such series (`no_series`), or the period ends
//! after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2024-08-30", 200.0), ("2025-07-31", 220.0), ("2025-08-29", 150.0)]);
//! let query: Query = "momentum(RUT, @2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "10.00%");
//! ```
//!
//! # References
//! Jegadeesh, Titman (1993), Returns to Buying Winners and Selling Losers, Journal of Finance
//! 48(1); Carhart (1997), On Persistence in Mutual Fund Performance, Journal of Finance 52(1),
//! section II (eleven months, lagged one).

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval, Length};

pub(super) static MONTHS: Param = Param::with_default(
    "months",
    ParamKind::Number(Unit::Ratio),
    "12",
    "how many months back the return begins",
);

static SKIPPED: Param = Param::with_default(
    "skipped",
    ParamKind::Number(Unit::Ratio),
    "1",
    "how many of the last months are left out",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "momentum",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &MONTHS, &SKIPPED, &BASIS],
        example: "momentum(RUT, @2025-08-29)",
        phrases: &[
            "price momentum of {value}",
            "12-1 momentum of {value}",
            "twelve-month momentum of {value}",
        ],
        code: None,
        revision: 1,
        source: include_str!("momentum.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "momentum(RUT, @2024-12-31)",
            want: 20.110_800,
            within: 0.000_001,
            from: "pandas 3.1.1 over the month ends of the facts: \
                   close.shift(1) / close.shift(12) - 1",
        },
        Golden {
            query: "momentum(SPX, @2009-02-27)",
            want: -37.933_159,
            within: 0.000_001,
            from: "pandas 3.1.1 over the month ends of the facts: \
                   close.shift(1) / close.shift(12) - 1",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let end = scope.end(&PERIOD)?;
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (months, skipped) = (scope.whole(&MONTHS)?, scope.whole(&SKIPPED)?);
    if skipped >= months {
        let reason = format!("of {months} months, {skipped} are left out");
        return Err(Undefined::new("period_empty", reason));
    }
    let (from, to) = (earlier(scope, end, months)?, earlier(scope, end, skipped)?);
    let (base, last) = scope.closes(series, (from, to))?;
    let growth = scope.growth(series, base, last)?;
    Ok(Outcome {
        quantity: finite(growth - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, last)],
        notices: Vec::new(),
    })
}

/// The session some months earlier; of the end of a month, the end of a month.
pub(super) fn earlier(scope: &Scope<'_>, end: Date, months: u16) -> Result<Date, Undefined> {
    let calendar = scope.calendar();
    let day = calendar.same_day(end, Length::months(months))?;
    let ends_month = calendar.is_month_end(end);
    calendar.on_or_before(if ends_month { day.last_of_month() } else { day })
}
