//! Prints templates: facts are drawn, their sentence is written, and what it claims is known.

use std::collections::BTreeMap;
use std::fmt;

use kinglet_core::time::{CalendarPeriod, Grain};

use super::now::Now;
use crate::synthetic::Numbers;

/// What a sentence claims by the rules of annotation. Where several are right, each is listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Expected {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entity: Vec<String>,
    /// Empty where nothing is compared.
    pub(crate) versus: Vec<String>,
    pub(crate) metric: Vec<String>,
    /// `ANY` where annotation leaves it open.
    pub(crate) period: Vec<String>,
    pub(crate) value: Vec<f64>,
    pub(crate) unit: Vec<String>,
    pub(crate) comparator: Vec<String>,
    pub(crate) modality: Vec<String>,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: Vec<String> = self.value.iter().map(f64::to_string).collect();
        write!(f, "{}", self.entity.join("|"))?;
        if !self.versus.is_empty() {
            write!(f, " vs {}", self.versus.join("|"))?;
        }
        let [metric, period, unit] = [&self.metric, &self.period, &self.unit].map(|l| l.join("|"));
        write!(f, " {metric} {period} {} {unit}", value.join("|"))?;
        write!(f, " {} {}", self.comparator.join("|"), self.modality.join("|"))
    }
}

/// A template printed with drawn facts.
pub(crate) struct Printed {
    pub(crate) text: String,
    pub(crate) claims: Vec<Expected>,
}

/// A figure that was printed: where, and what it says.
struct Figure {
    start: usize,
    end: usize,
    value: f64,
    unit: &'static str,
    comparator: &'static str,
}

/// A printing in progress.
struct Printing<'a> {
    now: &'a Now,
    draw: &'a mut Numbers,
    text: String,
    entities: BTreeMap<String, &'static str>,
    periods: BTreeMap<String, Vec<String>>,
    figures: BTreeMap<String, Figure>,
    signs: BTreeMap<String, f64>,
}

/// Prints `text => claim; claim`.
pub(crate) fn print(template: &str, now: &Now, draw: &mut Numbers) -> Printed {
    let (text, claims) = template.split_once("=>").unwrap_or((template, ""));
    let (entities, periods, figures, signs) = Default::default();
    let mut p = Printing { now, draw, text: String::new(), entities, periods, figures, signs };
    let text = text.trim().replace("\\n", "\n").replace("\\t", "\t");
    let mut rest = text.as_str();
    while let Some((before, slot)) = rest.split_once('{') {
        let (slot, after) = slot.split_once('}').expect("a closed slot");
        p.text += before;
        p.slot(slot);
        rest = after;
    }
    p.text += rest;
    let claims = claims.split(';').map(str::trim).filter(|c| !c.is_empty());
    let mut claims: Vec<Expected> = claims.map(|c| p.claim(c)).collect();
    claims.sort_by_key(|c| c.start);
    Printed { text: p.text, claims }
}

/// The names of a word list: `{fell}` stands for one of them.
fn list(name: &str) -> Option<Vec<&'static str>> {
    include_str!("words.txt").lines().find_map(|line| {
        let (key, words) = line.split_once(": ")?;
        (key == name).then(|| words.split(" | ").collect())
    })
}

/// A class of entities: each with its code and names.
fn entities(class: &str) -> Vec<(&'static str, Vec<&'static str>)> {
    let lines = include_str!("names.txt").lines();
    let of_class = lines
        .skip_while(|l| *l != format!("[{class}]"))
        .skip(1)
        .take_while(|l| !l.starts_with('['))
        .filter_map(|l| l.split_once(" = "));
    of_class.map(|(code, names)| (code, names.split(" | ").collect())).collect()
}

/// Codes that a writer may use for one another, so that one sentence holds only one of them.
fn kin(code: &str) -> &str {
    match code {
        "IWM" | "US_SMALL" | "RUT" => "RUT",
        "SPY" | "SPX" | "US_LARGE" => "SPX",
        "QQQ" | "NDX" | "IXIC" => "IXIC",
        _ => code,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

impl Printing<'_> {
    fn slot(&mut self, slot: &str) {
        let kind = slot.trim_end_matches(|c: char| c.is_ascii_digit());
        let lower = kind.to_lowercase();
        let raised = kind.chars().next().is_some_and(char::is_uppercase);
        let key = slot.to_lowercase();
        let start = self.text.len();
        let number = &slot[kind.len()..];
        let printed = match lower.as_str() {
            "i" | "f" | "c" | "o" | "s" | "g" | "t" | "u" => self.entity(&lower, key),
            "up" | "down" => self.moved(&lower, number, &lower),
            _ if lower.starts_with(['~', '+', '-']) => {
                let (sign, list) = lower.split_at(1);
                let direction = match sign {
                    "+" => "up",
                    "-" => "down",
                    _ if self.draw.below(2) == 0 => "up",
                    _ => "down",
                };
                self.moved(direction, number, list)
            }
            "when" | "day" | "week" | "month" | "quarter" | "half" | "year" | "todate"
            | "trail" | "since" | "range" | "adj" | "yyyy" | "mmmm" => {
                let (mut text, mut codes) = self.now.phrase(&lower, self.draw);
                while raised && text.starts_with(char::is_uppercase) {
                    (text, codes) = self.now.phrase(&lower, self.draw);
                }
                self.periods.insert(key, codes);
                text
            }
            _ => match list(&lower) {
                Some(words) => (*self.draw.pick(&words)).to_owned(),
                None => return self.figure(&lower, key),
            },
        };
        self.text += &if raised { capital(&printed) } else { printed };
        debug_assert!(self.text.len() >= start);
    }

    fn entity(&mut self, class: &str, key: String) -> String {
        let all = entities(class);
        assert!(!all.is_empty(), "no entities of class {class}");
        let known = self.entities.get(&key).copied();
        let (code, names) = loop {
            let (code, names) = self.draw.pick(&all).clone();
            let again = known.is_none_or(|k| k == code);
            let new = known.is_some() || self.entities.values().all(|c| kin(c) != kin(code));
            if again && new {
                break (code, names);
            }
        };
        self.entities.insert(key, code);
        (*self.draw.pick(&names)).to_owned()
    }

    /// A word of change: `{~moved}` either way, `{+moved}` up, `{-moved}` down.
    fn moved(&mut self, direction: &str, number: &str, list_name: &str) -> String {
        self.signs.insert(number.to_owned(), if direction == "up" { 1.0 } else { -1.0 });
        let words = list(&format!("{list_name} {direction}"));
        let words = words.unwrap_or_else(|| panic!("no words {list_name} {direction}"));
        (*self.draw.pick(&words)).to_owned()
    }

    /// Prints a figure.
    fn figure(&mut self, kind: &str, key: String) {
        let before = self.text.len();
        let drawn = super::number::draw(kind, self.draw);
        let figure = Figure {
            start: before + drawn.lead.len(),
            end: before + drawn.lead.len() + drawn.token.len(),
            value: drawn.value,
            unit: drawn.unit,
            comparator: drawn.comparator,
        };
        self.text += &drawn.lead;
        self.text += &drawn.token;
        self.figures.insert(key, figure);
    }

    /// `~pct i return when vs=i2 unit=percent cmp=gt mood=forecast`: a figure, its entity, metric
    /// and period. `~` before a figure: signed as the words say, `-`: negative.
    fn claim(&self, claim: &str) -> Expected {
        let mut words = claim.split(' ');
        let mut next = || words.next().unwrap_or_else(|| panic!("four words in `{claim}`"));
        let (figure, entity, metric, period) = (next(), next(), next(), next());
        let key = figure.split('|').next().unwrap_or(figure).trim_start_matches(['~', '-']);
        let printed = self.figures.get(key).unwrap_or_else(|| panic!("no {key} in `{claim}`"));
        let number = key.trim_start_matches(|c: char| !c.is_ascii_digit());
        let sign = || *self.signs.get(number).unwrap_or_else(|| panic!("no sign of `{claim}`"));
        let signed = |figure: &str| match figure.as_bytes()[0] {
            b'~' => sign() * printed.value,
            b'-' => -printed.value,
            _ => printed.value,
        };
        let split = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        let mut out = Expected {
            start: printed.start,
            end: printed.end,
            entity: self.codes(entity),
            metric: split(metric),
            period: period.split('|').flat_map(|p| self.period(p)).collect(),
            value: figure.split('|').map(signed).collect(),
            unit: split(printed.unit),
            comparator: split(printed.comparator),
            modality: split("asserted"),
            versus: Vec::new(),
        };
        for word in words {
            let (name, value) = word.split_once('=').expect("name=value");
            match name {
                "vs" => out.versus = self.codes(value),
                "unit" => out.unit = split(value),
                "cmp" => out.comparator = split(value),
                "mood" => out.modality = split(value),
                _ => panic!("no {name} of a claim"),
            }
        }
        out
    }

    /// Slots or codes of entities, `RUT/s` a part of another.
    fn codes(&self, slots: &str) -> Vec<String> {
        let code = |slot: &str| self.entities.get(slot).copied().unwrap_or(slot).to_owned();
        let whole = |slot: &str| match slot.split_once('/') {
            Some((of, part)) => format!("{of}/{}", code(part)),
            None => code(slot),
        };
        slots.split('|').map(whole).collect()
    }

    /// A slot of time, `@day` a state as of then, `month:day` its month, `month-1` the one before,
    /// `10y@now`, `1980..now`, `now`, or a code.
    fn period(&self, slot: &str) -> Vec<String> {
        let slots = |slot: &str| self.periods.get(slot).cloned();
        let codes = |slot: &str| {
            let codes = slots(slot).unwrap_or_else(|| panic!("no {slot}"));
            codes.into_iter().filter_map(|c| c.parse::<CalendarPeriod>().ok()).collect::<Vec<_>>()
        };
        if let Some(codes) = slots(slot) {
            return codes;
        } else if let Some(of) = slot.strip_prefix('@') {
            return self.period(of).iter().map(|c| format!("@{c}")).collect();
        } else if let Some(day) = slot.strip_prefix("month:") {
            let month =
                |p: &CalendarPeriod| CalendarPeriod::containing(Grain::Month, p.first_day());
            return codes(day).iter().map(|p| month(p).to_string()).collect();
        } else if let Some(later) = slot.strip_suffix("-1") {
            return codes(later).iter().map(|p| p.plus(-1).to_string()).collect();
        } else if let Some(form) = slot.strip_suffix("now") {
            return self.now.until(if form.is_empty() { "@" } else { form });
        }
        match slot {
            "today" => self.now.until(""),
            "ytd" => self.now.to_date(Grain::Year, "ytd"),
            "next-year" => vec![(self.now.published.year() + 1).to_string()],
            code => vec![code.to_owned()],
        }
    }
}
