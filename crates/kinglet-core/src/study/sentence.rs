//! A study in one sentence.

use super::{EVENTS_MIN, Figures, Report, horizon};
use crate::quantity::{Spelling, display};
use crate::time::{CalendarPeriod, Length, LengthUnit};

/// What is less probable than this is not put down to chance.
pub const SIGNIFICANCE: f64 = 0.05;

impl Report {
    /// What the outcome that is told first comes to, fairly: `14 of 17 since 1987 (82%; any six
    /// months: 67%); the difference could be chance.`
    pub fn sentence(&self) -> String {
        let since = match self.design.bounds.since.or(self.study.periods.first().copied()) {
            Some(first) => format!("since {}", year(first)),
            None => "in no time".to_owned(),
        };
        let at = self.design.primary;
        let (Some(followed), Some(figures)) = (self.study.followed.get(at), self.figures.get(at))
        else {
            return "Nothing was asked of the time after events.".to_owned();
        };
        let count = self.study.events.len();
        if count == 0 {
            let periods = self.study.periods.len();
            let noun = if periods == 1 { "period" } else { "periods" };
            return format!("No event {since}, in {periods} {noun}.");
        }
        let Some(events) = figures.events else {
            return format!("{count} {} {since}, none with an outcome.", events(count));
        };
        let any = figures.any.map_or_else(String::new, |any| {
            let span = horizon(&followed.query).map_or_else(|| "time".to_owned(), in_words);
            format!("; any {span}: {}", percent(any.hit_rate))
        });
        format!(
            "{} of {} {since} ({}{any}); {}.",
            events.hits,
            events.n,
            percent(events.hit_rate),
            judgement(figures, events.n)
        )
    }
}

/// Whether chance would do.
fn judgement(figures: &Figures, n: usize) -> String {
    let Some(inference) = figures.inference.as_ref().filter(|_| n >= EVENTS_MIN) else {
        return "too few to tell from chance".to_owned();
    };
    if inference.placebo_hits < SIGNIFICANCE {
        let percent = display(inference.placebo_hits, Spelling::Percent, 1);
        return format!("chance alone gives such a difference in {percent} of trials");
    }
    "the difference could be chance".to_owned()
}

fn events(count: usize) -> &'static str {
    if count == 1 { "event" } else { "events" }
}

fn year(period: CalendarPeriod) -> i16 {
    period.first_day().year()
}

fn percent(share: f64) -> String {
    display(share, Spelling::Percent, 0)
}

/// `six months`, `year`, `20 sessions`.
pub fn in_words(length: Length) -> String {
    const SMALL: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let unit = match length.unit {
        LengthUnit::Sessions => "session",
        LengthUnit::Weeks => "week",
        LengthUnit::Months => "month",
        LengthUnit::Years => "year",
    };
    if length.count == 1 {
        return unit.to_owned();
    }
    let small = SMALL.get(usize::from(length.count).saturating_sub(1));
    let count = small.map_or_else(|| length.count.to_string(), |word| (*word).to_owned());
    format!("{count} {unit}s")
}
