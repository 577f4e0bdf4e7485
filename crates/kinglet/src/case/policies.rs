//! What the policies that ship come to on a view, as a note reads it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use kinglet_core::lens::Readings;
use kinglet_core::note::PolicyResult;
use kinglet_core::quantity::{Quantity, Unit};
use kinglet_core::query::Evaluator;
use kinglet_core::view::View;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::allocation::{allocate_on, policy, possible, shipped, shipped_text};
use crate::lens;

/// The policies that were run, and the titles of those that a view cannot run.
#[derive(Clone, Debug, Default)]
pub(super) struct Policies {
    pub(super) results: Vec<PolicyResult>,
    pub(super) missing: Vec<String>,
}

/// Runs each policy.
pub(super) fn run(view: &View, readings: &Readings) -> Policies {
    let mut policies = Policies::default();
    for (name, title) in shipped() {
        match result(name, view, readings) {
            Some(result) => policies.results.push(result),
            None => policies.missing.push(title),
        }
    }
    policies
}

/// Policies that are run again, each once.
pub(super) struct Again<'a> {
    view: &'a View,
    readings: OnceCell<Readings>,
    results: RefCell<BTreeMap<String, Option<PolicyResult>>>,
}

impl<'a> Again<'a> {
    /// Those of the data of a view.
    pub(super) fn on(view: &'a View) -> Again<'a> {
        Again { view, readings: OnceCell::new(), results: RefCell::default() }
    }

    /// The value at a place of a policy's result.
    ///
    /// # Errors
    /// Why there is none, as a clause.
    pub(super) fn value(&self, name: &str, place: &str) -> Result<Quantity, String> {
        let mut results = self.results.borrow_mut();
        let result = results.entry(name.to_owned()).or_insert_with(|| {
            let read = || lens::shipped().read(&Evaluator::new(self.view));
            result(name, self.view, self.readings.get_or_init(read))
        });
        let value = result.as_ref().and_then(|result| result.value(place));
        value.ok_or_else(|| format!("{name} has no {place}"))
    }
}

/// What one comes to; none where the data lack an asset.
fn result(name: &str, view: &View, readings: &Readings) -> Option<PolicyResult> {
    let policy = policy(shipped_text(name).ok()?, name).ok()?;
    let record = allocate_on(&policy, (view, &|| readings.clone()), POINTS).ok()?;
    let reason = |view: &str| view.rsplit_once(": ").map_or(view, |(_, why)| why).to_owned();
    let json = json!(record);
    let mut values = Vec::new();
    numbers(&json, "", &mut values);
    Some(PolicyResult {
        name: name.to_owned(),
        title: policy.title,
        assets: policy.assets,
        views: record.views.iter().map(|held| reason(&held.view)).collect(),
        values,
        frontier: possible(&record),
        evidence: hash(&json.to_string()),
    })
}

/// Points of the efficient frontier.
const POINTS: usize = 24;

/// The fields of a result that a note prints, all of them shares: of a portfolio, of its risk, a
/// year.
const FRACTIONS: [&str; 4] = ["weight", "risk_share", "volatility", "expected_return"];

/// Every number that a note may print, with its place.
fn numbers(value: &Value, place: &str, found: &mut Vec<(String, Quantity)>) {
    let (parent, field) = place.rsplit_once('/').unwrap_or(("", ""));
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, v)| numbers(v, &format!("{place}/{name}"), found));
        }
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.for_each(|(at, v)| numbers(v, &format!("{place}/{at}"), found));
        }
        Value::Number(number) => {
            let unit = match () {
                () if FRACTIONS.contains(&field) => Unit::Fraction,
                () if parent.ends_with("/moved") => Unit::FractionDifference,
                () => return,
            };
            let value = number.as_f64().unwrap_or(f64::NAN);
            found.push((place.to_owned(), Quantity::new(value, unit)));
        }
        _ => {}
    }
}

/// The first sixteen digits of a hash, as evidence is named elsewhere.
fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
