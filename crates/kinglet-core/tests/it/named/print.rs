//! Facts printed by a phrase in ordinary sentences.

use kinglet_core::definition::{Law, Metric};
use kinglet_core::identity::Entity;
use kinglet_core::quantity::{Spelling, display, grouped};
use kinglet_core::query::{Arg, Call, Expr, Query};
use kinglet_core::time::{Date, Grain, LengthUnit, Period};

/// A value with its query.
pub(super) struct Fact {
    pub(super) query: Query,
    pub(super) published: Date,
    pub(super) value: f64,
    pub(super) spelling: Spelling,
}

/// Where the time stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// `The Russell 2000 had an information ratio of 0.4 from 2014 through 2023.`
    TimeLast,
    /// `From 2014 through 2023, the Russell 2000 had an information ratio of 0.4.`
    TimeFirst,
    /// `The information ratio of the Russell 2000 from 2014 through 2023 was 0.4.`
    NameFirst,
    /// `From 2014 through 2023, the Russell 2000 had a 0.4 information ratio.`
    FigureFirst,
}

impl Shape {
    /// Those in which a phrase can be printed.
    pub(super) fn of(phrase: &str) -> &'static [Shape] {
        const ALL: &[Shape] =
            &[Shape::TimeLast, Shape::TimeFirst, Shape::NameFirst, Shape::FigureFirst];
        if noun(phrase).is_some() { ALL } else { &ALL[..2] }
    }
}

/// What a phrase calls its figure, if it is no more than that.
fn noun(phrase: &str) -> Option<&str> {
    let bare = phrase.strip_prefix("a ").or_else(|| phrase.strip_prefix("an "));
    bare?.strip_suffix(" of {value}")
}

/// The sign of the values that a phrase suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Any,
    Gain,
    Loss,
}

/// Phrases with one of these words are of gains or of losses, and print them without a sign.
const GAINS: [&str; 8] = ["rose", "gained", "above", "inflows", "raised", "lift", "grew", "grown"];
const LOSSES: [&str; 8] =
    ["fell", "lost", "below its", "off its", "outflows", "below what", "cut ", "of cuts"];

impl Sign {
    pub(super) fn of(phrase: &str, metric: &Metric) -> Sign {
        let has = |words: &[&str]| words.iter().any(|word| phrase.contains(word));
        let days = metric.definition.name == "time_under_high";
        match () {
            () if metric.laws.contains(&Law::NotPositive) => Sign::Loss,
            () if !days && has(&LOSSES) => Sign::Loss,
            () if has(&GAINS) => Sign::Gain,
            () => Sign::Any,
        }
    }

    pub(super) fn suits(self, value: f64) -> bool {
        match self {
            Sign::Any => true,
            Sign::Gain => value > 0.0,
            Sign::Loss => value < 0.0,
        }
    }
}

/// Verbs with which phrases begin.
const VERBS: &str = " rose gained fell lost returned was stood closed spent suffered had went \
    touched ran ended left held covered covers priced has cut raised grew traded bottomed peaked \
    finished yields averaged missed would correlated ";

/// Phrases that have a subject of their own.
const OWN_SUBJECT: [&str; 12] = [
    "earnings ",
    "sales ",
    "revenues ",
    "dividends ",
    "consumer ",
    "unprofitable members",
    "profitable members",
    "loss-making members",
    "on-balance volume rose",
    "the curve",
    "top ten",
    "ten largest",
];

impl Fact {
    /// Whether enough of the value is printed to tell it from others.
    pub(super) fn is_legible(&self) -> bool {
        let shown = self.printed(self.value);
        shown.bytes().filter(|b| (b'1'..=b'9').contains(b)).count() >= 1
    }

    /// Another value, far enough from it.
    pub(super) fn wrong(&self) -> f64 {
        let step = 0.01 / self.spelling.per_unit();
        self.value * 1.61 + 7.0 * step * self.value.signum()
    }

    fn printed(&self, value: f64) -> String {
        let decimals = match self.spelling {
            Spelling::Ratio if self.value.abs() < 0.1 => 4,
            spelling => spelling.decimals(),
        };
        grouped(&display(value, self.spelling, decimals))
    }

    /// A phrase in a sentence with a value, and where its figure stands.
    pub(super) fn sentence(
        &self,
        phrase: &str,
        shape: Shape,
        value: f64,
    ) -> Option<(String, usize)> {
        let call = call(&self.query);
        let codes: Vec<&str> = call.args.iter().filter_map(code).collect();
        let subject = name(codes.first()?);
        let versus = codes.get(1).map_or(String::new(), |v| format!(" against {}", name(v)));
        let bare = Sign::of(phrase, call.metric) != Sign::Any;
        let number = self.printed(if bare { value.abs() } else { value });
        let number = number.strip_suffix(" months").filter(|_| phrase.contains("} months"));
        let number = number
            .map_or_else(|| self.printed(if bare { value.abs() } else { value }), str::to_owned);
        let words = phrase.replace("{value}", &number);
        let first = phrase.split(' ').next()?;
        let clause = match () {
            () if OWN_SUBJECT.iter().any(|own| phrase.starts_with(own)) => {
                format!("{}'s {}{versus}", subject, words.trim_start_matches("the "))
            }
            () if VERBS.contains(&format!(" {first} ")) => format!("{subject} {words}{versus}"),
            () if first == "{value}" => format!("at {subject}{versus}, {words}"),
            () => format!("{subject} had {words}{versus}"),
        };
        let terms = terms(call);
        let time = when(period(&self.query))?;
        let mut text = match (shape, noun(phrase)) {
            (Shape::NameFirst, Some(noun)) => {
                format!("the {noun} of {subject}{versus} {time} was {number}{terms}.")
            }
            (Shape::FigureFirst, Some(noun)) => {
                format!("{time}, {subject} had a {number} {noun}{versus}{terms}.")
            }
            (Shape::TimeFirst, _) => format!("{time}, {clause}{terms}."),
            _ => format!("{clause} {time}{terms}."),
        };
        let first = text.remove(0).to_ascii_uppercase();
        text.insert(0, first);
        let at = match shape {
            Shape::NameFirst => text.find(&format!(" was {number}"))? + " was ".len(),
            Shape::FigureFirst => text.find(&format!(" a {number}"))? + " a ".len(),
            _ => {
                let words = words.trim_start_matches("the ");
                text.find(words)? + words.find(&number)?
            }
        };
        Some((text, at))
    }
}

fn call(query: &Query) -> &Call {
    match query.expr() {
        Expr::Call(call) => call,
        expr => panic!("{expr:?} is no call"),
    }
}

/// The period of a question.
pub(super) fn period(query: &Query) -> Option<Period> {
    call(query).args.iter().find_map(|arg| match arg {
        Some(Arg::Period(period)) => Some(*period),
        _ => None,
    })
}

fn code(arg: &Option<Arg>) -> Option<&str> {
    match arg {
        Some(Arg::Entity(entity)) => Some(entity.code()),
        _ => None,
    }
}

fn day(date: Date) -> String {
    date.strftime("%B %-d, %Y").to_string()
}

/// A period in words.
fn when(period: Option<Period>) -> Option<String> {
    Some(match period? {
        Period::At(p) | Period::Calendar(p) if p.grain == Grain::Day => {
            format!("on {}", day(p.first_day()))
        }
        Period::At(p) | Period::Calendar(p) if p.grain == Grain::Month => {
            format!("in {}", p.first_day().strftime("%B %Y"))
        }
        Period::At(p) | Period::Calendar(p) => format!("in {}", p.first_day().year()),
        Period::Between(a, b) if a.grain == Grain::Year => {
            format!("from {} through {}", a.first_day().year(), b.first_day().year())
        }
        Period::Between(a, b) => format!("from {} to {}", day(a.first_day()), day(b.first_day())),
        Period::Trailing(length, end) if length.unit == LengthUnit::Years => {
            format!("over the {} years through {}", length.count, day(end))
        }
        period => panic!("{period} in words"),
    })
}

fn name(code: &str) -> String {
    match code {
        "FED" => "the Federal Reserve".to_owned(),
        "US" => "the U.S. economy".to_owned(),
        "LARGEST:500" => "large caps".to_owned(),
        "CURVE:2s10s" => "the 2s10s curve".to_owned(),
        code => match Entity::new(code).known() {
            Some(known) => format!("the {}", known.name),
            None => code.to_owned(),
        },
    }
}

/// The terms that the arguments of a question set, in words.
fn terms(call: &Call) -> String {
    let given = call.metric.definition.params.iter().zip(&call.args);
    let said = given.filter_map(|(param, arg)| match arg.as_ref()? {
        Arg::Query(inner) => {
            let Expr::Number(quantity, spelling) = &**inner else { return None };
            let shown = quantity.spelled(*spelling);
            Some(match param.name {
                "sessions" => format!(", on a {shown}-day window"),
                "target" => format!(", for a target of {shown}"),
                "trials" => format!(", as the best of {shown} trials"),
                "change" if shown < 0.0 => format!(", if rates fell by {} basis points", -shown),
                "change" => format!(", if rates rose by {shown} basis points"),
                "floating" => format!(", with {shown}% of debt floating"),
                _ => return None,
            })
        }
        Arg::Bound(p) => {
            let month = p.first_day().strftime("%B %Y");
            Some(match param.name {
                "since" | "base" => format!(", counted since {month}"),
                "meeting" => format!(", as projected in {month}"),
                _ => return None,
            })
        }
        _ => None,
    });
    said.collect()
}
