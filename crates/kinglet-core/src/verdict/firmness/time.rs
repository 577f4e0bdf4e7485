//! How firmly the period of a figure was read.

use jiff::ToSpan;

use super::super::cue;
use super::super::slots::Slots;
use super::super::trial::Trial;
use super::passage::Passage;
use super::{Firm, NEAR};
use crate::article::Named;
use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Date, Grain, Length, Period};

impl Trial<'_> {
    /// How firmly the period was read.
    pub(super) fn period_is(&self, sentence: &Passage<'_>) -> Firm {
        let Some(period) = self.claim.period else { return Firm::Open };
        let after = sentence.after();
        if self.is_row() {
            let bracketed = sentence.before().ends_with('(') && after.starts_with(')');
            return if bracketed { Firm::Doubtful } else { Firm::Named };
        }
        let text = self.sentence.to_lowercase();
        let ordinal = |(at, mark): (usize, &str)| {
            text[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit())
        };
        if text.match_indices("day the ").any(ordinal) || self.may_be_to_come(period) {
            return Firm::Doubtful;
        }
        let since = after.trim_start().starts_with("since ") || after.contains("so far this ");
        let spans = matches!(period, Period::Calendar(_));
        if since && spans || self.is_dated_by_noun(sentence, period) {
            return Firm::Doubtful;
        }
        let published = self.context.published;
        let quarter = CalendarPeriod::containing(Grain::Quarter, published).first_day();
        let just_begun = (published - quarter).get_days() < 21;
        if self.is_of_another_year(sentence, period) {
            return Firm::Open;
        }
        let clause = self.clause().to_lowercase();
        if ["that year", "that month", "that quarter", " same "].iter().any(|w| clause.contains(w))
        {
            return Firm::Open;
        }
        match sentence.nearest_time() {
            Some((cost, named)) if gives(named, period) => match period {
                Period::ToDate(grain, _) if grain > Grain::Month && just_begun => Firm::Open,
                _ if cost <= NEAR => Firm::Named,
                _ => Firm::Open,
            },
            Some((cost, Named::Length(length))) if cost <= NEAR && self.is_so_long_ago(length) => {
                Firm::Named
            }
            Some((cost, Named::Calendar(p))) if p.grain == Grain::Day && cost <= NEAR => {
                Firm::Doubtful
            }
            _ => Firm::Open,
        }
    }

    /// The times that the sentence names, if it names the period by its month or year right beside
    /// the figure: then another is meant only where it names that, too: `lost 0.49% on August 25`.
    /// A weekday may be that of another week.
    pub(in super::super) fn dated_in_words(&self) -> Option<Dated> {
        // more times than these are a list, not a sentence
        const TIMES: usize = 12;
        let period = self.claim.period.filter(|_| !self.is_row())?;
        let sentence = Passage::new(self, self.sentence_and_place());
        let in_words = |(span, named): &(Span, Named)| {
            let words = self.sentence.get(span.start..span.end).unwrap_or_default();
            let dated = words.contains(|c: char| c.is_ascii_digit())
                || cue::text::words(words).any(|(_, word)| cue::text::is_month(word));
            dated && gives(*named, period)
        };
        let times = &sentence.marks.times;
        let told = times.len() <= TIMES && times.iter().any(in_words);
        let nearest = told.then(|| sentence.nearest_time()).flatten();
        let beside = nearest.is_some_and(|(cost, named)| cost <= NEAR && gives(named, period));
        beside.then(|| Dated(sentence.times().collect()))
    }

    /// Whether the day of a figure is so long before the last session: `from 18.74 a week ago`.
    fn is_so_long_ago(&self, length: Length) -> bool {
        let (Some(Period::At(p)), true) = (self.claim.period, self.sentence.contains(" ago"))
        else {
            return false;
        };
        let calendar = &self.evaluator.view().calendar;
        let last = calendar.on_or_before(self.context.published);
        last.and_then(|last| calendar.back(last, length)).is_ok_and(|day| day == p.last_day())
    }

    /// Whether the figure is of a day before that of the publication, or of the eve where that was
    /// the last session: what is printed at night is of the day before.
    pub(super) fn is_of_a_day_before(&self) -> bool {
        let published = self.context.published;
        let eve = published.yesterday().unwrap_or(published);
        let calendar = &self.evaluator.view().calendar;
        let overnight = calendar.is_session(eve) && !calendar.is_session(published);
        matches!(self.claim.period, Some(Period::Calendar(p))
            if p.grain == Grain::Day && p.first_day() < if overnight { eve } else { published })
    }

    /// Whether the sentence names a year, but not that of the period: `in 2020, when it fell 13.6%
    /// and then rallied 37% in the second half`.
    fn is_of_another_year(&self, sentence: &Passage<'_>, period: Period) -> bool {
        let years = sentence.marks.times.iter().filter_map(|(_, named)| match named {
            Named::Calendar(p) if p.grain == Grain::Year => Some(p.first_day().year()),
            _ => None,
        });
        let own = match period {
            Period::Calendar(p) | Period::At(p) if p.grain < Grain::Year => p.first_day().year(),
            Period::ToDate(_, day) => day.year(),
            _ => return false,
        };
        !self.sentence.contains(&own.to_string()) && years.clone().any(|year| year != own)
    }

    /// The same day of the years around, where the sentence names a day without its year.
    pub(super) fn same_day_of_other_years(&self, slots: &Slots) -> Vec<Slots> {
        const AROUND: i32 = 3;
        let (Period::At(p) | Period::Calendar(p)) = slots.period else { return Vec::new() };
        let day = p.first_day();
        let named = self.sentence.contains(&day.year().to_string());
        if p.grain != Grain::Day || named || self.claim.metric != "level" {
            return Vec::new();
        }
        let years = (-AROUND..=AROUND).filter(|years| *years != 0);
        let days = years.filter_map(|years| day.checked_add(years.years()).ok());
        let past = days.filter(|day| *day <= self.context.published);
        past.map(|day| slots.during(Period::At(CalendarPeriod::day(day)))).collect()
    }

    /// Whether a day without its year, read as a past one, may be one soon to come: `meets on June
    /// 16`.
    pub(super) fn may_be_to_come(&self, period: Period) -> bool {
        const SOON: i32 = 60;
        let (Period::Calendar(p) | Period::At(p)) = period else { return false };
        let (day, published) = (p.first_day(), self.context.published);
        let year = day.year().to_string();
        let Ok(next) = day.checked_add(1.year()) else { return false };
        let ahead = (next - published).get_days();
        p.grain == Grain::Day && (0..=SOON).contains(&ahead) && !self.sentence.contains(&year)
    }

    /// Whether a noun beside the figure names a period of another size: `in the month of the
    /// election`, `over the five days`, `on the first trading day`.
    pub(super) fn is_dated_by_noun(&self, sentence: &Passage<'_>, period: Period) -> bool {
        const REACH: usize = 40;
        let grain = match period {
            Period::Calendar(p) => p.grain,
            Period::ToDate(grain, _) => grain,
            _ => return false,
        };
        let Some(at) = sentence.marks.times.iter().map(|(span, _)| sentence.cost(*span)).min()
        else {
            return false;
        };
        // "after a loss of 7.8% in the first three": of another part than the one named.
        let beside = sentence.after();
        let parts = ["first", "prior", "previous", "preceding", "earlier", "second", "other"];
        let part = |word: &&str| {
            beside.trim_start().strip_prefix("in the ").is_some_and(|rest| rest.starts_with(*word))
        };
        let marked = sentence.nearest_time().is_some_and(|(cost, _)| cost == 0);
        if !marked && parts.iter().any(part) {
            return true;
        }
        let session =
            ["last session", "final session", "first session", "trading day", "final day"];
        let before = sentence.before();
        let from = before.floor_char_boundary(before.len().saturating_sub(2 * REACH));
        let clause = before.get(from..).unwrap_or_default();
        if grain > Grain::Week && session.iter().any(|noun| clause.contains(noun)) {
            return true;
        }
        let after = sentence.after();
        let beside: String = after.chars().take(REACH).collect();
        let nouns = [
            (" month", Grain::Month),
            (" week", Grain::Week),
            (" quarter", Grain::Quarter),
            (" half", Grain::Half),
            (" session", Grain::Day),
            (" year", Grain::Year),
        ];
        let clause = beside.split([',', ';', '(', '.']).next().unwrap_or_default();
        let noun = nouns.iter().filter_map(|(noun, size)| Some((clause.find(noun)?, *size))).min();
        noun.is_some_and(|(place, size)| size != grain && place + 10 < at)
    }
}

/// The times that a sentence names of which one dates a figure.
pub(in super::super) struct Dated(Vec<Named>);

impl Dated {
    /// Whether another period is none of these times. Of a year it may be a part, as in a list of
    /// Octobers.
    pub(in super::super) fn rules_out(&self, other: Period) -> bool {
        let part = |named: Named| {
            matches!((named, other), (Named::Calendar(whole), Period::Calendar(p))
                if whole.first_day() <= p.first_day() && p.last_day() <= whole.last_day())
        };
        !self.0.iter().any(|named| gives(*named, other) || part(*named))
    }
}

/// Whether a named time is what a period was made of.
pub(super) fn gives(named: Named, period: Period) -> bool {
    // the last session of a month may be a few days before its end
    let ends_with =
        |p: CalendarPeriod, day: Date| (0..4).contains(&(p.last_day() - day).get_days());
    let ends_in = |p: CalendarPeriod, day: Date| p.first_day() <= day && day <= p.last_day();
    match (named, period) {
        (Named::Calendar(a), Period::Calendar(b) | Period::At(b)) => {
            a == b
                || b.grain == Grain::Day && a.grain == Grain::Month && ends_with(a, b.first_day())
        }
        (Named::Calendar(a), Period::Between(b, c)) => a == b || a == c,
        (Named::Calendar(a), Period::ToDate(grain, day)) => ends_in(a, day) && a.grain <= grain,
        (Named::ToDate(a), Period::ToDate(b, _)) => a == b,
        (Named::ToDate(a), Period::Calendar(b)) => a == b.grain,
        (Named::Length(a), Period::Trailing(b, _) | Period::Forward(b)) => a == b,
        (Named::Since(a), Period::Between(b, _)) => a == b,
        (Named::Range(a, b), Period::Between(c, d)) => a == c && b == d,
        _ => false,
    }
}
