//! What would change the view: the level of each measure at which its reading flips, solved for in
//! the rule itself.

use super::draft::Draft;
use super::lenses::{Lensed, Lensing, decimals};
use super::words::capital;
use super::{Block, Figure, Form, Prose, Section, Table, agenda, prose};
use crate::query::{Arg, Expr, Query};
use crate::time::{CalendarPeriod, Grain};

/// The section.
pub(super) fn section(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Section {
    let rows: Vec<Vec<Prose>> = lensed.each().filter_map(|lens| row(draft, lens)).collect();
    let text = format!(
        "A reading is a rule, so the level at which it flips can be solved for. The table gives \
         the level of each measure from which the lens favours {}, and that from which it favours \
         {}; a lens is neutral between the two, and the table of the lenses has where each stands. \
         Where a rule asks for a rank in history, the level is that of the month-end which holds \
         that rank today.",
        draft.subject.the(),
        draft.against.the()
    );
    let whom = |side: &str| format!("To favour {side}");
    let columns = ["Lens".to_owned(), whom(&draft.subject.the()), whom(&draft.against.the())];
    let caption = "Where the lenses would flip".to_owned();
    let mut blocks = match rows.is_empty() {
        true => Vec::new(),
        false => vec![
            Block::Paragraph(text.into()),
            Block::Table(Table { caption, columns: columns.to_vec(), rows }),
        ],
    };
    blocks.extend(agenda::blocks(draft, lensed));
    Section::of("change", "What would change the view", blocks)
}

fn row(draft: &Draft<'_>, lens: Lensing<'_>) -> Option<Vec<Prose>> {
    let value: Query = lens.reading.value.query.parse().ok()?;
    let cell = |condition: &str| -> Option<Prose> {
        let query: Query = condition.parse().ok()?;
        if draft.value(condition)? != 0.0 {
            return Some("as it reads".into());
        }
        let level = level(draft, query.expr(), value.expr())?;
        match level.as_str() {
            "0" => Some("would flip with its sign".into()),
            level => Some(prose!["would flip at ", usual(draft, level)?]),
        }
    };
    let [small, large] = [0, 1].map(|side| cell(&lens.reading.conditions[side].query));
    let none = || Prose::from("not solved for");
    (small.is_some() || large.is_some()).then(|| {
        vec![
            capital(&lens.rule.name).into(),
            small.unwrap_or_else(none),
            large.unwrap_or_else(none),
        ]
    })
}

/// A figure with as many digits as its unit usually has.
fn usual(draft: &Draft<'_>, query: &str) -> Option<Figure> {
    let figure = draft.figure(query, Form::short(1))?;
    figure.written(Form::short(decimals(figure.answer.spelling)))
}

/// The level of a measure from which a condition on it holds, as a query: the number that it is
/// compared with, or the past value whose rank is asked.
fn level(draft: &Draft<'_>, condition: &Expr, measure: &Expr) -> Option<String> {
    let Expr::Binary(op, left, right) = condition else { return None };
    let Expr::Number(wanted, _) = **right else { return None };
    if !op.is_comparison() {
        return None;
    }
    if **left == *measure {
        return Some(right.to_string());
    }
    let Expr::Call(call) = &**left else { return None };
    let history = call.args.iter().flatten().find_map(|arg| match arg {
        Arg::Query(expr) => Some(expr),
        _ => None,
    })?;
    let mut past = past(draft, history);
    past.sort_by(|a, b| a.1.total_cmp(&b.1));
    // The value that makes the rank: with it, one more month is compared.
    let among = past.len() + 1;
    let rank = (wanted.value * among as f64).ceil() as usize;
    let (month, _) = past.get(rank.checked_sub(1)?)?;
    Some(in_month(&history.to_string(), *month))
}

/// The value of a query over months in each month that has one.
fn past(draft: &Draft<'_>, history: &Expr) -> Vec<(CalendarPeriod, f64)> {
    let evaluator = draft.evaluator();
    let first = CalendarPeriod::containing(Grain::Month, FIRST_DAY);
    let months = (0..=first.until(draft.month)).map(|n| first.plus(n));
    let value = |month| evaluator.in_period(history, month).ok().map(|o| o.quantity.value);
    months.filter_map(|month| Some((month, value(month)?))).collect()
}

/// No measure of the lenses reaches further back.
const FIRST_DAY: crate::time::Date = crate::time::Date::constant(1871, 1, 31);

/// A query over months in one of them.
fn in_month(history: &str, month: CalendarPeriod) -> String {
    history
        .replace("@month", &format!("@{}", month.last_day()))
        .replace("month", &month.to_string())
}
