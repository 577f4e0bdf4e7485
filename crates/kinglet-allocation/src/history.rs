//! Histories with gaps and unequal lengths, made complete by a stated rule.

use std::sync::Arc;

use crate::error::AllocationError;
use crate::returns::{Returns, finite, positive, shape};

/// Returns of which some are missing, one column per asset.
#[derive(Clone, Debug)]
pub struct History {
    names: Vec<String>,
    periods: Vec<String>,
    /// Asset after asset. What is missing is no number here, so that one matrix serves histories
    /// and, where nothing is missing, the returns made of them; it leaves as `None`.
    values: Arc<Vec<f64>>,
    periods_per_year: f64,
}

/// What to do where a value is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// A missing value is an error.
    #[default]
    Refuse,
    /// Only periods in which every asset has a value are used.
    CommonPeriod,
    /// The same, but that plain means are of all periods that an asset has: with [`pairwise`]
    /// covariances the estimates of unequal histories that pandas and PyPortfolioOpt make.
    ///
    /// [`pairwise`]: crate::estimate::pairwise
    OwnPeriods,
}

/// What a rule for missing values left.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The rule.
    pub rule: Missing,
    /// Periods before and after.
    pub periods: (usize, usize),
    /// Missing values of each asset, for those that have some.
    pub missing: Vec<(String, usize)>,
}

impl History {
    /// Checks values that stand asset after asset, each over all periods; `None` is missing.
    pub fn new(
        names: Vec<String>,
        periods: Vec<String>,
        values: impl IntoIterator<Item = Option<f64>>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        let values = Arc::new(checked((&names, &periods), values, finite)?);
        Ok(Self { names, periods, values, periods_per_year })
    }

    /// Returns from each price to the next period's; a return next to a missing price is missing.
    pub fn from_prices(
        names: Vec<String>,
        mut periods: Vec<String>,
        prices: impl IntoIterator<Item = Option<f64>>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        let mut values = checked((&names, &periods), prices, positive)?;
        let rows = periods.len();
        // In place: each return stands before the prices that are still needed.
        let mut kept = 0;
        for price in (0..values.len()).filter(|at| at % rows != 0) {
            values[kept] = values[price] / values[price - 1] - 1.0;
            kept += 1;
        }
        values.truncate(kept);
        periods.drain(..rows.min(1));
        Ok(Self { names, periods, values: Arc::new(values), periods_per_year })
    }

    /// The names of the assets.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many periods make a year.
    pub fn periods_per_year(&self) -> f64 {
        self.periods_per_year
    }

    /// How many periods.
    pub fn rows(&self) -> usize {
        self.periods.len()
    }

    /// The values of one asset over all periods.
    pub fn asset(&self, number: usize) -> impl Iterator<Item = Option<f64>> + '_ {
        self.column(number).iter().map(|value| (!value.is_nan()).then_some(*value))
    }

    /// The values that an asset has, one after the other.
    pub fn own(&self, number: usize) -> Vec<f64> {
        self.asset(number).flatten().collect()
    }

    fn column(&self, number: usize) -> &[f64] {
        &self.values[number * self.rows()..(number + 1) * self.rows()]
    }

    /// Complete returns, and what the rule left of the history.
    pub fn returns(&self, rule: Missing) -> Result<(Returns, Coverage), AllocationError> {
        let missing = self.missing();
        let (names, per_year) = (self.names.clone(), self.periods_per_year);
        if missing.is_empty() {
            let periods = (self.rows(), self.rows());
            let values = Arc::clone(&self.values);
            let returns = Returns::shared(names, self.periods.clone(), values, per_year)?;
            return Ok((returns, Coverage { rule, periods, missing }));
        }
        if rule == Missing::Refuse {
            return Err(self.first_missing());
        }
        let assets = 0..self.names.len();
        let whole = |row: &usize| assets.clone().all(|number| !self.column(number)[*row].is_nan());
        let kept: Vec<usize> = (0..self.periods.len()).filter(whole).collect();
        if kept.len() < 2 {
            let shortest = missing.iter().max_by_key(|(_, count)| *count);
            let shortest = shortest.map_or_else(String::new, |(name, _)| name.clone());
            return Err(AllocationError::NoCommonPeriod { shortest });
        }
        let values = assets.clone().flat_map(|number| {
            let column = self.column(number);
            kept.iter().map(|row| column[*row])
        });
        let periods: Vec<String> = kept.iter().map(|row| self.periods[*row].clone()).collect();
        let coverage = Coverage { rule, periods: (self.periods.len(), periods.len()), missing };
        let values = values.collect();
        let returns = Returns::new(names, periods, values, per_year)?;
        Ok((returns, coverage))
    }

    fn missing(&self) -> Vec<(String, usize)> {
        let counts = self.names.iter().enumerate().map(|(number, name)| {
            (name.clone(), self.column(number).iter().filter(|value| value.is_nan()).count())
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }

    fn first_missing(&self) -> AllocationError {
        let place = self.values.iter().position(|value| value.is_nan()).unwrap_or(0);
        AllocationError::NotFinite {
            asset: self.names[place / self.periods.len()].clone(),
            period: self.periods[place % self.periods.len()].clone(),
            value: f64::NAN,
        }
    }
}

/// The values where each is what it must be, with the place of the first that is not.
fn checked(
    (names, periods): (&[String], &[String]),
    values: impl IntoIterator<Item = Option<f64>>,
    check: fn(&str, &str, f64) -> Result<(), AllocationError>,
) -> Result<Vec<f64>, AllocationError> {
    let rows = periods.len();
    let mut kept = Vec::with_capacity(names.len() * rows);
    for (place, value) in values.into_iter().enumerate() {
        if let (Some(value), Some(name)) = (value, names.get(place / rows.max(1))) {
            check(name, &periods[place % rows.max(1)], value)?;
        }
        kept.push(value.unwrap_or(f64::NAN));
    }
    shape(names, rows, kept.len())?;
    Ok(kept)
}
