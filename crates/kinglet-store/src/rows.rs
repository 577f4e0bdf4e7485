//! What an import reads and a table holds: blocks of rows, as the source gives them. Values keep the
//! spelling of the source (4.25 for 4.25%); a view turns them into units.

use std::path::PathBuf;

use kinglet_core::columns::Frequency;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::time::{Date, DateTime};
use kinglet_core::view::{Event, Statement};

/// One observation of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesRow {
    /// The day it is for; of a monthly value the first of the month.
    pub date: Date,
    /// The value in the block's spelling.
    pub value: f64,
    /// When it became public, in New York.
    pub known_at: DateTime,
}

/// One series as one source gives it, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesBlock {
    /// Its id: `RUT`, `DGS10`.
    pub id: String,
    /// Price or total return.
    pub basis: Basis,
    /// How its values are spelled.
    pub spelling: Spelling,
    /// What its dates are.
    pub frequency: Frequency,
    /// Whether `known_at` follows from a declared lag rather than from a release date.
    pub assumed: bool,
    /// Whether the whole series is one vintage, as dividend-adjusted prices are: a later import
    /// replaces it and never splices two.
    pub vintage: bool,
    /// Where it comes from: `index/rut_daily.csv`.
    pub source: String,
    /// The observations.
    pub rows: Vec<SeriesRow>,
}

/// One session of a share or fund; what the source does not give is absent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The session.
    pub date: Date,
    /// The first price.
    pub open: Option<f64>,
    /// The highest price.
    pub high: Option<f64>,
    /// The lowest price.
    pub low: Option<f64>,
    /// The official close, unadjusted.
    pub close: Option<f64>,
    /// The close adjusted for distributions and splits.
    pub adjusted_close: Option<f64>,
    /// Shares traded.
    pub volume: Option<f64>,
}

/// The bars of one symbol, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct BarBlock {
    /// Its symbol: `IWM`.
    pub symbol: String,
    /// Session, or the last session of each month.
    pub frequency: Frequency,
    /// Where they come from.
    pub source: String,
    /// The sessions.
    pub rows: Vec<Bar>,
}

/// One position of a fund on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The fund: `IWM`.
    pub fund: String,
    /// The day.
    pub date: Date,
    /// The ticker of the position, as given.
    pub ticker: String,
    /// Its name.
    pub name: String,
    /// Its sector.
    pub sector: String,
    /// `Equity`, `Cash` …
    pub asset_class: String,
    /// In dollars.
    pub market_value: Option<f64>,
    /// In per cent of the fund.
    pub weight: Option<f64>,
    /// Shares held.
    pub quantity: Option<f64>,
    /// Price of a share in dollars.
    pub price: Option<f64>,
    /// Where it trades.
    pub exchange: String,
}

/// One fact about a company on one day: a number or a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Fundamental {
    /// The company.
    pub symbol: String,
    /// The day.
    pub date: Date,
    /// The name of the column, as the source has it: `trailingPE`.
    pub item: String,
    /// A number.
    pub value: Option<f64>,
    /// A word: a sector, a name.
    pub text: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// An event with the text that was published, if any.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The event.
    pub event: Event,
    /// The full text: of a statement of the Fed, say.
    pub text: Option<String>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: u64,
    /// Its column, from 1, and name.
    pub column: Option<(usize, String)>,
    /// What is wrong, with the text that stands there.
    pub reason: String,
}

/// All that one file gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Series.
    pub series: Vec<SeriesBlock>,
    /// Prices by session.
    pub bars: Vec<BarBlock>,
    /// Positions of funds.
    pub holdings: Vec<Holding>,
    /// Facts about companies.
    pub fundamentals: Vec<Fundamental>,
    /// Dated happenings.
    pub events: Vec<EventRow>,
    /// Published figures.
    pub statements: Vec<Statement>,
    /// Rows that could not be taken.
    pub bad: Vec<BadRow>,
}
