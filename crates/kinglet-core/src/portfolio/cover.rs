//! The companies of a portfolio for which a figure is known.

use super::{Average, Portfolio, Position, ROWS_MAX, multiple};
use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::companies::{Figure, Item};
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::time::{Date, Interval};

/// The least share of the weight for which a figure must be known.
const COVERAGE_MIN: f64 = 0.5;

/// A figure with what it measures.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What it measures.
    pub item: Item,
    /// The figure.
    pub figure: &'a Figure,
}

/// A company for which there is a value.
#[derive(Clone, Copy, Debug)]
pub struct Covered<'a> {
    /// The company.
    pub position: Position<'a>,
    /// The value that enters the sum: of a multiple its inverse.
    pub value: f64,
    /// What it follows from.
    pub known: Known<'a>,
}

impl Covered<'_> {
    /// What it adds to a sum by weight.
    pub fn contribution(&self) -> f64 {
        self.position.weight * self.value
    }

    fn row(&self) -> Row {
        let Known { item, figure } = self.known;
        figure.row(item, self.position.symbol)
    }
}

/// Companies with values that have at least half of the weight of their portfolio.
#[derive(Clone, Debug)]
pub struct Cover<'a> {
    /// The companies.
    pub companies: Vec<Covered<'a>>,
    /// What the values are, for people: `earnings`.
    pub what: &'static str,
    /// Coverage, and what was left out.
    pub notices: Vec<Notice>,
    day: Date,
}

impl<'a> Cover<'a> {
    pub(super) fn new(
        what: &'static str,
        companies: Vec<Covered<'a>>,
        portfolio: &Portfolio<'_>,
    ) -> Result<Self, Undefined> {
        let all = &portfolio.positions;
        let share = sum(companies.iter().map(|c| c.position.weight));
        let text = format!(
            "{what} of {} of {} companies are known, with {:.1}% of the weight",
            companies.len(),
            all.len(),
            share * 100.0
        );
        if companies.is_empty() || share < COVERAGE_MIN {
            return Err(Undefined::new("coverage", text));
        }
        let mut notices = portfolio.notices.clone();
        if all.len() > 1 {
            notices.push(Notice { code: "coverage", text });
        }
        Ok(Cover { companies, what, notices, day: portfolio.day })
    }

    /// The weight of the companies, in order.
    pub fn weight(&self) -> f64 {
        sum(self.companies.iter().map(|c| c.position.weight))
    }

    /// The sum of the values by weight.
    pub fn sum(&self) -> f64 {
        sum(self.companies.iter().map(Covered::contribution))
    }

    /// The mean of the values by weight.
    pub fn mean(&self) -> f64 {
        self.sum() / self.weight()
    }

    /// The companies whose value is negative: how many, and their share of the weight.
    pub fn negative(&self) -> (usize, f64) {
        let negative = || self.companies.iter().filter(|c| c.value < 0.0);
        (negative().count(), sum(negative().map(|c| c.position.weight)) / self.weight())
    }

    /// Those whose value is positive; a notice says how many are not.
    ///
    /// # Errors
    /// `negative_earnings` where there is none.
    pub fn positive(mut self) -> Result<Self, Undefined> {
        self.say_negative("are left out");
        self.companies.retain(|c| c.value > 0.0);
        if self.companies.is_empty() {
            let reason = format!("no company has positive {}", self.what);
            return Err(Undefined::new("negative_earnings", reason));
        }
        Ok(self)
    }

    /// Says how many have a negative value, all of which are counted.
    pub fn say_negative(&mut self, fate: &str) {
        let (count, share) = self.negative();
        if count > 0 && self.companies.len() > 1 {
            let (what, share) = (self.what, share * 100.0);
            let text = format!(
                "{count} companies with negative {what}, {share:.1}% of that weight, {fate}"
            );
            self.notices.push(Notice { code: "losses", text });
        }
    }

    /// Price over what the values are per unit of price.
    ///
    /// # Errors
    /// As [`multiple`].
    pub fn multiple(&self, average: Average) -> Result<f64, Undefined> {
        multiple(self, average)
    }

    /// The outcome of a computation on these companies.
    ///
    /// # Errors
    /// `not_finite`
    pub fn outcome(self, value: f64, unit: Unit) -> Result<Outcome, Undefined> {
        Ok(Outcome {
            quantity: finite(value, unit)?,
            interval: Some(Interval::at(self.day)),
            rows: self.rows(),
            notices: self.notices,
        })
    }

    /// The same companies, each with the weight of its own value: what a plain sum counts.
    #[must_use]
    pub fn by_value(mut self) -> Self {
        self.companies.iter_mut().for_each(|c| c.position.weight = 1.0);
        self
    }

    /// The rows of the companies that contribute most, the largest first.
    pub fn rows(&self) -> Vec<Row> {
        let mut companies: Vec<&Covered<'_>> = self.companies.iter().collect();
        companies.sort_by(|a, b| b.contribution().abs().total_cmp(&a.contribution().abs()));
        companies.iter().take(ROWS_MAX).map(|c| c.row()).collect()
    }
}
