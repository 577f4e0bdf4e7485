//! Mentions of entities in the tokens of a block.

mod sector;
pub(super) mod sense;
pub(super) mod stranger;

use super::words::{List, list};
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::hint::Hint;
use super::lexicon::{self, Phrases};
use super::token::{self, Joint, Tokens, any_of};
use crate::identity::{KNOWN, Kind};
use stranger::{members, movers, unknown};

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

/// How a pronoun finds what it points back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// The subject of what was said before: `it`, `the index`.
    Subject,
    /// The first one of a pair: `the former`.
    Former,
    /// The last one of a pair: `the latter`.
    Latter,
    /// The one of the same family that holds value stocks: `its value sibling`.
    Value,
    /// The one of the same family that holds growth stocks.
    Growth,
}

/// An entity mentioned in a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    pub(super) code: &'static str,
    pub(super) class: Class,
    pub(super) back: Back,
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
}

/// Nouns that make a sector of the adjective before them.
const SECTOR_NOUNS: &str = "sector|sectors|stocks|shares|companies|names|firms|group|index";

/// What prices do.
pub(super) const MOVES: &str = "gained|rose|fell|lost|declined|dropped|advanced|climbed|slipped\
    |slid|sank|jumped|surged\
    |rallied|returned|tumbled|slumped|soared|shed|plunged|ended|closed|finished|added|crashed\
    |cratered|nosedived|swooned|stumbled|skidded|eased|dipped|retreated|popped|leapt|bounced\
    |spiked|vaulted|rebounded|edged|inched|ticked|crept|tanked|outperformed|underperformed\
    |lagged|trailed|appreciated|recovered|increased|decreased|contracted|crumbled";

/// Banks whose analysts are asked what they think.
const HOUSES: &List = list!("JPM|GS|MS|BAC|C|WFC");

/// What houses do that only say something, and who says it for them.
const SPEECH: &List = list!(
    "says|said|predicts|predicted|expects|expected|forecasts|sees|estimates|estimated|thinks|\
    believes|argues|warns|warned|wrote|writes|notes|noted|projects|recommends|analyst|analysts|\
    strategist|strategists|economist|economists|research|securities|investment|asset|wealth|global|\
    private|advisors|portfolio|data|report|survey|analysis|found"
);

/// What an index is called after: `the small-cap benchmark`, `the tech-heavy gauge`.
const EPITHETS: &[(&str, &str)] = &[
    (
        "RUT",
        "small-cap|small-company|small-capitalization|smaller-company|small-stock|smaller-cap|\
            smallcap",
    ),
    (
        "SPX",
        "large-cap|broad-market|broader-market|large-company|large-stock|big-cap|larger-company|\
            big-company|large-capitalization|largecap",
    ),
    ("MID", "mid-cap|midcap|mid-size|midsize|medium-size"),
    ("DJI", "blue-chip|bluechip"),
    (
        "IXIC",
        "tech-heavy|technology-heavy|tech-laden|technology-laden|tech-dominated|tech-focused|\
            technology-rich|tech-rich|technology-dominated|tech-oriented|technology-focused",
    ),
];

/// Words for an index.
const GAUGES: &str = "index|benchmark|gauge|average|barometer|measure|bellwether|yardstick";

/// Adjectives of size that say which index is meant: `the bigger index`, `its larger sibling`.
const SIZES: &[(&str, &str)] =
    &[("RUT", "small|smaller|little"), ("SPX", "big|bigger|large|larger|broad|broader")];

/// Words for an index beside another.
const KIN: &str = "counterpart|cousin|sibling|brother|twin|stablemate|sister|sister index";

/// Words for an index beside another, of which a company may be one, too.
const PEERS: &str = "rival|peer|equivalent|competitor";

/// What an index is one of: `the benchmark for large companies`.
const HOLDINGS: &[(&str, &str)] = &[
    (
        "RUT",
        "small companies|smaller companies|small caps|small stocks|smaller stocks|\
            small-company stocks|small-cap stocks|smaller-company stocks|small-cap shares",
    ),
    (
        "SPX",
        "large companies|larger companies|large caps|big companies|large stocks|big stocks|\
            large-company stocks|large-cap stocks|bigger companies",
    ),
    ("DJI", "blue chips|blue-chip stocks|blue-chip companies"),
];

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
    government bond|government bond yield|treasury rate|rate|ust|money|paper|note's yield|\
    treasury's yield|bond's yield|t-note|t-notes|t-bond|government note|bond yields|note yields|\
    bill yield|bill yields|bill rate|u.s. note|us note|u.s. bond|us bond|us yield|u.s. yield";

/// What companies have: `small-cap debt`.
const OWNED: &str = "debt|borrowings|earnings|profits|borrowers|valuations|multiples|loans|balance|\
    returns|revenues|sales|margins";

struct Entry {
    code: &'static str,
    class: Class,
    back: Back,
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
    phrases: Phrases,
    entries: Vec<Entry>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(gazetteer);

fn gazetteer() -> Gazetteer {
    let mut names: Vec<(String, Entry)> = Vec::new();
    let mut known = BTreeSet::new();
    let mut put = |name: &str, code, class, [capital, ticker, adjective]: [bool; 3]| {
        let name = token::normal(name);
        // without the article, which would open a match before a longer name
        let bare = name.strip_prefix("the ");
        let (article, name) = (bare.is_some(), bare.unwrap_or(&name).to_owned());
        let (code, back) = points_back(code);
        if known.insert(name.clone()) {
            names.push((name, Entry { code, class, back, capital, ticker, adjective, article }));
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
            let lower = list!("central bank|policymakers|policy makers|rate setters|fear gauge");
            let capital = named && !any_of(name, lower);
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
            "US" => put(name, code, Class::Authority, [false; 3]),
            _ if KNOWN.iter().any(|k| k.code == code) => {
                put(name, code, Class::Index, [!is_rate(code), false, false]);
            }
            _ => {
                put(code, code, Class::Listed, [true, true, false]);
                put(name, code, Class::Listed, [true, false, false]);
            }
        }
    }
    for (code, name) in epithets() {
        put(&name, code, Class::Pronoun, [false; 3]);
    }
    for (code, terms) in TERMS {
        for term in terms.split('|') {
            for noun in PAPERS.split('|') {
                put(&format!("{term} {noun}"), code, Class::Index, [false; 3]);
            }
            put(&format!("the {term}"), code, Class::Index, [false, false, true]);
        }
    }
    let (names, entries): (Vec<String>, Vec<Entry>) = names.into_iter().unzip();
    Gazetteer { phrases: Phrases::new(names), entries }
}

/// Whether a code is the ticker of a fund.
pub(super) fn is_fund(code: &str) -> bool {
    let others = list!(
        "IWC|IWB|IWV|IWF|IWD|IJR|IJH|VTWO|VB|VBK|VOO|IVV|DIA|RSP|VTI|KRE|TLT|HYG|GLD|AVUV|\
        MDY|XLF|XLE|XLK|XLV|XLI|XLP|XLY|XLU|XLB|XLRE|XLC|XBI|IBB|KBE|SMH|SOXX|AGG|BND|LQD|IEF|SHY"
    );
    any_of(code, others) || KNOWN.iter().any(|k| k.code == code && k.kind == Kind::Fund)
}

/// Whether a code stands for a rate of interest.
pub(super) fn is_rate(code: &str) -> bool {
    code.starts_with("UST") || code.starts_with("CURVE")
}

/// All that an index may be called after what is in it, with the code of the index.
fn epithets() -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut cross = |table: &[(&'static str, &str)], nouns: &[&str]| {
        for (code, traits) in table {
            for noun in nouns.iter().flat_map(|n| n.split('|')) {
                out.extend(traits.split('|').map(|t| (*code, format!("{t} {noun}"))));
            }
        }
    };
    cross(EPITHETS, &[GAUGES, KIN, PEERS]);
    cross(SIZES, &["index|gauge|benchmark|barometer", KIN]);
    cross(&[("value", "value"), ("growth", "growth")], &[KIN, PEERS]);
    for (code, holdings) in HOLDINGS {
        for noun in GAUGES.split('|').filter(|n| *n != "average") {
            for held in holdings.split('|') {
                out.push((code, format!("{noun} of {held}")));
                out.push((code, format!("{noun} for {held}")));
            }
        }
    }
    out
}

/// The code and the way of pointing back that a name in the word lists stands for.
fn points_back(code: &'static str) -> (&'static str, Back) {
    match code {
        "former" => ("", Back::Former),
        "latter" => ("", Back::Latter),
        "value" => ("", Back::Value),
        "growth" => ("", Back::Growth),
        code => (code, Back::Subject),
    }
}

/// The mentions of a block in order.
pub(super) fn mentions(tokens: &Tokens) -> Vec<Mention> {
    let gazetteer = &*GAZETTEER;
    let found = gazetteer.phrases.matches(tokens);
    let mut out: Vec<Mention> = Vec::with_capacity(found.len());
    for (entry, first, end) in found {
        let entry = &gazetteer.entries[entry];
        if !fits(tokens, entry, first, end) {
            continue;
        }
        let Entry { code, class, back, .. } = *entry;
        out.push(Mention { code, class, back, first, end });
    }
    join(&mut out);
    widen(tokens, &mut out);
    styles(tokens, &mut out);
    sizes(tokens, &mut out);
    tagged(tokens, &mut out);
    industrials(tokens, &mut out);
    members(tokens, &mut out);
    unknown(tokens, &mut out);
    movers(tokens, &mut out);
    sense::measured(tokens, &mut out);
    out
}

/// `the Russell 1000 Growth`, `the S&P 500 Value Index`: a half of an index that has no code is no
/// more the index; with dividends it still is.
fn styles(tokens: &Tokens, out: &mut [Mention]) {
    for mention in out.iter_mut().filter(|m| m.class == Class::Index && !is_rate(m.code)) {
        let next = tokens.key(mention.end);
        let capital = tokens.get(mention.end).is_some_and(|t| t.capital);
        let half =
            capital && any_of(next, list!("growth|value|quality|momentum|defensive|dynamic"));
        if half && tokens.number(mention.end - 1).is_some() {
            (mention.code, mention.end) = (OTHER, mention.end + 1);
        } else if capital && next == "tr" {
            mention.end += 1;
        }
    }
}

/// `the small-cap benchmark Russell 2000`, `the S&P 600 small-cap index`: an epithet beside a name
/// belongs to it.
fn join(out: &mut Vec<Mention>) {
    let epithet = |m: &Mention| m.class == Class::Pronoun && !m.code.is_empty();
    for at in 1..out.len() {
        let (before, after) = (out[at - 1], out[at]);
        if before.end != after.first {
            continue;
        }
        if epithet(&before) && after.class == Class::Index {
            out[at].first = before.first;
            out[at - 1].end = before.first;
        } else if before.class == Class::Index && epithet(&after) {
            out[at] = Mention { end: after.end, ..before };
            out[at - 1].end = before.first;
        }
    }
    out.retain(|m| m.end > m.first);
}

/// What may describe an index right before its name.
const ADJECTIVES: &str = "broad|broader|benchmark|blue|chip|tech|technology|heavy|focused|laden|\
    large|small|mid|cap|dominated|rich|flagship|narrower|venerable|oriented|bellwether|smaller";

/// `the broad Russell 3000`, `the tech-focused Nasdaq 100`: the adjectives belong to the name.
fn widen(tokens: &Tokens, out: &mut Vec<Mention>) {
    for at in 0..out.len() {
        if out[at].class != Class::Index || is_rate(out[at].code) {
            continue;
        }
        let mut first = out[at].first;
        while first > 0 && any_of(tokens.key(first - 1), list!(ADJECTIVES)) {
            first -= 1;
        }
        out[at].first = first;
        for before in out[..at].iter_mut().rev().take_while(|m| m.end > first) {
            before.end = before.first;
        }
    }
    out.retain(|m| m.end > m.first);
}

/// `The industrials fell 12 points`: the average, unless other sectors are spoken of.
fn industrials(tokens: &Tokens, out: &mut [Mention]) {
    let sector = |m: &&mut Mention| m.code.starts_with("SECTOR:");
    let mut sectors = out.iter_mut().filter(sector);
    if let (Some(m), None) = (sectors.next(), sectors.next())
        && m.code == "SECTOR:industrials"
        && tokens.key(m.first) == "industrials"
        && tokens.key(m.first.wrapping_sub(1)) == "the"
        && !any_of(tokens.key(m.end), list!(SECTOR_NOUNS))
    {
        *m = Mention { code: "DJI", class: Class::Index, ..*m };
    }
}

/// `small beat large`, `5.5% from large`: an adjective of size that stands for the companies.
fn sizes(tokens: &Tokens, out: &mut Vec<Mention>) {
    let mut found = Vec::new();
    for first in (0..tokens.len()).filter(|&i| tokens.may(i, Hint::NamesSize)) {
        let code = match tokens.key(first) {
            "small" => "US_SMALL",
            "large" | "big" => "US_LARGE",
            _ => continue,
        };
        let before = tokens.key(first.wrapping_sub(1));
        let at = out.partition_point(|m| m.first < first);
        let trait_of = |m: &&mut Mention| m.first == first && m.class == Class::Loose;
        if let Some(m) = out.get_mut(at).filter(trait_of)
            && any_of(tokens.key(m.end), list!(OWNED))
        {
            m.class = Class::Group;
            continue;
        }
        let opens =
            any_of(before, list!("from|in|of|beat|beats|than|for|to|lagged|trailed|and|,|.|"))
                || first == 0;
        let next = first + 1;
        let closes = !tokens.is_word(next) && tokens.number(next).is_none()
            || any_of(
                tokens.key(next),
                list!("beat|beats|lagged|trailed|outperformed|led|over|did"),
            );
        if opens && closes && tokens.joint(next) != Joint::Hyphen {
            let taken = at.checked_sub(1).is_some_and(|i| out[i].end > first);
            if !taken {
                let back = Back::Subject;
                found.push(Mention { code, class: Class::Group, back, first, end: next });
            }
        }
    }
    found.append(out);
    found.sort_by_key(|m| m.first);
    *out = found;
}

/// `Biotechnology (XBI)`, `(NASDAQ: PTCT)`: a ticker in brackets says of what the name before it
/// is one.
fn tagged(tokens: &Tokens, out: &mut Vec<Mention>) {
    let listing = |m: &Mention| {
        tokens.is(m.first.wrapping_sub(1), '(')
            && tokens.is(m.end, ':')
            && tokens.is_all_capitals(m.end + 1)
            && tokens.is(m.end + 2, ')')
    };
    for mention in out.iter_mut().filter(|m| any_of(tokens.key(m.first), list!("nasdaq|nyse"))) {
        if listing(mention) {
            *mention =
                Mention { code: OTHER, class: Class::Listed, end: mention.end + 2, ..*mention };
        }
    }
    let tag = |m: &Mention| {
        m.class == Class::Listed && tokens.is(m.first.wrapping_sub(1), '(') && tokens.is(m.end, ')')
    };
    let tags: Vec<usize> = out.iter().filter(|m| tag(m)).map(|m| m.first - 1).collect();
    let named = |m: &Mention| m.class == Class::Group || m.code == OTHER;
    out.retain(|m| !(named(m) && tags.binary_search(&m.end).is_ok()));
}

fn fits(tokens: &Tokens, entry: &Entry, first: usize, end: usize) -> bool {
    let Some(token) = tokens.get(first) else { return false };
    if any_of(entry.code, HOUSES) && speaks(tokens, end) {
        return false;
    }
    if entry.ticker {
        return tokens.is_all_capitals(first) && token.span.end - token.span.start >= 2;
    }
    // "the 30-stock Dow"
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
    if entry.capital && !(first..end).any(capital) {
        return false;
    }
    let product = list!("fund|funds|etf|etfs|provider|providers|futures|options");
    if entry.class == Class::Pronoun && any_of(tokens.key(end), product) {
        return false;
    }
    // "within the index, financials gained 2%" is about the financials
    let the = usize::from(tokens.key(first.wrapping_sub(1)) == "the");
    let inside = any_of(tokens.key(first.wrapping_sub(1 + the)), list!("within|inside"));
    if entry.class == Class::Pronoun && inside {
        return false;
    }
    if entry.article && !matches!(tokens.key(first.wrapping_sub(1)), "the" | "this") {
        return false;
    }
    if entry.adjective && entry.code.starts_with("UST:") {
        return stands_alone(tokens, end);
    }
    !entry.adjective || sector::stands(tokens, first, end)
}

/// Whether a house that is named up to a token only says something: `JPMorgan predicts`, `Goldman
/// Sachs' strategists`.
fn speaks(tokens: &Tokens, end: usize) -> bool {
    let possessive = usize::from(tokens.key(end) == "'s" || tokens.is(end, '\''));
    any_of(tokens.key(end + possessive), SPEECH)
}

/// Whether `the 10-year` stands for the security: no noun follows it.
fn stands_alone(tokens: &Tokens, end: usize) -> bool {
    let verbs = list!(
        "was|is|at|rose|fell|climbed|slid|slipped|jumped|dropped|ended|yielded|yields|\
        yielding|closed|finished|had|has|stood|hit|touched|declined|advanced|edged|ticked|sank|\
        surged|tumbled|traded|trades|up|down|to|shed|added|lost|gained|and|which|settled|sits|\
        stands|from"
    );
    !tokens.is_word(end) || any_of(tokens.key(end), verbs)
}
