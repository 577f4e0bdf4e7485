//! Plain tallies: in how many of the last weeks, of the days of a year, an index rose.

use super::{Study, Wanted};
use crate::time::{Calendar, CalendarPeriod, Date, Grain, LengthUnit, Period};
use crate::verdict::cue::tally::{self, Part};
use crate::verdict::event::{self, Event, Season, is_over};
use crate::verdict::slots::{self, Slots};
use crate::verdict::trial::{Found, Trial};

/// Fewer units than these are no tally.
const LEAST: i32 = 3;

impl Study {
    /// The query of a measure over units that are counted one by one.
    pub(super) fn tally(
        &self,
        metric: &str,
        entity: &str,
        (grain, size): (Grain, f64),
    ) -> Option<String> {
        let (each, bounds) = (grain.name(), &self.bounds);
        let moved = |sign: &str| match (sign, size > 0.0) {
            (_, false) => format!("return({entity}, {each}) {sign} 0"),
            (">", _) => format!("return({entity}, {each}) >= {size}%"),
            _ => format!("return({entity}, {each}) <= -{size}%"),
        };
        let conditions = match &self.wanted {
            Wanted::Gain => vec![moved(">")],
            Wanted::Loss => vec![moved("<")],
            Wanted::Move => vec![moved(">"), moved("<")],
            Wanted::Ahead(other) => {
                vec![format!("return({entity}, {each}) > return({other}, {each})")]
            }
        };
        let fold = match metric {
            "event_count" => return Some(self.cases()),
            "event_successes" => "count",
            "event_hit_rate" => "share",
            _ => return None,
        };
        let of = |condition: &String| format!("{fold}({condition}{bounds})");
        Some(conditions.iter().map(of).collect::<Vec<_>>().join(" + "))
    }
}

impl Trial<'_> {
    /// The tallies that a figure may come from, each with the measure that it is then of.
    pub(super) fn tallies(&self, entity: &str) -> Vec<(&'static str, Study)> {
        let (sentence, at) = self.sentence_and_place();
        let size = event::threshold(&sentence.to_ascii_lowercase(), at).unwrap_or(0.0);
        let part = self.part();
        let mut grains = match part {
            Some(part) => vec![part.grain],
            None => tally::units(sentence, at),
        };
        // moves of some size are those of days, if nothing else is said
        grains.extend((grains.is_empty() && size > 0.0).then_some(Grain::Day));
        if tally::of_runs(sentence) {
            return Vec::new();
        }
        let windows = grains.into_iter().map(|grain| (grain, self.windows(grain)));
        let Some((grain, windows)) = windows.into_iter().find(|(_, found)| !found.is_empty())
        else {
            return Vec::new();
        };
        let whole = part.is_some_and(|part| part.whole == at);
        // years of which a season is told are counted by that
        if grain == Grain::Year && !whole && Season::all_different(sentence) > 0 {
            return Vec::new();
        }
        let Some(wanted) = self.tallied(entity, size).or(whole.then_some(Wanted::Gain)) else {
            return Vec::new();
        };
        let metric = match self.claim.metric {
            _ if whole => "event_count",
            "event_count" | "event_successes" => "event_successes",
            "event_hit_rate" => "event_hit_rate",
            _ => return Vec::new(),
        };
        let of = |Window { first, last }: Window| Study {
            event: Event::Units { entity: entity.to_owned(), grain, size },
            horizon: None,
            bounds: format!(", since: {first}, until: {last}"),
            wanted: wanted.clone(),
            case: None,
        };
        windows.into_iter().map(|window| (metric, of(window))).collect()
    }

    /// The units that may be counted: the last ones of which the words tell, or those of the period
    /// of the figure; up to the day before where the day of publication need not be over.
    fn windows(&self, grain: Grain) -> Vec<Window> {
        let (published, part) = (self.context.published, self.part());
        let calendar = &self.evaluator.view().calendar;
        // a share is that of the time of the number before it
        let start = part.map(|part| self.claim.sentence.start + part.part);
        let of_part = self.claims.iter().find(|c| Some(c.span.start) == start);
        let period = of_part.and_then(|c| c.period).or(self.claim.period);
        let day = period.and_then(Period::last_day).unwrap_or(published).min(published);
        let lasts = part.filter(|part| part.last).map(|part| part.units as i32);
        let settled = period.map(|p| Slots::of(self.claim, p, published).period);
        let of = |day: Date, period: Option<Period>| match lasts {
            Some(units) => Window::last(units, grain, (day, calendar)),
            None => Window::of(period?, grain, calendar),
        };
        let earlier = || {
            let eve = calendar.on_or_before(published.yesterday().ok()?).ok()?;
            of(eve, settled.and_then(|p| slots::a_session_earlier(p, calendar)))
        };
        let today = grain == Grain::Day && day == published;
        let all = [of(day, settled), today.then(earlier).flatten()].into_iter().flatten();
        let told = |window: &Window| {
            part.is_none_or(|part| (window.units(calendar) - part.units).abs() <= 1.0)
        };
        all.filter(told).collect()
    }

    /// The part of a number of units that the figure tells: as one of its two numbers, or as the
    /// share that follows them.
    pub(super) fn part(&self) -> Option<Part> {
        const NEAR: usize = 48;
        let (sentence, at) = self.sentence_and_place();
        let follows = |part: &Part| {
            let between = sentence.get(part.whole..at).unwrap_or("; ");
            between.len() <= NEAR && !between.contains("; ") && !between.contains(" and ")
        };
        let parts = tally::parts(sentence);
        match self.claim.unit {
            "percent" => parts.into_iter().rev().find(follows),
            _ => parts.into_iter().find(|part| part.part == at || part.whole == at),
        }
    }

    /// What is counted, where the words say whether it is gains or losses.
    fn tallied(&self, entity: &str, size: f64) -> Option<Wanted> {
        let (sentence, at) = self.sentence_and_place();
        let ahead = self.wanted(entity);
        match ahead {
            Wanted::Ahead(_) => Some(ahead),
            _ if size > 0.0 && tally::both_ways(sentence) => Some(Wanted::Move),
            _ => {
                let end = self.claim.span.end.saturating_sub(self.claim.sentence.start);
                let gains = tally::gains(sentence, (at, end))?;
                Some(if gains { Wanted::Gain } else { Wanted::Loss })
            }
        }
    }

    /// Whether the words tell a tally in full, so that no other can be meant: `up in 34 of the last
    /// 52 weeks`. What differs by one may count the unit that is not over.
    pub(in super::super) fn is_full_tally(&self, found: &Found) -> bool {
        let (Some(study), Some(part)) = (&found.slots.study, self.part()) else { return false };
        let Event::Units { grain, size, .. } = study.event else { return false };
        let cases = self
            .ask(&study.cases())
            .ok()
            .and_then(|(_, cases)| Some(cases.as_ref().as_ref().ok()?.quantity.value));
        let plain = matches!(study.wanted, Wanted::Gain | Wanted::Loss) && size == 0.0;
        let day = self.claim.period.and_then(Period::last_day).unwrap_or(self.context.published);
        let day = day.min(self.context.published);
        let settled = is_over(CalendarPeriod::containing(grain, day), day)
            || self.claim.unit == "count" && (found.value - self.claim.value).abs() > 1.0;
        // what is told of years is rather a season or something else of each of them
        plain && settled && grain != Grain::Year && cases == Some(part.units)
    }
}

/// The first and last unit that are counted.
#[derive(Clone, Copy)]
struct Window {
    first: CalendarPeriod,
    last: CalendarPeriod,
}

impl Window {
    /// How many units there are.
    fn units(self, calendar: &Calendar) -> f64 {
        let (first, last) = (self.first.first_day(), self.last.last_day());
        match self.first.grain {
            Grain::Day => calendar.between(first, last).len() as f64,
            _ => f64::from(self.first.until(self.last) + 1),
        }
    }

    /// So many units up to a day, of those that are over.
    fn last(units: i32, grain: Grain, (day, calendar): (Date, &Calendar)) -> Option<Window> {
        let last = over(grain, day, calendar)?;
        let first = match grain {
            Grain::Day => {
                let day = calendar.offset(last.first_day(), i64::from(1 - units)).ok()?;
                CalendarPeriod::day(day)
            }
            _ => last.plus(1 - units),
        };
        (units >= LEAST).then_some(Window { first, last })
    }

    /// The units of a period, of those that are over.
    fn of(period: Period, grain: Grain, calendar: &Calendar) -> Option<Window> {
        let (from, to) = match period {
            Period::Trailing(length, day) => {
                let count = i32::from(length.count);
                let units = match (length.unit, grain) {
                    (LengthUnit::Sessions, Grain::Day)
                    | (LengthUnit::Weeks, Grain::Week)
                    | (LengthUnit::Months, Grain::Month)
                    | (LengthUnit::Years, Grain::Year) => Some(count),
                    (LengthUnit::Months, Grain::Quarter) => Some(count / 3),
                    (LengthUnit::Years, Grain::Quarter) => Some(4 * count),
                    (LengthUnit::Years, Grain::Month) => Some(12 * count),
                    _ => None,
                };
                if let Some(units) = units {
                    return Window::last(units, grain, (day, calendar));
                }
                (calendar.back(day, length).ok()?.tomorrow().ok()?, day)
            }
            Period::ToDate(of, day) => (CalendarPeriod::containing(of, day).first_day(), day),
            Period::Calendar(p) => (p.first_day(), p.last_day()),
            Period::Between(a, b) => (a.first_day(), b.last_day()),
            _ => return None,
        };
        let first = CalendarPeriod::containing(grain, from);
        let first = if first.first_day() < from { first.plus(1) } else { first };
        let last = over(grain, to, calendar)?;
        (first.until(last) + 1 >= LEAST).then_some(Window { first, last })
    }
}

/// The last unit of a grain that is over on a day.
fn over(grain: Grain, day: Date, calendar: &Calendar) -> Option<CalendarPeriod> {
    if grain == Grain::Day {
        return calendar.on_or_before(day).ok().map(CalendarPeriod::day);
    }
    let unit = CalendarPeriod::containing(grain, day);
    Some(if is_over(unit, day) { unit } else { unit.plus(-1) })
}
