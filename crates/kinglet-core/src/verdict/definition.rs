//! Valuations: by which definition, or by whose statement, a printed figure is true. Publishers
//! count losses or leave them out, weigh in different ways and look at different quarters, so that
//! a figure which no definition here gives is not wrong for that.

use super::fit::Fit;
use super::trial::Trial;
use super::{Judgement, Reading, Tag, Verdict};
use crate::definition::ParamKind;
use crate::identity::Entity;
use crate::metrics::find;
use crate::query::Query;
use crate::time::{Date, Period};
use crate::view::Statement;

/// Whether a measure has as many definitions as publishers.
pub(super) fn is_valuation(metric: &str) -> bool {
    matches!(
        metric,
        "pe_trailing"
            | "pe_forward"
            | "pe_average"
            | "pe_discount"
            | "ratio_to"
            | "price_to_book"
            | "dividend_yield"
            | "unprofitable_share"
            | "aum"
            | "pmi"
    )
}

/// How long a publisher's figure stands for what is said later, in days.
const CURRENT: i32 = 120;

impl Trial<'_> {
    /// The verdict on a valuation that its plain definition does not make true: another definition
    /// or a statement may; nobody is accused.
    pub(super) fn solve(&self, judgement: &mut Judgement) {
        if judgement.verdict == Verdict::Supported {
            return;
        }
        let mut first = None;
        if let Some((query, value)) = self.definitions().into_iter().find_map(|query| {
            let answer = self.evaluator.answer(&query);
            let quantity = answer.result.as_ref().ok()?.quantity;
            let value = super::slots::number(quantity.value, quantity.unit, self.claim.unit)?;
            judgement.readings.push(Reading {
                what: "by another definition".to_owned(),
                query: query.to_string(),
                value: Some(value),
            });
            first.get_or_insert_with(|| (query.clone(), value));
            (self.fit(value) == Fit::Core).then_some((query, value))
        }) {
            judgement.verdict = Verdict::Supported;
            judgement.tag = None;
            judgement.suggestion = None;
            judgement.actual = Some(value);
            judgement.reason = format!("{query} is {}", self.show(value));
            judgement.answer = Some(self.evaluator.answer(&query));
            judgement.query = Some(query);
            return;
        }
        let mut stated = self.evaluator.view().statements().rev();
        if let Some(statement) = stated.find(|s| self.is_stated(s)) {
            let Statement { publisher, definition, as_of, .. } = statement;
            judgement.verdict = Verdict::Supported;
            judgement.tag = Some(Tag::AsStatedBy);
            judgement.suggestion = None;
            judgement.reason = format!("{publisher} states it as of {as_of} ({definition})");
        } else if judgement.verdict != Verdict::Unverifiable {
            let reason = format!("{}, but publishers define it in other ways", judgement.reason);
            judgement.acquit(Tag::SourcePrivate, &reason);
        } else if let Some((query, value)) = first.filter(|_| judgement.query.is_none()) {
            let value_shown = self.show(value);
            let reason =
                format!("{query} is {value_shown}, but publishers define it in other ways");
            judgement.acquit(Tag::SourcePrivate, &reason);
            judgement.actual = Some(value);
            judgement.answer = Some(self.evaluator.answer(&query));
            judgement.query = Some(query);
        }
    }

    /// The same measure by each of the definitions that the catalogue offers.
    fn definitions(&self) -> Vec<Query> {
        let claim = self.claim;
        let Some(Period::At(moment)) = claim.period else { return Vec::new() };
        let Some(metric) = find(claim.metric) else { return Vec::new() };
        let mut found = Vec::new();
        for param in metric.definition.params {
            let ParamKind::Choice(choices) = param.kind else { continue };
            let with = |choice: &&str| {
                let (name, e) = (param.name, &claim.entity);
                format!("{}({e}, @{moment}, {name}: {choice})", claim.metric).parse().ok()
            };
            found.extend(choices.iter().filter_map(with));
        }
        found
    }

    /// Whether a publisher is on record with the printed figure, not long before.
    fn is_stated(&self, statement: &Statement) -> bool {
        let scale = match (statement.unit.as_str(), self.claim.unit) {
            ("x", "ratio") | ("pct", "percent") => 1.0,
            ("index", _) if self.claim.metric == "pmi" => 1.0,
            ("usd_bn", "usd") => 1e9,
            _ => return false,
        };
        let measured = match statement.metric.as_str() {
            "forward_pe" => self.claim.metric == "pe_forward",
            "trailing_pe" => self.claim.metric == "pe_trailing",
            "pe_unspecified" => matches!(self.claim.metric, "pe_forward" | "pe_trailing"),
            "forward_pe_average" => self.claim.metric == "pe_average",
            "fund_assets" => self.claim.metric == "aum",
            "ism_manufacturing_pmi" => self.claim.metric == "pmi",
            other => other == self.claim.metric,
        };
        let known = Entity::new(&self.claim.entity).known();
        let named = statement.entity == self.claim.entity
            || known.is_some_and(|known| known.name == statement.entity)
            || self.claim.metric == "pmi" && self.claim.entity == "ISM";
        let published = self.context.published;
        let of = |day: Date| (0..=CURRENT).contains(&(published - day).get_days());
        measured
            && named
            && self.claim.versus.is_none()
            && statement.last_day().is_some_and(of)
            && self.fit(statement.value * scale) == Fit::Core
    }
}
