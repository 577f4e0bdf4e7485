//! Documents: what a reader of files takes out of one, block by block, for the auditor to read.

use super::block::{self, Block, BlockKind};
use super::place::{Places, Words};
use crate::diagnostic::Span;

/// The words of a file as blocks of one text, and where they stand in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The text of all blocks.
    pub text: String,
    /// What its parts are.
    pub blocks: Vec<Block>,
    /// Where they stand in the file.
    pub places: Places,
}

impl Document {
    /// A plain text, with the simple marks of Markdown: it is the file.
    pub fn plain(text: String) -> Document {
        Document { blocks: block::blocks(&text), text, places: Places::default() }
    }
}

/// A document in the making.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    words: Words,
    blocks: Vec<Block>,
}

impl Draft {
    /// Adds a block, unless it is empty.
    pub fn block(&mut self, kind: BlockKind, words: &Words) {
        if words.text().is_empty() {
            return;
        }
        let apart = !self.blocks.is_empty();
        if apart {
            self.words.made(if kind == BlockKind::Row { "\n" } else { "\n\n" });
        }
        let start = self.words.text().len();
        self.words.append(words);
        self.blocks.push(Block { kind, span: Span::new(start, self.words.text().len()), apart });
    }

    /// Adds a row of a table: its cells between bars.
    pub fn row(&mut self, cells: &[Words]) {
        if cells.iter().all(|cell| cell.text().is_empty()) {
            return;
        }
        let mut row = Words::default();
        for cell in cells {
            row.made("| ");
            row.append(&cell.without_bars());
            row.made(" ");
        }
        row.made("|");
        self.block(BlockKind::Row, &row);
    }

    /// The document: by-lines and furniture of the page told apart, the tail left out.
    pub fn finish(self) -> Document {
        let (text, places) = self.words.places();
        let blocks = block::settled(&text, self.blocks);
        Document { text, blocks, places }
    }
}
