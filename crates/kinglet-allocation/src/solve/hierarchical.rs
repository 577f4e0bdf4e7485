//! Weights down a tree of clusters: nothing is inverted, so a singular covariance will do.

use faer::Mat;
use rayon::prelude::*;

use super::clusters::{cut, distinct};
use super::leaf_order::LeafOrder;
use super::limits::{FEASIBLE, Limits};
use super::linear::best;
use super::linkage::{Distances, Join, Linkage, members};
use super::mean_variance::MeanVariance;
use super::quadratic::{ActiveSet, Objective};
use crate::certificate::{Certificate, Solution};
use crate::error::AllocationError;
use crate::estimate::Covariance;
use crate::vector::{add_scaled, dot};

/// By the inverse of which risk two sides share what they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// Their variances (López de Prado 2016).
    #[default]
    Variance,
    /// Their volatilities, which spreads weights more evenly.
    Volatility,
}

/// How the budget goes down the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Descent {
    /// The order of the leaves is halved again and again; halves share by the inverse of the
    /// risk of portfolios that are weighted so themselves (López de Prado 2016, Journal of
    /// Portfolio Management 42, stage 3). This is hierarchical risk parity.
    Halves {
        /// Which leaves stand beside each other.
        order: LeafOrder,
        /// By which risk they share.
        share: Share,
    },
    /// The two sides of each join share by the inverse of their risks down to a number of clusters,
    /// within which weights are those of the inverse-variance portfolio. The risk of a side is the
    /// sum of the variances of these portfolios of its clusters (Raffinot 2018, The hierarchical
    /// equal risk contribution portfolio). This is HERC.
    Joins {
        /// How many clusters are not split; without a number as many as are distinct by their
        /// silhouettes (López de Prado 2020).
        clusters: Option<usize>,
    },
}

impl Descent {
    /// Halves as López de Prado (2016) has them.
    pub const HALVES: Descent =
        Descent::Halves { order: LeafOrder::Joined, share: Share::Variance };
}

/// Weights within bounds down the tree of a linkage; the distance of two assets is √((1 − ρ) / 2).
/// At each split the bounds of both sides are kept, so that all hold at the end.
pub fn hierarchical(
    covariance: &Covariance,
    linkage: Linkage,
    descent: Descent,
    limits: &Limits,
) -> Result<Solution, AllocationError> {
    let assets = covariance.assets();
    limits.check(assets)?;
    refuse_rows(limits)?;
    let full = whole(covariance);
    let distances = Distances::of(&full)?;
    let mut weights = vec![0.0; assets];
    let (method, joins) = match descent {
        Descent::Halves { order, share } => {
            let joins = order.joins(linkage, &distances);
            let tree = Tree { full: &full, joins: &joins, limits, share };
            tree.halve(&members(&joins, 2 * assets - 2), limits.budget, &mut weights);
            ("hierarchical risk parity", joins)
        }
        Descent::Joins { clusters } => {
            let (joins, clusters) = clustered(&distances, linkage, clusters)?;
            let tree = Tree { full: &full, joins: &joins, limits, share: Share::Variance };
            let stop = 2 * assets - clusters;
            tree.descend(2 * assets - 2, (limits.budget, stop), &mut weights);
            ("hierarchical equal risk contribution", joins)
        }
    };
    Ok(outcome(weights, covariance, limits, (method, joins.len())))
}

/// Nested clustered optimisation (López de Prado 2019, A robust estimator of the efficient
/// frontier): the least variance within each of so many clusters, then among them; without a number
/// as many as are distinct by their silhouettes. Weights that break the limits are replaced by
/// those within them that track them best.
pub fn nested_clusters(
    covariance: &Covariance,
    linkage: Linkage,
    clusters: Option<usize>,
    limits: &Limits,
) -> Result<Solution, AllocationError> {
    let assets = covariance.assets();
    limits.check(assets)?;
    let full = whole(covariance);
    let (joins, clusters) = clustered(&Distances::of(&full)?, linkage, clusters)?;
    let groups = cut(&joins, clusters);
    let inner: Vec<Vec<f64>> = groups
        .par_iter()
        .map(|group| {
            calmest(Mat::from_fn(group.len(), group.len(), |i, j| full[(group[i], group[j])]))
        })
        .collect::<Result<_, _>>()?;
    let spread = |group: &[usize], inner: &[f64]| {
        let mut weights = vec![0.0; assets];
        for (asset, weight) in group.iter().zip(inner) {
            weights[*asset] = *weight;
        }
        weights
    };
    let portfolios: Vec<Vec<f64>> =
        groups.iter().zip(&inner).map(|(group, inner)| spread(group, inner)).collect();
    let products: Vec<Vec<f64>> = portfolios.iter().map(|w| covariance.times(w)).collect();
    let among = calmest(Mat::from_fn(groups.len(), groups.len(), |i, j| {
        dot(&portfolios[i], &products[j])
    }))?;
    let mut weights = vec![0.0; assets];
    for (portfolio, share) in portfolios.iter().zip(among) {
        add_scaled(&mut weights, share * limits.budget, portfolio);
    }
    if limits.violation(&weights) > FEASIBLE {
        weights = nearest(covariance, &weights, limits)?;
    }
    Ok(outcome(weights, covariance, limits, ("nested clustered optimisation", joins.len())))
}

/// The long-only portfolio of the least variance.
fn calmest(covariance: Mat<f64>) -> Result<Vec<f64>, AllocationError> {
    let limits = Limits::long_only(covariance.nrows(), 1.0);
    let mean = vec![0.0; covariance.nrows()];
    let covariance = Covariance::Dense(covariance);
    let problem = MeanVariance { mean: &mean, covariance: &covariance, limits: &limits };
    Ok(problem.minimum_variance()?.weights)
}

/// The weights within limits with the least tracking error to others.
fn nearest(
    covariance: &Covariance,
    weights: &[f64],
    limits: &Limits,
) -> Result<Vec<f64>, AllocationError> {
    let linear = covariance.times(weights);
    let mut set = ActiveSet::at(best(limits, weights)?, covariance, limits);
    set.minimise(Objective { covariance, linear: &linear }, limits)?;
    Ok(set.weights().to_vec())
}

fn whole(covariance: &Covariance) -> std::borrow::Cow<'_, Mat<f64>> {
    match covariance {
        Covariance::Dense(matrix) => std::borrow::Cow::Borrowed(matrix),
        factored @ Covariance::Factored { .. } => std::borrow::Cow::Owned(factored.dense()),
    }
}

fn refuse_rows(limits: &Limits) -> Result<(), AllocationError> {
    if limits.rows.is_empty() {
        return Ok(());
    }
    let (name, value, allowed) = ("rows of limits", limits.rows.len() as f64, "none in a tree");
    Err(AllocationError::Parameter { name, value, allowed })
}

/// The tree, and into how many clusters it is cut.
fn clustered(
    distances: &Distances<'_>,
    linkage: Linkage,
    clusters: Option<usize>,
) -> Result<(Vec<Join>, usize), AllocationError> {
    let assets = distances.assets();
    let joins = linkage.tree(distances);
    match clusters {
        None => {
            let clusters = distinct(&joins, &distances.matrix());
            Ok((joins, clusters))
        }
        Some(clusters) if (1..=assets).contains(&clusters) => Ok((joins, clusters)),
        Some(clusters) => {
            let (value, allowed) = (clusters as f64, "from one to the number of assets");
            Err(AllocationError::Parameter { name: "clusters", value, allowed })
        }
    }
}

struct Tree<'a> {
    full: &'a Mat<f64>,
    joins: &'a [Join],
    limits: &'a Limits,
    share: Share,
}

impl Tree<'_> {
    fn halve(&self, order: &[usize], weight: f64, weights: &mut [f64]) {
        match order {
            [] => {}
            [asset] => weights[*asset] = weight,
            _ => {
                let (first, second) = order.split_at(order.len() / 2);
                let (left, right) = self.split((first, second), weight);
                self.halve(first, left, weights);
                self.halve(second, right, weights);
            }
        }
    }

    fn descend(&self, cluster: usize, (weight, stop): (f64, usize), weights: &mut [f64]) {
        if cluster >= stop {
            let (first, second) = self.joins[cluster - self.joins.len() - 1].clusters;
            let sides = (members(self.joins, first), members(self.joins, second));
            let risks = (self.risk(first, stop), self.risk(second, stop));
            let left = self.within((&sides.0, &sides.1), weight, risks.1 / (risks.0 + risks.1));
            let right = weight - left;
            self.descend(first, (left, stop), weights);
            self.descend(second, (right, stop), weights);
            return;
        }
        // Within a cluster assets are split off one by one, which keeps each one's bounds.
        let order = members(self.joins, cluster);
        let mut left = weight;
        for (number, asset) in order.iter().enumerate() {
            let rest = &order[number + 1..];
            let own = 1.0 / self.full[(*asset, *asset)];
            let others: f64 = rest.iter().map(|i| 1.0 / self.full[(*i, *i)]).sum();
            weights[*asset] = self.within((&[*asset], rest), left, own / (own + others));
            left -= weights[*asset];
        }
    }

    /// The variances of the clusters below, added up.
    fn risk(&self, cluster: usize, stop: usize) -> f64 {
        if cluster < stop {
            return self.variance(&members(self.joins, cluster));
        }
        let (first, second) = self.joins[cluster - self.joins.len() - 1].clusters;
        self.risk(first, stop) + self.risk(second, stop)
    }

    /// The weights of two sides by the inverse of their risks.
    fn split(&self, (first, second): (&[usize], &[usize]), weight: f64) -> (f64, f64) {
        let (left, right) = (self.variance(first), self.variance(second));
        let (left, right) = match self.share {
            Share::Variance => (left, right),
            Share::Volatility => (left.sqrt(), right.sqrt()),
        };
        let own = self.within((first, second), weight, 1.0 - left / (left + right));
        (own, weight - own)
    }

    /// The weight of the first side, as near to its part as both sides' bounds allow.
    fn within(&self, (first, second): (&[usize], &[usize]), weight: f64, part: f64) -> f64 {
        let sum = |side: &[usize], bounds: &[f64]| side.iter().map(|i| bounds[*i]).sum::<f64>();
        let (lower, upper) = (&self.limits.lower, &self.limits.upper);
        let least = sum(first, lower).max(weight - sum(second, upper));
        let most = sum(first, upper).min(weight - sum(second, lower));
        (weight * part).min(most).max(least)
    }

    /// The variance of the portfolio of a cluster that is weighted by the inverse of the risks.
    fn variance(&self, cluster: &[usize]) -> f64 {
        let inverse = |&i: &usize| match self.share {
            Share::Variance => 1.0 / self.full[(i, i)],
            Share::Volatility => 1.0 / self.full[(i, i)].sqrt(),
        };
        let inverse: Vec<f64> = cluster.iter().map(inverse).collect();
        let total: f64 = inverse.iter().sum();
        let of = |(j, weight): (&usize, &f64)| {
            let column = self.full.col_as_slice(*j);
            let sum: f64 = cluster.iter().zip(&inverse).map(|(i, w)| w * column[*i]).sum();
            weight * sum
        };
        cluster.iter().zip(&inverse).map(of).sum::<f64>() / (total * total)
    }
}

/// A rule has no objective that it makes the least: it is its own dual.
fn outcome(
    weights: Vec<f64>,
    covariance: &Covariance,
    limits: &Limits,
    (method, iterations): (&'static str, usize),
) -> Solution {
    let objective = covariance.variance(&weights);
    let certificate = Certificate {
        primal: objective,
        dual: objective,
        gap: 0.0,
        residual_primal: limits.violation(&weights),
        residual_dual: 0.0,
        iterations,
        method,
    };
    Solution { weights, objective, certificate }
}
