//! The proof: kinglet's auditor reads the note without its queries, as it reads anybody's article,
//! and a wrong verdict stops publication.

use std::ops::Range;

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::{Block, Note, Piece, Prose};
use kinglet_core::view::View;

use crate::audit::{self, ClaimRecord};
use crate::document;

/// Where a passage of running text stands in a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) section: usize,
    pub(super) block: usize,
    /// Of a list.
    pub(super) item: usize,
}

impl Place {
    /// The passage.
    pub(super) fn prose(self, note: &Note) -> Option<&Prose> {
        match note.sections.get(self.section)?.blocks.get(self.block)? {
            Block::Paragraph(prose) => Some(prose),
            Block::Bullets(bullets) => bullets.get(self.item).map(|bullet| &bullet.prose),
            _ => None,
        }
    }

    /// The passage, to be changed.
    pub(super) fn prose_mut(self, note: &mut Note) -> Option<&mut Prose> {
        match note.sections.get_mut(self.section)?.blocks.get_mut(self.block)? {
            Block::Paragraph(prose) => Some(prose),
            Block::Bullets(bullets) => bullets.get_mut(self.item).map(|bullet| &mut bullet.prose),
            _ => None,
        }
    }
}

/// The words of a note as its readers see them.
#[derive(Debug, Default)]
struct Words {
    text: String,
    /// Where each passage of running text lies.
    passages: Vec<(Place, Range<usize>)>,
    /// Where figures lie that no query gives: weights, and what policies come to. They are found
    /// again by running the policy, which no article can be asked to do.
    of_policies: Vec<Range<usize>>,
}

impl Words {
    fn of(note: &Note) -> Words {
        let mut words = Words::default();
        words.text += "# ";
        words.prose(&note.headline);
        words.text += "\n\n";
        words.prose(&note.standfirst);
        words.text.push('\n');
        for (section, content) in note.sections.iter().enumerate() {
            words.text += &format!("\n## {}\n", content.heading);
            for (block, content) in content.blocks.iter().enumerate() {
                words.text.push('\n');
                words.block(note, content, Place { section, block, item: 0 });
            }
        }
        for statement in &note.statements {
            words.text += &format!("\n{}: {}\n", statement.lead, statement.prose.text());
        }
        words
    }

    fn block(&mut self, note: &Note, block: &Block, place: Place) {
        match block {
            Block::Paragraph(prose) => self.passage("", prose, place),
            Block::Bullets(bullets) => {
                for (item, bullet) in bullets.iter().enumerate() {
                    let lead = format!("- **{}:** ", bullet.lead);
                    self.passage(&lead, &bullet.prose, Place { item, ..place });
                }
            }
            Block::Table(table) => {
                let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                self.text += &format!("*{}.*\n\n", table.caption);
                self.text += &line(table.columns.clone());
                self.text += &line(vec!["---".to_owned(); table.columns.len()]);
                for row in &table.rows {
                    self.text.push('|');
                    for cell in row {
                        self.text.push(' ');
                        self.prose(cell);
                        self.text += " |";
                    }
                    self.text.push('\n');
                }
            }
            Block::Chart(id) => {
                if let Some(chart) = note.chart(id) {
                    self.text += &format!("*{}.* {}\n", chart.title, chart.caption);
                }
            }
        }
    }

    fn passage(&mut self, lead: &str, prose: &Prose, place: Place) {
        self.text += lead;
        let start = self.text.len();
        self.prose(prose);
        self.passages.push((place, start..self.text.len()));
        self.text.push('\n');
    }

    fn prose(&mut self, prose: &Prose) {
        for piece in &prose.0 {
            let start = self.text.len();
            self.text += piece.text();
            if matches!(piece, Piece::Figure(figure) if figure.query().is_none()) {
                self.of_policies.push(start..self.text.len());
            }
        }
    }
}

/// What the auditor finds in a note.
#[derive(Debug)]
pub(super) struct Proof {
    words: Words,
    claims: Vec<ClaimRecord>,
}

impl Proof {
    /// Reads and judges a note on the data that it was written from.
    ///
    /// # Errors
    /// `Article` where there is nothing to read.
    pub(super) fn of(note: &Note, view: &View) -> Result<Proof, Diagnostic> {
        let words = Words::of(note);
        let document = document::read("case.md", words.text.clone().into_bytes())?;
        let article = audit::understand("the note", &document, Some(view.cutoff.through))?;
        Ok(Proof { claims: article.judged(view).claims, words })
    }

    /// Whether the note may be published.
    ///
    /// # Errors
    /// `Review` with every claim that is found to be wrong.
    pub(super) fn passed(&self) -> Result<(), Diagnostic> {
        let of_policy = |claim: &ClaimRecord| {
            self.words.of_policies.iter().any(|range| range.contains(&claim.span.start))
        };
        let wrong: Vec<&ClaimRecord> =
            self.claims.iter().filter(|claim| claim.is_wrong() && !of_policy(claim)).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let message = format!("the auditor finds {} figures of the note to be wrong", wrong.len());
        let fault = |claim: &&ClaimRecord| {
            let query = claim.query.as_ref().map_or(String::new(), |query| format!(" ({query})"));
            let ClaimRecord { quote, text, verdict, reason, .. } = claim;
            format!("`{quote}`: {text} is {verdict}: {reason}{query}")
        };
        let refusal = Diagnostic::new(Code::Review, message);
        Err(wrong.iter().map(fault).fold(refusal, Diagnostic::note))
    }

    /// Every passage with what is claimed in it and found of it.
    pub(super) fn passages(&self) -> Vec<(Place, Vec<String>)> {
        let within = |range: &Range<usize>| {
            let inside = |claim: &&ClaimRecord| range.contains(&claim.span.start);
            self.claims.iter().filter(inside).map(meaning).collect()
        };
        self.words.passages.iter().map(|(place, range)| (*place, within(range))).collect()
    }
}

/// All that a claim says, whatever its words.
fn meaning(claim: &ClaimRecord) -> String {
    let ClaimRecord { text, entity, versus, metric, definition, period, .. } = claim;
    let ClaimRecord { value, unit, comparator, modality, verdict, .. } = claim;
    format!(
        "{text} {entity} {versus:?} {metric} {definition:?} {period} {value} {unit} {comparator} \
         {modality} {verdict}"
    )
}
