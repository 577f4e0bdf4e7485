//! Cells that a page printed without a blank between them: `Small caps5.67%10.94%N/A` under
//! `FundQtrYTD1-Yr`.

/// Where the cells begin that end a line behind its label: each ends in a unit, or all have as many
/// decimals as the last one. None if there are fewer than two.
pub(super) fn cells(line: &str) -> Vec<usize> {
    // as long as columns may be; each start is tried
    const LINE_MAX: usize = 400;
    let ends = line.ends_with(|c: char| c.is_ascii_digit() || "%)xtbmA".contains(c));
    if line.len() > LINE_MAX || !ends {
        return Vec::new();
    }
    let bytes = line.as_bytes();
    let last = line.rfind('.').map_or(0, |dot| digits(&bytes[dot + 1..]));
    let mut starts = (1..line.len()).filter(|&i| may_begin(bytes, i));
    let found = starts.find_map(|i| run(line, named(line, i), last));
    found.unwrap_or_default()
}

/// The cells from a byte on to the end of the line.
fn run(line: &str, first: usize, decimals: usize) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    let mut at = first;
    while at < line.len() {
        starts.push(at);
        at += length(&line[at..], decimals)?;
    }
    // a range stands alone behind a blank: `3.50%-3.75%`
    let fewest = if line[..first].ends_with(' ') { 3 } else { 2 };
    (starts.len() >= fewest).then_some(starts)
}

/// Whether the first cell of a line may begin at a byte.
fn may_begin(bytes: &[u8], i: usize) -> bool {
    let before = bytes[i - 1];
    let inside = matches!(before, b'.' | b',' | b'$' | b'-' | b'+' | b'(' | b'/' | b'%');
    match bytes[i] {
        b'0'..=b'9' => !inside && !before.is_ascii_digit(),
        b'$' | b'-' | b'+' | b'(' | b'U' | b'N' | 0xe2 => !inside,
        _ => false,
    }
}

/// Where the figure begins that is glued to the number in a name: `Russell 20005.67%`.
fn named(line: &str, i: usize) -> usize {
    let behind = |number: &&&str| {
        let figure = line[i..].strip_prefix(**number).map_or(0, |rest| digits(rest.as_bytes()));
        line[..i].ends_with(' ') && (1..=3).contains(&figure)
    };
    let number = ["500", "2000", "1000", "3000", "400", "600"].iter().find(behind);
    i + number.map_or(0, |number| number.len())
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The length of the cell that a text begins with.
fn length(text: &str, decimals: usize) -> Option<usize> {
    if text.starts_with("N/A") {
        return Some(3);
    }
    let bracket = usize::from(text.starts_with('('));
    let signs = ["-", "+", "\u{2013}", "\u{2212}"];
    let mut at = bracket;
    at += signs.iter().find(|sign| text[at..].starts_with(**sign)).map_or(0, |sign| sign.len());
    at += ["US$", "$"].iter().find(|sign| text[at..].starts_with(**sign)).map_or(0, |s| s.len());
    let bytes = text.as_bytes();
    let whole = digits(&bytes[at..]);
    at += whole;
    while bytes.get(at) == Some(&b',') && digits(&bytes[at + 1..]) >= 3 {
        at += 4;
    }
    if whole == 0 {
        return None;
    }
    let fraction = match bytes.get(at) {
        Some(b'.') => digits(&bytes[at + 1..]),
        _ => 0,
    };
    let end = at + if fraction > 0 { fraction + 1 } else { 0 };
    if bracket == 1 {
        let closed = [")%", "%)", ")"].iter().find(|close| text[end..].starts_with(**close))?;
        return Some(end + closed.len());
    }
    match bytes.get(end) {
        Some(b'%' | b'x') => Some(end + 1),
        Some(b't' | b'b' | b'm') if text[..end].contains('$') => Some(end + 1),
        _ if decimals > 0 && fraction >= decimals => Some(at + 1 + decimals),
        _ => None,
    }
}

/// Where the cells of a head begin over so many columns of figures; none if it does not fall into
/// as many. The first is the corner, which may be missing.
pub(super) fn heads(line: &str, columns: usize) -> Option<Vec<usize>> {
    if columns < 2 || !super::may_be_head(line) {
        return None;
    }
    let fits = |starts: &Vec<usize>| starts.len() == columns || starts.len() + 1 == columns;
    let names = boundaries(line, Acronyms::Whole);
    let mut starts = Some(names)
        .filter(fits)
        .or_else(|| Some(boundaries(line, Acronyms::BeforeWords)).filter(fits))
        .or_else(|| tickers(line, columns))?;
    if starts.len() + 1 == columns {
        let first = &line[..starts[0]];
        // a corner of one word leaves a column too few
        if matches!(first, "Date" | "Index" | "Fund" | "Name" | "Year" | "Sector" | "Metric") {
            return None;
        }
        starts.splice(..0, first.rfind(' ').map(|blank| blank + 1));
    }
    Some(starts)
}

/// What capitals in front of a capitalized word are.
#[derive(Clone, Copy, PartialEq)]
enum Acronyms {
    /// One name with it: `ETFs`.
    Whole,
    /// A name of their own: `YTDMonth`.
    BeforeWords,
}

/// Where a word begins within another one: `MonthYTD`, `1-Yr3-Yr`, `1990January`.
fn boundaries(line: &str, acronyms: Acronyms) -> Vec<usize> {
    let bytes = line.as_bytes();
    let begins = |i: &usize| {
        let i = *i;
        let (before, own) = (bytes[i - 1], bytes[i]);
        let small = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
        let large = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        match own {
            // `iShares` is one word
            b'A'..=b'Z' if before.is_ascii_lowercase() => i >= 2 && bytes[i - 2].is_ascii_graphic(),
            b'A'..=b'Z' if matches!(before, b')' | b'%') => true,
            b'A'..=b'Z' if before.is_ascii_digit() => {
                bytes[..i].iter().rev().take_while(|b| b.is_ascii_digit()).count() == 4
            }
            b'A'..=b'Z' if acronyms == Acronyms::BeforeWords => {
                i >= 2 && large(i - 1) && large(i - 2) && small(i + 1)
            }
            // `Q1` and `H1` are one word
            b'0'..=b'9' => before.is_ascii_alphabetic() && !matches!(before, b'Q' | b'H'),
            _ => false,
        }
    };
    (1..line.len()).filter(begins).collect()
}

/// Tickers of one length: `IWMSPY`.
fn tickers(line: &str, columns: usize) -> Option<Vec<usize>> {
    let length = line.len().checked_div(columns)?;
    let even = line.len() == length * columns && (3..=5).contains(&length) && columns > 1;
    let capitals = line.bytes().all(|b| b.is_ascii_uppercase());
    (even && capitals).then(|| (1..columns).map(|i| i * length).collect())
}
