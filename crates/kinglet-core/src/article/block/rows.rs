//! Which lines are rows of a table without bars: columns aligned with blanks or tabs, columns that
//! a page ran together, and cells that it put below each other.

mod glued;

use std::ops::RangeInclusive;

use super::super::date::month_number;

/// The lines of each row, in order.
pub(super) fn rows(text: &str) -> Vec<RangeInclusive<usize>> {
    let lines: Vec<&str> = text.lines().chain([""]).map(str::trim).collect();
    let columns: Vec<Option<usize>> = lines.iter().map(|line| columns(line)).collect();
    let single = aligned(&lines, &columns).into_iter().chain(flat(&lines, &columns));
    let mut rows: Vec<_> = single.map(|n| n..=n).collect();
    rows.extend(stacked(&lines));
    rows.extend(barred(&lines));
    rows.sort_unstable_by_key(|row| *row.start());
    rows.dedup_by(|row, before| row.start() <= before.end());
    rows
}

/// More figures below each other are no row of a table.
const COLUMNS_MAX: usize = 24;

/// Rows whose cells are lines of their own: a label and as many figures each time, three times or
/// more, under as many labels.
fn stacked(lines: &[&str]) -> Vec<RangeInclusive<usize>> {
    let filled: Vec<usize> = (0..lines.len()).filter(|&n| !lines[n].is_empty()).collect();
    let is_year = |line: &str| line.len() == 4 && line.parse::<u16>().is_ok();
    let is_cell = |line: &str| is_cell(line) && !is_year(line);
    let is_figure = |at: usize| filled.get(at).is_some_and(|n| is_cell(lines[*n]));
    let is_label =
        |at: usize| filled.get(at).is_some_and(|n| is_title(lines[*n]) && !is_cell(lines[*n]));
    let mut rows = Vec::new();
    let mut at = 0;
    while at < filled.len() {
        let figures = (at + 1..).take(COLUMNS_MAX).take_while(|n| is_figure(*n)).count();
        let width = figures + 1;
        let row = |n: &usize| {
            let first = at + n * width;
            is_label(first) && (1..width).all(|i| is_figure(first + i)) && !is_figure(first + width)
        };
        let heads = (1..=width).take_while(|n| at >= *n && is_label(at - n)).count();
        // counted only where what is counted is not looked at again
        let count = || (0..).take_while(row).count();
        let count = if figures < 2 || heads < figures { 0 } else { count() };
        if count < 3 {
            at += 1;
            continue;
        }
        let end = at + count * width;
        rows.push(filled[at - heads]..=filled[at - 1]);
        rows.extend((at..end).step_by(width).map(|n| filled[n]..=filled[n + width - 1]));
        at = end;
    }
    rows
}

/// Rows between bars whose cells are lines of their own: a bar alone, and lines that end in one.
fn barred(lines: &[&str]) -> Vec<RangeInclusive<usize>> {
    let is_cell = |line: &&&str| line.len() > 1 && line.find('|') == Some(line.len() - 1);
    let opens = (0..lines.len()).filter(|&n| lines[n] == "|");
    let row = |first: usize| first..=first + lines[first + 1..].iter().take_while(is_cell).count();
    opens.map(row).filter(|row| row.end() - row.start() >= 2).collect()
}

/// Whether a line may be the label of a row or column: few words, and no sentence.
fn is_title(line: &str) -> bool {
    const TITLE_MAX: usize = 40;
    line.len() <= TITLE_MAX
        && !line.ends_with(['.', '!', '?', ';', ':', ','])
        && !line.contains('|')
}

/// Rows whose columns one blank alone parts: `Small companies -27.2% -20.2% 4.4%`, at least two
/// with as many figures, under a line that names them.
fn flat(lines: &[&str], columns: &[Option<usize>]) -> Vec<usize> {
    let mut rows = Vec::new();
    let filled: Vec<usize> = (0..lines.len()).filter(|&n| !lines[n].is_empty()).collect();
    let figures = |n: &usize| if columns[*n].is_none() { figures(lines[*n]) } else { 0 };
    let counts: Vec<usize> = filled.iter().map(figures).collect();
    let mut at = 0;
    while at < filled.len() {
        let count = counts[at];
        let run = counts[at..].iter().take_while(|other| **other == count).count();
        if count >= 2 && run >= 2 {
            let head = at.checked_sub(1).map(|head| filled[head]);
            let head = head.filter(|head| heads(lines[*head], lines[filled[at]]));
            // without a head figures that run together say nothing
            if head.is_some() || !spaced(lines[filled[at]]).is_empty() {
                rows.extend(head);
                rows.extend(&filled[at..at + run]);
            }
        }
        at += run;
    }
    rows
}

/// How many figures end a line without wide gaps that begins with a label; none in prose.
fn figures(line: &str) -> usize {
    let cells = cells(line);
    let label = cells.first().map_or("", |first| &line[..*first]);
    const LABEL_MAX: usize = 60;
    // levels have no fraction, but three figures or more side by side are no prose
    let fine = line[label.len()..].contains(['.', '%']) || cells.len() >= 3;
    if fine && label.len() <= LABEL_MAX { cells.len() } else { 0 }
}

/// Where the cells begin that end a line; its first word is never one of them.
pub(in super::super) fn cells(line: &str) -> Vec<usize> {
    let cells = listed(line).unwrap_or_else(|| spaced(line));
    let cells = if cells.is_empty() { glued::cells(line) } else { cells };
    if cells.is_empty() { described(line) } else { cells }
}

/// Where the cells begin of a row that words end behind two figures or more: `Russell 2000 0.98%
/// -3.67% Small companies`.
fn described(line: &str) -> Vec<usize> {
    const LINE_MAX: usize = 120;
    if line.len() > LINE_MAX || !line.contains(['.', '%']) {
        return Vec::new();
    }
    let last = line.rfind(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let Some(gap) = line[last..].find(' ').map(|gap| last + gap) else { return Vec::new() };
    let mut starts = spaced(&line[..gap]);
    let fine = starts.first().is_some_and(|first| {
        line[*first..gap].split(' ').all(|figure| figure.contains(['.', '%']))
    });
    if starts.len() < 2 || !fine || is_sentence(line) {
        return Vec::new();
    }
    starts.push(gap + 1);
    starts
}

/// Where the cells of a row begin that no blank parts from the one before, under which another row
/// may stand.
pub(in super::super) fn cuts(line: &str, below: Option<&str>) -> Vec<usize> {
    let own = glued::cells(line);
    if !own.is_empty() {
        return own;
    }
    let columns = |below: &str| match columns(below) {
        Some(columns) => columns - 1,
        None => glued::cells(below).len(),
    };
    let below = below.map(columns).filter(|columns| *columns >= 2);
    below.and_then(|columns| glued::heads(line, columns)).unwrap_or_default()
}

/// Whether a line may be the head of a row that stands under it.
fn heads(line: &str, row: &str) -> bool {
    match glued::cells(row).len() {
        0 => names_columns(line),
        columns => glued::heads(line, columns).is_some(),
    }
}

/// Where the cells begin that commas part behind the colon of a label: `DJIA: 0.6%, 1.9%, 2.9%`.
fn listed(line: &str) -> Option<Vec<usize>> {
    let (label, list) = line.split_once(": ")?;
    let mut starts = Vec::new();
    let mut at = label.len() + 2;
    for cell in list.split(", ") {
        if !is_cell(cell.trim()) {
            return None;
        }
        starts.push(at);
        at += cell.len() + 2;
    }
    (starts.len() >= 2).then_some(starts)
}

/// Where the cells begin that one blank alone parts.
fn spaced(line: &str) -> Vec<usize> {
    let mut ends = line.len();
    let mut starts = Vec::new();
    loop {
        // "-8 bps"
        let figure =
            ["bps", "bp", "pts", "%"].iter().find_map(|unit| line[..ends].strip_suffix(unit));
        let figure =
            figure.filter(|figure| figure.ends_with(' ')).map_or(ends, |f| f.trim_end().len());
        let begun = |word: &str| starts.is_empty() && is_slashed(word);
        let gap = line[..figure].rfind(' ').filter(|gap| {
            let word = &line[gap + 1..figure];
            is_cell(word) || begun(word)
        });
        let gap = gap.filter(|gap| !is_dated(&line[..*gap]));
        let Some(gap) = day_between(&line[..figure]).unwrap_or(gap) else { break };
        starts.push(gap + 1);
        ends = gap;
    }
    starts.reverse();
    starts
}

/// The blank before a day with its year that ends a text behind a figure, or no blank if it begins
/// the text: `1,519.78 30 Oct 2007`. None if it ends in no such day.
fn day_between(text: &str) -> Option<Option<usize>> {
    let is_day = |word: &str| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let year = text.rsplit(' ').next().filter(|word| word.len() == 4)?;
    year.parse::<u16>().ok().filter(|year| (1800..2200).contains(year))?;
    let mut words = text.rsplitn(4, ' ').skip(1);
    let (second, first) = (words.next()?, words.next()?);
    let is_month = |word: &str| month_number(&word.trim_end_matches('.').to_lowercase()).is_some();
    if !(is_day(first) && is_month(second)
        || is_month(first) && is_day(second.trim_end_matches(',')))
    {
        return None;
    }
    match words.next() {
        None => Some(None),
        Some(before) => {
            let behind = is_cell(before.rsplit(' ').next().unwrap_or_default());
            behind.then_some(Some(before.len()))
        }
    }
}

/// Whether a text ends in the day of a date whose year follows: `Closing value on September 22,`.
fn is_dated(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.strip_suffix(',').is_some_and(|day| day.parse::<u8>().is_ok_and(|day| day <= 31))
}

/// `-20.2%`, `(3.4)`, `$1,024.50`, `N/A`, `--`: what stands in a cell.
pub(super) fn is_cell(word: &str) -> bool {
    let bare = word
        .trim_matches(['(', ')', '+', '-', '\u{2013}', '\u{2014}', '\u{2212}', '$', '%', '*', 'x']);
    let digits = bare.contains(|c: char| c.is_ascii_digit());
    let number = digits && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    // of a name: `Russell 2000`
    let named = matches!(
        word.trim_end_matches('*'),
        "100" | "400" | "500" | "600" | "1000" | "2000" | "3000"
    );
    let none = matches!(
        word,
        "N/A" | "n/a" | "NA" | "TBD" | "?" | "??" | "-" | "--" | "\u{2013}" | "\u{2014}"
    );
    number && !named && !word.ends_with([',', '.']) || none
}

/// `06/28/02`: the day on which something began, at the end of a row of figures.
fn is_slashed(word: &str) -> bool {
    let parts = || word.split('/');
    parts().count() == 3
        && parts().all(|part| matches!(part.len(), 1 | 2 | 4) && part.parse::<u16>().is_ok())
}

/// Whether a line may be a head: short, no sentence, without bars.
fn may_be_head(line: &str) -> bool {
    const HEAD_MAX: usize = 160;
    line.len() <= HEAD_MAX && !is_sentence(line) && !line.contains('|')
}

/// Whether a line may name columns: words that are no sentence.
fn names_columns(line: &str) -> bool {
    may_be_head(line) && line.contains(' ')
}

/// Rows of columns aligned with blanks or tabs: neighbours with gaps, most of which end in a
/// figure.
fn aligned(lines: &[&str], columns: &[Option<usize>]) -> Vec<usize> {
    let mut rows = Vec::new();
    let mut run: Vec<(usize, usize, bool)> = Vec::new();
    for (number, body) in lines.iter().enumerate() {
        let figure = ends_in_figure(body);
        let next = columns.get(number + 1).copied().flatten();
        let last = run.last().map(|(_, columns, _)| *columns);
        match columns[number] {
            Some(columns) => run.push((number, columns, figure)),
            None if !run.is_empty() && is_rule(body) => {}
            // a blank line parts rows of one table
            None if body.is_empty()
                && last.is_some_and(|n| n > 2)
                && next == last
                && ends_in_figure(lines[number + 1]) => {}
            // a row with a label alone opens a section
            None if last.is_some() && next.is_some() && is_label(body) => {
                run.push((number, 1, false));
            }
            None => {
                let widest = run.iter().map(|(_, columns, _)| *columns).max().unwrap_or(0);
                let figures = run.iter().filter(|(.., figure)| *figure).count();
                let body = run.iter().filter(|(_, columns, _)| *columns > 1).count();
                let body = body.saturating_sub(1);
                if widest >= 3 && body >= 1 && figures * 2 >= body || widest == 2 && figures >= 3 {
                    rows.extend(head_above(lines, &run));
                    rows.extend(run.iter().map(|(number, ..)| *number));
                }
                run.clear();
            }
        }
    }
    rows
}

/// The line above rows that all end in figures, if it is a head whose columns no gaps part.
fn head_above(lines: &[&str], run: &[(usize, usize, bool)]) -> Option<usize> {
    let (first, columns, _) = *run.first()?;
    if columns < 3 || run.len() < 2 || !run.iter().all(|(.., figure)| *figure) {
        return None;
    }
    let head = (0..first).rev().find(|above| !lines[*above].is_empty())?;
    let line = lines[head];
    let fits =
        glued::heads(line, columns - 1).is_some() || names_columns(line) && spaced(line).is_empty();
    fits.then_some(head)
}

fn ends_in_figure(line: &str) -> bool {
    line.ends_with(|c: char| c.is_ascii_digit() || "%)*".contains(c))
}

/// Whether a line between rows is the label of those that follow: `Total return`.
fn is_label(line: &str) -> bool {
    const LABEL_MAX: usize = 40;
    let figures = line.contains(|c: char| c.is_ascii_digit() || c == '|');
    !line.is_empty() && line.len() <= LABEL_MAX && !figures && !line.ends_with(['.', '!', '?', ';'])
}

/// What parts the cells of a line like a bar: a dash or a slash between blanks, twice or more.
pub(in super::super) fn bar(line: &str) -> Option<char> {
    let parts = |(_, gap): &(char, &str)| line.matches(gap).count() >= 2;
    let bars = [('\u{2014}', " \u{2014} "), ('/', " / ")];
    bars.into_iter().find(parts).map(|(bar, _)| bar)
}

/// How many columns a line has: short texts parted by tabs, wide gaps or dashes, not sentences
/// parted by two blanks. None for a line without a gap or with bars.
fn columns(line: &str) -> Option<usize> {
    const CELL_MAX: usize = 60;
    if line.len() > 400 || line.contains('|') {
        return None;
    }
    let wide = line.contains("  ");
    if !wide && !line.contains(['\t', '\u{2014}', '/']) {
        return None;
    }
    let gaps = || line.split('\t').flat_map(|part| part.split("  "));
    let cells: Vec<&str> = match bar(line).filter(|_| !wide) {
        Some(bar) => line.split(bar).map(|cell| cell.trim_matches(' ')).collect(),
        None => gaps().filter(|c| !c.is_empty()).collect(),
    };
    let plain = !cells.iter().any(|c| c.len() > CELL_MAX || is_sentence(c));
    (plain && cells.len() >= 2).then_some(cells.len())
}

/// Whether a text ends as a sentence does, and not with an abbreviation: `10 Yr.`, `5 yrs p.a.`.
fn is_sentence(text: &str) -> bool {
    const ABBREVIATION_MAX: usize = 5;
    let text = text.trim_end();
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.ends_with([':', '!', '?', ';'])
        || text.ends_with('.') && last.chars().count() > ABBREVIATION_MAX
}

/// `-----  -----`: a line drawn in characters.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | '_' | ' ' | '\t' | '─'))
}
