//! A sentence with all that was found in it: entities, times, signals and quantities.

use std::cell::OnceCell;
use std::ops::Range;

use super::aside::Asides;
use super::choice::{Choices, named};
use super::count;
use super::date::DateReader;
use super::entity::{Class, Mention};
use super::hint::Hint;
use super::lexicon::{self, Cue, Mood, Signal};
use super::moment::Season;
use super::named::{self, Naming, Part};
use super::number::{self, Measure, Quantity};
use super::period::{self, Anchor, Era, Expr, PeriodReader, Time, Views};
use super::sentence::sentences;
use super::token::{Tokens, any_of};
use super::words::{List, list};
use crate::time::{CalendarPeriod, Date, Grain};
use jiff::Span;

/// A block's tokens with their mentions and cues.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Passage {
    /// Its sentences.
    pub(super) sentences: Vec<Range<usize>>,
    pub(super) tokens: Tokens,
    pub(super) mentions: Vec<Mention>,
    pub(super) cues: Vec<Cue>,
    pub(super) moods: Vec<Cue<Mood>>,
    /// Parts of the phrases of definitions.
    parts: Vec<Part>,
    /// From which days its dates are seen where it tells of another year.
    views: Views,
    /// The day of the publication where the article reviews the week up to a close before it.
    reviewing: Option<Date>,
    /// The week of another time whose days it lists.
    week: Option<CalendarPeriod>,
    /// The times of sentences that were read before the session was known and do not hang on it.
    early: Vec<(Range<usize>, Vec<Time>)>,
}

/// One sentence of a passage.
#[derive(Clone)]
pub(super) struct Scene<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) range: Range<usize>,
    pub(super) mentions: Vec<Mention>,
    pub(super) times: Vec<Time>,
    pub(super) cues: Vec<Cue>,
    pub(super) moods: Vec<Cue<Mood>>,
    pub(super) quantities: Vec<Quantity>,
    /// Parts of the phrases of definitions.
    pub(super) parts: &'a [Part],
    walls: Vec<usize>,
    asides: Asides,
    /// How choices among readings are made.
    pub(super) choices: Choices<'a>,
    telling: OnceCell<Vec<usize>>,
    season: OnceCell<Option<Season>>,
}

/// Days of a list of a week.
const WEEKDAYS: &List =
    list!("monday|tuesday|wednesday|thursday|friday|mon|tue|tues|wed|thu|thur|thurs|fri");

/// How many tokens before a figure may still speak of it.
pub(super) const REACH: usize = 60;

/// Words that tell over what time figures run.
pub(super) const TELLING: &List = list!(
    "day|days|today|session|sessions|week|weeks|weekly|month|months|monthly\
    |quarter|quarterly|year|years|annual|annualized|yearly|decade|ytd\
    |average|averaged|later|after|following|subsequent|next|since|low|high\
    |peak|trough|record|rally|rebound|so|far|yesterday|closed|close|ended\
    |finished|settled|lost|traded|trading|expects|forecast|target|could|will\
    |history|historically|median|past|last|then|january|period|half\
    |inception"
);

/// Words behind which something of the future is spoken of.
pub(super) const AHEAD: &List = list!(
    "likelihood|estimating|will|expected|expects|expect|anticipated|anticipates|\
    anticipate|upcoming|projected|forecast|forecasts|if|priced|pricing|likely|next|\
    scheduled|coming|odds|probability|chance|probabilities|would"
);

impl Passage {
    /// Annotates the tokens of a block.
    pub(super) fn new(tokens: Tokens) -> Passage {
        let (moods, sentences) = (lexicon::moods(&tokens), sentences(&tokens));
        let cues = lexicon::cues(&tokens);
        Passage { moods, sentences, ..Passage::of_names(tokens, cues) }
    }

    /// Tokens with their cues and what they name, but neither moods nor sentences.
    pub(super) fn of_names(tokens: Tokens, mut cues: Vec<Cue>) -> Passage {
        let mentions = super::entity::mentions(&tokens);
        let named = |m: &&Mention| match m.class {
            Class::Pronoun => !m.code.is_empty(),
            class => !matches!(class, Class::Loose | Class::Group),
        };
        let mut inside = vec![false; tokens.len()];
        for mention in mentions.iter().filter(named) {
            inside[mention.first..mention.end].fill(true);
        }
        // "of the benchmark S&P 500" is no weight in the benchmark
        let cut = |c: &Cue| {
            let name = inside[c.end - 1] && inside.get(c.end) == Some(&true);
            name && c.signal == Signal::Metric("weight")
        };
        cues.retain(|c| !(c.first..c.end).all(|i| inside[i]) && !cut(c));
        let parts = named::parts(&tokens);
        let (moods, sentences) = (Vec::new(), Vec::new());
        let (views, reviewing, week, early) = (Views::new(), None, None, Vec::new());
        Passage { sentences, tokens, mentions, cues, moods, parts, views, reviewing, week, early }
    }

    /// Notes from which days its dates are seen where it tells of another year, or of the week
    /// before its publication.
    pub(super) fn tell(&mut self, published: Date, reviews: Option<Date>) {
        self.views = Era::default().views(&self.tokens, published);
        self.reviewing = reviews.map(|_| published);
    }

    /// Notes that it stands under a heading of another day, whose tale it tells.
    pub(super) fn tell_of(&mut self, day: Date, published: Date) {
        self.views = Era::of(day).views(&self.tokens, published);
    }

    /// Notes that it lists days of a week of another time.
    pub(super) fn list_week(&mut self, week: CalendarPeriod) {
        self.week = Some(week);
    }

    /// The sentence that covers a range of the tokens.
    pub(super) fn scene(&self, range: Range<usize>, anchor: Anchor) -> Scene<'_> {
        let mut scene = self.bare_scene(&range);
        scene.build_walls();
        let early = self.early.binary_search_by_key(&range.start, |(early, _)| early.start);
        scene.times = match early.map(|at| &self.early[at]) {
            Ok((early, times)) if *early == range => times.clone(),
            _ => self.read_times(&range, anchor).0,
        };
        let mut taken = self.names(&range);
        let counted =
            |time: &&Time| (time.first..time.end).any(|i| count::is_each(&self.tokens, i));
        for time in scene.times.iter().filter(|time| !counted(time)) {
            taken[time.first - range.start..time.end - range.start].fill(true);
        }
        scene.read_quantities(&taken);
        scene.bare_lengths();
        scene
    }

    /// The times of its sentence at `at` while the session is not known yet. What does not hang on
    /// it is kept for the scene.
    pub(super) fn early_times(&mut self, at: usize, published: Date) -> Vec<Time> {
        let range = self.sentences[at].clone();
        if let Ok(known) = self.early.binary_search_by_key(&range.start, |(kept, _)| kept.start) {
            return self.early[known].1.clone();
        }
        let anchor = Anchor { published: Some(published), session: None };
        let (times, hang_on_session) = self.read_times(&range, anchor);
        if !hang_on_session {
            self.early.push((range, times.clone()));
        }
        times
    }

    /// Which tokens of a sentence are names.
    fn names(&self, range: &Range<usize>) -> Vec<bool> {
        let mut taken = vec![false; range.len()];
        let from = self.mentions.partition_point(|m| m.first < range.start);
        let inside = |m: &&Mention| m.class != Class::Pronoun && m.end <= range.end;
        let mentions = self.mentions[from..].iter().take_while(|m| m.first < range.end);
        for mention in mentions.filter(inside) {
            taken[mention.first - range.start..mention.end - range.start].fill(true);
        }
        taken
    }

    /// The times of a sentence, and whether they hang on the session.
    fn read_times(&self, range: &Range<usize>, anchor: Anchor) -> (Vec<Time>, bool) {
        let (start, tokens) = (range.start, &self.tokens);
        let names = self.names(range);
        let (mut ahead, mut hang_on_session) = (false, false);
        let mut times = Vec::new();
        let mut i = start;
        while i < range.end {
            ahead |= tokens.may(i, Hint::LooksAhead);
            let dates = DateReader { tokens, published: anchor.published, ahead };
            let reader = PeriodReader::new(dates, anchor.session);
            let time = if names[i - start] { None } else { reader.read(i) };
            let spoken = |t: &Time| period::lacks_year(tokens, t) || period::is_step(tokens, t);
            let elsewhen = time.filter(spoken).and_then(|_| {
                let dates = DateReader { tokens, published: Some(self.view(i)?), ahead: false };
                PeriodReader::new(dates, None).read(i)
            });
            let time = elsewhen.or(time).map(|time| self.reviewed(time));
            match time.filter(|t| t.end <= range.end) {
                Some(time) if time.end > i => {
                    i = time.end;
                    times.push(time);
                }
                _ => i += 1,
            }
            hang_on_session |= reader.hangs_on_session();
        }
        if let Some(published) = anchor.published {
            let index = |at: usize| self.index_at(at, range);
            period::date_turns(tokens, &mut times, published, index);
            period::bare_turns(tokens, &mut times, (range.clone(), published), index);
        }
        period::join_ranges(tokens, &mut times);
        (times, hang_on_session)
    }

    /// A weekday of the week that is reviewed or listed, not one before the publication.
    fn reviewed(&self, time: Time) -> Time {
        if let Some((week, Expr::Span(day))) = self.week.map(|week| (week, time.expr))
            && day.grain == Grain::Day
            && time.end == time.first + 1
            && any_of(self.tokens.key(time.first), WEEKDAYS)
        {
            let monday = i32::from(day.first_day().weekday().to_monday_zero_offset());
            let day = CalendarPeriod::day(week.first_day()).plus(monday);
            return Time { expr: Expr::Span(day), ..time };
        }
        let Some(published) = self.reviewing else { return time };
        let today = time.expr == Expr::Span(CalendarPeriod::day(published));
        let weekday = self.tokens.key(time.first).ends_with("day")
            && time.end == time.first + 1
            && self.tokens.key(time.first) != "today";
        let before = published.checked_sub(Span::new().days(7)).map(CalendarPeriod::day);
        match before {
            Ok(day) if today && weekday => Time { expr: Expr::Span(day), ..time },
            _ => time,
        }
    }

    /// The index or group that is spoken of at a token of a sentence: the last one named before it,
    /// else the next; small companies' if there is none.
    fn index_at(&self, at: usize, range: &Range<usize>) -> &'static str {
        const REACH: usize = 60;
        let named = |m: &&Mention| {
            matches!(m.class, Class::Index | Class::Listed | Class::Group)
                || m.class == Class::Pronoun && !m.code.is_empty()
        };
        let from = at.saturating_sub(REACH);
        let before =
            self.mentions.iter().rev().find(|m| named(m) && m.end <= at && m.first >= from);
        let after =
            || self.mentions.iter().find(|m| named(m) && m.first >= at && m.end <= range.end);
        before.or_else(after).map_or("RUT", |m| m.code)
    }

    /// The day before which dates without a year are sought at a token.
    fn view(&self, i: usize) -> Option<Date> {
        let known = self.views.partition_point(|(from, _)| *from <= i).checked_sub(1)?;
        self.views[known].1
    }

    /// A sentence with its mentions and cues.
    fn bare_scene(&self, range: &Range<usize>) -> Scene<'_> {
        let tokens = &self.tokens;
        let from = self.mentions.partition_point(|m| m.first < range.start);
        let to = self.mentions.partition_point(|m| m.first < range.end);
        let inside = |end: usize| end <= range.end;
        let mentions = self.mentions[from..to].iter().filter(|m| inside(m.end)).copied().collect();
        let from = self.cues.partition_point(|c| c.first < range.start);
        let to = self.cues.partition_point(|c| c.first < range.end);
        let cues = self.cues[from..to].iter().filter(|c| inside(c.end)).copied().collect();
        let from = self.moods.partition_point(|c| c.first < range.start);
        let to = self.moods.partition_point(|c| c.first < range.end);
        let moods = self.moods[from..to].iter().filter(|m| inside(m.end)).copied().collect();
        let asides = Asides::new(tokens, range.clone());
        Scene {
            tokens,
            range: range.clone(),
            mentions,
            times: Vec::new(),
            cues,
            moods,
            quantities: Vec::new(),
            parts: named::within(&self.parts, range),
            walls: Vec::new(),
            asides,
            choices: Choices::fitted(),
            telling: OnceCell::new(),
            season: OnceCell::new(),
        }
    }
}

impl Scene<'_> {
    fn read_quantities(&mut self, taken: &[bool]) {
        let start = self.range.start;
        let mut i = start;
        while i < self.range.end {
            let free = |q: &Quantity| {
                q.end <= self.range.end && !taken[i - start..q.end - start].contains(&true)
            };
            match number::quantity(self.tokens, i).filter(free) {
                Some(quantity) => {
                    i = quantity.end;
                    self.quantities.push(quantity);
                }
                None => i += 1,
            }
        }
        number::join_ranges(self.tokens, &mut self.quantities);
        number::share_units(self.tokens, &mut self.quantities);
    }

    /// Durations that claim nothing are horizons or windows of something else.
    fn bare_lengths(&mut self) {
        let claimed = |i: usize| {
            count::reading(self, i).is_some()
                || count::in_a_row(self, &self.quantities[i])
                || Naming::of(self, i).is_some()
        };
        let lengths: Vec<Time> = (0..self.quantities.len())
            .filter_map(|i| match self.quantities[i].measure {
                Measure::Duration(unit) if !claimed(i) => {
                    let q = &self.quantities[i];
                    let length = period::length_of(q.value, unit).filter(|_| q.decimals == 0)?;
                    Some(Time::bare(q.first, q.end, length))
                }
                _ => None,
            })
            .collect();
        self.times.extend(lengths);
        self.times.sort_by_key(|t| t.first);
    }

    /// The key of a token, empty outside the sentence.
    pub(super) fn key(&self, i: usize) -> &str {
        if self.range.contains(&i) { self.tokens.key(i) } else { "" }
    }

    /// The token behind the brackets that open at `i`, else `i`: `299 (~60%) of the S&P 500`.
    pub(super) fn past_brackets(&self, i: usize) -> usize {
        let close = (i + 1..i + 6).find(|&at| self.key(at) == ")");
        close.filter(|_| self.key(i) == "(").map_or(i, |at| at + 1)
    }

    /// The hash of the key of a token, as of an empty one outside the sentence.
    pub(super) fn id(&self, i: usize) -> u32 {
        if self.range.contains(&i) { self.tokens.id(i) } else { named!("") }
    }

    /// The hash of the key of the `n`th token before a quantity.
    pub(super) fn id_before(&self, q: &Quantity, n: usize) -> u32 {
        q.first.checked_sub(n).map_or(named!(""), |i| self.id(i))
    }

    /// The part of the year that it speaks of in general.
    pub(super) fn season(&self) -> Option<Season> {
        *self.season.get_or_init(|| Season::read(self))
    }

    /// Where words stand that tell over what time figures run.
    pub(super) fn telling(&self) -> &[usize] {
        let tells = |i: &usize| self.tokens.may(*i, Hint::TellsLength);
        let found = || self.range.clone().filter(tells);
        self.telling.get_or_init(|| found().collect())
    }

    /// The quantity before one, of whatever measure.
    pub(super) fn figure_before(&self, q: &Quantity) -> Option<&Quantity> {
        self.quantities.iter().rev().find(|o| o.end <= q.first)
    }

    /// The key of the `n`th token before a quantity.
    pub(super) fn before(&self, q: &Quantity, n: usize) -> &str {
        q.first.checked_sub(n).map_or("", |i| self.key(i))
    }

    /// Whether one of several phrases begins in a range of tokens.
    pub(super) fn has_phrase(&self, range: Range<usize>, phrases: &List) -> bool {
        self.find_phrase(range, phrases).is_some()
    }

    /// Where the first of several phrases begins in a range of tokens.
    pub(super) fn find_phrase(&self, range: Range<usize>, phrases: &List) -> Option<usize> {
        let range = range.start.max(self.range.start)..range.end.min(self.range.end);
        range.into_iter().find(|&i| self.tokens.any_phrase(i, phrases).is_some())
    }

    /// How hard the boundaries between two tokens separate: 1 for a comma, more for what opens a
    /// new clause.
    pub(super) fn boundary(&self, from: usize, to: usize) -> usize {
        let at = |i: usize| i.clamp(self.range.start, self.range.end) - self.range.start;
        self.walls[at(to)].saturating_sub(self.walls[at(from)])
    }

    /// The boundaries up to each token of the sentence, added up.
    fn build_walls(&mut self) {
        let mut sum = 0;
        let mut walls = vec![0; self.range.len() + 1];
        for i in self.range.clone() {
            sum += match self.tokens.key(i) {
                "," => 1,
                "(" | ")" => 2,
                ";" | "—" | ":" | "–" => 5,
                "while" | "but" | "whereas" | "although" | "though" | "when" | "after"
                | "before" => 4,
                "and" if self.opens_clause(i + 1) => 4,
                _ => 0,
            };
            walls[i + 1 - self.range.start] = sum;
        }
        self.walls = walls;
    }

    /// Whether a figure can see what stands at a token: not if that is in brackets or in an aside
    /// that the figure is not in.
    pub(super) fn sees(&self, q: &Quantity, at: usize) -> bool {
        self.asides.sees(q.first, at)
    }

    /// The same for what stands at a byte of the article.
    pub(super) fn sees_byte(&self, q: &Quantity, byte: usize) -> bool {
        let at = self.tokens.at_byte(byte).max(self.range.start);
        at >= self.range.end || self.sees(q, at)
    }

    /// Whether an entity with its own verb or figure follows, so that a new clause begins at `i`.
    fn opens_clause(&self, i: usize) -> bool {
        let shares = self.key(i) == "shares" && self.key(i + 1) == "of";
        let at = if shares { i + 2 } else { i + usize::from(self.key(i) == "the") };
        let found = self.mentions.binary_search_by_key(&at, |m| m.first);
        found.is_ok_and(|m| self.mentions[m].class != Class::Pronoun)
    }

    /// The cues of which `want` holds, with how far they are from a quantity: tokens, boundaries
    /// and quantities between. What stands behind it must be near.
    pub(super) fn nearest(
        &self,
        q: &Quantity,
        want: impl Fn(Signal) -> bool,
    ) -> Option<(usize, Cue)> {
        self.cues
            .iter()
            .filter(|cue| want(cue.signal))
            .filter_map(|cue| Some((self.distance(q, cue.first, cue.end)?, *cue)))
            .min_by_key(|(cost, _)| *cost)
    }

    /// How far tokens `first..end` are from a quantity; none if too far behind it.
    pub(super) fn distance(&self, q: &Quantity, first: usize, end: usize) -> Option<usize> {
        if end <= q.first {
            if q.first - end > REACH {
                return None;
            }
            let crossed = self.between(end, q.first);
            return Some(1 + q.first - end + 2 * self.boundary(end, q.first) + 2 * crossed);
        }
        if first >= q.end {
            let gap = first - q.end;
            if gap > 5 || self.between(q.end, first) > 0 {
                return None;
            }
            let broken = (q.end..first).any(|i| {
                any_of(
                    self.key(i),
                    list!(
                        ",|;|—|(|)|and|or|/|but|as|while|\
                    after|before|when|since|because|amid|despite|driven|following|thanks"
                    ),
                )
            });
            return (!broken).then_some(gap);
        }
        None
    }

    /// How many quantities lie between two tokens.
    pub(super) fn between(&self, from: usize, to: usize) -> usize {
        let figure = |q: &&Quantity| {
            let duration = matches!(q.measure, Measure::Duration(_) | Measure::Ordinal);
            q.end <= to && !duration
        };
        let first = self.quantities.partition_point(|q| q.first < from);
        self.quantities[first..].iter().take_while(|q| q.first < to).filter(figure).count()
    }

    /// Whether a quantity stands in brackets.
    pub(super) fn in_brackets(&self, q: &Quantity) -> Option<usize> {
        let open = (self.range.start..q.first)
            .rev()
            .take(12)
            .find(|&i| matches!(self.key(i), "(" | ")"))?;
        (self.key(open) == "(").then_some(open)
    }
}
