//! Breadth: the share of the companies of an index or fund that stand above their average.
//!
//! # Definition
//! $$ b = \frac{1}{n} \#\{ i : P_{i,e} > A_{i,e} \} \quad\text{by count} $$
//! $$ b = \sum_{P_{i,e} > A_{i,e}} w_i \Big/ \sum_i w_i \quad\text{by weight} $$
//! where $P_{i,e}$ is the close of company $i$ in the last session $e$ of the period, $A_{i,e}$ the
//! simple `moving_average` of its last `sessions` closes, $w_i$ its weight and $n$ the number of
//! companies that have as many closes without a gap. Closes are adjusted for splits and
//! distributions where the data have them. Companies and weights are those of the last holdings
//! known on the day, as for `pe_forward`, so that no company is counted before it was held.
//!
//! # Undefined when
//! Companies with less than half of the weight have their closes (`coverage`), as where the data
//! hold no prices of companies; neither holdings nor company figures of the subject were known
//! (`no_companies`), the holdings are older than a year (`stale`); `sessions` is not a whole number
//! from 1 (`not_whole`); or the period is not one moment (`period_kind`) or lies after the data
//! (`outside_coverage`).
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
//! let view = view.with_series("B", Total, &closes(10.0, 8.0));
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse().unwrap()).display();
//! assert_eq!(answer("breadth(IWM, @2025-08-29, sessions: 2)"), "50.00%");
//! assert_eq!(answer("breadth(IWM, @2025-08-29, sessions: 2, by: weight)"), "75.00%");
//! ```
//!
//! # References
//! Murphy (1999), Technical Analysis of the Financial Markets, chapter 18; Pring (2014), Technical
//! Analysis Explained, 5th edition, part on market breadth.

use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::params::{BY, MEMBERS, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::identity::Basis;
use crate::numeric::sum;
use crate::portfolio::{Portfolio, Position, ROWS_MAX};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::Interval;

/// The least share of the weight for which closes must be known.
const COVERAGE_MIN: f64 = 0.5;

static SESSIONS: Param = Param::with_default(
    "sessions",
    ParamKind::Number(Unit::Ratio),
    "200",
    "over how many sessions the average of each company is",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "breadth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&MEMBERS, &MOMENT, &SESSIONS, &BY],
        example: "breadth(IWM, @2026-07-31)",
        phrases: &[
            "{value} of members trade above their 200-day average",
            "{value} of its members are above their 200-day average",
            "{value} of its members traded above their 200-day average",
        ],
        code: Some(ClaimCode::Open("share")),
        revision: 1,
        source: include_str!("breadth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative, Law::WithinOne],
    golden: &[
        Golden {
            query: "breadth(IWM, @2026-07-31)",
            want: 63.775_231_86,
            within: 0.000_001,
            from: "pandas 3.1.1 over price_panel_daily.csv.gz, of the equities of \
                   iwm_holdings_2026-05-05.csv with 200 closes: (c > c.rolling(200).mean()).mean()",
        },
        Golden {
            query: "breadth(IWM, @2026-07-31, by: weight)",
            want: 71.403_769_5,
            within: 0.000_001,
            from: "pandas 3.1.1 over price_panel_daily.csv.gz, of the equities of \
                   iwm_holdings_2026-05-05.csv with 200 closes: w[above].sum() / w.sum()",
        },
    ],
};

/// The companies of which the last closes are known.
pub(super) struct Members<'a> {
    portfolio: Portfolio<'a>,
    known: Vec<Member<'a>>,
}

/// A company with its closes, oldest first.
struct Member<'a> {
    weight: f64,
    closes: Vec<f64>,
    series: &'a Series,
    last: Observation,
}

impl<'a> Members<'a> {
    /// Those of the arguments at hand, each with the closes of so many sessions.
    pub(super) fn of(scope: &Scope<'a>, sessions: usize) -> Result<Members<'a>, Undefined> {
        let portfolio = scope.portfolio(&MEMBERS, &MOMENT)?;
        let end = scope.calendar().on_or_before(portfolio.day)?;
        let member = |position: &Position<'_>| {
            let (view, symbol) = (scope.view(), position.symbol);
            let adjusted = view.series(symbol, Basis::Total);
            let series = adjusted.or_else(|_| view.series(symbol, Basis::Price)).ok()?;
            let closes = scope.unbroken(series, end, sessions..=sessions).ok()?;
            let last = *closes.last()?;
            let closes = closes.iter().map(|close| close.value).collect();
            Some(Member { weight: position.weight, closes, series, last })
        };
        let known: Vec<Member<'_>> = portfolio.positions.iter().filter_map(member).collect();
        let weight = sum(known.iter().map(|member| member.weight));
        if known.is_empty() || weight < COVERAGE_MIN {
            return Err(Undefined::new("coverage", covered(&portfolio, &known, sessions)));
        }
        Ok(Members { portfolio, known })
    }

    /// The share of the companies for which something holds, by count or by weight.
    pub(super) fn share(
        self,
        scope: &Scope<'_>,
        holds: impl Fn(&[f64]) -> bool,
    ) -> Result<Outcome, Undefined> {
        let sessions = self.known.first().map_or(0, |member| member.closes.len());
        let text = covered(&self.portfolio, &self.known, sessions);
        let weigh = |weight: f64| if scope.choice(&BY) == "weight" { weight } else { 1.0 };
        let held = self.known.iter().filter(|member| holds(&member.closes));
        let share = sum(held.map(|member| weigh(member.weight)))
            / sum(self.known.iter().map(|member| weigh(member.weight)));
        let mut heaviest: Vec<&Member<'_>> = self.known.iter().collect();
        heaviest.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.series.id.cmp(&b.series.id)));
        let rows = heaviest.iter().take(ROWS_MAX).map(|m| scope.row(m.series, m.last)).collect();
        let coverage = Notice { code: "coverage", text };
        Ok(Outcome {
            quantity: finite(share.min(1.0), Unit::Fraction)?,
            interval: Some(Interval::at(self.portfolio.day)),
            rows,
            notices: self.portfolio.notices.into_iter().chain([coverage]).collect(),
        })
    }
}

fn covered(portfolio: &Portfolio<'_>, known: &[Member<'_>], sessions: usize) -> String {
    format!(
        "{sessions} closes of {} of {} companies are known, with {:.1}% of the weight",
        known.len(),
        portfolio.positions.len(),
        100.0 * sum(known.iter().map(|member| member.weight))
    )
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let sessions = usize::from(scope.whole(&SESSIONS)?);
    Members::of(scope, sessions)?.share(scope, |closes| {
        let average = sum(closes.iter().copied()) / closes.len() as f64;
        closes.last().is_some_and(|close| *close > average)
    })
}
