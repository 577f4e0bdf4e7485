//! A catalogued definition, as JSON: the one source of help, reference pages and schemas.

use kinglet_core::definition::{Definition, Golden, Metric, Param, ParamKind, UnitRule};
use kinglet_core::metrics::{LENSES, Lens};
use serde::Serialize;
use serde_json::Value;

use super::{AnswerRecord, Table, number};
use crate::Engine;

/// `kinglet.definition/1`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DefinitionRecord {
    /// Its name in queries.
    pub name: &'static str,
    /// The family of measures that it belongs to.
    pub lens: &'static str,
    /// One line.
    pub title: &'static str,
    /// `percent`, `index_points` …; `subject`, `query` or `figure` where it follows from those.
    pub unit: &'static str,
    /// The arguments.
    pub params: Vec<ParamRecord>,
    /// The formula with every symbol in words, as Markdown.
    pub definition: String,
    /// When it has no value, as Markdown.
    pub undefined_when: String,
    /// A query that has a value on the embedded facts, with its answer.
    pub example: ExampleRecord,
    /// Literature, as Markdown.
    pub references: String,
    /// Words by which articles speak of it.
    pub phrases: &'static [&'static str],
    /// Values from elsewhere that it is tested against.
    pub golden: Vec<GoldenRecord>,
    /// Grows when a value changes.
    pub revision: u32,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParamRecord {
    /// Its name.
    pub name: &'static str,
    /// `entity`, `companies`, `number`, `period`, `bound`, `basis`, `choice`, `query` …
    pub kind: &'static str,
    /// The words of a choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<&'static str>,
    /// Whether it is written `name: value`.
    pub named: bool,
    /// Whether it must be given.
    pub required: bool,
    /// What it stands for if left out.
    pub default: Option<&'static str>,
    /// One line.
    pub doc: &'static str,
}

/// A worked example.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExampleRecord {
    /// The query.
    pub query: &'static str,
    /// Its answer on the embedded facts.
    pub answer: Option<AnswerRecord>,
}

/// A value from elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GoldenRecord {
    /// The query.
    pub query: &'static str,
    /// The value as spelled.
    pub want: Value,
    /// How far it may be off.
    pub within: Value,
    /// Publisher or software, and where.
    pub from: &'static str,
}

/// A line of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SummaryRecord {
    /// The family of measures.
    pub lens: &'static str,
    /// What the family is about.
    pub about: &'static str,
    /// Its name in queries.
    pub name: &'static str,
    /// One line.
    pub title: &'static str,
    /// A query.
    pub example: &'static str,
}

impl SummaryRecord {
    /// The whole catalogue, lens by lens.
    pub fn catalogue() -> Vec<SummaryRecord> {
        let of_lens = |lens: &'static Lens| {
            lens.metrics.iter().map(|metric| SummaryRecord {
                lens: lens.name,
                about: lens.doc.trim(),
                name: metric.definition.name,
                title: metric.definition.title(),
                example: metric.definition.example,
            })
        };
        LENSES.iter().flat_map(of_lens).collect()
    }

    /// The entries as a table.
    pub fn table(entries: &[SummaryRecord]) -> Table {
        let mut table = Table::new(&["lens", "name", "title", "example"]);
        for entry in entries {
            table
                .push([entry.lens, entry.name, entry.title, entry.example].map(Value::from).into());
        }
        table
    }
}

impl DefinitionRecord {
    /// Everything about a measure; its example is answered by `engine`.
    pub fn of(metric: &'static Metric, engine: &Engine) -> Self {
        let definition = &metric.definition;
        let answer = definition.example.parse().ok().map(|query| engine.eval(&[query]));
        let holds = |lens: &&Lens| lens.metrics.iter().any(|m| std::ptr::eq(*m, metric));
        DefinitionRecord {
            name: definition.name,
            lens: LENSES.iter().find(holds).map_or("", |lens| lens.name),
            title: definition.title(),
            unit: unit(definition),
            params: definition.params.iter().map(|p| ParamRecord::from(*p)).collect(),
            definition: definition.section("Definition"),
            undefined_when: definition.section("Undefined when"),
            example: ExampleRecord {
                query: definition.example,
                answer: answer.and_then(|a| a.first().map(AnswerRecord::from)),
            },
            references: definition.section("References"),
            phrases: definition.phrases,
            golden: metric.golden.iter().map(GoldenRecord::from).collect(),
            revision: definition.revision,
            schema: "kinglet.definition/1",
        }
    }
}

impl From<&Param> for ParamRecord {
    fn from(param: &Param) -> Self {
        let (kind, choices): (_, &[&str]) = match param.kind {
            ParamKind::Figure(_) => ("figure", &[]),
            ParamKind::Length => ("length", &[]),
            ParamKind::Entity => ("entity", &[]),
            ParamKind::Companies => ("companies", &[]),
            ParamKind::Members => ("members", &[]),
            ParamKind::Period => ("period", &[]),
            ParamKind::Bound => ("bound", &[]),
            ParamKind::Basis => ("basis", &["price", "total"]),
            ParamKind::Number(_) => ("number", &[]),
            ParamKind::Choice(words) => ("choice", words),
            ParamKind::Query => ("query", &[]),
            ParamKind::Statistic => ("statistic", &[]),
            ParamKind::Condition => ("condition", &[]),
            ParamKind::Member => ("member", &[]),
        };
        let choices = match param.kind {
            ParamKind::Figure(figures) => figures.iter().map(|figure| figure.name).collect(),
            _ => choices.to_vec(),
        };
        ParamRecord {
            name: param.name,
            kind,
            choices,
            named: param.named,
            required: !param.optional && param.default.is_none(),
            default: param.default,
            doc: param.doc,
        }
    }
}

impl From<&Golden> for GoldenRecord {
    fn from(golden: &Golden) -> Self {
        GoldenRecord {
            query: golden.query,
            want: number(golden.want),
            within: number(golden.within),
            from: golden.from,
        }
    }
}

fn unit(definition: &Definition) -> &'static str {
    match (definition.spelling, definition.unit) {
        (Some(spelling), _) => spelling.name(),
        (None, UnitRule::Fixed(unit)) => unit.spelling().name(),
        (None, UnitRule::Subject) => "subject",
        (None, UnitRule::Query | UnitRule::Difference) => "query",
        (None, UnitRule::Figure) => "figure",
        (None, UnitRule::Run) => "run",
    }
}
