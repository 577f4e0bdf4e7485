//! Highs and lows that are told by what they were: `its November 2021 record`, `the October 2002
//! bottom`, `since the low`. Which day that was is as much a matter of record as when a holiday is.

use std::ops::Range;

use jiff::civil::Date;

use super::super::token::{Tokens, any_of};
use super::super::words::list;
use super::era::lacks_year;
use super::{Expr, Time};
use crate::time::{CalendarPeriod, Grain};

/// Whether prices turned down or up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    High,
    Low,
}

/// Closing highs and lows of an index: those that the markets remember, and lesser ones that are
/// told with their month.
struct Turns {
    high: &'static [Date],
    low: &'static [Date],
    lesser_high: &'static [Date],
    lesser_low: &'static [Date],
}

const fn on(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

const SMALL: Turns = Turns {
    high: &[
        on(1987, 8, 25),
        on(1989, 10, 9),
        on(1998, 4, 21),
        on(2000, 3, 9),
        on(2007, 7, 13),
        on(2011, 4, 29),
        on(2015, 6, 23),
        on(2018, 8, 31),
        on(2020, 1, 16),
        on(2021, 11, 8),
        on(2024, 11, 25),
        on(2026, 1, 22),
    ],
    low: &[
        on(1987, 10, 28),
        on(1990, 10, 30),
        on(1998, 10, 8),
        on(2002, 10, 9),
        on(2009, 3, 9),
        on(2011, 10, 3),
        on(2016, 2, 11),
        on(2018, 12, 24),
        on(2020, 3, 18),
        on(2022, 6, 16),
        on(2023, 10, 27),
        on(2025, 4, 8),
        on(2026, 3, 30),
    ],
    lesser_high: &[
        on(1996, 5, 22),
        on(1997, 10, 13),
        on(2002, 4, 16),
        on(2004, 4, 5),
        on(2006, 5, 5),
        on(2008, 6, 5),
        on(2010, 4, 23),
        on(2012, 3, 26),
        on(2014, 3, 4),
        on(2021, 3, 15),
        on(2022, 8, 15),
        on(2023, 7, 31),
    ],
    lesser_low: &[
        on(1996, 7, 24),
        on(2001, 9, 21),
        on(2003, 3, 12),
        on(2004, 8, 12),
        on(2006, 7, 21),
        on(2008, 11, 20),
        on(2010, 7, 6),
        on(2012, 6, 4),
        on(2014, 10, 13),
    ],
};

const LARGE: Turns = Turns {
    high: &[
        on(1987, 8, 25),
        on(1990, 7, 16),
        on(1998, 7, 17),
        on(2000, 3, 24),
        on(2007, 10, 9),
        on(2011, 4, 29),
        on(2015, 5, 21),
        on(2018, 9, 20),
        on(2020, 2, 19),
        on(2022, 1, 3),
        on(2025, 2, 19),
    ],
    low: &[
        on(1987, 12, 4),
        on(1990, 10, 11),
        on(1998, 8, 31),
        on(2002, 10, 9),
        on(2009, 3, 9),
        on(2011, 10, 3),
        on(2016, 2, 11),
        on(2018, 12, 24),
        on(2020, 3, 23),
        on(2022, 10, 12),
        on(2025, 4, 8),
        on(2026, 3, 30),
    ],
    lesser_high: &[
        on(2010, 4, 23),
        on(2012, 4, 2),
        on(2018, 1, 26),
        on(2020, 9, 2),
        on(2022, 8, 16),
        on(2023, 7, 31),
        on(2024, 7, 16),
        on(2026, 1, 27),
    ],
    lesser_low: &[
        on(1998, 10, 8),
        on(2001, 9, 21),
        on(2003, 3, 11),
        on(2008, 11, 20),
        on(2010, 7, 2),
        on(2012, 6, 1),
        on(2022, 6, 16),
        on(2023, 10, 27),
        on(2024, 8, 5),
    ],
};

const NASDAQ: Turns = Turns {
    high: &[
        on(1998, 7, 20),
        on(2000, 3, 10),
        on(2007, 10, 31),
        on(2015, 7, 20),
        on(2018, 8, 29),
        on(2020, 2, 19),
        on(2021, 11, 19),
        on(2024, 12, 16),
        on(2025, 10, 29),
    ],
    low: &[
        on(1990, 10, 16),
        on(1998, 10, 8),
        on(2002, 10, 9),
        on(2009, 3, 9),
        on(2011, 10, 3),
        on(2016, 2, 11),
        on(2018, 12, 24),
        on(2020, 3, 23),
        on(2022, 12, 28),
        on(2025, 4, 8),
        on(2026, 3, 30),
    ],
    lesser_high: &[on(2010, 4, 23), on(2011, 4, 29), on(2020, 9, 2), on(2024, 7, 10)],
    lesser_low: &[
        on(2001, 9, 21),
        on(2003, 3, 11),
        on(2008, 11, 20),
        on(2010, 7, 2),
        on(2022, 6, 16),
        on(2023, 10, 26),
        on(2024, 8, 7),
    ],
};

const BLUE_CHIPS: Turns = Turns {
    high: &[
        on(1987, 8, 25),
        on(1990, 7, 16),
        on(1998, 7, 17),
        on(2000, 1, 14),
        on(2007, 10, 9),
        on(2011, 4, 29),
        on(2015, 5, 19),
        on(2018, 10, 3),
        on(2020, 2, 12),
        on(2022, 1, 4),
        on(2024, 12, 4),
    ],
    low: &[
        on(1987, 10, 19),
        on(1990, 10, 11),
        on(1998, 8, 31),
        on(2002, 10, 9),
        on(2009, 3, 9),
        on(2011, 10, 3),
        on(2016, 2, 11),
        on(2018, 12, 24),
        on(2020, 3, 23),
        on(2022, 9, 30),
        on(2025, 4, 8),
    ],
    lesser_high: &[on(2010, 4, 26), on(2018, 1, 26)],
    lesser_low: &[
        on(2001, 9, 21),
        on(2003, 3, 11),
        on(2008, 11, 20),
        on(2010, 7, 2),
        on(2015, 8, 25),
        on(2022, 6, 17),
        on(2023, 10, 27),
    ],
};

const VOLATILITY: Turns = Turns {
    high: &[on(1998, 10, 8), on(2008, 11, 20), on(2020, 3, 16), on(2025, 4, 8)],
    low: &[],
    lesser_high: &[
        on(1990, 8, 23),
        on(1997, 10, 30),
        on(2001, 9, 20),
        on(2002, 8, 5),
        on(2010, 5, 20),
        on(2011, 8, 8),
        on(2015, 8, 24),
        on(2018, 2, 5),
        on(2018, 12, 24),
        on(2022, 3, 7),
        on(2024, 8, 5),
    ],
    lesser_low: &[],
};

/// How long ago a high or low may be that is told without its date, in days.
const RECENT_DAYS: i32 = 731;

/// How far behind a high or low its day may stand, in tokens.
const TOLD_WITHIN: usize = 10;

impl Turns {
    fn of(code: &str) -> Option<&'static Turns> {
        match code {
            "RUT" | "RUJ" | "RUO" | "IWM" | "IWN" | "IWO" | "US_SMALL" => Some(&SMALL),
            "SPX" | "SPY" | "RUI" | "RUA" | "US_LARGE" | "US_EQUITY" => Some(&LARGE),
            "IXIC" | "NDX" | "QQQ" => Some(&NASDAQ),
            "DJI" | "DIA" => Some(&BLUE_CHIPS),
            "VIX" => Some(&VOLATILITY),
            _ => None,
        }
    }

    fn sides(&self, side: Side) -> (&'static [Date], &'static [Date]) {
        match side {
            Side::High => (self.high, self.lesser_high),
            Side::Low => (self.low, self.lesser_low),
        }
    }

    /// The turn in a month or year: of those before the publication, which alone its author can
    /// mean, the last one that is remembered.
    fn within(&self, side: Side, p: CalendarPeriod, published: Date) -> Option<Date> {
        let (great, lesser) = self.sides(side);
        let inside = |d: &&Date| p.first_day() <= **d && **d <= p.last_day() && **d < published;
        great.iter().rev().find(inside).or_else(|| lesser.iter().rev().find(inside)).copied()
    }

    /// The last turn that is remembered before a day.
    fn last(&self, side: Side, published: Date) -> Option<Date> {
        let day = *self.sides(side).0.iter().rev().find(|d| **d < published)?;
        ((published - day).get_days() <= RECENT_DAYS).then_some(day)
    }
}

/// Makes days of the months and years of highs and lows, and reads those that are told without.
/// `index` is the code of the index that is spoken of at a token.
pub(in crate::article) fn date_turns(
    tokens: &Tokens,
    times: &mut [Time],
    published: Date,
    index: impl Fn(usize) -> &'static str,
) {
    for n in 0..times.len() {
        let time = times[n];
        let former = n.checked_sub(1).map_or(0, |n| times[n].end);
        let (Expr::Span(p) | Expr::Since(p)) = time.expr else { continue };
        if !matches!(p.grain, Grain::Month | Grain::Year) || time.as_of {
            continue;
        }
        let Some(side) = side_of(tokens, &time, former) else { continue };
        if let Some(day) = told_behind(tokens, times, n, p) {
            times[n].expr = Expr::Span(day);
            times[n + 1] = Time { expr: Expr::Span(day), reference: true, ..times[n + 1] };
            continue;
        }
        let Some(own) = Turns::of(index(time.first)) else { continue };
        let all = [own, &SMALL, &LARGE, &NASDAQ];
        let within = |p| all.into_iter().find_map(|turns| turns.within(side, p, published));
        // "the March low" may be said in the next March
        let running = p.grain == Grain::Month && p.last_day() >= published;
        let turn = within(p).or_else(|| within(p.plus(-12)).filter(|_| running));
        if let Some(day) = turn {
            let day = CalendarPeriod::day(day);
            let since = matches!(time.expr, Expr::Since(_));
            times[n].expr = if since { Expr::Since(day) } else { Expr::Span(day) };
        }
    }
}

/// The day of a high or low of a month or year that is told behind it: `its 2010 closing low of
/// 9,686.48 on July 2`.
fn told_behind(
    tokens: &Tokens,
    times: &[Time],
    n: usize,
    p: CalendarPeriod,
) -> Option<CalendarPeriod> {
    let (time, told) = (times[n], times.get(n + 1)?);
    let Expr::Span(day) = told.expr else { return None };
    let near =
        told.first.saturating_sub(time.end) <= TOLD_WITHIN && matches!(time.expr, Expr::Span(_));
    let said = near && any_of(tokens.key(told.first.wrapping_sub(1)), list!("on|reached|set"));
    // without its year it is one of that year
    let years = i32::from(day.first_day().year()) - i32::from(p.first_day().year());
    let date = match lacks_year(tokens, told) {
        true => day.first_day().checked_sub(jiff::Span::new().years(years)).ok()?,
        false => day.first_day(),
    };
    let inside = p.first_day() <= date && date <= p.last_day();
    (said && inside && day.grain == Grain::Day).then(|| CalendarPeriod::day(date))
}

/// The highs and lows that are told without a date: `since the low`, `off its pandemic bottom`.
pub(in crate::article) fn bare_turns(
    tokens: &Tokens,
    times: &mut Vec<Time>,
    (range, published): (Range<usize>, Date),
    index: impl Fn(usize) -> &'static str,
) {
    for i in range.clone() {
        let Some(side) = side(tokens.key(i)).filter(|_| tokens.key(i) != "record") else {
            continue;
        };
        let Some(first) = opening(tokens, i).filter(|first| *first >= range.start) else {
            continue;
        };
        let dated = |t: &Time| t.first <= i + 7 && t.end + 1 > first;
        // "the low of the year" is another, "its low of 676.53" is not
        let noun = any_of(tokens.key(i + 1), list!("single|level|levels|end|price|prices"))
            || tokens.key(i + 1) == "of" && tokens.number(i + 2).is_none();
        if noun || times.iter().any(dated) {
            continue;
        }
        let turn = Turns::of(index(i)).and_then(|turns| turns.last(side, published));
        let Some(day) = turn.map(CalendarPeriod::day) else { continue };
        let since = tokens.key(first) == "since";
        let expr = if since { Expr::Since(day) } else { Expr::Span(day) };
        let time = Time { reference: !since, ..Time::bare_expr(first, expr) };
        let at = times.partition_point(|t| t.first < first);
        let first = first + usize::from(!since);
        times.insert(at, Time { first, end: i + 1, ..time });
    }
}

/// The preposition before a high or low that is told without a date.
fn opening(tokens: &Tokens, i: usize) -> Option<usize> {
    let light = list!(
        "the|its|their|'s|own|bear|market|pandemic|covid|tariff|crisis|cycle|closing|that|nasdaq|\
        russell|s&p|2000|500|index|panic|spring|summer|autumn|fall|winter|post"
    );
    let at = (1..=6).find(|n| !any_of(tokens.key(i.wrapping_sub(*n)), light))?;
    let at = i.checked_sub(at).filter(|_| at > 1)?;
    any_of(tokens.key(at), list!("since|from|off|above|below|to|at|after")).then_some(at)
}

/// The high or low that a time dates: the noun behind it, or before it with a word that places it.
fn side_of(tokens: &Tokens, time: &Time, former: usize) -> Option<Side> {
    let light =
        list!("record|closing|all|time|bear|market|intraday|cycle|own|post|crisis|'s|historic");
    let end = time.end;
    // "since the lows of March 2009"
    let inside = || (time.first + 1..end).find_map(|i| side(tokens.key(i)));
    if let Some(side) = inside().filter(|_| matches!(time.expr, Expr::Since(_))) {
        return Some(side);
    }
    let behind = (end..end + 4)
        .take_while(|&i| i == end || any_of(tokens.key(i - 1), light))
        .find_map(|i| side(tokens.key(i)));
    // "a record" is one of many, unless the date is its own
    let placed = any_of(tokens.key(time.first), list!("last|this"))
        || any_of(tokens.key(time.first.wrapping_sub(1)), list!("in|of|from|during"));
    let from = former.max(time.first.saturating_sub(9));
    let said = list!("of|set|in|close|high|it|that|reached|,|(|from|hit|notched");
    // "peak to trough" tells how far, not when
    let distance = |i: usize| tokens.key(i.wrapping_sub(1)) == "to";
    let noun =
        |i: usize| !distance(i) && (tokens.key(i) != "record" || any_of(tokens.key(i + 1), said));
    let before = || (from..time.first).rev().filter(|i| noun(*i)).find_map(|i| side(tokens.key(i)));
    let stops =
        || (from..time.first).any(|i| any_of(tokens.key(i), list!("and|but|while|;|since|than")));
    behind.or_else(|| before().filter(|_| placed && !stops()))
}

fn side(word: &str) -> Option<Side> {
    match word {
        "high" | "highs" | "peak" | "peaks" | "top" | "summit" | "record" => Some(Side::High),
        "low" | "lows" | "bottom" | "trough" | "nadir" => Some(Side::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_later_changes_no_reading() {
        let year = CalendarPeriod::year(2022);
        let low = |published| LARGE.within(Side::Low, year, published);
        assert_eq!(low(on(2022, 12, 30)), Some(on(2022, 10, 12)));
        // the low of October was not yet known
        assert_eq!(low(on(2022, 8, 1)), Some(on(2022, 6, 16)));
        assert_eq!(low(on(2022, 6, 16)), None);
    }
}
