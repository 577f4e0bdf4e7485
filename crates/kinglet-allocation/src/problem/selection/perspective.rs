//! Bounds where the variance is weighed: much nearer than those that let any asset be held.
//!
//! With a diagonal D that can be taken out of Σ the square of a weight counts as w²/z, where z from
//! 0 to 1 says how far the asset is held: Dᵢᵢ times that, and the rest w'(Σ − D)w as before
//! (Frangioni and Gentile 2006, Mathematical Programming 106). The bound itself does not rest on
//! the solver: with Q = Σ − D, for any weights v and any prices of the limits, w'Qw ≥ 2v'Qw − v'Qv
//! leaves a sum over assets, of which the best few are taken.

use faer::Mat;

use super::State;
use super::diagonal::separable;
use crate::problem::conic::{Affine, Failure, Model};
use crate::problem::direct;
use crate::problem::limit::{Ground, Limit};
use crate::problem::{Objective, Risk};

/// Assets beside twice as many as may be held, over which a relaxed problem is solved at first.
const SPARE: usize = 20;

/// Least w'Σw − linear'w with equality'w = level, rows a'w ≤ b, 0 ≤ w ≤ upper, few positions, each
/// of the least size.
#[derive(Clone)]
pub(super) struct Perspective {
    covariance: Mat<f64>,
    linear: Vec<f64>,
    equality: (Vec<f64>, f64),
    rows: Vec<(Vec<f64>, f64)>,
    upper: Vec<f64>,
    least: f64,
    most: usize,
    /// D.
    own: Vec<f64>,
    /// How the objective follows from the least, small where it is good.
    sense: Sense,
}

#[derive(Clone, Copy)]
enum Sense {
    /// √(value + constant).
    Root(f64),
    /// Times a number.
    Times(f64),
    /// −(a number) / √value; weights are as their sum is the budget.
    Ratio(f64, f64),
}

/// What a relaxed problem says.
pub(super) struct Relaxed {
    pub(super) weights: Vec<f64>,
    /// How far each asset is held.
    pub(super) shares: Vec<f64>,
    pub(super) bound: f64,
    /// The bound if nothing were held, before its sense, and what holding each asset takes off it.
    constant: f64,
    pub(super) gains: Vec<f64>,
}

impl Perspective {
    /// Where the objective weighs a variance and all other limits are linear, with nothing that
    /// must be held.
    pub(super) fn of(ground: &Ground<'_>, limits: &[Limit]) -> Option<Self> {
        let constraints = &ground.problem.constraints;
        let linear = direct::linear(ground, limits)?;
        let covariance = ground.universe.covariance?;
        if linear.lower.iter().any(|lower| *lower > 0.0) {
            return None;
        }
        let (assets, budget) = (ground.assets(), linear.budget);
        let mean = || ground.universe.mean.filter(|_| direct::is_net(ground));
        let mut rows: Vec<(Vec<f64>, f64)> =
            linear.rows.into_iter().map(|row| (row.coefficients, row.limit)).collect();
        let mut upper = linear.upper;
        let mut least = constraints.min_position.unwrap_or(0.0);
        let sum = (vec![1.0; assets], budget);
        let ratio = |premium: Vec<f64>| {
            let top = premium.iter().copied().fold(0.0, f64::max);
            let scaled = premium.iter().map(|value| value / top).collect();
            (top > 0.0).then_some(((scaled, 1.0), Sense::Ratio(top, budget)))
        };
        let zero = vec![0.0; assets];
        let (wanted, (equality, sense)) = match ground.problem.objective {
            Objective::MinRisk(Risk::Volatility) => (zero, (sum, Sense::Root(0.0))),
            Objective::MinTrackingError => {
                let twice = covariance.times(&ground.benchmark).iter().map(|v| 2.0 * v).collect();
                (twice, (sum, Sense::Root(covariance.variance(&ground.benchmark))))
            }
            Objective::MaxUtility { risk: Risk::Volatility, aversion } if aversion > 0.0 => {
                let wanted = mean()?.iter().map(|m| 2.0 / aversion * m).collect();
                (wanted, (sum, Sense::Times(aversion / 2.0)))
            }
            Objective::MaxRatio(Risk::Volatility) => {
                let cash = ground.problem.risk_free / budget;
                (zero, ratio(mean()?.iter().map(|m| m - cash).collect())?)
            }
            Objective::MaxDiversification => (zero, ratio(ground.volatilities.clone())?),
            _ => return None,
        };
        if matches!(sense, Sense::Ratio(..)) {
            // Of weights with any sum each limit is a share of the sum.
            for (coefficients, limit) in &mut rows {
                coefficients.iter_mut().for_each(|value| *value -= *limit / budget);
                *limit = 0.0;
            }
            for (at, upper) in upper.iter_mut().enumerate() {
                if *upper < budget {
                    let mut row = vec![-*upper / budget; assets];
                    row[at] += 1.0;
                    rows.push((row, 0.0));
                }
                *upper = f64::INFINITY;
            }
            // How large a position is depends on their sum: that is left to the search.
            least = 0.0;
        }
        let covariance = covariance.dense();
        let own = separable(&covariance, &vec![1.0; assets])?;
        let most = constraints.max_positions.unwrap_or(assets);
        let linear = wanted;
        Some(Self { covariance, linear, equality, rows, upper, least, most, own, sense })
    }

    /// The relaxed problem of some states, at first over the assets that took most off a bound near
    /// by; others are added as long as they would take off more than the last of those.
    pub(super) fn relaxed(&self, states: &[State], gains: &[f64]) -> Result<Relaxed, Failure> {
        const ROUNDS: usize = 4;
        let of = |state: State| (0..states.len()).filter(move |&at| states[at] == state);
        let left = self.most.saturating_sub(of(State::Held).count());
        let mut open: Vec<usize> = of(State::Open).collect();
        let by_gain = |gains: &[f64], open: &mut [usize]| {
            open.sort_by(|&a, &b| gains[b].total_cmp(&gains[a]).then(a.cmp(&b)));
        };
        by_gain(gains, &mut open);
        let mut count = open.len().min(2 * left + SPARE);
        for _ in 1..ROUNDS {
            let kept = of(State::Held).chain(open[..count].iter().copied()).collect();
            let relaxed = self.over(states, kept);
            let Ok(found) = &relaxed else { break };
            let (known, others) = open.split_at_mut(count);
            by_gain(&found.gains, known);
            by_gain(&found.gains, others);
            let last = left.checked_sub(1).and_then(|at| known.get(at));
            let last = last.map_or(0.0, |&at| found.gains[at].max(0.0));
            let missed = others.iter().take_while(|&&at| found.gains[at] > 1.000_001 * last);
            match missed.count() {
                0 => return relaxed,
                missed => count += missed,
            }
        }
        self.over(states, of(State::Held).chain(open).collect())
    }

    /// The same over some of the assets; its bound is of all.
    fn over(&self, states: &[State], kept: Vec<usize>) -> Result<Relaxed, Failure> {
        let count = kept.len();
        let mut model = Model::default();
        // Weights, how far they are held, and the squares of weights by that.
        let (first, held, square) =
            (model.variables(count), model.variables(count), model.variables(count));
        let unit = count as f64 / kept.iter().map(|&at| self.covariance[(at, at)]).sum::<f64>();
        let weight = |n: usize| Affine::variable(first + n);
        let over = |values: &[f64]| Affine {
            terms: kept.iter().enumerate().map(|(n, &at)| (first + n, values[at])).collect(),
            constant: 0.0,
        };
        let (equality, level) = &self.equality;
        model.zero(over(equality).plus(&Affine::constant(-level)));
        for (row, limit) in &self.rows {
            model.nonnegative(Affine::constant(*limit).minus(&over(row)));
        }
        model.minimise(&over(&self.linear).times(-unit));
        let mut positions = Affine::constant(self.most as f64);
        for (n, &at) in kept.iter().enumerate() {
            for (m, &other) in kept.iter().enumerate().take(n + 1) {
                let twice = if n == m { 1.0 } else { 2.0 };
                let own = if n == m { self.own[at] } else { 0.0 };
                let value = self.covariance[(at, other)] - own;
                model.minimise_product(first + m, first + n, unit * twice * value);
            }
            let share = Affine::variable(held + n);
            positions = positions.minus(&share);
            if states[at] == State::Held {
                model.zero(share.clone().plus(&Affine::constant(-1.0)));
                model.minimise_product(first + n, first + n, unit * self.own[at]);
                model.zero(Affine::variable(square + n));
            } else {
                let part = Affine::variable(square + n);
                model.minimise(&part.clone().times(unit * self.own[at]));
                let twice = weight(n).times(2.0);
                model.norm(vec![part.clone().plus(&share), twice, part.minus(&share)]);
                model.nonnegative(Affine::constant(1.0).minus(&share));
            }
            model.nonnegative(weight(n).minus(&share.clone().times(self.least)));
            if self.upper[at].is_finite() {
                model.nonnegative(share.times(self.upper[at]).minus(&weight(n)));
            }
        }
        model.nonnegative(positions);
        let found = model.solve()?;
        let spread = |from: usize| {
            let mut all = vec![0.0; states.len()];
            kept.iter().enumerate().for_each(|(n, &at)| all[at] = found.values[from + n].max(0.0));
            all
        };
        let (weights, shares) = (spread(first), spread(held));
        let zeros = 1 + 2 * kept.iter().filter(|&&at| states[at] == State::Held).count();
        let price = found.prices[0] / unit;
        let of_rows: Vec<f64> =
            (0..self.rows.len()).map(|row| (found.prices[zeros + row] / unit).max(0.0)).collect();
        let (constant, gains) = self.parts(&weights, (price, &of_rows), states);
        let bound = self.value(total((constant, &gains), states, self.most));
        let weights = self.whole(weights);
        Ok(Relaxed { weights, shares, bound, constant, gains })
    }

    /// What the bound is made of, for weights and prices of the equality and of the rows.
    fn parts(
        &self,
        weights: &[f64],
        (price, of_rows): (f64, &[f64]),
        states: &[State],
    ) -> (f64, Vec<f64>) {
        let mut constant = price * self.equality.1;
        let mut gains = vec![0.0; weights.len()];
        let mut earned: Vec<f64> =
            self.equality.0.iter().zip(&self.linear).map(|(a, c)| price * a + c).collect();
        for ((row, limit), price) in self.rows.iter().zip(of_rows) {
            constant -= price * limit;
            earned.iter_mut().zip(row).for_each(|(earned, a)| *earned -= price * a);
        }
        for at in (0..weights.len()).filter(|&at| states[at] != State::Out) {
            let column = self.covariance.col_as_slice(at);
            let product: f64 = column.iter().zip(weights).map(|(s, w)| s * w).sum();
            let rest = product - self.own[at] * weights[at];
            constant -= weights[at] * rest;
            let slope = earned[at] - 2.0 * rest;
            let best = (slope / (2.0 * self.own[at])).min(self.upper[at]).max(self.least);
            gains[at] = slope * best - self.own[at] * best * best;
        }
        (constant, gains)
    }

    /// Leaves out, and holds, what must be if anything below a node is to be better than a value.
    pub(super) fn settle(&self, relaxed: &Relaxed, states: &mut [State], value: f64) {
        for at in (0..states.len()).filter(|&at| states[at] == State::Open).collect::<Vec<_>>() {
            let with = |state: State| {
                let mut states = states.to_vec();
                states[at] = state;
                self.value(total((relaxed.constant, &relaxed.gains), &states, self.most)) >= value
            };
            if with(State::Held) {
                states[at] = State::Out;
            } else if with(State::Out) {
                states[at] = State::Held;
            }
        }
    }

    /// Takes out the diagonal that makes the bound at a relaxed problem the best, of the assets
    /// that may be held.
    pub(super) fn sharpen(&mut self, (weights, shares): (&[f64], &[f64]), states: &[State]) {
        let kept: Vec<usize> = (0..states.len()).filter(|&at| states[at] != State::Out).collect();
        let part = Mat::from_fn(kept.len(), kept.len(), |i, j| self.covariance[(kept[i], kept[j])]);
        // What a unit of the diagonal adds, in units of the variances; a little for each asset.
        let adds = |&at: &usize| {
            let (weight, share) = (weights[at], shares[at].max(1e-9));
            self.covariance[(at, at)] * weight * weight * (1.0 / share - 1.0).max(0.0)
        };
        let adds: Vec<f64> = kept.iter().map(adds).collect();
        let mean = adds.iter().sum::<f64>() / kept.len() as f64;
        if mean.is_nan() || mean <= 0.0 {
            return;
        }
        let weights: Vec<f64> = adds.iter().map(|adds| 0.1 + adds / mean).collect();
        if let Some(own) = separable(&part, &weights) {
            kept.iter().zip(own).for_each(|(&at, own)| self.own[at] = own);
        }
    }

    fn value(&self, least: f64) -> f64 {
        match self.sense {
            Sense::Root(constant) => (least + constant).max(0.0).sqrt(),
            Sense::Times(factor) => factor * least,
            Sense::Ratio(top, _) if least > 0.0 => -top / least.sqrt(),
            Sense::Ratio(..) => f64::NEG_INFINITY,
        }
    }

    fn whole(&self, mut weights: Vec<f64>) -> Vec<f64> {
        if let Sense::Ratio(_, budget) = self.sense {
            let sum: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|weight| *weight *= budget / sum);
        }
        weights
    }
}

/// The number less what the held and the best of the open assets take off it.
fn total((constant, gains): (f64, &[f64]), states: &[State], most: usize) -> f64 {
    let mut open = Vec::new();
    let (mut sum, mut left) = (constant, most);
    for (state, gain) in states.iter().zip(gains) {
        match state {
            State::Held => {
                sum -= gain;
                left = left.saturating_sub(1);
            }
            State::Open if *gain > 0.0 => open.push(*gain),
            State::Open | State::Out => {}
        }
    }
    open.sort_by(|a, b| b.total_cmp(a));
    sum - open.iter().take(left).sum::<f64>()
}
