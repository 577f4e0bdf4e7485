//! Conditional logit with a quadratic penalty (McFadden 1974): the weights under which the right
//! candidates of all choices together are likeliest.

use kinglet_core::article::Table;
use libm::{exp, log, rint};

use crate::choice::Choice;
use crate::lbfgs;

/// Gradients of candidates less likely than this are left out: they change no step of a weight.
const UNLIKELY: f64 = 1e-9;

/// The choices of one slot and the penalty on weights.
pub(crate) struct Logit<'a> {
    choices: Vec<&'a Choice>,
    penalty: f64,
}

impl<'a> Logit<'a> {
    /// Choices without a right candidate teach nothing and are left out.
    pub(crate) fn new(choices: impl Iterator<Item = &'a Choice>, penalty: f64) -> Self {
        Logit { choices: choices.filter(|choice| choice.is_possible()).collect(), penalty }
    }

    /// The weights, sought from those at hand.
    pub(crate) fn fit(&self, from: Vec<f64>, iterations: usize) -> Vec<f64> {
        lbfgs::minimise(|w, g| self.loss(w, g), from, iterations)
    }

    /// The negative penalised log-likelihood of the right candidates, and its gradient.
    fn loss(&self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        gradient.iter_mut().zip(weights).for_each(|(g, w)| *g = self.penalty * w);
        let mut loss = 0.5 * self.penalty * weights.iter().map(|w| w * w).sum::<f64>();
        for choice in &self.choices {
            let weight = choice.weight();
            let mut odds: Vec<f64> = choice
                .candidates()
                .map(|candidate| candidate.features.iter().map(|f| weights[*f as usize]).sum())
                .collect();
            let top = odds.iter().copied().fold(f64::MIN, f64::max);
            odds.iter_mut().for_each(|score| *score = exp(*score - top));
            let all: f64 = odds.iter().sum();
            // Where all that is right has vanished beside the rest it still must not be nothing.
            let right = choice.candidates().zip(&odds).filter(|(c, _)| c.right);
            let right: f64 = right.map(|(_, odds)| odds).sum::<f64>() + f64::MIN_POSITIVE;
            loss += weight * (log(all) - log(right));
            for (candidate, odds) in choice.candidates().zip(&odds) {
                let pull = if candidate.right { odds / right } else { 0.0 };
                let slope = weight * (odds / all - pull);
                if slope.abs() > UNLIKELY {
                    candidate.features.iter().for_each(|f| gradient[*f as usize] += slope);
                }
            }
        }
        loss
    }
}

/// Weights as the steps of a table.
pub(crate) fn steps(weights: &[f64]) -> Vec<i8> {
    weights.iter().map(|w| rint(w / Table::STEP).clamp(-127.0, 127.0) as i8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_optimum_of_a_tiny_logit() {
        // Three choices between feature 0 and nothing, two of them for the feature: with p the
        // probability of the feature and penalty l, 2 - 3p = l w. For l = 0.5, w = 0.4246...
        let yes = Choice::new(&[("a", true, &[0]), ("b", false, &[])]);
        let no = Choice::new(&[("a", false, &[0]), ("b", true, &[])]);
        let logit = Logit::new([&yes, &yes, &no].into_iter(), 0.5);
        let w = lbfgs::minimise(|w, g| logit.loss(w, g), vec![0.0; 1], 50)[0];
        let p = 1.0 / (1.0 + (-w).exp());
        assert!((2.0 - 3.0 * p - 0.5 * w).abs() < 1e-7, "{w}");
        assert!((0.35..0.45).contains(&w), "{w}");
        assert_eq!(f64::from(steps(&[w])[0]), (w * 24.0).round());
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let choice =
            Choice::new(&[("a", true, &[0, 1]), ("b", false, &[1, 2]), ("a", true, &[2, 2])]);
        let logit = Logit::new([&choice].into_iter(), 0.3);
        let at = [0.3, -0.2, 0.7];
        let mut gradient = [0.0; 3];
        logit.loss(&at, &mut gradient);
        for n in 0..3 {
            let (mut up, mut down) = (at, at);
            (up[n], down[n]) = (at[n] + 1e-5, at[n] - 1e-5);
            let slope = (logit.loss(&up, &mut [0.0; 3]) - logit.loss(&down, &mut [0.0; 3])) / 2e-5;
            assert!((slope - gradient[n]).abs() < 1e-8, "{n}: {slope} {}", gradient[n]);
        }
    }

    #[test]
    fn a_choice_counts_by_its_weight() {
        let yes = Choice::new(&[("a", true, &[0]), ("b", false, &[])]);
        let no = Choice::new(&[("a", false, &[0]), ("b", true, &[])]);
        let double = Choice::new(&[("a", true, &[0]), ("b", false, &[])]).weighing(2.0);
        let fit = |all: &[&Choice]| Logit::new(all.iter().copied(), 0.5).fit(vec![0.0], 50)[0];
        let apart = fit(&[&yes, &yes, &no]) - fit(&[&double, &no]);
        assert!(apart.abs() < 1e-9, "{apart}");
    }

    #[test]
    fn a_choice_without_a_right_candidate_teaches_nothing() {
        let none = Choice::new(&[("a", false, &[0]), ("b", false, &[1])]);
        assert_eq!(Logit::new([&none].into_iter(), 1.0).fit(vec![0.0; 2], 5), [0.0; 2]);
    }
}
