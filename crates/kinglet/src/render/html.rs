//! A note as one page: styles and charts inside, nothing from the network, no script.

mod card;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kinglet_core::note::{Block, Chart, Figure, NO_DATA, Note, Piece, Prose, Reference, Table};

use super::footnote::Numbers;
use super::plain::width;
use crate::chart::{Fit, draw};
use crate::html::{COLOURS, Document, escape};
use card::card;

/// What a note has beyond the base.
const STYLE: &str = include_str!("html/note.css");

/// The whole page.
pub fn html(note: &Note) -> String {
    let mut page = Page { numbers: Numbers::of(note), places: BTreeMap::new() };
    let start = note.sections.first().map_or("evidence", |section| section.id.as_str());
    let mut body = format!(
        "<a class=\"skip\" href=\"#{start}\">Skip to the text</a>\n<header>\n\
         <h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n</header>\n",
        page.prose(&note.headline),
        page.prose(&note.standfirst)
    );
    body += &contents(note);
    for section in &note.sections {
        let _ = writeln!(body, "<section id=\"{}\">", section.id);
        let _ = writeln!(body, "<h2>{}</h2>", escape(&section.heading));
        for block in &section.blocks {
            body.push_str(&page.block(note, block));
        }
        body.push_str("</section>\n");
    }
    body.push_str(&page.notes(note));
    body.push_str(&references(note));
    let stated = note.statements.iter().map(|statement| {
        let prose = page.prose(&statement.prose);
        format!("<p><b>{}.</b> {prose}</p>\n", escape(&statement.lead))
    });
    let stated: String = stated.collect();
    let _ = write!(body, "<footer>\n{stated}</footer>\n");
    Document { title: note.headline.text(), style: STYLE, script: "", body }.page()
}

/// A page being written: it counts the places at which each footnote is called.
struct Page<'a> {
    numbers: Numbers<'a>,
    places: BTreeMap<usize, usize>,
}

impl Page<'_> {
    fn block(&mut self, note: &Note, block: &Block) -> String {
        match block {
            Block::Paragraph(prose) => format!("<p>{}</p>\n", self.prose(prose)),
            Block::Bullets(bullets) => {
                let item = |page: &mut Self, lead: &str, prose: &Prose| {
                    format!("<li><b>{}.</b> {}</li>\n", escape(lead), page.prose(prose))
                };
                let items: String = bullets.iter().map(|b| item(self, &b.lead, &b.prose)).collect();
                format!("<ul>\n{items}</ul>\n")
            }
            Block::Table(table) => self.table(table),
            Block::Chart(id) => match note.chart(id) {
                Some(chart) => self.chart(chart),
                None => String::new(),
            },
        }
    }

    fn table(&mut self, table: &Table) -> String {
        let head = |name: &String| match name.as_str() {
            "" => "<td></td>".to_owned(),
            name => format!("<th scope=\"col\" role=\"columnheader\">{}</th>", escape(name)),
        };
        let heads: String = table.columns.iter().map(head).collect();
        let mut rows = String::new();
        for row in &table.rows {
            rows.push_str("<tr role=\"row\">");
            for (i, cell) in row.iter().enumerate() {
                let text = self.prose(cell);
                let column = table.columns.get(i).map_or("", String::as_str);
                rows += &match i {
                    0 => format!("<th scope=\"row\" role=\"rowheader\">{text}</th>"),
                    _ if text.is_empty() => "<td role=\"cell\"></td>".to_owned(),
                    _ => {
                        format!("<td role=\"cell\" data-column=\"{}\">{text}</td>", escape(column))
                    }
                };
            }
            rows.push_str("</tr>\n");
        }
        // A phone shows what has no room in columns as a card for each row.
        let class = if is_wide(table) { " class=\"cards\"" } else { "" };
        format!(
            "<div class=\"table\"><table role=\"table\"{class}>\n<caption>{}</caption>\n\
             <thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>\n\
             <tbody role=\"rowgroup\">\n{rows}</tbody>\n</table></div>\n",
            escape(&table.caption)
        )
    }

    fn chart(&mut self, chart: &Chart) -> String {
        let queries: Vec<String> =
            chart.queries.iter().map(|q| format!("<code>{}</code>", escape(q))).collect();
        format!(
            "<figure id=\"chart-{}\">\n<p class=\"title\">{}</p>\n<div class=\"wide\">{}</div>\n\
             <div class=\"narrow\">{}</div>\n<figcaption>{} {}</figcaption>\n</figure>\n",
            chart.id,
            escape(&chart.title),
            draw(chart, Fit::Wide),
            draw(chart, Fit::Narrow),
            escape(&chart.caption),
            queries.join(", "),
        )
    }

    fn prose(&mut self, prose: &Prose) -> String {
        prose
            .0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => escape(text).replace('\'', "\u{2019}"),
                Piece::Figure(figure) => self.figure(figure),
                Piece::Missing { reason, .. } => {
                    format!("<span class=\"missing\" title=\"{}\">{NO_DATA}</span>", escape(reason))
                }
            })
            .collect()
    }

    /// A figure links to its card; the card links back to each place.
    fn figure(&mut self, figure: &Figure) -> String {
        let number = self.numbers.of_figure(figure);
        let place = self.places.entry(number).or_default();
        *place += 1;
        format!(
            "<a class=\"figure\" id=\"r{number}-{place}\" href=\"#n{number}\" title=\"{}\">{}\
             <sup>{number}</sup></a>",
            escape(&figure.answer.query),
            minus(&escape(&figure.printed)),
        )
    }

    fn notes(&self, note: &Note) -> String {
        let mut items = String::new();
        for (number, figure) in (1..).zip(note.evidence()) {
            let places = self.places.get(&number).copied().unwrap_or_default();
            let in_text = (1..=places)
                .map(|place| (format!("r{number}-{place}"), format!("place {place} in the text")));
            let charts = note.charts.iter().filter(|chart| shows(chart, figure));
            let in_chart =
                charts.map(|chart| (format!("chart-{}", chart.id), escape(&chart.title)));
            items += &card(number, figure, &in_text.chain(in_chart).collect::<Vec<_>>());
        }
        format!(
            "<section id=\"evidence\">\n<h2>Evidence</h2>\n<p>Data {}, as of {}. Every figure \
             links to its card: the query, the value before rounding, the rows and the revision of \
             the definition.</p>\n<ol>\n{items}</ol>\n</section>\n",
            escape(&note.data.version),
            note.data.as_of
        )
    }
}

/// Whether the columns of a table need more letters than a phone has in a line.
fn is_wide(table: &Table) -> bool {
    const LETTERS: usize = 52;
    let rows = || table.rows.iter();
    let column = |at: usize| {
        let cells = rows().filter_map(|row| row.get(at)).map(|cell| width(&cell.text()));
        cells.max().unwrap_or(0).min(if at == 0 { 16 } else { LETTERS })
    };
    (0..table.columns.len()).map(column).sum::<usize>() > LETTERS
}

/// The definitions behind the figures.
fn references(note: &Note) -> String {
    let item = |reference: &Reference| {
        format!("<li><b>{}.</b> {}</li>\n", escape(&reference.name), escape(&reference.text))
    };
    let items: String = note.references.iter().map(item).collect();
    format!("<section id=\"references\">\n<h2>References</h2>\n<ol>\n{items}</ol>\n</section>\n")
}

/// The sections, for those who come with a keyboard or look for one of them.
fn contents(note: &Note) -> String {
    let item = |id: &str, name: &str| {
        let name = escape(name);
        format!("<li><a href=\"#{id}\">{name}</a></li>\n")
    };
    let items: String = note.sections.iter().map(|s| item(&s.id, &s.heading)).collect();
    format!(
        "<nav aria-label=\"Contents\">\n<ul>\n{items}{}</ul>\n</nav>\n",
        item("evidence", "Evidence") + &item("references", "References")
    )
}

/// Whether a chart prints the answer to a figure's query.
fn shows(chart: &Chart, figure: &Figure) -> bool {
    chart.figures().iter().any(|f| f.answer.query == figure.answer.query)
}

/// A drawing as a file of its own: it brings the colours that the page would give.
pub(super) fn with_colours(svg: &str) -> String {
    let style = format!(
        "<style>\n{COLOURS}text {{ font-family: system-ui, sans-serif; }}\n\
         svg {{ background: var(--paper); }}\n</style>\n<title>"
    );
    svg.replacen("<title>", &style, 1)
}

/// A leading hyphen is a minus.
fn minus(printed: &str) -> String {
    match printed.strip_prefix('-') {
        Some(size) => format!("\u{2212}{size}"),
        None => printed.to_owned(),
    }
}
