//! What is said of momentum: where prices stand against their own past.

use super::draft::Draft;
use super::words::{capital, period_in_words};
use super::{Form, Prose, Sense, prose};

/// The distance from the long average, and how many companies stand above theirs.
pub(super) fn account(draft: &Draft<'_>) -> Prose {
    let mut text = momentum(draft);
    let at = format!("@{}, sessions: 200", draft.close);
    let distance = draft.of("distance_from_average", draft.subject, &at);
    if let Some(distance) = draft.figure(&distance, Form::digits(1)) {
        let lead = format!("{} traded ", capital(&draft.subject.the()));
        let behind = " its 200-day average.";
        text.sentence(if distance.value() < 0.0 {
            let below = distance.written(Form::digits(1).sense(Sense::Below));
            prose![lead, below, " below", behind]
        } else {
            prose![lead, distance, " above", behind]
        });
    }
    text
}

/// The momentum of both.
fn momentum(draft: &Draft<'_>) -> Prose {
    let month = draft.month.to_string();
    let of = |side| draft.figure(&draft.of("momentum", side, &month), Form::digits(1));
    let (Some(subject), Some(against)) = (of(draft.subject), of(draft.against)) else {
        return Prose::default();
    };
    let end = format!(" at the end of {}", period_in_words(draft.month));
    prose![
        format!("{} had a price momentum of ", capital(&draft.subject.the())),
        subject,
        format!("{end}; {} had a price momentum of ", draft.against.the()),
        against,
        "."
    ]
}
