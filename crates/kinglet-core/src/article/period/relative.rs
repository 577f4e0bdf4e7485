//! Times told by where they stand to the day of writing: `today`, `last week`, `so far this year`,
//! `since April`, `early 2024`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::number::{self, number_word};
use super::super::token::{Joint, any_of};
use super::super::words::{List, list};
use super::window::{length_of, unit_at};
use super::{Expr, PeriodReader};
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, session_up_to};

/// Words for the year, quarter, month or week so far.
const TO_DATE: [(Grain, &List); 4] = [
    (
        Grain::Year,
        list!(
            "year to date|ytd|so far in the year|the year so far|the year to date|\
                all year|thus far this year|to date this year|to date in the year",
        ),
    ),
    (
        Grain::Quarter,
        list!("quarter to date|qtd|q / q|qoq|quarter over quarter|quarter on quarter"),
    ),
    (Grain::Month, list!("month to date|mtd|m / m|mom|month over month|month on month|mo / mo")),
    (
        Grain::Week,
        list!(
            "week to date|wtd|w / w|wow|wk / wk|week over week|week on week|on the wk|\
                for the wk|over the wk|this wk",
        ),
    ),
];

/// Against the year before.
const YEAR_BEFORE: &List = list!(
    "year over year|year on year|yoy|y / y|from a year earlier|from a year ago|\
                than a year earlier|than a year ago|from the year before|annual gain|one year gain",
);

/// The session before.
const DAY_BEFORE: &List = list!(
    "the day before|a day earlier|one day earlier|a day before|the previous day|\
                the previous session|the prior session|the prior day",
);

/// The session after.
const DAY_AFTER: &List = list!(
    "the day after|the next day|the following day|the next session|\
                the following session",
);

impl PeriodReader<'_> {
    fn period_now(&self, grain: Grain) -> Option<CalendarPeriod> {
        self.session().map(|day| CalendarPeriod::containing(grain, day))
    }

    /// `a year earlier`, `three months ago`; `since then`.
    pub(super) fn ago(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        if t.key(i) == "since" {
            let then = t.key(i + 1) == "then";
            let stops = !t.is_word(i + 1) && t.number(i + 1).is_none()
                || any_of(t.key(i + 1), list!("and|but|while"));
            return (then || stops).then_some((i + 1 + usize::from(then), Expr::SinceThen));
        }
        let (end, length) = match t.key(i) {
            "a" | "one" if t.key(i + 1) != "day" => {
                let (end, unit) = unit_at(t, i + 1)?;
                (end, length_of(1.0, unit)?)
            }
            _ => self.counted(i)?,
        };
        let past = any_of(t.key(end), list!("ago|earlier|before|prior"));
        if let Some(found) = self.day_ago(end, length) {
            return Some(found);
        }
        past.then_some((end + 1, Expr::Ago(length)))
    }

    /// `a year ago today`, `ten years ago tomorrow`: that day.
    fn day_ago(&self, i: usize, length: Length) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let shift: i64 = match t.key(i + 1) {
            _ if t.key(i) != "ago" => return None,
            "today" => 0,
            "tomorrow" => 1,
            "yesterday" => -1,
            // "a year ago Thursday": the one nearest to the day of publication
            _ => {
                let published = self.dates.published?;
                let (_, day) = self.dates.weekday(i + 1)?;
                let back = i64::from((published - day?).get_days());
                if back > 3 { 7 - back } else { -back }
            }
        };
        let span = match length.unit {
            LengthUnit::Sessions => return None,
            LengthUnit::Weeks => i64::from(length.count).weeks(),
            LengthUnit::Months => i64::from(length.count).months(),
            LengthUnit::Years => i64::from(length.count).years(),
        };
        let day = self.dates.published?.checked_add(shift.days()).ok()?.checked_sub(span).ok()?;
        Some((i + 2, Expr::Span(CalendarPeriod::day(day))))
    }

    /// `on this day in 2007`, `this date in 1987`.
    fn this_day(&self, i: usize) -> Option<(usize, Expr)> {
        let at = self.tokens().any_phrase(i, list!("this day in|this date in|this very day in"))?;
        let (end, year) = self.dates.read(at).filter(|(_, p)| p.grain == Grain::Year)?;
        let now = self.dates.published?;
        let day = Date::new(year.first_day().year(), now.month(), now.day()).ok()?;
        Some((end, Expr::Span(CalendarPeriod::day(day))))
    }

    /// `earlier in the year`, `in recent weeks`: a time that is not said.
    pub(super) fn vague(&self, i: usize) -> Option<(usize, Expr)> {
        let phrases = list!(
            "earlier in the year|earlier this year|earlier this month|\
            earlier this week|earlier in the month|in recent weeks|in recent months|\
            in recent years|recently|in recent days|later this year|later this month|\
            at one point|earlier in the week|at one time|over time|in the long run|\
            historically"
        );
        self.tokens().any_phrase(i, phrases).map(|end| (end, Expr::Vague))
    }

    /// `year-to-date`, `YTD`, `so far this month`, `for the week`, `on the day`.
    pub(super) fn to_date(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        for (grain, phrases) in TO_DATE {
            if let Some(end) = t.any_phrase(i, phrases) {
                return Some((end, Expr::ToDate(grain)));
            }
        }
        if let Some(found) = self.finished(i).or_else(|| self.dated(i)) {
            return Some(found);
        }
        let at = t.any_phrase(i, list!("so far|thus far")).unwrap_or(i);
        if let Some(end) = t.phrase(at, "in").filter(|_| at > i)
            && let Some((end, year)) = self.dates.read(end)
            && self.dates.published.is_some_and(|p| CalendarPeriod::year(p.year()) == year)
        {
            return Some((end, Expr::ToDate(Grain::Year)));
        }
        let preposition = any_of(
            t.key(at),
            list!(
                "for|on|over|in|during|through|close|closed|closing|end|\
                              ended|ending|finish|finished|began|started"
            ),
        );
        let at = at + usize::from(preposition);
        let this = t.key(at) == "this";
        if !this && t.key(at) != "the" || self.until(at).or_else(|| self.day_beside(at)).is_some() {
            return None;
        }
        let at = at + 1;
        let at = at
            + usize::from(any_of(t.key(at), list!("trading|current|calendar|full|entire|whole")));
        let grain = Grain::from_name(if t.key(at) == "session" { "day" } else { t.key(at) })?;
        if grain == Grain::Half && preposition && t.key(at + 1) == "year" {
            return self.just_ended(grain).map(|p| (at + 2, Expr::Span(p)));
        }
        let end = t.any_phrase(at + 1, list!("to date|so far|thus far")).unwrap_or(at + 1);
        let opens = i == 0 && matches!(t.key(end), "in" | "that");
        let heads = (t.is(end, ':') || opens) && grain != Grain::Day;
        let next = t.key(end);
        if let Some(found) = self.ending(grain, end) {
            return Some(found);
        }
        if any_of(next, list!("following|after")) && preposition && !this {
            return Some((end, Expr::Ahead(one(grain))));
        }
        let other = any_of(next, list!("before|later|that|since|end|of|when|ago"));
        if this || (preposition && !other) || heads {
            let ended = !this && any_of(t.key(i), list!("end|ended|close|closed|began|started"));
            return match grain {
                Grain::Day if ended => None,
                Grain::Day => self.period_now(grain).map(|p| (end, Expr::Span(p))),
                _ => Some((end, Expr::ToDate(grain))),
            };
        }
        None
    }

    /// `finished a choppy week with`, `capped its worst month`: the week or month so far.
    fn finished(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let verbs = list!(
            "finish|finished|finishing|end|ended|ending|close|closed|closing|capped|\
            capping|\
            concluded|concluding|completed|wrapped|logged|posted|notched|for|over|during|in|on"
        );
        let preposition = any_of(t.key(i), list!("for|over|during|in|on"));
        if !any_of(t.key(i), verbs) || !any_of(t.key(i + 1), list!("a|an|the|its|their|this")) {
            return None;
        }
        // one adjective at least: the plain noun is read elsewhere
        let noun = (i + 3..i + 5).find(|&n| Grain::from_name(t.key(n)).is_some())?;
        let plain = (i + 2..noun).all(|n| t.is_word(n) && number::quantity(t, n).is_none());
        let named = any_of(
            t.key(i + 2),
            list!(
                "past|last|prior|previous|next|following|same|first|second|third|\
            fourth|coming|entire|whole|rest|end|best|worst|start|trading|current|calendar|full|\
            opening|final|closing|subsequent|preceding|ensuing|year"
            ),
        ) || self.dates.read(i + 2).is_some();
        let grain =
            Grain::from_name(t.key(noun)).filter(|g| *g > Grain::Day && *g < Grain::Year)?;
        let with = !preposition || t.key(noun + 1) != "of";
        (plain && !named && with).then_some((noun + 1, Expr::ToDate(grain)))
    }

    /// `over the same period`, `that same month`: the time that was spoken of.
    pub(super) fn same(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at =
            t.any_phrase(i, list!("the same|that same|those same|that|those|this same|this"))?;
        let opener = t.key(i);
        // "that rather short span", "those two months"
        let light = list!("rather|very|short|brief|long|entire|whole|half|time|final");
        let skipped = |i: &usize| any_of(t.key(*i), light) || number_word(t.key(*i)).is_some();
        let skip = (at..at + 2).take_while(|i| opener != "the" && skipped(i)).count();
        let past = t.key(at + skip);
        let plural = matches!(opener, "those") || at > i + 1;
        let stretch =
            any_of(past, list!("period|span|stretch|window|interval|spell|century|frame"))
                || any_of(past, list!("sessions|weeks|months|quarters|years")) && plural;
        let last = if stretch { at + skip } else { at };
        let noun = t.key(last);
        let stretch = stretch || any_of(noun, list!("time|timeframe"));
        let stretch = stretch && (opener != "this" || noun == "period") && t.key(last + 1) != "of";
        if stretch || t.phrase(i, "the period").is_some() {
            return Some((last + 1, Expr::Same(None)));
        }
        let day = any_of(noun, list!("afternoon|morning|evening|session")) && opener != "this";
        let grain = if day { Some(Grain::Day) } else { Grain::from_name(noun) };
        let grain = grain.filter(|_| opener != "this" || at > i + 1)?;
        if t.key(at + 1) == "point" {
            return None;
        }
        let clause = any_of(t.key(at + 1), list!("when|in|that|after|before|of|since|was|is"));
        (!clause || opener != "the").then_some((at + 1, Expr::Same(Some(grain))))
    }

    /// `week of July 4`, `quarter ended June 30`.
    pub(super) fn dated(&self, i: usize) -> Option<(usize, Expr)> {
        let grain = Grain::from_name(self.tokens().key(i)).filter(|g| *g > Grain::Day)?;
        self.ending(grain, i + 1)
    }

    /// `the month of November`, `the week ended December 29`, `the quarter ending June 30`, `the
    /// week that began with a rout`.
    fn ending(&self, grain: Grain, at: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        if grain == Grain::Year
            && let Some((end, year)) = self.dates.read(at).filter(|(_, p)| p.grain == grain)
        {
            return Some((end, Expr::Span(year)));
        }
        if let Some((end, day)) = self.dates.election(at + 1).filter(|_| t.key(at) == "of") {
            return Some((end, Expr::Span(CalendarPeriod::containing(grain, day.last_day()))));
        }
        let clause = list!("that ended|which ended|that began|which began|that started|just ended");
        let linked = any_of(t.key(at), list!("ended|ending|beginning|starting|commencing"));
        let of = t.key(at) == "of" && grain != Grain::Year;
        let link = match t.any_phrase(at, clause) {
            Some(end) => end,
            None if of || linked => at + 1,
            None => return None,
        };
        let skip = usize::from(matches!(t.key(link), "on" | "the"));
        let named = self.dates.read(link + skip).or_else(|| match self.weekday(link + skip)? {
            (end, Expr::Span(day)) => Some((end, day)),
            _ => None,
        });
        let Some((end, period)) = named else {
            let open = link > at + 1 && grain > Grain::Day;
            return open.then_some((at, Expr::ToDate(grain)));
        };
        let whole = period.grain < grain;
        if whole && grain == Grain::Year && period.last_day().month() != 12 {
            return Some((end, Expr::Until(Length::months(12), period.last_day())));
        }
        let span =
            if whole { CalendarPeriod::containing(grain, period.last_day()) } else { period };
        Some((end, Expr::Span(span)))
    }

    /// `today`, `yesterday`, `last week`, `next year`, `in a single session`.
    pub(super) fn relative(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let published = self.dates.published;
        let day = |day: Option<Date>| day.map(|d| Expr::Span(CalendarPeriod::day(d)));
        if let Some(end) =
            t.any_phrase(i, list!("a single session|one session|a single day|one day alone"))
        {
            return Some((end, Expr::Same(Some(Grain::Day))));
        }
        if let Some(end) = t.any_phrase(
            i,
            list!(
                "today|this morning|this afternoon|this evening|in early trading|at midday|\
                by midday"
            ),
        ) {
            let today = t.key(i) == "today" || t.key(i) == "this";
            return day(if today { published } else { self.session() }).map(|e| (end, e));
        }
        if let Some(found) = self.this_day(i) {
            return Some(found);
        }
        if let Some(end) = t.any_phrase(i, DAY_AFTER) {
            return Some((end, Expr::Ahead(Length { count: 1, unit: LengthUnit::Sessions })));
        }
        if let Some(end) = t.any_phrase(i, list!("yesterday|last night")) {
            return day(published.and_then(session_before)).map(|e| (end, e));
        }
        if let Some(end) = t.any_phrase(i, DAY_BEFORE) {
            return day(self.session().and_then(session_before)).map(|e| (end, e));
        }
        if let Some(end) = t.any_phrase(i, YEAR_BEFORE) {
            let end = if t.key(end - 1) == "gain" { end - 1 } else { end };
            return Some((end, Expr::Trailing(Length::months(12))));
        }
        if let Some(found) = self.year_end(i) {
            return Some(found);
        }
        if let Some(found) = self.half_year(i) {
            return Some(found);
        }
        let weekly =
            matches!(t.key(i), "weekly") && !matches!(t.key(i + 1), "chart" | "basis" | "jobless");
        if weekly {
            return Some((i + 1, Expr::ToDate(Grain::Week)));
        }
        let gain =
            list!("gain|gains|loss|decline|drop|advance|rise|fall|return|performance|slide|rally");
        if t.key(i) == "monthly" && any_of(t.key(i + 1), gain) {
            return Some((i + 1, Expr::ToDate(Grain::Month)));
        }
        self.neighbour(i).or_else(|| self.extreme(i))
    }

    /// `half-year gains`: of the half that has just ended.
    fn half_year(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let end = t.phrase(i, "half year").filter(|_| t.joint(i + 1) == Joint::Hyphen)?;
        let noun = list!("gain|gains|loss|losses|return|returns|results|performance|report|rally");
        let half = self.just_ended(Grain::Half).filter(|_| any_of(t.key(end), noun))?;
        Some((end, Expr::Span(half)))
    }

    /// `by year-end`, `at the end of next year`.
    fn year_end(&self, i: usize) -> Option<(usize, Expr)> {
        let (t, published) = (self.tokens(), self.dates.published);
        let this = list!(
            "year end|the end of the year|the end of this year|the year is over|the year is out|\
            the year 's end"
        );
        let next = list!("the end of next year|next year 's end|next year end");
        if let Some(end) = t.any_phrase(i, this) {
            let this = CalendarPeriod::year(published?.year());
            let past = published?.month() <= 3 && !self.dates.ahead && !self.is_set(i);
            return Some((end, Expr::Span(if past { this.plus(-1) } else { this })));
        }
        let end = t.any_phrase(i, next)?;
        Some((end, Expr::Span(CalendarPeriod::year(published?.year() + 1))))
    }

    /// Whether something is set for a time to come: `by year-end`.
    fn is_set(&self, i: usize) -> bool {
        any_of(self.tokens().key(i.wrapping_sub(1)), list!("by|until|before|into"))
    }

    /// `its worst week since March`, `the best month of the year`: the one at hand.
    fn extreme(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let superlative =
            list!("best|worst|biggest|largest|strongest|weakest|steepest|sharpest|deepest");
        if !any_of(t.key(i), superlative) {
            return None;
        }
        let at =
            i + 1 + usize::from(any_of(t.key(i + 1), list!("trading|calendar|weekly|monthly")));
        let adjective = at > i + 1 && any_of(t.key(at - 1), list!("weekly|monthly"));
        let grain = match t.key(at) {
            "session" => Grain::Day,
            _ if adjective => Grain::from_name(t.key(at - 1).trim_end_matches("ly"))?,
            key => Grain::from_name(key)?,
        };
        let over = t.any_phrase(at + 1, list!("for|on record|ever|in|of|to"));
        let known =
            any_of(t.key(at + 1), list!("since|so")) || t.phrase(at + 1, "of the year").is_some();
        let in_long = any_of(t.key(at + 1), list!("in"))
            && (at + 2..at + 7)
                .any(|n| any_of(t.key(n), list!("years|months|weeks|year|decade|memory")));
        let open = over.is_none() || known || in_long;
        let end = at + usize::from(!adjective);
        match grain {
            _ if !open => None,
            Grain::Day => None,
            grain => Some((end, Expr::ToDate(grain))),
        }
    }

    /// `last month`, `the previous quarter`, `next year`, `the week before`.
    pub(super) fn neighbour(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        let at = i + usize::from(t.key(i) == "the");
        let grain_at = |at: usize| match t.key(at) {
            "wk" => Some(Grain::Week),
            "qtr" => Some(Grain::Quarter),
            "yr" => Some(Grain::Year),
            key => Grain::from_name(key).filter(|g| *g != Grain::Half),
        };
        if let Some(grain) = grain_at(at)
            && at > i
            && t.key(at + 1) == "before"
        {
            let (end, step) = if t.key(at + 2) == "last" { (at + 3, -2) } else { (at + 2, -1) };
            return self.step(grain, step).map(|e| (end, e));
        }
        if let Some(end) = t.phrase(at, "year ago").filter(|_| t.joint(at + 1) == Joint::Hyphen)
            && let Some(grain) = grain_at(end)
        {
            let now = self.just_ended(grain)?;
            let back = match grain {
                Grain::Quarter => 4,
                Grain::Month => 12,
                _ => return None,
            };
            return Some((end + 1, Expr::Span(now.plus(-back))));
        }
        let step = match t.key(at) {
            "last" | "previous" | "prior" | "preceding" => -1,
            "next" | "coming" => 1,
            _ => return None,
        };
        let at = at + usize::from(matches!(t.key(at + 1), "calendar" | "trading" | "fiscal"));
        let grain = grain_at(at + 1)?;
        self.step(grain, step).map(|e| (at + 2, e))
    }

    /// The calendar period before or after the present one. In the week after its last session an
    /// article calls that session's week the last.
    fn step(&self, grain: Grain, step: i32) -> Option<Expr> {
        let published = self.dates.published?;
        let now = CalendarPeriod::containing(grain, published);
        let reported = self.period_now(grain)?;
        let weekend = published.weekday().to_monday_one_offset() >= 6;
        let rolled = grain == Grain::Week && step < 0 && (reported < now || weekend);
        let last = if rolled { reported.max(now.plus(-1)) } else { now.plus(-1) };
        Some(Expr::Span(if step < 0 { last.plus(step + 1) } else { now.plus(step) }))
    }

    /// `early 2024`, `mid-October`, `late last year`, `the end of July 2025`.
    pub(super) fn fuzzy(&self, i: usize) -> Option<(usize, Expr)> {
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
        if period.grain == Grain::Year && part == 1 {
            return Some((end, Expr::Span(CalendarPeriod::month(period.first_day().year(), 6))));
        }
        if period.grain != Grain::Year {
            return Some((end, Expr::Span(period)));
        }
        let first = CalendarPeriod::containing(Grain::Quarter, period.first_day());
        Some((end, Expr::Span(first.plus(part))))
    }

    /// `Monday`, `Friday's`, `Thursday, Sept. 18`.
    pub(super) fn weekday(&self, i: usize) -> Option<(usize, Expr)> {
        let t = self.tokens();
        if let Some((end, day)) = self.dates.weekday_of_month(i) {
            return Some((end, Expr::Span(day)));
        }
        if let Some(at) = t.any_phrase(i, list!("this past|last|the previous|the prior")) {
            let (end, day) = self.dates.weekday(at)?;
            let today = day.filter(|d| Some(*d) == self.dates.published);
            let day = today.and_then(|d| d.checked_sub(7.days()).ok()).or(day);
            return day.map(|day| (end, Expr::Span(CalendarPeriod::day(day))));
        }
        let (end, day) = self.dates.weekday(i)?;
        if let Some(at) = t.phrase(end, "of")
            && let Some((end, Expr::Span(week))) = self.neighbour(at)
            && week.grain == Grain::Week
            && let Some(day) = day
        {
            let ahead = i64::from(day.weekday().to_monday_zero_offset());
            let day = week.first_day().checked_add(ahead.days()).ok()?;
            return Some((end, Expr::Span(CalendarPeriod::day(day))));
        }
        let mut at = end;
        at += usize::from(t.is(at, '.'));
        at += usize::from(t.is(at, ',') || t.is(at, '('));
        if let Some((end, period)) = self.dates.read(at).filter(|(_, p)| p.grain == Grain::Day) {
            let dated = (at..end).any(|i| t.number(i).is_some_and(|n| n.year().is_some()));
            let period = day.filter(|_| !dated).and_then(|day| on_weekday(period, day));
            let period = period.or_else(|| self.dates.read(at).map(|(_, p)| p))?;
            return Some((end, Expr::Span(period)));
        }
        day.map(|day| (end, Expr::Span(CalendarPeriod::day(day))))
    }
}

/// The last such day of a year that was the same weekday as another day: `Monday, September 15`.
fn on_weekday(p: CalendarPeriod, other: Date) -> Option<CalendarPeriod> {
    const YEARS_MAX: i32 = 30;
    let back = |years: i32| p.first_day().checked_sub(years.years()).ok();
    let days = (0..YEARS_MAX).filter_map(back);
    { days }.find(|d| d.weekday() == other.weekday()).map(CalendarPeriod::day)
}

/// The session before a day.
fn session_before(day: Date) -> Option<Date> {
    day.yesterday().ok().map(session_up_to)
}

/// A week, a month, a quarter … as a length.
fn one(grain: Grain) -> Length {
    match grain {
        Grain::Day => Length { count: 1, unit: LengthUnit::Sessions },
        Grain::Week => Length { count: 1, unit: LengthUnit::Weeks },
        Grain::Month => Length::months(1),
        Grain::Quarter => Length::months(3),
        Grain::Half => Length::months(6),
        Grain::Year => Length::months(12),
    }
}
