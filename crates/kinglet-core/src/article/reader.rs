//! The reading of an article, block by block: what a sentence leaves open is taken from its
//! heading, its paragraph and the title.

mod again;
mod frame;
mod session;

use super::words::list;
use jiff::civil::Date;

use super::block::{Block, BlockKind, rows};
use super::choice::Choices;
use super::claim::Claim;
use super::claim::Modality;
use super::entity::{Class, Mention, OTHER, sense};
use super::extract::{self, Context};
use super::gap::gaps;
use super::lexicon::{Mood, Signal};
use super::mask::mask;
use super::moment::{Outlook, Remembered};
use super::period::{Anchor, Expr, last_session};
use super::scene::{Passage, Scene};
use super::subject::Carried;
use super::table::Around;
use super::token::{Tokens, any_of};
use super::{Article, anaphor, moment, table};
use crate::time::{CalendarPeriod, Grain, Length, Period};
pub(super) use again::{Parts, read_again};
pub(super) use frame::{Frame, TELLING};
use frame::{Grounds, retold, week_over};

/// Reads an article.
pub(super) fn read(text: &str, blocks: Vec<Block>, published: Option<Date>) -> Article {
    read_choosing(text, blocks, published, Choices::fitted())
}

/// Reads an article, choosing as it is told.
pub(super) fn read_choosing(
    text: &str,
    blocks: Vec<Block>,
    published: Option<Date>,
    choices: Choices,
) -> Article {
    let clean = mask(text);
    let tokens = |b: &Block| Tokens::read(&clean[b.span.start..b.span.end], b.span.start);
    let line = |b: &Block| &text[b.span.start..b.span.end];
    let is_row = |b: &&Block| b.kind == BlockKind::Row;
    let tokens_of = |(at, b): (usize, &Block)| match b.kind {
        BlockKind::Row => {
            let below = blocks.get(at + 1).filter(is_row).map(line);
            let cuts = rows::cuts(line(b), below);
            Tokens::read_parts(&clean[b.span.start..b.span.end], b.span.start, &cuts)
        }
        _ => tokens(b),
    };
    let published = published
        .or_else(|| blocks.iter().take(15).find_map(|b| session::dateline(&tokens(b), b.kind)));
    let mut passages: Vec<(Block, Passage)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind != BlockKind::Furniture)
        .map(|(at, b)| (*b, Passage::new(tokens_of((at, b)))))
        .collect();
    sense::narrow(passages.iter_mut().map(|(_, p)| (&p.tokens, &mut p.mentions)));
    if let Some(published) = published {
        let closing = session::closing(&passages, published);
        passages.iter_mut().for_each(|(_, passage)| passage.tell(published, closing));
        session::head(&mut passages, published);
    }
    let named = published.and_then(|day| session::last_named(&mut passages, day));
    let frame = Frame::of(&passages);
    let lined = named.is_none_or(|(_, grounds)| grounds == Grounds::Line);
    let reported = published.and_then(|day| {
        session::reported(&passages, day)
            .or_else(|| lined.then(|| retold(&mut passages, day, frame))?)
            .or_else(|| lined.then(|| week_over(&passages, day, frame))?)
    });
    // what was over before the date that stands above it was published on it, not of it
    let named = named.filter(|_| !lined || reported.is_none());
    let session = named
        .map(|(day, _)| day)
        .or_else(|| reported.map(last_session))
        .or_else(|| session::before_publication(text, published?));
    let grounds = match named {
        Some((_, grounds)) => grounds,
        None if reported.is_some() => Grounds::Reported,
        None => Grounds::Publication,
    };
    let frame = frame.on(grounds);
    let anchor = Anchor { published, session };
    let outlook = Outlook::new(anchor, frame);
    let mut reader = Reader::new(text, Context::new(anchor, &outlook), choices);
    reader.context.remembered.report_on(reported);
    reader.context.carried.topic = topic(&passages);
    let Context { carried, remembered, .. } = reader.context;
    let claims = reader.read(&passages);
    let gaps = gaps(text, &passages);
    let parts = Parts { passages, carried, remembered, frame };
    Article { published, session, blocks, claims, gaps, parts }
}

/// The index that an article names most often: the title counts for more, its epithets and the
/// group that it stands for count for it, and what something is compared with counts for nothing.
fn topic(passages: &[(Block, Passage)]) -> Option<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for (block, passage) in passages {
        let weight = if block.kind == BlockKind::Title { 8 } else { 2 };
        for m in &passage.mentions {
            let (code, weight) = match m.class {
                Class::Index if !is_rate(m.code) => (m.code, weight),
                Class::Pronoun if !m.code.is_empty() => (m.code, weight),
                Class::Group | Class::Loose if m.code == "US_SMALL" => ("RUT", weight / 2),
                Class::Listed if m.code == "IWM" => ("RUT", weight / 2),
                _ => continue,
            };
            let at = m.first.wrapping_sub(1);
            let article = usize::from(passage.tokens.key(at) == "the");
            let before = passage.tokens.key(at.wrapping_sub(article));
            if any_of(before, list!("than|versus|vs|against|with")) {
                continue;
            }
            match counts.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += weight,
                None => counts.push((code, weight)),
            }
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(code, _)| *code)
}

/// Whether a code stands for a rate or for what is no market: it is nobody's topic.
fn is_rate(code: &str) -> bool {
    code.starts_with("UST") || code.starts_with("CURVE")
}

struct Reader<'a> {
    text: &'a str,
    context: Context<'a>,
    claims: Vec<Claim>,
    /// The horizon that the heading names: `Six months`.
    horizon: Option<Length>,
    /// Whether the blocks at hand list the cases of that horizon.
    lists_cases: bool,
    /// Whether the last block ended by announcing what somebody says.
    announces: bool,
    /// Whether the block at hand is a quotation of that.
    quoted: bool,
    choices: Choices<'a>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, context: Context<'a>, choices: Choices<'a>) -> Self {
        Reader {
            text,
            context,
            claims: Vec::new(),
            horizon: None,
            lists_cases: false,
            announces: false,
            quoted: false,
            choices,
        }
    }

    /// Its claims in the order of their spans.
    fn into_claims(mut self) -> Vec<Claim> {
        self.claims.sort_by_key(|c| c.span.start);
        self.claims
    }

    /// Reads a block that is no table, or rows.
    fn run(&mut self, run: &[(Block, Passage)], around: Around<'_>) {
        match run {
            [block] if block.0.kind != BlockKind::Row => self.block(block),
            rows => self.rows(rows, around),
        }
    }

    /// Reads rows of which some may be no table's.
    fn rows(&mut self, rows: &[(Block, Passage)], around: Around<'_>) {
        let before = table::rows_before(rows, self.context.anchor, self.text);
        let (before, table) = rows.split_at(before);
        before.iter().for_each(|row| self.block(row));
        let above = around.above.filter(|_| before.is_empty());
        let around = Around { above, ..around };
        match table::claims(table, around, &self.context, self.text) {
            Some(claims) => self.claims.extend(claims),
            None => table.iter().for_each(|row| self.block(row)),
        }
    }

    /// Reads a block that is no table.
    fn block(&mut self, (block, passage): &(Block, Passage)) {
        self.open_block(block, passage, passage.sentences.len());
        for range in &passage.sentences {
            let mut scene = passage.scene(range.clone(), self.context.anchor);
            scene.choices = self.choices;
            anaphor::resolve(&mut scene, &self.context.carried);
            let (mut claims, reading) =
                extract::claims(&scene, &self.context, self.text, &self.claims);
            self.context.reading = reading;
            table::listed::date(&mut claims, &scene, passage, &self.context);
            if self.quoted {
                attribute(&mut claims);
            }
            self.remember(block.kind, &scene, &claims);
            self.claims.extend(claims);
        }
        let body = &self.text[block.span.start..block.span.end];
        if let Some(horizon) = self.context.remembered.horizon.filter(|_| body.ends_with(':')) {
            self.horizon = Some(horizon);
            self.lists_cases = true;
        }
        self.announces =
            body.ends_with([':', ',']) && passage.moods.iter().any(|m| m.signal == Mood::Saying);
    }

    /// Forgets what does not outlive a paragraph.
    fn open_block(&mut self, block: &Block, passage: &Passage, sentences: usize) {
        let worded = (0..passage.tokens.len()).any(|i| passage.tokens.is_word(i));
        if block.kind == BlockKind::Heading && worded {
            self.heading(block, passage);
        }
        if let Some(p) = session::dated(&passage.tokens).filter(|_| block.kind == BlockKind::Item) {
            self.context.remembered.heading = Some(Expr::Span(p));
        }
        let body = &self.text[block.span.start..block.span.end];
        self.quoted = self.announces && body.starts_with(['"', '\u{201c}', '\'']);
        let memory = &mut self.context.remembered;
        memory.grow_older(4);
        let Remembered { heading, title, stretch, study, reports, trail, spoken, .. } = *memory;
        let (seasonal, sampled) =
            (memory.season.or(memory.seasonal), memory.sample.or(memory.sampled));
        let study = stretch.or(study);
        let heading = if sentences > 1 { None } else { heading };
        let horizon = self.horizon;
        self.lists_cases &= sentences <= 1;
        let cases = self.lists_cases;
        *memory = Remembered {
            heading,
            title,
            study,
            horizon,
            seasonal,
            sampled,
            cases,
            block: Some(block.kind),
            reports,
            trail,
            spoken,
            ..Remembered::default()
        };
        self.context.reading = None;
        let carried = &mut self.context.carried;
        carried.before = carried.subject;
        carried.subject = carried.heading.or(carried.topic).or(carried.index);
        carried.spoken = None;
        carried.focus = None;
    }

    /// A heading without figures sets the period of what follows, or ends that of the heading
    /// before.
    fn heading(&mut self, block: &Block, passage: &Passage) {
        let scene = passage.scene(0..passage.tokens.len(), self.context.anchor);
        let figures = scene.quantities.iter().any(|q| q.sign.is_some() || !q.in_words);
        let colon = self.text[block.span.start..block.span.end].ends_with(':');
        let mut named = scene.mentions.iter().filter(|m| m.class == Class::Index).map(|m| m.code);
        self.context.carried.heading =
            named.next().filter(|first| !figures && named.all(|other| other == *first));
        if figures && !colon {
            return;
        }
        self.horizon = scene.times.first().and_then(|t| match t.expr {
            Expr::Ahead(length) | Expr::Length(length) if t.first <= 1 => Some(length),
            _ => None,
        });
        let yearly = is_yearly(&scene);
        let time = scene.times.iter().find(|t| {
            matches!(
                t.expr,
                Expr::Span(_)
                    | Expr::ToDate(_)
                    | Expr::Range(..)
                    | Expr::Since(_)
                    | Expr::Trailing(_)
            ) || yearly && matches!(t.expr, Expr::Length(_))
        });
        if colon || time.is_some() || !figures {
            self.context.remembered.heading = time.map(|t| match t.expr {
                Expr::Length(length) => Expr::Trailing(length),
                expr => expr,
            });
            self.context.yearly = yearly;
        }
    }

    /// Keeps what later sentences may leave out.
    fn remember(&mut self, kind: BlockKind, scene: &Scene, claims: &[Claim]) {
        if kind == BlockKind::Title {
            let anchor = self.context.anchor;
            let dated = anchor.published.filter(|_| anchor.published != anchor.session);
            let dateline = dated.map(|day| Expr::Span(CalendarPeriod::day(day)));
            let mut named = scene.times.iter().map(|t| t.expr);
            let named = named.find(|e| matches!(e, Expr::Span(_)) && Some(*e) != dateline);
            let memory = &mut self.context.remembered;
            memory.title = named.or(memory.title);
        }
        self.remember_entities(scene, claims);
        self.remember_times(scene, claims);
    }

    fn remember_entities(&mut self, scene: &Scene, claims: &[Claim]) {
        let carried = &mut self.context.carried;
        // "versus 36 for its large-cap peer" speaks of the other one
        let beside = |m: &Mention| {
            let before = scene.key(m.first.wrapping_sub(1));
            any_of(before, list!("its|their|for|than|versus|against|with"))
        };
        let pointed = scene
            .mentions
            .iter()
            .find(|m| m.class == Class::Pronoun && !m.code.is_empty() && !beside(m));
        let index = pointed
            .or_else(|| scene.mentions.iter().find(|m| m.class == Class::Index && !is_rate(m.code)))
            .map(|m| m.code);
        let claimed = claims.first().and_then(|c| speaks_of(scene, carried, c));
        let named = scene
            .mentions
            .iter()
            .find(|m| matches!(m.class, Class::Listed | Class::Group) && m.code != OTHER);
        let last = claims
            .iter()
            .rev()
            .find_map(|c| scene.mentions.iter().find(|m| m.code == c.entity).map(|m| m.code));
        carried.spoken = last.or(carried.spoken);
        carried.lead = anaphor::named(&scene.mentions).first().copied().or(carried.lead);
        let topic = carried.topic.filter(|t| scene.mentions.iter().any(|m| m.code == *t));
        let pointed = pointed.map(|m| m.code);
        carried.index = pointed.or(topic).or(index).or(carried.index);
        carried.list = list(carried.list, &listed(scene));
        carried.pair = anaphor::last_two(carried, scene);
        carried.benchmark = anaphor::declared(scene).or(carried.benchmark);
        carried.focus = announced(scene).or(carried.focus);
        let contrasted = |m: &Mention| {
            scene.has_phrase(
                scene.range.start..m.first,
                list!("while|whereas|although|though|even as"),
            )
        };
        let plain = topic.filter(|t| scene.mentions.iter().any(|m| m.code == *t && !contrasted(m)));
        let subject = pointed.or(plain).or(claimed).or(index).or(named.map(|m| m.code));
        carried.subject = subject.or(carried.subject);
    }

    fn remember_times(&mut self, scene: &Scene, claims: &[Claim]) {
        let published = self.context.anchor.published;
        let memory = &mut self.context.remembered;
        let over = |p: CalendarPeriod| published.is_none_or(|d| p.last_day() <= d);
        for time in &scene.times {
            match time.expr {
                Expr::Span(p) if over(p) && !time.reference => {
                    if time.as_of {
                        memory.as_of = Some(p);
                    }
                    if p.grain <= Grain::Month {
                        memory.past = Some(p);
                    }
                    if p.grain == Grain::Day {
                        memory.day = Some(p);
                    }
                    memory.name(p);
                }
                Expr::Ahead(length) => memory.horizon = Some(length),
                Expr::Range(from, to) if (to.last_day() - from.first_day()).get_days() < 731 => {}
                expr @ (Expr::Since(_) | Expr::Range(..) | Expr::Trailing(_)) => {
                    memory.stretch = Some(expr);
                }
                _ => {}
            }
        }
        memory.season = scene.season().or(memory.season);
        for claim in claims.iter().filter(|c| c.metric.starts_with("event_")) {
            memory.cases = true;
            memory.sample = match claim.period {
                Some(Period::Forward(_)) => None,
                Some(years @ Period::Between(..)) => Some(years),
                _ => memory.sample,
            };
        }
        let sample = |p: Period| matches!(p, Period::Between(..) | Period::Forward(_));
        let told = |c: &&Claim| !(c.metric.starts_with("event_") && c.period.is_some_and(sample));
        memory.streak = claims.iter().rev().find_map(moment::streak_of).or(memory.streak);
        memory.grow_older(1);
        for time in &scene.times {
            memory.trail.rotate_right(1);
            memory.trail[0] = Some((time.expr, 0));
        }
        for claim in claims {
            let said = claim.period.map(|period| (claim.metric, period, 0));
            if said.is_some() && memory.spoken[0] != said {
                memory.spoken.rotate_right(1);
                memory.spoken[0] = said;
            }
        }
        let period = claims.first().filter(told).and_then(|c| c.period);
        memory.sentence = period
            .and_then(moment::expr_of)
            .or_else(|| {
                scene
                    .times
                    .iter()
                    .filter(|t| !t.reference && !t.adjective)
                    .map(|t| t.expr)
                    .find(|e| matches!(e, Expr::Span(_)))
            })
            .or_else(|| spell(scene).filter(|_| claims.is_empty()))
            .or(memory.sentence);
    }
}

/// Whether returns are told a year: `3-Year Performance (annualized)`.
fn is_yearly(scene: &Scene) -> bool {
    let yearly = |s: Signal| matches!(s, Signal::Annualized | Signal::AnnualReturn);
    scene.cues.iter().any(|cue| yearly(cue.signal))
}

/// The week, month or quarter that a sentence without figures speaks of: `It was an ugly week.`
fn spell(scene: &Scene) -> Option<Expr> {
    let articles = list!("a|an|what|the|this|another");
    let noun = |i: usize| {
        Grain::from_name(scene.key(i))
            .filter(|g| matches!(g, Grain::Week | Grain::Month | Grain::Quarter))
    };
    scene.range.clone().find_map(|i| {
        let noun = noun(i)?;
        // "The week ended mixed for stocks."
        let verbs = list!("ended|closed|finished|was|proved|brought|saw");
        let subject = i == scene.range.start + 1 && any_of(scene.key(i + 1), verbs);
        let last =
            any_of(scene.key(i + 1), list!(".|,|:|for|!|")) || i + 1 == scene.range.end || subject;
        let said = (1..=3).any(|n| i >= n && any_of(scene.key(i - n), articles));
        (last && said).then_some(Expr::ToDate(noun))
    })
}

/// What a sentence speaks of: the entity of its first claim; of a comparison the one that is
/// compared with the other.
fn speaks_of(scene: &Scene, carried: &Carried, claim: &Claim) -> Option<&'static str> {
    let market = |m: &&Mention| {
        matches!(m.class, Class::Index | Class::Listed | Class::Group) && !is_rate(m.code)
    };
    if claim.metric == "return_spread" {
        return scene.mentions.iter().find(market).map(|m| m.code);
    }
    let known = [carried.subject, carried.index, carried.topic, carried.spoken];
    let pronoun = scene.mentions.iter().find(|m| m.class == Class::Pronoun).is_some();
    let named = scene.mentions.iter().filter(market).map(|m| m.code);
    let said = known.into_iter().flatten().filter(|_| pronoun);
    named.chain(said).find(|code| *code == claim.entity)
}

/// The indexes of a sentence in order, each once.
fn listed(scene: &Scene) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    for m in scene.mentions.iter().filter(|m| m.class == Class::Index && !is_rate(m.code)) {
        if !out.contains(&m.code) {
            out.push(m.code);
        }
    }
    out
}

/// What the rest of a paragraph is about: `What about the Russell 2000?`, `Now the Nasdaq.`
fn announced(scene: &Scene) -> Option<&'static str> {
    let short = scene.range.len() <= 12 && scene.quantities.is_empty();
    let opens = scene.has_phrase(
        scene.range.start..scene.range.start + 2,
        list!(
            "what about|how about|and what|now|now for|take|consider|next|first|\
            then there is|turn to"
        ),
    );
    match listed(scene).as_slice() {
        [code] if short && opens => Some(code),
        _ => None,
    }
}

/// What `the three gauges` stands for after a sentence: those that it names, if they are several;
/// a single one joins those of the sentences before.
fn list(before: [Option<&'static str>; 3], named: &[&'static str]) -> [Option<&'static str>; 3] {
    let mut list: Vec<&'static str> = before.into_iter().flatten().collect();
    match named {
        [] => {}
        [code] if list.contains(code) => {}
        [code] if list.len() < 3 => list.push(code),
        [code] => list = vec![code],
        several => list = several.to_vec(),
    }
    [0, 1, 2].map(|place| list.get(place).copied())
}

/// Marks claims as what somebody says.
fn attribute(claims: &mut [Claim]) {
    for claim in claims.iter_mut().filter(|c| c.modality == Modality::Asserted) {
        claim.modality = Modality::Attributed;
    }
}
