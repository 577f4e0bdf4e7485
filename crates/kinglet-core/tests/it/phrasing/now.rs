//! What an article can say of time on the day it is published, and the periods that this means by
//! the rules of annotation: computed from the calendar, never read.

use std::sync::LazyLock;

use kinglet_core::time::{Calendar, CalendarPeriod, Date, Grain};

use crate::synthetic::Numbers;

/// A phrase with the periods that are right for it.
pub(crate) type Phrase = (String, Vec<String>);

static CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::nyse(Date::constant(2026, 12, 31), &[]));

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// A day of publication.
pub(crate) struct Now {
    pub(crate) published: Date,
    /// The last session that is over, in the evening of that day.
    session: Date,
    /// The days as of which something is "now": of publication, and the last closes.
    days: Vec<Date>,
}

fn back(day: Date, days: i64) -> Date {
    day.checked_sub(jiff::Span::new().days(days)).expect("a day")
}

fn month_name(p: CalendarPeriod) -> String {
    p.first_day().strftime("%B").to_string()
}

fn short(month: &str) -> String {
    match month.len() {
        0..=5 => month.to_owned(),
        _ if month == "September" => "Sept.".to_owned(),
        _ => format!("{}.", &month[..3]),
    }
}

fn weekday(day: Date) -> String {
    format!("{:?}", day.weekday())
}

fn texts(codes: impl IntoIterator<Item = impl ToString>) -> Vec<String> {
    codes.into_iter().map(|c| c.to_string()).collect()
}

fn one(code: impl ToString) -> Vec<String> {
    vec![code.to_string()]
}

impl Now {
    /// Any day of a quarter of a century, weekends included, no holiday before it.
    pub(crate) fn draw(draw: &mut Numbers) -> Now {
        let first = Date::constant(2001, 3, 1);
        let (published, session) = loop {
            let day = i64::try_from(draw.below(9_100)).expect("a number of days");
            let published = first.checked_add(jiff::Span::new().days(day)).expect("a day");
            let session = CALENDAR.on_or_before(published).expect("a session");
            let weekend = i64::from(published.weekday().to_monday_one_offset() - 5).max(0);
            if session == back(published, weekend) {
                break (published, session);
            }
        };
        let before = CALENDAR.offset(session, -1).expect("a session");
        let mut days = vec![published, session];
        if published == session {
            days.push(before);
        }
        days.dedup();
        Now { published, session, days }
    }

    fn now(&self, grain: Grain) -> CalendarPeriod {
        CalendarPeriod::containing(grain, self.session)
    }

    /// A form such as `ytd@…` or `2019..…` up to now.
    pub(crate) fn until(&self, form: &str) -> Vec<String> {
        self.days.iter().map(|d| format!("{form}{d}")).collect()
    }

    /// A period until now; where it is as good as over, the period itself, too.
    pub(crate) fn to_date(&self, grain: Grain, short: &str) -> Vec<String> {
        let period = self.now(grain);
        let mut codes = self.until(&format!("{short}@"));
        if period.last_day() <= back(self.published, -3) {
            codes.push(period.to_string());
        }
        codes
    }

    /// A phrase of a kind: `day`, `week`, `month`, `quarter`, `half`, `year`, `todate`, `trail`,
    /// `since`, `range`, or `when` for any of them.
    pub(crate) fn phrase(&self, kind: &str, draw: &mut Numbers) -> Phrase {
        const ANY: [&str; 14] = [
            "day", "day", "week", "week", "month", "month", "quarter", "quarter", "half", "year",
            "todate", "trail", "since", "range",
        ];
        let kind = if kind == "when" { *draw.pick(&ANY) } else { kind };
        let phrases = match kind {
            "day" => self.days_of(draw),
            "week" => self.weeks(draw),
            "month" => self.months(draw),
            "quarter" => self.quarters(draw),
            "half" => self.halves(draw),
            "year" => self.years(draw),
            "todate" => self.to_dates(draw),
            "trail" => self.trailing(draw),
            "since" => self.since(draw),
            "range" => self.ranges(draw),
            "adj" => self.adjectives(draw),
            "yyyy" | "mmmm" => vec![self.heading(kind, draw)],
            _ => panic!("no phrases of {kind}"),
        };
        draw.pick(&phrases).clone()
    }

    /// A session of the last months.
    fn recent(&self, draw: &mut Numbers) -> Date {
        let n = i64::try_from(draw.below(150)).expect("a number of sessions");
        CALENDAR.offset(self.session, -(8 + n)).expect("a session")
    }

    fn days_of(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let n = i64::try_from(draw.below(4)).expect("a number of sessions");
        let mut near = CALENDAR.offset(self.session, -n).expect("a session");
        if (self.published - near).get_days() > 6 {
            near = self.session;
        }
        let w = weekday(near);
        let mut out: Vec<Phrase> = [
            format!("on {w}"),
            w.clone(),
            format!("in {w}'s session"),
            format!("in trading on {w}"),
            format!("during {w}'s session"),
        ]
        .map(|p| (p, one(near)))
        .into();
        if near == self.published {
            out.push(("today".to_owned(), one(near)));
        }
        if near == back(self.published, 1) {
            out.push(("yesterday".to_owned(), one(near)));
        }
        let far = self.recent(draw);
        let old = CALENDAR.offset(far, -1500).expect("a session");
        for (day, with_year) in [(far, false), (far, true), (old, true)] {
            let month = month_name(CalendarPeriod::containing(Grain::Month, day));
            let (d, y, w) = (day.day(), day.year(), weekday(day));
            let (year, short) =
                (if with_year { format!(", {y}") } else { String::new() }, short(&month));
            out.push((format!("on {month} {d}{year}"), one(day)));
            out.push((format!("on {w}, {month} {d}{year}"), one(day)));
            out.push((format!("on {short} {d}{year}"), one(day)));
            if with_year {
                out.push((format!("on {d} {month} {y}"), one(day)));
            } else {
                out.push((format!("on {w} ({month} {d})"), one(day)));
            }
        }
        out
    }

    fn weeks(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let this = CalendarPeriod::containing(Grain::Week, self.published);
        let day = self.published.weekday().to_monday_one_offset();
        let mut last = one(this.plus(-1));
        if day > 5 {
            last.push(this.to_string());
        }
        let mut out = vec![("last week".to_owned(), last)];
        if day > 4 && CalendarPeriod::containing(Grain::Week, self.session) == this {
            let mut codes = one(this);
            codes.extend(self.until("wtd@"));
            for phrase in ["this week", "for the week", "on the week", "over the week"] {
                out.push((phrase.to_owned(), codes.clone()));
            }
        }
        let n = i32::try_from(draw.below(30)).expect("a number of weeks");
        let past = this.plus(-2 - n);
        let (monday, friday) = (past.first_day(), back(past.last_day(), 2));
        for (day, opener) in [
            (friday, "in the week ended"),
            (friday, "for the week ending"),
            (friday, "in the week through"),
            (friday, "for the week that ended on"),
            (monday, "during the week of"),
            (monday, "in the week of"),
        ] {
            let month = month_name(CalendarPeriod::containing(Grain::Month, day));
            out.push((format!("{opener} {month} {}", day.day()), one(past)));
            out.push((format!("{opener} {month} {}, {}", day.day(), day.year()), one(past)));
        }
        out
    }

    fn months(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let this = CalendarPeriod::containing(Grain::Month, self.published);
        let near = this.plus(-1 - i32::try_from(draw.below(10)).expect("a number of months"));
        let far = this.plus(-14 - i32::try_from(draw.below(200)).expect("a number of months"));
        let mut out = vec![("last month".to_owned(), one(this.plus(-1)))];
        for opener in ["in", "in", "during", "for", "in the month of", "over the course of"] {
            out.push((format!("{opener} {}", month_name(near)), one(near)));
        }
        out.push((format!("in {} alone", month_name(near)), one(near)));
        for p in [near, far] {
            let (name, year) = (month_name(p), p.first_day().year());
            for phrase in [
                format!("in {name} {year}"),
                format!("in {name} of {year}"),
                format!("in {} {year}", short(&name)),
                format!("for {name} {year}"),
                format!("during {name} {year}"),
            ] {
                out.push((phrase, one(p)));
            }
            if year == self.published.year() - 1 {
                out.push((format!("in {name} of last year"), one(p)));
            }
        }
        out
    }

    fn quarters(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let this = CalendarPeriod::containing(Grain::Quarter, self.published);
        let near = this.plus(-1 - i32::try_from(draw.below(3)).expect("a number of quarters"));
        let far = this.plus(-5 - i32::try_from(draw.below(60)).expect("a number of quarters"));
        let number = |p: CalendarPeriod| usize::try_from((p.first_day().month() - 1) / 3).unwrap();
        let (o, n) = (ORDINALS[number(near)], number(near) + 1);
        let mut out: Vec<Phrase> = [
            format!("in the {o} quarter"),
            format!("during the {o} quarter"),
            format!("in Q{n}"),
            format!("for the {o} quarter"),
        ]
        .map(|p| (p, one(near)))
        .into();
        out.push(("last quarter".to_owned(), one(this.plus(-1))));
        for p in [near, far] {
            let (o, n, year) = (ORDINALS[number(p)], number(p) + 1, p.first_day().year());
            for phrase in [
                format!("in the {o} quarter of {year}"),
                format!("in Q{n} {year}"),
                format!("in {n}Q {year}"),
                format!("over the {o} quarter of {year}"),
                format!("in Q{n} of {year}"),
            ] {
                out.push((phrase, one(p)));
            }
            if year == self.published.year() - 1 {
                out.push((format!("in the {o} quarter of last year"), one(p)));
            }
        }
        out
    }

    fn halves(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let this = CalendarPeriod::containing(Grain::Half, self.published);
        let p = this.plus(-1 - i32::try_from(draw.below(2)).expect("a number of halves"));
        let far = this.plus(-3 - i32::try_from(draw.below(30)).expect("a number of halves"));
        let number = |p: CalendarPeriod| usize::from(p.first_day().month() > 6);
        let mut out = Vec::new();
        out.push((format!("in the {} half", ORDINALS[number(p)]), one(p)));
        for p in [p, far] {
            let (o, n, year) = (ORDINALS[number(p)], number(p) + 1, p.first_day().year());
            for phrase in [
                format!("in the {o} half of {year}"),
                format!("during the {o} half of {year}"),
                format!("in H{n} {year}"),
                format!("in {n}H {year}"),
            ] {
                out.push((phrase, one(p)));
            }
            let months = format!("{year}-{:02}..{year}-{:02}", 6 * n - 5, 6 * n);
            let which = if n == 1 { "first" } else { "last" };
            out.push((format!("in the {which} six months of {year}"), vec![p.to_string(), months]));
        }
        out
    }

    fn years(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let this = CalendarPeriod::containing(Grain::Year, self.published);
        let p = this.plus(-1 - i32::try_from(draw.below(25)).expect("a number of years"));
        let mut out: Vec<Phrase> = [
            format!("in {p}"),
            format!("for all of {p}"),
            format!("in calendar {p}"),
            format!("for the full year {p}"),
            format!("during {p}"),
            format!("over the course of {p}"),
            format!("in calendar year {p}"),
            format!("for {p} as a whole"),
        ]
        .map(|phrase| (phrase, one(p)))
        .into();
        out.push(("last year".to_owned(), one(this.plus(-1))));
        out
    }

    fn to_dates(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let grains = [
            (Grain::Year, "ytd", "year"),
            (Grain::Month, "mtd", "month"),
            (Grain::Quarter, "qtd", "quarter"),
            (Grain::Week, "wtd", "week"),
        ];
        let mut out = Vec::new();
        for (grain, code, noun) in grains {
            let codes = self.to_date(grain, code);
            if CalendarPeriod::containing(grain, self.published) != self.now(grain) {
                continue;
            }
            for phrase in [
                format!("so far this {noun}"),
                format!("{noun} to date"),
                format!("{noun}-to-date"),
                format!("since the start of the {noun}"),
                code.to_uppercase(),
            ] {
                out.push((phrase, codes.clone()));
            }
        }
        let year = self.now(Grain::Year);
        let codes = self.to_date(Grain::Year, "ytd");
        for phrase in
            ["this year".to_owned(), format!("so far in {year}"), "on the year".to_owned()]
        {
            out.push((phrase, codes.clone()));
        }
        let day = self.recent(draw);
        let month = month_name(CalendarPeriod::containing(Grain::Month, day));
        let text = format!("{month} {}", day.day());
        if CalendarPeriod::containing(Grain::Year, day) == year {
            for phrase in [
                format!("this year through {text}"),
                format!("year to date through {text}"),
                format!("in {year} through {text}"),
                format!("year to date as of {text}"),
            ] {
                out.push((phrase, one(format!("ytd@{day}"))));
            }
        }
        out
    }

    fn trailing(&self, draw: &mut Numbers) -> Vec<Phrase> {
        const WORDS: [&str; 21] = [
            "", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "12", "13", "14", "15", "16", "17", "18", "19", "20",
        ];
        let mut out = Vec::new();
        let units = [
            ("years", "y"),
            ("months", "m"),
            ("weeks", "w"),
            ("sessions", "d"),
            ("trading days", "d"),
        ];
        for (unit, letter) in units {
            let n = 2 + draw.below(14);
            let codes = self.until(&format!("{n}{letter}@"));
            let number = if draw.below(2) == 0 { n.to_string() } else { WORDS[n].to_owned() };
            for phrase in [
                format!("over the past {number} {unit}"),
                format!("in the last {number} {unit}"),
                format!("over the previous {number} {unit}"),
                format!("during the past {number} {unit}"),
            ] {
                out.push((phrase, codes.clone()));
            }
        }
        let mut year = self.until("12m@");
        year.extend(self.until("1y@"));
        for phrase in [
            "over the past year",
            "over the past 12 months",
            "in the past 12 months",
            "over the trailing 12 months",
            "over the last year",
        ] {
            out.push((phrase.to_owned(), year.clone()));
        }
        out.push(("over the past decade".to_owned(), self.until("10y@")));
        let end = self.now(Grain::Month).plus(-1);
        let last = CALENDAR.on_or_before(end.last_day()).expect("a session");
        let codes = texts([
            format!("12m@{last}"),
            format!("12m@{}", end.last_day()),
            format!("{}..{end}", end.plus(-11)),
        ]);
        let (name, year) = (month_name(end), end.first_day().year());
        out.push((format!("in the 12 months through {name}"), codes.clone()));
        out.push((format!("over the 12 months ended {name} {year}"), codes));
        out
    }

    fn since(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let mut out = Vec::new();
        let day = self.recent(draw);
        let old = CALENDAR.offset(day, -1500).expect("a session");
        for (day, with_year) in [(day, false), (day, true), (old, true)] {
            let month = month_name(CalendarPeriod::containing(Grain::Month, day));
            let year = if with_year { format!(", {}", day.year()) } else { String::new() };
            let codes = self.until(&format!("{day}.."));
            out.push((format!("since {month} {}{year}", day.day()), codes.clone()));
            out.push((format!("since its close on {month} {}{year}", day.day()), codes));
        }
        let year = i32::from(self.published.year()) - 1;
        let year = year - i32::try_from(1 + draw.below(20)).expect("a number of years");
        let codes = self.until(&format!("{year}.."));
        out.push((format!("since the start of {year}"), codes.clone()));
        out.push((format!("since the beginning of {year}"), codes));
        let last = Date::new(i16::try_from(year).unwrap(), 12, 31).expect("a day");
        let close = CALENDAR.on_or_before(last).expect("a session");
        let mut codes = self.until(&format!("{last}.."));
        codes.extend(self.until(&format!("{close}..")));
        codes.extend(self.until(&format!("{}..", year + 1)));
        out.push((format!("since the end of {year}"), codes));
        out
    }

    fn ranges(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let mut out = Vec::new();
        let b = self.recent(draw);
        let n = i64::try_from(draw.below(60)).expect("a number of sessions");
        let a = CALENDAR.offset(b, -20 - n).expect("a session");
        let name = |d: Date| month_name(CalendarPeriod::containing(Grain::Month, d));
        let (from, to) = (format!("{} {}", name(a), a.day()), format!("{} {}", name(b), b.day()));
        let code = one(format!("{a}..{b}"));
        out.push((format!("from {from} to {to}"), code.clone()));
        out.push((format!("from {from} through {to}"), code.clone()));
        out.push((format!("between {from} and {to}"), code.clone()));
        let (from, to) = (format!("{from}, {}", a.year()), format!("{to}, {}", b.year()));
        out.push((format!("from {from}, to {to}"), code.clone()));
        out.push((format!("between {from} and {to}"), code));
        let last = i32::from(self.published.year()) - 1;
        let last = last - i32::try_from(draw.below(8)).expect("a number of years");
        let first = last - i32::try_from(1 + draw.below(8)).expect("a number of years");
        let code = one(format!("{first}..{last}"));
        for phrase in [
            format!("from {first} to {last}"),
            format!("from {first} through {last}"),
            format!("between {first} and {last}"),
            format!("over {first}–{last}"),
            format!("in the years {first} to {last}"),
        ] {
            out.push((phrase, code.clone()));
        }
        let end = self.now(Grain::Month).plus(-1);
        let start = end.plus(-2 - i32::try_from(draw.below(4)).expect("a number of months"));
        if start.first_day().month() > 1 {
            let code = one(format!("{start}..{end}"));
            let (from, to) = (month_name(start), month_name(end));
            let year = end.first_day().year();
            out.push((format!("from {from} through {to}"), code.clone()));
            if start.first_day().year() == year {
                out.push((format!("from {from} to {to} {year}"), code));
            }
        }
        out
    }

    /// What stands over a column of a table: a year, a month of a year.
    fn heading(&self, kind: &str, draw: &mut Numbers) -> Phrase {
        let n = i32::try_from(draw.below(20)).expect("a number of periods");
        let of = |grain| CalendarPeriod::containing(grain, self.published).plus(-1 - n);
        let (year, month) = (of(Grain::Year), of(Grain::Month));
        match kind {
            "yyyy" => (year.to_string(), one(year)),
            _ => (format!("{} {}", month_name(month), month.first_day().year()), one(month)),
        }
    }

    /// Adjectives of a gain or loss: `its August gain`.
    fn adjectives(&self, draw: &mut Numbers) -> Vec<Phrase> {
        let month = CalendarPeriod::containing(Grain::Month, self.published)
            .plus(-1 - i32::try_from(draw.below(9)).expect("a number of months"));
        let quarter = CalendarPeriod::containing(Grain::Quarter, self.published).plus(-1);
        let number = usize::try_from((quarter.first_day().month() - 1) / 3).unwrap();
        let year = CalendarPeriod::containing(Grain::Year, self.published)
            .plus(-1 - i32::try_from(draw.below(15)).expect("a number of years"));
        let mut out = vec![
            (month_name(month).to_owned(), one(month)),
            (format!("{}-quarter", ORDINALS[number]), one(quarter)),
            (year.to_string(), one(year)),
            (format!("full-year {year}"), one(year)),
        ];
        if self.now(Grain::Year) == CalendarPeriod::containing(Grain::Year, self.published) {
            out.push(("year-to-date".to_owned(), self.to_date(Grain::Year, "ytd")));
        }
        out
    }
}
