//! Choices among readings by a log-linear model: the probability of a candidate is proportional to
//! `exp(sum of the weights of its features)` (conditional logit; McFadden 1974). The weights are
//! fitted to annotated articles; features are hashed into one table (Weinberger et al. 2009).

use std::cell::RefCell;
use std::sync::LazyLock;

use libm::exp;

use crate::diagnostic::Span;

/// Hash of a name or a word (FNV-1a).
pub(super) const fn id(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let (mut hash, mut i) = (0x811c_9dc5_u32, 0);
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// The hash of a name that is written out, which the compiler takes.
macro_rules! named {
    ($name:literal) => {
        const { $crate::article::choice::id($name) }
    };
}
pub(super) use named;

/// What speaks for or against a candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct Features(pub(super) Vec<u32>);

impl Features {
    /// Adds what the rules say, which is marked so that it can be told from the rest.
    pub(super) fn ruled<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        self.add(template, parts);
        self.0.last_mut().into_iter().for_each(|f| *f |= RULED);
    }

    /// Adds the conjunction of a template with its parts.
    pub(super) fn add<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        let mut hash = template;
        for part in parts {
            hash = (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b1);
        }
        self.0.push((hash ^ hash >> 15) & !RULED);
    }

    /// The conjunction of each with one more part.
    pub(super) fn with(&self, part: u32) -> Features {
        let each = |f: &u32| {
            let hash = (f & !RULED).rotate_left(7).wrapping_add(part).wrapping_mul(0x9e37_79b1);
            (hash ^ hash >> 15) & !RULED | f & RULED
        };
        Features(self.0.iter().map(each).collect())
    }
}

/// Marks a feature that rests on what the rules chose.
const RULED: u32 = 1 << 31;

/// How a number of things counts: small numbers one by one, larger ones together.
pub(super) fn bucket(n: usize) -> u32 {
    match n {
        0..=3 => n as u32,
        4..=5 => 4,
        6..=8 => 6,
        9..=13 => 9,
        14..=22 => 14,
        _ => 23,
    }
}

/// By how much a candidate may score less than the best before it counts for nothing: with one part
/// in 60,000.
const HOPELESS: f64 = 11.0;

/// A fitted table of weights, in steps.
#[derive(Clone, Debug)]
pub struct Table(Vec<i8>);

impl Table {
    /// What one step of a weight is worth.
    pub const STEP: f64 = 1.0 / 24.0;

    /// Weights from their bytes, whose number is a power of two.
    pub fn new(bytes: &[u8]) -> Table {
        Table(bytes.iter().map(|b| b.cast_signed()).collect())
    }

    /// The sum of the weights of some features.
    fn score(&self, features: &[u32]) -> f64 {
        let Some(mask) = self.0.len().checked_sub(1) else { return 0.0 };
        let sum: i32 = features.iter().map(|f| i32::from(self.0[*f as usize & mask])).sum();
        f64::from(sum) * Table::STEP
    }

    /// The candidates, each once, with their probabilities, the likeliest first.
    pub(super) fn rank<T: Clone + PartialEq>(&self, candidates: &[(T, Features)]) -> Vec<(T, f64)> {
        let scores: Vec<f64> = candidates.iter().map(|(_, f)| self.score(&f.0)).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let mut out: Vec<(T, f64)> = Vec::new();
        let mut sum = 0.0;
        for ((candidate, _), score) in candidates.iter().zip(scores) {
            let weight = if score < top - HOPELESS { 0.0 } else { exp(score - top) };
            sum += weight;
            match out.iter_mut().find(|(known, _)| known == candidate) {
                Some((_, all)) => *all += weight,
                None => out.push((candidate.clone(), weight)),
            }
        }
        out.iter_mut().for_each(|(_, weight)| *weight /= sum);
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}

/// A choice that was to be made, for fitting the weights.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// What was to be chosen: `period`, `entity` or `metric`.
    pub slot: &'static str,
    /// The bytes of the figure.
    pub span: Span,
    /// The candidates as they are printed, with their features.
    pub candidates: Vec<(String, Vec<u32>)>,
}

/// The weights of every choice.
#[derive(Clone, Debug)]
pub struct Weights {
    /// What a figure measures.
    pub metric: Table,
    /// What it is about.
    pub entity: Table,
    /// Over which period.
    pub period: Table,
}

/// The weights that were fitted.
pub(super) static FITTED: LazyLock<Weights> = LazyLock::new(|| Weights {
    metric: Table::new(include_bytes!("choice/metric.weights")),
    entity: Table::new(include_bytes!("choice/entity.weights")),
    period: Table::new(include_bytes!("choice/period.weights")),
});

/// By which weights choices are made, and where they are noted while weights are fitted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choices<'a> {
    pub(super) weights: &'a Weights,
    pub(super) lessons: Option<&'a RefCell<Vec<Lesson>>>,
}

impl Choices<'_> {
    /// The choices of a reader: by the fitted weights.
    pub(super) fn fitted() -> Self {
        Choices { weights: &FITTED, lessons: None }
    }

    /// Notes a choice, if somebody wants to know.
    pub(super) fn note<T>(
        &self,
        slot: &'static str,
        span: Span,
        candidates: &[(T, Features)],
        print: impl Fn(&T) -> String,
    ) {
        if let Some(lessons) = self.lessons {
            let candidates = candidates.iter().map(|(c, f)| (print(c), f.0.clone())).collect();
            lessons.borrow_mut().push(Lesson { slot, span, candidates });
        }
    }
}
