//! A published note asked again: does each query still give what was printed?
//!
//! Two questions are kept apart. *As known then*: the same query on what was public on the day of
//! the note. Where that gives another value, the note is to be corrected: a vendor restated a row,
//! a definition has a new revision, somebody altered the file. *As known now*: the same query with
//! all that is public by now. Where only that differs, the note was right and the record has moved
//! on: a figure was revised, an outcome has become known.

mod notice;
mod published;
mod record;

use std::collections::BTreeMap;

use kinglet_core::answer::{Answer, Outcome, Undefined};
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::note::stated;
use kinglet_core::quantity::{Spelling, display, grouped};
use kinglet_core::query::{Evaluator, Query, Reach};
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::view::View;
use serde_json::Value;

pub use notice::notice;
pub use published::{NOTE_MAX, Published};
pub use record::{ChangeRecord, PlaceRecord, ReasonRecord, Recheck};

use super::policies;
use crate::engine::Engine;
use crate::source::Source;
use crate::wire::{AnswerRecord, DataRecord, number};
use published::{Printed, Recorded};

/// Two values that differ by less, relative to their size, are the same.
const SAME: f64 = 1e-9;

/// Asks all of a note again, on the data of a source as known at a date.
///
/// # Errors
/// A diagnostic where the source cannot be read.
pub fn recheck(
    note: &Published,
    source: &Source,
    as_of: Option<Date>,
) -> Result<Recheck, Diagnostic> {
    let mut queries: Vec<(usize, Query)> = Vec::new();
    let mut unreadable = Vec::new();
    let recorded = note.evidence.values();
    for record in recorded.clone().filter(|record| record.is_asked()) {
        match record.query.parse() {
            Ok(query) => queries.push((record.number, query)),
            Err(diagnostic) => unreadable.push((record, diagnostic)),
        }
    }
    // a policy says itself what it needs, and statements are no series
    let engine = match recorded.clone().any(|record| !record.is_asked()) {
        true => Engine::open_reaching(Reach::Companies, source, as_of)?,
        false => {
            let asked: Vec<Query> = queries.iter().map(|(_, query)| query.clone()).collect();
            Engine::open_for(&asked, source, as_of)?
        }
    };
    let until = engine.view().until(Cutoff::end_of(note.as_of));
    let mut then = Again::of(note, &queries, &Evaluator::new(&until));
    let policies = policies::Again::on(&until);
    then.answers.extend(recorded.filter_map(|record| of_other(record, &policies, &until)));
    let now = Again::of(note, &queries, &Evaluator::new(engine.view()));
    let mut changed: Vec<ChangeRecord> = unreadable
        .into_iter()
        .map(|(record, diagnostic)| then.unreadable(record, &diagnostic))
        .collect();
    changed.extend(note.evidence.values().filter_map(|record| then.changed(record)));
    changed.sort_by_key(|change| change.number);
    let sound = |record: &&Recorded| changed.iter().all(|change| change.number != record.number);
    let since = note.evidence.values().filter(sound).filter_map(|record| now.since(record));
    Ok(Recheck {
        headline: note.headline.clone(),
        written_from: DataRecord { version: note.version.clone(), as_of: note.as_of },
        data: DataRecord::from(&engine.view().data()),
        figures: note.figures.len(),
        queries: note.evidence.len(),
        since: since.collect(),
        changed,
        schema: "kinglet.recheck/1",
    })
}

/// What a policy comes to on the data of a view, or what a publisher stated, as an answer.
fn of_other(
    record: &Recorded,
    policies: &policies::Again<'_>,
    view: &View,
) -> Option<(usize, Answer)> {
    let (value, code) = match &record.policy {
        Some(policy) => (policies.value(&policy.name, &policy.pointer), "policy"),
        None if record.stated => (stated(view, &record.query), "statement"),
        None => return None,
    };
    let spelling = value.as_ref().map_or(Spelling::Ratio, |quantity| quantity.unit.spelling());
    let answer = Answer {
        query: record.query.clone(),
        result: value.map(Outcome::bare).map_err(|reason| Undefined::new(code, reason)),
        spelling,
        data: view.data(),
        definition: None,
        evidence: String::new(),
    };
    Some((record.number, answer))
}

/// A note with the answers that its queries give again.
struct Again<'a> {
    note: &'a Published,
    answers: BTreeMap<usize, Answer>,
}

impl<'a> Again<'a> {
    fn of(note: &'a Published, queries: &[(usize, Query)], evaluator: &Evaluator<'_>) -> Self {
        let answers = queries.iter().map(|(number, query)| (*number, evaluator.answer(query)));
        Again { note, answers: answers.collect() }
    }

    /// What is otherwise on the same day.
    fn changed(&self, record: &Recorded) -> Option<ChangeRecord> {
        let answer = self.answers.get(&record.number)?;
        let new = AnswerRecord::from(answer);
        let same_value = same(record.value, answer.number()) && record.unit == new.unit;
        let places = self.places(record);
        if same_value && !places.iter().any(PlaceRecord::differs) {
            return None;
        }
        let mut why = reasons(record, answer, &new);
        if same_value {
            let text = "the note does not print what it records itself".to_owned();
            why.insert(0, ReasonRecord { code: "printed", text });
        } else if why.is_empty() {
            let text = "the rows that it names are the same: others behind it changed, or this \
                version of kinglet computes another value";
            why.push(ReasonRecord { code: "computed", text: text.to_owned() });
        }
        Some(change(record, (answer, &new), why, places))
    }

    /// What is known otherwise by now, where the query still asks of the same period.
    fn since(&self, record: &Recorded) -> Option<ChangeRecord> {
        let answer = self.answers.get(&record.number)?;
        let new = AnswerRecord::from(answer);
        let comparable = period(&new) == record.period && answer.result.is_ok();
        if !comparable || same(record.value, answer.number()) {
            return None;
        }
        let mut why = reasons(record, answer, &new);
        if why.is_empty() {
            let text = "more is public by now, such as outcomes after the day of the note";
            why.push(ReasonRecord { code: "later", text: text.to_owned() });
        }
        Some(change(record, (answer, &new), why, self.places(record)))
    }

    /// A query that this version does not understand.
    fn unreadable(&self, record: &Recorded, diagnostic: &Diagnostic) -> ChangeRecord {
        let text = format!("the query is not understood: {}", diagnostic.message);
        ChangeRecord {
            number: record.number,
            query: record.query.clone(),
            was: record.display.clone(),
            now: None,
            value_was: record.value.map_or(Value::Null, number),
            value_now: Value::Null,
            unit: record.unit.clone(),
            why: vec![ReasonRecord { code: "unreadable", text }],
            places: self.places(record),
        }
    }

    /// Where a query is printed, and what would stand there.
    fn places(&self, record: &Recorded) -> Vec<PlaceRecord> {
        let own = self.note.figures.iter().filter(|figure| figure.evidence == record.number);
        let place = |figure: &Printed| PlaceRecord {
            printed: figure.text.clone(),
            should_be: self.printed(figure),
            sentence: self
                .note
                .sentence(figure.sentence, |f| Some(f.text.clone()))
                .unwrap_or_default(),
            corrected: self.note.sentence(figure.sentence, |f| self.printed(f)),
        };
        own.map(place).collect()
    }

    /// What would be printed in the place of a figure.
    fn printed(&self, figure: &Printed) -> Option<String> {
        let Some(answer) = self.answers.get(&figure.evidence) else {
            let record = self.note.evidence.get(&figure.evidence)?;
            // what a policy comes to by now is another portfolio, and no correction
            return (!record.is_asked()).then(|| figure.text.clone());
        };
        let quantity = answer.result.as_ref().ok()?.quantity;
        figure.form?.print(quantity, answer.spelling)
    }
}

fn change(
    record: &Recorded,
    (answer, new): (&Answer, &AnswerRecord),
    why: Vec<ReasonRecord>,
    places: Vec<PlaceRecord>,
) -> ChangeRecord {
    let (was, now) = displayed(record, answer);
    ChangeRecord {
        number: record.number,
        query: record.query.clone(),
        was,
        now,
        value_was: record.value.map_or(Value::Null, number),
        value_now: new.value.clone(),
        unit: new.unit.to_owned(),
        why,
        places,
    }
}

/// What was and what is, with as many digits as show that they differ.
fn displayed(record: &Recorded, answer: &Answer) -> (String, Option<String>) {
    let spelling = answer.spelling;
    let Ok(outcome) = &answer.result else { return (record.display.clone(), None) };
    let now = |decimals| display(outcome.quantity.value, spelling, decimals);
    let least = spelling.decimals();
    let old = record.value.filter(|_| record.unit == spelling.name());
    let (Some(old), false) = (old, record.display != now(least)) else {
        return (record.display.clone(), Some(now(least)));
    };
    let was = |decimals| display(old / spelling.per_unit(), spelling, decimals);
    let decimals = (least..12).find(|d| was(*d) != now(*d)).unwrap_or(least);
    (was(decimals), Some(now(decimals)))
}

fn period(new: &AnswerRecord) -> Option<published::Period> {
    new.period.map(|p| published::Period { base: p.base, end: p.end })
}

/// What differs between what was recorded and what is found.
fn reasons(record: &Recorded, answer: &Answer, new: &AnswerRecord) -> Vec<ReasonRecord> {
    let mut why = Vec::new();
    let mut say = |code, text: String| why.push(ReasonRecord { code, text });
    if let Err(undefined) = &answer.result {
        say("undefined", undefined.reason.clone());
    }
    if let (Some(old), Some(new)) = (&record.definition, new.definition)
        && (old.name != new.name || old.revision != new.revision)
    {
        let was = format!("revision {} of {}", old.revision, old.name);
        say("definition", format!("revision {} of {} stands for {was}", new.revision, new.name));
    }
    if record.unit != new.unit {
        say("unit", format!("the unit is {}, and was {}", new.unit, record.unit));
    }
    if answer.result.is_ok() && period(new) != record.period {
        say("period", "the query comes to another period".to_owned());
    }
    for row in &new.rows {
        let old = record.rows.iter().find(|o| o.series == row.series && o.date == row.date);
        let Some(old) = old.filter(|old| !same(old.value, row.value.as_f64())) else { continue };
        let (now, was) = shown(row.value.as_f64(), old.value);
        say("restated", format!("{} on {} is {now}, and was {was}", row.series, row.date));
    }
    let (old, rows) = (record.rows.len(), new.rows.len());
    if answer.result.is_ok() && old != rows {
        say("rows", format!("it rests on {rows} rows, and rested on {old}"));
    }
    why
}

/// Two numbers with as many digits as show that they differ.
fn shown(new: Option<f64>, old: Option<f64>) -> (String, String) {
    let text = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| "no value".to_owned(), |v| grouped(&format!("{v:.decimals$}")))
    };
    let pairs = (2..12).map(|decimals| (text(new, decimals), text(old, decimals)));
    pairs.into_iter().find(|(new, old)| new != old).unwrap_or((text(new, 12), text(old, 12)))
}

/// Whether two values are the same, rounding of the record apart.
fn same(old: Option<f64>, new: Option<f64>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => (old - new).abs() <= SAME * old.abs().max(new.abs()).max(SAME),
        (None, None) => true,
        _ => false,
    }
}
