//! From a history and a request to the record of what solves it.

use kinglet_allocation::estimate::{Covariance, sample_times, sample_variances};
use kinglet_allocation::problem::{Allocation, Constraints, Objective, Problem, Risk, Universe};
use kinglet_allocation::shares::nearest;
use kinglet_allocation::{AllocationError, Coverage, Missing, Returns};
use kinglet_core::diagnostic::{Code, Diagnostic};
use serde_json::Value;

use super::asked::Asked;
use super::estimate::{self, Estimated};
use super::failure::diagnostic;
use super::history::History;
use crate::data::Progress;
use crate::wire::{
    AllocationRecord, CertificateRecord, CheckRecord, EstimateRecord, FrontierRecord,
    MissingRecord, NoticeRecord, SharesRecord, WeightRecord, number,
};

/// What is known of the assets, of a year.
pub(super) struct Known {
    pub(super) returns: Returns,
    coverage: Coverage,
    pub(super) mean: Vec<f64>,
    /// The covariance, if it was estimated.
    pub(super) estimated: Option<Estimated>,
    /// How much risk counts where expected returns follow from a market.
    aversion: Option<f64>,
    /// How likely each period is, where views were pooled with the history.
    pub(super) probabilities: Option<Vec<f64>>,
}

/// Of the largest volatility of an asset what counts as none.
const RISKLESS: f64 = 1e-6;

/// The weights that a request asks for, with all that is known of them.
///
/// # Errors
/// `Returns`, `Constraint`, `Infeasible`: each with the code and the place of what is wrong.
pub fn solve(
    history: &History,
    asked: &Asked,
    progress: &dyn Progress,
) -> Result<AllocationRecord, Diagnostic> {
    let failed = |error: AllocationError| diagnostic(&error, &history.file);
    let objective = asked.objective()?;
    let (returns, coverage) = history.returns.returns(asked.missing).map_err(failed)?;
    progress.step("estimating", 0, 1);
    let problem =
        Problem { objective, constraints: asked.constraints.clone(), risk_free: asked.risk_free };
    let of = (&returns, &history.returns);
    let estimated = match asked.covariance(&problem) {
        Some(name) => Some(estimate::covariance(name, of)?.map_err(failed)?),
        None => None,
    };
    let aversion = estimate::aversion(asked, of.0).map_err(failed)?;
    let priced = (estimated.as_ref().map(|found| &found.covariance), aversion);
    let mean = estimate::mean(asked, of, priced)?.map_err(failed)?;
    let mut known = Known { returns, coverage, mean, estimated, aversion, probabilities: None };
    let views = known.hold(asked).map_err(failed)?;
    progress.step("finding weights", 0, 1);
    let found = problem.solve(&known.universe()).map_err(failed)?;
    let told = |point: usize| progress.step("frontier", point as u64, asked.frontier as u64);
    let frontier = known.frontier(&problem, (asked.frontier, &told)).map_err(failed)?;
    let mut record = known.record(asked, (&problem, &found));
    record.frontier = frontier;
    record.shares = asked.money.map(|money| shares(history, &found, money)).transpose()?;
    record.views = views;
    record.estimate.file.clone_from(&history.file);
    Ok(record)
}

impl Known {
    /// The covariance, if it was estimated.
    pub(super) fn covariance(&self) -> Option<&Covariance> {
        self.estimated.as_ref().map(|found| &found.covariance)
    }

    /// The covariance of each asset with the portfolio, of a year. Where no covariance is estimated
    /// it is that of the sample, which follows from the returns themselves.
    fn marginal(&self, weights: &[f64]) -> Vec<f64> {
        let sample =
            || yearly(sample_times(&self.returns, weights), self.returns.periods_per_year());
        self.covariance().map_or_else(sample, |covariance| covariance.times(weights))
    }

    /// The variance of each asset, likewise.
    fn variances(&self) -> Vec<f64> {
        let sample = || yearly(sample_variances(&self.returns), self.returns.periods_per_year());
        self.covariance().map_or_else(sample, Covariance::diagonal)
    }

    fn universe(&self) -> Universe<'_> {
        Universe {
            names: self.returns.names(),
            mean: Some(&self.mean),
            covariance: self.covariance(),
            returns: Some(&self.returns),
            probabilities: self.probabilities.as_deref(),
            spans: self.returns.rows() as f64 / self.returns.periods_per_year(),
        }
    }

    /// Points from the least risk to the largest return.
    fn frontier(
        &self,
        problem: &Problem,
        (points, told): (usize, &dyn Fn(usize)),
    ) -> Result<Vec<FrontierRecord>, AllocationError> {
        if points < 2 {
            return Ok(Vec::new());
        }
        let universe = self.universe();
        let risk = problem.objective.risk().unwrap_or(Risk::Volatility);
        let solve = |objective: Objective, min_return: Option<f64>| {
            let min_return = min_return.or(problem.constraints.min_return);
            let constraints = Constraints { min_return, ..problem.constraints.clone() };
            Problem { objective, constraints, ..*problem }.solve(&universe)
        };
        let least = solve(Objective::MinRisk(risk), None)?;
        let most = solve(Objective::MaxReturn, None)?;
        let expected = |found: &Allocation| dot(&self.mean, &found.weights);
        let (from, to) = (expected(&least), expected(&most));
        // Where all weights are given there is one point.
        let points = if to - from > 1e-9 { points } else { 1 };
        let mut records = Vec::new();
        for point in 0..points {
            told(point);
            // The last point asks for a little less than all, which rounding might not reach.
            let share = point as f64 / (points - 1).max(1) as f64 * (1.0 - 1e-7);
            let found = match point {
                0 => least.clone(),
                _ => solve(Objective::MinRisk(risk), Some(from + share * (to - from)))?,
            };
            records.push(FrontierRecord {
                expected_return: number(expected(&found)),
                risk: number(found.objective),
                volatility: number(volatility(&self.marginal(&found.weights), &found.weights)),
                weights: found.weights.iter().copied().map(number).collect(),
            });
        }
        Ok(records)
    }

    fn record(&self, asked: &Asked, (problem, found): (&Problem, &Allocation)) -> AllocationRecord {
        let weights = &found.weights;
        let expected = dot(&self.mean, weights);
        let marginal = self.marginal(weights);
        let volatility = volatility(&marginal, weights);
        let variances = self.variances();
        let largest = variances.iter().copied().fold(0.0, f64::max).max(0.0).sqrt();
        // Of no volatility there are neither shares nor a ratio.
        let by_risk = |value: f64| match volatility > RISKLESS * largest {
            true => number(value),
            false => Value::Null,
        };
        let current = &problem.constraints.current;
        let weight = |(at, name): (usize, &String)| WeightRecord {
            asset: name.clone(),
            weight: number(weights[at]),
            current: (!current.is_empty())
                .then(|| number(current.get(name).copied().unwrap_or(0.0))),
            expected_return: number(self.mean[at]),
            volatility: number(variances[at].max(0.0).sqrt()),
            risk_share: by_risk(weights[at] * marginal[at] / (volatility * volatility)),
        };
        let certificate = &found.certificate;
        AllocationRecord {
            title: None,
            objective: asked.objective.clone(),
            alpha: problem.objective.risk().filter(|risk| is_of_tail(*risk)).map(|_| asked.alpha),
            value: number(found.objective),
            unit: unit(problem.objective),
            by_rule: problem.objective.is_rule(),
            expected_return: number(expected),
            volatility: number(volatility),
            sharpe: by_risk((expected - problem.risk_free) / volatility),
            risk_free: number(problem.risk_free),
            weights: self.returns.names().iter().enumerate().map(weight).collect(),
            certificate: CertificateRecord {
                method: certificate.method,
                primal: number(certificate.primal),
                dual: number(certificate.dual),
                gap: number(certificate.gap),
                residual_primal: number(certificate.residual_primal),
                residual_dual: number(certificate.residual_dual),
                iterations: certificate.iterations,
            },
            checks: found.checks.iter().map(CheckRecord::from).collect(),
            views: Vec::new(),
            frontier: Vec::new(),
            shares: None,
            estimate: self.estimate(asked),
            evidence: Vec::new(),
            schema: "kinglet.allocation/1",
        }
    }

    fn estimate(&self, asked: &Asked) -> EstimateRecord {
        let periods = self.returns.periods();
        let missing = self.coverage.missing.iter();
        let missing = missing
            .map(|(asset, periods)| MissingRecord { asset: asset.clone(), periods: *periods });
        let notices = self.returns.notices().into_iter();
        let notices =
            notices.map(|notice| NoticeRecord { code: notice.code(), text: notice.to_string() });
        let is_own = asked.missing == Missing::OwnPeriods && !self.coverage.missing.is_empty();
        let own = is_own.then(|| NoticeRecord {
            code: "own-periods",
            text: "plain means are of all periods that an asset has".to_owned(),
        });
        let pooled = "pooled".to_owned();
        let mean = match asked.expected.len() {
            0 => asked.mean.clone(),
            given if given == self.returns.assets() => "given".to_owned(),
            given => format!("{} and {given} given", asked.mean),
        };
        let estimated = self.estimated.as_ref();
        let chosen = estimated.and_then(|found| found.notice.as_ref()).into_iter();
        let chosen = chosen.map(|(code, text)| NoticeRecord { code, text: text.clone() });
        EstimateRecord {
            file: String::new(),
            assets: self.returns.assets(),
            periods: periods.len(),
            first: periods.first().cloned().unwrap_or_default(),
            last: periods.last().cloned().unwrap_or_default(),
            periods_left_out: self.coverage.periods.0 - self.coverage.periods.1,
            periods_per_year: number(self.returns.periods_per_year()),
            mean: self.probabilities.as_ref().map_or(&mean, |_| &pooled).clone(),
            risk_aversion: self.aversion.filter(|_| self.probabilities.is_none()).map(number),
            covariance: estimated.map_or("sample", |found| &found.name).to_owned(),
            shrinkage: estimated.and_then(|found| found.shrinkage).map(number),
            missing: missing.collect(),
            notices: notices.chain(own).chain(chosen).collect(),
        }
    }
}

/// The whole shares nearest to the weights.
fn shares(history: &History, found: &Allocation, money: f64) -> Result<SharesRecord, Diagnostic> {
    let prices = history.prices.as_ref().ok_or_else(|| {
        let message = format!("{} does not tell what a share costs", history.file);
        Diagnostic::new(Code::Usage, message).hint("give prices instead of returns: --prices FILE")
    })?;
    // What a solver is off by is nothing to buy.
    let weights: Vec<f64> = found.weights.iter().map(|weight| whole(*weight)).collect();
    let shares = nearest(&weights, prices, money);
    let shares = shares.map_err(|error| diagnostic(&error, &history.file))?;
    let names = history.returns.names().iter().cloned();
    Ok(SharesRecord {
        money: number(money),
        counts: names.zip(shares.counts.into_iter().map(Value::from)).collect(),
        cash: number(shares.cash),
        distance: number(shares.distance),
        is_nearest: shares.is_nearest,
    })
}

fn whole(weight: f64) -> f64 {
    if weight.abs() < 1e-7 { 0.0 } else { weight }
}

/// What the value of an objective is.
fn unit(objective: Objective) -> &'static str {
    match objective {
        Objective::MaxRatio(_) | Objective::MaxDiversification => "ratio",
        Objective::MinRisk(risk) if risk != Risk::Volatility => "per_period",
        _ => "per_year",
    }
}

pub(super) fn yearly(values: Vec<f64>, per_year: f64) -> Vec<f64> {
    values.into_iter().map(|value| value * per_year).collect()
}

fn is_of_tail(risk: Risk) -> bool {
    matches!(risk, Risk::Cvar { .. } | Risk::Cdar { .. } | Risk::Evar { .. })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The volatility of a portfolio, by the covariance of each asset with it.
fn volatility(marginal: &[f64], weights: &[f64]) -> f64 {
    dot(marginal, weights).max(0.0).sqrt()
}
