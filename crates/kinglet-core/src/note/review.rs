//! The reviewer: before a note is published every figure is asked again, and what is printed must
//! be what the answer says.

use super::stated::stated;
use super::words::MONTHS;
use super::{Block, Figure, Note, Piece, Prose, Source};
use crate::diagnostic::{Code, Diagnostic};
use crate::identity::KNOWN;
use crate::quantity::Quantity;
use crate::query::Evaluator;

/// What running a policy again gives at a place of its result.
pub type PolicyValue<'a> = dyn Fn(&str, &str) -> Result<Quantity, String> + 'a;

/// Checks a note against the data; `policy` gives the value of a policy's result, computed again.
///
/// # Errors
/// `Review` with each figure whose query, asked again, does not give what is printed, and each
/// sentence from which a figure fell out or that has a numeral without a query.
pub fn review(
    note: &Note,
    evaluator: &Evaluator<'_>,
    policy: &PolicyValue<'_>,
) -> Result<(), Diagnostic> {
    let mut faults: Vec<String> =
        note.figures().into_iter().filter_map(|f| fault(f, evaluator, policy)).collect();
    faults.extend(note.prose().into_iter().filter_map(hole));
    faults.extend(
        texts(note)
            .into_iter()
            .filter(|t| numeral(t))
            .map(|t| format!("`{t}` has a numeral without a query")),
    );
    if faults.is_empty() {
        return Ok(());
    }
    let message = format!("the note has {} figures or sentences that do not hold", faults.len());
    Err(faults.into_iter().fold(Diagnostic::new(Code::Review, message), Diagnostic::note))
}

/// What is wrong with a figure whose value, found again, does not print as it stands.
fn fault(figure: &Figure, evaluator: &Evaluator<'_>, policy: &PolicyValue<'_>) -> Option<String> {
    let asked = &figure.answer.query;
    let again = match &figure.source {
        Source::Query(query) if query.to_string() == *asked => {
            let answer = evaluator.answer(query);
            answer.result.map(|outcome| outcome.quantity).map_err(|undefined| undefined.to_string())
        }
        Source::Query(query) => Err(format!("its answer is not that of {query}")),
        Source::Policy { name, pointer } => policy(name, pointer),
        Source::Statement => stated(evaluator.view(), asked),
    };
    let quantity = match again {
        Ok(quantity) => quantity,
        Err(reason) => return Some(format!("{asked}: {reason}")),
    };
    let printed = figure.form.print(quantity, figure.answer.spelling);
    let gives = printed.unwrap_or_else(|| "a value that this form cannot say".to_owned());
    (gives != figure.printed).then(|| format!("{asked} prints {}, gives {gives}", figure.printed))
}

/// A sentence from which a figure fell out.
fn hole(prose: &Prose) -> Option<String> {
    let text = prose.text();
    let hollow = ["  ", " ,", " .", " ;", "()", " )"].iter().any(|gap| text.contains(gap));
    let empty = prose.0.iter().any(|p| matches!(p, Piece::Figure(f) if f.printed.is_empty()));
    (hollow || empty).then(|| format!("a hole in `{text}`"))
}

/// Every text that reaches the reader and is no figure.
fn texts(note: &Note) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for prose in note.prose() {
        all.extend(prose.0.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            _ => None,
        }));
    }
    for section in &note.sections {
        all.push(&section.heading);
        for block in &section.blocks {
            match block {
                Block::Table(table) => {
                    all.push(&table.caption);
                    all.extend(table.columns.iter().map(String::as_str));
                }
                Block::Bullets(bullets) => all.extend(bullets.iter().map(|b| b.lead.as_str())),
                _ => {}
            }
        }
    }
    for chart in &note.charts {
        all.extend([chart.title.as_str(), &chart.caption]);
        all.extend(chart.plot.names());
    }
    all
}

/// Whether every numeral in a text is part of a name or of a date.
pub(super) fn is_free_of_numerals(text: &str) -> bool {
    !numeral(text)
}

/// Whether a text has a numeral that is neither part of a name or a code nor of a date.
fn numeral(text: &str) -> bool {
    let mut rest = text.replace("200-day average", "");
    for known in KNOWN.iter().filter(|k| k.name.contains(|c: char| c.is_ascii_digit())) {
        rest = rest.replace(known.name, "");
    }
    let words: Vec<&str> = rest
        .split(|c: char| c.is_whitespace() || c == '(' || c == ')')
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()))
        .collect();
    let month = |word: &str| MONTHS.iter().any(|m| *m == word || m.get(..3) == Some(word));
    words.iter().enumerate().any(|(i, word)| {
        let year = word.len() == 4 && word.parse().is_ok_and(|y: u16| (1800..2100).contains(&y));
        let before = i.checked_sub(1).map_or("", |i| words[i]);
        let day = month(before) && word.parse().is_ok_and(|d: u8| (1..=31).contains(&d));
        let code = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.matches(|c: char| c.is_ascii_uppercase()).count() > 1;
        word.contains(|c: char| c.is_ascii_digit()) && !year && !day && !code
    })
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn numerals_are_dates_names_or_faults() {
        for text in [
            "On August 28, 2025 the S&P 500 beat the Russell 2000.",
            "From 1988 to 2025",
            "the 10-year Treasury",
            "Nov 2020",
            "BAA10Y and UST:2y",
        ] {
            assert!(!numeral(text), "{text}");
        }
        for text in ["a gain of 7.0%", "in 17 of them", "28 of August", "+6m", "1,988 days"] {
            assert!(numeral(text), "{text}");
        }
    }
}
