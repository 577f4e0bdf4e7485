//! Views on expected returns, and what becomes of the estimates when they are held.
//!
//! Black and Litterman (1992): a view is a portfolio, its expected return and a confidence. The
//! variance of a view's error is that of Idzorek (2005), `(1 - c) / c · tau · pΣp'`, which at a
//! confidence of one half is that of He and Litterman (1999). For views that are inequalities, or
//! on whole distributions, there is entropy pooling: see [`pool`].

mod pooling;

pub use pooling::{Pooled, pool};

use faer::Mat;
use faer::linalg::solvers::Solve;

use crate::error::AllocationError;
use crate::estimate::{Covariance, arithmetic};
use crate::problem::{Names, Reader};

/// What somebody expects of a portfolio.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// As it was written.
    pub text: String,
    /// The portfolio: multiples of assets by their place.
    pub terms: Vec<(usize, f64)>,
    /// Its expected return.
    pub value: f64,
    /// From zero, no more than a guess, to one, certain.
    pub confidence: f64,
}

/// The confidence of a view that states none: as sure as the market is.
const CONFIDENCE: f64 = 0.5;

impl View {
    /// Reads a view: `IWM 0.08 @ 0.6`, `IWM - SPY = 2% @ 50%`, `0.5 * A + 0.5 * B 0.04`.
    ///
    /// # Errors
    /// `Rule` where the text is none, `UnknownName` where a name stands for nothing.
    pub fn read(text: &str, names: &Names) -> Result<View, AllocationError> {
        let mut reader = Reader { text, rest: text, names };
        let mut sum = reader.sum()?;
        reader.take("=");
        let sign = if reader.take("-") { -1.0 } else { 1.0 };
        // A value below zero may have been read as part of the sum: `IWM -2%`.
        match reader.number() {
            Some(value) => sum.constant += sign * value,
            None if sum.constant == 0.0 => return Err(reader.fault("no expected return")),
            None => {}
        }
        let confidence = match reader.take("@") {
            true => reader.number().ok_or_else(|| reader.fault("no confidence after @"))?,
            false => CONFIDENCE,
        };
        if !reader.rest.trim().is_empty() || sum.terms.is_empty() {
            let reason = "a view is a sum of assets, its expected return, and perhaps @ confidence";
            return Err(reader.fault(reason));
        }
        if !(0.0..=1.0).contains(&confidence) {
            return Err(reader.fault("its confidence is not from 0 to 1"));
        }
        let terms = sum.terms.into_iter().collect();
        Ok(View { text: text.trim().into(), terms, value: sum.constant, confidence })
    }
}

/// What is expected before views are held.
#[derive(Clone, Copy, Debug)]
pub struct Prior<'a> {
    /// Expected returns, above those of cash.
    pub mean: &'a [f64],
    /// Their covariance.
    pub covariance: &'a Covariance,
    /// How uncertain the expected returns are, as a share of the covariance.
    pub tau: f64,
}

/// What is expected with the views.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Expected returns.
    pub mean: Vec<f64>,
    /// Their covariance, with the uncertainty of the expected returns.
    pub covariance: Covariance,
    /// By how much each view moved each expected return; they sum to the whole change.
    pub moves: Vec<Vec<f64>>,
    /// The weight on each view's portfolio in the best portfolio, for a risk aversion of one.
    pub tilts: Vec<f64>,
}

/// The risk aversion δ at which the market's own risk is worth what it earned: (m − f) / s², of
/// the mean m and the variance s² (divisor T − 1) of its returns, and the return f of cash in a
/// period (Black and Litterman 1992, Financial Analysts Journal 48(5)). It has no unit, and is the
/// same by the year, where m, f and s² are multiplied by the periods of a year.
///
/// # Errors
/// `TooFewPeriods` of less than two, `ConstantColumn` where they are all the same, `Parameter`
/// where the market earned no more than cash: nobody who avoids risk would hold it.
///
/// ```
/// use kinglet_allocation::views::implied_aversion;
/// // A mean of 1% and a variance of 0.0004: (0.01 - 0.002) / 0.0004.
/// let aversion = implied_aversion(&[0.01, -0.01, 0.03], 0.002).unwrap();
/// assert!((aversion - 20.0).abs() < 1e-12);
/// ```
pub fn implied_aversion(market: &[f64], risk_free: f64) -> Result<f64, AllocationError> {
    if market.len() < 2 {
        return Err(AllocationError::TooFewPeriods { needed: 2, found: market.len() });
    }
    let mean = arithmetic(market);
    let squares: f64 = market.iter().map(|value| (value - mean) * (value - mean)).sum();
    if squares.is_nan() || squares <= 0.0 {
        return Err(AllocationError::ConstantColumn { asset: "the market".to_owned() });
    }
    let value = (mean - risk_free) / (squares / (market.len() - 1) as f64);
    if value > 0.0 {
        return Ok(value);
    }
    let name = "risk aversion that the market implies";
    let allowed = "above zero, of a market that earned more than cash";
    Err(AllocationError::Parameter { name, value, allowed })
}

/// Expected returns that make given weights the best, for a given risk aversion: `δ Σ w`.
pub fn implied(covariance: &Covariance, weights: &[f64], aversion: f64) -> Vec<f64> {
    covariance.times(weights).into_iter().map(|value| aversion * value).collect()
}

/// Combines views with a prior.
///
/// # Errors
/// `Parameter` where tau is not above zero; `Singular` where certain views contradict or repeat
/// one another.
pub fn blend(prior: &Prior<'_>, views: &[View]) -> Result<Posterior, AllocationError> {
    let tau = prior.tau;
    if !(tau > 0.0 && tau.is_finite()) {
        let allowed = "above zero";
        return Err(AllocationError::Parameter { name: "tau", value: tau, allowed });
    }
    // A view without confidence says nothing.
    let held: Vec<usize> = (0..views.len()).filter(|&at| views[at].confidence > 0.0).collect();
    let (assets, count) = (prior.mean.len(), held.len());
    let mut portfolios = Mat::<f64>::zeros(count, assets);
    for (row, &at) in held.iter().enumerate() {
        views[at].terms.iter().for_each(|&(asset, value)| portfolios[(row, asset)] += value);
    }
    let sigma = prior.covariance.dense();
    let covered = &sigma * portfolios.transpose();
    let spread = &portfolios * &covered;
    let mean = Mat::from_fn(assets, 1, |row, _| prior.mean[row]);
    let expected = &portfolios * &mean;
    let surprise = Mat::from_fn(count, 1, |row, _| views[held[row]].value - expected[(row, 0)]);
    let certainty = Mat::from_fn(count, count, |row, column| {
        let confidence = views[held[row]].confidence;
        let error = if row == column { (1.0 - confidence) / confidence } else { 0.0 };
        tau * spread[(row, column)] * (1.0 + error)
    });
    let pull = solved(&certainty, &surprise)?;
    let posterior = Mat::from_fn(assets, 1, |row, _| {
        let moved = (0..count).map(|view| tau * covered[(row, view)] * pull[(view, 0)]);
        prior.mean[row] + moved.sum::<f64>()
    });
    let reduced = solved(&certainty, &covered.transpose().to_owned())?;
    let sigma = Mat::from_fn(assets, assets, |row, column| {
        let known = (0..count).map(|view| covered[(row, view)] * reduced[(view, column)]);
        (1.0 + tau) * sigma[(row, column)] - tau * tau * known.sum::<f64>()
    });
    // The inverse of that covariance, by Woodbury, is of the inverse of the prior and a part in
    // the views' portfolios: the best weights are the prior's and a multiple of each of them.
    let gain = Mat::from_fn(count, count, |row, column| {
        (1.0 + tau) / (tau * tau) * certainty[(row, column)] - spread[(row, column)]
    });
    let beyond = solved(&gain, &(&portfolios * &posterior))?;
    let (mut moves, mut tilts) = (vec![vec![0.0; assets]; views.len()], vec![0.0; views.len()]);
    for (row, &at) in held.iter().enumerate() {
        moves[at] = (0..assets).map(|a| tau * covered[(a, row)] * pull[(row, 0)]).collect();
        tilts[at] = tau * pull[(row, 0)] + beyond[(row, 0)];
    }
    let mean = posterior.col_as_slice(0).to_vec();
    Ok(Posterior { mean, covariance: Covariance::Dense(sigma), moves, tilts })
}

/// The solution of a few linear equations.
fn solved(matrix: &Mat<f64>, right: &Mat<f64>) -> Result<Mat<f64>, AllocationError> {
    if matrix.nrows() == 0 {
        return Ok(right.clone());
    }
    let factors = matrix.llt(faer::Side::Lower);
    let solved = factors.map(|factors| factors.solve(right));
    let solved = solved.ok().filter(|solved| solved.col_iter().all(|c| c.is_all_finite()));
    solved.ok_or(AllocationError::NotPositiveDefinite { purpose: "a set of different views" })
}
