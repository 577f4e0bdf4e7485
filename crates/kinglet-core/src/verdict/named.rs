//! Claims of a definition that the text names: its query under every convention that the words
//! leave open. A figure that fits one of them is right; one that fits none is wrong only where the
//! words settle all of them, and of what and when it is.

mod argument;

use std::rc::Rc;

use super::fit::{Fit, fit};
use super::slots::{self, Slots};
use super::trial::{Found, Trial};
use super::{Judgement, Reading, Tag, Verdict, suggestion};
use crate::article::Claim;
use crate::definition::{ClaimCode, Metric};
use crate::metrics::{CATALOG, find};
use crate::quantity::Unit;
use crate::query::{Evaluator, Query, Reach};
use argument::Arguments;

/// How many conventions are tried at most.
const TRIED: usize = 96;

/// How many of the values that do not fit are listed.
const LISTED: usize = 4;

/// Days of a month and of a year, on average.
const MONTH: f64 = 30.436_875;
const YEAR: f64 = 365.242_5;

impl Trial<'_> {
    /// The verdict by the definition that the words name, where the measure of the vocabulary does
    /// not settle it.
    pub(super) fn try_definition(&self, judgement: &mut Judgement) {
        let measure = self.claim.metric;
        let of_companies = |m: &&Metric| Reach::of(&m.definition) > Reach::Series;
        let coded = || find(measure).filter(of_companies);
        let Some(metric) = self.claim.definition.and_then(find).or_else(coded) else { return };
        let has_own_way = measure == metric.definition.name && !is_open_to_conventions(measure);
        if judgement.verdict == Verdict::Supported || has_own_way {
            return;
        }
        let arguments = Arguments::of(self, metric);
        let mut found: Vec<Found> = Vec::new();
        for text in arguments.queries().take(TRIED) {
            let Some(one) = self.asked(&text) else { continue };
            if self.suits(metric, one.value) == Fit::Core {
                judgement.support(one, self.evaluator);
                return;
            }
            found.push(one);
        }
        if is_open_to_conventions(measure) && !super::definition::is_valuation(measure) {
            self.refuse(found, &arguments, judgement);
        }
    }

    /// The answer to a query, if it has one that can be held against the figure.
    fn asked(&self, text: &str) -> Option<Found> {
        let query: Query = text.parse().ok()?;
        let result = self.evaluator.result(&query);
        let quantity = result.as_ref().ok()?.quantity;
        let value = number(quantity.value, quantity.unit, self.claim)?;
        let period = self.claim.period?;
        let slots = Slots::of(self.claim, period, self.context.published);
        let (query, result) = (Rc::new(query), Rc::new(result));
        Some(Found { slots, query, result, value })
    }

    /// How well a value fits; a fall is printed without its sign.
    fn suits(&self, metric: &Metric, value: f64) -> Fit {
        let falls = metric.laws.contains(&crate::definition::Law::NotPositive);
        let value = if falls && self.claim.value > 0.0 { value.abs() } else { value };
        fit(self.claim, value, 0.0)
    }

    /// Says what the data give instead.
    fn refuse(&self, found: Vec<Found>, arguments: &Arguments, judgement: &mut Judgement) {
        let Some(first) = found.first() else {
            if self.claim.period.is_none() {
                judgement.acquit(Tag::PeriodOpen, "the text does not settle the period");
            } else if judgement.query.is_none() {
                judgement.reason = arguments.missing(self);
            }
            return;
        };
        let others = found.iter().skip(1).take(LISTED);
        judgement.readings.extend(others.map(|f| Reading {
            what: "by another convention".to_owned(),
            query: f.query.to_string(),
            value: Some(f.value),
        }));
        let answer = first.answer(self.evaluator);
        let reason = format!("{} is {}", first.query, answer.display());
        judgement.query = Some((*first.query).clone());
        judgement.answer = Some(answer);
        judgement.actual = Some(first.value);
        if !arguments.are_said() || !self.is_plain() {
            let why = format!("{reason}, but the words leave open by which convention");
            judgement.acquit(Tag::SourcePrivate, &why);
        } else if first.query.expr().reach() > Reach::Series {
            let why = format!("{reason}, but publishers count companies in other ways");
            judgement.acquit(Tag::SourcePrivate, &why);
        } else if !self.is_open(first, 0.0, judgement) {
            judgement.verdict = Verdict::Contradicted;
            judgement.tag = Some(Tag::NoMatch);
            judgement.reason = reason;
            judgement.suggestion = suggestion::replacement(self.claim, first.value);
        }
    }

    /// Whether the figure is stated as a fact about one period.
    fn is_plain(&self) -> bool {
        use crate::article::Modality;
        matches!(self.claim.modality, Modality::Asserted | Modality::Attributed)
            && self.claim.period.is_some()
    }
}

/// Whether the words of a measure of the vocabulary leave open by which convention it is taken.
fn is_open_to_conventions(measure: &str) -> bool {
    let mut codes = CATALOG.iter().filter_map(|metric| metric.definition.code);
    let settled = codes.any(|code| matches!(code, ClaimCode::Settled(name) if name == measure));
    // figures of studies have trials of their own
    !settled && !measure.starts_with("event_")
}

impl Judgement {
    fn support(&mut self, found: Found, evaluator: &Evaluator<'_>) {
        let answer = found.answer(evaluator);
        self.verdict = Verdict::Supported;
        self.tag = None;
        self.suggestion = None;
        self.actual = Some(found.value);
        self.reason = format!("{} is {}", found.query, answer.display());
        self.query = Some(Rc::unwrap_or_clone(found.query));
        self.answer = Some(answer);
    }
}

/// A value in the unit of a claim; lengths of time are printed in any unit.
fn number(value: f64, unit: Unit, claim: &Claim) -> Option<f64> {
    let days = match unit {
        Unit::Days => 1.0,
        Unit::Months => MONTH,
        Unit::Years => YEAR,
        _ => 0.0,
    };
    match (claim.unit, unit) {
        ("days", _) if days > 0.0 => Some(value * days),
        ("months", _) if days > 0.0 => Some(value * days / MONTH),
        ("years", _) if days > 0.0 => Some(value * days / YEAR),
        ("ratio", Unit::Fraction) => Some(value),
        ("index_points", Unit::Money) => Some(value),
        ("usd", Unit::Points) => Some(value),
        (wanted, _) => slots::number(value, unit, wanted),
    }
}
