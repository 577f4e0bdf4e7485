//! Lens readings for requests: the rules that are meant, and the readings as of many month-ends.

use std::num::NonZero;
use std::thread;

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::lens::Rules;
use kinglet_core::time::{CalendarPeriod, Cutoff, Date, Grain};
use kinglet_core::view::View;

pub use kinglet_core::lens::{Lenses, RULES, Readings, Side};

/// The rules that ship with the program.
///
/// # Panics
/// If they cannot be read: a defect.
pub fn shipped() -> Lenses {
    read(RULES).expect("a test reads the rules")
}

/// Rules as a user declares them, in TOML.
///
/// # Errors
/// A diagnostic where the text is not TOML, a field is missing or unknown, or a rule is no query.
pub fn read(text: &str) -> Result<Lenses, Diagnostic> {
    let rules: Rules = toml::from_str(text).map_err(|error| {
        let message = error.message().lines().next().unwrap_or("it is not TOML").to_owned();
        let diagnostic = Diagnostic::new(Code::Layout, format!("these are no rules: {message}"));
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        let diagnostic = match line {
            Some(line) => diagnostic.note(format!("line {line}")),
            None => diagnostic,
        };
        diagnostic.hint("`kinglet lens --show-rules` writes those that ship, to start from")
    })?;
    rules.checked()
}

/// The readings as of the end of every month from one that holds a day to the last one over, in
/// order. Each sees what was public then and nothing later; the months are shared out to threads.
pub fn history(view: &View, lenses: &Lenses, since: Date) -> Vec<Readings> {
    let first = CalendarPeriod::containing(Grain::Month, since);
    let last = CalendarPeriod::containing(Grain::Month, view.cutoff.through);
    let months: Vec<CalendarPeriod> =
        (0..=first.until(last)).map(|n| first.plus(n)).filter(|m| is_over(view, *m)).collect();
    let at =
        |month: &CalendarPeriod| lenses.readings(&view.until(Cutoff::end_of(month.last_day())));
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = months.len().div_ceil(threads).max(1);
    // Later months have more history: each thread takes every so many.
    let mut done: Vec<Readings> = thread::scope(|scope| {
        let tasks: Vec<_> = (0..threads.min(months.len()))
            .map(|first| {
                let (months, at) = (&months, &at);
                scope.spawn(move || {
                    let own = months.iter().skip(first).step_by(threads).take(share);
                    own.map(at).collect::<Vec<_>>()
                })
            })
            .collect();
        tasks
            .into_iter()
            .flat_map(|task| task.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|readings| readings.at.day);
    done
}

fn is_over(view: &View, month: CalendarPeriod) -> bool {
    let through = view.cutoff.through;
    month.last_day() <= through || view.calendar.count(through, month.last_day()) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_ship_are_read() {
        let lenses = shipped();
        assert!(lenses.rules().lenses.len() == 10);
        let mut names: Vec<&str> =
            lenses.rules().lenses.iter().map(|rule| rule.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), lenses.rules().lenses.len(), "a lens has two rules");
    }

    #[test]
    fn what_is_wrong_with_rules_is_said() {
        let unknown = RULES.replace("because = ", "why = ");
        let error = read(&unknown).expect_err("an unknown field");
        assert!(error.message.contains("unknown field `why`"), "{}", error.message);
        assert!(error.notes[0].starts_with("line "), "{error}");
        let no_query = RULES.replace("{measure} >= 20%", "{measure} >= 20pt");
        let error = read(&no_query).expect_err("units that do not fit");
        let place = "it stands in `small` of the lens `valuation`";
        assert!(error.notes.iter().any(|note| note == place), "{error}");
        assert!(read("").is_err());
    }
}
