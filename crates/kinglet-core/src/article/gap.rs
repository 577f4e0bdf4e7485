//! Gaps: places where a text leaves out a figure ("a gain of just .", "rose % to 2,400") or words
//! (", , and"), as texts do that a program put together. They are said, and claim nothing.

use super::block::{Block, BlockKind};
use super::hint::Hint;
use super::lexicon::Signal;
use super::scene::Passage;
use super::token::{Joint, any_of};
use super::words::{List, list};
use crate::diagnostic::Span;

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapKind {
    /// A figure.
    Value,
    /// Words.
    Words,
}

/// A place where something is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// From the word before it through the sign or word after it.
    pub span: Span,
    /// What is left out.
    pub kind: GapKind,
}

/// A sentence has more tokens; what has fewer is a label, as of an axis.
const TOKENS_MIN: usize = 4;

/// How far behind a gap a figure shows that it is an aside: "a gain of, say, 2%".
const ASIDE_TOKENS: usize = 8;

/// The gaps of an article in order.
pub(super) fn gaps(text: &str, passages: &[(Block, Passage)]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (block, passage) in passages {
        // a headline leaves out much on purpose, a sentence does not
        let sentence = text.get(..block.span.end).is_some_and(|text| text.ends_with('.'));
        let prose = match block.kind {
            BlockKind::Paragraph | BlockKind::Item => true,
            BlockKind::Title => sentence,
            _ => false,
        };
        if prose {
            let reader = Reader { text, passage };
            reader.values(&mut gaps);
            reader.words(*block, &mut gaps);
        }
    }
    gaps.sort_by_key(|gap| (gap.span.start, gap.span.end));
    gaps.dedup_by_key(|gap| gap.span.start);
    gaps
}

struct Reader<'a> {
    text: &'a str,
    passage: &'a Passage,
}

/// What a stretch of time did that is over.
pub(super) const ENDS: &List = list!("closed|ended|finished|settled|closing|ending|finishing");

impl Reader<'_> {
    /// Figures that are missing behind a word of change or level.
    fn values(&self, gaps: &mut Vec<Gap>) {
        for cue in &self.passage.cues {
            let moves = match cue.signal {
                Signal::Up | Signal::Down | Signal::Beat | Signal::Lag => true,
                Signal::Change | Signal::Level => false,
                _ => continue,
            };
            gaps.extend(self.value(cue.first, cue.end, moves));
        }
        let tokens = &self.passage.tokens;
        for first in (0..tokens.len()).filter(|&i| tokens.may(i, Hint::Ends)) {
            let stretch = list!("the day|the week|the month|the quarter|the year|the session");
            if let Some(end) = tokens.any_phrase(first + 1, stretch) {
                gaps.extend(self.value(first, end, false));
            }
        }
    }

    /// The gap behind a word of change or level, if a figure should stand there and does not.
    fn value(&self, first: usize, end: usize, moves: bool) -> Option<Gap> {
        let tokens = &self.passage.tokens;
        let at = self.passage.sentences.partition_point(|s| s.end <= first);
        let sentence = self.passage.sentences.get(at).filter(|s| s.contains(&first))?;
        let link = list!("of|at|to|by");
        let linked = any_of(tokens.key(end), link);
        let preposition = if linked { end } else { end.wrapping_sub(1) };
        let open = any_of(tokens.key(preposition), link);
        let of = tokens.key(preposition) == "of";
        let at = self.behind_hedges(end + usize::from(linked));
        // "the loss of points" leaves nothing out
        let one = (1..=2).any(|n| any_of(tokens.key(first.wrapping_sub(n)), list!("a|an")));
        let relative = !of && self.is_relative(first, sentence.start);
        let missing = self.lacks_number(at, moves || open, of && one)
            || open && !relative && self.ends(at, preposition);
        (missing && sentence.len() >= TOKENS_MIN && self.is_blank(at))
            .then(|| self.gap(at.saturating_sub(1), at, GapKind::Value))
    }

    fn behind_hedges(&self, mut at: usize) -> usize {
        let hedges = list!(
            "just|only|about|nearly|roughly|around|almost|approximately|over|under|more than|\
             less than|as much as|a|another|some|a modest|a further|a mere|exactly|an additional"
        );
        while let Some(next) = self.passage.tokens.any_phrase(at, hedges) {
            at = next;
        }
        at
    }

    /// Whether a unit or a currency stands where its number should.
    fn lacks_number(&self, at: usize, moves: bool, of_one: bool) -> bool {
        let tokens = &self.passage.tokens;
        let unit = tokens.is(at, '%')
            || tokens.any_phrase(at, list!("percent|pct|per cent")).is_some()
            || tokens
                .any_phrase(at, list!("percentage points|percentage point|basis points"))
                .is_some();
        let points = of_one && tokens.key(at) == "points";
        let scale = list!("billion|million|trillion");
        let money = tokens.is(at, '$')
            && (any_of(tokens.key(at + 1), scale) || self.closes(at + 1) || tokens.is(at + 1, ','))
            && tokens.joint(at + 1) != Joint::Hyphen;
        // "a percent" is one
        let unit = unit && !any_of(tokens.key(at.wrapping_sub(1)), list!("a|another|each"));
        let of_change = any_of(tokens.key(at + 1), list!("change|changes|of|per|chg"));
        moves && (unit && !of_change || points || money)
    }

    /// Whether the clause ends where a figure should stand.
    fn ends(&self, at: usize, preposition: usize) -> bool {
        let tokens = &self.passage.tokens;
        let comma = tokens.is(at, ',') || tokens.is(at, ';');
        let figure = || (at..at + ASIDE_TOKENS).any(|i| tokens.number(i).is_some());
        let goes_on = any_of(tokens.key(preposition), list!("at|of")) && tokens.key(at) == "and";
        self.closes(at) || (comma || goes_on) && !figure()
    }

    fn closes(&self, at: usize) -> bool {
        let tokens = &self.passage.tokens;
        at >= tokens.len() || [')', '.', '!'].iter().any(|&sign| tokens.is(at, sign))
    }

    /// Whether a word before makes the preposition stand last: "the level it closed at".
    fn is_relative(&self, cue: usize, start: usize) -> bool {
        let heads = list!(
            "which|what|where|that|whatever|how|much|level|levels|price|prices|value|mark|point|\
             points|figure|to|not|nothing|something|more|less"
        );
        (cue.saturating_sub(6).max(start)..cue).any(|i| any_of(self.passage.tokens.key(i), heads))
    }

    /// Whether nothing stands before a token, not even what is no prose: an address, a citation.
    fn is_blank(&self, at: usize) -> bool {
        let tokens = &self.passage.tokens;
        let (Some(before), Some(after)) = (tokens.get(at.wrapping_sub(1)), tokens.get(at)) else {
            return false;
        };
        let between = self.text.get(before.span.end..after.span.start);
        between.is_some_and(|between| between.trim().is_empty())
    }

    fn gap(&self, first: usize, last: usize, kind: GapKind) -> Gap {
        Gap { span: self.passage.tokens.span(first, last + 1), kind }
    }

    /// Words that are missing: between two commas, or before a paragraph that begins amid a
    /// sentence.
    fn words(&self, block: Block, gaps: &mut Vec<Gap>) {
        let tokens = &self.passage.tokens;
        let comma = |at: usize| tokens.is(at, ',') || tokens.is(at, ';');
        for at in 1..tokens.len() {
            let end = tokens.is(at, '.') && tokens.joint(at + 1) == Joint::Space;
            if comma(at - 1) && (comma(at) || end) && self.is_blank(at) {
                gaps.push(self.gap(at - 1, at, GapKind::Words));
            }
        }
        let amid = list!("of|for|in|and|to|with|by|from|which|that|but|or|at|on");
        let small = tokens.get(0).is_some_and(|first| !first.capital);
        if block.kind == BlockKind::Paragraph
            && block.apart
            && (comma(0) || small && any_of(tokens.key(0), amid))
        {
            gaps.push(self.gap(0, 0, GapKind::Words));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::GapKind;
    use crate::article::read;

    /// What stands around each gap of a paragraph.
    fn gaps(sentence: &str) -> Vec<(GapKind, String)> {
        let text = format!("A title\n\n{sentence}\n");
        let read = read(&text, None);
        read.gaps
            .iter()
            .map(|gap| (gap.kind, text[gap.span.start..gap.span.end].to_owned()))
            .collect()
    }

    fn value(sentence: &str, around: &str) {
        assert_eq!(gaps(sentence), [(GapKind::Value, around.to_owned())], "{sentence}");
    }

    #[test]
    fn figures_that_are_missing() {
        value("The Russell 2000 rose % to 2,400.10 on Monday.", "rose %");
        value("The index gained  percent in August after a weak July.", "gained  percent");
        value("It was a rise of  points for the Dow on the day.", "of  points");
        value("The Nasdaq index closed at .", "at .");
        value("The Dow closed at and ended the week higher than before.", "at and");
        value("It ended with a negligible gain of just .", "just .");
        value("The S&P 500 fell by , the most since March.", "by ,");
        value("The Russell 2000 closed the week at .", "at .");
        value("The fund lost about  percentage points against its peers.", "about  percentage");
        value("Shares of the maker rose to $ , a record for the company.", "to $");
    }

    #[test]
    fn sentences_that_leave_nothing_out() {
        for sentence in [
            "The Russell 2000 rose 2% to 2,400.10 on Monday.",
            "That was the level the index closed at.",
            "It is more than investors hoped the fund would gain.",
            "A gain of, say, 2% would be enough for the index.",
            "Investors had much to gain by, and little to lose.",
            "Stocks rose by and large in every region of the world.",
            "The index rose seven percent in August of this year.",
            "The gain, percent for percent, was that of the index.",
            "The loss of points on Monday did not matter to the index.",
            "The stock fell to [1], its lowest level of the whole year.",
            "Returns in percent of the index are shown in the table.",
            "It rose a percentage point, or nearly that, over the week.",
            "Earnings fell a percent or two as costs of the makers rose.",
        ] {
            assert_eq!(gaps(sentence), [], "{sentence}");
        }
    }

    #[test]
    fn words_that_are_missing() {
        let words = |text: &str| (GapKind::Words, text.to_owned());
        assert_eq!(gaps("Energy, , and industrial shares led the market."), [words(", ,")]);
        assert_eq!(gaps("of the index, which had been weak for a long time."), [words("of")]);
        assert_eq!(gaps("iShares funds, for one, had inflows (and more)."), []);
    }
}
