//! Known facts printed in many ways and read back. What a sentence must yield follows from the fact
//! by the rules of annotation, never from what the reader says.

mod articles;
mod now;
mod number;
mod print;
mod vocabulary;

use std::fmt::Write as _;

use kinglet_core::article::{self, Claim};
use kinglet_core::time::Date;

use self::now::Now;
use self::print::{Expected, Printed, print};
use self::vocabulary::{Phrasings, VOCABULARY, note};
use crate::synthetic::Numbers;

/// How often each template is printed.
const TIMES: usize = 24;

/// How many phrasings of each code of the vocabulary must be read whenever they are printed.
const PHRASINGS: usize = 3;

const SLOTS: [&str; 9] =
    ["span", "entity", "versus", "metric", "period", "value", "unit", "comparator", "modality"];

/// How many figures of a family were read back, by slot, and how many sentences wholly.
#[derive(Default)]
struct Tally {
    figures: usize,
    right: [usize; 9],
    /// Entity, metric, period, value and unit.
    core: usize,
    extra: usize,
    sentences: usize,
    exact: usize,
    failures: Vec<String>,
    /// Of the last text, which of its claims were read.
    read: Vec<bool>,
}

impl Tally {
    fn add(&mut self, template: &str, published: Date, printed: &Printed) {
        let read = article::read(&printed.text, Some(published));
        let overlaps = |w: &Expected, c: &Claim| c.span.start < w.end && w.start < c.span.end;
        let mut wrong = Vec::new();
        self.read.clear();
        for want in &printed.claims {
            self.figures += 1;
            let Some(got) = read.claims.iter().find(|c| overlaps(want, c)) else {
                wrong.push(format!("missed {want}"));
                self.read.push(false);
                continue;
            };
            let slots = slots(want, got);
            for (right, slot) in self.right.iter_mut().zip(slots) {
                *right += usize::from(slot);
            }
            self.core += usize::from([1, 3, 4, 5, 6].iter().all(|&i| slots[i]));
            let bad: Vec<&str> =
                SLOTS.iter().zip(slots).filter(|(_, ok)| !ok).map(|(name, _)| *name).collect();
            self.read.push(bad.is_empty());
            if !bad.is_empty() {
                wrong.push(format!("{}: want {want}, got {}", bad.join(" "), line(got)));
            }
        }
        let extra = read.claims.iter().filter(|c| !printed.claims.iter().any(|w| overlaps(w, c)));
        for claim in extra {
            self.extra += 1;
            wrong.push(format!("extra {}", line(claim)));
        }
        self.sentences += 1;
        self.exact += usize::from(wrong.is_empty());
        if !wrong.is_empty() {
            let text = printed.text.as_str();
            self.failures.push(format!(
                "{template}\n    {published} {text:?}\n      {}",
                wrong.join("\n      ")
            ));
        }
    }

    fn share(&self) -> f64 {
        self.exact as f64 / self.sentences as f64
    }
}

/// A seed of its own for each template: the 64-bit FNV-1a hash of its text.
fn seed(template: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    template.bytes().fold(0xCBF2_9CE4_8422_2325, mix)
}

fn line(claim: &Claim) -> String {
    let Claim { entity, versus, metric, value, unit, .. } = claim;
    let versus = versus.as_ref().map_or_else(String::new, |v| format!(" vs {v}"));
    let (period, text) = (claim.period_text(), &claim.printed.text);
    let words = format!("{} {}", claim.comparator.name(), claim.modality.name());
    format!("`{text}` {entity}{versus} {metric} {period} {value} {unit} {words}")
}

/// Which slots of a claim are right.
fn slots(want: &Expected, got: &Claim) -> [bool; 9] {
    let among = |list: &[String], text: &str| list.iter().any(|w| w == text || w == "ANY");
    let close = |v: &f64| (v - got.value).abs() <= 1e-9 * v.abs();
    [
        true,
        among(&want.entity, &got.entity),
        got.versus.as_ref().map_or(want.versus.is_empty(), |v| among(&want.versus, v)),
        among(&want.metric, got.metric),
        among(&want.period, &got.period_text()),
        want.value.iter().any(close),
        among(&want.unit, got.unit),
        among(&want.comparator, got.comparator.name()),
        among(&want.modality, got.modality.name()),
    ]
}

/// The families of the templates with the least share of their sentences that is read back wholly.
fn families() -> Vec<(&'static str, f64, Vec<&'static str>)> {
    let mut out: Vec<(&str, f64, Vec<&str>)> = Vec::new();
    for line in include_str!("phrasing/templates.txt").lines() {
        if let Some(head) = line.strip_prefix('[') {
            let (name, floor) = head.split_once("] ").expect("a family and its floor");
            out.push((name, floor.parse().expect("a share"), Vec::new()));
        } else if line.contains("=>") && !line.starts_with('#') {
            out.last_mut().expect("a family").2.push(line);
        }
    }
    out
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one wants to see of this test")]
fn printed_facts_are_read_back() {
    let mut table = String::new();
    let mut low = Vec::new();
    let mut phrasings = Phrasings::new();
    for (name, floor, templates) in families() {
        let mut tally = Tally::default();
        for template in &templates {
            let mut draw = Numbers(seed(template));
            for _ in 0..TIMES {
                let now = Now::draw(&mut draw);
                let printed = print(template, &now, &mut draw);
                tally.add(template, now.published, &printed);
                for (claim, read) in printed.claims.iter().zip(&tally.read) {
                    note(&mut phrasings, template, claim, *read);
                }
            }
        }
        let _ = write!(table, "{name:28} {:5.3} {:5}", tally.share(), tally.figures);
        for right in tally.right {
            let _ = write!(table, " {:5.3}", right as f64 / tally.figures as f64);
        }
        let _ = writeln!(table, " {:4}", tally.extra);
        for failure in &tally.failures {
            println!("{name}: {failure}");
        }
        if tally.share() < floor {
            low.push(format!("{name}: {:.3} of the sentences, not {floor}", tally.share()));
        }
    }
    println!("{:28} exact     n {} extra", "family", SLOTS.map(|s| format!("{s:>5.5}")).join(" "));
    println!("{table}");
    for (slot, codes) in VOCABULARY {
        for code in codes.split_whitespace() {
            let said = phrasings.get(&(slot, code.to_owned()));
            let always = said.map_or(0, |s| s.values().filter(|read| **read).count());
            if always < PHRASINGS {
                low.push(format!("{slot} {code}: {always} phrasings that are always read"));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}
