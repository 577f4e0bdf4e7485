//! One multiple out of those of many companies. Each way answers another question, and on the same
//! companies they differ by a factor of two or more.

use super::{Cover, Covered};
use crate::answer::Undefined;
use crate::numeric::sum;

/// How the multiples of companies become one. Below, $w$ is a weight and $y$ what a company earns
/// (or owns) for a unit of its price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// $\sum w / \sum w y$: what all cost over what all earn; the harmonic mean by weight.
    Aggregate,
    /// $n / \sum y$: the harmonic mean, each company alike.
    Harmonic,
    /// $\sum w y^{-1} / \sum w$: the arithmetic mean by weight.
    Mean,
    /// The middle multiple, each company alike; losses stand above every multiple.
    Median,
    /// The multiple up to which companies have half of the weight; losses stand above all.
    WeightedMedian,
}

impl Average {
    /// The words of queries.
    pub const WORDS: &'static [&'static str] =
        &["aggregate", "harmonic", "mean", "median", "weighted_median"];

    /// The average of a word; the aggregate of any other.
    pub fn of(word: &str) -> Average {
        match word {
            "harmonic" => Average::Harmonic,
            "mean" => Average::Mean,
            "median" => Average::Median,
            "weighted_median" => Average::WeightedMedian,
            _ => Average::Aggregate,
        }
    }
}

/// The multiple of companies whose values are what they earn for a unit of price.
///
/// # Errors
/// `negative_earnings` where the sum, or the middle company, has none to be positive; for the mean,
/// where any has not.
pub fn multiple(cover: &Cover<'_>, average: Average) -> Result<f64, Undefined> {
    let companies = &cover.companies;
    let what = cover.what;
    let undefined = |reason: String| Err(Undefined::new("negative_earnings", reason));
    match average {
        Average::Aggregate => match cover.sum() {
            total if total > 0.0 => Ok(cover.weight() / total),
            _ => undefined(format!("the {what} of all companies together are not positive")),
        },
        Average::Harmonic => match sum(companies.iter().map(|c| c.value)) {
            total if total > 0.0 => Ok(companies.len() as f64 / total),
            _ => undefined(format!("the {what} of all companies together are not positive")),
        },
        Average::Mean if companies.iter().all(|c| c.value > 0.0) => {
            let costs = companies.iter().map(|c| c.position.weight / c.value);
            Ok(sum(costs) / cover.weight())
        }
        Average::Mean => undefined(format!(
            "a mean of multiples has no meaning where {what} are negative; `losses: exclude` \
             leaves those out"
        )),
        Average::Median | Average::WeightedMedian => middle(cover, average).ok_or_else(|| {
            let reason = format!("the company in the middle has no positive {what}");
            Undefined::new("negative_earnings", reason)
        }),
    }
}

/// The multiple in the middle, from the cheapest to the dearest and then the losses; none where a
/// loss stands there.
fn middle(cover: &Cover<'_>, average: Average) -> Option<f64> {
    let mut ordered: Vec<&Covered<'_>> = cover.companies.iter().collect();
    let multiple = |c: &Covered<'_>| if c.value > 0.0 { 1.0 / c.value } else { f64::INFINITY };
    ordered.sort_by(|a, b| multiple(a).total_cmp(&multiple(b)));
    let count = ordered.len();
    let found = match average {
        Average::WeightedMedian => {
            let half = cover.weight() / 2.0;
            let mut reached = 0.0;
            let past = ordered.iter().find(|c| {
                reached += c.position.weight;
                reached >= half
            });
            multiple(past.or(ordered.last())?)
        }
        _ => {
            let (low, high) = (ordered.get((count - 1) / 2)?, ordered.get(count / 2)?);
            (multiple(low) + multiple(high)) / 2.0
        }
    };
    found.is_finite().then_some(found)
}
