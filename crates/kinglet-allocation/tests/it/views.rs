//! Published examples of views; see each test for its source.

use std::collections::BTreeMap;

use faer::Mat;
use faer::linalg::solvers::Solve;
use kinglet_allocation::Returns;
use kinglet_allocation::estimate::Covariance;
use kinglet_allocation::problem::{Names, Rule};
use kinglet_allocation::views::{Posterior, Prior, View, blend, implied, pool};

fn names(names: &[&str]) -> Names {
    names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), vec![(at, 1.0)])).collect()
}

fn near(found: &[f64], expected: &[f64], room: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() <= room, "{found:?} is not {expected:?}");
    }
}

fn percent(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| 100.0 * value).collect()
}

/// The best weights without any constraint.
fn best(covariance: &Covariance, mean: &[f64], aversion: f64) -> Vec<f64> {
    let right = Mat::from_fn(mean.len(), 1, |row, _| mean[row] / aversion);
    let factors = covariance.dense().llt(faer::Side::Lower).expect("positive definite");
    factors.solve(&right).col_as_slice(0).to_vec()
}

const COUNTRIES: [&str; 7] = ["AUL", "CAN", "FRA", "GER", "JPN", "UKG", "USA"];

/// He and Litterman (1999), tables 1 and 2.
fn countries() -> (Covariance, [f64; 7]) {
    let volatility = [0.16, 0.203, 0.248, 0.271, 0.21, 0.2, 0.187];
    let correlation = [
        0.488, 0.478, 0.664, 0.515, 0.655, 0.861, 0.439, 0.310, 0.355, 0.354, 0.512, 0.608, 0.783,
        0.777, 0.405, 0.491, 0.779, 0.668, 0.653, 0.306, 0.652,
    ];
    let of = |i: usize, j: usize| match i.cmp(&j) {
        std::cmp::Ordering::Equal => 1.0,
        std::cmp::Ordering::Greater => correlation[i * (i - 1) / 2 + j],
        std::cmp::Ordering::Less => correlation[j * (j - 1) / 2 + i],
    };
    let covariance = Mat::from_fn(7, 7, |i, j| of(i, j) * volatility[i] * volatility[j]);
    (Covariance::Dense(covariance), [0.016, 0.022, 0.052, 0.055, 0.116, 0.124, 0.615])
}

/// Means and weights as printed in the paper to one decimal; recomputed to four from its inputs
/// with numpy from the formulas of its appendix.
#[test]
fn he_and_litterman() {
    let (covariance, market) = countries();
    let mean = implied(&covariance, &market, 2.5);
    let recomputed = [3.9376, 6.9152, 8.3581, 9.0272, 4.3028, 6.7677, 7.5600];
    near(&percent(&mean), &recomputed, 1e-4);
    near(&percent(&mean), &[3.9, 6.9, 8.4, 9.0, 4.3, 6.8, 7.6], 0.05);
    let prior = Prior { mean: &mean, covariance: &covariance, tau: 0.05 };
    let names = names(&COUNTRIES);
    let read = |text| View::read(text, &names).expect("a view");
    let germany = read("GER - 0.295454545454545 * FRA - 0.704545454545455 * UKG 5%");
    let posterior = blend(&prior, std::slice::from_ref(&germany)).expect("a posterior");
    let means = [4.3282, 7.5758, 9.2875, 11.0375, 4.5062, 6.9529, 8.0694];
    near(&percent(&posterior.mean), &means, 1e-4);
    let weights = best(&posterior.covariance, &posterior.mean, 2.5);
    let expected = [1.5238, 2.0952, -3.9678, 35.4295, 11.0476, -9.4617, 58.5714];
    near(&percent(&weights), &expected, 1e-4);
    // What the view adds to the weights of the market, less what its uncertainty takes.
    let added: Vec<f64> = weights.iter().zip(&market).map(|(w, m)| w - m / 1.05).collect();
    let expected = [0.0, 0.0, -8.9202, 30.1914, 0.0, -21.2712, 0.0];
    near(&percent(&added), &expected, 1e-4);
    // Omega over tau: the variance of the view's portfolio.
    near(&[spread(&covariance, &germany)], &[0.0213], 5e-5);
    // The paper's lambda, of the weights times one and tau.
    near(&[1.05 * posterior.tilts[0] / 2.5 / 1.05], &[0.317], 5e-4);

    let canada = read("CAN - USA = 0.03 @ 50%");
    near(&[spread(&covariance, &canada)], &[0.0170], 5e-5);
    let posterior = blend(&prior, &[germany, canada]).expect("a posterior");
    let means = [4.4223, 8.7300, 9.4796, 11.2107, 4.6164, 6.9718, 7.4817];
    near(&percent(&posterior.mean), &means, 1e-4);
    let weights = best(&posterior.covariance, &posterior.mean, 2.5);
    let expected = [1.5238, 41.8633, -3.4279, 33.6020, 11.0476, -8.1741, 18.8034];
    near(&percent(&weights), &expected, 1e-4);
    let tilts: Vec<f64> = posterior.tilts.iter().map(|tilt| tilt / 2.5).collect();
    near(&tilts, &[0.298, 0.418], 5e-4);
    moves_add_up(&mean, &posterior);
}

/// The variance of the portfolio of a view.
fn spread(covariance: &Covariance, view: &View) -> f64 {
    let mut weights = vec![0.0; covariance.assets()];
    view.terms.iter().for_each(|&(asset, share)| weights[asset] += share);
    covariance.variance(&weights)
}

fn moves_add_up(prior: &[f64], posterior: &Posterior) {
    for (asset, mean) in prior.iter().enumerate() {
        let moved: f64 = posterior.moves.iter().map(|moves| moves[asset]).sum();
        assert!((mean + moved - posterior.mean[asset]).abs() < 1e-14);
    }
}

/// Idzorek (2005), tables 5 to 7; the risk aversion printed as about 3.07 is 3.066 by its tables.
#[test]
fn idzorek() {
    let sigma = [
        [0.001005, 0.001328, -0.000579, -0.000675, 0.000121, 0.000128, -0.000445, -0.000437],
        [0.001328, 0.007277, -0.001307, -0.000610, -0.002237, -0.000989, 0.001442, -0.001535],
        [-0.000579, -0.001307, 0.059852, 0.027588, 0.063497, 0.023036, 0.032967, 0.048039],
        [-0.000675, -0.000610, 0.027588, 0.029609, 0.026572, 0.021465, 0.020697, 0.029854],
        [0.000121, -0.002237, 0.063497, 0.026572, 0.102488, 0.042744, 0.039943, 0.065994],
        [0.000128, -0.000989, 0.023036, 0.021465, 0.042744, 0.032056, 0.019881, 0.032235],
        [-0.000445, 0.001442, 0.032967, 0.020697, 0.039943, 0.019881, 0.028355, 0.035064],
        [-0.000437, -0.001535, 0.048039, 0.029854, 0.065994, 0.032235, 0.035064, 0.079958],
    ];
    let covariance = Covariance::Dense(Mat::from_fn(8, 8, |i, j| sigma[i][j]));
    let market = [0.1934, 0.2613, 0.1209, 0.1209, 0.0134, 0.0134, 0.2418, 0.0349];
    let mean = implied(&covariance, &market, 3.066);
    near(&percent(&mean), &[0.08, 0.67, 6.41, 4.08, 7.43, 3.70, 4.80, 6.60], 0.02);
    let names = names(&["US", "FB", "LG", "LV", "SG", "SV", "ID", "IE"]);
    let views = |confidence: f64| -> Vec<View> {
        ["ID 5.25%", "FB - US 0.25%", "0.9 * LG + 0.1 * SG - 0.9 * LV - 0.1 * SV 2%"]
            .map(|text| View::read(&format!("{text} @ {confidence}"), &names).expect("a view"))
            .into()
    };
    // Of printed inputs of six decimals, whence half a unit more than of the last digit.
    let spreads: Vec<f64> =
        views(0.5).iter().map(|view| 100.0 * spread(&covariance, view)).collect();
    near(&spreads, &[2.836, 0.563, 3.462], 6e-4);
    let prior = Prior { mean: &mean, covariance: &covariance, tau: 0.025 };
    let half = blend(&prior, &views(0.5)).expect("a posterior");
    near(&percent(&half.mean), &[0.07, 0.50, 6.50, 4.32, 7.59, 3.94, 4.93, 6.84], 0.03);
    let weights = percent(&best(&covariance, &half.mean, 3.066));
    near(&weights, &[29.88, 15.59, 9.35, 14.82, 1.04, 1.65, 27.81, 3.49], 0.02);
    let certain = blend(&prior, &views(1.0)).expect("a posterior");
    let sure = percent(&best(&covariance, &certain.mean, 3.066));
    near(&sure, &[43.82, 1.65, 3.81, 20.37, 0.42, 2.26, 35.21, 3.49], 0.03);
    let market = percent(&market);
    let implied: Vec<f64> =
        (0..7).map(|at| 100.0 * (weights[at] - market[at]) / (sure[at] - market[at])).collect();
    near(&implied, &[43.06, 43.06, 33.02, 33.02, 33.02, 33.02, 32.94], 0.05);
    moves_add_up(&mean, &certain);
    let guess = blend(&prior, &views(0.0)).expect("a posterior");
    near(&guess.mean, &mean, 0.0);
}

#[test]
fn views_as_text() {
    let names = names(&["IWM", "SPY", "BRK-B"]);
    let read = |text| View::read(text, &names);
    let view = read("IWM 0.08 @ 0.6").expect("a view");
    assert_eq!((view.terms, view.value, view.confidence), (vec![(0, 1.0)], 0.08, 0.6));
    let view = read("IWM - SPY -2%").expect("a view");
    assert_eq!((view.terms, view.value, view.confidence), (vec![(0, 1.0), (1, -1.0)], -0.02, 0.5));
    let view = read("BRK-B = -1% @ 25%").expect("a view");
    assert_eq!((view.terms, view.value, view.confidence), (vec![(2, 1.0)], -0.01, 0.25));
    for text in [
        "",
        "0.08",
        "IWM",
        "IWM - SPY @ 0.5",
        "IWM 0.08 @",
        "IWM 0.08 @ 1.5",
        "IWM 0.08 SPY",
        "IWM @ 0.5 x",
    ] {
        assert_eq!(read(text).expect_err(text).code(), "rule", "{text}");
    }
    assert_eq!(read("IWN 0.08").expect_err("unknown").code(), "unknown-name");
}

/// CVXPY 1.9.3 with Clarabel 0.11.1: relative entropy to equal probabilities, on the returns of
/// `problem.rs`.
#[test]
fn entropy_pooling() {
    let value = |i: usize, t: usize| {
        let (i, t) = (i as f64, (t + 1) as f64);
        0.02 * libm::sin(t * (i + 1.0) * 0.37 + i)
            + 0.015 * libm::sin(t * 0.11) * (i + 1.0) / 6.0
            + 0.001 * (i + 1.0)
    };
    let letters = ["A", "B", "C", "D", "E", "F"];
    let periods = (0..60).map(|t| format!("{t}")).collect();
    let values = (0..6).flat_map(|i| (0..60).map(move |t| value(i, t))).collect();
    let returns =
        Returns::new(letters.map(str::to_owned).into(), periods, values, 12.0).expect("returns");
    let names: Names = names(&letters);
    let read = |texts: &[&str]| -> Vec<Rule> {
        texts.iter().map(|text| Rule::read(text, &names).expect("a rule")).collect()
    };
    let pooled = pool(&returns, &read(&["A = 0.004", "B - F >= -0.001", "C <= 0.01"]));
    let pooled = pooled.expect("probabilities");
    near(&[pooled.entropy], &[0.0158096884], 1e-9);
    let first = [0.01747506, 0.01950396, 0.0203129, 0.01434494, 0.01666388];
    near(&pooled.probabilities[..5], &first, 2e-8);
    let means: Vec<f64> = (0..6)
        .map(|i| returns.asset(i).iter().zip(&pooled.probabilities).map(|(r, p)| r * p).sum())
        .collect();
    let expected = [0.004, 0.00345538, 0.00206913, 0.00373628, 0.00525377, 0.00445538];
    near(&means, &expected, 1e-8);
    // The third view holds by itself.
    assert_eq!(pooled.pulls[2], 0.0);
    assert!(pooled.scenarios < 60.0 && pooled.scenarios > 59.0);

    let error = pool(&returns, &read(&["A >= 0.5"])).expect_err("no such probabilities");
    assert_eq!(error.code(), "conflicting");
}

/// Counts of PyPortfolioOpt 1.6.0 (`DiscreteAllocation.greedy_portfolio`); the nearest by trying
/// all counts in Python.
#[test]
fn whole_shares() {
    use kinglet_allocation::shares::{greedy, nearest};
    let weights = [0.31, 0.23, 0.19, 0.17, 0.10];
    let prices = [187.3, 93.1, 412.7, 55.9, 238.4];
    let cases: BTreeMap<u32, ([u64; 5], f64, [u64; 5], f64)> = [
        (2_000, ([3, 4, 1, 6, 1], 0.023793471047314246, [3, 5, 1, 5, 1], 237.2)),
        (5_000, ([8, 12, 2, 15, 2], 0.008484000613670167, [9, 12, 2, 16, 2], 361.2)),
        (20_000, ([33, 49, 9, 60, 9], 0.003932682140602885, [33, 49, 9, 60, 9], 377.8)),
    ]
    .into();
    for (money, (counts, error, best, distance)) in cases {
        let money = f64::from(money);
        let shares = greedy(&weights, &prices, money).expect("shares");
        assert_eq!(shares.counts, counts);
        near(&[shares.weight_error(&weights, &prices)], &[error], 1e-12);
        let shares = nearest(&weights, &prices, money).expect("shares");
        assert_eq!((&shares.counts[..], shares.is_nearest), (&best[..], true));
        near(&[shares.distance], &[distance], 1e-9);
    }
    assert_eq!(greedy(&weights, &[0.0; 5], 1.0).expect_err("no price").code(), "parameter");
}
