//! Where the periods of a table of performance end that does not say it: such a table of a fund or
//! a commentary stands at the end of a month or quarter, not at the day of its publication.

use super::super::extract::Context;
use super::super::moment::Remembered;
use super::super::period::{Anchor, Expr, Time, last_session};
use super::super::scene::Passage;
use super::super::token::any_of;
use super::super::words::list;
use super::head::Head;
use super::{Around, CAPTION_MAX, states_a_figure};
use crate::time::{CalendarPeriod, Date, Grain, LengthUnit, session_up_to};

/// Where the periods of a table end whose heads do not say it.
#[derive(Default)]
pub(super) struct Term {
    /// The day, if it is told or follows from what the table shows; else the session.
    pub(super) end: Option<Date>,
    /// Other days that are as good, where nothing tells it.
    pub(super) others: Vec<Date>,
}

/// What a head is in a table of performance.
#[derive(Clone, Copy, PartialEq)]
enum Window {
    Month,
    Quarter,
    Year,
    Twelve,
    Years,
    /// What is told day by day or week by week: `Close`, `Change`, `1 week`.
    Daily,
}

impl Window {
    /// The head of a column, which may tell of a close.
    fn of_column(head: &Head) -> Option<Window> {
        let daily = matches!(head.metric, Some("level" | "point_change"));
        if daily { Some(Window::Daily) } else { Window::of(head) }
    }

    fn of(head: &Head) -> Option<Window> {
        match head.time? {
            Expr::Span(p) => match p.grain {
                Grain::Day | Grain::Week => Some(Window::Daily),
                Grain::Month => Some(Window::Month),
                Grain::Quarter => Some(Window::Quarter),
                _ => None,
            },
            Expr::ToDate(grain) => match grain {
                Grain::Month => Some(Window::Month),
                Grain::Quarter => Some(Window::Quarter),
                Grain::Year => Some(Window::Year),
                _ => Some(Window::Daily),
            },
            Expr::Length(length) | Expr::Trailing(length) => match (length.unit, length.count) {
                (LengthUnit::Years, 1) | (LengthUnit::Months, 12) => Some(Window::Twelve),
                (LengthUnit::Years, _) | (LengthUnit::Months, 13..) => Some(Window::Years),
                (LengthUnit::Months, 3) => Some(Window::Quarter),
                (LengthUnit::Months, _) => Some(Window::Month),
                _ => Some(Window::Daily),
            },
            _ => None,
        }
    }
}

impl Term {
    /// The term of a table with these heads of columns or rows, between the texts above and below;
    /// none if it is none of performance.
    pub(super) fn of(
        columns: &[Head],
        labels: &[Option<(Head, usize)>],
        around: Around<'_>,
        context: &Context,
    ) -> Option<Term> {
        let Anchor { published: Some(published), session: Some(session) } = context.anchor else {
            return None;
        };
        let heads = || columns.iter().chain(super::heads(labels));
        let rows = super::heads(labels).filter_map(Window::of);
        let windows: Vec<Window> =
            columns.iter().filter_map(Window::of_column).chain(rows).collect();
        let has = |window: Window| windows.contains(&window);
        let quarterly = has(Window::Quarter);
        let short = quarterly || has(Window::Month) || has(Window::Year);
        // "3 months, 6 months, 12 months" may be what followed cases
        let told = has(Window::Year) || has(Window::Years);
        let long = has(Window::Twelve) || has(Window::Years);
        if has(Window::Daily) || !short || !long || !told || windows.len() < 3 {
            return None;
        }
        let over = |p: &CalendarPeriod| p.last_day() <= published;
        let spans = |time: Option<Expr>| match time {
            Some(Expr::Span(p)) if p.grain >= Grain::Month => Some(p).filter(over),
            _ => None,
        };
        let Remembered { title, heading, reports, .. } = context.remembered;
        let beside = || heads().filter_map(|head| spans(head.time)).map(last_session).max();
        let above = around.above.and_then(|text| stated(text, context.anchor));
        let said = { above.or_else(beside) }
            .or_else(|| around.captioned(context.anchor))
            .or_else(|| around.noted(context.anchor))
            .or_else(|| spans(heading).or(spans(title)).map(last_session));
        if let Some(day) = said {
            return Some(Term { end: Some(session_up_to(day)), others: Vec::new() });
        }
        let last = |grain| {
            let now = CalendarPeriod::containing(grain, session);
            if last_session(now) <= session { now } else { now.plus(-1) }
        };
        let (month, quarter) = (last(Grain::Month), last(Grain::Quarter));
        let told = reports[1] == Some(quarter) || around.tells_of_quarter();
        let by_quarter = told || quarterly && !has(Window::Month);
        let ends = [month, quarter].map(last_session);
        let end = if by_quarter { ends[1] } else { ends[0] };
        let mut others: Vec<Date> = Vec::new();
        for day in ends.into_iter().chain([session]) {
            if day != end && !others.contains(&day) {
                others.push(day);
            }
        }
        Some(Term { end: Some(end), others })
    }
}

impl Around<'_> {
    /// The day up to which the table runs as what stands before its caption says: `As of June 30`
    /// above `Average annual returns`.
    fn captioned(&self, anchor: Anchor) -> Option<Date> {
        let short = self.above.filter(|p| p.tokens.len() <= CAPTION_MAX && !states_a_figure(p));
        stated(short.and(self.before)?, anchor)
    }

    /// The same of a note below the table.
    fn noted(&self, anchor: Anchor) -> Option<Date> {
        let note = self.below.filter(|p| p.tokens.len() <= NOTE_MAX && !states_a_figure(p));
        stated(note?, anchor)
    }

    /// Whether the text above it speaks of a quarter.
    fn tells_of_quarter(&self) -> bool {
        let told = |p: &Passage| {
            (0..p.tokens.len()).any(|i| any_of(p.tokens.key(i), list!("quarter|quarterly")))
        };
        self.above.filter(|p| p.tokens.len() <= CAPTION_MAX).is_some_and(told)
    }
}

/// The longest text below a table that is a note to it, in tokens.
const NOTE_MAX: usize = 60;

/// The day that a text names last as the one up to which something runs: `as of September 30,
/// 2017`, `periods ended 9/30/17`.
fn stated(passage: &Passage, anchor: Anchor) -> Option<Date> {
    const OLDEST: i32 = 400;
    let scene = passage.scene(0..passage.tokens.len(), anchor);
    let ends = list!("ended|ending|through|thru");
    let ended = |t: &Time| (t.first..t.end).any(|i| any_of(scene.key(i), list!("ended|ending")));
    let day = |t: &Time| match t.expr {
        Expr::Until(_, day) => Some(day),
        Expr::Span(p) if t.as_of => Some(p.last_day()),
        // "the nine months ended September 30"
        Expr::Span(p) | Expr::Range(_, p) if ended(t) => Some(p.last_day()),
        Expr::Span(p) if p.grain == Grain::Day => {
            any_of(scene.key(t.first.wrapping_sub(1)), ends).then(|| p.last_day())
        }
        _ => None,
    };
    let near = |day: &Date| {
        anchor.published.is_some_and(|d| (0..=OLDEST).contains(&(d - *day).get_days()))
    };
    scene.times.iter().rev().filter_map(day).find(near)
}
