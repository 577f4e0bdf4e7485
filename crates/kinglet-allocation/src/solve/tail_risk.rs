//! Least conditional value at risk, exactly, by generating rows and columns.
//!
//! The linear programme of Rockafellar and Uryasev (2000, Journal of Risk 2, equation 17) has a row
//! per scenario and a column per asset, but only scenarios near the tail and assets worth holding
//! matter. A simplex method solves it over few of both; then all scenarios and all assets are
//! looked at, and those that matter are added, until none does.

use rayon::prelude::*;

use super::interior::Program;
use super::limits::{FEASIBLE, Limits};
use super::linear::best;
use super::piecewise::{Kink, Piecewise, Prices};
use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::returns::{Returns, Window};
use crate::vector::{dot, largest};

const METHOD: &str = "row and column generation";
/// Assets at the start, and more at a time.
const COLUMNS: (usize, usize) = (120, 100);
/// Scenarios that are added at a time.
const ROWS: usize = 200;
/// Weights between their bounds beyond which an interior point tells the corner.
const MANY: usize = 120;
/// What counts as zero, as a part of the largest loss.
const FLAT: f64 = 1e-10;

/// Scenarios, a confidence such as 0.95, and what weights are allowed.
#[derive(Clone, Copy, Debug)]
pub struct TailRisk<'a> {
    /// One scenario per period, all alike.
    pub returns: &'a Returns,
    /// The part of scenarios that is not in the tail.
    pub confidence: f64,
    /// What weights are allowed; every bound is finite.
    pub limits: &'a Limits,
}

impl TailRisk<'_> {
    /// The least conditional value at risk: the mean loss in the worst 1 − confidence of the
    /// scenarios, of which the last may count in part.
    pub fn minimum(&self) -> Result<Solution, AllocationError> {
        self.check()?;
        self.minimum_over(self.returns.whole())
    }

    /// The same over some of the scenarios.
    pub(crate) fn minimum_over(&self, window: Window<'_>) -> Result<Solution, AllocationError> {
        let (confidence, limits) = (self.confidence, self.limits);
        Search::start(Scenarios { window, confidence, limits }, None)?.run()
    }

    /// The least conditional value at risk among weights whose expected return is at least a
    /// target.
    pub fn target_return(&self, mean: &[f64], target: f64) -> Result<Solution, AllocationError> {
        let only = self.frontier(mean, &[target])?;
        only.into_iter().next().ok_or(AllocationError::NoAssets)
    }

    /// The least conditional value at risk at each of several target returns, each from the one
    /// before, from the smallest to the largest.
    pub fn frontier(
        &self,
        mean: &[f64],
        targets: &[f64],
    ) -> Result<Vec<Solution>, AllocationError> {
        self.check()?;
        let window = self.returns.whole();
        let (confidence, limits) = (self.confidence, self.limits);
        let scenarios = Scenarios { window, confidence, limits };
        let reachable = dot(mean, &best(self.limits, mean)?);
        let mut order: Vec<usize> = (0..targets.len()).collect();
        order.sort_by(|a, b| targets[*a].total_cmp(&targets[*b]));
        let mut found: Vec<Option<Solution>> = vec![None; targets.len()];
        let mut search: Option<Search<'_>> = None;
        for number in order {
            let target = targets[number];
            if target.is_nan() || target > reachable + 1e-9 * reachable.abs() {
                let what = "expected return";
                return Err(AllocationError::TargetOutOfReach { what, target, reachable });
            }
            let target = target.min(reachable);
            let search = match &mut search {
                Some(search) => {
                    search.retarget(target)?;
                    search
                }
                none => none.insert(Search::start(scenarios, Some((mean, target)))?),
            };
            found[number] = Some(search.run()?);
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// That the problem makes sense over any of its scenarios.
    pub(crate) fn check(&self) -> Result<(), AllocationError> {
        self.limits.check(self.returns.assets())?;
        let inside = self.confidence > 0.0 && self.confidence < 1.0;
        let name = "confidence";
        if !inside {
            let (value, allowed) = (self.confidence, "above zero and below one");
            return Err(AllocationError::Parameter { name, value, allowed });
        }
        let bounds = self.limits.lower.iter().chain(&self.limits.upper);
        match bounds.copied().find(|bound| !bound.is_finite()) {
            None => Ok(()),
            Some(value) => {
                let (name, allowed) = ("bound of a weight", "finite");
                Err(AllocationError::Parameter { name, value, allowed })
            }
        }
    }
}

/// What a search looks at.
#[derive(Clone, Copy, Debug)]
struct Scenarios<'a> {
    window: Window<'a>,
    confidence: f64,
    limits: &'a Limits,
}

impl Scenarios<'_> {
    /// How many scenarios the tail holds; the last in part.
    fn tail(self) -> f64 {
        (1.0 - self.confidence) * self.window.rows() as f64
    }
}

/// A row a'w ≥ least that holds beside the scenarios.
#[derive(Clone, Debug)]
struct Demand {
    coefficients: Vec<f64>,
    least: f64,
}

/// The scenarios and assets that are looked at so far.
struct Search<'a> {
    problem: Scenarios<'a>,
    demands: Vec<Demand>,
    /// What the expected returns are divided by, so that they are as large as other rows.
    scale: f64,
    /// What a unit that a demand lacks costs.
    price: f64,
    simplex: Piecewise,
    scenarios: Vec<usize>,
    assets: Vec<usize>,
    /// Which are among them.
    known: (Vec<bool>, Vec<bool>),
    /// Whether an interior-point method was asked for the corner.
    told: bool,
    /// Steps before the simplex method began.
    before: usize,
}

impl<'a> Search<'a> {
    fn start(
        problem: Scenarios<'a>,
        target: Option<(&[f64], f64)>,
    ) -> Result<Self, AllocationError> {
        let (returns, limits) = (problem.window, problem.limits);
        let spread = spreads(returns);
        let calmness: Vec<f64> = spread.iter().map(|spread| -spread).collect();
        let weights = limits.apart().fill(&calmness);
        let moving = limits.moving(&weights);
        let mut scale = 1.0;
        let mut demands: Vec<Demand> = limits.rows.iter().map(Demand::at_most).collect();
        if let Some((mean, least)) = target {
            scale = largest(mean).max(f64::MIN_POSITIVE);
            let coefficients = mean.iter().map(|mean| mean / scale).collect();
            demands.push(Demand { coefficients, least: least / scale });
        }
        let losses = losses(returns, &weights);
        let mut worst: Vec<usize> = (0..losses.len()).collect();
        worst.sort_by(|a, b| losses[*b].total_cmp(&losses[*a]).then(a.cmp(b)));
        let tail = problem.tail();
        let edge = ((tail + 1e-9) as usize).min(worst.len() - 1);
        let price = 100.0 * spread.iter().fold(0.0, |most: f64, s| most.max(*s));
        let mut search = Self::new(problem, (demands, scale, price), losses[worst[edge]]);
        let mut calm: Vec<usize> = (0..spread.len()).collect();
        calm.sort_by(|a, b| spread[*a].total_cmp(&spread[*b]).then(a.cmp(b)));
        let held = |asset: &usize| weights[*asset] != 0.0;
        let columns =
            calm.iter().take(COLUMNS.0).chain(calm.iter().skip(COLUMNS.0).filter(|a| held(a)));
        for asset in columns {
            search.add_asset(*asset, weights[*asset]);
        }
        search.add_demands();
        let rows = (2.0 * tail).ceil() as usize + 2;
        search.add_scenarios(&worst[..rows.max(edge + 1).min(worst.len())]);
        let row = search.demands.len() + edge;
        let column = search.assets.iter().position(|asset| Some(*asset) == moving).unwrap_or(0);
        search.simplex.begin(vec![row], vec![column]);
        Ok(search)
    }

    /// Looks at nothing yet.
    fn new(
        problem: Scenarios<'a>,
        (demands, scale, price): (Vec<Demand>, f64, f64),
        level: f64,
    ) -> Self {
        let (returns, budget) = (problem.window, problem.limits.budget);
        Self {
            problem,
            demands,
            scale,
            price,
            simplex: Piecewise::new(budget, level),
            scenarios: Vec::new(),
            assets: Vec::new(),
            known: (vec![false; returns.rows()], vec![false; returns.assets()]),
            told: false,
            before: 0,
        }
    }

    /// The same at the corner that an interior-point method tells, if it does: where many weights
    /// move, a simplex method passes too many others on its way there.
    fn corner(&self) -> Option<Self> {
        let (limits, scenarios) = (self.problem.limits, self.problem.window.rows());
        let open = |asset: &usize| limits.lower[*asset] < limits.upper[*asset];
        let assets: Vec<usize> = (0..limits.lower.len()).filter(open).collect();
        let corner = self.program(&assets).corner()?;
        let demands = (self.demands.clone(), self.scale, self.price);
        let mut search = Self::new(self.problem, demands, corner.level);
        (search.told, search.before) = (true, self.steps() + corner.steps);
        for asset in corner.moving.iter().map(|at| assets[*at]) {
            search.add_asset(asset, limits.lower[asset]);
        }
        for asset in corner.full.iter().map(|at| assets[*at]) {
            search.add_asset(asset, limits.upper[asset]);
        }
        for (asset, weight) in limits.lower.iter().enumerate() {
            if *weight != 0.0 && !search.known.1[asset] {
                search.add_asset(asset, *weight);
            }
        }
        search.add_demands();
        let near = corner.tight.iter().chain(&corner.above).copied();
        search.add_scenarios(&near.filter(|row| *row < scenarios).collect::<Vec<usize>>());
        let mut places = search.demands.len()..;
        let place = |row: &usize| row.checked_sub(scenarios).or_else(|| places.next());
        let tight = corner.tight.iter().filter_map(place).collect();
        search.simplex.begin(tight, (0..corner.moving.len()).collect());
        (search.simplex.outside() <= FEASIBLE).then_some(search)
    }

    /// All scenarios, then all demands, over some assets; the others are at their lower bounds.
    fn program(&self, assets: &[usize]) -> Program<'a> {
        let (returns, limits) = (self.problem.window, self.problem.limits);
        let mut fixed = limits.lower.clone();
        assets.iter().for_each(|asset| fixed[*asset] = 0.0);
        let earned = returns.earned(&fixed);
        let scenarios = earned.iter().map(|earned| Kink { target: -earned, ..self.scenario() });
        let demands = self.demands.iter().map(|demand| {
            let kink = self.demand(demand);
            Kink { target: kink.target - dot(&demand.coefficients, &fixed), ..kink }
        });
        let column = |asset: &usize| {
            let of_demands = self.demands.iter().map(|demand| demand.coefficients[*asset]);
            (returns.asset(*asset), of_demands.collect())
        };
        Program {
            columns: assets.iter().map(column).collect(),
            kinks: scenarios.chain(demands).collect(),
            bounds: assets
                .iter()
                .map(|asset| (limits.lower[*asset], limits.upper[*asset]))
                .collect(),
            budget: limits.budget - fixed.iter().sum::<f64>(),
        }
    }

    /// How often the algorithm went round.
    fn steps(&self) -> usize {
        self.before + self.simplex.pivots()
    }

    fn scenario(&self) -> Kink {
        Kink { share: 1.0, target: 0.0, cost: 1.0 / self.problem.tail() }
    }

    fn demand(&self, demand: &Demand) -> Kink {
        Kink { share: 0.0, target: demand.least, cost: self.price }
    }

    fn add_demands(&mut self) {
        for demand in &self.demands {
            let entries = self.assets.iter().map(|asset| demand.coefficients[*asset]);
            self.simplex.add_row(self.demand(demand), entries);
        }
    }

    fn retarget(&mut self, target: f64) -> Result<(), AllocationError> {
        let row = self.demands.len() - 1;
        self.demands[row].least = target / self.scale;
        self.simplex.retarget(row, target / self.scale)
    }

    fn add_asset(&mut self, asset: usize, weight: f64) {
        let limits = self.problem.limits;
        let column = self.problem.window.asset(asset);
        let demands = self.demands.iter().map(|demand| demand.coefficients[asset]);
        // At the start there are no rows yet; they come with their entries.
        let entries = if self.scenarios.is_empty() {
            Vec::new()
        } else {
            demands.chain(self.scenarios.iter().map(|row| column[*row])).collect()
        };
        let bounds = (limits.lower[asset], limits.upper[asset]);
        self.simplex.add_column(entries, bounds, weight);
        self.assets.push(asset);
        self.known.1[asset] = true;
    }

    fn add_scenarios(&mut self, rows: &[usize]) {
        self.simplex.reserve(rows.len());
        let kink = self.scenario();
        let returns = self.problem.window;
        for &row in rows {
            self.simplex.add_row(kink, self.assets.iter().map(|asset| returns.asset(*asset)[row]));
            self.scenarios.push(row);
            self.known.0[row] = true;
        }
    }

    /// Solves over what is known and adds what matters, until nothing does.
    fn run(&mut self) -> Result<Solution, AllocationError> {
        let mut raised = 0;
        loop {
            if !self.told && self.simplex.moving() > MANY {
                self.told = true;
                if let Some(search) = self.corner() {
                    *self = search;
                }
            }
            let prices = self.simplex.minimise()?;
            self.simplex.renew();
            let weights = self.weights();
            let losses = losses(self.problem.window, &weights);
            let values = self.values(&prices);
            let tolerance = FLAT * largest(&losses);
            let rows = self.missing_rows(&losses, tolerance);
            let columns = self.missing_columns(&values, prices.sum);
            if !rows.is_empty() || !columns.is_empty() {
                for (asset, weight) in columns {
                    self.add_asset(asset, weight);
                }
                self.add_scenarios(&rows);
                continue;
            }
            let missed = (0..self.demands.len()).map(|row| self.simplex.excess(row));
            let missed = missed.fold(0.0, f64::max);
            if missed <= FEASIBLE {
                return Ok(self.solution(weights, &losses, (&values, &prices)));
            }
            raised += 1;
            if raised > 4 {
                return Err(AllocationError::Infeasible { violation: missed });
            }
            self.price *= 100.0;
            for row in 0..self.demands.len() {
                self.simplex.raise(row, 100.0);
            }
        }
    }

    fn weights(&self) -> Vec<f64> {
        let mut weights = self.problem.limits.lower.clone();
        for (asset, weight) in self.assets.iter().zip(self.simplex.weights()) {
            weights[*asset] = weight;
        }
        weights
    }

    /// What each asset earns at the prices of the rows.
    fn values(&self, prices: &Prices) -> Vec<f64> {
        let (demands, scenarios) = prices.rows.split_at(self.demands.len());
        let mut priced: Vec<(usize, f64)> =
            self.scenarios.iter().copied().zip(scenarios.iter().copied()).collect();
        priced.retain(|(_, price)| *price != 0.0);
        priced.sort_unstable_by_key(|(row, _)| *row);
        let returns = self.problem.window;
        let value = |asset: usize| {
            let column = returns.asset(asset);
            let of_scenarios: f64 = priced.iter().map(|(row, price)| price * column[*row]).sum();
            let of_demands = self.demands.iter().zip(demands);
            of_scenarios + of_demands.map(|(d, price)| price * d.coefficients[asset]).sum::<f64>()
        };
        (0..returns.assets()).into_par_iter().with_min_len(64).map(value).collect()
    }

    /// Unknown scenarios whose loss is above the level, the worst first.
    fn missing_rows(&self, losses: &[f64], tolerance: f64) -> Vec<usize> {
        let level = self.simplex.level() + tolerance;
        let unknown = |row: &usize| !self.known.0[*row] && losses[*row] > level;
        let mut rows: Vec<usize> = (0..losses.len()).filter(unknown).collect();
        rows.sort_by(|a, b| losses[*b].total_cmp(&losses[*a]).then(a.cmp(b)));
        rows.truncate(ROWS);
        rows
    }

    /// Unknown assets that earn more than a unit of weight costs, the best first.
    fn missing_columns(&self, values: &[f64], sum: f64) -> Vec<(usize, f64)> {
        let limits = self.problem.limits;
        let tolerance = FLAT * sum.abs().max(f64::MIN_POSITIVE);
        let gain = |asset: usize| values[asset] + sum;
        let unknown = |asset: &usize| !self.known.1[*asset] && gain(*asset) > tolerance;
        let mut assets: Vec<usize> = (0..values.len()).filter(unknown).collect();
        assets.sort_by(|a, b| gain(*b).total_cmp(&gain(*a)).then(a.cmp(b)));
        assets.truncate(COLUMNS.1);
        assets.into_iter().map(|asset| (asset, limits.lower[asset])).collect()
    }

    fn solution(&self, weights: Vec<f64>, losses: &[f64], at: (&[f64], &Prices)) -> Solution {
        let (values, prices) = at;
        let level = self.simplex.level();
        let above: f64 = losses.iter().map(|loss| (loss - level).max(0.0)).sum();
        let primal = level + above / self.problem.tail();
        let limits = self.problem.limits;
        let most = dot(values, &limits.apart().fill(values));
        let demands = self.demands.iter().zip(&prices.rows);
        let dual = demands.map(|(demand, price)| price * demand.least).sum::<f64>() - most;
        let demands = self.demands.iter();
        let missed = demands.map(|d| (d.least - dot(&d.coefficients, &weights)) * self.scale);
        let gap = (primal - dual).abs() / primal.abs().max(f64::MIN_POSITIVE);
        Solution {
            objective: primal,
            certificate: Certificate {
                primal,
                dual,
                gap,
                residual_primal: missed.fold(limits.violation(&weights), f64::max),
                residual_dual: gap,
                iterations: self.steps(),
                method: METHOD,
            },
            weights,
        }
    }
}

impl Demand {
    /// a'w ≤ limit as −a'w ≥ −limit.
    fn at_most(row: &super::limits::Row) -> Self {
        let coefficients = row.coefficients.iter().map(|c| -c).collect();
        Self { coefficients, least: -row.limit }
    }
}

/// The loss of weights in each scenario.
fn losses(window: Window<'_>, weights: &[f64]) -> Vec<f64> {
    window.earned(weights).into_iter().map(|earned| -earned).collect()
}

/// The standard deviation of each asset.
fn spreads(returns: Window<'_>) -> Vec<f64> {
    let spread = |asset: usize| {
        let column = returns.asset(asset);
        let mean = column.iter().sum::<f64>() / column.len() as f64;
        (dot(column, column) / column.len() as f64 - mean * mean).max(0.0).sqrt()
    };
    (0..returns.assets()).into_par_iter().map(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::Row;

    /// Numbers that look like chance: the middle square of Weyl sums (Widynski 2017).
    fn noise(count: usize) -> Vec<f64> {
        let (mut x, mut sum) = (0_u64, 0_u64);
        let mut next = || {
            sum = sum.wrapping_add(0xb5ad_4ece_da1c_e2a9);
            x = x.wrapping_mul(x).wrapping_add(sum).rotate_right(32);
            (x >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        // Sums of four are more often small than large.
        (0..count).map(|_| 0.02 * (next() + next() + next() + next())).collect()
    }

    fn returns(assets: usize, periods: usize) -> Returns {
        let names = (0..assets).map(|at| format!("A{at}")).collect();
        let labels = (0..periods).map(|at| at.to_string()).collect();
        Returns::new(names, labels, noise(assets * periods), 252.0).expect("good returns")
    }

    /// More scenarios than assets and fewer; bounds of all kinds, a group, a target.
    #[test]
    fn the_corner_that_is_told_is_where_the_simplex_method_ends() {
        for (assets, periods, confidence) in [(20, 90, 0.9), (40, 120, 0.8), (60, 40, 0.7)] {
            let returns = returns(assets, periods);
            let mean: Vec<f64> = (0..assets)
                .map(|a| returns.asset(a).iter().sum::<f64>() / periods as f64)
                .collect();
            let mut limits = Limits::long_only(assets, 0.2);
            (limits.lower[3], limits.upper[3]) = (0.05, 0.05);
            (limits.lower[4], limits.upper[4]) = (0.02, 0.03);
            (limits.lower[5], limits.upper[5]) = (-0.1, 0.1);
            limits.rows.push(Row::group(assets, &[0, 1, 2, 6, 7, 8], 0.1));
            let window = returns.whole();
            let problem = Scenarios { window, confidence, limits: &limits };
            for target in [None, Some((mean.as_slice(), 0.3 * largest(&mean)))] {
                let mut search = Search::start(problem, target).expect("a start");
                let mut told = search.corner().expect("a corner");
                let pivots = told.steps();
                let (slow, fast) = (search.run().expect("slow"), told.run().expect("fast"));
                assert_eq!(fast.certificate.iterations, pivots, "nothing was left to do");
                assert!((slow.objective - fast.objective).abs() < 1e-12, "{assets}");
                for (slow, fast) in slow.weights.iter().zip(&fast.weights) {
                    assert!((slow - fast).abs() < 1e-9, "{assets}: {slow}, {fast}");
                }
                assert!(fast.certificate.residual() < 1e-9, "{:?}", fast.certificate);
            }
        }
    }

    /// Where scenarios and assets are as good as each other no one corner is the best, and what the
    /// simplex method finds is as good.
    #[test]
    fn ties_do_no_harm() {
        let signs = noise(30 * 60).into_iter().map(|value| value.signum() * 0.01);
        let names = (0..30).map(|at| format!("A{at}")).collect();
        let labels = (0..60).map(|at| at.to_string()).collect();
        let returns = Returns::new(names, labels, signs.collect(), 252.0).expect("good returns");
        let limits = Limits::long_only(30, 1.0);
        let problem = Scenarios { window: returns.whole(), confidence: 0.9, limits: &limits };
        let mut search = Search::start(problem, None).expect("a start");
        let told = search.corner();
        let slow = search.run().expect("slow");
        if let Some(mut told) = told {
            let fast = told.run().expect("fast");
            assert!((slow.objective - fast.objective).abs() < 1e-12);
        }
        assert!(slow.certificate.residual() < 1e-9);
    }
}
