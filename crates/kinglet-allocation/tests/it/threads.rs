//! The same bits, however many threads take part.

use faer::Mat;
use kinglet_allocation::estimate::{Covariance, Target, principal, sample};
use kinglet_allocation::solve::{
    Descent, Limits, Linkage, Rebalance, TailRisk, WalkForward, hierarchical, nested_clusters,
    risk_budget,
};

use crate::numbers::{apart, random};

#[derive(Debug, PartialEq)]
struct Results {
    shrunk: (f64, Mat<f64>),
    /// Of two components, by products in place.
    residual: Vec<f64>,
    weights: Vec<Vec<f64>>,
    path: Vec<Rebalance>,
}

fn results() -> Results {
    let returns = random(23, 130, 300);
    let limits = Limits::long_only(300, 0.1);
    let covariance = sample(&returns);
    let shrunk = Target::ConstantCorrelation.shrink(&returns);
    let tail = TailRisk { returns: &returns, confidence: 0.9, limits: &limits };
    let alone = apart(25, 400, 320);
    let alone = TailRisk { returns: &alone, confidence: 0.9, limits: &Limits::long_only(320, 1.0) }
        .minimum();
    let down = hierarchical(&covariance, Linkage::Ward, Descent::HALVES, &limits);
    let nested = nested_clusters(&shrunk.covariance, Linkage::Ward, Some(9), &limits);
    let Covariance::Dense(full) = &shrunk.covariance else { panic!("dense") };
    let two = principal(&random(24, 300, 350), 2).unwrap();
    let Covariance::Factored { residual, .. } = &two else { panic!("in factors") };
    let walk = WalkForward { returns: &returns, lookback: 60, step: 1, limits: &limits };
    Results {
        shrunk: (shrunk.intensity, full.clone()),
        residual: residual.clone(),
        weights: vec![
            tail.minimum().unwrap().weights,
            alone.unwrap().weights,
            down.unwrap().weights,
            nested.unwrap().weights,
            risk_budget(&shrunk.covariance, &[1.0; 300]).unwrap().weights,
        ],
        path: walk.minimum_tail(0.9).unwrap(),
    }
}

#[test]
fn no_result_depends_on_the_number_of_threads() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(results)
    };
    let one = on(1);
    for threads in [2, 5] {
        assert_eq!(on(threads), one);
    }
}
