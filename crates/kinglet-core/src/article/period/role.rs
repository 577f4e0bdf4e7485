//! What part a time expression plays in its sentence: an end, a point of reference, an adjective.

use super::super::token::any_of;
use super::super::words::list;
use super::{Expr, PeriodReader, Time};
use crate::time::Grain;

impl PeriodReader<'_> {
    /// The expression with its part in the sentence.
    pub(super) fn with_role(&self, mut time: Time) -> Time {
        time.as_of |= self.is_as_of(&time);
        time.reference = self.is_reference(&time);
        time.adjective = self.is_adjective(&time);
        time
    }

    /// The `n`th word before it in its sentence.
    fn key_before(&self, time: &Time, n: usize) -> &str {
        let t = self.dates.tokens;
        let Some(at) = time.first.checked_sub(n) else { return "" };
        let ends = |i: usize| {
            let stop = t.is(i, '.') && t.key(i.wrapping_sub(1)).len() > 4;
            (stop || t.is(i, '!') || t.is(i, '?')) && t.get(i + 1).is_some_and(|t| t.capital)
        };
        if (at..time.first).any(ends) { "" } else { t.key(at) }
    }

    /// `as of June 12`, `by September 18`, `at the end of July`.
    fn is_as_of(&self, time: &Time) -> bool {
        let before = |n: usize| self.key_before(time, n);
        let skip = usize::from(matches!(before(1), "the" | "of")) + 1;
        let (near, far) = (before(skip), before(skip + 1));
        let of_end = before(1) == "of" && matches!(before(2), "end" | "close" | "as");
        of_end
            || matches!(near, "through" | "until" | "ended" | "ending" | "by")
            || (near == "of" && matches!(far, "as" | "end" | "close"))
    }

    /// `its Nov. 8 record close`, `the first time this year`, `forecast in June`: what it dates is
    /// not what the sentence says.
    fn is_reference(&self, time: &Time) -> bool {
        let t = self.dates.tokens;
        let before = |n: usize| self.key_before(time, n);
        let noun = |i: usize| {
            let nouns = list!(
                "high|highs|low|lows|peak|peaks|record|close|bottom|trough|top|closing|\
                level|levels"
            );
            any_of(t.key(i), nouns)
        };
        let owns = t.key(time.end) == "'s";
        let at = time.end + usize::from(owns);
        // "by Thursday's close" dates, "from Friday's close" refers
        let closing = owns
            && t.key(at) == "close"
            && any_of(before(1), list!("by|at|through|until|of|since"));
        if closing {
            return false;
        }
        let described = matches!(t.key(at), "record" | "closing" | "all" | "intraday" | "bear");
        let named = noun(at) || described && (noun(at + 1) || noun(at + 2));
        let set = any_of(before(1), list!("in|on|from|back"))
            && any_of(before(2), list!("set|reached|hit|touched|dates|dating|recorded|notched"));
        // "the peak of 5,084.62 it touched last March 10", "the record it set a year ago, on …"
        let clause = (1..=8).any(|n| {
            any_of(before(n), list!("set|reached|hit|touched|notched|posted"))
                && any_of(before(n + 1), list!("it|they|was|were|had|index|has|the"))
                && (n + 1..=n + 7)
                    .any(|m| any_of(before(m), list!("high|record|peak|low|highs|lows|top")))
        });
        // "3.8% on the week, most of it on Monday"
        let part = (2..=3)
            .any(|n| before(n) == "of" && any_of(before(n - 1), list!("it|that|them|which")))
            && (3..=4).any(|n| any_of(before(n), list!("most|much|all|half|part|some")));
        let counted = before(1) == "times" && any_of(before(2), list!("first|only"));
        let first_time = part || counted || before(1) == "time" && before(2) == "first";
        let forecast = before(1) == "in"
            && any_of(before(2), list!("forecast|projected|predicted|expected|seen|estimated"));
        let kind = match time.expr {
            Expr::Span(p) => named || set || p.grain <= Grain::Month && self.is_turn(time),
            Expr::Since(_) => (1..=6).any(|n| superlative(before(n))),
            Expr::Length(_) => {
                let rolling = list!("rolling|trailing");
                any_of(t.key(time.first), rolling) || any_of(before(1), rolling)
            }
            _ => false,
        };
        kind || clause || first_time || forecast
    }

    /// Whether it is the day of a high or low whose figure is right before it: `its peak of
    /// 14,164.53 on October 9, 2007`.
    fn is_turn(&self, time: &Time) -> bool {
        let t = self.dates.tokens;
        let placed = list!("on|in|,|(|reached|set|hit|touched|back|made|recorded|posted|notched");
        let place = (1..=5).find(|n| !any_of(self.key_before(time, *n), placed));
        let Some(n) = place.filter(|n| t.number(time.first.wrapping_sub(*n)).is_some()) else {
            return false;
        };
        let nouns = list!("high|peak|low|record|top|bottom|trough|nadir");
        let before = |n: usize| self.key_before(time, n);
        let noun = any_of(before(n + 2), nouns);
        before(n + 1) == "of" && (noun || before(n + 2) == "close" && any_of(before(n + 3), nouns))
    }

    /// `a weekly loss`, `its August gain`: said of the noun behind it alone.
    fn is_adjective(&self, time: &Time) -> bool {
        let t = self.dates.tokens;
        let before = |n: usize| self.key_before(time, n);
        if matches!(
            time.expr,
            Expr::Since(_) | Expr::Range(..) | Expr::Trailing(_) | Expr::Ahead(_)
        ) {
            return false;
        }
        let light = list!(
            "did|made|took|added|itself|erased|lost|cost|alone|since|for|and|or|as|\
            to|but|of|in|at|on|is|was|after|while|the|from|by|when|\
            with|\
            that|\
            which|has|have|had|alone|through|so|gave|saw|brought|marked|delivered|proved|\
            ended|began|\
            turned|came|started|became|may|will|would|could|went|thanks|despite|amid|because|are|\
                were"
        );
        let owns = t.key(time.end) == "'s" && !any_of(t.key(time.end + 1), list!("close|closing"));
        let noun = t.is_word(time.end + 1) && !any_of(t.key(time.end + 1), light);
        let day = matches!(time.expr, Expr::Span(p) if p.grain == Grain::Day);
        if day && owns && any_of(before(1), list!("after|following|on|with")) {
            return false;
        }
        if owns && matches!(time.expr, Expr::Span(_)) {
            return noun;
        }
        let verb = any_of(before(1), list!(",|;|:|.|and|but||")) && t.key(time.end).ends_with("ed");
        let followed = t.is_word(time.end) && !any_of(t.key(time.end), light) && !verb;
        let plain = any_of(
            t.key(time.first),
            list!("weekly|monthly|quarterly|year|ytd|month|quarter|week|mtd|qtd|wtd"),
        );
        let temporal = list!(
            "in|during|over|through|throughout|amid|since|for|on|late|early|by|of|\
            until|at|from|\
            between|around|last|this"
        );
        let article = any_of(before(1), list!("a|an|the|its|their|'s|this"));
        let adverbial = any_of(before(1), temporal)
            || article && matches!(before(2), "in" | "during" | "over" | "on");
        followed && (plain || !adverbial)
    }
}

/// `the largest outperformance since 2021` tells how long ago, not since when.
pub(super) fn superlative(word: &str) -> bool {
    any_of(
        word,
        list!(
            "best|worst|biggest|largest|highest|lowest|strongest|weakest|\
        steepest|longest|smallest|fastest|first|deepest|sharpest|\
        most|greatest|only|slowest|hottest|last"
        ),
    )
}
