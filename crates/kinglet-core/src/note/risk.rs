//! What is said of risk: how much both swing, how deep they fell, how the one fares while the other
//! falls.

use super::draft::Draft;
use super::words::capital;
use super::{Block, Chart, Figure, Form, Prose, Sense, Table, exhibits, prose};

/// The years over which the deepest fall is sought, longest first.
const YEARS: [(u16, &str); 3] = [(20, "twenty years"), (10, "ten years"), (5, "five years")];

/// Crises of the table, by the name that their definition gives them, and as a reader knows them.
const CRISES: [(&str, &str); 6] = [
    ("kuwait_1990", "S&P 500's fall of 1990"),
    ("russia_1998", "S&P 500's fall of 1998"),
    ("dot_com_2000", "S&P 500's fall of 2000 to 2002"),
    ("financial_2007", "S&P 500's fall of 2007 to 2009"),
    ("covid_2020", "S&P 500's fall of 2020"),
    ("inflation_2022", "S&P 500's fall of 2022"),
];

/// The account and the table.
pub(super) fn blocks(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Vec<Block> {
    let mut text = swing(draft);
    text.sentence(capture(draft));
    text.sentence(in_brief(draft));
    let mut blocks = vec![Block::Paragraph(text), Block::Table(table(draft))];
    let falls = exhibits::drawdowns(draft);
    blocks.extend(falls.iter().map(|chart| Block::Chart(chart.id.clone())));
    charts.extend(falls);
    blocks
}

/// The deepest falls of both.
pub(super) fn in_brief(draft: &Draft<'_>) -> Prose {
    let found = YEARS.iter().find_map(|(years, words)| {
        let period = format!("{years}y@{}", draft.close);
        let fall = |side| {
            let query = draft.of("drawdown", side, &period);
            draft.figure(&query, Form::digits(1).sense(Sense::Below))
        };
        Some((words, fall(draft.subject)?, fall(draft.against)?))
    });
    let Some((words, subject, against)) = found else { return Prose::default() };
    prose![
        format!("The maximum drawdown of {} over the past {words} is ", draft.subject.the()),
        subject,
        format!("; the maximum drawdown of {} over the past {words} is ", draft.against.the()),
        against,
        "."
    ]
}

fn volatility(draft: &Draft<'_>) -> Option<[Figure; 2]> {
    let period = format!("1y@{}", draft.close);
    let of = |side| draft.figure(&draft.of("volatility", side, &period), Form::digits(1));
    Some([of(draft.subject)?, of(draft.against)?])
}

/// How much both swing.
fn swing(draft: &Draft<'_>) -> Prose {
    let Some([subject, against]) = volatility(draft) else { return Prose::default() };
    prose![
        format!(
            "Over the past twelve months the annualised volatility of {} was ",
            draft.subject.the()
        ),
        subject,
        format!(", that of {} ", draft.against.the()),
        against,
        "."
    ]
}

/// What share of the other's losses the subject bore, and of its gains.
fn capture(draft: &Draft<'_>) -> Prose {
    let period = format!("10y@{}", draft.month.last_day());
    let of = |definition| draft.figure(&draft.of_both(definition, &period), Form::digits(0));
    let (Some(down), Some(up)) = (of("down_capture"), of("up_capture")) else {
        return Prose::default();
    };
    prose![
        format!(
            "Over the ten years to the end of the last full month the down capture of {} against \
             {} was ",
            draft.subject.the(),
            draft.against.the()
        ),
        down,
        " and its up capture ",
        up,
        "."
    ]
}

/// What both lost while the S&P 500 fell far.
fn table(draft: &Draft<'_>) -> Table {
    let signed = Form::short(1).sense(Sense::Signed);
    let row = |(crisis, name): &(&str, &str)| {
        let of = |side| {
            let query = draft.of("crisis_return", side, &format!("in: {crisis}"));
            draft.figure(&query, signed)
        };
        Some(vec![(*name).into(), prose![of(draft.subject)?, " against ", of(draft.against)?]])
    };
    let sides = format!("{} against {}", draft.subject.name(), draft.against.name());
    Table {
        caption: format!(
            "{} from the high of the S&P 500 to its low",
            capital(draft.returns_in_words())
        ),
        columns: vec![String::new(), sides],
        rows: CRISES.iter().filter_map(row).collect(),
    }
}
