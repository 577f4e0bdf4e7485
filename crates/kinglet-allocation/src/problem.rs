//! Problems as plain data: what is wanted of the weights, and what they must keep to.
//!
//! A problem is checked before it is solved, and its solution after: each constraint by name, with
//! its slack.

mod check;
mod compile;
mod conic;
mod direct;
mod explain;
mod limit;
mod parity;
mod risk;
mod rule;
mod selection;

pub use check::Check;
pub use limit::{Limit, Measure, named};
pub use risk::Risk;
pub use rule::{Names, Rule};

pub(crate) use rule::Reader;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::certificate::Certificate;
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::returns::Returns;
use crate::solve::{LeafOrder, Share};

/// What is known of the assets. Expected returns and covariance are of one span of time, a year
/// perhaps, the scenarios of any.
#[derive(Clone, Copy, Debug)]
pub struct Universe<'a> {
    /// The names of the assets.
    pub names: &'a [String],
    /// Their expected returns.
    pub mean: Option<&'a [f64]>,
    /// The covariance of their returns.
    pub covariance: Option<&'a Covariance>,
    /// Their returns, each period a scenario.
    pub returns: Option<&'a Returns>,
    /// How likely each scenario is; all are alike where nothing is said.
    pub probabilities: Option<&'a [f64]>,
    /// From how many such spans of time the expected returns are estimated.
    pub spans: f64,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// The least risk.
    MinRisk(Risk),
    /// The largest expected return, net of costs.
    MaxReturn,
    /// The largest expected return above the risk-free rate for each unit of risk: of volatility,
    /// the Sharpe ratio.
    MaxRatio(Risk),
    /// Expected return less a multiple of the risk; of volatility, less half that multiple of the
    /// variance.
    MaxUtility {
        /// The risk.
        risk: Risk,
        /// The multiple.
        aversion: f64,
    },
    /// The largest ratio of the mean volatility of the assets to that of the portfolio (Choueifaty
    /// and Coignard 2008).
    MaxDiversification,
    /// The least volatility of the difference to the benchmark.
    MinTrackingError,
    /// Each asset brings the same share of the variance (Maillard, Roncalli and Teiletche 2010), or
    /// as risk is budgeted, as far as the constraints allow (Richard and Roncalli 2019).
    RiskParity,
    /// Hierarchical risk parity (López de Prado 2016).
    HierarchicalRiskParity {
        /// Which assets stand beside each other.
        order: LeafOrder,
        /// By which risk two sides share.
        share: Share,
    },
    /// Hierarchical equal risk contribution (Raffinot 2018).
    HierarchicalEqualRisk {
        /// Down to so many clusters, or as many as are distinct.
        clusters: Option<usize>,
    },
    /// Nested clustered optimisation of the variance (López de Prado 2019).
    NestedClusters {
        /// So many clusters, or as many as are distinct.
        clusters: Option<usize>,
    },
}

impl Objective {
    /// The names of all objectives; `herc:5` and `nco:5` take five clusters, where the bare names
    /// take as many as are distinct.
    pub const NAMES: &[&str] = &[
        "min-variance",
        "min-semideviation",
        "min-mad",
        "min-cvar",
        "min-cdar",
        "min-evar",
        "max-sharpe",
        "max-semideviation-ratio",
        "max-mad-ratio",
        "max-cvar-ratio",
        "max-cdar-ratio",
        "max-evar-ratio",
        "max-return",
        "max-utility",
        "max-diversification",
        "min-tracking-error",
        "risk-parity",
        "hrp",
        "hrp:volatility",
        "hrp:neighbours",
        "herc",
        "nco",
    ];

    /// The objective of a name, for a share of worst periods and an aversion to risk.
    pub fn named(name: &str, alpha: f64, aversion: f64) -> Option<Objective> {
        let risk = |name: &str| match name {
            "variance" => Some(Risk::Volatility),
            "semideviation" => Some(Risk::Semideviation),
            "mad" => Some(Risk::Mad),
            "cvar" => Some(Risk::Cvar { alpha }),
            "cdar" => Some(Risk::Cdar { alpha }),
            "evar" => Some(Risk::Evar { alpha }),
            _ => None,
        };
        match name {
            "max-sharpe" => Some(Objective::MaxRatio(Risk::Volatility)),
            "max-return" => Some(Objective::MaxReturn),
            "max-utility" => Some(Objective::MaxUtility { risk: Risk::Volatility, aversion }),
            "max-diversification" => Some(Objective::MaxDiversification),
            "min-tracking-error" => Some(Objective::MinTrackingError),
            "risk-parity" => Some(Objective::RiskParity),
            _ => Objective::of_clusters(name).or_else(|| match name.split_once('-')? {
                ("min", name) => risk(name).map(Objective::MinRisk),
                ("max", name) => risk(name.strip_suffix("-ratio")?).map(Objective::MaxRatio),
                _ => None,
            }),
        }
    }

    /// Those that go by clusters, with what stands after colons.
    fn of_clusters(name: &str) -> Option<Objective> {
        let mut parts = name.split(':');
        let (kind, mut details) = (parts.next()?, parts);
        if kind == "hrp" {
            let (mut order, mut share) = (LeafOrder::Joined, Share::Variance);
            for detail in details {
                match detail {
                    "neighbours" => order = LeafOrder::Neighbours,
                    "volatility" => share = Share::Volatility,
                    _ => return None,
                }
            }
            return Some(Objective::HierarchicalRiskParity { order, share });
        }
        let clusters = details.next().map(str::parse).transpose().ok()?;
        match (kind, details.next()) {
            ("herc", None) => Some(Objective::HierarchicalEqualRisk { clusters }),
            ("nco", None) => Some(Objective::NestedClusters { clusters }),
            _ => None,
        }
    }

    /// Whether weights follow from a rule, not from being the best.
    pub fn is_rule(&self) -> bool {
        matches!(
            self,
            Objective::RiskParity
                | Objective::HierarchicalRiskParity { .. }
                | Objective::HierarchicalEqualRisk { .. }
                | Objective::NestedClusters { .. }
        )
    }

    /// The risk that it weighs, if any but that to the benchmark.
    pub fn risk(&self) -> Option<Risk> {
        match *self {
            Objective::MinRisk(risk)
            | Objective::MaxRatio(risk)
            | Objective::MaxUtility { risk, .. } => Some(risk),
            Objective::MaxDiversification
            | Objective::RiskParity
            | Objective::HierarchicalRiskParity { .. }
            | Objective::HierarchicalEqualRisk { .. }
            | Objective::NestedClusters { .. } => Some(Risk::Volatility),
            Objective::MaxReturn | Objective::MinTrackingError => None,
        }
    }
}

/// What the weights must keep to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Constraints {
    /// What the weights sum to.
    pub budget: f64,
    /// What each weight is at least.
    pub min_weight: f64,
    /// What each weight is at most.
    pub max_weight: f64,
    /// Other bounds of single assets.
    pub bounds: BTreeMap<String, Bounds>,
    /// Names for several assets, or for exposures to a factor.
    pub groups: BTreeMap<String, Members>,
    /// Linear rules: `tech <= 0.3`, `small >= 0.5 * large`.
    pub rules: Vec<String>,
    /// Sleeves of a portfolio, such as a core and a satellite.
    pub sleeves: BTreeMap<String, Sleeve>,
    /// The weights held now.
    pub current: BTreeMap<String, f64>,
    /// Half the sum of the changes of weights is at most this.
    pub max_turnover: Option<f64>,
    /// The sum of the weights without their signs is at most this.
    pub max_gross: Option<f64>,
    /// The sum of the weights below zero, without their signs, is at most this.
    pub max_short: Option<f64>,
    /// The weights of the benchmark.
    pub benchmark: BTreeMap<String, f64>,
    /// The volatility of the difference to the benchmark is at most this.
    pub max_tracking_error: Option<f64>,
    /// The expected return is at least this, net of costs.
    pub min_return: Option<f64>,
    /// Risks are at most this.
    pub max_risk: Vec<RiskLimit>,
    /// No more assets than this are held.
    pub max_positions: Option<usize>,
    /// An asset is not held at all, or at least so much of it.
    pub min_position: Option<f64>,
    /// How assets share the risk where it is budgeted, in any unit; those left out have one each.
    pub risk_budgets: BTreeMap<String, f64>,
    /// What changes of weights cost.
    pub costs: Costs,
    /// By so many standard errors, together, expected returns may be worse than they are estimated
    /// (Goldfarb and Iyengar 2003, an ellipsoid in the metric of the covariance).
    pub mean_doubt: f64,
}

/// Bounds of one weight; what is left out is as for each weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bounds {
    /// What it is at least.
    pub min: Option<f64>,
    /// What it is at most.
    pub max: Option<f64>,
}

/// What a name in a rule stands for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Members {
    /// The weights of some assets.
    Assets(Vec<String>),
    /// Multiples of weights: exposures to a factor.
    Exposures(BTreeMap<String, f64>),
}

/// Part of a portfolio with limits of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sleeve {
    /// Its assets.
    pub members: Vec<String>,
    /// Its share of the portfolio.
    pub target: f64,
    /// By how much that may be more or less.
    #[serde(default)]
    pub drift: f64,
    /// What each asset may be of the sleeve, as a share of it.
    pub max_share: Option<f64>,
}

/// An upper limit of a risk.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskLimit {
    /// The risk.
    pub risk: Risk,
    /// Its limit.
    pub max: f64,
}

/// What the change of each weight from the one held now costs, as a share of the portfolio.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Costs {
    /// Times the change.
    pub linear: f64,
    /// Times its square.
    pub quadratic: f64,
    /// Times its power of 3/2, for the impact of trades on prices.
    pub impact: f64,
}

/// An objective with constraints.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wanted.
    pub objective: Objective,
    /// What must hold.
    pub constraints: Constraints,
    /// The return of cash, to which ratios compare.
    pub risk_free: f64,
}

/// What solves a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// One weight for each asset.
    pub weights: Vec<f64>,
    /// The value of the objective: the risk, the return, the ratio.
    pub objective: f64,
    /// How it is known that nothing is better.
    pub certificate: Certificate,
    /// Every constraint, with its slack.
    pub checks: Vec<Check>,
}

impl Default for Constraints {
    fn default() -> Self {
        Constraints {
            budget: 1.0,
            min_weight: 0.0,
            max_weight: 1.0,
            bounds: BTreeMap::new(),
            groups: BTreeMap::new(),
            rules: Vec::new(),
            sleeves: BTreeMap::new(),
            current: BTreeMap::new(),
            max_turnover: None,
            max_gross: None,
            max_short: None,
            benchmark: BTreeMap::new(),
            max_tracking_error: None,
            min_return: None,
            max_risk: Vec::new(),
            max_positions: None,
            min_position: None,
            risk_budgets: BTreeMap::new(),
            costs: Costs::default(),
            mean_doubt: 0.0,
        }
    }
}

impl Problem {
    /// Whether it asks for a covariance; else returns of periods say all.
    pub fn needs_covariance(&self) -> bool {
        let Constraints { max_risk, max_tracking_error, mean_doubt, .. } = &self.constraints;
        self.objective.risk() == Some(Risk::Volatility)
            || self.objective == Objective::MinTrackingError
            || max_risk.iter().any(|limit| limit.risk == Risk::Volatility)
            || max_tracking_error.is_some()
            || *mean_doubt > 0.0
    }

    /// The weights that solve it.
    ///
    /// # Errors
    /// What does not make sense before it is solved; constraints that contradict one another, with
    /// the fewest of them that do and the least that mends them.
    pub fn solve(&self, universe: &Universe<'_>) -> Result<Allocation, AllocationError> {
        let ground = limit::Ground::new(universe, self)?;
        let limits = limit::limits(&ground)?;
        check::before(&ground, &limits)?;
        let found = if self.objective.is_rule() {
            direct::rule(&ground, &limits)?
        } else if selection::applies(&self.constraints) {
            selection::solve(&ground, &limits)?
        } else if let Some(found) = direct::best(&ground, &limits) {
            found
        } else {
            compile::solve(&ground, &limits)?
        };
        let checks = check::after(&ground, &limits, &found.weights);
        let objective = ground.objective(&found.weights);
        Ok(Allocation { objective, weights: found.weights, certificate: found.certificate, checks })
    }
}
