//! Tests of whether events had an effect. Each says what it takes for granted: where it is not
//! given, a test rejects too often. All are to either side, over the whole event windows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::abnormal::Abnormal;
use super::law::{binomial_tails, normal_tails, student_tails};
use super::performance::{covariance, deviation};
use super::regression::Fit;
use super::{mean, sum};

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// The statistic, in units of its standard error.
    pub statistic: f64,
    /// The probability of one at least as far from zero where events have no effect.
    pub p_value: f64,
}

impl Finding {
    fn normal(statistic: f64) -> Option<Finding> {
        let p_value = normal_tails(statistic);
        statistic.is_finite().then_some(Finding { statistic, p_value })
    }

    fn student(statistic: f64, free: f64) -> Option<Finding> {
        let p_value = student_tails(statistic, free);
        statistic.is_finite().then_some(Finding { statistic, p_value })
    }

    /// That of events which move together: the variance of the mean of standardised returns is
    /// 1 + (n - 1) r times the one of independent events.
    fn correlated(self, count: usize, correlation: f64) -> f64 {
        self.statistic / (1.0 + (count as f64 - 1.0) * correlation).sqrt()
    }
}

/// The t-test of the mean of outcomes, with n - 1 degrees of freedom (Student 1908). Takes
/// independent outcomes for granted. None of fewer than two, or where they do not move.
pub fn mean_test(values: &[f64]) -> Option<Finding> {
    let n = values.len() as f64;
    Finding::student(mean(values)? * n.sqrt() / deviation(values)?, n - 1.0)
}

/// Σ SCAR / √Σ (d / (d - 2)): SCAR is the cumulated abnormal return over its standard error and d
/// its degrees of freedom (Patell 1976, Corporate Forecasts of Earnings per Share and Stock
/// Price Behavior, Journal of Accounting Research 14). Takes for granted that events are
/// independent and that they do not raise the variance. None where a d is below 3.
pub fn patell(events: &[Abnormal]) -> Option<Finding> {
    let variance = |event: &Abnormal| {
        let free = event.free as f64;
        (event.free > 2).then(|| free / (free - 2.0))
    };
    let variances: Vec<f64> = events.iter().map(variance).collect::<Option<_>>()?;
    Finding::normal(sum(scars(events)) / sum(variances).sqrt())
}

/// Patell's test for events that move together (Kolari and Pynnönen 2010, Event Study Testing with
/// Cross-sectional Correlation of Abnormal Returns, Review of Financial Studies 23), with the
/// mean of the [`Correlations`].
pub fn patell_adjusted(events: &[Abnormal], correlation: f64) -> Option<Finding> {
    Finding::normal(patell(events)?.correlated(events.len(), correlation))
}

/// The t-test of the mean of SCAR over events, whose spread then says how much events raise the
/// variance (Boehmer, Musumeci and Poulsen 1991, Event-study Methodology under Conditions of
/// Event-induced Variance, Journal of Financial Economics 30). Takes independent events for
/// granted. None of fewer than two events.
pub fn boehmer(events: &[Abnormal]) -> Option<Finding> {
    mean_test(&scars(events).collect::<Vec<f64>>())
}

/// That test for events that move together: times √((1 - r) / (1 + (n - 1) r)), where r is the
/// mean of their [`Correlations`] (Kolari and Pynnönen 2010).
pub fn boehmer_adjusted(events: &[Abnormal], correlation: f64) -> Option<Finding> {
    let plain = boehmer(events)?;
    let apart = (1.0 - correlation).sqrt();
    Finding::student(apart * plain.correlated(events.len(), correlation), events.len() as f64 - 1.0)
}

fn scars(events: &[Abnormal]) -> impl Iterator<Item = f64> + '_ {
    events.iter().map(Abnormal::standardised)
}

/// How strongly the cumulated returns of events move together, pair by pair.
#[derive(Clone, Debug)]
pub struct Correlations {
    events: usize,
    pairs: Vec<Pair>,
}

#[derive(Clone, Copy, Debug)]
struct Pair {
    /// The correlation of the two cumulated returns.
    correlation: f64,
    /// Whether both windows lie at the same places.
    is_at_once: bool,
}

impl Correlations {
    /// The correlation of residuals at places that both estimation windows have, times what the two
    /// sums share ([`Abnormal::shared`]). For events on one date that is the correlation of
    /// residuals of Kolari and Pynnönen 2010; it goes on to windows that overlap in part, as
    /// Kolari, Pape and Pynnönen 2018 (Event Study Testing with Cross-sectional Correlation due to
    /// Partially Overlapping Event Windows), and counts exactly what events share through their
    /// estimation windows. None of fewer than two events, or where event windows overlap whose
    /// estimation windows share fewer than ten places.
    pub fn of(events: &[Abnormal]) -> Option<Correlations> {
        let mut pairs = Vec::new();
        for (at, one) in events.iter().enumerate() {
            for other in &events[at + 1..] {
                pairs.push(Pair {
                    correlation: pair_correlation(one, other)?,
                    is_at_once: one.windows == other.windows,
                });
            }
        }
        (!pairs.is_empty()).then_some(Correlations { events: events.len(), pairs })
    }

    /// Their mean over pairs.
    pub fn mean(&self) -> f64 {
        sum(self.pairs.iter().map(|pair| pair.correlation)) / self.pairs.len() as f64
    }

    /// By what factor the variance of a mean over events is above that of independent ones, where
    /// this is the correlation of what is averaged.
    fn inflation(&self, of: impl Fn(&Pair) -> f64) -> f64 {
        let mean = sum(self.pairs.iter().map(of)) / self.pairs.len() as f64;
        1.0 + (self.events as f64 - 1.0) * mean
    }
}

/// The correlation of the signs of two normal numbers with a correlation: (2 / π) arcsin r
/// (Sheppard 1899, On the Application of the Theory of Error to Cases of Normal Distribution and
/// Normal Correlation, Philosophical Transactions A 192).
fn of_signs(correlation: f64) -> f64 {
    libm::asin(correlation.clamp(-1.0, 1.0)) * std::f64::consts::FRAC_2_PI
}

/// The correlation of their ranks: (6 / π) arcsin(r / 2) (Pearson 1907, On Further Methods of
/// Determining Correlation, Drapers' Company Research Memoirs).
fn of_ranks(correlation: f64) -> f64 {
    3.0 * of_signs(correlation / 2.0)
}

fn pair_correlation(one: &Abnormal, other: &Abnormal) -> Option<f64> {
    /// Fewer say nothing about a correlation.
    const SHARED_MIN: usize = 10;
    let places = overlap(&one.windows.estimation, &other.windows.estimation);
    if places.len() < SHARED_MIN {
        return overlap(&one.windows.event, &other.windows.event).is_empty().then_some(0.0);
    }
    let cut = |event: &Abnormal| {
        let start = event.windows.estimation.start;
        event.residuals.get(places.start - start..places.end - start).map(<[f64]>::to_vec)
    };
    let (a, b) = (cut(one)?, cut(other)?);
    let correlation = covariance(&a, &b)? / (deviation(&a)? * deviation(&b)?);
    Some(correlation * one.shared(other))
}

/// Whether no two event windows overlap: what takes events for independent needs that.
pub fn are_apart(events: &[Abnormal]) -> bool {
    let mut windows: Vec<&Range<usize>> = events.iter().map(|event| &event.windows.event).collect();
    windows.sort_by_key(|window| window.start);
    windows.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

/// The generalised rank test of Kolari and Pynnönen (2011, Nonparametric Rank Tests for Event
/// Studies, Journal of Empirical Finance 18, GRANK-T): the cumulated return of each event over its
/// standard error and over the deviation of those of all, so that events may raise the variance,
/// times √(1 - r), for what moves together deviates less (Kolari and Pynnönen 2010), is ranked
/// among its T - 1 standardised residuals. With U = k / (T + 1) - 1/2 of rank k, Z is the mean of U
/// over events in units of the root of the mean over all T places of the square of that mean, and
/// Z √((T - 2) / (T - 1 - Z²)) has Student's law with T - 2 degrees of freedom; here with n - 1 of
/// n events where those are fewer, for the deviation is theirs. Needs no law of returns; events at
/// the same time may move together. Where windows overlap in part, Z is divided by the root of what
/// that adds to the variance of the mean, by the [`Correlations`] of ranks. None where estimation
/// windows differ in length.
pub fn rank(events: &[Abnormal], together: &Correlations) -> Option<Finding> {
    let before = events.first()?.residuals.len();
    if events.iter().any(|event| event.residuals.len() != before) {
        return None;
    }
    let scars: Vec<f64> = scars(events).collect();
    let spread = deviation(&scars)? / (1.0 - together.mean()).sqrt();
    let (places, total) = (before + 1, before as f64 + 1.0);
    let ranked = |(event, scar): (&Abnormal, &f64)| {
        let error = event.variance.sqrt();
        let residuals: Vec<f64> = event.residuals.iter().map(|r| r / error).collect();
        ranks(&[&residuals, &[scar / spread]])
    };
    let ranked: Vec<Vec<f64>> = events.iter().zip(&scars).map(ranked).collect();
    let over_events = |place: usize| {
        sum(ranked.iter().map(|k| k[place] / (total + 1.0) - 0.5)) / events.len() as f64
    };
    let means: Vec<f64> = (0..places).map(over_events).collect();
    let error = (sum(means.iter().map(|m| m * m)) / total).sqrt();
    let at_once = |pair: &Pair| if pair.is_at_once { of_ranks(pair.correlation) } else { 0.0 };
    // What events at the same time share, the residuals of their estimation windows share, too.
    let added = together.inflation(|pair| of_ranks(pair.correlation)) / together.inflation(at_once);
    let z = means.last()? / error / added.sqrt();
    let free = (total - 2.0).min(events.len() as f64 - 1.0);
    Finding::student(z * ((total - 2.0) / (total - 1.0 - z * z)).sqrt(), free)
}

/// The rank of each value from 1 on; equal ones share the mean of theirs.
fn ranks(parts: &[&[f64]]) -> Vec<f64> {
    let values = parts.concat();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let (mut ranks, mut done) = (vec![0.0; values.len()], 0);
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let shared = (2 * done + equal.len() + 1) as f64 / 2.0;
        equal.iter().for_each(|at| ranks[*at] = shared);
        done += equal.len();
    }
    ranks
}

/// The sign test: whether as many outcomes are positive as their usual share has it, by the exact
/// binomial law (Arbuthnott 1710 for a half). With the unconditional hit rate as the share it asks
/// whether events hit more often than any time does. Takes independent outcomes and a known share
/// for granted. None without outcomes or with a share of 0 or 1.
pub fn sign(positive: usize, count: usize, share: f64) -> Option<Finding> {
    let n = count as f64;
    let statistic = (positive as f64 - n * share) / (n * share * (1.0 - share)).sqrt();
    let is_defined = statistic.is_finite() && positive <= count;
    is_defined.then(|| Finding { statistic, p_value: binomial_tails(positive, count, share) })
}

/// The generalised sign test: (w - n p) / √(n p (1 - p)); w events have a positive cumulated
/// abnormal return and p is the share of positive ones in the estimation windows, on average over
/// events (Cowan 1992, Nonparametric Event Study Tests, Review of Quantitative Finance and
/// Accounting 2). That takes independent events for granted: it is divided by the root of what
/// their [`Correlations`] make of the variance, by those of signs.
pub fn sign_generalised(events: &[Abnormal], together: &Correlations) -> Option<Finding> {
    let is_up = |value: &f64| *value > 0.0;
    let share = |event: &Abnormal| {
        event.residuals.iter().copied().filter(is_up).count() as f64 / event.residuals.len() as f64
    };
    let usual = mean(&events.iter().map(share).collect::<Vec<f64>>())?;
    let (n, up) = (events.len() as f64, events.iter().filter(|e| e.cumulated() > 0.0).count());
    let plain = (up as f64 - n * usual) / (n * usual * (1.0 - usual)).sqrt();
    Finding::normal(plain / together.inflation(|pair| of_signs(pair.correlation)).sqrt())
}

/// What a portfolio earns that holds, at each time, all events whose window is open.
#[derive(Clone, Debug)]
pub struct CalendarTime {
    /// The places at which it holds something.
    pub places: Vec<usize>,
    /// The equal-weighted mean of what it holds there.
    pub returns: Vec<f64>,
}

impl CalendarTime {
    /// Of event windows and the returns in them (Mandelker 1974, Risk and Return: The Case of
    /// Merging Firms, Journal of Financial Economics 1; Jaffe 1974, Special Information and Insider
    /// Trading, Journal of Business 47). What moves together at one time is one observation, so
    /// neither clusters nor overlapping windows count twice.
    pub fn new<'a>(events: impl IntoIterator<Item = (Range<usize>, &'a [f64])>) -> CalendarTime {
        let mut held: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for (places, returns) in events {
            for (place, value) in places.zip(returns) {
                held.entry(place).or_default().push(*value);
            }
        }
        let places = held.keys().copied().collect();
        let returns = held.values().filter_map(|values| mean(values)).collect();
        CalendarTime { places, returns }
    }

    /// Of abnormal returns.
    pub fn of(events: &[Abnormal]) -> CalendarTime {
        CalendarTime::new(events.iter().map(|e| (e.windows.event.clone(), e.returns.as_slice())))
    }

    /// Whether its mean return is zero.
    pub fn test(&self) -> Option<Finding> {
        mean_test(&self.returns)
    }

    /// Whether the intercept of its regression on these series is zero, with the classical standard
    /// error: alpha, where the returns are not abnormal ones but raw (Fama 1998, Market Efficiency,
    /// Long-term Returns, and Behavioral Finance, Journal of Financial Economics 49, section 3.3).
    pub fn alpha(&self, on: &[Vec<f64>]) -> Option<Finding> {
        let there = |series: &Vec<f64>| -> Option<Vec<f64>> {
            self.places.iter().map(|place| series.get(*place).copied()).collect()
        };
        let on: Vec<Vec<f64>> = on.iter().map(there).collect::<Option<_>>()?;
        let fit = Fit::new(&self.returns, &on)?;
        let mut intercept = vec![0.0; fit.coefficients.len()];
        intercept[0] = 1.0;
        let weights = fit.weights(&intercept);
        let error = (fit.variance() * sum(weights.iter().map(|w| w * w))).sqrt();
        Finding::student(fit.coefficients[0] / error, fit.free as f64)
    }
}
