//! Trees of clusters beside scipy and PyPortfolioOpt, and bounds that hold.

use faer::Mat;
use kinglet_allocation::estimate::{Covariance, sample};
use kinglet_allocation::solve::{
    Descent, LeafOrder, Limits, Linkage, Share, bounded_risk_budget, hierarchical, nested_clusters,
};
use proptest::prelude::*;

use crate::numbers::{close, grouped, random};

/// scipy 1.17.1, `linkage(squareform(d), method)` with
/// `d[i][j] = ((i*i*13 + j*j*13 + i*j*7) % 97 + 1)/97` beside the diagonal: the two clusters of
/// each join, and 97 times the last distance.
#[test]
fn joins_of_scipy() {
    let distances = || {
        Mat::from_fn(9, 9, |i, j| {
            let apart = ((i * i * 13 + j * j * 13 + i * j * 7) % 97 + 1) as f64 / 97.0;
            if i == j { 0.0 } else { apart }
        })
    };
    let cases = [
        (
            Linkage::Single,
            [(4, 8), (2, 7), (0, 1), (9, 11), (3, 10), (12, 13), (6, 14), (5, 15)],
            0.35051546391752575,
        ),
        (
            Linkage::Complete,
            [(4, 8), (2, 7), (0, 1), (3, 10), (5, 6), (9, 11), (12, 13), (14, 15)],
            0.9484536082474226,
        ),
        (
            Linkage::Average,
            [(4, 8), (2, 7), (0, 1), (3, 10), (6, 12), (9, 11), (13, 14), (5, 15)],
            0.6327319587628866,
        ),
        (
            Linkage::Ward,
            [(4, 8), (2, 7), (0, 1), (3, 10), (5, 6), (9, 11), (12, 13), (14, 15)],
            1.0588726881588488,
        ),
    ];
    for (linkage, clusters, last) in cases {
        let joins = linkage.joins(distances());
        let found: Vec<(usize, usize)> = joins.iter().map(|join| join.clusters).collect();
        assert_eq!(found, clusters, "{linkage:?}");
        assert!(close(joins[7].distance, last, 1e-14));
        assert_eq!(joins[7].assets, 9);
    }
}

/// PyPortfolioOpt 1.6.0, `HRPOpt(pd.DataFrame(X)).optimize()` on the grouped panel, 90 by 9.
#[test]
fn weights_of_other_software() {
    let covariance = sample(&grouped(90, 9));
    let limits = Limits::long_only(9, 1.0);
    let found = hierarchical(&covariance, Linkage::Single, Descent::HALVES, &limits).unwrap();
    let expected = [
        0.07759581835375184,
        0.08602661171496111,
        0.11070059108411666,
        0.07621829292605428,
        0.07867011064400954,
        0.13014253816998078,
        0.1347980592355357,
        0.14282711640675785,
        0.16302086146483222,
    ];
    for (weight, expected) in found.weights.iter().zip(expected) {
        assert!(close(*weight, expected, 1e-12), "{weight} is not {expected}");
    }
}

/// Two assets share by the inverse of their variances, whichever the way down.
#[test]
fn two_assets_by_hand() {
    let covariance = sample(&grouped(90, 2));
    let limits = Limits::long_only(2, 1.0);
    let variances = covariance.diagonal();
    let expected = variances[1] / (variances[0] + variances[1]);
    for descent in [
        Descent::HALVES,
        Descent::Joins { clusters: Some(1) },
        Descent::Joins { clusters: Some(2) },
    ] {
        let found = hierarchical(&covariance, Linkage::Single, descent, &limits).unwrap();
        assert!(close(found.weights[0], expected, 1e-14));
    }
}

#[test]
fn bounds_hold_whatever_the_rule() {
    let covariance = sample(&grouped(90, 9));
    let mut limits = Limits::long_only(9, 0.13);
    limits.lower[0] = 0.12;
    let rules = [Descent::HALVES, Descent::Joins { clusters: Some(3) }];
    let mut found: Vec<_> = rules
        .iter()
        .map(|rule| hierarchical(&covariance, Linkage::Ward, *rule, &limits).unwrap())
        .collect();
    found.push(nested_clusters(&covariance, Linkage::Ward, Some(3), &limits).unwrap());
    for solution in found {
        assert!(solution.certificate.residual_primal < 1e-12, "{:?}", solution.certificate);
        assert!((solution.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    let rule = Descent::Joins { clusters: Some(10) };
    let error = hierarchical(&covariance, Linkage::Ward, rule, &limits).unwrap_err();
    assert_eq!(error.to_string(), "clusters is 10, but must be from one to the number of assets");
}

/// With every asset a cluster of its own, and with one cluster of all, nested clusters are the
/// least variance itself.
#[test]
fn nested_clusters_at_both_ends() {
    let covariance = sample(&grouped(90, 9));
    let limits = Limits::long_only(9, 1.0);
    let one = nested_clusters(&covariance, Linkage::Average, Some(1), &limits).unwrap();
    let nine = nested_clusters(&covariance, Linkage::Average, Some(9), &limits).unwrap();
    let three = nested_clusters(&covariance, Linkage::Average, Some(3), &limits).unwrap();
    assert!(close(one.objective, nine.objective, 1e-10));
    assert!(three.objective >= one.objective * (1.0 - 1e-12));
}

/// Riskfolio-Lib 7.4.0, `HCPortfolio(returns=X).optimization(model=M, codependence="pearson",
/// rm="MV", linkage="ward", k=3, obj="MinRisk", leaf_order=False)` on the grouped panel, 90 by 9.
/// Its NCO goes by a general solver, which leaves the fifth digit.
#[test]
fn clusters_as_by_other_software() {
    let covariance = sample(&grouped(90, 9));
    let limits = Limits::long_only(9, 1.0);
    let descent = Descent::Joins { clusters: Some(3) };
    let found = hierarchical(&covariance, Linkage::Ward, descent, &limits).unwrap();
    let expected = [
        0.06207856082539703,
        0.22333168378004653,
        0.050665374469655716,
        0.06097650664430702,
        0.20423364262565338,
        0.05956355215667503,
        0.0623601450448647,
        0.21476597914602408,
        0.062024555307376404,
    ];
    for (weight, expected) in found.weights.iter().zip(expected) {
        assert!(close(*weight, expected, 1e-12), "{weight} is not {expected}");
    }
    let found = nested_clusters(&covariance, Linkage::Ward, Some(3), &limits).unwrap();
    let expected = [
        0.10162303017966492,
        0.14985534415272128,
        0.02483132329857456,
        0.1188910712010245,
        0.06504722871814773,
        0.1305708048922009,
        0.13074301199835459,
        0.12775785907301604,
        0.1506803264862955,
    ];
    for (weight, expected) in found.weights.iter().zip(expected) {
        assert!((weight - expected).abs() < 3e-5, "{weight} is not {expected}");
    }
}

/// Riskfolio-Lib 7.4.0, `HCPortfolio(returns=X).optimization(model="HRP", rm=R, linkage="single",
/// leaf_order=L)` on the grouped panel, 90 by 9: R is "vol" or "MV", L is true or false.
#[test]
fn leaves_and_risks_of_other_software() {
    let covariance = sample(&grouped(90, 9));
    let limits = Limits::long_only(9, 1.0);
    let cases = [
        (
            (LeafOrder::Joined, Share::Volatility),
            [
                0.070229368325057,
                0.10435343760877415,
                0.11848227908734406,
                0.06960320086677599,
                0.09979188625521827,
                0.12846595978533923,
                0.13090616309924194,
                0.13448730174621884,
                0.14368040322603057,
            ],
        ),
        (
            (LeafOrder::Neighbours, Share::Volatility),
            [
                0.07043385774539072,
                0.13694731339904267,
                0.11848227908734406,
                0.12971145588994085,
                0.09967625063666898,
                0.12846595978533923,
                0.07059341865574335,
                0.10221409669686705,
                0.1434753681036631,
            ],
        ),
        (
            (LeafOrder::Neighbours, Share::Variance),
            [
                0.07799714431844189,
                0.14775775289765972,
                0.11070059108411666,
                0.1322640920239318,
                0.07828477905654846,
                0.13014253816998078,
                0.07835093417296814,
                0.0823219280142142,
                0.16218024026213837,
            ],
        ),
    ];
    for ((order, share), expected) in cases {
        let descent = Descent::Halves { order, share };
        let found = hierarchical(&covariance, Linkage::Single, descent, &limits).unwrap();
        for (weight, expected) in found.weights.iter().zip(expected) {
            assert!(close(*weight, expected, 1e-12), "{order:?} {share:?}: {weight} {expected}");
        }
    }
}

/// The same library with `k=None, opt_k_method="stdsil", linkage="ward"` finds the three groups by
/// which the panel is made; its NCO leaves the fifth digit.
#[test]
fn as_many_clusters_as_are_distinct() {
    let covariance = sample(&grouped(90, 16));
    let limits = Limits::long_only(16, 1.0);
    let rule = |clusters| {
        let descent = Descent::Joins { clusters };
        hierarchical(&covariance, Linkage::Ward, descent, &limits).unwrap().weights
    };
    let found = rule(None);
    assert_eq!(found, rule(Some(3)));
    for (asset, expected) in [(0, 0.03023845824654748), (7, 0.12297207689726795)] {
        assert!(close(found[asset], expected, 1e-12), "{}", found[asset]);
    }
    let nested = nested_clusters(&covariance, Linkage::Ward, None, &limits).unwrap().weights;
    for (asset, expected) in [(0, 0.014610410963376187), (14, 0.12563491642804128)] {
        assert!((nested[asset] - expected).abs() < 3e-5, "{}", nested[asset]);
    }
    // Of three assets none are told apart.
    let three = sample(&grouped(90, 3));
    let limits = Limits::long_only(3, 1.0);
    let all = nested_clusters(&three, Linkage::Ward, None, &limits).unwrap();
    let one = nested_clusters(&three, Linkage::Ward, Some(1), &limits).unwrap();
    assert_eq!(all.weights, one.weights);
}

/// CVXPY 1.9.3 with Clarabel 0.11.1: the least of `0.5*quad_form(w, S) - p/9*sum(log(w))` within
/// bounds, where scipy's `brentq` finds the p at which the weights sum to one.
#[test]
fn bounded_risk_budgets() {
    let covariance = sample(&grouped(90, 9));
    let mut limits = Limits::long_only(9, 0.12);
    limits.lower[0] = 0.12;
    let found = bounded_risk_budget(&covariance, &[1.0; 9], &limits).unwrap();
    let expected = [
        0.12,
        0.11507359461285055,
        0.09262689367806924,
        0.1093229032769761,
        0.10896037588427539,
        0.11215154895870288,
        0.12,
        0.1117531586488814,
        0.11011152494322307,
    ];
    for (weight, expected) in found.weights.iter().zip(expected) {
        assert!(close(*weight, expected, 1e-8), "{weight} is not {expected}");
    }
    assert!(found.certificate.residual() < 1e-10, "{:?}", found.certificate);
    // Exposures to factors give the same as the whole matrix.
    let principal = kinglet_allocation::estimate::principal(&grouped(90, 9), 2).unwrap();
    let dense = Covariance::Dense(principal.dense());
    let factored = bounded_risk_budget(&principal, &[1.0; 9], &limits).unwrap();
    let whole = bounded_risk_budget(&dense, &[1.0; 9], &limits).unwrap();
    for (a, b) in factored.weights.iter().zip(whole.weights) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
}

proptest! {
    /// The conditions of Richard and Roncalli, of random bounds on singular covariances, too: with
    /// fewer periods than assets, and with one asset twice.
    #[test]
    fn risk_budgets_in_bounds(seed in 0_u64..9999, assets in 4_usize..40, rows in 12_usize..90) {
        let once = sample(&random(seed, rows, assets)).dense();
        let place = |i: usize| if i == assets { 0 } else { i };
        let twice = Mat::from_fn(assets + 1, assets + 1, |i, j| once[(place(i), place(j))]);
        let covariance = Covariance::Dense(twice);
        let share = 1.0 / (assets + 1) as f64;
        let mut limits = Limits::long_only(assets + 1, 1.3 * share);
        limits.lower[1] = share;
        let budgets: Vec<f64> = (0..=assets).map(|i| 1.0 + (i % 3) as f64).collect();
        let found = bounded_risk_budget(&covariance, &budgets, &limits).unwrap();
        prop_assert!(found.certificate.residual() < 1e-8, "{:?}", found.certificate);
        let weights = &found.weights;
        prop_assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        let marginal = covariance.times(weights);
        let part = |i: usize| weights[i] * marginal[i] / budgets[i];
        let inside = |i: &usize| {
            weights[*i] > limits.lower[*i] + 1e-9 && weights[*i] < limits.upper[*i] - 1e-9
        };
        let inside: Vec<usize> = (0..=assets).filter(inside).collect();
        for pair in inside.windows(2) {
            prop_assert!(close(part(pair[0]), part(pair[1]), 1e-7));
        }
        for i in (0..=assets).filter(|i| !inside.contains(i)) {
            let Some(&other) = inside.first() else { continue };
            let is_up = weights[i] >= limits.upper[i] - 1e-9;
            let excess = part(i) / part(other) - 1.0;
            prop_assert!(if is_up { excess < 1e-7 } else { excess > -1e-7 }, "{i}: {excess}");
        }
    }
}
