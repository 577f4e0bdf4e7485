//! A study as JSON, and its events as rows of a table.

use kinglet_core::answer::{DataVersion, Undefined};
use kinglet_core::numeric::confidence::Bounds;
use kinglet_core::numeric::significance::Finding;
use kinglet_core::quantity::{Spelling, Unit};
use kinglet_core::query::Expr;
use kinglet_core::study::{
    Bin, Choice, DeclaredStudy, Event, Excess, Figures, Followed, Inference, LEVEL, Model, Part,
    Report, Source, Split, State, Step, Summary, Variation, histogram, horizon,
};
use kinglet_core::time::Date;
use serde::Serialize;
use serde_json::Value;

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

/// The figures of a sample: rates in percent, values in the unit of the outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampleRecord {
    /// How many there are.
    pub n: usize,
    /// How many are above zero.
    pub hits: usize,
    /// In what part.
    pub hit_rate: Value,
    /// The mean.
    pub mean: Value,
    /// The middle one.
    pub median: Value,
    /// What a quarter does not exceed.
    pub lower_quartile: Value,
    /// What three quarters do not exceed.
    pub upper_quartile: Value,
    /// The lowest.
    pub worst: Value,
    /// The highest.
    pub best: Value,
}

/// How outcomes stand to chance: probabilities from 0 to 1, rates in percent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InferenceRecord {
    /// Of the hit rate (Wilson).
    pub hit_rate: [Value; 2],
    /// Of the mean (stationary bootstrap); null where all outcomes overlap.
    pub mean: Option<[Value; 2]>,
    /// The mean less that after any period.
    pub difference: Value,
    /// In what unit that is.
    pub difference_unit: &'static str,
    /// Its interval (stationary bootstrap); null where all outcomes overlap.
    pub difference_interval: Option<[Value; 2]>,
    /// In how many groups events fall whose outcomes overlap.
    pub groups: usize,
    /// The mean length of the blocks, in periods.
    pub block: Value,
    /// The probability of the mean at placebo dates.
    pub placebo_mean: Value,
    /// The probability of the hit rate at placebo dates.
    pub placebo_hits: Value,
    /// The sign test against the hit rate after any period.
    pub sign: Option<FindingRecord>,
    /// The t-test against the mean after any period.
    pub student: Option<FindingRecord>,
    /// The test of the portfolio in calendar time.
    pub calendar_time: Option<FindingRecord>,
    /// `placebo_mean` corrected for all outcomes by Šidák.
    pub sidak: Value,
    /// The same by Holm.
    pub holm: Value,
    /// The probability of the difference, by Romano and Wolf.
    pub romano_wolf: Option<Value>,
}

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FindingRecord {
    /// The statistic in units of its standard error.
    pub statistic: Value,
    /// Its probability.
    pub p_value: Value,
}

/// Outcomes beyond what was to be expected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExcessRecord {
    /// `mean`, `regression` or `adjusted`.
    pub model: &'static str,
    /// The series of the model.
    pub on: Vec<String>,
    /// From how many periods it is estimated.
    pub estimation: usize,
    /// How many periods lie between them and the first after the event.
    pub gap: usize,
    /// In what unit the values are.
    pub unit: &'static str,
    /// For each event, summed over the periods to the horizon; null where the data lack a window.
    pub cumulated: Vec<Option<Value>>,
    /// The mean of those.
    pub mean: Option<Value>,
    /// How strongly events move together.
    pub correlation: Option<Value>,
    /// What tests find.
    pub tests: Vec<TestRecord>,
}

/// What a test found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestRecord {
    /// Its name.
    pub name: &'static str,
    /// What it found.
    #[serde(flatten)]
    pub finding: FindingRecord,
}

/// A step of the path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepRecord {
    /// How long after the event.
    pub after: String,
    /// After the events.
    pub events: Option<SampleRecord>,
    /// After any period.
    pub any: Option<SampleRecord>,
}

/// A stretch of outcomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BinRecord {
    /// From here.
    pub from: Value,
    /// Up to, but not, here.
    pub to: Value,
    /// How many outcomes of events.
    pub events: usize,
    /// How many outcomes of any period.
    pub any: usize,
}

/// The study with another choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VariationRecord {
    /// `since` or `when`.
    pub choice: &'static str,
    /// What is chosen.
    pub value: String,
    /// After the events.
    pub events: Option<SampleRecord>,
    /// After any period.
    pub any: Option<SampleRecord>,
}

/// The study by states of the world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SplitRecord {
    /// The query that tells the states.
    pub by: String,
    /// The states.
    pub parts: Vec<PartRecord>,
}

/// One state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartRecord {
    /// `yes`, `no`; `low`, `middle`, `high`; `unknown`.
    pub state: &'static str,
    /// After the events in it.
    pub events: Option<SampleRecord>,
    /// After any period in it.
    pub any: Option<SampleRecord>,
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

impl SampleRecord {
    fn of(summary: &Summary, unit: Unit) -> SampleRecord {
        let value = |value| spelled(value, unit);
        SampleRecord {
            n: summary.n,
            hits: summary.hits,
            hit_rate: percent(summary.hit_rate),
            mean: value(summary.mean),
            median: value(summary.median),
            lower_quartile: value(summary.lower_quartile),
            upper_quartile: value(summary.upper_quartile),
            worst: value(summary.worst),
            best: value(summary.best),
        }
    }
}

impl InferenceRecord {
    fn of(inference: &Inference, figures: &Figures, unit: Unit) -> InferenceRecord {
        let of_difference = unit.sum(unit, true).unwrap_or(unit);
        let bounds =
            |bounds: &Bounds, unit| [spelled(bounds.low, unit), spelled(bounds.high, unit)];
        let mean = |summary: Option<Summary>| summary.map_or(0.0, |summary| summary.mean);
        let finding = |finding: &Option<Finding>| finding.as_ref().map(FindingRecord::from);
        InferenceRecord {
            hit_rate: bounds(&inference.hit_rate, Unit::Fraction),
            mean: inference.mean.as_ref().map(|mean| bounds(mean, unit)),
            difference: spelled(mean(figures.events) - mean(figures.any), of_difference),
            difference_unit: of_difference.spelling().name(),
            difference_interval: inference.difference.as_ref().map(|d| bounds(d, of_difference)),
            groups: inference.groups,
            block: number(inference.block),
            placebo_mean: number(inference.placebo_mean),
            placebo_hits: number(inference.placebo_hits),
            sign: finding(&inference.sign),
            student: finding(&inference.student),
            calendar_time: finding(&inference.calendar_time),
            sidak: number(inference.sidak),
            holm: number(inference.holm),
            romano_wolf: inference.romano_wolf.map(number),
        }
    }
}

impl StepRecord {
    fn of(step: &Step, unit: Unit) -> StepRecord {
        let sample = |summary: &Option<Summary>| summary.map(|s| SampleRecord::of(&s, unit));
        StepRecord {
            after: step.length.to_string(),
            events: sample(&step.events),
            any: sample(&step.any),
        }
    }
}

impl ExcessRecord {
    fn of(excess: &Excess, unit: Unit) -> ExcessRecord {
        let unit = unit.sum(unit, true).unwrap_or(unit);
        let (model, on): (_, &[Expr]) = match &excess.expectation.model {
            Model::Mean => ("mean", &[]),
            Model::Regression(on) => ("regression", on),
            Model::Adjusted(other) => ("adjusted", std::slice::from_ref(other)),
        };
        let test = |(name, finding): &(&'static str, Finding)| TestRecord {
            name,
            finding: FindingRecord::from(finding),
        };
        ExcessRecord {
            model,
            on: on.iter().map(ToString::to_string).collect(),
            estimation: excess.expectation.estimation,
            gap: excess.expectation.gap,
            unit: unit.spelling().name(),
            cumulated: excess
                .cumulated
                .iter()
                .map(|car| car.map(|car| spelled(car, unit)))
                .collect(),
            mean: excess.mean.map(|mean| spelled(mean, unit)),
            correlation: excess.correlation.map(number),
            tests: excess.tests.iter().map(test).collect(),
        }
    }
}

impl From<&Finding> for FindingRecord {
    fn from(finding: &Finding) -> Self {
        FindingRecord { statistic: number(finding.statistic), p_value: number(finding.p_value) }
    }
}

/// The bins of an outcome.
fn bins(followed: &Followed) -> Vec<BinRecord> {
    let unit = followed.unit;
    let record = |bin: Bin| BinRecord {
        from: spelled(bin.from, unit),
        to: spelled(bin.to, unit),
        events: bin.events,
        any: bin.any,
    };
    histogram(&followed.values(), &followed.any_values()).into_iter().map(record).collect()
}

impl VariationRecord {
    fn of(variation: &Variation, unit: Unit) -> VariationRecord {
        let sample = |summary: &Option<Summary>| summary.map(|s| SampleRecord::of(&s, unit));
        let (choice, value) = match &variation.choice {
            Choice::Since(since) => ("since", since.to_string()),
            Choice::Condition(condition) => ("when", condition.to_string()),
        };
        VariationRecord {
            choice,
            value,
            events: sample(&variation.events),
            any: sample(&variation.any),
        }
    }
}

impl SplitRecord {
    fn of(split: &Split, unit: Unit) -> SplitRecord {
        let part = |part: &Part| PartRecord {
            state: state_name(part.state),
            events: part.events.map(|s| SampleRecord::of(&s, unit)),
            any: part.any.map(|s| SampleRecord::of(&s, unit)),
        };
        SplitRecord { by: split.by.to_string(), parts: split.parts.iter().map(part).collect() }
    }
}

/// The word for a state.
fn state_name(state: State) -> &'static str {
    match state {
        State::Yes => "yes",
        State::No => "no",
        State::Low => "low",
        State::Middle => "middle",
        State::High => "high",
        State::Unknown => "unknown",
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
