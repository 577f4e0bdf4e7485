//! An interior-point method for sums of kinked rows, which tells a simplex method where to begin
//! when there are many of them (Mehrotra 1992, SIAM Journal on Optimization 2).
//!
//! Least level + Σ cost × max(0, target − a'w − share × level), as in [`super::piecewise`]. The
//! excess of a row is u − s with u, s ≥ 0, and its price y is from 0 to its cost. With the weight D
//! of each row, 1/D = u / (cost − y) + s / y, and E of each bound, a step solves
//! E dw − A'dy = f and A dw + dy / D = h, by the smaller of A'DA + E and A/E A' + 1/D.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt;
use faer::{Auto, Mat, MatMut, Par, Spec};
use rayon::prelude::*;

use super::piecewise::Kink;
use crate::estimate::gram;
use crate::vector::{add_scaled, dot};

/// Steps after which it is left where it is.
const STEPS: usize = 60;
/// The sum of all products, as a part of a usual excess, that is near enough.
const NEAR: f64 = 1e-11;
/// What part of the way to the nearest bound is gone.
const PART: f64 = 0.995;
/// A shorter step leads nowhere.
const STILL: f64 = 1e-6;
/// What is left of a pivot, as a part of the largest, that is noise.
const NOISE: f64 = 1e-14;

/// Kinked rows, and weights within bounds with a sum.
pub(crate) struct Program<'a> {
    /// The coefficients of each weight in the first rows and in the last.
    pub(crate) columns: Vec<(&'a [f64], Vec<f64>)>,
    pub(crate) kinks: Vec<Kink>,
    /// A lower bound and a larger upper one of each weight.
    pub(crate) bounds: Vec<(f64, f64)>,
    pub(crate) budget: f64,
}

/// Where the best point is.
#[derive(Clone, Debug)]
pub(crate) struct Corner {
    /// Near its best value.
    pub(crate) level: f64,
    /// The weights between their bounds.
    pub(crate) moving: Vec<usize>,
    /// Those at their upper bounds.
    pub(crate) full: Vec<usize>,
    /// As many rows as weights move: those nearest to their kinks.
    pub(crate) tight: Vec<usize>,
    /// Those above their kinks.
    pub(crate) above: Vec<usize>,
    /// How often the algorithm went round.
    pub(crate) steps: usize,
}

/// Numbers above zero whose products go to zero: a distance and its price.
#[derive(Clone, Debug)]
struct Pairs {
    distances: Vec<f64>,
    prices: Vec<f64>,
}

/// The places of the pairs: u with cost − y, s with y, and the distances to both bounds.
const ABOVE: usize = 0;
const BELOW: usize = 1;
const LOWER: usize = 2;
const UPPER: usize = 3;

/// A point between all bounds, or the step from one to the next.
struct Point {
    weights: Vec<f64>,
    level: f64,
    /// The price of the sum of the weights.
    sum: f64,
    pairs: [Pairs; 4],
}

impl Program<'_> {
    /// Where the best point is, as far as that can be told.
    pub(crate) fn corner(&self) -> Option<Corner> {
        let (mut point, usual) = self.start()?;
        let count = 2.0 * (self.kinks.len() + self.columns.len()) as f64;
        let mut steps = 0;
        while steps < STEPS {
            steps += 1;
            let gap = point.gap();
            if gap <= NEAR * usual {
                break;
            }
            let system = System::of(self, &point)?;
            let straight = system.step(self, &point, (0.0, None));
            let ratio = point.after(&straight, point.room(&straight, 1.0)).gap() / gap;
            let goal = ratio * ratio * ratio * gap / count;
            let step = system.step(self, &point, (goal, Some(&straight)));
            let lengths = point.room(&step, PART);
            if lengths.iter().all(|length| *length < STILL) {
                break;
            }
            point = point.after(&step, lengths);
        }
        point.gap().is_finite().then(|| Corner { steps, ..self.read(&point, usual) })
    }

    /// Weights as far between their bounds as they sum to the budget, a level that the tail is
    /// above, and prices all alike; with the usual size of an excess.
    fn start(&self) -> Option<(Point, f64)> {
        let sum = |of: fn(&(f64, f64)) -> f64| self.bounds.iter().map(of).sum::<f64>();
        let part = (self.budget - sum(|b| b.0)) / (sum(|b| b.1) - sum(|b| b.0));
        if !(1e-9..=1.0 - 1e-9).contains(&part) {
            return None;
        }
        let weights: Vec<f64> = self.bounds.iter().map(|(l, u)| l + part * (u - l)).collect();
        let shares: f64 = self.kinks.iter().map(|kink| kink.share).sum();
        let mut losses = self.excess(&weights, 0.0);
        let is_loss = |at: &usize| self.kinks[*at].share > 0.0;
        let mut order: Vec<usize> = (0..losses.len()).filter(is_loss).collect();
        order.sort_by(|a, b| losses[*b].total_cmp(&losses[*a]));
        let mut cost = 0.0;
        let edge = order.iter().find(|at| {
            cost += self.kinks[**at].share * self.kinks[**at].cost;
            cost >= 1.0
        })?;
        let level = losses[*edge] / self.kinks[*edge].share;
        losses.iter_mut().zip(&self.kinks).for_each(|(loss, kink)| *loss -= kink.share * level);
        let usual = losses.iter().map(|loss| loss.abs()).sum::<f64>() / losses.len() as f64;
        let price = |kink: &Kink| if kink.share > 0.0 { 1.0 / shares } else { 1e-3 * kink.cost };
        let prices: Vec<f64> = self.kinks.iter().map(price).collect();
        let earned = self.down(&prices);
        let sum = -earned.iter().sum::<f64>() / earned.len() as f64;
        let rows = |sign: f64, prices: Vec<f64>| Pairs {
            distances: losses.iter().map(|loss| (sign * loss).max(0.0) + usual).collect(),
            prices,
        };
        let bounds = |sign: f64, distance: &dyn Fn(f64, &(f64, f64)) -> f64| {
            let pairs = weights.iter().zip(&self.bounds);
            let distances: Vec<f64> = pairs.map(|(w, bounds)| distance(*w, bounds)).collect();
            let prices = earned.iter().zip(&distances).map(|(earned, distance)| {
                (-sign * (earned + sum)).max(0.0) + usual / shares / distance
            });
            Pairs { prices: prices.collect(), distances }
        };
        let rest = self.kinks.iter().zip(&prices).map(|(kink, price)| kink.cost - price).collect();
        let pairs = [
            rows(1.0, rest),
            rows(-1.0, prices),
            bounds(1.0, &|weight, bounds| weight - bounds.0),
            bounds(-1.0, &|weight, bounds| bounds.1 - weight),
        ];
        (usual > 0.0).then_some((Point { weights, level, sum, pairs }, usual))
    }

    /// What stands on its bound at the best point and what does not: of a distance and its price
    /// one goes to zero.
    fn read(&self, point: &Point, usual: f64) -> Corner {
        let typical = 1.0 / self.columns.len() as f64;
        let far = |at: usize, i: usize, unit: f64| {
            let Pairs { distances, prices } = &point.pairs[at];
            (distances[i] / unit) / (prices[i] * unit).max(f64::MIN_POSITIVE)
        };
        // Distances in units of weights and of losses.
        let weight = (typical / usual).sqrt();
        let loss = (usual * self.kinks.len() as f64).sqrt();
        let (mut moving, mut full) = (Vec::new(), Vec::new());
        for at in 0..self.columns.len() {
            match (far(LOWER, at, weight) > 1.0, far(UPPER, at, weight) > 1.0) {
                (true, true) => moving.push(at),
                (true, false) => full.push(at),
                (false, _) => {}
            }
        }
        let away = |at: usize| far(ABOVE, at, loss).max(far(BELOW, at, loss));
        let mut tight: Vec<usize> = (0..self.kinks.len()).collect();
        tight.sort_by(|a, b| away(*a).total_cmp(&away(*b)).then(a.cmp(b)));
        let rest = tight.split_off(moving.len().min(tight.len()));
        let above = rest.into_iter().filter(|at| far(ABOVE, *at, loss) > 1.0).collect();
        Corner { level: point.level, moving, full, tight, above, steps: 0 }
    }

    fn entry(&self, column: usize, row: usize) -> f64 {
        let (first, second) = &self.columns[column];
        first.get(row).copied().unwrap_or_else(|| second[row - first.len()])
    }

    /// target − a'w − share × level of each row.
    fn excess(&self, weights: &[f64], level: f64) -> Vec<f64> {
        let rows = self.kinks.iter().zip(self.across(weights));
        rows.map(|(kink, sum)| kink.target - sum - kink.share * level).collect()
    }

    /// A w.
    fn across(&self, weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.kinks.len()];
        for ((first, second), weight) in self.columns.iter().zip(weights) {
            let (top, bottom) = sums.split_at_mut(first.len());
            add_scaled(top, *weight, first);
            add_scaled(bottom, *weight, second);
        }
        sums
    }

    /// A'y.
    fn down(&self, prices: &[f64]) -> Vec<f64> {
        let earned = |(first, second): &(&[f64], Vec<f64>)| {
            let (top, bottom) = prices.split_at(first.len());
            dot(first, top) + dot(second, bottom)
        };
        self.columns.par_iter().with_min_len(16).map(earned).collect()
    }

    /// What the prices of the level are.
    fn shared(&self, prices: &[f64]) -> f64 {
        self.kinks.iter().zip(prices).map(|(kink, price)| kink.share * price).sum()
    }
}

impl Point {
    /// The sum of all products.
    fn gap(&self) -> f64 {
        self.pairs.iter().map(|pairs| dot(&pairs.distances, &pairs.prices)).sum()
    }

    /// How far distances and prices can go by a step, as a part of the way to zero.
    fn room(&self, step: &Point, part: f64) -> [f64; 2] {
        let room = |of: fn(&Pairs) -> &Vec<f64>| {
            let pairs = self.pairs.iter().zip(&step.pairs);
            let each = pairs.flat_map(|(now, change)| of(now).iter().zip(of(change)));
            let falling = each.filter(|(_, change)| **change < 0.0);
            falling.map(|(now, change)| -part * now / change).fold(1.0, f64::min)
        };
        [room(|pairs| &pairs.distances), room(|pairs| &pairs.prices)]
    }

    /// Where a step leads.
    fn after(&self, step: &Point, [far, dear]: [f64; 2]) -> Point {
        let moved = |now: &[f64], change: &[f64], by: f64| {
            now.iter().zip(change).map(|(now, change)| now + by * change).collect::<Vec<f64>>()
        };
        let pairs = |at: usize| {
            let (now, change) = (&self.pairs[at], &step.pairs[at]);
            Pairs {
                distances: moved(&now.distances, &change.distances, far),
                prices: moved(&now.prices, &change.prices, dear),
            }
        };
        Point {
            weights: moved(&self.weights, &step.weights, far),
            level: self.level + far * step.level,
            sum: self.sum + dear * step.sum,
            pairs: [ABOVE, BELOW, LOWER, UPPER].map(pairs),
        }
    }
}

/// Changes of weights and of the prices of rows.
type Change = (Vec<f64>, Vec<f64>);

/// The equations of a step.
struct System {
    factor: Mat<f64>,
    /// D and E.
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// What the weights and the prices miss.
    excess: Vec<f64>,
    earned: Vec<f64>,
    /// What a unit of the level and one of the price of the sum change.
    level: Change,
    sum: Change,
}

impl System {
    fn of(program: &Program<'_>, point: &Point) -> Option<Self> {
        let ratio = |at: usize, i: usize| point.pairs[at].distances[i] / point.pairs[at].prices[i];
        let count = (program.kinks.len(), program.columns.len());
        let rows: Vec<f64> =
            (0..count.0).map(|i| 1.0 / (ratio(ABOVE, i) + ratio(BELOW, i))).collect();
        let columns: Vec<f64> =
            (0..count.1).map(|i| 1.0 / ratio(LOWER, i) + 1.0 / ratio(UPPER, i)).collect();
        let factor = if count.1 <= count.0 {
            let roots: Vec<f64> = rows.iter().map(|d| d.sqrt()).collect();
            let matrix = gram(count, 1.0, |column, range, out| {
                let entries = range.map(|row| roots[row] * program.entry(column, row));
                out.iter_mut().zip(entries).for_each(|(out, entry)| *out = entry);
            });
            factored(matrix, columns.iter().copied())?
        } else {
            let roots: Vec<f64> = columns.iter().map(|e| 1.0 / e.sqrt()).collect();
            let matrix = gram((count.1, count.0), 1.0, |row, range, out| {
                let entries = range.map(|column| roots[column] * program.entry(column, row));
                out.iter_mut().zip(entries).for_each(|(out, entry)| *out = entry);
            });
            factored(matrix, rows.iter().map(|d| 1.0 / d))?
        };
        let excess = program.excess(&point.weights, point.level);
        let earned = program.down(&point.pairs[BELOW].prices);
        let (level, sum) = Default::default();
        let mut system = Self { factor, rows, columns, excess, earned, level, sum };
        let shares: Vec<f64> = program.kinks.iter().map(|kink| kink.share).collect();
        system.level = system.solve(program, (vec![0.0; count.1], shares));
        system.sum = system.solve(program, (vec![1.0; count.1], vec![0.0; count.0]));
        Some(system)
    }

    /// E dw − A'dy = f and A dw + dy / D = h.
    fn solve(&self, program: &Program<'_>, (mut f, mut h): Change) -> Change {
        if self.factor.nrows() == f.len() {
            let weighed: Vec<f64> = h.iter().zip(&self.rows).map(|(h, d)| h * d).collect();
            add_scaled(&mut f, 1.0, &program.down(&weighed));
            self.back(&mut f);
            add_scaled(&mut h, -1.0, &program.across(&f));
            h.iter_mut().zip(&self.rows).for_each(|(h, d)| *h *= d);
        } else {
            let weighed: Vec<f64> = f.iter().zip(&self.columns).map(|(f, e)| f / e).collect();
            add_scaled(&mut h, -1.0, &program.across(&weighed));
            self.back(&mut h);
            add_scaled(&mut f, 1.0, &program.down(&h));
            f.iter_mut().zip(&self.columns).for_each(|(f, e)| *f /= e);
        }
        (f, h)
    }

    fn back(&self, b: &mut [f64]) {
        let size = b.len();
        let b = MatMut::from_column_major_slice_mut(b, size, 1);
        let needed = llt::solve::solve_in_place_scratch::<f64>(size, 1, Par::Seq);
        let mut memory = MemBuffer::new(needed);
        llt::solve::solve_in_place(self.factor.as_ref(), b, Par::Seq, MemStack::new(&mut memory));
    }

    /// The step to where each product is the goal, less what the products of an earlier step add.
    fn step(
        &self,
        program: &Program<'_>,
        point: &Point,
        (goal, earlier): (f64, Option<&Point>),
    ) -> Point {
        let missed = |at: usize, i: usize| {
            let product = |of: &Point| of.pairs[at].distances[i] * of.pairs[at].prices[i];
            goal - product(point) - earlier.map_or(0.0, product)
        };
        let by_price = |at: usize, i: usize| missed(at, i) / point.pairs[at].prices[i];
        let by_distance = |at: usize, i: usize| missed(at, i) / point.pairs[at].distances[i];
        let [above, below, lower, upper] = &point.pairs;
        let row = |i: usize| {
            let known = self.excess[i] - (above.distances[i] - below.distances[i]);
            known - by_price(ABOVE, i) + by_price(BELOW, i)
        };
        let column = |i: usize| {
            let known = self.earned[i] + point.sum + lower.prices[i] - upper.prices[i];
            known + by_distance(LOWER, i) - by_distance(UPPER, i)
        };
        let f = (0..self.columns.len()).map(column).collect();
        let h = (0..self.rows.len()).map(row).collect();
        let (mut weights, mut prices) = self.solve(program, (f, h));
        // The level and the price of the sum are those at which both sums are right.
        let total = |weights: &[f64]| weights.iter().sum::<f64>();
        let left = (
            1.0 - program.shared(&below.prices) - program.shared(&prices),
            program.budget - total(&point.weights) - total(&weights),
        );
        let of_level = (-program.shared(&self.level.1), -total(&self.level.0));
        let of_sum = (program.shared(&self.sum.1), total(&self.sum.0));
        let determinant = of_level.0 * of_sum.1 - of_sum.0 * of_level.1;
        let level = (left.0 * of_sum.1 - of_sum.0 * left.1) / determinant;
        let sum = (of_level.0 * left.1 - left.0 * of_level.1) / determinant;
        for (change, by) in [(&self.level, -level), (&self.sum, sum)] {
            add_scaled(&mut weights, by, &change.0);
            add_scaled(&mut prices, by, &change.1);
        }
        let distances = |at: usize, sign: f64| {
            let ratio = |i: usize| point.pairs[at].distances[i] / point.pairs[at].prices[i];
            let change = |(i, price): (usize, &f64)| by_price(at, i) - sign * ratio(i) * price;
            prices.iter().enumerate().map(change).collect::<Vec<f64>>()
        };
        let costs = |at: usize, sign: f64| {
            let ratio = |i: usize| point.pairs[at].prices[i] / point.pairs[at].distances[i];
            let change = |(i, weight): (usize, &f64)| by_distance(at, i) - sign * ratio(i) * weight;
            weights.iter().enumerate().map(change).collect::<Vec<f64>>()
        };
        let negated = |values: &[f64]| values.iter().map(|value| -value).collect::<Vec<f64>>();
        let pairs = [
            Pairs { distances: distances(ABOVE, -1.0), prices: negated(&prices) },
            Pairs { distances: distances(BELOW, 1.0), prices: prices.clone() },
            Pairs { distances: weights.clone(), prices: costs(LOWER, 1.0) },
            Pairs { distances: negated(&weights), prices: costs(UPPER, -1.0) },
        ];
        Point { weights, level, sum, pairs }
    }
}

/// The factor of a matrix with more on its diagonal.
fn factored(mut matrix: Mat<f64>, more: impl Iterator<Item = f64>) -> Option<Mat<f64>> {
    let mut largest = 0.0_f64;
    for (at, more) in more.enumerate() {
        matrix[(at, at)] += more;
        largest = largest.max(matrix[(at, at)]);
    }
    let settings = Spec::new(<llt::factor::LltParams as Auto<f64>>::auto());
    let needed = llt::factor::cholesky_in_place_scratch(matrix.nrows(), Par::Seq, settings);
    let noise = llt::factor::LltRegularization {
        dynamic_regularization_delta: largest,
        dynamic_regularization_epsilon: NOISE * largest,
    };
    let mut memory = MemBuffer::new(needed);
    let stack = MemStack::new(&mut memory);
    let done = llt::factor::cholesky_in_place(matrix.as_mut(), noise, Par::Seq, stack, settings);
    done.is_ok().then_some(matrix)
}
