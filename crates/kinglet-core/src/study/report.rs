//! All that is told of a study: figures, chance, the way there, other choices, states of the world.

use super::abnormal::{Excess, Expectation, excess};
use super::fan::{Step, fan};
use super::inference::{Chance, Inference, infer};
use super::outcome::follow;
use super::split::{Split, split};
use super::variation::{Variation, variations};
use super::{Design, EVENTS_MIN, Followed, Source, Study, Summary, event, horizon};
use crate::answer::{Notice, Undefined};
use crate::query::{Bounds, Evaluator, Expr};
use crate::time::{Grain, Length, LengthUnit};

/// What is asked of a study beyond its design.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The queries by which events are split.
    pub splits: Vec<Expr>,
    /// What was to be expected without the events.
    pub expectation: Option<Expectation>,
    /// What is drawn.
    pub chance: Chance,
}

/// A study with all that is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What was asked.
    pub design: Design,
    /// What was found.
    pub study: Study,
    /// The figures of each outcome.
    pub figures: Vec<Figures>,
    /// The way from the events to the outcome that is told first.
    pub fan: Vec<Step>,
    /// That outcome with other choices.
    pub variations: Vec<Variation>,
    /// That outcome by states of the world.
    pub splits: Vec<Split>,
    /// That outcome beyond what was to be expected, if that was asked.
    pub excess: Option<Excess>,
    /// What draws are made.
    pub chance: Chance,
    /// What the reader should know.
    pub warnings: Vec<Notice>,
}

/// The figures of one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Of the events; none where none has an outcome.
    pub events: Option<Summary>,
    /// Of any period.
    pub any: Option<Summary>,
    /// How they stand to chance; none of too few events.
    pub inference: Option<Inference>,
    /// How many of the outcomes do not overlap.
    pub apart: usize,
}

impl Report {
    /// Runs a study and what belongs to it; `told` is told what share of the draws is made.
    ///
    /// # Errors
    /// As [`Study::run`]; `look_ahead` where a state by which events are split was not known.
    pub fn of(
        evaluator: &Evaluator<'_>,
        design: Design,
        asked: &Asked,
        told: &dyn Fn(f64),
    ) -> Result<Report, Undefined> {
        let (design, begun) = begun(evaluator, design)?;
        let mut found = event::find(evaluator, &design)?;
        found.notices.splice(0..0, begun);
        let study = Study::of(evaluator, &design, &found)?;
        let step = |followed: &Followed| {
            let one = horizon::over(&followed.query, one_period(study.grain));
            follow(evaluator, &one, &found).ok()
        };
        let steps: Vec<Option<Followed>> = study.followed.iter().map(step).collect();
        let inferences = infer(&study, &steps, asked.chance, told);
        let figures = study.followed.iter().zip(inferences).map(|(followed, inference)| Figures {
            events: Summary::of(&followed.values()),
            any: Summary::of(&followed.any_values()),
            inference,
            apart: followed.apart(&study.events),
        });
        let figures: Vec<Figures> = figures.collect();
        let (mut varied, mut parts, mut path) = (Vec::new(), Vec::new(), Vec::new());
        let mut beyond = None;
        if let (Some(told), false) = (study.followed.get(design.primary), study.events.is_empty()) {
            varied = variations(evaluator, &design, &found, told)?;
            let split = |by: &Expr| split(evaluator, by, &study, told);
            parts = asked.splits.iter().map(split).collect::<Result<_, _>>()?;
            path = fan(evaluator, &told.query, &found);
            beyond = match &asked.expectation {
                Some(expectation) => Some(excess(evaluator, &study, told, expectation)?),
                None => None,
            };
        }
        let warnings = warnings(&study, &figures);
        Ok(Report {
            design,
            study,
            figures,
            fan: path,
            variations: varied,
            splits: parts,
            excess: beyond,
            chance: asked.chance,
            warnings,
        })
    }
}

/// A study that is asked from before the data begin, begun with them, and a notice of it: what is
/// looked at is told with the figures, so they answer no other question than is told. Of a figure
/// alone that is not so, and the query `study(…)` says that there is no answer.
fn begun(evaluator: &Evaluator<'_>, design: Design) -> Result<(Design, Option<Notice>), Undefined> {
    let Bounds { since: Some(since), until } = design.bounds else { return Ok((design, None)) };
    let Source::Condition(condition) = &design.source else { return Ok((design, None)) };
    let whole = Bounds { since: None, until };
    let family = evaluator.family(condition, whole)?;
    let first = family.members.first().map(|member| member.period);
    let Some(first) = first.filter(|first| first.first_day() > since.first_day()) else {
        return Ok((design, None));
    };
    let text = format!("`{condition}` can be told from {first} on, not from {since}");
    let notice = Notice { code: "clipped", text };
    Ok((Design { bounds: whole, ..design }, Some(notice)))
}

/// The time from one period of a family to the next.
fn one_period(grain: Grain) -> Length {
    let (count, unit) = match grain {
        Grain::Day => (1, LengthUnit::Sessions),
        Grain::Week => (1, LengthUnit::Weeks),
        Grain::Month => (1, LengthUnit::Months),
        Grain::Quarter => (3, LengthUnit::Months),
        Grain::Half => (6, LengthUnit::Months),
        Grain::Year => (1, LengthUnit::Years),
    };
    Length { count, unit }
}

/// What keeps the figures from saying more.
fn warnings(study: &Study, figures: &[Figures]) -> Vec<Notice> {
    let mut warnings = study.notices.clone();
    let mut warn = |code, text| warnings.push(Notice { code, text });
    if study.events.is_empty() {
        let (first, last) = (study.periods.first(), study.periods.last());
        let bounds = first.zip(last).map_or_else(String::new, |(a, b)| format!(", {a} to {b}"));
        let count = study.periods.len();
        let noun = if count == 1 { "period that was" } else { "periods that were" };
        warn("no_event", format!("no event in {count} {noun} looked at{bounds}"));
        return warnings;
    }
    for (followed, figures) in study.followed.iter().zip(figures) {
        let n = figures.events.map_or(0, |events| events.n);
        let query = &followed.query;
        if n < EVENTS_MIN {
            let few = match n {
                0 => "no outcome is known".to_owned(),
                1 => "one outcome is too few to tell from chance".to_owned(),
                _ => format!("{n} outcomes are too few to tell from chance"),
            };
            warn("too_few", format!("`{query}`: {few}; nothing is tested"));
        }
        let lacking = followed.cases.iter().filter_map(|case| case.as_ref().err());
        let mut lacking = lacking.filter(|why| why.code != "not_over");
        if let Some(why) = lacking.next() {
            let (count, all) = (1 + lacking.count(), study.events.len());
            let text = format!("`{query}`: no outcome of {count} of {all} events: {}", why.reason);
            warn("no_outcome", text);
        }
        if figures.apart < n {
            let text = format!(
                "`{query}`: outcomes overlap; of {n} no more than {} lie apart from each other",
                figures.apart
            );
            warn("overlap", text);
        }
    }
    warnings
}
