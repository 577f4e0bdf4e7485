//! Tables with cells that span rows and columns, laid out so that each cell stands under its heads.

use kinglet_core::article::{Draft, Words};

/// The most columns that are read; more is no table for people.
const COLUMNS_MAX: usize = 64;

/// The longest cell of a table; more is a page laid out in cells.
const CELL_BYTES_MAX: usize = 240;

/// A cell as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) words: Words,
    /// Whether it is marked as a head.
    pub(super) head: bool,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Whether the rows are a table of figures, not a page laid out in cells.
pub(super) fn is_table(rows: &[Vec<Cell>]) -> bool {
    let short = |cell: &Cell| cell.words.text().len() <= CELL_BYTES_MAX;
    let filled = |row: &Vec<Cell>| row.iter().filter(|c| !c.words.text().is_empty()).count();
    rows.iter().flatten().all(short) && rows.iter().filter(|row| filled(row) >= 2).count() >= 2
}

/// Adds the rows to a draft. A head is repeated over all that it spans; a figure is not.
pub(super) fn lay(rows: &[Vec<Cell>], draft: &mut Draft) {
    let mut above: Vec<Option<(usize, Words)>> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut laid: Vec<Words> = Vec::new();
        let mut written = row.iter();
        while laid.len() < COLUMNS_MAX {
            let column = laid.len();
            if let Some((left, words)) = above.get_mut(column).and_then(Option::take) {
                laid.push(words.repeated());
                set(&mut above, column, (left > 1).then(|| (left - 1, words)));
                continue;
            }
            let Some(cell) = written.next() else { break };
            let spread = cell.head || number == 0 || column == 0;
            for place in 0..cell.columns.clamp(1, COLUMNS_MAX - column) {
                let words = match (place, spread) {
                    (0, _) => cell.words.clone(),
                    (_, true) => cell.words.repeated(),
                    (_, false) => Words::default(),
                };
                let below = if spread { cell.words.clone() } else { Words::default() };
                set(&mut above, column + place, (cell.rows > 1).then(|| (cell.rows - 1, below)));
                laid.push(words);
            }
        }
        draft.row(&laid);
    }
}

fn set<T>(list: &mut Vec<Option<T>>, at: usize, value: Option<T>) {
    if list.len() <= at {
        list.resize_with(at + 1, || None);
    }
    list[at] = value;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, rows: usize) -> Cell {
        let mut words = Words::default();
        words.made(text);
        Cell { words, head: false, columns, rows }
    }

    #[test]
    fn heads_are_repeated_figures_are_not() {
        let rows = [
            vec![cell("Index", 1, 2), cell("2025", 2, 1)],
            vec![cell("Q1", 1, 1), cell("Q2", 1, 1)],
            vec![cell("RUT", 1, 1), cell("1%", 2, 1)],
            vec![cell("a|b", 1, 1), cell("2%", 0, 99), cell("3%", 9999, 1)],
        ];
        let mut draft = Draft::default();
        lay(&rows, &mut draft);
        let text = draft.finish().text;
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[..3],
            ["| Index | 2025 | 2025 |", "| Index | Q1 | Q2 |", "| RUT | 1% |  |"]
        );
        assert!(lines[3].starts_with("| a/b | 2% | 3% | "));
        assert_eq!(lines[3].matches('|').count(), 65);
    }
}
