//! What speaks against the measure of a figure as it was read.

use super::super::slots::is_state;
use super::super::trial::{Found, Trial};
use super::super::{Doubt, Tag};
use super::NEAR;
use super::passage::Passage;
use super::time::gives;
use crate::article::{Claim, Comparator, Named};
use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Grain, Period};

impl Trial<'_> {
    /// Whether a price would have to move as it hardly ever does.
    pub(super) fn is_implausible(&self, best: &Found) -> bool {
        let days = best.interval().and_then(|i| Some((i.end - i.base?).get_days()));
        let limit = match days {
            Some(..=4) => 7.0,
            Some(..=9) => 14.0,
            Some(..=35) => 25.0,
            Some(..=100) => 40.0,
            _ => return false,
        };
        let (claimed, actual) = (self.claim.value.abs(), best.value.abs());
        match self.claim.metric {
            "return" => claimed > limit && actual < limit && claimed > 2.0 * actual,
            "point_change" => claimed > 3.0 * actual,
            _ => false,
        }
    }

    /// Whether the figure stands near counted cases and is of a month or year long past, which may
    /// be that of a case.
    pub(super) fn is_study(&self) -> bool {
        const NEARBY: usize = 900;
        const PAST: i32 = 120;
        let Some(Period::Calendar(p)) = self.claim.period else { return false };
        let past = (self.context.published - p.last_day()).get_days() > PAST;
        let counted = |c: &&Claim| {
            let near = c.span.start.abs_diff(self.claim.span.start) <= NEARBY;
            c.metric.starts_with("event_") && near
        };
        past && matches!(p.grain, Grain::Month | Grain::Year)
            && matches!(self.claim.metric, "return" | "return_spread")
            && self.claims.iter().filter(counted).count() >= 2
    }

    /// Whether the sentence lists years, which stand for cases: `18.7% (from 1995), 15.2% (1998)
    /// and 2.3% (2001)`.
    pub(super) fn is_list_of_years(&self, sentence: &Passage<'_>) -> bool {
        let is_year = |p: CalendarPeriod| p.grain == Grain::Year;
        let mut years: Vec<CalendarPeriod> = Vec::new();
        for (_, named) in &sentence.marks.times {
            match named {
                Named::Calendar(p) if is_year(*p) && !years.contains(p) => years.push(*p),
                _ => {}
            }
        }
        years.len() >= 3 && matches!(self.claim.period, Some(Period::Calendar(p)) if is_year(p))
    }

    /// Whether the year of a figure is but a label, which may stand for a case that began in it:
    /// `1998: +15.2%`, `15.2% (1998)`, `the best was 1998, with 12.2%`.
    pub(super) fn is_of_a_label(&self) -> bool {
        const IN: [&str; 13] = [
            "in",
            "for",
            "during",
            "of",
            "over",
            "throughout",
            "calendar",
            "year",
            "full-year",
            "and",
            "since",
            "all",
            "through",
        ];
        let Some(Period::Calendar(p)) = self.claim.period else { return false };
        let past = (self.context.published - p.last_day()).get_days() > 366;
        if p.grain != Grain::Year || !past || self.is_row() {
            return false;
        }
        let year = p.to_string();
        let told = |(at, year): (usize, &str)| {
            let before = self.sentence.get(..at).unwrap_or_default().to_lowercase();
            let after = self.sentence.get(at + year.len()..).unwrap_or_default();
            let owned = after.starts_with("'s") || after.starts_with("\u{2019}s");
            owned || before.split_whitespace().next_back().is_some_and(|w| IN.contains(&w))
        };
        let mut named = self.sentence.match_indices(&year).peekable();
        named.peek().is_some() && !named.any(told)
    }

    /// Whether a month or longer is all that dates a high or low, which is that of some day in it.
    fn is_of_some_day(&self) -> bool {
        const EXTREMES: [&str; 8] =
            ["high", "highs", "low", "lows", "peak", "bottom", "trough", "top"];
        let month = |p: CalendarPeriod| p.grain == Grain::Month;
        let undated = match self.claim.period {
            Some(Period::At(p) | Period::Calendar(p)) => self.claim.metric == "level" && month(p),
            Some(Period::Between(from, to)) => month(from) || month(to),
            _ => false,
        };
        let text = self.sentence.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        undated && words.any(|word| EXTREMES.contains(&word))
    }

    /// What in the words is rather another measure than the one that was read.
    pub(super) fn doubt_about_measure(
        &self,
        best: &Found,
        sentence: &Passage<'_>,
    ) -> Option<Doubt> {
        let before = sentence.before();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let says = |words: &[&str]| {
            let text = self.sentence.to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let own = |slot: Option<&str>, marks: &[(Span, &'static str)]| {
            slot.is_none_or(|slot| marks.iter().any(|(_, code)| *code == slot))
        };
        let claim = self.claim;
        let unclear = |reason| Some((Tag::EventUndefined, reason));
        if best.slots.metric != "extremum" && self.is_of_some_day() {
            return Some((Tag::PeriodOpen, "the text does not say on which day"));
        }
        match claim.metric {
            "return" if self.is_bare_in_a_row() => unclear("its row prints per cent elsewhere"),
            "return" if matches!(last, "from" | "at") => unclear("it may be a level, not a change"),
            "return" if is_distance(&sentence.after()) || is_needed(&before) => {
                unclear("it may be a distance")
            }
            "return"
                if matches!(claim.comparator, Comparator::GreaterEqual | Comparator::LessEqual) =>
            {
                unclear("it may be the threshold of what is counted")
            }
            "level" if is_of_the_past(&sentence.after()) && !self.is_dated_behind(sentence) => {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "point_change" if says(&["missed", "short of", "shy of", "away from", "within"]) => {
                unclear("it may be a distance")
            }
            "return_spread"
                if !self.is_row()
                    && !own(Some(claim.entity.as_str()), &sentence.marks.entities)
                    && !own(claim.versus.as_deref(), &sentence.marks.entities) =>
            {
                Some((Tag::EntityUnknown, "the sentence does not say what is compared"))
            }
            _ => self.doubt_about_rate(best, sentence, last),
        }
    }

    /// Whether the figure of a row carries no sign of per cent where others of the row do.
    fn is_bare_in_a_row(&self) -> bool {
        let per_cent = |text: &str| text.contains('%') || text.contains("cent");
        self.claim.unit == "percent"
            && self.is_row()
            && per_cent(self.sentence)
            && !per_cent(&self.claim.printed.text)
    }

    /// Whether the time of a figure is named right behind it: `from 4.58 percent on Thursday`.
    fn is_dated_behind(&self, sentence: &Passage<'_>) -> bool {
        let behind = |(span, _): &&(Span, Named)| span.start >= sentence.at.end;
        let own = |named| self.claim.period.is_some_and(|p| gives(named, p));
        match sentence.marks.times.iter().find(behind) {
            Some((span, named)) => own(*named) && sentence.cost(*span) <= NEAR,
            None => sentence.after().starts_with(" on "),
        }
    }

    /// What speaks against a rate or a figure of the economy; `last` is the word before it.
    fn doubt_about_rate(&self, best: &Found, sentence: &Passage<'_>, last: &str) -> Option<Doubt> {
        let claim = self.claim;
        let off = (best.value - claim.value).abs();
        let says = |words: &[&str]| {
            let text = self.clause().to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let unclear = |reason| Some((Tag::EventUndefined, reason));
        match claim.metric {
            "inflation" | "unemployment"
                if claim.unit == "basis_points"
                    || off > 3.0
                    || says(&["core", "pce", "ppi", "producer", "wholesale", "expectation"]) =>
            {
                unclear("it may be another measure")
            }
            "inflation" | "unemployment" | "yield" | "level" | "policy_rate"
                if last == "by" && is_state(&best.slots) =>
            {
                unclear("it is a change, not a level")
            }
            "rate_change" if in_basis_points(claim) > LARGEST => {
                unclear("it may be the sum of several changes")
            }
            "rate_change"
                if !is_of_a_meeting(claim)
                    && says(&["campaign", "cycle", "total", "cumulative", "combined"]) =>
            {
                unclear("it may be the sum of several changes")
            }
            "rate_change" | "policy_rate"
                if says(&[
                    "futures", "priced", "pricing", "discount", "dots", "median", "odds",
                ]) =>
            {
                Some((Tag::SourcePrivate, "it may be what the market or the members expect"))
            }
            "yield" | "policy_rate" if last == "from" && !self.is_dated_behind(sentence) => {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "yield"
                if is_state(&best.slots)
                    && says(&["began", "started", "opened", "peak", "low of", "high of"]) =>
            {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            _ => None,
        }
    }
}

/// Whether the words behind a figure make it a distance: `8.9% short of`, `3% away from`.
fn is_distance(after: &str) -> bool {
    let words = [
        "short of",
        "shy of",
        "away from",
        "below",
        "off its",
        "off the",
        "more to",
        "more for",
        "to go",
        "under the",
        "under its",
        "from its record",
        "from the record",
        "from its high",
        "from its peak",
    ];
    words.iter().any(|word| after.trim_start().starts_with(word))
}

/// The largest change of a policy rate at one meeting, in basis points.
const LARGEST: f64 = 100.0;

/// The size of a change of a rate in basis points.
fn in_basis_points(claim: &Claim) -> f64 {
    claim.value.abs() * if claim.unit == "basis_points" { 1.0 } else { 100.0 }
}

/// Whether a change is that of a day or month, in which one meeting falls.
fn is_of_a_meeting(claim: &Claim) -> bool {
    matches!(claim.period, Some(Period::Calendar(p)) if p.grain <= Grain::Month)
}

/// Whether the words before a figure make it what is still lacking: `they need just`.
fn is_needed(before: &str) -> bool {
    let mut words = before.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).rev();
    words.by_ref().take(4).any(|word| word.starts_with("need") || word.starts_with("requir"))
}

/// Whether the words behind a level say that it was an earlier one: `the 2,442.74 reached in`.
fn is_of_the_past(after: &str) -> bool {
    let words = ["reached", "set ", "hit ", "touched", "seen "];
    words.iter().any(|word| after.trim_start().starts_with(word))
}
