//! In which order assets stand below a tree of joins.

use std::ops::Range;

use faer::Mat;

use super::linkage::{Distances, Join, Linkage, members};

/// Which of the two sides of a join stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafOrder {
    /// The cluster of the lower number (López de Prado 2016, stage 2).
    #[default]
    Joined,
    /// From the first join on, sides are turned as wholes so that the order is the best for each
    /// join, which need not be the best for the whole tree, as Bar-Joseph, Gifford and Jaakkola
    /// (2001, Bioinformatics 17, S22) find it. scipy's `optimal_ordering` settles joins so, up to
    /// version 1.17 at least, and the weights that Riskfolio-Lib publishes go by it.
    Neighbours,
}

impl LeafOrder {
    /// The joins of a linkage, the side that stands first before the other.
    pub(crate) fn joins(self, linkage: Linkage, distances: &Distances<'_>) -> Vec<Join> {
        let joins = linkage.tree(distances);
        match self {
            Self::Joined => joins,
            Self::Neighbours => turned(joins, &distances.matrix()),
        }
    }
}

/// The two ways in which a side can stand: its outer assets, and those that are within the join.
type Ways = Vec<(Range<usize>, Range<usize>)>;

fn turned(mut joins: Vec<Join>, distances: &Mat<f64>) -> Vec<Join> {
    let assets = joins.len() + 1;
    let order = members(&joins, 2 * assets - 2);
    let apart = Mat::from_fn(assets, assets, |i, j| distances[(order[i], order[j])]);
    let mut ranges: Vec<Range<usize>> = vec![0..0; assets];
    order.iter().enumerate().for_each(|(place, &asset)| ranges[asset] = place..place + 1);
    for join in &joins {
        let (first, second) = join.clusters;
        ranges.push(ranges[first].start..ranges[second].end);
    }
    let ways = |cluster: usize| -> Ways {
        let whole = ranges[cluster].clone();
        let Some(join) = cluster.checked_sub(assets) else { return vec![(whole.clone(), whole)] };
        let (first, second) = joins[join].clusters;
        let (first, second) = (ranges[first].clone(), ranges[second].clone());
        vec![(first.clone(), second.clone()), (second, first)]
    };
    let mut is_turned = vec![false; joins.len()];
    // The least sum of distances in a cluster that stands from one asset to another.
    let mut least = Mat::<f64>::zeros(assets, assets);
    for join in &joins {
        let (first, second) = join.clusters;
        let mut right = ways(second);
        // Read from the left, the second side begins with what is within.
        right.reverse();
        let best = stand(&apart, &mut least, (&ways(first), &right));
        for (cluster, turn) in [(first, best.0), (second, best.1)] {
            if let Some(join) = cluster.checked_sub(assets) {
                is_turned[join] = turn == 1;
            }
        }
    }
    // A side is turned as a whole, with all that is below it.
    for at in (0..joins.len()).rev() {
        let (first, second) = joins[at].clusters;
        if !is_turned[at] {
            continue;
        }
        joins[at].clusters = (second, first);
        for join in [first, second].into_iter().filter_map(|cluster| cluster.checked_sub(assets)) {
            is_turned[join] = !is_turned[join];
        }
    }
    joins
}

/// The least sums from each asset of one side to each of the other; the ways of the least of all.
fn stand(apart: &Mat<f64>, least: &mut Mat<f64>, (left, right): (&Ways, &Ways)) -> (usize, usize) {
    let mut best = (f64::INFINITY, (0, 0));
    for (turn, (outer, inner)) in left.iter().enumerate() {
        for (other, (end, start)) in right.iter().enumerate() {
            for u in outer.clone() {
                let across = |k: usize| {
                    let sums = inner.clone().map(|m| least[(u, m)] + apart[(m, k)]);
                    sums.fold(f64::INFINITY, f64::min)
                };
                let across: Vec<f64> = start.clone().map(across).collect();
                for w in end.clone() {
                    let sums = start.clone().zip(&across).map(|(k, sum)| sum + least[(k, w)]);
                    let sum = sums.fold(f64::INFINITY, f64::min);
                    least[(u, w)] = sum;
                    least[(w, u)] = sum;
                    if sum < best.0 {
                        best = (sum, (turn, other));
                    }
                }
            }
        }
    }
    best.1
}
