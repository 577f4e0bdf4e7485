//! What a series did around an event beyond what was to be expected of it (MacKinlay 1997, Event
//! Studies in Economics and Finance, Journal of Economic Literature 35).

use std::ops::Range;

use super::regression::Fit;
use super::sum;

/// What would have been without the event.
#[derive(Clone, Copy, Debug)]
pub enum Expected<'a> {
    /// As this series did at the same time: the market-adjusted model. Nothing is estimated.
    Benchmark(&'a [f64]),
    /// By a regression over the estimation window on these series, with an intercept: on none of
    /// them the constant-mean model, on the market's returns the market model, on several factors
    /// those of Fama and French (there, returns in excess of the riskless rate).
    Regression(&'a [Vec<f64>]),
}

impl Expected<'_> {
    /// How many numbers are estimated.
    pub fn coefficients(&self) -> usize {
        match self {
            Expected::Benchmark(_) => 0,
            Expected::Regression(on) => on.len() + 1,
        }
    }
}

/// Which places of a series belong to an event, those of the estimation window before those of the
/// event window. Places are counted alike in all series of a study:
/// the same place is the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// From what the expectation is estimated.
    pub estimation: Range<usize>,
    /// Whose returns are asked for.
    pub event: Range<usize>,
}

/// How windows lie around an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many places the expectation is estimated from.
    pub estimation: usize,
    /// How many lie between them and the event window.
    pub gap: usize,
    /// The first place of the event window, counted from that of the event.
    pub first: isize,
    /// The last one.
    pub last: isize,
}

impl Layout {
    /// The windows of an event in a series of so many places; none where one of them leaves it.
    pub fn around(&self, event: usize, length: usize) -> Option<Windows> {
        let first = event.checked_add_signed(self.first)?;
        let end = event.checked_add_signed(self.last)?.checked_add(1)?;
        let known = first.checked_sub(self.gap)?;
        let estimation = known.checked_sub(self.estimation)?..known;
        (first < end && end <= length).then_some(Windows { estimation, event: first..end })
    }
}

/// The abnormal returns of one event.
#[derive(Clone, Debug)]
pub struct Abnormal {
    /// Where they are.
    pub windows: Windows,
    /// Those of the event window.
    pub returns: Vec<f64>,
    /// Those of the estimation window.
    pub residuals: Vec<f64>,
    /// The variance of the residuals: their squares over the degrees of freedom.
    pub variance: f64,
    /// How many observations were not used up by what was estimated.
    pub free: usize,
    /// How each place of the estimation window weighs in what was expected of the event window as a
    /// whole; nothing weighs where nothing was estimated.
    weights: Vec<f64>,
}

impl Abnormal {
    /// Of a series, against its expectation. None where a window is empty or leaves a series, where
    /// nothing can be estimated, or where the residuals do not move.
    pub fn new(of: &[f64], expected: Expected<'_>, windows: &Windows) -> Option<Abnormal> {
        /// What rounding leaves of the squares of a series that its expectation explains in full.
        const FLAT: f64 = 1e-24;
        let before = of.get(windows.estimation.clone())?;
        let own = of.get(windows.event.clone())?;
        let cut = |series: &[f64]| {
            let (past, there) =
                (series.get(windows.estimation.clone())?, series.get(windows.event.clone())?);
            Some((past.to_vec(), there.to_vec()))
        };
        let less = |own: &[f64], other: &[f64]| own.iter().zip(other).map(|(a, b)| a - b).collect();
        let (returns, residuals, free, weights): (Vec<f64>, Vec<f64>, _, _) = match expected {
            Expected::Benchmark(market) => {
                let (past, there) = cut(market)?;
                // The model says that the mean of residuals is zero; it is not estimated.
                (less(own, &there), less(before, &past), before.len(), vec![0.0; before.len()])
            }
            Expected::Regression(on) => {
                let parts = on.iter().map(|series| cut(series)).collect::<Option<Vec<_>>>()?;
                let (past, there): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
                let fit = Fit::new(before, &past)?;
                let normal = |day: usize| {
                    let slopes = fit.coefficients.iter().skip(1);
                    fit.coefficients[0] + sum(slopes.zip(&there).map(|(slope, x)| slope * x[day]))
                };
                let normal: Vec<f64> = (0..own.len()).map(normal).collect();
                let totals = there.iter().map(|x| sum(x.iter().copied()));
                let place: Vec<f64> = std::iter::once(own.len() as f64).chain(totals).collect();
                let weights = fit.weights(&place);
                (less(own, &normal), fit.residuals, fit.free, weights)
            }
        };
        let square = |values: &[f64]| sum(values.iter().map(|v| v * v));
        let variance = square(&residuals) / free as f64;
        let moves = square(&residuals) > FLAT * square(before) && variance.is_finite();
        let is_defined = moves && !own.is_empty();
        let windows = windows.clone();
        is_defined.then_some(Abnormal { windows, returns, residuals, variance, free, weights })
    }

    /// The cumulated abnormal return: the sum over the event window.
    pub fn cumulated(&self) -> f64 {
        sum(self.returns.iter().copied())
    }

    /// Its variance with the error of estimation. That error is the same on all days of the window,
    /// so it grows with the square of their number: for L days, n of estimation and the market
    /// model s² (L + L²/n + (Σ(m - μ))² / Σ(m - μ)²), the first sum over the event window, the
    /// second over the estimation window, μ the mean of the latter (Salinger 1992, Standard Errors
    /// in Event Studies, Journal of Financial and Quantitative Analysis 27).
    pub fn cumulated_variance(&self) -> f64 {
        let estimated = sum(self.weights.iter().map(|w| w * w));
        self.variance * (self.returns.len() as f64 + estimated)
    }

    /// The correlation of the cumulated abnormal returns of two events whose residuals at the same
    /// time had a correlation of 1: Σ a b / √(Σ a² Σ b²), where a and b are what the residual of
    /// each place counts for in the two sums: 1 in the event window, less its weight in the
    /// estimation window. It is 1 for windows at the same places, the share that overlaps where
    /// nothing is estimated, and below 0 where one event lies in the estimation window of another.
    pub fn shared(&self, other: &Abnormal) -> f64 {
        let start = self.windows.estimation.start.max(other.windows.estimation.start);
        let end = self.windows.event.end.min(other.windows.event.end);
        let product = sum((start..end).map(|place| self.count_of(place) * other.count_of(place)));
        let square = |event: &Abnormal| event.cumulated_variance() / event.variance;
        product / (square(self) * square(other)).sqrt()
    }

    fn count_of(&self, place: usize) -> f64 {
        let Windows { estimation, event } = &self.windows;
        let weight = place.checked_sub(estimation.start).and_then(|at| self.weights.get(at));
        f64::from(u8::from(event.contains(&place))) - weight.copied().unwrap_or(0.0)
    }

    /// The cumulated abnormal return in units of its standard error.
    pub fn standardised(&self) -> f64 {
        self.cumulated() / self.cumulated_variance().sqrt()
    }
}
