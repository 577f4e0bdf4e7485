//! Estimators beside other software. Numbers of other software are of scikit-learn 1.9.1,
//! PyPortfolioOpt 1.6.0, skfolio 1.12.2, numpy 2.4.6 and pandas 3.1.1 on the panels of `numbers.rs`
//! as X, `panel` 90 by 6 for what is shrunk and the plain products, `grouped` 90 by 9 for the rest:
//!
//! ```text
//! sklearn.covariance.ledoit_wolf(X), sklearn.covariance.oas(X)
//! c = CovarianceShrinkage(pd.DataFrame(X), returns_data=True)
//! c.ledoit_wolf("single_factor") / 252, c.delta
//! c.S *= 89/90  # the authors divide by T throughout
//! c.ledoit_wolf("constant_correlation") / 252, c.delta
//! np.cov(X.T); pd.DataFrame(X).ewm(halflife=10).cov(bias=True).loc[89]
//! d = np.minimum(X - 0.01, 0); d.T @ d / 90
//!
//! ShrunkMu(method="bayes stein", vol_weighted_target=True).fit(X).mu_
//! w = 0.5**(np.arange(89, -1, -1)/10); w/w.sum() @ X; (1 + pd.DataFrame(X)).prod()**(1/90) - 1
//! capm_return(pd.DataFrame(X), pd.DataFrame({"mkt": X.mean(1)}), True, 0.02, False)
//! GerberCovariance(threshold=0.5, psd_variant=True, nearest=False).fit(X).covariance_
//! e, V = np.linalg.eigh(np.cov(X.T)); V[:, -2:]*e[-2:] @ V[:, -2:].T
//! F = np.column_stack([X.mean(1), X[:, 0] - X[:, 1]])
//! np.linalg.lstsq(F - F.mean(0), X - X.mean(0))
//! ```

use faer::Mat;
use kinglet_allocation::estimate::{
    Covariance, MeanShrinkage, Target, capm, compound, correlation_intensity, denoised, explained,
    exponential, exponential_mean, gerber, historical, pairwise, principal, repaired, sample, semi,
    yield_plus_growth,
};
use kinglet_allocation::{History, Returns};

use crate::numbers::{Random, close, grouped, panel, random};

fn first_two(covariance: &Covariance) -> [f64; 2] {
    let full = covariance.dense();
    [full[(0, 0)], full[(0, 1)]]
}

fn agrees(covariance: &Covariance, expected: [f64; 2]) {
    let found = first_two(covariance);
    for (found, expected) in found.into_iter().zip(expected) {
        assert!(close(found, expected, 1e-12), "{found} is not {expected}");
    }
}

#[test]
fn shrunk_as_by_other_software() {
    let cases = [
        (
            Target::ConstantVariance,
            0.013328598362898314,
            [0.0018415423138849057, 0.0011313612811793955],
        ),
        (
            Target::OracleApproximating,
            0.029136052595747503,
            [0.001981393212031852, 0.0011132357516024892],
        ),
        (Target::SingleFactor, 0.2449930898686673, [0.001723622222222223, 0.001162166011290057]),
        (
            Target::ConstantCorrelation,
            0.10778220745671814,
            [0.001723622222222223, 0.0011885408936720685],
        ),
    ];
    for (target, intensity, entries) in cases {
        let shrunk = target.shrink(&panel(90, 6));
        assert!(close(shrunk.intensity, intensity, 1e-11), "{target:?}: {}", shrunk.intensity);
        agrees(&shrunk.covariance, entries);
    }
    // The same without the factor 89/90: a covariance with divisor T - 1 beside moments with T.
    let returns = panel(90, 6);
    let mixed = correlation_intensity(&returns, &sample(&returns)).unwrap();
    assert!(close(mixed, 0.10540760940367111, 1e-11), "{mixed}");
    let few = correlation_intensity(&returns, &sample(&panel(90, 5)));
    assert_eq!(few.unwrap_err().code(), "shape");
}

#[test]
fn products_as_by_other_software() {
    let returns = panel(90, 6);
    agrees(&sample(&returns), [0.0017429887640449445, 0.0011595280898876402]);
    agrees(&exponential(&returns, 10.0).unwrap(), [0.0015065109726003553, 0.0007966053820082453]);
    agrees(&semi(&returns, 0.01), [0.0013141333333333335, 0.001076708888888889]);
    let error = exponential(&returns, 0.0).unwrap_err();
    assert_eq!(error.to_string(), "half-life is 0, but must be above zero");
}

fn near(found: &[f64], expected: &[f64]) {
    for (found, expected) in found.iter().zip(expected) {
        assert!(close(*found, *expected, 1e-10), "{found} is not {expected}");
    }
}

#[test]
fn means_as_by_other_software() {
    let returns = grouped(90, 9);
    near(&historical(&returns), &[-0.0001407407407407408, -0.0024111111111111117]);
    near(&compound(&returns), &[-0.0007733380983528937, -0.0030989202996746235]);
    let late = exponential_mean(&returns, 10.0).unwrap();
    near(&late, &[0.0032607790995906813, -0.004676403347323449]);
    let shrunk = MeanShrinkage::BayesStein.shrink(&returns, &sample(&returns)).unwrap();
    assert!(close(shrunk.intensity, 0.5440204687146959, 1e-10));
    near(&shrunk.mean, &[-0.0010928422848417408, -0.002128084702167265, -0.0011029751633147473]);
    let market: Vec<f64> = (0..90)
        .map(|row| (0..9).map(|asset| returns.asset(asset)[row]).sum::<f64>() / 9.0)
        .collect();
    let expected = market.iter().sum::<f64>() / 90.0;
    let priced = capm(&returns, &market, expected, 0.02 / 252.0).unwrap();
    let annual: Vec<f64> = priced.iter().map(|mean| mean * 252.0).collect();
    near(&annual, &[-0.23342385702945204, -0.2049253278525818]);
    assert_eq!(capm(&returns, &market[1..], 0.1, 0.0).unwrap_err().code(), "shape");
}

/// `ShrunkMu(method="james stein").fit(X[:30, :5]).mu_`; over 60 periods its intensity is 2.57.
#[test]
fn means_are_not_drawn_past_their_target() {
    let shrunk = |rows: usize| {
        let returns = grouped(rows, 5);
        MeanShrinkage::JamesStein.shrink(&returns, &sample(&returns)).unwrap()
    };
    let some = shrunk(30);
    assert!(close(some.intensity, 0.8141761004362215, 1e-10));
    near(&some.mean, &[-0.004002489978445948, -0.004849021076458717, -0.0036742010892166065]);
    let all = shrunk(60);
    assert_eq!(all.intensity, 1.0);
    near(&all.mean, &[all.target; 5]);
}

#[test]
fn income_and_growth_add_up() {
    let mean = yield_plus_growth(&[0.02, 0.03], &[0.05, 0.04], &[-0.01, 0.00]).unwrap();
    near(&mean, &[0.06, 0.07]);
    assert_eq!(yield_plus_growth(&[0.02], &[], &[0.0]).unwrap_err().code(), "shape");
}

#[test]
fn gerber_as_by_other_software() {
    let (covariance, repair) = gerber(&grouped(90, 9), 0.5).unwrap();
    // Theirs has the divisor T.
    let expected = [0.001256469080932785, -4.850941164349779e-05];
    agrees(&covariance, expected.map(|entry| entry * 90.0 / 89.0));
    assert_eq!(repair.raised, 0);
    assert_eq!(gerber(&grouped(90, 9), 0.0).unwrap_err().code(), "parameter");
}

#[test]
fn factors_as_by_other_software() {
    let returns = grouped(90, 9);
    let components = principal(&returns, 2).unwrap();
    let full = components.dense();
    assert!(close(full[(0, 1)], -0.00018598496047589154, 1e-9));
    assert!(close(full[(0, 2)], 0.000663501721896635, 1e-9));
    let variances = sample(&returns).diagonal();
    near(&components.diagonal(), &variances);
    // More assets than periods go by way of the other product.
    let wide = random(3, 20, 30);
    let many = principal(&wide, 4).unwrap().dense();
    let turned = sample(&wide).dense();
    let own = turned.self_adjoint_eigen(faer::Side::Lower).unwrap();
    let top: f64 =
        (26..30).map(|k| own.S().column_vector()[k] * own.U()[(0, k)] * own.U()[(1, k)]).sum();
    assert!(close(many[(0, 1)], top, 1e-9));
    assert_eq!(principal(&returns, 9).unwrap_err().code(), "parameter");

    let factors = Mat::from_fn(90, 2, |row, k| match k {
        0 => (0..9).map(|asset| returns.asset(asset)[row]).sum::<f64>() / 9.0,
        _ => returns.asset(0)[row] - returns.asset(1)[row],
    });
    let given = explained(&returns, factors.as_ref()).unwrap();
    agrees(&given, [0.0012765725068419626, -0.0002567439976878188]);
    let Covariance::Factored { residual, .. } = given else { panic!("kept in factors") };
    near(&residual, &[0.0002663679124920512, 0.0002663679124920512]);
}

/// The product with weights is the same whichever the form.
#[test]
fn factors_stand_for_their_product() {
    let factored = principal(&random(5, 60, 12), 3).unwrap();
    let dense = Covariance::Dense(factored.dense());
    let weights: Vec<f64> = (0..12).map(|i| (i as f64 - 4.0) / 30.0).collect();
    near(&factored.times(&weights), &dense.times(&weights));
    near(&factored.times_at(&weights, &[7, 2]), &dense.times_at(&weights, &[7, 2]));
    near(&factored.entries(3, &[3, 0, 11]), &dense.entries(3, &[3, 0, 11]));
    assert!(close(factored.variance(&weights), dense.variance(&weights), 1e-12));
}

/// One factor behind forty assets that are alike is one signal; what is left of the noise is flat,
/// and variances stay.
#[test]
fn noise_is_flattened() {
    let mut draw = Random(12);
    let market: Vec<f64> = (0..400).map(|_| 0.01 * draw.normal()).collect();
    let values = (0..40).flat_map(|_| market.clone()).map(|m| m + 0.01 * draw.normal()).collect();
    let names = (0..40).map(|asset| asset.to_string()).collect();
    let periods = (0..400).map(|period| period.to_string()).collect();
    let returns = Returns::new(names, periods, values, 252.0).unwrap();
    let found = denoised(&returns).unwrap();
    assert_eq!(found.signals, 1);
    near(&found.covariance.diagonal(), &sample(&returns).diagonal());
    let before = sample(&returns).condition().unwrap().number();
    assert!(found.covariance.condition().unwrap().number() < before);
}

/// A correlation of three assets that cannot be: 0.9, 0.9 and -0.9 has the eigenvalue 1 - 1.8.
#[test]
fn a_repair_says_what_it_changed() {
    let full = Mat::from_fn(3, 3, |i, j| match (i, j) {
        _ if i == j => 4.0,
        (1, 2) | (2, 1) => -3.6,
        _ => 3.6,
    });
    let (mended, repair) = repaired(&Covariance::Dense(full), 1e-6).unwrap();
    assert!(close(repair.smallest, -0.8, 1e-12));
    assert_eq!(repair.raised, 1);
    near(&mended.diagonal(), &[4.0; 3]);
    // Without it the correlations are 0.5, 0.5 and -0.5, the nearest that can be by symmetry.
    assert!((mended.dense()[(0, 1)] / 4.0 - 0.5).abs() < 1e-5);
    assert!((repair.change - 0.4).abs() < 1e-5);
    let sound = sample(&panel(90, 6));
    let (same, repair) = repaired(&sound, 1e-12).unwrap();
    assert_eq!((repair.raised, repair.change), (0, 0.0));
    assert_eq!(same.diagonal(), sound.diagonal());
}

#[test]
fn pairs_of_unequal_histories() {
    let returns = random(17, 60, 4);
    let value = |asset: usize, row: usize| {
        let missing = asset == 3 && row < 25;
        (!missing).then(|| returns.asset(asset)[row])
    };
    let values = (0..4).flat_map(|asset| (0..60).map(move |row| value(asset, row)));
    let history =
        History::new(returns.names().to_vec(), returns.periods().to_vec(), values, 252.0).unwrap();
    let (covariance, overlap) = pairwise(&history).unwrap();
    assert_eq!(overlap.periods, 35);
    assert_eq!(overlap.assets, ("A0".to_owned(), "A3".to_owned()));
    let full = covariance.dense();
    assert!(close(full[(0, 1)], sample(&returns).dense()[(0, 1)], 1e-10));
    let late: Vec<f64> =
        [0, 3].iter().flat_map(|asset| returns.asset(*asset)[25..].to_vec()).collect();
    let names = vec!["A0".to_owned(), "A3".to_owned()];
    let late = Returns::new(names, returns.periods()[25..].to_vec(), late, 252.0).unwrap();
    assert!(close(full[(0, 3)], sample(&late).dense()[(0, 1)], 1e-10));
}
