//! A figure: a number in the text with the query that gives it and the form in which it is printed.

use crate::answer::Answer;
use crate::quantity::{Quantity, Spelling, display, grouped};
use crate::query::Query;

use super::words;

/// A number of the note.
#[derive(Clone, Debug)]
pub struct Figure {
    /// How it is found again.
    pub source: Source,
    /// How the value is written here.
    pub form: Form,
    /// What stands in the text.
    pub printed: String,
    /// The whole answer: the evidence. Its query names what was asked, as a reader sees it.
    pub answer: Answer,
}

/// How the value of a figure is found again.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// By asking the query.
    Query(Query),
    /// By running a policy and reading a place of its result.
    Policy {
        /// The policy: `us-equity-tilt`.
        name: String,
        /// The place, as a JSON pointer into `kinglet.allocation/1`: `/weights/1/weight`.
        pointer: String,
    },
    /// By looking up what a publisher stated; the answer names it.
    Statement,
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Digits or words.
    pub style: Style,
    /// How the sign is given.
    pub sense: Sense,
}

/// Digits or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `7.0%`, `5.1 percentage points`: digits with the unit.
    Digits {
        /// After the point.
        decimals: usize,
    },
    /// `7.0%`, `5.1 pp`: digits with the short name of the unit, for tables.
    Short {
        /// After the point.
        decimals: usize,
    },
    /// `four` up to twelve, digits above; a number of things, without the unit.
    Cardinal,
    /// `best`, `second-best` … `tenth-best`: a rank with the word for the first.
    Rank(&'static str),
}

/// How the sign is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A minus where it is negative.
    Plain,
    /// A plus or a minus.
    Signed,
    /// By a word beside it, such as `rose`: the value must be above zero.
    Above,
    /// By a word beside it, such as `fell`: the value must be below zero and loses its minus.
    Below,
}

impl Form {
    /// Digits with the unit.
    pub const fn digits(decimals: usize) -> Form {
        Form { style: Style::Digits { decimals }, sense: Sense::Plain }
    }

    /// Digits with the short name of the unit, for tables.
    pub const fn short(decimals: usize) -> Form {
        Form { style: Style::Short { decimals }, sense: Sense::Plain }
    }

    /// A number of things.
    pub const CARDINAL: Form = Form { style: Style::Cardinal, sense: Sense::Plain };

    /// `best`, `second-best` …, for the word `best`.
    pub const fn rank(word: &'static str) -> Form {
        Form { style: Style::Rank(word), sense: Sense::Plain }
    }

    /// The same with another sense.
    #[must_use]
    pub const fn sense(self, sense: Sense) -> Form {
        Form { sense, ..self }
    }

    /// The same with the short name of the unit.
    #[must_use]
    pub const fn shortened(self) -> Form {
        match self.style {
            Style::Digits { decimals } => Form { style: Style::Short { decimals }, ..self },
            _ => self,
        }
    }

    /// What is printed of a quantity, or none where the form says something false of it: `rose` of
    /// a fall, a rank that is no whole number.
    pub fn print(self, quantity: Quantity, spelling: Spelling) -> Option<String> {
        let value = match self.sense {
            Sense::Above if quantity.value <= 0.0 => return None,
            Sense::Below if quantity.value >= 0.0 => return None,
            Sense::Below => -quantity.value,
            _ => quantity.value,
        };
        let printed = match self.style {
            Style::Digits { decimals } => grouped(&display(value, spelling, decimals)),
            Style::Short { decimals } => short(value, spelling, decimals),
            Style::Cardinal => words::cardinal(whole(value)?),
            Style::Rank(word) => words::rank(whole(value)?, word)?,
        };
        let positive =
            !printed.starts_with('-') && printed.bytes().any(|b| (b'1'..=b'9').contains(&b));
        Some(if self.sense == Sense::Signed && positive { format!("+{printed}") } else { printed })
    }
}

impl Figure {
    /// The figure of an answer, if it has a value that the form can say.
    pub fn new(source: Source, form: Form, answer: Answer) -> Option<Figure> {
        let outcome = answer.result.as_ref().ok()?;
        let printed = form.print(outcome.quantity, answer.spelling)?;
        Some(Figure { source, form, printed, answer })
    }

    /// The query that gives it; none where it does not come from one.
    pub fn query(&self) -> Option<&Query> {
        match &self.source {
            Source::Query(query) => Some(query),
            Source::Policy { .. } | Source::Statement => None,
        }
    }

    /// The value in the unit itself.
    pub fn value(&self) -> f64 {
        self.answer.result.as_ref().map_or(f64::NAN, |o| o.quantity.value)
    }

    /// The same answer in another form, if it can say it.
    pub fn written(&self, form: Form) -> Option<Figure> {
        Figure::new(self.source.clone(), form, self.answer.clone())
    }
}

/// A whole number that is not negative.
fn whole(value: f64) -> Option<u32> {
    let limit = f64::from(u32::MAX);
    (value.fract() == 0.0 && (0.0..limit).contains(&value)).then_some(value as u32)
}

fn short(value: f64, spelling: Spelling, decimals: usize) -> String {
    let unit = match spelling {
        Spelling::Percent => "%",
        Spelling::PercentagePoints => " pp",
        Spelling::BasisPoints => " bp",
        _ => "",
    };
    grouped(&display(value * spelling.per_unit(), Spelling::Ratio, decimals)) + unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Unit;

    fn print(value: f64, unit: Unit, form: Form) -> Option<String> {
        form.print(Quantity::new(value, unit), unit.spelling())
    }

    #[test]
    fn forms() {
        let say = |v, unit, form| print(v, unit, form).unwrap();
        assert_eq!(say(2467.7, Unit::Points, Form::digits(2)), "2,467.70");
        assert_eq!(say(12_345_678.0, Unit::Count, Form::digits(0)), "12,345,678");
        assert_eq!(say(-0.0434, Unit::Fraction, Form::digits(2).sense(Sense::Below)), "4.34%");
        assert_eq!(say(0.07, Unit::Fraction, Form::short(1).sense(Sense::Signed)), "+7.0%");
        assert_eq!(
            say(-0.0004, Unit::FractionDifference, Form::short(1).sense(Sense::Signed)),
            "0.0 pp"
        );
        assert_eq!(say(4.0, Unit::Months, Form::CARDINAL), "four");
        assert_eq!(say(17.0, Unit::Count, Form::CARDINAL), "17");
        assert_eq!(say(2.0, Unit::Count, Form::rank("best")), "second-best");
    }

    #[test]
    fn a_form_does_not_lie() {
        assert_eq!(print(-0.01, Unit::Fraction, Form::digits(1).sense(Sense::Above)), None);
        assert_eq!(print(0.01, Unit::Fraction, Form::digits(1).sense(Sense::Below)), None);
        assert_eq!(print(2.5, Unit::Count, Form::rank("best")), None);
    }
}
