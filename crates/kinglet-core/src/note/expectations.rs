//! What is said of expectations: what prices and projections hold, and how such ones came out.

use super::companies::implied;
use super::draft::Draft;
use super::{Block, Chart, Form, Prose, Sense, maps, prose, stated};

/// What is priced in, and the record of those who said so before.
pub(super) fn blocks(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Vec<Block> {
    let mut record = Prose::default();
    record.sentence(projected(draft));
    record.sentence(outcome(draft));
    let mut priced = implied(draft);
    priced.sentence(stated::multiple(draft));
    let mut blocks = vec![Block::Paragraph(priced)];
    let valuation = maps::valuation(draft);
    blocks.extend(valuation.iter().map(|chart| Block::Chart(chart.id.clone())));
    charts.extend(valuation);
    blocks.push(Block::Paragraph(record));
    blocks
}

/// What is priced in, for the summary.
pub(super) fn in_brief(draft: &Draft<'_>) -> Prose {
    let text = implied(draft);
    if !text.is_empty() {
        return text;
    }
    let multiple = draft.figure(&format!("cape(SPX, @{})", draft.today()), Form::digits(1));
    match multiple {
        Some(multiple) => {
            prose!["The S&P 500 has a cyclically adjusted P/E of ", multiple, "."]
        }
        None => Prose::default(),
    }
}

/// How far the projections of the rate's makers missed.
fn projected(draft: &Draft<'_>) -> Prose {
    let last = draft.today().year() - 1;
    let miss = |year: i16| {
        let query = format!("projection_error(FED, {year})");
        Some((year, draft.figure(&query, Form::digits(2))?))
    };
    let found = (0..2).find_map(|back| miss(last - back));
    let Some((year, error)) = found else { return Prose::default() };
    let lead = format!("In {year} the policy rate ended ");
    match error.value() {
        v if v > 0.0 => prose![lead, error, " above its own projection of the year before."],
        v if v < 0.0 => {
            let error = error.written(Form::digits(2).sense(Sense::Below));
            prose![lead, error, " below its own projection of the year before."]
        }
        _ => format!("{lead}where it had been projected a year before.").into(),
    }
}

/// How far the path that the two-year yield implied was from the one that came.
fn outcome(draft: &Draft<'_>) -> Prose {
    let last = draft.today().year() - 1;
    let query = format!("implied_path_error(FED, {}..{last})", last - 1);
    let Some(error) = draft.figure(&query, Form::digits(2)) else { return Prose::default() };
    let lead = format!("Over {} and {last} the policy rate ran ", last - 1);
    let behind = " what markets had implied.";
    if error.value() < 0.0 {
        let error = error.written(Form::digits(2).sense(Sense::Below));
        prose![lead, error, " below", behind]
    } else {
        prose![lead, error, " above", behind]
    }
}
