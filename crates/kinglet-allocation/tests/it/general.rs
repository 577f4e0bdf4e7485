//! The same problems as conic programmes for clarabel: another algorithm of other authors.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettingsBuilder, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT,
};
use kinglet_allocation::Returns;
use kinglet_allocation::estimate::Covariance;
use kinglet_allocation::solve::{Limits, Row};

/// Rows with the sum first, then all that must not be positive.
struct Programme {
    quadratic: Vec<Vec<f64>>,
    linear: Vec<f64>,
    rows: Vec<Vec<f64>>,
    limits: Vec<f64>,
}

impl Programme {
    /// The constraints of limits on the first of so many variables.
    fn of(limits: &Limits, variables: usize) -> Self {
        let wide = |mut row: Vec<f64>| {
            row.resize(variables, 0.0);
            row
        };
        let assets = limits.lower.len();
        let unit = |at: usize, sign: f64| {
            let mut row = vec![0.0; variables];
            row[at] = sign;
            row
        };
        let mut rows = vec![wide(vec![1.0; assets])];
        let mut sides = vec![limits.budget];
        for Row { coefficients, limit } in &limits.rows {
            rows.push(wide(coefficients.clone()));
            sides.push(*limit);
        }
        for asset in 0..assets {
            rows.extend([unit(asset, 1.0), unit(asset, -1.0)]);
            sides.extend([limits.upper[asset], -limits.lower[asset]]);
        }
        let quadratic = vec![vec![0.0; variables]; variables];
        Self { quadratic, linear: vec![0.0; variables], rows, limits: sides }
    }

    fn solve(&self) -> Option<Vec<f64>> {
        let matrix = |rows: &[Vec<f64>]| {
            let dense: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let columns = dense.first().map_or(0, |row| row.len());
            let (mut starts, mut at, mut values) = (vec![0], Vec::new(), Vec::new());
            for column in 0..columns {
                for (number, row) in dense.iter().enumerate().filter(|(_, row)| row[column] != 0.0)
                {
                    at.push(number);
                    values.push(row[column]);
                }
                starts.push(at.len());
            }
            CscMatrix::new(dense.len(), columns, starts, at, values)
        };
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .tol_gap_abs(1e-13)
            .tol_gap_rel(1e-12)
            .tol_feas(1e-12)
            .build()
            .expect("settings");
        let cones = [ZeroConeT(1), NonnegativeConeT(self.rows.len() - 1)];
        let (p, a) = (matrix(&self.quadratic).to_triu(), matrix(&self.rows));
        let mut solver = DefaultSolver::new(&p, &self.linear, &a, &self.limits, &cones, settings)
            .expect("sizes");
        solver.solve();
        let solved =
            matches!(solver.solution.status, SolverStatus::Solved | SolverStatus::AlmostSolved);
        solved.then(|| solver.solution.x.clone())
    }
}

/// The weights of least ½ w'Σw − linear'w, in units that suit the solver.
pub(crate) fn quadratic(
    covariance: &Covariance,
    linear: &[f64],
    limits: &Limits,
) -> Option<Vec<f64>> {
    let assets = covariance.assets();
    let full = covariance.dense();
    let scale = 1.0 / covariance.diagonal().iter().fold(0.0, |most: f64, v| most.max(*v));
    let mut programme = Programme::of(limits, assets);
    programme.quadratic =
        (0..assets).map(|i| (0..assets).map(|j| full[(i, j)] * scale).collect()).collect();
    programme.linear = linear.iter().map(|c| -c * scale).collect();
    programme.solve()
}

/// The weights of the largest product with some values, about one in size.
pub(crate) fn best(values: &[f64], limits: &Limits) -> Option<Vec<f64>> {
    let mut programme = Programme::of(limits, values.len());
    programme.linear = values.iter().map(|value| -value).collect();
    programme.solve()
}

/// The least conditional value at risk.
pub(crate) fn tail(returns: &Returns, confidence: f64, limits: &Limits) -> Option<f64> {
    let (assets, rows) = (returns.assets(), returns.rows());
    let variables = assets + 1 + rows;
    let mut programme = Programme::of(limits, variables);
    let cost = 1.0 / ((1.0 - confidence) * rows as f64);
    programme.linear[assets] = 1.0;
    for row in 0..rows {
        let above = assets + 1 + row;
        programme.linear[above] = cost;
        let losses = (0..assets).map(|asset| -100.0 * returns.asset(asset)[row]);
        let mut own: Vec<f64> = losses.collect();
        own.resize(variables, 0.0);
        own[assets] = -1.0;
        own[above] = -1.0;
        let mut positive = vec![0.0; variables];
        positive[above] = -1.0;
        programme.rows.extend([own, positive]);
        programme.limits.extend([0.0, 0.0]);
    }
    let x = programme.solve()?;
    let above: f64 = x[assets + 1..].iter().sum();
    Some((x[assets] + cost * above) / 100.0)
}
