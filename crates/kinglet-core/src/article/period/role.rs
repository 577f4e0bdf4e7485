//! What part a time expression plays in its sentence: an end, a point of reference, an adjective.

use super::super::token::any_of;
use super::super::words::list;
use super::{Expr, PeriodReader, Time};

impl PeriodReader<'_> {
    /// The expression with its part in the sentence.
    pub(super) fn with_role(&self, mut time: Time) -> Time {
        time.as_of |= self.is_as_of(&time);
        time.reference = self.is_reference(&time);
        time.adjective = self.is_adjective(&time);
        time
    }

    fn key_before(&self, time: &Time, n: usize) -> &str {
        time.first.checked_sub(n).map_or("", |i| self.dates.tokens.key(i))
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
            let nouns = "high|highs|low|lows|peak|peaks|record|close|bottom|trough|top|closing|\
                level|levels";
            any_of(t.key(i), nouns)
        };
        let owns = t.key(time.end) == "'s";
        let at = time.end + usize::from(owns);
        // "by Thursday's close" dates, "from Friday's close" refers
        let closing =
            owns && t.key(at) == "close" && any_of(before(1), "by|at|through|until|of|since");
        if closing {
            return false;
        }
        let described = matches!(t.key(at), "record" | "closing" | "all" | "intraday" | "bear");
        let named = noun(at) || described && (noun(at + 1) || noun(at + 2));
        let set = any_of(before(1), "in|on|from|back")
            && any_of(before(2), "set|reached|hit|touched|dates|dating|recorded|notched");
        let first_time = matches!(before(1), "time" | "times");
        let forecast = before(1) == "in"
            && any_of(before(2), "forecast|projected|predicted|expected|seen|estimated");
        let kind = match time.expr {
            Expr::Span(_) => named || set,
            Expr::Since(_) => (1..=6).any(|n| superlative(before(n))),
            Expr::Length(_) => {
                let rolling = "rolling|trailing";
                any_of(t.key(time.first), rolling) || any_of(before(1), rolling)
            }
            _ => false,
        };
        kind || first_time || forecast
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
        let light = "since|for|and|or|as|to|but|of|in|at|on|is|was|after|while|the|from|by|when|\
            with|\
            that|\
            which|has|have|had|alone|through|so|gave|saw|brought|marked|delivered|proved|\
            ended|began|\
            turned|came|started|became|may|will|would|could|went|thanks|despite|amid|because|are|\
                were";
        let owns = t.key(time.end) == "'s" && !any_of(t.key(time.end + 1), list!("close|closing"));
        if owns && matches!(time.expr, Expr::Span(_)) {
            return true;
        }
        let followed = t.is_word(time.end) && !any_of(t.key(time.end), light);
        let plain = any_of(
            t.key(time.first),
            list!("weekly|monthly|quarterly|year|ytd|month|quarter|week|mtd|qtd|wtd"),
        );
        let temporal = "in|during|over|through|throughout|amid|since|for|on|late|early|by|of|\
            until|at|from|\
            between|around|last|this";
        let article = any_of(before(1), "a|an|the|its|their|'s|this");
        let adverbial = any_of(before(1), temporal)
            || article && matches!(before(2), "in" | "during" | "over" | "on");
        followed && (plain || !adverbial)
    }
}

/// `the largest outperformance since 2021` tells how long ago, not since when.
fn superlative(word: &str) -> bool {
    any_of(
        word,
        "best|worst|biggest|largest|highest|lowest|strongest|weakest|\
        steepest|longest|smallest|fastest|first|deepest|sharpest|\
        most|greatest|only|slowest|hottest|last",
    )
}
