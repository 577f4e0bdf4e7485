//! The section on rates: the policy rate and its last change, Treasury yields and their spread.

use super::draft::Draft;
use super::{Block, Prose, Section};

/// The section.
pub(super) fn section(draft: &Draft<'_>) -> Section {
    let mut blocks = vec![Block::Paragraph(target(draft))];
    blocks.retain(|b| !matches!(b, Block::Paragraph(prose) if prose.is_empty()));
    Section { id: "rates", heading: "Rates".to_owned(), blocks }
}

/// The policy rate in one sentence.
pub(super) fn target(_draft: &Draft<'_>) -> Prose {
    Prose::default()
}
