//! A study as JSON, and its events as rows of a table.

pub(super) mod chance;
pub(super) mod choice;
pub(super) mod sample;

use kinglet_core::answer::{DataVersion, Undefined};
use kinglet_core::quantity::{Spelling, Unit};
use kinglet_core::study::{
    DeclaredStudy, Event, Figures, Followed, LEVEL, Report, Source, Summary, horizon,
};
use kinglet_core::time::Date;
use serde::Serialize;
use serde_json::Value;

use self::chance::{ExcessRecord, InferenceRecord};
use self::choice::{SplitRecord, VariationRecord};
use self::sample::{BinRecord, SampleRecord, StepRecord, bins};
use super::answer::{NoticeRecord, UndefinedRecord};
use super::{DataRecord, Table, number};

/// `kinglet.study/1`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StudyRecord {
    /// The name of a study that ships; null for another.
    pub name: Option<String>,
    /// What it is about, of a study that ships.
    pub title: Option<String>,
    /// What an article said, of a study that ships.
    pub said: Option<String>,
    /// The study in one sentence.
    pub sentence: String,
    /// The condition; null where days are given.
    pub when: Option<String>,
    /// The outcome that is told first.
    pub then: String,
    /// The first period asked for.
    pub since: Option<String>,
    /// The last period asked for.
    pub until: Option<String>,
    /// How long after an event no other is counted.
    pub gap: Option<String>,
    /// How long before an event the condition did not hold.
    pub rest: Option<String>,
    /// How many periods were looked at.
    pub periods: usize,
    /// `month`, `day` …
    pub grain: &'static str,
    /// The first and the last of them.
    pub looked_at: Option<[String; 2]>,
    /// The events, oldest first.
    pub events: Vec<EventRecord>,
    /// The figures of each outcome.
    pub outcomes: Vec<OutcomeRecord>,
    /// The way from the events to the outcome that is told first.
    pub path: Vec<StepRecord>,
    /// The spread of that outcome.
    pub histogram: Vec<BinRecord>,
    /// That outcome with other choices.
    pub variations: Vec<VariationRecord>,
    /// That outcome by states of the world.
    pub splits: Vec<SplitRecord>,
    /// That outcome beyond what was to be expected; null where that was not asked.
    pub excess: Option<ExcessRecord>,
    /// What the reader should know.
    pub warnings: Vec<NoticeRecord>,
    /// The bootstrap of the intervals: `stationary` or `circular`.
    pub bootstrap: &'static str,
    /// The seed of all random numbers.
    pub seed: u64,
    /// How many other histories and how many placebos were drawn.
    pub resamples: usize,
    /// How often intervals hold the true value, in percent.
    pub level: Value,
    /// What was read.
    pub data: DataRecord,
    /// Name and number of this format.
    pub schema: &'static str,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRecord {
    /// The period in which the condition holds, or the day that is given.
    pub period: String,
    /// The session at whose close it is known.
    pub date: Date,
    /// What happened, of a day that is given.
    pub name: Option<String>,
    /// What followed, in the order of `outcomes`.
    pub outcomes: Vec<CaseRecord>,
}

/// What followed an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseRecord {
    /// The outcome in `unit` of its figures; null where there is none.
    pub value: Value,
    /// The session with whose close it is over.
    pub end: Option<Date>,
    /// Why there is none: `not_over` where the data end before it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undefined: Option<UndefinedRecord>,
}

/// The figures of an outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OutcomeRecord {
    /// What was asked: `return(RUT, +6m)`.
    pub then: String,
    /// How long after the event: `6m`.
    pub horizon: Option<String>,
    /// The study of this outcome as a query; null where days are given.
    pub query: Option<String>,
    /// The unit of its values.
    pub unit: &'static str,
    /// After the events.
    pub events: Option<SampleRecord>,
    /// After any period.
    pub any: Option<SampleRecord>,
    /// How many events have no outcome yet.
    pub censored: usize,
    /// How many outcomes lie apart from each other.
    pub apart: usize,
    /// How they stand to chance; null for fewer than five.
    pub inference: Option<InferenceRecord>,
}

/// A rate in percent.
fn percent(share: f64) -> Value {
    number(share * Spelling::Percent.per_unit())
}

/// A value in the usual spelling of its unit.
fn spelled(value: f64, unit: Unit) -> Value {
    number(value * unit.spelling().per_unit())
}

impl StudyRecord {
    /// The record of a report; of a study that ships, with its name.
    pub fn of(report: &Report, declared: Option<&DeclaredStudy>, data: &DataVersion) -> Self {
        let (design, study) = (&report.design, &report.study);
        let when = match &design.source {
            Source::Condition(condition) => Some(condition.to_string()),
            Source::Days(_) => None,
        };
        let unit = study.followed.get(design.primary).map_or(Unit::Ratio, |f| f.unit);
        let text = |of: fn(&DeclaredStudy) -> &String| declared.map(|study| of(study).clone());
        let looked_at = study.periods.first().zip(study.periods.last());
        StudyRecord {
            name: text(|study| &study.name),
            title: text(|study| &study.title),
            said: text(|study| &study.said),
            sentence: report.sentence(),
            when,
            then: design.outcomes.get(design.primary).map_or(String::new(), ToString::to_string),
            since: design.bounds.since.map(|bound| bound.to_string()),
            until: design.bounds.until.map(|bound| bound.to_string()),
            gap: design.spacing.gap.map(|length| length.to_string()),
            rest: design.spacing.rest.map(|length| length.to_string()),
            periods: study.periods.len(),
            grain: study.grain.name(),
            looked_at: looked_at.map(|(first, last)| [first.to_string(), last.to_string()]),
            events: (0..study.events.len()).map(|at| EventRecord::of(report, at)).collect(),
            outcomes: outcomes(report),
            path: report.fan.iter().map(|step| StepRecord::of(step, unit)).collect(),
            histogram: study.followed.get(design.primary).map_or_else(Vec::new, bins),
            variations: report.variations.iter().map(|v| VariationRecord::of(v, unit)).collect(),
            splits: report.splits.iter().map(|split| SplitRecord::of(split, unit)).collect(),
            excess: report.excess.as_ref().map(|excess| ExcessRecord::of(excess, unit)),
            warnings: report
                .warnings
                .iter()
                .map(|notice| NoticeRecord { code: notice.code, text: notice.text.clone() })
                .collect(),
            bootstrap: report.chance.blocks.name(),
            seed: report.chance.seed,
            resamples: report.chance.draws,
            level: percent(LEVEL),
            data: DataRecord::from(data),
            schema: "kinglet.study/1",
        }
    }
}

fn outcomes(report: &Report) -> Vec<OutcomeRecord> {
    let queries = report.design.queries("hit_rate").unwrap_or_default();
    let all = report.study.followed.iter().zip(&report.figures).enumerate();
    all.map(|(at, (followed, figures))| OutcomeRecord {
        query: queries.get(at).map(ToString::to_string),
        ..OutcomeRecord::of(followed, figures)
    })
    .collect()
}

impl EventRecord {
    fn of(report: &Report, at: usize) -> EventRecord {
        let event: &Event = &report.study.events[at];
        let case = |followed: &Followed| match &followed.cases[at] {
            Ok(case) => CaseRecord {
                value: spelled(case.value, followed.unit),
                end: Some(case.end),
                undefined: None,
            },
            Err(Undefined { code, reason }) => CaseRecord {
                value: Value::Null,
                end: None,
                undefined: Some(UndefinedRecord { code, reason: reason.clone() }),
            },
        };
        EventRecord {
            period: event.period.to_string(),
            date: event.date,
            name: event.name.clone(),
            outcomes: report.study.followed.iter().map(case).collect(),
        }
    }
}

impl OutcomeRecord {
    fn of(followed: &Followed, figures: &Figures) -> OutcomeRecord {
        let unit = followed.unit;
        let sample = |summary: &Option<Summary>| summary.map(|s| SampleRecord::of(&s, unit));
        OutcomeRecord {
            then: followed.query.to_string(),
            horizon: horizon(&followed.query).map(|length| length.to_string()),
            query: None,
            unit: unit.spelling().name(),
            events: sample(&figures.events),
            any: sample(&figures.any),
            censored: followed.censored(),
            apart: figures.apart,
            inference: figures.inference.as_ref().map(|i| InferenceRecord::of(i, figures, unit)),
        }
    }
}

/// One row for each event and outcome.
pub fn event_table(record: &StudyRecord) -> Table {
    let columns =
        ["event", "name", "known", "then", "outcome", "unit", "over", "undefined", "data_version"];
    let mut table = Table::new(&columns);
    for event in &record.events {
        for (case, outcome) in event.outcomes.iter().zip(&record.outcomes) {
            let undefined = case.undefined.as_ref();
            table.push(vec![
                event.period.clone().into(),
                event.name.clone().into(),
                event.date.to_string().into(),
                outcome.then.clone().into(),
                case.value.clone(),
                outcome.unit.into(),
                case.end.map(|end| end.to_string()).into(),
                undefined.map(|why| format!("{}: {}", why.code, why.reason)).into(),
                record.data.version.clone().into(),
            ]);
        }
    }
    table
}
