//! What pages that report figures have in common: tables, charts, how they look.

use kinglet_core::note::Plot;

use super::escape;
use crate::chart::{Fit, picture};

/// What such a page has beyond the base.
pub(crate) const STYLE: &str = include_str!("report.css");

/// A table; the cells of a row are markup, and so are the heads.
pub(crate) fn table<H: AsRef<str>>(caption: &str, heads: &[H], rows: &[Vec<String>]) -> String {
    let head = |head: &H| format!("<th scope=\"col\">{}</th>", head.as_ref());
    let heads: String = heads.iter().map(head).collect();
    let row = |cells: &Vec<String>| {
        let cell = |(i, text): (usize, &String)| match i {
            0 => format!("<th scope=\"row\">{text}</th>"),
            _ => format!("<td>{text}</td>"),
        };
        format!("<tr>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"table\"><table>\n<caption>{caption}</caption>\n\
         <thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// A chart with its title and caption, drawn for wide and for narrow screens.
pub(crate) fn figure(title: &str, caption: &str, of: &Plot) -> String {
    format!(
        "<figure>\n<p class=\"title\">{}</p>\n<div class=\"wide\">{}</div>\n\
         <div class=\"narrow\">{}</div>\n<figcaption>{}</figcaption>\n</figure>\n",
        escape(title),
        picture(of, (title, caption), Fit::Wide),
        picture(of, (title, caption), Fit::Narrow),
        escape(caption),
    )
}
