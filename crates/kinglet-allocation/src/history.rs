//! Histories with gaps and unequal lengths, made complete by a stated rule.

use crate::error::AllocationError;
use crate::returns::{Returns, finite, positive, shape};

/// Returns of which some are missing, one column per asset.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    names: Vec<String>,
    periods: Vec<String>,
    values: Vec<Option<f64>>,
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
        values: Vec<Option<f64>>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        shape(&names, periods.len(), values.len())?;
        let history = Self { names, periods, values, periods_per_year };
        history.each(finite)?;
        Ok(history)
    }

    /// Returns from each price to the next period's; a return next to a missing price is missing.
    pub fn from_prices(
        names: Vec<String>,
        periods: Vec<String>,
        prices: Vec<Option<f64>>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        let mut history = Self::new(names, periods, prices, periods_per_year)?;
        history.each(positive)?;
        let rows = history.periods.len();
        let change = |pair: &[Option<f64>]| Some(pair[1]? / pair[0]? - 1.0);
        let columns = history.values.chunks_exact(rows.max(1));
        history.values = columns.flat_map(|column| column.windows(2).map(change)).collect();
        history.periods.drain(..rows.min(1));
        Ok(history)
    }

    fn each(
        &self,
        check: fn(&str, &str, f64) -> Result<(), AllocationError>,
    ) -> Result<(), AllocationError> {
        for (name, column) in self.names.iter().zip(self.values.chunks(self.periods.len().max(1))) {
            for (period, value) in self.periods.iter().zip(column) {
                value.map_or(Ok(()), |value| check(name, period, value))?;
            }
        }
        Ok(())
    }

    /// The names of the assets.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many periods make a year.
    pub fn periods_per_year(&self) -> f64 {
        self.periods_per_year
    }

    /// The values of one asset over all periods.
    pub fn asset(&self, number: usize) -> &[Option<f64>] {
        &self.values[number * self.periods.len()..(number + 1) * self.periods.len()]
    }

    /// The values that an asset has, one after the other.
    pub fn own(&self, number: usize) -> Vec<f64> {
        self.asset(number).iter().flatten().copied().collect()
    }

    /// Complete returns, and what the rule left of the history.
    pub fn returns(&self, rule: Missing) -> Result<(Returns, Coverage), AllocationError> {
        let missing = self.missing();
        if rule == Missing::Refuse && !missing.is_empty() {
            return Err(self.first_missing());
        }
        let assets = 0..self.names.len();
        let whole = |row: &usize| assets.clone().all(|number| self.asset(number)[*row].is_some());
        let kept: Vec<usize> = (0..self.periods.len()).filter(whole).collect();
        if kept.len() < 2 && !missing.is_empty() {
            let shortest = missing.iter().max_by_key(|(_, count)| *count);
            let shortest = shortest.map_or_else(String::new, |(name, _)| name.clone());
            return Err(AllocationError::NoCommonPeriod { shortest });
        }
        let values = assets.clone().flat_map(|number| {
            let column = self.asset(number);
            kept.iter().filter_map(|row| column[*row])
        });
        let periods: Vec<String> = kept.iter().map(|row| self.periods[*row].clone()).collect();
        let coverage = Coverage { rule, periods: (self.periods.len(), periods.len()), missing };
        let values = values.collect();
        let returns = Returns::new(self.names.clone(), periods, values, self.periods_per_year)?;
        Ok((returns, coverage))
    }

    fn missing(&self) -> Vec<(String, usize)> {
        let counts = self.names.iter().enumerate().map(|(number, name)| {
            (name.clone(), self.asset(number).iter().filter(|value| value.is_none()).count())
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }

    fn first_missing(&self) -> AllocationError {
        let place = self.values.iter().position(Option::is_none).unwrap_or(0);
        AllocationError::NotFinite {
            asset: self.names[place / self.periods.len()].clone(),
            period: self.periods[place % self.periods.len()].clone(),
            value: f64::NAN,
        }
    }
}
