//! Personas: in what order, at what length and in what voice a note is told. A persona changes what
//! is said first and how much; it changes no number and drops neither side of the case.

use std::collections::{BTreeMap, BTreeSet};

use kinglet_core::diagnostic::{Code, Diagnostic, nearest};
use kinglet_core::note::{Block, Figure, Note, Piece, Prose, Section};
use serde::Deserialize;
use toml::Spanned;

use super::authored::Authored;

/// The personas that ship: name and text.
const SHIPPED: [(&str, &str); 3] = [
    ("editor", include_str!("personas/editor.toml")),
    ("strategist", include_str!("personas/strategist.toml")),
    ("adviser", include_str!("personas/adviser.toml")),
];

/// The sections of the two sides.
const SIDES: [&str; 2] = ["case-for", "case-against"];

/// Sections that no persona leaves out: both sides, what can go wrong, what the figures mean.
const ALWAYS: [&str; 4] = ["case-for", "case-against", "risk", "method"];

/// Somebody in whose manner a note is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persona {
    /// What it is called.
    pub name: String,
    /// In what voice a language model is to write.
    pub voice: String,
    opens: Lead,
    order: Vec<String>,
    length: Length,
    headings: BTreeMap<String, String>,
    openings: BTreeMap<String, String>,
}

/// Which side is heard first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Lead {
    For,
    Against,
    #[default]
    Even,
}

/// How much is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Length {
    /// The sections, beside those that always stand; all where none is named.
    #[serde(default)]
    sections: Vec<Spanned<String>>,
    /// At most so many in a paragraph.
    sentences: Option<usize>,
    /// At most so many in a list.
    items: Option<usize>,
    /// Tables and charts.
    #[serde(default)]
    exhibits: Exhibits,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Exhibits {
    #[default]
    All,
    Charts,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: Spanned<String>,
    voice: Spanned<String>,
    #[serde(default, rename = "stance")]
    opens: Lead,
    #[serde(default)]
    order: Vec<Spanned<String>>,
    #[serde(default)]
    length: Length,
    #[serde(default)]
    headings: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    openings: BTreeMap<String, Spanned<String>>,
}

impl Persona {
    /// The names of those that ship.
    pub fn shipped() -> [&'static str; 3] {
        SHIPPED.map(|(name, _)| name)
    }

    /// One that ships.
    ///
    /// # Errors
    /// `UnknownName` where none has this name.
    pub fn named(name: &str) -> Result<Persona, Diagnostic> {
        if let Some((name, text)) = SHIPPED.iter().find(|(known, _)| *known == name) {
            return Persona::read(text, name);
        }
        let message = format!("no persona is called `{name}`");
        let diagnostic = Diagnostic::new(Code::UnknownName, message)
            .note(format!("there are: {}", Persona::shipped().join(", ")));
        let diagnostic = match nearest(name, Persona::shipped()) {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None => diagnostic,
        };
        Err(diagnostic.hint("a persona of your own is a file: --persona ./mine.toml"))
    }

    /// The persona of a file.
    ///
    /// # Errors
    /// `House` with the line of what cannot stand: a key that there is not, a numeral, markup.
    pub fn read(text: &str, name: &str) -> Result<Persona, Diagnostic> {
        let authored = Authored { name, text };
        let given: Given = authored.read()?;
        let texts = |texts: &BTreeMap<String, Spanned<String>>| {
            let one = |(id, text): (&String, &Spanned<String>)| {
                Ok((authored.section(id, text.span())?, authored.wordy(text)?))
            };
            texts.iter().map(one).collect::<Result<BTreeMap<_, _>, Diagnostic>>()
        };
        let ids = |ids: &[Spanned<String>]| {
            let one = |id: &Spanned<String>| authored.section(id.get_ref(), id.span());
            ids.iter().map(one).collect::<Result<Vec<String>, Diagnostic>>()
        };
        let length = given.length;
        ids(&length.sections)?;
        if length.sentences == Some(0) || length.items == Some(0) {
            return Err(authored.refusal("`sentences` and `items` are at least 1", 0..0));
        }
        Ok(Persona {
            name: authored.wordy(&given.name)?,
            voice: authored.wordy(&given.voice)?,
            opens: given.opens,
            order: ids(&given.order)?,
            length,
            headings: texts(&given.headings)?,
            openings: texts(&given.openings)?,
        })
    }

    /// A note told in its manner.
    pub(super) fn told(&self, mut note: Note) -> Note {
        note.sections.retain(|section| self.keeps(&section.id));
        // stable: what is not named keeps its place behind what is
        let place = |id: &str| self.order.iter().position(|known| known == id);
        note.sections.sort_by_key(|s| place(&s.id).unwrap_or(self.order.len()));
        self.open(&mut note.sections);
        for section in &mut note.sections {
            if let Some(heading) = self.headings.get(&section.id) {
                section.heading.clone_from(heading);
            }
            if section.id != "method" {
                self.shorten(&mut section.blocks);
            }
            if let Some(opening) = self.openings.get(&section.id) {
                section.blocks.insert(0, Block::Paragraph(opening.as_str().into()));
            }
        }
        note.sections.retain(|section| !section.blocks.is_empty());
        let shown = |id: &str| {
            let mut blocks = note.sections.iter().flat_map(|section| &section.blocks);
            blocks.any(|block| matches!(block, Block::Chart(shown) if shown == id))
        };
        note.charts.retain(|chart| shown(&chart.id));
        let mut used = BTreeSet::new();
        for query in note.figures().into_iter().filter_map(Figure::query) {
            query.expr().visit(&mut |call| {
                used.insert(call.metric.definition.name);
            });
        }
        note.references.retain(|reference| {
            reference.name.split(',').next().is_some_and(|name| used.contains(name))
        });
        note
    }

    fn keeps(&self, id: &str) -> bool {
        let named = &self.length.sections;
        named.is_empty() || ALWAYS.contains(&id) || named.iter().any(|known| known.get_ref() == id)
    }

    /// Puts the side first that opens, in the places that the sides have.
    fn open(&self, sections: &mut [Section]) {
        let at = |id: &str| sections.iter().position(|section| section.id == id);
        let (Some(favours), Some(opposes)) = (at(SIDES[0]), at(SIDES[1])) else { return };
        let turned = match self.opens {
            Lead::For => opposes < favours,
            Lead::Against => favours < opposes,
            Lead::Even => false,
        };
        if turned {
            sections.swap(favours, opposes);
        }
    }

    fn shorten(&self, blocks: &mut Vec<Block>) {
        let shown = self.length.exhibits;
        blocks.retain(|block| match block {
            Block::Table(_) => shown == Exhibits::All,
            Block::Chart(_) => shown != Exhibits::None,
            _ => true,
        });
        for block in blocks {
            match block {
                Block::Paragraph(prose) => {
                    if let Some(sentences) = self.length.sentences {
                        *prose = first_sentences(prose, sentences);
                    }
                }
                Block::Bullets(bullets) => {
                    bullets.truncate(self.length.items.unwrap_or(usize::MAX));
                }
                Block::Table(_) | Block::Chart(_) => {}
            }
        }
    }
}

/// The first sentences of a passage.
fn first_sentences(prose: &Prose, wanted: usize) -> Prose {
    let mut short = Prose::default();
    let mut left = wanted;
    for piece in &prose.0 {
        let Piece::Text(text) = piece else {
            short.push(Prose(vec![piece.clone()]));
            continue;
        };
        let mut from = 0;
        while let Some(end) = sentence_end(&text[from..]).map(|end| from + end) {
            left -= 1;
            if left == 0 {
                short.push(&text[..end]);
                return short;
            }
            from = end;
        }
        short.push(text.as_str());
    }
    short
}

/// Where the first sentence in a text ends: behind a full stop before a space and no small letter.
fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(". ").map(|(at, _)| at + 1).find(|&end| {
        let word = text[..end - 1].rsplit([' ', '(']).next().unwrap_or_default();
        let initials = word.chars().count() == 1 || word.contains('.');
        let next = text[end..].trim_start().chars().next();
        !(initials && word.starts_with(char::is_uppercase))
            && next.is_none_or(|c| !c.is_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_ship_can_be_read() {
        for name in Persona::shipped() {
            let persona = Persona::named(name).expect(name);
            assert_eq!(persona.name, name);
            assert!(!persona.voice.is_empty());
        }
        let refused = Persona::named("editer").expect_err("no such persona").to_string();
        assert!(refused.contains("did you mean `editor`?"), "{refused}");
    }

    #[test]
    fn faults_have_their_line() {
        let head = "name = 'a'\nvoice = 'b'\n";
        for (text, fault, line) in [
            ("stance = 'bull'", "unknown variant `bull`", "line 3"),
            ("tone = 'x'", "unknown field `tone`", "line 3"),
            ("[length]\nsentences = 'few'", "invalid type", "line 4"),
            ("[length]\nsentences = -1", "invalid value", "line 4"),
            ("[length]\nitems = 0", "at least 1", "line 1"),
            ("[headings]\nreturns = 'Ten times 10'", "numeral", "line 4"),
            ("[openings]\nreturns = '<script>'", "markup", "line 4"),
            ("[openings]\nreturns = ''", "empty", "line 4"),
            ("[openings]\nretruns = 'x'", "did you mean `returns`?", "line 4"),
            ("order = [\n'summary',\n'sumary']", "did you mean `summary`?", "line 5"),
            ("[length]\nsections = ['x']", "no section is called `x`", "line 4"),
        ] {
            let refused = Persona::read(&format!("{head}{text}"), "p.toml").expect_err(text);
            let refused = refused.to_string();
            assert!(refused.contains(fault) && refused.contains(line), "{text}: {refused}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        let first = |text: &str, n| first_sentences(&text.into(), n).text();
        let text = "In the U.S. Treasury yields rose. The S. and P. fell. End.";
        assert_eq!(first(text, 1), "In the U.S. Treasury yields rose.");
        assert_eq!(first(text, 2), "In the U.S. Treasury yields rose. The S. and P. fell.");
        assert_eq!(first(text, 9), text);
    }
}
