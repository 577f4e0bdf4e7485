//! Lens readings at 80 columns.

use kinglet::lens::{Lenses, Readings, Side};
use kinglet::wire::{AnswerRecord, BaseRateRecord, ReadingRecord, ReadingsRecord};

use crate::terminal::{CARE, FAINT, STRONG, styled};
use crate::text::{data_line, labelled};

/// A table of all lenses, why some have no reading, and what followed all months.
pub(super) fn all(record: &ReadingsRecord) -> String {
    let title = format!("Small companies against large ones on {}", record.data.as_of);
    let mut text = format!("{}\n\n", styled(STRONG, title));
    let head = ["lens", "reading", "measure", "rank", "a year later", "small led", "of"];
    text += &styled(FAINT, line(head.map(str::to_owned)));
    text.push('\n');
    for reading in record.readings.iter().filter(|r| r.reading.is_some()) {
        text += &row(reading);
    }
    let rate = &record.always;
    let [average, share, cases] = rates(Some(rate));
    let cells = ["all months".to_owned(), String::new(), String::new(), String::new()];
    let [a, b, c, d] = cells;
    text += &format!("{}\n", styled(FAINT, line([a, b, c, d, average, share, cases])));
    let without = record.readings.iter().filter(|r| r.reading.is_none());
    text += &reasons("No reading", without.map(|r| (r.lens.as_str(), reason(r))));
    let read = record.readings.iter().filter(|r| r.reading.is_some());
    let unranked = read.filter_map(|r| Some((&*r.lens, &*r.percentile.undefined.as_ref()?.reason)));
    text += &reasons("No rank, and nothing that followed", unranked);
    text += &format!("\n{}", wrapped(LEGEND));
    text + &format!("\n{}\n", styled(FAINT, data_line(&record.data)))
}

/// Lenses with what they lack and why, if there are any.
fn reasons<'a>(title: &str, lenses: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let lines: String = lenses.map(|(lens, reason)| wide(lens, reason)).collect();
    if lines.is_empty() { lines } else { format!("\n{}\n{lines}", styled(STRONG, title)) }
}

const LEGEND: &str = "rank: the share of month-ends, up to the last one, with no higher measure. A \
                      year later: the mean lead of small companies in the twelve months after such \
                      readings, how often they led, and of how many months, which overlap. \
                      `kinglet lens NAME` shows a rule and its queries.";

fn wrapped(text: &str) -> String {
    kinglet::render::plain::wrap(text, crate::terminal::WIDTH)
        .iter()
        .map(|line| format!("{}\n", styled(FAINT, line)))
        .collect()
}

/// The cells of a line under one another, 80 columns at most.
fn line([lens, reading, measure, rank, average, share, cases]: [String; 7]) -> String {
    let text =
        format!("{lens:<13}{reading:<15}{measure:>10}{rank:>7}{average:>14}{share:>11}{cases:>7}");
    text.trim_end().to_owned()
}

fn row(record: &ReadingRecord) -> String {
    let [average, share, cases] = rates(record.after.as_ref());
    let cells = [
        record.lens.clone(),
        side(record).to_owned(),
        short(&record.value),
        rounded(&record.percentile),
        average,
        share,
        cases,
    ];
    format!("{}\n", line(cells))
}

fn side(record: &ReadingRecord) -> &'static str {
    match record.reading {
        Some("favours_small") => "favours small",
        Some("favours_large") => "favours large",
        Some(_) => "neutral",
        None => "no reading",
    }
}

fn reason(record: &ReadingRecord) -> &str {
    record.undefined.as_ref().map_or("", |undefined| &undefined.reason)
}

fn rates(rate: Option<&BaseRateRecord>) -> [String; 3] {
    rate.map_or_else(Default::default, |rate| {
        [short(&rate.average), rounded(&rate.share), short(&rate.cases)]
    })
}

/// A value with the sign of its unit: `-8.1pp`, `-175bp`.
fn short(answer: &AnswerRecord) -> String {
    let Some(value) = answer.value.as_f64() else { return "-".to_owned() };
    match answer.unit {
        "percentage_points" => format!("{value:.1}pp"),
        "basis_points" => format!("{value:.0}bp"),
        "percent" => format!("{value:.1}%"),
        "count" => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

fn rounded(answer: &AnswerRecord) -> String {
    answer.value.as_f64().map_or_else(|| "-".to_owned(), |value| format!("{value:.0}%"))
}

/// A longer label than those of answers.
fn wide(label: &str, text: &str) -> String {
    let lines = kinglet::render::plain::wrap(text, crate::terminal::WIDTH - 15);
    let label = |i| if i == 0 { label } else { "" };
    let line = |(i, line): (usize, &String)| format!("  {:<13}{line}\n", label(i));
    lines.iter().enumerate().map(line).collect()
}

/// One lens with its rule and every query.
pub(super) fn one(record: &ReadingsRecord) -> String {
    record.readings.iter().map(|reading| detail(reading, record)).collect::<String>()
        + &format!("\n{}\n", styled(FAINT, data_line(&record.data)))
}

fn detail(reading: &ReadingRecord, all: &ReadingsRecord) -> String {
    let style = if reading.reading.is_some() { STRONG } else { CARE };
    let title = format!("{} on {}: ", reading.lens, all.data.as_of);
    let mut text = format!("{title}{}\n\n", styled(style, side(reading)));
    text += &labelled("asks", &reading.asks);
    text += &labelled("for", &reading.because);
    if reading.undefined.is_some() {
        text += &labelled("because", reason(reading));
    }
    text.push('\n');
    text += &asked("measure", &reading.value);
    text += &asked("rank", &reading.percentile);
    text += &asked("small if", &reading.small);
    text += &asked("large if", &reading.large);
    text += &asked("months", &reading.coverage);
    if let Some(after) = &reading.after {
        text += &format!("\n{}\n", styled(STRONG, "What followed such readings"));
        text += &base_rate(after);
    }
    text += &format!("\n{}\n", styled(STRONG, "What followed all months"));
    text + &base_rate(&all.always)
}

fn base_rate(rate: &BaseRateRecord) -> String {
    let runs = rate.cases.notices.iter().find(|notice| notice.code == "runs");
    let runs = runs.map_or_else(String::new, |notice| labelled("", &notice.text));
    asked("mean", &rate.average) + &asked("led", &rate.share) + &asked("cases", &rate.cases) + &runs
}

/// A value or why there is none, then the query that asks for it: in one line, so that it can be
/// copied.
fn asked(label: &str, answer: &AnswerRecord) -> String {
    let mut text = labelled(label, &answer.display);
    if let Some(undefined) = &answer.undefined {
        text += &labelled("", &undefined.reason);
    }
    text + &format!("           {}\n", styled(FAINT, &answer.query))
}

/// A letter for each month and lens.
pub(super) fn grid(history: &[Readings], lenses: &Lenses) -> String {
    let names = lenses.rules().lenses.iter().enumerate();
    let legend: Vec<String> = names.map(|(i, rule)| format!("{} {}", i + 1, rule.name)).collect();
    let mut text = wrapped(&legend.join("  "));
    text += &wrapped("S favours small · L favours large · - neutral · . no reading");
    let head: String = (1..=legend.len()).map(|number| format!("{number:>4}")).collect();
    text += &format!("\n{}\n", styled(FAINT, format!("{:7}{head}", "month")));
    for readings in history {
        let letters = readings.readings.iter().map(|reading| match reading.side {
            Ok(Side::Small) => "   S",
            Ok(Side::Large) => "   L",
            Ok(Side::Neutral) => "   -",
            Err(_) => "   .",
        });
        text += &format!("{}{}\n", readings.at.month, letters.collect::<String>());
    }
    text
}
