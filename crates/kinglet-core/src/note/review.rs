//! The reviewer: before a note is published every figure is asked again, and what is printed must
//! be what the answer says.

use super::{Note, Piece, Prose};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Evaluator, Query};

/// Checks a note against the data.
///
/// # Errors
/// `Review` with each figure whose query, asked again, does not give what is printed, and each
/// sentence from which a figure fell out.
pub fn review(note: &Note, evaluator: &Evaluator<'_>) -> Result<(), Diagnostic> {
    let mut faults = Vec::new();
    for figure in note.figures() {
        let asked: Result<Query, Diagnostic> = figure.answer.query.parse();
        let again = asked.map(|query| evaluator.answer(&query));
        let printed = match &again {
            Ok(answer) => match &answer.result {
                Ok(outcome) => figure.form.print(outcome.quantity, answer.spelling),
                Err(undefined) => {
                    faults.push(format!("{}: {undefined}", figure.answer.query));
                    continue;
                }
            },
            Err(diagnostic) => {
                faults.push(format!("{}: {}", figure.answer.query, diagnostic.message));
                continue;
            }
        };
        if printed.as_deref() != Some(figure.printed.as_str()) {
            let gives = printed.unwrap_or_else(|| "a value that this form cannot say".to_owned());
            faults
                .push(format!("{} prints {}, gives {gives}", figure.answer.query, figure.printed));
        }
    }
    faults.extend(note.prose().into_iter().filter_map(hole));
    if faults.is_empty() {
        return Ok(());
    }
    let message = format!("the note has {} figures or sentences that do not hold", faults.len());
    Err(faults.into_iter().fold(Diagnostic::new(Code::Review, message), Diagnostic::note))
}

/// A sentence from which a figure fell out.
fn hole(prose: &Prose) -> Option<String> {
    let text = prose.text();
    let hollow = ["  ", " ,", " .", " ;", "()", " )"].iter().any(|gap| text.contains(gap));
    let empty = prose.0.iter().any(|p| matches!(p, Piece::Figure(f) if f.printed.is_empty()));
    (hollow || empty).then(|| format!("a hole in `{text}`"))
}
