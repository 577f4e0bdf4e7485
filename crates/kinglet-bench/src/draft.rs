//! An article in the making: sentences about what happened, some of them false.

use crate::filler;
use crate::random::Random;
use crate::world::{INDEXES, Month, World, dated, name};

const UP: &[&str] = &["rose", "gained", "climbed", "advanced", "added", "jumped", "rallied"];
const DOWN: &[&str] = &["fell", "lost", "declined", "dropped", "slid", "retreated", "shed"];
const ORDINALS: [&str; 9] =
    ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// An article so far.
pub(crate) struct Draft<'w> {
    pub(crate) text: String,
    pub(crate) figures: usize,
    pub(crate) wrong: usize,
    world: &'w World,
    random: Random,
    last: Month,
}

/// A stretch of whole months with the words for it.
struct Stretch {
    words: String,
    ends: (Month, Month),
}

impl<'w> Draft<'w> {
    /// A draft with its title; months up to `last` are known.
    pub(crate) fn new(world: &'w World, random: Random, last: Month) -> Draft<'w> {
        let mut draft = Draft { text: String::new(), figures: 0, wrong: 0, world, random, last };
        let (_, names) = draft.random.of(&INDEXES);
        let index = capital(names[0]);
        let word = draft.random.of(&["Looks Back", "Finds Its Footing", "in Perspective"]);
        draft.text = format!("{index} {word}\n\n");
        draft
    }

    /// Adds a paragraph of a few sentences.
    pub(crate) fn paragraph(&mut self) {
        let count = 3 + self.random.below(3);
        for i in 0..count {
            let told = if i % 2 == 1 { None } else { self.fact() };
            let told = told.unwrap_or_else(|| filler::sentence(&mut self.random));
            self.text += &capital(&told);
            self.text += if i + 1 == count { "\n\n" } else { " " };
        }
    }

    /// A sentence with figures, if there are data for it.
    fn fact(&mut self) -> Option<String> {
        match self.random.below(10) {
            0 | 1 => self.change(),
            2 | 3 => self.comparison(),
            4 => self.lead(),
            5 => self.level(),
            6 => self.triple(),
            7 => self.rate(),
            8 => self.streak(),
            _ => self.rise(),
        }
    }

    /// A figure as it is printed: the true one, or in a quarter of the cases one that is wrong by
    /// at least twice the unit of its last digit.
    fn figure(&mut self, value: f64, decimals: usize) -> f64 {
        self.figures += 1;
        if !self.random.one_in(4) {
            return value;
        }
        self.wrong += 1;
        let step = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
        let size = value.abs().max(20.0 * step);
        match self.random.below(4) {
            0 if value.abs() > 2.0 * step => -value,
            1 => value + size * (0.15 + 0.05 * self.random.below(8) as f64),
            2 => value - size * (0.15 + 0.05 * self.random.below(8) as f64),
            _ => value + step * 10.0 * (1 + self.random.below(5)) as f64,
        }
    }

    fn index(&mut self) -> (&'static str, &'static str) {
        let (code, names) = self.random.of(&INDEXES);
        (code, self.random.of(names))
    }

    fn pair(&mut self) -> [(&'static str, &'static str); 2] {
        let one = self.index();
        let mut other = self.index();
        while other.0 == one.0 {
            other = self.index();
        }
        [one, other]
    }

    /// A month that is known, mostly a late one.
    fn month(&mut self) -> Month {
        let reach = if self.random.one_in(3) { 40 } else { 150 };
        self.last - self.random.below(reach)
    }

    fn stretch(&mut self) -> Stretch {
        let end = self.month();
        let year = end / 12;
        match self.random.below(7) {
            0 | 1 => Stretch { words: format!("in {}", dated(end)), ends: (end - 1, end) },
            2 => {
                let quarter = self.random.below(4);
                let word = ["first", "second", "third", "fourth"][quarter];
                let first = (year - 1) * 12 + 3 * quarter;
                let words = format!("in the {word} quarter of {}", year - 1);
                Stretch { words, ends: (first - 1, first + 2) }
            }
            3 => {
                let first = (year - 1) * 12;
                Stretch { words: format!("in {}", year - 1), ends: (first - 1, first + 11) }
            }
            4 => {
                let base = end - 2 - self.random.below(30);
                let words = format!("from the end of {} to the end of {}", dated(base), dated(end));
                Stretch { words, ends: (base, end) }
            }
            5 => {
                let first = (year - 1) * 12;
                let words = format!("in the first half of {}", year - 1);
                Stretch { words, ends: (first - 1, first + 5) }
            }
            _ => {
                let words = format!("over the 12 months through {}", dated(end));
                Stretch { words, ends: (end - 12, end) }
            }
        }
    }

    /// `the Russell 2000 rose 7.0% in August 2025`
    fn change(&mut self) -> Option<String> {
        let ((code, index), stretch) = (self.index(), self.stretch());
        let gain = self.world.gain(code, stretch.ends)?;
        let gain = self.figure(gain, 1);
        let (verb, words) = (self.verb(gain), stretch.words);
        Some(match self.random.one_in(2) {
            true => format!("{index} {verb} {:.1}% {words}.", gain.abs()),
            false => format!("{}, {index} {verb} {:.1}%.", capital(&words), gain.abs()),
        })
    }

    /// `… compared with a loss of 1.2% for the S&P 500`
    fn comparison(&mut self) -> Option<String> {
        let ([one, other], stretch) = (self.pair(), self.stretch());
        let gains = [one, other].map(|(code, _)| self.world.gain(code, stretch.ends));
        let (a, b) = (self.figure(gains[0]?, 1), self.figure(gains[1]?, 1));
        let noun = if b < 0.0 { "loss" } else { "gain" };
        let (verb, other, words) = (self.verb(a), other.1, stretch.words);
        Some(format!(
            "{} {verb} {:.1}% {words}, compared with a {noun} of {:.1}% for {other}.",
            one.1,
            a.abs(),
            b.abs()
        ))
    }

    /// `… beat the S&P 500 by 3.2 percentage points`
    fn lead(&mut self) -> Option<String> {
        let ([one, other], stretch) = (self.pair(), self.stretch());
        let gain = |code| self.world.gain(code, stretch.ends);
        let lead = gain(one.0)? - gain(other.0)?;
        let lead = self.figure(lead, 1);
        let verb = if lead < 0.0 { "trailed" } else { "outperformed" };
        let (lead, words) = (lead.abs(), stretch.words);
        Some(format!("{} {verb} {} by {lead:.1} percentage points {words}.", one.1, other.1))
    }

    /// `… closed at 2,366.42 on August 29, 2025`
    fn level(&mut self) -> Option<String> {
        let ((code, index), month) = (self.index(), self.month());
        let (close, day) = (self.world.close(code, month)?, self.world.last_session(code, month)?);
        let close = grouped(self.figure(close, 2).abs());
        let date = format!("{} {day}, {}", name(month), month / 12);
        Some(match self.random.one_in(2) {
            true => format!("{index} closed at {close} on {date}."),
            false => format!("On {date}, {index} ended the session at {close}."),
        })
    }

    /// `… rose 154.77 points, or 7.0%, in August 2025 to 2,366.42`
    fn triple(&mut self) -> Option<String> {
        let ((code, index), end) = (self.index(), self.month());
        let (close, base) = (self.world.close(code, end)?, self.world.close(code, end - 1)?);
        let points = self.figure(close - base, 2);
        let percent = 100.0 * (close / base - 1.0);
        self.figures += 2;
        let verb = self.verb(points);
        let (points, percent) = (points.abs(), percent.abs());
        let (close, month) = (grouped(close), dated(end));
        Some(format!("{index} {verb} {points:.2} points, or {percent:.1}%, to {close} in {month}."))
    }

    /// `the 10-year Treasury yield averaged 4.26% in August 2025`
    fn rate(&mut self) -> Option<String> {
        let month = self.month() - 2;
        let (code, words, decimals) = self.random.of(&[
            ("GS10", "the 10-year Treasury yield averaged", 2),
            ("GS2", "the two-year Treasury yield averaged", 2),
            ("UNRATE", "the unemployment rate was", 1),
        ]);
        let rate = self.world.rate(code, month)?;
        let rate = self.figure(rate, decimals).abs();
        Some(format!("{words} {rate:.decimals$}% in {}.", dated(month)))
    }

    /// `… its fourth straight monthly gain`
    fn streak(&mut self) -> Option<String> {
        let ((code, index), month) = (self.index(), self.month());
        let run = self.world.run(code, month)?;
        let noun = if run < 0 { "loss" } else { "gain" };
        let shift = usize::from(self.random.one_in(4));
        let place = usize::try_from(run.unsigned_abs()).ok()?.checked_sub(2)? + shift;
        let ordinal = ORDINALS.get(place)?;
        self.figures += 1;
        self.wrong += shift;
        let month = dated(month);
        Some(format!("{month} brought {index} its {ordinal} straight monthly {noun}."))
    }

    /// `from 2,012.40 at the end of June 2018 to 2,366.42 at the end of August 2025`
    fn rise(&mut self) -> Option<String> {
        let ((code, index), end) = (self.index(), self.month());
        let base = end - 6 - self.random.below(60);
        let (from, to) = (self.world.close(code, base)?, self.world.close(code, end)?);
        let (from, to) = (grouped(self.figure(from, 2).abs()), grouped(self.figure(to, 2).abs()));
        let (base, end) = (dated(base), dated(end));
        Some(format!("{index} went from {from} at the end of {base} to {to} at the end of {end}."))
    }

    fn verb(&mut self, change: f64) -> &'static str {
        self.random.of(if change < 0.0 { DOWN } else { UP })
    }
}

/// With a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// `2,366.42`
fn grouped(value: f64) -> String {
    let text = format!("{value:.2}");
    let whole = text.len() - 3;
    let mut out = String::new();
    for (i, c) in text.chars().enumerate() {
        if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
