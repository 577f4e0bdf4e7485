//! Lists of words and phrases, parted by bars, as the rules of the language write them. They are
//! asked for every word of an article, mostly in vain.

/// A list of words and phrases: plain text, or prepared by [`list!`] where every word of an article
/// is asked for.
pub(super) trait Entries: Copy {
    /// The text of the list.
    fn text(&self) -> &str;
    /// Whether a word or phrase may be an entry.
    fn may_hold(self, phrase: &str) -> bool;
    /// Whether an entry may begin with a word, or with it and the next, by their sums.
    fn may_open(self, word: usize, next: usize) -> bool;
}

impl Entries for &str {
    fn text(&self) -> &str {
        self
    }

    fn may_hold(self, _: &str) -> bool {
        true
    }

    fn may_open(self, _: usize, _: usize) -> bool {
        true
    }
}

/// A list with summaries of its entries, by which most questions are answered.
#[derive(Clone, Copy)]
pub(super) struct List<'l> {
    text: &'l str,
    /// Of whole entries.
    whole: Summary,
    /// Of those with one word.
    single: Summary,
    /// Of the first two words of the others.
    pairs: Summary,
}

/// One bit for each of several sums.
#[derive(Clone, Copy)]
struct Summary([u64; 4]);

impl Summary {
    const fn add(&mut self, sum: usize) {
        self.0[sum / 64 % 4] |= 1 << (sum % 64);
    }

    const fn may_hold(&self, sum: usize) -> bool {
        self.0[sum / 64 % 4] >> (sum % 64) & 1 == 1
    }
}

impl<'l> List<'l> {
    pub(super) const fn new(text: &'l str) -> Self {
        let bytes = text.as_bytes();
        let none = Summary([0; 4]);
        let mut list = List { text, whole: none, single: none, pairs: none };
        // Where the entry begins, its first word ends and its second one does.
        let (mut start, mut first, mut second) = (0, None, None);
        let mut at = 0;
        while at <= bytes.len() {
            let ends = at == bytes.len() || bytes[at] == b'|';
            if ends || bytes[at] == b' ' {
                match (first, second) {
                    (None, _) => first = Some(at),
                    (Some(_), None) => second = Some(at),
                    _ => {}
                }
            }
            if ends {
                list.whole.add(sum(bytes, start, at));
                match (first, second) {
                    (Some(first), Some(second)) => {
                        let words = (sum(bytes, start, first), sum(bytes, first + 1, second));
                        list.pairs.add(pair(words.0, words.1));
                    }
                    _ => list.single.add(sum(bytes, start, at)),
                }
                (start, first, second) = (at + 1, None, None);
            }
            at += 1;
        }
        list
    }
}

impl<E: Entries> Entries for &E {
    fn text(&self) -> &str {
        (**self).text()
    }

    fn may_hold(self, phrase: &str) -> bool {
        (*self).may_hold(phrase)
    }

    fn may_open(self, word: usize, next: usize) -> bool {
        (*self).may_open(word, next)
    }
}

impl Entries for List<'_> {
    fn text(&self) -> &str {
        self.text
    }

    fn may_hold(self, phrase: &str) -> bool {
        self.whole.may_hold(sum_of(phrase))
    }

    fn may_open(self, word: usize, next: usize) -> bool {
        self.single.may_hold(word) || self.pairs.may_hold(pair(word, next))
    }
}

/// The sum of a word.
pub(super) fn sum_of(word: &str) -> usize {
    sum(word.as_bytes(), 0, word.len())
}

/// A number for a word, of its length and its first and last letters; 0 for the empty one.
const fn sum(bytes: &[u8], start: usize, end: usize) -> usize {
    if start >= end {
        return 0;
    }
    5 * bytes[start] as usize + 11 * bytes[end - 1] as usize + 29 * (end - start)
}

/// A number for two words.
const fn pair(first: usize, second: usize) -> usize {
    first + 7 * second
}

/// A list that the compiler prepares.
macro_rules! list {
    ($text:expr) => {
        const { &$crate::article::words::List::new($text) }
    };
}
pub(super) use list;

/// The entries of a list that begin with the first two letters of a text, or, where a blank or
/// nothing follows its first, with that one.
pub(super) fn beginning<'l>(list: &'l str, text: &str) -> impl Iterator<Item = &'l str> {
    let bytes = list.as_bytes();
    let opening = match *text.as_bytes() {
        [] => None,
        [first] | [first, b' ', ..] => Some(Opening { first, second: 0, loose: true }),
        [first, second, ..] => Some(Opening { first, second, loose: false }),
    };
    let mut at = opening.and_then(|opening| {
        let letter = |i: usize| bytes.get(i).copied().unwrap_or(b'|');
        let first = !bytes.is_empty() && opening.is_at(b'|', letter(0), letter(1));
        if first { Some(0) } else { behind_bar(bytes, 0, opening) }
    });
    std::iter::from_fn(move || {
        let start = at?;
        let end = start + bytes[start..].iter().take_while(|&&b| b != b'|').count();
        at = behind_bar(bytes, end, opening?);
        list.get(start..end)
    })
}

/// What an entry that is looked for begins with: a letter, or two.
#[derive(Clone, Copy)]
struct Opening {
    first: u8,
    second: u8,
    /// Whether the second does not matter.
    loose: bool,
}

impl Opening {
    /// Whether a bar and two letters are what is looked for. Without a branch, so that compilers
    /// look at many places with a few instructions.
    fn is_at(self, bar: u8, a: u8, b: u8) -> bool {
        (bar == b'|') & (a == self.first) & (self.loose | (b == self.second))
    }

    /// Whether it stands at one of the places that a window of so many and two more letters shows.
    fn is_in<const WINDOW: usize>(self, window: &[u8; WINDOW]) -> bool {
        (0..WINDOW - 2)
            .fold(false, |found, i| found | self.is_at(window[i], window[i + 1], window[i + 2]))
    }
}

/// Where the next entry begins, from a place on, that begins as wanted.
fn behind_bar(list: &[u8], from: usize, opening: Opening) -> Option<usize> {
    const WIDE: usize = 18;
    const NARROW: usize = 10;
    let mut at = from;
    while let Some(window) = list.get(at..).and_then(<[u8]>::first_chunk::<WIDE>) {
        if opening.is_in(window) {
            return scan(list, at, opening);
        }
        at += WIDE - 2;
    }
    // What is left is shown by windows that overlap those before, or each other.
    let rest = list.get(at..).unwrap_or_default();
    let absent = match rest.first_chunk::<NARROW>().zip(rest.last_chunk::<NARROW>()) {
        Some((head, tail)) => !opening.is_in(head) && !opening.is_in(tail),
        None => list.last_chunk::<NARROW>().is_some_and(|tail| !opening.is_in(tail)),
    };
    // The windows do not show a last entry of one letter.
    let last = opening.loose && list.ends_with(&[b'|', opening.first]);
    if absent && !last { None } else { scan(list, at, opening) }
}

fn scan(list: &[u8], from: usize, opening: Opening) -> Option<usize> {
    let letter = |i: usize| list.get(i).copied().unwrap_or(b'|');
    (from..list.len().saturating_sub(1))
        .find(|&i| opening.is_at(list[i], letter(i + 1), letter(i + 2)))
        .map(|i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_text() {
        let check = |list: &str, text: &str, want: &[&str]| {
            let got: Vec<&str> = beginning(list, text).collect();
            assert_eq!(got, want, "{text:?} in {list:?}");
        };
        check("a b|c|ab||é|a", "a x", &["a b", "ab", "a"]);
        check("a|é", "é", &["é"]);
        check("a|b", "", &[]);
        check("", "a", &[]);
        check("rise", "ripe", &["rise"]);
        check("rise", "rate", &[]);
        check("x|r", "ripe", &[]);
    }

    #[test]
    fn prepared_lists_miss_nothing() {
        let list = list!("a|fell by|é|of the next|x|");
        for whole in ["a", "fell by", "é", "of the next", "x"] {
            assert!(list.may_hold(whole), "{whole}");
        }
        let openings = [("a", "z"), ("fell", "by"), ("é", ""), ("of", "the"), ("x", "y")];
        for (word, next) in openings {
            assert!(list.may_open(sum_of(word), sum_of(next)), "{word} {next}");
        }
        assert!(!list.may_hold("felt") && !list.may_open(sum_of("by"), sum_of("fell")));
        assert!(!list.may_open(sum_of("of"), sum_of("those")));
    }

    /// At every distance from the ends of what is looked at together.
    #[test]
    fn lists_of_any_length() {
        for before in 0..40 {
            for behind in 0..40 {
                let list = format!("{}|rise|{}|ripe", "x".repeat(before), "x".repeat(behind));
                assert!(beginning(&list, "rich").eq(["rise", "ripe"]), "{list}");
            }
        }
    }
}
