//! Studies by the calendar: a part of the year that is looked at in every year (`September has
//! fallen in 38 of 69 years`), the years of such a sample, and its single cases (`the best
//! September was that of 2010`).

use super::super::words::{List, list};
use jiff::civil::Date;

use super::super::count;
use super::super::lexicon::Signal;
use super::super::metric::Reading;
use super::super::number::{Measure, Quantity};
use super::super::period::{Expr, Time};
use super::super::scene::Scene;
use super::super::token::{Numeral, any_of};
use super::{Moments, is_event};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

/// A part of the year, from the first of its months to the last one, which may be in the next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) struct Season {
    from: i8,
    to: i8,
}

/// The halves of the year of those who sell in May.
const SUMMER: Season = Season { from: 5, to: 10 };
const WINTER: Season = Season { from: 11, to: 4 };

/// Words by which a single case is picked out of a sample.
const PICKED: &List = list!(
    "best|worst|strongest|weakest|steepest|extremes|mildest|that of|'s was|\
    's were|'s came|comparable|exception|exceptions|failures|failure|winners|losers|cases|\
    signal|signals"
);

impl Season {
    /// The part of the year that a month, quarter or half is.
    fn of(period: CalendarPeriod) -> Option<Season> {
        let part = matches!(period.grain, Grain::Month | Grain::Quarter | Grain::Half);
        let (from, to) = (period.first_day().month(), period.last_day().month());
        part.then_some(Season { from, to })
    }

    /// The part of the year that a sentence speaks of in general: `Septembers`, `the best January`,
    /// `in September in 38 of 69 years`. [`Scene::season`] keeps it.
    pub(in crate::article) fn read(scene: &Scene) -> Option<Season> {
        let plural = scene.range.clone().find_map(|i| match scene.key(i) {
            "summers" => Some(SUMMER),
            "winters" => Some(WINTER),
            "summer" | "warm" if general_noun(scene, i) => Some(SUMMER),
            "winter" | "cold" if general_noun(scene, i) => Some(WINTER),
            key => month_of_plural(key).map(|m| Season { from: m, to: m }),
        });
        let general = scene.cues.iter().any(|c| c.signal == Signal::Average)
            || scene.has_phrase(
                scene.range.clone(),
                list!("of the years|years since|times out of|periods of"),
            )
            || tally(scene).is_some();
        plural.or_else(|| {
            let bare = scene.times.iter().filter(|t| {
                let year = (t.first..t.end)
                    .any(|i| scene.tokens.number(i).and_then(Numeral::year).is_some());
                !year && (general || picks(scene, t))
            });
            bare.filter_map(|t| match t.expr {
                Expr::Span(p) => Season::of(p),
                Expr::Range(a, b) if a.grain == Grain::Month && b.grain == Grain::Month => {
                    Some(Season { from: a.first_day().month(), to: b.first_day().month() })
                }
                _ => None,
            })
            .next()
        })
    }

    /// The last year in which it is over by a day.
    fn last_year(self, day: Date) -> i16 {
        let over = CalendarPeriod::month(day.year(), self.to).last_day() <= day;
        day.year() - i16::from(!over)
    }

    /// This part of a year; of two years the first.
    pub(super) fn in_year(self, year: i16) -> Period {
        let from = CalendarPeriod::month(year, self.from);
        let next = i16::from(self.to < self.from);
        let to = CalendarPeriod::month(year + next, self.to);
        let whole = [Grain::Month, Grain::Quarter, Grain::Half]
            .map(|grain| CalendarPeriod::containing(grain, to.last_day()))
            .into_iter()
            .find(|p| p.first_day() == from.first_day() && p.last_day() == to.last_day());
        whole.map_or(Period::Between(from, to), Period::Calendar)
    }
}

impl Moments<'_> {
    /// The part of the year that is told of, in this sentence or before.
    pub(super) fn part_of_years(&self) -> Option<Season> {
        self.scene.season().or(self.remembered.season).or(self.remembered.seasonal)
    }

    /// The weeks, months or sessions of which cases are counted, up to the session.
    pub(super) fn recent(&self) -> Option<Period> {
        let length = recent(self.scene)?;
        self.anchor.session.map(|day| Period::Trailing(length, day))
    }

    /// The years of a sample that is told by how many they are: `up 18 times out of 29`.
    pub(super) fn sample(&self) -> Option<Period> {
        let published = self.anchor.published?;
        let scene = self.scene;
        let given = |t: &Time| match t.expr {
            Expr::Range(a, b) => (b.last_day() - a.first_day()).get_days() > 366,
            expr => matches!(expr, Expr::Trailing(_) | Expr::Ahead(_)),
        };
        let season = scene.season().or(self.remembered.season);
        if scene.times.iter().any(given) {
            return None;
        }
        let known = self.remembered.sample.is_some();
        let here = scene.season().filter(|s| s.to < s.from);
        let before = here.and(self.remembered.sample).and_then(|p| match p {
            Period::Between(a, b) if a.grain == Grain::Year && b.grain == Grain::Year => {
                i16::try_from(a.until(b) + 1).ok()
            }
            _ => None,
        });
        let cases = || season.filter(|_| !known).and_then(|_| cases(scene));
        let count = tally(scene).or_else(cases).or(before)?;
        // "seven of the ten" are cases among all years of a longer sample; its last year may not be
        // over
        if self.sampled_years().is_some_and(|years| years > count + 1) {
            return None;
        }
        let over = season.map_or(published.year() - 1, |s| s.last_year(published));
        let crossing = season.is_some_and(|s| s.to < s.from);
        let told = scene.times.iter().map(|t| t.expr);
        let known = told.chain(self.remembered.stretch).find_map(|e| match e {
            Expr::Since(p) if p.grain == Grain::Year => Some(p.first_day().year()),
            _ => None,
        });
        let last = known
            .map(|first| first + count - 1)
            .filter(|last| !crossing && (over - 1..=published.year()).contains(last))
            .unwrap_or(over);
        let year = CalendarPeriod::year;
        Some(Period::Between(year(last - count + 1), year(last)))
    }

    /// The years that a study of the last years looks at: one case a year up to the last one that
    /// is over, `up in 13 of the last 16 Januaries`. A shorter time is one stretch.
    pub(super) fn studied_years(&self, reading: &Reading, period: Period) -> Period {
        const LEAST: u16 = 3;
        let studied = is_event(reading.metric) && reading.entity != Some("FED");
        let Period::Trailing(Length { count, unit: LengthUnit::Years }, day) = period else {
            return period;
        };
        let season = self.scene.season().or(self.remembered.season);
        let ended = day == CalendarPeriod::containing(Grain::Year, day).last_day();
        let over = day.year() - i16::from(!ended);
        let last = season.map_or(over, |s| s.last_year(day));
        let first = i16::try_from(count).ok().and_then(|count| last.checked_sub(count - 1));
        match first {
            Some(first) if studied && count >= LEAST => {
                Period::Between(CalendarPeriod::year(first), CalendarPeriod::year(last))
            }
            _ => period,
        }
    }

    /// How many years the sample has that the article told before.
    fn sampled_years(&self) -> Option<i16> {
        let memory = &self.remembered;
        let stretch = memory.stretch.or(memory.study).and_then(|e| self.stretch(e));
        let years = |p: Period| match p {
            Period::Between(from, _) => {
                p.last_day().map(|last| last.year() - from.first_day().year() + 1)
            }
            Period::Trailing(length, _) => Some(length.in_years() as i16),
            _ => None,
        };
        let told = [memory.sample, memory.sampled, stretch];
        told.into_iter().flatten().filter_map(years).max()
    }

    /// A single case of a study that is named by its year: `the best September was that of 2010`,
    /// `18.7% (from 1995)` where the cases of a horizon are listed.
    pub(super) fn case(&self, metric: &str, expr: Expr) -> Vec<Period> {
        let Expr::Span(p) = expr else { return Vec::new() };
        if metric != "return" || !self.is_past(p) || p.grain == Grain::Day {
            return Vec::new();
        }
        let scene = self.scene;
        let picked = || scene.has_phrase(scene.range.clone(), PICKED);
        let season = scene.season().or(self.remembered.season);
        if let Some(season) = season.filter(|_| p.grain == Grain::Year && picked()) {
            return vec![season.in_year(p.first_day().year()), Period::Calendar(p)];
        }
        let ahead = scene.times.iter().find_map(|t| match t.expr {
            Expr::Ahead(length) => Some(length),
            _ => None,
        });
        let horizon = ahead.or(self.remembered.horizon).filter(|_| self.remembered.cases);
        let one = || p.grain == Grain::Year || picked();
        let list = |length| vec![Period::Forward(length), Period::Calendar(p)];
        horizon.filter(|_| one()).map_or_else(Vec::new, list)
    }
}

/// Whether `summer` or `the warm season` is said of every year.
fn general_noun(scene: &Scene, i: usize) -> bool {
    let season = any_of(scene.key(i), list!("warm|cold"));
    let before = i.checked_sub(1).map_or("", |i| scene.key(i));
    let bare = i == scene.range.start || any_of(before, list!(":|,|;|."));
    if season { scene.key(i + 1) == "season" } else { bare }
}

/// Whether a time is that of an extreme or single case: `the best September`, `only first half`.
fn picks(scene: &Scene, time: &Time) -> bool {
    let before = |n: usize| time.first.checked_sub(n).map_or("", |i| scene.key(i));
    (1..=2).any(|n| {
        any_of(
            before(n),
            list!(
                "best|worst|strongest|weakest|biggest|largest|steepest|comparable|mildest|average"
            ),
        )
    })
}

/// The number of years that are counted: the 69 of `in 38 of 69 years`.
fn tally(scene: &Scene) -> Option<i16> {
    let yearly = |q: &Quantity| {
        matches!(q.measure, Measure::Duration(LengthUnit::Years))
            || any_of(scene.key(q.end), list!("summers|winters|years|seasons"))
            || month_of_plural(scene.key(q.end)).is_some()
    };
    let counted = |q: &Quantity| {
        let near = any_of(scene.before(q, 1), list!("of|in|the|those|same|past|last|all"));
        near && q.decimals == 0 && !q.adjective && (8.0..=200.0).contains(&q.value)
    };
    scene.quantities.iter().find(|q| yearly(q) && counted(q)).map(|q| q.value as i16)
}

/// The number of cases that are counted, whatever they are called.
fn cases(scene: &Scene) -> Option<i16> {
    (0..scene.quantities.len())
        .filter(|&i| any_of(scene.before(&scene.quantities[i], 1), list!("of|the|those")))
        .filter(|&i| count::reading(scene, i).is_some_and(|r| r.metric == "event_count"))
        .map(|i| scene.quantities[i].value)
        .find(|n| (8.0..=200.0).contains(n))
        .map(|n| n as i16)
}

/// The number of the month in `Septembers`, `Januaries`.
fn month_of_plural(key: &str) -> Option<i8> {
    Some(match key {
        "januaries" | "januarys" => 1,
        "februaries" | "februarys" => 2,
        "marches" => 3,
        "aprils" => 4,
        "mays" => 5,
        "junes" => 6,
        "julys" | "julies" => 7,
        "augusts" => 8,
        "septembers" => 9,
        "octobers" => 10,
        "novembers" => 11,
        "decembers" => 12,
        _ => return None,
    })
}

/// Cases that are the last weeks, months, quarters or sessions: `up in 35 of the last 52 weeks`.
fn recent(scene: &Scene) -> Option<Length> {
    let length = |q: &Quantity| {
        let of_last = any_of(scene.before(q, 1), list!("last|past|previous|prior|latest"));
        if !of_last || q.decimals > 0 || !(2.0..1000.0).contains(&q.value) {
            return None;
        }
        let count = q.value as u16;
        let (count, unit) = match (q.measure, scene.key(q.end)) {
            (Measure::Duration(LengthUnit::Years), _) => return None,
            (Measure::Duration(unit), _) => (count, unit),
            (Measure::Plain, "sessions" | "days") => (count, LengthUnit::Sessions),
            (Measure::Plain, "trading") => match scene.key(q.end + 1) {
                "weeks" => (count, LengthUnit::Weeks),
                "days" | "sessions" => (count, LengthUnit::Sessions),
                _ => return None,
            },
            (Measure::Plain, "weeks") => (count, LengthUnit::Weeks),
            (Measure::Plain, "months") => (count, LengthUnit::Months),
            (Measure::Plain, "quarters") => (3 * count, LengthUnit::Months),
            _ => return None,
        };
        Some(Length { count, unit })
    };
    scene.quantities.iter().find_map(length)
}
