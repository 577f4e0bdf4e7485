//! What a note is drafted from: an evaluator, the last close of both, the last full month, and the
//! few ways in which a section asks for figures.

use super::words::{capital, date_in_words, period_in_words};
use super::{Figure, Form, Piece, Prose, Request, Source};
use crate::answer::{Answer, Undefined};
use crate::diagnostic::{Code, Diagnostic};
use crate::identity::{Basis, Entity, Kind};
use crate::lens::Pair;
use crate::query::{Evaluator, Query};
use crate::time::{CalendarPeriod, Date, Grain};

/// The third index of the table.
pub(super) const THIRD: &str = "IXIC";

/// One of the two that a note compares.
#[derive(Clone, Copy)]
pub(super) struct Side<'a>(&'a Entity);

impl<'a> Side<'a> {
    /// Its code in queries.
    pub(super) fn code(self) -> &'a str {
        self.0.code()
    }

    /// `Russell 2000`; of a fund the code, which readers know better than its name.
    pub(super) fn name(self) -> &'a str {
        if self.is_index() { self.0.name() } else { self.code() }
    }

    /// `the Russell 2000`, `IWN`
    pub(super) fn the(self) -> String {
        if self.is_index() { format!("the {}", self.name()) } else { self.name().to_owned() }
    }

    fn is_index(self) -> bool {
        self.0.known().is_some_and(|known| known.kind == Kind::Index)
    }
}

/// The state of a note that is being written.
pub(super) struct Draft<'a> {
    evaluator: &'a Evaluator<'a>,
    /// Whose case is put.
    pub(super) subject: Side<'a>,
    /// With what it is compared.
    pub(super) against: Side<'a>,
    /// What the returns of both count.
    pub(super) basis: Basis,
    /// The last session for which both have a close.
    pub(super) close: Date,
    /// The last month in which both have a return.
    pub(super) month: CalendarPeriod,
    /// The first of the unbroken months up to it in which both have a return.
    pub(super) first_month: CalendarPeriod,
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
    pub(super) fn new(
        evaluator: &'a Evaluator<'a>,
        request: &'a Request,
    ) -> Result<Draft<'a>, Diagnostic> {
        let view = evaluator.view();
        let sides @ [subject, against] = [Side(&request.subject), Side(&request.against)];
        if subject.code() == against.code() {
            let message = format!("{} cannot be compared with itself", subject.code());
            return Err(Diagnostic::new(Code::Usage, message)
                .hint("name another index or fund as the one to compare with"));
        }
        let lacking = |undefined: Undefined| {
            let [subject, against] = [subject.code(), against.code()];
            Diagnostic::new(
                Code::Undefined,
                format!("the note needs closes of {subject} and {against}"),
            )
            .subject(format!("data {}, as of {}", view.version, view.cutoff.through))
            .note(undefined.reason)
            .hint("import both, or move the date")
        };
        // Prices, unless the total returns of both reach further.
        let reach = |basis| {
            let last = |side: &Side<'_>| Some(view.series(side.code(), basis).ok()?.coverage()?.1);
            let [one, other] = sides.each_ref().map(last);
            Some(one?.min(other?))
        };
        let basis = match (reach(Basis::Price), reach(Basis::Total)) {
            (price, total) if total > price => Basis::Total,
            _ => Basis::Price,
        };
        let small = view.series(subject.code(), basis).map_err(lacking)?;
        let large = view.series(against.code(), basis).map_err(lacking)?;
        let shared = small.observations().iter().rev().find(|o| large.on(o.date).is_some());
        let close = shared.map(|o| o.date).ok_or_else(|| {
            lacking(Undefined::new("no_observation", "there is no day on which both closed"))
        })?;
        let latest = CalendarPeriod::containing(Grain::Month, close);
        let (month, first_month) = (latest, latest);
        let mut draft = Draft { evaluator, subject, against, basis, close, month, first_month };
        let month = (0..3).map(|back| latest.plus(-back)).find(|m| draft.both(&m.to_string()));
        draft.month = month.ok_or_else(|| {
            let reason = format!("neither month before {close} has both returns");
            lacking(Undefined::new("no_observation", reason))
        })?;
        draft.first_month = draft.month;
        while draft.both(&draft.first_month.plus(-1).to_string()) {
            draft.first_month = draft.first_month.plus(-1);
        }
        Ok(draft)
    }

    /// The month of a day.
    pub(super) fn month_of(&self, day: Date) -> CalendarPeriod {
        CalendarPeriod::containing(Grain::Month, day)
    }

    /// The last day of which anything was known.
    pub(super) fn today(&self) -> Date {
        self.evaluator.view().cutoff.through
    }

    /// Of whom the rules of lenses speak.
    pub(super) fn pair(&self) -> Pair {
        let [subject, against] = [self.subject, self.against].map(|side| side.code().to_owned());
        Pair { subject, against, basis: self.basis }
    }

    /// A definition of one side over a period, on the basis of the note: `return(RUT, 2025-08)`.
    pub(super) fn of(&self, definition: &str, side: Side<'_>, period: &str) -> String {
        format!("{definition}({}, {period}{})", side.code(), self.on_basis())
    }

    /// The same of both, the second as benchmark: `beta(RUT, SPX, 2025)`.
    pub(super) fn of_both(&self, definition: &str, period: &str) -> String {
        let (subject, against) = (self.subject.code(), self.against.code());
        format!("{definition}({subject}, {against}, {period}{})", self.on_basis())
    }

    /// What the returns of the note are.
    pub(super) fn returns_in_words(&self) -> &'static str {
        match self.basis {
            Basis::Price => "price returns",
            Basis::Total => "total returns",
        }
    }

    /// The same with what they count.
    pub(super) fn basis_in_words(&self) -> &'static str {
        match self.basis {
            Basis::Price => "Price returns, without dividends",
            Basis::Total => "Total returns, with distributions reinvested",
        }
    }

    fn on_basis(&self) -> &'static str {
        match self.basis {
            Basis::Price => "",
            Basis::Total => ", basis: total",
        }
    }

    /// The return of the one less that of the other.
    pub(super) fn gap(&self, period: &str) -> String {
        let of = |side| self.of("return", side, period);
        format!("{} - {}", of(self.subject), of(self.against))
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

    /// The figure of a query, of whatever part of what it asks the data hold.
    pub(super) fn known(&self, query: &str, form: Form) -> Option<Figure> {
        let (query, answer) = self.answer(query)?;
        Figure::new(Source::Query(query), form, answer)
    }

    /// Whether both have a return over a period.
    pub(super) fn both(&self, period: &str) -> bool {
        let sides = [self.subject, self.against];
        sides.iter().all(|side| self.value(&self.of("return", *side, period)).is_some())
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
}

/// The name of an entity by its code.
pub(super) fn name(code: &str) -> String {
    Entity::new(code).name().to_owned()
}
