//! What dates must fit: a weekday its date, a record the levels before it.

use super::{Relation, RelationKind, end_of, half, is_plain};
use crate::article::{Claim, Named, marks};
use crate::diagnostic::Span;
use crate::time::Grain;
use crate::verdict::Context;

/// The days of the week as articles write them.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A weekday that is printed right before its date: `on Friday, August 22, 2025`. Dates without
/// their year are left alone, as the year may be another one.
pub(super) fn weekdays(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    let mut sentences: Vec<Span> = claims.iter().map(|c| c.sentence).collect();
    sentences.dedup();
    let mut found = Vec::new();
    for span in sentences {
        let text = context.slice(span);
        if !WEEKDAYS.iter().any(|weekday| text.contains(weekday)) {
            continue;
        }
        for (date, named) in marks(text, context.published).times {
            let Named::Calendar(p) = named else { continue };
            let printed = text.get(date.start..date.end).unwrap_or_default();
            let before = text.get(..date.start).unwrap_or_default();
            let before = before.trim_end_matches([' ', ',', '(']);
            let day = p.first_day();
            let is_weekday = |w: &&&str| before.ends_with(**w) || printed.starts_with(**w);
            let Some(weekday) = WEEKDAYS.iter().find(is_weekday) else { continue };
            if p.grain != Grain::Day || !printed.contains(&day.year().to_string()) {
                continue;
            }
            let right = day.strftime("%A").to_string();
            let indexes = claims.iter().enumerate().filter(|(_, c)| c.sentence == span);
            found.push(Relation {
                kind: RelationKind::Weekday,
                claims: indexes.map(|(i, _)| i).collect(),
                holds: right == **weekday,
                statement: format!("{day} is a {right}, printed {weekday}"),
            });
        }
    }
    found
}

/// A level that is called a record must not lie below a level of a day before.
pub(super) fn records(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    const WORDS: [&str; 6] = [
        "record of",
        "record close of",
        "record high of",
        "record closing high of",
        "all-time high of",
        "all-time closing high of",
    ];
    let mut found = Vec::new();
    for (i, record) in claims.iter().enumerate() {
        let before = context.slice(Span::new(record.sentence.start, record.span.start));
        let before = before.trim_end().to_lowercase();
        let called = WORDS.iter().any(|words| before.ends_with(words));
        let Some(day) = record.period.and_then(end_of) else { continue };
        if record.metric != "level" || !called || !is_plain(record) {
            continue;
        }
        let higher = claims.iter().enumerate().find(|(_, c)| {
            c.metric == "level"
                && c.entity == record.entity
                && is_plain(c)
                && c.period.and_then(end_of).is_some_and(|other| other < day)
                && c.value > record.value + half(record) + half(c)
        });
        let Some((j, level)) = higher else { continue };
        let (a, b) = (&level.printed.text, &record.printed.text);
        found.push(Relation {
            kind: RelationKind::Record,
            claims: vec![i, j],
            holds: false,
            statement: format!("{a} of an earlier day is above the record, printed {b}"),
        });
    }
    found
}
