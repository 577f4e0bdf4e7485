//! First cut: whether a period holds the first cut of a policy rate after a rise.
//!
//! # Definition
//! $$ \exists\, d \in D : \Delta i_d < 0,\ \Delta i_{d'} > 0 \text{ or } d > d' + p $$
//! where $D$ are the days of the period, weekends included, $\Delta i_d$ the change of the target
//! announced on day $d$ (of its `bound`) and $d'$ the day of the change before it, whenever that
//! was. The rule is declared: a cut after a pause counts only if the last move before the pause
//! was a rise, or, where `pause` gives a number of months $p$, if the pause was longer than that.
//! Since 1989 it gives 1989-06-06, 1995-07-06, 1998-09-29, 2001-01-03, 2007-09-18, 2019-07-31 and
//! 2024-09-18 for the Federal Reserve. As a condition it dates events: `when: first_cut(FED, day)`.
//!
//! Its phrases print no figure, so that the auditor reads no claim in them.
//!
//! # Undefined when
//! No change of this bank is known (`no_series`), the period begins before the second change known,
//! whose predecessor alone tells its direction, or ends after the data (`outside_coverage`), or
//! `pause` is not a whole number (`not_whole`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::{example, example_change}};
//! let view = example(&[("2024-09-17", 1.0), ("2024-09-18", 1.0), ("2024-11-07", 1.0)])
//!     .with_events(vec![
//!         example_change("2023-05-03", 5.25),
//!         example_change("2023-07-26", 5.5),
//!         example_change("2024-09-18", 5.0),
//!         example_change("2024-11-07", 4.75),
//!     ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("first_cut(FED, 2024-09-18)"), "yes");
//! assert_eq!(answer("first_cut(FED, 2024-11-07)"), "no");
//! ```
//!
//! # References
//! Board of Governors of the Federal Reserve System, Open Market Operations,
//! federalreserve.gov/monetarypolicy/openmarket.htm; the rule is kinglet's.

use jiff::ToSpan;

use super::policy_rate::{BOUND, bound_of, changes, row, too_early};
use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::{Events, Scope};
use crate::time::Interval;

/// After how long a rest a move begins a new cycle.
pub(super) static PAUSE: Param = Param::optional(
    "pause",
    ParamKind::Number(Unit::Ratio),
    "months without a change after which a cycle begins anew; default: only a turn begins one",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "first_cut",
        unit: UnitRule::Fixed(Unit::Truth),
        spelling: None,
        params: &[&SUBJECT, &PERIOD, &BOUND, &PAUSE],
        example: "first_cut(FED, 2024-09-18)",
        phrases: &["the first rate cut", "began cutting rates"],
        code: None,
        revision: 1,
        source: include_str!("first_cut.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "first_cut(FED, 2024-09-18)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2024-09-18, the first cut after 2023-07-26",
        },
        Golden {
            query: "count(first_cut(FED, day), since: 1993, until: 2025-12)",
            want: 6.0,
            within: 0.0,
            from: "Federal Reserve, Open Market Operations: 1995, 1998, 2001, 2007, 2019 and 2024",
        },
        Golden {
            query: "first_cut(FED, 2025-09-17, pause: 6)",
            want: 1.0,
            within: 0.0,
            from: "Federal Reserve, FOMC statement of 2025-09-17, the first cut after 2024-12-18",
        },
    ],
};

/// The first move of a cycle within the period, by the direction of the move.
pub(super) fn first_move(scope: &Scope<'_>, direction: f64) -> Result<Outcome, Undefined> {
    let (first, last) = scope.days(&PERIOD)?;
    let changes = changes(scope)?;
    let cycle = Cycle::of(scope, &changes)?;
    let eve = first.yesterday().unwrap_or(first);
    let from = changes.count_through(eve, |e| e.date);
    let to = changes.count_through(last, |e| e.date);
    if from == 0 {
        return Err(too_early(changes.at(0), first));
    }
    let mut found = None;
    for index in from..to {
        if cycle.moved(index)? * direction > 0.0 && cycle.begins(index)? {
            found = Some(changes.at(index));
        }
    }
    Ok(Outcome {
        quantity: finite(f64::from(u8::from(found.is_some())), Unit::Truth)?,
        interval: Some(Interval::between(eve, found.map_or(last, |cut| cut.date))),
        rows: match found {
            Some(cut) => vec![row(cut, bound_of(cut, cycle.bound)?, Unit::Fraction)],
            None => Vec::new(),
        },
        notices: Vec::new(),
    })
}

/// The moves of a bank by a declared rule of what a cycle is.
pub(super) struct Cycle<'a, 'v> {
    changes: &'a Events<'v>,
    bound: &'static str,
    pause: Option<i32>,
}

impl<'a, 'v> Cycle<'a, 'v> {
    /// By the rule that the arguments declare.
    pub(super) fn of(scope: &Scope<'_>, changes: &'a Events<'v>) -> Result<Self, Undefined> {
        let pause = match scope.number_given(&PAUSE) {
            Some(_) => Some(i32::from(scope.whole(&PAUSE)?)),
            None => None,
        };
        Ok(Cycle { changes, bound: scope.choice(&BOUND), pause })
    }

    /// By how much a change moved the bound; zero where only the other end moved.
    pub(super) fn moved(&self, index: usize) -> Result<f64, Undefined> {
        let bound = |index| bound_of(self.changes.at(index), self.bound);
        Ok(bound(index)? - bound(index - 1)?)
    }

    /// Whether a move begins a cycle: it turns, or comes after a long pause.
    pub(super) fn begins(&self, index: usize) -> Result<bool, Undefined> {
        let (moved, date) = (self.moved(index)?, self.changes.at(index).date);
        for before in (1..index).rev() {
            let earlier = self.moved(before)?;
            if earlier != 0.0 {
                let rests_until =
                    |months: i32| self.changes.at(before).date.saturating_add(months.months());
                let is_long = self.pause.is_some_and(|pause| date > rests_until(pause));
                return Ok(moved * earlier < 0.0 || is_long);
            }
        }
        Err(too_early(self.changes.at(0), date))
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    first_move(scope, -1.0)
}
