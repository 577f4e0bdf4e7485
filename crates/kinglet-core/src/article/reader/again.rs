//! An article that is read again with more known of it: what was known before each of its parts
//! tells which of them say what they said.

use std::ops::Range;
use std::sync::Arc;

use super::super::block::{Block, BlockKind};
use super::super::choice::Choices;
use super::super::claim::Claim;
use super::super::extract::Context;
use super::super::metric::Reading;
use super::super::moment::{Outlook, Remembered};
use super::super::period::Anchor;
use super::super::scene::Passage;
use super::super::subject::{Carried, Said};
use super::super::{Article, table};
use super::frame::Grounds;
use super::{Frame, Reader};
use crate::time::{Date, Length};

/// What an article is read from, and what was known before each part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::article) struct Parts {
    pub(super) passages: Vec<(Block, Passage)>,
    pub(super) states: Vec<State>,
    /// Of what lengths of time it speaks.
    pub(in crate::article) frame: Frame,
}

/// What is known before a part of an article, from all parts before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    carried: Carried,
    remembered: Remembered,
    reading: Option<Reading>,
    yearly: bool,
    horizon: Option<Length>,
    lists_cases: bool,
    announces: bool,
    quoted: bool,
    former: Vec<Arc<Said>>,
}

/// A part of an article that is read at once.
#[derive(Clone, Copy)]
pub(super) enum Part<'p> {
    /// One sentence of a block that is no table, by its place; of one without any, all of it.
    Sentence(&'p (Block, Passage), usize),
    /// Rows, with the passage above them.
    Rows(&'p [(Block, Passage)], Option<&'p Passage>),
}

impl Part<'_> {
    fn bytes(self) -> Range<usize> {
        match self {
            Part::Sentence((block, passage), at) => {
                let tokens = passage.sentences.get(at);
                let span = tokens.map(|range| passage.tokens.span(range.start, range.end));
                span.map_or(block.span.start..block.span.end, |span| span.start..span.end)
            }
            Part::Rows(rows, _) => rows[0].0.span.start..rows[rows.len() - 1].0.span.end,
        }
    }
}

/// The claims of an article that is read again, choosing as it is told, and on which session it
/// reports if that is known better: those of the parts that begin up to a byte. A part before
/// which all is as it was says what it said.
pub(in crate::article) fn read_again(
    text: &str,
    read: &Article,
    session: Option<Date>,
    (choices, until): (Choices, usize),
) -> Vec<Claim> {
    let Parts { passages, states, frame } = &read.parts;
    let anchor = Anchor { published: read.published, session: session.or(read.session) };
    let frame = if anchor.session == read.session { *frame } else { frame.on(Grounds::Lead) };
    let outlook = Outlook::new(anchor, frame);
    let mut reader = Reader::new(text, Context::new(anchor, &outlook), choices);
    let mut states = states.iter().peekable();
    states.peek().into_iter().for_each(|first| reader.resume(first));
    for part in parts(passages, anchor, text).take_while(|part| part.bytes().start <= until) {
        let bytes = part.bytes();
        let was = states.next().filter(|_| anchor.session == read.session);
        let told = choices.known.iter().any(|known| bytes.contains(&known.span.start));
        match (was, states.peek()) {
            (Some(was), Some(next)) if !told && reader.state() == *was => {
                let said = read.claims.iter().filter(|claim| bytes.contains(&claim.span.start));
                reader.claims.extend(said.cloned());
                reader.resume(next);
            }
            _ => reader.part(part),
        }
    }
    reader.into_claims()
}

/// The parts of an article in order.
pub(super) fn parts<'p>(
    passages: &'p [(Block, Passage)],
    anchor: Anchor,
    text: &'p str,
) -> impl Iterator<Item = Part<'p>> {
    let mut last = None;
    runs(passages, anchor, text).flat_map(move |run| {
        let above = std::mem::replace(&mut last, run.last().map(|(_, passage)| passage));
        let parts: Vec<Part> = match run {
            [block] if block.0.kind != BlockKind::Row => {
                (0..block.1.sentences.len().max(1)).map(|at| Part::Sentence(block, at)).collect()
            }
            rows => vec![Part::Rows(rows, above)],
        };
        parts
    })
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

impl Reader<'_> {
    pub(super) fn state(&self) -> State {
        let Context { carried, remembered, reading, yearly, .. } = self.context;
        let Reader { horizon, lists_cases, announces, quoted, ref former, .. } = *self;
        let former = former.clone();
        State {
            carried,
            remembered,
            reading,
            yearly,
            horizon,
            lists_cases,
            announces,
            quoted,
            former,
        }
    }

    /// Goes on as if all that is known were this.
    fn resume(&mut self, state: &State) {
        let State { carried, remembered, reading, yearly, .. } = *state;
        self.context = Context { carried, remembered, reading, yearly, ..self.context };
        self.horizon = state.horizon;
        self.lists_cases = state.lists_cases;
        self.announces = state.announces;
        self.quoted = state.quoted;
        self.former.clone_from(&state.former);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::choice::Known;
    use super::super::super::read;
    use super::*;
    use crate::time::Period;

    const TEXT: &str = "Small caps look back\n\n\
        In August the Russell 2000 rose 7.0%. The S&P 500 added 1.9%.\n\n\
        It closed at 2,366.42. The Nasdaq gained 1.6%.\n\n\
        In 2024 the Russell 2000 rose 10.0%, and the S&P 500 23.3%.\n\n\
        Banks were calm.\n\n\
        The yield of ten-year notes averaged 4.26%. The Russell fell 1.2% on Friday.\n\n\
        | Index | July | August |\n| Russell 2000 | 1.7% | 7.0% |\n| S&P 500 | 2.2% | 1.9% |\n";

    /// What is taken over from the first reading is what a reading of every part says.
    #[test]
    fn parts_that_say_what_they_said() {
        let first = read(TEXT, "2025-09-12".parse().ok());
        let mut forgetful = first.clone();
        forgetful.parts.states.truncate(1);
        for (claim, moved) in first.claims.iter().zip(first.claims.iter().cycle().skip(3)) {
            let period: Period = "2025-07".parse().expect("a month");
            let known = [Known { span: claim.span, entity: moved.entity.clone(), period }];
            for session in [None, "2025-09-10".parse().ok()] {
                let told =
                    |from| read_again(TEXT, from, session, (Choices::knowing(&known), usize::MAX));
                assert_eq!(told(&first), told(&forgetful), "{claim:?}");
            }
        }
        let of_part = |until| read_again(TEXT, &first, None, (Choices::fitted(), until));
        assert_eq!(of_part(usize::MAX), first.claims);
        assert_eq!(of_part(first.claims[2].span.start), first.claims[..3]);
        assert!(first.claims.len() > 10);
    }
}
