//! Policies: what is to be held, by what rule, and why, as one TOML file that runs on any data.

use std::collections::BTreeMap;

use kinglet_allocation::Missing;
use kinglet_core::answer::{Answer, Undefined};
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::{CalendarPeriod, Cutoff, Date, Grain};
use kinglet_core::view::View;
use kinglet_store::progress::Silent;
use serde::Deserialize;

use super::asked::{Asked, Tilt, in_toml, unknown};
use super::failure::diagnostic;
use super::history::History;
use super::{Constraints, solve};
use crate::engine::Engine;
use crate::lens::{self, Readings, Side};
use crate::source::Source;
use crate::wire::{AllocationRecord, NoticeRecord};

/// The policies that ship: name and text.
const SHIPPED: [(&str, &str); 6] = [
    ("us-equity-tilt", include_str!("policies/us-equity-tilt.toml")),
    ("core-satellite-iwm", include_str!("policies/core-satellite-iwm.toml")),
    ("core-satellite-vbr", include_str!("policies/core-satellite-vbr.toml")),
    ("risk-parity", include_str!("policies/risk-parity.toml")),
    ("60-40", include_str!("policies/60-40.toml")),
    ("min-cvar", include_str!("policies/min-cvar.toml")),
];

/// A policy.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Policy {
    /// What one would call it.
    pub title: String,
    /// What an article said of such a portfolio.
    pub said: Option<String>,
    /// The funds or indexes.
    pub assets: Vec<String>,
    /// What stands for an asset that the data do not have: price returns of an index.
    #[serde(default)]
    pub proxies: BTreeMap<String, String>,
    /// The first month of the estimates.
    pub since: String,
    /// What is wanted.
    pub objective: String,
    /// The share of worst months.
    #[serde(default = "alpha")]
    pub alpha: f64,
    /// How much risk counts against return.
    #[serde(default = "aversion")]
    pub aversion: f64,
    /// The estimate of expected returns; with `market`, `equilibrium`.
    #[serde(default = "mean")]
    pub mean: String,
    /// Expected returns of a year that are given, in the place of estimated ones.
    #[serde(default)]
    pub expected: BTreeMap<String, f64>,
    /// The weights for which the expected returns of `equilibrium` are those of a market.
    #[serde(default)]
    pub market: BTreeMap<String, f64>,
    /// The estimate of the covariance.
    pub covariance: Option<String>,
    /// What cash returns in a year.
    #[serde(default)]
    pub risk_free: f64,
    /// What the weights must keep to.
    #[serde(default)]
    pub constraints: Constraints,
    /// Views given by hand.
    #[serde(default)]
    pub views: Vec<String>,
    /// Views that follow from lens readings.
    #[serde(default)]
    pub readings: Vec<FromReading>,
}

/// A view for when a lens favours one side.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromReading {
    /// The lens.
    pub lens: String,
    /// The portfolio that gains where small companies are favoured: `IWM - SPY`.
    pub small: String,
    /// By how much a year beyond what is expected; as much less where large companies are.
    pub by: f64,
    /// How sure that is.
    pub confidence: f64,
}

fn alpha() -> f64 {
    0.05
}

fn aversion() -> f64 {
    3.0
}

fn mean() -> String {
    "historical".into()
}

/// Name and title of each policy that ships.
pub fn shipped() -> Vec<(&'static str, String)> {
    let title = |(name, text): (&'static str, &str)| {
        (name, policy(text, name).expect("a test reads the policies").title)
    };
    SHIPPED.into_iter().map(title).collect()
}

/// The text of a policy that ships.
///
/// # Errors
/// `UnknownName` where none has this name.
pub fn shipped_text(name: &str) -> Result<&'static str, Diagnostic> {
    let found = SHIPPED.iter().find(|(known, _)| *known == name);
    let names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
    found.map(|(_, text)| *text).ok_or_else(|| unknown("policy", name, &names))
}

/// Reads a policy.
///
/// # Errors
/// `Constraint` with the place of what cannot be read.
pub fn policy(text: &str, file: &str) -> Result<Policy, Diagnostic> {
    toml::from_str(text).map_err(|error| in_toml(&error, text, file))
}

/// What a policy comes to on the data of a source, as they were known at a date; with so many
/// points of the efficient frontier.
///
/// # Errors
/// `Undefined` where the data lack an asset, and those of [`solve`].
pub fn allocate(
    policy: &Policy,
    (source, as_of): (&Source, Option<Date>),
    frontier: usize,
) -> Result<AllocationRecord, Diagnostic> {
    let since = month(&policy.since)?;
    let lenses = lens::shipped();
    let mut needed = lenses.queries();
    let proxies = policy.proxies.values();
    for asset in policy.assets.iter().chain(proxies) {
        needed.push(query(asset, "price", &since.to_string())?);
    }
    let engine = Engine::open_for(&needed, source, as_of)?;
    let view = engine.view();
    allocate_on(policy, (view, &|| lenses.readings(view)), frontier)
}

/// The same on a view, with what lenses say of it for policies that listen.
///
/// # Errors
/// As [`allocate`].
pub fn allocate_on(
    policy: &Policy,
    (view, readings): (&View, &dyn Fn() -> Readings),
    frontier: usize,
) -> Result<AllocationRecord, Diagnostic> {
    let since = month(&policy.since)?;
    let evaluator = Evaluator::new(view);
    let last = last_month(view);
    let months: Vec<CalendarPeriod> = (0..=since.until(last)).map(|n| since.plus(n)).collect();
    let mut told = Told::default();
    let mut values: Vec<Option<f64>> = Vec::new();
    for asset in &policy.assets {
        values.extend(told.series(&evaluator, policy, (asset, &months))?);
    }
    let labels = months.iter().map(ToString::to_string).collect();
    let returns = kinglet_allocation::History::new(policy.assets.clone(), labels, values, 12.0);
    let file = format!("the data to {}", view.cutoff.through);
    let returns = returns.map_err(|error| diagnostic(&error, &file))?;
    let tilts = told.readings(policy, readings)?;
    let asked = Asked {
        objective: policy.objective.clone(),
        alpha: policy.alpha,
        aversion: policy.aversion,
        mean: policy.mean.clone(),
        expected: policy.expected.clone(),
        market: policy.market.clone(),
        covariance: policy.covariance.clone(),
        missing: Missing::CommonPeriod,
        risk_free: policy.risk_free,
        constraints: policy.constraints.clone(),
        frontier,
        money: None,
        views: policy.views.clone(),
        tilts,
    };
    let mut record = solve(&History { returns, prices: None, file }, &asked, &Silent)?;
    record.title = Some(policy.title.clone());
    record.estimate.notices.extend(told.notices);
    record.evidence = told.evidence;
    Ok(record)
}

/// What a reader should know of the data, and the ids of the answers.
#[derive(Default)]
struct Told {
    notices: Vec<NoticeRecord>,
    evidence: Vec<String>,
}

impl Told {
    /// The returns of an asset, month by month; those of its proxy where the data have none.
    fn series(
        &mut self,
        evaluator: &Evaluator<'_>,
        policy: &Policy,
        (asset, months): (&String, &[CalendarPeriod]),
    ) -> Result<Vec<Option<f64>>, Diagnostic> {
        let proxy = policy.proxies.get(asset);
        let bases = [(asset, "total"), (asset, "price")];
        let proxies = proxy.map(|proxy| (proxy, "price"));
        let mut missing = None;
        for (code, basis) in bases.into_iter().chain(proxies) {
            let asked = months.iter().map(|month| query(code, basis, &month.to_string()));
            let asked = asked.collect::<Result<Vec<Query>, _>>()?;
            let answers: Vec<Answer> = asked.iter().map(|query| evaluator.answer(query)).collect();
            let of = |answer: &Answer| Some(answer.result.as_ref().ok()?.quantity.value);
            let values: Vec<Option<f64>> = answers.iter().map(of).collect();
            let Some(first) = values.iter().position(Option::is_some) else {
                missing = missing.or_else(|| answers.into_iter().find_map(|a| a.result.err()));
                continue;
            };
            if basis == "price" {
                let text = format!("{asset} is the price return of {code}, without dividends");
                self.notices.push(NoticeRecord { code: "price_return", text });
            }
            let last = months.last().map_or_else(String::new, ToString::to_string);
            let whole = query(code, basis, &format!("{}..{last}", months[first]))?;
            let answer = evaluator.answer(&whole);
            self.evidence.push(format!("{} {}", answer.query, answer.evidence));
            return Ok(values);
        }
        let Undefined { code, reason } =
            missing.unwrap_or_else(|| Undefined::new("no_series", "there is no month to ask of"));
        let message = format!("the data have no returns of {asset}: {reason}");
        Err(Diagnostic::new(Code::Undefined, message)
            .note(format!("code {code}"))
            .hint("name a lake that has it with `--lake`, or give it a proxy in the policy"))
    }

    /// The views that follow from what lenses say now.
    fn readings(
        &mut self,
        policy: &Policy,
        readings: &dyn Fn() -> Readings,
    ) -> Result<Vec<Tilt>, Diagnostic> {
        if policy.readings.is_empty() {
            return Ok(Vec::new());
        }
        let lenses = lens::shipped();
        for wanted in &policy.readings {
            lenses.clone().only(&wanted.lens)?;
        }
        let readings = readings();
        let mut tilts = Vec::new();
        for wanted in &policy.readings {
            let found = readings.readings.iter().find(|reading| reading.lens == wanted.lens);
            let Some(reading) = found else { continue };
            let (said, sign) = match &reading.side {
                Ok(Side::Small) => ("favours small companies".to_owned(), 1.0),
                Ok(Side::Large) => ("favours large companies".to_owned(), -1.0),
                Ok(Side::Neutral) => ("favours neither side".to_owned(), 0.0),
                Err(why) => (format!("has no reading: {}", why.reason), 0.0),
            };
            let text = format!("the lens {} {said}", wanted.lens);
            self.evidence.push(format!("{} {}", reading.value.query, reading.value.evidence));
            match sign {
                0.0 => self.notices.push(NoticeRecord { code: "reading", text }),
                _ => tilts.push(Tilt {
                    portfolio: wanted.small.clone(),
                    by: sign * wanted.by,
                    confidence: wanted.confidence,
                    because: text,
                }),
            }
        }
        Ok(tilts)
    }
}

fn query(asset: &str, basis: &str, period: &str) -> Result<Query, Diagnostic> {
    format!("return({asset}, {period}, basis: {basis})").parse()
}

fn month(text: &str) -> Result<CalendarPeriod, Diagnostic> {
    let day: Option<Date> = format!("{text}-01").parse().ok();
    let month = day.map(|day| CalendarPeriod::containing(Grain::Month, day));
    month.ok_or_else(|| {
        Diagnostic::new(Code::Period, format!("`{text}` is no month"))
            .hint("write year and month: 2005-01")
    })
}

/// The last month of which no session lies ahead.
fn last_month(view: &View) -> CalendarPeriod {
    let Cutoff { through, .. } = view.cutoff;
    let month = CalendarPeriod::containing(Grain::Month, through);
    let is_over =
        month.last_day() <= through || view.calendar.count(through, month.last_day()) == 0;
    if is_over { month } else { month.plus(-1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policies_that_ship_are_read() {
        assert_eq!(shipped().len(), SHIPPED.len());
        for (name, text) in SHIPPED {
            let policy = policy(text, name).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(month(&policy.since).is_ok(), "{name}");
        }
        assert_eq!(
            shipped_text("60-4").expect_err("no such policy").hints[0],
            "did you mean `60-40`?"
        );
    }
}
