//! The periods that a figure may be of: what each time of its sentence or from before stands for,
//! stretches between two of them, and what holds where no time is named. With what speaks for each.

mod around;
mod form;
mod reach;
mod setting;

use std::hash::{Hash, Hasher};

use jiff::civil::Date;

use super::super::choice::{Features, bucket, id, named};
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time, last_session};
use super::super::token::any_of;
use super::super::words::list;
use super::ledger::{Ledger, Told};
use super::outlook::{Place, number, weekday_from};
use super::{Moments, is_state};
use crate::time::{CalendarPeriod, Grain, Period};
use around::{aspect, look, size, telling};
use form::{class, is_joint, kind};
pub(super) use form::{form, row};
use setting::Settings;

/// The number of no day.
const UNSAID: i32 = i32::MAX;
/// How many candidates there are, mostly.
const USUAL: usize = 200;
/// How many times there are at most, mostly.
const SOURCES: usize = 16;
const BEFORE: u32 = 1;
const AFTER: u32 = 2;

/// A time that may be the figure's, with what speaks for it whatever it is taken to stand for.
struct Source<F> {
    time: Time,
    /// What kind of source it is: the sentence itself, the heading and so on.
    name: u32,
    own: bool,
    /// Where it stands: before or behind the figure.
    side: u32,
    features: F,
}

/// A period that may be meant, or none, with the key by which it is told from others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) period: Option<Period>,
    key: u64,
}

impl PartialEq for Meant {
    fn eq(&self, other: &Meant) -> bool {
        self.key == other.key
    }
}

impl Eq for Meant {}

impl Hash for Meant {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// The candidates of one figure.
pub(super) struct Candidates<'m, 'a, F> {
    moments: &'m Moments<'a>,
    q: &'m Quantity,
    reading: &'m Reading,
    ruled: &'m [Period],
    ledger: &'m Ledger,
    /// Their keys.
    ruled_keys: Vec<u64>,
    /// Metrics that are dated alike.
    class: u32,
    state: bool,
    /// Whether it counts what rose or fell.
    tally: bool,
    /// Whether it is a close, a state of its day.
    closes: bool,
    /// Whether it is a state of a day that a longer time ends with.
    ends: bool,
    sources: Vec<Source<F>>,
    /// What every candidate shares.
    context: Context,
    out: Vec<(Meant, F)>,
    settings: Settings<F>,
}

/// Whether a word says that something outdoes all else, or is the first of its kind.
fn is_extreme(word: &str) -> bool {
    word.len() > 4 && word.ends_with("est")
        || any_of(word, list!("most|best|worst|first|any|only|second|third"))
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
    /// How a level is told to be a high or low.
    extreme: u32,
    /// The last days of the figures before, and the numbers of these as in [`Place`] or [`UNSAID`].
    ends: [Option<Option<Date>>; 4],
    numbers: [i32; 4],
    /// The keys of the periods of the last figure and of the one before in the sentence, and the
    /// numbers of their last days.
    said: [(u64, i32); 2],
}

impl<'m, 'a, F: Features<'a>> Candidates<'m, 'a, F> {
    pub(super) fn of(
        moments: &'m Moments<'a>,
        q: &'m Quantity,
        reading: &'m Reading,
        ruled: &'m [Period],
        ledger: &'m Ledger,
    ) -> Vec<(Meant, F)> {
        let moved = reading.metric == "yield" && moments.is_move(q);
        let tally = moments.is_tally(q, reading.metric);
        let class = match () {
            () if moved => named!("yield move"),
            () if tally => named!("tally"),
            () => class(reading.metric),
        };
        let scene = moments.scene;
        let before = scene.times.iter().filter(|t| t.end <= q.first).count();
        let before_it = scene.figure_before(q);
        let spoken = moments.remembered.spoken.map(|spoken| spoken.map(|(_, said, _)| said));
        let last = spoken[0];
        let said = [last, moments.remembered.former.map(|(_, said)| said)];
        let context = Context {
            before,
            after: scene.times.len() - before,
            preceding: scene.id_before(q, 1),
            aspect: aspect(moments, q),
            wall: before_it.map_or(99, |o| bucket(scene.boundary(o.end, q.first))),
            size: size(q.value),
            words: telling(moments, q),
            look: look(moments),
            measure: id(reading.unit),
            extreme: if class == named!("level") { moments.extremity(q) } else { 0 },
            said: said.map(|said| said.map_or((0, UNSAID), |said| (said.key(), number(said)))),
            ends: spoken.map(|said| said.map(Period::last_day)),
            numbers: spoken.map(|said| said.map_or(UNSAID, number)),
        };
        let state = is_state(reading.metric) && !moved && !tally;
        let closes = list!("level|distance_from_high|yield|policy_rate");
        let closes = state && any_of(reading.metric, closes);
        let ends = list!("level|distance_from_high|yield|weight|share|market_cap");
        let ends = state && any_of(reading.metric, ends);
        let (sources, settings) = (Vec::with_capacity(SOURCES), Settings::new());
        let out = Vec::with_capacity(USUAL);
        let mut all = Candidates {
            moments,
            q,
            reading,
            ruled,
            ledger,
            ruled_keys: ruled.iter().map(|period| period.key()).collect(),
            class,
            state,
            tally,
            closes,
            ends,
            sources,
            context,
            out,
            settings,
        };
        all.own_times();
        all.remembered_times();
        all.readings();
        all.stretches();
        all.lengths();
        all.spoken();
        all.defaults();
        all.rules();
        all.open();
        all.out
    }

    /// What nothing speaks for yet.
    fn none(&self) -> F {
        F::none(&self.moments.scene.choices.weights.period)
    }

    /// What the rules say.
    fn rules(&mut self) {
        let (before, after) =
            (bucket(self.context.before.min(2)), bucket(self.context.after.min(2)));
        for (place, period) in self.ruled.iter().enumerate() {
            let mut f = self.none();
            f.ruled(named!("rule"), [bucket(place)]);
            f.ruled(named!("rule of"), [self.class, bucket(place)]);
            f.ruled(named!("rule form"), [bucket(place), form(*period)]);
            f.ruled(named!("rule times"), [bucket(place), before, after]);
            self.push(*period, f);
        }
    }

    /// No period at all.
    fn open(&mut self) {
        let (class, context) = (self.class, &self.context);
        let (before, after) = (bucket(context.before.min(2)), bucket(context.after.min(2)));
        let mut f = self.none();
        f.add(named!("open"), [class]);
        f.add(named!("open of"), [id(self.reading.metric)]);
        f.add(named!("open times"), [class, before, after]);
        f.add(named!("open aspect"), [class, context.aspect]);
        f.add(named!("open preceding"), [context.preceding]);
        f.add(named!("open ruled"), [class, u32::from(self.ruled.is_empty())]);
        f.add(named!("open study"), [class, self.studied()]);
        for word in &context.words {
            f.add(named!("open tells"), [*word]);
        }
        self.out.push((Meant { period: None, key: 0 }, f));
    }

    fn own_times(&mut self) {
        for time in &self.moments.scene.times {
            let source = self.own_time(time);
            self.sources.push(source);
        }
    }

    fn own_time(&self, t: &Time) -> Source<F> {
        let (scene, q, m) = (self.moments.scene, self.q, self.class);
        let side = if t.first >= q.end { AFTER } else { BEFORE };
        let (lo, hi) = if side == AFTER { (q.end, t.first) } else { (t.end, q.first.max(t.end)) };
        let crossed = scene.between(lo, hi) as u32;
        let wall = bucket(scene.boundary(lo, hi));
        let (gap, kind) = (bucket(hi - lo), kind(t.expr));
        let word = |i: usize| scene.id(i);
        let prep = t.first.checked_sub(1).map_or(0, word);
        let mut f = self.none();
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
        if self.context.extreme > 0 {
            let extreme = self.context.extreme;
            f.add(named!("extreme gap"), [extreme, side, gap, crossed.min(2)]);
            f.add(named!("extreme prep"), [extreme, side, prep]);
        }
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
        let outdone =
            (1..=6).any(|n| t.first.checked_sub(n).is_some_and(|i| is_extreme(scene.key(i))));
        f.add(named!("outdone"), [kind, u32::from(outdone), side]);
        f.add(named!("outdone of"), [kind, u32::from(outdone), side, m]);
        let name = named!("sentence's");
        Source { time: *t, name, own: true, side, features: f }
    }

    /// Whether a figure is what a day that is compared with brought, and what is compared: `its
    /// best week since January 6, when it rose 2.1%`.
    fn since_when(&self, t: Time) -> u32 {
        let scene = self.moments.scene;
        let when = (t.end..self.q.first.min(t.end + 4)).any(|i| scene.key(i) == "when");
        if !when || self.q.first > t.end + 12 {
            return 0;
        }
        let word = (1..=9).find_map(|n| match scene.key(t.first.wrapping_sub(n)) {
            "day" | "session" | "daily" | "one-day" | "close" => Some(1),
            "week" | "weekly" => Some(2),
            "month" | "monthly" => Some(3),
            "quarter" | "quarterly" | "year" => Some(4),
            _ => None,
        });
        word.unwrap_or(5)
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
        let mut known: Vec<(Expr, u32)> = Vec::with_capacity(SOURCES);
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
                    let features = self.none();
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
        let mut found: Vec<(u64, Period, u32)> = Vec::with_capacity(12);
        for at in 0..self.sources.len() {
            let time = self.sources[at].time;
            found.clear();
            let mut keep = |name: u32, periods: &[Period]| {
                for (place, period) in periods.iter().enumerate() {
                    let key = period.key();
                    if !found.iter().any(|(known, ..)| *known == key) {
                        found.push((key, *period, name ^ bucket(place)));
                    }
                }
            };
            let state = moments.state(q, reading.metric, Some(time));
            let metric = if self.tally { "return" } else { reading.metric };
            let change = moments.change(q, metric, time.expr, Some(time));
            let read = moments.of_its_own(q, reading, Some((0, time)));
            keep(
                named!("read"),
                read.as_ref().unwrap_or(if self.state { &state } else { &change }),
            );
            keep(named!("state"), &state);
            keep(named!("change"), &change);
            if let Expr::Span(p) | Expr::Since(p) = time.expr {
                keep(named!("at"), &[Period::At(p)]);
                keep(named!("whole"), &[Period::Calendar(p)]);
                if p.grain == Grain::Year
                    && let Some(season) = moments.part_of_years()
                {
                    keep(named!("seasonal"), &[season.in_year(p.first_day().year())]);
                }
                if p.grain == Grain::Month {
                    keep(named!("next"), &[Period::At(p.plus(-1)), Period::Calendar(p.plus(-1))]);
                }
                if p.grain == Grain::Day {
                    if self.sources[at].own {
                        let step = |n: i64| weekday_from(p.first_day(), n).map(CalendarPeriod::day);
                        let near = [step(1), step(-1)].into_iter().flatten();
                        let near: Vec<Period> = near.map(Period::Calendar).collect();
                        keep(named!("neighbour"), &near);
                    }
                    let week = CalendarPeriod::containing(Grain::Week, p.first_day());
                    keep(named!("week of"), &[Period::Calendar(week)]);
                }
                // "in 2006 it gained 15.8%" does not go on until today
                let within = p.grain == Grain::Year
                    && matches!(time.expr, Expr::Span(_))
                    && any_of(
                        moments.scene.key(time.first.wrapping_sub(1)),
                        list!("in|during|for"),
                    );
                if let Some(day) = session.filter(|day| !within && p.last_day() < *day) {
                    keep(named!("until now"), &[Period::Between(p, CalendarPeriod::day(day))]);
                }
            }
            if let Expr::Same(_) = time.expr {
                let spoken = moments.remembered.spoken.iter().flatten();
                let spoken: Vec<Period> = spoken.map(|(_, period, _)| *period).collect();
                keep(named!("as said"), &spoken);
            }
            if let Expr::Range(from, to) = time.expr {
                keep(named!("end of range"), &[Period::At(to), Period::At(from)]);
            }
            for (key, period, how) in &found {
                self.push_read(at, (*period, *key), *how);
            }
        }
    }

    fn push_read(&mut self, at: usize, (period, key): (Period, u64), how: u32) {
        let place = self.moments.outlook.place_keyed(period, key);
        let source = &self.sources[at];
        let (m, kind) = (self.class, kind(source.time.expr));
        let mut f = source.features.clone();
        f.add(named!("how"), [m, how]);
        f.add(named!("how kind"), [kind, how, u32::from(self.state)]);
        f.add(named!("how kind of"), [kind, how, m]);
        f.add(named!("kind form"), [kind, place.form]);
        if source.own {
            let scene = self.moments.scene;
            let prep = source.time.first.checked_sub(1).map_or(0, |i| scene.id(i));
            f.add(named!("how prep"), [prep, how, kind]);
            f.add(named!("how head"), [scene.id(source.time.first), how, kind]);
            f.add(named!("how role"), [how, kind, u32::from(source.time.reference)]);
            if source.side == BEFORE {
                f.add(named!("how when"), [how, kind, self.since_when(source.time)]);
            }
        } else {
            f.add(named!("how memory"), [source.name, how]);
        }
        self.push_at(period, place, f);
    }

    /// The periods of the figures before.
    fn spoken(&mut self) {
        let memory = &self.moments.remembered;
        if let Some(period) = memory.sample.or(memory.sampled) {
            let mut f = self.none();
            f.add(named!("sampled"), [self.class, u32::from(memory.sample.is_some())]);
            f.add(named!("sampled cases"), [self.class, u32::from(memory.cases)]);
            self.push(period, f);
        }
        let former = memory.former.map(|(metric, period)| (metric, period, named!("former")));
        let spoken = memory.spoken.iter().flatten().enumerate();
        let spoken = spoken.map(|(n, (metric, p, age))| {
            (*metric, *p, named!("spoken") ^ n as u32 ^ u32::from((*age).min(8)) << 4)
        });
        let (b, a) = (self.context.before.min(2) as u32, self.context.after.min(2) as u32);
        for (metric, period, name) in former.into_iter().chain(spoken).collect::<Vec<_>>() {
            let mut f = self.none();
            let same = u32::from(metric == self.reading.metric);
            f.add(named!("said"), [name, same]);
            f.add(named!("said of"), [self.class, class(metric), name]);
            f.add(named!("said times"), [name, same, b, a]);
            f.add(named!("said wall"), [name, same, self.context.wall]);
            f.add(named!("said preceding"), [name, self.context.preceding]);
            self.push(period, f);
            if let Period::Calendar(p) | Period::At(p) = period {
                for n in [-1, 1] {
                    let mut f = self.none();
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
                    let state = matches!(period, Period::At(_));
                    self.push(if state { Period::At(p) } else { Period::Calendar(p) }, f);
                }
            }
        }
    }

    /// What holds where no time is named.
    fn defaults(&mut self) {
        let ruled = self.moments.dated_by(self.q, self.reading, None);
        let outlook = self.moments.outlook;
        let unique = ruled.iter().enumerate().filter(|(at, p)| !ruled[..*at].contains(p));
        let by_default = self.fixed(named!("default"));
        for (_, period) in unique {
            let (place, features) = (outlook.place(*period), by_default.clone());
            self.push_fixed(*period, place, named!("default"), features);
        }
        let named: Vec<F> = outlook.names.iter().map(|name| self.fixed(*name)).collect();
        for (period, name, place) in &outlook.periods {
            if !ruled.contains(period) {
                self.push_fixed(*period, *place, outlook.names[*name], named[*name].clone());
            }
        }
    }

    /// What speaks for periods of a name that hold where no time is named.
    fn fixed(&self, name: u32) -> F {
        let memory = &self.moments.remembered;
        let (sentence, heading) = (memory.sentence.map_or(0, kind), memory.heading.map_or(0, kind));
        let title = memory.title.map_or(0, kind);
        let (b, a) = (self.context.before.min(1) as u32, self.context.after.min(1) as u32);
        let m = self.class;
        let mut f = self.none();
        f.add(named!("fixed"), [name]);
        f.add(named!("fixed of"), [m, name]);
        f.add(named!("fixed times"), [name, b, a]);
        f.add(named!("fixed times of"), [m, name, b, a]);
        f.add(named!("fixed sentence"), [name, m, sentence]);
        f.add(named!("fixed heading"), [name, m, heading]);
        f.add(named!("fixed title"), [name, m, title]);
        f
    }

    fn push_fixed(&mut self, period: Period, place: Place, name: u32, mut f: F) {
        f.add(named!("fixed form"), [self.class, name, place.form]);
        self.push_at(period, place, f);
    }

    /// Keeps a candidate with what speaks for its period whatever its source.
    fn push(&mut self, period: Period, f: F) {
        self.push_at(period, self.moments.outlook.place(period), f);
    }

    /// The same where it is known where the period lies.
    fn push_at(&mut self, period: Period, place: Place, mut f: F) {
        let converted = match period {
            Period::Calendar(p) if self.closes && p.grain == Grain::Day => Some(Period::At(p)),
            // at the end of a month is as of its last session
            Period::At(p) if self.ends && p.grain > Grain::Day => {
                Some(Period::At(CalendarPeriod::day(last_session(p))))
            }
            _ => None,
        };
        let key = converted.map_or(place.key, Period::key);
        self.add_setting(key, place, &mut f);
        let (told, count) = (self.ledger.told(key), self.ledger.count.min(2));
        if told != Told::Never {
            f.add(named!("told"), [self.class, told as u32]);
            f.add(named!("told form"), [place.form, told as u32]);
            f.add(named!("told end"), [self.class, place.end, told as u32]);
            f.add(named!("told count"), [self.class, told as u32, count]);
        }
        if let Some(at) = self.ruled_keys.iter().position(|ruled| *ruled == key) {
            f.ruled(named!("as ruled"), [bucket(at)]);
            f.ruled(named!("as ruled of"), [self.class, bucket(at)]);
            f.ruled(named!("as ruled form"), [place.form, bucket(at)]);
        }
        self.out.push((Meant { period: converted.or(Some(period)), key }, f));
    }
}
