//! What is asked of a history: an objective, estimates, constraints.

use std::collections::BTreeMap;

use kinglet_allocation::Missing;
use kinglet_allocation::problem::{Constraints, Members, Objective, Problem};
use kinglet_core::diagnostic::{Code, Diagnostic, Span, nearest};

use super::estimate::mean_needs_covariance;

/// A request; returns, risks and rates are of a year, but for risks of scenarios, which are of a
/// period.
#[derive(Clone, Debug)]
pub struct Asked {
    /// One of [`Objective::NAMES`].
    pub objective: String,
    /// The share of worst periods in CVaR, CDaR and EVaR.
    pub alpha: f64,
    /// How much risk counts against return.
    pub aversion: f64,
    /// One of [`super::MEANS`].
    pub mean: String,
    /// Expected returns that are given, in the place of estimated ones.
    pub expected: BTreeMap<String, f64>,
    /// The weights of the market, for `equilibrium`; without them all are alike.
    pub market: BTreeMap<String, f64>,
    /// One of [`super::COVARIANCES`]. Where none is named, `ledoit-wolf` if something asks for a
    /// covariance; else none is estimated, and what is told of volatilities is of the sample.
    pub covariance: Option<String>,
    /// What is done about missing values.
    pub missing: Missing,
    /// What cash returns.
    pub risk_free: f64,
    /// What the weights must keep to.
    pub constraints: Constraints,
    /// How many points of the efficient frontier are wanted.
    pub frontier: usize,
    /// The money for which whole shares are wanted.
    pub money: Option<f64>,
    /// Views, as text.
    pub views: Vec<String>,
    /// Views relative to what is expected without them.
    pub tilts: Vec<Tilt>,
}

/// A portfolio that is expected to return more or less than by the estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct Tilt {
    /// The portfolio, as text: `IWM - SPY`.
    pub portfolio: String,
    /// By how much.
    pub by: f64,
    /// How sure that is.
    pub confidence: f64,
    /// Why.
    pub because: String,
}

/// The estimate of the covariance where none is named.
const COVARIANCE: &str = "ledoit-wolf";

impl Asked {
    /// The estimate of the covariance, if one is asked for or anything of this needs it.
    pub(super) fn covariance(&self, problem: &Problem) -> Option<&str> {
        let by_return = self.frontier > 0 && problem.objective.risk().is_none();
        let needed = problem.needs_covariance()
            || by_return
            || mean_needs_covariance(&self.mean)
            || !(self.views.is_empty() && self.tilts.is_empty());
        self.covariance.as_deref().or(needed.then_some(COVARIANCE))
    }

    /// The objective of its name.
    pub(super) fn objective(&self) -> Result<Objective, Diagnostic> {
        let named = Objective::named(&self.objective, self.alpha, self.aversion);
        named.ok_or_else(|| unknown("objective", &self.objective, Objective::NAMES))
    }
}

/// A name that is none of those known.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownName, format!("no {what} is called `{name}`"));
    let diagnostic = match nearest(name, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic,
    };
    diagnostic.note(format!("there are: {}", known.join(", ")))
}

/// Constraints from a file in TOML.
///
/// # Errors
/// `Constraint` with the place of what cannot be read.
pub fn constraints(text: &str, file: &str) -> Result<Constraints, Diagnostic> {
    toml::from_str(text).map_err(|error| in_toml(&error, text, file))
}

/// What is wrong with a text in TOML, and in which line.
pub(super) fn in_toml(error: &toml::de::Error, text: &str, file: &str) -> Diagnostic {
    let first = error.message().lines().next().unwrap_or_default();
    let message = format!("{file} cannot be read: {first}");
    let Some(range) = error.span() else { return Diagnostic::new(Code::Constraint, message) };
    let before = text.get(..range.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let end = range.end.min(start + line.len()).max(range.start);
    Diagnostic::new(Code::Constraint, message)
        .subject(line)
        .at(Span::new(range.start - start, end - start))
        .note(format!("line {}", before.matches('\n').count() + 1))
}

/// Groups from a CSV file whose rows name an asset and its group.
///
/// # Errors
/// `Layout` where a line does not hold two names.
pub fn groups(text: &str, file: &str) -> Result<BTreeMap<String, Members>, Diagnostic> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.ok().filter(|row| row.len() == 2 && row.iter().all(|cell| !cell.is_empty()));
        let Some((asset, group)) = row.as_ref().and_then(|row| Some((row.get(0)?, row.get(1)?)))
        else {
            let message = format!("{file} does not name an asset and its group in each line");
            return Err(Diagnostic::new(Code::Layout, message)
                .hint("its first line is `asset,group`, each other one such as `IWM,small`"));
        };
        groups.entry(group.to_owned()).or_default().push(asset.to_owned());
    }
    Ok(groups.into_iter().map(|(name, members)| (name, Members::Assets(members))).collect())
}

/// Expected returns from a CSV file: each row an asset and parts that add up, such as its income,
/// its growth and the change of its valuation (Grinold and Kroner 2002).
///
/// # Errors
/// `Layout` where a line does not hold a name and numbers.
pub fn expected(text: &str, file: &str) -> Result<BTreeMap<String, f64>, Diagnostic> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let number = |cell: &str| -> Option<f64> {
        let (cell, unit) = cell.strip_suffix('%').map_or((cell, 1.0), |cell| (cell, 0.01));
        cell.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| value * unit)
    };
    let mut expected = BTreeMap::new();
    for row in reader.records() {
        let named = row.ok().and_then(|row| {
            let name = row.get(0).filter(|name| !name.is_empty())?.to_owned();
            let parts: Option<Vec<f64>> = row.iter().skip(1).map(number).collect();
            Some((name, parts.filter(|parts| !parts.is_empty())?.iter().sum::<f64>()))
        });
        let Some((name, sum)) = named else {
            let message = format!("{file} does not name an asset and its return in each line");
            return Err(Diagnostic::new(Code::Layout, message)
                .hint("its first line is `asset,return`, each other one such as `IWM,7.5%`"));
        };
        expected.insert(name, sum);
    }
    Ok(expected)
}
