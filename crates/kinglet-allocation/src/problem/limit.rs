//! Constraints, resolved: each a measure of the weights with its bounds and a name.

use std::collections::BTreeMap;

use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::problem::{Constraints, Members, Names, Objective, Problem, Risk, Rule, Universe};
use crate::returns::Returns;

/// What a constraint measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// A sum of multiples of weights.
    Sum(Vec<(usize, f64)>),
    /// The smallest of some weights.
    Smallest(Vec<usize>),
    /// The largest of some weights.
    Largest(Vec<usize>),
    /// The sum of the weights without their signs.
    Gross,
    /// The sum of the weights below zero, without their signs.
    Short,
    /// Half the sum of the changes.
    Turnover,
    /// The volatility of the difference to the benchmark.
    TrackingError,
    /// A risk.
    Risk(Risk),
    /// The expected return, net of costs and doubt.
    Return,
}

/// A constraint with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// As a user would say it.
    pub name: String,
    /// What it measures.
    pub measure: Measure,
    /// What that is at least.
    pub min: f64,
    /// What that is at most.
    pub max: f64,
}

/// A problem with its names resolved.
pub(crate) struct Ground<'a> {
    pub(crate) universe: &'a Universe<'a>,
    pub(crate) problem: &'a Problem,
    pub(crate) current: Vec<f64>,
    pub(crate) benchmark: Vec<f64>,
    pub(crate) volatilities: Vec<f64>,
    /// How likely each scenario is.
    pub(crate) odds: Vec<f64>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(
        universe: &'a Universe<'a>,
        problem: &'a Problem,
    ) -> Result<Self, AllocationError> {
        let constraints = &problem.constraints;
        let current = named(universe.names, &constraints.current, "current")?;
        let benchmark = named(universe.names, &constraints.benchmark, "benchmark")?;
        let periods = universe.returns.map_or(0, Returns::rows);
        let alike = || vec![1.0 / periods as f64; periods];
        let odds = universe.probabilities.map_or_else(alike, <[f64]>::to_vec);
        if odds.len() != periods {
            let (expected, found) = (periods, odds.len());
            return Err(AllocationError::Shape { what: "probabilities", expected, found });
        }
        let volatilities = Vec::new();
        let mut ground = Ground { universe, problem, current, benchmark, volatilities, odds };
        ground.complete()?;
        if problem.objective == Objective::MaxDiversification {
            let variances = ground.covariance()?.diagonal();
            ground.volatilities = variances.into_iter().map(f64::sqrt).collect();
        }
        Ok(ground)
    }

    /// That all inputs are there which the objective and the constraints need.
    fn complete(&self) -> Result<(), AllocationError> {
        let Problem { constraints, objective, .. } = self.problem;
        let gains = matches!(
            objective,
            Objective::MaxRatio(_) | Objective::MaxUtility { .. } | Objective::MaxReturn
        );
        if gains || constraints.min_return.is_some() {
            self.mean()?;
        }
        if self.problem.needs_covariance() {
            self.covariance()?;
        }
        let is_short = self.universe.spans.is_nan() || self.universe.spans <= 0.0;
        if constraints.mean_doubt > 0.0 && is_short {
            return Err(AllocationError::Missing { what: "the length of the history" });
        }
        let follows = *objective == Objective::MinTrackingError;
        if (follows || constraints.max_tracking_error.is_some()) && constraints.benchmark.is_empty()
        {
            return Err(AllocationError::Missing { what: "the weights of the benchmark" });
        }
        let limited = constraints.max_risk.iter().map(|limit| limit.risk);
        for risk in objective.risk().into_iter().chain(limited) {
            risk.allowed()?;
            if risk != Risk::Volatility {
                self.returns()?;
            }
        }
        Ok(())
    }

    pub(crate) fn assets(&self) -> usize {
        self.universe.names.len()
    }

    pub(crate) fn mean(&self) -> Result<&'a [f64], AllocationError> {
        self.universe.mean.ok_or(AllocationError::Missing { what: "expected returns" })
    }

    pub(crate) fn covariance(&self) -> Result<&'a Covariance, AllocationError> {
        self.universe.covariance.ok_or(AllocationError::Missing { what: "a covariance" })
    }

    pub(crate) fn returns(&self) -> Result<&'a Returns, AllocationError> {
        self.universe.returns.ok_or(AllocationError::Missing { what: "returns of periods" })
    }

    /// The share of the risk that each asset shall bring, in any unit.
    pub(crate) fn risk_budgets(&self) -> Result<Vec<f64>, AllocationError> {
        let mut budgets = vec![1.0; self.assets()];
        for (name, &budget) in &self.problem.constraints.risk_budgets {
            budgets[place(self.universe.names, name, "risk-budgets")?] = budget;
        }
        Ok(budgets)
    }

    /// The return of a portfolio in each period.
    fn history(&self, weights: &[f64]) -> Vec<f64> {
        self.universe.returns.map_or_else(Vec::new, |returns| returns.whole().earned(weights))
    }

    /// A risk of a portfolio.
    pub(crate) fn risk(&self, risk: Risk, weights: &[f64]) -> f64 {
        match (risk, self.universe.covariance) {
            (Risk::Volatility, Some(covariance)) => covariance.variance(weights).max(0.0).sqrt(),
            _ => risk.of(&self.history(weights), &self.odds),
        }
    }

    /// The expected return of a portfolio, net of costs and doubt.
    pub(crate) fn expected(&self, weights: &[f64]) -> f64 {
        let mean = self.universe.mean.unwrap_or_default();
        let expected: f64 = mean.iter().zip(weights).map(|(mean, weight)| mean * weight).sum();
        let costs = &self.problem.constraints.costs;
        let changes = weights.iter().zip(&self.current).map(|(w, now)| (w - now).abs());
        let cost = |change: f64| {
            let impact = costs.impact * change * change.sqrt();
            costs.linear * change + costs.quadratic * change * change + impact
        };
        expected - self.doubt(weights) - changes.map(cost).sum::<f64>()
    }

    fn doubt(&self, weights: &[f64]) -> f64 {
        match self.doubt_radius() {
            0.0 => 0.0,
            radius => radius * self.risk(Risk::Volatility, weights),
        }
    }

    /// What the volatility is multiplied by to doubt the expected return.
    pub(crate) fn doubt_radius(&self) -> f64 {
        self.problem.constraints.mean_doubt / self.universe.spans.sqrt()
    }

    /// The value of the objective.
    pub(crate) fn objective(&self, weights: &[f64]) -> f64 {
        match self.problem.objective {
            Objective::MinRisk(risk) => self.risk(risk, weights),
            Objective::MaxReturn => self.expected(weights),
            Objective::MaxRatio(risk) => {
                (self.expected(weights) - self.problem.risk_free) / self.risk(risk, weights)
            }
            Objective::MaxUtility { risk: Risk::Volatility, aversion } => {
                let volatility = self.risk(Risk::Volatility, weights);
                self.expected(weights) - 0.5 * aversion * volatility * volatility
            }
            Objective::MaxUtility { risk, aversion } => {
                self.expected(weights) - aversion * self.risk(risk, weights)
            }
            Objective::MaxDiversification => {
                let pairs = self.volatilities.iter().zip(weights);
                pairs.map(|(v, w)| v * w).sum::<f64>() / self.risk(Risk::Volatility, weights)
            }
            Objective::MinTrackingError => Measure::TrackingError.value(self, weights),
            Objective::RiskParity
            | Objective::HierarchicalRiskParity { .. }
            | Objective::HierarchicalEqualRisk { .. }
            | Objective::NestedClusters { .. } => self.risk(Risk::Volatility, weights),
        }
    }
}

impl Measure {
    /// What the weights measure.
    pub(crate) fn value(&self, ground: &Ground<'_>, weights: &[f64]) -> f64 {
        let difference = |other: &[f64]| -> Vec<f64> {
            weights.iter().zip(other).map(|(weight, other)| weight - other).collect()
        };
        let of = |places: &[usize]| places.iter().map(|&at| weights[at]).collect::<Vec<f64>>();
        match self {
            Measure::Sum(terms) => terms.iter().map(|&(at, value)| value * weights[at]).sum(),
            Measure::Smallest(places) => of(places).into_iter().fold(f64::INFINITY, f64::min),
            Measure::Largest(places) => of(places).into_iter().fold(f64::NEG_INFINITY, f64::max),
            Measure::Gross => weights.iter().map(|weight| weight.abs()).sum(),
            Measure::Short => weights.iter().map(|weight| (-weight).max(0.0)).sum(),
            Measure::Turnover => {
                0.5 * difference(&ground.current).iter().map(|change| change.abs()).sum::<f64>()
            }
            Measure::TrackingError => ground.risk(Risk::Volatility, &difference(&ground.benchmark)),
            Measure::Risk(risk) => ground.risk(*risk, weights),
            Measure::Return => ground.expected(weights),
        }
    }
}

impl Limit {
    pub(crate) fn at_most(name: String, measure: Measure, max: f64) -> Limit {
        Limit { name, measure, min: f64::NEG_INFINITY, max }
    }

    pub(crate) fn at_least(name: String, measure: Measure, min: f64) -> Limit {
        Limit { name, measure, min, max: f64::INFINITY }
    }
}

impl Constraints {
    /// What each name stands for: assets, groups, sleeves.
    ///
    /// # Errors
    /// `UnknownName` where a member is no asset, `DuplicateName` where two have one name.
    pub fn names(&self, assets: &[String]) -> Result<Names, AllocationError> {
        let own = assets.iter().enumerate();
        let mut names: Names = own.map(|(at, name)| (name.clone(), vec![(at, 1.0)])).collect();
        let sleeves = self.sleeves.iter();
        let sleeves = sleeves.map(|(name, sleeve)| (name, Members::Assets(sleeve.members.clone())));
        let groups = self.groups.iter().map(|(name, members)| (name, members.clone()));
        for (name, members) in groups.chain(sleeves) {
            let pairs: Vec<(String, f64)> = match members {
                Members::Assets(members) => members.into_iter().map(|name| (name, 1.0)).collect(),
                Members::Exposures(exposures) => exposures.into_iter().collect(),
            };
            let term = |(member, value): (String, f64)| Ok((place(assets, &member, name)?, value));
            let terms = pairs.into_iter().map(term).collect::<Result<_, AllocationError>>()?;
            if names.insert(name.clone(), terms).is_some() {
                return Err(AllocationError::DuplicateName { name: name.clone() });
            }
        }
        Ok(names)
    }
}

/// All constraints of a problem but those on the number and size of positions.
pub(crate) fn limits(ground: &Ground<'_>) -> Result<Vec<Limit>, AllocationError> {
    let constraints = &ground.problem.constraints;
    let budget = Measure::Sum((0..ground.assets()).map(|at| (at, 1.0)).collect());
    let name = format!("weights sum to {}", constraints.budget);
    let mut limits =
        vec![Limit { name, measure: budget, min: constraints.budget, max: constraints.budget }];
    limits.extend(bounds(ground)?);
    let names = constraints.names(ground.universe.names)?;
    for text in &constraints.rules {
        let Rule { text, terms, min, max } = Rule::read(text, &names)?;
        limits.push(Limit { name: text, measure: Measure::Sum(terms), min, max });
    }
    limits.extend(sleeves(constraints, &names));
    let whole = [
        ("turnover", Measure::Turnover, constraints.max_turnover),
        ("gross exposure", Measure::Gross, constraints.max_gross),
        ("short exposure", Measure::Short, constraints.max_short),
        ("tracking error", Measure::TrackingError, constraints.max_tracking_error),
    ];
    for (name, measure, max) in whole {
        limits.extend(max.map(|max| Limit::at_most(format!("{name} <= {max}"), measure, max)));
    }
    for limit in &constraints.max_risk {
        let name = format!("{} <= {}", limit.risk, limit.max);
        limits.push(Limit::at_most(name, Measure::Risk(limit.risk), limit.max));
    }
    limits.extend(
        constraints
            .min_return
            .map(|min| Limit::at_least(format!("expected return >= {min}"), Measure::Return, min)),
    );
    Ok(limits)
}

/// The bounds of single weights.
fn bounds(ground: &Ground<'_>) -> Result<Vec<Limit>, AllocationError> {
    let constraints = &ground.problem.constraints;
    let (mut low, mut high) = ((0..ground.assets()).collect::<Vec<_>>(), Vec::new());
    high.clone_from(&low);
    let mut limits = Vec::new();
    for (name, bounds) in &constraints.bounds {
        let at = place(ground.universe.names, name, "bounds")?;
        let own = Measure::Sum(vec![(at, 1.0)]);
        if let Some(min) = bounds.min {
            low.retain(|&other| other != at);
            limits.push(Limit::at_least(format!("{name} >= {min}"), own.clone(), min));
        }
        if let Some(max) = bounds.max {
            high.retain(|&other| other != at);
            limits.push(Limit::at_most(format!("{name} <= {max}"), own, max));
        }
    }
    let (min, max) = (constraints.min_weight, constraints.max_weight);
    if !low.is_empty() && !min.is_infinite() {
        let name = format!("every weight >= {min}");
        limits.insert(0, Limit::at_least(name, Measure::Smallest(low), min));
    }
    if !high.is_empty() && !max.is_infinite() {
        let name = format!("every weight <= {max}");
        limits.insert(0, Limit::at_most(name, Measure::Largest(high), max));
    }
    Ok(limits)
}

/// The limits of the sleeves: each near its target, no member too large in it.
fn sleeves(constraints: &Constraints, names: &Names) -> Vec<Limit> {
    let mut limits = Vec::new();
    for (name, sleeve) in &constraints.sleeves {
        let terms = names.get(name).cloned().unwrap_or_default();
        let (min, max) = (sleeve.target - sleeve.drift, sleeve.target + sleeve.drift);
        let text = match sleeve.drift {
            0.0 => format!("{name} = {}", sleeve.target),
            drift => format!("{name} within {drift} of {}", sleeve.target),
        };
        limits.push(Limit { name: text, measure: Measure::Sum(terms.clone()), min, max });
        for (&(at, _), member) in terms.iter().zip(&sleeve.members) {
            let Some(share) = sleeve.max_share else { continue };
            let of = |&(other, value): &(usize, f64)| {
                (other, if other == at { value - share } else { -share * value })
            };
            // member - share * sleeve <= 0
            let terms = terms.iter().map(of).collect();
            let text = format!("{member} <= {share} * {name}");
            limits.push(Limit::at_most(text, Measure::Sum(terms), 0.0));
        }
    }
    limits
}

/// Where an asset stands.
fn place(names: &[String], name: &str, place: &str) -> Result<usize, AllocationError> {
    let found = names.iter().position(|known| known == name);
    found.ok_or_else(|| AllocationError::unknown(name, names, place))
}

/// Weights by name in the order of the assets, those left out zero; `of` is where they stand.
///
/// # Errors
/// `UnknownName` where a name is that of no asset.
pub fn named(
    assets: &[String],
    weights: &BTreeMap<String, f64>,
    of: &str,
) -> Result<Vec<f64>, AllocationError> {
    let mut found = vec![0.0; assets.len()];
    for (name, &weight) in weights {
        found[place(assets, name, of)?] = weight;
    }
    Ok(found)
}
