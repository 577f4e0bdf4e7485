//! Outcomes beyond what was to be expected, by a model that is estimated before each event.

use super::horizon::each;
use super::{Followed, Study};
use crate::answer::Undefined;
use crate::identity::Basis;
use crate::numeric::abnormal::{Abnormal, Expected, Layout};
use crate::numeric::mean;
use crate::numeric::performance::excess as less;
use crate::numeric::significance::{
    CalendarTime, Correlations, Finding, are_apart, boehmer, boehmer_adjusted, patell,
    patell_adjusted, rank, sign_generalised,
};
use crate::query::{Evaluator, Expr, Factor, RISKLESS, factors};
use crate::time::{CalendarPeriod, Grain};

/// What is expected, and from what it is estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The model.
    pub model: Model,
    /// From how many periods it is estimated.
    pub estimation: usize,
    /// How many periods lie between them and the first after the event: one is that of the event.
    pub gap: usize,
}

/// What would have been without the event; series are questions like the outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum Model {
    /// The mean of the periods before.
    Mean,
    /// A regression on other series: of one the market model, of several a factor model.
    Regression(Vec<Expr>),
    /// What another series did at the same time.
    Adjusted(Expr),
    /// A regression of what is above the riskless rate on the factors of Fama and French by month,
    /// by the name of the model. An outcome that is one return less another is above it as it is.
    Factors(&'static str),
}

/// The abnormal outcomes of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess {
    /// By which model.
    pub expectation: Expectation,
    /// The series of the model.
    pub on: Vec<String>,
    /// For each event its abnormal outcome, summed over the periods to the horizon; none where the
    /// data do not hold both windows.
    pub cumulated: Vec<Option<f64>>,
    /// The mean of those.
    pub mean: Option<f64>,
    /// How strongly events move together.
    pub correlation: Option<f64>,
    /// What tests find, by name; those that take events for independent only where no windows
    /// overlap.
    pub tests: Vec<(&'static str, Finding)>,
}

/// The abnormal outcomes of events.
///
/// # Errors
/// Why a series of the model has no value in any period.
pub(super) fn excess(
    evaluator: &Evaluator<'_>,
    study: &Study,
    followed: &Followed,
    expectation: &Expectation,
) -> Result<Excess, Undefined> {
    let mut own = series(evaluator, study, &followed.query)?;
    let (names, on) = explaining(evaluator, study, &expectation.model)?;
    if let (Model::Factors(_), Expr::Call(_)) = (&expectation.model, &followed.query) {
        let riskless = monthly(evaluator, study, RISKLESS)?;
        own = less(&own, &riskless);
    }
    let expected = match (&expectation.model, on.first()) {
        (Model::Adjusted(_), Some(market)) => Expected::Benchmark(market),
        _ => Expected::Regression(&on),
    };
    let of_event = |at: usize| {
        let case = followed.cases.get(at)?.as_ref().ok()?;
        let place = study.periods.binary_search(&study.events.get(at)?.start()).ok()?;
        let end = study.periods.partition_point(|period| period.last_day() < case.end);
        let last = isize::try_from(end.checked_sub(place)?).ok()?;
        let (estimation, gap) = (expectation.estimation, expectation.gap);
        let windows = Layout { estimation, gap, first: 1, last }.around(place, own.len())?;
        let abnormal = Abnormal::new(&own, expected, &windows)?;
        abnormal.returns.iter().all(|value| value.is_finite()).then_some(abnormal)
    };
    let each: Vec<Option<Abnormal>> = (0..study.events.len()).map(of_event).collect();
    let cumulated: Vec<Option<f64>> =
        each.iter().map(|event| event.as_ref().map(Abnormal::cumulated)).collect();
    let known: Vec<Abnormal> = each.into_iter().flatten().collect();
    let together = Correlations::of(&known);
    Ok(Excess {
        expectation: expectation.clone(),
        on: names,
        mean: mean(&cumulated.iter().flatten().copied().collect::<Vec<f64>>()),
        cumulated,
        tests: if known.len() < super::EVENTS_MIN {
            Vec::new()
        } else {
            tests(&known, together.as_ref())
        },
        correlation: together.as_ref().map(Correlations::mean),
    })
}

/// The series of a model, with their names.
fn explaining(
    evaluator: &Evaluator<'_>,
    study: &Study,
    model: &Model,
) -> Result<(Vec<String>, Vec<Vec<f64>>), Undefined> {
    let one = |expr: &Expr| Ok((expr.to_string(), series(evaluator, study, expr)?));
    let factor = |Factor { series, less: other }: Factor| {
        let own = monthly(evaluator, study, series)?;
        let Some(other) = other else { return Ok((series.to_owned(), own)) };
        let values = less(&own, &monthly(evaluator, study, other)?);
        Ok((format!("{series} - {other}"), values))
    };
    let pairs: Vec<(String, Vec<f64>)> = match model {
        Model::Mean => Vec::new(),
        Model::Regression(on) => on.iter().map(one).collect::<Result<_, Undefined>>()?,
        Model::Adjusted(other) => vec![one(other)?],
        Model::Factors(_) if study.grain != Grain::Month => {
            let reason = format!("the factors are by month, the events by {}", study.grain.name());
            return Err(Undefined::new("period_kind", reason));
        }
        Model::Factors(model) => {
            let all = factors(evaluator.view(), model).into_iter().map(factor);
            all.collect::<Result<_, Undefined>>()?
        }
    };
    Ok(pairs.into_iter().unzip())
}

/// A series of months; not a number where it has no value.
fn monthly(evaluator: &Evaluator<'_>, study: &Study, id: &str) -> Result<Vec<f64>, Undefined> {
    let series = evaluator.view().series(id, Basis::Price)?;
    let value =
        |period: &CalendarPeriod| series.on(period.first_day()).map_or(f64::NAN, |o| o.value);
    Ok(study.periods.iter().map(value).collect())
}

/// What each test finds that takes for granted only what is given.
fn tests(events: &[Abnormal], together: Option<&Correlations>) -> Vec<(&'static str, Finding)> {
    let mean = together.map(Correlations::mean);
    let apart = are_apart(events).then_some(events);
    let found = [
        ("Patell", apart.and_then(patell)),
        ("Patell, adjusted", mean.and_then(|r| patell_adjusted(events, r))),
        ("BMP", apart.and_then(boehmer)),
        ("BMP, adjusted", mean.and_then(|r| boehmer_adjusted(events, r))),
        ("generalised rank", together.and_then(|pairs| rank(events, pairs))),
        ("generalised sign", together.and_then(|pairs| sign_generalised(events, pairs))),
        ("calendar time", CalendarTime::of(events).test()),
    ];
    found.into_iter().filter_map(|(name, finding)| Some((name, finding?))).collect()
}

/// What a question comes to in each period alone; not a number where it has no value.
fn series(evaluator: &Evaluator<'_>, study: &Study, expr: &Expr) -> Result<Vec<f64>, Undefined> {
    let single = each(expr, study.grain);
    let mut missing = None;
    let value = |period: &_| match evaluator.in_period(&single, *period) {
        Ok(outcome) => outcome.quantity.value,
        Err(why) => {
            missing = Some(why);
            f64::NAN
        }
    };
    let values: Vec<f64> = study.periods.iter().map(value).collect();
    match missing {
        Some(why) if values.iter().all(|value| value.is_nan()) => Err(why),
        _ => Ok(values),
    }
}
