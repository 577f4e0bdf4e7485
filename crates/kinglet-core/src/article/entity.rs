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

/// What an index is called after: `the small-cap benchmark`, `the tech-heavy gauge`.
const EPITHETS: &[(&str, &str)] = &[
    ("RUT", "small-cap|small-company|small-capitalization|smaller-company"),
    ("SPX", "large-cap|broad-market|broader-market|large-company"),
    ("DJI", "blue-chip"),
    ("IXIC", "tech-heavy|technology-heavy|tech-laden|technology-laden|tech-dominated|tech-focused"),
];

/// Words for an index.
const GAUGES: &str = "index|benchmark|gauge|average|barometer|measure|bellwether|yardstick";

/// Terms of Treasury securities, in the ways they are written.
const TERMS: &[(&str, &str)] = &[
    ("UST:3m", "3-month|three-month|13-week|3-mo|3m"),
    ("UST:1y", "1-year|one-year|1-yr|52-week"),
    ("UST:2y", "2-year|two-year|2-yr|2y"),
    ("UST:5y", "5-year|five-year|5-yr|5y"),
    ("UST:10y", "10-year|ten-year|10-yr|10y"),
    ("UST:30y", "30-year|thirty-year|30-yr|30y"),
];

/// What is issued for a term.
const PAPERS: &str = "treasury|treasurys|treasuries|treasury note|treasury notes|treasury bond|\
    treasury bonds|treasury bill|treasury bills|treasury yield|treasury yields|treasury note yield|\
    note|notes|note yield|yield|yields|bond|bonds|bond yield|bill|bills|t-bill|t-bills|\
    u.s. treasury|us treasury|u.s. treasury yield|u.s. treasury note|us treasury yield|\
    government bond|government bond yield|treasury rate|rate";

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
            "US_EQUITY" => put(name, code, Class::Group, [false; 3]),
            _ if KNOWN.iter().any(|k| k.code == code) => {
                put(name, code, Class::Index, [!code.starts_with("UST"), false, false]);
            }
            _ => {
                put(code, code, Class::Listed, [true, true, false]);
                put(name, code, Class::Listed, [true, false, false]);
            }
        }
    }
    for (code, traits) in EPITHETS {
        for pair in traits.split('|') {
            for noun in GAUGES.split('|') {
                put(&format!("{pair} {noun}"), code, Class::Pronoun, [false; 3]);
            }
        }
    }
    for (code, terms) in TERMS {
        for term in terms.split('|') {
            for noun in PAPERS.split('|') {
                put(&format!("{term} {noun}"), code, Class::Index, [false; 3]);
            }
            put(&format!("the {term}"), code, Class::Index, [false, false, true]);
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
    // "the 30-stock Dow"
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
    if entry.capital && !(first..end).any(capital) {
        return false;
    }
    if entry.article && !matches!(tokens.key(first.wrapping_sub(1)), "the" | "this") {
        return false;
    }
    if entry.adjective && entry.code.starts_with("UST:") {
        return stands_alone(tokens, end);
    }
    !entry.adjective || is_sector(tokens, first, end)
}

/// Whether `the 10-year` stands for the security: no noun follows it.
fn stands_alone(tokens: &Tokens, end: usize) -> bool {
    let verbs = "was|is|at|rose|fell|climbed|slid|slipped|jumped|dropped|ended|yielded|yields|\
        yielding|closed|finished|had|has|stood|hit|touched|declined|advanced|edged|ticked|sank|\
        surged|tumbled|traded|trades|up|down|to|shed|added|lost|gained|and|which|settled|sits|\
        stands|from";
    !tokens.is_word(end) || any_of(tokens.key(end), verbs)
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
        outperformed|underperformed|lagged|added|rallied|was|were|is|are|has|had|returned|\
        posted|makes|accounts|accounted|made|contributed|finished|ended|shed|tumbled|slumped|\
        remained|soared";
    SECTOR_NOUNS.split('|').any(|n| n == next)
        || token::any_of(next, acts)
        || figure
        || unambiguous
        || tokens.len() == end
}
