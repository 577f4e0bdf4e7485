//! An article that is read again, once it is known on which session it reports.

use super::super::block::{Block, BlockKind};
use super::super::choice::Choices;
use super::super::claim::Claim;
use super::super::extract::Context;
use super::super::moment::{Outlook, Remembered};
use super::super::period::Anchor;
use super::super::scene::Passage;
use super::super::subject::Carried;
use super::super::table::Around;
use super::super::{Article, table};
use super::frame::Grounds;
use super::{Frame, Reader};
use crate::time::Date;

/// What an article is read from, and what is known before its first words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::article) struct Parts {
    pub(super) passages: Vec<(Block, Passage)>,
    pub(super) carried: Carried,
    pub(super) remembered: Remembered,
    /// Of what lengths of time it speaks.
    pub(in crate::article) frame: Frame,
}

/// The claims of an article that reports on another session than it was read to do.
pub(in crate::article) fn read_again(text: &str, read: &Article, session: Date) -> Vec<Claim> {
    let Parts { passages, carried, remembered, frame } = &read.parts;
    let anchor = Anchor { published: read.published, session: Some(session) };
    let outlook = Outlook::new(anchor, frame.on(Grounds::Lead));
    let mut reader = Reader::new(text, Context::new(anchor, &outlook), Choices::fitted());
    (reader.context.carried, reader.context.remembered) = (*carried, *remembered);
    reader.read(passages)
}

impl Reader<'_> {
    /// The claims of all passages.
    pub(super) fn read(mut self, passages: &[(Block, Passage)]) -> Vec<Claim> {
        let runs: Vec<_> = runs(passages, self.context.anchor, self.text).collect();
        let (mut before, mut above) = (None, None);
        for (at, run) in runs.iter().enumerate() {
            // what stands above another table is no note to this one
            let last = runs.get(at + 2).is_none_or(|run| words(run).is_some());
            let below = runs.get(at + 1).filter(|_| last).and_then(|run| words(run));
            self.run(run, Around { before, above, below });
            // the text above a table is that of the next one behind it, too
            if let Some(text) = words(run) {
                (before, above) = (above, Some(text));
            }
        }
        self.into_claims()
    }
}

/// The text of a run that is no table.
fn words(run: &[(Block, Passage)]) -> Option<&Passage> {
    let (block, passage) = run.last()?;
    (block.kind != BlockKind::Row).then_some(passage)
}

/// The blocks of an article; rows of a table are together.
fn runs<'p>(
    passages: &'p [(Block, Passage)],
    anchor: Anchor,
    text: &'p str,
) -> impl Iterator<Item = &'p [(Block, Passage)]> {
    let is_row = |(block, _): &(Block, Passage)| block.kind == BlockKind::Row;
    passages.chunk_by(move |a, b| is_row(a) && is_row(b) && !table::opens(b, anchor, text))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Claim, read, read_again};

    #[test]
    fn another_session_moves_what_is_of_the_day() {
        let text =
            "Stocks slip\n\nThe Russell 2000 closed down 1.2% at 2,366.42. It rose 10% in 2024.";
        let first = read(text, "2025-09-12".parse().ok());
        let again = read_again(text, &first, "2025-09-10".parse().expect("a day"));
        let periods =
            |claims: &[Claim]| -> Vec<_> { claims.iter().map(Claim::period_text).collect() };
        assert_ne!(periods(&first.claims)[0], "2025-09-10");
        assert_eq!(periods(&again), ["2025-09-10", "@2025-09-10", "2024"]);
    }
}
