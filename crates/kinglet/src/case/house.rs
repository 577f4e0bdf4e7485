//! The house that publishes a note: its name, who signs, the statements below, its headings.

use std::collections::BTreeMap;

use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::note::{Bullet, Note, Source, date_in_words};
use kinglet_core::time::Date;
use serde::Deserialize;
use toml::Spanned;

use super::authored::Authored;

/// The texts that stand where a house gives no others.
const DEFAULT: &str = include_str!("house.toml");

/// What a house states below its notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    name: String,
    signed: String,
    texts: BTreeMap<Kind, String>,
    headings: BTreeMap<String, String>,
}

/// A statement that must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Hypothetical,
    Advice,
    Basis,
    DataEnd,
    Attribution,
}

impl Kind {
    fn lead(self) -> &'static str {
        match self {
            Kind::Hypothetical => "Hypothetical results",
            Kind::Advice => "No advice",
            Kind::Basis => "Basis",
            Kind::DataEnd => "Data",
            Kind::Attribution => "Indexes",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    name: Option<Spanned<String>>,
    signed: Option<Spanned<String>>,
    #[serde(default)]
    texts: BTreeMap<Kind, Spanned<String>>,
    #[serde(default)]
    headings: BTreeMap<String, Spanned<String>>,
}

impl Default for House {
    /// # Panics
    /// If the file that ships cannot be read: a defect.
    fn default() -> Self {
        let nothing = House {
            name: String::new(),
            signed: String::new(),
            texts: BTreeMap::new(),
            headings: BTreeMap::new(),
        };
        let authored = Authored { name: "house.toml", text: DEFAULT };
        nothing.replaced(authored).expect("a test reads the texts that ship")
    }
}

impl House {
    /// The house of a file; what it leaves out is as it ships.
    ///
    /// # Errors
    /// `House` with the line of what cannot stand: an empty text, a key that there is not.
    pub fn read(text: &str, name: &str) -> Result<House, Diagnostic> {
        House::default().replaced(Authored { name, text })
    }

    fn replaced(mut self, authored: Authored<'_>) -> Result<House, Diagnostic> {
        let given: Given = authored.read()?;
        if let Some(name) = &given.name {
            self.name = authored.checked(name)?;
        }
        if let Some(signed) = &given.signed {
            self.signed = stated(authored, signed)?;
        }
        for (kind, text) in &given.texts {
            self.texts.insert(*kind, stated(authored, text)?);
        }
        for (id, heading) in &given.headings {
            let id = authored.section(id, heading.span())?;
            self.headings.insert(id, authored.wordy(heading)?);
        }
        Ok(self)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its last line.
    pub(super) fn signature(&self, as_of: Date) -> String {
        self.filled(&self.signed, as_of)
    }

    fn filled(&self, text: &str, as_of: Date) -> String {
        text.replace("{as-of}", &date_in_words(as_of)).replace("{house}", &self.name)
    }

    /// The headings that it gives to sections, by their ids.
    pub(super) fn headings(&self) -> &BTreeMap<String, String> {
        &self.headings
    }

    /// What it states below a note, the signature last.
    pub(super) fn statements(&self, note: &Note) -> Vec<Bullet> {
        let policy = |source: &Source| matches!(source, Source::Policy { .. });
        let hypothetical = note.figures().iter().any(|figure| policy(&figure.source));
        let bullet = |lead: &str, text: &str| Bullet {
            lead: lead.to_owned(),
            prose: self.filled(text, note.data.as_of).into(),
        };
        let texts = self.texts.iter();
        let texts = texts.filter(|(kind, _)| hypothetical || **kind != Kind::Hypothetical);
        let mut statements: Vec<Bullet> =
            texts.map(|(kind, text)| bullet(kind.lead(), text)).collect();
        statements.push(bullet("Signed", &self.signed));
        statements
    }
}

/// A statement, whose braces hold what it knows.
fn stated(authored: Authored<'_>, text: &Spanned<String>) -> Result<String, Diagnostic> {
    let words = authored.checked(text)?;
    let rest = words.replace("{as-of}", "").replace("{house}", "");
    match rest.contains(['{', '}']) {
        true => Err(authored.refusal("braces hold {as-of} or {house}", text.span())),
        false => Ok(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        House::read(text, "house.toml").expect_err(text).to_string()
    }

    #[test]
    fn every_statement_ships() {
        let house = House::default();
        assert_eq!(house.texts.len(), 5);
        assert!(!house.name.is_empty() && !house.signed.is_empty());
    }

    #[test]
    fn a_text_is_replaced_and_never_removed() {
        let house = House::read("name = 'Example & Co'\n[texts]\nadvice = 'None.'", "h").unwrap();
        assert_eq!(house.name(), "Example & Co");
        assert_eq!(house.texts[&Kind::Advice], "None.");
        assert_eq!(house.texts[&Kind::Basis], House::default().texts[&Kind::Basis]);
        for text in ["[texts]\nadvice = ''", "[texts]\nadvice = \"\"\" \n \"\"\"", "signed = ''"] {
            assert!(refused(text).contains("a text is empty"), "{text}");
        }
    }

    #[test]
    fn faults_have_their_line() {
        for (text, fault, line) in [
            ("\n[texts]\nadvise = 'x'", "unknown variant `advise`", "line 3"),
            ("colour = 1", "unknown field `colour`", "line 1"),
            ("name = 'a'\nsigned = 3", "invalid type", "line 2"),
            ("name = 'a", "", "line 1"),
            ("signed = 'by {me}'", "braces hold", "line 1"),
            ("name = '<b>x</b>'", "markup", "line 1"),
            ("name = \"a\\u202eb\"", "control", "line 1"),
            ("[headings]\nreturns = 'Up 20%'", "numeral", "line 2"),
            ("[headings]\nretruns = 'Up'", "did you mean `returns`?", "line 2"),
        ] {
            let refused = refused(text);
            assert!(refused.contains(fault) && refused.contains(line), "{text}: {refused}");
        }
        assert!(refused(&"#".repeat(70_000)).contains("larger than 64 kB"));
        assert!(refused(&format!("name = '{}'", "x".repeat(3000))).contains("longer than"));
    }
}
