//! Lists of words and phrases, parted by bars, as the rules of the language write them. They are
//! asked for every word of an article, mostly in vain: [`list!`] makes them hash tables when the
//! program is compiled.

use super::token::Tokens;

/// Words and phrases that are found by their hashes.
#[derive(Clone, Copy)]
pub(super) struct List<'l> {
    pub(super) text: &'l str,
    /// By whole entries.
    pub(super) whole: &'l [Place],
    /// By the first words of entries.
    pub(super) opening: &'l [Place],
}

/// The place of an entry in the text of its list. Places make a hash table: what does not find its
/// slot free takes the next one that is, so that entries of one hash keep their order.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// A part of its hash, by which most others are told from it.
    mark: u16,
    start: u16,
    /// Where it ends; 0 in an empty slot.
    end: u16,
}

/// By what an entry is found.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Whole,
    FirstWord,
}

/// How many slots a list takes, so that most of them are empty.
pub(super) const fn slots(text: &str) -> usize {
    let (bytes, mut entries, mut at) = (text.as_bytes(), 1, 0);
    while at < bytes.len() {
        entries += (bytes[at] == b'|') as usize;
        at += 1;
    }
    (4_usize * entries).next_power_of_two()
}

/// The places of the entries of a list.
pub(super) const fn places<const SLOTS: usize>(text: &str, key: Key) -> [Place; SLOTS] {
    assert!(text.len() <= u16::MAX as usize && SLOTS >= slots(text));
    let bytes = text.as_bytes();
    let mut places = [Place { mark: 0, start: 0, end: 0 }; SLOTS];
    // Where the entry begins, and where its key ends.
    let (mut start, mut stop, mut at) = (0, None, 0);
    while at <= bytes.len() {
        let ends = at == bytes.len() || bytes[at] == b'|';
        let word = !ends && bytes[at] == b' ' && matches!(key, Key::FirstWord);
        if stop.is_none() && (ends || word) {
            stop = Some(at);
        }
        if let (true, Some(stop)) = (ends && at > start, stop) {
            let hash = hash(bytes, start, stop);
            let mut slot = hash as usize % SLOTS;
            while places[slot].end > 0 {
                slot = (slot + 1) % SLOTS;
            }
            places[slot] = Place { mark: (hash >> 16) as u16, start: start as u16, end: at as u16 };
        }
        if ends {
            (start, stop) = (at + 1, None);
        }
        at += 1;
    }
    places
}

impl<'l> List<'l> {
    /// Whether a word or phrase is an entry. The empty one is none.
    #[inline]
    pub(super) fn holds(&self, phrase: &str) -> bool {
        self.entries(self.whole, hash_of(phrase)).any(|entry| entry == phrase.as_bytes())
    }

    /// The token behind the first entry that stands at a token.
    #[inline]
    pub(super) fn end_at(&self, tokens: &Tokens, i: usize) -> Option<usize> {
        let hash = tokens.hash(i)?;
        self.entries(self.opening, hash).find_map(|phrase| tokens.phrase_bytes(i, phrase))
    }

    /// The entries that may have a hash, in their order.
    #[inline]
    fn entries(&self, places: &'l [Place], hash: u32) -> impl Iterator<Item = &'l [u8]> + use<'l> {
        let last = places.len().wrapping_sub(1);
        let (text, mut slot) = (self.text.as_bytes(), hash as usize & last);
        std::iter::from_fn(move || {
            loop {
                let Place { mark, start, end } = *places.get(slot)?;
                slot = (slot + 1) & last;
                match end {
                    0 => return None,
                    _ if u32::from(mark) == hash >> 16 => {
                        return text.get(usize::from(start)..usize::from(end));
                    }
                    _ => {}
                }
            }
        })
    }
}

/// The hash of a word or phrase.
#[inline]
pub(super) fn hash_of(phrase: &str) -> u32 {
    hash(phrase.as_bytes(), 0, phrase.len())
}

/// A hash of the length and of the first, the middle and the last letter, which is quicker than one
/// of all letters.
const fn hash(bytes: &[u8], start: usize, end: usize) -> u32 {
    if start >= end {
        return 0;
    }
    let (first, last) = (bytes[start], bytes[end - 1]);
    let middle = bytes[start + (end - start) / 2];
    let key = u32::from_le_bytes([first, middle, last, (end - start) as u8]);
    let mixed = (key ^ key >> 15).wrapping_mul(0x9e37_79b1);
    mixed ^ mixed >> 16
}

/// A list that the compiler prepares.
macro_rules! list {
    ($text:expr $(,)?) => {
        const {
            use $crate::article::words::{Key, List, Place, places, slots};
            const ENTRIES: &str = $text;
            const WHOLE: [Place; slots(ENTRIES)] = places(ENTRIES, Key::Whole);
            const OPENING: [Place; slots(ENTRIES)] = places(ENTRIES, Key::FirstWord);
            &List { text: ENTRIES, whole: &WHOLE, opening: &OPENING }
        }
    };
}
pub(super) use list;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found() {
        const TEXT: &str = "a|fell by|é|of the next|x|fell|of the|said that|said|xylophone";
        let tokens = Tokens::read("a b é x fell by of the next said that xylophone xenon that", 0);
        for i in 0..=tokens.len() {
            let (word, of) = (tokens.key(i), |e: &&str| tokens.phrase(i, e).is_some());
            assert_eq!(list!(TEXT).holds(word), TEXT.split('|').any(|e| e == word), "{word}");
            let want = TEXT.split('|').find(of).and_then(|entry| tokens.phrase(i, entry));
            assert_eq!(list!(TEXT).end_at(&tokens, i), want, "{word}");
        }
        assert!(TEXT.split('|').all(|whole| list!(TEXT).holds(whole)));
        assert!(!["", "of", "|", "a|fell by"].into_iter().any(|word| list!(TEXT).holds(word)));
        assert!(!list!("").holds("") && list!("a").holds("a") && list!("||a").holds("a"));
    }
}
