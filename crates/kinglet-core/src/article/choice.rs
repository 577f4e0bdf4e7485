//! Choices among readings by a log-linear model: the probability of a candidate is proportional to
//! `exp(sum of the weights of its features)` (conditional logit; McFadden 1974). The weights are
//! fitted to annotated articles; features are hashed into one table (Weinberger et al. 2009).

use std::cell::RefCell;
use std::hash::Hash;
use std::sync::LazyLock;

use libm::exp;
use rustc_hash::FxHashMap;

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

/// What speaks for or against a candidate: features, each of which has its weight.
pub(super) trait Features<'t>: Clone {
    /// None yet, of a candidate that is weighed by a table.
    fn none(table: &'t Table) -> Self;

    /// Adds a feature.
    fn take(&mut self, feature: u32);

    /// Adds all that others hold.
    fn join(&mut self, others: &Self);

    /// The sum of their weights, in steps.
    fn sum(&self) -> i32;

    /// Adds what the rules say, which is marked so that it can be told from the rest.
    fn ruled<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        self.take(conjunction(template, parts) | RULED);
    }

    /// Adds the conjunction of a template with its parts.
    fn add<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        self.take(conjunction(template, parts));
    }

    /// Adds the conjunction of each feature of a context with one more part.
    fn add_context(&mut self, context: &Context, part: u32) {
        let joined = |feature: &u32| {
            let hash = feature.wrapping_add(part).wrapping_mul(0x9e37_79b1);
            (hash ^ hash >> 15) & !RULED
        };
        context.plain.iter().for_each(|feature| self.take(joined(feature)));
        context.ruled.iter().for_each(|feature| self.take(joined(feature) | RULED));
    }

    /// Adds what others hold if there are any.
    fn join_some(&mut self, others: &Option<Self>) {
        others.iter().for_each(|others| self.join(others));
    }
}

/// What all features come to, which is enough to choose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum<'t> {
    weights: &'t [i8; Table::SIZE],
    sum: i32,
}

impl<'t> Features<'t> for Sum<'t> {
    fn none(table: &'t Table) -> Self {
        Sum { weights: &table.0, sum: 0 }
    }

    fn take(&mut self, feature: u32) {
        self.sum += i32::from(self.weights[feature as usize % Table::SIZE]);
    }

    fn join(&mut self, others: &Self) {
        self.sum += others.sum;
    }

    fn sum(&self) -> i32 {
        self.sum
    }
}

/// The features themselves beside it, where weights are fitted.
#[derive(Clone, Debug)]
pub(super) struct Noted<'t> {
    sum: Sum<'t>,
    features: Vec<u32>,
}

impl<'t> Features<'t> for Noted<'t> {
    fn none(table: &'t Table) -> Self {
        Noted { sum: Sum::none(table), features: Vec::new() }
    }

    fn take(&mut self, feature: u32) {
        self.sum.take(feature);
        self.features.push(feature);
    }

    fn join(&mut self, others: &Self) {
        self.sum.join(&others.sum);
        self.features.extend(&others.features);
    }

    fn sum(&self) -> i32 {
        self.sum.sum
    }
}

/// Features that all candidates share, each of which counts with what the candidate is: their
/// hashes, turned so that another part can be added.
#[derive(Clone, Debug)]
pub(super) struct Context {
    plain: Vec<u32>,
    /// Those that rest on what the rules chose.
    ruled: Vec<u32>,
}

impl Context {
    /// None yet, with room for as many as there are, mostly.
    pub(super) fn new() -> Context {
        Context { plain: Vec::with_capacity(80), ruled: Vec::with_capacity(4) }
    }

    /// Adds what the rules say.
    pub(super) fn ruled<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        self.ruled.push(conjunction(template, parts).rotate_left(7));
    }

    /// Adds the conjunction of a template with its parts.
    pub(super) fn add<const N: usize>(&mut self, template: u32, parts: [u32; N]) {
        self.plain.push(conjunction(template, parts).rotate_left(7));
    }
}

/// The hash of a template with its parts.
#[inline]
fn conjunction<const N: usize>(template: u32, parts: [u32; N]) -> u32 {
    let mut hash = template;
    for part in parts {
        hash = (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b1);
    }
    (hash ^ hash >> 15) & !RULED
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

/// How likely a candidate must be beside the likeliest one to be told of.
const FAINT: f64 = 1.0 / 128.0;

/// By how many steps a candidate may score less than the best before it counts for nothing: with
/// one part in 60,000.
const HOPELESS: usize = 264;

/// How likely a candidate is by the steps that it scores less than the best.
static ODDS: LazyLock<[f64; HOPELESS + 1]> =
    LazyLock::new(|| std::array::from_fn(|steps| exp(-(steps as f64) * Table::STEP)));

/// A fitted table of weights, in steps.
#[derive(Clone, Debug)]
pub struct Table(Box<[i8; Table::SIZE]>);

impl Table {
    /// What one step of a weight is worth.
    pub const STEP: f64 = 1.0 / 24.0;
    /// How many weights there are.
    pub const SIZE: usize = 1 << 18;

    /// Weights from their bytes.
    ///
    /// # Panics
    /// If these are not as many as there are weights.
    pub fn new(bytes: &[u8]) -> Table {
        let weights: Box<[i8]> = bytes.iter().map(|b| b.cast_signed()).collect();
        let Ok(weights) = weights.try_into() else {
            panic!("a byte for each of {} weights", Table::SIZE)
        };
        Table(weights)
    }
}

/// The candidates that are not faint, each once, with their probabilities among all, the likeliest
/// first.
pub(super) fn rank<'t, T, F>(candidates: &[(T, F)]) -> Vec<(T, f64)>
where
    T: Clone + Eq + Hash,
    F: Features<'t>,
{
    let top = candidates.iter().map(|(_, f)| f.sum()).max().unwrap_or(0);
    let known = &*ODDS;
    let hopeful = |f: &F| known.get(top.abs_diff(f.sum()) as usize);
    let mut places: FxHashMap<&T, usize> = FxHashMap::default();
    places.reserve(candidates.len() / 2);
    let mut out: Vec<(T, f64)> = Vec::with_capacity(candidates.len());
    let mut sum = 0.0;
    for (candidate, features) in candidates {
        let Some(odds) = hopeful(features) else { continue };
        sum += odds;
        let place = *places.entry(candidate).or_insert(out.len());
        match out.get_mut(place) {
            Some((_, all)) => *all += odds,
            None => out.push((candidate.clone(), *odds)),
        }
    }
    let best = out.iter().map(|(_, odds)| *odds).fold(0.0, f64::max);
    out.retain(|(_, odds)| *odds >= FAINT * best);
    out.iter_mut().for_each(|(_, odds)| *odds /= sum);
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
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

impl<'a> Choices<'a> {
    /// The choices of a reader: by the fitted weights.
    pub(super) fn fitted() -> Self {
        Choices { weights: &FITTED, lessons: None }
    }

    /// Notes a choice, if somebody wants to know.
    pub(super) fn note<T>(
        &self,
        slot: &'static str,
        span: Span,
        candidates: &[(T, Noted)],
        print: impl Fn(&T) -> String,
    ) {
        if let Some(lessons) = self.lessons {
            let candidates = candidates.iter().map(|(c, f)| (print(c), f.features.clone()));
            lessons.borrow_mut().push(Lesson { slot, span, candidates: candidates.collect() });
        }
    }
}
