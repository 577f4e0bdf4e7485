//! Tables that a page packed into a line of prose: heads, then a name and as many figures as there
//! are heads, again and again.

use super::super::number::number_word;
use super::rows::is_cell;
use super::{Block, BlockKind};
use crate::diagnostic::Span;

/// The fewest columns of figures that are told from prose.
const COLUMNS_MIN: usize = 3;

/// The most words of a name.
const NAME_MAX: usize = 8;

/// The blocks of a text with the rows of such tables as blocks of their own.
pub(super) fn unpacked(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let line = &text[block.span.start..block.span.end];
        let tables = match block.kind {
            BlockKind::Row | BlockKind::Furniture => Vec::new(),
            _ if is_dense(line) => tables(line),
            _ => Vec::new(),
        };
        let mut rest = block;
        for row in tables.into_iter().flatten() {
            let span = Span::new(block.span.start + row.start, block.span.start + row.end);
            push_prose(
                text,
                &mut out,
                Block { span: Span::new(rest.span.start, span.start), ..rest },
            );
            out.push(Block { kind: BlockKind::Row, span, apart: rest.apart });
            let kind = BlockKind::Paragraph;
            rest = Block { kind, span: Span::new(span.end, block.span.end), apart: false };
        }
        push_prose(text, &mut out, rest);
    }
    out
}

/// Adds what stands between rows, if it says something.
fn push_prose(text: &str, out: &mut Vec<Block>, block: Block) {
    let line = &text[block.span.start..block.span.end];
    let start = block.span.end - line.trim_start().len();
    let span = Span::new(start, start + line.trim().len());
    if !line.trim().is_empty() {
        out.push(Block { span, ..block });
    }
}

/// Whether a line may hold two rows of figures: to count is quicker than to look at the words.
fn is_dense(line: &str) -> bool {
    let fraction = |pair: &&[u8]| pair[0] == b'.' && pair[1].is_ascii_digit();
    line.as_bytes().windows(2).filter(fraction).count() >= 2 * COLUMNS_MIN
}

/// A word with the bytes where it begins and ends.
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

/// The rows of each table of a line, the head first.
fn tables(line: &str) -> Vec<Vec<std::ops::Range<usize>>> {
    let start = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words: Vec<Word<'_>> = line
        .split_whitespace()
        .map(|text| Word { text, start: start(text), end: start(text) + text.len() })
        .collect();
    let runs = runs(&words);
    let mut out = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        let columns = runs[at].len();
        let name = |n: &usize| {
            let (before, next) = (&runs[*n], &runs[n + 1]);
            next.len() == columns && is_name(&words[before.end..next.start])
        };
        let more = (at..runs.len() - 1).take_while(name).count();
        let free = at.checked_sub(1).map_or(0, |before| runs[before].end);
        if more > 0
            && let Some(head) = head(&words[free..runs[at].start], columns)
        {
            let head = free + head.start..free + head.end;
            let bytes = |first: usize, end: usize| words[first].start..words[end - 1].end;
            let starts = std::iter::once(head.end).chain((at..at + more).map(|n| runs[n].end));
            let rows = starts.zip(&runs[at..]).map(|(first, run)| bytes(first, run.end));
            out.push(std::iter::once(bytes(head.start, head.end)).chain(rows).collect());
        }
        at += more + 1;
    }
    out
}

/// The figures that follow each other, as many as a row may have or more.
fn runs(words: &[Word<'_>]) -> Vec<std::ops::Range<usize>> {
    let is_figure = |word: &Word<'_>| {
        is_cell(word.text) && (word.text.contains(['.', '%']) || word.text == "N/A")
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let count = words[at..].iter().take_while(|word| is_figure(word)).count();
        if count >= COLUMNS_MIN {
            out.push(at..at + count);
        }
        at += count.max(1);
    }
    out
}

/// Whether the words between two rows of figures name the second.
fn is_name(words: &[Word<'_>]) -> bool {
    let capital = |word: &Word<'_>| word.text.starts_with(|c: char| c.is_uppercase());
    let ends = |word: &Word<'_>| word.text.len() > 4 && word.text.ends_with(['.', ':', ';']);
    (1..=NAME_MAX).contains(&words.len())
        && words.first().is_some_and(capital)
        && !words.iter().any(ends)
}

/// Which words are the heads of so many columns, with the words of the caption that stand right
/// before them; what is behind them names the first row.
fn head(words: &[Word<'_>], columns: usize) -> Option<std::ops::Range<usize>> {
    const CAPTION_MAX: usize = 12;
    const GAP_MAX: usize = 2;
    let last = (0..words.len()).rev().take(NAME_MAX + 1).find(|&i| names_column(words, i))?;
    if !is_name(&words[last + 1..]) {
        return None;
    }
    let (mut first, mut found) = (last, 1);
    for i in (0..last).rev() {
        if found == columns || first - i > GAP_MAX {
            break;
        }
        if names_column(words, i) {
            (first, found) = (i, found + 1);
        }
    }
    let caption = words[..first].iter().rev().take(CAPTION_MAX);
    let caption = caption.take_while(|word| !word.text.ends_with(['.', '!', '?', ';'])).count();
    (found == columns).then_some(first - caption..last + 1)
}

/// Whether a word ends the head of a column over which a return is told: `YTD`, `3-year`,
/// `10 years`, `2Q21`, `inception*`.
fn names_column(words: &[Word<'_>], i: usize) -> bool {
    let mark = |c: char| matches!(c, '*' | '(' | ')' | ',' | '.' | '%');
    let word = words[i].text.trim_matches(mark).to_ascii_lowercase();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let unit = word[digits..].trim_start_matches('-');
    let length = matches!(unit, "year" | "years" | "yr" | "yrs" | "y" | "month" | "months" | "mo");
    let quarter = matches!(word.as_bytes(), [b'1'..=b'4', b'q', ..] | [b'q', b'1'..=b'4', ..]);
    match word.as_str() {
        "ytd" | "qtd" | "mtd" | "quarter" | "qtr" | "month" | "inception" => true,
        _ if quarter => word.len() <= 6,
        _ if length && digits > 0 => true,
        _ if length && i > 0 => {
            let before = words[i - 1].text.to_ascii_lowercase();
            before.parse::<u8>().is_ok() || number_word(&before).is_some()
        }
        _ => false,
    }
}
