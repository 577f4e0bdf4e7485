//! A catalogued definition: the one place from which the terminal, JSON, docs, notes and the
//! auditor know a measure. A metric is a definition with its computation, laws and golden values.

use crate::answer::{Outcome, Undefined};
use crate::quantity::{Spelling, Unit};
use crate::query::Scope;

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// `RUT`, `UST:10y`
    Entity,
    /// `IWM`, `LARGEST:500`: an entity seen through its companies, so that the holdings of funds
    /// and the figures of companies are loaded.
    Companies,
    /// `IWM`: as [`ParamKind::Companies`], and the prices of the companies are loaded.
    Members,
    /// `2025-08`, `ytd@2025-06-12`, `month`, `+6m`
    Period,
    /// A day, week, month, quarter, half or year that bounds something: `since: 1987`.
    Bound,
    /// `price` or `total`
    Basis,
    /// A number of a unit: `40%`, `100bp`.
    Number(Unit),
    /// One of some words.
    Choice(&'static [&'static str]),
    /// Which of several figures is asked, written behind the call: `.hit_rate`.
    Figure(&'static [Figure]),
    /// A length of time: `6m`, `20d`.
    Length,
    /// Another query, evaluated for each period of its family: `return(RUT, month)`.
    Query,
    /// Another query with one value: `sharpe_ratio(RUT, 2014..2023)`.
    Statistic,
    /// A query that asks yes or no in each period of its family: `return(RUT, month) > 0`.
    Condition,
    /// One period of the family of the query: `2025-08`.
    Member,
}

/// One of several figures of a definition.
#[derive(Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name: `hit_rate`.
    pub name: &'static str,
    /// How its unit follows.
    pub unit: UnitRule,
    /// What it is, in a few words.
    pub doc: &'static str,
}

/// A parameter of a definition.
#[derive(Debug)]
pub struct Param {
    /// Its name; written out only if `named`.
    pub name: &'static str,
    /// What it takes.
    pub kind: ParamKind,
    /// Whether it is written `name: value` rather than by position.
    pub named: bool,
    /// The text it stands for if left out; required where there is none and `optional` is false.
    pub default: Option<&'static str>,
    /// Whether it may be left out without a default.
    pub optional: bool,
    /// One line for help and docs.
    pub doc: &'static str,
}

impl Param {
    /// A required parameter, given by position.
    pub const fn required(name: &'static str, kind: ParamKind, doc: &'static str) -> Param {
        Param { name, kind, named: false, default: None, optional: false, doc }
    }

    /// A named parameter with a default.
    pub const fn with_default(
        name: &'static str,
        kind: ParamKind,
        default: &'static str,
        doc: &'static str,
    ) -> Param {
        Param { name, kind, named: true, default: Some(default), optional: true, doc }
    }

    /// A named parameter that may be left out.
    pub const fn optional(name: &'static str, kind: ParamKind, doc: &'static str) -> Param {
        Param { name, kind, named: true, default: None, optional: true, doc }
    }
}

/// Parameters that several definitions share, so that they have one name and one meaning.
pub mod params {
    use super::{Param, ParamKind};
    use crate::numeric::performance::Tail;
    use crate::portfolio::Average;
    use crate::quantity::Unit;

    /// What the measure is taken of.
    pub static SUBJECT: Param =
        Param::required("subject", ParamKind::Entity, "what it is about: RUT, IWM, UST:10y");
    /// What the measure is taken of, through its companies.
    pub static COMPANIES: Param = Param::required(
        "subject",
        ParamKind::Companies,
        "an index or fund by what it holds, a group or a company: IWM, LARGEST:500, SPX",
    );
    /// What the measure is taken of, through the prices of its companies.
    pub static MEMBERS: Param = Param::required(
        "subject",
        ParamKind::Members,
        "an index or fund by the prices of what it holds: IWM, RUT",
    );
    /// The day of a measure that is taken at one moment.
    pub static MOMENT: Param = Param::required(
        "period",
        ParamKind::Period,
        "as of which day, by what was known then: @2026-08-08",
    );
    /// Whether companies that lose money are counted.
    pub static LOSSES: Param = Param::with_default(
        "losses",
        ParamKind::Choice(&["include", "exclude"]),
        "include",
        "whether companies with losses are counted or left out",
    );
    /// Whose companies a subject is compared with.
    pub static VERSUS: Param = Param::required(
        "versus",
        ParamKind::Companies,
        "what it is compared with: LARGEST:500, SPX",
    );
    /// Which earnings are meant.
    pub static EARNINGS: Param = Param::with_default(
        "of",
        ParamKind::Choice(&["trailing", "forward"]),
        "trailing",
        "earnings of the last four quarters, or those expected for the next year",
    );
    /// How companies are counted.
    pub static BY: Param = Param::with_default(
        "by",
        ParamKind::Choice(&["count", "weight"]),
        "count",
        "whether each company counts alike, or by its weight",
    );
    /// Whether debt is net of cash.
    pub static CASH: Param = Param::with_default(
        "cash",
        ParamKind::Choice(&["ignored", "subtracted"]),
        "ignored",
        "whether cash is taken off the debt",
    );
    /// How the multiples of companies become one.
    pub static AVERAGE: Param = Param::with_default(
        "average",
        ParamKind::Choice(Average::WORDS),
        "aggregate",
        "how the multiples of companies become one",
    );
    /// Over which period.
    pub static PERIOD: Param = Param::required(
        "period",
        ParamKind::Period,
        "over which period: 2025-08, ytd@2025-06-12, 10y@2025-08-28",
    );
    /// Price or total return.
    pub static BASIS: Param = Param::with_default(
        "basis",
        ParamKind::Basis,
        "price",
        "price alone, or total with distributions",
    );
    /// What a subject is measured against.
    pub static BENCHMARK: Param =
        Param::required("benchmark", ParamKind::Entity, "what it is measured against: SPX, SPY");
    /// The other side of a ratio line.
    pub static OTHER: Param =
        Param::required("other", ParamKind::Entity, "what it is measured against: SPX, SPY");
    const GRAINS: ParamKind = ParamKind::Choice(&["month", "week", "day"]);
    const GRAIN_DOC: &str = "returns from month-end to month-end, 12 a year, from week-end to \
        week-end, 52, or from session to session, 252";
    /// How often a sample of returns is taken.
    pub static GRAIN: Param = Param::with_default("grain", GRAINS, "month", GRAIN_DOC);
    /// How often a sample of returns is taken where it is usually daily.
    pub static GRAIN_DAILY: Param = Param::with_default("grain", GRAINS, "day", GRAIN_DOC);
    /// Which of several falls, by depth.
    pub static NTH: Param = Param::with_default(
        "nth",
        ParamKind::Number(Unit::Ratio),
        "1",
        "1 is the deepest fall of the period, 2 the second deepest",
    );
    /// How returns over several observations become one.
    pub static METHOD: Param = Param::with_default(
        "method",
        ParamKind::Choice(&["arithmetic", "geometric"]),
        "arithmetic",
        "whether the mean return counts, times observations a year, or the compounded one",
    );
    /// The rate that a riskless investment earns.
    pub static RATE: Param = Param::optional(
        "rf",
        ParamKind::Number(Unit::Fraction),
        "the riskless rate a year; default: the three-month Treasury yield known at the time",
    );
    /// Which factors explain returns.
    pub static MODEL: Param = Param::with_default(
        "model",
        ParamKind::Choice(&["three_factor", "four_factor", "size", "market"]),
        "three_factor",
        "which factors explain the returns: market, size and value, these and momentum, market and \
         size, or the market",
    );
    /// The estimate of a regression or how uncertain it is.
    pub static FIGURE: Param = Param::with_default(
        "figure",
        ParamKind::Choice(&["estimate", "error"]),
        "estimate",
        "the estimate, or its standard error",
    );
    /// How far errors are correlated with earlier ones.
    pub static LAGS: Param = Param::optional(
        "lags",
        ParamKind::Number(Unit::Ratio),
        "the lags of the errors of Newey and West; default: 4 (n / 100)^(2/9), as they say",
    );
    /// The return that is asked at least.
    pub static THRESHOLD: Param = Param::optional(
        "threshold",
        ParamKind::Number(Unit::Fraction),
        "the return asked at least, as a rate a year; default: 0%",
    );
    /// How much of a distribution its tail is.
    pub static TAIL: Param = Param::optional(
        "tail",
        ParamKind::Number(Unit::Fraction),
        "the share of observations in the tail, below 50%; default: 5%",
    );
    /// By which law a tail is measured.
    pub static LAW: Param = Param::with_default(
        "method",
        ParamKind::Choice(Tail::WORDS),
        "historical",
        "the returns as they were, a normal law, or one corrected for skewness and kurtosis",
    );
    /// The query of a family.
    pub static QUERY: Param = Param::required(
        "query",
        ParamKind::Query,
        "a query over a family of periods: return(RUT, month)",
    );
    /// The condition that is counted.
    pub static CONDITION: Param = Param::required(
        "query",
        ParamKind::Condition,
        "a question over a family of periods: return(RUT, month) > 0",
    );
    /// The condition that picks periods of a family.
    pub static WHEN: Param = Param::optional(
        "when",
        ParamKind::Condition,
        "only in or after periods for which this holds: return(RUT, month) >= 10%",
    );
    /// What is asked of the time after each event.
    pub static THEN: Param = Param {
        named: true,
        ..Param::required(
            "then",
            ParamKind::Query,
            "what is asked of the time after each event: return(RUT, +6m)",
        )
    };
    /// How much time passes between events.
    pub static GAP: Param = Param::optional(
        "gap",
        ParamKind::Length,
        "how long after an event no other is counted: 6m",
    );
    /// How long a condition rests before an event.
    pub static REST: Param = Param::optional(
        "rest",
        ParamKind::Length,
        "how long before an event the condition did not hold: 1m, for the months in which it \
         begins",
    );
    /// The period of a family that is compared with the others.
    pub static OF: Param = Param {
        named: true,
        ..Param::required("of", ParamKind::Member, "the period whose place is asked: 2025-08")
    };
    /// How much history a comparison takes.
    pub static LEAST: Param = Param::optional(
        "least",
        ParamKind::Number(Unit::Ratio),
        "how many periods must be compared at least; default: any number",
    );
    /// The first period of a family, or the first day of what a record is held against.
    pub static SINCE: Param = Param::optional(
        "since",
        ParamKind::Bound,
        "the first period counted; default: where the data begin",
    );
    /// The last period of a family.
    pub static UNTIL: Param = Param::optional(
        "until",
        ParamKind::Bound,
        "the last period counted; default: where the data end",
    );
}

/// How the unit of a value follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitRule {
    /// Always this one.
    Fixed(Unit),
    /// That of the subject's level: points of an index, dollars of a fund.
    Subject,
    /// That of the query it folds.
    Query,
    /// That of the difference of two values of the query it folds.
    Difference,
    /// That of the figure that is asked.
    Figure,
    /// The length of a run: days, months or years of the query's family, else a count.
    Run,
}

/// The code of a measure in the vocabulary of claims. Several definitions may share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimCode {
    /// Words of the code settle the conventions: a figure that the definition does not give is
    /// wrong.
    Settled(&'static str),
    /// Words of the code leave conventions open: each of them is tried.
    Open(&'static str),
}

impl ClaimCode {
    /// As it stands in claims: `return`, `sharpe`.
    pub fn name(self) -> &'static str {
        match self {
            ClaimCode::Settled(name) | ClaimCode::Open(name) => name,
        }
    }
}

/// What the world sees of a measure.
#[derive(Debug)]
pub struct Definition {
    /// Its name in queries, unique.
    pub name: &'static str,
    /// How the unit follows.
    pub unit: UnitRule,
    /// How its numbers are written where the unit's usual spelling is not the field's.
    pub spelling: Option<Spelling>,
    /// Parameters: first those by position, then the named ones.
    pub params: &'static [&'static Param],
    /// A query that has a value on the embedded facts, for help, docs and tests; of a measure of
    /// companies, of which the facts have none, on imported data.
    pub example: &'static str,
    /// Words by which articles speak of it; `{value}` stands for the number.
    pub phrases: &'static [&'static str],
    /// The code under which the vocabulary of claims has it, if it does; a figure that only a
    /// phrase tells of has the code `other`, and needs none here.
    pub code: Option<ClaimCode>,
    /// Grows when a value changes.
    pub revision: u32,
    /// The file it is defined in: its `//!` header is the documentation.
    pub source: &'static str,
}

impl Definition {
    /// The `//!` header of the file, as Markdown.
    pub fn documentation(&self) -> String {
        let lines = self.source.lines().take_while(|l| l.starts_with("//!"));
        let text: Vec<&str> = lines.map(|l| l.strip_prefix("//! ").unwrap_or("")).collect();
        text.join("\n")
    }

    /// The text under a heading of the documentation, without the heading.
    pub fn section(&self, heading: &str) -> String {
        let documentation = self.documentation();
        let lines = documentation.lines().skip_while(|l| l.strip_prefix("# ") != Some(heading));
        let body: Vec<&str> = lines.skip(1).take_while(|l| !l.starts_with("# ")).collect();
        body.join("\n").trim().to_owned()
    }

    /// The first line of the documentation.
    pub fn title(&self) -> &'static str {
        let line = self.source.lines().next().unwrap_or_default();
        line.trim_start_matches("//!").trim()
    }
}

/// A property that must hold on any data; tested for every metric that lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Multiplying all levels by a positive number changes nothing.
    ScaleInvariant,
    /// Multiplying all levels by a positive number multiplies the value.
    ScaleEquivariant,
    /// The value never exceeds one in size.
    WithinOne,
    /// The value is never negative.
    NotNegative,
    /// The value is never positive.
    NotPositive,
    /// The values of two adjoining periods compound to that of both: `1 + R` multiplies.
    Chains,
    /// The values of two adjoining periods add up to that of both.
    Adds,
}

/// A value from elsewhere that the computation must give.
#[derive(Debug)]
pub struct Golden {
    /// The query.
    pub query: &'static str,
    /// The value as spelled: 7.00 for 7.00%.
    pub want: f64,
    /// Half a unit of the last digit that the source gives.
    pub within: f64,
    /// Publisher or software with version, and where.
    pub from: &'static str,
}

/// A definition with its computation.
#[derive(Debug)]
pub struct Metric {
    /// What the world sees.
    pub definition: Definition,
    /// The computation, from a narrowed view and the calendar; pure.
    pub compute: fn(&Scope<'_>) -> Result<Outcome, Undefined>,
    /// Properties that hold on any data.
    pub laws: &'static [Law],
    /// Values from elsewhere, on the embedded facts or, for companies, on imported data.
    pub golden: &'static [Golden],
}

impl Metric {
    /// The parameter of a name.
    pub fn param(&self, name: &str) -> Option<(usize, &'static Param)> {
        let params = self.definition.params;
        params.iter().position(|p| p.name == name).map(|i| (i, params[i]))
    }
}
