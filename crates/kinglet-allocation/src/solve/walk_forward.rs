//! Weights through time, each from the periods before it.

use std::ops::Range;

use faer::Mat;
use rayon::prelude::*;

use super::limits::Limits;
use super::mean_variance::{MeanVariance, Tangent};
use super::tail_risk::TailRisk;
use crate::certificate::Solution;
use crate::error::AllocationError;
use crate::estimate::{Covariance, gram};
use crate::returns::{Returns, Window};

/// Rebalances that one thread goes through, each from the one before.
const CHAIN: usize = 25;

/// Returns that are gone through in steps: at each the weights follow from the periods before it,
/// and are held, rebalanced every period, until the next.
#[derive(Clone, Copy, Debug)]
pub struct WalkForward<'a> {
    /// What assets returned.
    pub returns: &'a Returns,
    /// How many periods weights follow from.
    pub lookback: usize,
    /// How many periods weights are held.
    pub step: usize,
    /// What weights are allowed.
    pub limits: &'a Limits,
}

/// Weights from a date on.
#[derive(Clone, Debug, PartialEq)]
pub struct Rebalance {
    /// The first period in which the weights are held; they follow from those before it.
    pub period: usize,
    /// The weights, or why there are none.
    pub solution: Result<Solution, AllocationError>,
    /// What the weights returned in each period in which they were held; nothing without weights.
    pub earned: Vec<f64>,
}

impl WalkForward<'_> {
    /// The largest ratio of mean excess return to standard deviation, by the sample moments of each
    /// lookback.
    pub fn maximum_sharpe(&self, risk_free: f64) -> Result<Vec<Rebalance>, AllocationError> {
        self.chains(|periods| self.sharpe_chain(periods, risk_free))
    }

    /// The least conditional value at risk in each lookback.
    pub fn minimum_tail(&self, confidence: f64) -> Result<Vec<Rebalance>, AllocationError> {
        let problem = TailRisk { returns: self.returns, confidence, limits: self.limits };
        problem.check()?;
        self.chains(|periods| {
            let each = periods
                .iter()
                .map(|period| self.rebalance(*period, problem.minimum_over(self.before(*period))));
            each.collect()
        })
    }

    fn chains(
        &self,
        chain: impl Fn(&[usize]) -> Vec<Rebalance> + Sync + Send,
    ) -> Result<Vec<Rebalance>, AllocationError> {
        self.limits.check(self.returns.assets())?;
        if self.lookback < 2 || self.step == 0 || self.lookback >= self.returns.rows() {
            let (needed, found) = (self.lookback.max(2) + 1, self.returns.rows());
            return Err(AllocationError::TooFewPeriods { needed, found });
        }
        let last = self.returns.rows();
        let periods: Vec<usize> = (self.lookback..last).step_by(self.step).collect();
        let parts: Vec<Vec<Rebalance>> = periods.par_chunks(CHAIN).map(chain).collect();
        Ok(parts.concat())
    }

    /// The periods that weights follow from.
    fn before(&self, period: usize) -> Window<'_> {
        self.returns.window(period - self.lookback, self.lookback)
    }

    fn rebalance(&self, period: usize, solution: Result<Solution, AllocationError>) -> Rebalance {
        let held = self.returns.window(period, self.step.min(self.returns.rows() - period));
        let earned = solution.as_ref().map_or(Vec::new(), |found| held.earned(&found.weights));
        Rebalance { period, solution, earned }
    }

    fn sharpe_chain(&self, periods: &[usize], risk_free: f64) -> Vec<Rebalance> {
        let mut moments: Option<Moments> = None;
        let mut near: Option<Tangent> = None;
        let each = periods.iter().map(|period| {
            let current = match moments.take() {
                None => Moments::of(self.before(*period)),
                Some(earlier) => {
                    let start = period - self.lookback - self.step;
                    let gone = self.returns.window(start, self.step);
                    earlier.moved(gone, self.returns.window(period - self.step, self.step))
                }
            };
            let (mean, covariance) = current.estimates(self.lookback as f64);
            moments = Some(current);
            let (covariance, limits) = (&covariance, self.limits);
            let problem = MeanVariance { mean: &mean, covariance, limits };
            let solution = problem.sharpe_from(risk_free, near.take()).map(|(found, tangent)| {
                near = Some(tangent);
                found
            });
            self.rebalance(*period, solution)
        });
        each.collect()
    }
}

/// Sums from which means and covariances follow, about a point near the means.
struct Moments {
    around: Vec<f64>,
    sums: Vec<f64>,
    products: Mat<f64>,
}

impl Moments {
    fn of(window: Window<'_>) -> Self {
        let assets = window.assets();
        let mean = |asset| window.asset(asset).iter().sum::<f64>() / window.rows() as f64;
        let around: Vec<f64> = (0..assets).map(mean).collect();
        let mut moments =
            Self { around, sums: vec![0.0; assets], products: Mat::zeros(assets, assets) };
        moments.add(window, 1.0);
        moments
    }

    /// Without the periods that are gone, with those that have come.
    fn moved(mut self, gone: Window<'_>, come: Window<'_>) -> Self {
        self.add(gone, -1.0);
        self.add(come, 1.0);
        self
    }

    fn add(&mut self, window: Window<'_>, sign: f64) {
        let around = &self.around;
        let shifted = |asset: usize, rows: Range<usize>| {
            window.asset(asset)[rows].iter().map(move |value| value - around[asset])
        };
        for (asset, sum) in self.sums.iter_mut().enumerate() {
            *sum += sign * shifted(asset, 0..window.rows()).sum::<f64>();
        }
        self.products += gram((window.rows(), window.assets()), sign, |asset, rows, out| {
            out.iter_mut().zip(shifted(asset, rows)).for_each(|(out, value)| *out = value);
        });
    }

    /// The sample mean and covariance of so many periods.
    fn estimates(&self, periods: f64) -> (Vec<f64>, Covariance) {
        let means = self.around.iter().zip(&self.sums).map(|(a, s)| a + s / periods).collect();
        let size = self.sums.len();
        let covariance = Mat::from_fn(size, size, |i, j| {
            let (high, low) = (i.max(j), i.min(j));
            let shift = self.sums[high] * self.sums[low] / periods;
            (self.products[(high, low)] - shift) / (periods - 1.0)
        });
        (means, Covariance::Dense(covariance))
    }
}
