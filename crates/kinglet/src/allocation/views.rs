//! Views, held: pooled with the history or blended with the estimates, and what each moved.

use kinglet_allocation::AllocationError;
use kinglet_allocation::estimate::{historical, weighted, weighted_mean};
use kinglet_allocation::problem::Rule;
use kinglet_allocation::views::{Posterior, Prior, View, blend, pool};

use super::asked::Asked;
use super::estimate::Estimated;
use super::solved::{Known, yearly};
use crate::wire::{ViewRecord, number};

/// How uncertain expected returns are before views, as a share of the covariance.
const TAU: f64 = 0.05;

impl Known {
    /// Holds views: the estimates are then those with them. Inequalities are pooled with the
    /// history first; portfolios with an expected return are blended with what comes of that.
    pub(super) fn hold(&mut self, asked: &Asked) -> Result<Vec<ViewRecord>, AllocationError> {
        let names = asked.constraints.names(self.returns.names())?;
        let is_rule = |text: &&String| text.contains(['<', '>', '≤', '≥']);
        let (rules, blended): (Vec<&String>, Vec<&String>) = asked.views.iter().partition(is_rule);
        let rules = rules.into_iter().map(|text| Rule::read(text, &names));
        let mut records = self.pool(&rules.collect::<Result<Vec<Rule>, _>>()?)?;
        let views = blended.into_iter().map(|text| View::read(text, &names));
        let mut views = views.collect::<Result<Vec<View>, _>>()?;
        for tilt in &asked.tilts {
            let view =
                View::read(&format!("{} = 0 @ {}", tilt.portfolio, tilt.confidence), &names)?;
            let expected = expected(&view.terms, &self.mean);
            let (by, sure) = (100.0 * tilt.by, 100.0 * tilt.confidence);
            let text = format!(
                "{} {by:+}% beyond what is expected @ {sure}%: {}",
                tilt.portfolio, tilt.because
            );
            views.push(View { text, value: expected + tilt.by, ..view });
        }
        records.extend(self.blend(views)?);
        Ok(records)
    }

    /// Weighs the periods so that what the views say of expected returns holds (Meucci 2008).
    /// Means and covariance are then those of the weighted periods.
    fn pool(&mut self, views: &[Rule]) -> Result<Vec<ViewRecord>, AllocationError> {
        if views.is_empty() {
            return Ok(Vec::new());
        }
        let per_year = self.returns.periods_per_year();
        let of_a_period = |rule: &Rule| Rule {
            min: rule.min / per_year,
            max: rule.max / per_year,
            ..rule.clone()
        };
        let periods: Vec<Rule> = views.iter().map(of_a_period).collect();
        // What a view moved is what changes when it is held beside those before it.
        let mut means = vec![yearly(historical(&self.returns), per_year)];
        for count in 1..=views.len() {
            let pooled = pool(&self.returns, &periods[..count])?;
            means.push(yearly(weighted_mean(&self.returns, &pooled.probabilities), per_year));
            if count == views.len() {
                let covariance = weighted(&self.returns, &pooled.probabilities);
                let text = format!(
                    "views that are inequalities weigh the periods, which are now worth {:.1} \
                     that are equally likely; means and covariance are of the weighted periods",
                    pooled.scenarios
                );
                self.estimated = Some(Estimated {
                    name: "pooled".to_owned(),
                    covariance: covariance.scaled(per_year),
                    shrinkage: None,
                    notice: Some(("pooled", text)),
                });
                self.probabilities = Some(pooled.probabilities);
            }
        }
        let last = means[views.len()].clone();
        let names = self.returns.names();
        let record = |(at, view): (usize, &Rule)| {
            let moves = means[at + 1].iter().zip(&means[at]).map(|(a, b)| number(a - b));
            ViewRecord {
                view: view.text.clone(),
                confidence: number(1.0),
                expected: number(expected(&view.terms, &means[0])),
                blended: number(expected(&view.terms, &last)),
                moved: names.iter().cloned().zip(moves).collect(),
            }
        };
        let records = views.iter().enumerate().map(record).collect();
        self.mean = last;
        Ok(records)
    }

    /// Blends views with the estimates (Black and Litterman 1992).
    fn blend(&mut self, views: Vec<View>) -> Result<Vec<ViewRecord>, AllocationError> {
        if views.is_empty() {
            return Ok(Vec::new());
        }
        let missing = AllocationError::Missing { what: "a covariance" };
        let covariance = self.covariance().ok_or(missing)?;
        let prior = Prior { mean: &self.mean, covariance, tau: TAU };
        let Posterior { mean, covariance, moves, .. } = blend(&prior, &views)?;
        let names = self.returns.names();
        let record = |(view, moves): (View, Vec<f64>)| ViewRecord {
            confidence: number(view.confidence),
            expected: number(expected(&view.terms, &self.mean)),
            blended: number(expected(&view.terms, &mean)),
            moved: names.iter().cloned().zip(moves.into_iter().map(number)).collect(),
            view: view.text,
        };
        let records = views.into_iter().zip(moves).map(record).collect();
        self.mean = mean;
        if let Some(estimated) = &mut self.estimated {
            estimated.covariance = covariance;
        }
        Ok(records)
    }
}

fn expected(terms: &[(usize, f64)], mean: &[f64]) -> f64 {
    terms.iter().map(|&(at, factor)| factor * mean[at]).sum()
}
