//! Times told by where they stand to one that was spoken of before in the paragraph: `that day`,
//! `the month before`, `the one that followed`, `a week earlier`.

use super::super::words::list;
use jiff::civil::Date;

use super::super::token::any_of;
use super::edge::last_session;
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, is_session, session_up_to};

/// How many tokens back a time may have been spoken of.
const REACH: usize = 70;

impl PeriodReader<'_> {
    /// `that day`, `that month`, `in the same year`: the last one that was named.
    pub(super) fn that(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = t.any_phrase(i, list!("the same|that same|that very|that"))?;
        let grain = match t.key(at) {
            "afternoon" | "morning" | "evening" | "session" | "date" => Grain::Day,
            key => Grain::from_name(key)?,
        };
        let same = t.key(i) == "the";
        let clause = any_of(t.key(at + 1), list!("when|in|that|after|before|of|since|was|is|last"));
        let exact = |p: CalendarPeriod| p.grain == grain || grain != Grain::Year;
        let found = self.spoken(i, grain, exact).filter(|_| !(clause && same))?;
        Some((at + 1, Expr::Span(found)))
    }

    /// `the month before`, `the following week`, `the next day`, `in the one that followed`.
    pub(super) fn beside(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        if let Some(found) = self.later(i).or_else(|| self.five_days(i)) {
            return Some(found);
        }
        let at = i + usize::from(matches!(t.key(i), "the" | "a" | "its"));
        let follows = list!("that followed|which followed|after that|that came next");
        let precedes = list!("that preceded|before that");
        let (end, noun, step) = match t.key(at) {
            "previous" | "prior" | "preceding" => (at + 2, at + 1, -1),
            "following" | "next" | "subsequent" | "ensuing" => (at + 2, at + 1, 1),
            _ if at > i && t.key(at + 1) == "before" && t.key(at + 2) != "last" => (at + 2, at, -1),
            _ if at > i && t.key(at + 1) == "after" && !t.is_word(at + 2) => (at + 2, at, 1),
            _ if at > i => match t.any_phrase(at + 1, follows) {
                Some(end) => (end, at, 1),
                None => (t.any_phrase(at + 1, precedes)?, at, -1),
            },
            _ => return None,
        };
        let grain = match t.key(noun) {
            "session" => Grain::Day,
            "one" => self.last_grain(i)?,
            key => Grain::from_name(key)?,
        };
        // "next year" alone looks ahead of the day of writing
        let adjective = noun > at && (at == i || t.key(at) == "next" && grain > Grain::Day);
        let past = self.spoken(i, grain, |p| p.grain == grain).filter(|_| !adjective)?;
        self.stepped(past, step).map(|p| (end, Expr::Span(p)))
    }

    /// `the day after Thanksgiving`, `the session before April 2`, `the day before the election`.
    pub(super) fn day_beside(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let after = list!("the day after|the session after|the trading day after");
        let before = list!("the day before|the session before|the eve of|the trading day before");
        let (at, step) = match t.any_phrase(i, after) {
            Some(at) => (at, 1),
            None => (t.any_phrase(i, before)?, -1),
        };
        let day = |(_, p): &(usize, CalendarPeriod)| p.grain == Grain::Day;
        let named = self.dates.election(at).or_else(|| self.dates.named_day(at));
        let (end, p) = named.or_else(|| self.dates.read(at).filter(day))?;
        self.stepped(p, step).map(|p| (end, Expr::Span(p)))
    }

    /// `the first three sessions of January`, `in its first five days`, `the year's final four
    /// sessions`: from the close before them to their last.
    pub(super) fn first_sessions(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let named = |at: usize| {
            let (end, expr) = self
                .neighbour(at)
                .or_else(|| self.dates.read(at).map(|(end, p)| (end, Expr::Span(p))))?;
            match expr {
                Expr::Span(p) if p.grain >= Grain::Month => Some((end, p)),
                _ => None,
            }
        };
        let this = |at: usize| {
            let at = at + usize::from(any_of(t.key(at), list!("the|this|its")));
            let grain = Grain::from_name(t.key(at)).filter(|grain| *grain >= Grain::Month)?;
            let past = self.spoken(i, grain, |p| p.grain == grain);
            let now = || Some(CalendarPeriod::containing(grain, self.session()?));
            Some((at + 1, past.or_else(now)?))
        };
        let owner = if self.owns(i) { named(i).or_else(|| this(i)) } else { None };
        let owner = owner.filter(|(end, _)| t.key(*end) == "'s");
        let at = match owner {
            Some((end, _)) => end + 1,
            None => i + usize::from(any_of(t.key(i), list!("the|its|their|that"))),
        };
        let first = any_of(t.key(at), list!("first|opening"));
        if !first && !any_of(t.key(at), list!("last|final|closing")) {
            return None;
        }
        let (end, length) = self.counted(at + 1)?;
        let count = i32::from(length.count);
        if length.unit != LengthUnit::Sessions || !(2..=12).contains(&count) {
            return None;
        }
        let of = any_of(t.key(end), list!("of|in")).then_some(end + 1);
        let behind = of.and_then(|at| named(at).or_else(|| this(at)));
        let (end, p) = match (owner, behind) {
            (_, Some((end, p))) => (end, p),
            (Some((_, p)), None) => (end, p),
            (None, None) if first => {
                let month = self.spoken(i, Grain::Month, |p| p.grain == Grain::Month);
                let year = || self.spoken(i, Grain::Year, |p| p.grain == Grain::Year);
                (end, month.or_else(year)?)
            }
            _ => return None,
        };
        let back = |n: i32| self.walk(last_session(p), -n);
        let eve = self.stepped(CalendarPeriod::day(p.first_day()), -1)?;
        let (from, to) = match first {
            true => (eve, self.walk(eve.first_day(), count)?),
            false => (back(count)?, CalendarPeriod::day(last_session(p))),
        };
        Some((end, Expr::Range(from, to)))
    }

    /// The session so many sessions away.
    fn walk(&self, day: Date, sessions: i32) -> Option<CalendarPeriod> {
        let step = sessions.signum();
        (0..sessions.abs()).try_fold(CalendarPeriod::day(day), |p, _| self.stepped(p, step))
    }

    /// `a year later` behind a bare year, `a month later` behind a month.
    fn later(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let grain = Grain::from_name(t.key(i + 1)).filter(|g| *g > Grain::Day)?;
        let later =
            any_of(t.key(i), list!("a|one")) && any_of(t.key(i + 2), list!("later|on|afterward"));
        let last = if later { self.last_grain(i)? } else { return None };
        // "since 1980, it was higher a year later" is about no year in particular
        let study = (i.saturating_sub(REACH)..i).any(|at| t.key(at) == "since");
        let past = self.spoken(i, grain, |p| p.grain == grain)?;
        let past = (last == grain && !study).then_some(past)?;
        Some((i + 3, Expr::Span(past.plus(1))))
    }

    /// `the five days before`: the week before the one that was spoken of.
    fn five_days(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let end = t.any_phrase(
            i,
            list!("the five days before|the five sessions before|the five days prior"),
        )?;
        let week = self.earlier(i, Length { count: 1, unit: LengthUnit::Weeks })?;
        Some((end, Expr::Span(week)))
    }

    /// The period so long before one that was spoken of: `a week earlier it had gained 2%`.
    pub(in crate::article) fn earlier(&self, i: usize, length: Length) -> Option<CalendarPeriod> {
        let grain = match (length.unit, length.count) {
            (LengthUnit::Sessions, 1) => Grain::Day,
            (LengthUnit::Weeks, _) => Grain::Week,
            (LengthUnit::Months, 12) => Grain::Year,
            (LengthUnit::Months, 3) => Grain::Quarter,
            (LengthUnit::Months, _) => Grain::Month,
            _ => return None,
        };
        let count = match length.unit {
            LengthUnit::Weeks => i32::from(length.count),
            LengthUnit::Months if grain == Grain::Month => i32::from(length.count),
            _ => 1,
        };
        let past = self.spoken(i, grain, |p| p.grain == grain);
        let now = || Some(CalendarPeriod::containing(grain, self.session()?));
        self.stepped(past.or_else(now)?, -count)
    }

    /// A period some steps away; days are sessions.
    fn stepped(&self, p: CalendarPeriod, step: i32) -> Option<CalendarPeriod> {
        if p.grain != Grain::Day {
            return Some(p.plus(step));
        }
        let day = p.first_day();
        let day = if step < 0 { session_up_to(day.yesterday().ok()?) } else { next_session(day)? };
        Some(CalendarPeriod::day(day))
    }

    /// The last period of a grain that is named before `i`, or the one in which a shorter one lies
    /// if `fits` says so of the shorter.
    pub(super) fn spoken(
        &self,
        i: usize,
        grain: Grain,
        fits: impl Fn(CalendarPeriod) -> bool,
    ) -> Option<CalendarPeriod> {
        (i.saturating_sub(REACH)..i).rev().find_map(|at| {
            let (end, p) = self.mention(at, grain)?;
            let named = end <= i && p.grain <= grain && fits(p);
            named.then(|| CalendarPeriod::containing(grain, p.last_day()))
        })
    }

    /// The grain of the last week, month, quarter or year that is named before `i`.
    fn last_grain(&self, i: usize) -> Option<Grain> {
        (i.saturating_sub(REACH)..i).rev().find_map(|at| {
            let (end, p) = self.mention(at, Grain::Week)?;
            (end <= i && p.grain > Grain::Day).then_some(p.grain)
        })
    }

    /// What is named at a token: a date, a weekday, `last month`, `this week`.
    fn mention(&self, at: usize, grain: Grain) -> Option<(usize, CalendarPeriod)> {
        let t = self.tokens();
        if let Some((end, p)) = self.dates.read(at) {
            // "2009" of "March 2009" is not a year that was spoken of
            let longer = (at.saturating_sub(4)..at).find_map(|from| {
                self.dates.read(from).filter(|(other, q)| *other == end && q.grain < p.grain)
            });
            return longer.or(Some((end, p)));
        }
        if grain <= Grain::Week
            && let Some((end, Expr::Span(day))) = self.weekday(at)
        {
            return Some((end, day));
        }
        if let Some((end, Expr::Span(p))) = self.neighbour(at) {
            return Some((end, p));
        }
        if let Some((end, Expr::Span(p))) = self.dated(at) {
            return Some((end, p));
        }
        let grain = Grain::from_name(t.key(at))?;
        let now = any_of(t.key(at.wrapping_sub(1)), list!("this|the"))
            && (t.key(at - 1) == "this" || any_of(t.key(at.wrapping_sub(2)), list!("for|on")));
        let session = self.session().filter(|_| now && grain > Grain::Day)?;
        Some((at + 1, CalendarPeriod::containing(grain, session)))
    }
}

fn next_session(day: Date) -> Option<Date> {
    std::iter::successors(day.tomorrow().ok(), |d| d.tomorrow().ok())
        .take(10)
        .find(|d| is_session(*d))
}
