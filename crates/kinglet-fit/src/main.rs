//! Fits the weights by which kinglet-core chooses among the readings of a figure (`article::Table`)
//! to annotated articles: conditional logit with a quadratic penalty, one table per slot.
//!
//! A choice sees what was chosen before it in the article. So that the fitted weights meet choices
//! as imperfect as they will be in use, the lessons of an article are taken with the weights of a
//! fold that has not seen it (stacking; Wolpert 1992).
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

mod choice;
mod corpus;
mod lbfgs;
mod logit;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, thread};

use kinglet_core::article::{self, Table, Weights};

use choice::Choice;
use corpus::Annotated;
use logit::Logit;

const USAGE: &str = "\
cargo run --release -p kinglet-fit -- --out TABLES [[--weight W] [--read | --held] SOURCE]...

TABLES  the folder for metric.weights, entity.weights and period.weights
SOURCE  a folder with articles/NAME.txt and gold/NAME.json; a folder of marked-up articles; or a
        file of marked-up sentences (crates/kinglet-fit/articles/README.md)
W       how much each choice of the source counts; 1 unless told
--read  the authors of the rules have read the source: how often the rules are right there says
        little, so no weight of what they say is fitted to it
--held  what the source says must come out right: what does not counts more and more";

/// The slots that are chosen, each with the penalty on its weights.
const SLOTS: [(&str, f64); 3] = [("metric", 1.0), ("entity", 1.0), ("period", 2.0)];

const FOLDS: u32 = 4;
const FOLD_ITERATIONS: usize = 40;
const ROUNDS: usize = 2;

/// How often what must come out right is looked over, and by how much what does not counts more.
const LOOKS: usize = 14;
const BOOST: f64 = 3.0;
const ITERATIONS: usize = 80;

/// The tables of the slots, in their order.
type Tables = [Vec<i8>; 3];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let (mut out, mut texts) = (None, Vec::new());
    let (mut weight, mut known, mut held) = (1.0, false, false);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--out" => out = Some(PathBuf::from(words.next().ok_or(USAGE)?)),
            "--weight" => weight = words.next().and_then(|w| w.parse().ok()).ok_or(USAGE)?,
            "--read" => known = true,
            "--held" => held = true,
            source => {
                let source = corpus::read(Path::new(source))?.into_iter();
                texts.extend(source.map(|text| Annotated { known, weight, held, ..text }));
                (weight, known, held) = (1.0, false, false);
            }
        }
    }
    let out = out.filter(|_| !texts.is_empty()).ok_or(USAGE)?;
    let tables = fit(&texts);
    for ((slot, _), table) in SLOTS.iter().zip(&tables) {
        let path = out.join(format!("{slot}.weights"));
        fs::write(&path, bytes(table)).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

fn bytes(table: &[i8]) -> Vec<u8> {
    table.iter().map(|w| w.cast_unsigned()).collect()
}

fn weights(tables: &Tables) -> Weights {
    let [metric, entity, period] = tables.each_ref().map(|table| Table::new(&bytes(table)));
    Weights { metric, entity, period }
}

/// The folds, twice, and then the tables on what the folds see of articles that are new to them.
fn fit(texts: &[Annotated]) -> Tables {
    let fold = |text: &Annotated| fold(&text.name);
    let mut folds = vec![[0; 3].map(|zero| vec![zero; Table::SIZE]); FOLDS as usize];
    for _ in 0..ROUNDS {
        let seen = lessons(texts, |text| &folds[fold(text) as usize]);
        let leave = |k: usize| {
            let others = |slot: usize| seen[slot].iter().filter(|l| l.fold as usize != k).collect();
            let blank = [0.0; 3].map(|zero| vec![zero; Table::SIZE]);
            fits(FOLD_ITERATIONS, blank, others).each_ref().map(|weights| logit::steps(weights))
        };
        folds = (0..FOLDS as usize).map(leave).collect();
    }
    let last = lessons(texts, |text| &folds[fold(text) as usize]);
    for (slot, (name, _)) in SLOTS.iter().enumerate() {
        let all = &last[slot];
        let right = all.iter().filter(|l| l.choice.is_right(&folds[l.fold as usize][slot]));
        let possible = all.iter().filter(|l| l.choice.is_possible());
        let share = |n: usize| n as f64 / all.len().max(1) as f64;
        println!(
            "{name}: {} lessons, {:.3} right in the fold that did not see them, {:.3} possible",
            all.len(),
            share(right.count()),
            share(possible.count()),
        );
    }
    hold(texts, last)
}

/// The tables of all lessons. What must come out right and does not is a lesson once more, of more
/// weight (as in boosting; Freund and Schapire 1997). The weights of all looks are averaged, which
/// hold better elsewhere than those of any one (Polyak and Juditsky 1992); those by which least of
/// what must come out right fails count.
fn hold(texts: &[Annotated], mut all: [Vec<Labelled>; 3]) -> Tables {
    let blank = [0.0; 3].map(|zero| vec![zero; Table::SIZE]);
    let (mut weights, mut sums) = (blank.clone(), blank);
    let mut iterations = ITERATIONS;
    let mut best = (usize::MAX, weights.each_ref().map(|weights| logit::steps(weights)));
    for look in 1..=LOOKS {
        let every = |slot: usize| all[slot].iter().collect();
        weights = fits(iterations, weights, every);
        for (sum, weights) in sums.iter_mut().zip(&weights) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        let mean = |sum: &Vec<f64>| -> Vec<f64> { sum.iter().map(|s| s / look as f64).collect() };
        let tables = sums.each_ref().map(|sum| logit::steps(&mean(sum)));
        let seen = lessons(texts.iter().filter(|text| text.held), |_| &tables);
        let mut wrong = 0;
        for ((all, seen), table) in all.iter_mut().zip(seen).zip(&tables) {
            let fails = |l: &Labelled| l.choice.is_possible() && !l.choice.is_right(table);
            let failed = seen.into_iter().filter(fails);
            let count = all.len();
            all.extend(failed.map(Labelled::boosted));
            wrong += all.len() - count;
        }
        println!("{wrong} choices that must come out right do not");
        if wrong <= best.0 {
            best = (wrong, tables);
        }
        if wrong == 0 {
            break;
        }
        iterations = ITERATIONS / 4;
    }
    best.1
}

/// A choice with its key, and the fold that leaves it out.
struct Labelled {
    fold: u32,
    choice: Choice,
}

impl Labelled {
    fn boosted(self) -> Labelled {
        let weight = BOOST * self.choice.weight();
        Labelled { choice: self.choice.weighing(weight), ..self }
    }
}

/// The choices of all articles by slot, each article read with its tables.
fn lessons<'a>(
    texts: impl IntoIterator<Item = &'a Annotated>,
    by: impl Fn(&'a Annotated) -> &'a Tables,
) -> [Vec<Labelled>; 3] {
    let mut all = [const { Vec::new() }; 3];
    for text in texts {
        let (_, lessons) = article::lessons(&text.text, text.published, &weights(by(text)));
        for (slot, (name, _)) in SLOTS.iter().enumerate() {
            let choices = choice::choices(text, name, &lessons).into_iter();
            let fold = fold(&text.name);
            all[slot].extend(choices.map(|choice| Labelled { fold, choice }));
        }
    }
    all
}

/// Fits every slot to the lessons chosen for it, from the weights at hand.
fn fits<'a>(
    iterations: usize,
    from: [Vec<f64>; 3],
    of: impl Fn(usize) -> Vec<&'a Labelled> + Sync,
) -> [Vec<f64>; 3] {
    let slot = |(slot, from): (usize, Vec<f64>)| {
        let choices = of(slot).into_iter().map(|l| &l.choice);
        Logit::new(choices, SLOTS[slot].1).fit(from, iterations)
    };
    let [metric, entity, period] = from;
    thread::scope(|scope| {
        let slots = [(0, metric), (1, entity), (2, period)];
        let fits = slots.map(|of| scope.spawn(move || slot(of)));
        fits.map(|fit| fit.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// An article's fold, by its name.
fn fold(name: &str) -> u32 {
    name.bytes().fold(0, |hash: u32, b| hash.wrapping_mul(31).wrapping_add(b.into())) % FOLDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinglet_core::article::Lesson;

    /// Sentences in which the word after "the" is the index of the figure.
    fn sentences() -> Vec<Annotated> {
        let verbs = ["rose", "fell", "gained", "lost", "climbed", "slipped"];
        let indexes = [("S&P 500", "SPX"), ("Russell 2000", "RUT"), ("Nasdaq Composite", "IXIC")];
        let mut all = String::new();
        for (n, verb) in verbs.iter().enumerate() {
            for (name, code) in indexes {
                let (day, value) = (10 + n, format!("{}.{n}%", n + 1));
                all += &format!(
                    "2021-03-{day} The {name} {verb} ⟦{value}|{code} return 2021-03-{day}⟧ today.\n"
                );
            }
        }
        corpus::sentences("made up", &all).unwrap()
    }

    #[test]
    fn a_fit_on_a_few_sentences_chooses_right() {
        let fitted = fit(&sentences());
        let unseen = "The Russell 2000 advanced 2.4% today.";
        let day = Some("2021-03-23".parse().unwrap());
        let (read, lessons) = article::lessons(unseen, day, &weights(&fitted));
        let claim = read.claims.first().expect("a claim");
        assert_eq!((claim.entity.as_str(), claim.metric), ("RUT", "return"));
        assert_eq!(claim.period_text(), "2021-03-23");
        assert!(lessons.iter().any(|lesson: &Lesson| lesson.slot == "period"));
    }

    #[test]
    fn folds_are_by_name_and_all_in_use() {
        let mut seen = [false; FOLDS as usize];
        (0..40).for_each(|n| seen[fold(&format!("article-{n}")) as usize] = true);
        assert_eq!(seen, [true; FOLDS as usize]);
        assert_eq!(fold("a"), u32::from(b'a') % FOLDS);
    }
}
