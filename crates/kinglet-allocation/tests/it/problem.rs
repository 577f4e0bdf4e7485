//! Values of CVXPY 1.9.3 with Clarabel 0.11.1 (tolerances 1e-12) for sixty periods of six assets
//! with returns `0.02 sin((t+1)(i+1) 0.37 + i) + 0.015 sin(0.11 (t+1)) (i+1)/6 + 0.001 (i+1)`,
//! with models written from the definitions; limits on positions by trying every set of assets.

use kinglet_allocation::estimate::{Covariance, Target};
use kinglet_allocation::problem::{
    Allocation, Bounds, Constraints, Costs, Names, Objective, Problem, Risk, RiskLimit, Rule,
    Universe,
};
use kinglet_allocation::views::View;
use kinglet_allocation::{AllocationError, Returns};

use crate::numbers::{means, random};

const ASSETS: usize = 6;
const PERIODS: usize = 60;

struct Sample {
    returns: Returns,
    mean: Vec<f64>,
    covariance: Covariance,
}

impl Sample {
    fn new() -> Sample {
        let value = |i: usize, t: usize| {
            let (i, t) = (i as f64, (t + 1) as f64);
            0.02 * libm::sin(t * (i + 1.0) * 0.37 + i)
                + 0.015 * libm::sin(t * 0.11) * (i + 1.0) / 6.0
                + 0.001 * (i + 1.0)
        };
        let names = ["A", "B", "C", "D", "E", "F"].map(str::to_owned).to_vec();
        let periods = (0..PERIODS).map(|t| format!("{t}")).collect();
        let values = (0..ASSETS).flat_map(|i| (0..PERIODS).map(move |t| value(i, t))).collect();
        let returns = Returns::new(names, periods, values, 12.0).expect("a sample");
        let mean: Vec<f64> =
            (0..ASSETS).map(|i| returns.asset(i).iter().sum::<f64>() / PERIODS as f64).collect();
        let product = |i: usize, j: usize| {
            let pairs = returns.asset(i).iter().zip(returns.asset(j));
            pairs.map(|(x, y)| (x - mean[i]) * (y - mean[j])).sum::<f64>() / (PERIODS - 1) as f64
        };
        let covariance = Covariance::Dense(faer::Mat::from_fn(ASSETS, ASSETS, product));
        Sample { returns, mean, covariance }
    }

    fn solve(
        &self,
        objective: Objective,
        constraints: Constraints,
    ) -> Result<Allocation, AllocationError> {
        let problem = Problem { objective, constraints, risk_free: 0.001 };
        problem.solve(&Universe {
            names: self.returns.names(),
            mean: Some(&self.mean),
            covariance: Some(&self.covariance),
            returns: Some(&self.returns),
            probabilities: None,
            spans: PERIODS as f64,
        })
    }
}

/// That the objective and the weights are those, and the certificate and all checks hold.
fn check(objective: Objective, constraints: Constraints, value: f64, weights: [f64; ASSETS]) {
    let found = Sample::new().solve(objective, constraints);
    let found = found.unwrap_or_else(|error| panic!("{objective:?}: {error}"));
    let near = |a: f64, b: f64, room: f64| (a - b).abs() <= room;
    let note = format!("{objective:?}: {found:#?}");
    assert!(near(found.objective, value, 2e-9), "{note}");
    for (found, weight) in found.weights.iter().zip(weights) {
        assert!(near(*found, weight, 2e-5), "{note}");
    }
    let certificate = &found.certificate;
    assert!(certificate.residual() < 1e-8 && certificate.gap < 1e-8, "{note}");
    assert!(near(certificate.primal, value, 1e-7), "{note}");
    assert!(near(certificate.dual, value, 1e-6), "{note}");
    assert!(found.checks.iter().all(kinglet_allocation::problem::Check::holds), "{note}");
}

fn minimum(risk: Risk, value: f64, weights: [f64; ASSETS]) {
    check(Objective::MinRisk(risk), Constraints::default(), value, weights);
}

const VOLATILITY: Objective = Objective::MinRisk(Risk::Volatility);

#[test]
fn the_least_of_each_risk() {
    let low = [0.259985, 0.240259, 0.207575, 0.152317, 0.093943, 0.045921];
    minimum(Risk::Volatility, 0.0076757530, low);
    let low = [0.159343, 0.162121, 0.180587, 0.18523, 0.171027, 0.141692];
    minimum(Risk::Semideviation, 0.0045493988, low);
    let low = [0.314487, 0.201343, 0.246787, 0.115009, 0.088367, 0.034006];
    minimum(Risk::Mad, 0.0057690891, low);
    let low = [0.04297, 0.164117, 0.175328, 0.220951, 0.26133, 0.135304];
    minimum(Risk::Cvar { alpha: 0.1 }, 0.0115905304, low);
    let low = [0.148003, 0.418657, 0.310629, 0.12271, 0.0, 0.0];
    minimum(Risk::Cdar { alpha: 0.1 }, 0.0699057181, low);
    let low = [0.336714, 0.190143, 0.134318, 0.11674, 0.09485, 0.127235];
    minimum(Risk::Evar { alpha: 0.1 }, 0.0170336897, low);
}

#[test]
fn the_largest_ratios() {
    let ratio = |risk, value, weights| {
        check(Objective::MaxRatio(risk), Constraints::default(), value, weights);
    };
    let best = [0.162297, 0.034106, 0.01841, 0.156133, 0.29297, 0.336084];
    ratio(Risk::Volatility, 0.3761828634, best);
    let best = [0.0, 0.112903, 0.12229, 0.230386, 0.327138, 0.207283];
    ratio(Risk::Cvar { alpha: 0.1 }, 0.2865049268, best);
    let best = [0.0, 0.0, 0.0, 0.168424, 0.236053, 0.595524];
    ratio(Risk::Evar { alpha: 0.1 }, 0.2201940852, best);
    let best = [0.237132, 0.222975, 0.194472, 0.155135, 0.113061, 0.077225];
    check(Objective::MaxDiversification, Constraints::default(), 1.9868223202, best);
}

#[test]
fn return_against_risk() {
    let none = Constraints::default;
    let utility = Objective::MaxUtility { risk: Risk::Volatility, aversion: 4.0 };
    check(utility, none(), 0.0056290806, [0.0, 0.0, 0.0, 0.0, 0.036449, 0.963551]);
    let capped = Constraints { max_weight: 0.4, ..none() };
    check(Objective::MaxReturn, capped, 0.0054328268, [0.0, 0.0, 0.0, 0.2, 0.4, 0.4]);
    let target = Constraints { min_return: Some(0.004), ..none() };
    let best = [0.211661, 0.138281, 0.114001, 0.154205, 0.192396, 0.189456];
    check(VOLATILITY, target, 0.0083788357, best);
    let max_risk = vec![RiskLimit { risk: Risk::Volatility, max: 0.008 }];
    let best = [0.227558, 0.171828, 0.144783, 0.153584, 0.160009, 0.142239];
    check(Objective::MaxReturn, Constraints { max_risk, ..none() }, 0.0037244883, best);
    let doubtful = Constraints { mean_doubt: 0.5, ..none() };
    check(Objective::MaxReturn, doubtful, 0.0051113546, [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
}

/// Norms and cones that bind at once, where an interior point stops short in other units than those
/// of the solution: every doubt has its proof.
#[test]
fn as_exact_at_every_doubt() {
    let utility = Objective::MaxUtility { risk: Risk::Volatility, aversion: 4.0 };
    let sharpe = Objective::MaxRatio(Risk::Volatility);
    let tails = [Risk::Cvar { alpha: 0.1 }, Risk::Evar { alpha: 0.1 }].map(Objective::MaxRatio);
    let objectives = [sharpe, tails[0], tails[1], utility, VOLATILITY];
    let mut solved = 0;
    for (seed, assets) in [(0, 5), (0, 12), (0, 30), (1, 5), (2, 12)] {
        let returns = random(seed, 120, assets);
        let mean = means(&returns);
        let covariance = Target::ConstantVariance.shrink(&returns).covariance;
        let universe = Universe {
            names: returns.names(),
            mean: Some(&mean),
            covariance: Some(&covariance),
            returns: Some(&returns),
            probabilities: None,
            spans: 120.0,
        };
        for (objective, tenths) in objectives.iter().flat_map(|o| (0..=12).map(move |t| (*o, t))) {
            let solve = |mean_doubt| {
                let min_return = (objective == VOLATILITY).then_some(0.0001);
                let max_weight = 3.0 / assets as f64;
                let none = Constraints::default();
                let constraints = Constraints { mean_doubt, min_return, max_weight, ..none };
                Problem { objective, constraints, risk_free: 0.0 }.solve(&universe)
            };
            let mean_doubt = f64::from(tenths) / 10.0;
            let found = match solve(mean_doubt) {
                Err(error) if matches!(error.code(), "no-excess-return" | "conflicting") => {
                    continue;
                }
                found => found.unwrap_or_else(|e| panic!("{objective:?} {mean_doubt}: {e}")),
            };
            let note = format!("{objective:?} of {assets}, {mean_doubt}: {found:?}");
            let certificate = &found.certificate;
            assert!(certificate.residual() < 1e-8 && certificate.gap < 1e-8, "{note}");
            assert!((certificate.primal - found.objective).abs() < 1e-6, "{note}");
            assert!(found.checks.iter().all(kinglet_allocation::problem::Check::holds), "{note}");
            if objective == sharpe {
                // (m'w − δσ/√T) / σ is m'w / σ less a number.
                let free = solve(0.0).expect("weights").objective;
                let less = free - mean_doubt / libm::sqrt(120.0);
                assert!((found.objective - less).abs() < 1e-12, "{note}");
            }
            solved += 1;
        }
    }
    assert!(solved > 200, "{solved}");
}

fn halves() -> std::collections::BTreeMap<String, f64> {
    [("A".to_owned(), 0.5), ("B".to_owned(), 0.5)].into()
}

#[test]
fn changes_and_what_they_cost() {
    let none = Constraints { current: halves(), ..Constraints::default() };
    let slow = Constraints { max_turnover: Some(0.2), ..none.clone() };
    let best = [0.411233, 0.388767, 0.123349, 0.062903, 0.013747, 0.0];
    check(VOLATILITY, slow, 0.0086022041, best);
    let costs = Costs { linear: 0.001, quadratic: 0.002, impact: 0.003 };
    let utility = Objective::MaxUtility { risk: Risk::Volatility, aversion: 4.0 };
    let best = [0.487859, 0.45979, 0.0, 0.0, 0.005139, 0.047212];
    check(utility, Constraints { costs, ..none }, 0.0023315751, best);
}

#[test]
fn near_a_benchmark() {
    let sixth = 1.0 / 6.0;
    let names = ["A", "B", "C", "D", "E", "F"];
    let benchmark = names.map(|name| (name.to_owned(), sixth)).into();
    let none = Constraints { benchmark, ..Constraints::default() };
    let bounds = [
        ("A".to_owned(), Bounds { min: Some(0.19), max: None }),
        ("F".to_owned(), Bounds { min: None, max: Some(0.1) }),
    ];
    let bounded = Constraints { bounds: bounds.into(), max_weight: 0.2, ..none.clone() };
    let best = [0.19, 0.175152, 0.177973, 0.179815, 0.17706, 0.1];
    check(Objective::MinTrackingError, bounded, 0.0011135698, best);
    let close = Constraints { max_tracking_error: Some(0.002), ..none };
    let best = [0.1379, 0.105961, 0.110963, 0.167791, 0.225274, 0.252111];
    check(Objective::MaxReturn, close, 0.0043382975, best);
}

#[test]
fn long_and_short() {
    let constraints = Constraints {
        min_weight: -0.5,
        max_gross: Some(1.6),
        max_short: Some(0.2),
        min_return: Some(0.005),
        ..Constraints::default()
    };
    let best = [0.153965, 0.01652, 0.002274, 0.156459, 0.309947, 0.360835];
    check(VOLATILITY, constraints, 0.0106419751, best);
}

#[test]
fn few_and_large_positions() {
    let capped = Constraints { max_weight: 0.7, ..Constraints::default() };
    let few = Constraints { max_positions: Some(2), ..capped.clone() };
    check(VOLATILITY, few, 0.0101308678, [0.517509, 0.482491, 0.0, 0.0, 0.0, 0.0]);
    let large = Constraints { min_position: Some(0.15), ..capped };
    let best = [0.256666, 0.235204, 0.204704, 0.153426, 0.15, 0.0];
    check(VOLATILITY, large, 0.0077511700, best);
}

/// The same covariance in factors and dense: the same weights.
#[test]
fn factors_change_nothing() {
    let sample = Sample::new();
    let loadings = faer::Mat::from_fn(ASSETS, 2, |i, k| 0.3 + 0.1 * (i as f64) * (k as f64 - 0.4));
    let factor = faer::Mat::from_fn(2, 2, |i, j| if i == j { 0.0004 } else { 0.0001 });
    let residual = (0..ASSETS).map(|i| 0.0001 * (i as f64 + 1.0)).collect();
    let factored = Covariance::Factored { loadings, factor, residual };
    let dense = Covariance::Dense(factored.dense());
    let risky = Constraints {
        max_risk: vec![RiskLimit { risk: Risk::Volatility, max: 0.012 }],
        ..Constraints::default()
    };
    let ask = |covariance, objective, constraints: &Constraints| {
        let sample = Sample { covariance, ..Sample::new() };
        sample.solve(objective, constraints.clone()).expect("weights").weights
    };
    let sharpe = Objective::MaxRatio(Risk::Volatility);
    let none = Constraints::default();
    for (objective, constraints) in
        [(VOLATILITY, &none), (sharpe, &none), (Objective::MaxReturn, &risky)]
    {
        let factored = ask(factored.clone(), objective, constraints);
        let dense = ask(dense.clone(), objective, constraints);
        for (a, b) in factored.iter().zip(&dense) {
            assert!((a - b).abs() < 1e-6, "{objective:?}: {factored:?} {dense:?}");
        }
    }
    drop(sample);
}

#[test]
fn rules_and_sleeves() {
    let text = "
        rules = ['small >= 0.5 * large', '0.1 <= A + B <= 30%', 'size = 0.2']
        [groups]
        large = ['A', 'B', 'C']
        small = ['D', 'E']
        size = { A = 1.0, F = -0.5 }
        [sleeves.core]
        members = ['A', 'B', 'C', 'D']
        target = 0.7
        drift = 0.05
        max-share = 0.6
    ";
    let constraints: Constraints = toml::from_str(text).expect("constraints");
    let found = Sample::new().solve(VOLATILITY, constraints).expect("weights");
    let of = |name: &str| {
        let check = found.checks.iter().find(|check| check.name == name);
        check.unwrap_or_else(|| panic!("no check of {name}: {:#?}", found.checks))
    };
    assert!(found.checks.iter().all(kinglet_allocation::problem::Check::holds), "{found:#?}");
    let w = &found.weights;
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    near(of("small >= 0.5 * large").value, w[3] + w[4] - 0.5 * (w[0] + w[1] + w[2]));
    near(of("0.1 <= A + B <= 30%").slack, (0.3 - w[0] - w[1]).min(w[0] + w[1] - 0.1));
    assert!((w[0] - 0.5 * w[5] - 0.2).abs() < 1e-8);
    near(of("core within 0.05 of 0.7").value, w[0] + w[1] + w[2] + w[3]);
    near(of("C <= 0.6 * core").value, w[2] - 0.6 * (w[0] + w[1] + w[2] + w[3]));
}

fn refused(objective: Objective, text: &str) -> AllocationError {
    let constraints: Constraints = toml::from_str(text).expect("constraints");
    Sample::new().solve(objective, constraints).expect_err("an error")
}

#[test]
fn the_fewest_constraints_that_contradict_one_another() {
    let text = "
        rules = ['A + B <= 0.2', 'C + D >= 0.1', 'big >= 0.9', 'C <= 0.4', 'E + F >= 0.05']
        groups = { big = ['A', 'B', 'C'] }
    ";
    let error = refused(VOLATILITY, text);
    let AllocationError::Conflicting(conflict) = &error else { panic!("{error:?}") };
    assert_eq!(conflict.constraints, ["A + B <= 0.2", "big >= 0.9", "C <= 0.4"]);
    // 0.2 + 0.4 is 0.3 short of 0.9, whichever of the three is moved.
    let [relaxation] = conflict.relaxations.as_slice() else { panic!("{conflict:?}") };
    assert!((relaxation.by - 0.3).abs() < 1e-6, "{conflict:?}");
    assert_eq!(
        error.to_string(),
        "these constraints contradict one another: `A + B <= 0.2`, `big >= 0.9`, `C <= 0.4`"
    );
    assert!(error.hint().starts_with("relax `"), "{}", error.hint());

    let error = refused(VOLATILITY, "min-return = 0.007");
    let AllocationError::Conflicting(conflict) = &error else { panic!("{error:?}") };
    let names = ["weights sum to 1", "every weight >= 0", "expected return >= 0.007"];
    assert_eq!(conflict.constraints, names);
    // The largest mean is 0.00624751.
    assert!((conflict.relaxations[0].by - (0.007 - 0.00624751)).abs() < 1e-7, "{conflict:?}");
}

#[test]
fn what_does_not_make_sense_is_said_first() {
    let code = |objective, text| refused(objective, text).code();
    assert_eq!(code(VOLATILITY, "max-weight = 0.1"), "bounds-sum");
    assert_eq!(code(VOLATILITY, "min-weight = 0.4"), "bounds-sum");
    assert_eq!(code(VOLATILITY, "bounds = { A = { min = 0.5, max = 0.4 } }"), "bounds-crossed");
    assert_eq!(code(VOLATILITY, "bounds = { X = { min = 0.5 } }"), "unknown-name");
    assert_eq!(code(VOLATILITY, "rules = ['tech <= 0.3']"), "unknown-name");
    assert_eq!(code(VOLATILITY, "rules = ['A 0.3']"), "rule");
    assert_eq!(code(VOLATILITY, "rules = ['0.2 <= 0.3']"), "rule");
    assert_eq!(code(VOLATILITY, "rules = ['A <= nan']"), "unknown-name");
    assert_eq!(code(VOLATILITY, "max-weight = nan"), "rule");
    assert_eq!(code(VOLATILITY, "groups = { A = ['B'] }"), "duplicate-name");
    assert_eq!(code(VOLATILITY, "max-tracking-error = 0.1"), "missing");
    assert_eq!(code(Objective::MinRisk(Risk::Cvar { alpha: 1.5 }), ""), "parameter");
    assert_eq!(code(VOLATILITY, "max-positions = 2\nmax-weight = 0.3"), "conflicting");
    assert_eq!(code(VOLATILITY, "max-positions = 2\nmin-weight = -0.3"), "parameter");
    let apart = "max-positions = 2\nrules = ['A >= 0.1', 'B >= 0.1', 'C >= 0.1']";
    assert_eq!(code(VOLATILITY, apart), "conflicting");

    let poor = |constraints| {
        let problem = Problem {
            objective: Objective::MaxRatio(Risk::Volatility),
            constraints,
            risk_free: 0.0065,
        };
        let sample = Sample::new();
        let universe = Universe {
            names: sample.returns.names(),
            mean: Some(&sample.mean),
            covariance: Some(&sample.covariance),
            returns: None,
            probabilities: None,
            spans: PERIODS as f64,
        };
        problem.solve(&universe).expect_err("no premium")
    };
    let error = poor(Constraints::default());
    assert_eq!(error.code(), "no-excess-return");
    // Short sales reach a premium in principle, but not with this little of them.
    let short = Constraints { max_short: Some(0.01), min_weight: -1.0, ..Constraints::default() };
    assert_eq!(poor(short).code(), "no-excess-return");
}

#[test]
fn every_name_is_an_objective() {
    for name in Objective::NAMES {
        assert!(Objective::named(name, 0.05, 1.0).is_some(), "{name}");
    }
    for name in ["", "min", "min-", "max-cvar", "cvar", "min-cvar-ratio"] {
        assert_eq!(Objective::named(name, 0.05, 1.0), None, "{name}");
    }
}

/// A rule keeps to bounds or says that it cannot.
#[test]
fn weights_by_a_rule() {
    let capped = |max_weight| Constraints { max_weight, ..Constraints::default() };
    let found = Sample::new().solve(Objective::RiskParity, capped(1.0)).expect("weights");
    let Covariance::Dense(matrix) = Sample::new().covariance else { panic!("dense") };
    let marginal = |i: usize| (0..ASSETS).map(|j| matrix[(i, j)] * found.weights[j]).sum::<f64>();
    for (i, weight) in found.weights.iter().enumerate() {
        let share = weight * marginal(i) / (found.objective * found.objective);
        assert!((share - 1.0 / 6.0).abs() < 1e-9, "{found:?}");
    }
    for name in ["hrp", "hrp:volatility:neighbours", "herc", "herc:3", "nco:2"] {
        let objective = Objective::named(name, 0.05, 1.0).expect("an objective");
        let found = Sample::new().solve(objective, capped(0.2)).expect("weights");
        assert!(found.weights.iter().all(|weight| *weight <= 0.2 + 1e-12), "{found:?}");
        assert!((found.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{found:?}");
    }
    let error = |name: &str| {
        let rules = vec!["A + B = 0.5".to_owned()];
        let objective = Objective::named(name, 0.05, 1.0).expect("an objective");
        Sample::new().solve(objective, Constraints { rules, ..capped(1.0) }).expect_err("a rule")
    };
    let text = "these constraints contradict one another: `hrp`, `A + B = 0.5`";
    assert_eq!(error("hrp").to_string(), text);
    assert_eq!(error("nco:7").code(), "parameter");
}

/// What each asset brings to the variance.
fn contributions(found: &Allocation, covariance: &Covariance) -> Vec<f64> {
    let pairs = found.weights.iter().zip(covariance.times(&found.weights));
    pairs.map(|(weight, marginal)| weight * marginal).collect()
}

/// Risk that is shared as it is budgeted, as far as constraints allow: assets that none holds down
/// or up bring the same for their budgets.
#[test]
fn risk_parity_under_constraints() {
    let sample = Sample::new();
    let solve = |constraints| sample.solve(Objective::RiskParity, constraints).expect("weights");
    let free = solve(Constraints::default());
    let most = free.weights.iter().copied().fold(0.0, f64::max);
    assert!(most > 0.2, "{free:?}");
    let capped = solve(Constraints { max_weight: 0.17, ..Constraints::default() });
    let brought = contributions(&capped, &sample.covariance);
    let inside: Vec<usize> = (0..ASSETS).filter(|&i| capped.weights[i] < 0.17).collect();
    assert!(inside.len() >= 2 && inside.len() < ASSETS, "{capped:?}");
    for i in 0..ASSETS {
        let share = brought[i] / brought[inside[0]];
        match inside.contains(&i) {
            true => assert!((share - 1.0).abs() < 1e-9, "{capped:?}"),
            false => assert!(share < 1.0 + 1e-9, "{capped:?}"),
        }
    }
    assert!((capped.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    // A rule holds what the two have together; those without a rule share alike.
    let rules = vec!["A + B <= 0.25".to_owned()];
    let ruled = solve(Constraints { rules, ..Constraints::default() });
    let brought = contributions(&ruled, &sample.covariance);
    assert!((ruled.weights[0] + ruled.weights[1] - 0.25).abs() < 1e-7, "{ruled:?}");
    for i in 3..ASSETS {
        assert!((brought[i] / brought[2] - 1.0).abs() < 1e-6, "{brought:?}");
    }
    assert!(brought[0] < brought[2] && brought[1] < brought[2], "{brought:?}");
    let budgets = [("A".to_owned(), 3.0), ("F".to_owned(), 0.5)].into();
    let found = solve(Constraints { risk_budgets: budgets, ..Constraints::default() });
    let brought = contributions(&found, &sample.covariance);
    assert!((brought[0] / brought[1] - 3.0).abs() < 1e-9, "{brought:?}");
    assert!((brought[5] / brought[1] - 0.5).abs() < 1e-9, "{brought:?}");
}

/// A period that is twice as likely is as good as one that stands there twice.
#[test]
fn likelier_periods() {
    let sample = Sample::new();
    let twice = [3, 17, 18, 40];
    let repeated = |values: &[f64]| -> Vec<f64> {
        let again = twice.iter().map(|&at| values[at]);
        values.iter().copied().chain(again).collect()
    };
    let values = (0..ASSETS).flat_map(|i| repeated(sample.returns.asset(i))).collect();
    let count = PERIODS + twice.len();
    let periods = (0..count).map(|t| t.to_string()).collect();
    let names = sample.returns.names().to_vec();
    let longer = Returns::new(names, periods, values, 12.0).expect("a sample");
    let of = |at: usize| if twice.contains(&at) { 2.0 } else { 1.0 };
    let odds: Vec<f64> = (0..PERIODS).map(|at| of(at) / count as f64).collect();
    for name in ["min-semideviation", "min-mad", "min-cvar", "min-evar", "max-cvar-ratio"] {
        let objective = Objective::named(name, 0.1, 1.0).expect("a name");
        let constraints = Constraints { max_weight: 0.4, ..Constraints::default() };
        let problem = Problem { objective, constraints, risk_free: 0.001 };
        let universe = Universe {
            names: sample.returns.names(),
            mean: Some(&sample.mean),
            covariance: Some(&sample.covariance),
            returns: Some(&longer),
            probabilities: None,
            spans: PERIODS as f64,
        };
        let expected = problem.solve(&universe).unwrap_or_else(|e| panic!("{name} 1: {e}"));
        let likely =
            Universe { returns: Some(&sample.returns), probabilities: Some(&odds), ..universe };
        let found = problem.solve(&likely).unwrap_or_else(|e| panic!("{name} 2: {e}"));
        let off = (found.objective - expected.objective).abs();
        assert!(off < 1e-8, "{name}: {found:?} {expected:?}");
        assert!(found.certificate.residual() < 1e-8, "{name}: {:?}", found.certificate);
        let few = Universe { probabilities: Some(&odds[1..]), ..likely };
        assert_eq!(problem.solve(&few).expect_err("too few").code(), "shape");
    }
}

/// A bound that only follows from the others and from the sum.
#[test]
fn bounds_that_are_not_said() {
    let objective = Objective::MinRisk(Risk::Cvar { alpha: 0.1 });
    let least = |min_weight, max_weight| {
        let constraints = Constraints { min_weight, max_weight, ..Constraints::default() };
        Sample::new().solve(objective, constraints).expect("weights")
    };
    let infinite = f64::INFINITY;
    let (said, implied) = (least(-0.5, 3.5), least(-0.5, infinite));
    assert_eq!(implied.certificate.method, "row and column generation");
    assert!((said.objective - implied.objective).abs() < 1e-10);
    // Without any bound it is for the conic solver, and no worse.
    let free = least(-infinite, infinite);
    assert_eq!(free.certificate.method, "interior-point");
    assert!(free.objective <= implied.objective + 1e-9 && free.certificate.gap < 1e-8);
}

/// One asset is all there is, whatever is wanted of it.
#[test]
fn one_asset_alone() {
    let sample = Sample::new();
    let names = vec!["A".to_owned()];
    let values = sample.returns.asset(0).to_vec();
    let periods = sample.returns.periods().to_vec();
    let returns = Returns::new(names, periods, values, 12.0).expect("a sample");
    let covariance = Covariance::Dense(faer::Mat::from_fn(1, 1, |_, _| 0.0002));
    let alone = Sample { returns, mean: vec![sample.mean[0]], covariance };
    for name in Objective::NAMES {
        let objective = Objective::named(name, 0.1, 3.0).expect("a name");
        let benchmark = [("A".to_owned(), 1.0)].into();
        let constraints = Constraints { benchmark, ..Constraints::default() };
        let found = alone.solve(objective, constraints);
        let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!((found.weights[0] - 1.0).abs() < 1e-9, "{name}: {found:?}");
    }
}

proptest::proptest! {
    /// Foreign text is a rule, a view, or an error: never a panic.
    #[test]
    fn any_text_is_read(text in "[AB '<>=≤%*+@.0-9\\-é]{0,24}") {
        let names: Names = [("A", 0), ("B", 1), ("A-B", 2), ("é", 3)]
            .map(|(name, at)| (name.to_owned(), vec![(at, 1.0)]))
            .into();
        if let Ok(rule) = Rule::read(&text, &names) {
            proptest::prop_assert!(!rule.terms.is_empty());
            proptest::prop_assert!(rule.min.is_finite() || rule.max.is_finite());
        }
        if let Ok(view) = View::read(&text, &names) {
            proptest::prop_assert!((0.0..=1.0).contains(&view.confidence));
        }
    }
}
