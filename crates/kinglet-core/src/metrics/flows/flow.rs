//! Flow: the money that came into a fund by the creation of its shares, or left it.
//!
//! # Definition
//! $$ F = \sum_{b < t \le e} (N_t - N_{t-1})\, P_t $$
//! where $N_t$ are the shares outstanding on each day $t$ after the base $b$ of the period through
//! its end $e$ for which they are known, $N_{t-1}$ those known before, and $P_t$ the last close on
//! or before $t$. Below zero money left. Where shares are known for some days only, what came in
//! between is priced on the next of them; a notice says how many there were. Shares and closes are
//! both as adjusted for splits.
//!
//! # Undefined when
//! The data have no shares outstanding of the fund (`no_companies`, `no_shares`) or the last known
//! ones at the base or the end are more than a week old (`stale`); there is no close
//! (`no_observation`) or series (`no_series`) of it; the period is one moment (`period_kind`) or
//! ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_shares};
//! // 10 new shares at $20, then 30 taken back at $25.
//! let view = example_shares(&[
//!     ("2025-08-27", 24.0, 100.0),
//!     ("2025-08-28", 20.0, 110.0),
//!     ("2025-08-29", 25.0, 80.0),
//! ]);
//! let query: Query = "flow(IWM, 2025-08-27..2025-08-29)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-$550.00");
//! ```
//!
//! # References
//! Ben-David, Franzoni, Moussawi (2018), Do ETFs Increase Volatility?, Journal of Finance 73(6)
//! (flows of funds from changes in their shares outstanding).

use std::sync::Arc;

use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::companies::{Figure, Item};
use crate::definition::params::{BASIS, COMPANIES, PERIOD};
use crate::definition::{ClaimCode, Definition, Law, Metric, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

/// Shares outstanding that are older than this say nothing of a day.
const AGE_MAX_DAYS: i32 = 7;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "flow",
        unit: UnitRule::Fixed(Unit::Money),
        spelling: None,
        params: &[&COMPANIES, &PERIOD],
        example: "flow(IWM, 2025-11-05..2026-05-05)",
        phrases: &["inflows of {value}", "outflows of {value}", "net flows of {value}"],
        code: Some(ClaimCode::Open("fund_flow")),
        revision: 1,
        source: include_str!("flow.rs"),
    },
    compute,
    laws: &[Law::ScaleEquivariant, Law::Adds],
    golden: &[],
};

/// The creations and redemptions of a period.
pub(super) struct Flows {
    /// What they came to.
    pub(super) sum: f64,
    /// What the fund was worth at the base.
    pub(super) assets: f64,
    base: Date,
    end: Date,
    rows: Vec<Row>,
    days: usize,
}

impl Flows {
    /// Those of the arguments at hand.
    pub(super) fn of(scope: &Scope<'_>) -> Result<Flows, Undefined> {
        let (base, end) = scope.change(&PERIOD)?;
        let known = scope.figures(&COMPANIES, Item::SharesOutstanding, end)?;
        let start = known.partition_point(|figure| figure.date <= base);
        let (before, within) = known.split_at(start);
        let first = recent(scope, before.last().copied(), base)?;
        let last = recent(scope, known.last().copied(), end)?;
        let series = scope.series(&COMPANIES, &BASIS)?;
        let price = |day| last_close(series, day);
        let steps = std::iter::once(first).chain(within.iter().copied()).zip(within);
        let steps = steps.map(|(from, to)| Ok((to.value - from.value) * price(to.date)?.value));
        let steps = steps.collect::<Result<Vec<f64>, Undefined>>()?;
        let at_base = price(base)?;
        let fund = scope.entity(&COMPANIES);
        let shares = |figure: &Figure| Row {
            series: format!("{fund} {}", Item::SharesOutstanding.name()).into(),
            date: figure.date,
            value: figure.value,
            unit: Unit::Count,
            source: Arc::clone(&figure.source),
        };
        let closes = [scope.row(series, at_base), scope.row(series, price(end)?)];
        Ok(Flows {
            sum: sum(steps),
            assets: first.value * at_base.value,
            base,
            end,
            rows: [shares(first), shares(last)].into_iter().chain(closes).collect(),
            days: within.len(),
        })
    }

    /// A measure of them.
    pub(super) fn outcome(self, value: f64, unit: Unit) -> Result<Outcome, Undefined> {
        let text = format!("days of the period with known shares outstanding: {}", self.days);
        Ok(Outcome {
            quantity: finite(value, unit)?,
            interval: Some(Interval::between(self.base, self.end)),
            rows: self.rows,
            notices: vec![Notice { code: "counted", text }],
        })
    }
}

/// Shares outstanding that say something of a day.
fn recent<'a>(
    scope: &Scope<'_>,
    figure: Option<&'a Figure>,
    day: Date,
) -> Result<&'a Figure, Undefined> {
    let fund = scope.entity(&COMPANIES);
    let Some(figure) = figure else {
        let reason = format!(
            "the data have no shares outstanding of {fund} through {day}: files of its holdings \
             hold them above the table"
        );
        return Err(Undefined::new("no_shares", reason));
    };
    if (day - figure.date).get_days() > AGE_MAX_DAYS {
        let date = figure.date;
        let reason = format!("the last shares outstanding of {fund} by {day} are of {date}");
        return Err(Undefined::new("stale", reason));
    }
    Ok(figure)
}

fn last_close(series: &Series, day: Date) -> Result<Observation, Undefined> {
    let close = series.on_or_before(day).copied();
    let close = close.filter(|close| (day - close.date).get_days() <= AGE_MAX_DAYS);
    close.ok_or_else(|| {
        let reason = format!("{} has no close in the week before {day}", series.id);
        Undefined::new("no_observation", reason)
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let flows = Flows::of(scope)?;
    let sum = flows.sum;
    flows.outcome(sum, Unit::Money)
}
