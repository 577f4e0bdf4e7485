//! Words of the field and what they signal (`lexicon.txt`), and words of mood (`moods.txt`).
//! Phrases are matched on whole words, longest first, in any letter case; hyphens count as spaces.

use super::words::list;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::token::{self, Tokens};

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

/// A lexicon: an automaton and what each of its phrases signals.
struct Lexicon<S> {
    automaton: AhoCorasick,
    signals: Vec<S>,
}

impl<S: Copy> Lexicon<S> {
    fn new(text: &'static str, signal: impl Fn(&'static str) -> S) -> Self {
        let entries: Vec<(String, S)> =
            entries(text).map(|(name, phrase)| (token::normal(phrase), signal(name))).collect();
        let automaton = automaton(entries.iter().map(|(phrase, _)| phrase.as_str()));
        Lexicon { automaton, signals: entries.into_iter().map(|(_, signal)| signal).collect() }
    }

    fn cues(&self, tokens: &Tokens) -> Vec<Cue<S>> {
        matches(&self.automaton, tokens)
            .into_iter()
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

/// An automaton of normalised phrases, leftmost and longest. Each ends at a word's end: a longer
/// match that does not would hide a shorter one that does, so blanks guard both ends.
pub(super) fn automaton<'a>(phrases: impl Iterator<Item = &'a str>) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .dense_depth(8)
        // Every phrase begins with a blank, of which a text is full.
        .prefilter(false)
        .build(phrases.map(|p| format!(" {p} ")))
        .expect("the lexicon is a few thousand short phrases")
}

/// All matches of an automaton on whole words: phrase number, first token, token after it.
pub(super) fn matches(automaton: &AhoCorasick, tokens: &Tokens) -> Vec<(usize, usize, usize)> {
    let text = format!(" {} ", tokens.keys());
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = automaton.find(aho_corasick::Input::new(&text).range(at..)) {
        // without the guards; the blank after a match may open the next one
        let (start, end) = (found.start(), found.end() - 2);
        if let Some((first, after)) = tokens.covered(start, end) {
            out.push((found.pattern().as_usize(), first, after));
        }
        at = found.end() - 1;
    }
    out
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
