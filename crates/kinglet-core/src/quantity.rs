//! Numbers with units. Percent, percentage points and basis points are *spellings* of a fraction or
//! of a difference of fractions; a computation never sees them.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic};

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A share, a growth rate or a rate of interest: 0.07 is 7%.
    Fraction,
    /// The difference of two fractions: 0.051 is 5.1 percentage points.
    FractionDifference,
    /// Points of an index.
    Points,
    /// US dollars.
    Money,
    /// A pure number: a multiple, a correlation, a factor.
    Ratio,
    /// A number of things.
    Count,
    /// A number of months.
    Months,
    /// A number of days.
    Days,
    /// A number of years.
    Years,
    /// Yes (1) or no (0): the value of a comparison.
    Truth,
}

/// How a number of some unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spelling {
    /// `7.00%`
    Percent,
    /// `5.09 percentage points`
    PercentagePoints,
    /// `25 basis points`
    BasisPoints,
    /// `2467.70`
    IndexPoints,
    /// `$246.77`
    Usd,
    /// `0.87`
    Ratio,
    /// `17`
    Count,
    /// `4 months`
    Months,
    /// `14 days`
    Days,
    /// `3 years`
    Years,
    /// `yes`
    Truth,
}

impl Spelling {
    /// The name used in JSON and in annotations.
    pub fn name(self) -> &'static str {
        match self {
            Spelling::Percent => "percent",
            Spelling::PercentagePoints => "percentage_points",
            Spelling::BasisPoints => "basis_points",
            Spelling::IndexPoints => "index_points",
            Spelling::Usd => "usd",
            Spelling::Ratio => "ratio",
            Spelling::Count => "count",
            Spelling::Months => "months",
            Spelling::Days => "days",
            Spelling::Years => "years",
            Spelling::Truth => "truth",
        }
    }

    /// How many of this spelling make one of the unit: 100 for percent.
    pub fn per_unit(self) -> f64 {
        match self {
            Spelling::Percent | Spelling::PercentagePoints => 100.0,
            Spelling::BasisPoints => 10_000.0,
            _ => 1.0,
        }
    }

    /// Digits after the point where nothing else is asked for.
    pub fn decimals(self) -> usize {
        match self {
            Spelling::Percent
            | Spelling::PercentagePoints
            | Spelling::IndexPoints
            | Spelling::Usd
            | Spelling::Ratio => 2,
            _ => 0,
        }
    }
}

impl Unit {
    /// The usual spelling.
    pub fn spelling(self) -> Spelling {
        match self {
            Unit::Fraction => Spelling::Percent,
            Unit::FractionDifference => Spelling::PercentagePoints,
            Unit::Points => Spelling::IndexPoints,
            Unit::Money => Spelling::Usd,
            Unit::Ratio => Spelling::Ratio,
            Unit::Count => Spelling::Count,
            Unit::Months => Spelling::Months,
            Unit::Days => Spelling::Days,
            Unit::Years => Spelling::Years,
            Unit::Truth => Spelling::Truth,
        }
    }

    /// The unit of `self + other` (or `self - other`), or why there is none.
    ///
    /// Equal units add; a fraction minus a fraction is a difference; a fraction plus or minus a
    /// difference is a fraction. `subtract` tells the two operations apart.
    pub fn sum(self, other: Unit, subtract: bool) -> Result<Unit, Diagnostic> {
        use Unit::{Fraction, FractionDifference, Truth};
        match (self, other) {
            (Fraction, Fraction) if subtract => Ok(FractionDifference),
            (Fraction, FractionDifference) => Ok(Fraction),
            (FractionDifference, Fraction) if !subtract => Ok(Fraction),
            (Truth, _) | (_, Truth) => Err(mismatch(self, other, "added or subtracted")),
            (a, b) if a == b => Ok(a),
            (a, b) => Err(mismatch(a, b, "added or subtracted")),
        }
    }

    /// The unit of `self * other`: one side must be a pure number or a count.
    pub fn product(self, other: Unit) -> Result<Unit, Diagnostic> {
        match (self, other) {
            (Unit::Truth, _) | (_, Unit::Truth) => Err(mismatch(self, other, "multiplied")),
            (Unit::Ratio | Unit::Count, b) => Ok(b),
            (a, Unit::Ratio | Unit::Count | Unit::Fraction) => Ok(a),
            (Unit::Fraction, b) => Ok(b),
            (a, b) => Err(mismatch(a, b, "multiplied")),
        }
    }

    /// The unit of `self / other`: equal units give a pure number; anything may be divided by one.
    pub fn quotient(self, other: Unit) -> Result<Unit, Diagnostic> {
        match (self, other) {
            (Unit::Truth, _) | (_, Unit::Truth) => Err(mismatch(self, other, "divided")),
            (Unit::Count, Unit::Count) => Ok(Unit::Ratio),
            (a, Unit::Ratio | Unit::Count) => Ok(a),
            (a, b) if a == b => Ok(Unit::Ratio),
            (a, b) => Err(mismatch(a, b, "divided")),
        }
    }

    /// Whether `self >= other` makes sense. A bare number may be compared with a count.
    pub fn compare(self, other: Unit) -> Result<(), Diagnostic> {
        let counts =
            |u| matches!(u, Unit::Ratio | Unit::Count | Unit::Months | Unit::Days | Unit::Years);
        let zero_like = |u| matches!(u, Unit::Fraction | Unit::FractionDifference);
        if self == other || (counts(self) && counts(other)) || (zero_like(self) && zero_like(other))
        {
            Ok(())
        } else {
            Err(mismatch(self, other, "compared"))
        }
    }
}

fn mismatch(a: Unit, b: Unit, verb: &str) -> Diagnostic {
    let (a, b) = (a.spelling().name(), b.spelling().name());
    Diagnostic::new(Code::Unit, format!("{a} and {b} cannot be {verb}"))
}

/// A finite number with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The number in the unit itself: 0.07 for 7%.
    pub value: f64,
    /// What it measures.
    pub unit: Unit,
}

impl Quantity {
    /// A quantity.
    ///
    /// # Panics
    /// If `value` is not finite: an undefined value is never a number.
    pub fn new(value: f64, unit: Unit) -> Self {
        assert!(value.is_finite(), "a quantity must be finite, got {value}");
        Quantity { value, unit }
    }

    /// The number in a spelling: 7.0 for 0.07 in percent.
    pub fn spelled(self, spelling: Spelling) -> f64 {
        self.value * spelling.per_unit()
    }

    /// For people, in the usual spelling and precision.
    pub fn display(self) -> String {
        display(self.value, self.unit.spelling(), self.unit.spelling().decimals())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display())
    }
}

/// The one place where a number is rounded and spelled for people.
///
/// `value` is in the unit itself (0.07); half is rounded to even on the exact binary value, as IEEE
/// 754 and Rust's formatting do; a negative zero loses its sign.
pub fn display(value: f64, spelling: Spelling, decimals: usize) -> String {
    let mut digits = format!("{:.decimals$}", value * spelling.per_unit());
    if digits.starts_with('-') && digits.bytes().all(|b| matches!(b, b'-' | b'0' | b'.')) {
        digits.remove(0);
    }
    let one = digits == "1" || digits == "-1";
    let noun = |singular: &str| format!("{digits} {singular}{}", if one { "" } else { "s" });
    match spelling {
        Spelling::Percent => format!("{digits}%"),
        Spelling::PercentagePoints => noun("percentage point"),
        Spelling::BasisPoints => noun("basis point"),
        Spelling::Usd => match digits.strip_prefix('-') {
            Some(positive) => format!("-${positive}"),
            None => format!("${digits}"),
        },
        Spelling::IndexPoints | Spelling::Ratio | Spelling::Count => digits,
        Spelling::Months => noun("month"),
        Spelling::Days => noun("day"),
        Spelling::Years => noun("year"),
        Spelling::Truth => (if value == 0.0 { "no" } else { "yes" }).to_owned(),
    }
}

/// Commas between thousands of the digits before the point: `-2,467.70`.
pub fn grouped(text: &str) -> String {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let width = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let mut out = text[..start].to_owned();
    for (i, digit) in text[start..start + width].chars().enumerate() {
        if i > 0 && (width - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &text[start + width..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_for_people() {
        let check = |value, spelling: Spelling, want| {
            assert_eq!(display(value, spelling, spelling.decimals()), want);
        };
        check(0.070_012, Spelling::Percent, "7.00%");
        check(-0.000_01, Spelling::Percent, "0.00%");
        check(-0.0025, Spelling::BasisPoints, "-25 basis points");
        check(0.0001, Spelling::BasisPoints, "1 basis point");
        check(-2.5, Spelling::Usd, "-$2.50");
        check(4.0, Spelling::Months, "4 months");
    }

    #[test]
    fn units_add_as_a_person_would() {
        assert_eq!(Unit::Fraction.sum(Unit::Fraction, true), Ok(Unit::FractionDifference));
        assert_eq!(Unit::Fraction.sum(Unit::FractionDifference, false), Ok(Unit::Fraction));
        assert!(Unit::Points.sum(Unit::Money, false).is_err());
        assert!(Unit::Points.compare(Unit::Fraction).is_err());
    }
}
