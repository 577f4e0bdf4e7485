//! Places where an article leaves out a figure or words.

use kinglet_core::article::{Gap, GapKind};
use serde::Serialize;

use super::SpanRecord;

/// A place where something is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GapRecord {
    /// From the word before it through the sign or word after it.
    pub span: SpanRecord,
    /// What is left out: `value`, a figure, or `words`.
    pub kind: &'static str,
    /// The words around it.
    pub quote: String,
}

impl GapRecord {
    pub(super) fn of(gap: &Gap, text: &str) -> GapRecord {
        let Gap { span, kind } = *gap;
        GapRecord {
            span: SpanRecord { start: span.start, end: span.end },
            kind: match kind {
                GapKind::Value => "value",
                GapKind::Words => "words",
            },
            quote: around(text, (span.start, span.end)),
        }
    }
}

/// Whole words before and behind, on the same line.
fn around(text: &str, (start, end): (usize, usize)) -> String {
    const REACH: usize = 60;
    let from = text.floor_char_boundary(start.saturating_sub(REACH));
    let to = text.ceil_char_boundary((end + REACH).min(text.len()));
    let before = text.get(from..start).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let cut = from > 0 && before.len() == start - from;
    let before = if cut { before.split_once(' ').map_or("", |(_, rest)| rest) } else { before };
    let after = text.get(end..to).unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let cut = to < text.len() && after.len() == to - end;
    let after = if cut { after.rsplit_once(' ').map_or("", |(rest, _)| rest) } else { after };
    let inside = text.get(start..end).unwrap_or_default();
    format!("{before}{inside}{after}").trim().to_owned()
}
