//! What the tests of PyPortfolioOpt 1.6.0 print for the prices of twenty stocks from 1989-12-29 to
//! 2018-04-11, of which ten are shorter. The prices are not ours to give. They are the member
//! `book/marimo/data/stock-prices.csv` of the source distribution of cvxsimulator 1.3.0:
//!
//! ```text
//! pip download --no-deps --no-binary :all: cvxsimulator==1.3.0
//! tar xzf cvxsimulator-1.3.0.tar.gz
//! KINGLET_STOCK_PRICES=$PWD/cvxsimulator-1.3.0/book/marimo/data/stock-prices.csv \
//!     cargo test -p kinglet-allocation stock_prices
//! ```
//!
//! Its conventions: means are compounded, of all days that a stock has; covariances are of all days
//! that two have, times 252; the risk-free rate is 2%. Tails and drawdowns are of the 895 days that
//! all have.
#![cfg_attr(not(stock_prices), allow(dead_code, unused_imports, reason = "ignored without them"))]

use faer::Mat;
use kinglet_allocation::estimate::{
    Covariance, Target, arithmetic, compound, correlation_intensity, geometric, pairwise, sample,
};
use kinglet_allocation::problem::{
    Constraints, Names, Objective, Problem, Risk, RiskLimit, Universe,
};
use kinglet_allocation::shares::{greedy, nearest};
use kinglet_allocation::solve::{Descent, Limits, Linkage, MeanVariance, TailRisk, hierarchical};
use kinglet_allocation::views::{Prior, View, blend};
use kinglet_allocation::{History, Missing, Returns};

use crate::numbers::close;

const RISK_FREE: f64 = 0.02;

struct Stocks {
    names: Vec<String>,
    prices: Vec<Option<f64>>,
    days: Vec<String>,
}

impl Stocks {
    #[allow(clippy::disallowed_methods, reason = "a file that a test asks for")]
    fn read() -> Self {
        let path = std::env::var("KINGLET_STOCK_PRICES").expect("the build saw it");
        let text = std::fs::read_to_string(path).expect("a file");
        let mut lines = text.lines();
        let names = lines.next().expect("a header").split(',').skip(1);
        let names: Vec<String> = names.map(str::to_owned).collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
        let price = |row: &Vec<&str>, at: usize| row[at + 1].parse::<f64>().ok();
        let prices = (0..names.len()).flat_map(|at| rows.iter().map(move |row| price(row, at)));
        let prices = prices.collect();
        Self { names, prices, days: rows.iter().map(|row| row[0].to_owned()).collect() }
    }

    fn history(&self) -> History {
        let (names, days) = (self.names.clone(), self.days.clone());
        History::from_prices(names, days, self.prices.clone(), 252.0).unwrap()
    }

    /// The days that all stocks have.
    fn shared_days(&self) -> Returns {
        self.history().returns(Missing::CommonPeriod).unwrap().0
    }

    /// Returns with zeros where there are none.
    fn filled(&self) -> Returns {
        let history = self.history();
        let of = |at: usize| history.asset(at).map(|value| value.unwrap_or(0.0));
        let values = (0..20).flat_map(of).collect();
        Returns::new(self.names.clone(), self.days[1..].to_vec(), values, 252.0).unwrap()
    }

    fn means(&self) -> Vec<f64> {
        let history = self.history();
        (0..20).map(|at| yearly(geometric(&history.own(at)))).collect()
    }

    fn covariance(&self) -> Covariance {
        let (covariance, overlap) = pairwise(&self.history()).unwrap();
        assert_eq!((overlap.periods, overlap.repair.raised), (895, 0));
        covariance.scaled(252.0)
    }

    fn last_prices(&self) -> Vec<f64> {
        let columns = self.prices.chunks(self.days.len());
        columns.map(|column| column.iter().flatten().last().copied().unwrap()).collect()
    }

    /// Weights by name, all others zero.
    fn weights(&self, text: &str) -> Vec<f64> {
        let mut weights = vec![0.0; 20];
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.chunks(2) {
            let at = self.names.iter().position(|name| name == pair[0]).expect("a stock");
            weights[at] = pair[1].parse().expect("a weight");
        }
        weights
    }
}

fn yearly(mean: f64) -> f64 {
    libm::expm1(252.0 * libm::log1p(mean))
}

fn earned(mean: &[f64], weights: &[f64]) -> f64 {
    mean.iter().zip(weights).map(|(m, w)| m * w).sum()
}

/// Return, volatility and ratio, to the digits that are printed.
fn performs(
    (mean, covariance): (&[f64], &Covariance),
    weights: &[f64],
    printed: (f64, f64, f64),
    tolerance: f64,
) {
    let gain = earned(mean, weights);
    let deviation = covariance.variance(weights).sqrt();
    let found = (gain, deviation, (gain - RISK_FREE) / deviation);
    let near = close(found.0, printed.0, tolerance)
        && close(found.1, printed.1, tolerance)
        && close(found.2, printed.2, tolerance);
    assert!(near, "{found:?} is not {printed:?}");
}

fn agrees(found: &[f64], printed: &[f64], tolerance: f64) {
    for (at, (found, printed)) in found.iter().zip(printed).enumerate() {
        assert!((found - printed).abs() <= tolerance, "{at}: {found} is not {printed}");
    }
}

#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn mean_and_variance() {
    let stocks = Stocks::read();
    let (mean, covariance, limits) =
        (stocks.means(), stocks.covariance(), Limits::long_only(20, 1.0));
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let of = (mean.as_slice(), &covariance);

    let best = problem.maximum_sharpe(RISK_FREE).unwrap();
    performs(
        of,
        &best.weights,
        (0.3047768672819914, 0.22165566922402932, 1.2847714127003216),
        3e-9,
    );
    let printed = "GOOG 0.03835 AAPL 0.06890 FB 0.20603 BABA 0.07315 AMZN 0.04033 BBY 0.01324 \
                   MA 0.35349 PFE 0.19570 SBUX 0.01082";
    agrees(&best.weights, &stocks.weights(printed), 5e-6);

    let least = problem.minimum_variance().unwrap();
    let printed = (0.15056821399482578, 0.15915084514118694, 0.8204054077060996);
    performs(of, &least.weights, printed, 3e-9);
    let printed = "GOOG 0.00306 AAPL 0.01467 FB 0.09856 BABA 0.12558 WMT 0.17715 GM 0.11682 \
                   T 0.17692 XOM 0.18861 BBY 0.00063 PFE 0.08778 SBUX 0.01022";
    agrees(&least.weights, &stocks.weights(printed), 5e-6);

    let target = problem.target_return(0.25).unwrap();
    performs(of, &target.weights, (0.25, 0.1872326994, 1.2284179030), 1e-8);
    let utility = problem.utility(2.0).unwrap();
    let printed = (0.3677732711751504, 0.2921342197778279, 1.1904571516463793);
    performs(of, &utility.weights, printed, 1e-9);

    // `L2_reg` with gamma 5 adds five times the identity to the covariance.
    let full = covariance.dense();
    let ridge = Mat::from_fn(20, 20, |i, j| full[(i, j)] + if i == j { 5.0 } else { 0.0 });
    let ridge = Covariance::Dense(ridge);
    let calm = MeanVariance { covariance: &ridge, ..problem }.maximum_sharpe(RISK_FREE).unwrap();
    let printed = (0.2516854357026833, 0.22043282695478603, 1.051047790401043);
    performs(of, &calm.weights, printed, 1e-9);

    // `CLA` does not know of a risk-free rate when it looks for the best ratio.
    let without = problem.maximum_sharpe(0.0).unwrap();
    let printed = (0.2994470912768992, 0.21764331657015668, 1.283968171780824);
    performs(of, &without.weights, printed, 2e-9);
    assert!(best.objective > printed.2);
}

#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn the_largest_return_at_a_risk() {
    let stocks = Stocks::read();
    let (mean, covariance) = (stocks.means(), stocks.covariance());
    let max_risk = vec![RiskLimit { risk: Risk::Volatility, max: 0.19 }];
    let constraints = Constraints { max_risk, ..Constraints::default() };
    let problem = Problem { objective: Objective::MaxReturn, constraints, risk_free: RISK_FREE };
    let universe = Universe {
        names: &stocks.names,
        mean: Some(&mean),
        covariance: Some(&covariance),
        returns: None,
        probabilities: None,
        spans: 28.0,
    };
    let found = problem.solve(&universe).unwrap();
    performs((&mean, &covariance), &found.weights, (0.2552422849, 0.19, 1.2381172871), 1e-8);
}

#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn tails_and_drawdowns() {
    let stocks = Stocks::read();
    let returns = stocks.shared_days();
    assert_eq!(returns.rows(), 895);
    let limits = Limits::long_only(20, 1.0);
    let least = TailRisk { returns: &returns, confidence: 0.95, limits: &limits }.minimum();
    let least = least.unwrap();
    // Theirs is 2e-9 of it above.
    assert!(close(least.objective, 0.0170495021, 4e-9), "{}", least.objective);
    assert!(least.objective <= 0.017049502122532853);
    assert!(close(earned(&stocks.means(), &least.weights), 0.1774574604, 2e-9));
    let printed = "AAPL 0.04242 AMZN 0.00757 WMT 0.09465 T 0.30401 XOM 0.06564 BBY 0.02937 \
                   PFE 0.36631 SBUX 0.09002";
    agrees(&least.weights, &stocks.weights(printed), 5e-6);

    // The tests of drawdowns and of semivariance take the means of the common days, too.
    let means: Vec<f64> = compound(&returns).into_iter().map(yearly).collect();
    let solved = |risk: Risk| {
        let objective = Objective::MinRisk(risk);
        let problem = Problem { objective, constraints: Constraints::default(), risk_free: 0.0 };
        let universe = Universe {
            names: returns.names(),
            mean: Some(&means),
            covariance: None,
            returns: Some(&returns),
            probabilities: None,
            spans: 895.0 / 252.0,
        };
        problem.solve(&universe).unwrap()
    };
    let drawdown = solved(Risk::Cdar { alpha: 0.05 });
    assert!((drawdown.objective - 0.056433).abs() < 5e-7, "{}", drawdown.objective);
    let gain = earned(&means, &drawdown.weights);
    assert!((gain - 0.14798).abs() < 5e-6, "{gain}");
    // The printed 0.084974 is what OSQP stops at; with clarabel 1.6.0 comes to 0.08495985342, and
    // to a return of 0.0911687.
    let short = solved(Risk::Semideviation);
    let annual = short.objective * 252.0_f64.sqrt();
    assert!(close(annual, 0.08495985342398653, 1e-6), "{annual}");
    assert!(annual <= 0.08495985342398653 && close(annual, 0.084974, 2e-4), "{annual}");
    let gain = earned(&means, &short.weights);
    assert!((gain - 0.0911687).abs() < 2e-5 && (gain - 0.091059).abs() < 2e-4, "{gain}");
}

/// The tree of the published weights is of correlations whose deviations, too, are of the days that
/// two stocks have in common, as pandas computes them; ours is of the covariance. Both as by 1.6.0:
/// `HRPOpt(returns)` and `HRPOpt(cov_matrix=returns.cov())`.
#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn down_the_tree() {
    let stocks = Stocks::read();
    let covariance = stocks.covariance();
    let limits = Limits::long_only(20, 1.0);
    let own = hierarchical(&covariance, Linkage::Single, Descent::HALVES, &limits).unwrap();
    let expected = "AAPL 0.044752 AMD 0.020764 AMZN 0.018946 BABA 0.070449 BAC 0.01253 \
                    BBY 0.034154 FB 0.0671 GE 0.055719 GM 0.072304 GOOG 0.048173 \
                    JPM 0.01537 MA 0.032184 PFE 0.080905 RRC 0.026487 SBUX 0.05796 \
                    SHLD 0.028919 T 0.105515 UAA 0.018288 WMT 0.104361 XOM 0.085119";
    agrees(&own.weights, &stocks.weights(expected), 6e-7);

    let history = stocks.history();
    let column = |at: usize| history.asset(at).collect::<Vec<Option<f64>>>();
    let apart = |i: usize, j: usize| {
        let correlation = correlation(&column(i), &column(j));
        ((1.0 - correlation) / 2.0).clamp(0.0, 1.0).sqrt()
    };
    let joins = Linkage::Single.joins(Mat::from_fn(20, 20, apart));
    let mut leaves = Vec::new();
    let mut open = vec![38];
    while let Some(cluster) = open.pop() {
        match usize::checked_sub(cluster, 20) {
            None => leaves.push(cluster),
            Some(join) => open.extend([joins[join].clusters.1, joins[join].clusters.0]),
        }
    }
    let full = covariance.dense();
    let mut weights = vec![1.0; 20];
    halve(&full, &leaves, &mut weights);
    let printed = "AAPL 0.022259 AMD 0.022294 AMZN 0.016087 BABA 0.079634 BAC 0.014409 \
                   BBY 0.034064 FB 0.062730 GE 0.055191 GM 0.055577 GOOG 0.049560 \
                   JPM 0.017676 MA 0.038127 PFE 0.077865 RRC 0.031615 SBUX 0.039844 \
                   SHLD 0.027113 T 0.111390 UAA 0.027116 WMT 0.105696 XOM 0.111753";
    agrees(&weights, &stocks.weights(printed), 6e-7);
    // Means are arithmetic here.
    let mean: Vec<f64> = (0..20).map(|at| 252.0 * arithmetic(&history.own(at))).collect();
    let printed = (0.2135340238, 0.1784415974, 1.0845790813);
    performs((&mean, &covariance), &weights, printed, 3e-10);
}

/// Of the periods that both have.
fn correlation(a: &[Option<f64>], b: &[Option<f64>]) -> f64 {
    let pairs: Vec<(f64, f64)> = a.iter().zip(b).filter_map(|(a, b)| a.zip(*b)).collect();
    let count = pairs.len() as f64;
    let (a, b) = pairs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / count, b + y / count));
    let sum = |of: fn(f64, f64) -> f64| pairs.iter().map(|(x, y)| of(x - a, y - b)).sum::<f64>();
    sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt()
}

/// Halves share by the inverse of the variances of portfolios of inverse variances.
fn halve(full: &Mat<f64>, leaves: &[usize], weights: &mut [f64]) {
    if leaves.len() < 2 {
        return;
    }
    let (left, right) = leaves.split_at(leaves.len() / 2);
    let variance = |side: &[usize]| {
        let total: f64 = side.iter().map(|&i| 1.0 / full[(i, i)]).sum();
        let pairs = side.iter().flat_map(|&i| side.iter().map(move |&j| (i, j)));
        let sums = pairs.map(|(i, j)| full[(i, j)] / full[(i, i)] / full[(j, j)]);
        sums.sum::<f64>() / total / total
    };
    let (a, b) = (variance(left), variance(right));
    left.iter().for_each(|&at| weights[at] *= b / (a + b));
    right.iter().for_each(|&at| weights[at] *= a / (a + b));
    halve(full, left, weights);
    halve(full, right, weights);
}

/// PyPortfolioOpt puts zeros where a stock has no returns, which halves the variance of GOOG, and
/// for the constant correlation it sets moments of these zeros beside the covariances of pairs.
/// Ours does neither by itself: all four are as printed on inputs of that kind, and on the days
/// that all have as by 1.6.0 for `CovarianceShrinkage(prices.dropna())`.
#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn shrinkage_and_the_trap_of_zeros() {
    let stocks = Stocks::read();
    let (filled, shared) = (stocks.filled(), stocks.shared_days());
    let cases = [
        (Target::ConstantVariance, 0.006256103367537105, 0.032752793062851226),
        (Target::SingleFactor, 0.018506888954080914, 0.06920681800917772),
        (Target::OracleApproximating, 0.002063961513856287, 0.01247031736715032),
    ];
    for (target, zeros, expected) in cases {
        let intensity = target.shrink(&filled).intensity;
        assert!(close(intensity, zeros, 1e-11), "{target:?}: {intensity} is not {zeros}");
        let intensity = target.shrink(&shared).intensity;
        assert!(close(intensity, expected, 1e-11), "{target:?}: {intensity} is not {expected}");
    }
    let google = |covariance: &Covariance| covariance.diagonal()[0] * 252.0;
    let trapped = google(&Target::ConstantVariance.shrink(&filled).covariance);
    assert!(close(trapped, 0.0455288700, 1e-9), "{trapped}");
    let whole = stocks.covariance().diagonal()[0];
    assert!(close(whole, 0.09321113657629149, 1e-12), "{whole}");
    let target = Target::ConstantCorrelation;
    let mixed = correlation_intensity(&filled, &stocks.covariance().scaled(1.0 / 252.0)).unwrap();
    assert!(close(mixed, 0.017955063987226138, 1e-11), "{mixed}");
    let own = target.shrink(&shared).intensity;
    // Their S has the divisor T - 1 beside moments with the divisor T.
    let theirs = correlation_intensity(&shared, &sample(&shared)).unwrap();
    assert!(close(theirs, 0.06418641027586866, 1e-11), "{theirs}");
    let same = correlation_intensity(&shared, &sample(&shared).scaled(894.0 / 895.0)).unwrap();
    assert!(close(same, own, 1e-12) && close(own, 0.064330, 1e-5), "{own} is not {same}");
    let same = google(&sample(&shared));
    assert!((same - google(&Target::ConstantCorrelation.shrink(&shared).covariance)).abs() < 1e-4);
}

/// `BlackLittermanModel(S, pi="equal", absolute_views=views)` with its weights, which are the best
/// for the covariance before the views.
#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn views_on_five_stocks() {
    let stocks = Stocks::read();
    let covariance = stocks.covariance();
    let prior = Prior { mean: &[0.05; 20], covariance: &covariance, tau: 0.05 };
    let places = stocks.names.iter().enumerate();
    let names: Names = places.map(|(at, name)| (name.clone(), vec![(at, 1.0)])).collect();
    let views = ["AAPL 0.20", "BBY -0.30", "BAC 0", "SBUX -0.2", "T 0.131321"];
    let views = views.map(|text| View::read(text, &names).unwrap());
    let posterior = blend(&prior, &views).unwrap();
    let mut limits = Limits::long_only(20, 5.0);
    limits.lower = vec![-5.0; 20];
    let (mean, covariance) = (&posterior.mean, &covariance);
    let best = MeanVariance { mean, covariance, limits: &limits }.maximum_sharpe(0.0).unwrap();
    let printed = (0.1877432247395778, 0.3246889329226965, 0.5166274785827545);
    performs((mean, &posterior.covariance), &best.weights, printed, 1e-9);
}

#[test]
#[cfg_attr(not(stock_prices), ignore = "needs KINGLET_STOCK_PRICES")]
fn whole_shares() {
    let stocks = Stocks::read();
    let (mean, covariance, limits) =
        (stocks.means(), stocks.covariance(), Limits::long_only(20, 1.0));
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    let weights = problem.maximum_sharpe(RISK_FREE).unwrap().weights;
    let prices = stocks.last_prices();
    let counts = stocks.weights("MA 20 FB 12 PFE 54 BABA 4 AAPL 4 GOOG 1 BBY 2 SBUX 1");
    let found = greedy(&weights, &prices, 10_000.0).unwrap();
    let held: Vec<f64> = found.counts.iter().map(|&count| count as f64).collect();
    assert_eq!(held, counts);
    assert!(close(found.cash, 11.889853, 1e-9));
    let error = found.weight_error(&weights, &prices);
    assert!(close(error, 0.017086185150415774, 1e-7), "{error}");
    // `lp_portfolio` by HiGHS finds the same.
    let found = nearest(&weights, &prices, 10_000.0).unwrap();
    assert!(found.is_nearest);
    assert_eq!(found.counts.iter().map(|&count| count as f64).collect::<Vec<f64>>(), counts);
}
