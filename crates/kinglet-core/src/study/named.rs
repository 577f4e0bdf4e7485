//! Studies that ship with the program, and states of the world by which studies are split: declared
//! in the query language, so that nothing here knows a definition by name.

use serde::Deserialize;

use super::Design;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::query::{Bounds, Expr};
use crate::study::{Source, Spacing, horizon, over};
use crate::time::Grain;

/// The studies and states that ship with the program, as TOML.
pub const SHIPPED: &str = include_str!("named.toml");

/// What is declared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// States of the world.
    #[serde(rename = "state")]
    pub states: Vec<DeclaredState>,
    /// Studies.
    #[serde(rename = "study")]
    pub studies: Vec<DeclaredStudy>,
}

/// A state of the world.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredState {
    /// Its name: `recession`.
    pub name: String,
    /// What it is, in a few words.
    pub about: String,
    /// The query that tells it, with `{grain}` for the periods of the study.
    pub by: String,
}

/// What is asked of a study, as text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredStudy {
    /// Its name: `first-cut-lead`.
    #[serde(default)]
    pub name: String,
    /// What it is about.
    #[serde(default)]
    pub title: String,
    /// What an article said.
    #[serde(default)]
    pub said: String,
    /// The condition.
    pub when: String,
    /// The outcome.
    pub then: String,
    /// The times after the event at which it is asked; the one that `then` names is told first, or
    /// the last.
    #[serde(default)]
    pub horizons: Vec<String>,
    /// The first period.
    pub since: Option<String>,
    /// The last period.
    pub until: Option<String>,
    /// How long after an event no other is counted.
    pub gap: Option<String>,
    /// How long before an event the condition did not hold.
    pub rest: Option<String>,
    /// What its page says of it.
    #[serde(default)]
    pub remark: String,
    /// What its page asks beside it.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Declared {
    /// The study of a name.
    ///
    /// # Errors
    /// A diagnostic with the nearest name.
    pub fn study(&self, name: &str) -> Result<&DeclaredStudy, Diagnostic> {
        let found = self.studies.iter().find(|study| study.name == name);
        found.ok_or_else(|| {
            let message = format!("no study is called `{name}`");
            let error = Diagnostic::new(Code::UnknownName, message);
            match nearest(name, self.studies.iter().map(|study| study.name.as_str())) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("`kinglet study --list` names them"),
            }
        })
    }

    /// The query by which a study over periods of a grain is split: of a state that is declared, or
    /// as given.
    ///
    /// # Errors
    /// The diagnostic of the query.
    pub fn state(&self, name: &str, grain: Grain) -> Result<Expr, Diagnostic> {
        match self.states.iter().find(|state| state.name == name) {
            Some(state) => state.by.replace("{grain}", grain.name()).parse(),
            None => name.parse().map_err(|error: Diagnostic| {
                let names: Vec<&str> = self.states.iter().map(|s| s.name.as_str()).collect();
                error.hint(format!("or one of {}", names.join(", ")))
            }),
        }
    }
}

impl DeclaredStudy {
    /// The design. Days that are given take the place of the condition.
    ///
    /// # Errors
    /// The diagnostic of the text that is none, or where condition and outcome do not fit.
    pub fn design(&self, days: Option<Vec<super::NamedDay>>) -> Result<Design, Diagnostic> {
        let then: Expr = self.then.parse()?;
        let source = match days {
            Some(days) => Source::Days(days),
            None => Source::Condition(self.when.parse()?),
        };
        let mut outcomes = Vec::new();
        for length in self.horizons.iter().filter(|_| horizon(&then).is_some()) {
            outcomes.push(over(&then, length.parse()?));
        }
        if outcomes.is_empty() {
            outcomes.push(then.clone());
        }
        let own = outcomes.iter().position(|outcome| *outcome == then);
        let bound = |text: &Option<String>| text.as_ref().map(|text| text.parse()).transpose();
        let length = |text: &Option<String>| text.as_ref().map(|text| text.parse()).transpose();
        let design = Design {
            source,
            primary: own.unwrap_or(outcomes.len() - 1),
            outcomes,
            bounds: Bounds { since: bound(&self.since)?, until: bound(&self.until)? },
            spacing: Spacing { gap: length(&self.gap)?, rest: length(&self.rest)? },
        };
        design.check()?;
        Ok(design)
    }
}
