//! The way from an event to its outcome: what it had come to after each step.

use super::event::Found;
use super::outcome::follow;
use super::{Summary, horizon};
use crate::answer::Undefined;
use crate::query::{Evaluator, Expr};
use crate::time::Length;

/// What outcomes had come to some time after the events.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How long after.
    pub length: Length,
    /// After the events.
    pub events: Option<Summary>,
    /// After any period.
    pub any: Option<Summary>,
}

/// The steps to the horizon of an outcome; of a step after which nothing is known there is none.
pub(super) fn fan(evaluator: &Evaluator<'_>, outcome: &Expr, found: &Found) -> Vec<Step> {
    let lengths = horizon::horizon(outcome).map_or_else(Vec::new, horizon::steps);
    let step = |length: Length| -> Result<Step, Undefined> {
        let followed = follow(evaluator, &horizon::over(outcome, length), found)?;
        Ok(Step {
            length,
            events: Summary::of(&followed.values()),
            any: Summary::of(&followed.any_values()),
        })
    };
    lengths.into_iter().filter_map(|length| step(length).ok()).collect()
}
