//! Answers as text for people, at 80 columns, and as Markdown.

use kinglet::Answer;
use kinglet::render::plain::wrap;
use kinglet::wire::{AnswerRecord, DataRecord, PeriodRecord, RowRecord, Table};

use crate::terminal::{CARE, FAINT, STRONG, WIDTH, styled};

/// Rows of evidence shown of one answer; JSON has all of them.
const ROWS_MAX: usize = 6;
/// Columns before the text of a labelled line.
const LABEL: usize = 11;

/// One block for each answer, then what was read.
pub(crate) fn answers(answers: &[Answer], data: &DataRecord) -> String {
    let blocks: Vec<String> = answers.iter().map(|a| block(&AnswerRecord::from(a))).collect();
    format!("{}\n{}\n", blocks.join("\n"), styled(FAINT, data_line(data)))
}

/// What was read: where the data end, and their version.
pub(crate) fn data_line(data: &DataRecord) -> String {
    format!("data end {} · version {}", data.as_of, data.version)
}

fn block(answer: &AnswerRecord) -> String {
    let value = match answer.undefined {
        None => styled(STRONG, &answer.display),
        Some(_) => styled(CARE, &answer.display),
    };
    let width = answer.query.chars().count() + 3 + answer.display.chars().count();
    let separator = if width <= WIDTH { " = " } else { "\n= " };
    let mut text = format!("{}{separator}{value}\n", answer.query);
    if let Some(undefined) = &answer.undefined {
        text += &labelled("because", &undefined.reason);
        text += &labelled("code", undefined.code);
    }
    if let Some(period) = answer.period {
        text += &labelled("period", &period_text(period));
    }
    text += &rows(answer);
    for notice in &answer.notices {
        text += &labelled("notice", &notice.text);
    }
    text
}

fn period_text(period: PeriodRecord) -> String {
    match period.base {
        Some(base) => format!("close of {base} to close of {}", period.end),
        None => format!("as of {}", period.end),
    }
}

fn rows(answer: &AnswerRecord) -> String {
    let rows = &answer.rows;
    let values = aligned(rows);
    let width = rows.iter().map(|r| r.series.chars().count()).max().unwrap_or(0);
    let lines: Vec<String> = rows
        .iter()
        .zip(values)
        .map(|(row, value)| {
            let label = match answer.period {
                Some(period) if Some(row.date) == period.base => "base",
                Some(period) if row.date == period.end => "end",
                _ => "row",
            };
            let (label, series, date) = (label_text(label), &row.series, row.date);
            format!("{label}{series:width$}  {date}  {value}\n")
        })
        .collect();
    if lines.len() <= ROWS_MAX {
        return lines.concat() + &sources(rows);
    }
    let half = ROWS_MAX / 2;
    let hidden = lines.len() - 2 * half;
    let gap = labelled("…", &format!("{hidden} more rows; --format json has them all"));
    lines[..half].concat() + &gap + &lines[lines.len() - half..].concat() + &sources(rows)
}

/// Where the rows come from, each source once.
fn sources(rows: &[RowRecord]) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for row in rows {
        if !sources.contains(&row.source.as_str()) {
            sources.push(&row.source);
        }
    }
    sources.iter().map(|source| labelled("source", source)).collect()
}

/// The values of rows under one another: as many digits after the point as the longest has.
fn aligned(rows: &[RowRecord]) -> Vec<String> {
    let digits = |row: &RowRecord| {
        Table::cell(&row.value).split_once('.').map_or(0, |(_, after)| after.len())
    };
    let decimals = rows.iter().map(digits).max().unwrap_or(0);
    let text = |row: &RowRecord| match row.value.as_f64() {
        Some(value) => format!("{value:.decimals$}{}", unit(row)),
        None => Table::cell(&row.value),
    };
    let texts: Vec<String> = rows.iter().map(text).collect();
    let width = texts.iter().map(|t| t.chars().count()).max().unwrap_or(0);
    texts.iter().map(|t| format!("{t:>width$}")).collect()
}

/// What stands behind a number in a column; points of an index stand alone.
fn unit(row: &RowRecord) -> &'static str {
    match row.unit {
        "percent" => "%",
        "usd" => " USD",
        _ => "",
    }
}

fn label_text(label: &str) -> String {
    let padding = (LABEL - 2).saturating_sub(label.chars().count()).max(1);
    format!("  {}{:padding$}", styled(FAINT, label), "")
}

/// A label and a text that is wrapped beside it.
pub(crate) fn labelled(label: &str, text: &str) -> String {
    let lines = wrap(text, WIDTH - LABEL);
    let mut result = String::new();
    for (i, line) in lines.iter().enumerate() {
        let before = if i == 0 { label_text(label) } else { " ".repeat(LABEL) };
        result += &format!("{before}{line}\n");
    }
    result
}

/// A table for a document: query, value, period, and what was read.
pub(crate) fn markdown(answers: &[Answer], data: &DataRecord) -> String {
    let mut table = Table::new(&["query", "value", "period", "remarks"]);
    for record in answers.iter().map(AnswerRecord::from) {
        let undefined = record.undefined.map(|u| u.reason);
        let notices = record.notices.into_iter().map(|n| n.text);
        let remarks: Vec<String> = undefined.into_iter().chain(notices).collect();
        table.push(vec![
            format!("`{}`", record.query).into(),
            record.display.into(),
            record.period.map_or(String::new(), period_text).into(),
            remarks.join("; ").into(),
        ]);
    }
    format!("{}\n{}\n", table.markdown(), data_line(data))
}
