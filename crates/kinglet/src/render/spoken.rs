//! A note as a script to be read aloud, in about three minutes: the headline, the summary, the case
//! for and the case against, the beginning of each further section while there is time, and what
//! the house states. Numbers are in words.

use kinglet_core::identity::KNOWN;
use kinglet_core::note::{Block, MONTHS, Note, Prose, Section};

use super::plain::{visible, wrap};
use crate::numerals::{cardinal, decimal, ordinal, year};

/// Words for three minutes, at a hundred and sixty a minute.
const WORDS_MAX: usize = 480;
/// Both sides of the case are told; each may take a third of what the sections have.
const CASES: [&str; 2] = ["case-for", "case-against"];
/// Columns of a line.
const WIDTH: usize = 80;

/// The script.
pub fn spoken(note: &Note) -> String {
    let mut script = vec![aloud(&note.headline), aloud(&note.standfirst)];
    let last: Vec<String> = note.statements.iter().map(|s| aloud(&s.prose)).collect();
    let mut left = WORDS_MAX;
    for text in script.iter().chain(&last) {
        left = left.saturating_sub(count(text));
    }
    let is_case = |section: &&Section| CASES.contains(&section.id.as_str());
    let each = left / 3;
    let cases: Vec<String> = note.sections.iter().filter(is_case).map(|s| said(s, each)).collect();
    left -= cases.iter().map(|text| count(text)).sum::<usize>();
    let mut cases = cases.into_iter();
    for section in &note.sections {
        let text = match is_case(&section) {
            true => cases.next().unwrap_or_default(),
            false => said(section, left),
        };
        left -= if is_case(&section) { 0 } else { count(&text) };
        script.push(text);
    }
    script.extend(last);
    script.retain(|paragraph| !paragraph.is_empty());
    let paragraphs: Vec<String> = script.iter().map(|p| wrap(p, WIDTH).join("\n")).collect();
    paragraphs.join("\n\n") + "\n"
}

/// A section under its heading, as far as so many words reach.
fn said(section: &Section, words_max: usize) -> String {
    let mut said = ended(&in_words(&section.heading));
    let heading = said.len();
    for text in told(section) {
        if count(&said) + count(&text) > words_max {
            break;
        }
        said = format!("{said} {text}");
    }
    match said.len() == heading {
        true => String::new(),
        false => said,
    }
}

/// What is told of a section: the first paragraph, and the list that it opens or that stands alone.
/// Tables and what follows are to be read.
fn told(section: &Section) -> Vec<String> {
    let list = |block: &Block| match block {
        Block::Bullets(bullets) => bullets.iter().map(|b| aloud(&b.prose)).collect(),
        _ => Vec::new(),
    };
    match section.blocks.as_slice() {
        [Block::Paragraph(prose), rest @ ..] => {
            let list = rest.first().map(list).unwrap_or_default();
            std::iter::once(aloud(prose)).chain(list).collect()
        }
        [first, ..] => list(first),
        [] => Vec::new(),
    }
}

fn aloud(prose: &Prose) -> String {
    ended(&in_words(&prose.text()))
}

fn ended(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text if text.ends_with(['.', '?', '!']) => text.to_owned(),
        text => format!("{text}."),
    }
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A text with every numeral in words, and the signs that a voice would not know.
fn in_words(text: &str) -> String {
    let text = visible(text).replace("S&P", "S and P").replace('&', " and ");
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
        let digits = from[..end.unwrap_or(from.len())].trim_end_matches([',', '.']);
        let (words, taken) = numeral(&mut out, digits, &from[digits.len()..]);
        out.push_str(&words);
        rest = &from[digits.len() + taken..];
    }
    out.push_str(rest);
    out.replace('\u{2212}', "minus ")
}

/// The words of a numeral, and how many bytes after it they stand for; a sign that was written
/// before it becomes a word.
fn numeral(before: &mut String, digits: &str, after: &str) -> (String, usize) {
    let plain: Option<u64> = digits.parse().ok();
    let dollars = before.ends_with('$');
    if dollars {
        before.pop();
    }
    let sign = before.chars().next_back().filter(|c| matches!(c, '-' | '+' | '\u{2212}'));
    let is_sign = |sign: char| {
        let head = &before[..before.len() - sign.len_utf8()];
        head.is_empty() || head.ends_with([' ', '(', '\n'])
    };
    let mut words = String::new();
    if let Some(sign) = sign.filter(|s| is_sign(*s)) {
        before.pop();
        words = if sign == '+' { "plus ".to_owned() } else { "minus ".to_owned() };
    }
    let named = KNOWN.iter().any(|known| {
        let name = known.name.replace("S&P", "S and P");
        name.strip_suffix(digits).is_some_and(|head| !head.is_empty() && before.ends_with(head))
    });
    let suffix = |text: &str| after.starts_with(text).then_some(text.len());
    let ranked = ["st", "nd", "rd", "th"].iter().find_map(|s| suffix(s));
    let day = is_month(before) && !after.starts_with('%');
    words += &match plain {
        Some(n) if ranked.is_some() || (day && n <= 31) => ordinal(n),
        Some(n) if !named && digits.len() == 4 && (1900..2100).contains(&n) && !dollars => year(n),
        Some(n) => cardinal(n),
        None => decimal(digits).unwrap_or_else(|| digits.to_owned()),
    };
    let units = [("%", " percent"), (" pp", " percentage points"), (" bp", " basis points")];
    let unit = units.iter().find_map(|(sign, name)| Some((suffix(sign)?, *name)));
    match (unit, ranked) {
        (Some((taken, name)), _) => (words + name, taken),
        (None, Some(taken)) => (words, taken),
        (None, None) if dollars => (words + " dollars", 0),
        (None, None) => (words, 0),
    }
}

/// Whether a text ends with the name of a month.
fn is_month(before: &str) -> bool {
    before.strip_suffix(' ').is_some_and(|head| MONTHS.iter().any(|m| head.ends_with(m)))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn sentences_are_read_as_one_says_them() {
        let cases = [
            (
                "On August 28, 2025 the Russell 2000 stood at 2,366.42.",
                "On August twenty-eighth, twenty twenty-five the Russell two thousand stood at two \
                 thousand three hundred sixty-six point four two.",
            ),
            (
                "The S&P 500 fell 3.1%, the best since 2008.",
                "The S and P five hundred fell three point one percent, the best since two \
                 thousand eight.",
            ),
            (
                "a gap of \u{2212}5.1 pp (+12 bp) on the 3rd day",
                "a gap of minus five point one percentage points (plus twelve basis points) on the \
                 third day",
            ),
            ("the 10-year yield, 14 of 17", "the ten-year yield, fourteen of seventeen"),
            ("$2,500 in 2000", "two thousand five hundred dollars in two thousand"),
            ("from 2020-2024", "from twenty twenty-twenty twenty-four"),
            ("without any", "without any"),
        ];
        for (text, words) in cases {
            assert_eq!(in_words(text), words);
        }
    }
}
