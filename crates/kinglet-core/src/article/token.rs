//! Tokens: words, numerals and signs with their bytes in the article, and a lower-case key stream
//! in which phrases are looked up.

use super::choice::{id, named};
use super::hint::{Hint, Hints};
use super::words::{self, List};
use crate::diagnostic::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Letters, or letters and digits: `Russell`, `S&P`, `U.S.`, `Q3`.
    Word,
    /// The `'s` after a name, or the apostrophe after a plural.
    Possessive,
    /// Digits with separators.
    Number(Numeral),
    /// One character; typographic variants are folded: `-` for a minus, `"` for any double quote.
    Symbol(char),
}

/// A numeral as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// Without sign or scale.
    pub(super) value: f64,
    /// Digits after the point.
    pub(super) decimals: u8,
    /// Digits before the point.
    pub(super) whole: u8,
    /// Whether thousands are separated.
    pub(super) grouped: bool,
}

impl Numeral {
    /// A bare integer that may be a year.
    pub(super) fn year(self) -> Option<i16> {
        let plausible = self.decimals == 0 && !self.grouped && self.whole == 4;
        (plausible && (1900.0..2100.0).contains(&self.value)).then_some(self.value as i16)
    }

    /// A bare small integer.
    pub(super) fn small(self) -> Option<i8> {
        let plausible = self.decimals == 0 && !self.grouped && self.whole <= 2;
        plausible.then_some(self.value as i8)
    }
}

/// How a token is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// By white space, or it is the first.
    Space,
    /// Directly.
    Glued,
    /// By a hyphen between two characters.
    Hyphen,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes of the article.
    pub(super) span: Span,
    pub(super) joint: Joint,
    /// Whether there is a capital letter in it: `Fed`, `iShares`.
    pub(super) capital: bool,
    /// Whether all of its letters are capitals.
    pub(super) capitals: bool,
    key: (usize, usize),
    /// The hash of its key by which lists are asked for it.
    hash: u32,
    /// The hash of its key, by which it speaks for readings.
    id: u32,
    /// What it may be.
    hints: Hints,
}

/// The tokens of one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tokens {
    list: Vec<Token>,
    keys: String,
}

impl Tokens {
    /// Reads a text that starts at byte `base` of the article.
    pub(super) fn read(text: &str, base: usize) -> Tokens {
        Tokens::read_parts(text, base, &[])
    }

    /// Reads a text of several parts, each behind a byte, as if blanks stood between them.
    pub(super) fn read_parts(text: &str, base: usize, starts: &[usize]) -> Tokens {
        // Room for words of ordinary length, and for blanks around signs.
        let list = Vec::with_capacity(text.len() / 5 + 4);
        let mut out = Tokens { list, keys: String::with_capacity(text.len() + text.len() / 8) };
        let mut at = 0;
        for end in starts.iter().copied().chain([text.len()]) {
            let mut lexer = Lexer { text: &text[..end], base, at, out, joint: Joint::Space };
            while lexer.step() {}
            (out, at) = (lexer.out, end);
        }
        out
    }

    /// A part of them by itself, so that nothing reads across its end.
    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Tokens {
        let list = self.list.get(range).unwrap_or_default().to_vec();
        Tokens { list, keys: self.keys.clone() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `i`.
    pub(super) fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// The lower-case key of the token at `i`; empty outside.
    #[inline]
    pub(super) fn key(&self, i: usize) -> &str {
        self.list.get(i).map_or("", |t| &self.keys[t.key.0..t.key.1])
    }

    /// The hash of the key of the token at `i`.
    #[inline]
    pub(super) fn id(&self, i: usize) -> u32 {
        self.list.get(i).map_or(named!(""), |t| t.id)
    }

    /// Whether the token at `i` may be something.
    #[inline]
    pub(super) fn may(&self, i: usize, hint: Hint) -> bool {
        self.list.get(i).is_some_and(|t| t.hints.hold(hint))
    }

    /// Whether the token at `i` is this symbol.
    #[inline]
    pub(super) fn is(&self, i: usize, symbol: char) -> bool {
        self.list.get(i).is_some_and(|t| t.kind == Kind::Symbol(symbol))
    }

    /// The numeral at `i`.
    #[inline]
    pub(super) fn number(&self, i: usize) -> Option<Numeral> {
        match self.list.get(i)?.kind {
            Kind::Number(numeral) => Some(numeral),
            _ => None,
        }
    }

    /// Whether the token at `i` is a word.
    #[inline]
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether the word at `i` is written in capitals throughout.
    pub(super) fn is_all_capitals(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.capitals)
    }

    /// How the token at `i` is joined to the one before it; by space outside.
    #[inline]
    pub(super) fn joint(&self, i: usize) -> Joint {
        self.list.get(i).map_or(Joint::Space, |t| t.joint)
    }

    /// Whether the keys from `i` on are the words of a phrase; returns the token after it.
    pub(super) fn phrase(&self, i: usize, phrase: &str) -> Option<usize> {
        self.phrase_bytes(i, phrase.as_bytes())
    }

    /// The same for the bytes of a phrase.
    #[inline]
    pub(super) fn phrase_bytes(&self, i: usize, phrase: &[u8]) -> Option<usize> {
        let start = self.list.get(i)?.key.0;
        let after = self.keys.as_bytes().get(start..)?.strip_prefix(phrase)?;
        let whole = matches!(after, [] | [b' ', ..]) && !phrase.is_empty();
        let end = || i + 1 + phrase.iter().filter(|b| **b == b' ').count();
        // behind a part of a text its keys go on
        whole.then(end).filter(|end| *end <= self.list.len())
    }

    /// The hash of the key of the token at `i` by which lists are asked for it.
    #[inline]
    pub(super) fn hash(&self, i: usize) -> Option<u32> {
        self.list.get(i).map(|t| t.hash)
    }

    /// The first of several phrases, parted by bars, that stands at `i`; returns the token after
    /// it.
    #[inline]
    pub(super) fn any_phrase(&self, i: usize, phrases: &List) -> Option<usize> {
        phrases.end_at(self, i)
    }

    /// The words of the tokens `first..end`, joined by blanks.
    pub(super) fn words(&self, first: usize, end: usize) -> &str {
        match (self.list.get(first), end.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) => self.keys.get(first.key.0..last.key.1).unwrap_or_default(),
            _ => "",
        }
    }

    /// The token that a byte of the article stands in, or the one behind it.
    pub(super) fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|t| t.span.end <= byte)
    }

    /// The bytes of the article from token `first` to before token `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.list.get(first).map_or(0, |t| t.span.start);
        let stop = end.checked_sub(1).and_then(|i| self.list.get(i)).map_or(start, |t| t.span.end);
        Span::new(start, stop.max(start))
    }
}

/// Whether a word is one of a list parted by bars. The empty word is in none.
#[inline]
pub(super) fn any_of(word: &str, list: &List) -> bool {
    list.holds(word)
}

/// Phrases are written in the lexicons as people write them; this is their form in the key stream.
pub(super) fn normal(phrase: &str) -> String {
    Tokens::read(phrase, 0).keys
}

struct Lexer<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    joint: Joint,
    out: Tokens,
}

impl Lexer<'_> {
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        // most of a text are blanks and plain words; `US$` begins with a letter, too
        if c == ' ' {
            self.at += 1;
            self.joint = Joint::Space;
            return true;
        }
        if c.is_ascii_alphabetic() && c != 'U' {
            self.word(rest);
            return true;
        }
        let folded = fold(c);
        if let Some(mark) = REGISTERED.iter().find(|mark| rest.starts_with(**mark)) {
            self.at += mark.len();
            self.joint = Joint::Space;
        } else if is_blank(c) {
            self.at += c.len_utf8();
            self.joint = Joint::Space;
        } else if let Some(sign) = DOLLARS.iter().find(|sign| is_amount(rest, sign)) {
            self.push(Kind::Symbol('$'), sign.len(), None);
        } else if c.is_ascii_digit() || (c == '.' && self.opens_fraction(rest)) {
            self.numeral(rest);
        } else if c.is_alphanumeric() {
            self.word(rest);
        } else if folded == '\'' && self.possessive(rest) {
        } else if folded == '-' && self.is_hyphen(rest, c) {
            self.at += c.len_utf8();
            self.joint = Joint::Hyphen;
        } else {
            self.push(Kind::Symbol(folded), c.len_utf8(), None);
        }
        true
    }

    fn push(&mut self, kind: Kind, length: usize, key: Option<&str>) {
        let text = &self.text[self.at..self.at + length];
        let plain = text.is_ascii();
        let (capital, small) = match plain {
            true => (
                text.bytes().any(|b| b.is_ascii_uppercase()),
                text.bytes().any(|b| b.is_ascii_lowercase()),
            ),
            false => (text.chars().any(char::is_uppercase), text.chars().any(char::is_lowercase)),
        };
        let capitals = capital && !small;
        if !self.out.keys.is_empty() {
            self.out.keys.push(' ');
        }
        let start = self.out.keys.len();
        match (kind, key) {
            (_, Some(key)) => self.out.keys.push_str(key),
            (Kind::Symbol(c), _) => self.out.keys.push(c),
            _ if plain => {
                self.out.keys.push_str(text);
                self.out.keys[start..].make_ascii_lowercase();
            }
            _ => self.out.keys.extend(text.chars().map(fold).map(|c| c.to_ascii_lowercase())),
        }
        let span = Span::new(self.base + self.at, self.base + self.at + length);
        let key = (start, self.out.keys.len());
        let (hash, id) = (words::hash_of(&self.out.keys[start..]), id(&self.out.keys[start..]));
        let joint = self.joint;
        let hints = Hints::of(&self.out.keys[start..], id);
        self.out.list.push(Token { kind, span, joint, capital, capitals, key, hash, id, hints });
        self.at += length;
        self.joint = Joint::Glued;
    }

    fn opens_fraction(&self, rest: &str) -> bool {
        self.joint == Joint::Space && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    }

    /// A hyphen joins two characters; otherwise it is a sign or a dash.
    fn is_hyphen(&self, rest: &str, c: char) -> bool {
        let next = rest[c.len_utf8()..].chars().next();
        let joins = |c: char| c.is_alphanumeric() || c == '$' || c == '%';
        let before = self.out.list.last().map(|t| t.kind);
        let after_sign = matches!(before, Some(Kind::Symbol(s)) if s != '%' && s != '.');
        c != '\u{2212}'
            && self.joint == Joint::Glued
            && !after_sign
            && next.is_some_and(joins)
            && before.is_some()
    }

    fn possessive(&mut self, rest: &str) -> bool {
        let after_name = matches!(self.out.list.last(), Some(t) if self.joint == Joint::Glued
            && matches!(t.kind, Kind::Word | Kind::Number(_)));
        if !after_name {
            return false;
        }
        let mark = rest.chars().next().map_or(1, char::len_utf8);
        let tail = &rest[mark..];
        let follows = |n: usize| tail[n..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if tail.starts_with(['s', 'S']) && follows(1) {
            self.push(Kind::Possessive, mark + 1, Some("'s"));
            return true;
        }
        if follows(0) && self.out.keys.ends_with('s') {
            self.push(Kind::Possessive, mark, Some("'s"));
            return true;
        }
        false
    }

    fn numeral(&mut self, rest: &str) {
        let bytes = rest.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = digits(0);
        let mut whole = end;
        let mut grouped = false;
        while whole > 0 && end <= 20 && bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            if !grouped && end > 3 {
                break;
            }
            grouped = true;
            end += 4;
            whole += 3;
        }
        let mut decimals = 0;
        if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
            decimals = digits(end + 1);
            end += 1 + decimals;
        }
        let text = &rest[..end];
        let value = if grouped { text.replace(',', "").parse() } else { text.parse() };
        let value = value.ok().filter(|v: &f64| v.is_finite()).unwrap_or(0.0);
        let narrow = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        let numeral = Numeral { value, decimals: narrow(decimals), whole: narrow(whole), grouped };
        self.push(Kind::Number(numeral), end, None);
    }

    /// Letters and digits; `&` and `.` between single letters belong to it (`S&P`, `U.S.`), so does
    /// an apostrophe inside (`don't`) and the slash of a multiple (`P/E`).
    fn word(&mut self, rest: &str) {
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let may_go_on = |b: &u8| matches!(b, b'&' | b'.' | b'\'' | b'/') || !b.is_ascii();
        if !rest.as_bytes().get(plain).is_some_and(may_go_on) {
            return self.push(Kind::Word, plain, None);
        }
        let mut end = 0;
        // How many characters stand behind the last dot: one makes an initial.
        let (mut part, mut dotted) = (0, false);
        for (i, c) in rest.char_indices() {
            let next = rest[i + c.len_utf8()..].chars().next();
            let joins = next.is_some_and(char::is_alphabetic);
            let inside = c.is_alphanumeric()
                || (c == '&' && i > 0 && i <= 2 && joins)
                || (c == '.' && part == 1 && (joins || dotted))
                || (fold(c) == '\'' && i > 0 && joins && !is_possessive(&rest[i + c.len_utf8()..]))
                || (c == '/' && i == 1 && is_multiple(rest));
            if !inside {
                break;
            }
            end = i + c.len_utf8();
            (part, dotted) = if c == '.' { (0, true) } else { (part + 1, dotted) };
        }
        self.push(Kind::Word, end.max(1), None);
    }
}

/// Signs of the dollar of the United States: `US$4,730.70`, `$US65.35`.
const DOLLARS: [&str; 2] = ["US$", "$US"];

/// Whether a figure follows such a sign.
fn is_amount(rest: &str, sign: &str) -> bool {
    rest.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Marks of registered names in plain letters.
const REGISTERED: [&str; 3] = ["(R)", "(TM)", "(SM)"];

/// White space, and marks that only dress the words: of emphasis, of registered names.
fn is_blank(c: char) -> bool {
    let dress = matches!(c, '*' | '_' | '`' | '\u{200b}' | '\u{feff}' | '®' | '™' | '℠');
    c.is_whitespace() || c.is_control() || dress
}

fn is_possessive(tail: &str) -> bool {
    tail.starts_with(['s', 'S'])
        && tail[1..].chars().next().is_none_or(|c| !c.is_alphanumeric() && fold(c) != '\'')
}

fn is_multiple(rest: &str) -> bool {
    let ratio = |name: &str| {
        rest.get(..3).is_some_and(|r| r.eq_ignore_ascii_case(name))
            && rest[3..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    };
    ["p/e", "p/b", "p/s", "d/e"].into_iter().any(ratio)
}

/// One character for all typographic variants of a sign.
fn fold(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{2012}' | '\u{2013}' => '–',
        '\u{2014}' | '\u{2015}' => '—',
        '\u{ff05}' => '%',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> String {
        Tokens::read(text, 0).keys
    }

    #[test]
    fn no_phrase_reaches_beyond_a_part() {
        let all = Tokens::read("the Russell 2000 index", 0);
        assert_eq!(all.phrase(1, "russell 2000"), Some(3));
        assert_eq!(all.part(0..2).phrase(1, "russell 2000"), None);
    }

    #[test]
    fn words_numerals_and_signs() {
        let check = |text: &str, want: &str| assert_eq!(keys(text), want, "{text}");
        check("The S&P 500’s 2.0%", "the s&p 500 's 2.0 %");
        check("U.S. small-caps' P/E", "u.s. small caps 's p/e");
        check("fell -4.34% to 2,465.52.", "fell - 4.34 % to 2,465.52 .");
        check("a 25-basis-point cut", "a 25 basis point cut");
        check("3.5%–3.75%", "3.5 % – 3.75 %");
        check("3.5%-3.75%", "3.5 % 3.75 %");
        check("[13.65, 17.15]", "[ 13.65 , 17.15 ]");
        check("$19.5B, $2T", "$ 19.5 b , $ 2 t");
        check("U.S.A.'s a&b.c d.ef G.H", "u.s.a. 's a&b . c d.ef g.h");
        check("don't 2s10s Q3'25", "don't 2 s10s q3 ' 25");
        check("**+1.1%**", "+ 1.1 %");
        check("Russell 1000® Value™", "russell 1000 value");
        check("Russell 2000(R) Index", "russell 2000 index");
        check("", "");
    }

    #[test]
    fn offsets_are_of_the_article() {
        let tokens = Tokens::read("é rose\u{a0}2%", 100);
        assert_eq!(tokens.get(1).unwrap().span, Span::new(103, 107));
        assert_eq!(tokens.span(2, 4), Span::new(109, 111));
    }
}
