//! Minimisation of a smooth function by L-BFGS: the two-loop recursion of Nocedal (1980), with
//! steps halved until they bring enough (Armijo). The same input gives the same bits.

use std::collections::VecDeque;

/// How many steps the curvature is estimated from.
const HISTORY: usize = 10;

/// What share of the decrease that the slope promises a step has to bring.
const ENOUGH: f64 = 1e-4;

const HALVINGS: usize = 40;

/// Where a gradient counts as none, relative to the value.
const FLAT: f64 = 1e-9;

/// A step with the change of the gradient along it, and one over their product.
struct Step {
    s: Vec<f64>,
    y: Vec<f64>,
    rho: f64,
}

/// The point that `objective` is least at, as far as some iterations from `start` lead. The
/// objective gives its value and writes its gradient.
pub(crate) fn minimise(
    objective: impl Fn(&[f64], &mut [f64]) -> f64,
    start: Vec<f64>,
    iterations: usize,
) -> Vec<f64> {
    let mut at = start;
    let mut gradient = vec![0.0; at.len()];
    let mut value = objective(&at, &mut gradient);
    let mut steps: VecDeque<Step> = VecDeque::new();
    for _ in 0..iterations {
        let norm = dot(&gradient, &gradient);
        if norm.sqrt() <= FLAT * value.abs().max(1.0) {
            break;
        }
        let direction = direction(&gradient, &steps);
        let slope = dot(&gradient, &direction);
        let mut length = if steps.is_empty() { 1.0 / norm.sqrt().max(1.0) } else { 1.0 };
        let mut next = (value, at.clone(), gradient.clone());
        for _ in 0..HALVINGS {
            next.1 = at.iter().zip(&direction).map(|(x, d)| x + length * d).collect();
            next.0 = objective(&next.1, &mut next.2);
            if next.0 <= value + ENOUGH * length * slope {
                break;
            }
            length /= 2.0;
        }
        if next.0 >= value {
            break;
        }
        let (s, y) = (minus(&next.1, &at), minus(&next.2, &gradient));
        let curvature = dot(&s, &y);
        if curvature > 0.0 {
            steps.truncate(HISTORY - 1);
            steps.push_front(Step { s, y, rho: 1.0 / curvature });
        }
        (value, at, gradient) = next;
    }
    at
}

/// Down from here, by the curvature that the last steps showed, the latest first.
fn direction(gradient: &[f64], steps: &VecDeque<Step>) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(steps.len());
    for step in steps {
        let share = step.rho * dot(&step.s, &q);
        add(&mut q, -share, &step.y);
        shares.push(share);
    }
    if let Some(last) = steps.front() {
        let scale = 1.0 / (last.rho * dot(&last.y, &last.y));
        q.iter_mut().for_each(|x| *x *= scale);
    }
    for (step, share) in steps.iter().zip(shares).rev() {
        let back = step.rho * dot(&step.y, &q);
        add(&mut q, share - back, &step.s);
    }
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(x, y)| *x += times * y);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banana_valley_is_followed_to_its_end() {
        // Rosenbrock's function is least at (1, 1), at the end of a curved valley.
        let banana = |x: &[f64], g: &mut [f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            g.copy_from_slice(&[-2.0 * a - 400.0 * x[0] * b, 200.0 * b]);
            a * a + 100.0 * b * b
        };
        let found = minimise(banana, vec![-1.2, 1.0], 200);
        assert!(found.iter().all(|x| (x - 1.0).abs() < 1e-5), "{found:?}");
    }

    #[test]
    fn a_start_at_the_least_point_stays() {
        let bowl = |x: &[f64], g: &mut [f64]| {
            g[0] = 2.0 * (x[0] - 3.0);
            (x[0] - 3.0) * (x[0] - 3.0)
        };
        assert_eq!(minimise(bowl, vec![3.0], 10), [3.0]);
    }
}
