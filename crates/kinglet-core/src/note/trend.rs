//! What is said of momentum: where the price stands against its own past.

use super::draft::Draft;
use super::words::capital;
use super::{Form, Prose, Sense, prose};

/// The distance from the long average, and how many companies stand above theirs.
pub(super) fn account(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    let at = format!("@{}, sessions: 200", draft.close);
    let distance = draft.of("distance_from_average", draft.subject, &at);
    if let Some(distance) = draft.figure(&distance, Form::digits(1)) {
        let lead = format!("{} traded ", capital(&draft.subject.the()));
        let behind = " its 200-day average.";
        text.push(if distance.value() < 0.0 {
            let below = distance.written(Form::digits(1).sense(Sense::Below));
            prose![lead, below, " below", behind]
        } else {
            prose![lead, distance, " above", behind]
        });
    }
    text
}
