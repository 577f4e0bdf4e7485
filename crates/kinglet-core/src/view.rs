//! A dated view of the data: the only source of columns for a computation.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::answer::{DataVersion, Undefined};
use crate::columns::{Bar, Bars, Series};
use crate::companies::{Figure, Figures, Holdings, Item};
use crate::diagnostic::nearest;
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::time::{Calendar, CalendarPeriod, Cutoff, Date, DateTime};

/// A dated happening with numbers: a change of the policy rate, a recession, a distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Whom it concerns: `FED`, `US`, `IWM`.
    pub entity: String,
    /// `policy_rate` (a change of the target: `values` `lower` and `upper` as fractions, `dates`
    /// `effective`), `meeting`, `meeting_day` (known before it comes),
    /// `recession`, `recession_peak`, `distribution` …
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

impl Event {
    fn concerns(&self, entity: &str, kind: &str) -> bool {
        self.entity == entity && self.kind == kind
    }
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
    bars: BTreeMap<String, Bars>,
    events: Arc<[Event]>,
    statements: Arc<[Statement]>,
    holdings: Arc<[Holdings]>,
    figures: Arc<Figures>,
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
            bars: BTreeMap::new(),
            events: Arc::new([]),
            statements: Arc::new([]),
            holdings: Arc::new([]),
            figures: Arc::default(),
        }
    }

    /// Adds a series under an entity's code and basis; replaces a former one.
    #[must_use]
    pub fn with_series(mut self, code: impl Into<String>, basis: Basis, series: &Series) -> Self {
        let column = Column { whole: series.clone(), cut: series.until(self.cutoff) };
        self.series.entry(code.into()).or_default().insert(basis, column);
        self
    }

    /// Adds the bars of a symbol; replaces former ones.
    #[must_use]
    pub fn with_bars(mut self, bars: &Bars) -> Self {
        self.bars.insert(bars.id.to_string(), bars.until(self.cutoff));
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

    /// Replaces the positions of funds.
    #[must_use]
    pub fn with_holdings(mut self, mut holdings: Vec<Holdings>) -> Self {
        holdings.sort_by(|a, b| (&a.fund, a.date).cmp(&(&b.fund, b.date)));
        self.holdings = holdings.into();
        self
    }

    /// Replaces the figures of companies.
    #[must_use]
    pub fn with_figures(mut self, figures: Figures) -> Self {
        self.figures = Arc::new(figures);
        self
    }

    /// The same data with an earlier cutoff. There is no way to a later one.
    #[must_use]
    pub fn until(&self, cutoff: Cutoff) -> View {
        let cutoff = self.within(cutoff);
        let mut view = self.clone();
        view.cutoff = cutoff;
        for column in view.series.values_mut().flat_map(BTreeMap::values_mut) {
            column.cut = column.whole.until(cutoff);
        }
        for bars in view.bars.values_mut() {
            *bars = bars.until(cutoff);
        }
        view
    }

    /// The earlier of a cutoff and that of the view.
    pub fn within(&self, cutoff: Cutoff) -> Cutoff {
        Cutoff {
            through: cutoff.through.min(self.cutoff.through),
            known_by: cutoff.known_by.min(self.cutoff.known_by),
        }
    }

    /// What was read, for an answer.
    pub fn data(&self) -> DataVersion {
        DataVersion { version: self.version.clone(), as_of: self.cutoff.through }
    }

    /// The series of a code.
    pub fn series(&self, code: &str, basis: Basis) -> Result<&Series, Undefined> {
        self.known_series(code, basis).ok_or_else(|| self.no_series(code, basis))
    }

    /// The same, if there is one.
    pub(crate) fn known_series(&self, code: &str, basis: Basis) -> Option<&Series> {
        Some(&self.series.get(code)?.get(&basis)?.cut)
    }

    /// That there is no series of a code.
    pub(crate) fn no_series(&self, code: &str, basis: Basis) -> Undefined {
        let codes = self.series.iter().filter(|(_, bases)| bases.contains_key(&basis));
        let near = nearest(code, codes.map(|(code, _)| code.as_str()))
            .map_or_else(String::new, |n| format!("; the nearest name is {n}"));
        let what = match basis {
            Basis::Price => format!("there is no series of {code}"),
            Basis::Total => format!("there is no total-return series of {code}"),
        };
        Undefined::new("no_series", format!("{what} in {}{near}", self.version))
    }

    /// Every series with its code and basis, in order of the codes.
    pub fn all_series(&self) -> impl Iterator<Item = (&str, Basis, &Series)> {
        self.series.iter().flat_map(|(code, bases)| {
            bases.iter().map(move |(basis, column)| (code.as_str(), *basis, &column.cut))
        })
    }

    /// The bars of a symbol.
    pub fn bars(&self, symbol: &str) -> Result<&Bars, Undefined> {
        self.bars.get(symbol).ok_or_else(|| {
            let near = nearest(symbol, self.bars.keys().map(String::as_str))
                .map_or_else(String::new, |near| format!("; the nearest name is {near}"));
            let version = &self.version;
            let reason =
                format!("there are no highs, lows and volumes of {symbol} in {version}{near}");
            Undefined::new("no_bars", reason)
        })
    }

    /// The bars of every symbol, in order.
    pub fn all_bars(&self) -> impl Iterator<Item = &Bars> {
        self.bars.values()
    }

    /// Events of one kind and entity, oldest first.
    pub fn events<'a>(
        &'a self,
        entity: &'a str,
        kind: &'a str,
    ) -> impl DoubleEndedIterator<Item = &'a Event> {
        self.all_events().filter(move |e| e.concerns(entity, kind))
    }

    /// Where the events of one kind and entity stand, oldest first.
    pub(crate) fn event_positions(&self, entity: &str, kind: &str) -> impl Iterator<Item = usize> {
        let known = |e: &Event| e.known_at <= self.cutoff.known_by && e.concerns(entity, kind);
        (0..self.events.len()).filter(move |&at| known(&self.events[at]))
    }

    /// The event at a position, which must be one.
    pub(crate) fn event(&self, position: usize) -> &Event {
        &self.events[position]
    }

    /// Every event, oldest first. Views share them, so that they are cut where one looks.
    pub fn all_events(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.events.iter().filter(|e| e.known_at <= self.cutoff.known_by)
    }

    /// Whether there are holdings of funds or figures of companies at all.
    pub fn has_companies(&self) -> bool {
        !self.holdings.is_empty() || *self.figures != Figures::default()
    }

    /// The last positions of a fund that could be known at a cutoff.
    pub fn holdings(&self, fund: &str, cutoff: Cutoff) -> Option<&Holdings> {
        let cutoff = self.within(cutoff);
        let known = |h: &&Holdings| h.date <= cutoff.through && h.known_at <= cutoff.known_by;
        self.holdings.iter().rev().filter(|h| &*h.fund == fund).find(known)
    }

    /// The figures of companies. They are not cut: every look at them takes a cutoff, which
    /// [`View::within`] keeps from being later than that of the view.
    pub(crate) fn figures(&self) -> &Figures {
        &self.figures
    }

    /// The published figures.
    pub fn statements(&self) -> impl DoubleEndedIterator<Item = &Statement> {
        self.statements.iter().filter(|s| s.is_past(self.cutoff.through))
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
/// with `GS`, `UN`, `CPI` or `FF`, months.
#[doc(hidden)]
pub fn example_series(id: &str, values: &[(&str, f64)]) -> Series {
    use crate::columns::{Frequency, Observation};
    use crate::time::Grain;
    let date = |text: &str| text.parse::<Date>().expect("a date");
    let monthly = ["GS", "UN", "CPI", "FF"].iter().any(|prefix| id.starts_with(prefix));
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

/// A small view of the fund IWM for examples in documentation: of each session its high, low, close
/// and volume.
#[doc(hidden)]
pub fn example_bars(bars: &[(&str, [f64; 4])]) -> View {
    let closes: Vec<(&str, f64)> = bars.iter().map(|(day, bar)| (*day, bar[2])).collect();
    let rows = bars.iter().map(|&(day, [high, low, close, volume])| {
        let date: Date = day.parse().expect("a date");
        Bar { date, high, low, close, volume: Some(volume), known_at: date.at(16, 0, 0, 0) }
    });
    example(&closes).with_bars(&Bars::new("IWM", Unit::Money, "example", rows.collect()))
}

/// A small view of the fund IWM for examples in documentation: of each session its close and its
/// shares outstanding, known at the close.
#[doc(hidden)]
pub fn example_shares(days: &[(&str, f64, f64)]) -> View {
    let closes: Vec<(&str, f64)> = days.iter().map(|(day, close, _)| (*day, *close)).collect();
    let figures = days.iter().map(|&(day, _, value)| {
        let date: Date = day.parse().expect("a date");
        let known_at = date.at(16, 0, 0, 0);
        let figure = Figure { date, known_at, value, source: "example".into() };
        (Item::SharesOutstanding, "IWM".into(), figure)
    });
    let series = example_series("IWM", &closes);
    example(&closes).with_series("IWM", Basis::Price, &series).with_figures(Figures::new(figures))
}

/// A small view of the four months to August 2025 for examples in documentation: the return of the
/// market in each, that of the Russell 2000 as it follows from it, and bills that yield nothing.
#[doc(hidden)]
pub fn example_factors(market: &[f64; 4], subject: impl Fn(f64) -> f64) -> View {
    let days = ["2025-04-30", "2025-05-30", "2025-06-30", "2025-07-31", "2025-08-29"];
    let months = ["2025-05-01", "2025-06-01", "2025-07-01", "2025-08-01"];
    let mut value = 100.0;
    let grown = market.map(|market| {
        value *= 1.0 + subject(market);
        value
    });
    let closes: Vec<(&str, f64)> = days.into_iter().zip([100.0].into_iter().chain(grown)).collect();
    let series = |id, values: [f64; 4]| {
        let rows: Vec<(&str, f64)> = months.into_iter().zip(values).collect();
        example_series(id, &rows)
    };
    example(&closes).with_series("FF_RF", Basis::Price, &series("FF_RF", [0.0; 4])).with_series(
        "FF_MARKET_EXCESS",
        Basis::Price,
        &series("FF_MARKET_EXCESS", *market),
    )
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

/// A company of an example: its symbol, what the fund holds of it, and its figures.
#[doc(hidden)]
pub type ExampleCompany<'a> = (&'a str, f64, &'a [(Item, f64)]);

/// A small view of the fund IWM for examples in documentation: what it holds of each company on
/// 2025-08-29, in dollars, with figures of the same day.
#[doc(hidden)]
pub fn example_fund(companies: &[ExampleCompany<'_>]) -> View {
    example_held(example(&[("2025-08-28", 100.0), ("2025-08-29", 100.0)]), companies)
}

/// As [`example_fund`], seen a month later.
#[doc(hidden)]
pub fn example_fund_later(companies: &[ExampleCompany<'_>]) -> View {
    example_held(example(&[("2025-08-29", 100.0), ("2025-09-30", 100.0)]), companies)
}

fn example_held(view: View, companies: &[ExampleCompany<'_>]) -> View {
    let date = Date::constant(2025, 8, 29);
    let known_at = Cutoff::end_of(date).known_by;
    let held = companies.iter().filter(|(_, value, _)| *value > 0.0);
    let (tickers, values) = held.map(|(ticker, value, _)| (Arc::from(*ticker), *value)).unzip();
    let (fund, source) = ("IWM".into(), "example".into());
    let holdings = Holdings { fund, date, known_at, source, tickers, values };
    let figures = companies.iter().flat_map(|(symbol, _, figures)| {
        figures.iter().map(move |(item, value)| {
            let figure = Figure { date, known_at, value: *value, source: "example".into() };
            (*item, Arc::from(*symbol), figure)
        })
    });
    view.with_holdings(vec![holdings]).with_figures(Figures::new(figures))
}
