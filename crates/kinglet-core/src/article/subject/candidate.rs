//! The entities that a figure may be about: those that its sentence names, those that were spoken
//! of and what the rules say, with what speaks for each.

use std::borrow::Cow;

use super::super::choice::{Features, Noted, Sum, bucket, id, named, rank};
use super::super::claim::Claim;
use super::super::date::month_number;
use super::super::entity::{Class, Mention, OTHER};
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::token::any_of;
use super::super::words::{List, list};
use super::Subjects;
use super::sector::is_sector;

/// How many codes there are, mostly.
const USUAL: usize = 16;

/// Entities that are often meant without being named, with the hashes of their codes.
const SILENT: [(&str, u32); 9] = {
    let codes =
        ["OTHER", "RUT", "SPX", "US_SMALL", "US_LARGE", "US_EQUITY", "FED", "US", "UST:10y"];
    let (mut all, mut i) = ([("", 0); 9], 0);
    while i < codes.len() {
        all[i] = (codes[i], id(codes[i]));
        i += 1;
    }
    all
};

/// Words that part a figure from what it is about, or join it to that.
const PARTING: &List = list!(
    "and|but|while|whereas|which|than|versus|vs|against|with|after|from\
    |to|for|of|in|,|;|(|)|:|as|that|compared|'s|over|by|at|its|their|it\
    |outpacing|beating|trailing|topping|ahead|behind|is|was|has|have|had\
    |followed|on|both|each"
);

impl Subjects<'_> {
    /// What a figure may be about, the likeliest first; `ruled` is its claim as the rules have it,
    /// `former` are the claims before, the nearest first, and how many of them are of the sentence.
    /// Nothing where that is a stranger.
    pub(in crate::article) fn choose(
        &self,
        q: &Quantity,
        reading: &Reading,
        ruled: &Claim,
        (former, own): (&[&Claim], usize),
    ) -> Vec<(String, f64)> {
        if ruled.entity == OTHER && self.is_stranger(q, reading) {
            return Vec::new();
        }
        if let Some(code) = self.bracketed(q, reading).or_else(|| self.parted(q, reading)) {
            return vec![(code.to_owned(), 1.0)];
        }
        let ranked = if self.scene.choices.lessons.is_some() {
            let candidates = self.candidates::<Noted>(q, reading, ruled, (former, own));
            let span = self.scene.tokens.span(q.first, q.end);
            self.scene.choices.note("entity", span, &candidates, |code| code.clone().into_owned());
            rank(&candidates)
        } else {
            rank(&self.candidates::<Sum>(q, reading, ruled, (former, own)))
        };
        ranked.into_iter().map(|(code, share)| (code.into_owned(), share)).collect()
    }

    /// All that it may be about.
    fn candidates<'c, F: Features<'c>>(
        &'c self,
        q: &'c Quantity,
        reading: &'c Reading,
        ruled: &'c Claim,
        (former, own): (&'c [&'c Claim], usize),
    ) -> Vec<(Cow<'c, str>, F)> {
        let scene = self.scene;
        let mut all = Candidates {
            subjects: self,
            q,
            reading,
            metric: id(reading.metric),
            ruled: (&ruled.entity, ruled.versus.as_deref()),
            former,
            own,
            named: u32::from(scene.mentions.iter().any(|m| m.end <= q.first)),
            any: bucket(scene.mentions.len().min(2)),
            joint: self.joint(q),
            listed: self.listed(q),
            priors: Vec::with_capacity(USUAL),
            out: Vec::with_capacity(2 * USUAL),
        };
        all.mentions();
        all.carried();
        all.said();
        all.silent();
        all.rules();
        all.out
    }

    /// What a return alone in brackets stands right behind: `large caps (11.5%)`.
    fn bracketed(&self, q: &Quantity, reading: &Reading) -> Option<&'static str> {
        let scene = self.scene;
        let alone = scene.before(q, 1) == "(" && scene.key(q.end) == ")";
        if !alone || reading.metric != "return" {
            return None;
        }
        let Some(named) = scene.mentions.iter().find(|m| m.end + 1 == q.first) else {
            return self.strange_name(q).then_some(OTHER);
        };
        let market = matches!(named.class, Class::Index | Class::Listed | Class::Group);
        (market && !is_sector(named.code)).then_some(named.code)
    }

    /// Whether a name that is none of the known ones stands before the brackets that a figure is
    /// in: `retailers such as Dollar Tree (+12%)`.
    fn strange_name(&self, q: &Quantity) -> bool {
        let scene = self.scene;
        let capital = |i: &usize| {
            let name = scene.tokens.is_word(*i) && !scene.tokens.is_all_capitals(*i);
            name && scene.tokens.get(*i).is_some_and(|t| t.capital)
        };
        let at = q.first.saturating_sub(2);
        let Some(first) = (scene.range.start..=at).rev().take_while(capital).last() else {
            return false;
        };
        let inside = |from: usize, to: usize| from <= at && first < to;
        let known = scene.mentions.iter().any(|m| inside(m.first, m.end))
            || scene.times.iter().any(|t| inside(t.first, t.end))
            || (first..=at).any(|i| month_number(scene.key(i)).is_some());
        let noun = list!("index|composite|average|etf|fund|total|growth|value|return|returns|gain");
        let listed = any_of(scene.key(q.end + 1), list!(",|and|.|was|were|led|or"));
        !known && listed && first > scene.range.start && !any_of(scene.key(at), noun)
    }

    /// The one index that is named between a semicolon and a fall behind it: `…; the maximum
    /// drawdown of the S&P 500 over ten years is 49.1%`.
    fn parted(&self, q: &Quantity, reading: &Reading) -> Option<&'static str> {
        let scene = self.scene;
        let start = (scene.range.start..q.first).rev().find(|i| scene.key(*i) == ";")?;
        let mut named = scene.mentions.iter().filter(|m| m.first > start && m.end <= q.first);
        let only = named.next().filter(|m| m.class == Class::Index)?;
        (reading.metric == "drawdown" && named.next().is_none()).then_some(only.code)
    }

    /// What joins a figure to the one before it.
    fn joint(&self, q: &Quantity) -> u32 {
        let scene = self.scene;
        let from = scene.figure_before(q).map(|o| o.end);
        let start = from.unwrap_or(scene.range.start).max(q.first.saturating_sub(12));
        let word = (start..q.first).find(|i| {
            matches!(
                scene.key(*i),
                "against"
                    | "versus"
                    | "vs"
                    | "than"
                    | "compared"
                    | "to"
                    | "while"
                    | "but"
                    | "and"
                    | "with"
                    | ","
                    | ";"
                    | "("
                    | "/"
                    | "|"
                    | ":"
                    | "from"
                    | "after"
                    | "or"
                    | "of"
                    | "whereas"
            )
        });
        word.map_or(0, |i| scene.id(i)) ^ bucket(q.first - start) ^ u32::from(from.is_some()) << 8
    }

    /// Which one of a list of figures it is, and of how many.
    fn listed(&self, q: &Quantity) -> u32 {
        let scene = self.scene;
        let light = |from: usize, to: usize| {
            from <= to
                && to - from <= 4
                && (from..to).all(|i| {
                    matches!(
                        scene.key(i),
                        "," | "and" | "or" | "/" | "against" | "versus" | "to" | "a" | "the"
                    )
                })
        };
        let figures = &scene.quantities;
        let Some(at) = figures.iter().position(|o| o.first == q.first) else { return 99 };
        let before =
            (1..=at).take_while(|n| light(figures[at - n].end, figures[at - n + 1].first)).count();
        let after = (at + 1..figures.len())
            .take_while(|i| light(figures[i - 1].end, figures[*i].first))
            .count();
        (before * 8 + after.min(7)) as u32
    }
}

/// The candidates of one figure.
struct Candidates<'c, F> {
    subjects: &'c Subjects<'c>,
    q: &'c Quantity,
    reading: &'c Reading,
    metric: u32,
    /// What the rules say, with the other side of a comparison.
    ruled: (&'c str, Option<&'c str>),
    former: &'c [&'c Claim],
    own: usize,
    /// Whether anything is named before the figure.
    named: u32,
    /// How many things its sentence names.
    any: u32,
    /// What joins it to the one before it.
    joint: u32,
    /// Which one of a list of figures it is, and of how many.
    listed: u32,
    /// What speaks for each code wherever it comes from, worked out once.
    priors: Vec<(u32, Cow<'c, str>, F)>,
    out: Vec<(Cow<'c, str>, F)>,
}

impl<'c, F: Features<'c>> Candidates<'c, F> {
    /// What nothing speaks for yet.
    fn none(&self) -> F {
        F::none(&self.subjects.scene.choices.weights.entity)
    }

    /// Keeps a candidate with what speaks for it wherever it comes from.
    fn push(&mut self, code: impl Into<Cow<'c, str>>, f: F) {
        let code = code.into();
        let hash = id(&code);
        self.push_hashed(code, hash, f);
    }

    /// The same where the hash of its code is known.
    fn push_hashed(&mut self, code: Cow<'c, str>, hash: u32, mut f: F) {
        let known = |(other, known, _): &(u32, _, _)| *other == hash && *known == code;
        let at = self.priors.iter().position(known).unwrap_or_else(|| {
            self.priors.push((hash, code.clone(), self.prior(&code, hash)));
            self.priors.len() - 1
        });
        f.join(&self.priors[at].2);
        self.out.push((code, f));
    }

    /// What speaks for a code wherever it comes from.
    fn prior(&self, code: &str, hash: u32) -> F {
        let (metric, ruled) = (self.metric, self.ruled);
        let mut f = self.none();
        let group = code.bytes().position(|b| matches!(b, b':' | b'/'));
        let group = group.map_or(hash, |end| id(&code[..end]));
        let as_ruled = u32::from(ruled.0 == code) + 2 * u32::from(ruled.1 == Some(code));
        f.ruled(named!("as ruled"), [as_ruled]);
        f.ruled(named!("as ruled of"), [as_ruled, metric]);
        f.ruled(named!("as ruled group"), [as_ruled, group]);
        f.add(named!("code"), [hash, metric]);
        f.add(named!("group"), [group, metric]);
        let topic = self.subjects.carried.topic.is_some_and(|t| t == code);
        f.add(named!("is topic"), [u32::from(topic), metric]);
        let repeats = self.former.first().map_or(2, |last| u32::from(last.entity == code));
        f.add(named!("repeats"), [repeats, metric]);
        let said = self.former.iter().filter(|c| c.entity == code).count();
        f.add(named!("times said"), [bucket(said), metric]);
        let inside = self.subjects.scene.mentions.iter().filter(|m| m.code == code).count();
        f.add(named!("times named"), [bucket(inside), group]);
        f
    }

    /// What the sentence names.
    fn mentions(&mut self) {
        let subjects = self.subjects;
        for (place, m) in subjects.scene.mentions.iter().enumerate() {
            let f = self.mention(place, m);
            self.push(subjects.with_sector(self.q, subjects.code(m)), f);
        }
    }

    /// What was spoken of before the sentence.
    fn carried(&mut self) {
        let (c, named, any) = (&self.subjects.carried, self.named, self.any);
        let carried = [
            (c.topic, named!("topic")),
            (c.heading, named!("heading")),
            (c.subject, named!("subject")),
            (c.index, named!("index")),
            (c.spoken, named!("spoken")),
            (c.benchmark, named!("benchmark")),
            (c.focus, named!("focus")),
            (c.pair.0, named!("pair")),
            (c.pair.1, named!("pair's")),
            (c.lead, named!("lead")),
            (c.before, named!("before")),
        ];
        let pointer = self.pointer();
        let opens = u32::from(c.spoken.is_none());
        for (code, name) in carried {
            let Some(code) = code else { continue };
            let mut f = self.none();
            f.add(named!("carried"), [name, named, any]);
            f.add(named!("carried of"), [name, self.metric, any]);
            f.add(named!("carried as"), [name, id(code), named]);
            if let Some(pointer) = pointer {
                f.add(named!("pointed"), [name, pointer, opens]);
                f.add(named!("pointed named"), [name, opens, named, any]);
            }
            self.push(code, f);
        }
        for (place, code) in (0..).zip(&c.list) {
            let Some(code) = *code else { continue };
            let mut f = self.none();
            f.add(named!("list"), [place, self.listed, any]);
            f.add(named!("list named"), [place, self.listed, named]);
            self.push(code, f);
        }
    }

    /// The word with which the last pronoun before the figure begins that may point back beyond
    /// the sentence: `it`, `its`, `that index`.
    fn pointer(&self) -> Option<u32> {
        let scene = self.subjects.scene;
        let mut before = scene.mentions.iter().rev().filter(|m| m.end <= self.q.first);
        let back = |m: &&Mention| m.class == Class::Pronoun && m.code.is_empty();
        before.find(back).map(|m| scene.id(m.first))
    }

    /// What the claims before are about.
    fn said(&mut self) {
        let (joint, named, any) = (self.joint, self.named, self.any);
        let behind = self.subjects.scene.id(self.q.end);
        let mut said: Vec<&str> = Vec::new();
        for (place, claim) in self.former.iter().enumerate() {
            let mut f = self.none();
            let inside = u32::from(place < self.own);
            let same = u32::from(claim.metric == self.reading.metric);
            let known = said.contains(&claim.entity.as_str());
            if !known {
                said.push(&claim.entity);
            }
            let (place, turn) = (place as u32, said.len() as u32 + 8 * u32::from(known));
            f.add(named!("said"), [place, inside, same, any]);
            f.add(named!("said of"), [place, inside, self.metric, named]);
            f.add(named!("said joint"), [turn, inside, joint, same]);
            f.add(named!("said joint named"), [turn, inside, joint, named, any]);
            f.add(named!("said behind"), [turn, inside, behind, named]);
            f.add(named!("said listed"), [place, inside, self.listed, any]);
            self.push(&claim.entity, f);
            if let Some(versus) = &claim.versus {
                let mut f = self.none();
                f.add(named!("said against"), [place, inside, joint]);
                self.push(versus, f);
            }
        }
    }

    /// What is often meant without being named.
    fn silent(&mut self) {
        for (code, hash) in SILENT {
            let mut f = self.none();
            f.add(named!("silent"), [hash, self.metric]);
            f.add(named!("silent named"), [hash, self.named, self.any]);
            self.push_hashed(code.into(), hash, f);
        }
    }

    /// What the rules say.
    fn rules(&mut self) {
        let (code, versus) = self.ruled;
        for (code, name) in [(Some(code), named!("ruled")), (versus, named!("versus"))] {
            let Some(code) = code else { continue };
            let former = u32::from(self.former.first().is_some_and(|c| c.entity == code));
            let mut f = self.none();
            f.ruled(name, [self.metric]);
            f.ruled(name, [named!("as"), id(code)]);
            f.ruled(name, [named!("named"), self.named, self.any]);
            f.ruled(name, [named!("former"), former]);
            self.push(code, f);
        }
    }

    /// What speaks for a mention.
    fn mention(&self, place: usize, m: &Mention) -> F {
        let (scene, q, metric) = (self.subjects.scene, self.q, self.metric);
        let mut f = self.none();
        let side = if m.first >= q.end { 2 } else { 1 };
        let (lo, hi) = if side == 2 { (q.end, m.first) } else { (m.end, q.first.max(m.end)) };
        let (gap, wall) = (bucket(hi - lo), bucket(scene.boundary(lo, hi)));
        let crossed = scene.between(lo, hi).min(4) as u32;
        let class = m.class as u32;
        let article = usize::from(m.first > 0 && scene.key(m.first - 1) == "the");
        let prep = m.first.checked_sub(1 + article).map_or(0, |i| scene.id(i));
        let others = |o: &&Mention| o.first >= lo && o.end <= hi && o.class != Class::Loose;
        let others = scene.mentions.iter().filter(others).count().min(3) as u32;
        f.add(named!("side"), [side, class, metric]);
        f.add(named!("gap"), [side, class, gap]);
        f.add(named!("gap of"), [side, metric, gap]);
        f.add(named!("wall"), [side, class, wall]);
        f.add(named!("crossed"), [side, class, crossed]);
        f.add(named!("crossed wall"), [side, crossed, wall, others]);
        f.add(named!("others"), [side, class, others]);
        f.add(named!("others of"), [side, metric, others]);
        f.add(named!("others crossed"), [side, others, crossed, class]);
        f.add(named!("prep"), [side, prep]);
        f.add(named!("prep class"), [side, class, prep]);
        f.add(named!("prep gap"), [side, prep, gap]);
        f.add(named!("prep of"), [side, metric, prep]);
        let (next, few) = (scene.id(m.end), (crossed.min(1), others.min(1)));
        f.add(named!("next"), [side, next]);
        f.add(named!("next crossed"), [side, next, few.0, few.1]);
        f.add(named!("preceding"), [side, scene.id_before(q, 1), few.1, few.0]);
        f.add(named!("behind"), [side, scene.id(q.end), gap]);
        for i in lo..hi.min(lo + 20) {
            if any_of(scene.key(i), PARTING) {
                f.add(named!("between"), [side, scene.id(i)]);
                f.add(named!("between class"), [side, class, scene.id(i)]);
            }
        }
        let verb = scene.cues.iter().any(|c| {
            matches!(c.signal, Signal::Up | Signal::Down | Signal::Level)
                && c.first >= m.end
                && c.first <= m.end + 3
        });
        f.add(named!("acts"), [side, u32::from(verb), crossed.min(2)]);
        f.add(named!("first"), [u32::from(place == 0), side, class]);
        f.add(named!("opens"), [u32::from(m.first <= scene.range.start + 1), side, crossed]);
        f.add(named!("sees"), [u32::from(scene.sees(q, m.first)), side]);
        f.add(named!("owns"), [u32::from(scene.key(m.end) == "'s"), side, gap]);
        let closer = self.closer(m).min(3);
        f.add(named!("closer"), [side, closer]);
        f.add(named!("closer others"), [side, closer, others, wall]);
        let named = scene.mentions.len().min(5) as u32;
        f.add(named!("listed"), [self.listed, place.min(4) as u32, named]);
        f.add(named!("joint"), [self.joint, side, few.1, crossed.min(2)]);
        f.add(named!("code side"), [id(m.code), side, metric]);
        f.add(named!("brackets"), [u32::from(scene.in_brackets(q).is_some()), side, gap]);
        f
    }

    /// How many other figures are nearer to a mention.
    fn closer(&self, m: &Mention) -> u32 {
        let (scene, q) = (self.subjects.scene, self.q);
        let distance = |o: &Quantity| match () {
            () if m.first >= o.end => m.first - o.end,
            () if o.first >= m.end => o.first - m.end,
            () => 0,
        };
        let own = distance(q);
        let closer = scene.quantities.iter().filter(|o| {
            let figure = !matches!(o.measure, Measure::Duration(_) | Measure::Ordinal);
            figure && o.first != q.first && distance(o) < own
        });
        closer.count() as u32
    }
}
