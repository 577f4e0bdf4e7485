//! Which place a period has among others: the `third-best month since 1990` of an article.

use std::rc::Rc;

use super::Tag;
use super::fit::Fit;
use super::slots::{Gap, Slots};
use super::trial::{Found, Missing, Trial};
use crate::article::Named;
use crate::query::Query;
use crate::time::{CalendarPeriod, Grain, Period};

/// Words by which articles name what is compared.
const GRAINS: &[(&str, Grain)] = &[
    ("session", Grain::Day),
    ("day", Grain::Day),
    ("week", Grain::Week),
    ("month", Grain::Month),
    ("quarter", Grain::Quarter),
    ("year", Grain::Year),
];

const BEST: [&str; 6] =
    ["best", "strongest", "largest gain", "biggest gain", "largest r", "highest"];
const WORST: [&str; 8] =
    ["worst", "weakest", "largest l", "largest d", "biggest l", "biggest d", "steepest", "lowest"];

/// Words by which all periods are compared that there are.
const EVER: [&str; 5] = ["on record", "in history", "in its history", "ever", "of all time"];

/// The place of the period of a claim. Where the words leave open among which periods, a figure may
/// be right, and is not wrong.
pub(super) fn place(trial: &Trial<'_>, slots: &Slots) -> Result<Found, Missing> {
    let missing = |tag, reason: &str| (Gap::new(tag, reason), None);
    let after = trial.words_behind().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| after.contains(word));
    let sign = match (says(&BEST), says(&WORST)) {
        (true, false) => "",
        (false, true) => "-",
        _ => return Err(missing(Tag::EventUndefined, "the text does not say best or worst")),
    };
    let (Period::Calendar(own) | Period::At(own)) = slots.period else {
        return Err(missing(Tag::PeriodOpen, "the text does not say which period is ranked"));
    };
    let noun = GRAINS.iter().filter_map(|(word, grain)| Some((after.find(word)?, *grain))).min();
    let grain = noun.map_or(own.grain, |(_, grain)| grain);
    let of = CalendarPeriod::containing(grain, own.last_day());
    let since = trial.first_compared(own, &after);
    let is_settled = since.is_some() && noun.is_some();
    let bound = since.flatten().map_or_else(String::new, |p| format!(", since: {p}"));
    let text = format!("rank({sign}return({}, {}), of: {of}{bound})", slots.entity, grain.name());
    let query: Query =
        text.parse().map_err(|_| missing(Tag::NoSeries, "no data give this rank"))?;
    let result = Rc::new(trial.evaluator.result(&query));
    let query = Rc::new(query);
    let value = match &*result {
        Ok(outcome) => outcome.quantity.value,
        Err(why) => return Err((Gap::new(Tag::NoSeries, why.reason.clone()), Some(query))),
    };
    if is_settled || trial.fit(value) == Fit::Core {
        return Ok(Found { slots: slots.clone(), query, result, value });
    }
    let reason = format!("{query} is {value}, but the words leave open what is compared");
    Err((Gap::new(Tag::PeriodOpen, reason), Some(query)))
}

impl Trial<'_> {
    /// The first period compared, or all that there are; none where the words do not say.
    fn first_compared(&self, own: CalendarPeriod, after: &str) -> Option<Option<CalendarPeriod>> {
        let marks = self.memory.marks(self.sentence, self.context);
        let since = marks.times.iter().find_map(|(_, named)| match named {
            Named::Since(p) => Some(*p),
            _ => None,
        });
        let year = CalendarPeriod::containing(Grain::Year, own.last_day());
        let of_year = ["of the year", "this year"].iter().any(|words| after.contains(words))
            || after.contains(&format!("of {year}"));
        let ever = || EVER.iter().any(|words| after.contains(words)).then_some(None);
        since.or(of_year.then_some(year)).map(Some).or_else(ever)
    }
}
