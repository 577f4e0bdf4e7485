//! Events that an article defines and then counts: months with a gain or loss of some size, the
//! first cuts of its central bank, a season of each year, runs of gains or losses, units of time
//! that are counted one by one.

mod run;
mod season;

use super::cue;
use crate::time::{CalendarPeriod, Date, Grain, session_up_to};
pub(super) use run::Run;
pub(super) use season::Season;

/// What picks the cases of a study.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event {
    /// A period in which an index moved by at least so much.
    Move {
        /// Whose move.
        entity: String,
        grain: Grain,
        /// In percent; negative for losses.
        threshold: f64,
    },
    /// The first cut after a rise, since a year.
    FirstCut {
        /// The year of the first one that the article names.
        since: i16,
    },
    /// The same months of each year.
    Season(Season),
    /// A run of gains or losses that has become so long.
    Run(Run),
    /// Any unit of a time at all: those that are counted, or with which cases are compared.
    Units {
        /// Of whom.
        entity: String,
        grain: Grain,
        /// From which size a move counts, in percent.
        size: f64,
    },
}

impl Event {
    /// The condition as a query over its family.
    pub(super) fn condition(&self) -> String {
        match self {
            Event::Move { entity, grain, threshold } => {
                let sign = if *threshold < 0.0 { "<=" } else { ">=" };
                format!("return({entity}, {}) {sign} {threshold}%", grain.name())
            }
            Event::FirstCut { .. } => "first_cut(FED, day)".to_owned(),
            Event::Season(season) => season.condition(),
            Event::Run(run) => run.condition(),
            Event::Units { entity, grain, .. } => {
                format!("return({entity}, {}) > -100%", grain.name())
            }
        }
    }

    /// What a study of it says of cases that lie close to each other.
    pub(super) fn spacing(&self) -> &'static str {
        match self {
            Event::Run(run) => run.spacing(),
            _ => "",
        }
    }

    /// How many cases there are within bounds, as a query.
    pub(super) fn count(&self, bounds: &str) -> String {
        let all = format!("count({}{bounds})", self.condition());
        match self {
            // a longer run meets the condition more than once
            Event::Run(run) => format!("{all} - count({}{bounds})", run.longer().condition()),
            _ => all,
        }
    }

    /// The run that a sentence tells of, as the event that is studied.
    pub(super) fn run_in(
        sentence: &str,
        entity: impl FnOnce() -> String,
        value: usize,
    ) -> Option<Event> {
        let runs = cue::tally::of_runs(sentence);
        runs.then(|| Run::told_in(sentence, entity, value)).flatten().map(Event::Run)
    }

    /// The move that a sentence defines: `months with 10%+ gains`, `a monthly gain of 10% or more`,
    /// `double-digit months`. The figure at `value`, a byte of the sentence, is not its size.
    pub(super) fn defined_in(
        sentence: &str,
        entity: impl FnOnce() -> String,
        value: usize,
    ) -> Option<Event> {
        let text = sentence.to_ascii_lowercase();
        let grain = [("month", Grain::Month), ("week", Grain::Week), ("quarter", Grain::Quarter)]
            .into_iter()
            .find(|(word, _)| mentions_kind(&text, word))
            .map(|(_, grain)| grain)?;
        let size = threshold(&text, value)?;
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let falls = says(&["loss", "decline", "drop", "fall"]);
        let rises = says(&["gain", "rall", "rise", "advance", "jump", "climb"])
            || text.contains("double-digit month");
        let threshold = match (rises, falls) {
            (true, false) => size,
            (false, true) => -size,
            // "17 months of ten percent or more"
            (false, false) if text.contains(&format!("{}s of ", grain.name())) => size,
            _ => return None,
        };
        Some(Event::Move { entity: entity(), grain, threshold })
    }

    /// Whether a sentence speaks of first cuts as cases: `the first reductions after a stretch of
    /// tightening`, `after the Fed's first cut`.
    pub(super) fn is_of_first_cuts(sentence: &str) -> bool {
        let text = sentence.to_ascii_lowercase();
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let is_cut = |word: &&str| {
            ["cut", "reduction", "easing"].iter().any(|beginning| word.starts_with(beginning))
        };
        let time = ["quarter", "half", "month", "week", "year", "time", "meeting", "day"];
        let mut firsts = words.iter().enumerate().filter(|(_, word)| **word == "first");
        firsts.any(|(i, _)| {
            let behind = words.iter().skip(i + 1).take(4);
            let mut behind = behind.take_while(|w| !matches!(**w, "since" | "after")).peekable();
            behind.peek().is_some_and(|next| !time.contains(next)) && behind.any(is_cut)
        })
    }
}

/// Whether a period is over on a day: with its last session.
pub(super) fn is_over(period: CalendarPeriod, day: Date) -> bool {
    session_up_to(period.last_day()) <= day
}

/// Whether a size of period stands for the kind of the event, not for a horizon: `monthly gains`,
/// `months with`, `every double-digit month`, but not `over the next six months`.
fn mentions_kind(text: &str, word: &str) -> bool {
    if !text.contains(word) {
        return false;
    }
    let forms = [
        format!("{word}ly "),
        format!("{word}s with"),
        format!("{word}s of"),
        format!("{word}s in which"),
        format!("{word}s when"),
        format!("{word}s that"),
        format!("{word} with"),
        format!("{word} in which"),
        format!("in a {word}"),
        format!("in one {word}"),
        format!("in a single {word}"),
        format!("calendar {word}"),
        format!("every {word}"),
        format!("each {word}"),
        format!("double-digit {word}"),
    ];
    forms.iter().any(|form| text.contains(form.as_str()))
}

/// A percentage that is marked as a bound: `10%+`, `ten percent or more`, `at least 10%`,
/// `double-digit`.
pub(super) fn threshold(text: &str, value: usize) -> Option<f64> {
    if text.contains("double-digit") {
        return Some(10.0);
    }
    let signs = ["%", " percent", " per cent"];
    let mut places: Vec<(usize, usize)> = signs
        .iter()
        .flat_map(|sign| text.match_indices(sign).map(|(at, s)| (at, s.len())))
        .collect();
    places.sort_unstable();
    places.into_iter().find_map(|(at, width)| {
        let start = text[..at].rfind([' ', '(', '-', '+']).map_or(0, |before| before + 1);
        let after = text[at + width..].trim_start();
        let bound = ["+", "-plus", "or more", "or greater", "or higher", "or better", "and more"];
        let least = ["at least", "more than", "in excess of", "exceeding"];
        let marked = bound.iter().any(|mark| after.starts_with(mark))
            || least.iter().any(|mark| text[..start].trim_end().ends_with(mark));
        let own = (start..=at).contains(&value);
        (marked && !own).then(|| cue::text::number(&text[start..at])).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_a_sentence() {
        let check = |sentence: &str, want: Option<&str>| {
            let event = Event::defined_in(sentence, || "RUT".to_owned(), 0).map(|e| e.condition());
            assert_eq!(event.as_deref(), want, "{sentence}");
        };
        let gains = Some("return(RUT, month) >= 10%");
        check("After months with 10%+ gains the index rose in most cases", gains);
        check("90% positive follow-through after 10%+ monthly gains", gains);
        check("After every double-digit month the index rose over the next six months", gains);
        check("We marked each month in which it gained ten percent or more", gains);
        check("Every calendar month with an advance of at least 10 per cent counts", gains);
        check("It has had 17 months of ten percent or more", gains);
        check("It has gained 10% or more in a month seven times", gains);
        check("It rose 7% over the next six months", None);
        check("It gained 3% or more over the next six months", None);
        check("After weekly losses of at least 5% it rose", Some("return(RUT, week) <= -5%"));
        check("caf\u{e9} % months with % gains", None);
    }

    #[test]
    fn first_cuts_are_cases() {
        let check = |sentence: &str, want: bool| {
            assert_eq!(Event::is_of_first_cuts(sentence), want, "{sentence}");
        };
        check("I took the first reductions after a stretch of tightening: 1995 and 1998.", true);
        check("The year after the Fed's first rate cut has been kind", true);
        check("In the first quarter the Fed cut rates", false);
        check("It was the first gain since the cut", false);
    }
}
