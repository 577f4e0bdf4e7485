//! Agglomerative clustering of assets by their distances.

use faer::Mat;
use rayon::prelude::*;

use crate::error::AllocationError;
use crate::estimate::strips;

/// How far two clusters are from each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Linkage {
    /// Their nearest members.
    #[default]
    Single,
    /// Their farthest members.
    Complete,
    /// The mean over pairs of members.
    Average,
    /// What joining them adds to the sum of squares (Ward 1963).
    Ward,
}

/// Two clusters joined into one: assets are clusters 0 to N − 1, the first join makes cluster N.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// The clusters, the one of the lower number first.
    pub clusters: (usize, usize),
    /// How far they were from each other.
    pub distance: f64,
    /// How many assets they have together.
    pub assets: usize,
}

/// √((1 − ρ) / 2) of each two assets.
pub(crate) struct Distances<'a> {
    full: &'a Mat<f64>,
    deviations: Vec<f64>,
}

impl<'a> Distances<'a> {
    pub(crate) fn of(full: &'a Mat<f64>) -> Result<Self, AllocationError> {
        let deviations: Vec<f64> = (0..full.nrows()).map(|i| full[(i, i)].sqrt()).collect();
        if deviations.iter().any(|deviation| deviation.is_nan() || *deviation <= 0.0) {
            return Err(AllocationError::NotPositiveDefinite { purpose: "a correlation" });
        }
        Ok(Self { full, deviations })
    }

    pub(crate) fn assets(&self) -> usize {
        self.deviations.len()
    }

    /// Of one asset to all.
    fn column(&self, asset: usize) -> impl Iterator<Item = f64> {
        let own = self.deviations[asset];
        let pairs = self.full.col_as_slice(asset).iter().zip(&self.deviations);
        pairs
            .map(move |(value, other)| ((1.0 - value / (own * other)) / 2.0).clamp(0.0, 1.0).sqrt())
    }

    /// Of all to all.
    pub(crate) fn matrix(&self) -> Mat<f64> {
        let mut all = Mat::zeros(self.assets(), self.assets());
        let columns = strips(all.as_mut(), 1);
        columns.into_par_iter().enumerate().for_each(|(asset, column)| {
            let Some(column) = column.col_mut(0).try_as_col_major_mut() else { return };
            let column = column.as_slice_mut().iter_mut();
            column.zip(self.column(asset)).for_each(|(out, distance)| *out = distance);
        });
        all
    }
}

impl Linkage {
    /// All joins, from the nearest clusters to the farthest, by nearest-neighbour chains (Murtagh
    /// 1983, The Computer Journal 26; Müllner 2011, arXiv 1109.2378, figure 3), and for single
    /// linkage along a minimum spanning tree; for equal distances in the order of scipy.
    pub fn joins(self, distances: Mat<f64>) -> Vec<Join> {
        match self {
            Self::Single => label(spanning_tree(distances.ncols(), |asset| {
                distances.col_as_slice(asset).iter().copied()
            })),
            _ => label(self.chains(distances)),
        }
    }

    /// The same of distances that need not all be there at once.
    pub(crate) fn tree(self, distances: &Distances<'_>) -> Vec<Join> {
        match self {
            Self::Single => {
                label(spanning_tree(distances.assets(), |asset| distances.column(asset)))
            }
            _ => label(self.chains(distances.matrix())),
        }
    }

    fn chains(self, mut distances: Mat<f64>) -> Vec<(usize, usize, f64)> {
        let assets = distances.nrows();
        let mut sizes = vec![1.0; assets];
        let mut active: Vec<usize> = (0..assets).collect();
        let mut chain: Vec<usize> = Vec::new();
        let mut edges = Vec::with_capacity(assets);
        while active.len() > 1 {
            if chain.is_empty() {
                chain.push(active[0]);
            }
            loop {
                let top = chain[chain.len() - 1];
                let before = chain.len().checked_sub(2).map(|at| chain[at]);
                let column = distances.col_as_slice(top);
                // Of equal distances that to the one before, so that the chain ends.
                let mut near = before.map(|b| (column[b], b));
                for other in active.iter().copied().filter(|other| *other != top) {
                    if near.is_none_or(|(distance, _)| column[other] < distance) {
                        near = Some((column[other], other));
                    }
                }
                let Some((distance, other)) = near else { return edges };
                if Some(other) == before {
                    chain.truncate(chain.len() - 2);
                    let (low, high) = (top.min(other), top.max(other));
                    edges.push((low, high, distance));
                    active.retain(|cluster| *cluster != low);
                    for third in active.iter().copied().filter(|third| *third != high) {
                        let of = (distances[(third, low)], distances[(third, high)], distance);
                        let updated = self.update(of, (sizes[low], sizes[high], sizes[third]));
                        distances[(third, high)] = updated;
                        distances[(high, third)] = updated;
                    }
                    sizes[high] += sizes[low];
                    break;
                }
                chain.push(other);
            }
        }
        edges
    }

    /// Lance and Williams 1967, The Computer Journal 9, table 1.
    fn update(self, (a, b, between): (f64, f64, f64), (m, n, third): (f64, f64, f64)) -> f64 {
        match self {
            Self::Single => a.min(b),
            Self::Complete => a.max(b),
            Self::Average => (m * a + n * b) / (m + n),
            Self::Ward => {
                let sum = (m + third) * a * a + (n + third) * b * b - third * between * between;
                (sum / (m + n + third)).max(0.0).sqrt()
            }
        }
    }
}

/// Prim 1957, from the first asset.
fn spanning_tree<D: Iterator<Item = f64>>(
    assets: usize,
    distances: impl Fn(usize) -> D,
) -> Vec<(usize, usize, f64)> {
    let mut nearest = vec![f64::INFINITY; assets];
    let mut joined = vec![false; assets];
    let mut edges = Vec::with_capacity(assets);
    let mut last = 0;
    for _ in 1..assets {
        joined[last] = true;
        let mut next = (f64::INFINITY, last);
        for (other, distance) in distances(last).enumerate() {
            if joined[other] {
                continue;
            }
            nearest[other] = nearest[other].min(distance);
            if nearest[other] < next.0 {
                next = (nearest[other], other);
            }
        }
        edges.push((last, next.1, next.0));
        last = next.1;
    }
    edges
}

/// Joins of assets, the nearest first, as joins of clusters.
fn label(mut edges: Vec<(usize, usize, f64)>) -> Vec<Join> {
    edges.sort_by(|a, b| a.2.total_cmp(&b.2));
    let assets = edges.len() + 1;
    let mut parent: Vec<usize> = (0..2 * assets).collect();
    let mut sizes = vec![1; 2 * assets];
    let mut joins = Vec::with_capacity(edges.len());
    for (number, (a, b, distance)) in edges.iter().enumerate() {
        let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
        let made = assets + number;
        parent[a] = made;
        parent[b] = made;
        sizes[made] = sizes[a] + sizes[b];
        let clusters = (a.min(b), a.max(b));
        joins.push(Join { clusters, distance: *distance, assets: sizes[made] });
    }
    joins
}

fn root(parent: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// The assets of a cluster from left to right.
pub(crate) fn members(joins: &[Join], cluster: usize) -> Vec<usize> {
    let assets = joins.len() + 1;
    let mut open = vec![cluster];
    let mut found = Vec::new();
    while let Some(cluster) = open.pop() {
        match cluster.checked_sub(assets) {
            None => found.push(cluster),
            Some(join) => open.extend([joins[join].clusters.1, joins[join].clusters.0]),
        }
    }
    found
}
