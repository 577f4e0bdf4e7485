//! Several articles on one page: what was found in each, where they disagree, what they repeat.

use super::{Sheet, anchor, table};
use crate::audit::{ContradictionRecord, DuplicateRecord};
use crate::html::escape;

/// The articles with what was found in each.
pub(super) fn articles(sheets: &[Sheet<'_>]) -> String {
    let mut rows = String::new();
    for sheet in sheets {
        let summary = &sheet.audit.summary;
        rows += &format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            article(sheet.place, sheets),
            sheet.audit.article.published,
            summary.claims,
            summary.checked,
            summary.wrong,
        );
    }
    let columns = ["article", "published", "claims", "can be checked", "wrong"];
    format!("<nav class=\"table\" aria-label=\"Articles\">{}</nav>\n", table(&columns, &rows))
}

/// A link to an article.
fn article(place: usize, sheets: &[Sheet<'_>]) -> String {
    let title = sheets.get(place).map_or("", Sheet::title);
    format!("<a href=\"#a{}\">{}</a>", place + 1, escape(title))
}

/// One fact with different figures, and where each stands.
pub(super) fn contradictions(found: &[ContradictionRecord], sheets: &[Sheet<'_>]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut out =
        String::from("<section id=\"contradictions\">\n<h2>Where articles disagree</h2>\n");
    for one in found {
        let fact = format!("{}: {} figures; {}", one.fact, one.figures, one.remedy());
        let mut rows = String::new();
        for place in &one.places {
            rows += &format!(
                "<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{}</td>\
                 <td class=\"date\">{}</td><td>{}</td></tr>\n",
                anchor('m', place.article, place.claim),
                escape(&place.compared()),
                escape(&place.terms()),
                escape(place.when()),
                article(place.article, sheets),
            );
        }
        let table = table(&["figure", "of", "when", "in"], &rows);
        let caption = format!("<table>\n<caption>{}</caption>", escape(&fact));
        out += &format!("<div class=\"table\">{}</div>\n", table.replacen("<table>", &caption, 1));
    }
    out + "</section>\n"
}

/// What stands in several articles.
pub(super) fn duplicates(found: &[DuplicateRecord], sheets: &[Sheet<'_>]) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut items = String::new();
    for one in found {
        let links: Vec<String> = one.articles.iter().map(|&a| article(a, sheets)).collect();
        items += &format!("<li>{}: {}</li>\n", escape(&one.statement), links.join(", "));
    }
    format!(
        "<section id=\"repeated\">\n<h2>What articles repeat</h2>\n<ul>\n{items}</ul>\n</section>\n"
    )
}
