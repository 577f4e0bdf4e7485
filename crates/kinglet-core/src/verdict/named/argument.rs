//! The arguments of a named definition: what the words say, else what the catalogue offers.

use std::rc::Rc;

use super::super::slots::{self, Slots};
use super::super::trial::Trial;
use crate::article::{Marks, Named, definitions};
use crate::definition::{Definition, Metric, Param, ParamKind};
use crate::identity::{Basis, Entity};
use crate::metrics::find;
use crate::quantity::Unit;
use crate::time::{CalendarPeriod, Grain, Period};

/// Words by which articles say a choice.
const SAID: &[(&str, &[&str])] = &[
    ("month", &["monthly", "month-end"]),
    ("week", &["weekly", "week-end"]),
    ("day", &["daily"]),
    ("gaussian", &["gaussian", "normal", "parametric"]),
    ("cornish_fisher", &["cornish-fisher", "cornish", "modified"]),
    ("include", &["including loss", "including companies that lose", "counting loss"]),
    ("exclude", &["excluding loss", "leaving out", "without loss", "ex-loss", "profitable"]),
    ("subtracted", &["net debt", "net of cash"]),
    ("weight", &["by weight", "weighted", "of the weight"]),
    ("count", &["by number", "by count"]),
    ("upper", &["upper", "the top", "upward"]),
    ("lower", &["lower", "the bottom", "downward"]),
    ("fall", &["from peak to trough", "the fall"]),
    ("recovery", &["to recover", "recovery"]),
    ("multiple", &["multiple", "multiples"]),
    ("high_yield", &["high-yield", "high yield", "junk"]),
    ("investment_grade", &["investment-grade", "investment grade"]),
    ("tips", &["tips", "inflation-protected"]),
    ("extremes", &["highs and lows", "intraday"]),
    ("exponential", &["exponential", "ema"]),
    ("simple", &["simple", "sma"]),
    ("highest", &["high", "highest", "peaked", "peak"]),
    ("lowest", &["low", "lowest", "bottomed", "trough"]),
    ("operating", &["operating"]),
    ("strength", &["relative strength"]),
    ("baa", &["baa"]),
    ("profitable", &["profitable"]),
    ("unprofitable", &["unprofitable", "loss-making", "money-losing"]),
    ("bear_1968", &["bear market of 1968"]),
    ("oil_1973", &["oil crisis"]),
    ("volcker_1980", &["volcker"]),
    ("crash_1987", &["1987 crash", "crash of 1987", "black monday"]),
    ("kuwait_1990", &["kuwait"]),
    ("russia_1998", &["russian crisis", "russia crisis", "ltcm"]),
    ("dot_com_2000", &["dot-com"]),
    ("financial_2007", &["financial crisis"]),
    ("euro_2011", &["euro crisis"]),
    ("rates_2018", &["selloff of 2018", "2018 selloff"]),
    ("covid_2020", &["covid", "pandemic"]),
    ("inflation_2022", &["bear market of 2022", "2022 bear market"]),
    ("tariffs_2025", &["tariff", "tariffs"]),
];

/// The values that an argument may take, the likeliest first; none leaves it out.
struct Choice {
    values: Vec<Option<String>>,
    /// Whether the words or the definition settle it.
    is_said: bool,
}

/// The arguments of a claim of a named definition.
pub(super) struct Arguments {
    name: &'static str,
    choices: Vec<Choice>,
}

impl Arguments {
    pub(super) fn of(trial: &Trial<'_>, metric: &'static Metric) -> Arguments {
        let words = Words::of(trial);
        let params = metric.definition.params.iter();
        let choices = params.map(|param| words.choice(param, &metric.definition)).collect();
        Arguments { name: metric.definition.name, choices }
    }

    /// Whether nothing is left open.
    pub(super) fn are_said(&self) -> bool {
        self.choices.iter().all(|choice| choice.is_said)
    }

    /// Every query that the words allow; those that leave out more come first.
    pub(super) fn queries(&self) -> impl Iterator<Item = String> {
        let count = self.choices.iter().map(|c| c.values.len()).product();
        (0..count).map(|n| self.query(n))
    }

    /// One of them: the first choice varies fastest.
    fn query(&self, mut n: usize) -> String {
        let mut given = Vec::new();
        for Choice { values, .. } in &self.choices {
            given.extend(values[n % values.len()].clone());
            n /= values.len();
        }
        format!("{}({})", self.name, given.join(", "))
    }

    /// Why there is no value at all.
    pub(super) fn missing(&self, trial: &Trial<'_>) -> String {
        let answer = self.queries().find_map(|text| {
            let query = text.parse().ok()?;
            trial.evaluator.result(&query).err()
        });
        answer.map_or_else(
            || format!("the words do not say all of `{}`", self.name),
            |why| why.reason,
        )
    }
}

/// What the words around a claim say.
struct Words<'a> {
    trial: &'a Trial<'a>,
    text: String,
    /// Those of its clause, which may settle a convention.
    clause: String,
    marks: Rc<Marks>,
}

impl<'a> Words<'a> {
    fn of(trial: &'a Trial<'a>) -> Words<'a> {
        // the figure itself sets no terms
        let (sentence, at) = trial.sentence_and_place();
        let (before, rest) = sentence.split_at_checked(at).unwrap_or((sentence, ""));
        let after = rest.get(trial.claim.printed.text.len()..).unwrap_or_default();
        let text = format!("{before} | {after}").to_lowercase();
        let marks = trial.memory.marks(trial.sentence, trial.context);
        Words { trial, text, clause: trial.clause().to_lowercase(), marks }
    }

    fn choice(&self, param: &'static Param, definition: &Definition) -> Choice {
        let named = |value: String| match param.named {
            true => format!("{}: {value}", param.name),
            false => value,
        };
        let (values, is_said) = match param.kind {
            ParamKind::Entity | ParamKind::Companies | ParamKind::Members => {
                self.entities(param, definition)
            }
            ParamKind::Period => (self.periods(), true),
            ParamKind::Bound => self.since(param),
            ParamKind::Basis => self.bases(),
            ParamKind::Number(unit) => self.numbers(param, unit),
            ParamKind::Choice(words) => self.words(param, words),
            ParamKind::Query | ParamKind::Statistic | ParamKind::Condition => {
                (self.inner(param.kind, definition), true)
            }
            ParamKind::Figure(_) | ParamKind::Length => (vec![None], false),
            ParamKind::Member => (self.members(), true),
        };
        let mut values: Vec<Option<String>> =
            values.into_iter().map(|value| value.map(named)).collect();
        if values.is_empty() {
            values.push(None);
        }
        Choice { values, is_said }
    }

    fn entities(
        &self,
        param: &'static Param,
        definition: &Definition,
    ) -> (Vec<Option<String>>, bool) {
        let first = definition.params.first().is_some_and(|p| std::ptr::eq(*p, param));
        let (subject, benchmark) = self.sides(definition);
        let known = if first { Some(subject) } else { benchmark };
        let known = known.filter(|code| code != "OTHER").or_else(|| self.beside());
        let code = known.clone().unwrap_or_else(|| "SPX".to_owned());
        let code = match slots::proxy(&code) {
            Some(index) if param.kind == ParamKind::Entity => index.to_owned(),
            _ => code,
        };
        // an index only stands in for a group
        let is_said = known.is_some_and(|known| known == code);
        let fund = Entity::new(&code).fund().map(str::to_owned);
        let fund = fund.filter(|fund| param.kind != ParamKind::Entity && *fund != code);
        let large = (code == "SPX" || code == "US_LARGE") && param.kind == ParamKind::Companies;
        let group = (large && !first).then(|| "LARGEST:500".to_owned());
        ([Some(code), fund, group].into_iter().flatten().map(Some).collect(), is_said)
    }

    /// What is compared with what: as the claim says, or else the words.
    fn sides(&self, definition: &Definition) -> (String, Option<String>) {
        let claim = self.trial.claim;
        let of_entities =
            |p: &&&Param| p.kind == ParamKind::Entity || p.kind == ParamKind::Companies;
        let compares = definition.params.iter().filter(of_entities).count() > 1;
        let compared = || {
            let (at, benchmark) = self.marks.entities.iter().find(|(span, _)| {
                let before = self.trial.sentence.get(..span.start).unwrap_or_default();
                let before = before.trim_end().trim_end_matches(" the");
                let word = before.rsplit(' ').next().unwrap_or_default();
                ["against", "versus", "vs", "vs.", "to"].contains(&word)
            })?;
            let other = self.marks.entities.iter().find(|(span, _)| span != at)?;
            Some((other.1.to_owned(), Some((*benchmark).to_owned())))
        };
        let said = (claim.entity.clone(), claim.versus.clone());
        if said.1.is_some() || !compares { said } else { compared().unwrap_or(said) }
    }

    /// What the sentence names beside what the claim is about.
    fn beside(&self) -> Option<String> {
        let codes = self.marks.entities.iter().map(|(_, code)| *code);
        { codes }.find(|code| *code != self.trial.claim.entity).map(str::to_owned)
    }

    /// The periods of the claim, as those of states and of changes; a day after the last session
    /// stands for that session.
    fn periods(&self) -> Vec<Option<String>> {
        let claim = self.trial.claim;
        let mut found: Vec<Option<String>> = Vec::new();
        let mut add = |period: Period| {
            let text = Some(period.to_string());
            if !found.contains(&text) {
                found.push(text);
            }
        };
        for period in claim.period.into_iter().chain(claim.other_periods.iter().copied()) {
            let settled = Slots::of(claim, period, self.trial.context.published);
            match period {
                Period::At(p) => [Period::At(p), Period::Calendar(p)].map(&mut add),
                Period::Calendar(p) => [Period::Calendar(p), Period::At(p)].map(&mut add),
                _ => [settled.period, period].map(&mut add),
            };
            add(settled.period);
        }
        for (span, named) in &self.marks.times {
            let words = self.trial.sentence.get(span.start..span.end).unwrap_or_default();
            match *named {
                // "a low in 2025" is read as the day of the low
                Named::Calendar(p) if p.grain == Grain::Day && is_bare_year(words, p) => {
                    let year = CalendarPeriod::containing(Grain::Year, p.first_day());
                    [Period::Calendar(year); 2].map(&mut add)
                }
                Named::Calendar(p) => [Period::Calendar(p), Period::At(p)].map(&mut add),
                Named::Range(a, b) => [Period::Between(a, b); 2].map(&mut add),
                _ => continue,
            };
        }
        found
    }

    fn since(&self, param: &Param) -> (Vec<Option<String>>, bool) {
        let named = self.marks.times.iter().find_map(|(_, named)| match named {
            Named::Since(p) => Some(*p),
            _ => None,
        });
        let said = named.filter(|_| param.name != "until").map(|p| p.to_string());
        let is_said = said.is_some() || param.name == "until";
        (vec![said], is_said)
    }

    fn bases(&self) -> (Vec<Option<String>>, bool) {
        match self.trial.claim.basis {
            Some(basis) => (vec![Some(basis.name().to_owned())], true),
            None => (vec![None, Some(Basis::Total.name().to_owned())], true),
        }
    }

    fn words(&self, param: &Param, words: &'static [&'static str]) -> (Vec<Option<String>>, bool) {
        let says = |text: &str, word: &str| {
            let spoken = SAID.iter().find(|(choice, _)| *choice == word).map(|(_, w)| *w);
            let plain = word.replace('_', " ");
            let own = [plain.as_str()];
            spoken.unwrap_or(&own).iter().any(|w| has_word(text, w))
        };
        let found: Vec<Option<String>> =
            words.iter().filter(|w| says(&self.text, w)).map(|w| Some((*w).to_owned())).collect();
        if !found.is_empty() {
            let in_clause = words.iter().filter(|w| says(&self.clause, w)).count();
            let is_said = found.len() == 1 && in_clause == 1;
            return (found, is_said);
        }
        let others = words.iter().filter(|word| Some(**word) != param.default);
        let all = others.map(|word| Some((*word).to_owned()));
        let plain = param.default.map(|_| None);
        (plain.into_iter().chain(all).collect(), false)
    }

    fn numbers(&self, param: &Param, unit: Unit) -> (Vec<Option<String>>, bool) {
        let said = match unit {
            Unit::Ratio if param.name == "target" => number_after(&self.text, "target of"),
            Unit::Ratio => lengths(param.name).and_then(|nouns| number_before(&self.text, nouns)),
            _ => self.rate(param.name),
        };
        match said {
            Some(said) => (vec![Some(said)], true),
            None => (vec![None], !is_asked(param.name)),
        }
    }

    /// A share or rate that sets the terms of a definition.
    fn rate(&self, name: &str) -> Option<String> {
        let percent = |n: f64| format!("{n}%");
        match name {
            "tail" => number_before(&self.text, &["%"]).and_then(|n| {
                let n: f64 = n.parse().ok()?;
                Some(if n > 50.0 { percent(100.0 - n) } else { percent(n) })
                    .filter(|_| [1.0, 2.5, 5.0, 10.0, 90.0, 95.0, 97.5, 99.0].contains(&n))
            }),
            "confidence" | "level" => number_before(&self.text, &["% confidence"])
                .or_else(|| number_before(&self.text, &["% level"]))
                .map(|n| format!("{n}%")),
            "change" => {
                number_before(&self.text, &["basis points", "basis point", "bp"]).map(|n| {
                    let falls =
                        ["fell by", "fall by", "fall of", "drop of", "dropped by", "cut of"];
                    let sign = if falls.iter().any(|w| self.text.contains(w)) { "-" } else { "" };
                    format!("{sign}{n}bp")
                })
            }
            "floating" => {
                let floats = ["% of debt", "% of their debt", "% floating", "% of its debt"];
                number_before(&self.text, &floats).map(|n| format!("{n}%"))
            }
            "depth" => number_before(&self.text, &["% or more"]).map(|n| format!("{n}%")),
            _ => None,
        }
    }

    /// A query that a definition folds: the other definition that the sentence names.
    fn inner(&self, kind: ParamKind, outer: &Definition) -> Vec<Option<String>> {
        let claim = self.trial.claim;
        let others = definitions(self.trial.sentence).into_iter().filter(|d| d.name != outer.name);
        let known = others.chain(find("level").map(|m| &m.definition));
        let of = |definition: &Definition| {
            let period = match kind {
                ParamKind::Statistic => claim.period?.to_string(),
                _ => "month".to_owned(),
            };
            Some(format!("{}({}, {period})", definition.name, claim.entity))
        };
        let mut texts: Vec<Option<String>> = known.filter_map(of).map(Some).collect();
        texts.truncate(4);
        texts
    }

    /// The month of the claim, of a family of months.
    fn members(&self) -> Vec<Option<String>> {
        let claim = self.trial.claim;
        let periods = claim.period.into_iter().chain(claim.other_periods.iter().copied());
        let day = periods.filter_map(Period::last_day).map(|day| {
            let today = self.trial.context.published;
            CalendarPeriod::containing(Grain::Month, day.min(today)).to_string()
        });
        let mut months: Vec<Option<String>> = day.map(Some).collect();
        months.dedup();
        months
    }
}

/// The nouns that follow the number of a parameter that counts.
fn lengths(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "sessions" => &["day", "session", "trading day", "week"],
        "months" => &["month"],
        "years" => &["year"],
        "trials" => &["trial", "strategies", "independent trial"],
        "largest" => &["largest", "biggest"],
        _ => return None,
    })
}

/// Whether a number is part of what a figure is called: another one is another figure.
fn is_asked(name: &str) -> bool {
    matches!(name, "sessions" | "months" | "tail" | "trials" | "change" | "floating" | "depth")
}

/// Whether a text holds a word or phrase.
fn has_word(text: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let (before, after) =
            (text[..at].chars().next_back(), text[at + word.len()..].chars().next());
        !letter(before) && !letter(after)
    })
}

/// The number that stands before one of some nouns: `14-day`, `95%`.
fn number_before(text: &str, nouns: &[&str]) -> Option<String> {
    nouns.iter().find_map(|noun| {
        text.match_indices(noun).find_map(|(at, _)| {
            let before = text[..at].trim_end_matches([' ', '-']);
            let start =
                before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |i| i + 1);
            let digits = before.get(start..)?.trim_matches('.');
            (!digits.is_empty() && digits.parse::<f64>().is_ok()).then(|| digits.to_owned())
        })
    })
}

/// The number that stands behind some words: `a target of 0.5`.
fn number_after(text: &str, words: &str) -> Option<String> {
    let (_, after) = text.split_once(words)?;
    let number = after.split_whitespace().next()?.trim_end_matches([',', '.']);
    number.parse::<f64>().is_ok().then(|| number.to_owned())
}

/// Whether the words of a day tell no more than its year.
fn is_bare_year(words: &str, day: CalendarPeriod) -> bool {
    let (year, day) = (day.first_day().year().to_string(), day.first_day().day().to_string());
    words.contains(&year) && !words.replace(&year, "").contains(&day)
}
