//! Words of the field and what they signal (`lexicon.txt`), and words of mood (`moods.txt`).
//! Phrases are matched on whole words, longest first, in any letter case; hyphens count as spaces.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::choice::id;
use super::token::{self, Tokens};
use super::words::list;

/// What a word or phrase signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// A change upwards.
    Up,
    /// A change downwards.
    Down,
    /// A change without direction: `returned`, `performance`.
    Change,
    /// Better than another by so much.
    Beat,
    /// Worse than another by so much.
    Lag,
    /// A measure by its name in the vocabulary.
    Metric(&'static str),
    /// A mean over cases.
    Average,
    /// Per year.
    Annualized,
    /// A return per year.
    AnnualReturn,
    /// A closing or a level follows: `closed at`, `level of`.
    Level,
    /// Interest rates go down.
    Cut,
    /// Interest rates go up.
    Hike,
    /// Something that happened several times before.
    Case,
    /// One after the other.
    Streak,
    /// Nothing: it only keeps its words from being read otherwise.
    Neutral,
}

/// In what mood something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    /// As what will be, or is expected.
    Forecast,
    /// Looks like a forecast and is none: `than expected`.
    NoForecast,
    /// As what somebody says.
    Saying,
    /// As advice.
    Opinion,
    /// As what would be.
    Supposition,
}

/// A signal or mood in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cue<S = Signal> {
    pub(super) signal: S,
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
}

/// A lexicon: phrases and what each of them signals.
struct Lexicon<S> {
    phrases: Phrases,
    signals: Vec<S>,
}

impl<S: Copy> Lexicon<S> {
    fn new(text: &'static str, signal: impl Fn(&'static str) -> S) -> Self {
        let entries: Vec<(String, S)> =
            entries(text).map(|(name, phrase)| (token::normal(phrase), signal(name))).collect();
        let (phrases, signals): (Vec<String>, Vec<S>) = entries.into_iter().unzip();
        Lexicon { phrases: Phrases::new(phrases), signals }
    }

    fn cues(&self, tokens: &Tokens) -> Vec<Cue<S>> {
        { self.phrases.matches(tokens).into_iter() }
            .map(|(phrase, first, end)| Cue { signal: self.signals[phrase], first, end })
            .collect()
    }
}

/// The phrases of a word list with the name that they stand under; a name without phrases comes
/// once with an empty one.
pub(super) fn entries(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut name = "";
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).flat_map(move |line| {
        let phrases = match line.strip_suffix(':') {
            Some(head) => {
                name = head;
                ""
            }
            None => line,
        };
        let under = name;
        phrases.split(',').map(str::trim).filter(|p| !p.is_empty()).map(move |p| (under, p))
    })
}

static SIGNALS: LazyLock<Lexicon<Signal>> =
    LazyLock::new(|| Lexicon::new(include_str!("lexicon.txt"), signal));

static MOODS: LazyLock<Lexicon<Mood>> =
    LazyLock::new(|| Lexicon::new(include_str!("moods.txt"), mood));

fn signal(name: &'static str) -> Signal {
    match name {
        "up" => Signal::Up,
        "down" => Signal::Down,
        "change" => Signal::Change,
        "beat" => Signal::Beat,
        "lag" => Signal::Lag,
        "average" => Signal::Average,
        "annualized" => Signal::Annualized,
        "annualized return" => Signal::AnnualReturn,
        "level" => Signal::Level,
        "cut" => Signal::Cut,
        "hike" => Signal::Hike,
        "case" => Signal::Case,
        "streak" => Signal::Streak,
        "neutral" => Signal::Neutral,
        metric => Signal::Metric(metric),
    }
}

fn mood(name: &'static str) -> Mood {
    match name {
        "forecast" => Mood::Forecast,
        "saying" => Mood::Saying,
        "opinion" => Mood::Opinion,
        "supposition" => Mood::Supposition,
        _ => Mood::NoForecast,
    }
}

/// Normalised phrases, each found by the hash of its first word: most words of a text open none.
pub(super) struct Phrases {
    /// With their numbers and the hashes of their second words, those of one first word together,
    /// the longest first.
    all: Vec<(String, usize, Option<u32>)>,
    /// A bit for each hash of a first word, of many hashes the same: most words need no look-up.
    known: Box<[u64; 64]>,
    of_word: FxHashMap<u32, Range<usize>>,
}

impl Phrases {
    pub(super) fn new(phrases: Vec<String>) -> Phrases {
        let word = |phrase: &str, n: usize| phrase.split(' ').nth(n).map(id);
        let numbered = phrases.into_iter().zip(0..);
        let mut all: Vec<_> = numbered.map(|(p, n)| (p.clone(), n, word(&p, 1))).collect();
        let first = |phrase: &str| word(phrase, 0).unwrap_or_default();
        all.sort_by_key(|(phrase, number, _)| (first(phrase), Reverse(phrase.len()), *number));
        let mut of_word: FxHashMap<u32, Range<usize>> = FxHashMap::default();
        for (at, (phrase, ..)) in all.iter().enumerate() {
            of_word.entry(first(phrase)).or_insert(at..at).end = at + 1;
        }
        let mut known = Box::new([0; 64]);
        all.iter().map(|(phrase, ..)| bit(first(phrase))).for_each(|(at, bit)| known[at] |= bit);
        Phrases { all, known, of_word }
    }

    /// All that stand in a text, the longest where several begin, and none inside another: the
    /// number of the phrase, its first token, the token after it.
    pub(super) fn matches(&self, tokens: &Tokens) -> Vec<(usize, usize, usize)> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let (word, bit) = bit(tokens.id(at));
            if self.known[word] & bit == 0 {
                at += 1;
                continue;
            }
            let known = self.of_word.get(&tokens.id(at)).cloned().unwrap_or_default();
            let next = tokens.id(at + 1);
            let found = self.all[known].iter().find_map(|(phrase, number, second)| {
                let open = second.is_none_or(|second| second == next);
                open.then(|| tokens.phrase(at, phrase).map(|end| (*number, at, end)))?
            });
            at = found.map_or(at + 1, |(.., end)| end);
            out.extend(found);
        }
        out
    }
}

/// Where the bit of a hash stands.
fn bit(hash: u32) -> (usize, u64) {
    (hash as usize >> 6 & 63, 1 << (hash & 63))
}

/// The signals of a block in order.
pub(super) fn cues(tokens: &Tokens) -> Vec<Cue> {
    let mut cues = SIGNALS.cues(tokens);
    cues.retain(|cue| cue.signal != Signal::Neutral);
    cues
}

/// The moods of a block in order.
pub(super) fn moods(tokens: &Tokens) -> Vec<Cue<Mood>> {
    let mut cues = MOODS.cues(tokens);
    cues.retain(|cue| cue.signal != Mood::NoForecast);
    let sources = (0..tokens.len()).filter(|&i| names_source(tokens, i));
    cues.extend(sources.map(|i| Cue { signal: Mood::Saying, first: i, end: i + 1 }));
    cues.sort_by_key(|cue| cue.first);
    cues
}

/// `per FactSet`, `by Acme's numbers`: a source that a preposition introduces.
fn names_source(tokens: &Tokens, i: usize) -> bool {
    let named = tokens.get(i + 1).is_some_and(|t| t.capital);
    let work = list!(
        "numbers|count|reckoning|math|estimates|figures|calculations|measure|tally|data|\
        method|methodology"
    );
    match tokens.key(i) {
        "per" => named && tokens.key(i + 2) != "'s",
        "by" | "on" => {
            let owner = (i + 2..i + 5).find(|&n| tokens.key(n) == "'s");
            named && owner.is_some_and(|n| token::any_of(tokens.key(n + 1), work))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Signal::{Metric, Streak, Up};
    use super::*;

    fn signals(text: &str) -> Vec<Signal> {
        cues(&Tokens::read(text, 0)).iter().map(|c| c.signal).collect()
    }

    #[test]
    fn longest_phrase_wins() {
        assert_eq!(signals("earnings growth of 5%"), [Metric("eps_growth")]);
        assert_eq!(signals("a forward price-to-earnings multiple"), [Metric("pe_forward")]);
        assert_eq!(signals("growth stocks gained"), [Up]);
        assert_eq!(signals("in a row, up"), [Streak, Up]);
        assert_eq!(signals("gains gains"), [Up, Up]);
    }

    #[test]
    fn no_phrase_is_listed_twice() {
        for text in [include_str!("lexicon.txt"), include_str!("moods.txt")] {
            let mut all: Vec<String> = entries(text).map(|(_, p)| token::normal(p)).collect();
            all.sort();
            let twice: Vec<_> = all.windows(2).filter(|w| w[0] == w[1]).map(|w| &w[0]).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }
}
