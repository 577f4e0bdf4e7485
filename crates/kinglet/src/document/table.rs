//! Tables while they are read: rows, cells, and the blocks inside a cell.

use kinglet_core::article::{BlockKind, Draft, Words};

use super::grid::{self, Cell};

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Open>>,
    /// Whether another table stands in one of its cells: then it lays out a page.
    nests: bool,
}

/// A cell with the blocks in it.
#[derive(Debug, Default)]
struct Open {
    cell: Cell,
    blocks: Vec<Block>,
}

/// A block of a document, or a table.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// Words of one kind.
    Text(BlockKind, Words),
    /// A table of figures.
    Table(Vec<Vec<Cell>>),
}

impl Block {
    /// Adds it to a draft.
    pub(super) fn lay(&self, draft: &mut Draft) {
        match self {
            Block::Text(kind, words) => draft.block(*kind, words),
            Block::Table(rows) => grid::lay(rows, draft),
        }
    }

    /// How much text it holds.
    pub(super) fn length(&self) -> usize {
        match self {
            Block::Text(_, words) => words.text().len(),
            Block::Table(rows) => rows.iter().flatten().map(|c| c.words.text().len()).sum(),
        }
    }
}

impl Table {
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, cell: Cell) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Open { cell, blocks: Vec::new() });
        }
    }

    /// The open cell.
    pub(super) fn last(&mut self) -> Option<&mut Cell> {
        self.rows.last_mut()?.last_mut().map(|open| &mut open.cell)
    }

    /// The open cell goes on from the one above: where that names the row, it is said again.
    pub(super) fn go_on(&mut self) {
        let [.., above, row] = self.rows.as_mut_slice() else { return };
        if let ([open], Some(first)) = (row.as_mut_slice(), above.first()) {
            let words = joined(first).words.repeated();
            open.blocks = vec![Block::Text(BlockKind::Paragraph, words)];
        }
    }

    /// Adds a block to the open cell; what stands between cells has none and is given back.
    pub(super) fn add(&mut self, block: Block) -> Option<Block> {
        self.nests |= matches!(block, Block::Table(_));
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(open) => {
                open.blocks.push(block);
                None
            }
            None => Some(block),
        }
    }

    /// The table, or the blocks of its cells where it only lays out a page.
    pub(super) fn blocks(self) -> Vec<Block> {
        let nests = self.nests;
        let listed = |open: &Open| {
            open.blocks.iter().filter(|b| matches!(b, Block::Text(BlockKind::Item, _))).count() > 1
        };
        let page = nests || self.rows.iter().flatten().any(listed);
        let rows: Vec<Vec<Cell>> =
            self.rows.iter().map(|r| r.iter().map(joined).collect()).collect();
        if !page && grid::is_table(&rows) {
            return vec![Block::Table(rows)];
        }
        self.rows.into_iter().flatten().flat_map(|open| open.blocks).collect()
    }
}

/// The cell with all of its words.
fn joined(open: &Open) -> Cell {
    let mut cell = open.cell.clone();
    for block in &open.blocks {
        if let Block::Text(_, words) = block {
            if !cell.words.text().is_empty() {
                cell.words.made(" ");
            }
            cell.words.append(words);
        }
    }
    cell
}
