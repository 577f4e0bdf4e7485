//! A note as data: sections, sentences, tables and charts in which every number is a query with its
//! answer. Composing is pure; the reviewer asks every query again before anything is published.

mod agenda;
mod companies;
mod cuts;
mod draft;
mod exhibits;
mod expectations;
mod figure;
mod flips;
mod form;
mod history;
mod implication;
mod lenses;
mod maps;
mod method;
mod plot;
mod rates;
mod relative;
mod returns;
mod review;
mod risk;
mod stated;
mod studies;
mod summary;
mod trend;
mod words;

pub use figure::{Figure, Form, Sense, Source, Style};
pub use form::NoForm;
pub use implication::PolicyResult;
pub use plot::{
    Band, Bar, Bars, Chart, Fan, Frontier, Histogram, Line, Lines, Mark, Months, Path, Plot, Role,
    Rotation, Shade, Trail, Weights, Year,
};
pub use review::{PolicyValue, review};
pub use stated::stated;
pub use words::{MONTHS, date_in_words};

use std::collections::BTreeSet;

use crate::answer::DataVersion;
use crate::diagnostic::Diagnostic;
use crate::identity::Entity;
use crate::lens::Lenses;
use crate::query::Evaluator;
use crate::study::DeclaredStudy;
use draft::Draft;
use lenses::Lensed;

/// A whole note.
#[derive(Clone, Debug)]
pub struct Note {
    /// The headline, with its figures.
    pub headline: Prose,
    /// One sentence under it: of which day, on which basis.
    pub standfirst: Prose,
    /// What was read.
    pub data: DataVersion,
    /// The body, in reading order.
    pub sections: Vec<Section>,
    /// The charts that the sections refer to.
    pub charts: Vec<Chart>,
    /// What the house that publishes it states below: that results are hypothetical, that nobody is
    /// advised, whose the indexes are, who signs.
    pub statements: Vec<Bullet>,
    /// The definitions behind the figures, in alphabetical order, with what they rest on.
    pub references: Vec<Reference>,
}

/// A definition that a note uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// `return, revision 1`
    pub name: String,
    /// What it means, and the papers that it rests on.
    pub text: String,
}

/// A part of the note under one heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// Stable, for links: `returns`.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section without the paragraphs that say nothing.
    fn of(id: impl Into<String>, heading: impl Into<String>, mut blocks: Vec<Block>) -> Section {
        blocks.retain(|block| match block {
            Block::Paragraph(prose) => !prose.is_empty(),
            Block::Bullets(bullets) => !bullets.is_empty(),
            Block::Table(table) => !table.rows.is_empty(),
            Block::Chart(_) => true,
        });
        Section { id: id.into(), heading: heading.into(), blocks }
    }
}

/// A block of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// Sentences.
    Paragraph(Prose),
    /// A list; each item has a word or two that lead it.
    Bullets(Vec<Bullet>),
    /// Rows and columns.
    Table(Table),
    /// The chart of this id.
    Chart(String),
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Bullet {
    /// What it is about: `Returns`.
    pub lead: String,
    /// What it says.
    pub prose: Prose,
}

/// A table: the first cell of each row names it.
#[derive(Clone, Debug)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows, as long as the columns.
    pub rows: Vec<Vec<Prose>>,
}

/// A run of text and figures.
#[derive(Clone, Debug, Default)]
pub struct Prose(pub Vec<Piece>);

/// A piece of a sentence.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Words, dates and names; no other numeral.
    Text(String),
    /// A number or a word that stands for one, with the query that gives it.
    Figure(Box<Figure>),
    /// What the data cannot give, and why.
    Missing {
        /// What was asked.
        query: String,
        /// Why there is no value.
        reason: String,
    },
}

impl Piece {
    /// Its words as a reader sees them.
    pub fn text(&self) -> &str {
        match self {
            Piece::Text(text) => text,
            Piece::Figure(figure) => &figure.printed,
            Piece::Missing { .. } => NO_DATA,
        }
    }
}

impl Prose {
    /// Appends another run; text that follows text becomes one piece.
    pub fn push(&mut self, more: impl Into<Prose>) {
        for piece in more.into().0 {
            match (self.0.last_mut(), piece) {
                (Some(Piece::Text(text)), Piece::Text(more)) => text.push_str(&more),
                (_, piece) => self.0.push(piece),
            }
        }
    }

    /// Appends a sentence, after a space unless it is the first.
    pub fn sentence(&mut self, more: impl Into<Prose>) {
        let more = more.into();
        if !self.is_empty() && !more.is_empty() {
            self.push(" ");
        }
        self.push(more);
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words as a reader sees them, without any mark.
    pub fn text(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }

    /// The figures, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.0.iter().filter_map(|p| match p {
            Piece::Figure(figure) => Some(&**figure),
            _ => None,
        })
    }
}

/// What stands in a table where the data give no value.
pub const NO_DATA: &str = "no data";

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Prose(vec![Piece::Text(text.to_owned())])
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Self {
        Prose(vec![Piece::Text(text)])
    }
}

impl From<Figure> for Prose {
    fn from(figure: Figure) -> Self {
        Prose(vec![Piece::Figure(Box::new(figure))])
    }
}

/// Joins text and figures to one run: `prose!["It ", verb, " ", figure, "."]`.
macro_rules! prose {
    ($($piece:expr),* $(,)?) => {{
        let mut prose = $crate::note::Prose::default();
        $(prose.push($piece);)*
        prose
    }};
}
pub(crate) use prose;

impl Block {
    fn prose(&self) -> Vec<&Prose> {
        match self {
            Block::Paragraph(prose) => vec![prose],
            Block::Bullets(bullets) => bullets.iter().map(|b| &b.prose).collect(),
            Block::Table(table) => table.rows.iter().flatten().collect(),
            Block::Chart(_) => Vec::new(),
        }
    }
}

impl Note {
    /// Every figure that reaches the reader, in reading order; those of a chart stand where the
    /// chart does.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut all: Vec<&Figure> = self.headline.figures().collect();
        all.extend(self.standfirst.figures());
        for block in self.sections.iter().flat_map(|s| &s.blocks) {
            all.extend(block.prose().into_iter().flat_map(Prose::figures));
            if let Block::Chart(id) = block {
                all.extend(self.chart(id).into_iter().flat_map(Chart::figures));
            }
        }
        all
    }

    /// The figures that carry the evidence: the first of each query. The footnote of a query is its
    /// place here, from 1.
    pub fn evidence(&self) -> Vec<&Figure> {
        let mut seen = BTreeSet::new();
        self.figures().into_iter().filter(|f| seen.insert(&f.answer.query)).collect()
    }

    /// Every sentence, cell and label.
    pub fn prose(&self) -> Vec<&Prose> {
        let blocks = self.sections.iter().flat_map(|s| &s.blocks).flat_map(Block::prose);
        let charts = self.charts.iter().map(|c| &c.alternative);
        let statements = self.statements.iter().map(|s| &s.prose);
        let head = [&self.headline, &self.standfirst].into_iter();
        head.chain(blocks).chain(charts).chain(statements).collect()
    }

    /// The tables, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections.iter().flat_map(|s| &s.blocks).filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// The chart of an id.
    pub fn chart(&self, id: &str) -> Option<&Chart> {
        self.charts.iter().find(|c| c.id == id)
    }
}

/// What a note is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Whose case is put: `RUT`.
    pub subject: Entity,
    /// With what it is compared: `SPX`.
    pub against: Entity,
}

impl Request {
    /// The case for one code against another.
    pub fn new(subject: &str, against: &str) -> Request {
        Request { subject: Entity::new(subject), against: Entity::new(against) }
    }
}

impl Default for Request {
    /// Small companies against large ones.
    fn default() -> Self {
        Request::new("RUT", "SPX")
    }
}

/// What is declared or was computed elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The rules by which lenses are read.
    pub lenses: &'a Lenses,
    /// Studies of what articles say of the past.
    pub studies: &'a [DeclaredStudy],
    /// What policies came to.
    pub policies: &'a [PolicyResult],
    /// The policies that these data cannot run.
    pub missing: &'a [String],
}

/// Writes the note of what a view holds on a pair.
///
/// # Errors
/// `Usage` where the pair is one thing twice; `Undefined` where the view lacks closes of either.
pub fn compose(
    evaluator: &Evaluator<'_>,
    request: &Request,
    material: &Material<'_>,
) -> Result<Note, Diagnostic> {
    let draft = Draft::new(evaluator, request)?;
    let lenses = material.lenses.clone().between(draft.pair());
    let lensed = Lensed::of(&draft, &lenses);
    let mut charts = Vec::new();
    let in_brief = implication::in_brief(&draft, material.policies);
    let mut sections =
        vec![summary::section(&draft, &lensed, in_brief), lensed.at_a_glance(&draft)];
    sections.extend(lensed.cases(&draft));
    sections.push(returns::section(&draft));
    sections.extend(
        lensed.sections(&draft, &mut charts, &|lens, charts| details(&draft, lens, charts)),
    );
    sections.push(past(&draft, material.studies, &mut charts));
    sections.push(implication::section(&draft, material.policies, &mut charts));
    sections.push(flips::section(&draft, &lensed));
    let mut note = Note {
        headline: summary::headline(&draft, &lensed),
        standfirst: summary::standfirst(&draft),
        data: evaluator.view().data(),
        sections: sections.into_iter().filter(|s| !s.blocks.is_empty()).collect(),
        charts,
        statements: Vec::new(),
        references: Vec::new(),
    };
    let figures = note.figures();
    let declared = material.lenses.rules().lenses.iter().map(|rule| rule.name.as_str());
    let others: Vec<&str> = declared.filter(|name| !lensed.has(name)).collect();
    let method = method::section(&draft, &lensed, (&figures, material.missing, &others));
    let references = method::references(&figures);
    note.sections.push(method);
    note.references = references;
    Ok(note)
}

/// What is said of a lens beside its reading.
fn details(draft: &Draft<'_>, lens: &str, charts: &mut Vec<Chart>) -> Vec<Block> {
    let paragraph = |prose| vec![Block::Paragraph(prose)];
    match lens {
        "valuation" => paragraph(companies::valuation(draft)),
        "earnings" => paragraph(companies::earnings(draft)),
        "rates" => rates::blocks(draft),
        "economy" => paragraph(rates::economy(draft)),
        "momentum" => paragraph(trend::account(draft)),
        "rotation" => relative::blocks(draft, charts),
        "balance" => paragraph(companies::balance(draft)),
        "risk" => risk::blocks(draft, charts),
        "expectations" => expectations::blocks(draft, charts),
        _ => Vec::new(),
    }
}

/// What history says.
fn past(draft: &Draft<'_>, studies: &[DeclaredStudy], charts: &mut Vec<Chart>) -> Section {
    let mut blocks = history::blocks(draft, charts);
    blocks.extend(cuts::blocks(draft));
    blocks.push(Block::Table(studies::table(draft, studies)));
    Section::of("history", "What history says", blocks)
}
