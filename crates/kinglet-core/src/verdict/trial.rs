//! The trial of one claim: its queries, their values, the verdict.

mod stated;

use std::rc::Rc;

use super::fit::{Fit, fit};
use super::slots::{self, Gap, Slots};
use super::weighing::Standing;
use super::{
    Asked, Case, Context, Judgement, Memory, Tag, Verdict, cue, definition, duration, place,
};
use crate::answer::{Answer, Outcome, Undefined};
use crate::article::{Claim, Modality};
use crate::diagnostic::Diagnostic;
use crate::query::{Evaluator, Query};
use crate::time::{CalendarPeriod, Grain, Interval, Period};

/// A query of a claim with its result.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) slots: Slots,
    pub(super) query: Rc<Query>,
    pub(super) result: Rc<Result<Outcome, Undefined>>,
    pub(super) value: f64,
}

impl Found {
    /// The sessions that the value is of.
    pub(super) fn interval(&self) -> Option<Interval> {
        self.result.as_ref().as_ref().ok()?.interval
    }

    /// The answer with its evidence.
    pub(super) fn answer(&self, evaluator: &Evaluator<'_>) -> Answer {
        evaluator.answer_of(&self.query, (*self.result).clone())
    }
}

/// One claim on trial.
pub(super) struct Trial<'a> {
    pub(super) claim: &'a Claim,
    /// All claims of the article.
    pub(super) claims: &'a [Claim],
    pub(super) context: Context<'a>,
    pub(super) evaluator: &'a Evaluator<'a>,
    pub(super) memory: &'a Memory,
    pub(super) sentence: &'a str,
}

impl<'a> Trial<'a> {
    pub(super) fn new(claim: &'a Claim, case: Case<'a>) -> Trial<'a> {
        let Case { claims, context, evaluator, memory } = case;
        let sentence = context.slice(claim.sentence);
        Trial { claim, claims, context, evaluator, memory, sentence }
    }
}

impl<'a> Trial<'a> {
    /// The same of another claim.
    pub(super) fn of(&self, claim: &'a Claim) -> Trial<'a> {
        let Trial { claims, context, evaluator, memory, .. } = *self;
        Trial::new(claim, Case { claims, context, evaluator, memory })
    }

    /// The sentence and where in it the number stands.
    pub(super) fn sentence_and_place(&self) -> (&'a str, usize) {
        (self.sentence, self.claim.span.start.saturating_sub(self.claim.sentence.start))
    }

    /// The clause of the number.
    pub(super) fn clause(&self) -> &'a str {
        let (sentence, at) = self.sentence_and_place();
        cue::text::clause(sentence, at)
    }

    /// The words before the number, with its sentence, and where in them it stands.
    pub(super) fn words_before(&self) -> (&'a str, usize) {
        const REACH: usize = 400;
        self.text_before(REACH)
    }

    /// So many bytes before the number, with its sentence, and where in them it stands.
    pub(super) fn text_before(&self, reach: usize) -> (&'a str, usize) {
        let text = self.context.text;
        let start = text.floor_char_boundary(self.claim.span.start.saturating_sub(reach));
        let words = text.get(start..self.claim.sentence.end).unwrap_or_default();
        (words, self.claim.span.start.saturating_sub(start))
    }

    /// Whether the figure stands in a row of a table.
    pub(super) fn is_row(&self) -> bool {
        let text = self.sentence;
        text.contains('|') || text.contains('\t') || text.matches("  ").count() >= 2
    }
}

pub(super) type Missing = (Gap, Option<Rc<Query>>);

impl Trial<'_> {
    /// The judgement on the claim, which has this place among those of the article.
    pub(super) fn judge(&self, index: usize) -> Judgement {
        let mut judgement = Judgement::open(index);
        if let Some((verdict, reason)) = self.mood() {
            judgement.verdict = verdict;
            reason.clone_into(&mut judgement.reason);
            if verdict == Verdict::Forecast {
                self.project(&mut judgement);
            }
            return judgement;
        }
        match self.evidence() {
            Ok((standing, found)) => self.weigh(standing, &found, &mut judgement),
            Err((gap, query)) => {
                judgement.tag = Some(gap.tag);
                judgement.reason = gap.reason;
                judgement.query = query.map(Rc::unwrap_or_clone);
            }
        }
        if definition::is_valuation(self.claim.metric) {
            self.solve(&mut judgement);
        }
        self.try_definition(&mut judgement);
        judgement
    }

    /// Whether the data answer the claim.
    pub(super) fn is_judged(&self) -> bool {
        self.evidence().is_ok()
    }

    /// The period for which the claim is right, of those that its reading allows: cheaper than its
    /// judgement, which also says why it is not.
    pub(super) fn right_for(&self) -> Option<Period> {
        if self.mood().is_some() {
            return None;
        }
        let mut judgement = Judgement::open(0);
        let evidence = self.evidence().ok();
        let best = evidence.as_ref().and_then(|(standing, found)| self.best(*standing, found));
        if let (Some((standing, found)), Some(best)) = (&evidence, best) {
            match fit(self.claim, best.value, standing.slack()) {
                Fit::Core => judgement.verdict = Verdict::Supported,
                Fit::Off if self.may_be_meant_otherwise(best) => {
                    self.hold(*standing, (best, found), &mut judgement);
                }
                Fit::Off | Fit::Slack => {}
            }
        }
        if definition::is_valuation(self.claim.metric) {
            self.solve(&mut judgement);
        }
        let is_right =
            judgement.verdict == Verdict::Supported && judgement.tag != Some(Tag::AsStatedBy);
        let period = self.claim.period.filter(|_| is_right)?;
        Some(best.map_or(period, |best| self.dated(period, best)))
    }

    /// Whether a figure that its value does not fit may be right all the same: a level as a high or
    /// that of a sister index, another figure without its sign.
    fn may_be_meant_otherwise(&self, best: &Found) -> bool {
        self.claim.metric == "level" || self.fit(-best.value) == Fit::Core
    }

    /// A stated period with the days of the one for which a value was found: a state is as of a
    /// session, a high or low of the day on which it was, a stretch that runs ends with a close.
    fn dated(&self, stated: Period, found: &Found) -> Period {
        let (at, of) = (|day| Period::At(CalendarPeriod::day(day)), found.slots.period);
        let rows = found.result.as_ref().as_ref().map(|outcome| &outcome.rows[..]);
        match (stated, of) {
            (_, _) if found.slots.metric == "extremum" => match rows {
                Ok([row]) => at(row.date),
                _ => stated,
            },
            (_, Period::At(p)) if slots::is_daily(self.claim.metric) => {
                let calendar = &self.evaluator.view().calendar;
                calendar.on_or_before(p.last_day()).map_or(stated, at)
            }
            (Period::ToDate(..), Period::ToDate(..))
            | (Period::Trailing(..), Period::Trailing(..)) => of,
            // the day before the first one is only where it is counted from
            (Period::Between(first, _), Period::Between(_, end)) => Period::Between(first, end),
            (Period::Calendar(_), Period::ToDate(..)) if slots::is_price(self.claim.metric) => of,
            _ => stated,
        }
    }

    /// The verdict that follows from the mood alone.
    fn mood(&self) -> Option<(Verdict, &'static str)> {
        let published = self.context.published;
        let calendar = &self.evaluator.view().calendar;
        let last = self.claim.period.and_then(Period::last_day);
        // a month that ends on a weekend is over with its last session
        let last = last.map(|day| calendar.on_or_before(day).unwrap_or(day));
        let first = match self.claim.period {
            Some(Period::Calendar(p) | Period::At(p) | Period::Between(p, _)) => {
                Some(p.first_day())
            }
            _ => last,
        };
        match self.claim.modality {
            Modality::Opinion => Some((Verdict::Opinion, "it is advice or judgement")),
            Modality::Forecast => {
                Some((Verdict::Forecast, "it speaks of the future or of what is expected"))
            }
            Modality::Hypothetical if last.is_some_and(|day| day > published) => {
                Some((Verdict::Forecast, "it speaks of what would be so later"))
            }
            // A rate for the end of a year that is not over is one that is projected.
            _ if self.claim.metric == "policy_rate"
                && matches!(self.claim.period, Some(Period::Calendar(p)) if p.grain > Grain::Month)
                && last.is_some_and(|day| day > published) =>
            {
                Some((Verdict::Forecast, "it speaks of the future or of what is expected"))
            }
            _ if first.is_some_and(|day| day > published) => {
                Some((Verdict::Forecast, "its period begins after the publication"))
            }
            _ => None,
        }
    }

    /// The value of one reading.
    pub(super) fn find(&self, slots: &Slots) -> Result<Found, Missing> {
        match (slots.metric, slots.unit) {
            ("rank", "count") => return place::place(self, slots),
            ("rank", _) => return duration::since_beyond(self, slots),
            _ => {}
        }
        let (query, result) = self.result(slots).map_err(|gap| (gap, None))?;
        match &*result {
            Err(undefined) => Err((gap_of(undefined), Some(query))),
            Ok(outcome)
                if slots.run.is_some() && outcome.notices.iter().any(|n| n.code == "clipped") =>
            {
                let gap = Gap::new(Tag::NoSeries, "the data begin later than the count");
                Err((gap, Some(query)))
            }
            Ok(outcome) => {
                let quantity = outcome.quantity;
                match slots::number(quantity.value, quantity.unit, self.claim.unit) {
                    Some(value) => Ok(Found { slots: slots.clone(), query, result, value }),
                    None => {
                        let reason = format!(
                            "`{query}` is in {}, the claim in {}",
                            query.spelling().name(),
                            self.claim.unit
                        );
                        Err((Gap::new(Tag::NoSeries, reason), Some(query)))
                    }
                }
            }
        }
    }

    /// The query of a reading and its result.
    fn result(&self, slots: &Slots) -> Result<Asked, Gap> {
        if let Some(query) = slots.query() {
            return Ok(self.known(query));
        }
        let text = slots.text()?;
        self.ask(&text).map_err(|d| {
            Gap::new(Tag::NoSeries, format!("`{text}` is not a query here: {}", d.message))
        })
    }

    /// A query and its result.
    pub(super) fn ask(&self, text: &str) -> Result<Asked, Diagnostic> {
        text.parse().map(|query| self.known(query))
    }

    /// A query with its result, which is worked out once for all figures of the article.
    fn known(&self, query: Query) -> Asked {
        let known = self.memory.results.borrow();
        if let Some((query, result)) = known.get_key_value(&query) {
            return (Rc::clone(query), Rc::clone(result));
        }
        drop(known);
        let result = Rc::new(self.evaluator.result(&query));
        let query = Rc::new(query);
        self.memory.results.borrow_mut().insert(Rc::clone(&query), Rc::clone(&result));
        (query, result)
    }

    /// The values of the stated readings, on the best series there is.
    fn evidence(&self) -> Result<(Standing, Vec<Found>), Missing> {
        let stated = self.stated().map_err(|gap| (gap, None))?;
        let all = |readings: &[Slots]| -> (Vec<Found>, Option<Missing>) {
            let (mut found, mut missing) = (Vec::new(), None);
            for slots in readings {
                match self.find(slots) {
                    Ok(one) => found.push(one),
                    Err(why) => missing = missing.or(Some(why)),
                }
            }
            (found, missing)
        };
        let (found, missing) = all(&stated);
        if !found.is_empty() {
            return Ok((Standing::Own, found));
        }
        let metric = self.claim.metric;
        if matches!(metric, "return" | "return_spread" | "streak") {
            let groups: Vec<Slots> = stated.iter().filter_map(by_proxy).collect();
            let (found, _) = all(&groups);
            if !found.is_empty() {
                return Ok((Standing::Group, found));
            }
        }
        if matches!(metric, "return" | "return_spread" | "annualized_return") {
            // of some funds the data have the return with distributions alone
            let own = |slots: &Slots| slots.by_fund().unwrap_or_else(|| slots.with_distributions());
            let funds: Vec<Slots> = stated.iter().map(own).collect();
            let (found, _) = all(&funds);
            if !found.is_empty() {
                return Ok((Standing::Fund, found));
            }
        }
        Err(missing.unwrap_or_else(|| (self.open_period(), None)))
    }
}

/// The same about the indexes that stand for groups.
fn by_proxy(slots: &Slots) -> Option<Slots> {
    let of = |entity: &str| slots::proxy(entity).unwrap_or(entity).to_owned();
    let swapped = Slots {
        entity: of(&slots.entity),
        versus: slots.versus.as_deref().map(of),
        ..slots.clone()
    };
    (swapped != *slots).then_some(swapped)
}

fn gap_of(undefined: &Undefined) -> Gap {
    let tag = match undefined.code {
        "period_open" | "period_kind" | "period_empty" | "no_session" => Tag::PeriodOpen,
        _ => Tag::NoSeries,
    };
    Gap::new(tag, undefined.reason.clone())
}
