//! What Riskfolio-Lib computes from the prices that its tests ship: covariances of the last 200
//! returns by pandas, `prices.pct_change().dropna().iloc[-200:].cov() * 1e6`, what is not above the
//! diagonal; least variance and equal contributions as in `Classic_MinRisk.csv` and
//! `Classic_RP.csv` of version 7.0.1, column MV, the trees as in `HC_HRP.csv`, columns vol and MV;
//! and the tree as it stands by version 7.4.0, `HCPortfolio(returns).optimization(model="HRP",
//! rm="MV", linkage="single", leaf_order=False)`. Risks that need the returns are asked of the
//! prices themselves, which are not ours to give; they come with the source distribution:
//!
//! ```text
//! pip download --no-deps --no-binary riskfolio-lib riskfolio-lib==7.0.1
//! tar xzf riskfolio_lib-7.0.1.tar.gz
//! KINGLET_RISKFOLIO_TESTS=$PWD/riskfolio_lib-7.0.1/tests \
//!     cargo test -p kinglet-allocation riskfolio
//! ```
#![cfg_attr(not(riskfolio), allow(dead_code, reason = "ignored without them"))]

use faer::Mat;
use kinglet_allocation::Returns;
use kinglet_allocation::estimate::{Covariance, sample};
use kinglet_allocation::problem::{Constraints, Objective, Problem, Risk, Universe};
use kinglet_allocation::solve::{
    Descent, LeafOrder, Limits, Linkage, MeanVariance, Share, hierarchical, risk_budget,
};

/// AMZN, APA, CMCSA, CPB, JCI, JPM, MMC, MO, TGT and ZION of `stock_prices.csv`.
const TEN: [&[f64]; 10] = [
    &[160.511132],
    &[117.702361, 1129.390780],
    &[63.681388, 71.025489, 129.601040],
    &[9.313288, 37.193544, 10.210150, 185.275147],
    &[48.819726, 119.816323, 39.977612, 20.699978, 133.354833],
    &[71.601521, 162.313812, 69.794631, 13.278039, 57.038130, 150.514121],
    &[49.908312, 68.095965, 49.301538, 33.450717, 42.622822, 57.674207, 98.544370],
    &[30.502194, 59.469214, 15.348161, 50.706427, 19.724135, 35.170383, 35.231265, 218.031079],
    &[
        42.641851, 68.446152, 36.116895, 20.834481, 39.280009, 53.158925, 41.659832, 62.562015,
        495.246324,
    ],
    &[
        62.259444, 199.445264, 67.892979, -3.242078, 73.706202, 146.656903, 61.640312, 37.951892,
        68.187862, 281.188287,
    ],
];

/// JCI, TGT, CMCSA, CPB, MO, NBL, APA, MMC, JPM and ZION of `stock_prices_3.csv`.
const OTHER_TEN: [&[f64]; 10] = [
    &[133.354579],
    &[39.279849, 495.246506],
    &[39.977544, 36.117183, 129.601317],
    &[20.700044, 20.834354, 10.209681, 185.275122],
    &[19.724121, 62.561853, 15.348265, 50.706481, 218.030862],
    &[94.117935, 69.196980, 69.639953, -9.918415, 60.558661, 627.723666],
    &[119.816538, 68.445659, 71.025481, 37.192797, 59.469909, 487.985086, 1129.391136],
    &[42.622607, 41.659581, 49.301343, 33.450598, 35.231400, 39.956507, 68.096266, 98.543979],
    &[
        57.037966, 53.158833, 69.794834, 13.277660, 35.170251, 157.618917, 162.314506, 57.674052,
        150.514217,
    ],
    &[
        73.705870, 68.187271, 67.893403, -3.242462, 37.951694, 191.753017, 199.444537, 61.639840,
        146.656438, 281.187665,
    ],
];

fn covariance(below: [&[f64]; 10]) -> Covariance {
    Covariance::Dense(Mat::from_fn(10, 10, |i, j| below[i.max(j)][i.min(j)] / 1e6))
}

fn agrees(found: &[f64], expected: [f64; 10], tolerance: f64) {
    for (weight, expected) in found.iter().zip(expected) {
        assert!((weight - expected).abs() < tolerance, "{weight} is not {expected}");
    }
}

#[test]
fn least_variance() {
    let covariance = covariance(TEN);
    let limits = Limits::long_only(10, 1.0);
    let mean = [0.0; 10];
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let expected = [
        0.0891767, 0.0, 0.1850801, 0.1797360, 0.1826527, 0.0286155, 0.1891777, 0.1153479,
        0.0302132, 0.0,
    ];
    agrees(&problem.minimum_variance().unwrap().weights, expected, 1e-6);
}

#[test]
fn equal_contributions() {
    let expected = [
        0.10446153, 0.04495905, 0.11878218, 0.14129141, 0.11550419, 0.08879670, 0.11993963,
        0.11150286, 0.07871986, 0.07604259,
    ];
    // Theirs leave contributions that differ by two parts in a hundred thousand.
    agrees(&risk_budget(&covariance(TEN), &[1.0; 10]).unwrap().weights, expected, 5e-6);
}

#[test]
fn down_the_tree() {
    let limits = Limits::long_only(10, 1.0);
    let covariance = covariance(OTHER_TEN);
    let found = hierarchical(&covariance, Linkage::Single, Descent::HALVES, &limits).unwrap();
    let expected = [
        0.18799963, 0.05062249, 0.09374477, 0.13630032, 0.11582332, 0.03776733, 0.02798237,
        0.18472835, 0.08071959, 0.08431182,
    ];
    agrees(&found.weights, expected, 1e-8);
}

#[test]
fn down_the_tree_of_neighbours() {
    let limits = Limits::long_only(10, 1.0);
    let covariance = covariance(OTHER_TEN);
    let found = |share| {
        let descent = Descent::Halves { order: LeafOrder::Neighbours, share };
        hierarchical(&covariance, Linkage::Single, descent, &limits).unwrap().weights
    };
    let expected = [
        0.11025794, 0.05809886, 0.15515528, 0.17162482, 0.13196873, 0.03256685, 0.01810089,
        0.14920650, 0.11269613, 0.06032402,
    ];
    agrees(&found(Share::Variance), expected, 1e-8);
    let expected = [
        0.08910256, 0.09015102, 0.14971020, 0.13992918, 0.13586962, 0.04277098, 0.03188682,
        0.10365233, 0.12527358, 0.09165372,
    ];
    agrees(&found(Share::Volatility), expected, 1e-8);
}

/// A table with a header and a name at the head of each row.
#[allow(clippy::disallowed_methods, reason = "a file that a test asks for")]
fn table(name: &str) -> (Vec<String>, Vec<(String, Vec<f64>)>) {
    let folder = std::env::var("KINGLET_RISKFOLIO_TESTS").expect("the build saw it");
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join(name)).expect("a file");
    let mut lines = text.lines();
    let header = lines.next().expect("a header").split(',').skip(1).map(str::to_owned).collect();
    let row = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        let name = cells.next().expect("a name");
        (name, cells.map(|cell| cell.parse().expect("a number")).collect())
    };
    (header, lines.map(row).collect())
}

/// The last 200 returns of all but SPY.
fn last_returns() -> Returns {
    let (header, rows) = table("stock_prices.csv");
    let last = &rows[rows.len() - 201..];
    let stocks: Vec<usize> = (0..header.len()).filter(|&at| header[at] != "SPY").collect();
    let of = |&at: &usize| last.windows(2).map(move |pair| pair[1].1[at] / pair[0].1[at] - 1.0);
    let values = stocks.iter().flat_map(of).collect();
    let names = stocks.iter().map(|&at| header[at].clone()).collect();
    let days = last[1..].iter().map(|(day, _)| day.clone()).collect();
    Returns::new(names, days, values, 252.0).unwrap()
}

/// `Classic_MinRisk.csv`, whose weights are those of solvers; their tests ask for six digits. MSV,
/// the deviation below the mean, is none of ours.
#[test]
#[cfg_attr(not(riskfolio), ignore = "needs KINGLET_RISKFOLIO_TESTS")]
fn the_least_of_each_risk() {
    let returns = last_returns();
    let covariance = sample(&returns);
    let (columns, rows) = table("Classic_MinRisk.csv");
    let cases = [
        ("MV", Risk::Volatility, 1e-6),
        ("MAD", Risk::Mad, 1e-7),
        ("CVaR", Risk::Cvar { alpha: 0.05 }, 1e-8),
        // Theirs stops 2e-5 before.
        ("EVaR", Risk::Evar { alpha: 0.05 }, 3e-5),
        ("CDaR", Risk::Cdar { alpha: 0.05 }, 1e-7),
    ];
    for (column, risk, tolerance) in cases {
        let at = columns.iter().position(|name| name == column).expect("a column");
        let expected: Vec<f64> = rows.iter().map(|(_, row)| row[at]).collect();
        let universe = Universe {
            names: returns.names(),
            mean: None,
            covariance: Some(&covariance),
            returns: Some(&returns),
            probabilities: None,
            spans: 200.0 / 252.0,
        };
        let (objective, constraints) = (Objective::MinRisk(risk), Constraints::default());
        let problem = Problem { objective, constraints, risk_free: 0.0 };
        let found = problem.solve(&universe).unwrap();
        for (weight, expected) in found.weights.iter().zip(&expected) {
            let off = (weight - expected).abs();
            assert!(off <= tolerance, "{column}: {weight} is not {expected}");
        }
    }
}
