//! The entities and periods that a figure could be about, from what is named around it.

use super::super::slots::{self, Slots};
use super::super::trial::Trial;
use super::passage::Passage;
use super::time::gives;
use crate::article::{Claim, Named};
use crate::time::{CalendarPeriod, Date, Grain, Length, LengthUnit, Period};

/// How many entities and periods are tried.
const ENTITIES: usize = 5;
const PERIODS: usize = 32;

impl Trial<'_> {
    /// The entities that the figure could be about.
    pub(super) fn entities_nearby(&self, slots: &Slots, before: &Passage<'_>) -> Vec<String> {
        const NEARBY: usize = 600;
        let mut found = vec![slots.entity.clone()];
        let marked = before.marks.entities.iter().rev().map(|(_, code)| *code);
        let near = |c: &&Claim| {
            c.span.start.abs_diff(self.claim.span.start) <= NEARBY && c.metric == self.claim.metric
        };
        let claimed = self.claims.iter().filter(near).map(|c| c.entity.as_str());
        let topics = self.topics();
        for code in marked.chain(claimed).chain(topics) {
            let code = slots::proxy(code).unwrap_or(code);
            if found.len() < ENTITIES && found.iter().all(|f| f != code) {
                found.push(code.to_owned());
            }
        }
        found
    }

    /// The two entities that the article speaks of most.
    fn topics(&self) -> impl Iterator<Item = &str> {
        let mut counts: Vec<(usize, &str)> = Vec::new();
        for claim in self.claims.iter().filter(|c| c.metric == self.claim.metric) {
            match counts.iter_mut().find(|(_, code)| *code == claim.entity) {
                Some((count, _)) => *count += 1,
                None => counts.push((1, &claim.entity)),
            }
        }
        counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        counts.into_iter().take(2).map(|(_, code)| code)
    }

    /// The periods that the figure could be of, each worked out when it is asked for.
    pub(super) fn periods_nearby<'s>(
        &'s self,
        slots: &'s Slots,
        sentence: &'s Passage<'_>,
        before: &'s Passage<'_>,
    ) -> impl Iterator<Item = Period> + 's {
        // Rates are set in steps, so that former ones are right for some other time as a rule.
        let decided = matches!(slots.metric, "policy_rate" | "rate_change");
        let around = move || if decided { &[] } else { &before.marks.times[..] };
        let around = move || lazily(move || around().iter().rev().map(|(_, named)| *named));
        let nouns = nouns(self.sentence).map(Named::ToDate);
        let ends = self.ends_nearby(slots);
        let named = nouns
            .chain(sentence.times())
            .chain(around())
            .flat_map(move |named| periods_of(named, &ends))
            .chain(lazily(move || combined(&sentence.times().chain(around()).collect::<Vec<_>>())));
        let claimed = lazily(move || {
            let mut others: Vec<_> =
                self.claims.iter().filter(|c| c.span != self.claim.span).collect();
            others.sort_by_key(|c| c.span.start.abs_diff(self.claim.span.start));
            let reach = if decided { 0 } else { PERIODS / 2 };
            let whole = |p: &Period| !matches!(p, Period::Between(..));
            others.into_iter().filter_map(|c| c.period).filter(whole).take(reach)
        });
        let mut found = vec![slots.period];
        let others = named.chain(claimed).filter_map(move |period| {
            let period = slots.settled(period, self.context.published);
            let past = period.last_day().is_some_and(|day| day <= self.context.published);
            let new = past && !found.contains(&period);
            new.then(|| found.push(period)).map(|()| period)
        });
        std::iter::once(slots.period).chain(others).take(PERIODS)
    }

    /// The periods of the times that stand hardly further from the figure than its own.
    pub(super) fn periods_beside(&self, slots: &Slots, sentence: &Passage<'_>) -> Vec<Period> {
        let cost = sentence.nearest_time().map_or(0, |(cost, _)| cost);
        let ends = self.ends_nearby(slots);
        let own = |named: &Named| self.claim.period.is_some_and(|p| gives(*named, p));
        let others = sentence.times_within(cost).filter(|named| !own(named));
        let named = others.flat_map(|named| periods_of(named, &ends));
        let settled = named.map(|period| slots.settled(period, self.context.published));
        let past = |p: &Period| p.last_day().is_some_and(|day| day <= self.context.published);
        settled.filter(past).take(PERIODS).collect()
    }

    /// The days with which a period could end: as read, the last session and the one before, and
    /// the days up to which the article looks.
    fn ends_nearby(&self, slots: &Slots) -> Vec<Date> {
        let calendar = &self.evaluator.view().calendar;
        let last = calendar.on_or_before(self.context.published).ok();
        let before = last.and_then(|day| calendar.offset(day, -1).ok());
        let own = slots.period.last_day().filter(|day| *day <= self.context.published);
        let mut ends: Vec<Date> = own.into_iter().chain(last).chain(before).collect();
        // An article on a month or quarter looks back from its end, but for one that tells of days
        // after it.
        let told = |end: Date| {
            let days = self.claims.iter().filter(|c| c.span != self.claim.span);
            let days = days.filter_map(|c| match c.period? {
                Period::Calendar(p) | Period::At(p) if p.grain <= Grain::Week => Some(p.last_day()),
                _ => None,
            });
            days.filter(|day| end < *day && *day <= self.context.published).count() >= 3
        };
        let units = [(Grain::Month, 15), (Grain::Quarter, 45)].into_iter();
        ends.extend(units.filter_map(|(grain, days)| {
            let end = CalendarPeriod::containing(grain, self.context.published).plus(-1).last_day();
            let near = (self.context.published - end).get_days() <= days;
            (near && !told(end)).then_some(end)
        }));
        let days = self.claims.iter().filter_map(|c| match c.period? {
            Period::Calendar(p) | Period::At(p) if p.grain == Grain::Day => Some(p.first_day()),
            _ => None,
        });
        let latest = days.filter(|day| *day <= self.context.published).max();
        ends.extend(latest);
        ends.sort();
        ends.dedup();
        ends
    }
}

/// What is found once the first of it is asked for.
pub(super) fn lazily<I: IntoIterator>(find: impl FnOnce() -> I) -> impl Iterator<Item = I::Item> {
    std::iter::once_with(find).flatten()
}

/// The periods for which a named time may stand, given the days at which it may end.
fn periods_of(named: Named, ends: &[Date]) -> Vec<Period> {
    let day = CalendarPeriod::day;
    let mut found = Vec::new();
    let containing = |grain, end: Date| CalendarPeriod::containing(grain, end);
    match named {
        Named::Calendar(p) => {
            found.push(Period::Calendar(p));
            for &end in ends {
                if p.grain == Grain::Day && p.first_day() < end {
                    found.push(Period::Between(p, day(end)));
                }
                if p == containing(p.grain, end) && p.grain != Grain::Day {
                    found.push(Period::ToDate(p.grain, end));
                }
            }
        }
        Named::ToDate(grain) => {
            for &end in ends {
                found.push(Period::ToDate(grain, end));
                found.push(Period::Calendar(containing(grain, end).plus(-1)));
            }
        }
        Named::Length(length) => {
            found.extend(ends.iter().map(|&end| Period::Trailing(length, end)));
            found.extend(ends.iter().flat_map(|&end| unit_of(length, end)));
        }
        Named::Since(p) => {
            for &end in ends.iter().filter(|end| p.last_day() < **end) {
                found.push(Period::Between(p, day(end)));
                found.push(Period::Between(day(p.last_day()), day(end)));
            }
        }
        Named::Range(a, b) => {
            found.push(Period::Between(a, b));
            let later = ends.iter().filter(|end| b.last_day() < **end);
            found.extend(later.map(|&end| Period::Between(b, day(end))));
        }
        Named::Vague => {}
    }
    found
}

/// The calendar unit of a length that ended last: `three months` may be a quarter.
fn unit_of(length: Length, end: Date) -> Option<Period> {
    let grain = match (length.unit, length.count) {
        (LengthUnit::Months, 1) => Grain::Month,
        (LengthUnit::Months, 3) => Grain::Quarter,
        (LengthUnit::Months, 6) => Grain::Half,
        (LengthUnit::Months, 12) | (LengthUnit::Years, 1) => Grain::Year,
        (LengthUnit::Weeks, 1) => Grain::Week,
        _ => return None,
    };
    let unit = CalendarPeriod::containing(grain, end);
    Some(Period::Calendar(if unit.last_day() == end { unit } else { unit.plus(-1) }))
}

/// The sizes of period that a sentence speaks of.
fn nouns(sentence: &str) -> impl Iterator<Item = Grain> {
    let text = sentence.to_lowercase();
    let all = [
        (" year", Grain::Year),
        ("quarter", Grain::Quarter),
        (" month", Grain::Month),
        (" week", Grain::Week),
    ];
    all.into_iter().filter(move |(noun, _)| text.contains(noun)).map(|(_, grain)| grain)
}

/// Periods of two named times: the quarter named of the year named, so long up to the month named.
fn combined(named: &[Named]) -> Vec<Period> {
    let calendar = |named: &Named| match named {
        Named::Calendar(p) => Some(*p),
        _ => None,
    };
    let years: Vec<CalendarPeriod> =
        named.iter().filter_map(calendar).filter(|p| p.grain == Grain::Year).collect();
    let parts = named
        .iter()
        .filter_map(calendar)
        .filter(|p| matches!(p.grain, Grain::Month | Grain::Quarter | Grain::Half));
    let mut found = Vec::new();
    for part in parts {
        for year in &years {
            let own = CalendarPeriod::containing(Grain::Year, part.first_day());
            let units = match part.grain {
                Grain::Month => 12,
                Grain::Quarter => 4,
                _ => 2,
            };
            found.push(Period::Calendar(part.plus(own.until(*year) * units)));
        }
        let lengths = named.iter().filter_map(|n| match n {
            Named::Length(length) => Some(*length),
            _ => None,
        });
        found.extend(lengths.map(|length| Period::Trailing(length, part.last_day())));
    }
    found
}
