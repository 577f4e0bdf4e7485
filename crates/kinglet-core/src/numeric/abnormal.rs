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

/// Which places of a series belong to an event. Places are counted alike in all series of a study:
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
    /// The variance of the sum over the event window, in units of `variance`.
    factor: f64,
}

impl Abnormal {
    /// Of a series, against its expectation. None where a window is empty or leaves a series, where
    /// nothing can be estimated, or where the residuals do not move.
    pub fn new(of: &[f64], expected: Expected<'_>, windows: &Windows) -> Option<Abnormal> {
        let Windows { estimation, event } = windows.clone();
        let days = event.len() as f64;
        let (returns, residuals, free, factor) = match expected {
            Expected::Benchmark(market) => {
                let above = |range: &Range<usize>| {
                    let pairs = of.get(range.clone())?.iter().zip(market.get(range.clone())?);
                    Some(pairs.map(|(own, other)| own - other).collect::<Vec<f64>>())
                };
                let residuals = above(&estimation)?;
                // The model says that their mean is zero; it is not estimated.
                let free = residuals.len();
                (above(&event)?, residuals, free, days)
            }
            Expected::Regression(on) => {
                let cut = |range: &Range<usize>| -> Option<Vec<Vec<f64>>> {
                    on.iter().map(|series| Some(series.get(range.clone())?.to_vec())).collect()
                };
                let fit = Fit::new(of.get(estimation.clone())?, &cut(&estimation)?)?;
                let (own, there) = (of.get(event.clone())?, cut(&event)?);
                let normal = |day: usize| {
                    let slopes = fit.coefficients.iter().skip(1);
                    let parts = slopes.zip(&there).map(|(slope, series)| slope * series[day]);
                    fit.coefficients[0] + sum(parts)
                };
                let returns = own.iter().enumerate().map(|(day, r)| r - normal(day)).collect();
                let totals = there.iter().map(|series| sum(series.iter().copied()));
                let place: Vec<f64> = std::iter::once(days).chain(totals).collect();
                let factor = days + fit.leverage(&place);
                (returns, fit.residuals, fit.free, factor)
            }
        };
        let variance = sum(residuals.iter().map(|e| e * e)) / free as f64;
        let moves = variance > 0.0 && days > 0.0 && factor.is_finite();
        let windows = windows.clone();
        moves.then_some(Abnormal { windows, returns, residuals, variance, free, factor })
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
        self.variance * self.factor
    }

    /// The cumulated abnormal return in units of its standard error.
    pub fn standardised(&self) -> f64 {
        self.cumulated() / self.cumulated_variance().sqrt()
    }
}
