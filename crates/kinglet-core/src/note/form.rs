//! The name of a form, by which a note that was written once can be printed again: `digits 1`,
//! `short 0 signed`, `cardinal`, `rank best`.

use std::fmt;
use std::str::FromStr;

use super::figure::{Form, Sense, Style};

/// The words of ranks.
const RANKS: [&str; 8] =
    ["best", "worst", "highest", "lowest", "largest", "smallest", "longest", "shortest"];

/// More digits than any value has.
const DECIMALS_MAX: usize = 12;

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Style::Digits { decimals } => write!(f, "digits {decimals}")?,
            Style::Short { decimals } => write!(f, "short {decimals}")?,
            Style::Cardinal => f.write_str("cardinal")?,
            Style::Rank(word) => write!(f, "rank {word}")?,
        }
        f.write_str(match self.sense {
            Sense::Plain => "",
            Sense::Signed => " signed",
            Sense::Above => " above",
            Sense::Below => " below",
        })
    }
}

/// No form has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoForm;

impl FromStr for Form {
    type Err = NoForm;

    fn from_str(name: &str) -> Result<Form, NoForm> {
        let mut words = name.split(' ');
        let decimals = |word: Option<&str>| {
            let decimals = word.and_then(|word| word.parse().ok());
            decimals.filter(|decimals| *decimals <= DECIMALS_MAX).ok_or(NoForm)
        };
        let style = match words.next() {
            Some("digits") => Style::Digits { decimals: decimals(words.next())? },
            Some("short") => Style::Short { decimals: decimals(words.next())? },
            Some("cardinal") => Style::Cardinal,
            Some("rank") => {
                let word = words.next().and_then(|word| RANKS.into_iter().find(|r| *r == word));
                Style::Rank(word.ok_or(NoForm)?)
            }
            _ => return Err(NoForm),
        };
        let sense = match words.next() {
            None => Sense::Plain,
            Some("signed") => Sense::Signed,
            Some("above") => Sense::Above,
            Some("below") => Sense::Below,
            Some(_) => return Err(NoForm),
        };
        if words.next().is_some() { Err(NoForm) } else { Ok(Form { style, sense }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        let senses = [Sense::Plain, Sense::Signed, Sense::Above, Sense::Below];
        for rank in RANKS {
            assert_eq!(Form::rank(rank).to_string().parse(), Ok(Form::rank(rank)));
        }
        for sense in senses {
            for form in [Form::digits(2), Form::short(0), Form::CARDINAL] {
                let form = form.sense(sense);
                assert_eq!(form.to_string().parse(), Ok(form));
            }
        }
    }

    #[test]
    fn other_names_are_refused() {
        for name in ["", "digits", "digits 99999", "digits -1", "rank good", "cardinal up", "short"]
        {
            assert_eq!(name.parse::<Form>(), Err(NoForm), "{name}");
        }
        assert_eq!("digits 1 signed signed".parse::<Form>(), Err(NoForm));
    }
}
