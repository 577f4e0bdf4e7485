//! No look-ahead: what lies after the cutoff may be anything, or be absent, and no answer changes.

use kinglet::{Answer, Engine, Source};
use kinglet_core::answer::Outcome;
use kinglet_core::columns::Observation;
use kinglet_core::metrics::CATALOG;
use kinglet_core::query::Evaluator;
use kinglet_core::time::Cutoff;
use kinglet_core::view::View;

const CUTOFFS: [&str; 6] =
    ["1999-12-31", "2008-12-31", "2020-03-23", "2025-08-29", "2025-09-17", "2025-10-14"];

/// What is done to the rows that could not be known.
#[derive(Clone, Copy)]
enum Future {
    Poisoned,
    Absent,
}

#[test]
fn answers_ignore_the_future() {
    let engine = Engine::open(&Source::Facts, None).expect("facts");
    let mut defined = 0;
    for text in CUTOFFS {
        let date = text.parse().expect(text);
        let cutoff = Cutoff::end_of(date);
        let opened = Engine::open(&Source::Facts, Some(date)).expect("facts");
        let want = all_answers(&engine.view().until(cutoff));
        assert_eq!(outcomes(&all_answers(opened.view())), outcomes(&want), "as of {text}");
        for future in [Future::Poisoned, Future::Absent] {
            let altered = alter(engine.view(), cutoff, future);
            assert_eq!(all_answers(&altered.until(cutoff)), want, "cutoff {text}");
        }
        defined += want.iter().filter(|a| a.result.is_ok()).count();
    }
    assert!(defined > CATALOG.len(), "too few answers had a value: {defined}");
}

/// The test above can fail: without the cutoff the poison shows.
#[test]
fn poison_is_effective() {
    let engine = Engine::open(&Source::Facts, None).expect("facts");
    let cutoff = Cutoff::end_of("2025-08-29".parse().expect("a date"));
    let poisoned = all_answers(&alter(engine.view(), cutoff, Future::Poisoned));
    assert_ne!(poisoned, all_answers(engine.view()));
}

/// The values: a calendar that ends earlier may give another reason why there is none.
fn outcomes(answers: &[Answer]) -> Vec<Option<&Outcome>> {
    answers.iter().map(|a| a.result.as_ref().ok()).collect()
}

fn all_answers(view: &View) -> Vec<Answer> {
    let evaluator = Evaluator::new(view);
    let golden = CATALOG.iter().flat_map(|m| m.golden.iter().map(|g| g.query));
    let texts = CATALOG.iter().map(|m| m.definition.example).chain(golden);
    texts.map(|text| evaluator.answer(&text.parse().expect(text))).collect()
}

fn alter(view: &View, cutoff: Cutoff, future: Future) -> View {
    let mut altered = View::new(view.version.clone(), view.calendar.clone(), view.cutoff);
    for (code, basis, series) in view.all_series() {
        let rows = series.observations().iter().filter_map(|row| {
            let known = row.date <= cutoff.through && row.known_at <= cutoff.known_by;
            match future {
                _ if known => Some(*row),
                Future::Poisoned => Some(Observation { value: row.value * -3.0 - 1e6, ..*row }),
                Future::Absent => None,
            }
        });
        altered = altered.with_series(code, basis, &series.with_rows(rows.collect()));
    }
    let events = view.all_events().filter_map(|event| {
        let mut event = event.clone();
        match future {
            _ if event.known_at <= cutoff.known_by => {}
            Future::Poisoned => event.values.values_mut().for_each(|v| *v = *v * -3.0 - 1e6),
            Future::Absent => return None,
        }
        Some(event)
    });
    let statements = view.statements().filter_map(|statement| {
        let mut statement = statement.clone();
        match future {
            _ if statement.last_day().is_none_or(|day| day <= cutoff.through) => {}
            Future::Poisoned => statement.value = statement.value * -3.0 - 1e6,
            Future::Absent => return None,
        }
        Some(statement)
    });
    altered.with_events(events.collect()).with_statements(statements.collect())
}
