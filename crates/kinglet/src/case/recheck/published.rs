//! A note that was written once, read from its JSON. The file is foreign: it may be damaged or made
//! to do harm.

use std::collections::BTreeMap;

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::note::Form;
use kinglet_core::time::Date;
use serde::Deserialize;
use serde_json::Value;

/// The largest note that is read, in bytes.
pub const NOTE_MAX: usize = 64 << 20;

/// The most queries that are asked again.
const QUERIES_MAX: usize = 10_000;

/// A note as it was published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its headline.
    pub headline: String,
    /// The version of the data that it was written from.
    pub version: String,
    /// The last day that it could know.
    pub as_of: Date,
    /// What was asked and answered, by number.
    pub(super) evidence: BTreeMap<usize, Recorded>,
    /// Every figure that it prints, in reading order.
    pub(super) figures: Vec<Printed>,
    sentences: Vec<Vec<Part>>,
}

/// An answer as it was recorded.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Recorded {
    pub(super) number: usize,
    pub(super) query: String,
    pub(super) value: Option<f64>,
    pub(super) unit: String,
    pub(super) display: String,
    pub(super) period: Option<Period>,
    #[serde(default)]
    pub(super) rows: Vec<RecordedRow>,
    pub(super) definition: Option<Definition>,
    #[serde(default)]
    pub(super) policy: Option<Policy>,
    /// Whether a publisher stated it.
    #[serde(default)]
    pub(super) stated: bool,
}

impl Recorded {
    /// Whether a query gives it.
    pub(super) fn is_asked(&self) -> bool {
        self.policy.is_none() && !self.stated
    }
}

/// From which close to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Period {
    pub(super) base: Option<Date>,
    pub(super) end: Date,
}

/// A row as it was then.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RecordedRow {
    pub(super) series: String,
    pub(super) date: Date,
    pub(super) value: Option<f64>,
}

/// A definition at the time.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) revision: u32,
}

/// A place in the result of a policy.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Policy {
    pub(super) name: String,
    pub(super) pointer: String,
}

/// A figure as it stands in the text.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) evidence: usize,
    pub(super) text: String,
    pub(super) form: Option<Form>,
    /// Its sentence, by its place among all.
    pub(super) sentence: usize,
}

/// A part of a sentence.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Text(String),
    /// By its place among all figures.
    Figure(usize),
}

#[derive(Deserialize)]
struct File {
    schema: String,
    data: Data,
    headline: Value,
    standfirst: Value,
    sections: Value,
    #[serde(default)]
    charts: Value,
    evidence: Vec<Recorded>,
}

#[derive(Deserialize)]
struct Data {
    version: String,
    as_of: Date,
}

impl Published {
    /// Reads a note.
    ///
    /// # Errors
    /// `Note` where the bytes are no note: too large, no JSON, another format, a figure without
    /// evidence.
    pub fn read(bytes: &[u8], name: &str) -> Result<Published, Diagnostic> {
        let refused = |reason: String| {
            Diagnostic::new(Code::Note, format!("{name} is no note of kinglet: {reason}"))
                .hint("`kinglet case` writes notes as case.json, and recheck reads that file")
        };
        if bytes.len() > NOTE_MAX {
            return Err(refused(format!("it is larger than {} MB", NOTE_MAX >> 20)));
        }
        let file: File = serde_json::from_slice(bytes).map_err(|e| refused(e.to_string()))?;
        if file.schema != "kinglet.note/1" {
            return Err(refused("its schema is not kinglet.note/1".to_owned()));
        }
        if file.evidence.len() > QUERIES_MAX {
            return Err(refused(format!("it has more than {QUERIES_MAX} queries")));
        }
        let mut evidence = BTreeMap::new();
        for record in file.evidence {
            let number = record.number;
            if evidence.insert(number, record).is_some() {
                return Err(refused(format!("it has evidence {number} twice")));
            }
        }
        let mut reader = Reader::default();
        let parts = [&file.headline, &file.standfirst, &file.sections, &file.charts];
        if parts.into_iter().try_for_each(|part| reader.read(part, "")).is_none() {
            return Err(refused("a figure has no evidence".to_owned()));
        }
        let Reader { figures, sentences } = reader;
        if let Some(lost) = figures.iter().find(|f| !evidence.contains_key(&f.evidence)) {
            return Err(refused(format!(
                "a figure names evidence {}, which is not there",
                lost.evidence
            )));
        }
        let headline = text_of(&file.headline);
        let Data { version, as_of } = file.data;
        Ok(Published { headline, version, as_of, evidence, figures, sentences })
    }
}

/// A list that is a run of text and figures, or none.
fn is_run(value: &Value) -> bool {
    let piece =
        |v: &Value| v.is_string() || v.get("missing").is_some() || v.get("printed").is_some();
    value.as_array().is_some_and(|pieces| pieces.iter().all(piece))
}

/// The words of a run, as they were read.
fn text_of(run: &Value) -> String {
    let text = |piece: &Value| match piece.get("printed") {
        Some(printed) => printed.as_str().unwrap_or_default().to_owned(),
        None => piece.as_str().unwrap_or("no data").to_owned(),
    };
    run.as_array().into_iter().flatten().map(text).collect()
}

/// The figures and sentences of a note.
#[derive(Default)]
struct Reader {
    figures: Vec<Printed>,
    sentences: Vec<Vec<Part>>,
}

impl Reader {
    /// Every figure below a value. What stands alone in a cell or a label is told with what leads
    /// it.
    fn read(&mut self, value: &Value, lead: &str) -> Option<()> {
        match value {
            Value::Array(pieces) if is_run(value) => {
                let alone = pieces.iter().all(|piece| piece.get("printed").is_some());
                self.sentences.push(Vec::new());
                for piece in pieces {
                    if alone {
                        self.sentences.push(vec![Part::Text(format!("{lead}: "))]);
                    }
                    self.piece(piece)?;
                }
            }
            Value::Array(values) => {
                // the first cell of a row names the others
                let row = values.len() > 1 && values.iter().all(is_run);
                let first = values.first().filter(|_| row).map(text_of);
                let lead = match first.filter(|name| !name.is_empty()) {
                    Some(name) if lead.is_empty() => name,
                    Some(name) => format!("{lead}, {name}"),
                    None => lead.to_owned(),
                };
                values.iter().try_for_each(|value| self.read(value, &lead))?;
            }
            Value::Object(fields) => {
                let title = ["title", "caption", "heading"];
                let own = title.iter().find_map(|key| fields.get(*key)?.as_str());
                let lead = own.unwrap_or(lead);
                fields.values().try_for_each(|value| self.read(value, lead))?;
            }
            _ => {}
        }
        Some(())
    }

    fn part(&mut self, part: Part) {
        match self.sentences.last_mut() {
            Some(sentence) => sentence.push(part),
            None => self.sentences.push(vec![part]),
        }
    }

    /// A piece of a run; none where it is damaged.
    fn piece(&mut self, piece: &Value) -> Option<()> {
        let Some(printed) = piece.get("printed") else {
            for text in piece.as_str().unwrap_or("no data").split_inclusive(". ") {
                self.part(Part::Text(text.to_owned()));
                if text.ends_with(". ") {
                    self.sentences.push(Vec::new());
                }
            }
            return Some(());
        };
        let evidence = usize::try_from(piece.get("evidence")?.as_u64()?).ok()?;
        let form = piece.get("form").and_then(Value::as_str).and_then(|form| form.parse().ok());
        let text = printed.as_str()?.to_owned();
        self.part(Part::Figure(self.figures.len()));
        let sentence = self.sentences.len().saturating_sub(1);
        self.figures.push(Printed { evidence, text, form, sentence });
        Some(())
    }
}

impl Published {
    /// A sentence, with what a figure is to print in the place of what it printed; none where one
    /// can print nothing.
    pub(super) fn sentence(
        &self,
        sentence: usize,
        print: impl Fn(&Printed) -> Option<String>,
    ) -> Option<String> {
        let parts = self.sentences.get(sentence)?.iter();
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Figure(at) => print(self.figures.get(*at)?),
        };
        let text: Option<String> = parts.map(part).collect();
        text.map(|text| text.trim().to_owned())
    }
}
