//! What is said of the companies behind the two: what is paid for their earnings, how these are
//! expected to grow, what they owe.

use super::draft::Draft;
use super::{Figure, Form, Prose, Sense, prose};

/// The fund whose holdings stand for small companies, and the group that stands for large ones.
const SMALL: &str = "IWM";
const LARGE: &str = "LARGEST:500";

/// A definition of a group of companies today.
fn of(draft: &Draft<'_>, definition: &str, group: &str, more: &str) -> String {
    format!("{definition}({group}, @{}{more})", draft.today())
}

fn discount(draft: &Draft<'_>, losses: &str) -> Option<Figure> {
    let day = draft.today();
    let query = format!("pe_discount({SMALL}, {LARGE}, @{day}, of: forward, losses: {losses})");
    draft.figure(&query, Form::digits(1))
}

/// The discount on expected earnings, without the companies that lose money and with them.
pub(super) fn valuation(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    let multiple = |group| {
        let query = of(draft, "pe_forward", group, ", losses: exclude");
        draft.figure(&query, Form::digits(1))
    };
    if let (Some(small), Some(large)) = (multiple(SMALL), multiple(LARGE)) {
        text.sentence(prose![
            "On expected earnings, companies with losses left out, small companies cost ",
            small,
            " times a year's earnings and the largest five hundred ",
            large,
            " times."
        ]);
    }
    if let (Some(without), Some(with)) = (discount(draft, "exclude"), discount(draft, "include")) {
        let turns = without.value() * with.value() < 0.0;
        text.sentence(prose![
            "That is a discount of ",
            without,
            "; once their losses are counted it is ",
            match turns {
                true => prose!["a premium of ", with.written(Form::digits(1).sense(Sense::Below))],
                false => prose![with],
            },
            match turns {
                true => ": which companies are counted decides the answer.",
                false => ".",
            }
        ]);
    }
    if let Some(share) = draft.figure(&of(draft, "unprofitable_share", SMALL, ""), Form::digits(0))
    {
        text.sentence(prose!["Of small companies ", share, " are unprofitable."]);
    }
    text
}

/// By how much earnings are expected to grow, and how many companies take part.
pub(super) fn earnings(draft: &Draft<'_>) -> Prose {
    let growth = |group| draft.figure(&of(draft, "eps_growth", group, ""), Form::digits(1));
    let mut text = Prose::default();
    if let (Some(small), Some(large)) = (growth(SMALL), growth(LARGE)) {
        text.push(prose![
            "The growth that is expected is ",
            small,
            " for small companies and ",
            large,
            " for large ones."
        ]);
    }
    let breadth = draft.figure(&of(draft, "eps_breadth", SMALL, ""), Form::digits(0));
    if let Some(breadth) = breadth {
        text.sentence(prose!["Of the small companies, ", breadth, " are expected to earn more."]);
    }
    text
}

/// What small and large companies owe, and what dearer money would cost the small ones.
pub(super) fn balance(draft: &Draft<'_>) -> Prose {
    let debt = |group| draft.figure(&of(draft, "debt_to_ebitda", group, ""), Form::digits(1));
    let mut text = Prose::default();
    if let (Some(small), Some(large)) = (debt(SMALL), debt(LARGE)) {
        text.push(prose![
            "Small companies have debt of ",
            small,
            " times EBITDA, large ones of ",
            large,
            " times; banks are left out."
        ]);
    }
    let dearer = of(draft, "rate_effect", SMALL, ", change: 100bp, floating: 40%");
    if let Some(effect) = draft.figure(&dearer, Form::digits(1).sense(Sense::Below)) {
        text.sentence(prose![
            "Were two fifths of that debt floating, rates a full point higher would cut earnings \
             by ",
            effect,
            "."
        ]);
    }
    text
}

/// How much growth prices hold.
pub(super) fn implied(draft: &Draft<'_>) -> Prose {
    let growth = |group| {
        let query = of(draft, "implied_growth", group, ", of: forward, losses: exclude");
        draft.figure(&query, Form::digits(1))
    };
    match (growth(SMALL), growth(LARGE)) {
        (Some(small), Some(large)) => prose![
            "At a return of eight percent a year, the prices of the largest five hundred companies \
             hold earnings growth of ",
            large,
            " a year for ten years, and those of small companies that earn money ",
            small,
            " a year."
        ],
        _ => Prose::default(),
    }
}
