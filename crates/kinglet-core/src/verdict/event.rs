//! Events that the text defines: months, weeks or quarters with a gain or loss of some size, first
//! cuts of the policy rate, and any period at all, with which they are compared.

use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Date, Grain, Length};

/// What makes a case of a study.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    kind: Kind,
    /// The first year or month that counts.
    since: Option<CalendarPeriod>,
    /// Whether the sentence of the claim defines it, and not one before.
    pub(super) said_here: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// An index moved by at least so much, in percent; negative for losses.
    Move(Grain, f64),
    /// The policy rate was cut after a rise.
    FirstCut(Grain),
    /// Any period of the size.
    Any(Grain),
}

/// What followed the cases of a study: about what, against what, for how long.
pub(super) struct Outcome<'a> {
    pub(super) metric: &'a str,
    pub(super) entity: &'a str,
    pub(super) versus: Option<&'a str>,
    pub(super) horizon: Length,
}

impl Event {
    /// The condition as a query over its family.
    fn condition(self, entity: &str) -> String {
        match self.kind {
            Kind::Move(grain, size) => {
                let sign = if size < 0.0 { "<=" } else { ">=" };
                format!("return({entity}, {}) {sign} {size}%", grain.name())
            }
            Kind::FirstCut(grain) => format!("first_cut(FED, {})", grain.name()),
            Kind::Any(grain) => format!("return({entity}, {}) >= -100%", grain.name()),
        }
    }

    /// How many there were.
    pub(super) fn count(self, entity: &str) -> String {
        format!("count({})", self.condition(entity))
    }

    /// The query of what followed them; none where the other side of a comparison is open.
    pub(super) fn followed(self, outcome: &Outcome<'_>) -> Option<String> {
        let Outcome { metric, entity, versus, horizon } = *outcome;
        // a study of two indexes is one of the small one, whichever did better
        let about = versus.filter(|_| entity == "SPX").unwrap_or(entity);
        let since = self.since.map_or(String::new(), |first| format!(", since: {first}"));
        let when = self.condition(about) + &since;
        let gain = format!("return({entity}, +{horizon})");
        Some(match metric {
            "event_hit_rate" => format!("share({gain} > 0, when: {when})"),
            "event_successes" => format!("count({gain} > 0, when: {when})"),
            "event_count" => format!("count({gain} >= -100%, when: {when})"),
            "event_excess_return" => {
                format!("average({gain} - return({}, +{horizon}), when: {when})", versus?)
            }
            _ => format!("average({gain}, when: {when})"),
        })
    }

    /// The event that a figure counts or follows: any period where its clause says so, else the one
    /// that its sentence defines, else the one of the sentences before in the paragraph.
    pub(super) fn of(text: &str, sentence: Span, value: Span) -> Option<Event> {
        let own = text.get(sentence.start..sentence.end)?;
        let at = value.start.checked_sub(sentence.start)?;
        let after = text.get(value.end..sentence.end).unwrap_or_default();
        if let Some(grain) = any_period(own.get(..at).unwrap_or_default(), after) {
            let since = since(own.get(..at).unwrap_or_default());
            return Some(Event { kind: Kind::Any(grain), since, said_here: true });
        }
        let before = text.get(..sentence.start)?;
        let paragraph = before.rfind('\n').map_or(before, |end| &before[end..]);
        let said = own.get(..at).and_then(since);
        let since = said.or_else(|| since(own)).or_else(|| since(paragraph));
        let here = defined_in(own, at);
        let kind = here.or_else(|| defined_in(paragraph, usize::MAX))?;
        Some(Event { kind, since, said_here: here.is_some() })
    }
}

/// The event that a text defines: `months with 10%+ gains`, `a monthly gain of 10% or more`,
/// `double-digit months`, `months of ten percent or more`, `first cuts`. The figure at `value`, a
/// byte of the text, is not its size.
fn defined_in(text: &str, value: usize) -> Option<Kind> {
    let text = text.to_ascii_lowercase();
    if text.contains("first cut") {
        let by_month = text.contains("end of the month");
        return Some(Kind::FirstCut(if by_month { Grain::Month } else { Grain::Day }));
    }
    let grain = [("month", Grain::Month), ("week", Grain::Week), ("quarter", Grain::Quarter)]
        .into_iter()
        .find(|(word, _)| mentions_kind(&text, word))
        .map(|(_, grain)| grain)?;
    let size = threshold(&text, value)?;
    let falls = ["loss", "decline", "drop", "fall"].iter().any(|word| text.contains(word));
    let rises = ["gain", "rall", "rise", "advance", "jump", "double-digit month"]
        .iter()
        .any(|word| text.contains(word));
    let bare = text.contains(&format!("{}s of ", grain.name()));
    match (rises, falls) {
        (true, false) => Some(Kind::Move(grain, size)),
        (false, false) if bare => Some(Kind::Move(grain, size)),
        (false, true) => Some(Kind::Move(grain, -size)),
        _ => None,
    }
}

/// The year or month from which a text counts, the last one named: `since October 1987`.
fn since(text: &str) -> Option<CalendarPeriod> {
    let (_, after) = text.rsplit_once("ince ")?;
    let mut words = after.split(|c: char| !c.is_alphanumeric());
    let first = words.next()?;
    if let Some(year) = year(first) {
        return Some(CalendarPeriod::year(year));
    }
    let month = (1..=12).find(|&n| {
        let day = Date::constant(2000, n, 1);
        day.strftime("%B").to_string() == first || day.strftime("%b").to_string() == first
    })?;
    Some(CalendarPeriod::month(year(words.find(|w| !w.is_empty())?)?, month))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..2100).contains(year))
}

/// The size of the periods where the clause of a figure speaks of any: `67% of all months`, `after
/// any month the index moved by 4.8%`.
fn any_period(before: &str, after: &str) -> Option<Grain> {
    let clause = before.rfind([';', ',', '.']).map_or(before, |end| &before[end..]);
    let after = after.get(..after.floor_char_boundary(32)).unwrap_or_default();
    let after = after.split([';', ',', '.']).next().unwrap_or_default();
    let said = |lead: &str, grain: Grain, ending: &str| {
        let words = format!("{lead} {}{ending}", grain.name());
        clause.contains(&words) || after.contains(&words)
    };
    [Grain::Month, Grain::Week, Grain::Quarter].into_iter().find(|&grain| {
        said("after any", grain, "") || said("of all", grain, "s") || said("for all", grain, "s")
    })
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
    let words = words_threshold(text);
    text.match_indices('%')
        .filter(|(at, _)| !text[..*at].is_empty())
        .find_map(|(at, _)| {
            let digits = |c: char| c.is_ascii_digit() || c == '.';
            let start = text[..at].rfind(|c: char| !digits(c)).map_or(0, |before| before + 1);
            let bound = is_bound(&text[at + 1..]);
            let least = text[..start].trim_end().ends_with("at least");
            let own = (start..=at).contains(&value);
            (bound || least).then(|| text[start..at].parse().ok()).flatten().filter(|_| !own)
        })
        .or(words)
}

/// Whether the words behind a size make it a bound: `+`, `or more`.
fn is_bound(after: &str) -> bool {
    ["+", "-plus", "or more", "or greater", "or higher", "and more"]
        .iter()
        .any(|mark| after.trim_start().starts_with(mark))
}

/// `five percent or more`.
fn words_threshold(text: &str) -> Option<f64> {
    let sizes = [("two", 2.0), ("three", 3.0), ("five", 5.0), ("ten", 10.0), ("twenty", 20.0)];
    let (at, _) = text.match_indices(" percent").find(|(at, m)| is_bound(&text[at + m.len()..]))?;
    let word = text[..at].rsplit([' ', '-']).next()?;
    sizes.into_iter().find(|(name, _)| *name == word).map(|(_, size)| size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_a_sentence() {
        let check = |sentence: &str, want: Option<&str>| {
            let (all, value) = (Span::new(0, sentence.len()), Span::new(0, 0));
            let event = Event::of(sentence, all, value).map(|e| e.condition("RUT"));
            assert_eq!(event.as_deref(), want, "{sentence}");
        };
        let gains = Some("return(RUT, month) >= 10%");
        check("After months with 10%+ gains the index rose in most cases", gains);
        check("90% positive follow-through after 10%+ monthly gains", gains);
        check("After every double-digit month the index rose over the next six months", gains);
        check("It rose 7% over the next six months", None);
        check("After weekly losses of at least 5% it rose", Some("return(RUT, week) <= -5%"));
        check("It had 17 months of ten percent or more", gains);
        check("It had 17 months of ten percent", None);
        check("After first cuts it rose", Some("first_cut(FED, day)"));
        check("67 of all weeks", Some("return(RUT, week) >= -100%"));
        check("caf\u{e9} % months with % gains", None);
    }

    #[test]
    fn events_of_the_sentence_before() {
        let text = "There were 9 weeks with losses of 5% or more. Then it rose by 2%.";
        let of = |text: &str| {
            let start = text.find("Then").unwrap();
            Event::of(text, Span::new(start, text.len()), Span::new(text.len() - 3, text.len() - 1))
        };
        let event = of(text).unwrap();
        assert_eq!(event.condition("SPX"), "return(SPX, week) <= -5%");
        assert!(!event.said_here);
        assert_eq!(of(&text.replace(". Then", ".\n\nThen")), None);
        let horizon = "3m".parse().unwrap();
        let outcome = |metric, entity, versus| Outcome { metric, entity, versus, horizon };
        let query = |outcome| event.followed(&outcome).unwrap();
        assert_eq!(
            query(outcome("event_successes", "SPX", None)),
            "count(return(SPX, +3m) > 0, when: return(SPX, week) <= -5%)"
        );
        assert_eq!(
            query(outcome("event_excess_return", "SPX", Some("RUT"))),
            "average(return(SPX, +3m) - return(RUT, +3m), when: return(RUT, week) <= -5%)"
        );
        assert_eq!(event.followed(&outcome("event_excess_return", "SPX", None)), None);
    }
}
