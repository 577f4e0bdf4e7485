//! The periods that a figure may be of: what each time of its sentence or from before stands for,
//! stretches between two of them, and what holds where no time is named. With what speaks for each.

use jiff::civil::Date;

use super::super::choice::{Features, bucket, id};
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time, last_session};
use super::{Moments, is_state, is_valuation};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

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
        ruled: &[Period],
    ) -> Vec<(Option<Period>, Features)> {
        let moved = reading.metric == "yield" && moments.is_move(q);
        let class = if moved { id("yield move") } else { class(reading.metric) };
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
            f.ruled(id("rule"), [bucket(place)]);
            f.ruled(id("rule of"), [class, bucket(place)]);
            f.ruled(id("rule form"), [bucket(place), form(*period)]);
            f.ruled(
                id("rule times"),
                [bucket(place), bucket(before.min(2)), bucket(all.context.after.min(2))],
            );
            all.push(*period, f);
        }
        let mut f = Features::default();
        f.add(id("open"), [class]);
        f.add(id("open of"), [id(reading.metric)]);
        f.add(id("open times"), [class, bucket(before.min(2)), bucket(all.context.after.min(2))]);
        f.add(id("open aspect"), [class, all.context.aspect]);
        f.add(id("open preceding"), [all.context.preceding]);
        f.add(id("open ruled"), [class, u32::from(ruled.is_empty())]);
        for word in &all.context.words {
            f.add(id("open tells"), [*word]);
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
        f.add(id("own"), [m, side]);
        f.add(id("gap"), [side, gap]);
        f.add(id("gap of"), [m, side, gap]);
        f.add(id("crossed"), [side, crossed.min(4)]);
        f.add(id("crossed of"), [m, side, crossed.min(3)]);
        f.add(id("wall"), [side, wall]);
        f.add(id("wall crossed"), [side, wall, crossed.min(2)]);
        f.add(id("prep"), [side, prep]);
        f.add(id("prep of"), [m, side, prep]);
        f.add(id("prep kind"), [kind, prep, side]);
        f.add(id("head"), [side, word(t.first)]);
        f.add(id("head of"), [m, word(t.first)]);
        f.add(id("next"), [side, word(t.end)]);
        f.add(id("last"), [m, word(t.end - 1)]);
        f.add(id("kind"), [m, kind]);
        f.add(id("kind side"), [side, kind]);
        let times = scene.times.iter().filter(|o| o.first >= lo && o.end <= hi).count() as u32;
        f.add(id("times"), [side, times.min(3)]);
        f.add(id("times of"), [m, side, times.min(2)]);
        f.add(id("closer"), [side, self.closer(t).min(3)]);
        f.add(id("closer crossed"), [side, self.closer(t).min(3), crossed.min(2), wall]);
        for i in lo..hi.min(lo + 25) {
            if is_joint(scene.key(i)) {
                f.add(id("between"), [side, word(i)]);
            }
        }
        let front = u32::from(t.first <= scene.range.start + 3);
        let trail = u32::from(t.end + 3 >= scene.range.end);
        f.add(id("front"), [front, side, m]);
        f.add(id("trail"), [trail, side, m]);
        f.add(id("front kind"), [front, trail, kind]);
        f.add(id("front crossed"), [front, side, crossed.min(3), wall]);
        f.add(id("sees"), [u32::from(scene.sees(q, t.first))]);
        let role = u32::from(t.as_of) + 2 * u32::from(t.reference) + 4 * u32::from(t.adjective);
        f.add(id("role"), [side, role]);
        f.add(id("role of"), [m, role]);
        f.add(id("role gap"), [side, role, gap]);
        f.ruled(id("fits"), [m, u32::from(self.moments.fits(t, q, self.reading.metric))]);
        f.add(id("only"), [u32::from(scene.times.len() == 1), side, m]);
        let name = id("sentence's");
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
            (Some(*expr), id("trail") ^ age << 3 ^ place.min(3) as u32)
        });
        let named = [
            (memory.heading, id("heading")),
            (memory.sentence, id("sentence")),
            (memory.title, id("title")),
            (memory.stretch, id("stretch")),
            (memory.study, id("study")),
            (memory.as_of.map(Expr::Span), id("as of")),
            (memory.past.map(Expr::Span), id("past")),
            (memory.day.map(Expr::Span), id("day")),
            (memory.reports[0].map(Expr::Span), id("month")),
            (memory.reports[1].map(Expr::Span), id("quarter")),
            (memory.reports[2].map(Expr::Span), id("year")),
            (memory.horizon.map(Expr::Ahead), id("horizon")),
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
            f.add(id("memory"), [m, name]);
            f.add(id("memory kind"), [name, kind]);
            f.add(id("memory times"), [name, b, a]);
            f.add(id("memory times of"), [m, name, b, a]);
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
            keep(id("read"), moments.dated_by(q, reading, Some((0, time))));
            keep(id("state"), moments.state(q, reading.metric, Some(time)));
            keep(id("change"), moments.change(q, reading.metric, time.expr, Some(time)));
            if let Expr::Span(p) | Expr::Since(p) = time.expr {
                keep(id("at"), vec![Period::At(p)]);
                keep(id("whole"), vec![Period::Calendar(p)]);
                if p.grain == Grain::Month {
                    keep(id("next"), vec![Period::At(p.plus(-1)), Period::Calendar(p.plus(-1))]);
                }
                if p.grain == Grain::Day {
                    let step = |n: i64| weekday_from(p.first_day(), n).map(CalendarPeriod::day);
                    let near = [step(1), step(-1)].into_iter().flatten();
                    keep(id("neighbour"), near.map(Period::Calendar).collect());
                    keep(
                        id("week of"),
                        vec![Period::Calendar(CalendarPeriod::containing(
                            Grain::Week,
                            p.first_day(),
                        ))],
                    );
                }
                if let Some(day) = session.filter(|day| p.last_day() < *day) {
                    keep(id("until now"), vec![Period::Between(p, CalendarPeriod::day(day))]);
                }
            }
            if let Expr::Range(from, to) = time.expr {
                keep(id("end of range"), vec![Period::At(to), Period::At(from)]);
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
        f.add(id("how"), [m, how]);
        f.add(id("how kind"), [kind, how, u32::from(self.state)]);
        f.add(id("how kind of"), [kind, how, m]);
        f.add(id("kind form"), [kind, form(period)]);
        if source.own {
            let scene = self.moments.scene;
            let prep = source.time.first.checked_sub(1).map_or(0, |i| id(scene.key(i)));
            f.add(id("how prep"), [prep, how, kind]);
            f.add(id("how head"), [id(scene.key(source.time.first)), how, kind]);
            f.add(id("how role"), [how, kind, u32::from(source.time.reference)]);
        } else {
            f.add(id("how memory"), [source.name, how]);
        }
        self.push(period, f);
    }

    /// From one time to another: `after bottoming on April 8 … by Friday's close`.
    fn stretches(&mut self) {
        let mut anchors: Vec<(CalendarPeriod, u32, u32)> = Vec::new();
        for s in &self.sources {
            let role = u32::from(s.time.reference) + 2 * u32::from(s.time.as_of);
            let name = if s.own { id("own") ^ s.side } else { s.name };
            let mut add = |p: CalendarPeriod| {
                let short = matches!(p.grain, Grain::Day | Grain::Month);
                if short && !anchors.iter().any(|(known, ..)| *known == p) {
                    anchors.push((p, name, role));
                }
            };
            match s.time.expr {
                Expr::Span(p) | Expr::Since(p) => {
                    add(p);
                    if p.grain > Grain::Day && p.grain != Grain::Half {
                        add(CalendarPeriod::day(last_session(p)));
                    }
                }
                Expr::Range(a, b) => [a, b].into_iter().for_each(add),
                _ => {}
            }
        }
        for (place, period) in self.moments.remembered.spoken.iter().flatten().enumerate() {
            if let Some(day) = period.1.last_day() {
                let p = CalendarPeriod::day(last_session(CalendarPeriod::day(day)));
                if !anchors.iter().any(|(known, ..)| *known == p) {
                    anchors.push((p, id("spoken") ^ place.min(2) as u32, 0));
                }
            }
        }
        for &(day, name) in &self.days {
            let p = CalendarPeriod::day(last_session(CalendarPeriod::day(day)));
            if !anchors.iter().any(|(known, ..)| *known == p) {
                anchors.push((p, name, 0));
            }
        }
        anchors.truncate(12);
        for i in 0..anchors.len() {
            for j in 0..anchors.len() {
                let ((a, from, role), (b, to, _)) = (anchors[i], anchors[j]);
                if a.grain != b.grain || a.last_day() >= b.first_day() {
                    continue;
                }
                let mut f = Features::default();
                f.add(id("stretch"), [from, to]);
                f.add(id("stretch of"), [self.class, from, to]);
                f.add(id("stretch role"), [from, to, role]);
                f.add(id("stretch aspect"), [self.context.aspect, from, to]);
                f.add(id("stretch grain"), [self.class, a.grain as u32]);
                self.push(Period::Between(a, b), f);
            }
        }
    }

    /// A length of time up to each day that it may reach to.
    fn lengths(&mut self) {
        let mut ends: Vec<(Date, u32)> = Vec::new();
        let mut end = |day: Date, name: u32| {
            if !ends.iter().any(|(known, _)| *known == day) {
                ends.push((day, name));
            }
        };
        for s in &self.sources {
            if let Expr::Span(p) | Expr::Range(_, p) = s.time.expr
                && p.grain < Grain::Year
            {
                let name = if s.own { id("own") ^ s.side } else { s.name };
                end(if p.grain == Grain::Day { p.first_day() } else { p.last_day() }, name);
            }
        }
        for (place, (_, period, _)) in self.moments.remembered.spoken.iter().flatten().enumerate() {
            if let Some(day) = period.last_day() {
                end(day, id("spoken") ^ place.min(2) as u32);
            }
        }
        for &(day, name) in &self.days {
            end(day, name);
            let month = CalendarPeriod::containing(Grain::Month, day).plus(-1);
            end(month.last_day(), id("month end"));
            let year = CalendarPeriod::containing(Grain::Year, day).plus(-1);
            end(year.last_day(), id("year end"));
        }
        ends.truncate(10);
        let mut lengths: Vec<(Length, u32, u32)> = Vec::new();
        for s in &self.sources {
            if let Expr::Length(l) | Expr::Trailing(l) | Expr::Ahead(l) | Expr::Until(l, _) =
                s.time.expr
            {
                lengths.push((
                    l,
                    if s.own { id("own") ^ s.side } else { s.name },
                    kind(s.time.expr),
                ));
            }
        }
        for (length, from, kind) in lengths {
            for (day, name) in &ends {
                let mut f = Features::default();
                f.add(id("length"), [from, *name]);
                f.add(id("length of"), [self.class, from, *name]);
                f.add(id("length kind"), [kind, *name]);
                f.add(id("length unit"), [length.unit as u32, *name]);
                self.push(Period::Trailing(length, *day), f);
            }
            let mut f = Features::default();
            f.add(id("forward"), [from, kind]);
            f.add(id("forward of"), [self.class, from]);
            self.push(Period::Forward(length), f);
        }
    }

    /// The periods of the figures before.
    fn spoken(&mut self) {
        let memory = &self.moments.remembered;
        let former = memory.former.map(|(metric, period)| (metric, period, id("former")));
        let spoken = memory.spoken.iter().flatten().enumerate();
        let spoken = spoken.map(|(n, (metric, p, age))| {
            (*metric, *p, id("spoken") ^ n as u32 ^ u32::from((*age).min(8)) << 4)
        });
        let (b, a) = (self.context.before.min(2) as u32, self.context.after.min(2) as u32);
        for (metric, period, name) in former.into_iter().chain(spoken).collect::<Vec<_>>() {
            let mut f = Features::default();
            let same = u32::from(metric == self.reading.metric);
            f.add(id("said"), [name, same]);
            f.add(id("said of"), [self.class, class(metric), name]);
            f.add(id("said times"), [name, same, b, a]);
            f.add(id("said wall"), [name, same, self.context.wall]);
            f.add(id("said preceding"), [name, self.context.preceding]);
            self.push(period, f);
            if let Period::Calendar(p) | Period::At(p) = period {
                for n in [-1, 1] {
                    let mut f = Features::default();
                    f.add(id("said beside"), [name, self.class, n as u32]);
                    f.add(id("said beside preceding"), [name, self.context.preceding, n as u32]);
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
                f.add(id("said end"), [name, self.class]);
                f.add(id("said end preceding"), [name, self.context.preceding]);
                self.push(Period::At(p), f);
            }
        }
    }

    /// What holds where no time is named.
    fn defaults(&mut self) {
        let mut fixed: Vec<(Period, u32)> = Vec::new();
        for period in self.moments.dated_by(self.q, self.reading, None) {
            fixed.push((period, id("default")));
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
            f.add(id("fixed"), [name]);
            f.add(id("fixed of"), [m, name]);
            f.add(id("fixed form"), [m, name, form(period)]);
            f.add(id("fixed times"), [name, b, a]);
            f.add(id("fixed times of"), [m, name, b, a]);
            f.add(id("fixed sentence"), [name, m, sentence]);
            f.add(id("fixed heading"), [name, m, heading]);
            f.add(id("fixed title"), [name, m, title]);
            self.push(period, f);
        }
    }

    /// Keeps a candidate with what speaks for its period whatever its source.
    fn push(&mut self, period: Period, mut f: Features) {
        let (m, context) = (self.class, &self.context);
        let (form, end) = (form(period), self.end(period));
        f.add(id("form"), [m, form]);
        f.add(id("form of"), [id(self.reading.metric), form]);
        f.add(id("end"), [m, end]);
        f.add(id("end form"), [form, end]);
        f.add(id("preceding"), [context.preceding, m, form]);
        f.add(id("preceding end"), [context.preceding, end]);
        f.add(id("aspect"), [context.aspect, m, form]);
        f.add(id("aspect end"), [context.aspect, end]);
        let (b, a) = (context.before.min(2) as u32, context.after.min(2) as u32);
        f.add(id("has"), [m, b, a, form]);
        f.add(id("size"), [m, context.size, form]);
        f.add(id("size end"), [m, context.size, end, form]);
        f.add(id("look"), [m, context.look, form]);
        f.add(id("look end"), [context.look, end, form]);
        f.add(id("unit"), [context.measure, m, form]);
        for word in &context.words {
            f.add(id("tells"), [*word, form]);
            f.add(id("tells end"), [*word, m, end]);
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
            f.add(id("ends as said"), [ends.count().min(4) as u32, form, end]);
            f.add(
                id("repeats"),
                [u32::from((*age).min(8)), same, repeats, context.before.min(1) as u32],
            );
            f.add(
                id("follows"),
                [super::candidate::form(*said), form, same, u32::from((*age).min(5))],
            );
        }
        match self.moments.remembered.former {
            Some((metric, former)) => {
                let other = self.moments.remembered.other_entity;
                f.add(
                    id("former other"),
                    [m, u32::from(other), u32::from(former == period), context.wall],
                );
                f.add(id("former form"), [m, super::candidate::form(former), form]);
                let (same, repeats) =
                    (u32::from(metric == self.reading.metric), u32::from(former == period));
                f.add(id("former"), [m, same, repeats]);
                f.add(id("former of"), [m, class(metric), repeats]);
                f.add(id("former wall"), [m, context.wall, repeats]);
            }
            None => f.add(id("first"), [m, form]),
        }
        self.out.push((period, f));
    }

    /// Where a period ends, seen from the day of publication.
    fn end(&self, period: Period) -> u32 {
        let super::Anchor { session, published } = self.moments.anchor;
        let Some(last) = period.last_day() else { return 0 };
        if let Some((_, name)) =
            self.days.iter().skip(1).find(|(day, _)| *day == last && published != Some(last))
        {
            return 10 + (name & 7);
        }
        let age = |day: Option<Date>| day.map_or(10_000, |day| (day - last).get_days());
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

/// How large a number is.
fn size(value: f64) -> u32 {
    const STEPS: [f64; 11] = [0.3, 1.0, 2.0, 3.5, 6.0, 10.0, 16.0, 25.0, 45.0, 90.0, 250.0];
    STEPS.iter().take_while(|step| value.abs() >= **step).count() as u32
}

/// From where the article looks back: at a weekend, long after its last session, on a day that
/// ends a month.
fn look(moments: &Moments) -> u32 {
    let Some((published, session)) = moments.anchor.published.zip(moments.anchor.session) else {
        return 99;
    };
    let weekend = published.weekday().to_monday_one_offset() > 5;
    let lag = (published - session).get_days().clamp(0, 9) as u32;
    let early = published.day() <= 8;
    u32::from(weekend) + 2 * lag + 32 * u32::from(early)
}

/// Words of a sentence that tell over what time its figures run, and its first word.
fn telling(moments: &Moments, q: &Quantity) -> Vec<u32> {
    let scene = moments.scene;
    let telling = |word: &str| {
        matches!(
            word,
            "day"
                | "days"
                | "today"
                | "session"
                | "sessions"
                | "week"
                | "weeks"
                | "weekly"
                | "month"
                | "months"
                | "monthly"
                | "quarter"
                | "quarterly"
                | "year"
                | "years"
                | "annual"
                | "annualized"
                | "yearly"
                | "decade"
                | "ytd"
                | "average"
                | "averaged"
                | "later"
                | "after"
                | "following"
                | "subsequent"
                | "next"
                | "since"
                | "low"
                | "high"
                | "peak"
                | "trough"
                | "record"
                | "rally"
                | "rebound"
                | "so"
                | "far"
                | "yesterday"
                | "closed"
                | "close"
                | "ended"
                | "finished"
                | "settled"
                | "lost"
                | "traded"
                | "trading"
                | "expects"
                | "forecast"
                | "target"
                | "could"
                | "will"
                | "history"
                | "historically"
                | "median"
                | "past"
                | "last"
                | "then"
                | "january"
                | "period"
                | "half"
                | "inception"
        )
    };
    let mut words: Vec<u32> = Vec::new();
    for i in scene.range.clone() {
        let key = scene.key(i);
        if telling(key) {
            let near = i + 8 >= q.first && i <= q.end + 8;
            let word = id(key) ^ u32::from(near) ^ 2 * u32::from(i >= q.end);
            if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words.push(id("opens") ^ id(scene.key(scene.range.start)));
    words
}

/// The session that is reported on, the day of publication, the weekday and the Friday before it:
/// each once.
fn days(moments: &Moments) -> Vec<(Date, u32)> {
    let super::Anchor { session, published } = moments.anchor;
    let eve = published.and_then(|day| weekday_from(day, -1));
    let friday = published.and_then(|day| day.nth_weekday(-1, jiff::civil::Weekday::Friday).ok());
    let mut out: Vec<(Date, u32)> = Vec::new();
    for (day, name) in [session, published, eve, friday].into_iter().zip(0..) {
        if let Some(day) = day
            && !out.iter().any(|(known, _)| *known == day)
        {
            out.push((day, name));
        }
    }
    out
}

/// The tense of what is said up to a figure.
fn aspect(moments: &Moments, q: &Quantity) -> u32 {
    let scene = moments.scene;
    let words = (scene.range.start..q.first).rev().take(14).find_map(|i| match scene.key(i) {
        "has" | "have" => Some(1),
        "had" => Some(2),
        "is" | "are" => Some(3),
        "was" | "were" => Some(4),
        "now" | "currently" | "today" => Some(5),
        "will" | "would" | "could" | "may" => Some(6),
        _ => None,
    });
    words.unwrap_or(0)
}

fn weekday_from(day: Date, step: i64) -> Option<Date> {
    let mut day = day;
    loop {
        day = day.checked_add(jiff::Span::new().days(step)).ok()?;
        if day.weekday().to_monday_one_offset() <= 5 {
            return Some(day);
        }
    }
}

/// Words that join or part clauses and phrases.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "while"
            | "whereas"
            | "which"
            | "than"
            | "versus"
            | "against"
            | "with"
            | "after"
            | "from"
            | "to"
            | "since"
            | "when"
            | "before"
            | ","
            | ";"
            | "("
            | ")"
            | ":"
            | "as"
            | "that"
            | "for"
            | "up"
            | "down"
            | "has"
            | "have"
            | "had"
            | "is"
            | "was"
            | "who"
            | "where"
            | "although"
            | "though"
            | "compared"
            | "in"
            | "on"
            | "of"
            | "by"
            | "at"
            | "–"
            | "—"
            | "following"
            | "over"
            | "then"
            | "now"
            | "its"
    )
}

/// Metrics that are dated alike.
fn class(metric: &str) -> u32 {
    id(match metric {
        "return" | "annualized_return" => "return",
        "level" | "moving_average" => "level",
        "rate_change" | "cut_probability" => "decision",
        "inflation" | "unemployment" | "pmi" | "gdp_growth" => "release",
        "record_count" | "fund_flow" | "earnings_growth" => "flow",
        m if m.starts_with("event") => "event",
        m if is_valuation(m) => "valuation",
        m => m,
    })
}

/// What kind of expression it is.
fn kind(expr: Expr) -> u32 {
    let unit = |l: Length| {
        l.unit as u32 + if l.unit == LengthUnit::Months && l.count == 12 { 9 } else { 0 }
    };
    let (name, size) = match expr {
        Expr::Span(p) => ("span", p.grain as u32),
        Expr::ToDate(grain) => ("to date", grain as u32),
        Expr::Trailing(l) => ("trailing", unit(l)),
        Expr::Until(..) => ("until", 0),
        Expr::Ahead(l) => ("ahead", unit(l)),
        Expr::Length(l) => ("length", unit(l)),
        Expr::Since(p) => ("since", p.grain as u32),
        Expr::Range(a, b) => ("range", a.grain as u32 * 8 + b.grain as u32),
        Expr::Vague => ("vague", 0),
        Expr::Ago(l) => ("ago", unit(l)),
        Expr::SinceThen => ("since then", 0),
        Expr::Same(grain) => ("same", grain.map_or(99, |g| g as u32)),
    };
    id(name) ^ size
}

/// What form a period has.
fn form(period: Period) -> u32 {
    let (name, size) = match period {
        Period::Calendar(p) => ("calendar", p.grain as u32),
        Period::At(p) => ("at", p.grain as u32),
        Period::ToDate(grain, _) => ("to date", grain as u32),
        Period::Trailing(l, _) => ("trailing", l.unit as u32),
        Period::Between(a, b) => ("between", a.grain as u32 * 8 + b.grain as u32),
        Period::Forward(l) => ("forward", l.unit as u32),
        Period::Each(grain) => ("each", grain as u32),
    };
    id(name) ^ size
}
