//! Time expressions in prose: `year-to-date`, `over the past ten years`, `on Monday`, `since 1980`,
//! `in the 12 months following`, `from April to September 2025`.

mod edge;
mod era;
mod range;
mod relative;
mod role;
mod since;
mod spoken;
mod turn;
mod until;
mod window;

use std::cell::Cell;

use jiff::civil::Date;

use super::date::DateReader;
use super::hint::Hint;
use super::number::number_word;
use super::token::{Tokens, any_of};
use super::words::{List, list};
use crate::time::{CalendarPeriod, Grain, Length};

pub(super) use edge::{lag, last_session};
pub(super) use era::{Era, PRESENT, Views, is_step, lacks_year};
pub(super) use range::join_ranges;
pub(super) use turn::{bare_turns, date_turns};
pub(super) use window::{length_of, unit_at};

/// What a time expression says, before it is known what it is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    /// One calendar period.
    Span(CalendarPeriod),
    /// The week, month, quarter or year so far.
    ToDate(Grain),
    /// The last so much time.
    Trailing(Length),
    /// So much time up to a day.
    Until(Length, Date),
    /// So long after an event.
    Ahead(Length),
    /// A bare length: a horizon or a window, as the context has it.
    Length(Length),
    /// From the start of a period until now.
    Since(CalendarPeriod),
    /// From one to another.
    Range(CalendarPeriod, CalendarPeriod),
    /// Some time that is not said: `earlier in the year`.
    Vague,
    /// So long before now, or before what was spoken of: `a year earlier`.
    Ago(Length),
    /// From what was spoken of until now: `it has slipped since`.
    SinceThen,
    /// The time that was spoken of: `over the same period`, `that month`.
    Same(Option<Grain>),
}

/// A time expression in a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time {
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
    pub(super) expr: Expr,
    /// Whether it says as of when: `as of June 12`, `by September 18`.
    pub(super) as_of: bool,
    /// Whether it dates a point of reference: `its Nov. 8 record close`, `the April low`.
    pub(super) reference: bool,
    /// Whether it is an adjective of the noun behind it: `a weekly loss`, `its August gain`.
    pub(super) adjective: bool,
}

impl Time {
    /// A time that was named before.
    pub(super) fn bare_expr(at: usize, expr: Expr) -> Time {
        Time { first: at, end: at, expr, as_of: false, reference: false, adjective: false }
    }

    /// A length of time that stands by itself.
    pub(super) fn bare(first: usize, end: usize, length: Length) -> Time {
        let expr = Expr::Length(length);
        Time { first, end, expr, as_of: false, reference: false, adjective: false }
    }
}

/// The days from which an article looks back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// The last session it reports on.
    pub(super) session: Option<Date>,
}

/// Reads the time expressions of a sentence.
pub(super) struct PeriodReader<'a> {
    dates: DateReader<'a>,
    session: Option<Date>,
    /// Whether the session was asked for.
    asked: Cell<bool>,
}

impl<'a> PeriodReader<'a> {
    pub(super) fn new(dates: DateReader<'a>, session: Option<Date>) -> Self {
        PeriodReader { dates, session, asked: Cell::new(false) }
    }

    /// Whether what was read hangs on the session.
    pub(super) fn hangs_on_session(&self) -> bool {
        self.asked.get()
    }

    /// The last session that the article reports on.
    fn session(&self) -> Option<Date> {
        self.asked.set(true);
        self.session
    }

    fn tokens(&self) -> &Tokens {
        self.dates.tokens
    }

    /// Whether the years at `i` are counted rather than looked back on: `in 14 of the past 20
    /// years`.
    fn is_tally(&self, i: usize) -> bool {
        let t = self.tokens();
        let article = any_of(t.key(i.wrapping_sub(1)), list!("the|its|their"));
        let at = i.wrapping_sub(1 + usize::from(article));
        let number = at.wrapping_sub(1);
        t.key(at) == "of" && (t.number(number).is_some() || number_word(t.key(number)).is_some())
    }

    /// The time expression that begins at `i`.
    pub(super) fn read(&self, i: usize) -> Option<Time> {
        let opens = self.tokens().may(i, Hint::OpensTime);
        debug_assert_eq!(opens, opens_time(self.tokens().key(i)));
        if opens && !(i..i + NEAR).any(|at| self.tokens().may(at, Hint::TellsTime)) {
            let again = || PeriodReader::new(self.dates, self.session).read_opened(i, opens);
            debug_assert_eq!(again(), None, "{:?}", self.tokens().words(i, i + NEAR));
            return None;
        }
        self.read_opened(i, opens)
    }

    /// The same where it is known whether the word can begin one.
    fn read_opened(&self, i: usize, opens: bool) -> Option<Time> {
        let (tokens, dates) = (self.tokens(), &self.dates);
        let span = |(end, period)| (end, Expr::Span(period));
        let edge = if opens { self.edge(i) } else { None };
        let as_of = edge.is_some();
        let (end, expr) = if let Some(edge) = edge {
            edge
        } else if tokens.number(i).is_some() {
            self.ago(i)
                .or_else(|| self.years(i))
                .or_else(|| self.until(i))
                .or_else(|| self.decade(i))
                .or_else(|| self.length(i))
                .or_else(|| dates.read(i).map(span))
                .or_else(|| self.elliptic_length(i))?
        } else if opens {
            self.since(i)
                .or_else(|| self.ago(i))
                .or_else(|| dates.elliptic(i).map(span))
                .or_else(|| self.vague(i))
                .or_else(|| self.session_of(i))
                .or_else(|| self.day_beside(i))
                .or_else(|| self.first_sessions(i).filter(|_| !self.is_tally(i)))
                .or_else(|| self.that(i))
                .or_else(|| self.same(i))
                .or_else(|| self.part_of_year(i))
                .or_else(|| self.next_part(i))
                .or_else(|| self.until(i))
                .or_else(|| self.beside(i))
                .or_else(|| self.to_date(i))
                .or_else(|| self.window(i))
                .or_else(|| self.length(i))
                .or_else(|| self.relative(i))
                .or_else(|| self.fuzzy(i))
                .or_else(|| dates.read(i).map(span))
                .or_else(|| self.weekday(i))
                .or_else(|| self.elliptic_length(i))?
        } else if tokens.get(i)?.capital {
            dates.read(i).map(span).or_else(|| self.weekday(i))?
        } else if tokens.is(i, '\'') {
            self.decade(i).or_else(|| dates.read(i).map(span))?
        } else {
            return None;
        };
        if matches!(expr, Expr::Trailing(_)) && self.is_tally(i) {
            return None;
        }
        let time = Time { first: i, end, expr, as_of, reference: false, adjective: false };
        Some(self.with_role(time))
    }
}

/// Words with which a time expression can begin; the others are passed by quickly.
pub(super) const OPENERS: &List = list!(
    "a|an|annual|at|back|capped|capping|closing|completed|concluded|concluding|ending\
    |finishing|logged|notched|posted|that|wrapped|began|beginning|by|close|closed|coming\
    |compared|counting|dating|during|earlier|entering|going|heading|early|end|ended\
    |ensuing|finish|finished|first|following|for|fourth|from|goes|h1|h2|historically|in\
    |its|last|late|later|mid|month|mtd|next|on|one|over|past|preceding|previous|prior|q1\
    |q2|q3|q4|qtd|quarter|recently|rolling|second|since|single|so|started|those|same\
    |twelve|final|opening|biggest|best|worst|strongest|weakest|steepest|largest|record\
    |fiscal|fy|monthly|decade|starting|subsequent|succeeding|the|their|third|this\
    |through|thus|all|w|wow|wk|m|mom|mo|q|qoq|y|midyear|half|when|winter|spring|summer\
    |autumn|fall|holiday|midpoint|middle|halftime|new|start|turn|outset|election|halfway\
    |today|trailing|week|weekly|wtd|year|yesterday|yoy|ytd"
);

/// One of the first so many words of a time expression tells its time.
const NEAR: usize = 5;

/// Words by which they do, beside numbers.
pub(super) const TELLING: &List = list!(
    "day|days|daily|date|session|sessions|trading|week|weeks|weekly|wk|month|months|monthly|mo|mom\
    |m|quarter|quarters|quarterly|qtr|q|qoq|half|halves|halftime|year|years|annual|annualized\
    |yearly|y|yoy|w|wow|decade|decades|century|fortnight|night|midyear|midpoint|halfway|midday\
    |morning|afternoon|evening|today|yesterday|tomorrow|january|jan|february|feb|march|mar|april\
    |apr|may|june|jun|july|jul|august|aug|september|sep|sept|october|oct|november|nov|december|dec\
    |monday|mon|tuesday|tue|tues|wednesday|wed|thursday|thu|thur|thurs|friday|fri|saturday|sat\
    |sunday|sun|winter|spring|summer|autumn|fall|holiday|halloween|thanksgiving|christmas|easter\
    |juneteenth|brexit|election|vote|period|span|stretch|window|interval|spell|frame|time\
    |timeframe|point|since|ytd|mtd|qtd|wtd|recently|historically|run|first|second|third|fourth|same"
);

fn opens_time(word: &str) -> bool {
    any_of(word, OPENERS) || number_word(word).is_some()
}
