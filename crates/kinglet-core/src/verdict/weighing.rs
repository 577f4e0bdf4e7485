//! The values of a claim's readings against its printed number.

use super::fit::{Fit, fit};
use super::slots::{self, SISTERS, Slots};
use super::trial::{Found, Trial};
use super::{Judgement, Reading, Tag, Verdict, cue, search, suggestion};
use crate::answer::Answer;
use crate::article::{Comparator, Modality};
use crate::columns::Series;
use crate::query::Query;
use crate::time::{Grain, Period};

/// On what a claim is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
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

    /// From which difference the stand-in shows that the claim is wrong: indexes of one group
    /// differ by so much over so many days.
    fn decisive(self, days: i32) -> f64 {
        match self {
            Standing::Own => 0.0,
            Standing::Fund => 10.0,
            Standing::Group if days <= 10 => 1.0,
            Standing::Group if days <= 45 => 2.0,
            Standing::Group => 3.0,
        }
    }
}

/// How many printed steps apart two readings may be for a figure between them to be read as either.
const OPEN_STEPS: f64 = 10.0;
/// What a price may move within a day at most, as a share, but for crashes.
const DAY: f64 = 0.06;
/// Days over which the dividends of a stand-in add up to more than its slack.
const LONG: i32 = 460;

impl Trial<'_> {
    /// The fit of a value.
    pub(super) fn fit(&self, value: f64) -> Fit {
        fit(self.claim, value, 0.0)
    }

    /// Weighs the values of the stated readings against the printed number.
    pub(super) fn weigh(&self, standing: Standing, found: Vec<Found>, judgement: &mut Judgement) {
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
        if cue::intraday(self.sentence) && self.is_within_a_day(best.value) {
            judgement.acquit(Tag::IntradayMissing, "prices during the day are not in the data");
        }
    }

    /// Whether a price during the day may account for the difference.
    pub(super) fn is_within_a_day(&self, actual: f64) -> bool {
        let off = (actual - self.claim.value).abs();
        match self.claim.metric {
            "level" => off <= DAY * actual.abs(),
            "point_change" | "yield" => true,
            metric => slots::is_price(metric) && off <= 100.0 * DAY,
        }
    }

    /// Whether the printed number lies between the values of readings that the words allow, as for
    /// the close before the publication and the close of the day.
    fn is_between(&self, found: &[Found]) -> bool {
        let values = || found.iter().map(|f| f.value);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let apart = (high - low) / self.claim.printed.step.max(f64::MIN_POSITIVE);
        self.claim.metric != "streak"
            && low < self.claim.value
            && self.claim.value < high
            && apart <= OPEN_STEPS
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
        let days =
            best.interval().map_or(i32::MAX, |i| i.base.map_or(0, |b| (i.end - b).get_days()));
        if standing != Standing::Own && (off < standing.decisive(days) || days > LONG) {
            let reason =
                format!("{} is {}, which is only a stand-in", best.query, self.show(best.value));
            judgement.acquit(Tag::NoSeries, &reason);
            return;
        }
        if self.is_extreme(best, judgement) {
            return;
        }
        if self.is_sister(best, judgement) || self.is_unsigned(best, judgement) {
            return;
        }
        if let Some((tag, reason)) = self.doubt(best) {
            judgement.acquit(tag, reason);
            return;
        }
        if self.is_open(best, judgement) {
            return;
        }
        let slack = if standing == Standing::Fund { 1.0 } else { 0.0 };
        let explained = search::explain(self, best, slack);
        judgement.verdict = explained.verdict;
        judgement.tag = Some(explained.tag);
        judgement.readings.extend(explained.readings);
        judgement.reason = format!("{} is {}{}", best.query, self.show(best.value), explained.note);
        if judgement.verdict.accuses() {
            judgement.suggestion = suggestion::replacement(claim, best.value);
        }
    }

    /// Whether a level is not the close of the day but the high or low that its words speak of.
    fn is_extreme(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let known = self.extremes(best).into_iter().find_map(|(query, answer)| {
            let value = answer.number().filter(|&value| self.fit(value) == Fit::Core)?;
            Some((query, answer, value))
        });
        let Some((query, answer, value)) = known else { return false };
        judgement.verdict = Verdict::Supported;
        judgement.reason = format!("{query} is {}", self.show(value));
        judgement.actual = Some(value);
        judgement.answer = Some(answer);
        judgement.query = Some(query);
        true
    }

    /// The highest and lowest closes of the year before and of all the data, where the words beside
    /// a level speak of a high or low.
    fn extremes(&self, best: &Found) -> Vec<(Query, Answer)> {
        let Some(day) = best.slots.period.last_day() else { return Vec::new() };
        if self.claim.metric != "level" || !cue::extreme(self.beside()) {
            return Vec::new();
        }
        let e = &best.slots.entity;
        let series = self.evaluator.view().series(e, best.slots.basis);
        let first = series.ok().and_then(Series::coverage).map(|(first, _)| first);
        let periods = [Some(format!("1y@{day}")), first.map(|first| format!("{first}..{day}"))];
        let kinds = |period: &String| {
            ["highest", "lowest"].map(|kind| format!("extremum({e}, {period}, kind: {kind})"))
        };
        let queries = periods.iter().flatten().flat_map(kinds).filter_map(|t| t.parse().ok());
        queries.map(|query: Query| (query.clone(), self.evaluator.answer(&query))).collect()
    }

    /// The words beside the number.
    fn beside(&self) -> &str {
        const BEFORE: usize = 40;
        const AFTER: usize = 25;
        let text = self.context.text;
        let (start, end) = (self.claim.span.start, self.claim.span.end);
        let floor = text.floor_char_boundary(start.saturating_sub(BEFORE));
        let ceiling = text.ceil_char_boundary(end.saturating_add(AFTER).min(text.len()));
        text.get(floor..ceiling).unwrap_or_default()
    }

    /// Whether the figure is right for a sister index where the sentence does not name its own.
    fn is_sister(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let own = self.claim.entity.as_str();
        let plain = self.claim.comparator == Comparator::Equal && best.slots.versus.is_none();
        if !plain || !SISTERS.contains(&own) || cue::entity(self.sentence, own) {
            return false;
        }
        let others = SISTERS.into_iter().filter(|sister| *sister != own);
        let mut found = others.filter_map(|sister| self.find(&best.slots.about(sister)).ok());
        let Some(found) = found.find(|f| self.fit(f.value) == Fit::Core) else {
            return false;
        };
        if self.claim.metric != "level" {
            judgement.acquit(Tag::EntityUnknown, "the sentence does not name the index");
            return true;
        }
        judgement.verdict = Verdict::Supported;
        judgement.actual = Some(found.value);
        judgement.reason = format!("{} is {}", found.query, self.show(found.value));
        judgement.query = Some(found.query);
        judgement.answer = Some(found.answer);
        true
    }

    /// Whether the figure is right but for a sign that neither the number nor the words beside it
    /// carry.
    fn is_unsigned(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let signed = self.claim.printed.text.starts_with(['-', '+', '\u{2212}']);
        let words = self.beside();
        if signed || cue::direction(words) || self.fit(-best.value) != Fit::Core {
            return false;
        }
        judgement.reason = format!("{} is {}", best.query, self.show(best.value));
        if best.value > 0.0 {
            judgement.verdict = Verdict::Supported;
        } else {
            judgement.verdict = Verdict::Imprecise;
            judgement.tag = Some(Tag::Sign);
            judgement.suggestion = suggestion::replacement(self.claim, best.value);
        }
        true
    }

    /// Why the data, though they give another figure, do not decide.
    fn doubt(&self, best: &Found) -> Option<(Tag, &'static str)> {
        match self.claim.metric {
            "level" if cue::extreme(self.beside()) && !cue::close(self.sentence) => {
                Some((Tag::IntradayMissing, "the high or low may be one during the day"))
            }
            "level" if self.extremes(best).iter().any(|(_, answer)| answer.result.is_err()) => {
                Some((Tag::NoSeries, "the data do not reach back to every high or low"))
            }
            "return" if cue::mean(self.sentence) => {
                Some((Tag::EventUndefined, "it may be a mean over several periods"))
            }
            "return" if self.is_yearly_rate(best) => {
                Some((Tag::PeriodOpen, "it may be meant as a rate a year"))
            }
            "streak" if cue::record(self.sentence) => {
                Some((Tag::EventUndefined, "the records may be other than those of closes"))
            }
            "distance_from_high" if !cue::all_time(self.sentence) => {
                Some((Tag::EventUndefined, "the high may be other than a record or that of a year"))
            }
            "yield" if !matches!(best.slots.period, Period::At(p) if p.grain == Grain::Day) => {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "event_mean_return" | "event_count" | "event_successes" | "event_excess_return" => {
                Some((Tag::EventUndefined, "the cases counted may be others"))
            }
            "event_hit_rate" if !self.hit_rate_is_decided(best) => Some((
                Tag::NoSeries,
                "earlier cases, which are not in the data, could make it right",
            )),
            _ => None,
        }
    }

    /// Whether the figure is right as a yearly rate, of which the sentence speaks.
    fn is_yearly_rate(&self, best: &Found) -> bool {
        let yearly = Slots { metric: "annualized_return", ..best.slots.clone() };
        cue::yearly(self.sentence)
            && self.find(&yearly).is_ok_and(|found| self.fit(found.value) != Fit::Off)
    }

    /// Whether no plausible number of cases before the data begin mends a hit rate: half as many
    /// again as are known, all of them hits or all of them misses.
    fn hit_rate_is_decided(&self, best: &Found) -> bool {
        let Some(event) = best.slots.event.filter(|event| event.said_here) else { return false };
        let Ok(query) = event.count(&best.slots.entity).parse::<Query>() else { return false };
        let Some(cases) = self.evaluator.answer(&query).number() else { return false };
        let (more, hits) = (cases / 2.0, cases * best.value / 100.0);
        let best_case = 100.0 * (hits + more) / (cases + more);
        let worst_case = 100.0 * hits / (cases + more);
        let slack = self.claim.printed.step;
        self.claim.value - slack > best_case || self.claim.value + slack < worst_case
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
        let interval = best.interval()?;
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

impl Judgement {
    /// Turns an accusation into `unverifiable`.
    pub(super) fn acquit(&mut self, tag: Tag, reason: &str) {
        self.verdict = Verdict::Unverifiable;
        self.tag = Some(tag);
        reason.clone_into(&mut self.reason);
        self.suggestion = None;
    }
}
