//! A page while it is read: the elements that are open, and the blocks so far.

use kinglet_core::article::{self, BlockKind, Draft, Words};
use kinglet_core::diagnostic::Span;

use super::super::grid::Cell;
use super::super::table::{Block, Table};
use super::super::{Dated, is_note_mark};
use super::meta::Published;
use super::{Tag, reference};

/// Elements deeper than this are read as if they were not there.
const DEPTH_MAX: usize = 256;

/// Tables deeper than this are read as if they were not there.
const TABLES_MAX: usize = 16;

/// Elements without content.
const VOID: &str = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr";

/// Elements that are no part of an article.
const ASIDE: &str = "nav|aside|footer|script|style|noscript|template|svg|math|button|select|\
    iframe|object|video|audio|canvas|textarea|dialog|head|title|menu|datalist|map";

/// What classes and ids call that which is no part of an article.
const ASIDE_NAMES: &str = "nav|navbar|navigation|sidebar|footer|site-footer|site-header|related|\
    related-articles|related-posts|related-content|recommended|newsletter|newsletter-signup|share|\
    social|social-share|sharing|comments|comment-list|breadcrumb|breadcrumbs|advertisement|ad|ads|\
    promo|cookie-banner|cookie-notice|author-bio|tags|menu|skip-link|popular|most-read";

/// Elements that dress words and do not part them.
const INLINE: &str = "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|\
    mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|img";

/// Elements that stand in the head of a page; any other ends it.
const HEAD: &str = "base|link|meta|noscript|script|style|template|title";

/// An element that is open.
#[derive(Debug)]
struct Element {
    name: String,
    aside: bool,
}

/// A block, and what it stands in.
#[derive(Debug)]
struct Placed {
    block: Block,
    /// Which of the outermost `article` elements.
    article: Option<usize>,
    main: bool,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    open: Vec<Element>,
    asides: usize,
    articles: usize,
    tables: Vec<Table>,
    words: Words,
    blocks: Vec<Placed>,
    published: Published,
    linked: bool,
}

impl Page {
    /// A start tag.
    pub(super) fn opens(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        match name {
            "meta" => self.published.meta(tag),
            "time" => self.published.time(tag),
            "script" => self.linked = tag.get("type").is_some_and(|t| t.contains("ld+json")),
            _ => {}
        }
        if !is(INLINE, name) {
            self.break_block();
        }
        self.imply(name);
        if self.open.len() >= DEPTH_MAX {
            return;
        }
        let reading = self.asides == 0;
        match name {
            "table" if reading && self.tables.len() < TABLES_MAX => {
                self.tables.push(Table::default());
            }
            "tr" if reading => self.with_table(Table::row),
            "td" | "th" if reading => self.with_table(|table| {
                table.cell(Cell {
                    words: Words::default(),
                    head: name == "th",
                    columns: tag.number("colspan"),
                    rows: tag.number("rowspan"),
                });
            }),
            _ => {}
        }
        if is(VOID, name) {
            return;
        }
        let aside = is(ASIDE, name) || is_aside(tag);
        if name == "article" && !self.open.iter().any(|e| e.name == "article") {
            self.articles += 1;
        }
        self.asides += usize::from(aside);
        self.open.push(Element { name: name.to_owned(), aside });
    }

    /// An end tag. One that closes nothing is passed over.
    pub(super) fn closes(&mut self, name: &str) {
        if !is(INLINE, name) {
            self.break_block();
        }
        let cell = matches!(name, "td" | "th" | "tr" | "table" | "tbody" | "thead" | "tfoot");
        let wall = |e: &Element| !cell && matches!(e.name.as_str(), "td" | "th" | "table");
        let found = self.open.iter().rposition(|e| e.name == name || wall(e));
        if let Some(at) = found.filter(|&at| self.open[at].name == name) {
            self.close_from(at);
        }
    }

    /// Text between tags.
    pub(super) fn says(&mut self, file: &str, value: &str, span: Span) {
        if self.linked && self.open.last().is_some_and(|e| e.name == "script") {
            self.published.linked(value);
            self.linked = false;
        }
        let note = self.open.iter().any(|e| e.name == "sup") && is_note_mark(value);
        if self.asides == 0
            && !note
            && let Some(raw) = file.get(span.start..span.end)
        {
            reference::add(&mut self.words, raw, span.start, value);
        }
    }

    /// What it comes to: the longest article, else what is marked as main, else everything.
    pub(super) fn finish(mut self) -> (article::Document, Option<Dated>) {
        self.break_block();
        self.close_from(0);
        let length = |take: &dyn Fn(&Placed) -> bool| -> usize {
            self.blocks.iter().filter(|b| take(b)).map(|b| b.block.length()).sum()
        };
        let all = length(&|_| true);
        let longest = (1..=self.articles).map(|n| (length(&|b| b.article == Some(n)), n)).max();
        let main = length(&|b| b.main);
        let take = |placed: &Placed| match longest {
            Some((length, n)) if length * 4 >= all => placed.article == Some(n),
            _ if main * 4 >= all && main > 0 => placed.main,
            _ => true,
        };
        let title = |placed: &Placed| matches!(placed.block, Block::Text(BlockKind::Title, _));
        let titled = self.blocks.iter().any(|b| take(b) && title(b));
        let mut draft = Draft::default();
        let mut seen = false;
        for placed in &self.blocks {
            if take(placed) || !titled && !seen && title(placed) {
                match &placed.block {
                    Block::Text(BlockKind::Title, words) if seen => {
                        draft.block(BlockKind::Heading, words);
                    }
                    block => block.lay(&mut draft),
                }
                seen |= title(placed);
            }
        }
        (draft.finish(), self.published.dated())
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }

    /// Ends the block at hand.
    fn break_block(&mut self) {
        let words = std::mem::take(&mut self.words);
        if !words.text().is_empty() {
            self.add(Block::Text(self.kind(), words));
        }
    }

    fn kind(&self) -> BlockKind {
        let block = self.open.iter().rev().find_map(|e| match e.name.as_str() {
            "h1" => Some(BlockKind::Title),
            "h2" | "h3" | "h4" | "h5" | "h6" | "caption" | "dt" | "summary" => {
                Some(BlockKind::Heading)
            }
            "li" => Some(BlockKind::Item),
            "td" | "th" | "article" | "main" => Some(BlockKind::Paragraph),
            _ => None,
        });
        block.unwrap_or(BlockKind::Paragraph)
    }

    fn add(&mut self, block: Block) {
        let caption = self.open.iter().any(|e| e.name == "caption");
        let block = match self.tables.last_mut() {
            Some(table) if !caption => table.add(block),
            _ => Some(block),
        };
        if let Some(block) = block {
            let inside = |name: &str| self.open.iter().any(|e| e.name == name);
            let article = inside("article").then_some(self.articles);
            self.blocks.push(Placed { block, article, main: inside("main") });
        }
    }

    /// Closes what a start tag ends without saying so.
    fn imply(&mut self, name: &str) {
        if self.open.last().is_some_and(|e| e.name == "head") && !is(HEAD, name) {
            self.close_from(self.open.len() - 1);
        }
        let (ends, within): (&str, &str) = match name {
            "li" => ("li", "ul|ol|table"),
            "dt" | "dd" => ("dt|dd", "dl|table"),
            "td" | "th" => ("td|th", "tr|table"),
            "tr" => ("tr", "table"),
            "tbody" | "thead" | "tfoot" => ("tbody|thead|tfoot|caption", "table"),
            "p" => ("p", "div|td|th|li|section|article|blockquote|table"),
            _ if name.len() == 2 && name.starts_with('h') => ("h1|h2|h3|h4|h5|h6|p", "div|table"),
            _ => return,
        };
        let found = self.open.iter().rposition(|e| is(ends, &e.name) || is(within, &e.name));
        if let Some(at) = found.filter(|&at| is(ends, &self.open[at].name)) {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(element) = self.open.pop() else { return };
            self.asides -= usize::from(element.aside);
            if element.name == "table"
                && self.asides == 0
                && self.tables.len() > self.open.iter().filter(|e| e.name == "table").count()
                && let Some(table) = self.tables.pop()
            {
                for block in table.blocks() {
                    self.add(block);
                }
            }
        }
    }
}

/// Whether attributes say that an element is no part of the article.
fn is_aside(tag: &Tag) -> bool {
    if matches!(tag.name.as_str(), "html" | "body" | "main" | "article") {
        return false;
    }
    let roles = "navigation|complementary|contentinfo|search|banner|dialog";
    let named = |key: &str| {
        tag.get(key).is_some_and(|names| {
            names.split_ascii_whitespace().any(|n| is(ASIDE_NAMES, &n.to_ascii_lowercase()))
        })
    };
    tag.get("hidden").is_some()
        || tag.get("aria-hidden") == Some("true")
        || tag.get("role").is_some_and(|role| is(roles, role))
        || named("class")
        || named("id")
}

fn is(names: &str, name: &str) -> bool {
    names.split('|').any(|n| n == name)
}
