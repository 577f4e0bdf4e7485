//! How definitions and the vocabulary of claims fit: names of measures, units, subjects, periods.

use super::super::metric::unit_name;
use super::super::number::{Measure, Quantity};
use crate::definition::params::{BENCHMARK, MOMENT, OTHER, VERSUS};
use crate::definition::{ClaimCode, Definition, Param, ParamKind, UnitRule};
use crate::identity::Entity;
use crate::quantity::Unit;

/// Measures that the phrases of definitions name more clearly than any other word.
const BY_PHRASE: &[&str] = &[
    "other",
    "annualized_return",
    "distance_from_high",
    "margin",
    "moving_average",
    "percentile",
    "ratio_to",
    "share",
    "z_score",
];

/// Measures that are read by phrases, too, where a figure is not read otherwise.
const ALSO_BY_PHRASE: &[&str] =
    &["sharpe", "var", "cvar", "beta", "correlation", "volatility", "fund_flow", "weight"];

/// The measure of the vocabulary that a definition gives.
pub(super) fn measure(definition: &Definition) -> &'static str {
    definition.code.map_or("other", ClaimCode::name)
}

/// Whether figures become claims of a measure by the phrase of a definition alone; `is_free` are
/// those that are not read otherwise.
pub(super) fn is_read_by_phrase(measure: &str, is_free: bool) -> bool {
    BY_PHRASE.contains(&measure) || is_free && ALSO_BY_PHRASE.contains(&measure)
}

/// The unit of a figure as a value of a definition; none where it can be none.
pub(super) fn unit(q: &Quantity, definition: &Definition) -> Option<&'static str> {
    let of = |unit: Unit| match (unit, q.measure) {
        (Unit::Fraction | Unit::FractionDifference, Measure::Percent)
        | (Unit::FractionDifference, Measure::PercentagePoints | Measure::BasisPoints)
        | (Unit::Points, Measure::Points | Measure::Usd)
        | (Unit::Money, Measure::Usd)
        | (Unit::Ratio, Measure::Multiple)
        | (Unit::Count, Measure::Duration(_))
        | (Unit::Days | Unit::Months | Unit::Years, Measure::Duration(_)) => {
            Some(unit_name(q.measure))
        }
        (Unit::Fraction, Measure::Ordinal) => Some("percent"),
        // a probability or a coefficient of determination
        (Unit::Fraction, Measure::Plain) if q.decimals >= 2 && q.value <= 1.0 => Some("ratio"),
        (Unit::Points | Unit::Money, Measure::Plain) => Some("index_points"),
        (Unit::Ratio, Measure::Plain) => Some("ratio"),
        (Unit::Count, Measure::Plain | Measure::Multiple) => Some("count"),
        _ => None,
    };
    match definition.unit {
        UnitRule::Fixed(unit) => of(unit),
        UnitRule::Subject => of(Unit::Points),
        UnitRule::Query | UnitRule::Difference => of(Unit::Fraction).or_else(|| of(Unit::Ratio)),
        UnitRule::Figure => None,
        UnitRule::Run => of(Unit::Days).or_else(|| of(Unit::Count)),
    }
}

/// What a definition is about in its example.
pub(super) fn subject(definition: &Definition) -> &'static str {
    let (_, arguments) = definition.example.split_once('(').unwrap_or_default();
    arguments.split([',', ')']).next().unwrap_or_default().trim()
}

/// Whether its subjects are series that articles name by their code alone.
pub(super) fn is_of_any_series(definition: &Definition) -> bool {
    let subject = subject(definition);
    takes(definition, ParamKind::Entity) && Entity::new(subject).known().is_none()
}

/// Whether a definition compares its subject with another.
pub(super) fn compares(definition: &Definition) -> bool {
    let second = [&BENCHMARK, &OTHER, &VERSUS].into_iter().any(|p| has(definition, p));
    let entities = definition.params.iter().filter(|p| is_subject(p.kind)).count();
    second || entities > 1
}

fn is_subject(kind: ParamKind) -> bool {
    matches!(kind, ParamKind::Entity | ParamKind::Companies | ParamKind::Members)
}

fn takes(definition: &Definition, kind: ParamKind) -> bool {
    definition.params.iter().any(|p| p.kind == kind)
}

fn has(definition: &Definition, param: &'static Param) -> bool {
    definition.params.iter().any(|p| std::ptr::eq(*p, param))
}

/// Whether a definition gives a state at a moment, as its example does.
pub(super) fn is_state(definition: &Definition) -> bool {
    has(definition, &MOMENT) || definition.example.contains(", @")
}
