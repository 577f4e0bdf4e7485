//! A claim: one printed quantity with all that is needed to recompute it. The vocabulary is that of
//! the annotation guidelines, and of the JSON that an audit prints.

use crate::diagnostic::Span;
use crate::time::Period;

/// How the printed number is meant to relate to the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// Plainly.
    Equal,
    /// About, roughly, nearly, almost.
    Approximate,
    /// More than, over, above.
    Greater,
    /// At least.
    GreaterEqual,
    /// Less than, under, below.
    Less,
    /// At most, up to, as much as.
    LessEqual,
    /// The lower end of a printed range.
    RangeLow,
    /// The upper end of a printed range.
    RangeHigh,
}

impl Comparator {
    /// The name in JSON and annotations.
    pub fn name(self) -> &'static str {
        match self {
            Comparator::Equal => "eq",
            Comparator::Approximate => "approx",
            Comparator::Greater => "gt",
            Comparator::GreaterEqual => "ge",
            Comparator::Less => "lt",
            Comparator::LessEqual => "le",
            Comparator::RangeLow => "range_low",
            Comparator::RangeHigh => "range_high",
        }
    }
}

/// In what mood it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Modality {
    /// As a fact.
    Asserted,
    /// As what a named source says.
    Attributed,
    /// About a time after publication, or as what is projected, expected or priced in.
    Forecast,
    /// As advice or judgement.
    Opinion,
    /// As what would be so under a condition.
    Hypothetical,
}

impl Modality {
    /// The name in JSON and annotations.
    pub fn name(self) -> &'static str {
        match self {
            Modality::Asserted => "asserted",
            Modality::Attributed => "attributed",
            Modality::Forecast => "forecast",
            Modality::Opinion => "opinion",
            Modality::Hypothetical => "hypothetical",
        }
    }
}

/// The number as it stands in the text: its tolerance follows from how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The value token: `7.1%`, `$2 trillion`, `four-month`.
    pub text: String,
    /// The unit of its last printed digit, in the claim's unit: 0.1 for `7.1%`.
    pub step: f64,
    /// The word that hedges it, lower case: `nearly`, `about`, `more than`.
    pub hedge: Option<String>,
    /// Whether it is written in words: `four-month`, `doubled`.
    pub in_words: bool,
}

/// One printed quantity that says something about the market.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Where the value token stands, in bytes of the article.
    pub span: Span,
    /// Where its sentence stands.
    pub sentence: Span,
    /// The number as printed.
    pub printed: Printed,
    /// A code of the entities: `RUT`; `OTHER` where none fits.
    pub entity: String,
    /// The other side of a comparison.
    pub versus: Option<String>,
    /// A code of the metrics: `return`, `pe_forward`, `other`.
    pub metric: &'static str,
    /// The definition of the catalogue that the words name, if they do.
    pub definition: Option<&'static str>,
    /// The period; none where the text does not settle it (`?`).
    pub period: Option<Period>,
    /// The number in `unit`, signed: -3.4 for "fell 3.4%".
    pub value: f64,
    /// A name of the units: `percent`, `index_points`, `ratio`.
    pub unit: &'static str,
    /// How it relates to the true value.
    pub comparator: Comparator,
    /// In what mood it is said.
    pub modality: Modality,
    /// Whether the text names total return, the fund or the price for it.
    pub basis: Option<crate::identity::Basis>,
    /// Other periods that the words allow, best first; `period` is not among them.
    pub other_periods: Vec<Period>,
    /// Periods that the words hardly allow, likeliest first: the figure is of one of them only if
    /// it is right for it.
    pub unlikely_periods: Vec<Period>,
    /// Other things that it may be about, the likeliest first.
    pub other_entities: Vec<String>,
    /// How likely it is that the first reading is what is meant.
    pub likelihood: f64,
    /// How likely it is that what is meant is among the readings that are kept but the unlikely.
    pub certainty: f64,
}

impl Claim {
    /// The period as annotations write it.
    pub fn period_text(&self) -> String {
        self.period.map_or_else(|| "?".to_owned(), |p| p.to_string())
    }

    /// The same claim of another period than the one that was read first, which stays one that its
    /// words allow: `so far this year`, printed before the session, is of the year to the last
    /// close.
    #[must_use]
    pub fn of_period(mut self, period: Period) -> Claim {
        if self.period != Some(period) {
            self.other_periods.retain(|other| *other != period);
            self.unlikely_periods.retain(|other| *other != period);
            self.other_periods.splice(0..0, self.period.replace(period));
        }
        self
    }
}
