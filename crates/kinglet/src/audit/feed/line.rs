//! One line of a feed: `{"id": …, "published": "2025-12-10", "text": "…"}`.

use kinglet_core::article;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::query::Reach;
use kinglet_core::time::Date;
use kinglet_core::verdict::{self, Context};
use serde::Deserialize;
use serde_json::Value;

use super::Options;
use super::intake::{LINE_MAX, Line};
use crate::audit;

/// An article of a feed; other fields are passed over.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Entry {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    text: Value,
}

/// An article of a feed, understood.
pub(super) struct Read {
    /// Which line it is.
    pub(super) line: u64,
    /// Its id, as given.
    pub(super) id: Value,
    /// How it is named.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
    /// The day of publication.
    pub(super) published: Date,
    /// What it says.
    pub(super) article: article::Article,
}

impl Read {
    /// How far its claims look.
    pub(super) fn reach(&self) -> Reach {
        let context = Context { text: &self.text, published: self.published, read: None };
        verdict::reach(&self.article.claims, context)
    }
}

/// The article of a line with its claims; nothing for an empty line.
pub(super) fn read(line: &Line<'_>, options: Options<'_>) -> Result<Option<Read>, Diagnostic> {
    let refuse = |reason: String| {
        let place = format!("line {} of {}", line.number, options.name);
        Diagnostic::new(Code::Row, format!("{place} cannot be taken: {reason}"))
    };
    let bytes =
        line.bytes.ok_or_else(|| refuse(format!("it is longer than {} MiB", LINE_MAX >> 20)))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    let Entry { id, published: day, text } = serde_json::from_slice(bytes)
        .map_err(|error| refuse(format!("it is no JSON object: {}", without_line(&error))))?;
    let Value::String(text) = text else { return Err(refuse("it has no `text`".to_owned())) };
    let day = published(&day).ok_or_else(|| refuse(format!("`published` is {day}, no date")))?;
    let path = match &id {
        Value::String(id) => id.clone(),
        Value::Null => format!("line {}", line.number),
        id => id.to_string(),
    };
    let (article, read) = audit::understood(&path, &text, day.or(options.published))
        .map_err(|diagnostic| refuse(diagnostic.message))?;
    let published = article.published;
    Ok(Some(Read { line: line.number, id, path, text, published, article: read }))
}

/// What is wrong with the JSON, without its line, which is always the first.
fn without_line(error: &serde_json::Error) -> String {
    error.to_string().replace("at line 1 column", "at column")
}

/// The day that is given, if one is; none if it is no day. Of a time its day is taken, as printed.
fn published(value: &Value) -> Option<Option<Date>> {
    match value {
        Value::Null => Some(None),
        Value::String(text) => {
            let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
            let is_time = time.is_empty() || time.starts_with(['T', 't', ' ']);
            day.parse().ok().filter(|_| is_time).map(Some)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times() {
        let check = |text: &str, want: Option<&str>| {
            let got = published(&Value::from(text)).map(|day| day.expect("a day").to_string());
            assert_eq!(got.as_deref(), want, "{text}");
        };
        check("2025-12-10", Some("2025-12-10"));
        check("2025-12-10T23:59:00-05:00", Some("2025-12-10"));
        check("2025-12-10 08:00", Some("2025-12-10"));
        check("2025-02-30", None);
        check("2025-12-101", None);
        check("10/12/2025", None);
        check("été", None);
        check("", None);
        assert_eq!(published(&Value::Null), Some(None));
        assert_eq!(published(&Value::from(20_251_210)), None);
    }
}
