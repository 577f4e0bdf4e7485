//! A dated view of the data: the only source of columns for a computation.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::answer::{DataVersion, Undefined};
use crate::columns::Series;
use crate::diagnostic::nearest;
use crate::identity::Basis;
use crate::time::{Calendar, CalendarPeriod, Cutoff, Date, DateTime};

/// A dated happening with numbers: a change of the policy rate, a recession, a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Whom it concerns: `FED`, `US`, `IWM`.
    pub entity: String,
    /// `policy_rate` (a change of the target: `values` `lower` and `upper` as fractions, `dates`
    /// `effective`), `meeting`, `recession`, `distribution` …
    pub kind: String,
    /// The day it is for: of an announcement, the day it was made.
    pub date: Date,
    /// When it became public.
    pub known_at: DateTime,
    /// Its numbers, in the unit of the definition that reads them (rates as fractions).
    pub values: BTreeMap<String, f64>,
    /// Further days: `effective`, `trough`.
    pub dates: BTreeMap<String, Date>,
    /// Where it comes from.
    pub source: Arc<str>,
}

/// A published figure: evidence that somebody said it, not a measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The day, month or year that the figure refers to, as given.
    pub as_of: String,
    /// Whom it is about, as given.
    pub entity: String,
    /// What is stated.
    pub metric: String,
    /// The publisher's definition.
    pub definition: String,
    /// The figure in `unit`.
    pub value: f64,
    /// Its unit, as given.
    pub unit: String,
    /// Who states it.
    pub publisher: String,
    /// Where it was read.
    pub where_read: String,
}

impl Statement {
    /// The last day of the day, month or year that the figure refers to.
    pub fn last_day(&self) -> Option<Date> {
        self.as_of.parse().ok().map(CalendarPeriod::last_day)
    }

    fn is_past(&self, through: Date) -> bool {
        self.last_day().is_some_and(|day| day <= through)
    }
}

/// All columns of one version of the data, cut at one instant. Immutable; `until` only narrows.
#[derive(Clone, Debug)]
pub struct View {
    /// Names the content.
    pub version: String,
    /// What may be used.
    pub cutoff: Cutoff,
    /// The sessions.
    pub calendar: Arc<Calendar>,
    series: BTreeMap<String, BTreeMap<Basis, Column>>,
    events: Arc<[Event]>,
    statements: Arc<[Statement]>,
}

/// A series and what of it may be seen. The whole is kept, since an earlier cutoff brings back what
/// a revision replaced.
#[derive(Clone, Debug)]
struct Column {
    whole: Series,
    cut: Series,
}

impl View {
    /// A view of whole columns, already cut.
    pub fn new(version: impl Into<String>, calendar: Arc<Calendar>, cutoff: Cutoff) -> Self {
        View {
            version: version.into(),
            cutoff,
            calendar,
            series: BTreeMap::new(),
            events: Arc::new([]),
            statements: Arc::new([]),
        }
    }

    /// Adds a series under an entity's code and basis; replaces a former one.
    #[must_use]
    pub fn with_series(mut self, code: impl Into<String>, basis: Basis, series: &Series) -> Self {
        let column = Column { whole: series.clone(), cut: series.until(self.cutoff) };
        self.series.entry(code.into()).or_default().insert(basis, column);
        self
    }

    /// Replaces the events; those not yet public are left out.
    #[must_use]
    pub fn with_events(mut self, mut events: Vec<Event>) -> Self {
        events.retain(|e| e.known_at <= self.cutoff.known_by);
        events.sort_by(|a, b| (a.date, &a.entity, &a.kind).cmp(&(b.date, &b.entity, &b.kind)));
        self.events = events.into();
        self
    }

    /// Replaces the statements; those that refer to a later day than the cutoff are left out.
    #[must_use]
    pub fn with_statements(mut self, mut statements: Vec<Statement>) -> Self {
        statements.retain(|s| s.is_past(self.cutoff.through));
        self.statements = statements.into();
        self
    }

    /// The same data with an earlier cutoff. There is no way to a later one.
    #[must_use]
    pub fn until(&self, cutoff: Cutoff) -> View {
        let cutoff = Cutoff {
            through: cutoff.through.min(self.cutoff.through),
            known_by: cutoff.known_by.min(self.cutoff.known_by),
        };
        let mut view = self.clone();
        view.cutoff = cutoff;
        for column in view.series.values_mut().flat_map(BTreeMap::values_mut) {
            column.cut = column.whole.until(cutoff);
        }
        view.events =
            self.events.iter().filter(|e| e.known_at <= cutoff.known_by).cloned().collect();
        view.statements =
            self.statements.iter().filter(|s| s.is_past(cutoff.through)).cloned().collect();
        view
    }

    /// What was read, for an answer.
    pub fn data(&self) -> DataVersion {
        DataVersion { version: self.version.clone(), as_of: self.cutoff.through }
    }

    /// The series of a code.
    pub fn series(&self, code: &str, basis: Basis) -> Result<&Series, Undefined> {
        let column = self.series.get(code).and_then(|bases| bases.get(&basis));
        column.map(|c| &c.cut).ok_or_else(|| {
            let codes = self.series.iter().filter(|(_, bases)| bases.contains_key(&basis));
            let near = nearest(code, codes.map(|(code, _)| code.as_str()))
                .map_or_else(String::new, |n| format!("; the nearest name is {n}"));
            let what = match basis {
                Basis::Price => format!("there is no series of {code}"),
                Basis::Total => format!("there is no total-return series of {code}"),
            };
            Undefined::new("no_series", format!("{what} in {}{near}", self.version))
        })
    }

    /// Every series with its code and basis, in order of the codes.
    pub fn all_series(&self) -> impl Iterator<Item = (&str, Basis, &Series)> {
        self.series.iter().flat_map(|(code, bases)| {
            bases.iter().map(move |(basis, column)| (code.as_str(), *basis, &column.cut))
        })
    }

    /// Events of one kind and entity, oldest first.
    pub fn events<'a>(
        &'a self,
        entity: &'a str,
        kind: &'a str,
    ) -> impl DoubleEndedIterator<Item = &'a Event> {
        self.events.iter().filter(move |e| e.entity == entity && e.kind == kind)
    }

    /// Every event, oldest first.
    pub fn all_events(&self) -> &[Event] {
        &self.events
    }

    /// The published figures.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

/// A small view of Russell 2000 closes for examples in documentation: each date is a session.
#[doc(hidden)]
pub fn example(closes: &[(&str, f64)]) -> View {
    let series = example_series("RUT", closes);
    let sessions: Vec<Date> = series.observations().iter().map(|o| o.date).collect();
    let end = *sessions.last().expect("at least one close");
    View::new("example", Arc::new(Calendar::new(sessions)), Cutoff::end_of(end)).with_series(
        "RUT",
        Basis::Price,
        &series,
    )
}

/// A small series for examples in documentation: days of an index in points, or, if the name begins
/// with `GS`, `UN` or `CPI`, months.
#[doc(hidden)]
pub fn example_series(id: &str, values: &[(&str, f64)]) -> Series {
    use crate::columns::{Frequency, Observation};
    use crate::quantity::Unit;
    use crate::time::Grain;
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let monthly = ["GS", "UN", "CPI"].iter().any(|prefix| id.starts_with(prefix));
    let (unit, frequency) = match monthly {
        true => (Unit::Fraction, Frequency::Period(Grain::Month)),
        false => (Unit::Points, Frequency::Session),
    };
    let rows = values.iter().map(|&(day, value)| Observation {
        date: date(day),
        value,
        known_at: date(day).at(16, 0, 0, 0),
    });
    Series::new(id, unit, frequency, "example", rows.collect())
}

/// A change of the Federal Reserve's target for examples in documentation: the day and the upper
/// bound in per cent; the lower bound is a quarter of a point below.
#[doc(hidden)]
pub fn example_change(day: &str, upper: f64) -> Event {
    let date: Date = day.parse().expect("a date");
    let values = [("lower", (upper - 0.25) / 100.0), ("upper", upper / 100.0)];
    Event {
        entity: "FED".to_owned(),
        kind: "policy_rate".to_owned(),
        date,
        known_at: date.at(14, 0, 0, 0),
        values: values.map(|(name, value)| (name.to_owned(), value)).into(),
        dates: BTreeMap::new(),
        source: "example".into(),
    }
}
