//! Names that nobody knows: of companies, of funds, of indexes that go on behind a known name.

use super::super::hint::Hint;
use super::super::token::{Tokens, any_of};
use super::super::words::{List, list};
use super::{Back, Class, MOVES, Mention, OTHER, is_rate};

/// `the FOX 50 lost 39.47 points`, `Crest Nicholson ended 26% lower`: capitalised words of which
/// something is said that prices do are the name of something, if nobody knows of what.
pub(super) fn movers(tokens: &Tokens, out: &mut Vec<Mention>) {
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
    let whole = |i: usize| tokens.number(i).is_some_and(|n| n.decimals == 0 && n.value >= 30.0);
    let figure = |i: usize| tokens.number(i).is_some() && tokens.is(i + 1, '%');
    for verb in 1..tokens.len() {
        if !tokens.may(verb, Hint::Moves) {
            continue;
        }
        let moves = any_of(tokens.key(verb), list!(MOVES)) && !capital(verb);
        let up = any_of(tokens.key(verb), list!("was|is"))
            && any_of(tokens.key(verb + 1), list!("up|down|off"));
        // "Greenstone +2.41%"
        let signed = matches!(tokens.key(verb), "+" | "-") && figure(verb + 1);
        if !moves && !up && !signed {
            continue;
        }
        let end = verb;
        let name = if whole(end - 1) { end - 1 } else { end };
        let first = name_before(tokens, name);
        let alone = name - first == 1 && name == end;
        let opens = first == 0 || matches!(tokens.key(first - 1), "." | "!" | "?" | ":" | "\"");
        let unsure = alone && opens && !tokens.is_all_capitals(first);
        let at = out.partition_point(|m| m.first < first);
        let before = at.checked_sub(1).is_some_and(|i| out[i].end > first);
        let taken = before || out.get(at).is_some_and(|m| m.first < end);
        if first >= name || unsure || taken || is_no_name(tokens.key(name - 1)) {
            continue;
        }
        let (class, back) = (Class::Listed, Back::Subject);
        out.insert(at, Mention { code: OTHER, class, back, first, end });
    }
}

/// Where the capitalised words begin that end before a token, without one that opens a sentence.
fn name_before(tokens: &Tokens, end: usize) -> usize {
    let capital = |i: usize| tokens.is_word(i) && tokens.get(i).is_some_and(|t| t.capital);
    let first = end - (0..end).rev().take_while(|i| capital(*i)).count();
    (first..end).find(|i| !is_opening(tokens, *i)).unwrap_or(end)
}

/// Whether a capitalised word only opens a sentence.
fn is_opening(tokens: &Tokens, at: usize) -> bool {
    let opening = list!(
        "the|a|an|our|his|her|my|their|its|this|that|in|on|for|and|while|as|but|meanwhile|by|with|\
        of|since|from|both|even|only|also|at|to|than|then|so|if|when|where|not|or|over|after|\
        it|they|he|she|we|i|you|which|who|what|these|those|there|here|elsewhere|however|still"
    );
    any_of(tokens.key(at), opening)
}

/// `in March fell`, `Real GDP contracted`: days, months and measures of the economy are no names of
/// what has a price.
fn is_no_name(word: &str) -> bool {
    let others = list!(
        "january|february|march|april|may|june|july|august|september|october|november|december|\
        jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|today|yesterday|stocks|shares|futures|\
        indexes|indices|averages|benchmarks|gauges|markets|composites|gdp|gnp|product|cpi|pce|ppi|\
        pmi|ism|inflation|unemployment|payrolls|employment|earnings|\
        sales|profits|revenue|revenues|income|yields|rates|prices|economy|spending|claims|output"
    );
    word.ends_with("day") || any_of(word, others)
}

/// Words between the name of an index and `Index` that do not make it another one.
const OF_THE_INDEX: &List = list!(
    "composite|average|industrial|industrials|total|return|price|net|tr|stock|stocks|small|mid|\
    large|cap|small-cap|mid-cap|large-cap|company|value|growth|benchmark|volatility|market"
);

/// Nouns in the names of funds and indices.
pub(in crate::article) const FUNDS: &List = list!("index|fund|etf|trust|portfolio|composite");

/// `the Russell Global ex-U.S. Small Cap Index`, `our Millbrook Small Company Fund`: a name that
/// nobody knows is one of its own, whatever its words stand for elsewhere.
pub(super) fn unknown(tokens: &Tokens, out: &mut Vec<Mention>) {
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
    // "the American Stock Exchange composite index", "the Wilshire U.S. Large-Cap index"
    let before = |i: usize| i.checked_sub(1).is_some_and(capital);
    let small = |i: usize| {
        tokens.key(i) == "composite" && tokens.key(i + 1) == "index"
            || tokens.key(i) == "index" && before(i) && i.checked_sub(1).is_some_and(before)
    };
    let noun = |i: &usize| tokens.may(*i, Hint::NamesFund) && (capital(*i) || small(*i));
    for noun in (0..tokens.len()).filter(noun) {
        let first = name_before(tokens, noun);
        let inside = |m: &Mention| m.first <= noun && m.end > first;
        // "the Nasdaq Biotechnology Index", "the S&P 500 High Beta Index": more than the index
        let goes_on = |m: &Mention| {
            let mut rest = m.end..noun;
            m.class == Class::Index
                && m.first >= first
                && !rest.is_empty()
                && rest.all(|i| capital(i) && !any_of(tokens.key(i), OF_THE_INDEX))
        };
        let plain = |m: &Mention| {
            m.first >= first
                && (matches!(m.class, Class::Group | Class::Loose | Class::Pronoun) || goes_on(m))
        };
        // the consumer price index is a measure of the economy
        let prices = any_of(tokens.key(noun.wrapping_sub(1)), list!("price|prices|managers"));
        if prices || noun < first + 2 || !out.iter().filter(|m| inside(m)).all(plain) {
            continue;
        }
        let whole =
            |m: &&Mention| m.first == first && m.end == noun && m.code.starts_with("SECTOR:");
        let sector = out.iter().find(whole).map(|m| m.code);
        let beside = out.iter_mut().find(|m| m.class == Class::Index && m.end == first);
        let plainly = (first..noun).all(|i| any_of(tokens.key(i), OF_THE_INDEX));
        let part = match beside {
            Some(index) if plainly => {
                index.end = noun + 1;
                continue;
            }
            // "the S&P 500 Information Technology Index"
            beside => beside.map(|index| index.first),
        };
        let code = sector.filter(|_| part.is_some()).unwrap_or(OTHER);
        let first = part.unwrap_or(first);
        out.retain(|m| !inside(m) && m.first != first);
        let at = out.partition_point(|m| m.first < first);
        let (class, back, end) = (Class::Listed, Back::Subject, noun + 1);
        out.insert(at, Mention { code, class, back, first, end });
    }
}

/// `the best stock of the S&P 500`, `the top performer in the Dow`: one member is not the index.
pub(super) fn members(tokens: &Tokens, out: &mut Vec<Mention>) {
    let ranked = list!("best|worst|top|biggest|largest|average|typical|median|leading");
    let member = list!(
        "stock|stocks|performer|performers|company|companies|sector|sectors|gainer|gainers|loser|\
        losers|decliner|decliners|member|members|component|components|share|shares"
    );
    // "energy was the best sector of the S&P 500" speaks of energy
    let is = |i: usize| {
        let the = usize::from(tokens.key(i.wrapping_sub(1)) == "the");
        any_of(tokens.key(i.wrapping_sub(1 + the)), list!("is|are|was|were|as|,"))
    };
    for at in 0..out.len() {
        let mention = out[at];
        let the = usize::from(tokens.key(mention.first.wrapping_sub(1)) == "the");
        let of = mention.first.wrapping_sub(1 + the);
        let noun = of.wrapping_sub(1);
        if mention.class != Class::Index
            || is_rate(mention.code)
            || !any_of(tokens.key(of), list!("of|in|on|among|within"))
            || !any_of(tokens.key(noun), member)
        {
            continue;
        }
        // "the best-performing stock", "the two worst stocks", and nothing of another sentence
        let spoken = |i: &usize| tokens.is_word(*i) || tokens.number(*i).is_some();
        let before = (1..=4).map(|n| noun.wrapping_sub(n)).take_while(spoken);
        let first = { before }.find(|i| any_of(tokens.key(*i), ranked));
        if let Some(first) = first.filter(|first| !is(*first)) {
            out[at] = Mention { code: OTHER, class: Class::Listed, first, ..mention };
            // "the best energy stock of the S&P 500"
            for named in out[..at].iter_mut().rev().take_while(|m| m.end > first) {
                named.end = named.first.min(first);
            }
        }
    }
    out.retain(|m| m.end > m.first);
}
