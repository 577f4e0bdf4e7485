//! Headline, standfirst and the summary bullets.

use super::draft::{Draft, LARGE, SMALL, Stretch};
use super::words::{LITTLE, capital, date_in_words};
use super::{Block, Bullet, Form, Prose, Section, Sense, prose};

/// Who led of late, in one line.
pub(super) fn headline(draft: &Draft<'_>) -> Prose {
    let Stretch { period, when, .. } = draft.recent();
    let gap = format!("return({SMALL}, {period}) - return({LARGE}, {period})");
    let points = |sense| draft.figure(&gap, Form::digits(1).sense(sense));
    match draft.value(&gap) {
        Some(g) if g >= LITTLE => {
            prose!["Small caps led by ", points(Sense::Above), " ", when]
        }
        Some(g) if g <= -LITTLE => {
            prose!["Small caps trailed by ", points(Sense::Below), " ", when]
        }
        _ => prose!["Small and large caps kept pace ", when],
    }
}

/// Of which day, on which basis.
pub(super) fn standfirst(draft: &Draft<'_>) -> Prose {
    let as_of = draft.evaluator().view().cutoff.through;
    let mut text = format!(
        "The Russell 2000 against the S&P 500, from closes to {}",
        date_in_words(draft.close)
    );
    if as_of != draft.close {
        text += &format!(" and what else was public on {}", date_in_words(as_of));
    }
    format!("{text}. Price returns, without dividends.").into()
}

/// The bullets.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let recent = draft.recent();
    let month = super::returns::both(draft, &recent.period, |small, join, large| {
        let when = capital(&recent.when);
        prose![when, " the Russell 2000 ", small, join, "the S&P 500 ", large, "."]
    });
    let candidates = [
        ("Returns", month),
        ("The long run", super::relative::long_run(draft)),
        ("Rates", super::rates::target(draft)),
        ("Strong months", super::history::base_rate(draft)),
        ("First cuts", super::cuts::in_brief(draft)),
    ];
    let bullets = candidates
        .into_iter()
        .filter(|(_, prose): &(&str, Prose)| !prose.is_empty())
        .map(|(lead, prose)| Bullet { lead: lead.to_owned(), prose })
        .collect();
    Section {
        id: "summary".to_owned(),
        heading: "Summary".to_owned(),
        blocks: vec![Block::Bullets(bullets)],
    }
}
