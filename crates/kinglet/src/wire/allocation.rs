//! Weights as records: `kinglet.allocation/1`. Weights, returns and risks are fractions; returns
//! and volatilities are of a year, risks of scenarios of a period.

use kinglet_allocation::problem::Check;
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::NoticeRecord;
use super::{Table, number};

/// Weights with all that is known of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllocationRecord {
    /// The title of a policy.
    pub title: Option<String>,
    /// What was wanted.
    pub objective: String,
    /// The share of worst periods, where the objective has one.
    pub alpha: Option<f64>,
    /// The value of the objective.
    pub value: Value,
    /// What that is: `per_year`, `per_period` or `ratio`.
    pub unit: &'static str,
    /// Whether the weights follow from a rule, so that there is nothing to prove.
    pub by_rule: bool,
    /// What the weights are expected to return.
    pub expected_return: Value,
    /// The standard deviation of that.
    pub volatility: Value,
    /// What they are expected to return above cash for each unit of volatility; null without any.
    pub sharpe: Value,
    /// What cash returns.
    pub risk_free: Value,
    /// The weights.
    pub weights: Vec<WeightRecord>,
    /// How it is known that none are better.
    pub certificate: CertificateRecord,
    /// Every constraint.
    pub checks: Vec<CheckRecord>,
    /// The views that are held.
    pub views: Vec<ViewRecord>,
    /// Points of the efficient frontier, from the least risk on.
    pub frontier: Vec<FrontierRecord>,
    /// Whole shares, where money was given.
    pub shares: Option<SharesRecord>,
    /// What the estimates are from.
    pub estimate: EstimateRecord,
    /// The ids of the answers behind it: see `kinglet eval`.
    pub evidence: Vec<String>,
    /// The name and number of this format.
    pub schema: &'static str,
}

/// The weight of an asset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeightRecord {
    /// The asset.
    pub asset: String,
    /// Its weight.
    pub weight: Value,
    /// The weight held now, where weights were given.
    pub current: Option<Value>,
    /// What it is expected to return.
    pub expected_return: Value,
    /// Its volatility.
    pub volatility: Value,
    /// Its share of the variance of the whole.
    pub risk_share: Value,
}

/// Bounds of the objective from both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CertificateRecord {
    /// What solved the problem.
    pub method: &'static str,
    /// The value that is reached.
    pub primal: Value,
    /// A value that cannot be passed.
    pub dual: Value,
    /// Their distance, relative to the larger of the objective and one.
    pub gap: Value,
    /// The largest violation of a constraint of the solver's form of the problem.
    pub residual_primal: Value,
    /// The largest violation of the conditions on the gradient.
    pub residual_dual: Value,
    /// How often the solver went round.
    pub iterations: usize,
}

/// A constraint and how the weights keep to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckRecord {
    /// The constraint.
    pub constraint: String,
    /// What it measures.
    pub value: Value,
    /// What that is at least.
    pub min: Option<Value>,
    /// What that is at most.
    pub max: Option<Value>,
    /// How far the nearer bound is.
    pub slack: Value,
    /// Whether it holds.
    pub holds: bool,
}

/// A view and what it moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ViewRecord {
    /// As it was written.
    pub view: String,
    /// How sure it is.
    pub confidence: Value,
    /// What its portfolio was expected to return before.
    pub expected: Value,
    /// What it is expected to return with all views.
    pub blended: Value,
    /// By how much this view moved the expected return of each asset.
    pub moved: Map<String, Value>,
}

/// A point of the efficient frontier.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FrontierRecord {
    /// What its weights are expected to return.
    pub expected_return: Value,
    /// The least risk for that, in the objective's measure.
    pub risk: Value,
    /// The volatility.
    pub volatility: Value,
    /// The weights, in the order of the assets.
    pub weights: Vec<Value>,
}

/// Whole shares for the weights, at the last prices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharesRecord {
    /// The money.
    pub money: Value,
    /// How many of each asset.
    pub counts: Map<String, Value>,
    /// The money that is left.
    pub cash: Value,
    /// The sum of the distances from what the weights ask for, and of the cash, in money.
    pub distance: Value,
    /// Whether it is known that no whole shares are nearer.
    pub is_nearest: bool,
}

/// What the estimates are from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EstimateRecord {
    /// The file.
    pub file: String,
    /// How many assets.
    pub assets: usize,
    /// How many periods.
    pub periods: usize,
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// How many periods were left out for missing values.
    pub periods_left_out: usize,
    /// How many make a year.
    pub periods_per_year: Value,
    /// The estimate of expected returns.
    pub mean: String,
    /// How much risk counts in the expected returns of `equilibrium`: what the market is expected
    /// to earn above cash for each unit of its variance.
    pub risk_aversion: Option<Value>,
    /// The estimate of the covariance.
    pub covariance: String,
    /// The weight of the target of a shrunk covariance.
    pub shrinkage: Option<Value>,
    /// Assets with missing values.
    pub missing: Vec<MissingRecord>,
    /// What a reader should know.
    pub notices: Vec<NoticeRecord>,
}

/// How many values an asset lacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissingRecord {
    /// The asset.
    pub asset: String,
    /// The number of periods.
    pub periods: usize,
}

impl From<&Check> for CheckRecord {
    fn from(check: &Check) -> Self {
        CheckRecord {
            constraint: check.name.clone(),
            value: number(check.value),
            min: check.min.map(number),
            max: check.max.map(number),
            slack: number(check.slack),
            holds: check.holds(),
        }
    }
}

/// One row for each asset.
pub fn weight_table(record: &AllocationRecord) -> Table {
    let columns = ["asset", "weight", "current", "expected_return", "volatility", "risk_share"];
    let mut table = Table::new(&columns);
    for weight in &record.weights {
        table.push(vec![
            weight.asset.clone().into(),
            weight.weight.clone(),
            weight.current.clone().unwrap_or(Value::Null),
            weight.expected_return.clone(),
            weight.volatility.clone(),
            weight.risk_share.clone(),
        ]);
    }
    table
}
