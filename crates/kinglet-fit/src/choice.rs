//! Choices with their key: which candidates are right.

use kinglet_core::article::{self, Lesson, Table};
use kinglet_core::diagnostic::Span;

use crate::corpus::{Annotated, Key};

/// Marks features that rest on what the rules chose (`Features::ruled` in the core).
const RULED: u32 = 1 << 31;

/// What the candidate is called that says that a figure measures nothing.
const NONE: &str = "none";

/// One choice: its candidates, and which of them are right.
pub(crate) struct Choice {
    /// Which printed form each candidate has: the same number, the same form.
    forms: Vec<usize>,
    right: Vec<bool>,
    /// Where the features of each candidate end.
    ends: Vec<usize>,
    features: Vec<u32>,
    /// How much it counts.
    weight: f64,
}

/// A candidate of a choice.
pub(crate) struct Candidate<'a> {
    form: usize,
    pub(crate) right: bool,
    pub(crate) features: &'a [u32],
}

impl Choice {
    /// From the printed form of each candidate, whether it is right, and its features.
    pub(crate) fn new(candidates: &[(&str, bool, &[u32])]) -> Choice {
        let (forms, right, ends, features) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut choice = Choice { forms, right, ends, features, weight: 1.0 };
        for (form, right, features) in candidates {
            let first = candidates.iter().position(|(other, _, _)| other == form);
            choice.forms.extend(first);
            choice.right.push(*right);
            choice.features.extend(features.iter().map(|f| f & (Table::SIZE as u32 - 1)));
            choice.ends.push(choice.features.len());
        }
        choice
    }

    /// The same choice, which counts this much.
    pub(crate) fn weighing(self, weight: f64) -> Choice {
        Choice { weight, ..self }
    }

    /// How much it counts.
    pub(crate) fn weight(&self) -> f64 {
        self.weight
    }

    /// Whether a candidate is right at all.
    pub(crate) fn is_possible(&self) -> bool {
        self.right.contains(&true)
    }

    pub(crate) fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let features = starts.zip(&self.ends).map(|(start, end)| &self.features[start..*end]);
        let forms = self.forms.iter().zip(&self.right);
        forms.zip(features).map(|((form, right), features)| Candidate {
            form: *form,
            right: *right,
            features,
        })
    }

    /// Whether what a table chooses is right: the form that is likeliest over all its candidates.
    pub(crate) fn is_right(&self, table: &[i8]) -> bool {
        let score = |candidate: &Candidate| {
            let steps: i32 = candidate.features.iter().map(|f| i32::from(table[*f as usize])).sum();
            f64::from(steps) * Table::STEP
        };
        let scores: Vec<f64> = self.candidates().map(|c| score(&c)).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let mut odds = vec![0.0; scores.len()];
        for (candidate, score) in self.candidates().zip(&scores) {
            odds[candidate.form] += libm::exp(score - top);
        }
        let best = (0..odds.len()).rev().max_by(|a, b| odds[*a].total_cmp(&odds[*b]));
        best.is_some_and(|best| self.right[best])
    }
}

/// The choices of a slot that the key of an article decides. A figure that it does not list
/// measures nothing; what else could be said of it has no right answer.
pub(crate) fn choices(text: &Annotated, slot: &str, lessons: &[Lesson]) -> Vec<Choice> {
    let lessons: Vec<&Lesson> = lessons.iter().filter(|lesson| lesson.slot == slot).collect();
    let mut keys: Vec<Option<&Key>> = vec![None; lessons.len()];
    for key in &text.keys {
        let shares = lessons.iter().map(|lesson| shared(lesson.span, key.span));
        let best = shares.max().filter(|share| *share > 0);
        let of_key = |lesson: &&Lesson| Some(shared(lesson.span, key.span)) == best;
        if let Some(span) = lessons.iter().find(|lesson| of_key(lesson)).map(|lesson| lesson.span) {
            let same = lessons.iter().zip(&mut keys).filter(|(lesson, _)| lesson.span == span);
            same.for_each(|(_, of)| *of = Some(key));
        }
    }
    lessons.iter().zip(keys).filter_map(|(lesson, key)| labelled(text, lesson, key)).collect()
}

fn labelled(text: &Annotated, lesson: &Lesson, key: Option<&Key>) -> Option<Choice> {
    let accepted = match key {
        Some(key) => key.accepted(lesson.slot),
        None if lesson.slot == "metric" => &[NONE.to_owned()],
        None => return None,
    };
    let accepted: Vec<String> = accepted.iter().map(|form| same(lesson.slot, form)).collect();
    let features = |all: &[u32]| -> Vec<u32> {
        all.iter().filter(|f| !text.known || **f & RULED == 0).copied().collect()
    };
    let own: Vec<Vec<u32>> = lesson.candidates.iter().map(|(_, all)| features(all)).collect();
    let candidates: Vec<(&str, bool, &[u32])> = lesson
        .candidates
        .iter()
        .zip(&own)
        .map(|((form, _), features)| {
            (form.as_str(), accepted.contains(&same(lesson.slot, form)), features.as_slice())
        })
        .collect();
    Some(Choice::new(&candidates).weighing(text.weight))
}

/// One name for all periods of the same sessions, which nobody tells apart.
fn same(slot: &str, form: &str) -> String {
    let period = form.parse().ok().filter(|_| slot == "period");
    let stretch = period.and_then(article::stretch);
    stretch.map_or_else(|| form.to_owned(), |stretch| format!("{:?} {}", stretch.base, stretch.end))
}

/// The bytes that two spans share.
fn shared(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus;

    fn article() -> Annotated {
        let line = "2021-03-05 Up ⟦2%|RUT;SPX return 2021-03-05;?⟧, and 300 of them.";
        corpus::sentences("made up", line).unwrap().remove(0)
    }

    fn lesson(slot: &'static str, span: (usize, usize), forms: &[&str]) -> Lesson {
        let candidate = |form: &&str| ((*form).to_owned(), vec![5, 6 | RULED]);
        let candidates = forms.iter().map(candidate).collect();
        Lesson { slot, span: Span { start: span.0, end: span.1 }, candidates }
    }

    fn right(choice: &Choice) -> Vec<bool> {
        choice.candidates().map(|c| c.right).collect()
    }

    #[test]
    fn all_that_a_key_accepts_is_right() {
        let lessons = [
            lesson("entity", (3, 5), &["RUT", "IXIC", "SPX"]),
            lesson("period", (3, 4), &["2021", "?"]),
        ];
        let entity = choices(&article(), "entity", &lessons);
        assert_eq!(entity.iter().map(right).collect::<Vec<_>>(), [[true, false, true]]);
        let period = choices(&article(), "period", &lessons);
        assert_eq!(period.iter().map(right).collect::<Vec<_>>(), [[false, true]]);
    }

    #[test]
    fn a_figure_without_a_key_measures_nothing() {
        let (at, forms) = ((11, 14), ["return", "none"]);
        let metric = choices(&article(), "metric", &[lesson("metric", at, &forms)]);
        assert_eq!(metric.iter().map(right).collect::<Vec<_>>(), [[false, true]]);
        assert!(choices(&article(), "period", &[lesson("period", at, &["2021"])]).is_empty());
    }

    #[test]
    fn the_larger_overlap_has_the_key() {
        let forms = ["return", "none"];
        let lessons = [lesson("metric", (0, 4), &forms), lesson("metric", (3, 5), &forms)];
        let metric = choices(&article(), "metric", &lessons);
        let expected = [[false, true], [true, false]];
        assert_eq!(metric.iter().map(right).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_the_rules_say_does_not_count_where_their_authors_have_read() {
        let count = |known| {
            let text = Annotated { known, ..article() };
            let all = choices(&text, "entity", &[lesson("entity", (3, 5), &["RUT"])]);
            all[0].candidates().next().unwrap().features.to_vec()
        };
        assert_eq!((count(false), count(true)), (vec![5, 6], vec![5]));
    }

    #[test]
    fn candidates_of_one_form_are_chosen_together() {
        // Together "a" has twice exp(1), which is more than exp(1.5) of "b".
        let choice = Choice::new(&[("b", false, &[1]), ("a", true, &[0]), ("a", true, &[0])]);
        assert!(choice.is_right(&[24, 36]));
        assert!(!choice.is_right(&[24, 48]));
    }
}
