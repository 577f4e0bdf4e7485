//! Answers as text for people, at 80 columns, and as Markdown.

use kinglet::Answer;
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
    let cells = |row: &RowRecord| [row.series.clone(), Table::cell(&row.value)];
    let mut widths = [0, 0];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &RowRecord| {
        let label = match answer.period {
            Some(period) if Some(row.date) == period.base => "base",
            Some(period) if row.date == period.end => "end",
            _ => "row",
        };
        let [series, value] = cells(row);
        let (series_width, value_width) = (widths[0], widths[1]);
        let row_text =
            format!("{series:series_width$}  {}  {value:>value_width$} {}", row.date, unit(row));
        let source = styled(FAINT, &row.source);
        format!("{}{}  {source}\n", label_text(label), row_text.trim_end())
    };
    if rows.len() <= ROWS_MAX {
        return rows.iter().map(line).collect();
    }
    let half = ROWS_MAX / 2;
    let mut text: String = rows[..half].iter().map(line).collect();
    let hidden = rows.len() - 2 * half;
    text += &labelled("…", &format!("{hidden} more rows; --format json has them all"));
    text + &rows[rows.len() - half..].iter().map(line).collect::<String>()
}

/// The sign of a unit behind a number in a column.
fn unit(row: &RowRecord) -> &'static str {
    match row.unit {
        "percent" => "%",
        "usd" => "$",
        _ => "",
    }
}

fn label_text(label: &str) -> String {
    let padding = LABEL - 2 - label.chars().count();
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

/// Lines of at most `width` characters, broken at spaces; a longer word stands alone.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("at least one line");
        let needed = line.chars().count() + 1 + word.chars().count();
        match line.is_empty() {
            true => line.push_str(word),
            false if needed <= width => {
                line.push(' ');
                line.push_str(word);
            }
            false => lines.push(word.to_owned()),
        }
    }
    lines
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

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn wrapped_at_spaces() {
        assert_eq!(wrap("a bb ccc dddddddd", 6), ["a bb", "ccc", "dddddddd"]);
        assert_eq!(wrap("", 6), [""]);
    }
}
