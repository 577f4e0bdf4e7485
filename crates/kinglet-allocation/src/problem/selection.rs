//! Limits on the number and size of positions: which assets are held at all.
//!
//! Branch and bound over the relaxed problems, each settled as any other problem is: an asset is
//! held, left out, or open. The bound of an open one is that of Bienstock (1996): its share of
//! what it may weigh counts as its share of a position.

use std::collections::BTreeSet;

use crate::certificate::{Certificate, Solution};
use crate::conflict::{Conflict, Relaxation};
use crate::error::AllocationError;
use crate::problem::check::{Check, weight_bounds};
use crate::problem::compile;
use crate::problem::conic::Failure;
use crate::problem::direct;
use crate::problem::explain;
use crate::problem::limit::{Ground, Limit, Measure};
use crate::problem::{Constraints, Objective};

/// A weight below this is none.
const NOTHING: f64 = 1e-7;
/// What is better by less than this share is not better.
const GAP: f64 = 1e-9;
/// After so many relaxed problems the best so far is returned, with its gap: fewer where there are
/// more assets, as each takes longer by the square of their number.
fn nodes_max(assets: usize) -> usize {
    const WORK: usize = 20_000_000;
    (WORK / (assets * assets)).clamp(100, 20_000)
}

/// Whether a problem limits positions.
pub(crate) fn applies(constraints: &Constraints) -> bool {
    constraints.max_positions.is_some() || constraints.min_position.is_some()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Held,
    Out,
}

struct Node {
    states: Vec<State>,
    weights: Vec<f64>,
    /// No choice below this node is better; small is good.
    bound: f64,
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    limits: &'a [Limit],
    high: Vec<f64>,
    best: Option<(f64, Solution)>,
    /// The positions that were tried.
    rounded: BTreeSet<Vec<usize>>,
    solved: usize,
}

/// The best weights that hold few enough and large enough positions.
pub(crate) fn solve(ground: &Ground<'_>, limits: &[Limit]) -> Result<Solution, AllocationError> {
    let (low, high) = weight_bounds(ground.assets(), limits);
    if low.iter().any(|&low| low < 0.0) {
        return Err(AllocationError::Parameter {
            name: "the smallest weight",
            value: low.iter().copied().fold(0.0, f64::min),
            allowed: "0 or more where the number or size of positions is limited",
        });
    }
    room(ground, &high)?;
    let budget = ground.problem.constraints.budget;
    let high = high.into_iter().map(|high| high.min(budget)).collect();
    let rounded = BTreeSet::new();
    let mut search = Search { ground, limits, high, best: None, rounded, solved: 0 };
    let root = search.node(vec![State::Open; ground.assets()]);
    let root = root.map_err(|failure| match failure {
        Failure::Infeasible => explain::error(ground, limits),
        _ => AllocationError::Unbounded,
    })?;
    search.eliminate(&root);
    let bound = search.run(root);
    let Some((value, solution)) = search.best else { return Err(contradiction(ground)) };
    let gap = (value - bound).max(0.0) / value.abs().max(1.0);
    let certificate = Certificate {
        primal: solution.objective,
        dual: solution.objective - search_sign(ground) * (value - bound),
        gap: gap.max(solution.certificate.gap),
        iterations: search.solved,
        method: "branch-and-bound",
        ..solution.certificate
    };
    Ok(Solution { certificate, ..solution })
}

/// That so few positions can be as large as needed.
fn room(ground: &Ground<'_>, high: &[f64]) -> Result<(), AllocationError> {
    let constraints = &ground.problem.constraints;
    let Some(count) = constraints.max_positions else { return Ok(()) };
    let mut largest = high.to_vec();
    largest.sort_by(|a, b| b.total_cmp(a));
    let mut sum = 0.0;
    let reaches = |high: &f64| {
        sum += high;
        sum >= constraints.budget - NOTHING
    };
    let needed = largest.iter().position(reaches).map_or(largest.len(), |at| at + 1);
    if needed <= count {
        return Ok(());
    }
    let most = format!("at most {count} positions");
    let relaxation = Relaxation { constraint: most.clone(), by: (needed - count) as f64 };
    Err(AllocationError::Conflicting(Conflict {
        constraints: vec![
            format!("weights sum to {}", constraints.budget),
            "the upper bounds of the weights".into(),
            most,
        ],
        relaxations: vec![relaxation],
    }))
}

fn contradiction(ground: &Ground<'_>) -> AllocationError {
    let constraints = names(&ground.problem.constraints);
    let constraints = constraints.into_iter().chain(["the other constraints".to_owned()]).collect();
    AllocationError::Conflicting(Conflict { constraints, relaxations: Vec::new() })
}

fn names(constraints: &Constraints) -> Vec<String> {
    let most = constraints.max_positions.map(|count| format!("at most {count} positions"));
    let least = constraints.min_position.map(|least| format!("every position >= {least}"));
    most.into_iter().chain(least).collect()
}

/// The limits on positions, checked.
pub(crate) fn checks(constraints: &Constraints, weights: &[f64]) -> Vec<Check> {
    let held = weights.iter().copied().filter(|&weight| weight > NOTHING);
    let count = held.clone().count() as f64;
    let smallest = held.fold(f64::INFINITY, f64::min);
    let infinite = f64::INFINITY;
    let check = |(name, value, min, max): (String, f64, f64, f64)| {
        let measure = Measure::Sum(Vec::new());
        Check::of(&Limit { name, measure, min, max }, value)
    };
    let bounds = [
        constraints.max_positions.map(|most| (count, -infinite, most as f64)),
        constraints.min_position.map(|least| (smallest, least, infinite)),
    ];
    let bounds = bounds.into_iter().flatten();
    let named = names(constraints).into_iter().zip(bounds);
    named.map(|(name, (value, min, max))| check((name, value, min, max))).collect()
}

/// One where the objective is to be small.
fn search_sign(ground: &Ground<'_>) -> f64 {
    match ground.problem.objective {
        Objective::MaxReturn
        | Objective::MaxRatio(_)
        | Objective::MaxUtility { .. }
        | Objective::MaxDiversification => -1.0,
        _ => 1.0,
    }
}

impl Search<'_> {
    /// Searches below a node; the bound of all that was not looked at.
    fn run(&mut self, root: Node) -> f64 {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let best = self.best.as_ref().map_or(f64::INFINITY, |(value, _)| *value);
            if node.bound >= best - GAP * best.abs() {
                return best;
            }
            let Some(asset) = self.violated(&node) else {
                // All that is open is worse than this.
                self.offer(&node.states);
                continue;
            };
            if self.solved >= nodes_max(self.high.len()) {
                return node.bound;
            }
            self.round(&node);
            for state in [State::Held, State::Out] {
                let mut states = node.states.clone();
                states[asset] = state;
                open.extend(self.node(states));
            }
            // The best bound last, where it is taken from.
            open.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        }
        self.best.as_ref().map_or(f64::INFINITY, |(value, _)| *value)
    }

    /// The relaxed problem of some states.
    fn node(&mut self, states: Vec<State>) -> Result<Node, Failure> {
        let solution = self.relaxed(&states)?;
        let bound = search_sign(self.ground) * solution.objective;
        Ok(Node { states, weights: solution.weights, bound })
    }

    fn relaxed(&mut self, states: &[State]) -> Result<Solution, Failure> {
        self.solved += 1;
        let constraints = &self.ground.problem.constraints;
        let of = |state: State| (0..states.len()).filter(move |&at| states[at] == state);
        let (held, out): (Vec<usize>, Vec<usize>) =
            (of(State::Held).collect(), of(State::Out).collect());
        let mut limits = self.limits.to_vec();
        if let Some(most) = constraints.max_positions {
            let terms = of(State::Open).filter(|&at| self.high[at] > 0.0);
            let terms = terms.map(|at| (at, 1.0 / self.high[at])).collect();
            let left = most as f64 - held.len() as f64;
            limits.push(Limit::at_most(String::new(), Measure::Sum(terms), left));
        }
        if let (Some(least), false) = (constraints.min_position, held.is_empty()) {
            limits.push(Limit::at_least(String::new(), Measure::Smallest(held), least));
        }
        if !out.is_empty() {
            limits.push(Limit::at_most(String::new(), Measure::Largest(out), 0.0));
        }
        let direct = direct::best(self.ground, &limits);
        direct.map_or_else(|| compile::optimum(self.ground, &limits), Ok)
    }

    /// The open asset whose weight is least decided, if the weights are not allowed.
    fn violated(&self, node: &Node) -> Option<usize> {
        let constraints = &self.ground.problem.constraints;
        let open = |at: &usize| node.states[*at] == State::Open && node.weights[*at] > NOTHING;
        let open: Vec<usize> = (0..node.states.len()).filter(open).collect();
        let held = node.states.iter().filter(|&&state| state == State::Held).count();
        let least = constraints.min_position.unwrap_or(0.0);
        let small = open.iter().any(|&at| node.weights[at] < least - NOTHING);
        let many = constraints.max_positions.is_some_and(|most| held + open.len() > most);
        let undecided = |at: usize| {
            let whole = if small { least } else { self.high[at] };
            (node.weights[at] / whole - 0.5).abs()
        };
        let nearer = |a: &&usize, b: &&usize| undecided(**a).total_cmp(&undecided(**b));
        open.iter().filter(|_| small || many).min_by(nearer).copied()
    }

    /// A good start: of the assets that a node holds, half of those that are too many are left out,
    /// the smallest first, until few enough remain.
    fn eliminate(&mut self, node: &Node) {
        let most = self.ground.problem.constraints.max_positions.unwrap_or(usize::MAX);
        let mut weights = node.weights.clone();
        let mut states = vec![State::Out; weights.len()];
        let mut held: Vec<usize> = (0..weights.len()).filter(|&at| weights[at] > NOTHING).collect();
        held.iter().for_each(|&at| states[at] = State::Open);
        while held.len() > most {
            held.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
            let kept = held.len() - (held.len() - most).div_ceil(2);
            held.drain(kept..).for_each(|at| states[at] = State::Out);
            let Ok(solution) = self.relaxed(&states) else { return };
            weights = solution.weights;
        }
        self.round(&Node { states, weights, bound: node.bound });
    }

    /// Tries the largest weights of a node as the positions.
    fn round(&mut self, node: &Node) {
        let constraints = &self.ground.problem.constraints;
        let most = constraints.max_positions.unwrap_or(usize::MAX);
        let least = constraints.min_position.unwrap_or(0.0);
        let mut order: Vec<usize> = (0..node.states.len()).collect();
        order.sort_by(|&a, &b| node.weights[b].total_cmp(&node.weights[a]));
        let mut states = vec![State::Out; node.states.len()];
        for (rank, &at) in order.iter().enumerate() {
            let is_held = node.states[at] == State::Held;
            if is_held || (rank < most && node.weights[at] > (0.5 * least).max(NOTHING)) {
                states[at] = State::Held;
            }
        }
        let held = |at: &usize| states[*at] == State::Held;
        let held: Vec<usize> = (0..states.len()).filter(held).collect();
        if held.len() <= most && self.rounded.insert(held) {
            self.offer(&states);
        }
    }

    /// Takes the best weights of these states if they are allowed and the best so far.
    fn offer(&mut self, states: &[State]) {
        let Ok(solution) = self.relaxed(states) else { return };
        let checks = checks(&self.ground.problem.constraints, &solution.weights);
        let value = search_sign(self.ground) * solution.objective;
        let is_better = self.best.as_ref().is_none_or(|(best, _)| value < *best);
        if is_better && checks.iter().all(Check::holds) {
            self.best = Some((value, solution));
        }
    }
}
