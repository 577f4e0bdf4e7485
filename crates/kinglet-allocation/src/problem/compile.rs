//! From a problem to its conic form and back.

use faer::Mat;

use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::problem::conic::{Affine, Failure, Model};
use crate::problem::explain;
use crate::problem::limit::{Ground, Limit, Measure};
use crate::problem::{Objective, Risk};

/// A problem on its way to conic form: the first variables are the weights.
pub(crate) struct Compiler<'a> {
    pub(crate) ground: &'a Ground<'a>,
    pub(crate) model: Model,
    changes: Option<usize>,
    exposures: Option<usize>,
    history: Vec<Affine>,
    root: Option<Mat<f64>>,
}

/// How the value of an objective follows from that of the solver.
type Value = Box<dyn Fn(f64) -> f64>;

/// What the variance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The portfolio.
    Whole,
    /// Its difference to the benchmark.
    Active,
}

/// The weights that solve a problem without limits on the number of positions.
pub(crate) fn solve(ground: &Ground<'_>, limits: &[Limit]) -> Result<Solution, AllocationError> {
    optimum(ground, limits).map_err(|failure| match failure {
        Failure::Infeasible => explain::error(ground, limits),
        Failure::Unbounded => AllocationError::Unbounded,
        Failure::Unsolved { iterations, residual } => {
            AllocationError::NotConverged { method: "interior-point", iterations, residual }
        }
    })
}

/// The same, with the bare reason where there is none.
pub(crate) fn optimum(ground: &Ground<'_>, limits: &[Limit]) -> Result<Solution, Failure> {
    let mut compiler = Compiler::new(ground);
    let value = compiler.objective();
    limits.iter().for_each(|limit| compiler.limit(limit, None));
    let found = compiler.model.solve()?;
    let scale = compiler.model.scale(&found.values);
    if scale <= f64::EPSILON {
        return Err(Failure::Unbounded);
    }
    let weights: Vec<f64> = found.values[..ground.assets()].iter().map(|w| w / scale).collect();
    let weights = within(limits, weights);
    let objective = ground.objective(&weights);
    if ground.problem.objective == Objective::MaxRatio(Risk::Volatility) && objective <= 0.0 {
        return Err(Failure::Infeasible);
    }
    let Certificate { primal, dual, .. } = found.certificate;
    let (primal, dual) = (value(primal), value(dual));
    let certificate = Certificate { primal, dual, ..found.certificate };
    Ok(Solution { weights, objective, certificate })
}

/// An interior point stops a little short of the bounds, or beyond them; this much is nothing.
const NOTHING: f64 = 1e-9;

fn within(limits: &[Limit], mut weights: Vec<f64>) -> Vec<f64> {
    for limit in limits {
        let places = match &limit.measure {
            Measure::Smallest(places) | Measure::Largest(places) => places.as_slice(),
            _ => continue,
        };
        for &at in places {
            for bound in [limit.min, limit.max] {
                if (weights[at] - bound).abs() < NOTHING {
                    weights[at] = bound;
                }
            }
        }
    }
    weights
}

impl<'a> Compiler<'a> {
    pub(crate) fn new(ground: &'a Ground<'a>) -> Compiler<'a> {
        let mut model = Model::default();
        model.variables(ground.assets());
        Compiler { ground, model, changes: None, exposures: None, history: Vec::new(), root: None }
    }

    /// Sets the objective; how its value follows from what the solver sees, which is about one.
    fn objective(&mut self) -> Value {
        let equal = vec![1.0 / self.ground.assets() as f64; self.ground.assets()];
        let unit = |risk: Risk| {
            let value = self.ground.risk(risk, &equal).abs();
            if value > f64::MIN_POSITIVE { 1.0 / value } else { 1.0 }
        };
        let volatility = unit(Risk::Volatility);
        match self.ground.problem.objective {
            Objective::MinRisk(Risk::Volatility)
            | Objective::RiskParity
            | Objective::HierarchicalRiskParity { .. }
            | Objective::HierarchicalEqualRisk { .. }
            | Objective::NestedClusters { .. } => {
                self.minimise_variance(volatility * volatility, Side::Whole);
                Box::new(move |value| value.max(0.0).sqrt() / volatility)
            }
            Objective::MinTrackingError => {
                self.minimise_variance(volatility * volatility, Side::Active);
                Box::new(move |value| value.max(0.0).sqrt() / volatility)
            }
            Objective::MinRisk(risk) => {
                let unit = unit(risk);
                let bound = self.risk(risk);
                self.model.minimise(&bound.times(unit));
                Box::new(move |value| value / unit)
            }
            Objective::MaxReturn => {
                let gain = self.expected();
                self.model.minimise(&gain.times(-volatility));
                Box::new(move |value| -value / volatility)
            }
            Objective::MaxUtility { risk, aversion } => {
                let gain = self.expected();
                self.model.minimise(&gain.times(-volatility));
                if risk == Risk::Volatility {
                    self.minimise_variance(0.5 * aversion * volatility, Side::Whole);
                } else {
                    let bound = self.risk(risk);
                    self.model.minimise(&bound.times(aversion * volatility));
                }
                Box::new(move |value| -value / volatility)
            }
            Objective::MaxRatio(risk) => {
                let unit = unit(risk);
                self.model.homogenise();
                let cash = self.model.number(self.ground.problem.risk_free);
                if risk != Risk::Volatility {
                    let premium = self.expected().minus(&cash);
                    return self.minimise_per(premium, risk, unit);
                }
                // Doubt takes as much from every ratio: the best one is the best without it.
                let premium = self.net().minus(&cash);
                let (value, doubt) =
                    (self.minimise_per(premium, risk, unit), self.ground.doubt_radius());
                Box::new(move |variance| value(variance) - doubt)
            }
            Objective::MaxDiversification => {
                self.model.homogenise();
                let mean = self.ground.volatilities.iter().copied().enumerate().collect();
                let mean = Affine { terms: mean, constant: 0.0 };
                self.minimise_per(mean, Risk::Volatility, volatility)
            }
        }
    }

    /// The least risk for a gain of at least one, of weights that need not sum to anything: the
    /// ratio of the two is the largest (Charnes and Cooper 1962).
    fn minimise_per(&mut self, gain: Affine, risk: Risk, unit: f64) -> Value {
        // A gain of the size of the risk keeps the numbers near one.
        self.model.nonnegative(gain.times(unit).plus(&Affine::constant(-1.0)));
        if risk == Risk::Volatility {
            self.minimise_variance(unit * unit, Side::Whole);
            return Box::new(|value| 1.0 / value.sqrt());
        }
        let bound = self.risk(risk);
        self.model.minimise(&bound.times(unit));
        Box::new(|value| 1.0 / value)
    }

    /// Adds a multiple of the variance, of the portfolio or of its difference to the benchmark.
    pub(crate) fn minimise_variance(&mut self, factor: f64, side: Side) {
        let Some(covariance) = self.ground.universe.covariance else { return };
        if side == Side::Active {
            let linear = covariance.times(&self.ground.benchmark);
            let terms = linear.into_iter().enumerate().map(|(at, v)| (at, -2.0 * factor * v));
            let constant = factor * covariance.variance(&self.ground.benchmark);
            self.model.minimise(&Affine { terms: terms.collect(), constant });
        }
        match covariance {
            Covariance::Dense(matrix) => {
                for column in 0..matrix.ncols() {
                    for row in 0..=column {
                        let twice = if row == column { 1.0 } else { 2.0 };
                        // Once in the upper triangle stands for both halves.
                        let value = factor * twice * matrix[(row, column)];
                        self.model.minimise_product(row, column, value);
                    }
                }
            }
            Covariance::Factored { factor: common, residual, .. } => {
                let first = self.factor_exposures();
                for column in 0..common.ncols() {
                    for row in 0..=column {
                        let twice = if row == column { 1.0 } else { 2.0 };
                        let value = factor * twice * common[(row, column)];
                        self.model.minimise_product(first + row, first + column, value);
                    }
                }
                for (at, own) in residual.iter().enumerate() {
                    self.model.minimise_product(at, at, factor * own);
                }
            }
        }
    }

    /// Variables that are the exposures of the portfolio to the factors of the covariance.
    fn factor_exposures(&mut self) -> usize {
        if let Some(first) = self.exposures {
            return first;
        }
        let Some(Covariance::Factored { loadings, .. }) = self.ground.universe.covariance else {
            return 0;
        };
        let first = self.model.variables(loadings.ncols());
        self.exposures = Some(first);
        for factor in 0..loadings.ncols() {
            let terms = (0..loadings.nrows()).map(|at| (at, loadings[(at, factor)])).collect();
            let exposure = Affine { terms, constant: 0.0 };
            self.model.zero(exposure.minus(&Affine::variable(first + factor)));
        }
        first
    }

    /// At least the volatility of the weights less others.
    fn volatility(&mut self, other: &[f64]) -> Affine {
        let Some(covariance) = self.ground.universe.covariance else {
            return Affine::default();
        };
        let top = Affine::variable(self.model.variables(1));
        let mut rows = vec![top.clone()];
        let deviations: Vec<Affine> = (0..self.ground.assets())
            .map(|at| {
                let less = other.get(at).copied().unwrap_or_default();
                Affine::variable(at).minus(&self.model.number(less))
            })
            .collect();
        match covariance {
            Covariance::Dense(matrix) => {
                let root = self.root.get_or_insert_with(|| root(matrix));
                for row in 0..root.nrows() {
                    let parts = deviations.iter().enumerate();
                    let parts = parts.filter(|(at, _)| root[(row, *at)] != 0.0);
                    rows.push(parts.fold(Affine::default(), |sum, (at, deviation)| {
                        sum.plus(&deviation.clone().times(root[(row, at)]))
                    }));
                }
            }
            Covariance::Factored { loadings, factor, residual } => {
                let root = root(factor);
                let first = self.factor_exposures();
                for row in 0..root.nrows() {
                    let mut sum = Affine::default();
                    for column in 0..root.ncols() {
                        let held = (0..other.len()).map(|at| loadings[(at, column)] * other[at]);
                        let held = self.model.number(held.sum());
                        let exposure = Affine::variable(first + column).minus(&held);
                        sum = sum.plus(&exposure.times(root[(row, column)]));
                    }
                    rows.push(sum);
                }
                let own = deviations.into_iter().zip(residual);
                rows.extend(own.map(|(deviation, variance)| deviation.times(variance.sqrt())));
            }
        }
        self.model.norm(rows);
        top
    }

    /// At least a risk of the portfolio.
    fn risk(&mut self, risk: Risk) -> Affine {
        if risk == Risk::Volatility {
            return self.volatility(&[]);
        }
        if let (true, Some(returns)) = (self.history.is_empty(), self.ground.universe.returns) {
            let row = |period: usize| {
                let terms = (0..returns.assets()).map(|at| (at, returns.asset(at)[period]));
                Affine { terms: terms.collect(), constant: 0.0 }
            };
            self.history = (0..returns.rows()).map(row).collect();
        }
        if !matches!(risk, Risk::Evar { .. }) {
            return risk.bound(&mut self.model, (&self.history, &self.ground.odds));
        }
        // In exponential cones returns of the size of one are easier for the solver.
        let equal = vec![1.0 / self.ground.assets() as f64; self.ground.assets()];
        let size = self.ground.risk(Risk::Mad, &equal).max(f64::MIN_POSITIVE);
        let sized = self.history.iter().map(|row| row.clone().times(1.0 / size));
        let sized: Vec<Affine> = sized.collect();
        risk.bound(&mut self.model, (&sized, &self.ground.odds)).times(size)
    }

    /// At most the expected return, net of costs and doubt.
    fn expected(&mut self) -> Affine {
        let radius = self.ground.doubt_radius();
        let net = self.net();
        if radius > 0.0 { net.minus(&self.volatility(&[]).times(radius)) } else { net }
    }

    /// At most the expected return, net of costs.
    fn net(&mut self) -> Affine {
        let mean = self.ground.universe.mean.unwrap_or_default();
        let terms = mean.iter().copied().enumerate().collect();
        let mut expected = Affine { terms, constant: 0.0 };
        let costs = self.ground.problem.constraints.costs;
        let one = self.model.number(1.0);
        for at in 0..self.ground.assets() {
            if costs.linear > 0.0 {
                let change = Affine::variable(self.changes() + at);
                expected = expected.minus(&change.times(costs.linear));
            }
            // c · |change|^(1/a) is at most t: a cone of the power a of t and of one.
            for (cost, a) in [(costs.quadratic, 0.5), (costs.impact, 2.0 / 3.0)] {
                if cost > 0.0 {
                    let power = Affine::variable(self.model.variables(1));
                    let now = self.model.number(self.ground.current[at]);
                    let change = Affine::variable(at).minus(&now);
                    self.model.power(a, [power.clone(), one.clone(), change]);
                    expected = expected.minus(&power.times(cost));
                }
            }
        }
        expected
    }

    /// Variables that are at least the changes of the weights, either way.
    fn changes(&mut self) -> usize {
        if let Some(first) = self.changes {
            return first;
        }
        let first = self.distances(&self.ground.current);
        self.changes = Some(first);
        first
    }

    /// Variables that are at least the distances of the weights to others.
    fn distances(&mut self, other: &[f64]) -> usize {
        let first = self.model.variables(other.len());
        for (at, &other) in other.iter().enumerate() {
            let difference = Affine::variable(at).minus(&self.model.number(other));
            let distance = Affine::variable(first + at);
            self.model.nonnegative(distance.clone().minus(&difference));
            self.model.nonnegative(distance.plus(&difference));
        }
        first
    }

    /// The sum of so many variables.
    fn sum(&self, first: usize) -> Affine {
        let terms = (first..first + self.ground.assets()).map(|at| (at, 1.0)).collect();
        Affine { terms, constant: 0.0 }
    }

    /// Holds the weights to a limit, which a variable may relax on either side.
    pub(crate) fn limit(&mut self, limit: &Limit, relaxed: Option<usize>) {
        let (min, max) = (self.model.number(limit.min), self.model.number(limit.max));
        let relaxed = relaxed.map(Affine::variable).unwrap_or_default();
        let expressions = match &limit.measure {
            Measure::Sum(terms) => vec![Affine { terms: terms.clone(), constant: 0.0 }],
            Measure::Smallest(places) | Measure::Largest(places) => {
                places.iter().copied().map(Affine::variable).collect()
            }
            Measure::Gross => {
                let first = self.distances(&vec![0.0; self.ground.assets()]);
                vec![self.sum(first)]
            }
            Measure::Short => {
                let first = self.distances(&vec![0.0; self.ground.assets()]);
                // Of |w| and w half the difference is what is below zero.
                vec![self.sum(first).minus(&self.sum(0)).times(0.5)]
            }
            Measure::Turnover => {
                let first = self.changes();
                vec![self.sum(first).times(0.5)]
            }
            Measure::TrackingError => vec![self.volatility(&self.ground.benchmark)],
            Measure::Risk(risk) => vec![self.risk(*risk)],
            Measure::Return => vec![self.expected()],
        };
        for value in expressions {
            if limit.min == limit.max && relaxed.terms.is_empty() {
                self.model.zero(value.minus(&min));
                continue;
            }
            if limit.min.is_finite() {
                self.model.nonnegative(value.clone().minus(&min).plus(&relaxed));
            }
            if limit.max.is_finite() {
                self.model.nonnegative(max.clone().minus(&value).plus(&relaxed));
            }
        }
    }
}

/// A matrix whose product with its transpose, `R'R`, is a covariance.
fn root(covariance: &Mat<f64>) -> Mat<f64> {
    let Ok(decomposed) = covariance.self_adjoint_eigen(faer::Side::Lower) else {
        return Mat::zeros(0, covariance.ncols());
    };
    let (vectors, values) = (decomposed.U(), decomposed.S());
    let size = covariance.ncols();
    Mat::from_fn(size, size, |row, column| values[row].max(0.0).sqrt() * vectors[(column, row)])
}
