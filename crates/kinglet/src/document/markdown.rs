//! Markdown: paragraphs, headings, lists and tables. Blocks and formulas of code, pictures,
//! notes and raw HTML are left out. The parser, pulldown-cmark, says where each event stands.

use kinglet_core::article::{BlockKind, Draft, Words};
use kinglet_core::diagnostic::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Dated, Found, Origin, charset, date};

/// Reads Markdown. Any text is Markdown.
pub(super) fn read(bytes: &[u8]) -> Found {
    let decoded = charset::decode(bytes);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut page = Page::default();
    for (event, range) in Parser::new_ext(&decoded.text, options).into_offset_iter() {
        page.take(&event, Span::new(range.start, range.end), &decoded.text);
    }
    page.break_block();
    let mut content = page.draft.finish();
    content.places = content.places.on(decoded.places);
    Found { content, dated: page.dated, notices: decoded.notices, printed: None }
}

#[derive(Default)]
struct Page {
    draft: Draft,
    words: Words,
    /// What is open around the words, outermost first.
    open: Vec<BlockKind>,
    cells: Vec<Words>,
    titled: bool,
    /// How many of the open elements are left out.
    skipped: usize,
    front: bool,
    dated: Option<Dated>,
}

impl Page {
    fn take(&mut self, event: &Event<'_>, span: Span, file: &str) {
        match event {
            Event::Start(tag) => self.opens(tag),
            Event::End(tag) => self.closes(*tag),
            Event::Text(text) if self.front => self.front_matter(text),
            Event::Code(text) if text.contains(['(', '=', '{']) => {}
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => {
                match file.get(span.start..span.end) {
                    Some(source) if source == &**text => self.words.verbatim(text, span.start),
                    _ => self.words.decoded(text, span),
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words.space(span),
            Event::Rule => self.break_block(),
            _ => {}
        }
    }

    fn opens(&mut self, tag: &Tag<'_>) {
        let kind = match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } if !self.titled => {
                self.titled = true;
                BlockKind::Title
            }
            Tag::Heading { .. } => BlockKind::Heading,
            Tag::Item => BlockKind::Item,
            Tag::Paragraph if self.open.last() == Some(&BlockKind::Item) => return,
            Tag::Paragraph | Tag::BlockQuote(_) => BlockKind::Paragraph,
            Tag::TableHead | Tag::TableRow => {
                self.cells.clear();
                return;
            }
            Tag::MetadataBlock(_) => {
                self.front = true;
                return;
            }
            tag if is_skipped(&tag.to_end()) => {
                self.skipped += 1;
                return;
            }
            _ => return,
        };
        self.break_block();
        self.open.push(kind);
    }

    fn closes(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.words)),
            TagEnd::TableHead | TagEnd::TableRow => self.draft.row(&self.cells),
            TagEnd::MetadataBlock(_) => self.front = false,
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.break_block();
                self.open.pop();
            }
            TagEnd::Paragraph => {
                self.break_block();
                if self.open.last() == Some(&BlockKind::Paragraph) {
                    self.open.pop();
                }
            }
            tag if is_skipped(&tag) => self.skipped = self.skipped.saturating_sub(1),
            _ => {}
        }
    }

    fn break_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.draft.block(self.open.last().copied().unwrap_or(BlockKind::Paragraph), &words);
    }

    /// `date: 2025-08-29` between the lines of the front matter.
    fn front_matter(&mut self, text: &str) {
        let values =
            text.lines().filter_map(|line| line.split_once(':')).filter_map(|(key, value)| {
                let key = key.trim().to_ascii_lowercase();
                let known =
                    matches!(key.as_str(), "date" | "published" | "pubdate" | "publishdate");
                known.then(|| value.trim().trim_matches(['"', '\'']))
            });
        let date = values.filter_map(date::published).next();
        self.dated = self.dated.or(date.map(|date| Dated { date, origin: Origin::Metadata }));
    }
}

fn is_skipped(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::CodeBlock | TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::HtmlBlock
    )
}
