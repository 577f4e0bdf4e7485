//! Two times that bound one stretch: `from April to September 2025`, `1995–2025`.

use super::super::token::{Joint, Tokens, any_of};
use super::super::words::{List, list};
use super::{Expr, PeriodReader, Time, last_session};
use crate::time::{CalendarPeriod, Grain};

/// Joins two times into a range where the words between say so: `from April to September 2025`,
/// `between its Nov. 8 record close and its close on Jan. 27`, `1995–2025`.
pub(in crate::article) fn join_ranges(tokens: &Tokens, times: &mut Vec<Time>) {
    let mut i = 1;
    while i < times.len() {
        match range(tokens, times[i - 1], times[i]) {
            Some(time) => {
                times[i - 1] = time;
                times.remove(i);
            }
            None => i += 1,
        }
    }
}

impl PeriodReader<'_> {
    /// `1979-83`: years of one century, the last one by its two digits.
    pub(super) fn years(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let first = t.number(i)?.year()?;
        let dash = usize::from(matches!(t.key(i + 1), "–" | "-"));
        let at = i + 1 + dash;
        let joined = if dash == 1 { Joint::Glued } else { Joint::Hyphen };
        let last = first - first % 100 + i16::from(t.number(at)?.small()?);
        // "2008-10-15" is a day, and "1979-83%" no range of years
        let unit = t.is(at + 1, '%')
            || t.number(at + 1).is_some() && t.joint(at + 1) == Joint::Hyphen
            || t.is_word(at + 1) && t.joint(at + 1) != Joint::Space
            || t.key(at).len() != 2;
        let year = |year| Some(CalendarPeriod::year(year));
        (t.joint(at) == joined && last > first && !unit)
            .then_some((at + 1, Expr::Range(year(first)?, year(last)?)))
    }
}

/// What may stand between the ends of a range.
const BETWEEN: &List = list!(
    "to|through|and|until|–|—|-|its|the|record|close|low|high|peak|on|of|ending|only|at|closing|\
    end|,|'s|trough|bottom|all|time|in|late|early|mid",
);

fn range(tokens: &Tokens, from: Time, to: Time) -> Option<Time> {
    let (start, open) = match from.expr {
        Expr::Span(start) => (start, false),
        Expr::Since(start) => (start, true),
        _ => return None,
    };
    let Expr::Span(mut end) = to.expr else { return None };
    let gap = from.end..to.first;
    let keys: Vec<&str> = gap.map(|i| tokens.key(i)).collect();
    let quiet = keys.len() <= 8 && keys.iter().all(|k| any_of(k, BETWEEN));
    let joined = keys.iter().any(|k| matches!(*k, "to" | "through" | "until" | "ending"))
        || matches!(keys.as_slice(), ["–" | "-" | "—"]);
    let opener = (1..=4).any(|n| {
        matches!(
            tokens.key(from.first.wrapping_sub(n)),
            "from" | "between" | "starting" | "beginning"
        )
    });
    let and = keys.contains(&"and") && opener && tokens.key(from.first.wrapping_sub(1)) != "in";
    let hyphen = keys.is_empty() && tokens.joint(to.first) == Joint::Hyphen;
    // "the third quarter through September 11" goes as far as that
    let within = keys.as_slice() == ["through"]
        && start.grain > end.grain
        && start.first_day() <= end.first_day()
        && end.last_day() <= start.last_day();
    let bare_pair = open || within || start.grain == Grain::Year || start.grain == end.grain;
    if !quiet || !(joined && (opener || bare_pair) || and || hyphen) {
        return None;
    }
    let mut start = in_year_of(tokens, (&from, start), (&to, end))?;
    // "from the end of October to the end of November" goes from close to close
    if from.as_of && start.grain > Grain::Day {
        start = CalendarPeriod::day(last_session(start));
        end = CalendarPeriod::day(last_session(end));
    }
    if start.first_day() > end.last_day() {
        return None;
    }
    // "January 1995 to July 2025" starts with the year
    if start.grain == Grain::Month
        && start.first_day().month() == 1
        && end.first_day().month() != 12
    {
        start = CalendarPeriod::year(start.first_day().year());
    }
    // "from March 23 to the end of September" goes from day to day
    if start.grain == Grain::Day && end.grain != Grain::Day {
        end = CalendarPeriod::day(last_session(end));
    }
    let expr = Expr::Range(start, end);
    Some(Time { end: to.end, expr, as_of: false, reference: false, adjective: false, ..from })
}

/// The first end of a range in the year that the second one names: `from April to September 2025`,
/// `April 21 to October 8, 1998`.
fn in_year_of(
    tokens: &Tokens,
    (from, start): (&Time, CalendarPeriod),
    (to, end): (&Time, CalendarPeriod),
) -> Option<CalendarPeriod> {
    let years = i32::from(start.first_day().year()) - i32::from(end.first_day().year());
    let per_year = match start.grain {
        Grain::Month => 12,
        Grain::Quarter => 4,
        Grain::Half => 2,
        _ => 0,
    };
    if per_year > 0 && from.end - from.first == 1 && start.grain == end.grain {
        let start = start.plus(-years * per_year);
        return Some(if start > end { start.plus(-per_year) } else { start });
    }
    // "1/1/20" has its year
    let dated = |t: &Time| {
        let year = |i: usize| tokens.number(i).is_some_and(|n| n.year().is_some());
        (t.first..t.end).any(year) || (t.first..t.end).filter(|&i| tokens.is(i, '/')).count() == 2
    };
    let days = start.grain == Grain::Day && end.grain == Grain::Day;
    if !days || dated(from) || !dated(to) || years == 0 {
        return Some(start);
    }
    let moved = |years: i32| {
        let day = start.first_day().checked_sub(jiff::Span::new().years(years)).ok()?;
        Some(CalendarPeriod::day(day))
    };
    moved(years).filter(|day| *day < end).or_else(|| moved(years + 1))
}
