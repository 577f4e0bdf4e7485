//! Implied growth: how fast earnings must grow for a multiple to be worth paying, in two stages.
//!
//! # Definition
//! $$ \frac{P}{E} = p \left[ \sum_{t=1}^{N} q^t + q^N \frac{1+g_T}{r-g_T} \right],
//!    \qquad q = \frac{1+g}{1+r} $$
//! solved for $g$, the growth of earnings in each of the first $N$ years (`years`: 10), where $P/E$
//! is `pe_trailing` of the subject, $p$ the part of earnings that is paid out (`payout`: 60%), $r$
//! the return that is asked (`asked`: 8%) and $g_T$ the growth after year $N$ (`terminal`: 4%).
//! With `of: forward` it is `pe_forward`, whose earnings are those of the first year: the right
//! side is divided by $1+g$. A notice names what was assumed: another return asked gives another
//! growth.
//!
//! # Undefined when
//! The P/E is (see `pe_trailing`, `pe_forward`), the return asked is not above the growth after
//! the first years, or something is paid out of nothing or less, or no growth between -99% and
//! 100% explains the multiple (`outside_domain`), or `years` is not a whole number (`not_whole`).
//!
//! # Example
//! ```
//! # use kinglet_core::companies::Item::PeTrailing;
//! # use kinglet_core::{query::{Evaluator, Query}, view::example_fund};
//! // Growing by 4% for ever, p (1 + g) / (r - g) = 0.6 * 1.04 / 0.04 = 15.6 are paid.
//! let view = example_fund(&[("A", 50.0, &[(PeTrailing, 15.6)])]);
//! let query: Query = "implied_growth(A, @2025-08-29, losses: exclude)".parse().unwrap();
//! assert_eq!(Evaluator::new(&view).answer(&query).display(), "4.00%");
//! ```
//!
//! # References
//! Damodaran (2012), Investment Valuation, 3rd edition, chapters 13 and 18 (two-stage dividend
//! discount model and the P/E it implies); Rappaport, Mauboussin (2001), Expectations Investing,
//! chapter 5.

use super::{pe_forward, pe_trailing};
use crate::answer::{Notice, Outcome, Undefined, finite};
use crate::definition::params::{AVERAGE, COMPANIES, EARNINGS, LOSSES, MOMENT};
use crate::definition::{Definition, Golden, Law, Metric, Param, ParamKind, UnitRule};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::query::Scope;

const fn rate(name: &'static str, doc: &'static str) -> Param {
    Param::optional(name, ParamKind::Number(Unit::Fraction), doc)
}

static ASKED: Param = rate("asked", "the return that investors ask, a year; default: 8%");
static TERMINAL: Param = rate("terminal", "the growth after the first years; default: 4%");
static PAYOUT: Param = rate("payout", "the part of earnings that is paid out; default: 60%");
static YEARS: Param = Param::with_default(
    "years",
    ParamKind::Number(Unit::Ratio),
    "10",
    "for how many years earnings grow at the rate that is solved for",
);

/// See the header.
pub static METRIC: Metric = Metric {
    definition: Definition {
        name: "implied_growth",
        unit: UnitRule::Fixed(Unit::Fraction),
        spelling: None,
        params: &[
            &COMPANIES, &MOMENT, &EARNINGS, &LOSSES, &AVERAGE, &ASKED, &TERMINAL, &PAYOUT, &YEARS,
        ],
        example: "implied_growth(SPX, @1999-12-31)",
        phrases: &[
            "an implied growth of {value}",
            "an implied growth rate of {value}",
            "priced in growth of {value}",
        ],
        code: None,
        revision: 2,
        source: include_str!("implied_growth.rs"),
    },
    compute,
    laws: &[Law::ScaleInvariant, Law::WithinOne],
    golden: &[
        Golden {
            query: "implied_growth(SPX, @1999-12-31)",
            want: 14.304_316_03,
            within: 0.000_01,
            from: "scipy 1.17.1, optimize.brentq of the equation at P/E 1469.25 / 41.02",
        },
        Golden {
            query: "implied_growth(SPX, @2015-06-30, asked: 9%)",
            want: 10.115_074_34,
            within: 0.000_01,
            from: "scipy 1.17.1, optimize.brentq of the equation at P/E 2063.11 / 102.31",
        },
    ],
};

/// What is assumed beside the growth of the first years.
struct Model {
    asked: f64,
    terminal: f64,
    payout: f64,
    years: u16,
    is_forward: bool,
}

/// The lowest and the highest growth that is looked for.
const GROWTH: (f64, f64) = (-0.99, 1.0);
/// Halving an interval of two so often leaves nothing to halve.
const HALVINGS: usize = 64;

impl Model {
    fn of(scope: &Scope<'_>) -> Result<Model, Undefined> {
        let given = |param, default| scope.number_given(param).unwrap_or(default);
        let model = Model {
            asked: given(&ASKED, 0.08),
            terminal: given(&TERMINAL, 0.04),
            payout: given(&PAYOUT, 0.6),
            years: scope.whole(&YEARS)?,
            is_forward: scope.choice(&EARNINGS) == "forward",
        };
        if model.asked <= model.terminal || model.terminal <= -1.0 || model.payout <= 0.0 {
            let reason = "the return asked must be above the growth after the first years, and \
                          something paid out";
            return Err(Undefined::new("outside_domain", reason));
        }
        Ok(model)
    }

    /// The multiple that a growth is worth.
    fn multiple(&self, growth: f64) -> f64 {
        let factor = (1.0 + growth) / (1.0 + self.asked);
        let power = |t: u16| libm::pow(factor, f64::from(t));
        let first = sum((1..=self.years).map(power));
        let later = power(self.years) * (1.0 + self.terminal) / (self.asked - self.terminal);
        let per_last_year = self.payout * (first + later);
        if self.is_forward { per_last_year / (1.0 + growth) } else { per_last_year }
    }

    /// The growth that a multiple implies: more growth is worth a higher one.
    fn growth(&self, multiple: f64) -> Option<f64> {
        let (mut low, mut high) = GROWTH;
        if !(self.multiple(low)..=self.multiple(high)).contains(&multiple) {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if self.multiple(middle) < multiple {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(0.5 * (low + high))
    }

    fn notice(&self) -> Notice {
        let percent = |value: f64| crate::quantity::Quantity::new(value, Unit::Fraction).display();
        let text = format!(
            "growth of the first {} years where {} a year is asked, {} of earnings is paid out, \
             and earnings grow by {} after",
            self.years,
            percent(self.asked),
            percent(self.payout),
            percent(self.terminal)
        );
        Notice { code: "assumed", text }
    }
}

fn compute(scope: &Scope<'_>) -> Result<Outcome, Undefined> {
    let model = Model::of(scope)?;
    let mut outcome = match model.is_forward {
        true => pe_forward::of(scope, &COMPANIES)?,
        false => pe_trailing::of(scope, &COMPANIES)?,
    };
    let multiple = outcome.quantity.value;
    let growth = model.growth(multiple).ok_or_else(|| {
        let reason = format!("no growth from -99% to 100% a year explains a P/E of {multiple:.1}");
        Undefined::new("outside_domain", reason)
    })?;
    outcome.notices.push(model.notice());
    Ok(Outcome { quantity: finite(growth, Unit::Fraction)?, ..outcome })
}
