//! Plain text for terminals: columns, lines, and foreign characters that must not act.

use kinglet_core::note::{Prose, Table};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes; wide characters take two, combining ones none.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Lines of at most `width` columns, broken at spaces; a longer word stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("at least one line");
        let needed = line.width() + 1 + word.width();
        match line.is_empty() {
            true => line.push_str(word),
            false if needed <= width => {
                line.push(' ');
                line.push_str(word);
            }
            false => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The heads and rows of a table in columns; where the width has no room for them, a line for each
/// cell.
pub fn columns(table: &Table, width_max: usize) -> Vec<String> {
    let row = |cells: &Vec<Prose>| cells.iter().map(|c| visible(&c.text())).collect();
    let heads: Vec<String> = table.columns.iter().map(|c| visible(c)).collect();
    let rows: Vec<Vec<String>> = table.rows.iter().map(row).collect();
    let all = || [&heads].into_iter().chain(&rows);
    let widest = |at: usize| all().filter_map(|r| r.get(at)).map(|c| width(c)).max();
    let widths: Vec<usize> = (0..heads.len()).map(|at| widest(at).unwrap_or(0)).collect();
    if widths.iter().sum::<usize>() + 2 * widths.len() > width_max + 2 {
        return rows.iter().flat_map(|row| stacked(&heads, row, width_max)).collect();
    }
    let line = |cells: &Vec<String>| {
        let cell = |(at, text): (usize, &String)| {
            let room = " ".repeat(widths.get(at).map_or(0, |w| w - width(text)));
            if at == 0 { format!("{text}{room}") } else { format!("{room}{text}") }
        };
        let line: Vec<String> = cells.iter().enumerate().map(cell).collect();
        line.join("  ").trim_end().to_owned()
    };
    all().map(line).collect()
}

/// A row as its name and a line for each further cell.
fn stacked(heads: &[String], row: &[String], width_max: usize) -> Vec<String> {
    let mut out = wrap(row.first().map_or("", String::as_str), width_max);
    for (head, cell) in heads.iter().zip(row).skip(1) {
        let text = format!("{head}: {cell}");
        out.extend(wrap(&text, width_max - 2).into_iter().map(|line| format!("  {line}")));
    }
    out
}

/// The longest beginning of a text that fits into columns.
pub fn head(text: &str, width: usize) -> &str {
    let mut columns = 0;
    let end = text.char_indices().find(|(_, c)| {
        columns += c.width().unwrap_or(0);
        columns > width
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The longest end of a text that fits into columns.
pub fn tail(text: &str, width: usize) -> &str {
    let mut columns = 0;
    let start = text.char_indices().rev().find(|(_, c)| {
        columns += c.width().unwrap_or(0);
        columns > width
    });
    &text[start.map_or(0, |(at, c)| at + c.len_utf8())..]
}

/// A foreign text on one line: what would move the cursor, colour or reorder the line is shown as a
/// sign and does nothing. A tab becomes four spaces.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            '\0'..='\u{1f}' => out.push(picture(c)),
            '\u{7f}' => out.push('\u{2421}'),
            c if acts(c) => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

/// The sign for a control character: `␛` for escape.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether a character above ASCII controls a terminal or the order of a line.
pub(crate) fn acts(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_at_spaces() {
        assert_eq!(wrap("a bb ccc dddddddd", 6), ["a bb", "ccc", "dddddddd"]);
        assert_eq!(wrap("", 6), [""]);
        assert_eq!(wrap("日本 株 x", 6), ["日本", "株 x"]);
    }

    #[test]
    fn tables_fit_their_width() {
        let cell = |text: &str| Prose::from(text);
        let table = Table {
            caption: String::new(),
            columns: ["", "small", "large"].map(str::to_owned).to_vec(),
            rows: vec![vec![cell("a year"), cell("+1.0%"), cell("-20.5%")]],
        };
        assert_eq!(columns(&table, 40), ["        small   large", "a year  +1.0%  -20.5%"]);
        assert_eq!(columns(&table, 20), ["a year", "  small: +1.0%", "  large: -20.5%"]);
    }

    #[test]
    fn cut_by_columns() {
        assert_eq!((head("日本株", 5), tail("日本株", 5)), ("日本", "本株"));
        assert_eq!((head("abc", 5), tail("abc", 0)), ("abc", ""));
        assert_eq!(head("e\u{301}f", 1), "e\u{301}");
    }

    #[test]
    fn nothing_foreign_acts() {
        assert_eq!(visible("a\u{1b}[31mb\r\n\u{7f}"), "a␛[31mb␍␊␡");
        assert_eq!(visible("x\u{9b}y\u{202e}z\t."), "x\u{fffd}y\u{fffd}z    .");
        assert_eq!(visible("naïve 株 −3.4%"), "naïve 株 −3.4%");
    }
}
