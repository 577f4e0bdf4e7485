//! The body of a Word file while it is read.

use std::collections::BTreeMap;

use kinglet_core::article::{BlockKind, Document, Draft, Words};
use kinglet_core::diagnostic::Span;

use super::super::grid::Cell;
use super::super::is_note_mark;
use super::super::table::{Block, Table};
use super::xml::Piece;

/// Elements whose words are not shown.
const HIDDEN: &str = "del|moveFrom|Fallback|footnoteReference|endnoteReference";

/// Tables deeper than this are read as if they were not there.
const TABLES_MAX: usize = 16;

#[derive(Default)]
pub(super) struct Body {
    styles: Styles,
    blocks: Vec<Block>,
    tables: Vec<Table>,
    words: Words,
    kind: Option<BlockKind>,
    hidden: usize,
    /// Whether text stands where it is shown: inside `w:t`.
    shown: bool,
    raised: bool,
    /// Whether the cell at hand goes on from the one above.
    continued: bool,
}

impl Body {
    pub(super) fn new(styles: Styles) -> Body {
        Body { styles, ..Body::default() }
    }

    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match *piece {
            Piece::Opens { name, .. } if is_hidden(name) => self.hidden += 1,
            Piece::Closes(name) if is_hidden(name) => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Piece::Opens { name, val, .. } => self.opens(name, val),
            Piece::Closes(name) => self.closes(name),
            Piece::Says(text) if self.shown && !(self.raised && is_note_mark(text)) => {
                self.words.verbatim(text, 0);
            }
            Piece::Says(_) => {}
        }
    }

    pub(super) fn finish(mut self) -> Document {
        self.break_block();
        while let Some(table) = self.tables.pop() {
            table.blocks().into_iter().for_each(|block| self.add(block));
        }
        let mut draft = Draft::default();
        self.blocks.iter().for_each(|block| block.lay(&mut draft));
        draft.finish()
    }

    fn opens(&mut self, name: &str, val: &str) {
        match name {
            "p" => self.break_block(),
            "pStyle" => self.kind = self.styles.kind(val).or(self.kind),
            "outlineLvl" if val != "9" => self.kind = self.kind.or(Some(BlockKind::Heading)),
            "numPr" => self.kind = self.kind.or(Some(BlockKind::Item)),
            "r" => self.raised = false,
            "vertAlign" => self.raised = val == "superscript",
            "t" => self.shown = true,
            "tab" => self.words.space(Span::new(0, 0)),
            "noBreakHyphen" => self.words.verbatim("-", 0),
            "br" | "cr" => self.end_line(),
            "tbl" if self.tables.len() < TABLES_MAX => {
                self.break_block();
                self.tables.push(Table::default());
            }
            "tr" => self.with_table(Table::row),
            "tc" => {
                self.continued = false;
                let cell = Cell { columns: 1, rows: 1, ..Cell::default() };
                self.with_table(|table| table.cell(cell));
            }
            "gridSpan" => {
                let columns = val.parse().unwrap_or(1);
                self.with_table(|table| table.last().into_iter().for_each(|c| c.columns = columns));
            }
            "vMerge" => self.continued = val != "restart",
            _ => {}
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            "p" => self.break_block(),
            "t" => self.shown = false,
            "tc" => {
                self.break_block();
                if std::mem::take(&mut self.continued) {
                    self.with_table(Table::go_on);
                }
            }
            "tbl" => {
                self.break_block();
                let blocks = self.tables.pop().map_or(Vec::new(), Table::blocks);
                blocks.into_iter().for_each(|block| self.add(block));
            }
            _ => {}
        }
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    /// Ends a line within a paragraph.
    fn end_line(&mut self) {
        let kind = self.kind;
        self.break_block();
        self.kind = kind;
    }

    fn break_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        if !words.text().is_empty() {
            self.add(Block::Text(kind, words));
        }
    }

    fn add(&mut self, block: Block) {
        let left = match self.tables.last_mut() {
            Some(table) => table.add(block),
            None => Some(block),
        };
        self.blocks.extend(left);
    }
}

fn is_hidden(name: &str) -> bool {
    HIDDEN.split('|').any(|n| n == name)
}

/// What the styles of a file are: names of identifiers that differ from language to language.
#[derive(Default)]
pub(super) struct Styles {
    names: BTreeMap<String, String>,
    open: String,
}

impl Styles {
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match *piece {
            Piece::Opens { name: "style", style, .. } => style.clone_into(&mut self.open),
            Piece::Opens { name: "name", val, .. } if !self.open.is_empty() => {
                self.names.insert(std::mem::take(&mut self.open), val.to_lowercase());
            }
            _ => {}
        }
    }

    fn kind(&self, id: &str) -> Option<BlockKind> {
        let own = id.to_lowercase();
        let name = self.names.get(id).unwrap_or(&own);
        let opens = |start: &str| name.starts_with(start);
        if name == "title" {
            Some(BlockKind::Title)
        } else if opens("heading") || opens("subtitle") || opens("caption") {
            Some(BlockKind::Heading)
        } else if opens("list") {
            Some(BlockKind::Item)
        } else {
            None
        }
    }
}
