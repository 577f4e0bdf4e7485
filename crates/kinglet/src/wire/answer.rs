//! The answer to one query, as JSON and as a row of a table.

use kinglet_core::answer::{Answer, DataVersion, Row};
use kinglet_core::time::{Date, Interval};
use serde::Serialize;
use serde_json::Value;

use super::{Table, number};

/// `kinglet.answer/1`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerRecord {
    /// The query in canonical form.
    pub query: String,
    /// The number in `unit`; null where there is none.
    pub value: Value,
    /// `percent`, `index_points`, `months` …
    pub unit: &'static str,
    /// For people: `7.00%`.
    pub display: String,
    /// Why there is no value; absent where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undefined: Option<UndefinedRecord>,
    /// The sessions actually used.
    pub period: Option<PeriodRecord>,
    /// The rows from which the value follows.
    pub rows: Vec<RowRecord>,
    /// What was read.
    pub data: DataRecord,
    /// The outermost definition; null for bare arithmetic.
    pub definition: Option<NamedRevision>,
    /// Hash of all that the value follows from.
    pub evidence: String,
    /// What the reader should know.
    pub notices: Vec<NoticeRecord>,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UndefinedRecord {
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub reason: String,
}

/// What the reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeRecord {
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub text: String,
}

/// From which close to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PeriodRecord {
    /// The session whose close is the base; null for a state.
    pub base: Option<Date>,
    /// The session whose close is the end.
    pub end: Date,
}

/// A row of data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowRecord {
    /// The series.
    pub series: String,
    /// Its valid date.
    pub date: Date,
    /// The value in `unit`.
    pub value: Value,
    /// `percent`, `index_points` …
    pub unit: &'static str,
    /// Where it comes from.
    pub source: String,
}

/// A version of the data and the last day that could be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DataRecord {
    /// Names the content.
    pub version: String,
    /// The last day.
    pub as_of: Date,
}

/// A definition and how often its values changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NamedRevision {
    /// Its name.
    pub name: &'static str,
    /// Its revision.
    pub revision: u32,
}

impl From<&Answer> for AnswerRecord {
    fn from(answer: &Answer) -> Self {
        let outcome = answer.result.as_ref().ok();
        let undefined = answer.result.as_ref().err();
        AnswerRecord {
            query: answer.query.clone(),
            value: answer.number().map_or(Value::Null, number),
            unit: answer.spelling.name(),
            display: answer.display(),
            undefined: undefined
                .map(|u| UndefinedRecord { code: u.code, reason: u.reason.clone() }),
            period: outcome.and_then(|o| o.interval).map(PeriodRecord::from),
            rows: outcome.map_or(Vec::new(), |o| o.rows.iter().map(RowRecord::from).collect()),
            data: DataRecord::from(&answer.data),
            definition: answer.definition.map(|(name, revision)| NamedRevision { name, revision }),
            evidence: answer.evidence.clone(),
            notices: outcome.map_or(Vec::new(), |o| {
                o.notices
                    .iter()
                    .map(|n| NoticeRecord { code: n.code, text: n.text.clone() })
                    .collect()
            }),
            schema: "kinglet.answer/1",
        }
    }
}

impl From<&DataVersion> for DataRecord {
    fn from(data: &DataVersion) -> Self {
        DataRecord { version: data.version.clone(), as_of: data.as_of }
    }
}

impl From<Interval> for PeriodRecord {
    fn from(interval: Interval) -> Self {
        PeriodRecord { base: interval.base, end: interval.end }
    }
}

impl From<&Row> for RowRecord {
    fn from(row: &Row) -> Self {
        let spelling = row.unit.spelling();
        RowRecord {
            series: row.series.to_string(),
            date: row.date,
            value: number(row.value * spelling.per_unit()),
            unit: spelling.name(),
            source: row.source.to_string(),
        }
    }
}

/// The rows behind answers as a table.
pub fn row_table(answers: &[Answer]) -> Table {
    let mut table = Table::new(&["date", "value", "unit", "series", "source", "query"]);
    for record in answers.iter().map(AnswerRecord::from) {
        for row in record.rows {
            table.push(vec![
                row.date.to_string().into(),
                row.value,
                row.unit.into(),
                row.series.into(),
                row.source.into(),
                record.query.clone().into(),
            ]);
        }
    }
    table
}

/// Answers as a table, one row for each.
pub fn answer_table(answers: &[Answer]) -> Table {
    let columns = [
        "query",
        "value",
        "unit",
        "display",
        "base",
        "end",
        "undefined",
        "notices",
        "definition",
        "revision",
        "data_version",
        "data_end",
        "evidence",
    ];
    let mut table = Table::new(&columns);
    for record in answers.iter().map(AnswerRecord::from) {
        let date = |d: Option<Date>| d.map_or(Value::Null, |d| d.to_string().into());
        let undefined = record.undefined.map(|u| format!("{}: {}", u.code, u.reason));
        let notices: Vec<String> = record.notices.into_iter().map(|n| n.text).collect();
        table.push(vec![
            record.query.into(),
            record.value,
            record.unit.into(),
            record.display.into(),
            date(record.period.and_then(|p| p.base)),
            date(record.period.map(|p| p.end)),
            undefined.into(),
            notices.join("; ").into(),
            record.definition.map(|d| d.name).into(),
            record.definition.map(|d| d.revision).into(),
            record.data.version.into(),
            record.data.as_of.to_string().into(),
            record.evidence.into(),
        ]);
    }
    table
}
