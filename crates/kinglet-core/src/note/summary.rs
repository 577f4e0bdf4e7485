//! Headline, standfirst and the summary bullets.

use super::draft::{Draft, LARGE, SMALL};
use super::words::{date_in_words, period_in_words};
use super::{Block, Bullet, Form, Prose, Section, Sense, prose};

/// What happened in the last full month, in one line.
pub(super) fn headline(draft: &Draft<'_>) -> Prose {
    let month = draft.month;
    let gap = format!("return({SMALL}, {month}) - return({LARGE}, {month})");
    let name = period_in_words(month);
    let points = |sense| draft.figure(&gap, Form::digits(1).sense(sense));
    match draft.value(&gap) {
        Some(g) if g >= 0.0005 => {
            prose!["Small caps led by ", points(Sense::Above), " in ", name]
        }
        Some(g) if g <= -0.0005 => {
            prose!["Small caps trailed by ", points(Sense::Below), " in ", name]
        }
        _ => prose!["Small and large caps kept pace in ", name],
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
    let candidates = [
        ("Returns", super::returns::both(draft, &draft.month.to_string(), |small, large| {
            let name = period_in_words(draft.month);
            prose!["the Russell 2000 ", small, " in ", name, "; the S&P 500 ", large, "."]
        })),
        ("The long run", super::relative::long_run(draft)),
        ("Rates", super::rates::target(draft)),
        ("History", super::history::base_rate(draft)),
    ];
    let bullets = candidates
        .into_iter()
        .filter(|(_, prose): &(&str, Prose)| !prose.is_empty())
        .map(|(lead, prose)| Bullet { lead: lead.to_owned(), prose })
        .collect();
    Section { id: "summary", heading: "Summary".to_owned(), blocks: vec![Block::Bullets(bullets)] }
}
