//! How firmly a figure was read, and how else it could be meant.
//!
//! A figure may be accused only of what its words say. What its sentence names beside it is firm;
//! what was carried over from elsewhere is open: then every entity and time named nearby is tried,
//! and where one of them makes the figure right, nobody is accused.

mod nearby;
mod passage;

use super::fit::Fit;
use super::slots::{self, SISTERS, Slots};
use super::trial::{Found, Trial};
use super::{Judgement, Reading, Tag};
use crate::article::{Claim, Named};
use crate::diagnostic::Span;
use crate::identity::{Entity, Kind};
use crate::time::{CalendarPeriod, Date, Grain, Period};
use passage::Passage;

/// How firmly a slot was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Firm {
    /// The sentence names it, and nothing else nearer to the figure.
    Named,
    /// Taken over from elsewhere, or named beside others.
    Open,
    /// The words rather speak of something else.
    Doubtful,
}

/// The cost from which a time in the sentence need not belong to the figure.
const NEAR: usize = 40;

/// How many other readings are tried.
const TRIED: usize = 64;

/// Why the words do not settle what a figure is about.
type Doubt = (Tag, &'static str);

impl Trial<'_> {
    /// Whether the words settle what a wrong figure is about; if not, the accusation is withdrawn.
    pub(super) fn is_open(&self, best: &Found, judgement: &mut Judgement) -> bool {
        let sentence = Passage::new(self, self.sentence_and_place());
        let before = Passage::new(self, self.words_before());
        let entity = self.entity_is(&sentence, &before);
        let period = self.period_is(&sentence);
        if let Some((tag, reason)) = self.doubt_about(best, &sentence, (entity, period)) {
            judgement.acquit(tag, reason);
            return true;
        }
        let entities = match entity {
            Firm::Named => vec![best.slots.entity.clone()],
            _ => self.entities_nearby(&best.slots, &before),
        };
        let periods = match period {
            _ if matches!(self.claim.metric, "policy_rate" | "streak") => vec![best.slots.period],
            Firm::Named if self.is_row() => vec![best.slots.period],
            Firm::Named => self.periods_beside(&best.slots, &sentence),
            _ => self.periods_nearby(&best.slots, &sentence, &before),
        };
        let others = entities.iter().flat_map(|code| {
            let of = move |&period| best.slots.about(code).during(period);
            periods.iter().map(of)
        });
        for slots in self.sisters(best, entity).into_iter().chain(others).take(TRIED) {
            if slots == best.slots {
                continue;
            }
            let Ok(found) = self.find(&slots) else { continue };
            let turned = self.is_unsigned_spread() && self.fit(-found.value) == Fit::Core;
            if self.fit(found.value) == Fit::Core || turned {
                self.allow(best, &found, judgement);
                return true;
            }
        }
        false
    }

    /// The same about the other indexes, where the sentence does not name its own.
    fn sisters(&self, best: &Found, entity: Firm) -> Vec<Slots> {
        let open = entity != Firm::Named && self.claim.versus.is_none();
        let others = SISTERS.iter().filter(|_| open);
        others.map(|code| best.slots.about(code)).collect()
    }

    /// Withdraws an accusation because another reading makes the figure right.
    fn allow(&self, best: &Found, found: &Found, judgement: &mut Judgement) {
        let (code, period) = (&found.slots.entity, found.slots.period);
        let (tag, what) = if *code == best.slots.entity {
            (Tag::PeriodOpen, format!("for {period}"))
        } else {
            (Tag::EntityUnknown, format!("of {code}, for {period}"))
        };
        let (query, value) = (found.query.to_string(), Some(found.value));
        let reason = format!(
            "{} is {}, but {query} is {}: the words allow both",
            best.query,
            self.show(best.value),
            self.show(found.value)
        );
        judgement.acquit(tag, &reason);
        judgement.readings.push(Reading { what, query, value });
    }

    /// What in the words speaks against the reading.
    fn doubt_about(
        &self,
        best: &Found,
        sentence: &Passage<'_>,
        (entity, period): (Firm, Firm),
    ) -> Option<Doubt> {
        if entity == Firm::Doubtful {
            return Some((Tag::EntityUnknown, "the words beside it name something else"));
        }
        if period == Firm::Doubtful {
            return Some((Tag::PeriodOpen, "the words beside it speak of another time"));
        }
        if self.is_implausible(best) && (entity, period) != (Firm::Named, Firm::Named) {
            return Some((Tag::PeriodOpen, "no price moves so much in so short a time"));
        }
        if self.is_study() || self.is_list_of_years(sentence) {
            return Some((Tag::EventUndefined, "it may be what followed one of the cases counted"));
        }
        self.doubt_about_measure(best, sentence)
    }

    /// How firmly the entity was read.
    fn entity_is(&self, sentence: &Passage<'_>, before: &Passage<'_>) -> Firm {
        let own = |code: &str| {
            let is = |entity: &str| code == entity || slots::proxy(code) == Some(entity);
            is(&self.claim.entity) || self.claim.versus.as_deref().is_some_and(is)
        };
        let named = &sentence.marks.entities;
        let kind = Entity::new(&self.claim.entity).known().map(|known| known.kind);
        if let Some(Kind::Macro | Kind::CentralBank) = kind {
            return self.authority_is(sentence);
        }
        let joined = named.iter().find(|(span, _)| sentence.joined(*span));
        if let Some((_, code)) = joined {
            return if own(code) { Firm::Named } else { Firm::Doubtful };
        }
        if sentence.is_compared() {
            return Firm::Open;
        }
        let behind = named.iter().find(|(span, _)| span.start >= sentence.at.end);
        let tracked = ["fund", "etf", "sector"].iter().any(|w| sentence.before().contains(w));
        match sentence.entities_before().next() {
            Some(code) if own(code) => Firm::Named,
            Some(_) if named.iter().any(|(_, code)| own(code)) => Firm::Open,
            Some(_) => Firm::Doubtful,
            None if behind.is_some_and(|(s, c)| own(c) && sentence.is_about(*s)) => Firm::Named,
            None if sentence.is_titled() && is_signed(self.claim) => Firm::Doubtful,
            None if named.iter().any(|(_, code)| own(code)) => Firm::Open,
            None if behind.is_some_and(|(s, _)| sentence.is_about(*s)) => Firm::Doubtful,
            None if self.is_row() && named.is_empty() && !is_titled(self.sentence) => Firm::Named,
            None if self.is_row() || tracked => Firm::Doubtful,
            None if self.is_taken_over(sentence, before, own) => Firm::Open,
            None => Firm::Doubtful,
        }
    }

    /// How firmly a figure of the economy or of the central bank was read: by the measure named
    /// nearest to it.
    fn authority_is(&self, sentence: &Passage<'_>) -> Firm {
        let text = self.sentence.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let measures = &sentence.marks.measures;
        let nearest = measures.iter().min_by_key(|(span, _)| sentence.cost(*span));
        match (self.claim.metric, nearest) {
            ("inflation" | "unemployment", _) if says(&["one-day", "stocks", "shares"]) => {
                Firm::Doubtful
            }
            ("rate_change" | "policy_rate", _) => {
                let words = ["fed ", "fed'", "federal", "fomc", "cut", "hike", "interest rate"];
                let named = says(&words) || says(&["rates", "policy", "reserve", "central bank"]);
                if named { Firm::Named } else { Firm::Doubtful }
            }
            (metric, Some((_, measure))) if metric == *measure => Firm::Named,
            (_, Some(_)) => Firm::Doubtful,
            (_, None) => Firm::Open,
        }
    }

    /// Whether what the sentence leaves out is what was named last: of indexes, where it says `the
    /// index`; of what has a price otherwise.
    fn is_taken_over(
        &self,
        sentence: &Passage<'_>,
        before: &Passage<'_>,
        own: impl Fn(&str) -> bool,
    ) -> bool {
        let words = sentence.before();
        let index = ["index", "gauge", "benchmark", "average"].iter().any(|w| words.contains(w));
        let kind = |code: &str| Entity::new(code).known().map(|known| known.kind);
        let priced = |code: &str| match kind(code) {
            Some(Kind::CentralBank | Kind::Macro | Kind::Rate) => false,
            Some(Kind::Index | Kind::Group) => true,
            _ => !index,
        };
        let rate =
            matches!(kind(&self.claim.entity), Some(Kind::CentralBank | Kind::Macro | Kind::Rate));
        let last = before.entities_before().find(|code| rate || priced(code));
        last.is_none_or(own)
    }

    /// Whether the figure stands in a row of a table.
    pub(super) fn is_row(&self) -> bool {
        let text = self.sentence;
        text.contains('|') || text.contains('\t') || text.matches("  ").count() >= 2
    }

    /// How firmly the period was read.
    fn period_is(&self, sentence: &Passage<'_>) -> Firm {
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
        if text.match_indices("day the ").any(ordinal) {
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
        if ["that year", "that month", "that quarter", " same "].iter().any(|w| text.contains(w)) {
            return Firm::Open;
        }
        match sentence.nearest_time() {
            Some((cost, named)) if gives(named, period) => match period {
                Period::ToDate(grain, _) if grain > Grain::Month && just_begun => Firm::Open,
                _ if cost <= NEAR => Firm::Named,
                _ => Firm::Open,
            },
            Some((cost, Named::Calendar(p))) if p.grain == Grain::Day && cost <= NEAR => {
                Firm::Doubtful
            }
            _ => Firm::Open,
        }
    }

    /// Whether a noun beside the figure names a period of another size: `in the month of the
    /// election`, `over the five days`, `on the first trading day`.
    fn is_dated_by_noun(&self, sentence: &Passage<'_>, period: Period) -> bool {
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

    /// Whether a price would have to move as it hardly ever does.
    fn is_implausible(&self, best: &Found) -> bool {
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
    fn is_study(&self) -> bool {
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
    fn is_list_of_years(&self, sentence: &Passage<'_>) -> bool {
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

    /// What speaks against the measure that was read.
    fn doubt_about_measure(&self, best: &Found, sentence: &Passage<'_>) -> Option<Doubt> {
        let before = sentence.before();
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let off = (best.value - self.claim.value).abs();
        let says = |words: &[&str]| {
            let text = self.sentence.to_lowercase();
            words.iter().any(|word| text.contains(word))
        };
        let own = |slot: Option<&str>, marks: &[(Span, &'static str)]| {
            slot.is_none_or(|slot| marks.iter().any(|(_, code)| *code == slot))
        };
        let claim = self.claim;
        let unclear = |reason| Some((Tag::EventUndefined, reason));
        match claim.metric {
            "return" if matches!(last, "from" | "at") => unclear("it may be a level, not a change"),
            "return"
                if sentence.marks.changes.is_empty() && !self.is_row() && !is_signed(claim) =>
            {
                unclear("the words do not say that it is a change")
            }
            "point_change" if says(&["missed", "short of", "shy of", "away from", "within"]) => {
                unclear("it may be a distance")
            }
            "inflation" | "unemployment"
                if claim.unit == "basis_points"
                    || off > 3.0
                    || says(&["core", "pce", "ppi", "producer", "wholesale", "expectation"]) =>
            {
                unclear("it may be another measure")
            }
            "inflation" | "unemployment" | "yield" | "level" | "policy_rate" if last == "by" => {
                unclear("it is a change, not a level")
            }
            "rate_change" if says(&["campaign", "cycle", "total", "cumulative", "combined"]) => {
                unclear("it may be the sum of several changes")
            }
            "rate_change" | "policy_rate"
                if says(&[
                    "futures", "priced", "pricing", "discount", "dots", "median", "odds",
                ]) =>
            {
                Some((Tag::SourcePrivate, "it may be what the market or the members expect"))
            }
            "yield" | "policy_rate" if last == "from" && !is_dated_behind(sentence) => {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "yield" if says(&["began", "started", "opened", "peak", "low of", "high of"]) => {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "return_spread"
                if !self.is_row()
                    && !own(Some(claim.entity.as_str()), &sentence.marks.entities)
                    && !own(claim.versus.as_deref(), &sentence.marks.entities) =>
            {
                Some((Tag::EntityUnknown, "the sentence does not say what is compared"))
            }
            _ => None,
        }
    }

    /// Whether a difference is printed without saying which side is ahead: `a gap of`.
    fn is_unsigned_spread(&self) -> bool {
        let text = self.sentence.to_lowercase();
        self.claim.metric == "return_spread"
            && ["gap", "spread", "difference", "margin", "apart"].iter().any(|w| text.contains(w))
    }
}

/// Whether a row begins with a name rather than a date.
fn is_titled(row: &str) -> bool {
    let cell = row.trim_start_matches(['|', ' ']).split(['|', '\t']).next().unwrap_or_default();
    let dated = cell.contains(|c: char| c.is_ascii_digit());
    !dated && cell.chars().filter(|c| c.is_alphabetic()).count() > 9
}

/// Whether the number is printed with a sign.
fn is_signed(claim: &Claim) -> bool {
    claim.printed.text.starts_with(['-', '+', '\u{2212}'])
}

/// Whether a day is named right behind the figure: `from 4.58 percent on Thursday`.
fn is_dated_behind(sentence: &Passage<'_>) -> bool {
    let behind = |(span, _): &&(Span, Named)| span.start >= sentence.at.end;
    sentence.marks.times.iter().find(behind).is_some_and(|(span, _)| sentence.cost(*span) <= 20)
}

/// Whether a named time is what a period was made of.
fn gives(named: Named, period: Period) -> bool {
    let ends_in = |p: CalendarPeriod, day: Date| p.first_day() <= day && day <= p.last_day();
    match (named, period) {
        (Named::Calendar(a), Period::Calendar(b) | Period::At(b)) => {
            a == b
                || b.grain == Grain::Day && a.grain == Grain::Month && a.last_day() == b.last_day()
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
