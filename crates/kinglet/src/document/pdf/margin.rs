//! The margins of pages: running heads and feet, and the numbers of pages.

use std::collections::BTreeMap;

use super::line::{Line, Page};

/// How much of a page its margins are, at the top and at the foot.
const MARGIN: f64 = 0.12;

/// How many lines a margin may have.
const LINES_MAX: usize = 3;

/// Leaves out what stands in the margins of several pages but for its figures, and bare numbers
/// of pages.
pub(super) fn leave_out(pages: &mut [Page]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut texts: Vec<String> = (0..page.lines.len())
            .filter(|&at| is_margin(page, at))
            .map(|at| text(page, at))
            .collect();
        texts.sort();
        texts.dedup();
        for text in texts {
            *seen.entry(text).or_default() += 1;
        }
    }
    for page in pages {
        let running = |at: usize| {
            let text = text(page, at);
            is_margin(page, at)
                && (is_page_number(&text) || seen.get(&text).is_some_and(|&times| times > 1))
        };
        let kept: Vec<Line> = (0..page.lines.len())
            .filter(|&at| !running(at))
            .filter_map(|at| page.lines.get(at).cloned())
            .collect();
        page.lines = kept;
    }
}

fn is_margin(page: &Page, at: usize) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    let head = at < LINES_MAX && line.baseline < MARGIN * page.height;
    let foot = at + LINES_MAX >= page.lines.len() && line.baseline > (1.0 - MARGIN) * page.height;
    head || foot
}

/// The words of a line with a sign for each number.
fn text(page: &Page, at: usize) -> String {
    let Some(line) = page.lines.get(at) else { return String::new() };
    let mut out = String::new();
    for c in line.text().to_lowercase().chars() {
        match c {
            c if c.is_ascii_digit() && out.ends_with('#') => {}
            c if c.is_ascii_digit() => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

/// `3`, `- 3 -`, `page 3 of 12`, `3/12`.
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| " -–—|.".contains(c));
    matches!(bare, "#" | "page #" | "page # of #" | "# of #" | "#/#" | "# / #" | "p. #")
}
