//! The periods that a figure may be of: what each time of its sentence or from before stands for,
//! stretches between two of them, and what holds where no time is named. With what speaks for each.

mod around;
mod form;
mod reach;

use jiff::civil::Date;

use super::super::choice::{Features, bucket, id, named};
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time};
use super::{Anchor, Moments, is_state};
use crate::time::{CalendarPeriod, Grain, Period};
use around::{aspect, days, look, size, telling, weekday_from};
use form::{class, form, is_joint, kind};

const BEFORE: u32 = 1;
const AFTER: u32 = 2;

/// A time that may be the figure's, with what speaks for it whatever it is taken to stand for.
struct Source {
    time: Time,
    /// What kind of source it is: the sentence itself, the heading and so on.
    name: u32,
    own: bool,
    /// Where it stands: before or behind the figure.
    side: u32,
    features: Features,
}

/// The candidates of one figure.
pub(super) struct Candidates<'m, 'a> {
    moments: &'m Moments<'a>,
    q: &'m Quantity,
    reading: &'m Reading,
    ruled: &'m [Period],
    /// Metrics that are dated alike.
    class: u32,
    state: bool,
    sources: Vec<Source>,
    /// What every candidate shares.
    context: Context,
    out: Vec<(Period, Features)>,
    /// The days up to which what is said may reach, with what they are.
    days: Vec<(Date, u32)>,
}

/// What is around a figure, whatever its period.
struct Context {
    before: usize,
    after: usize,
    preceding: u32,
    aspect: u32,
    /// How hard the figure before is separated from this one.
    wall: u32,
    /// How large the figure is, in steps of a factor.
    size: u32,
    /// Words of the sentence that tell of periods, each once.
    words: Vec<u32>,
    /// How the article looks on: published at a weekend, days after its last session.
    look: u32,
    measure: u32,
}

impl<'m, 'a> Candidates<'m, 'a> {
    pub(super) fn of(
        moments: &'m Moments<'a>,
        q: &'m Quantity,
        reading: &'m Reading,
        ruled: &'m [Period],
    ) -> Vec<(Option<Period>, Features)> {
        let moved = reading.metric == "yield" && moments.is_move(q);
        let class = if moved { named!("yield move") } else { class(reading.metric) };
        let scene = moments.scene;
        let before = scene.times.iter().filter(|t| t.end <= q.first).count();
        let last = scene.quantities.iter().rev().find(|o| o.end <= q.first);
        let context = Context {
            before,
            after: scene.times.len() - before,
            preceding: id(scene.before(q, 1)),
            aspect: aspect(moments, q),
            wall: last.map_or(99, |o| bucket(scene.boundary(o.end, q.first))),
            size: size(q.value),
            words: telling(moments, q),
            look: look(moments),
            measure: id(reading.unit),
        };
        let state = is_state(reading.metric) && !moved;
        let (sources, out) = (Vec::new(), Vec::new());
        let mut all = Candidates {
            moments,
            q,
            reading,
            ruled,
            class,
            state,
            sources,
            context,
            out,
            days: days(moments),
        };
        all.own_times();
        all.remembered_times();
        all.readings();
        all.stretches();
        all.lengths();
        all.spoken();
        all.defaults();
        for (place, period) in ruled.iter().enumerate() {
            let mut f = Features::default();
            f.ruled(named!("rule"), [bucket(place)]);
            f.ruled(named!("rule of"), [class, bucket(place)]);
            f.ruled(named!("rule form"), [bucket(place), form(*period)]);
            f.ruled(
                named!("rule times"),
                [bucket(place), bucket(before.min(2)), bucket(all.context.after.min(2))],
            );
            all.push(*period, f);
        }
        let mut f = Features::default();
        f.add(named!("open"), [class]);
        f.add(named!("open of"), [id(reading.metric)]);
        f.add(
            named!("open times"),
            [class, bucket(before.min(2)), bucket(all.context.after.min(2))],
        );
        f.add(named!("open aspect"), [class, all.context.aspect]);
        f.add(named!("open preceding"), [all.context.preceding]);
        f.add(named!("open ruled"), [class, u32::from(ruled.is_empty())]);
        for word in &all.context.words {
            f.add(named!("open tells"), [*word]);
        }
        let open = (None, f);
        all.out.into_iter().map(|(p, f)| (Some(p), f)).chain([open]).collect()
    }

    fn own_times(&mut self) {
        for time in &self.moments.scene.times {
            let source = self.own_time(time);
            self.sources.push(source);
        }
    }

    fn own_time(&self, t: &Time) -> Source {
        let (scene, q, m) = (self.moments.scene, self.q, self.class);
        let side = if t.first >= q.end { AFTER } else { BEFORE };
        let (lo, hi) = if side == AFTER { (q.end, t.first) } else { (t.end, q.first.max(t.end)) };
        let crossed = scene.between(lo, hi) as u32;
        let wall = bucket(scene.boundary(lo, hi));
        let (gap, kind) = (bucket(hi - lo), kind(t.expr));
        let word = |i: usize| id(scene.key(i));
        let prep = t.first.checked_sub(1).map_or(0, word);
        let mut f = Features::default();
        f.add(named!("own"), [m, side]);
        f.add(named!("gap"), [side, gap]);
        f.add(named!("gap of"), [m, side, gap]);
        f.add(named!("crossed"), [side, crossed.min(4)]);
        f.add(named!("crossed of"), [m, side, crossed.min(3)]);
        f.add(named!("wall"), [side, wall]);
        f.add(named!("wall crossed"), [side, wall, crossed.min(2)]);
        f.add(named!("prep"), [side, prep]);
        f.add(named!("prep of"), [m, side, prep]);
        f.add(named!("prep kind"), [kind, prep, side]);
        f.add(named!("head"), [side, word(t.first)]);
        f.add(named!("head of"), [m, word(t.first)]);
        f.add(named!("next"), [side, word(t.end)]);
        f.add(named!("last"), [m, word(t.end - 1)]);
        f.add(named!("kind"), [m, kind]);
        f.add(named!("kind side"), [side, kind]);
        let times = scene.times.iter().filter(|o| o.first >= lo && o.end <= hi).count() as u32;
        f.add(named!("times"), [side, times.min(3)]);
        f.add(named!("times of"), [m, side, times.min(2)]);
        f.add(named!("closer"), [side, self.closer(t).min(3)]);
        f.add(named!("closer crossed"), [side, self.closer(t).min(3), crossed.min(2), wall]);
        for i in lo..hi.min(lo + 25) {
            if is_joint(scene.key(i)) {
                f.add(named!("between"), [side, word(i)]);
            }
        }
        let front = u32::from(t.first <= scene.range.start + 3);
        let trail = u32::from(t.end + 3 >= scene.range.end);
        f.add(named!("front"), [front, side, m]);
        f.add(named!("trail"), [trail, side, m]);
        f.add(named!("front kind"), [front, trail, kind]);
        f.add(named!("front crossed"), [front, side, crossed.min(3), wall]);
        f.add(named!("sees"), [u32::from(scene.sees(q, t.first))]);
        let role = u32::from(t.as_of) + 2 * u32::from(t.reference) + 4 * u32::from(t.adjective);
        f.add(named!("role"), [side, role]);
        f.add(named!("role of"), [m, role]);
        f.add(named!("role gap"), [side, role, gap]);
        f.ruled(named!("fits"), [m, u32::from(self.moments.fits(t, q, self.reading.metric))]);
        f.add(named!("only"), [u32::from(scene.times.len() == 1), side, m]);
        let name = named!("sentence's");
        Source { time: *t, name, own: true, side, features: f }
    }

    /// How many other figures are nearer to a time.
    fn closer(&self, t: &Time) -> u32 {
        let distance = |o: &Quantity| match () {
            () if t.first >= o.end => t.first - o.end,
            () if o.first >= t.end => o.first - t.end,
            () => 0,
        };
        let own = distance(self.q);
        let other = |o: &&Quantity| {
            let figure = !matches!(o.measure, Measure::Duration(_) | Measure::Ordinal);
            o.first != self.q.first && figure && distance(o) < own
        };
        self.moments.scene.quantities.iter().filter(other).count() as u32
    }

    fn remembered_times(&mut self) {
        let memory = &self.moments.remembered;
        let mut known: Vec<(Expr, u32)> = Vec::new();
        let trail = memory.trail.iter().flatten().enumerate().map(|(place, (expr, age))| {
            let age = u32::from((*age).min(8));
            (Some(*expr), named!("trail") ^ age << 3 ^ place.min(3) as u32)
        });
        let named = [
            (memory.heading, named!("heading")),
            (memory.sentence, named!("sentence")),
            (memory.title, named!("title")),
            (memory.stretch, named!("stretch")),
            (memory.study, named!("study")),
            (memory.as_of.map(Expr::Span), named!("as of")),
            (memory.past.map(Expr::Span), named!("past")),
            (memory.day.map(Expr::Span), named!("day")),
            (memory.reports[0].map(Expr::Span), named!("month")),
            (memory.reports[1].map(Expr::Span), named!("quarter")),
            (memory.reports[2].map(Expr::Span), named!("year")),
            (memory.horizon.map(Expr::Ahead), named!("horizon")),
        ];
        for (expr, name) in named.into_iter().chain(trail) {
            let Some(expr) = expr else { continue };
            let at = known.iter().position(|(e, _)| *e == expr);
            let at = match at {
                Some(at) => at,
                None => {
                    known.push((expr, name));
                    let time = Time::bare_expr(self.q.first, expr);
                    let features = Features::default();
                    self.sources.push(Source { time, name, own: false, side: 0, features });
                    known.len() - 1
                }
            };
            let first = self.sources.len() - known.len();
            let (m, kind) = (self.class, kind(expr));
            let (b, a) = (self.context.before.min(1) as u32, self.context.after.min(1) as u32);
            let f = &mut self.sources[first + at].features;
            f.add(named!("memory"), [m, name]);
            f.add(named!("memory kind"), [name, kind]);
            f.add(named!("memory times"), [name, b, a]);
            f.add(named!("memory times of"), [m, name, b, a]);
        }
    }

    /// What each source stands for.
    fn readings(&mut self) {
        let (moments, q, reading) = (self.moments, self.q, self.reading);
        let session = moments.anchor.session;
        for at in 0..self.sources.len() {
            let time = self.sources[at].time;
            let mut found: Vec<(Period, u32)> = Vec::new();
            let mut keep = |name: u32, periods: Vec<Period>| {
                for (place, period) in periods.into_iter().enumerate() {
                    if !found.iter().any(|(known, _)| *known == period) {
                        found.push((period, name ^ bucket(place)));
                    }
                }
            };
            keep(named!("read"), moments.dated_by(q, reading, Some((0, time))));
            keep(named!("state"), moments.state(q, reading.metric, Some(time)));
            keep(named!("change"), moments.change(q, reading.metric, time.expr, Some(time)));
            if let Expr::Span(p) | Expr::Since(p) = time.expr {
                keep(named!("at"), vec![Period::At(p)]);
                keep(named!("whole"), vec![Period::Calendar(p)]);
                if p.grain == Grain::Month {
                    keep(
                        named!("next"),
                        vec![Period::At(p.plus(-1)), Period::Calendar(p.plus(-1))],
                    );
                }
                if p.grain == Grain::Day {
                    let step = |n: i64| weekday_from(p.first_day(), n).map(CalendarPeriod::day);
                    let near = [step(1), step(-1)].into_iter().flatten();
                    keep(named!("neighbour"), near.map(Period::Calendar).collect());
                    keep(
                        named!("week of"),
                        vec![Period::Calendar(CalendarPeriod::containing(
                            Grain::Week,
                            p.first_day(),
                        ))],
                    );
                }
                if let Some(day) = session.filter(|day| p.last_day() < *day) {
                    keep(named!("until now"), vec![Period::Between(p, CalendarPeriod::day(day))]);
                }
            }
            if let Expr::Range(from, to) = time.expr {
                keep(named!("end of range"), vec![Period::At(to), Period::At(from)]);
            }
            for (period, how) in found {
                self.push_read(at, period, how);
            }
        }
    }

    fn push_read(&mut self, at: usize, period: Period, how: u32) {
        let source = &self.sources[at];
        let (m, kind) = (self.class, kind(source.time.expr));
        let mut f = source.features.clone();
        f.add(named!("how"), [m, how]);
        f.add(named!("how kind"), [kind, how, u32::from(self.state)]);
        f.add(named!("how kind of"), [kind, how, m]);
        f.add(named!("kind form"), [kind, form(period)]);
        if source.own {
            let scene = self.moments.scene;
            let prep = source.time.first.checked_sub(1).map_or(0, |i| id(scene.key(i)));
            f.add(named!("how prep"), [prep, how, kind]);
            f.add(named!("how head"), [id(scene.key(source.time.first)), how, kind]);
            f.add(named!("how role"), [how, kind, u32::from(source.time.reference)]);
        } else {
            f.add(named!("how memory"), [source.name, how]);
        }
        self.push(period, f);
    }

    /// The periods of the figures before.
    fn spoken(&mut self) {
        let memory = &self.moments.remembered;
        let former = memory.former.map(|(metric, period)| (metric, period, named!("former")));
        let spoken = memory.spoken.iter().flatten().enumerate();
        let spoken = spoken.map(|(n, (metric, p, age))| {
            (*metric, *p, named!("spoken") ^ n as u32 ^ u32::from((*age).min(8)) << 4)
        });
        let (b, a) = (self.context.before.min(2) as u32, self.context.after.min(2) as u32);
        for (metric, period, name) in former.into_iter().chain(spoken).collect::<Vec<_>>() {
            let mut f = Features::default();
            let same = u32::from(metric == self.reading.metric);
            f.add(named!("said"), [name, same]);
            f.add(named!("said of"), [self.class, class(metric), name]);
            f.add(named!("said times"), [name, same, b, a]);
            f.add(named!("said wall"), [name, same, self.context.wall]);
            f.add(named!("said preceding"), [name, self.context.preceding]);
            self.push(period, f);
            if let Period::Calendar(p) | Period::At(p) = period {
                for n in [-1, 1] {
                    let mut f = Features::default();
                    f.add(named!("said beside"), [name, self.class, n as u32]);
                    f.add(
                        named!("said beside preceding"),
                        [name, self.context.preceding, n as u32],
                    );
                    let beside = match (p.grain, period) {
                        (Grain::Day, _) => {
                            weekday_from(p.first_day(), i64::from(n)).map(CalendarPeriod::day)
                        }
                        _ => Some(p.plus(n)),
                    };
                    let Some(p) = beside else { continue };
                    self.push(
                        if matches!(period, Period::At(_)) {
                            Period::At(p)
                        } else {
                            Period::Calendar(p)
                        },
                        f,
                    );
                }
            }
            let last = period.last_day().map(CalendarPeriod::day);
            if let Some(p) = last {
                let mut f = Features::default();
                f.add(named!("said end"), [name, self.class]);
                f.add(named!("said end preceding"), [name, self.context.preceding]);
                self.push(Period::At(p), f);
            }
        }
    }

    /// What holds where no time is named.
    fn defaults(&mut self) {
        let mut fixed: Vec<(Period, u32)> = Vec::new();
        for period in self.moments.dated_by(self.q, self.reading, None) {
            fixed.push((period, named!("default")));
        }
        for &(day, n) in &self.days {
            let of = |name: &str| id(name) ^ n;
            let p = CalendarPeriod::day(day);
            fixed.push((Period::At(p), of("at")));
            fixed.push((Period::Calendar(p), of("day")));
            for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
                let p = CalendarPeriod::containing(grain, day);
                fixed.push((Period::ToDate(grain, day), of("to date")));
                fixed.push((Period::Calendar(p), of("this")));
                fixed.push((Period::At(p), of("at this")));
                for step in [-1, -2, 1] {
                    fixed.push((Period::Calendar(p.plus(step)), of("beside") ^ (step + 8) as u32));
                }
                fixed.push((Period::At(p.plus(-1)), of("at last")));
            }
        }
        let memory = &self.moments.remembered;
        let (sentence, heading) = (memory.sentence.map_or(0, kind), memory.heading.map_or(0, kind));
        let title = memory.title.map_or(0, kind);
        let (b, a) = (self.context.before.min(1) as u32, self.context.after.min(1) as u32);
        for at in 0..fixed.len() {
            let (period, name) = fixed[at];
            if fixed[..at].iter().any(|(known, _)| *known == period) {
                continue;
            }
            let m = self.class;
            let mut f = Features::default();
            f.add(named!("fixed"), [name]);
            f.add(named!("fixed of"), [m, name]);
            f.add(named!("fixed form"), [m, name, form(period)]);
            f.add(named!("fixed times"), [name, b, a]);
            f.add(named!("fixed times of"), [m, name, b, a]);
            f.add(named!("fixed sentence"), [name, m, sentence]);
            f.add(named!("fixed heading"), [name, m, heading]);
            f.add(named!("fixed title"), [name, m, title]);
            self.push(period, f);
        }
    }

    /// Keeps a candidate with what speaks for its period whatever its source.
    fn push(&mut self, period: Period, mut f: Features) {
        let (m, context) = (self.class, &self.context);
        let (shape, end) = (form(period), self.end(period));
        f.0.reserve(32 + 2 * context.words.len());
        if let Some(place) = self.ruled.iter().position(|p| *p == period) {
            f.ruled(named!("as ruled"), [bucket(place)]);
            f.ruled(named!("as ruled of"), [m, bucket(place)]);
            f.ruled(named!("as ruled form"), [shape, bucket(place)]);
        }
        f.add(named!("form"), [m, shape]);
        f.add(named!("form of"), [id(self.reading.metric), shape]);
        f.add(named!("end"), [m, end]);
        f.add(named!("end form"), [shape, end]);
        f.add(named!("preceding"), [context.preceding, m, shape]);
        f.add(named!("preceding end"), [context.preceding, end]);
        f.add(named!("aspect"), [context.aspect, m, shape]);
        f.add(named!("aspect end"), [context.aspect, end]);
        let (b, a) = (context.before.min(2) as u32, context.after.min(2) as u32);
        f.add(named!("has"), [m, b, a, shape]);
        f.add(named!("size"), [m, context.size, shape]);
        f.add(named!("size end"), [m, context.size, end, shape]);
        f.add(named!("look"), [m, context.look, shape]);
        f.add(named!("look end"), [context.look, end, shape]);
        f.add(named!("unit"), [context.measure, m, shape]);
        for word in &context.words {
            f.add(named!("tells"), [*word, shape]);
            f.add(named!("tells end"), [*word, m, end]);
        }
        if let Some(Some((metric, said, age))) = self.moments.remembered.spoken.first() {
            let (same, repeats) =
                (u32::from(*metric == self.reading.metric), u32::from(*said == period));
            let ends = self
                .moments
                .remembered
                .spoken
                .iter()
                .flatten()
                .filter(|(_, p, _)| p.last_day() == period.last_day());
            f.add(named!("ends as said"), [ends.count().min(4) as u32, shape, end]);
            f.add(
                named!("repeats"),
                [u32::from((*age).min(8)), same, repeats, context.before.min(1) as u32],
            );
            f.add(named!("follows"), [form(*said), shape, same, u32::from((*age).min(5))]);
        }
        match self.moments.remembered.former {
            Some((metric, former)) => {
                let other = self.moments.remembered.other_entity;
                f.add(
                    named!("former other"),
                    [m, u32::from(other), u32::from(former == period), context.wall],
                );
                f.add(named!("former form"), [m, form(former), shape]);
                let (same, repeats) =
                    (u32::from(metric == self.reading.metric), u32::from(former == period));
                f.add(named!("former"), [m, same, repeats]);
                f.add(named!("former of"), [m, class(metric), repeats]);
                f.add(named!("former wall"), [m, context.wall, repeats]);
            }
            None => f.add(named!("first"), [m, shape]),
        }
        self.out.push((period, f));
    }

    /// Where a period ends, seen from the day of publication.
    fn end(&self, period: Period) -> u32 {
        let Anchor { session, published } = self.moments.anchor;
        let Some(last) = period.last_day() else { return 0 };
        if let Some((_, name)) =
            self.days.iter().skip(1).find(|(day, _)| *day == last && published != Some(last))
        {
            return 10 + (name & 7);
        }
        let age =
            |day: Option<Date>| day.map_or(10_000, |day| day.duration_since(last).as_hours() / 24);
        match (age(session), age(published)) {
            (0, 0) => 1,
            (0, _) => 2,
            (_, 0) => 3,
            (_, ..0) => 4,
            (1..=7, _) => 5,
            (8..=99, _) => 6,
            _ => 7,
        }
    }
}
