//! Lengths of time before and after: `the past ten years`, `over the next 12 months`, `a year
//! later`.

use super::super::count;
use super::super::number::{self, Measure};
use super::super::token::{Joint, Numeral, Tokens, any_of};
use super::super::words::{List, list};
use super::role::superlative;
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit};

/// Words behind a length of time that is still to go from what is told.
const LATER: &List = list!("later|after|afterward|afterwards|hence|out|following|forward|ahead|on");

impl PeriodReader<'_> {
    /// `the past ten years`, `over the next 12 months`, `the subsequent three months`.
    pub(super) fn window(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(matches!(t.key(i), "the" | "its" | "their" | "this"));
        let article = at > i;
        let back = any_of(t.key(at), list!("past|last|prior|previous|trailing|preceding|rolling"));
        let ahead = any_of(t.key(at), list!("next|following|subsequent|ensuing|coming|succeeding"));
        if !back && !ahead {
            return None;
        }
        let counted = number::quantity(t, at + 1)
            .filter(|q| matches!(q.measure, Measure::Plain | Measure::Duration(_)));
        let streak = |at: usize| {
            any_of(
                t.key(at),
                list!(
                    "win|winning|losing|streak|run|rally|slide|high|low|\
                consecutive|straight"
                ),
            )
        };
        if counted.is_some_and(|q| q.adjective && streak(q.end) || streak(q.end)) {
            return None;
        }
        let (end, length) = match counted {
            Some(q) => match q.measure {
                Measure::Duration(unit) => (q.end, length_of(q.value, unit)?),
                _ => {
                    let (end, unit) = unit_at(t, q.end)?;
                    (end, length_of(q.value, unit)?)
                }
            },
            None if t.key(at + 1) == "decade" => (at + 2, Length::years(10)),
            None => {
                if article && t.key(at) == "next" && t.key(at + 1) == "quarter" {
                    return Some((at + 2, Expr::Ahead(Length::months(3))));
                }
                let (end, unit) = unit_at(t, at + 1)?;
                let calendar = !article || matches!(t.key(at), "previous" | "prior" | "preceding");
                if back && calendar || t.key(at) == "last" && !preceded_by_window(t, i) {
                    return None; // "last week": a calendar period
                }
                if !article && t.key(at) == "next" {
                    return None;
                }
                (end, length_of(1.0, unit)?)
            }
        };
        let measured = matches!(t.key(at), "rolling" | "trailing");
        Some((
            end,
            match back {
                _ if measured => Expr::Length(length),
                true => Expr::Trailing(length),
                false => Expr::Ahead(length),
            },
        ))
    }

    /// `12 months later`, `in the 12 months following`, `over three and five years`, `one year
    /// after`.
    pub(super) fn length(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let before = t.key(i.wrapping_sub(1));
        let (end, length) = if let Some(found) = self.part_length(i) {
            found
        } else if matches!(t.key(i), "a" | "an") {
            let (end, unit) = unit_at(t, i + 1)?;
            (end, length_of(1.0, unit)?)
        } else {
            let q = number::quantity(t, i)?;
            match q.measure {
                Measure::Duration(unit) => (q.end, length_of(q.value, unit)?),
                Measure::Plain if q.decimals == 0 => {
                    let (end, unit) = unit_at(t, q.end).or_else(|| self.shared_unit(q.end))?;
                    (end, length_of(q.value, unit)?)
                }
                _ => return None,
            }
        };
        let after = t.key(end);
        let hyphen = t.joint(end.wrapping_sub(1)) == Joint::Hyphen;
        let later = any_of(after, LATER)
            || t.any_phrase(
                end,
                list!("that followed|which followed|that follow|from now|down the road|since then"),
            )
            .is_some();
        // "the highest in over eight years", "the biggest gain in seven weeks after a report"
        let more = usize::from(any_of(before, list!("over|about|nearly|almost")));
        let rank = t.key(i.wrapping_sub(1 + more)) == "in"
            && (i.saturating_sub(7)..i).any(|at| superlative(t.key(at)))
            || count::is_denied(t, i);
        // "on 119 trading days out of 130"
        if rank || after == "out" && t.key(end + 1) == "of" || count::is_of_moves(t, end) {
            return None;
        }
        let on = after == "on"
            && (t.is(end + 1, ',') || any_of(t.key(end + 1), list!("it|you|they|we|that|this")));
        if later && (after != "on" || on)
            || matches!(before, "forward" | "subsequent")
            || before == "after" && !hyphen
        {
            return Some((end, Expr::Ahead(length)));
        }
        if after == "ago" || after == "earlier" {
            return None;
        }
        let just = any_of(before, list!("just|only|mere"))
            || any_of(before, list!("a")) && t.key(i.wrapping_sub(2)) == "in";
        if just && t.key(i.wrapping_sub(2)) == "in" && !hyphen {
            return Some((end, Expr::Trailing(length)));
        }
        let the = before == "the";
        let week = Length { count: 5, unit: LengthUnit::Sessions };
        if the && length == week && any_of(t.key(i.wrapping_sub(2)), list!("over|in|during|for")) {
            return Some((end, Expr::ToDate(Grain::Week)));
        }
        let preposition = if the { t.key(i.wrapping_sub(2)) } else { before };
        let windowed =
            matches!(preposition, "over" | "within" | "during") || (preposition == "in" && the);
        if windowed && !hyphen && !matches!(t.key(i), "a" | "an") {
            return Some((end, Expr::Length(length)));
        }
        None
    }

    /// `a quarter later`, `half a year`, `a half-year`, `three quarters later`, `two decades`.
    pub(super) fn part_length(&self, i: usize) -> Option<(usize, Length)> {
        let t = self.tokens();
        let half = list!("half a year|a half year|one half year|a half - year");
        if let Some(end) = t.any_phrase(i, half) {
            return Some((end, Length::months(6)));
        }
        let count = match t.key(i) {
            "a" | "one" => 1.0,
            word => number::number_word(word).or_else(|| t.number(i).map(|n| n.value))?,
        };
        let passes = any_of(
            t.key(i + 2),
            list!("later|after|afterward|afterwards|hence|out|ago|earlier|before|prior|on"),
        );
        let whole = (1.0..=40.0).contains(&count) && count.fract() == 0.0;
        match t.key(i + 1) {
            _ if !whole => None,
            "quarter" | "quarters" if passes => Some((i + 2, Length::months(3 * count as u16))),
            "decade" | "decades" if passes || count > 1.0 => {
                Some((i + 2, Length::years(10 * count as u16)))
            }
            "fortnight" => Some((i + 2, Length { count: 2, unit: LengthUnit::Weeks })),
            _ => None,
        }
    }

    /// `over five` behind `over three years`, `after twelve` behind `after six months`, `over the
    /// past three` behind `the five years ended in April`: the unit and the end of the one before.
    pub(super) fn elliptic_length(&self, i: usize) -> Option<(usize, Expr)> {
        const REACH: usize = 45;
        let t = self.tokens();
        let count = number::number_word(t.key(i))
            .or_else(|| t.number(i).and_then(Numeral::small).map(f64::from))?;
        let before = t.key(i.wrapping_sub(1));
        let past = any_of(before, list!("past|last|previous|prior|trailing"));
        let ahead = any_of(before, list!("after|next|following|subsequent"));
        let open = any_of(before, list!("over|in|at|for|within"));
        let ends = !t.is_word(i + 1)
            && t.number(i + 1).is_none()
            && !t.is(i + 1, '%')
            && t.joint(i + 1) != Joint::Hyphen
            || any_of(t.key(i + 1), list!("and|the|it|but|they|years|months")) && !open
            || any_of(t.key(i + 1), list!("and|the|it|but|they")) && before != "in";
        if !(past || ahead || open) || !ends || !(1.0..=50.0).contains(&count) {
            return None;
        }
        let from = i.saturating_sub(REACH);
        let (at, expr) = (from..i).rev().find_map(|at| {
            let (end, expr) =
                self.until(at).or_else(|| self.window(at)).or_else(|| self.length(at))?;
            (end < i).then_some((at, expr))
        })?;
        let count = count as u16;
        let same = |length: Length| Length { count, ..years_as_named(length) };
        let expr = match expr {
            Expr::Until(length, day) if past || before == "over" => Expr::Until(same(length), day),
            Expr::Until(length, _) | Expr::Trailing(length) if past => Expr::Trailing(same(length)),
            Expr::Length(length) | Expr::Ahead(length) | Expr::Trailing(length) if ahead => {
                Expr::Ahead(same(length))
            }
            Expr::Length(length) | Expr::Trailing(length) if past => Expr::Trailing(same(length)),
            Expr::Length(length) => Expr::Length(same(length)),
            Expr::Ahead(length) => Expr::Ahead(same(length)),
            Expr::Trailing(length) => Expr::Trailing(same(length)),
            _ => return None,
        };
        (at < i).then_some((i + 1, expr))
    }

    /// `the 1990s`, `the '90s`.
    pub(super) fn decade(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let part = any_of(t.key(i.wrapping_sub(1)), list!("early|mid|late|the"))
            && any_of(t.key(i.wrapping_sub(2)), list!("early|mid|late"));
        let part = part || any_of(t.key(i.wrapping_sub(1)), list!("early|mid|late"));
        let (at, year) = match t.number(i) {
            Some(n) => (i + 1, n.year()?),
            None => (i + 2, 1900 + i16::from(t.number(i + 1)?.small().filter(|n| *n >= 50)?)),
        };
        let the = t.key(i.wrapping_sub(1)) == "the";
        let plural = t.joint(at) == Joint::Glued && (t.key(at) == "s" || the && t.key(at) == "'s");
        let decade = plural && year % 10 == 0 && !part;
        let last = CalendarPeriod::year(year + 9);
        decade.then(|| (at + 1, Expr::Range(CalendarPeriod::year(year), last)))
    }

    /// The unit of `three` in `three and five years`.
    fn shared_unit(&self, i: usize) -> Option<(usize, LengthUnit)> {
        let t = self.tokens();
        let mut at = i;
        for _ in 0..6 {
            match t.key(at) {
                "," | "and" | "or" => at += 1,
                key if number::number_word(key).is_some() || t.number(at).is_some() => at += 1,
                _ => break,
            }
        }
        (at > i).then(|| unit_at(t, at)).flatten().map(|(_, unit)| (i, unit))
    }
}

/// Whether `the last year` follows a word that makes it a window: `over the last year`.
fn preceded_by_window(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.key(i.wrapping_sub(1)), "over" | "during" | "in" | "within" | "for")
        && tokens.key(i) == "the"
}

/// A length; one year is written as twelve months.
pub(in crate::article) fn length_of(count: f64, unit: LengthUnit) -> Option<Length> {
    if count == 1.0 && unit == LengthUnit::Years {
        return Some(Length::months(12));
    }
    (1.0..=5000.0).contains(&count).then_some(Length { count: count as u16, unit })
}

/// A length as its unit is named: twelve months are a year.
fn years_as_named(length: Length) -> Length {
    if length == Length::months(12) { Length::years(1) } else { length }
}

/// A unit of time at `i`, adjectives skipped: `trading days`, `full years`.
pub(in crate::article) fn unit_at(tokens: &Tokens, i: usize) -> Option<(usize, LengthUnit)> {
    let at = i + usize::from(matches!(tokens.key(i), "trading" | "calendar" | "full"));
    let unit = match tokens.key(at) {
        "day" | "days" | "session" | "sessions" => LengthUnit::Sessions,
        "week" | "weeks" => LengthUnit::Weeks,
        "month" | "months" => LengthUnit::Months,
        "year" | "years" => LengthUnit::Years,
        _ => return None,
    };
    Some((at + 1, unit))
}
