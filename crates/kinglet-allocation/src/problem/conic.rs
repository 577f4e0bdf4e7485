//! A convex problem in conic form: minimise a quadratic subject to affine expressions in cones.
//!
//! Clarabel solves it; the certificate is computed here, from what it returns.

use clarabel::algebra::CscMatrix;
use clarabel::solver::SupportedConeT::{self, NonnegativeConeT, SecondOrderConeT, ZeroConeT};
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, SolverStatus};

use crate::certificate::Certificate;
use crate::vector::dot;

/// A sum of multiples of variables and a constant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Affine {
    pub(crate) terms: Vec<(usize, f64)>,
    pub(crate) constant: f64,
}

impl Affine {
    pub(crate) fn constant(constant: f64) -> Affine {
        Affine { terms: Vec::new(), constant }
    }

    pub(crate) fn variable(at: usize) -> Affine {
        Affine { terms: vec![(at, 1.0)], constant: 0.0 }
    }

    pub(crate) fn times(mut self, factor: f64) -> Affine {
        self.terms.iter_mut().for_each(|(_, value)| *value *= factor);
        self.constant *= factor;
        self
    }

    pub(crate) fn plus(mut self, other: &Affine) -> Affine {
        self.terms.extend_from_slice(&other.terms);
        self.constant += other.constant;
        self
    }

    pub(crate) fn minus(self, other: &Affine) -> Affine {
        self.plus(&other.clone().times(-1.0))
    }
}

/// Why there is no solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failure {
    /// No point satisfies the constraints.
    Infeasible,
    /// The objective has no bound.
    Unbounded,
    /// The solver came to no end.
    Unsolved {
        /// How often it went round.
        iterations: usize,
        /// How far it was from the end.
        residual: f64,
    },
}

/// What solves a model.
#[derive(Clone, Debug)]
pub(crate) struct Optimum {
    pub(crate) values: Vec<f64>,
    /// Of the expressions: those that are zero, those that are at least zero, those in other cones.
    pub(crate) prices: Vec<f64>,
    pub(crate) certificate: Certificate,
}

impl Optimum {
    /// The largest of its residuals and its gap, which is no number where a value is none.
    fn error(&self) -> f64 {
        let Certificate { gap, .. } = self.certificate;
        if gap.is_finite() { self.certificate.residual().max(gap) } else { f64::INFINITY }
    }

    fn is_near(&self) -> bool {
        self.error() <= RESIDUAL_MAX
    }

    fn unsolved(&self) -> Failure {
        Failure::Unsolved { iterations: self.certificate.iterations, residual: self.error() }
    }
}

/// A model in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    variables: usize,
    quadratic: Vec<(usize, usize, f64)>,
    linear: Vec<f64>,
    constant: f64,
    zero: Vec<Affine>,
    nonnegative: Vec<Affine>,
    curved: Vec<(SupportedConeT<f64>, Vec<Affine>)>,
    /// The variable that stands for the number one where the problem is homogenised.
    one: Option<usize>,
}

impl Model {
    /// So many new variables; where they begin.
    pub(crate) fn variables(&mut self, count: usize) -> usize {
        let first = self.variables;
        self.variables += count;
        self.linear.resize(self.variables, 0.0);
        first
    }

    /// From here on constants are multiples of a variable.
    pub(crate) fn homogenise(&mut self) {
        let one = self.variables(1);
        self.one = Some(one);
        self.nonnegative(Affine::variable(one));
    }

    /// A constant, as an expression.
    pub(crate) fn number(&self, constant: f64) -> Affine {
        match self.one {
            Some(one) => Affine::variable(one).times(constant),
            None => Affine::constant(constant),
        }
    }

    /// By what the weights are multiplied in these values.
    pub(crate) fn scale(&self, values: &[f64]) -> f64 {
        self.one.map_or(1.0, |one| values[one])
    }

    pub(crate) fn minimise(&mut self, expression: &Affine) {
        for &(at, value) in &expression.terms {
            self.linear[at] += value;
        }
        self.constant += expression.constant;
    }

    /// Adds `value · x_row · x_column` to the objective, once for each unordered pair.
    pub(crate) fn minimise_product(&mut self, row: usize, column: usize, value: f64) {
        // The objective is ½ x'Px, of which the upper triangle is kept.
        let value = if row == column { 2.0 * value } else { value };
        self.quadratic.push((row.min(column), row.max(column), value));
    }

    pub(crate) fn zero(&mut self, expression: Affine) {
        self.zero.push(expression);
    }

    pub(crate) fn nonnegative(&mut self, expression: Affine) {
        self.nonnegative.push(expression);
    }

    /// The first expression is at least the norm of the others.
    pub(crate) fn norm(&mut self, expressions: Vec<Affine>) {
        self.curved.push((SecondOrderConeT(expressions.len()), expressions));
    }

    /// `y · exp(x / y) <= z` for the three expressions.
    pub(crate) fn exponential(&mut self, expressions: [Affine; 3]) {
        self.curved.push((SupportedConeT::ExponentialConeT(), expressions.into()));
    }

    /// `|z| <= x^a · y^(1-a)` for the three expressions.
    pub(crate) fn power(&mut self, a: f64, expressions: [Affine; 3]) {
        self.curved.push((SupportedConeT::PowerConeT(a), expressions.into()));
    }

    /// Solves it as exactly as the solver can.
    pub(crate) fn solve(&self) -> Result<Optimum, Failure> {
        let (cones, rows) = self.cones();
        let minus = |row: &&Affine| row.terms.iter().map(|&(at, value)| (at, -value)).collect();
        let triplets: Vec<Vec<(usize, f64)>> = rows.iter().map(minus).collect();
        let a = columns(&triplets, self.variables);
        let b: Vec<f64> = rows.iter().map(|row| row.constant).collect();
        let mut upper = vec![Vec::new(); self.variables];
        for &(row, column, value) in &self.quadratic {
            upper[row].push((column, value));
        }
        let p = columns(&upper, self.variables);
        let data = Data { p, q: self.linear.clone(), a, b };
        let [first, others @ ..] = CARES;
        let mut best = self.attempt(&data, &cones, (Size::ONE, first))?;
        let mut size = self.size(&data, &best.values);
        for care in others {
            if best.error() < EXACT {
                break;
            }
            // That there is a solution is known where one is near.
            match self.attempt(&data, &cones, (size, care)) {
                Ok(found) if found.error() < best.error() => best = found,
                Err(failure) if !best.is_near() => return Err(failure),
                _ => {}
            }
            size = self.size(&data, &best.values);
        }
        if best.is_near() { Ok(best) } else { Err(best.unsolved()) }
    }

    /// Solves it in units of a size.
    fn attempt(
        &self,
        data: &Data,
        cones: &[SupportedConeT<f64>],
        (size, care): (Size, Care),
    ) -> Result<Optimum, Failure> {
        let unsolved = Failure::Unsolved { iterations: 0, residual: f64::INFINITY };
        let Data { p, q, a, b } = data.sized(size);
        let solver = DefaultSolver::new(&p, &q, &a, &b, cones, care.settings());
        let mut solver = solver.map_err(|_| unsolved)?;
        solver.solve();
        let found = &solver.solution;
        match found.status {
            SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
                return Err(Failure::Infeasible);
            }
            SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => {
                return Err(Failure::Unbounded);
            }
            _ => {}
        }
        let times = |values: &[f64], factor: f64| values.iter().map(|v| v * factor).collect();
        let values: Vec<f64> = times(&found.x, size.values);
        let prices: Vec<f64> = times(&found.z, size.objective / size.values);
        let slacks: Vec<f64> = times(&found.s, size.values);
        let own = self.size(data, &values);
        let certificate = self.certificate(data, own, (&values, &prices, &slacks));
        let iterations = found.iterations as usize;
        let certificate = Certificate { iterations, ..certificate };
        Ok(Optimum { values, prices, certificate })
    }

    /// What makes weights sum to one where the problem is homogenised, and the objective with them.
    fn size(&self, data: &Data, values: &[f64]) -> Size {
        let scale = self.scale(values);
        if self.one.is_none() || !(MIN_SIZE..1.0 / MIN_SIZE).contains(&scale) {
            return Size::ONE;
        }
        let objective = data.objective(values).abs();
        Size { values: scale, objective: objective.clamp(MIN_SIZE, 1.0 / MIN_SIZE) }
    }

    /// All cones with their expressions one after another.
    fn cones(&self) -> (Vec<SupportedConeT<f64>>, Vec<&Affine>) {
        let mut cones = Vec::new();
        let mut rows: Vec<&Affine> = Vec::new();
        let flat = [(ZeroConeT(self.zero.len()), &self.zero)];
        let flat = flat.into_iter();
        let flat = flat.chain([(NonnegativeConeT(self.nonnegative.len()), &self.nonnegative)]);
        let curved = self.curved.iter().map(|(cone, rows)| (cone.clone(), rows));
        for (cone, expressions) in flat.chain(curved).filter(|(_, rows)| !rows.is_empty()) {
            cones.push(cone);
            rows.extend(expressions);
        }
        (cones, rows)
    }

    /// How far a point is from the conditions of an optimum, in units of a size.
    fn certificate(
        &self,
        data: &Data,
        size: Size,
        (x, z, s): (&[f64], &[f64], &[f64]),
    ) -> Certificate {
        let Data { p, q, a, b } = data;
        let px = symmetric(p, x);
        let (ax, atz) = (forward(a, x), backward(a, z));
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
        let most = |values: &[f64]| largest(&mut values.iter().map(|v| v.abs()));
        let primal = (0..b.len()).map(|i| (ax[i] + s[i] - b[i]).abs());
        let dual = (0..x.len()).map(|j| (px[j] + q[j] + atz[j]).abs());
        let (half, qx, bz) = (0.5 * dot(&px, x), dot(q, x), dot(b, z));
        let (objective, bound) = (half + qx + self.constant, -half - bz + self.constant);
        let gradient = size.objective / size.values;
        Certificate {
            primal: objective,
            dual: bound,
            gap: (objective - bound).abs() / objective.abs().max(bound.abs()).max(size.objective),
            residual_primal: largest(&mut { primal }) / (size.values + most(b)),
            residual_dual: largest(&mut { dual }) / (gradient + most(q)),
            iterations: 0,
            method: "interior-point",
        }
    }
}

/// The least ½x'Px + q'x where b − Ax is in cones.
struct Data {
    p: CscMatrix<f64>,
    q: Vec<f64>,
    a: CscMatrix<f64>,
    b: Vec<f64>,
}

impl Data {
    /// The same in units of a size.
    fn sized(&self, size: Size) -> Data {
        let times = |values: &[f64], factor: f64| values.iter().map(|v| v * factor).collect();
        let gradient = size.values / size.objective;
        let mut p = self.p.clone();
        p.nzval = times(&p.nzval, size.values * gradient);
        let (q, b) = (times(&self.q, gradient), times(&self.b, 1.0 / size.values));
        Data { p, q, a: self.a.clone(), b }
    }

    fn objective(&self, x: &[f64]) -> f64 {
        0.5 * dot(&symmetric(&self.p, x), x) + dot(&self.q, x)
    }
}

/// In what units a problem is solved.
#[derive(Clone, Copy, Debug)]
struct Size {
    values: f64,
    objective: f64,
}

impl Size {
    const ONE: Size = Size { values: 1.0, objective: 1.0 };
}

/// Where a solution is smaller than this, or larger than its inverse, it tells no size.
const MIN_SIZE: f64 = 1e-4;

/// What is not worse than this is a solution.
const RESIDUAL_MAX: f64 = 1e-6;

/// What is better than this needs no further attempt.
const EXACT: f64 = 1e-8;

/// How a solver is asked.
#[derive(Clone, Copy, Debug)]
struct Care {
    tolerance: f64,
    /// How far a step goes to the border of the cones.
    step: f64,
    /// Whether the solver brings rows and columns to one size.
    equilibrate: bool,
}

/// Norms that bind make the equations of the solver near singular, and a solution at which it stops
/// short is better in other units or after other steps.
const CARES: [Care; 5] = [
    Care { tolerance: 1e-11, step: 0.99, equilibrate: true },
    Care { tolerance: 1e-11, step: 0.99, equilibrate: true },
    Care { tolerance: 1e-11, step: 0.99, equilibrate: false },
    Care { tolerance: 1e-9, step: 0.9, equilibrate: true },
    Care { tolerance: 1e-9, step: 0.9, equilibrate: false },
];

impl Care {
    fn settings(self) -> DefaultSettings<f64> {
        DefaultSettings {
            verbose: false,
            tol_gap_abs: self.tolerance,
            tol_gap_rel: self.tolerance,
            tol_feas: self.tolerance,
            max_step_fraction: self.step,
            equilibrate_enable: self.equilibrate,
            max_threads: 1,
            ..DefaultSettings::default()
        }
    }
}

/// A sparse matrix from its rows; entries of one place are added.
fn columns(rows: &[Vec<(usize, f64)>], width: usize) -> CscMatrix<f64> {
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); width];
    for (at, row) in rows.iter().enumerate() {
        for &(column, value) in row {
            match columns[column].last_mut() {
                Some((last, sum)) if *last == at => *sum += value,
                _ => columns[column].push((at, value)),
            }
        }
    }
    let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
    for column in columns {
        for (row, value) in column.into_iter().filter(|&(_, value)| value != 0.0) {
            places.push(row);
            values.push(value);
        }
        starts.push(places.len());
    }
    CscMatrix::new(rows.len(), width, starts, places, values)
}

/// The entries of a matrix: row, column, value.
fn entries(matrix: &CscMatrix<f64>) -> impl Iterator<Item = (usize, usize, f64)> {
    let of = |column: usize| matrix.colptr[column]..matrix.colptr[column + 1];
    (0..matrix.n).flat_map(move |column| {
        of(column).map(move |at| (matrix.rowval[at], column, matrix.nzval[at]))
    })
}

fn forward(matrix: &CscMatrix<f64>, x: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; matrix.m];
    entries(matrix).for_each(|(row, column, value)| product[row] += value * x[column]);
    product
}

fn backward(matrix: &CscMatrix<f64>, z: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; matrix.n];
    entries(matrix).for_each(|(row, column, value)| product[column] += value * z[row]);
    product
}

/// The product with a symmetric matrix of which the upper triangle is kept.
fn symmetric(upper: &CscMatrix<f64>, x: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; upper.n];
    for (row, column, value) in entries(upper) {
        product[row] += value * x[column];
        if row != column {
            product[column] += value * x[row];
        }
    }
    product
}
