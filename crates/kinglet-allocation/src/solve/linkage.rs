//! Agglomerative clustering of assets by their distances.

use faer::Mat;

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

impl Linkage {
    /// All joins, from the nearest clusters to the farthest, by nearest-neighbour chains (Murtagh
    /// 1983, The Computer Journal 26; Müllner 2011, arXiv 1109.2378, figure 3), and for single
    /// linkage along a minimum spanning tree; for equal distances in the order of scipy.
    pub fn joins(self, distances: Mat<f64>) -> Vec<Join> {
        let mut edges = match self {
            Self::Single => spanning_tree(&distances),
            _ => self.chains(distances),
        };
        edges.sort_by(|a, b| a.2.total_cmp(&b.2));
        label(&edges)
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
fn spanning_tree(distances: &Mat<f64>) -> Vec<(usize, usize, f64)> {
    let assets = distances.nrows();
    let mut nearest = vec![f64::INFINITY; assets];
    let mut joined = vec![false; assets];
    let mut edges = Vec::with_capacity(assets);
    let mut last = 0;
    for _ in 1..assets {
        joined[last] = true;
        let mut next = (f64::INFINITY, last);
        for (other, distance) in distances.col_as_slice(last).iter().enumerate() {
            if joined[other] {
                continue;
            }
            nearest[other] = nearest[other].min(*distance);
            if nearest[other] < next.0 {
                next = (nearest[other], other);
            }
        }
        edges.push((last, next.1, next.0));
        last = next.1;
    }
    edges
}

/// Joins of assets as joins of clusters.
fn label(edges: &[(usize, usize, f64)]) -> Vec<Join> {
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
