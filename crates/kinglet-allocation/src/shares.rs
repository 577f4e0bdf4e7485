//! Whole shares for weights: how many of each to buy with a sum of money.

use crate::error::AllocationError;

/// Whole shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// How many of each asset.
    pub counts: Vec<u64>,
    /// The money that is left.
    pub cash: f64,
    /// The sum of the distances from what the weights ask for, in money, and of the cash.
    pub distance: f64,
    /// Whether it is known that no whole shares are nearer.
    pub is_nearest: bool,
}

impl Shares {
    /// The root of the mean squared distance of the weights of the shares from those asked for.
    pub fn weight_error(&self, weights: &[f64], prices: &[f64]) -> f64 {
        let held: Vec<f64> =
            self.counts.iter().zip(prices).map(|(&count, price)| count as f64 * price).collect();
        let total: f64 = held.iter().sum();
        let apart = held.iter().zip(weights).map(|(held, weight)| held / total - weight);
        (apart.map(|apart| apart * apart).sum::<f64>() / weights.len() as f64).sqrt()
    }
}

/// As many shares as the weights pay for in full, then one after another of the asset that lacks
/// most, as long as there is money for it.
///
/// # Errors
/// `Parameter` where a price or the money is not above zero, or a weight below zero.
pub fn greedy(weights: &[f64], prices: &[f64], money: f64) -> Result<Shares, AllocationError> {
    check(weights, prices, money)?;
    let whole = |(weight, price): (&f64, &f64)| (weight * money / price).floor();
    let mut counts: Vec<f64> = weights.iter().zip(prices).map(whole).collect();
    loop {
        let spent: Vec<f64> = counts.iter().zip(prices).map(|(n, price)| n * price).collect();
        let total: f64 = spent.iter().sum();
        let lacks = |at: usize| weights[at] - if total > 0.0 { spent[at] / total } else { 0.0 };
        let buyable = (0..prices.len()).filter(|&at| prices[at] <= money - total);
        let next = buyable.filter(|&at| lacks(at) > 0.0).max_by(|&a, &b| {
            // Of two that lack as much the first.
            lacks(a).total_cmp(&lacks(b)).then(b.cmp(&a))
        });
        let Some(next) = next else { break };
        counts[next] += 1.0;
    }
    Ok(shares(&counts, (weights, prices, money), false))
}

/// The whole shares nearest to the weights, by branch and bound from the greedy ones on.
///
/// # Errors
/// Those of [`greedy`].
pub fn nearest(weights: &[f64], prices: &[f64], money: f64) -> Result<Shares, AllocationError> {
    let start = greedy(weights, prices, money)?;
    let mut order: Vec<usize> = (0..prices.len()).collect();
    order.sort_by(|&a, &b| prices[b].total_cmp(&prices[a]));
    let wanted: Vec<f64> = order.iter().map(|&at| weights[at] * money).collect();
    let mut later = vec![0.0; wanted.len() + 1];
    for at in (0..wanted.len()).rev() {
        later[at] = later[at + 1] + wanted[at];
    }
    let prices_in_order = order.iter().map(|&at| prices[at]).collect();
    let mut search = Search {
        wanted,
        later,
        prices: prices_in_order,
        counts: vec![0.0; prices.len()],
        best: (start.distance, None),
        nodes: 0,
    };
    search.descend(0, money, 0.0);
    let is_nearest = search.nodes < NODES_MAX;
    let Some(found) = search.best.1 else { return Ok(Shares { is_nearest, ..start }) };
    let mut counts = vec![0.0; prices.len()];
    order.iter().zip(found).for_each(|(&at, count)| counts[at] = count);
    Ok(shares(&counts, (weights, prices, money), is_nearest))
}

/// After so many choices the best so far is taken.
const NODES_MAX: usize = 2_000_000;

struct Search {
    wanted: Vec<f64>,
    /// What this and all later assets want.
    later: Vec<f64>,
    prices: Vec<f64>,
    counts: Vec<f64>,
    best: (f64, Option<Vec<f64>>),
    nodes: usize,
}

impl Search {
    /// Tries the counts of an asset from the nearest on, and of those after it.
    fn descend(&mut self, at: usize, cash: f64, distance: f64) {
        self.nodes += 1;
        if at == self.prices.len() {
            if distance + cash < self.best.0 - 1e-9 {
                self.best = (distance + cash, Some(self.counts.clone()));
            }
            return;
        }
        let (price, wanted) = (self.prices[at], self.wanted[at]);
        let below = (wanted / price).floor();
        let mut counts = vec![below + 1.0, below];
        if wanted - below * price < 0.5 * price {
            counts.swap(0, 1);
        }
        let fewer = (0..below as u64).rev().map(|count| count as f64);
        for count in counts.into_iter().chain(fewer) {
            let left = cash - count * price;
            let apart = distance + (wanted - count * price).abs();
            // Fractions of shares of the rest would leave at least this.
            let bound = apart + (left - self.later[at + 1]).abs();
            if self.nodes >= NODES_MAX || (count < below && bound >= self.best.0) {
                break;
            }
            if left >= 0.0 && bound < self.best.0 - 1e-9 {
                self.counts[at] = count;
                self.descend(at + 1, left, apart);
            }
        }
    }
}

fn shares(
    counts: &[f64],
    (weights, prices, money): (&[f64], &[f64], f64),
    is_nearest: bool,
) -> Shares {
    let spent = counts.iter().zip(prices).map(|(count, price)| count * price);
    let cash = money - spent.clone().sum::<f64>();
    let apart = weights.iter().zip(spent).map(|(weight, spent)| (weight * money - spent).abs());
    let distance = apart.sum::<f64>() + cash;
    let counts = counts.iter().map(|&count| count as u64).collect();
    Shares { counts, cash, distance, is_nearest }
}

fn check(weights: &[f64], prices: &[f64], money: f64) -> Result<(), AllocationError> {
    let parameter = |name, value, allowed| Err(AllocationError::Parameter { name, value, allowed });
    let wrong = |value: f64| !(value > 0.0 && value.is_finite());
    if let Some(&price) = prices.iter().find(|price| wrong(**price)) {
        return parameter("a price", price, "above zero");
    }
    if wrong(money) {
        return parameter("the money", money, "above zero");
    }
    if let Some(&weight) = weights.iter().find(|weight| !(**weight >= 0.0 && **weight <= 1.0)) {
        return parameter("a weight", weight, "from 0 to 1");
    }
    Ok(())
}
