//! Studies of past events, run again: how many cases there were, in how many of them what followed
//! was a gain, and how much it was on average.
//!
//! A study is held to a figure only where others of the article show that it is the one meant.

mod case;
mod tally;

use super::event::{Event, Season};
use super::fit::Fit;
use super::slots::{self, Gap, Slots};
use super::trial::Trial;
use super::{Tag, cue};
use crate::article::{Claim, Modality, Named};
use crate::time::{CalendarPeriod, Date, Grain, Length, LengthUnit, Period};

/// What is asked about the cases of an event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Study {
    pub(super) event: Event,
    /// How long after each case, but for seasons, which are their own time.
    horizon: Option<Length>,
    /// `, since: …, until: …`, or nothing.
    bounds: String,
    wanted: Wanted,
    /// When the case was, if it is about one alone.
    case: Option<CalendarPeriod>,
}

/// The first and last year that are counted; up to now if there is no last one.
type Years = (i16, Option<i16>);

/// What makes a case a success.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Gain,
    Loss,
    /// A move of some size either way.
    Move,
    /// To be ahead of another.
    Ahead(String),
}

/// How many figures of a study must be right for another to be held wrong.
const CONFIRMED: usize = 2;

impl Study {
    /// What an entity did after each case.
    fn outcome(&self, entity: &str) -> Option<String> {
        let horizon = match &self.event {
            Event::Season(season) => season.length(),
            _ => self.horizon?,
        };
        Some(format!("return({entity}, +{horizon})"))
    }

    /// The query of a measure: a figure of a study, or how many cases there were, whatever followed
    /// them.
    pub(super) fn text(&self, metric: &str, entity: &str) -> Option<String> {
        if let (Event::Units { grain, size, .. }, None) = (&self.event, self.horizon) {
            return self.tally(metric, entity, (*grain, *size));
        }
        let Some(outcome) = self.outcome(entity) else {
            return (metric == "event_count").then(|| self.cases());
        };
        let ahead = match &self.wanted {
            Wanted::Ahead(other) => Some(format!("{outcome} - {}", self.outcome(other)?)),
            Wanted::Gain | Wanted::Loss | Wanted::Move => None,
        };
        let success = match (&self.wanted, &ahead) {
            (_, Some(ahead)) => ahead.clone(),
            (Wanted::Loss, _) => format!("-{outcome}"),
            _ => outcome.clone(),
        };
        let (then, figure) = match (metric, &self.wanted) {
            ("event_count", Wanted::Gain | Wanted::Move | Wanted::Ahead(_)) => (outcome, "n"),
            ("event_count" | "event_successes", _) => (success, "hits"),
            ("event_hit_rate", _) => (success, "hit_rate"),
            ("event_excess_return", _) => (ahead?, "mean"),
            ("event_mean_return", _) => (outcome, "mean"),
            _ => return None,
        };
        let (when, bounds) = (self.event.condition(), &self.bounds);
        let spacing = self.event.spacing();
        Some(format!("study(when: {when}, then: {then}{bounds}{spacing}).{figure}"))
    }

    /// Whether its cases are runs, of which a text may tell without studying them.
    pub(super) fn is_of_runs(&self) -> bool {
        matches!(self.event, Event::Run(_))
    }

    /// Whether it is about one case alone.
    pub(super) fn is_of_one_case(&self) -> bool {
        self.case.is_some()
    }

    /// How many cases there were, as a query.
    pub(super) fn cases(&self) -> String {
        self.event.count(&self.bounds)
    }
}

impl Trial<'_> {
    /// The studies that a figure may come from.
    pub(super) fn studies(&self) -> Result<Vec<Slots>, Gap> {
        let undefined = || Gap::new(Tag::EventUndefined, "the event is not defined in the text");
        let published = self.context.published;
        let period = self.claim.period.unwrap_or(Period::Calendar(
            crate::time::CalendarPeriod::containing(Grain::Year, published),
        ));
        let plain = Slots::of(self.claim, period, published);
        let entity = slots::proxy(&plain.entity).unwrap_or(&plain.entity).to_owned();
        let of = |study| Slots { entity: entity.clone(), study: Some(study), ..plain.clone() };
        // one that is not told in full may make a figure right, and is held against none
        let told = self.part().is_some();
        let fits = |slots: &Slots| self.find(slots).is_ok_and(|f| self.fit(f.value) == Fit::Core);
        let tallies = self.tallies(&entity).into_iter();
        let tallies = tallies.map(|(metric, study)| Slots { metric, ..of(study) });
        let mut found: Vec<Slots> = tallies.filter(|slots| told || fits(slots)).collect();
        for (season, years) in self.seasons() {
            let wanted = self.wanted(&entity);
            let study = |bounds| Study {
                event: Event::Season(season),
                horizon: None,
                bounds,
                wanted: wanted.clone(),
                case: None,
            };
            found.extend(season.bounds(years).into_iter().map(study).map(&of));
        }
        if found.is_empty() {
            found.extend(self.followed(&entity).ok_or_else(undefined)?.into_iter().map(of));
        }
        // what is counted of a season may be the years, or those of them that were gains
        if self.claim.metric == "event_count" && Season::all_different(self.sentence) == 1 {
            let gains = |slots: &Slots| Slots { metric: "event_successes", ..slots.clone() };
            let plain = found.iter().filter(|slots| slots.metric == "event_count");
            let gains: Vec<Slots> = plain.map(gains).collect();
            found.extend(gains);
        }
        Ok(found)
    }

    /// The studies of what followed the events that the article defines.
    fn followed(&self, entity: &str) -> Option<Vec<Study>> {
        let month = || Event::Units { entity: entity.to_owned(), grain: Grain::Month, size: 0.0 };
        let event = self.is_of_any_month().then(month).or_else(|| self.event())?;
        let wanted = self.wanted(entity);
        let since = |year: i16| format!(", since: {year}");
        // what a sentence says of other cases may be of those since a year, too
        let bounds = match (&event, self.since()) {
            (Event::FirstCut { since: first }, year) => vec![since(year.unwrap_or(*first))],
            (Event::Move { .. } | Event::Run(_), Some(year)) => vec![since(year), String::new()],
            _ => vec![String::new()],
        };
        let horizons = self.horizons();
        let study = |horizon, bounds: &String| Study {
            event: event.clone(),
            horizon,
            bounds: bounds.clone(),
            wanted: wanted.clone(),
            case: None,
        };
        let all = horizons.iter().flat_map(|h| bounds.iter().map(|b| study(*h, b)));
        (!horizons.is_empty()).then(|| all.collect())
    }

    /// The times after an event that the figure may be about: its own, and those that the sentence
    /// names; of a count, those of the article, and none.
    fn horizons(&self) -> Vec<Option<Length>> {
        let of = |claim: &Claim| match claim.period {
            Some(Period::Forward(length)) => Some(length),
            _ => None,
        };
        let counted = self.claim.metric == "event_count";
        let named = self.named_times();
        let named = named.iter().filter_map(|named| match named {
            Named::Length(length) => Some(*length),
            _ => None,
        });
        let beside = |c: &&Claim| is_of_study(c) && (counted || c.sentence == self.claim.sentence);
        let claimed = self.claims.iter().filter(beside).filter_map(of);
        let mut found: Vec<Option<Length>> = Vec::new();
        for horizon in of(self.claim).into_iter().chain(named).chain(claimed) {
            if !found.contains(&Some(horizon)) {
                found.push(Some(horizon));
            }
        }
        found.extend(counted.then_some(None));
        found
    }

    /// Whether the words around the figure speak of all months: `against 67% for all months`.
    fn is_of_any_month(&self) -> bool {
        let (sentence, at) = self.sentence_and_place();
        let (before, after) = sentence.split_at(sentence.floor_char_boundary(at));
        let all = ["any month", "all months", "every month", "a month at random"];
        let before = before.rsplit([',', ';']).next().unwrap_or_default().to_lowercase();
        let after = after.split([',', ';']).next().unwrap_or_default().to_lowercase();
        all.iter().any(|words| before.contains(words) || after.contains(words))
    }

    /// The year since which the sentence counts.
    fn since(&self) -> Option<i16> {
        self.named_times().into_iter().find_map(|named| match named {
            Named::Since(p) => Some(p.first_day().year()),
            _ => None,
        })
    }

    /// The times that the sentence names.
    fn named_times(&self) -> Vec<Named> {
        self.memory
            .marks(self.sentence, self.context)
            .times
            .iter()
            .map(|(_, named)| *named)
            .collect()
    }

    /// The times that the sentence names before the figure or in its clause: what stands in a later
    /// clause, as a reason does, picks no other cases.
    fn times_that_bear(&self) -> Vec<Named> {
        let (sentence, at) = self.sentence_and_place();
        let end = cue::text::clause_range(sentence, at).end;
        let marks = self.memory.marks(sentence, self.context);
        let bearing = marks.times.iter().filter(|(span, _)| span.start < end);
        bearing.map(|(_, named)| *named).collect()
    }

    /// What in the words speaks for other cases than those of the study.
    pub(super) fn doubts_cases(&self, study: &Study) -> bool {
        let dated = self.times_that_bear().into_iter().any(|named| match (named, &study.event) {
            (Named::Calendar(p) | Named::Since(p), Event::Season(season)) => {
                let year = p.first_day().year();
                let own = self
                    .years(*season)
                    .into_iter()
                    .any(|(first, last)| year == first || last.is_none_or(|last| year == last));
                p.grain >= Grain::Year && !own
            }
            (Named::Calendar(_) | Named::Since(_) | Named::Range(..), _) => true,
            _ => false,
        });
        let carried = matches!(study.event, Event::Season(_)) && !self.is_season_settled();
        let mean = self.claim.metric != "event_mean_return" || cue::mean(self.sentence);
        let quoted = self.claim.modality == Modality::Attributed;
        dated || carried || quoted || !mean || cue::case::of_other_cases(self.sentence)
    }

    /// Whether the sentence names one season, or that before it does.
    fn is_season_settled(&self) -> bool {
        const BEFORE: usize = 300;
        let start = self.claim.sentence.start;
        let from = self.context.text.floor_char_boundary(start.saturating_sub(BEFORE));
        let before = self.context.text.get(from..start).unwrap_or_default();
        let own = Season::all_different(self.sentence);
        own == 1 || own == 0 && Season::all_different(before) == 1
    }

    /// The season of the year that the figure is about, with the years that may be counted.
    fn seasons(&self) -> Vec<(Season, Years)> {
        const BEFORE: usize = 700;
        if matches!(self.claim.period, Some(Period::Forward(_))) {
            return Vec::new();
        }
        let (sentence, at) = self.sentence_and_place();
        let start = self.claim.sentence.start;
        let from = self.context.text.floor_char_boundary(start.saturating_sub(BEFORE));
        // before the figure, or else behind it or in the sentences before
        let told = sentence.get(..at).and_then(Season::last);
        let behind = || {
            let before = self.context.text.get(from..start).and_then(Season::last);
            [Season::nearest(sentence, at), before]
        };
        let [first, second] = if told.is_some() { [told, None] } else { behind() };
        let season = first.into_iter().chain(second.filter(|season| Some(*season) != first));
        let of = |season| self.years(season).into_iter().map(move |years| (season, years));
        season.flat_map(of).collect()
    }

    /// The first and last year that may be counted of a season, as the figure or one of the study
    /// before it says. Of the last ten years these are the ten whose season is over, or ten whole
    /// ones.
    fn years(&self, season: Season) -> Vec<Years> {
        const NEARBY: usize = 600;
        const LEAST: i16 = 3;
        let this = self.context.published.year();
        let settled = self.is_season_settled() || Season::all_different(self.sentence) > 0;
        let of = |claim: &Claim| match claim.period {
            Some(Period::Between(a, b)) if b.last_day().year() - a.first_day().year() > LEAST => {
                let (first, last) = (a.first_day().year(), b.last_day().year());
                let until = |last: i16| Some(last).filter(|year| *year < this);
                // the last ones are those whose season is over, or whole ones
                let named = [first, last].iter().any(|y| self.sentence.contains(&y.to_string()));
                let whole = last == this && b.grain == Grain::Year && settled && !named;
                let earlier = whole.then_some((first - 1, until(last - 1)));
                Some([(first, until(last))].into_iter().chain(earlier).collect())
            }
            Some(Period::Trailing(Length { count, unit: LengthUnit::Years }, day)) if settled => {
                let count = i16::try_from(count).ok().filter(|count| *count >= LEAST)?;
                let last = [season.last_over(day), day.year() - 1];
                let distinct = if last[0] == last[1] { 1 } else { 2 };
                Some(last.iter().take(distinct).map(|y| (y - count + 1, Some(*y))).collect())
            }
            _ => None,
        };
        let near = |c: &&Claim| {
            is_of_study(c)
                && c.span.start < self.claim.span.start
                && self.claim.span.start - c.span.start <= NEARBY
        };
        let own = of(self.claim);
        own.or_else(|| self.claims.iter().rev().filter(near).find_map(of)).unwrap_or_default()
    }

    /// The event that the article defines around the figure, the definition nearest before it
    /// first.
    fn event(&self) -> Option<Event> {
        const AROUND: usize = 20_000;
        const PASSAGE: usize = 1_000;
        let text = self.context.text;
        let own = self.claim.span.start;
        let from = text.floor_char_boundary(own.saturating_sub(AROUND));
        let text = text.get(from..text.floor_char_boundary(own + AROUND))?;
        let own = own - from;
        let sentences: Vec<(usize, &str)> = cue::text::sentences(text).collect();
        let split = sentences.partition_point(|(start, _)| *start <= own);
        let (before, behind) = sentences.split_at(split);
        let nearest = || before.iter().rev().chain(behind);
        let place = |start: usize| own.checked_sub(start).unwrap_or(usize::MAX);
        let subject = |start: usize, sentence: &str| {
            let told = text.get(..start + sentence.len());
            let named = told.and_then(|told| cue::text::last_named(told, &slots::SISTERS));
            named.unwrap_or(&self.claim.entity).to_owned()
        };
        let defined = nearest().find_map(|&(start, sentence)| {
            let cuts = Event::is_of_first_cuts(sentence).then(|| self.first_cuts()).flatten();
            let entity = || subject(start, sentence);
            cuts.or_else(|| Event::defined_in(sentence, entity, place(start)))
        });
        // runs are told of in passing, too: only those close by are meant, if nothing else is said
        defined.or_else(|| {
            let apart = if cue::case::of_a_condition(self.sentence) { 0 } else { PASSAGE };
            let near = own.saturating_sub(apart)..=own + apart;
            let close = |(start, sentence): &&(usize, &str)| {
                near.contains(start) || (*start..start + sentence.len()).contains(&own)
            };
            nearest().filter(close).find_map(|&(start, sentence)| {
                Event::run_in(sentence, || subject(start, sentence), place(start))
            })
        })
    }

    /// The first cuts of the central bank, where the article names the year of each of them since
    /// its first one: then it means these.
    fn first_cuts(&self) -> Option<Event> {
        const CASES: usize = 3;
        const RECENT: i32 = 100;
        let (_, cuts) = self.ask("count(first_cut(FED, day))").ok()?;
        let cuts = cuts.as_ref().as_ref().ok()?;
        let dates: Vec<Date> = cuts.rows.iter().map(|row| row.date).collect();
        let named = |day: &Date| self.context.text.contains(&day.year().to_string());
        let recent = |day: &Date| (self.context.published - *day).get_days() < RECENT;
        let first = (0..dates.len()).find(|&first| {
            let (cases, all) = (dates.len() - first, &dates[first..]);
            cases >= CASES && named(&all[0]) && all.iter().all(|day| named(day) || recent(day))
        })?;
        Some(Event::FirstCut { since: dates[first].year() })
    }

    /// What makes a case a success, by the words around the figure.
    fn wanted(&self, entity: &str) -> Wanted {
        let (sentence, at) = self.sentence_and_place();
        let clause = cue::text::clause(sentence, at);
        let other = if entity == "SPX" { "RUT" } else { "SPX" };
        let versus = self.claim.versus.as_deref().map(|v| slots::proxy(v).unwrap_or(v));
        let apart = |versus: &&str| *versus != entity;
        let after = self.words_after();
        let lost = cue::run_of_gains(after) == Some(false)
            || cue::case::down(after)
            || cue::case::lost(clause);
        match versus.filter(apart) {
            Some(versus) => Wanted::Ahead(versus.to_owned()),
            None if cue::case::ahead(clause) => Wanted::Ahead(other.to_owned()),
            None if lost => Wanted::Loss,
            None => Wanted::Gain,
        }
    }

    /// Whether other figures of the article are right for the same event, so that it is the one
    /// meant.
    pub(super) fn is_confirmed(&self, study: &Study) -> bool {
        let others = self.claims.iter().filter(|c| c.span != self.claim.span);
        let right =
            others.filter(|claim| self.of(claim).rightly_studied().any(|s| s.event == study.event));
        right.take(CONFIRMED).count() == CONFIRMED
    }
}

/// Whether a figure is one of a study of cases; decisions of the central bank are counted as such.
pub(super) fn is_of_study(claim: &Claim) -> bool {
    claim.metric.starts_with("event_") && claim.entity != "FED"
}
