//! The nearest wrong reading: which other period, sign, unit, entity or digit would make a wrong
//! figure right. An explanation counts only if it is the only one and chance is unlikely.

use jiff::ToSpan;

use super::fit::{self, Fit};
use super::slots::{self, SISTERS, Slots};
use super::trial::{Found, Trial};
use super::{Reading, Tag, Verdict, cue};
use crate::identity::Basis;
use crate::time::{Calendar, CalendarPeriod, Date, Grain, Interval, Length, Period};

/// What explains a wrong figure.
pub(super) struct Explained {
    pub(super) verdict: Verdict,
    pub(super) tag: Tag,
    pub(super) readings: Vec<Reading>,
    /// Ends the sentence of the reason.
    pub(super) note: String,
    /// Of which other entity the figure is right.
    pub(super) entity: Option<String>,
}

/// Expected number of chance hits from which a hit explains nothing: next-door periods are a priori
/// likely mistakes, others are not.
const CHANCE_NEAR: f64 = 0.3;
const CHANCE_FAR: f64 = 0.1;

/// Explains why a figure is wrong; `slack` widens the bands for a stand-in series.
pub(super) fn explain(trial: &Trial<'_>, best: &Found, slack: f64) -> Explained {
    let calendar = &trial.evaluator.view().calendar;
    let mut readings = Vec::new();
    let near = next_door(best.slots.period, calendar);
    let far = further(trial, best, calendar);
    let rounds = [(near, Fit::Slack, CHANCE_NEAR), (far, Fit::Core, CHANCE_FAR)];
    for (periods, worst, chance) in rounds {
        let round = Round { trial, best, slack, worst, chance };
        if let Some(hit) = round.only_hit(periods, &mut readings) {
            let note = format!("; {} is {}", hit.query, trial.show(hit.value));
            let (verdict, tag) = if is_other_base(best.slots.period, hit.slots.period) {
                (Verdict::Contradicted, Tag::WrongBase)
            } else if trial.is_run_without_end()
                || !trial.is_paired() && is_meant(trial, best.slots.period, hit.slots.period)
            {
                (Verdict::Unverifiable, Tag::PeriodOpen)
            } else {
                (Verdict::Misdated, Tag::Period(hit.slots.period))
            };
            return Explained { verdict, tag, readings, note, entity: None };
        }
    }
    let (tag, note) = slip(trial, best, &mut readings);
    let sister = readings.last().and_then(|r| r.what.strip_prefix("of ")).map(str::to_owned);
    let entity = sister.filter(|_| tag == Tag::WrongEntity);
    Explained { verdict: Verdict::Contradicted, tag, readings, note, entity }
}

struct Round<'a> {
    trial: &'a Trial<'a>,
    best: &'a Found,
    slack: f64,
    worst: Fit,
    chance: f64,
}

impl Round<'_> {
    /// The one period that gives the printed figure.
    fn only_hit(&self, periods: Vec<Period>, readings: &mut Vec<Reading>) -> Option<Found> {
        let stated = self.best.interval();
        let mut tried: Vec<(Option<Interval>, Found)> = Vec::new();
        for period in periods.into_iter().filter(|&p| p != self.best.slots.period) {
            let Ok(found) = self.trial.find(&self.best.slots.during(period)) else { continue };
            let interval = found.interval();
            if interval == stated || tried.iter().any(|(seen, _)| *seen == interval) {
                continue;
            }
            tried.push((interval, found));
        }
        let hits: Vec<&Found> = tried.iter().map(|(_, f)| f).filter(|f| self.is_hit(f)).collect();
        let next_door = self.worst == Fit::Slack;
        for (_, found) in &tried {
            if next_door || hits.iter().any(|h| h.query == found.query) {
                readings.push(Reading {
                    what: format!("for {}", found.slots.period),
                    query: found.query.to_string(),
                    value: Some(found.value),
                });
            }
        }
        let values = tried.iter().map(|(_, f)| f.value).chain([self.best.value]);
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let width = 2.0 * (fit::width(self.trial.claim, self.worst) + self.slack);
        let expected = tried.len() as f64 * width / (high - low).max(width);
        match hits.as_slice() {
            [hit] if expected < self.chance || is_discrete(self.trial.claim.metric) => {
                Some((*hit).clone())
            }
            _ => None,
        }
    }

    /// Whether a reading gives the printed figure, with or without dividends.
    fn is_hit(&self, found: &Found) -> bool {
        let fits = |value| fit::fit(self.trial.claim, value, self.slack) <= self.worst;
        let total = || {
            let slots = found.slots.by_fund()?;
            self.trial.find(&slots).ok().map(|f| f.value)
        };
        fits(found.value)
            || found.slots.basis == Basis::Price
                && found.slots.metric == "return"
                && total().is_some_and(fits)
    }
}

/// Whether two periods between days differ in their base alone.
fn is_other_base(stated: Period, other: Period) -> bool {
    match (stated, other) {
        (Period::Between(a, b), Period::Between(c, d)) => a != c && a.grain == c.grain && b == d,
        _ => false,
    }
}

/// Whether the words name the other period, and nearer to the figure than the stated one: then they
/// may mean it. Where its sentence does not name the stated period, the words before it count too.
fn is_meant(trial: &Trial<'_>, stated: Period, other: Period) -> bool {
    let (text, at) = trial.sentence_and_place();
    let in_sentence = cue::distance(text, at, stated);
    let (text, at) = if in_sentence.is_some() { (text, at) } else { trial.words_before() };
    let distance = |period| cue::distance(text, at, period);
    distance(other).is_some_and(|other| distance(stated).is_none_or(|stated| other < stated))
}

/// Rates are set in steps, so that an exact hit is no accident.
fn is_discrete(metric: &str) -> bool {
    matches!(metric, "policy_rate" | "rate_change" | "streak")
}

/// The neighbours of a period: the same thing one step earlier or later.
fn next_door(period: Period, calendar: &Calendar) -> Vec<Period> {
    let session = |day: Date, n: i64| calendar.offset(day, n).ok();
    let day = CalendarPeriod::day;
    let steps = |n: i64| match period {
        Period::Calendar(p) if p.grain == Grain::Day => {
            session(p.first_day(), n).map(|d| Period::Calendar(day(d)))
        }
        Period::Calendar(p) => i32::try_from(n).ok().map(|n| Period::Calendar(p.plus(n))),
        Period::At(p) if p.grain == Grain::Day => {
            session(p.first_day(), n).map(|d| Period::At(day(d)))
        }
        Period::At(p) => i32::try_from(n).ok().map(|n| Period::At(p.plus(n))),
        Period::ToDate(grain, d) => session(d, n).map(|d| Period::ToDate(grain, d)),
        Period::Trailing(length, d) => session(d, n).map(|d| Period::Trailing(length, d)),
        Period::Between(..)
        | Period::Forward(_)
        | Period::Rolling(..)
        | Period::Each(_)
        | Period::AtEach(_) => None,
    };
    [-1, 1].into_iter().filter_map(steps).collect()
}

/// Periods that are taken for the stated one less often.
fn further(trial: &Trial<'_>, best: &Found, calendar: &Calendar) -> Vec<Period> {
    let period = best.slots.period;
    let Some(end) = period.last_day() else { return Vec::new() };
    let mut found = Vec::new();
    let shifted = |p: CalendarPeriod, steps: &[i32]| -> Vec<Period> {
        steps.iter().map(|&n| Period::Calendar(p.plus(n))).collect()
    };
    match period {
        Period::Calendar(p) if p.grain == Grain::Day => {
            let days =
                [-3, -2, 2, 3].into_iter().filter_map(|n| calendar.offset(p.first_day(), n).ok());
            found.extend(days.map(|d| Period::Calendar(CalendarPeriod::day(d))));
            found.push(Period::Calendar(CalendarPeriod::containing(Grain::Week, end)));
        }
        Period::Calendar(p) if p.grain == Grain::Month => {
            found.extend(shifted(p, &[-12, -3, -2, 2, 3, 12]));
        }
        Period::Calendar(p) if p.grain == Grain::Quarter => {
            found.extend(shifted(p, &[-4, -2, 2, 4]));
        }
        Period::Calendar(p) => found.extend(shifted(p, &[-2, 2])),
        Period::ToDate(grain, day) => {
            let p = CalendarPeriod::containing(grain, day);
            found.push(Period::Calendar(p.plus(-1)));
            let month = CalendarPeriod::containing(Grain::Month, day).plus(-1).last_day();
            found.push(Period::ToDate(grain, month));
        }
        Period::Between(a, b) if a.grain == Grain::Day && b.grain == Grain::Day => {
            let sessions = |p: CalendarPeriod| {
                let around = [-1, 1].into_iter();
                around.filter_map(move |n| calendar.offset(p.first_day(), n).ok())
            };
            let day = CalendarPeriod::day;
            found.extend(sessions(a).map(|d| Period::Between(day(d), b)));
            found.extend(sessions(b).map(|d| Period::Between(a, day(d))));
        }
        _ => {}
    }
    if !matches!(period, Period::At(_)) && best.slots.metric != "streak" {
        for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
            found.push(Period::ToDate(grain, end));
        }
        for months in [1, 3, 6, 12] {
            found.push(Period::Trailing(Length::months(months), end));
        }
        found.extend(from_turn(trial, best, end));
    }
    found.retain(|p| p.last_day().is_some_and(|d| d <= trial.context.published));
    found
}

/// From the lowest close in or shortly before the period to its end (the highest, for a loss).
fn from_turn(trial: &Trial<'_>, best: &Found, end: Date) -> Option<Period> {
    let interval = best.interval()?;
    let view = trial.evaluator.view();
    let series = view.series(&best.slots.entity, best.slots.basis).ok()?;
    let from = interval.base? - 31.days();
    let falls = trial.claim.value < 0.0;
    let turn = series.after_through(from, interval.end).iter().min_by(|a, b| {
        let order = a.value.total_cmp(&b.value);
        if falls { order.reverse() } else { order }
    })?;
    let (from, to) = (CalendarPeriod::day(turn.date), CalendarPeriod::day(end));
    (turn.date < end).then_some(Period::Between(from, to))
}

/// What was done to the right figure, if exactly one slip gives the printed one.
fn slip(trial: &Trial<'_>, best: &Found, readings: &mut Vec<Reading>) -> (Tag, String) {
    let core = |value: f64| trial.fit(value) == Fit::Core;
    let mut found: Vec<(Tag, String)> = Vec::new();
    if trial.claim.unit == "count" && (best.value - trial.claim.value).abs() == 1.0 {
        found.push((Tag::OffByOne, "; it is off by one".to_owned()));
    }
    if best.value != 0.0 && core(-best.value) {
        found.push((Tag::Sign, "; the sign is wrong".to_owned()));
    }
    if [0.01, 0.1, 10.0, 100.0].into_iter().any(|factor| core(best.value * factor)) {
        found.push((Tag::Unit, "; it is off by a power of ten".to_owned()));
    } else if let Some(note) = as_other_change(trial, best) {
        found.push((Tag::Unit, note));
    }
    if is_digit_slip(&trial.claim.printed.text, best.value) {
        found.push((Tag::DigitSlip, "; one digit differs".to_owned()));
    }
    if SISTERS.contains(&best.slots.entity.as_str()) && best.slots.versus.is_none() {
        for sister in SISTERS.into_iter().filter(|s| *s != best.slots.entity) {
            let slots: Slots = best.slots.about(sister);
            let Ok(other) = trial.find(&slots) else { continue };
            if core(other.value) {
                readings.push(Reading {
                    what: format!("of {sister}"),
                    query: other.query.to_string(),
                    value: Some(other.value),
                });
                let note = format!("; {} is {}", other.query, trial.show(other.value));
                found.push((Tag::WrongEntity, note));
            }
        }
    }
    match found.len() {
        1 => found.remove(0),
        _ => (Tag::NoMatch, String::new()),
    }
}

/// Whether points are printed as per cent, or per cent as points. What is printed to less than a
/// hundredth of its size may be so by chance.
fn as_other_change(trial: &Trial<'_>, best: &Found) -> Option<String> {
    const FINE: f64 = 0.01;
    if trial.claim.printed.step > FINE * trial.claim.value.abs() {
        return None;
    }
    let (metric, unit, name) = match (best.slots.metric, best.slots.unit) {
        ("return", "percent") => ("point_change", "index_points", "points"),
        ("point_change", "index_points") => ("return", "percent", "per cent"),
        _ => return None,
    };
    let query = Slots { metric, unit, ..best.slots.clone() }.text().ok()?.parse().ok()?;
    let quantity = trial.evaluator.answer(&query).result.ok()?.quantity;
    let value = slots::number(quantity.value, quantity.unit, unit)?;
    (trial.fit(value) == Fit::Core).then(|| format!("; it is right in {name}"))
}

/// Whether the right figure, printed to as many digits, differs in one digit of at least three, or
/// in that two of at least four are exchanged.
pub(super) fn is_digit_slip(printed: &str, actual: f64) -> bool {
    let token: String = printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let decimals = token.split_once('.').map_or(0, |(_, rest)| rest.len());
    let right = format!("{:.decimals$}", actual.abs());
    let pairs = token.bytes().zip(right.bytes());
    let differing: Vec<(u8, u8)> = pairs.filter(|(a, b)| a != b).collect();
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let slipped = match differing[..] {
        [_] => digits >= 3,
        [(a, b), (c, d)] => digits >= 4 && a == d && b == c,
        _ => false,
    };
    token.len() == right.len() && slipped
}
