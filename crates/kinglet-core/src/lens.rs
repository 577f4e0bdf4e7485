//! Lens readings: whether a family of measures favours small companies or large ones, by rules in
//! the query language. All that a reading says is an answer, and nothing here knows a definition
//! by name: the rules do, and a user may replace them.

use serde::Deserialize;

use crate::answer::{Answer, Outcome, Undefined};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::identity::Basis;
use crate::query::{Evaluator, Query};
use crate::time::calendar::{YEAR_MAX, YEAR_MIN};
use crate::time::{CalendarPeriod, Date, Grain};
use crate::view::View;

/// The rules that ship with the program, as TOML.
pub const RULES: &str = include_str!("lens/rules.toml");

/// How lenses are read, as a user declares it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Of whom they speak.
    pub pair: Pair,
    /// What is asked of every lens.
    pub asked: Asked,
    /// The lenses, in the order in which they are shown.
    #[serde(rename = "lens")]
    pub lenses: Vec<Rule>,
}

/// Of whom rules speak: what stands for `{subject}`, `{against}` and `{basis}`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Whom a reading favours or does not.
    pub subject: String,
    /// With what it is compared.
    pub against: String,
    /// The basis of their returns.
    #[serde(default)]
    pub basis: Basis,
}

impl Pair {
    fn named_in(&self, text: &str) -> String {
        text.replace("{subject}", &self.subject)
            .replace("{against}", &self.against)
            .replace("{basis}", self.basis.name())
    }
}

/// What is asked of every lens: queries with words in braces for what differs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Where the measure stands in its history.
    pub percentile: String,
    /// In how many months there is a measure.
    pub coverage: String,
    /// What followed on average.
    pub average: String,
    /// How often that was in favour of small companies.
    pub share: String,
    /// How many months that is the average of.
    pub cases: String,
    /// What holds in every month.
    pub always: String,
    /// Of fewer months no base rate is given.
    pub cases_min: u32,
}

/// How one lens is read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The lens: `valuation`.
    pub name: String,
    /// What it asks, in a sentence.
    pub asks: String,
    /// Why its answer should matter.
    pub because: String,
    /// What is measured.
    pub measure: String,
    /// When it favours small companies.
    pub small: String,
    /// When it favours large companies.
    pub large: String,
    /// The measure in a sentence; without it a note names the lens.
    pub says: Option<Says>,
}

/// The measure in a sentence, with `{value}` for its size; `{subject}` and `{against}` are names.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Says {
    /// Where it is zero or more.
    pub above: String,
    /// Where it is below zero.
    pub below: Option<String>,
}

impl Rule {
    /// Whether it can be read of any pair, and not of the one for which it was written alone.
    fn is_of_any_pair(&self) -> bool {
        self.measure.contains("{subject}")
    }
}

/// Whom a reading favours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Small companies.
    Small,
    /// Large companies.
    Large,
    /// Neither.
    Neutral,
}

/// When a lens is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The last month that is over by then.
    pub month: CalendarPeriod,
}

/// What a lens says as of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The lens.
    pub lens: String,
    /// Whom it favours, or why there is no reading.
    pub side: Result<Side, Undefined>,
    /// The measure.
    pub value: Answer,
    /// Where it stands in its history.
    pub percentile: Answer,
    /// In how many months there is a measure.
    pub coverage: Answer,
    /// Whether the rule for small companies holds, and that for large ones.
    pub conditions: [Answer; 2],
    /// What followed such readings; none where it favours neither or there is no reading.
    pub after: Option<BaseRate>,
}

/// What followed the months in which something held.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseRate {
    /// The mean outcome.
    pub average: Answer,
    /// How often small companies did better.
    pub share: Answer,
    /// Of how many months.
    pub cases: Answer,
}

/// The readings of all lenses as of one day, and what followed all months.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// When they were taken.
    pub at: Moment,
    /// One for each lens.
    pub readings: Vec<Reading>,
    /// What followed all months.
    pub always: BaseRate,
}

/// Rules of which every query is known to be one.
#[derive(Clone, Debug)]
pub struct Lenses {
    rules: Rules,
}

impl Rules {
    /// The rules, if every one of their queries is one.
    ///
    /// # Errors
    /// The diagnostic of the first query that is none, with the lens and rule in which it stands.
    pub fn checked(self) -> Result<Lenses, Diagnostic> {
        let lenses = Lenses { rules: self };
        lenses.try_queries(SOME_DAY)?;
        Ok(lenses)
    }
}

/// The queries of one lens as of one day.
struct Asking {
    value: Query,
    percentile: Query,
    coverage: Query,
    conditions: [Query; 2],
    after: [Outcomes; 2],
}

/// What is asked of the time after the months in which something held.
struct Outcomes {
    average: Query,
    share: Query,
    cases: Query,
}

/// A query of a rule, or the diagnostic with the place of the rule.
fn parsed(lens: &str, rule: &str, text: &str) -> Result<Query, Diagnostic> {
    text.parse().map_err(|error: Diagnostic| {
        error.note(format!("it stands in `{rule}` of the lens `{lens}`"))
    })
}

impl Outcomes {
    fn of(rules: &Rules, lens: &str, when: &str) -> Result<Outcomes, Diagnostic> {
        let asked = &rules.asked;
        let query = |rule, text: &str| {
            let text = text.replace("{when}", when);
            parsed(lens, rule, &rules.pair.named_in(&text))
        };
        Ok(Outcomes {
            average: query("average", &asked.average)?,
            share: query("share", &asked.share)?,
            cases: query("cases", &asked.cases)?,
        })
    }

    fn queries(&self) -> [&Query; 3] {
        [&self.average, &self.share, &self.cases]
    }

    /// The answers; of too few months, why there are none.
    fn answers(&self, evaluator: &Evaluator<'_>, cases_min: u32) -> BaseRate {
        let [mut average, mut share, cases] = self.queries().map(|query| evaluator.answer(query));
        if let Ok(outcome) = &cases.result
            && outcome.quantity.value < f64::from(cases_min)
        {
            let found = outcome.quantity.value;
            let reason = format!(
                "such readings were followed by twelve months in {found} cases, fewer than \
                 {cases_min}"
            );
            let short = Undefined::new("too_short", reason);
            (average.result, share.result) = (Err(short.clone()), Err(short));
        }
        BaseRate { average, share, cases }
    }
}

impl Asking {
    /// The queries of a lens as of a day.
    fn of(rules: &Rules, rule: &Rule, at: Moment) -> Result<Asking, Diagnostic> {
        let asked = &rules.asked;
        let (day, month) = (at.day.to_string(), at.month.to_string());
        let each = |text: &str| text.replace("{day}", "month").replace("{month}", "month");
        let now = |text: &str| text.replace("{day}", &day).replace("{month}", &month);
        let filled = |text: &str| {
            text.replace("{percentile}", &asked.percentile)
                .replace("{history}", &each(&rule.measure))
                .replace("{measure}", &rule.measure)
        };
        let query =
            |name, text: &str| parsed(&rule.name, name, &rules.pair.named_in(&now(&filled(text))));
        let after = |text: &str| Outcomes::of(rules, &rule.name, &each(&filled(text)));
        Ok(Asking {
            value: query("measure", &rule.measure)?,
            percentile: query("percentile", &asked.percentile)?,
            coverage: query("coverage", &asked.coverage)?,
            conditions: [query("small", &rule.small)?, query("large", &rule.large)?],
            after: [after(&rule.small)?, after(&rule.large)?],
        })
    }

    fn queries(&self) -> impl Iterator<Item = &Query> {
        let own = [&self.value, &self.percentile, &self.coverage];
        let after = self.after.iter().flat_map(Outcomes::queries);
        own.into_iter().chain(&self.conditions).chain(after)
    }

    fn reading(&self, evaluator: &Evaluator<'_>, lens: &str, cases_min: u32) -> Reading {
        let conditions = [0, 1].map(|side| evaluator.answer(&self.conditions[side]));
        let side = side(&conditions);
        let after = match side {
            Ok(Side::Small) => Some(&self.after[0]),
            Ok(Side::Large) => Some(&self.after[1]),
            Ok(Side::Neutral) | Err(_) => None,
        };
        Reading {
            lens: lens.to_owned(),
            side,
            value: evaluator.answer(&self.value),
            percentile: evaluator.answer(&self.percentile),
            coverage: evaluator.answer(&self.coverage),
            conditions,
            after: after.map(|after| after.answers(evaluator, cases_min)),
        }
    }
}

/// Whom two conditions favour.
fn side([small, large]: &[Answer; 2]) -> Result<Side, Undefined> {
    let holds = |answer: &Answer| answer.result.as_ref().map(Outcome::holds).map_err(Clone::clone);
    match (holds(small)?, holds(large)?) {
        (true, false) => Ok(Side::Small),
        (false, true) => Ok(Side::Large),
        (false, false) => Ok(Side::Neutral),
        (true, true) => {
            let reason = format!("`{}` and `{}` both hold", small.query, large.query);
            Err(Undefined::new("contradiction", reason))
        }
    }
}

impl Lenses {
    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// One of the lenses alone.
    ///
    /// # Errors
    /// A diagnostic with the nearest name, where none has this one.
    pub fn only(mut self, name: &str) -> Result<Lenses, Diagnostic> {
        let names: Vec<String> = self.rules.lenses.iter().map(|rule| rule.name.clone()).collect();
        self.rules.lenses.retain(|rule| rule.name == name);
        if !self.rules.lenses.is_empty() {
            return Ok(self);
        }
        let message = format!("the rules have no lens `{name}`");
        let error = Diagnostic::new(Code::UnknownName, message);
        Err(match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint(format!("they have {}", names.join(", "))),
        })
    }

    /// The lenses that can be read of another pair, for it. Those that were written for one pair
    /// are left out, unless it is theirs.
    #[must_use]
    pub fn between(mut self, pair: Pair) -> Lenses {
        if pair != self.rules.pair {
            self.rules.lenses.retain(Rule::is_of_any_pair);
            self.rules.pair = pair;
        }
        self
    }

    /// Queries of every series that readings may ask for: what must be loaded.
    ///
    /// # Panics
    /// If a rule is a query for one day and not for another: a defect.
    pub fn queries(&self) -> Vec<Query> {
        self.try_queries(SOME_DAY).expect("the rules are checked")
    }

    fn try_queries(&self, day: Date) -> Result<Vec<Query>, Diagnostic> {
        let at = Moment { day, month: CalendarPeriod::containing(Grain::Month, day) };
        let mut queries = Vec::new();
        for rule in &self.rules.lenses {
            let asking = Asking::of(&self.rules, rule, at)?;
            queries.extend(asking.queries().cloned());
        }
        let always = Outcomes::of(&self.rules, "all months", &self.rules.asked.always)?;
        queries.extend(always.queries().into_iter().cloned());
        Ok(queries)
    }

    /// What every lens says by what a view knows, as of its last day.
    ///
    /// # Panics
    /// As [`Lenses::queries`].
    pub fn readings(&self, view: &View) -> Readings {
        self.read(&Evaluator::new(view))
    }

    /// The same by an evaluator that keeps what it computed.
    ///
    /// # Panics
    /// As [`Lenses::queries`].
    pub fn read(&self, evaluator: &Evaluator<'_>) -> Readings {
        let (rules, at) = (&self.rules, Moment::of(evaluator.view()));
        let readings = rules.lenses.iter().map(|rule| {
            let asking = Asking::of(rules, rule, at).expect("the rules are checked");
            asking.reading(evaluator, &rule.name, rules.asked.cases_min)
        });
        let readings = readings.collect();
        let always = Outcomes::of(rules, "all months", &rules.asked.always);
        let always = always.expect("the rules are checked").answers(evaluator, 0);
        Readings { at, readings, always }
    }
}

impl Moment {
    /// The last day of a view, and the last month of which no session lies after it.
    fn of(view: &View) -> Moment {
        // nothing becomes known outside of the years that queries speak of
        let day = view
            .cutoff
            .through
            .clamp(Date::constant(YEAR_MIN, 1, 1), Date::constant(YEAR_MAX, 12, 31));
        let month = CalendarPeriod::containing(Grain::Month, day);
        let is_over = view.calendar.count(day, month.last_day()) == 0;
        Moment { day, month: if is_over { month } else { month.plus(-1) } }
    }
}

/// Rules are queries for every day alike; this one stands for it.
const SOME_DAY: Date = Date::constant(2000, 1, 31);
