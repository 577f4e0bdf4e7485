//! Limits on the number and size of positions: which assets are held at all.
//!
//! Branch and bound over the relaxed problems, each settled as any other problem is: an asset is
//! held, left out, or open. The bound of an open one is that of Bienstock (1996), its share of
//! what it may weigh counts as its share of a position; where the variance is weighed it is that of
//! [`Perspective`], which also settles assets without looking below.

mod diagonal;
mod perspective;

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

use perspective::{Perspective, Relaxed};

/// A weight below this is none.
const NOTHING: f64 = 1e-7;
/// What is better by less than this share is not better.
const GAP: f64 = 1e-9;
/// After so many relaxed problems the best so far is returned, with its gap: fewer where there are
/// more assets, as each takes longer by the square of their number.
fn nodes_max(assets: usize, work: usize) -> usize {
    (work / (assets * assets).max(1)).clamp(100, 10_000)
}

/// What relaxed problems may take together, in squares of assets.
const WORK: usize = 20_000_000;
/// The same where few assets matter to a relaxed problem.
const WORK_PERSPECTIVE: usize = 150_000_000;

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
    /// How far each asset is held, from zero to one.
    shares: Vec<f64>,
    /// What holding each asset takes off the bound, where that is known.
    gains: Vec<f64>,
    /// No choice below this node is better; small is good.
    bound: f64,
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    limits: &'a [Limit],
    high: Vec<f64>,
    perspective: Option<Perspective>,
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
    let perspective = Perspective::of(ground, limits);
    let mut search = Search { ground, limits, high, perspective, best: None, rounded, solved: 0 };
    let (states, gains) = (vec![State::Open; ground.assets()], vec![0.0; ground.assets()]);
    let root = search.node(states, gains).map_err(|failure| match failure {
        Failure::Infeasible => explain::error(ground, limits),
        _ => AllocationError::Unbounded,
    })?;
    search.eliminate(&root);
    search.exchange(&root);
    let root = search.sharpened(root);
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
        let assets = root.states.iter().filter(|state| **state != State::Out).count();
        let work = if self.perspective.is_some() { WORK_PERSPECTIVE } else { WORK };
        let most = nodes_max(assets, work);
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            let best = self.best.as_ref().map_or(f64::INFINITY, |(value, _)| *value);
            if node.bound >= best - GAP * best.abs() {
                return best;
            }
            let Some(asset) = self.violated(&node) else {
                // All that is open is worse than this.
                self.offer(&node.states);
                self.round(&node.states, &node.weights);
                continue;
            };
            if self.solved >= most {
                return node.bound;
            }
            self.round(&node.states, &node.weights);
            for state in [State::Held, State::Out] {
                let mut states = node.states.clone();
                states[asset] = state;
                open.extend(self.node(states, node.gains.clone()));
            }
            // The best bound last, where it is taken from.
            open.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        }
        self.best.as_ref().map_or(f64::INFINITY, |(value, _)| *value)
    }

    /// The relaxed problem of some states.
    fn node(&mut self, mut states: Vec<State>, mut near: Vec<f64>) -> Result<Node, Failure> {
        while let Some(bounds) = &self.perspective {
            self.solved += 1;
            let Ok(relaxed) = bounds.relaxed(&states, &near) else { break };
            let before = states.clone();
            if let Some((best, _)) = &self.best {
                bounds.settle(&relaxed, &mut states, best - GAP * best.abs());
            }
            let Relaxed { weights, shares, bound, gains, .. } = relaxed;
            // What was held and is left out now may change all else.
            let is_other = |at: usize| {
                states[at] == State::Out && before[at] == State::Open && weights[at] > NOTHING
            };
            if !(0..states.len()).any(is_other) {
                return Ok(Node { states, weights, shares, gains, bound });
            }
            near = gains;
        }
        let solution = self.relaxed(&states)?;
        let bound = search_sign(self.ground) * solution.objective;
        let least = self.ground.problem.constraints.min_position.unwrap_or(0.0);
        let small = |weight: f64| weight > NOTHING && weight < least - NOTHING;
        let is_small = solution.weights.iter().any(|&weight| small(weight));
        let share = |(weight, high): (&f64, &f64)| weight / if is_small { least } else { *high };
        let shares = solution.weights.iter().zip(&self.high).map(share).collect();
        Ok(Node { states, weights: solution.weights, shares, gains: near, bound })
    }

    /// The root with ever better bounds, as long as they settle more assets.
    fn sharpened(&mut self, mut root: Node) -> Node {
        const ROUNDS: usize = 8;
        const GAIN: f64 = 1e-6;
        for _ in 0..ROUNDS {
            let Some(bounds) = &mut self.perspective else { return root };
            let before = bounds.clone();
            bounds.sharpen((&root.weights, &root.shares), &root.states);
            let next = self.node(root.states.clone(), root.gains.clone());
            let is_better = |next: &Node| next.bound > root.bound + GAIN * root.bound.abs();
            let Some(next) = next.ok().filter(is_better) else {
                self.perspective = Some(before);
                return root;
            };
            root = next;
            self.round(&root.states, &root.weights);
        }
        root
    }

    /// Tries assets that a node would hold next in the place of those held least.
    fn exchange(&mut self, node: &Node) {
        const NEXT: usize = 20;
        const LEAST: usize = 3;
        const ROUNDS: usize = 3;
        let mut order: Vec<usize> = (0..node.shares.len()).collect();
        order.sort_by(|&a, &b| node.shares[b].total_cmp(&node.shares[a]));
        for _ in 0..ROUNDS {
            let Some((before, solution)) = &self.best else { return };
            let (before, weights) = (*before, solution.weights.clone());
            if before - node.bound <= GAP * before.abs() {
                return;
            }
            let is_held = |at: &usize| weights[*at] > NOTHING;
            let mut held: Vec<usize> = (0..weights.len()).filter(is_held).collect();
            held.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]));
            let next = order.iter().copied().filter(|at| !is_held(at)).take(NEXT);
            for (out, into) in next.flat_map(|into| (0..LEAST).map(move |out| (out, into))) {
                let Some(&out) = held.get(out) else { continue };
                let mut shares = vec![0.0; weights.len()];
                held.iter().filter(|&&at| at != out).for_each(|&at| shares[at] = 1.0);
                shares[into] = 1.0;
                self.round(&node.states, &shares);
            }
            if self.best.as_ref().is_none_or(|(best, _)| *best >= before) {
                return;
            }
        }
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
        let of = |state: State| (0..node.states.len()).filter(move |&at| node.states[at] == state);
        let mut open: Vec<usize> =
            of(State::Open).filter(|&at| node.weights[at] > NOTHING).collect();
        let held = of(State::Held).count();
        let least = constraints.min_position.unwrap_or(0.0);
        let mut positions = open.iter().copied().chain(of(State::Held));
        let small = positions.any(|at| node.weights[at] < least - NOTHING);
        let many = constraints.max_positions.is_some_and(|most| held + open.len() > most);
        if small && open.is_empty() {
            open = of(State::Open).collect();
        }
        let undecided = |at: usize| (node.shares[at] - 0.5).abs();
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
        self.round(&states, &weights);
    }

    /// Tries the largest weights of a node as the positions.
    fn round(&mut self, given: &[State], weights: &[f64]) {
        let constraints = &self.ground.problem.constraints;
        let most = constraints.max_positions.unwrap_or(usize::MAX);
        let least = constraints.min_position.unwrap_or(0.0);
        let mut order: Vec<usize> = (0..given.len()).collect();
        order.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]));
        let mut states = vec![State::Out; given.len()];
        for (rank, &at) in order.iter().enumerate() {
            let is_held = given[at] == State::Held;
            if is_held || (rank < most && weights[at] > (0.5 * least).max(NOTHING)) {
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
