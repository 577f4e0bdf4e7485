//! Leadership: for how many months one side has led another, as a declared rule dates the turns.
//!
//! # Definition
//! $$ \rho_t = P_t / Q_t $$
//! at the month-ends $t$ through the last one $e$ of the period, where $P_t$ is the close of the
//! subject and $Q_t$ that of `other`. A low of $\rho$ is a turn towards the subject once $\rho$ has
//! risen from it by `reversal`, $\rho_t \ge (1 + \lambda)\,\rho_{low}$; a high is a turn towards
//! the other side once $\rho_t \le \rho_{high} / (1 + \lambda)$: the rule is the same seen from
//! either side. Turns alternate; of equal lows or highs the first counts. The value is the number
//! of months from the last turn to $e$; who leads since then is the sign of `leadership_gain`. A
//! turn is known only once it is confirmed, so that an earlier $e$ may give another turn.
//!
//! # Undefined when
//! No turn is confirmed in the unbroken stretch of month-ends that both have (`too_short`), the
//! reversal is not positive (`outside_domain`), a close is not positive (`not_positive`), there is
//! no such series (`no_series`), or the period ends after the data (`outside_coverage`).
//!
//! # Example
//! ```
//! # use kinglet_core::{query::Evaluator, view::{example, example_series}};
//! use kinglet_core::identity::Basis::Price;
//! // The ratio falls to 0.8 in April and is 25% above that in June.
//! let days = ["2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30"];
//! let closes = |values: [f64; 4]| [0, 1, 2, 3].map(|i| (days[i], values[i]));
//! let other = example_series("SPX", &closes([100.0; 4]));
//! let view = example(&closes([90.0, 80.0, 95.0, 100.0])).with_series("SPX", Price, &other);
//! let query = "leadership_length(RUT, SPX, @2025-06-30)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "2 months");
//! ```
//!
//! # References
//! Lunde, Timmermann (2004), Duration Dependence in Stock Prices, Journal of Business & Economic
//! Statistics 22(3), section 2 (the filter rule, here on a ratio of two indexes).

use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::definition::params::{BASIS, OTHER, PERIOD, SUBJECT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::quantity::Unit;
use crate::query::Scope;
use crate::time::{Calendar, CalendarPeriod, Date, Grain, Interval};

pub(super) static REVERSAL: Param = Param::optional(
    "reversal",
    ParamKind::Number(Unit::Fraction),
    "by how much the ratio must turn for a new cycle; default: 20%",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "leadership_length",
        unit: UnitRule::Fixed(Unit::Months),
        spelling: None,
        params: &[&SUBJECT, &OTHER, &PERIOD, &REVERSAL, &BASIS],
        example: "leadership_length(RUT, SPX, @2025-08-29)",
        phrases: &["has led for {value}", "a cycle of leadership of {value}"],
        code: None,
        revision: 1,
        source: include_str!("leadership_length.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::NotNegative],
    golden: &[Golden {
        query: "leadership_length(RUT, SPX, @2025-08-29)",
        want: 54.0,
        within: 0.0,
        from: "pandas 3.1.1 over the month ends of the facts, the rule written again in Python: \
               the last turn is the high of 2021-02-26",
    }],
};

/// The cycles of a ratio line.
pub(super) struct Cycles {
    /// The month-ends with the ratio at each, oldest first.
    line: Vec<(Date, f64)>,
    /// The places in the line at which it turns, oldest first; one at least.
    turns: Vec<usize>,
    rows: Vec<Row>,
}

impl Cycles {
    /// Those of the arguments at hand.
    pub(super) fn of(scope: &Scope<'_>) -> Result<Cycles, Undefined> {
        let reversal = scope.number_given(&REVERSAL).unwrap_or(0.2);
        if reversal <= 0.0 {
            return Err(Undefined::new("outside_domain", "a reversal is more than 0%"));
        }
        let end = scope.end(&PERIOD)?;
        let sides = [scope.series(&SUBJECT, &BASIS)?, scope.series(&OTHER, &BASIS)?];
        let mut line = Vec::new();
        for day in month_ends(scope.calendar(), end) {
            let [Ok(own), Ok(other)] = sides.map(|side| scope.close(side, day)) else { break };
            if own.value <= 0.0 || other.value <= 0.0 {
                let reason = format!("a close of {day} is not positive");
                return Err(Undefined::new("not_positive", reason));
            }
            line.push((day, own.value / other.value));
        }
        line.reverse();
        let turns = turns(&line, 1.0 + reversal);
        let Some(&last) = turns.last() else {
            let reason = format!("the ratio has not turned by {:.0}% yet", 100.0 * reversal);
            return Err(Undefined::new("too_short", reason));
        };
        let ends = [line[last].0, line[line.len() - 1].0];
        let row = |side, day| Ok(scope.row(side, scope.close(side, day)?));
        let rows = sides.into_iter().flat_map(|side| ends.map(|day| row(side, day)));
        let rows = rows.collect::<Result<_, Undefined>>()?;
        Ok(Cycles { line, turns, rows })
    }

    /// How many months the present cycle has lasted.
    pub(super) fn length(&self) -> usize {
        self.line.len() - 1 - self.turns[self.turns.len() - 1]
    }

    /// By what factor the ratio has moved in it.
    pub(super) fn growth(&self) -> f64 {
        self.line[self.line.len() - 1].1 / self.line[self.turns[self.turns.len() - 1]].1
    }

    /// How many months each cycle lasted that has ended, the oldest first; not what came before the
    /// first turn, whose beginning is not known.
    pub(super) fn completed(&self) -> Vec<usize> {
        self.turns.windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    /// A measure of the present cycle, with the days of all turns.
    pub(super) fn outcome(self, value: f64, unit: Unit) -> Result<Outcome, Undefined> {
        let days: Vec<String> = self.turns.iter().map(|&at| self.line[at].0.to_string()).collect();
        let (from, to) = (self.line[self.turns[self.turns.len() - 1]].0, self.line.last());
        Ok(Outcome {
            quantity: finite(value, unit)?,
            interval: to.map(|(to, _)| Interval::between(from, *to)),
            rows: self.rows,
            notices: vec![Notice { code: "turns", text: format!("turns: {}", days.join(", ")) }],
        })
    }
}

/// The last sessions of all months that end by a day, newest first.
fn month_ends(calendar: &Calendar, end: Date) -> impl Iterator<Item = Date> {
    let newest = CalendarPeriod::containing(Grain::Month, end);
    let begin = calendar.sessions().first().copied().unwrap_or(Date::MAX);
    let months = (0..).map(move |n: i32| newest.plus(-n));
    let months = months.take_while(move |month| begin <= month.last_day());
    months.filter_map(move |month| {
        let last = calendar.on_or_before(month.last_day()).ok()?;
        (month.first_day() <= last && last <= end).then_some(last)
    })
}

/// The places at which a line turns: lows and highs in turn, each confirmed by a move of `factor`.
fn turns(line: &[(Date, f64)], factor: f64) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let (mut low, mut high) = (0, 0);
    let mut rising = None;
    for (at, (_, ratio)) in line.iter().enumerate() {
        if *ratio < line[low].1 {
            low = at;
        }
        if *ratio > line[high].1 {
            high = at;
        }
        if rising != Some(true) && *ratio >= line[low].1 * factor {
            found.push(low);
            (rising, high) = (Some(true), at);
        } else if rising != Some(false) && *ratio <= line[high].1 / factor {
            found.push(high);
            (rising, low) = (Some(false), at);
        }
    }
    found
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let cycles = Cycles::of(scope)?;
    let months = cycles.length() as f64;
    cycles.outcome(months, Unit::Months)
}
