//! Rows under named columns: what lists, coverage and SQL give, as JSON, CSV and Markdown.

use serde_json::{Map, Value};

/// A rectangle of values; null is no value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: &[&str]) -> Self {
        Table { columns: columns.iter().map(|&c| c.to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one value for each column.
    pub fn push(&mut self, row: Vec<Value>) {
        assert_eq!(row.len(), self.columns.len(), "one value for each column");
        self.rows.push(row);
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows.
    pub fn rows(&self) -> &[Vec<Value>] {
        &self.rows
    }

    /// Some of the columns under other names.
    ///
    /// # Panics
    /// If there is no such column.
    #[must_use]
    pub fn select(&self, names: &[(&str, &str)]) -> Table {
        let place = |name: &str| self.columns.iter().position(|c| c == name).expect("a column");
        let places: Vec<usize> = names.iter().map(|(name, _)| place(name)).collect();
        let pick = |row: &Vec<Value>| places.iter().map(|&i| row[i].clone()).collect();
        Table {
            columns: names.iter().map(|(_, title)| (*title).to_owned()).collect(),
            rows: self.rows.iter().map(pick).collect(),
        }
    }

    /// Whether a column holds numbers and nothing else.
    pub fn is_numeric(&self, column: usize) -> bool {
        let mut values =
            self.rows.iter().map(|row| &row[column]).filter(|v| !v.is_null()).peekable();
        values.peek().is_some() && values.all(Value::is_number)
    }

    /// A value for people: text without quotes, nothing for null.
    pub fn cell(value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// An array with one object for each row.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Value>| {
            self.columns.iter().cloned().zip(row.iter().cloned()).collect::<Map<_, _>>()
        };
        self.rows.iter().map(object).map(Value::Object).collect()
    }

    /// Comma-separated, with a header.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let lines = std::iter::once(self.columns.clone())
            .chain(self.rows.iter().map(|row| row.iter().map(Table::cell).collect()));
        for line in lines {
            writer.write_record(&line).expect("a memory buffer takes all");
        }
        let bytes = writer.into_inner().expect("a memory buffer takes all");
        String::from_utf8(bytes).expect("text was written")
    }

    /// A Markdown table.
    pub fn markdown(&self) -> String {
        let line = |cells: Vec<String>| {
            let escaped: Vec<String> =
                cells.iter().map(|c| c.replace('|', "\\|").replace('\n', " ")).collect();
            format!("| {} |\n", escaped.join(" | "))
        };
        let rule = (0..self.columns.len()).map(|i| if self.is_numeric(i) { "---:" } else { "---" });
        let mut text = line(self.columns.clone());
        text += &line(rule.map(str::to_owned).collect());
        for row in &self.rows {
            text += &line(row.iter().map(Table::cell).collect());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_where_needed() {
        let mut table = Table::new(&["what", "n"]);
        table.push(vec!["a, \"b\" | c".into(), 3.into()]);
        table.push(vec![Value::Null, Value::Null]);
        assert_eq!(table.csv(), "what,n\n\"a, \"\"b\"\" | c\",3\n,\n");
        assert_eq!(
            table.markdown(),
            "| what | n |\n| --- | ---: |\n| a, \"b\" \\| c | 3 |\n|  |  |\n"
        );
        assert_eq!(
            table.json().to_string(),
            r#"[{"what":"a, \"b\" | c","n":3},{"what":null,"n":null}]"#
        );
    }
}
