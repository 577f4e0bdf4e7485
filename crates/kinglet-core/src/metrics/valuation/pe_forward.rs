//! Forward P/E: price over the earnings that analysts expect for the next year.
//!
//! # Definition
//! $$ PE = \sum_i w_i \Big/ \sum_i w_i\, y_i, \qquad y_i = E_i / P_i $$
//! where $w_i$ is the weight of company $i$ and $y_i$ the inverse of its forward P/E: expected
//! earnings per share over price, negative where a loss is expected. This is `average: aggregate`,
//! what all companies cost over what all are expected to earn. Other averages: `harmonic`
//! $n / \sum y_i$ with each company alike; `mean` $\sum w_i y_i^{-1} / \sum w_i$; `median`, the
//! middle P/E, each company alike; `weighted_median`, the P/E up to which companies have half of
//! the weight. With `losses: exclude` companies with $y_i < 0$ are left out of all sums; with
//! `include` they are counted, and a median ranks them above every P/E.
//!
//! The companies are those of the last holdings known on the day, at most a year old (of `RUT`
//! those of IWM, which tracks it), or the 500 largest for `LARGEST:500`, wherever domiciled, with
//! the largest class of shares alone where accounts show that classes are of one company; weights
//! are shares of the value held or capitalised; figures are the last known on the day, each at most
//! a year old. Companies without a figure are left out, and a notice says what share of the weight
//! the others have. The rows are the ten companies that contribute most.
//!
//! # Undefined when
//! Neither holdings nor company figures of the subject were known on the day (`no_companies`), the
//! holdings are older than a year (`stale`), companies with less than half of the weight have a
//! figure (`coverage`), the earnings are not positive together or, for a median, in the middle, or
//! a `mean` would count losses (`negative_earnings`), the period is not one moment
//! (`period_kind`) or lies after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{companies::Item::PeForward, query::{Evaluator, Query}, view::example_fund};
//! // 60 and 20 dollars cost 4 + 1 dollars of earnings; 20 more dollars a loss of one.
//! let view = example_fund(&[
//!     ("A", 60.0, &[(PeForward, 15.0)]),
//!     ("B", 20.0, &[(PeForward, 20.0)]),
//!     ("C", 20.0, &[(PeForward, -20.0)]),
//! ]);
//! let answer = |text: &str| Evaluator::new(&view).answer(&text.parse::<Query>().unwrap());
//! assert_eq!(answer("pe_forward(IWM, @2025-08-29, losses: exclude)").display(), "16.00");
//! assert_eq!(answer("pe_forward(IWM, @2025-08-29)").display(), "25.00");
//! ```
//!
//! # References
//! Siegel (2016), The Shiller CAPE Ratio: A New Look, Financial Analysts Journal 72(3), on losses
//! in aggregate earnings. Agrrawal, Borgman, Clark, Strong (2010), Using the Price-to-Earnings
//! Harmonic Mean to Improve Firm Valuation Estimates, Journal of Financial Education 36.

use crate::answer::{Outcome, Undefined};
use crate::companies::Item;
use crate::definition::params::{AVERAGE, COMPANIES, LOSSES, MOMENT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, UnitRule};
use crate::portfolio::{Average, Cover, Portfolio};
use crate::quantity::Unit;
use crate::query::Scope;

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "pe_forward",
        unit: UnitRule::Fixed(Unit::Ratio),
        spelling: None,
        params: &[&COMPANIES, &MOMENT, &LOSSES, &AVERAGE],
        example: "pe_forward(IWM, @2026-08-08, losses: exclude)",
        phrases: &[
            "a forward p/e of {value}",
            "{value} times forward earnings",
            "{value} times expected earnings",
            "a forward price-to-earnings ratio of {value}",
        ],
        code: Some(ClaimCode::Open("pe_forward")),
        revision: 2,
        source: include_str!("pe_forward.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[
        Golden {
            query: "pe_forward(IWM, @2026-08-08, losses: exclude)",
            want: 15.30,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "pe_forward(IWM, @2026-08-08)",
            want: 21.36,
            within: 0.005,
            from: "Python 3, csv module, holdings of 2026-05-05 and company figures of 2026-08-08",
        },
        Golden {
            query: "pe_forward(LARGEST:500, @2026-08-08)",
            want: 18.7084,
            within: 0.000_05,
            from: "pandas 3.1.1 over us_fundamentals_2026-08-08.csv: of rows with one totalCash \
                   and totalDebt the one with the largest marketCap m, of these the 500 largest, \
                   sum(m) / sum(m / forwardPE); 18.9245 with every class of shares",
        },
    ],
};

/// Expected earnings for a unit of price.
pub(super) fn earnings<'a>(portfolio: &Portfolio<'a>) -> Result<Cover<'a>, Undefined> {
    portfolio.cover("expected earnings", |symbol| {
        let known = portfolio.figure(Item::PeForward, symbol)?;
        Some((1.0 / known.figure.value, known))
    })
}

/// The multiple of companies, by the conventions that the query chose.
pub(super) fn by_convention<'a>(
    scope: &Scope<'_>,
    mut cover: Cover<'a>,
) -> Result<(f64, Cover<'a>), Undefined> {
    match scope.choice(&LOSSES) {
        "exclude" => cover = cover.positive()?,
        _ => cover.say_negative("are counted"),
    }
    let multiple = cover.multiple(Average::of(scope.choice(&AVERAGE)))?;
    Ok((multiple, cover))
}

/// The forward P/E of a subject.
pub(super) fn of(scope: &Scope<'_>, subject: &Param) -> Result<Outcome, Undefined> {
    let portfolio = scope.portfolio(subject, &MOMENT)?;
    let (multiple, cover) = by_convention(scope, earnings(&portfolio)?)?;
    cover.outcome(multiple, Unit::Ratio)
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    of(scope, &COMPANIES)
}
