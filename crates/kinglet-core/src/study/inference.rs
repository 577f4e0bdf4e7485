//! How far chance alone goes: intervals that respect overlap, placebo dates, tests, and the number
//! of outcomes that were tried.

use std::ops::Range;

use super::resample::{Resampled, resample};
use super::{Case, EVENTS_MIN, Event, Followed, Study, Summary};
use crate::answer::Undefined;
use crate::numeric::bootstrap::{BlockLength, Blocks};
use crate::numeric::confidence::{Bounds, groups, shortfall};
use crate::numeric::mean;
use crate::numeric::multiple::{holm, romano_wolf, sidak};
use crate::numeric::performance::deviation;
use crate::numeric::placebo::{Placebos, p_value};
use crate::numeric::significance::{CalendarTime, Finding, mean_test, sign};

/// How often intervals hold the true value.
pub const LEVEL: f64 = 0.95;

/// What random numbers are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// From which they follow.
    pub seed: u64,
    /// How many other histories, and how many placebos.
    pub draws: usize,
    /// In what blocks the histories are drawn.
    pub blocks: BlockKind,
}

/// The blocks in which histories are drawn, as long as Politis and White choose them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// Of random length.
    #[default]
    Stationary,
    /// All of one length.
    Circular,
}

impl BlockKind {
    /// Its name: `stationary`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Stationary => "stationary",
            BlockKind::Circular => "circular",
        }
    }

    /// The blocks that suit the longest of some lengths.
    pub(super) fn longest(self, lengths: impl Iterator<Item = BlockLength>) -> Blocks {
        match self {
            BlockKind::Stationary => {
                Blocks::Stationary(lengths.map(|length| length.stationary).fold(1.0, f64::max))
            }
            BlockKind::Circular => {
                let longest = lengths.map(|length| length.circular).fold(1.0, f64::max);
                Blocks::Circular(longest.ceil() as usize)
            }
        }
    }
}

/// How the outcomes of events stand to chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// Of the hit rate, by Wilson, as of so many events as have outcomes that lie apart.
    pub hit_rate: Bounds,
    /// Of the mean, by the bootstrap of the whole history, wider for few events and for those
    /// that overlap; none where all outcomes do.
    pub mean: Option<Bounds>,
    /// Of the mean less that after any period, likewise.
    pub difference: Option<Bounds>,
    /// In how many groups events fall whose outcomes overlap.
    pub groups: usize,
    /// The mean length of the blocks, in periods.
    pub block: f64,
    /// The probability of such a mean at dates spaced like the events.
    pub placebo_mean: f64,
    /// The probability of such a hit rate at dates spaced like the events.
    pub placebo_hits: f64,
    /// Whether events hit more often than any period; none where outcomes overlap, for it takes
    /// them for independent.
    pub sign: Option<Finding>,
    /// Whether the mean differs from that after any period; likewise.
    pub student: Option<Finding>,
    /// Whether a portfolio that holds every event until its outcome earns more than at any time.
    pub calendar_time: Option<Finding>,
    /// `placebo_mean` corrected for the outcomes tried, by Šidák.
    pub sidak: f64,
    /// Likewise by Holm.
    pub holm: f64,
    /// The probability of the difference where outcomes are resampled and events stay where they
    /// are, corrected by Romano and Wolf.
    pub romano_wolf: Option<f64>,
}

/// The inference of each outcome of a study; none of one with too few events. `steps` holds what
/// came in each period alone, of each outcome of which that can be asked; `told` is told what share
/// is done.
pub(super) fn infer(
    study: &Study,
    steps: &[Option<Followed>],
    chance: Chance,
    told: &dyn Fn(f64),
) -> Vec<Option<Inference>> {
    let is_tested = |followed: &&Followed| followed.values().len() >= EVENTS_MIN;
    let tested: Vec<&Followed> = study.followed.iter().filter(is_tested).collect();
    // Each outcome has its placebos, all have the histories in common.
    let parts = (tested.len() + 1) as f64;
    let resampled = resample(study, &tested, chance, &|share| told(share / parts));
    let single = study.followed.iter().zip(steps).map(|(followed, step)| {
        let at = tested.iter().position(|other| std::ptr::eq(*other, followed))?;
        let histories = resampled.get(at)?;
        let calendar_time = step.as_ref().and_then(|step| calendar_time(study, followed, step));
        let found = Inference { calendar_time, ..one(study, followed, histories, chance)? };
        told((at + 2) as f64 / parts);
        Some(found)
    });
    let mut all: Vec<Option<Inference>> = single.collect();
    let mut found: Vec<&mut Inference> = all.iter_mut().flatten().collect();
    let p_values: Vec<f64> = found.iter().map(|inference| inference.placebo_mean).collect();
    let together = together(&tested, &resampled);
    let corrected = sidak(&p_values).into_iter().zip(holm(&p_values));
    for (at, (inference, (sidak, holm))) in found.iter_mut().zip(corrected).enumerate() {
        (inference.sidak, inference.holm) = (sidak, holm);
        inference.romano_wolf = together.as_ref().and_then(|all| all.get(at).copied());
    }
    all
}

/// The place of each event with an outcome among the members.
pub(super) fn places(study: &Study, followed: &Followed) -> Vec<usize> {
    let with_outcome = study.events.iter().zip(&followed.cases).filter(|(_, case)| case.is_ok());
    let place = |period| followed.any.binary_search_by_key(&period, |member| member.period).ok();
    with_outcome.filter_map(|(event, _)| place(event.start())).collect()
}

/// The places of the study's periods over which each outcome goes.
fn windows(study: &Study, followed: &Followed) -> Vec<Range<usize>> {
    let window = |(event, case): (&Event, &Result<Case, Undefined>)| {
        let first = study.periods.binary_search(&event.start()).ok()?;
        let end = case.as_ref().ok()?.end;
        let last = study.periods.partition_point(|period| period.last_day() < end);
        Some(first..last.max(first))
    };
    study.events.iter().zip(&followed.cases).filter_map(window).collect()
}

/// The inference of one outcome by itself.
fn one(
    study: &Study,
    followed: &Followed,
    histories: &Resampled,
    chance: Chance,
) -> Option<Inference> {
    let (values, any) = (followed.values(), followed.any_values());
    let (events, all) = (Summary::of(&values)?, Summary::of(&any)?);
    let windows = windows(study, followed);
    let (groups, shortfall) = (groups(&windows), shortfall(&windows, histories.blocks));
    let apart = followed.apart(&study.events);
    let independent = apart == events.n;
    let mut placebos = Placebos::new(&places(study, followed), any.len(), chance.seed)?;
    let draw = |_| {
        let drawn: Vec<f64> = placebos.draw().into_iter().map(|at| any[at]).collect();
        Summary::of(&drawn).map(|summary| (summary.mean, summary.hit_rate))
    };
    let (means, rates): (Vec<f64>, Vec<f64>) = (0..chance.draws).filter_map(draw).unzip();
    let centred: Vec<f64> = values.iter().map(|value| value - all.mean).collect();
    Some(Inference {
        hit_rate: Bounds::of_share(events.hit_rate, apart, LEVEL)?,
        mean: Bounds::of_few(&histories.means, LEVEL, groups, shortfall),
        difference: Bounds::of_few(&histories.differences, LEVEL, groups, shortfall),
        groups,
        block: histories.blocks.mean(),
        placebo_mean: p_value(events.mean, &means)?,
        placebo_hits: p_value(events.hit_rate, &rates)?,
        sign: sign(events.hits, events.n, all.hit_rate).filter(|_| independent),
        student: mean_test(&centred).filter(|_| independent),
        calendar_time: None,
        sidak: 1.0,
        holm: 1.0,
        romano_wolf: None,
    })
}

/// The probabilities of all differences together, by Romano and Wolf: each in units of its
/// deviation where nothing is behind the events.
fn together(tested: &[&Followed], resampled: &[Resampled]) -> Option<Vec<f64>> {
    let mut statistics = Vec::new();
    let mut by_chance = Vec::new();
    for (followed, histories) in tested.iter().zip(resampled) {
        let difference = mean(&followed.values())? - mean(&followed.any_values())?;
        let error = deviation(&histories.by_chance)?;
        statistics.push(difference / error);
        by_chance.push(histories.by_chance.iter().map(|other| other / error).collect());
    }
    romano_wolf(&statistics, &by_chance)
}

/// Each event held, period by period, until its outcome is over.
fn calendar_time(study: &Study, followed: &Followed, step: &Followed) -> Option<Finding> {
    let usual = mean(&step.any_values())?;
    let known = |at: usize| {
        let place = step.any.binary_search_by_key(study.periods.get(at)?, |member| member.period);
        Some(step.any[place.ok()?].value - usual)
    };
    let held = windows(study, followed).into_iter().map(|places| {
        let returns: Option<Vec<f64>> = places.clone().map(known).collect();
        Some((places, returns?))
    });
    let held: Vec<(Range<usize>, Vec<f64>)> = held.collect::<Option<_>>()?;
    let windows = held.iter().map(|(places, returns)| (places.clone(), returns.as_slice()));
    CalendarTime::new(windows).test()
}
