//! Returns of several assets over the same periods.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use faer::MatRef;

use crate::error::AllocationError;
use crate::vector::add_scaled;

/// Simple returns, one column per asset, complete and finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Returns {
    names: Vec<String>,
    periods: Vec<String>,
    values: Arc<Vec<f64>>,
    periods_per_year: f64,
}

/// What a reader should know of an input that is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A sample covariance of these returns is singular.
    MoreAssetsThanPeriods {
        /// Columns.
        assets: usize,
        /// Rows.
        periods: usize,
    },
}

impl Notice {
    /// A code that stays the same from version to version.
    pub fn code(self) -> &'static str {
        "more-assets-than-periods"
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::MoreAssetsThanPeriods { assets, periods } = self;
        write!(f, "{assets} assets over {periods} periods: a sample covariance is singular")
    }
}

impl Returns {
    /// Checks values that stand asset after asset, each over all periods.
    ///
    /// ```
    /// use kinglet_allocation::Returns;
    /// let names = vec!["A".to_owned(), "B".to_owned()];
    /// let months = ["2025-01", "2025-02", "2025-03"].map(str::to_owned).to_vec();
    /// let values = vec![0.01, -0.02, 0.03, 0.00, 0.01, 0.02];
    /// let returns = Returns::new(names, months, values, 12.0).unwrap();
    /// assert_eq!(returns.asset(1), [0.00, 0.01, 0.02]);
    /// ```
    pub fn new(
        names: Vec<String>,
        periods: Vec<String>,
        values: Vec<f64>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        Self::shared(names, periods, Arc::new(values), periods_per_year)
    }

    /// The same of values that others see, too.
    pub(crate) fn shared(
        names: Vec<String>,
        periods: Vec<String>,
        values: Arc<Vec<f64>>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        let returns = Self { names, periods, values, periods_per_year };
        returns.checked()
    }

    /// Returns from each price to the next, from prices that stand asset after asset; the first
    /// period is the base of the second.
    pub fn from_prices(
        names: Vec<String>,
        periods: Vec<String>,
        prices: Vec<f64>,
        periods_per_year: f64,
    ) -> Result<Self, AllocationError> {
        let rows = periods.len();
        shape(&names, rows, prices.len())?;
        if rows < 3 {
            return Err(AllocationError::TooFewPeriods { needed: 3, found: rows });
        }
        let mut values = Vec::with_capacity(prices.len() - names.len());
        for (name, column) in names.iter().zip(prices.chunks_exact(rows)) {
            for (period, &price) in periods.iter().zip(column) {
                positive(name, period, price)?;
            }
            values.extend(column.windows(2).map(|pair| pair[1] / pair[0] - 1.0));
        }
        Self::new(names, periods[1..].to_vec(), values, periods_per_year)
    }

    fn checked(self) -> Result<Self, AllocationError> {
        let rows = self.periods.len();
        shape(&self.names, rows, self.values.len())?;
        if rows < 2 {
            return Err(AllocationError::TooFewPeriods { needed: 2, found: rows });
        }
        if !(self.periods_per_year > 0.0 && self.periods_per_year.is_finite()) {
            return Err(AllocationError::Parameter {
                name: "periods per year",
                value: self.periods_per_year,
                allowed: "above zero",
            });
        }
        let mut seen = BTreeSet::new();
        for (number, name) in self.names.iter().enumerate() {
            if !seen.insert(name) {
                return Err(AllocationError::DuplicateName { name: name.clone() });
            }
            let column = self.asset(number);
            for (period, &value) in self.periods.iter().zip(column) {
                finite(name, period, value)?;
            }
            if column.iter().all(|value| *value == column[0]) {
                return Err(AllocationError::ConstantColumn { asset: name.clone() });
            }
        }
        self.distinct()?;
        Ok(self)
    }

    fn distinct(&self) -> Result<(), AllocationError> {
        let mut order: Vec<usize> = (0..self.assets()).collect();
        let by_values = |a: &usize, b: &usize| {
            let (a, b) = (self.asset(*a), self.asset(*b));
            a.iter().zip(b).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne())
        };
        order.sort_by(|a, b| by_values(a, b).unwrap_or_else(|| a.cmp(b)));
        match order.windows(2).find(|pair| by_values(&pair[0], &pair[1]).is_none()) {
            None => Ok(()),
            Some(pair) => Err(AllocationError::DuplicateColumn {
                first: self.names[pair[0]].clone(),
                second: self.names[pair[1]].clone(),
            }),
        }
    }

    /// How many assets.
    pub fn assets(&self) -> usize {
        self.names.len()
    }

    /// How many periods.
    pub fn rows(&self) -> usize {
        self.periods.len()
    }

    /// The names of the assets.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The labels of the periods, from first to last.
    pub fn periods(&self) -> &[String] {
        &self.periods
    }

    /// How many periods make a year.
    pub fn periods_per_year(&self) -> f64 {
        self.periods_per_year
    }

    /// The returns of one asset over all periods.
    pub fn asset(&self, number: usize) -> &[f64] {
        &self.values[number * self.rows()..(number + 1) * self.rows()]
    }

    /// All of them, periods by assets.
    pub(crate) fn matrix(&self) -> MatRef<'_, f64> {
        MatRef::from_column_major_slice(&self.values, self.rows(), self.assets())
    }

    /// Some periods, one after the other.
    pub(crate) fn window(&self, start: usize, rows: usize) -> Window<'_> {
        Window { returns: self, start, rows }
    }

    /// All periods.
    pub(crate) fn whole(&self) -> Window<'_> {
        self.window(0, self.rows())
    }

    /// What a reader should know of these returns.
    pub fn notices(&self) -> Vec<Notice> {
        let (assets, periods) = (self.assets(), self.rows());
        let wide = assets >= periods;
        wide.then_some(Notice::MoreAssetsThanPeriods { assets, periods }).into_iter().collect()
    }
}

/// Some periods of returns, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window<'a> {
    returns: &'a Returns,
    start: usize,
    rows: usize,
}

impl<'a> Window<'a> {
    /// How many assets.
    pub(crate) fn assets(self) -> usize {
        self.returns.assets()
    }

    /// How many periods.
    pub(crate) fn rows(self) -> usize {
        self.rows
    }

    /// The returns of one asset over these periods.
    pub(crate) fn asset(self, number: usize) -> &'a [f64] {
        &self.returns.asset(number)[self.start..self.start + self.rows]
    }

    /// The returns of weights that are held anew in each of these periods.
    pub(crate) fn earned(self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.rows];
        for (asset, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight != 0.0) {
            add_scaled(&mut sums, *weight, self.asset(asset));
        }
        sums
    }
}

/// That there are assets, and a value for each in every period.
pub(crate) fn shape(names: &[String], rows: usize, found: usize) -> Result<(), AllocationError> {
    if names.is_empty() {
        return Err(AllocationError::NoAssets);
    }
    let expected = names.len() * rows;
    if expected == found {
        return Ok(());
    }
    Err(AllocationError::Shape { what: "values", expected, found })
}

pub(crate) fn finite(asset: &str, period: &str, value: f64) -> Result<(), AllocationError> {
    if value.is_finite() {
        return Ok(());
    }
    let (asset, period) = (asset.to_owned(), period.to_owned());
    Err(AllocationError::NotFinite { asset, period, value })
}

pub(crate) fn positive(asset: &str, period: &str, price: f64) -> Result<(), AllocationError> {
    finite(asset, period, price)?;
    if price > 0.0 {
        return Ok(());
    }
    let (asset, period) = (asset.to_owned(), period.to_owned());
    Err(AllocationError::PriceNotPositive { asset, period, price })
}
