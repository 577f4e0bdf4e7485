//! Crisis return: what an entity returned while the S&P 500 fell from a high to its low.
//!
//! # Definition
//! $$ R = P_e / P_b - 1 $$
//! where $P_b$ and $P_e$ are the closes of the two sessions of the crisis, the S&P 500's highest
//! close before the fall and the lowest of the fall, which were known as such only afterwards, with
//! its fall:
//! `bear_1968` 1968-11-29 to 1970-05-26, -36.1%;
//! `oil_1973` 1973-01-11 to 1974-10-03, -48.2%;
//! `volcker_1980` 1980-11-28 to 1982-08-12, -27.1%;
//! `crash_1987` 1987-08-25 to 1987-12-04, -33.5%;
//! `kuwait_1990` 1990-07-16 to 1990-10-11, -19.9%;
//! `russia_1998` 1998-07-17 to 1998-08-31, -19.3%;
//! `dot_com_2000` 2000-03-24 to 2002-10-09, -49.1%;
//! `financial_2007` 2007-10-09 to 2009-03-09, -56.8%;
//! `euro_2011` 2011-04-29 to 2011-10-03, -19.4%;
//! `rates_2018` 2018-09-20 to 2018-12-24, -19.8%;
//! `covid_2020` 2020-02-19 to 2020-03-23, -33.9%;
//! `inflation_2022` 2022-01-03 to 2022-10-12, -25.4%;
//! `tariffs_2025` 2025-02-19 to 2025-04-08, -18.9%.
//! An entity may have turned earlier or later: `drawdown` over the same days tells.
//!
//! # Undefined when
//! A close of the two days is missing (`no_observation`) or that of the first not positive
//! (`not_positive`), there is no such series (`no_series`), or the data end before the crisis
//! (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::{Evaluator, Query}, view::example};
//! let view = example(&[("2025-02-19", 200.0), ("2025-04-08", 150.0)]);
//! let query: Query = "crisis_return(RUT, in: tariffs_2025)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "-25.00%");
//! ```
//!
//! # References
//! S&P Dow Jones Indices, list of bear markets by Howard Silverblatt, as reported by CNBC on
//! 2022-06-13 (1968 to 1990, 2000, 2007, 2020); Ned Davis Research, in Hartford Funds, Bear Markets
//! (2022); the others by the same rule, a fall of 18% and more between closes of the S&P 500 since
//! 1990.

use crate::answer::{Outcome, Undefined, finite};
use crate::definition::params::{BASIS, SUBJECT};
use crate::definition::{ClaimCode, Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Date, Interval};

/// The sessions of the high and the low of each crisis, in the order of its words. They stand here,
/// not among the data: the words are part of the language, which is read without data, and a crisis
/// is a convention, like the rule of a first cut.
const CRISES: [(Date, Date); NAMES.len()] = [
    (Date::constant(1968, 11, 29), Date::constant(1970, 5, 26)),
    (Date::constant(1973, 1, 11), Date::constant(1974, 10, 3)),
    (Date::constant(1980, 11, 28), Date::constant(1982, 8, 12)),
    (Date::constant(1987, 8, 25), Date::constant(1987, 12, 4)),
    (Date::constant(1990, 7, 16), Date::constant(1990, 10, 11)),
    (Date::constant(1998, 7, 17), Date::constant(1998, 8, 31)),
    (Date::constant(2000, 3, 24), Date::constant(2002, 10, 9)),
    (Date::constant(2007, 10, 9), Date::constant(2009, 3, 9)),
    (Date::constant(2011, 4, 29), Date::constant(2011, 10, 3)),
    (Date::constant(2018, 9, 20), Date::constant(2018, 12, 24)),
    (Date::constant(2020, 2, 19), Date::constant(2020, 3, 23)),
    (Date::constant(2022, 1, 3), Date::constant(2022, 10, 12)),
    (Date::constant(2025, 2, 19), Date::constant(2025, 4, 8)),
];

const NAMES: &[&str] = &[
    "bear_1968",
    "oil_1973",
    "volcker_1980",
    "crash_1987",
    "kuwait_1990",
    "russia_1998",
    "dot_com_2000",
    "financial_2007",
    "euro_2011",
    "rates_2018",
    "covid_2020",
    "inflation_2022",
    "tariffs_2025",
];

static IN: Param = Param {
    name: "in",
    kind: ParamKind::Choice(NAMES),
    named: true,
    default: None,
    optional: false,
    doc: "which crisis, by the year in which the S&P 500 began to fall",
};

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "crisis_return",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[&SUBJECT, &IN, &BASIS],
        example: "crisis_return(RUT, in: tariffs_2025)",
        phrases: &[
            "returned {value} in the 1987 crash",
            "lost {value} in the financial crisis",
            "fell {value} in the covid crash",
            "fell {value} in the tariff selloff",
        ],
        code: Some(ClaimCode::Settled("return")),
        revision: 1,
        source: include_str!("crisis_return.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant],
    golden: &[Golden {
        query: "crisis_return(SPX, in: tariffs_2025)",
        want: -18.9,
        within: 0.05,
        from: "4982.77, the low of the year (Associated Press, 2025-04-08), over the record of \
               6144.15 on 2025-02-19, less 1",
    }],
};

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let name = scope.choice(&IN);
    let at = NAMES.iter().position(|other| *other == name).unwrap_or_default();
    let (from, to) = CRISES[at];
    let through = scope.view().cutoff.through;
    if to > through {
        let reason = format!("{name} ended on {to}, after the data end {through}");
        return Err(Undefined::new("outside_coverage", reason));
    }
    let series = scope.series(&SUBJECT, &BASIS)?;
    let (base, end) = scope.closes(series, (from, to))?;
    Ok(Outcome {
        quantity: finite(scope.growth(series, base, end)? - 1.0, Unit::Fraction)?,
        interval: Some(Interval::between(from, to)),
        rows: vec![scope.row(series, base), scope.row(series, end)],
        notices: Vec::new(),
    })
}
