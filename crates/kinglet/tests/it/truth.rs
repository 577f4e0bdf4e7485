//! True sentences about the closes among the facts, in many wordings. Every number in them is
//! worked out here from the tables of `crates/kinglet-store/facts`, not by kinglet.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::ToSpan;
use kinglet_core::time::Date;

/// What was printed, and on which day.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) published: Date,
}

/// Closes by index and day.
pub(crate) type Closes = BTreeMap<String, BTreeMap<Date, f64>>;

/// The closes of a table of the facts.
pub(crate) fn closes(file: &str) -> Closes {
    let path = format!("{}/../kinglet-store/facts/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a table of the facts");
    let mut all = Closes::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split(',');
        let mut cell = || cells.next().expect("a cell");
        let day: Date = cell().parse().expect("a date");
        let (id, close) = (cell().to_owned(), cell().parse().expect("a number"));
        all.entry(id).or_default().insert(day, close);
    }
    all
}

/// The index's name in print.
pub(crate) fn name(id: &str) -> &'static str {
    match id {
        "RUT" => "Russell 2000",
        "SPX" => "S&P 500",
        _ => "Nasdaq Composite",
    }
}

/// One close and the one before it, and where the index stood earlier.
#[derive(Clone, Copy, Debug)]
struct Step {
    name: &'static str,
    day: Date,
    close: f64,
    before: f64,
    /// The last close of the year before.
    year_end: Option<f64>,
    /// The last close of the quarter before.
    quarter_end: Option<f64>,
    /// How many steps in a row have gone the same way.
    run: usize,
    /// For how many months no close was as high or as low, and which of them.
    beyond: Option<(usize, &'static str)>,
}

impl Step {
    fn percent(&self) -> f64 {
        change(self.before, self.close)
    }
}

/// How many months before a day the last close beyond its own was: a high or a low.
fn beyond(closes: &BTreeMap<Date, f64>, day: Date, close: f64) -> Option<(usize, &'static str)> {
    let since = |is_beyond: &dyn Fn(f64) -> bool| {
        let (last, _) = closes.range(..day).rev().find(|(_, value)| is_beyond(**value))?;
        Some((f64::from((day - *last).get_days()) / 30.4375).round() as usize)
    };
    let high = since(&|value| value > close).map(|months| (months, "high"));
    let low = since(&|value| value < close).map(|months| (months, "low"));
    high.into_iter().chain(low).max()
}

/// The change in per cent.
fn change(from: f64, to: f64) -> f64 {
    100.0 * (to / from - 1.0)
}

/// The steps of an index without gaps: of month ends (`gap` 31 days) or of days (4 or 5).
fn steps(id: &str, closes: &BTreeMap<Date, f64>, gap: i32) -> Vec<Step> {
    // A run that may have begun before the table does is not printed: it counts as none.
    let (mut run, mut up, mut turned) = (0_usize, None, false);
    let mut found = Vec::new();
    for ((&day_before, &before), (&day, &close)) in closes.iter().zip(closes.iter().skip(1)) {
        if (day - day_before).get_days() > gap {
            (up, turned) = (None, false);
            continue;
        }
        if close == before {
            (run, up, turned) = (0, None, true);
            continue;
        }
        turned |= up.is_some_and(|up| up != (close > before));
        run = if up == Some(close > before) { run + 1 } else { 1 };
        up = Some(close > before);
        if change(before, close).abs() < 0.06 {
            continue;
        }
        let month = (day.month() - 1) / 3 * 3 + 1;
        let last_before = |first: Date| {
            let (&last, &value) = closes.range(..first).next_back()?;
            ((first - last).get_days() <= 5).then_some(value)
        };
        found.push(Step {
            name: name(id),
            day,
            close,
            before,
            year_end: last_before(Date::new(day.year(), 1, 1).expect("a day")),
            quarter_end: last_before(Date::new(day.year(), month, 1).expect("a day")),
            run: if turned { run } else { 0 },
            beyond: beyond(closes, day, close),
        });
    }
    found
}

/// A level as it is printed: `2,366.42`.
pub(crate) fn level(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.find('.').filter(|&dot| dot > 3) {
        Some(dot) => format!("{},{}", &text[..dot - 3], &text[dot - 3..]),
        None => text,
    }
}

fn verb(change: f64, salt: usize) -> &'static str {
    const UP: [&str; 8] =
        ["rose", "gained", "climbed", "advanced", "added", "jumped", "rallied", "was up"];
    const DOWN: [&str; 8] =
        ["fell", "lost", "dropped", "declined", "shed", "slid", "tumbled", "was down"];
    if change > 0.0 { UP[salt % 8] } else { DOWN[salt % 8] }
}

fn noun(change: f64, salt: usize) -> &'static str {
    const UP: [&str; 4] = ["gain", "advance", "rise", "increase"];
    const DOWN: [&str; 4] = ["decline", "loss", "drop", "fall"];
    if change > 0.0 { UP[salt % 4] } else { DOWN[salt % 4] }
}

fn way(change: f64) -> &'static str {
    if change > 0.0 { "up" } else { "down" }
}

fn ordinal(n: usize) -> &'static str {
    const WORDS: [&str; 8] =
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    WORDS[n.clamp(2, 9) - 2]
}

/// A sentence about a month; none where this wording does not suit its figures.
fn of_month(s: &Step, other: &Step, salt: usize) -> Option<String> {
    let (p, a, n) = (s.percent(), s.percent().abs(), s.name);
    let (month, year) = (s.day.strftime("%B").to_string(), s.day.year());
    let (v, w, c) = (verb(p, salt), noun(p, salt / 3), level(s.close));
    let q = other.percent();
    let quarter = ["first", "second", "third", "fourth"][(s.day.month() as usize - 1) / 3];
    Some(match salt % 22 {
        0 => format!("The {n} {v} {a:.1}% in {month} {year}."),
        1 => format!("In {month} {year}, the {n} {v} {a:.2}%."),
        2 => format!("For {month} {year}, the {n} returned {p:.1}%."),
        3 => format!("The {n} ended {month} {year} at {c}, {} {a:.2}% for the month.", way(p)),
        4 => format!("{month} {year}: {n} {p:+.1}%, {} {q:+.1}%.", other.name),
        5 => format!(
            "The {n} {v} {a:.1}% in {month}, while the {} {} {:.1}%.",
            other.name,
            verb(q, salt / 2),
            q.abs()
        ),
        6 if p - q > 0.1 => format!(
            "The {n} outperformed the {} by {:.1} percentage points in {month} {year}.",
            other.name,
            p - q
        ),
        7 if (2..=9).contains(&s.run) => {
            format!("{month} {year} was the {} straight monthly {w} for the {n}.", ordinal(s.run))
        }
        8 => {
            let ytd = change(s.year_end?, s.close);
            let (way, ytd, day) = (way(ytd), ytd.abs(), s.day.day());
            format!("Year to date through {month} {day}, {year}, the {n} was {way} {ytd:.1}%.")
        }
        9 if s.day.month() % 3 == 0 => {
            let p = change(s.quarter_end?, s.close);
            let v = verb(p, salt);
            format!("In the {quarter} quarter of {year}, the {n} {v} {:.1}%.", p.abs())
        }
        10 => format!("A {a:.1}% {w} in {month} {year} took the {n} to {c}."),
        11 => format!("The {n} closed {month} {year} at {c}."),
        12 => format!(
            "The {n} went from {} to {c} in {month} {year}, a {w} of {a:.1}%.",
            level(s.before)
        ),
        13 if a >= 1.0 && (a.round() - a).abs() < 0.04 * a => {
            format!("The {n} {v} about {a:.0}% in {month} {year}.")
        }
        14 if a >= 2.0 && a.fract() > 0.1 => {
            format!("The {n} {v} more than {:.0}% in {month} {year}.", a.floor())
        }
        15 if a >= 5.0 && a.fract() > 0.8 => {
            format!("The {n} {v} nearly {:.0}% in {month} {year}.", a.ceil())
        }
        16 => format!("The {n}'s {a:.1}% {w} in {month} {year} was widely noted."),
        17 => format!("| Index | {month} {year} |\n| --- | --- |\n| {n} | {p:.2}% |\n"),
        18 => format!(
            "The {n} {v} {a:.1}% in {month} {year}, against {q:+.1}% for the {}.",
            other.name
        ),
        19 if s.day.month() == 12 => {
            let p = change(s.year_end?, s.close);
            format!("In {year} the {n} {} {:.1}%.", verb(p, salt), p.abs())
        }
        20 => format!("The {n} finished {month} with a {a:.1}% {w}."),
        21 => format!("The {n} had a price return of {p:.1}% in {month} {year}."),
        _ => return None,
    })
}

/// A sentence about a day.
fn of_day(s: &Step, other: Option<&Step>, salt: usize) -> Option<String> {
    let (p, a, n, c) = (s.percent(), s.percent().abs(), s.name, level(s.close));
    let (v, w) = (verb(p, salt), noun(p, salt / 3));
    let points = level((s.close - s.before).abs());
    let (weekday, month) = (s.day.strftime("%A"), s.day.strftime("%B"));
    let (day, year) = (s.day.day(), s.day.year());
    Some(match salt % 12 {
        0 => format!("The {n} {v} {points} points, or {a:.1}%, to {c} on {weekday}."),
        1 => format!("On {weekday}, {month} {day}, {year}, the {n} {v} {a:.2}% to close at {c}."),
        2 => format!("The {n} closed at {c} on {weekday}, {} {a:.1}%.", way(p)),
        3 => format!("On {month} {day}, the {n} {v} {a:.2}%."),
        4 => {
            let o = other?;
            let q = o.percent();
            format!(
                "The {n} {v} {a:.1}% on {weekday}, while the {} {} {:.1}%.",
                o.name,
                verb(q, salt / 2),
                q.abs()
            )
        }
        5 if (2..=9).contains(&s.run) => {
            format!("It was the {} straight daily {w} for the {n}.", ordinal(s.run))
        }
        6 => {
            let ytd = change(s.year_end?, s.close);
            format!(
                "The {n} is {} {:.1}% for the year after {weekday}'s close.",
                way(ytd),
                ytd.abs()
            )
        }
        7 => format!("At {weekday}'s close the {n} stood at {c}."),
        8 => format!("The {n} finished {weekday} with a {w} of {a:.2}%, at {c}."),
        9 => format!("The {n} lost or gained nothing but {a:.2}% on {month} {day}, {year}.")
            .replace("lost or gained nothing but", v),
        11 => {
            let (months, side) = s.beyond.filter(|(months, _)| (2..=24).contains(months))?;
            format!("The {n} closed at a {months}-month {side} on {month} {day}, {year}.")
        }
        10 => format!("- {n}: {c} ({p:+.2}%) on {weekday}, {month} {day}, {year}"),
        _ => return None,
    })
}

/// Articles of a few sentences each: on every month since 1976 and every day of the recent closes.
pub(crate) fn articles() -> Vec<Article> {
    let months = closes("index_month_end.csv");
    let days = closes("index_daily_recent.csv");
    let of = |all: &Closes, gap| -> Vec<Step> {
        all.iter().flat_map(|(id, closes)| steps(id, closes, gap)).collect()
    };
    let (months, days) = (of(&months, 33), of(&days, 4));
    let mut found = Vec::new();
    for (i, step) in months.iter().enumerate() {
        let same = |o: &&Step| o.day == step.day && o.name != step.name;
        let Some(other) = months.iter().find(same) else { continue };
        let wordings = (0..5).filter_map(|k| of_month(step, other, 5 * i + k));
        let published = step.day + 5.days();
        found.push(article(
            format!("The market in {}", step.day.strftime("%B")),
            wordings,
            published,
        ));
    }
    for (i, step) in days.iter().enumerate() {
        let other = days.iter().find(|o| o.day == step.day && o.name != step.name);
        let wordings = (0..4).filter_map(|k| of_day(step, other, 4 * i + k));
        let published = if i % 2 == 0 { step.day } else { step.day + 1.day() };
        found.push(article("Stocks on the day".to_owned(), wordings, published));
    }
    found
}

fn article(mut text: String, wordings: impl Iterator<Item = String>, published: Date) -> Article {
    text.push_str("\n\n");
    for wording in wordings {
        writeln!(text, "{wording}\n").expect("a string takes all");
    }
    Article { text, published }
}
