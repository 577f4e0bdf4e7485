//! The trial of one claim: its queries, their values, the verdict.

use super::fit::{Fit, fit};
use super::slots::{self, Direction, Gap, Slots};
use super::{Context, Judgement, Reading, Tag, Verdict, cue, search, suggestion};
use crate::answer::{Answer, Undefined};
use crate::article::{Claim, Modality};
use crate::query::{Evaluator, Query};
use crate::time::{CalendarPeriod, Grain, Period};

/// On what a claim is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// On the series of its own entity.
    Own,
    /// On the fund that follows the index; the fund includes dividends.
    Fund,
    /// On the index by which a group of companies is measured.
    Group,
}

impl Standing {
    /// How far the stand-in may differ without harm, in percentage points.
    fn slack(self) -> f64 {
        if self == Standing::Fund { 0.5 } else { 0.0 }
    }

    /// From which difference the stand-in shows that the claim is wrong.
    fn decisive(self) -> f64 {
        match self {
            Standing::Own => 0.0,
            Standing::Fund => 10.0,
            Standing::Group => 3.0,
        }
    }
}

/// A query of a claim with its answer.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) slots: Slots,
    pub(super) query: Query,
    pub(super) answer: Answer,
    pub(super) value: f64,
}

/// One claim on trial.
pub(super) struct Trial<'a> {
    pub(super) claim: &'a Claim,
    pub(super) context: Context<'a>,
    pub(super) evaluator: &'a Evaluator<'a>,
    sentence: &'a str,
}

impl<'a> Trial<'a> {
    pub(super) fn new(
        claim: &'a Claim,
        context: Context<'a>,
        evaluator: &'a Evaluator<'a>,
    ) -> Trial<'a> {
        Trial { claim, context, evaluator, sentence: context.slice(claim.sentence) }
    }
}

/// Judges one claim.
pub(super) fn judge(
    index: usize,
    claim: &Claim,
    context: Context<'_>,
    evaluator: &Evaluator<'_>,
) -> Judgement {
    let trial = Trial::new(claim, context, evaluator);
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
        return judgement;
    }
    match trial.evidence() {
        Ok((standing, found)) => trial.weigh(standing, found, &mut judgement),
        Err((gap, query)) => {
            judgement.tag = Some(gap.tag);
            judgement.reason = gap.reason;
            judgement.query = query;
        }
    }
    judgement
}

type Missing = (Gap, Option<Query>);

impl Trial<'_> {
    /// The verdict that follows from the mood alone.
    fn mood(&self) -> Option<(Verdict, &'static str)> {
        let published = self.context.published;
        let last = self.claim.period.and_then(Period::last_day);
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
        }
        Ok(all)
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
                let Some(grain) = slots::steps(self.claim, self.sentence) else {
                    return vec![slots.clone()];
                };
                let runs = [(grain, Direction::Up), (grain, Direction::Down)];
                let ends = self.ends(slots.period, grain);
                let of = |end: Period, run| Slots { run: Some(run), period: end, ..slots.clone() };
                ends.iter().flat_map(|&end| runs.map(|run| of(end, run))).collect()
            }
            "policy_rate" if slots.bound.is_none() => ["upper", "lower"]
                .map(|bound| Slots { bound: Some(bound), ..slots.clone() })
                .to_vec(),
            _ => vec![slots.clone()],
        }
    }

    /// Where a run may end: with the period, or anywhere in it where its steps are smaller.
    fn ends(&self, period: Period, grain: Grain) -> Vec<Period> {
        let Period::Calendar(p) = period else { return vec![period] };
        if p.grain <= grain {
            return vec![period];
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
        let query = slots.query().map_err(|gap| (gap, None))?;
        let answer = self.evaluator.answer(&query);
        match &answer.result {
            Err(undefined) => Err((gap_of(undefined), Some(query))),
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

    /// The fit of a value.
    pub(super) fn fit(&self, value: f64) -> Fit {
        fit(self.claim, value, 0.0)
    }

    /// Weighs the values of the stated readings against the printed number.
    fn weigh(&self, standing: Standing, found: Vec<Found>, judgement: &mut Judgement) {
        let fit_of = |f: &Found| fit(self.claim, f.value, standing.slack());
        let off = |f: &Found| (f.value - self.claim.value).abs();
        let Some(best) = found.iter().min_by(|a, b| {
            let exact = (off(a)).total_cmp(&off(b));
            fit_of(a).cmp(&fit_of(b)).then(if fit_of(a) == Fit::Off {
                std::cmp::Ordering::Equal
            } else {
                exact
            })
        }) else {
            return;
        };
        judgement.query = Some(best.query.clone());
        judgement.answer = Some(best.answer.clone());
        judgement.actual = Some(best.value);
        let shown = self.show(best.value);
        match fit_of(best) {
            Fit::Core => {
                judgement.verdict = Verdict::Supported;
                judgement.reason = format!("{} is {shown}", best.query);
                return;
            }
            Fit::Slack => {
                judgement.verdict = Verdict::Imprecise;
                judgement.reason = format!("{} is {shown}", best.query);
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
            }
            Fit::Off if self.is_between(&found) => {
                judgement.verdict = Verdict::Imprecise;
                judgement.reason =
                    format!("{} is {shown}; the day of the figure is open", best.query);
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
            }
            Fit::Off => self.accuse(standing, best, judgement),
        }
        if cue::intraday(self.sentence) && slots::is_price(self.claim.metric) {
            judgement.acquit(Tag::IntradayMissing, "prices during the day are not in the data");
        }
    }

    /// Whether the printed number lies between the values of readings that the words allow, as for
    /// the close before the publication and the close of the day.
    fn is_between(&self, found: &[Found]) -> bool {
        let values = || found.iter().map(|f| f.value);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        self.claim.metric != "streak" && low < self.claim.value && self.claim.value < high
    }

    /// The verdict on a claim that no stated reading fits.
    fn accuse(&self, standing: Standing, best: &Found, judgement: &mut Judgement) {
        let claim = self.claim;
        let off = (best.value - claim.value).abs();
        if standing == Standing::Own && self.other_basis(best, judgement) {
            return;
        }
        if claim.modality == Modality::Hypothetical {
            judgement.acquit(Tag::EventUndefined, "it was not so, and is not said to have been");
            return;
        }
        if standing != Standing::Own && (off < standing.decisive() || is_long(best.slots.period)) {
            let reason =
                format!("{} is {}, which is only a stand-in", best.query, self.show(best.value));
            judgement.acquit(Tag::NoSeries, &reason);
            return;
        }
        if claim.metric == "streak" && cue::record(self.sentence) {
            judgement.acquit(Tag::EventUndefined, "a run of records is not a run of gains");
            return;
        }
        if claim.metric == "distance_from_high" && !cue::all_time(self.sentence) {
            judgement.acquit(Tag::EventUndefined, "the high may be that of a year, not a record");
            return;
        }
        let slack = if standing == Standing::Fund { 1.0 } else { 0.0 };
        let explained = search::explain(self, best, slack);
        judgement.verdict = explained.verdict;
        judgement.tag = Some(explained.tag);
        judgement.readings.extend(explained.readings);
        judgement.reason = format!("{} is {}{}", best.query, self.show(best.value), explained.note);
        judgement.suggestion = suggestion::replacement(claim, best.value);
    }

    /// Whether the figure is right with dividends.
    fn other_basis(&self, best: &Found, judgement: &mut Judgement) -> bool {
        if !matches!(self.claim.metric, "return" | "return_spread" | "annualized_return") {
            return false;
        }
        let named = self.claim.basis.is_some();
        let own = Some(best.slots.with_distributions());
        let readings = [own, best.slots.by_fund()];
        let mut known = false;
        for slots in readings.iter().flatten().filter(|s| **s != best.slots) {
            let Ok(total) = self.find(slots) else { continue };
            known = true;
            judgement.readings.push(Reading {
                what: "with dividends".to_owned(),
                query: total.query.to_string(),
                value: Some(total.value),
            });
            if self.fit(total.value) != Fit::Off {
                judgement.tag = Some(Tag::WrongBasis);
                judgement.verdict = if named { Verdict::Contradicted } else { Verdict::Imprecise };
                judgement.reason = format!(
                    "{} is {}; with dividends {}",
                    best.query,
                    self.show(best.value),
                    self.show(total.value)
                );
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
                return true;
            }
        }
        if known || named || self.claim.metric != "return" {
            return false;
        }
        let Some(rate) = self.implied_dividends(best) else { return false };
        judgement.tag = Some(Tag::WrongBasis);
        judgement.verdict = Verdict::Imprecise;
        judgement.reason = format!(
            "{} is {}; dividends of {:.1}% a year, which no series gives, would explain the rest",
            best.query,
            self.show(best.value),
            100.0 * rate
        );
        judgement.suggestion = suggestion::replacement(self.claim, best.value);
        true
    }

    /// The yearly dividends that would lift the price return to the printed one, where that is a
    /// common rate and the period is long enough for them to matter.
    fn implied_dividends(&self, best: &Found) -> Option<f64> {
        let interval = best.answer.result.as_ref().ok()?.interval?;
        let years = f64::from((interval.end - interval.base?).get_days()) / 365.25;
        let growth = (1.0 + self.claim.value / 100.0) / (1.0 + best.value / 100.0);
        if self.claim.unit != "percent" || years < 0.9 || growth <= 0.0 {
            return None;
        }
        let rate = libm::pow(growth, 1.0 / years) - 1.0;
        (0.005..=0.05).contains(&rate).then_some(rate)
    }

    /// A value in the claim's unit, for a sentence.
    pub(super) fn show(&self, value: f64) -> String {
        suggestion::spelled(value, self.claim.unit)
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

/// Whether dividends add up to more than a stand-in's slack.
fn is_long(period: Period) -> bool {
    match period {
        Period::Trailing(length, _) => length.in_years() > 1.25,
        Period::Between(a, b) => (b.last_day() - a.first_day()).get_days() > 460,
        _ => false,
    }
}

fn gap_of(undefined: &Undefined) -> Gap {
    let tag = match undefined.code {
        "period_open" | "period_kind" | "period_empty" | "no_session" => Tag::PeriodOpen,
        _ => Tag::NoSeries,
    };
    Gap::new(tag, undefined.reason.clone())
}

impl Judgement {
    /// Turns an accusation into `unverifiable`.
    pub(super) fn acquit(&mut self, tag: Tag, reason: &str) {
        self.verdict = Verdict::Unverifiable;
        self.tag = Some(tag);
        reason.clone_into(&mut self.reason);
        self.suggestion = None;
    }
}
