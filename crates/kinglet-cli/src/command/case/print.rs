//! `case --pdf`: a note in print, where the program was built with Typst.

use kinglet::{Diagnostic, Note};

/// The note as PDF.
#[cfg(feature = "pdf")]
pub(super) fn pdf(note: &Note) -> Result<Vec<u8>, Diagnostic> {
    use kinglet::chart::{Fit, draw};
    use kinglet::{Code, render};

    let drawings = note.charts.iter();
    let drawings: Vec<(String, String)> =
        drawings.map(|chart| (format!("{}.svg", chart.id), draw(chart, Fit::Print))).collect();
    let day = note.data.as_of;
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    kinglet_pdf::pdf(&kinglet_pdf::Document {
        source: &render::typst(note),
        drawings: &drawings,
        day: (i32::from(day.year()), part(day.month()), part(day.day())),
    })
    .map_err(|e| Diagnostic::new(Code::Internal, format!("cannot print the note: {e}")))
}

/// Says how to get it.
#[cfg(not(feature = "pdf"))]
pub(super) fn pdf(_: &Note) -> Result<Vec<u8>, Diagnostic> {
    Err(Diagnostic::new(kinglet::Code::Tool, "this kinglet was built without print")
        .subject("--pdf".to_owned())
        .hint("build it with `cargo install --path crates/kinglet-cli --features pdf`"))
}
