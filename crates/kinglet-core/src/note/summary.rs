//! Headline, standfirst and the summary bullets.

use super::draft::{Draft, Stretch};
use super::lenses::Lensed;
use super::words::{LITTLE, capital, date_in_words};
use super::{Block, Bullet, Form, Prose, Section, Sense, prose};

/// Who led of late, and on whose side the lenses are, in one line.
pub(super) fn headline(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Prose {
    let (period, when) = if draft.close.month() > 3 {
        (draft.year_to_date().period, format!("so far in {}", draft.close.year()))
    } else {
        let Stretch { period, when, .. } = draft.recent();
        (period, when)
    };
    let gap = draft.gap(&period);
    let (subject, against) = (draft.subject.name(), draft.against.the());
    let points = |sense| draft.figure(&gap, Form::digits(1).sense(sense));
    let (mut line, ahead) = match draft.value(&gap) {
        Some(g) if g >= LITTLE => {
            (prose![format!("{subject} leads {against} by "), points(Sense::Above), " ", when], 1)
        }
        Some(g) if g <= -LITTLE => {
            (prose![format!("{subject} trails {against} by "), points(Sense::Below), " ", when], -1)
        }
        _ => (format!("{subject} keeps pace with {against} {when}").into(), 0),
    };
    line.push(lensed.balance(draft, ahead));
    line
}

/// Of which day, on which basis.
pub(super) fn standfirst(draft: &Draft<'_>) -> Prose {
    let mut text = format!(
        "{} against {}, from closes to {}",
        capital(&draft.subject.the()),
        draft.against.the(),
        date_in_words(draft.close)
    );
    if draft.today() != draft.close {
        text += &format!(" and what else was public on {}", date_in_words(draft.today()));
    }
    format!("{text}. {}.", draft.basis_in_words()).into()
}

/// The bullets.
pub(super) fn section(draft: &Draft<'_>, lensed: &Lensed<'_>, policies: Prose) -> Section {
    let recent = draft.recent();
    let month = super::returns::both(draft, &recent.period, |subject, join, against| {
        let lead = format!("{} {} ", capital(&recent.when), draft.subject.the());
        prose![lead, subject, join, draft.against.the(), " ", against, "."]
    });
    let priced_in = match lensed.has("expectations") {
        true => super::expectations::in_brief(draft),
        false => Prose::default(),
    };
    let candidates = [
        ("Returns", month),
        ("Lenses", lensed.in_brief(draft)),
        ("Strong months", super::history::base_rate(draft)),
        ("First cuts", super::cuts::in_brief(draft)),
        ("What is priced in", priced_in),
        ("Allocation", policies),
        ("Risk", super::risk::in_brief(draft)),
    ];
    let bullets: Vec<Bullet> = candidates
        .into_iter()
        .filter(|(_, prose): &(&str, Prose)| !prose.is_empty())
        .map(|(lead, prose)| Bullet { lead: lead.to_owned(), prose })
        .collect();
    Section::of("summary", "Summary", vec![Block::Bullets(bullets)])
}
