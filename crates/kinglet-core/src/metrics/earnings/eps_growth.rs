//! EPS growth: by how much earnings have grown, or are expected to.
//!
//! # Definition
//! Of an index whose earnings are published as a whole (the S&P 500), over a period:
//! $$ g = E_e / E_b - 1 $$
//! where $E_b$ and $E_e$ are the earnings of twelve months at the month of the base and of the end:
//! over 2014 those of December 2013 and December 2014. A growth over less than a year would not be
//! that of a quarter's earnings, which press reports mean, and is not given. Of companies, at one
//! moment `@D`:
//! $$ g = \sum_i w_i\, y_i' \Big/ \sum_i w_i\, y_i - 1 $$
//! where $w_i$ is the weight of company $i$ and $y_i$ its earnings of the last four quarters over
//! its price. With `of: expected`, $y_i'$ are the earnings expected for the next year: companies
//! that state both a trailing and a forward P/E. This is `average:
//! weighted`: large earnings count for more. `median` is the middle growth, each company alike.
//! With `of: reported` the growth of a company is that of its last quarter's earnings per share
//! over those of a year before; it has a median only, for the earnings of single quarters, which
//! would be its weights, are not in the data. Companies with losses have no growth and are left
//! out. Holdings and weights are as for `pe_forward`.
//!
//! # Undefined when
//! The subject has neither (`no_companies`, `no_series`), its holdings are older than a year
//! (`stale`), companies with less than half of the weight have a growth (`coverage`), growths of
//! quarters are to be weighted (`no_levels`), the earnings of the index at the base are not
//! positive (`negative_earnings`) or missing (`no_observation`), the period fits neither case
//! (`period_kind`) or lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::{PeForward, PeTrailing};
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! // 100 dollars earned 5 and shall earn 8; 100 more earned 10 and shall earn 10.
//! let view = example_fund(&[
//!     ("A", 100.0, &[(PeTrailing, 20.0), (PeForward, 12.5)]),
//!     ("B", 100.0, &[(PeTrailing, 10.0), (PeForward, 10.0)]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("eps_growth(IWM, @2025-08-29)").display(), "20.00%");
//! assert_eq!(answer("eps_growth(IWM, @2025-08-29, average: median)").display(), "30.00%");
//! ```
//!
//! # References
//! Chan, Karceski, Lakonishok (2003), The Level and Persistence of Growth Rates, Journal of Finance
//! 58(2).

use crate::answer::{Outcome, Undefined, finite};
use crate::companies::Item;
use crate::definition::params::{COMPANIES, PERIOD};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::median;
use crate::portfolio::{Accounts, Cover, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{CalendarPeriod, Grain, Interval, Period};

static OF: Param = Param::with_default(
    "of",
    ParamKind::Choice(&["expected", "reported"]),
    "expected",
    "the next year's earnings against the last, or the last quarter's against the year before",
);

static AVERAGE: Param = Param::with_default(
    "average",
    ParamKind::Choice(&["weighted", "median"]),
    "weighted",
    "of all earnings together, or of the company in the middle",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "eps_growth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&COMPANIES, &PERIOD, &OF, &AVERAGE],
        example: "eps_growth(SPX, 2014)",
        phrases: &[
            "earnings grew {value}",
            "earnings growth of {value}",
            "eps growth of {value}",
            "earnings are expected to grow {value}",
        ],
        code: Some(ClaimCode::Open("eps_growth")),
        revision: 2,
        source: include_str!("eps_growth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[
        Golden {
            query: "eps_growth(SPX, 2014)",
            want: 2.11,
            within: 0.005,
            from: "by hand, from Shiller's monthly table: 102.31 over 100.20, S&P's figure of 2013",
        },
        Golden {
            query: "eps_growth(IWM, @2026-08-08)",
            want: 35.85,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
    ],
};

/// The newer and the older earnings of each company: expected and trailing for a unit of price, or
/// those of a quarter in units of the year before.
pub(super) fn growths<'a>(
    portfolio: &Portfolio<'a>,
    of: &str,
) -> Result<(Cover<'a>, Cover<'a>), Undefined> {
    let earnings = |symbol: &str| {
        if of == "expected" {
            let trailing = 1.0 / portfolio.figure(Item::PeTrailing, symbol)?.figure.value;
            let known = portfolio.figure(Item::PeForward, symbol)?;
            return Some((1.0 / known.figure.value, trailing, known));
        }
        let known = portfolio.figure(Item::EarningsGrowth, symbol)?;
        Some((1.0 + known.figure.value, 1.0, known))
    };
    let what = "earnings growth";
    let newer = portfolio.cover(what, |s| earnings(s).map(|(newer, _, known)| (newer, known)))?;
    let older = portfolio.cover(what, |s| earnings(s).map(|(_, older, known)| (older, known)))?;
    Ok((newer, older))
}

fn of_index(scope: &Scope<'_>, accounts: Accounts<'_>) -> Result<Outcome, Undefined> {
    let (base, end) = scope.change(&PERIOD)?;
    let month = |day| CalendarPeriod::containing(Grain::Month, day);
    if month(base).until(month(end)) < 12 {
        let period = scope.period(&PERIOD);
        let reason = format!("{period} is shorter than the year in which the earnings were made");
        return Err(Undefined::new("period_kind", reason));
    }
    let at = |day| accounts.month("EARNINGS", month(day));
    let ((before, base_row), (after, end_row)) = (at(base)?, at(end)?);
    if before <= 0.0 {
        let reason = format!("earnings of {before} have no growth");
        return Err(Undefined::new("negative_earnings", reason));
    }
    Ok(Outcome {
        quantity: finite(after / before - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(base, end)),
        rows: vec![base_row, end_row],
        notices: Vec::new(),
    })
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let is_moment = matches!(scope.period(&PERIOD), Period::At(_));
    if let Some(accounts) = Accounts::of(scope.view(), scope.entity(&COMPANIES))
        && !is_moment
    {
        return of_index(scope, accounts);
    }
    if !is_moment {
        let reason = "the growth of companies is asked as of one moment such as @2026-08-08";
        return Err(Undefined::new("period_kind", reason));
    }
    let portfolio = scope.portfolio(&COMPANIES, &PERIOD)?;
    let (newer, older) = growths(&portfolio, scope.choice(&OF))?;
    let both = || newer.companies.iter().zip(&older.companies);
    let growth = match scope.choice(&AVERAGE) {
        "median" => {
            median(&both().map(|(new, old)| new.value / old.value - 1.0).collect::<Vec<f64>>())
        }
        _ if scope.choice(&OF) == "reported" => {
            let reason = "growths of single quarters have no earnings in the data to weigh them \
                          with; `average: median` needs none";
            return Err(Undefined::new("no_levels", reason));
        }
        _ if older.sum() > 0.0 => Some(newer.sum() / older.sum() - 1.0),
        _ => None,
    };
    let growth = growth.ok_or_else(|| {
        Undefined::new("negative_earnings", "earnings that are not positive have no growth")
    })?;
    newer.outcome(growth, Unit::Fraction)
}
