//! Method, coverage and what is missing; the references behind the definitions.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Side};
use super::implication::called;
use super::lenses::Lensed;
use super::review::is_free_of_numerals;
use super::words::{capital, date_in_words, list};
use super::{Block, Bullet, Figure, Reference, Section, Table};
use crate::definition::Definition;
use crate::identity::{Basis, Entity};
use crate::time::Date;

/// How the note was made.
const METHOD: &[&str] = &[
    "Every number in this note is the answer to a query on dated data, or a weight that a policy \
     gives; the notes at the end give the query, the value before rounding, the rows it rests on \
     and the version of the data. Each was found again before publication.",
    "A return over a calendar period runs from the last close before the period to the last close \
     in it. Figures are rounded after they are computed, so a printed gap may differ in its last \
     digit from the difference of two printed returns. Figures on prices and jobs are as last \
     revised, not as first published. Past outcomes that lie close together share part of what \
     followed them, so they are fewer independent cases than their number says.",
];

/// The section, after the others: it tells of the data that they use.
pub(super) fn section(
    draft: &Draft<'_>,
    lensed: &Lensed<'_>,
    (figures, missing, others): (&[&Figure], &[String], &[&str]),
) -> Section {
    let mut blocks: Vec<Block> = METHOD.iter().map(|&p| Block::Paragraph(p.into())).collect();
    blocks.push(Block::Table(coverage(draft, figures)));
    blocks.push(Block::Bullets(lacking(draft, lensed, (missing, others))));
    Section::of("method", "Method, data and what is missing", blocks)
}

/// The series behind the figures, from when to when they reach.
fn coverage(draft: &Draft<'_>, figures: &[&Figure]) -> Table {
    let rows = figures.iter().filter_map(|f| f.answer.result.as_ref().ok()).flat_map(|o| &o.rows);
    let used: BTreeSet<&str> = rows.map(|row| &*row.series).collect();
    let view = draft.evaluator().view();
    let named = |code: &str| Entity::new(code).name().to_owned();
    let row = |code: &&str| {
        let bases = [Basis::Price, Basis::Total];
        let series = bases.iter().filter_map(|basis| view.series(code, *basis).ok());
        let (first, last) =
            series.filter_map(crate::columns::Series::coverage).max_by_key(|(_, last)| *last)?;
        let name = match named(code) {
            _ if code.starts_with("FED_ODDS") => "Futures on the policy rate".to_owned(),
            _ if code.starts_with("SHILLER") => "Shiller's data".to_owned(),
            name if is_free_of_numerals(&name) => name,
            _ => return None,
        };
        Some((name, first, last))
    };
    // Columns of one table are one series to a reader.
    let mut named: BTreeMap<String, (Date, Date)> = BTreeMap::new();
    for (name, first, last) in used.iter().filter_map(row) {
        let reach = named.entry(name).or_insert((first, last));
        *reach = (reach.0.min(first), reach.1.max(last));
    }
    let row = |(name, (first, last)): (String, (Date, Date))| {
        vec![name.into(), date_in_words(first).into(), date_in_words(last).into()]
    };
    Table {
        caption: "The series that the figures rest on".to_owned(),
        columns: ["Series", "From", "To"].map(str::to_owned).to_vec(),
        rows: named.into_iter().map(row).collect(),
    }
}

/// What a reader might look for and the data do not hold.
fn lacking(
    draft: &Draft<'_>,
    lensed: &Lensed<'_>,
    (missing, others): (&[String], &[&str]),
) -> Vec<Bullet> {
    let bullet = |lead: &str, text: String| Bullet { lead: lead.to_owned(), prose: text.into() };
    let lenses = lensed.lacking();
    let mut bullets = Vec::new();
    if !lenses.is_empty() {
        let names: Vec<String> = lenses.iter().map(|(name, _)| (*name).to_owned()).collect();
        let ask = if names.len() == 1 { "asks" } else { "ask" };
        let text = format!("The data do not hold what {} {ask} for.", list(&names));
        bullets.push(bullet("Lenses without a reading", text));
    }
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|name| (*name).to_owned()).collect();
        let text = format!("{} compare small companies with large ones.", capital(&list(&names)));
        bullets.push(bullet("Lenses of another pair", text));
    }
    if !missing.is_empty() {
        let text = format!("The data lack an asset of {}.", list(&quoted(missing)));
        bullets.push(bullet("Policies that could not be run", text));
    }
    let view = draft.evaluator().view();
    let total = |side: Side<'_>| view.series(side.code(), Basis::Total).is_ok();
    let mut text = "A history of price-earnings ratios on expected earnings; the days of coming \
                    releases; forecasts"
        .to_owned();
    if draft.basis == Basis::Price && !(total(draft.subject) && total(draft.against)) {
        text += &format!("; total returns of {} and {}", draft.subject.the(), draft.against.the());
    }
    bullets.push(bullet("Not in the data", text + "."));
    bullets
}

/// The definitions behind the figures, with what they mean and rest on.
pub(super) fn references(figures: &[&Figure]) -> Vec<Reference> {
    let mut named: BTreeMap<&str, &Definition> = BTreeMap::new();
    for query in figures.iter().filter_map(|figure| figure.query()) {
        query.expr().visit(&mut |call| {
            named.insert(call.metric.definition.name, &call.metric.definition);
        });
    }
    named.into_values().map(reference).collect()
}

fn reference(definition: &Definition) -> Reference {
    let title = definition.title();
    let meaning = title.split_once(": ").map_or(title, |(_, text)| text);
    let works = definition.section("References");
    let works = works.split_whitespace().collect::<Vec<_>>().join(" ");
    Reference {
        name: format!("{}, revision {}", definition.name, definition.revision),
        text: format!("{} {works}", capital(meaning)).trim().to_owned(),
    }
}

/// The titles of policies as one would quote them.
fn quoted(titles: &[String]) -> Vec<String> {
    titles.iter().map(|title| format!("\u{201c}{}\u{201d}", called(title))).collect()
}
