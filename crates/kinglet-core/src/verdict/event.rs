//! Events that a sentence defines: months, weeks or days with a gain or loss of some size.

use crate::time::Grain;

/// A period in which an index moved by at least so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    grain: Grain,
    /// In percent; negative for losses.
    threshold: f64,
}

impl Event {
    /// The condition as a query over its family.
    pub(super) fn condition(self, entity: &str) -> String {
        let (each, size) = (self.grain.name(), self.threshold);
        let sign = if size < 0.0 { "<=" } else { ">=" };
        format!("return({entity}, {each}) {sign} {size}%")
    }

    /// How many there were.
    pub(super) fn count(self, entity: &str) -> String {
        format!("count({})", self.condition(entity))
    }

    /// The event that a sentence defines: `months with 10%+ gains`,
    /// `a monthly gain of 10% or more`,
    /// `double-digit months`. The figure at `value`, a byte of the sentence, is not its size.
    pub(super) fn defined_in(sentence: &str, value: usize) -> Option<Event> {
        let text = sentence.to_ascii_lowercase();
        let grain = [("month", Grain::Month), ("week", Grain::Week), ("quarter", Grain::Quarter)]
            .into_iter()
            .find(|(word, _)| mentions_kind(&text, word))
            .map(|(_, grain)| grain)?;
        let size = threshold(&text, value)?;
        let falls = ["loss", "decline", "drop", "fall"].iter().any(|word| text.contains(word));
        let rises = ["gain", "rall", "rise", "advance", "jump", "double-digit month"]
            .iter()
            .any(|word| text.contains(word));
        match (rises, falls) {
            (true, false) => Some(Event { grain, threshold: size }),
            (false, true) => Some(Event { grain, threshold: -size }),
            _ => None,
        }
    }
}

/// Whether a size of period stands for the kind of the event, not for a horizon: `monthly gains`,
/// `months with`, `every double-digit month`, but not `over the next six months`.
fn mentions_kind(text: &str, word: &str) -> bool {
    let forms = [
        format!("{word}ly "),
        format!("{word}s with"),
        format!("{word}s of"),
        format!("{word}s in which"),
        format!("{word} with"),
        format!("double-digit {word}"),
    ];
    forms.iter().any(|form| text.contains(form.as_str()))
}

/// A percentage that is marked as a bound: `10%+`, `10% or more`, `at least 10%`, `double-digit`.
fn threshold(text: &str, value: usize) -> Option<f64> {
    if text.contains("double-digit") {
        return Some(10.0);
    }
    text.match_indices('%').filter(|(at, _)| !text[..*at].is_empty()).find_map(|(at, _)| {
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let start = text[..at].rfind(|c: char| !digits(c)).map_or(0, |before| before + 1);
        let after = text[at + 1..].trim_start();
        let bound = ["+", "-plus", "or more", "or greater", "or higher", "and more"]
            .iter()
            .any(|mark| after.starts_with(mark));
        let least = text[..start].trim_end().ends_with("at least");
        let own = (start..=at).contains(&value);
        (bound || least).then(|| text[start..at].parse().ok()).flatten().filter(|_| !own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_a_sentence() {
        let check = |sentence: &str, want: Option<&str>| {
            let event = Event::defined_in(sentence, 0).map(|e| e.condition("RUT"));
            assert_eq!(event.as_deref(), want, "{sentence}");
        };
        let gains = Some("return(RUT, month) >= 10%");
        check("After months with 10%+ gains the index rose in most cases", gains);
        check("90% positive follow-through after 10%+ monthly gains", gains);
        check("After every double-digit month the index rose over the next six months", gains);
        check("It rose 7% over the next six months", None);
        check("After weekly losses of at least 5% it rose", Some("return(RUT, week) <= -5%"));
        check("caf\u{e9} % months with % gains", None);
    }
}
