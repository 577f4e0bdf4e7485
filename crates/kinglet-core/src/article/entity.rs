//! Mentions of entities in the tokens of a block.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::lexicon;
use super::token::{self, Tokens, any_of};
use crate::identity::{KNOWN, Kind};

/// The code of what has none.
pub(super) const OTHER: &str = "OTHER";

/// How firmly a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// An index or a rate by its name.
    Index,
    /// A fund, company or good by its name.
    Listed,
    /// A group such as small caps, a sector.
    Group,
    /// The central bank or the economy.
    Authority,
    /// `stocks`, `the market`: the subject only where nothing else is.
    Loose,
    /// `the index`, `it`: what was spoken of before.
    Pronoun,
}

/// An entity mentioned in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    pub(super) code: &'static str,
    pub(super) class: Class,
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
}

/// Nouns that make a sector of the adjective before them.
const SECTOR_NOUNS: &str = "sector|sectors|stocks|shares|companies|names|firms|group|index";

struct Entry {
    code: &'static str,
    class: Class,
    /// Whether the name must be capitalised: `Fed`, `Dow`, `Apple`.
    capital: bool,
    /// Whether it must be in capitals throughout: `SPY`, `MU`.
    ticker: bool,
    /// Whether a noun of sectors must follow: `energy stocks`.
    adjective: bool,
    /// Whether `the` must stand before it: `the Russell`.
    article: bool,
}

struct Gazetteer {
    automaton: AhoCorasick,
    entries: Vec<Entry>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(gazetteer);

fn gazetteer() -> Gazetteer {
    let mut names: Vec<(String, Entry)> = Vec::new();
    let mut put = |name: &str, code, class, [capital, ticker, adjective]: [bool; 3]| {
        let name = token::normal(name);
        // without the article, which would open a match before a longer name
        let bare = name.strip_prefix("the ");
        let (article, name) = (bare.is_some(), bare.unwrap_or(&name).to_owned());
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, Entry { code, class, capital, ticker, adjective, article }));
        }
    };
    for known in KNOWN {
        let class = match known.kind {
            Kind::Index | Kind::Rate => Class::Index,
            Kind::Fund | Kind::Company => Class::Listed,
            Kind::Group => Class::Group,
            Kind::CentralBank | Kind::Macro => Class::Authority,
        };
        let named = !matches!(known.kind, Kind::Group | Kind::Rate);
        for name in std::iter::once(&known.name).chain(known.aliases) {
            let ticker = known.kind == Kind::Fund && name.eq_ignore_ascii_case(known.code);
            let capital = named && !matches!(*name, "central bank" | "policymakers" | "fear gauge");
            let bare = matches!(*name, "small cap" | "large cap");
            let class = if bare { Class::Loose } else { class };
            put(name, known.code, class, [capital, ticker, false]);
        }
    }
    for (code, name) in lexicon::entries(include_str!("names.txt")) {
        let sector = code.starts_with("SECTOR:");
        match code {
            OTHER => put(name, OTHER, Class::Listed, [false; 3]),
            "market" => put(name, "US_EQUITY", Class::Loose, [false; 3]),
            "it" => put(name, "", Class::Pronoun, [false; 3]),
            _ if code.starts_with("it ") => put(name, &code[3..], Class::Pronoun, [false; 3]),
            _ if sector => put(name, code, Class::Group, [false, false, true]),
            _ => {
                put(code, code, Class::Listed, [true, true, false]);
                put(name, code, Class::Listed, [true, false, false]);
            }
        }
    }
    let automaton = lexicon::automaton(names.iter().map(|(name, _)| name.as_str()));
    Gazetteer { automaton, entries: names.into_iter().map(|(_, entry)| entry).collect() }
}

/// The mentions of a block in order.
pub(super) fn mentions(tokens: &Tokens) -> Vec<Mention> {
    let gazetteer = &*GAZETTEER;
    let found = lexicon::matches(&gazetteer.automaton, tokens);
    let mut out: Vec<Mention> = Vec::with_capacity(found.len());
    for (entry, first, end) in found {
        let entry = &gazetteer.entries[entry];
        if !fits(tokens, entry, first, end) {
            continue;
        }
        out.push(Mention { code: entry.code, class: entry.class, first, end });
    }
    out
}

fn fits(tokens: &Tokens, entry: &Entry, first: usize, end: usize) -> bool {
    let Some(token) = tokens.get(first) else { return false };
    if entry.ticker {
        return tokens.is_all_capitals(first) && token.span.end - token.span.start >= 2;
    }
    if entry.capital && !token.capital {
        return false;
    }
    if entry.article && !matches!(tokens.key(first.wrapping_sub(1)), "the" | "this") {
        return false;
    }
    !entry.adjective || is_sector(tokens, first, end)
}

/// Whether a sector's name stands for the sector: before `stocks`, before a figure in brackets or
/// behind a colon, or as a name of several words that means nothing else.
fn is_sector(tokens: &Tokens, first: usize, end: usize) -> bool {
    let next = tokens.key(end);
    let figure = tokens.is(end, '(') || tokens.is(end, ':') || tokens.is(end, '|');
    let unambiguous = any_of(
        tokens.key(first),
        "utilities|financials|industrials|reits|biotech|\
                          semiconductors",
    ) || end - first >= 2;
    let acts = "gained|rose|fell|led|lost|declined|dropped|advanced|climbed|slipped|slid|sank|\
        jumped|surged|\
        outperformed|underperformed|lagged|added|rallied";
    SECTOR_NOUNS.split('|').any(|n| n == next)
        || token::any_of(next, acts)
        || figure
        || unambiguous
        || tokens.len() == end
}
