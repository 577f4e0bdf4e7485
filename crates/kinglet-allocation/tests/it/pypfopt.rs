//! PyPortfolioOpt 1.6.0 with clarabel, tolerances 1e-14, on the grouped panel of `numbers.rs`, 90
//! by 9, as X:
//!
//! ```text
//! D = pd.DataFrame(X); mu = pd.Series([0.02 + 0.01*((j*5) % 9) for j in range(9)])
//! e = EfficientFrontier(mu, D.cov()*252, weight_bounds=(0, 0.4))
//! e.max_sharpe(0.02); e.portfolio_performance()
//! EfficientCVaR(mu, D, beta=0.9, weight_bounds=(0, 0.4)).min_cvar()
//! ```
//!
//! The printed results of its own tests follow from twenty prices since 1989, which are not at
//! hand; these are the same calls on other numbers. Its shrinkages stand in `estimate.rs`, its tree
//! in `hierarchical.rs`.

use kinglet_allocation::Solution;
use kinglet_allocation::estimate::{Covariance, sample};
use kinglet_allocation::problem::{
    Allocation, Constraints, Names, Objective, Problem, Risk, RiskLimit, Universe,
};
use kinglet_allocation::shares::nearest;
use kinglet_allocation::solve::{Limits, MeanVariance, TailRisk};
use kinglet_allocation::views::{Prior, View, blend};

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

fn problem(objective: Objective, max_risk: Vec<RiskLimit>) -> Allocation {
    let returns = grouped(90, 9);
    let constraints = Constraints { max_weight: 0.4, max_risk, ..Constraints::default() };
    let problem = Problem { objective, constraints, risk_free: 0.02 };
    let universe = Universe {
        names: returns.names(),
        mean: Some(&means()),
        covariance: Some(&annual()),
        returns: Some(&returns),
        probabilities: None,
        spans: 90.0 / 252.0,
    };
    problem.solve(&universe).unwrap()
}

/// `e.efficient_risk(0.31)`, `EfficientCDaR(mu, D, beta=0.9, weight_bounds=(0, 0.4)).min_cdar()`,
/// `EfficientSemivariance(mu, D, frequency=252, weight_bounds=(0, 0.4)).min_semivariance()`.
#[test]
fn other_risks_and_a_target_of_risk() {
    let gain = |found: &Allocation| -> f64 {
        means().iter().zip(&found.weights).map(|(m, w)| m * w).sum()
    };
    let limit = RiskLimit { risk: Risk::Volatility, max: 0.31 };
    let most = problem(Objective::MaxReturn, vec![limit]);
    assert!(close(most.objective, 0.07853318379813419, 1e-7), "{most:?}");
    let drawdown = problem(Objective::MinRisk(Risk::Cdar { alpha: 0.1 }), Vec::new());
    assert!(close(drawdown.objective, 0.08875065055090808, 1e-8), "{drawdown:?}");
    assert!(close(gain(&drawdown), 0.07627534911592135, 1e-6), "{drawdown:?}");
    let short = problem(Objective::MinRisk(Risk::Semideviation), Vec::new());
    let annual = short.objective * 252.0_f64.sqrt();
    assert!(close(annual, 0.21579095228943157, 1e-7), "{short:?}");
    assert!(close(gain(&short), 0.06864571623988917, 1e-5), "{short:?}");
}

/// `BlackLittermanModel(S, pi="equal", absolute_views={0: 0.10, 3: 0.02, 5: 0.06})`, and
/// `EfficientFrontier(bl.bl_returns(), bl.bl_cov()).max_sharpe(risk_free_rate=0)`.
#[test]
fn views_on_three_assets() {
    let covariance = annual();
    let prior = Prior { mean: &[1.0 / 9.0; 9], covariance: &covariance, tau: 0.05 };
    let names: Names = (0..9).map(|at| (format!("A{at}"), vec![(at, 1.0)])).collect();
    let views = ["A0 0.10", "A3 0.02", "A5 0.06"].map(|text| View::read(text, &names).unwrap());
    let posterior = blend(&prior, &views).unwrap();
    let expected = [
        0.08580512300738644,
        0.11330808311929466,
        0.08963387196497936,
        0.0688821398261465,
        0.11366489700431658,
        0.08277141704497398,
        0.08887457158520833,
        0.11379392369879728,
        0.09182340302880584,
    ];
    for (mean, expected) in posterior.mean.iter().zip(expected) {
        assert!(close(*mean, expected, 1e-11), "{mean} is not {expected}");
    }
    let (mean, covariance) = (&posterior.mean, &posterior.covariance);
    let limits = &Limits::long_only(9, 1.0);
    let best = MeanVariance { mean, covariance, limits }.maximum_sharpe(0.0).unwrap();
    assert!(close(best.objective, 0.3145257363721363, 1e-9), "{best:?}");
}

/// `DiscreteAllocation(weights, prices, 2500).lp_portfolio()`.
#[test]
fn whole_shares() {
    let weights = [0.1, 0.2, 0.05, 0.15, 0.1, 0.1, 0.1, 0.15, 0.05];
    let prices = [31.0, 47.0, 101.0, 13.0, 59.0, 23.0, 71.0, 83.0, 17.0];
    let found = nearest(&weights, &prices, 2500.0).unwrap();
    assert_eq!(found.counts, [8, 11, 1, 29, 4, 11, 3, 5, 8]);
    assert!(close(found.cash, 4.0, 1e-9) && found.is_nearest);
}
