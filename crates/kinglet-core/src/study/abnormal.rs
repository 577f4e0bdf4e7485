//! Outcomes beyond what was to be expected, by a model that is estimated before each event.

use super::horizon::each;
use super::{Followed, Study};
use crate::answer::Undefined;
use crate::numeric::abnormal::{Abnormal, Expected, Layout};
use crate::numeric::mean;
use crate::numeric::significance::{
    CalendarTime, Finding, boehmer, boehmer_adjusted, correlation, patell, patell_adjusted, rank,
    sign_generalised,
};
use crate::query::{Evaluator, Expr};

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
}

/// The abnormal outcomes of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Excess {
    /// By which model.
    pub expectation: Expectation,
    /// For each event its abnormal outcome, summed over the periods to the horizon; none where the
    /// data do not hold both windows.
    pub cumulated: Vec<Option<f64>>,
    /// The mean of those.
    pub mean: Option<f64>,
    /// How strongly events move together.
    pub correlation: Option<f64>,
    /// What tests find, by name.
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
    let series = |expr: &Expr| series(evaluator, study, expr);
    let own = series(&followed.query)?;
    let on: Vec<Vec<f64>> = match &expectation.model {
        Model::Mean => Vec::new(),
        Model::Regression(on) => on.iter().map(series).collect::<Result<_, _>>()?,
        Model::Adjusted(other) => vec![series(other)?],
    };
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
    let correlation = correlation(&known);
    Ok(Excess {
        expectation: expectation.clone(),
        mean: mean(&cumulated.iter().flatten().copied().collect::<Vec<f64>>()),
        cumulated,
        tests: if known.len() < super::EVENTS_MIN {
            Vec::new()
        } else {
            tests(&known, correlation)
        },
        correlation,
    })
}

/// What each test finds.
fn tests(events: &[Abnormal], correlation: Option<f64>) -> Vec<(&'static str, Finding)> {
    let found = [
        ("Patell", patell(events)),
        ("Patell, adjusted", correlation.and_then(|r| patell_adjusted(events, r))),
        ("BMP", boehmer(events)),
        ("BMP, adjusted", correlation.and_then(|r| boehmer_adjusted(events, r))),
        ("rank", rank(events)),
        ("generalised sign", sign_generalised(events)),
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
