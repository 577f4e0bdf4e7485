//! What a word may be or begin. What is asked of every word of an article is looked up but once,
//! when the word is read.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::choice::id;
use super::words::{List, list};
use super::{date, entity, gap, period, reader, scene};

/// A question that is asked of every word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Whether a time expression may begin with it.
    OpensTime,
    /// Whether a time expression may tell its time by it.
    TellsTime,
    /// Whether a date may begin with it.
    OpensDate,
    /// Whether a quantity in words may begin with it.
    OpensQuantity,
    /// Whether what is told of behind it may lie ahead.
    LooksAhead,
    /// Whether it tells of what lengths of time an article speaks.
    TellsFrame,
    /// Whether it tells over what time figures run.
    TellsLength,
    /// Whether it may tell what a price does.
    Moves,
    /// Whether it may be the noun in the name of a fund or an index.
    NamesFund,
    /// Whether it may stand for companies by their size.
    NamesSize,
    /// Whether it tells that something ended, or how.
    Ends,
    /// Whether the present may be spoken of with it.
    OpensPresent,
}

/// The answers for one word, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

/// Numbers in words.
const NUMBERS: &List = list!(
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|\
    sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
);

/// Words that open a quantity, beside numbers.
pub(super) const PARTS: &List =
    list!("half|½|¼|¾|quarter|doubled|tripled|quadrupled|halved|single|twice|double");

/// Words of which the answers are yes: the first ones of the entries of these lists.
const LISTS: [(Hint, &List); 17] = [
    (Hint::OpensTime, period::OPENERS),
    (Hint::OpensTime, NUMBERS),
    (Hint::TellsTime, period::TELLING),
    (Hint::TellsTime, NUMBERS),
    (Hint::OpensDate, date::OPENERS),
    (Hint::OpensQuantity, PARTS),
    (Hint::OpensQuantity, NUMBERS),
    (Hint::OpensQuantity, list!("first|second|third")),
    (Hint::LooksAhead, scene::AHEAD),
    (Hint::TellsFrame, reader::TELLING),
    (Hint::TellsLength, scene::TELLING),
    (Hint::Moves, list!(entity::MOVES)),
    (Hint::Moves, list!("was|is|+|-")),
    (Hint::NamesFund, entity::stranger::FUNDS),
    (Hint::NamesSize, list!("small|large|big")),
    (Hint::Ends, gap::ENDS),
    (Hint::OpensPresent, period::PRESENT),
];

static KNOWN: LazyLock<FxHashMap<u32, (&str, u16)>> = LazyLock::new(|| {
    let mut known: FxHashMap<u32, (&str, u16)> = FxHashMap::default();
    for (hint, list) in LISTS {
        for word in list.text.split('|').map(|entry| entry.split(' ').next().unwrap_or_default()) {
            let (first, bits) = known.entry(id(word)).or_insert((word, 0));
            assert_eq!(*first, word, "two words of one hash");
            *bits |= 1 << hint as u16;
        }
    }
    known
});

impl Hints {
    /// The answers for a word with a hash.
    pub(super) fn of(word: &str, id: u32) -> Hints {
        let known = KNOWN.get(&id).filter(|(known, _)| *known == word);
        let mut bits = known.map_or(0, |(_, bits)| *bits);
        let mut add = |hint: Hint, holds: bool| bits |= u16::from(holds) << hint as u16;
        match word.as_bytes() {
            [] => {}
            [.., last] => add(Hint::TellsTime, last.is_ascii_digit()),
        }
        // `q3`, `fy24`
        let coded = matches!(word.as_bytes(), [_, b'1'..=b'4'] | [b'f' | b'y', b'y' | b'e', ..]);
        add(Hint::OpensDate, coded);
        add(Hint::OpensQuantity, word.ends_with("th"));
        Hints(bits)
    }

    /// Whether one is yes.
    pub(super) fn hold(self, hint: Hint) -> bool {
        self.0 >> hint as u16 & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::number::number_word;
    use super::super::token::Tokens;
    use super::*;

    #[test]
    fn words_hint_at_what_they_may_be() {
        let all = Tokens::read("the two of q3 fy24 twelfth rose 2,000", 0);
        let may = |hint| (0..all.len()).filter(|&i| all.may(i, hint)).collect::<Vec<_>>();
        assert_eq!(may(Hint::OpensTime), [0, 1, 3]);
        assert_eq!(may(Hint::TellsTime), [1, 3, 4, 7]);
        assert_eq!(may(Hint::OpensDate), [3, 4]);
        assert_eq!(may(Hint::OpensQuantity), [1, 5]);
        assert_eq!(may(Hint::Moves), [6]);
        assert!(NUMBERS.text.split('|').all(|word| number_word(word).is_some()));
    }
}
