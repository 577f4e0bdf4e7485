//! New highs: the share of companies whose close is their highest, or lowest, of a year.
//!
//! # Definition
//! $$ h = \frac{1}{n} \#\{ i : P_{i,e} > \max_{1 \le j < m} P_{i,e-j} \} $$
//! where $P_{i,t}$ is the close of company $i$ in session $t$, $e$ the last session of the period,
//! $m$ the number of `sessions`, of which 252 are about a year, and $n$ the number of companies
//! that have as many closes without a gap. `bound: lower` asks for closes below all others, and
//! `by: weight` for the weight of the companies, as in `breadth`. Closes are adjusted for splits
//! and distributions where the data have them.
//!
//! # Undefined when
//! As for `breadth`; also where `sessions` is 1 (`too_short`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example_fund, example_series}};
//! use kinglet_core::identity::Basis::Total;
//! let view = example_fund(&[("A", 75.0, &[]), ("B", 25.0, &[])]);
//! let closes = |first, last| {
//!     example_series("A", &[("2025-08-28", first), ("2025-08-29", last)])
//! };
//! let view = view.with_series("A", Total, &closes(10.0, 12.0));
//! let view = view.with_series("B", Total, &closes(10.0, 10.0));
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("new_highs(IWM, @2025-08-29, sessions: 2)"), "50.00%");
//! assert_eq!(answer("new_highs(IWM, @2025-08-29, sessions: 2, bound: lower)"), "0.00%");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 18 (new highs against new
//! lows).

use super::breadth::Members;
use crate::answer::{Outcome, Undefined};
use crate::definition::params::{BY, MEMBERS, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "252",
    "of how many sessions the close must be the highest, the last one counted",
);

static BOUND: Param = Param::with_default(
    "bound",
    ParamKind::Choice(&["upper", "lower"]),
    "upper",
    "whether new highs are counted, or new lows",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "new_highs",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&MEMBERS, &MOMENT, &SESSIONS, &BOUND, &BY],
        example: "new_highs(IWM, @2026-07-31)",
        phrases: &["{value} of its members made a new high", "{value} of members hit a new high"],
        code: Some(ClaimCode::Open("share")),
        revision: 1,
        source: include_str!("new_highs.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "new_highs(IWM, @2026-07-31)",
            want: 2.469_813_392,
            within: 0.000_001,
            from: "pandas 3.1.1 over price_panel_daily.csv.gz, of the equities of \
                   iwm_holdings_2026-05-05.csv with 252 closes: \
                   (c[-1:] > c[-252:-1].max()).mean()",
        },
        Golden {
            query: "new_highs(IWM, @2026-07-31, bound: lower)",
            want: 1.591_657_519,
            within: 0.000_001,
            from: "pandas 3.1.1 over price_panel_daily.csv.gz, of the equities of \
                   iwm_holdings_2026-05-05.csv with 252 closes: \
                   (c[-1:] < c[-252:-1].min()).mean()",
        },
    ],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    if sessions < 2 {
        return Err(Undefined::new("too_short", "a new high takes a close before it"));
    }
    let sign = if scope.choice(&BOUND) == "upper" { 1.0 } else { -1.0 };
    Members::of(scope, sessions)?.share(scope, |closes| {
        let (last, before) = closes.split_last().map_or((0.0, closes), |(last, b)| (*last, b));
        before.iter().all(|close| sign * last > sign * close)
    })
}
