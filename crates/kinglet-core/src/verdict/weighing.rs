//! The values of a claim's readings against its printed number.

mod basis;
mod doubt;
mod otherwise;

use super::fit::{Fit, fit};
use super::slots::{self, Slots};
use super::trial::{Found, Trial};
use super::{Judgement, Reading, Tag, Verdict, cue, search, suggestion};
use crate::article::{Comparator, Modality};
use crate::time::{Date, Period};

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
    pub(super) fn slack(self) -> f64 {
        if self == Standing::Fund { 0.5 } else { 0.0 }
    }

    /// From which difference the stand-in shows that the claim is wrong: indexes of one group
    /// differ by so much over so many days, two funds by so much from their indexes.
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
/// How many days lie between two sessions at most.
const NEXT_SESSION: i32 = 4;
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
    pub(super) fn weigh(&self, standing: Standing, found: &[Found], judgement: &mut Judgement) {
        let Some(best) = self.best(standing, found) else { return };
        judgement.query = Some((*best.query).clone());
        judgement.answer = Some(best.answer(self.evaluator));
        if let Some(accused) = self.hold(standing, (best, found), judgement) {
            self.charge(standing, accused, judgement);
        }
        let misprinted = judgement.tag == Some(Tag::DigitSlip);
        let fails = judgement.verdict != Verdict::Supported && !misprinted;
        if fails && cue::intraday(self.sentence) && self.is_within_a_day(best.value) {
            judgement.acquit(Tag::IntradayMissing, "prices during the day are not in the data");
        }
    }

    /// The value that comes nearest to the printed number; of several that are all off, the first.
    pub(super) fn best<'f>(&self, standing: Standing, found: &'f [Found]) -> Option<&'f Found> {
        let fit_of = |f: &Found| fit(self.claim, f.value, standing.slack());
        let off = |f: &Found| (f.value - self.claim.value).abs();
        found.iter().min_by(|a, b| {
            let fits = fit_of(a);
            let nearer = match fits {
                Fit::Off => std::cmp::Ordering::Equal,
                _ => off(a).total_cmp(&off(b)),
            };
            fits.cmp(&fit_of(b)).then(nearer)
        })
    }

    /// Holds the best of the values found against the printed number; what remains to be accused,
    /// if none fits and nothing in the words excuses that.
    pub(super) fn hold<'f>(
        &self,
        standing: Standing,
        (best, found): (&'f Found, &'f [Found]),
        judgement: &mut Judgement,
    ) -> Option<&'f Found> {
        judgement.actual = Some(best.value);
        match fit(self.claim, best.value, standing.slack()) {
            Fit::Core => {
                judgement.verdict = Verdict::Supported;
                judgement.reason = self.told(best);
                self.say_otherwise(best, found, judgement);
            }
            Fit::Slack => {
                judgement.verdict = Verdict::Imprecise;
                judgement.reason = self.told(best);
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
            }
            Fit::Off if self.is_between(found) => {
                judgement.verdict = Verdict::Imprecise;
                judgement.reason = format!("{}; the day of the figure is open", self.told(best));
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
            }
            Fit::Off => {
                let misprint = found.iter().find(|f| self.is_misprinted(f));
                let accused = misprint.unwrap_or(best);
                return (!self.excuses(standing, (accused, found), judgement)).then_some(accused);
            }
        }
        None
    }

    /// Says under which other periods, that the words allow as well, the figure would be wrong.
    fn say_otherwise(&self, best: &Found, found: &[Found], judgement: &mut Judgement) {
        let claim = self.claim;
        let stated = |period: Period| Slots::of(claim, period, self.context.published).period;
        let periods: Vec<Period> =
            claim.period.iter().chain(&claim.other_periods).map(|&p| stated(p)).collect();
        let open = |f: &&Found| {
            f.slots.period != best.slots.period
                && periods.contains(&f.slots.period)
                && f.slots.during(best.slots.period) == best.slots
                && fit(claim, f.value, 0.0) == Fit::Off
        };
        for other in found.iter().filter(open) {
            let reading = Reading {
                what: format!("for {}", other.slots.period),
                query: other.query.to_string(),
                value: Some(other.value),
            };
            if !judgement.readings.contains(&reading) {
                let value = self.show(other.value);
                judgement.reason += &format!("; for {} it would be {value}", other.slots.period);
                judgement.readings.push(reading);
            }
        }
    }

    /// Whether a level is the close with one digit wrong or two exchanged. Of so many digits that
    /// is no accident, whatever the words leave open: of the closes within a few per cent one in
    /// some hundreds lies as near to a printed number.
    pub(super) fn is_misprinted(&self, best: &Found) -> bool {
        const DIGITS: usize = 5;
        const APART: f64 = 0.001;
        let printed = &self.claim.printed.text;
        let digits = printed.bytes().filter(u8::is_ascii_digit).count();
        let apart = (best.value - self.claim.value).abs() > APART * best.value.abs();
        let plain = self.claim.comparator == Comparator::Equal;
        self.claim.metric == "level"
            && plain
            && apart
            && digits >= DIGITS
            && search::is_digit_slip(printed, best.value)
    }

    /// Whether a price during the day may account for the difference.
    pub(super) fn is_within_a_day(&self, actual: f64) -> bool {
        let off = (actual - self.claim.value).abs();
        match self.claim.metric {
            "level" => off <= DAY * actual.abs(),
            "point_change" | "yield" => true,
            metric => slots::moves_by_the_hour(metric) && off <= 100.0 * DAY,
        }
    }

    /// Whether the printed number lies between the values of the days that the first reading
    /// allows: the close before the publication and the close of the day.
    fn is_between(&self, found: &[Found]) -> bool {
        let Some(first) = found.first() else { return false };
        let day = |f: &&Found| f.slots.during(first.slots.period) == first.slots;
        let ends = |f: &&Found| {
            let apart = |a: Date, b: Date| (b - a).get_days().abs() <= NEXT_SESSION;
            let days = f.slots.period.last_day().zip(first.slots.period.last_day());
            days.is_some_and(|(a, b)| apart(a, b))
        };
        let values = || found.iter().filter(day).filter(ends).map(|f| f.value);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let apart = (high - low) / self.claim.printed.step.max(f64::MIN_POSITIVE);
        self.claim.metric != "streak"
            && low < self.claim.value
            && self.claim.value < high
            && apart <= OPEN_STEPS
    }

    /// Whether a figure that no stated reading fits is right in a way that its words allow, or
    /// cannot be judged on these data.
    fn excuses(
        &self,
        standing: Standing,
        (best, found): (&Found, &[Found]),
        judgement: &mut Judgement,
    ) -> bool {
        let off = (best.value - self.claim.value).abs();
        let own = standing == Standing::Own;
        if own && (self.other_end(found, judgement) || self.other_basis(best, judgement)) {
            return true;
        }
        if self.claim.modality == Modality::Hypothetical {
            judgement.acquit(Tag::EventUndefined, "it was not so, and is not said to have been");
            return true;
        }
        let days =
            best.interval().map_or(i32::MAX, |i| i.base.map_or(0, |b| (i.end - b).get_days()));
        let near = match standing {
            Standing::Own => false,
            Standing::Fund if self.claim.versus.is_none() => self.is_near_the_fund(best),
            _ => off < standing.decisive(days) || days > LONG,
        };
        if near {
            let reason =
                format!("{} is {}, which is only a stand-in", best.query, self.show(best.value));
            judgement.acquit(Tag::NoSeries, &reason);
            return true;
        }
        self.is_extreme(best, judgement)
            || self.is_sister(best, judgement)
            || self.is_unsigned(best, judgement)
    }

    /// The verdict on a figure that nothing excuses.
    fn charge(&self, standing: Standing, best: &Found, judgement: &mut Judgement) {
        if self.is_in_basis_points(best) {
            judgement.verdict = Verdict::Contradicted;
            judgement.tag = Some(Tag::Unit);
            judgement.reason = "it is right in basis points, not in per cent".to_owned();
            return;
        }
        let doubt = self.doubt(best).filter(|_| !self.is_misprinted(best));
        if let Some((tag, reason)) = doubt {
            judgement.acquit(tag, reason);
            return;
        }
        let of_study = best.slots.study.is_some() || self.counts_decisions(best);
        if !of_study && self.is_open(best, standing.slack(), judgement) {
            return;
        }
        let slack = if standing == Standing::Fund { 1.0 } else { 0.0 };
        let explained = search::explain(self, best, slack);
        let other = explained.entity.as_deref();
        let ranked = best.slots.metric == "rank";
        if other.is_some_and(|other| ranked || self.is_nearer_to_another(other)) {
            judgement.acquit(Tag::EntityUnknown, "the words beside it name the other index");
            return;
        }
        judgement.verdict = explained.verdict;
        judgement.tag = Some(explained.tag);
        judgement.readings.extend(explained.readings);
        judgement.reason = self.told(best) + &explained.note;
        if judgement.verdict.accuses() {
            judgement.suggestion = suggestion::replacement(self.claim, best.value);
        }
    }

    /// A value with its query; of how long nothing was beyond what is asked, that.
    fn told(&self, found: &Found) -> String {
        let value = self.show(found.value);
        match (found.slots.metric, found.slots.unit) {
            ("rank", unit) if unit != "count" => {
                format!("{} had not been outdone for {value}", found.query)
            }
            _ => format!("{} is {value}", found.query),
        }
    }

    /// A value as it is told in the claim's unit.
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
