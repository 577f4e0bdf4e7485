//! Lengths of time before and after: `the past ten years`, `over the next 12 months`, `a year
//! later`.

use super::super::number::{self, Measure};
use super::super::token::{Joint, Tokens, any_of};
use super::super::words::list;
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit};

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
        let (end, length) = if matches!(t.key(i), "a" | "an") {
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
        let later = any_of(
            after,
            list!(
                "later|after|afterward|afterwards|hence|out|following|\
                        forward|ahead|on"
            ),
        ) || t
            .any_phrase(
                end,
                list!("that followed|which followed|that follow|from now|down the road|since then"),
            )
            .is_some();
        if later && after != "on"
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

/// A unit of time at `i`, adjectives skipped: `trading days`, `full years`.
pub(super) fn unit_at(tokens: &Tokens, i: usize) -> Option<(usize, LengthUnit)> {
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
