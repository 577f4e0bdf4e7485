//! Runs of gains or losses whose cases a text counts: `after nine straight monthly gains`.

use super::super::cue::tally::heading;
use super::super::cue::text::{number, size, words};
use crate::time::Grain;

/// Runs that are at least so long.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Run {
    /// Whose.
    entity: String,
    grain: Grain,
    /// Of gains or of losses.
    gains: bool,
    length: u16,
}

/// How long a run is at least, and at most, to be one that is studied.
const LENGTHS: std::ops::RangeInclusive<f64> = 3.0..=30.0;

impl Run {
    /// The run that a sentence tells of: `seven straight positive months`, `a nine-day winning
    /// streak`, `10 days in a row`. The figure at `value`, a byte of the sentence, is not its
    /// length.
    pub(super) fn told_in(
        sentence: &str,
        entity: impl FnOnce() -> String,
        value: usize,
    ) -> Option<Run> {
        let text = sentence.to_ascii_lowercase();
        let (places, words): (Vec<usize>, Vec<&str>) = words(&text).unzip();
        let (length, grain, gains) = (0..words.len()).find_map(|i| {
            let length = number(words[i]).filter(|n| LENGTHS.contains(n) && n.fract() == 0.0)?;
            let behind = &words[i + 1..words.len().min(i + 9)];
            if places[i] == value || !is_of_run(behind) {
                return None;
            }
            let gains = behind.iter().find_map(|word| heading(word));
            let before = || words[..i].iter().rev().take(6).find_map(|word| heading(word));
            let gains = gains.or_else(before)?;
            let grain = behind.iter().take(4).find_map(|word| size(word));
            // what is won or lost in a row, and nothing else is said, is days
            Some((length as u16, grain.unwrap_or(Grain::Day), gains))
        })?;
        Some(Run { entity: entity(), grain, gains, length })
    }

    /// The condition as a query over its family.
    pub(super) fn condition(&self) -> String {
        let (entity, each, length) = (&self.entity, self.grain.name(), self.length);
        let sign = if self.gains { ">" } else { "<" };
        format!("streak(return({entity}, {each}) {sign} 0, ending: {each}) >= {length}")
    }

    /// The condition of runs that went on for one more.
    pub(super) fn longer(&self) -> Run {
        Run { length: self.length + 1, ..self.clone() }
    }

    /// The time before a case in which there is none, so that a run is one case: when it has become
    /// so long.
    pub(super) fn spacing(&self) -> &'static str {
        match self.grain {
            Grain::Day => ", rest: 1d",
            Grain::Week => ", rest: 1w",
            Grain::Month => ", rest: 1m",
            Grain::Quarter => ", rest: 3m",
            Grain::Half => ", rest: 6m",
            Grain::Year => ", rest: 12m",
        }
    }
}

/// Whether the words behind a number make it the length of a run.
fn is_of_run(behind: &[&str]) -> bool {
    let near =
        |words: &[&str], reach: usize| behind.iter().take(reach).any(|word| words.contains(word));
    near(&["straight", "consecutive", "successive"], 3)
        || near(&["streak", "streaks", "winning", "losing"], 4)
        || behind.windows(2).take(6).any(|pair| pair == ["a", "row"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_a_sentence() {
        let check = |sentence: &str, want: Option<&str>| {
            let run = Run::told_in(sentence, || "SPX".to_owned(), 0).map(|run| run.condition());
            assert_eq!(run.as_deref(), want, "{sentence}");
        };
        let months = Some("streak(return(SPX, month) > 0, ending: month) >= 7");
        check("It was the 21st time that it put together seven straight positive months", months);
        check("There are few cases of 7 or more consecutive months of gains", months);
        check("It has risen seven months in a row since May", months);
        let days = Some("streak(return(SPX, day) > 0, ending: day) >= 9");
        check("The index has had 40 such nine-day win streaks", days);
        check("It has come to a streak of 9 straight positive sessions", days);
        check("A week after nine wins in a row it was lower", days);
        let weeks = Some("streak(return(SPX, week) < 0, ending: week) >= 5");
        check("After a five-week losing streak it rose", weeks);
        check("It fell for five straight weeks", weeks);
        check("It rose on 12 of 20 days", None);
        check("It raised rates at four straight meetings", None);
        check("It closed above 2,000 for five straight days", None);
        check("8", None);
    }
}
