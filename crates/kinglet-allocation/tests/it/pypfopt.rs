//! PyPortfolioOpt 1.6.0 with clarabel, tolerances 1e-14, on the grouped panel of `numbers.rs`, 90
//! by 9, as X:
//!
//! ```text
//! D = pd.DataFrame(X); mu = pd.Series([0.02 + 0.01*((j*5) % 9) for j in range(9)])
//! e = EfficientFrontier(mu, D.cov()*252, weight_bounds=(0, 0.4))
//! e.max_sharpe(0.02); e.portfolio_performance()
//! EfficientCVaR(mu, D, beta=0.9, weight_bounds=(0, 0.4)).min_cvar()
//! ```

use kinglet_allocation::Solution;
use kinglet_allocation::estimate::{Covariance, sample};
use kinglet_allocation::solve::{Limits, MeanVariance, TailRisk};

use crate::numbers::{close, grouped};

fn means() -> Vec<f64> {
    (0..9).map(|j| 0.02 + 0.01 * ((j * 5) % 9) as f64).collect()
}

fn annual() -> Covariance {
    let daily = sample(&grouped(90, 9)).dense();
    Covariance::Dense(faer::Mat::from_fn(9, 9, |i, j| daily[(i, j)] * 252.0))
}

/// Return and volatility, to the accuracy of their solver.
fn agrees(found: &Solution, expected: (f64, f64)) {
    let gain: f64 = means().iter().zip(&found.weights).map(|(m, w)| m * w).sum();
    let deviation = annual().variance(&found.weights).sqrt();
    assert!(close(gain, expected.0, 2e-7), "{gain} is not {}", expected.0);
    assert!(close(deviation, expected.1, 2e-7), "{deviation} is not {}", expected.1);
}

#[test]
fn mean_and_variance() {
    let (mean, covariance, limits) = (means(), annual(), Limits::long_only(9, 0.4));
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let best = problem.maximum_sharpe(0.02).unwrap();
    agrees(&best, (0.09109620327390186, 0.34992091613646575));
    assert!(close(best.objective, 0.20317791819616474, 1e-10));
    let least = problem.minimum_variance().unwrap();
    agrees(&least, (0.06837671051291883, 0.3030417674306199));
    agrees(&problem.target_return(0.07).unwrap(), (0.07, 0.3031909835886463));
    agrees(&problem.utility(1.0).unwrap(), (0.0847576089889007, 0.32492287712937135));
}

#[test]
fn conditional_value_at_risk() {
    let (returns, limits) = (grouped(90, 9), Limits::long_only(9, 0.4));
    let problem = TailRisk { returns: &returns, confidence: 0.9, limits: &limits };
    let least = problem.minimum().unwrap();
    assert!(close(least.objective, 0.030485600773253962, 1e-9));
    let target = problem.target_return(&means(), 0.07).unwrap();
    assert!(close(target.objective, 0.03064014454192554, 1e-8));
}
