//! Names of sectors that are also words of their own: `energy`, `materials`.

use super::super::token::{Tokens, any_of};
use super::super::words::list;
use super::{MOVES, SECTOR_NOUNS};

/// Sectors that a list of sectors may name in one word, and names that mean nothing else.
const SECTORS: &str = "utilities|financials|industrials|materials|technology|tech|telecom|telecoms|\
    telecommunications|energy|banks|staples|healthcare|reits";
const SECTORS_ALONE: &str = "utilities|financials|industrials|reits|biotech|semiconductors";

/// What else may be said of a sector.
const ACTS: &str = "led|came|comes|fared|was|were|is|are|has|had|posted|makes|accounts|\
    accounted|made|contributed|remained|booked|scored|notched|logged|delivered|\
    moved|pushed|pulled|put|picked|tacked|gave|backed|surrendered|suffered|registered|bested|\
    topped|surpassed|outpaced";

/// Whether a sector's name stands for the sector: before `stocks`, before a figure in brackets or
/// behind a colon, or as a name of several words that means nothing else.
pub(super) fn stands(tokens: &Tokens, first: usize, end: usize) -> bool {
    let next = tokens.key(end);
    let figure = tokens.is(end, '(') || tokens.is(end, ':') || tokens.is(end, '|');
    let unambiguous = any_of(tokens.key(first), list!(SECTORS_ALONE)) || end - first >= 2;
    // "Health Care, Industrials and Telecommunications"
    let capital = |i: usize| tokens.get(i).is_some_and(|t| t.capital);
    let listed = capital(first)
        && (matches!(next, "," | "and") && capital(end + 1)
            || matches!(tokens.key(first.wrapping_sub(1)), "," | "and")
                && capital(first.wrapping_sub(2)));
    // "the losers were utilities and telecom, down 5.5% and 6.6%"
    let beside = next == "and" && any_of(tokens.key(end + 1), list!(SECTORS))
        || tokens.key(first.wrapping_sub(1)) == "and"
            && any_of(tokens.key(first.wrapping_sub(2)), list!(SECTORS));
    SECTOR_NOUNS.split('|').any(|n| n == next)
        || beside
        || any_of(next, list!(MOVES))
        || any_of(next, list!(ACTS))
        || figure
        || unambiguous
        || listed
        || tokens.len() == end
}
