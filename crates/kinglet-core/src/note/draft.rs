//! What a note is drafted from: an evaluator, the last close of both, the last full month, and the
//! few ways in which a section asks for figures.

use super::words::{capital, date_in_words, period_in_words};
use super::{Figure, Form, Piece, Prose, Source};
use crate::answer::{Answer, Undefined};
use crate::diagnostic::{Code, Diagnostic};
use crate::identity::{Basis, Entity};
use crate::query::{Evaluator, Query};
use crate::time::{CalendarPeriod, Date, Grain};

/// The small companies' index.
pub(super) const SMALL: &str = "RUT";
/// The large companies' index.
pub(super) const LARGE: &str = "SPX";
/// The third index of the table.
pub(super) const THIRD: &str = "IXIC";

/// The state of a note that is being written.
pub(super) struct Draft<'a> {
    evaluator: &'a Evaluator<'a>,
    /// The last session for which both indexes have a close.
    pub(super) close: Date,
    /// The last month in which both indexes have a return.
    pub(super) month: CalendarPeriod,
}

/// A number of years back from the last close.
#[derive(Clone, Copy)]
pub(super) struct Horizon {
    count: u16,
    /// `ten years`
    pub(super) words: &'static str,
}

/// The long horizons of the note.
pub(super) const HORIZONS: [Horizon; 4] = [
    Horizon { count: 1, words: "one year" },
    Horizon { count: 5, words: "five years" },
    TEN_YEARS,
    Horizon { count: 20, words: "twenty years" },
];

/// The horizon of the summary.
pub(super) const TEN_YEARS: Horizon = Horizon { count: 10, words: "ten years" };

/// A stretch of time with its names.
#[derive(Clone)]
pub(super) struct Stretch {
    /// In a query: `10y@2025-08-28`.
    pub(super) period: String,
    /// In a sentence: `over the past ten years, through August 28, 2025,`.
    pub(super) when: String,
    /// In a table: `Ten years`.
    pub(super) heading: String,
}

impl<'a> Draft<'a> {
    /// Finds the last close of both and the last full month.
    pub(super) fn new(evaluator: &'a Evaluator<'a>) -> Result<Draft<'a>, Diagnostic> {
        let view = evaluator.view();
        let lacking = |undefined: Undefined| {
            Diagnostic::new(Code::Undefined, "the note needs closes of RUT and SPX")
                .subject(format!("data {}, as of {}", view.version, view.cutoff.through))
                .note(undefined.reason)
                .hint("import both indexes, or move the date")
        };
        let small = view.series(SMALL, Basis::Price).map_err(lacking)?;
        let large = view.series(LARGE, Basis::Price).map_err(lacking)?;
        let shared = small.observations().iter().rev().find(|o| large.on(o.date).is_some());
        let close = shared.map(|o| o.date).ok_or_else(|| {
            lacking(Undefined::new("no_observation", "there is no day on which both closed"))
        })?;
        let latest = CalendarPeriod::containing(Grain::Month, close);
        let mut draft = Draft { evaluator, close, month: latest };
        let month = (0..3).map(|back| latest.plus(-back)).find(|m| draft.both(&m.to_string()));
        draft.month = month.ok_or_else(|| {
            let reason = format!("neither month before {close} has both returns");
            lacking(Undefined::new("no_observation", reason))
        })?;
        Ok(draft)
    }

    /// The evaluator.
    pub(super) fn evaluator(&self) -> &'a Evaluator<'a> {
        self.evaluator
    }

    /// The answer to a query that a section wrote.
    pub(super) fn answer(&self, query: &str) -> Option<(Query, Answer)> {
        let query: Query = query.parse().ok()?;
        let answer = self.evaluator.answer(&query);
        Some((query, answer))
    }

    /// The figure of a query, if the data give one for all that it asks of.
    pub(super) fn figure(&self, query: &str, form: Form) -> Option<Figure> {
        let (query, answer) = self.answer(query)?;
        let outcome = answer.result.as_ref().ok()?;
        let clipped = outcome.notices.iter().any(|n| n.code == "clipped");
        if clipped { None } else { Figure::new(Source::Query(query), form, answer) }
    }

    /// The value of a query in the unit itself, if the data give one.
    pub(super) fn value(&self, query: &str) -> Option<f64> {
        self.answer(query)?.1.result.ok().map(|o| o.quantity.value)
    }

    /// A cell of a table: the figure, or why there is none.
    pub(super) fn cell(&self, query: &str, form: Form) -> Prose {
        match self.figure(query, form) {
            Some(figure) => figure.into(),
            None => {
                let answer = self.answer(query).map(|(_, answer)| answer);
                let reason =
                    answer.and_then(|a| a.result.err()).map_or(String::new(), |u| u.reason);
                Prose(vec![Piece::Missing { query: query.to_owned(), reason }])
            }
        }
    }

    /// Whether both indexes have a return over a period.
    pub(super) fn both(&self, period: &str) -> bool {
        [SMALL, LARGE].iter().all(|i| self.value(&format!("return({i}, {period})")).is_some())
    }

    /// The stretch of so many years to the last close; at the end of a month, and where closes
    /// lack, to the last day of the last full month: it runs from month-end to month-end.
    pub(super) fn horizon(&self, horizon: Horizon) -> Option<Stretch> {
        let Horizon { count, words } = horizon;
        let span = if count == 1 { "twelve months" } else { words };
        let month_end = self.month.last_day();
        let now = (!self.at_month_end()).then_some(self.close);
        now.into_iter().chain([month_end]).find_map(|day| {
            let period = format!("{count}y@{day}");
            let heading = match day == self.close {
                true => capital(words),
                false => format!("{} to {}", capital(words), date_in_words(day)),
            };
            let when = format!("over the past {span}, through {},", date_in_words(day));
            self.both(&period).then_some(Stretch { period, when, heading })
        })
    }

    /// The last full month, or the month so far once half of it is over.
    pub(super) fn recent(&self) -> Stretch {
        if self.close > self.month.last_day() && self.close.day() >= 15 {
            return self.month_to_date();
        }
        let month = period_in_words(self.month);
        Stretch {
            period: self.month.to_string(),
            when: format!("in {month}"),
            heading: capital(&month),
        }
    }

    /// The month that the last close is in, so far.
    pub(super) fn month_to_date(&self) -> Stretch {
        let month = CalendarPeriod::containing(Grain::Month, self.close);
        Stretch {
            period: format!("mtd@{}", self.close),
            when: format!("so far in {}", period_in_words(month)),
            heading: "Month to date".to_owned(),
        }
    }

    /// Whether the last close is that of the last full month.
    pub(super) fn at_month_end(&self) -> bool {
        self.close <= self.month.last_day()
    }

    /// This year until the last close.
    pub(super) fn year_to_date(&self) -> Stretch {
        Stretch {
            period: format!("ytd@{}", self.close),
            when: format!("in the year to date, through {},", date_in_words(self.close)),
            heading: "Year to date".to_owned(),
        }
    }

    /// The first month of the unbroken months in which both indexes have a return, up to the last.
    pub(super) fn first_month(&self) -> CalendarPeriod {
        let mut first = self.month;
        while self.both(&first.plus(-1).to_string()) {
            first = first.plus(-1);
        }
        first
    }
}

/// The name of an entity by its code.
pub(super) fn name(code: &str) -> String {
    Entity::new(code).name().to_owned()
}
