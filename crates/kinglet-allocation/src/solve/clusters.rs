//! How many clusters there are in a tree of joins, and which.

use faer::Mat;

use super::linkage::{Join, members};

/// More clusters than this are not looked for.
const MOST: usize = 10;

/// The members of each of so many clusters.
pub(crate) fn cut(joins: &[Join], clusters: usize) -> Vec<Vec<usize>> {
    let assets = joins.len() + 1;
    let stop = 2 * assets - clusters;
    let mut open = vec![2 * assets - 2];
    let mut found = Vec::with_capacity(clusters);
    while let Some(cluster) = open.pop() {
        if cluster >= stop {
            let (first, second) = joins[cluster - assets].clusters;
            open.extend([second, first]);
        } else {
            found.push(members(joins, cluster));
        }
    }
    found
}

/// The number of clusters, from two to ten and no more than the root of the number of assets, whose
/// silhouettes have the largest mean for their deviation (López de Prado 2020, Machine Learning for
/// Asset Managers, section 4.4.1; Rousseeuw 1987). How far two assets are apart is the distance of
/// what they have for distances to all. Of fewer than four assets there is one cluster.
pub(crate) fn distinct(joins: &[Join], distances: &Mat<f64>) -> usize {
    let assets = distances.nrows();
    let most = assets.isqrt().min(MOST);
    if most < 2 {
        return 1;
    }
    let mut apart = distances.transpose() * distances;
    let squares: Vec<f64> = (0..assets).map(|i| apart[(i, i)]).collect();
    for j in 0..assets {
        for (i, value) in apart.col_as_slice_mut(j).iter_mut().enumerate() {
            *value = (squares[i] + squares[j] - 2.0 * *value).max(0.0).sqrt();
        }
    }
    let mut best = (f64::NEG_INFINITY, 1);
    for clusters in 2..=most {
        let quality = quality(&silhouettes(&cut(joins, clusters), &apart));
        if quality > best.0 {
            best = (quality, clusters);
        }
    }
    best.1
}

/// How much nearer each asset is to its own cluster than to the next, from minus one to one; zero
/// for one that is a cluster by itself.
fn silhouettes(clusters: &[Vec<usize>], apart: &Mat<f64>) -> Vec<f64> {
    let of = |(own, asset): (usize, usize)| {
        let column = apart.col_as_slice(asset);
        let sum = |cluster: &Vec<usize>| cluster.iter().map(|&i| column[i]).sum::<f64>();
        let others = clusters.iter().enumerate().filter(|(at, _)| *at != own);
        let means = others.map(|(_, cluster)| sum(cluster) / cluster.len() as f64);
        let next = means.fold(f64::INFINITY, f64::min);
        let within = sum(&clusters[own]) / (clusters[own].len() - 1) as f64;
        let silhouette = (next - within) / next.max(within);
        // Alone, or on top of all others.
        if silhouette.is_finite() { silhouette } else { 0.0 }
    };
    let members = clusters.iter().enumerate();
    members.flat_map(|(own, m)| m.iter().map(move |&asset| (own, asset))).map(of).collect()
}

/// The mean by the deviation.
fn quality(silhouettes: &[f64]) -> f64 {
    let count = silhouettes.len() as f64;
    let mean = silhouettes.iter().sum::<f64>() / count;
    let squares: f64 = silhouettes.iter().map(|s| (s - mean) * (s - mean)).sum();
    mean / (squares / count).sqrt().max(f64::MIN_POSITIVE)
}
