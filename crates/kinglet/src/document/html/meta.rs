//! The day of publication as pages give it to machines.

use kinglet_core::time::Date;
use serde_json::Value;

use super::super::{Dated, Origin, date};
use super::Tag;

/// What has been found; the earlier field wins.
#[derive(Debug, Default)]
pub(super) struct Published {
    article: Option<Date>,
    linked: Option<Date>,
    named: Option<Date>,
    time: Option<Date>,
}

/// Names of meta elements that hold the day of publication.
const NAMES: &str = "datepublished|date|dc.date|dc.date.issued|dcterms.date|dcterms.issued|\
    dcterms.created|pubdate|publishdate|publish-date|publish_date|publication_date|\
    parsely-pub-date|sailthru.date|article.published|citation_publication_date|og:published_time";

impl Published {
    /// `<meta property="article:published_time" content="…">` and its kin.
    pub(super) fn meta(&mut self, tag: &Tag) {
        let name = ["property", "name", "itemprop"].into_iter().find_map(|key| tag.get(key));
        let (Some(name), Some(content)) = (name, tag.get("content")) else { return };
        let name = name.trim().to_ascii_lowercase();
        if name == "article:published_time" {
            self.article = self.article.or_else(|| date::published(content));
        } else if NAMES.split('|').any(|n| n == name) {
            self.named = self.named.or_else(|| date::published(content));
        }
    }

    /// `<time datetime="…">`; the first is that of the article, as it stands in its head.
    pub(super) fn time(&mut self, tag: &Tag) {
        let modified = tag.get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("dateModified"));
        if !modified && let Some(text) = tag.get("datetime") {
            self.time = self.time.or_else(|| date::published(text));
        }
    }

    /// `{"@type": "NewsArticle", "datePublished": "…"}`.
    pub(super) fn linked(&mut self, json: &str) {
        if let Ok(value) = serde_json::from_str::<Value>(json.trim()) {
            self.linked = self.linked.or_else(|| date_published(&value));
        }
    }

    pub(super) fn dated(&self) -> Option<Dated> {
        let date = self.article.or(self.linked).or(self.named).or(self.time)?;
        Some(Dated { date, origin: Origin::Metadata })
    }
}

/// The first `datePublished`, outermost first. The parser bounds the depth.
fn date_published(value: &Value) -> Option<Date> {
    match value {
        Value::Object(fields) => fields
            .get("datePublished")
            .and_then(Value::as_str)
            .and_then(date::published)
            .or_else(|| fields.values().find_map(date_published)),
        Value::Array(items) => items.iter().find_map(date_published),
        _ => None,
    }
}
