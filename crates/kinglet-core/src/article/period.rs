//! Time expressions in prose: `year-to-date`, `over the past ten years`, `on Monday`, `since 1980`,
//! `in the 12 months following`, `from April to September 2025`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::date::DateReader;
use super::number::{self, Measure};
use super::token::{Joint, Tokens};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit};

/// What a time expression says, before it is known what it is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    /// One calendar period.
    Span(CalendarPeriod),
    /// The week, month, quarter or year so far.
    ToDate(Grain),
    /// The last so much time.
    Trailing(Length),
    /// So long after an event.
    Ahead(Length),
    /// A bare length: a horizon or a window, as the context has it.
    Length(Length),
    /// From the start of a period until now.
    Since(CalendarPeriod),
    /// From one to another.
    Range(CalendarPeriod, CalendarPeriod),
    /// Some time that is not said: `earlier in the year`.
    Vague,
}

/// A time expression in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
    pub(super) expr: Expr,
    /// Whether it says as of when: `as of June 12`, `by September 18`.
    pub(super) as_of: bool,
    /// Whether it dates a point of reference: `its Nov. 8 record close`, `the April low`.
    pub(super) reference: bool,
    /// Whether it is an adjective of the noun behind it: `a weekly loss`, `its August gain`.
    pub(super) adjective: bool,
}

impl Time {
    /// A length of time that stands by itself.
    pub(super) fn bare(first: usize, end: usize, length: Length) -> Time {
        let expr = Expr::Length(length);
        Time { first, end, expr, as_of: false, reference: false, adjective: false }
    }
}

/// The days from which an article looks back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// The last session it reports on.
    pub(super) session: Option<Date>,
}

/// Reads the time expressions of a sentence.
pub(super) struct PeriodReader<'a> {
    pub(super) dates: DateReader<'a>,
    pub(super) session: Option<Date>,
}

impl PeriodReader<'_> {
    fn tokens(&self) -> &Tokens {
        self.dates.tokens
    }

    /// The time expression that begins at `i`.
    pub(super) fn read(&self, i: usize) -> Option<Time> {
        let (end, expr) = self
            .since(i)
            .or_else(|| self.vague(i))
            .or_else(|| self.to_date(i))
            .or_else(|| self.window(i))
            .or_else(|| self.length(i))
            .or_else(|| self.relative(i))
            .or_else(|| self.fuzzy(i))
            .or_else(|| self.dates.read(i).map(|(end, p)| (end, Expr::Span(p))))
            .or_else(|| self.weekday(i))?;
        let time = Time { first: i, end, expr, as_of: false, reference: false, adjective: false };
        Some(self.with_role(time))
    }

    fn with_role(&self, mut time: Time) -> Time {
        let t = self.tokens();
        let before = |n: usize| t.key(time.first.wrapping_sub(n));
        let skip = usize::from(matches!(before(1), "the" | "of")) + 1;
        let (near, far) = (before(skip), before(skip + 1));
        let of_end = before(1) == "of" && matches!(before(2), "end" | "close" | "as");
        time.as_of = of_end
            || matches!((near, before(1)), ("through" | "until" | "ended" | "ending" | "by", _))
            || (near == "of" && matches!(far, "as" | "end" | "close"));
        let noun = |i: usize| {
            matches!(
                t.key(i),
                "high"
                    | "highs"
                    | "low"
                    | "lows"
                    | "peak"
                    | "peaks"
                    | "record"
                    | "close"
                    | "bottom"
                    | "trough"
                    | "top"
                    | "closing"
                    | "level"
                    | "levels"
            )
        };
        let at = time.end + usize::from(t.key(time.end) == "'s");
        let dated = matches!(time.expr, Expr::Span(_));
        let described = matches!(t.key(at), "record" | "closing" | "all" | "intraday" | "bear");
        let first_time = before(1) == "time" || before(1) == "times";
        time.reference =
            dated && (noun(at) || described && (noun(at + 1) || noun(at + 2))) || first_time;
        let plain = matches!(
            t.key(time.first),
            "weekly"
                | "monthly"
                | "quarterly"
                | "year"
                | "ytd"
                | "month"
                | "quarter"
                | "week"
                | "mtd"
                | "qtd"
                | "wtd"
        );
        let article = matches!(before(1), "a" | "an" | "the" | "its" | "their" | "'s" | "this");
        let followed = t.is_word(time.end)
            && !matches!(
                t.key(time.end),
                "and"
                    | "or"
                    | "as"
                    | "to"
                    | "but"
                    | "of"
                    | "in"
                    | "at"
                    | "on"
                    | "is"
                    | "was"
                    | "after"
                    | "while"
                    | "the"
                    | "from"
                    | "by"
                    | "when"
                    | "with"
                    | "for"
                    | "that"
                    | "which"
                    | "has"
                    | "have"
                    | "had"
                    | "alone"
                    | "through"
                    | "so"
            );
        let temporal = |k: &str| {
            matches!(
                k,
                "in" | "during"
                    | "over"
                    | "through"
                    | "throughout"
                    | "amid"
                    | "since"
                    | "for"
                    | "on"
                    | "late"
                    | "early"
                    | "by"
                    | "of"
                    | "until"
                    | "at"
                    | "from"
                    | "between"
                    | "around"
                    | "last"
                    | "this"
            )
        };
        let adverbial =
            temporal(before(1)) || article && matches!(before(2), "in" | "during" | "over" | "on");
        time.adjective = followed
            && (plain || !adverbial)
            && !matches!(
                time.expr,
                Expr::Since(_) | Expr::Range(..) | Expr::Trailing(_) | Expr::Ahead(_)
            );
        let window = matches!(t.key(time.first), "rolling" | "trailing") || near == "rolling";
        time.reference |= window && matches!(time.expr, Expr::Length(_));
        time.reference |= matches!(
            before(2),
            "forecast" | "projected" | "predicted" | "expected" | "seen" | "estimated"
        ) && before(1) == "in";
        if let Expr::Since(_) = time.expr {
            time.reference |= (1..=6).any(|n| superlative(before(n)));
        }
        time
    }

    fn period_now(&self, grain: Grain) -> Option<CalendarPeriod> {
        self.session.map(|day| CalendarPeriod::containing(grain, day))
    }

    /// `since 1980`, `since the start of the year`, `counting from 1979`, `since it began in 1984`.
    fn since(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let openers = [
            "since",
            "dating back to",
            "going back to",
            "goes back to",
            "back to",
            "counting from",
            "starting in",
            "beginning in",
            "starting from",
        ];
        let at = t.any_phrase(i, &openers)?;
        let whole = [
            "the start of the year",
            "the beginning of the year",
            "the year began",
            "the start of this year",
            "the beginning of this year",
        ];
        if let Some(end) = t.any_phrase(at, &whole) {
            return Some((end, Expr::ToDate(Grain::Year)));
        }
        let words = if t.key(i) == "since" { 6 } else { 2 };
        for start in at..(at + words).min(t.len()) {
            if let Some((end, period)) = self.dates.read(start) {
                return Some((end, Expr::Since(period)));
            }
            if let Some((end, Some(day))) = self.dates.weekday(start) {
                return Some((end, Expr::Since(CalendarPeriod::day(day))));
            }
            let goes_on = t.is_word(start) && !matches!(t.key(start), "and" | "while" | "but");
            if !goes_on && t.number(start).is_none() {
                break;
            }
        }
        None
    }

    /// `earlier in the year`, `in recent weeks`: a time that is not said.
    fn vague(&self, i: usize) -> Option<(usize, Expr)> {
        let phrases = [
            "earlier in the year",
            "earlier this year",
            "earlier this month",
            "earlier this week",
            "earlier in the month",
            "in recent weeks",
            "in recent months",
            "in recent years",
            "recently",
            "in recent days",
            "later this year",
            "later this month",
            "at one point",
            "earlier in the week",
            "at one time",
            "over time",
            "in the long run",
            "historically",
        ];
        self.tokens().any_phrase(i, &phrases[..phrases.len() - 1]).map(|end| (end, Expr::Vague))
    }

    /// `year-to-date`, `YTD`, `so far this month`, `for the week`, `on the day`.
    fn to_date(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let named = [
            (Grain::Year, &["year to date", "ytd", "so far in the year"][..]),
            (Grain::Quarter, &["quarter to date", "qtd"]),
            (Grain::Month, &["month to date", "mtd"]),
            (Grain::Week, &["week to date", "wtd"]),
        ];
        for (grain, phrases) in named {
            if let Some(end) = t.any_phrase(i, phrases) {
                return Some((end, Expr::ToDate(grain)));
            }
        }
        let at = t.phrase(i, "so far").unwrap_or(i);
        let preposition = matches!(
            t.key(at),
            "for"
                | "on"
                | "over"
                | "in"
                | "during"
                | "through"
                | "close"
                | "closed"
                | "closing"
                | "end"
                | "ended"
                | "ending"
                | "finish"
                | "finished"
                | "began"
                | "started"
        );
        let at = at + usize::from(preposition);
        let this = t.key(at) == "this";
        if !this && t.key(at) != "the" {
            return None;
        }
        let at = at + 1;
        let at = at + usize::from(matches!(t.key(at), "trading" | "current" | "calendar" | "full"));
        let grain = Grain::from_name(if t.key(at) == "session" { "day" } else { t.key(at) })?;
        let end = at + 1;
        let heads = t.is(end, ':') && grain != Grain::Day;
        let next = t.key(end);
        if let Some(found) = self.ending(grain, end) {
            return Some(found);
        }
        let other =
            matches!(next, "before" | "later" | "that" | "since" | "end" | "of" | "when" | "ago");
        if this || (preposition && !other) || heads {
            let ended = !this
                && matches!(t.key(i), "end" | "ended" | "close" | "closed" | "began" | "started");
            return match grain {
                Grain::Day if ended => None,
                Grain::Day => self.period_now(grain).map(|p| (end, Expr::Span(p))),
                _ => Some((end, Expr::ToDate(grain))),
            };
        }
        None
    }

    /// `the month of November`, `the week ended December 29`, `the quarter ending June 30`.
    fn ending(&self, grain: Grain, at: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let of = t.key(at) == "of" && grain != Grain::Year;
        if !of && !matches!(t.key(at), "ended" | "ending") {
            return None;
        }
        let skip = usize::from(matches!(t.key(at + 1), "on" | "the"));
        let (end, period) = self.dates.read(at + 1 + skip).or_else(|| {
            let (end, day) = self.dates.weekday(at + 1 + skip)?;
            Some((end, CalendarPeriod::day(day?)))
        })?;
        let whole = period.grain < grain;
        let span =
            if whole { CalendarPeriod::containing(grain, period.last_day()) } else { period };
        Some((end, Expr::Span(span)))
    }

    /// `the past ten years`, `over the next 12 months`, `the subsequent three months`.
    fn window(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(matches!(t.key(i), "the" | "its" | "their" | "this"));
        let article = at > i;
        let back = matches!(
            t.key(at),
            "past" | "last" | "prior" | "previous" | "trailing" | "preceding" | "rolling"
        );
        let ahead = matches!(
            t.key(at),
            "next" | "following" | "subsequent" | "ensuing" | "coming" | "succeeding"
        );
        if !back && !ahead {
            return None;
        }
        let counted = number::quantity(t, at + 1)
            .filter(|q| matches!(q.measure, Measure::Plain | Measure::Duration(_)));
        let streak = |at: usize| {
            matches!(
                t.key(at),
                "win"
                    | "winning"
                    | "losing"
                    | "streak"
                    | "run"
                    | "rally"
                    | "slide"
                    | "high"
                    | "low"
                    | "consecutive"
                    | "straight"
            )
        };
        if counted.is_some_and(|q| q.adjective && streak(q.end) || streak(q.end)) {
            return None;
        }
        let (end, length) = match counted {
            Some(q) => match q.measure {
                Measure::Duration(unit) => (q.end, length_of(q.value, unit)?),
                _ => {
                    let (end, unit) = unit_at(t, q.end)?;
                    (end, length_of(q.value, unit)?)
                }
            },
            None => {
                let (end, unit) = unit_at(t, at + 1)?;
                let calendar = !article || matches!(t.key(at), "previous" | "prior" | "preceding");
                if back && calendar || t.key(at) == "last" && !preceded_by_window(t, i) {
                    return None; // "last week": a calendar period
                }
                if !article && t.key(at) == "next" {
                    return None;
                }
                (end, length_of(1.0, unit)?)
            }
        };
        let measured = matches!(t.key(at), "rolling" | "trailing");
        Some((
            end,
            match back {
                _ if measured => Expr::Length(length),
                true => Expr::Trailing(length),
                false => Expr::Ahead(length),
            },
        ))
    }

    /// `12 months later`, `in the 12 months following`, `over three and five years`, `one year after`.
    fn length(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let before = t.key(i.wrapping_sub(1));
        let (end, length) = if matches!(t.key(i), "a" | "an") {
            let (end, unit) = unit_at(t, i + 1)?;
            (end, length_of(1.0, unit)?)
        } else {
            let q = number::quantity(t, i)?;
            match q.measure {
                Measure::Duration(unit) => (q.end, length_of(q.value, unit)?),
                Measure::Plain if q.decimals == 0 => {
                    let (end, unit) = unit_at(t, q.end).or_else(|| self.shared_unit(q.end))?;
                    (end, length_of(q.value, unit)?)
                }
                _ => return None,
            }
        };
        let after = t.key(end);
        let hyphen = t.joint(end.wrapping_sub(1)) == Joint::Hyphen;
        let later = matches!(
            after,
            "later"
                | "after"
                | "afterward"
                | "afterwards"
                | "hence"
                | "out"
                | "following"
                | "forward"
                | "ahead"
                | "on"
        ) || t
            .any_phrase(
                end,
                &[
                    "that followed",
                    "which followed",
                    "that follow",
                    "from now",
                    "down the road",
                    "since then",
                ],
            )
            .is_some();
        if later && after != "on"
            || matches!(before, "forward" | "subsequent")
            || before == "after" && !hyphen
        {
            return Some((end, Expr::Ahead(length)));
        }
        if after == "ago" || after == "earlier" {
            return None;
        }
        let the = before == "the";
        let preposition = if the { t.key(i.wrapping_sub(2)) } else { before };
        let windowed =
            matches!(preposition, "over" | "within" | "during") || (preposition == "in" && the);
        if windowed && !hyphen && !matches!(t.key(i), "a" | "an") {
            return Some((end, Expr::Length(length)));
        }
        None
    }

    /// The unit of `three` in `three and five years`.
    fn shared_unit(&self, i: usize) -> Option<(usize, LengthUnit)> {
        let t = self.tokens();
        let mut at = i;
        for _ in 0..6 {
            match t.key(at) {
                "," | "and" | "or" => at += 1,
                key if number::number_word(key).is_some() || t.number(at).is_some() => at += 1,
                _ => break,
            }
        }
        (at > i).then(|| unit_at(t, at)).flatten().map(|(_, unit)| (i, unit))
    }

    /// `today`, `yesterday`, `last week`, `next year`, `in a single session`.
    fn relative(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let published = self.dates.published;
        let day = |day: Option<Date>| day.map(|d| Expr::Span(CalendarPeriod::day(d)));
        if let Some(end) = t.any_phrase(
            i,
            &[
                "today",
                "this morning",
                "this afternoon",
                "this evening",
                "in early trading",
                "at midday",
                "by midday",
                "a single session",
                "one session",
                "a single day",
                "one day alone",
            ],
        ) {
            let today = t.key(i) == "today" || t.key(i) == "this";
            return day(if today { published } else { self.session }).map(|e| (end, e));
        }
        if let Some(end) = t.any_phrase(
            i,
            &[
                "the day after",
                "the next day",
                "the following day",
                "the next session",
                "the following session",
            ],
        ) {
            return Some((end, Expr::Ahead(Length { count: 1, unit: LengthUnit::Sessions })));
        }
        if let Some(end) = t.any_phrase(i, &["yesterday"]) {
            return day(published.and_then(weekday_before)).map(|e| (end, e));
        }
        if let Some(end) = t.any_phrase(
            i,
            &[
                "the day before",
                "a day earlier",
                "one day earlier",
                "a day before",
                "the previous day",
                "the previous session",
                "the prior session",
                "the prior day",
            ],
        ) {
            return day(self.session.and_then(weekday_before)).map(|e| (end, e));
        }
        if let Some(end) = t.any_phrase(
            i,
            &[
                "year over year",
                "year on year",
                "yoy",
                "from a year earlier",
                "from a year ago",
                "compared with a year earlier",
                "in a year",
                "annual gain",
                "one year gain",
            ],
        ) {
            let end = if t.key(end - 1) == "gain" { end - 1 } else { end };
            return Some((end, Expr::Trailing(Length::months(12))));
        }
        if let Some(end) = t.any_phrase(
            i,
            &[
                "year end",
                "the end of the year",
                "the end of this year",
                "the year is over",
                "the year is out",
            ],
        ) {
            return published.map(|p| (end, Expr::Span(CalendarPeriod::year(p.year()))));
        }
        let weekly =
            matches!(t.key(i), "weekly") && !matches!(t.key(i + 1), "chart" | "basis" | "jobless");
        if weekly {
            return Some((i + 1, Expr::ToDate(Grain::Week)));
        }
        self.neighbour(i)
    }

    /// `last month`, `the previous quarter`, `next year`, `the week before`.
    fn neighbour(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(t.key(i) == "the");
        let grain_at = |at: usize| Grain::from_name(t.key(at)).filter(|g| *g != Grain::Half);
        if let Some(grain) = grain_at(at)
            && at > i
            && t.key(at + 1) == "before"
        {
            return self.step(grain, -1).map(|e| (at + 2, e));
        }
        let step = match t.key(at) {
            "last" | "previous" | "prior" | "preceding" => -1,
            "next" | "coming" => 1,
            _ => return None,
        };
        let grain = grain_at(at + 1)?;
        self.step(grain, step).map(|e| (at + 2, e))
    }

    /// The calendar period before or after the present one. In the week after its last session an
    /// article calls that session's week the last.
    fn step(&self, grain: Grain, step: i32) -> Option<Expr> {
        let published = self.dates.published?;
        let now = CalendarPeriod::containing(grain, published);
        let reported = self.period_now(grain)?;
        let rolled = grain == Grain::Week && reported < now && step < 0;
        Some(Expr::Span(if rolled { reported } else { now.plus(step) }))
    }

    /// `early 2024`, `mid-October`, `late last year`, `the end of July 2025`.
    fn fuzzy(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let part = match t.key(i) {
            "early" => 0,
            "mid" => 1,
            "late" => 3,
            _ => return None,
        };
        let at = i + 1 + usize::from(t.key(i + 1) == "in");
        let (end, period) = self.dates.read(at).or_else(|| match self.neighbour(at)? {
            (end, Expr::Span(p)) => Some((end, p)),
            _ => None,
        })?;
        if period.grain != Grain::Year || part == 1 {
            return Some((end, Expr::Span(period)));
        }
        let first = CalendarPeriod::containing(Grain::Quarter, period.first_day());
        Some((end, Expr::Span(first.plus(part))))
    }

    /// `Monday`, `Friday's`, `Thursday, Sept. 18`.
    fn weekday(&self, i: usize) -> Option<(usize, Expr)> {
        let (end, day) = self.dates.weekday(i)?;
        let t = self.tokens();
        let mut at = end;
        at += usize::from(t.is(at, '.'));
        at += usize::from(t.is(at, ',') || t.is(at, '('));
        if let Some((end, period)) = self.dates.read(at).filter(|(_, p)| p.grain == Grain::Day) {
            return Some((end, Expr::Span(period)));
        }
        day.map(|day| (end, Expr::Span(CalendarPeriod::day(day))))
    }
}

/// `the largest outperformance since 2021` tells how long ago, not since when.
fn superlative(word: &str) -> bool {
    matches!(
        word,
        "best"
            | "worst"
            | "biggest"
            | "largest"
            | "highest"
            | "lowest"
            | "strongest"
            | "weakest"
            | "steepest"
            | "longest"
            | "smallest"
            | "fastest"
            | "first"
            | "deepest"
            | "sharpest"
            | "most"
            | "greatest"
            | "only"
            | "slowest"
            | "hottest"
            | "last"
    )
}

/// Whether `the last year` follows a word that makes it a window: `over the last year`.
fn preceded_by_window(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.key(i.wrapping_sub(1)), "over" | "during" | "in" | "within" | "for")
        && tokens.key(i) == "the"
}

fn weekday_before(day: Date) -> Option<Date> {
    let back = match day.weekday() {
        jiff::civil::Weekday::Monday => 3,
        jiff::civil::Weekday::Sunday => 2,
        _ => 1,
    };
    day.checked_sub(back.days()).ok()
}

/// A length; one year is written as twelve months.
pub(super) fn length_of(count: f64, unit: LengthUnit) -> Option<Length> {
    if count == 1.0 && unit == LengthUnit::Years {
        return Some(Length::months(12));
    }
    (1.0..=5000.0).contains(&count).then_some(Length { count: count as u16, unit })
}

/// A unit of time at `i`, adjectives skipped: `trading days`, `full years`.
fn unit_at(tokens: &Tokens, i: usize) -> Option<(usize, LengthUnit)> {
    let at = i + usize::from(matches!(tokens.key(i), "trading" | "calendar" | "full"));
    let unit = match tokens.key(at) {
        "day" | "days" | "session" | "sessions" => LengthUnit::Sessions,
        "week" | "weeks" => LengthUnit::Weeks,
        "month" | "months" => LengthUnit::Months,
        "year" | "years" => LengthUnit::Years,
        "quarter" | "quarters" => return None,
        _ => return None,
    };
    Some((at + 1, unit))
}

/// Joins two times into a range where the words between say so: `from April to September 2025`,
/// `between its Nov. 8 record close and its close on Jan. 27`, `1995–2025`.
pub(super) fn join_ranges(tokens: &Tokens, times: &mut Vec<Time>) {
    let mut i = 1;
    while i < times.len() {
        match range(tokens, times[i - 1], times[i]) {
            Some(time) => {
                times[i - 1] = time;
                times.remove(i);
            }
            None => i += 1,
        }
    }
}

fn range(tokens: &Tokens, from: Time, to: Time) -> Option<Time> {
    let (start, open) = match from.expr {
        Expr::Span(start) => (start, false),
        Expr::Since(start) => (start, true),
        _ => return None,
    };
    let Expr::Span(end) = to.expr else { return None };
    let gap = from.end..to.first;
    let filler = |key: &str| {
        matches!(
            key,
            "to" | "through"
                | "and"
                | "until"
                | "–"
                | "—"
                | "-"
                | "its"
                | "the"
                | "record"
                | "close"
                | "low"
                | "high"
                | "peak"
                | "on"
                | "of"
                | "ending"
                | "only"
                | "at"
                | "closing"
                | "end"
                | ","
                | "'s"
                | "trough"
                | "bottom"
                | "all"
                | "time"
                | "in"
                | "late"
                | "early"
                | "mid"
        )
    };
    let keys: Vec<&str> = gap.map(|i| tokens.key(i)).collect();
    let quiet = keys.len() <= 8 && keys.iter().all(|k| filler(k));
    let joined = keys.iter().any(|k| matches!(*k, "to" | "through" | "until" | "ending"))
        || matches!(keys.as_slice(), ["–" | "-" | "—"]);
    let opener = (1..=4).any(|n| {
        matches!(
            tokens.key(from.first.wrapping_sub(n)),
            "from" | "between" | "starting" | "beginning"
        )
    });
    let and = keys.contains(&"and") && opener && tokens.key(from.first.wrapping_sub(1)) != "in";
    let hyphen = keys.is_empty() && tokens.joint(to.first) == Joint::Hyphen;
    let bare_pair = open || start.grain == Grain::Year || start.grain == end.grain;
    if !quiet || !(joined && (opener || bare_pair) || and || hyphen) {
        return None;
    }
    let mut start = start;
    let years = i32::from(start.first_day().year()) - i32::from(end.first_day().year());
    let per_year = match start.grain {
        Grain::Month => 12,
        Grain::Quarter => 4,
        Grain::Half => 2,
        _ => 0,
    };
    // "from April to September 2025": the first takes the year of the second
    if per_year > 0 && from.end - from.first == 1 && start.grain == end.grain {
        start = start.plus(-years * per_year);
        if start > end {
            start = start.plus(-per_year);
        }
    }
    if start.first_day() > end.last_day() {
        return None;
    }
    // "January 1995 to July 2025" starts with the year
    if start.grain == Grain::Month
        && start.first_day().month() == 1
        && end.first_day().month() != 12
    {
        start = CalendarPeriod::year(start.first_day().year());
    }
    let expr = Expr::Range(start, end);
    Some(Time {
        first: from.first,
        end: to.end,
        expr,
        as_of: false,
        reference: false,
        adjective: false,
    })
}
