//! CAPE: price over the average of ten years of earnings, both in prices of today.
//!
//! # Definition
//! $$ CAPE_m = p_m \Big/ \frac{1}{120} \sum_{k=1}^{120} e_{m-k} $$
//! where $p_m$ is the average price of the index in month $m$ and $e_{m-k}$ the earnings of twelve
//! months at month $m-k$, both divided by consumer prices. The value is the one that Shiller
//! publishes for the month; for `@D` the last that was public at the end of day $D$, of a month
//! that began at most 100 days before.
//!
//! # Undefined when
//! No CAPE is published of the subject (`no_series`; it is of the S&P 500), none for the month or
//! the days before (`no_observation`), the period is neither a month nor one moment
//! (`period_kind`), or it lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_series}};
//! let view = example(&[("1999-11-30", 1.0), ("1999-12-31", 1.0)])
//!     .with_series("SHILLER_CAPE", kinglet_core::identity::Basis::Price, &example_series(
//!         "GS_CAPE", &[("1999-12-01", 44.2)],
//!     ));
//! let query: Query = "cape(SPX, 1999-12)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "44.20");
//! ```
//!
//! # References
//! Campbell, Shiller (1988), Stock Prices, Earnings, and Expected Dividends, Journal of Finance
//! 43(3). Shiller (2015), Irrational Exuberance, 3rd edition, chapter 1.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{MOMENT, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, UnitRule};
use crate::portfolio::Accounts;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Grain, Interval, Period};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "cape",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&SUBJECT, &MOMENT],
        example: "cape(SPX, 2014-12)",
        phrases: &[
            "a cape of {value}",
            "a cape ratio of {value}",
            "a cyclically adjusted p/e of {value}",
            "a shiller p/e of {value}",
        ],
        code: Some(ClaimCode::Open("pe_trailing")),
        revision: 2,
        source: include_str!("cape.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "cape(SPX, 1999-12)",
            want: 44.20,
            within: 0.02,
            from: "github.com/datasets/s-and-p-500, column PE10: the highest month on record",
        },
        Golden {
            query: "cape(SPX, 2000-01)",
            want: 43.77,
            within: 0.02,
            from: "github.com/datasets/s-and-p-500, column PE10",
        },
    ],
};

/// Of a month it is public in the middle of the next one.
const AGE_DAYS_MAX: i32 = 100;

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let subject = scope.entity(&SUBJECT);
    let accounts = Accounts::of(scope.view(), subject).ok_or_else(|| {
        let reason = format!("no cyclically adjusted P/E of {subject} is published; SPX has one");
        Undefined::new("no_series", reason)
    })?;
    let day = scope.moment(&MOMENT)?;
    let (value, row) = match scope.period(&MOMENT) {
        Period::Calendar(month) if month.grain == Grain::Month => accounts.month("CAPE", month)?,
        _ => accounts.latest("CAPE", day)?,
    };
    if (day - row.date).get_days() > AGE_DAYS_MAX {
        let reason = format!("the last CAPE that was public on {day} is of {}", row.date);
        return Err(Undefined::new("no_observation", reason));
    }
    Ok(Outcome {
        quantity: finite(value, Unit::Ratio)?,
        interval: Some(Interval::at(day)),
        rows: vec![row],
        notices: Vec::new(),
    })
}
