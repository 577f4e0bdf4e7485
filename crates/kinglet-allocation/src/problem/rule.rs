//! Linear rules as text: `tech <= 0.30`, `small >= 0.5 * large`, `0.1 <= IWM + VBR <= 0.3`.
//!
//! Names are those of assets, groups and factors; a name with other characters than letters,
//! digits, `_`, `.` and `^` is written as it is where it is known, or between single quotes.

use std::collections::BTreeMap;

use crate::error::AllocationError;

/// What names stand for: multiples of weights.
pub type Names = BTreeMap<String, Vec<(usize, f64)>>;

/// A linear expression in weights between two bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// As it was written.
    pub text: String,
    /// Multiples of weights, by the place of the asset.
    pub terms: Vec<(usize, f64)>,
    /// What the expression is at least.
    pub min: f64,
    /// What it is at most.
    pub max: f64,
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// `Rule` where the text is none, `UnknownName` where a name stands for nothing.
    pub fn read(text: &str, names: &Names) -> Result<Rule, AllocationError> {
        let mut reader = Reader { text, rest: text, names };
        let mut sides = vec![reader.sum()?];
        let mut relations = Vec::new();
        while let Some(relation) = reader.relation() {
            relations.push(relation);
            sides.push(reader.sum()?);
        }
        let compared = match (sides.as_slice(), relations.as_slice()) {
            ([left, right], [relation]) => Some((left.minus(right), vec![(*relation, 0.0)])),
            ([low, middle, high], [first, second])
                if low.terms.is_empty() && high.terms.is_empty() =>
            {
                let bounds = vec![(first.mirrored(), low.constant), (*second, high.constant)];
                Some((middle.clone(), bounds))
            }
            _ => None,
        };
        let Some((sum, bounds)) = compared.filter(|_| reader.rest.trim().is_empty()) else {
            return Err(reader.fault("it does not say that a sum is <=, >= or = another"));
        };
        let terms: Vec<(usize, f64)> = sum.terms.into_iter().filter(|term| term.1 != 0.0).collect();
        if terms.is_empty() {
            return Err(reader.fault("no weight is left in it"));
        }
        let (min, max) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut rule = Rule { text: text.trim().into(), terms, min, max };
        for (relation, bound) in bounds {
            let bound = bound - sum.constant;
            if relation != Relation::AtMost {
                rule.min = rule.min.max(bound);
            }
            if relation != Relation::AtLeast {
                rule.max = rule.max.min(bound);
            }
        }
        Ok(rule)
    }
}

/// A sum of multiples of weights and a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sum {
    pub(crate) terms: BTreeMap<usize, f64>,
    pub(crate) constant: f64,
}

impl Sum {
    fn minus(&self, other: &Sum) -> Sum {
        let mut sum = self.clone();
        sum.constant -= other.constant;
        for (&at, &value) in &other.terms {
            *sum.terms.entry(at).or_default() -= value;
        }
        sum
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    AtMost,
    AtLeast,
    Equal,
}

impl Relation {
    /// The same, read from right to left.
    fn mirrored(self) -> Relation {
        match self {
            Relation::AtMost => Relation::AtLeast,
            Relation::AtLeast => Relation::AtMost,
            Relation::Equal => Relation::Equal,
        }
    }
}

/// Reads sums and relations from the front of a text.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) rest: &'a str,
    pub(crate) names: &'a Names,
}

impl<'a> Reader<'a> {
    /// `0.5 * large - IWM + 0.1`: as much of it as is one.
    pub(crate) fn sum(&mut self) -> Result<Sum, AllocationError> {
        let mut sum = Sum::default();
        let mut sign = if self.take("-") { -1.0 } else { 1.0 };
        loop {
            self.term(sign, &mut sum)?;
            sign = match (self.take("+"), self.take("-")) {
                (true, _) => 1.0,
                (_, true) => -1.0,
                _ => return Ok(sum),
            };
        }
    }

    fn term(&mut self, sign: f64, sum: &mut Sum) -> Result<(), AllocationError> {
        let factor = match self.number() {
            Some(number) if !self.take("*") => {
                sum.constant += sign * number;
                return Ok(());
            }
            Some(number) => number,
            None => 1.0,
        };
        for &(at, value) in self.name()? {
            *sum.terms.entry(at).or_default() += sign * factor * value;
        }
        Ok(())
    }

    /// A number, perhaps in percent, that is not the beginning of a name.
    pub(crate) fn number(&mut self) -> Option<f64> {
        let rest = self.rest.trim_start();
        if self.known(rest).is_some() {
            return None;
        }
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let length = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let number: f64 = rest.get(..length)?.parse().ok()?;
        self.rest = rest.get(length..)?;
        Some(if self.take("%") { number / 100.0 } else { number })
    }

    /// What the name at the front stands for.
    fn name(&mut self) -> Result<&'a [(usize, f64)], AllocationError> {
        let rest = self.rest.trim_start();
        if let Some(name) = self.known(rest) {
            self.rest = rest.get(name.len()..).unwrap_or_default();
            return Ok(&self.names[name]);
        }
        let (name, after) = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.split_once('\'').unwrap_or((quoted, "")),
            None => rest.split_at(rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())),
        };
        if name.is_empty() {
            return Err(self.fault("a name or a number is missing"));
        }
        self.rest = after;
        let unknown = || AllocationError::unknown(name, self.names.keys(), self.text);
        self.names.get(name).map(Vec::as_slice).ok_or_else(unknown)
    }

    /// The longest known name at the front of a text.
    fn known(&self, rest: &str) -> Option<&'a str> {
        let ends = |name: &str| !rest[name.len()..].starts_with(is_of_name);
        let names = self.names.keys().map(String::as_str);
        let found = names.filter(|name| rest.starts_with(*name) && ends(name));
        found.max_by_key(|name| name.len())
    }

    fn relation(&mut self) -> Option<Relation> {
        let at_most = ["<=", "<", "≤"].iter().any(|sign| self.take(sign));
        let at_least = !at_most && [">=", ">", "≥"].iter().any(|sign| self.take(sign));
        match (at_most, at_least) {
            (true, _) => Some(Relation::AtMost),
            (_, true) => Some(Relation::AtLeast),
            _ => (self.take("==") || self.take("=")).then_some(Relation::Equal),
        }
    }

    /// Takes a sign from the front, if it stands there.
    pub(crate) fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        self.rest = rest.strip_prefix(sign).unwrap_or(rest);
        self.rest.len() < rest.len()
    }

    pub(crate) fn fault(&self, reason: &str) -> AllocationError {
        AllocationError::Rule { text: self.text.trim().into(), reason: reason.into() }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "_.^".contains(c)
}
