//! The entities that a figure may be about: those that its sentence names, those that were spoken
//! of and what the rules say, with what speaks for each.

use super::super::choice::{Choices, Features, bucket, id, named};
use super::super::claim::Claim;
use super::super::entity::{Class, Mention, OTHER};
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::token::any_of;
use super::super::words::list;
use super::Subjects;

/// Entities that are often meant without being named.
const SILENT: [&str; 9] =
    ["OTHER", "RUT", "SPX", "US_SMALL", "US_LARGE", "US_EQUITY", "FED", "US", "UST:10y"];

impl Subjects<'_> {
    /// What a figure may be about, the likeliest first; `ruled` is its claim as the rules have it.
    /// Nothing where that is a stranger.
    pub(in crate::article) fn choose(
        &self,
        q: &Quantity,
        reading: &Reading,
        ruled: &Claim,
        former: (&[&Claim], usize),
    ) -> Vec<(String, f64)> {
        if ruled.entity == OTHER && self.is_stranger(q, reading) {
            return Vec::new();
        }
        let ruled = (ruled.entity.as_str(), ruled.versus.as_deref());
        let candidates = self.candidates(q, reading, ruled, former);
        let Choices { weights, .. } = self.scene.choices;
        let span = self.scene.tokens.span(q.first, q.end);
        self.scene.choices.note("entity", span, &candidates, String::clone);
        weights.entity.rank(&candidates)
    }

    /// The candidates of a figure; `ruled` is what the rules say with the other side of a
    /// comparison, `former` the claims before, the nearest first, and how many of them are of the
    /// sentence.
    fn candidates(
        &self,
        q: &Quantity,
        reading: &Reading,
        ruled: (&str, Option<&str>),
        (former, own): (&[&Claim], usize),
    ) -> Vec<(String, Features)> {
        let mut out: Vec<(String, Features)> = Vec::new();
        let metric = id(reading.metric);
        for (place, m) in self.scene.mentions.iter().enumerate() {
            let code = self.with_sector(q, self.code(m));
            let mut f = self.mention(place, m, q, reading);
            self.prior(&mut f, &code, metric, (former, ruled));
            out.push((code, f));
        }
        let c = &self.carried;
        let carried = [
            (c.topic, "topic"),
            (c.subject, "subject"),
            (c.index, "index"),
            (c.spoken, "spoken"),
            (c.benchmark, "benchmark"),
            (c.focus, "focus"),
            (c.pair.0, "pair"),
            (c.pair.1, "pair's"),
        ];
        let named = u32::from(self.scene.mentions.iter().any(|m| m.end <= q.first));
        let any = bucket(self.scene.mentions.len().min(2));
        for (code, name) in carried {
            let Some(code) = code else { continue };
            let mut f = Features::default();
            f.add(named!("carried"), [id(name), named, any]);
            f.add(named!("carried of"), [id(name), metric, any]);
            f.add(named!("carried as"), [id(name), id(code), named]);
            self.prior(&mut f, code, metric, (former, ruled));
            out.push((code.to_owned(), f));
        }
        self.said(q, reading, (ruled, former, own), &mut out);
        let listed = self.listed(q);
        for (place, code) in c.list.iter().enumerate() {
            let Some(code) = code else { continue };
            let mut f = Features::default();
            f.add(named!("list"), [place as u32, listed, any]);
            f.add(named!("list named"), [place as u32, listed, named]);
            self.prior(&mut f, code, metric, (former, ruled));
            out.push(((*code).to_owned(), f));
        }
        for code in SILENT {
            let mut f = Features::default();
            f.add(named!("silent"), [id(code), metric]);
            f.add(named!("silent named"), [id(code), named, any]);
            self.prior(&mut f, code, metric, (former, ruled));
            out.push((code.to_owned(), f));
        }
        let (code, versus) = ruled;
        for (code, name) in [(Some(code), "ruled"), (versus, "versus")] {
            let Some(code) = code else { continue };
            let mut f = Features::default();
            f.ruled(id(name), [metric]);
            f.ruled(id(name), [named!("as"), id(code)]);
            f.ruled(id(name), [named!("named"), named, any]);
            f.ruled(
                id(name),
                [named!("former"), u32::from(former.first().is_some_and(|c| c.entity == code))],
            );
            self.prior(&mut f, code, metric, (former, ruled));
            out.push((code.to_owned(), f));
        }
        out
    }

    /// What the claims before are about.
    fn said(
        &self,
        q: &Quantity,
        reading: &Reading,
        (ruled, former, own): ((&str, Option<&str>), &[&Claim], usize),
        out: &mut Vec<(String, Features)>,
    ) {
        let metric = id(reading.metric);
        let named = u32::from(self.scene.mentions.iter().any(|m| m.end <= q.first));
        let any = bucket(self.scene.mentions.len().min(2));
        let joint = self.joint(q);
        let listed = self.listed(q);
        let mut said: Vec<&str> = Vec::new();
        for (place, claim) in former.iter().enumerate() {
            let mut f = Features::default();
            let inside = u32::from(place < own);
            let same = u32::from(claim.metric == reading.metric);
            let known = said.contains(&claim.entity.as_str());
            if !known {
                said.push(&claim.entity);
            }
            let (place, turn) = (place as u32, said.len() as u32 + 8 * u32::from(known));
            f.add(named!("said"), [place, inside, same, any]);
            f.add(named!("said of"), [place, inside, metric, named]);
            f.add(named!("said joint"), [turn, inside, joint, same]);
            f.add(named!("said joint named"), [turn, inside, joint, named, any]);
            f.add(named!("said behind"), [turn, inside, id(self.scene.key(q.end)), named]);
            f.add(named!("said listed"), [place, inside, listed, any]);
            self.prior(&mut f, &claim.entity, metric, (former, ruled));
            out.push((claim.entity.clone(), f));
            if let Some(versus) = &claim.versus {
                let mut f = Features::default();
                f.add(named!("said against"), [place, inside, joint]);
                self.prior(&mut f, versus, metric, (former, ruled));
                out.push((versus.clone(), f));
            }
        }
    }

    /// What joins a figure to the one before it.
    fn joint(&self, q: &Quantity) -> u32 {
        let scene = self.scene;
        let from = scene.quantities.iter().rev().find(|o| o.end <= q.first).map(|o| o.end);
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
        word.map_or(0, |i| id(scene.key(i)))
            ^ bucket(q.first - start)
            ^ u32::from(from.is_some()) << 8
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

    /// What speaks for a code wherever it comes from.
    fn prior(
        &self,
        f: &mut Features,
        code: &str,
        metric: u32,
        (former, ruled): (&[&Claim], (&str, Option<&str>)),
    ) {
        let group = code.split([':', '/']).next().unwrap_or(code);
        let as_ruled = u32::from(ruled.0 == code) + 2 * u32::from(ruled.1 == Some(code));
        f.ruled(named!("as ruled"), [as_ruled]);
        f.ruled(named!("as ruled of"), [as_ruled, metric]);
        f.ruled(named!("as ruled group"), [as_ruled, id(group)]);
        f.add(named!("code"), [id(code), metric]);
        f.add(named!("group"), [id(group), metric]);
        let topic = self.carried.topic.is_some_and(|t| t == code);
        f.add(named!("is topic"), [u32::from(topic), metric]);
        let repeats = former.first().map_or(2, |last| u32::from(last.entity == code));
        f.add(named!("repeats"), [repeats, metric]);
        f.add(
            named!("times said"),
            [bucket(former.iter().filter(|c| c.entity == code).count()), metric],
        );
        let inside = self.scene.mentions.iter().filter(|m| m.code == code).count();
        f.add(named!("times named"), [bucket(inside), id(group)]);
    }

    /// What speaks for a mention.
    fn mention(&self, place: usize, m: &Mention, q: &Quantity, reading: &Reading) -> Features {
        let scene = self.scene;
        let metric = id(reading.metric);
        let mut f = Features::default();
        let side = if m.first >= q.end { 2 } else { 1 };
        let (lo, hi) = if side == 2 { (q.end, m.first) } else { (m.end, q.first.max(m.end)) };
        let (gap, wall) = (bucket(hi - lo), bucket(scene.boundary(lo, hi)));
        let crossed = scene.between(lo, hi).min(4) as u32;
        let class = m.class as u32;
        let word = |i: usize| id(scene.key(i));
        let article = usize::from(m.first > 0 && scene.key(m.first - 1) == "the");
        let prep = m.first.checked_sub(1 + article).map_or(0, word);
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
        f.add(named!("next"), [side, word(m.end)]);
        f.add(named!("next crossed"), [side, word(m.end), crossed.min(1), others.min(1)]);
        f.add(named!("preceding"), [side, id(scene.before(q, 1)), others.min(1), crossed.min(1)]);
        f.add(named!("behind"), [side, word(q.end), gap]);
        let parting = list!(
            "and|but|while|whereas|which|than|versus|vs|against|with|after|from\
            |to|for|of|in|,|;|(|)|:|as|that|compared|'s|over|by|at|its|their|it\
            |outpacing|beating|trailing|topping|ahead|behind|is|was|has|have|had\
            |followed|on|both|each"
        );
        for i in lo..hi.min(lo + 20) {
            let key = scene.key(i);
            if any_of(key, parting) {
                f.add(named!("between"), [side, id(key)]);
                f.add(named!("between class"), [side, class, id(key)]);
            }
        }
        self.role((place, others), m, (q, metric), &mut f);
        f
    }

    /// The part that a mention plays in its sentence; `others` are the mentions between it and the
    /// figure.
    fn role(
        &self,
        (place, others): (usize, u32),
        m: &Mention,
        (q, metric): (&Quantity, u32),
        f: &mut Features,
    ) {
        let scene = self.scene;
        let side = if m.first >= q.end { 2 } else { 1 };
        let (lo, hi) = if side == 2 { (q.end, m.first) } else { (m.end, q.first.max(m.end)) };
        let (gap, wall) = (bucket(hi - lo), bucket(scene.boundary(lo, hi)));
        let crossed = scene.between(lo, hi).min(4) as u32;
        let class = m.class as u32;
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
        let closer = closer.count().min(3) as u32;
        f.add(named!("closer"), [side, closer]);
        f.add(named!("closer others"), [side, closer, others, wall]);
        f.add(
            named!("listed"),
            [self.listed(q), place.min(4) as u32, scene.mentions.len().min(5) as u32],
        );
        f.add(named!("joint"), [self.joint(q), side, others.min(1), crossed.min(2)]);
        f.add(named!("code side"), [id(m.code), side, metric]);
        f.add(named!("brackets"), [u32::from(scene.in_brackets(q).is_some()), side, gap]);
    }
}
