//! Prices of one symbol or several: open, high, low, close, adjusted close, volume.

use std::collections::BTreeMap;

use kinglet_core::columns::Frequency;
use kinglet_core::quantity::Spelling;

use super::Layout;
use crate::declared::price_spelling;
use crate::import::column::Column;
use crate::import::sheet::{Lines, Sheet};
use crate::import::symbol;
use crate::import::table::Row;
use crate::rows::{Bar, BarBlock, Batch, EventRow};

/// One row for each session, as Yahoo and Stooq give them, of one symbol (named by the file) or of
/// the one in a column.
pub(super) const BARS: Layout = Layout {
    name: "date, open, high, low, close [, adj close, volume, ticker, source]",
    recognise: |s| {
        s.date_column().is_some() && s.column(CLOSE).is_some() && s.has(&["open", "high", "low"])
    },
    read: bars,
};

/// The download of yfinance with two lines of header, fields and tickers in either order. Without
/// `Adj Close` its closes are adjusted (`auto_adjust`), but for indexes, which pay nothing.
pub(super) const MULTIPLE: Layout = Layout {
    name: "yfinance download with a second line of header",
    recognise: |s| {
        let first = s.header.first().is_some_and(|h| HEADINGS.contains(&h.as_str()));
        let fields = s.column(CLOSE).is_some() || s.column(ADJUSTED).is_some();
        let tickers = s.header.first().is_some_and(|h| h == "Ticker") && s.below() == "Price";
        first && (tickers || fields && HEADINGS.contains(&s.below().as_str()))
    },
    read: multiple,
};

/// What stands before a line of fields or of tickers.
const HEADINGS: &[&str] = &["Price", "Attributes", "Ticker", "Symbols", ""];

/// Payments by ex-date.
pub(super) const DISTRIBUTIONS: Layout = Layout {
    name: "date, ticker, amount (distributions)",
    recognise: |s| s.has(&["date", "ticker", "amount"]),
    read: distributions,
};

const CLOSE: &[&str] = &["close", "last"];
const ADJUSTED: &[&str] = &["adj_close", "adjclose", "adjusted_close"];
const SYMBOL: &[&str] = &["ticker", "symbol", "id"];
const VOLUME: &[&str] = &["volume", "vol"];

/// The series and bars of each symbol while a file is read.
#[derive(Default)]
struct Symbols {
    bars: BTreeMap<String, Vec<Bar>>,
    /// By symbol and source.
    closes: BTreeMap<(String, String), Column>,
    adjusted: BTreeMap<String, Column>,
    /// Symbols whose adjusted close ever differs from the close.
    distributing: BTreeMap<String, bool>,
}

impl Symbols {
    fn push(&mut self, symbol: &str, source: &str, bar: Bar) {
        if let Some(close) = bar.close {
            let column = self
                .closes
                .entry((symbol.to_owned(), source.to_owned()))
                .or_insert_with(|| Column::named(symbol, source));
            column.push(bar.date, close);
        }
        if let Some(adjusted) = bar.adjusted_close {
            let column = self
                .adjusted
                .entry(symbol.to_owned())
                .or_insert_with(|| Column::named(symbol, source).total_return());
            column.push(bar.date, adjusted);
            *self.distributing.entry(symbol.to_owned()).or_default() |=
                bar.close.is_none_or(|close| close != adjusted);
        }
        self.bars.entry(symbol.to_owned()).or_default().push(bar);
    }

    fn finish(self, source: &str, batch: &mut Batch) {
        batch.series.extend(self.closes.into_values().map(Column::into_block));
        for (symbol, column) in self.adjusted {
            // An index has no distributions: its "adjusted close" repeats the close.
            if self.distributing[&symbol] && price_spelling(&symbol) == Spelling::Usd {
                batch.series.push(column.into_block());
            }
        }
        for (symbol, rows) in self.bars {
            let source = source.to_owned();
            batch.bars.push(BarBlock { symbol, frequency: Frequency::Session, source, rows });
        }
    }
}

fn bars(sheet: &Sheet<'_>, batch: &mut Batch) {
    let column = |names: &[&str]| sheet.column(names);
    let (date, symbol, named) = (sheet.date_column().unwrap_or(0), column(SYMBOL), sheet.symbol());
    let columns = [&["open"][..], &["high"], &["low"], CLOSE, ADJUSTED, VOLUME].map(column);
    let span = column(&["per"]);
    let vendor = column(&["source"]);
    let (source, mut lines, mut symbols) = (sheet.source(), Lines::default(), Symbols::default());
    sheet.each(&mut batch.bad, |row| {
        let date = row.date(date)?;
        if span.is_some_and(|at| row.text(at) != Some("D")) {
            row.reject(span, "no bar of one day".to_owned());
            return None;
        }
        let symbol = match symbol {
            Some(at) => symbol::code(row.word(at)?),
            None => named.clone(),
        };
        lines.first(row, &symbol, date)?;
        let source = match vendor {
            Some(at) => format!("{source} ({})", row.text(at)?),
            None => source.clone(),
        };
        let [open, high, low, close, adjusted_close, volume] =
            columns.map(|at| at.and_then(|at| row.number(at)));
        symbols.push(
            &symbol,
            &source,
            Bar { date, open, high, low, close, adjusted_close, volume },
        );
        Some(())
    });
    symbols.finish(&source, batch);
}

/// `Price,Close,Close,…` over `Ticker,IWM,SPY,…`; a third line `Date,,,` may follow.
fn multiple(sheet: &Sheet<'_>, batch: &mut Batch) {
    let source = sheet.source();
    let plain = |names: &[String]| -> Vec<String> {
        names.iter().map(|h| h.to_lowercase().replace(' ', "_")).collect()
    };
    let (mut fields, mut tickers) = (plain(&sheet.header), Vec::new());
    let (mut symbols, mut lines) = (Symbols::default(), Lines::default());
    sheet.each(&mut batch.bad, |row| {
        let first = row.text(0)?;
        if first == "Date" || first == "Datetime" {
            return Some(());
        }
        if tickers.is_empty() && HEADINGS.contains(&first) {
            tickers = (0..row.width()).map(|at| row.text(at).unwrap_or("").to_owned()).collect();
            if tickers.iter().any(|name| name == "Close") {
                (fields, tickers) = (plain(&tickers), sheet.header.clone());
            }
            return Some(());
        }
        let date = row.date(0)?;
        lines.first(row, "", date)?;
        for (symbol, mut bar) in session(row, date, &fields, &tickers) {
            let symbol = symbol::code(&symbol);
            let adjusts = !fields.iter().any(|field| field == "adj_close");
            if adjusts && price_spelling(&symbol) == Spelling::Usd {
                bar.adjusted_close = bar.close.take();
                (bar.open, bar.high, bar.low) = (None, None, None);
            }
            symbols.push(&symbol, &source, bar);
        }
        Some(())
    });
    symbols.finish(&source, batch);
}

fn session(
    row: &mut Row<'_>,
    date: kinglet_core::time::Date,
    fields: &[String],
    tickers: &[String],
) -> BTreeMap<String, Bar> {
    let mut found: BTreeMap<String, Bar> = BTreeMap::new();
    for (at, (field, ticker)) in fields.iter().zip(tickers).enumerate().skip(1) {
        let Some(value) = row.number(at) else { continue };
        let bar = found.entry(ticker.clone()).or_insert(Bar {
            date,
            open: None,
            high: None,
            low: None,
            close: None,
            adjusted_close: None,
            volume: None,
        });
        let slot = match field.as_str() {
            "open" => &mut bar.open,
            "high" => &mut bar.high,
            "low" => &mut bar.low,
            "close" => &mut bar.close,
            "adj_close" => &mut bar.adjusted_close,
            "volume" => &mut bar.volume,
            _ => continue,
        };
        *slot = Some(value);
    }
    found
}

fn distributions(sheet: &Sheet<'_>, batch: &mut Batch) {
    let at = |name: &str| sheet.column(&[name]).unwrap_or_default();
    let (date, ticker, amount) = (at("date"), at("ticker"), at("amount"));
    let source: std::sync::Arc<str> = sheet.source().into();
    let mut events = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        let (date, amount) = (row.date(date)?, row.needed(amount)?);
        let event = kinglet_core::view::Event {
            entity: symbol::code(row.word(ticker)?),
            kind: "distribution".to_owned(),
            date,
            // An ex-date is announced before; the price reflects it from the open.
            known_at: date.at(9, 30, 0, 0),
            values: BTreeMap::from([("amount".to_owned(), amount)]),
            dates: BTreeMap::new(),
            source: std::sync::Arc::clone(&source),
        };
        events.push(EventRow { event, text: None });
        Some(())
    });
    batch.events.extend(events);
}
