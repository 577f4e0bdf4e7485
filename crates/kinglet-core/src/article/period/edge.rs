//! Where periods begin and end: `at the start of the year`, `at quarter-end`, `midyear`, and their
//! first and last sessions.

use super::super::choice::named;
use super::super::token::any_of;
use super::super::words::list;
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Date, Grain, is_session, session_up_to};

/// How long after its end a period is still the one that an article reports on, in days.
pub(in crate::article) fn lag(grain: Grain) -> i32 {
    match grain {
        Grain::Day | Grain::Week => 3,
        Grain::Month => 14,
        Grain::Quarter | Grain::Half => 50,
        Grain::Year => 75,
    }
}

impl PeriodReader<'_> {
    /// `quarter-end`, `the end of the quarter`, `midyear`, `when the quarter closed`: the period
    /// that has just ended there, as of its end.
    pub(super) fn ending_of(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(t.key(i) == "the");
        if let Some(end) = t.any_phrase(
            at,
            list!(
                "midyear|mid year|the middle of the year|midpoint of the year|middle of the year|\
            halfway point of the year|halfway mark of the year|year 's midpoint|midpoint|\
            halfway point|halfway mark|halfway through the year|halftime|half time"
            ),
        ) {
            let now = self.dates.published?;
            let half = CalendarPeriod::containing(Grain::Half, now);
            let past = if now.month() <= 6 && !self.dates.ahead { half.plus(-1) } else { half };
            let first = CalendarPeriod::month(past.first_day().year(), 6);
            return Some((end, Expr::Span(first)));
        }
        let (end, grain) = if let Some(end) = t.any_phrase(at, list!("end of|close of")) {
            let at = end + usize::from(any_of(t.key(end), list!("the|that|its|this")));
            let grain = Grain::from_name(t.key(at)).filter(|_| at > end)?;
            (at + 1, grain)
        } else {
            let grain = Grain::from_name(t.key(at))?;
            let owned = at + 1 + usize::from(t.key(at + 1) == "'s");
            let when = t.key(i.wrapping_sub(1)) == "when" && at > i;
            let noun = if when { list!("ended|closed|was") } else { list!("end|close") };
            (any_of(t.key(owned), noun).then_some(owned + 1)?, grain)
        };
        let known = matches!(grain, Grain::Month | Grain::Quarter | Grain::Half);
        self.just_ended(grain).filter(|_| known).map(|p| (end, Expr::Span(p)))
    }

    /// A start or an end.
    pub(super) fn edge(&self, i: usize) -> Option<(usize, Expr)> {
        self.start_of(i).or_else(|| self.ending_of(i))
    }

    /// The period of a grain that ended with the last session or not long before it.
    pub(super) fn just_ended(&self, grain: Grain) -> Option<CalendarPeriod> {
        let day = self.session().or(self.dates.published)?;
        let now = CalendarPeriod::containing(grain, day);
        let complete = last_session(now) <= day;
        Some(if complete || self.dates.ahead { now } else { now.plus(-1) })
    }

    /// `the start of the year`, `the beginning of September`, `the turn of the year`: the period
    /// before it, as of its end.
    fn start_of(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let starts = list!(
            "the start of|the beginning of|the opening of|the turn of|the outset of|\
            start of|the dawn of"
        );
        if let Some((end, grain)) = self.opened(i) {
            let day = self.session().or(self.dates.published)?;
            return Some((end, Expr::Span(CalendarPeriod::containing(grain, day).plus(-1))));
        }
        let at = t.any_phrase(i, starts)?;
        let (end, p) = self.named(at)?;
        Some((end, Expr::Span(self.close_before(p)?)))
    }

    /// `when the year began`, `at New Year`, `entering the quarter`, `as the month opened`.
    fn opened(&self, i: usize) -> Option<(usize, Grain)> {
        let t = self.tokens();
        let at = t.key(i.wrapping_sub(1)) == "at";
        if let Some(end) = t.any_phrase(i, list!("new year 's|new year")).filter(|_| at) {
            return Some((end, Grain::Year));
        }
        let when = t.any_phrase(i, list!("when the|as the|when this"));
        let entering = t.any_phrase(
            i,
            list!(
                "entering the|coming into the|going into the|heading into the|at the outset of the"
            ),
        );
        let noun = when.or(entering)?;
        let grain = Grain::from_name(t.key(noun)).filter(|g| *g > Grain::Day)?;
        let verb = any_of(t.key(noun + 1), list!("began|opened|started|dawned|got"));
        match when {
            Some(_) if !verb => None,
            Some(_) => Some((noun + 2, grain)),
            None => Some((noun + 1, grain)),
        }
    }

    /// The period of the same size before one, or the day before.
    fn close_before(&self, p: CalendarPeriod) -> Option<CalendarPeriod> {
        (p.grain >= Grain::Week).then(|| p.plus(-1))
    }

    /// `the first session of August`, `the last trading day of the quarter`, `the year's very last
    /// session`.
    pub(super) fn session_of(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let owner = if self.owns(i) { self.named(i) } else { None };
        let (at, owner) = match owner.filter(|(end, _)| t.key(*end) == "'s") {
            Some((end, p)) => (end + 1, Some(p)),
            None => (i + usize::from(t.key(i) == "the"), None),
        };
        let at = at + usize::from(t.key(at) == "very");
        let nth = match t.key(at) {
            "first" | "opening" => 0,
            "second" => 1,
            "third" => 2,
            "last" | "final" | "closing" => -1,
            _ => return None,
        };
        let at = at + 1 + usize::from(t.key(at + 1) == "trading");
        let end = at + usize::from(matches!(t.key(at), "session" | "day"));
        if end == at {
            return None;
        }
        let (end, p) = match owner {
            Some(p) => (end, p),
            None if matches!(t.key(end), "of" | "in") => self.named(end + 1)?,
            None => return None,
        };
        let day = if nth < 0 { last_session(p) } else { nth_session(p, nth)? };
        Some((end, Expr::Span(CalendarPeriod::day(day))))
    }

    /// Whether what is named at `i` may own something: `the third quarter of last year's`.
    pub(super) fn owns(&self, i: usize) -> bool {
        const LONGEST: usize = 12;
        (i + 1..=i + LONGEST).any(|at| self.tokens().id(at) == named!("'s"))
    }

    /// `the year`, `this quarter`, `last year`, `August`, `the second quarter`.
    fn named(&self, i: usize) -> Option<(usize, CalendarPeriod)> {
        let t = self.tokens();
        if let Some((end, Expr::Span(p))) = self.neighbour(i) {
            return Some((end, p));
        }
        let at = i + usize::from(any_of(t.key(i), list!("the|this|that|its")));
        if let Some(grain) = Grain::from_name(t.key(at)).filter(|g| *g > Grain::Day) {
            let day = self.session()?;
            return Some((at + 1, CalendarPeriod::containing(grain, day)));
        }
        self.dates.read(at)
    }
}

/// The last session of a period; its last day where it has none.
pub(in crate::article) fn last_session(p: CalendarPeriod) -> Date {
    session_up_to(p.last_day())
}

fn nth_session(p: CalendarPeriod, n: i32) -> Option<Date> {
    let sessions = (0..12).filter_map(|k| {
        let day = p.first_day().checked_add(jiff::Span::new().days(k)).ok()?;
        is_session(day).then_some(day)
    });
    sessions.filter(|d| *d <= p.last_day()).nth(usize::try_from(n).ok()?)
}
