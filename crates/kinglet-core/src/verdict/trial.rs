//! The trial of one claim: its queries, their values, the verdict.

use jiff::ToSpan;

use super::event::Event;
use super::slots::{self, Gap, Slots, Step};
use super::weighing::Standing;
use super::{Answers, Case, Context, Judgement, Tag, Verdict, cue, definition, duration};
use crate::answer::{Answer, Undefined};
use crate::article::{Claim, Modality};
use crate::diagnostic::Diagnostic;
use crate::query::{Evaluator, Query};
use crate::time::{CalendarPeriod, Grain, Interval, Period};

/// A query of a claim with its answer.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) slots: Slots,
    pub(super) query: Query,
    pub(super) answer: Answer,
    pub(super) value: f64,
}

impl Found {
    /// The sessions that the value is of.
    pub(super) fn interval(&self) -> Option<Interval> {
        self.answer.result.as_ref().ok()?.interval
    }
}

/// One claim on trial.
pub(super) struct Trial<'a> {
    pub(super) claim: &'a Claim,
    /// All claims of the article.
    pub(super) claims: &'a [Claim],
    pub(super) context: Context<'a>,
    pub(super) evaluator: &'a Evaluator<'a>,
    answers: &'a Answers,
    pub(super) sentence: &'a str,
}

impl<'a> Trial<'a> {
    pub(super) fn new(claim: &'a Claim, case: Case<'a>) -> Trial<'a> {
        let Case { claims, context, evaluator, answers } = case;
        let sentence = context.slice(claim.sentence);
        Trial { claim, claims, context, evaluator, answers, sentence }
    }
}

impl<'a> Trial<'a> {
    /// The sentence and where in it the number stands.
    pub(super) fn sentence_and_place(&self) -> (&'a str, usize) {
        (self.sentence, self.claim.span.start.saturating_sub(self.claim.sentence.start))
    }

    /// The words before the number, with its sentence, and where in them it stands.
    pub(super) fn words_before(&self) -> (&'a str, usize) {
        const REACH: usize = 400;
        let text = self.context.text;
        let start = text.floor_char_boundary(self.claim.span.start.saturating_sub(REACH));
        let words = text.get(start..self.claim.sentence.end).unwrap_or_default();
        (words, self.claim.span.start.saturating_sub(start))
    }
}

/// Judges one claim.
pub(super) fn judge(index: usize, case: Case<'_>) -> Option<Judgement> {
    let trial = Trial::new(case.claims.get(index)?, case);
    let mut judgement = Judgement {
        claim: index,
        verdict: Verdict::Unverifiable,
        tag: None,
        query: None,
        answer: None,
        actual: None,
        readings: Vec::new(),
        suggestion: None,
        reason: String::new(),
    };
    if let Some((verdict, reason)) = trial.mood() {
        judgement.verdict = verdict;
        reason.clone_into(&mut judgement.reason);
        return Some(judgement);
    }
    match trial.evidence() {
        Ok((standing, found)) => trial.weigh(standing, found, &mut judgement),
        Err((gap, query)) => {
            judgement.tag = Some(gap.tag);
            judgement.reason = gap.reason;
            judgement.query = query;
        }
    }
    if definition::is_valuation(trial.claim.metric) {
        trial.solve(&mut judgement);
    }
    Some(judgement)
}

pub(super) type Missing = (Gap, Option<Query>);

impl Trial<'_> {
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
                && matches!(self.claim.period, Some(Period::Calendar(p)) if p.grain != Grain::Day)
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

    /// The queries that the claim may stand for, on its own words.
    fn stated(&self) -> Result<Vec<Slots>, Gap> {
        let claim = self.claim;
        let periods: Vec<Period> =
            claim.period.into_iter().chain(claim.other_periods.iter().copied()).collect();
        if periods.is_empty() {
            return Err(self.open_period());
        }
        let mut all = Vec::new();
        for period in periods {
            let slots = Slots::of(claim, period, self.context.published);
            all.extend(self.branches(&slots));
            let calendar = &self.evaluator.view().calendar;
            let ends_today = period.last_day() == Some(self.context.published)
                || slots.period.last_day() == Some(self.context.published);
            if ends_today
                && !matches!(slots.metric, "policy_rate" | "streak")
                && let Some(earlier) = slots::a_session_earlier(slots.period, calendar)
            {
                all.extend(self.branches(&slots.during(earlier)));
            }
            if slots.metric == "level"
                && self.is_start()
                && let Some(before) = slots::state_before(slots.period, calendar)
            {
                all.push(slots.during(before));
            }
        }
        Ok(all)
    }

    /// The words right behind the number.
    fn words_after(&self) -> &str {
        const REACH: usize = 32;
        let text = self.context.text;
        let start = self.claim.span.end;
        let end = text.floor_char_boundary(start.saturating_add(REACH).min(text.len()));
        text.get(start..end).unwrap_or_default()
    }

    /// Whether a level is where a move began: `went from 2,211.65 to 2,366.42 in August`.
    fn is_start(&self) -> bool {
        let (sentence, place) = self.sentence_and_place();
        let before = sentence.get(..place).unwrap_or_default().trim_end();
        before.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("from"))
    }

    /// A claim that leaves its period open; some measures have none anyway.
    fn open_period(&self) -> Gap {
        if self.claim.metric.starts_with("event_") {
            Gap::new(Tag::EventUndefined, "the event is not defined in the text")
        } else if crate::metrics::find(self.claim.metric).is_none() {
            Gap::new(Tag::NoSeries, format!("no data give `{}`", self.claim.metric))
        } else {
            Gap::new(Tag::PeriodOpen, "the text does not settle the period")
        }
    }

    /// Directions of a run and ends of a range that the text leaves open.
    fn branches(&self, slots: &Slots) -> Vec<Slots> {
        match slots.metric {
            "streak" => {
                let grains = slots::steps(self.claim, self.sentence);
                let records = cue::record(self.sentence) && slots.versus.is_none();
                let steps: &[Step] = match (records, cue::run_of_gains(self.words_after())) {
                    (true, _) => &[Step::Record],
                    (_, Some(true)) => &[Step::Up],
                    (_, Some(false)) => &[Step::Down],
                    (_, None) => &[Step::Up, Step::Down],
                };
                let of = |end, run| Slots { run: Some(run), ..slots.during(end) };
                let mut found = Vec::new();
                for grain in grains {
                    for end in self.ends(slots.period, grain) {
                        found.extend(steps.iter().map(|&step| of(end, (grain, step))));
                    }
                }
                if found.is_empty() { vec![slots.clone()] } else { found }
            }
            "policy_rate" if slots.bound.is_none() => ["upper", "lower"]
                .map(|bound| Slots { bound: Some(bound), ..slots.clone() })
                .to_vec(),
            "record_count" => vec![slots.counting(Step::Record)],
            "event_count" if slots.entity == "FED" => {
                vec![slots.counting(Step::Up), slots.counting(Step::Down)]
            }
            "distance_from_high" if !cue::all_time(self.sentence) => {
                let year = slots.period.last_day().map(|day| day.saturating_sub(1.year()));
                vec![slots.clone(), Slots { since: year, ..slots.clone() }]
            }
            "yield" => match slots.period {
                // of a month it may be the average
                Period::At(p) if p.grain == Grain::Month => {
                    vec![slots.clone(), slots.during(Period::Calendar(p))]
                }
                _ => vec![slots.clone()],
            },
            "inflation" | "unemployment" => self.last_released(slots),
            "event_hit_rate"
            | "event_mean_return"
            | "event_successes"
            | "event_count"
            | "event_excess_return" => {
                let (text, claim) = (self.context.text, self.claim);
                let event = Event::of(text, claim.sentence, claim.span);
                vec![Slots { event, ..slots.clone() }]
            }
            _ => vec![slots.clone()],
        }
    }

    /// A monthly figure: of a month that is named its own; as of a day that of one of the months
    /// before, as releases are late and not all release days are known.
    fn last_released(&self, slots: &Slots) -> Vec<Slots> {
        let Period::At(p) = slots.period else { return vec![slots.clone()] };
        let month = CalendarPeriod::containing(Grain::Month, p.last_day());
        let own = (p.grain >= Grain::Month).then(|| slots.during(Period::Calendar(month)));
        let before = (-3..=-1).rev().map(|n| slots.during(Period::Calendar(month.plus(n))));
        own.into_iter().chain([slots.clone()]).chain(before).collect()
    }

    /// Whether the words after the number speak of a high (or of a low).
    pub(super) fn points_up(&self) -> Option<bool> {
        let after = self.context.text.get(self.claim.span.end..self.claim.sentence.end)?;
        let after = after.to_lowercase();
        match (after.find("high"), after.find("low")) {
            (Some(high), Some(low)) => Some(high < low),
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            (None, None) => None,
        }
    }

    /// Where a run may end: with the period, or anywhere in it where its steps are smaller.
    fn ends(&self, period: Period, grain: Grain) -> Vec<Period> {
        let (Period::Calendar(p) | Period::At(p)) = period else { return vec![period] };
        if p.grain <= grain {
            // What ends a run is the step after it.
            let before = CalendarPeriod::containing(grain, p.last_day()).plus(-1);
            let broken = cue::ends_run(self.sentence) && grain > Grain::Day;
            let earlier = broken.then_some(Period::Calendar(before));
            return [period].into_iter().chain(earlier).collect();
        }
        let mut step = CalendarPeriod::containing(grain, p.last_day());
        let mut ends = Vec::new();
        while step.last_day() >= p.first_day() && ends.len() < 31 {
            ends.push(Period::Calendar(step));
            step = step.plus(-1);
        }
        ends
    }

    /// The value of one reading.
    pub(super) fn find(&self, slots: &Slots) -> Result<Found, Missing> {
        if slots.metric == "rank" {
            return duration::since_beyond(self, slots);
        }
        let (query, answer) = self.answer(slots).map_err(|gap| (gap, None))?;
        match &answer.result {
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
                    Some(value) => Ok(Found { slots: slots.clone(), query, answer, value }),
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

    /// The query of a reading and its answer, each worked out once.
    fn answer(&self, slots: &Slots) -> Result<(Query, Answer), Gap> {
        let text = slots.text()?;
        if let Some(known) = self.answers.borrow().get(&text) {
            return Ok(known.clone());
        }
        let query: Query = text.parse().map_err(|d: Diagnostic| {
            Gap::new(Tag::NoSeries, format!("`{text}` is not a query here: {}", d.message))
        })?;
        let answer = self.evaluator.answer(&query);
        self.answers.borrow_mut().insert(text, (query.clone(), answer.clone()));
        Ok((query, answer))
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
        let follows = matches!(self.claim.metric, "return" | "return_spread" | "streak");
        if follows {
            let groups: Vec<Slots> = stated.iter().filter_map(by_proxy).collect();
            let (found, _) = all(&groups);
            if !found.is_empty() {
                return Ok((Standing::Group, found));
            }
        }
        if follows && self.claim.metric != "streak" {
            let funds: Vec<Slots> = stated.iter().filter_map(Slots::by_fund).collect();
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
