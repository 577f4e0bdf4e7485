//! Another year that an article tells of: in `The crash of 2008. … On October 13 it jumped 11.6%`
//! the day is one of 2008, not the last thirteenth of October before the article.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::date::{DateReader, month_number};
use super::super::hint::Hint;
use super::super::token::{Numeral, Tokens, any_of};
use super::super::words::{List, list};
use super::{Expr, Time};
use crate::time::Grain;

/// How long ago a date is that one need not print with its year, in days.
const FRESH_DAYS: i32 = 300;

/// How far a tale goes on from a date to one without its year, in days; the rest of the year is
/// what it may go back.
const ONWARDS_DAYS: i32 = 265;

/// Where a block names what it tells of, in tokens.
const OPENING: usize = 12;

/// The day up to which a tale has come.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::article) struct Era {
    day: Option<Date>,
}

/// From which token on the dates of a block are those before a day, in order.
pub(in crate::article) type Views = Vec<(usize, Option<Date>)>;

impl Era {
    /// A tale that goes on from a day.
    pub(in crate::article) fn of(day: Date) -> Era {
        Era { day: Some(day) }
    }

    /// The days from which the dates of a block are seen: it tells of another year if its opening
    /// or the heading above names that, and nothing else in it is about the present.
    pub(in crate::article) fn views(self, tokens: &Tokens, published: Date) -> Views {
        let mut era = self;
        let mut views = Views::new();
        if is_present(tokens, published) {
            return views;
        }
        views.extend(era.day.map(|_| (0, era.view(published))));
        let plain = DateReader { tokens, published: None, ahead: false };
        let (mut i, mut sentence) = (0, 0);
        while i < tokens.len() && (i < OPENING || era.day.is_some()) {
            if !plain.may_open(i) {
                i += 1;
                continue;
            }
            let printed = plain.read(i);
            let view = era.view(published);
            let seen = DateReader { published: view, ..plain };
            let found = printed.or_else(|| view.and_then(|_| seen.read(i)));
            let Some((end, p)) = found else {
                i += 1;
                continue;
            };
            if printed.is_none() || !is_reference(tokens, i, end) {
                let day = if p.grain == Grain::Year { p.first_day() } else { p.last_day() };
                let old = (published - p.last_day()).get_days() > FRESH_DAYS;
                era.day = Some(day).filter(|_| old);
                // what else the sentence dates is as likely of the present
                let from = if p.grain == Grain::Year {
                    end
                } else {
                    // the dates of a sentence do not look for its end again
                    if sentence <= end {
                        sentence = sentence_end(tokens, end);
                    }
                    sentence
                };
                // what is told next overrules what was to hold from there on
                views.truncate(views.partition_point(|(known, _)| *known < from));
                views.push((from, era.view(published)));
            }
            i = end.max(i + 1);
        }
        views
    }

    /// The day from which the tale looks back on what it tells next.
    fn view(&self, published: Date) -> Option<Date> {
        let day = self.day?.checked_add(ONWARDS_DAYS.days()).ok()?;
        (day < published).then_some(day)
    }
}

/// The token behind the sentence that goes on at `i`.
fn sentence_end(tokens: &Tokens, i: usize) -> usize {
    let stops = |at: usize| {
        ['.', '!', '?'].iter().any(|stop| tokens.is(at, *stop))
            && tokens.get(at + 1).is_none_or(|next| next.capital)
    };
    (i..tokens.len()).find(|at| stops(*at)).map_or(tokens.len(), |at| at + 1)
}

/// Whether a date is that of something which is only referred to: `since March 9, 2009`, `its May
/// 2007 high`, `the largest since 2011`.
fn is_reference(tokens: &Tokens, first: usize, end: usize) -> bool {
    let before = |n: usize| tokens.key(first.wrapping_sub(n));
    let points = list!("since|until|than|from|after|before");
    let nouns = list!("low|lows|high|highs|record|peak|close|bottom|trough|top");
    any_of(before(1), points) || any_of(tokens.key(end), nouns)
}

/// Words of the present.
pub(in crate::article) const PRESENT: &List = list!(
    "today|yesterday|now|currently|ytd|tomorrow|this week|this year|this month|so far|\
    year to date|last week|last month|last night|has|have"
);

/// Whether a block is about the present: it says so, or names the year of publication.
fn is_present(tokens: &Tokens, published: Date) -> bool {
    (0..tokens.len()).any(|i| {
        let year = tokens.number(i).and_then(Numeral::year);
        year == Some(published.year())
            || tokens.may(i, Hint::OpensPresent) && tokens.any_phrase(i, PRESENT).is_some()
    })
}

/// Whether a time is told by a step from the one before: `the next day`, `the month before`.
pub(in crate::article) fn is_step(tokens: &Tokens, time: &Time) -> bool {
    let steps = list!("next|following|before|after|preceding|previous|later|same");
    let step = |i: usize| any_of(tokens.key(i), steps);
    matches!(time.expr, Expr::Span(_)) && (time.first..time.end).any(step)
}

/// Whether a time is a date without its year: a month, a day of one, a quarter, a holiday.
pub(in crate::article) fn lacks_year(tokens: &Tokens, time: &Time) -> bool {
    let relative = list!("last|this|next|today|yesterday|previous|prior|past|ago|earlier|since");
    let named = |i: usize| {
        let capital = tokens.get(i).is_some_and(|t| t.capital);
        capital
            && (month_number(tokens.key(i)).is_some() || any_of(tokens.key(i), list!("eve|day")))
            || any_of(tokens.key(i), list!("quarter|half|q1|q2|q3|q4|h1|h2|th|nd|rd|st"))
    };
    let year = |i: usize| tokens.number(i).is_some_and(|n| n.year().is_some());
    let part = time.first..time.end;
    matches!(time.expr, Expr::Span(p) if p.grain < Grain::Year)
        && part.clone().any(named)
        && !part.clone().any(|i| any_of(tokens.key(i), relative) || year(i))
}
