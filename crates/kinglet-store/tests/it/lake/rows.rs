//! Rows for tests, made by hand.

use std::collections::BTreeMap;

use kinglet_core::columns::Frequency;
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Spelling;
use kinglet_core::query::Reach;
use kinglet_core::time::{Date, DateTime};
use kinglet_core::view::{Event, Statement};
use kinglet_store::lake::{BadRows, Delivery, ImportReport, ImportedFile, Lake, Needs};
use kinglet_store::progress::Silent;
use kinglet_store::rows::{
    Bar, BarBlock, Batch, EventRow, Fundamental, Holding, SeriesBlock, SeriesRow,
};

/// A date.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The close of a session.
pub(crate) fn close(text: &str) -> DateTime {
    day(text).at(16, 0, 0, 0)
}

/// Daily closes of an index, each known at its close.
pub(crate) fn closes(id: &str, source: &str, rows: &[(&str, f64)]) -> SeriesBlock {
    SeriesBlock {
        id: id.to_owned(),
        basis: Basis::Price,
        spelling: Spelling::IndexPoints,
        frequency: Frequency::Session,
        assumed: true,
        vintage: false,
        source: source.to_owned(),
        rows: rows
            .iter()
            .map(|&(date, value)| SeriesRow { date: day(date), value, known_at: close(date) })
            .collect(),
    }
}

/// Total returns of a fund as one vintage.
pub(crate) fn adjusted(id: &str, source: &str, rows: &[(&str, f64)]) -> SeriesBlock {
    SeriesBlock {
        basis: Basis::Total,
        spelling: Spelling::Usd,
        vintage: true,
        ..closes(id, source, rows)
    }
}

/// A file that holds series.
pub(crate) fn file(name: &str, series: Vec<SeriesBlock>) -> Delivery {
    delivery(name, Batch { series, ..Batch::default() })
}

/// A file with a hash that follows from its content.
pub(crate) fn delivery(name: &str, batch: Batch) -> Delivery {
    let text = format!("{batch:?}");
    let hash = text.bytes().fold(7_u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(b)));
    let file = ImportedFile {
        name: name.to_owned(),
        bytes: text.len() as u64,
        sha256: format!("{hash:016x}{:048}", text.len()),
        rows: batch.series.iter().map(|b| b.rows.len() as u64).sum(),
    };
    Delivery { file, batch }
}

/// Imports files that must be good.
pub(crate) fn import(lake: &Lake, files: Vec<Delivery>) -> ImportReport {
    lake.import(files, BadRows::Refuse, &Silent).unwrap()
}

/// The values of a series as a version holds them.
pub(crate) fn values(lake: &Lake, version: Option<u64>, id: &str) -> Vec<(String, f64)> {
    let rows = lake.rows(version, &Needs::of(vec![id.to_owned()], Reach::Series)).unwrap();
    assert!(rows.series.iter().all(|b| b.id == id));
    let rows = rows.series.iter().flat_map(|b| b.rows.iter());
    rows.map(|r| (r.date.to_string(), r.value)).collect()
}

/// One row of every kind.
pub(crate) fn everything() -> Batch {
    let announced = Event {
        entity: "FED".to_owned(),
        kind: "policy_rate".to_owned(),
        date: day("2025-09-17"),
        known_at: day("2025-09-17").at(14, 0, 0, 0),
        values: BTreeMap::from([("lower".to_owned(), 0.04), ("upper".to_owned(), 0.0425)]),
        dates: BTreeMap::from([("effective".to_owned(), day("2025-09-18"))]),
        source: "fed/target.csv".into(),
    };
    let recession = Event {
        entity: "US".to_owned(),
        kind: "recession".to_owned(),
        date: day("1929-08-01"),
        known_at: day("1930-01-01").at(0, 0, 0, 0),
        values: BTreeMap::new(),
        dates: BTreeMap::new(),
        source: "recessions.csv".into(),
    };
    let bar = Bar {
        date: day("2025-09-18"),
        open: Some(241.5),
        high: Some(245.0),
        low: None,
        close: Some(244.25),
        adjusted_close: Some(243.9),
        volume: Some(51e6),
    };
    Batch {
        series: vec![
            closes("RUT", "rut.csv", &[("2025-09-17", 2407.35), ("2025-09-18", 2467.70)]),
            closes("SPX", "spx.csv", &[("1928-01-03", 17.76), ("2025-09-18", 6631.96)]),
            adjusted("IWM", "etf.csv", &[("2025-09-18", 243.9)]),
        ],
        bars: vec![BarBlock {
            symbol: "IWM".to_owned(),
            frequency: Frequency::Session,
            source: "etf.csv".to_owned(),
            rows: vec![bar],
        }],
        holdings: vec![holding("BE", Some(0.6)), holding("Größe AG", None)],
        fundamentals: vec![
            fundamental("trailingPE", Some(20.1), None),
            fundamental("sector", None, Some("Energy")),
        ],
        events: vec![
            EventRow { event: announced, text: Some("The Committee decided …".to_owned()) },
            EventRow { event: recession, text: None },
        ],
        statements: vec![statement(15.4)],
        bad: Vec::new(),
    }
}

/// A position of a fund.
pub(crate) fn holding(ticker: &str, weight: Option<f64>) -> Holding {
    Holding {
        fund: "IWM".to_owned(),
        date: day("2025-11-05"),
        ticker: ticker.to_owned(),
        name: ticker.to_lowercase(),
        sector: "Energy".to_owned(),
        asset_class: "Equity".to_owned(),
        market_value: Some(1e8),
        weight,
        quantity: Some(1e6),
        price: Some(100.0),
        exchange: "NYSE".to_owned(),
    }
}

fn fundamental(item: &str, value: Option<f64>, text: Option<&str>) -> Fundamental {
    Fundamental {
        symbol: "BE".to_owned(),
        date: day("2026-08-08"),
        item: item.to_owned(),
        value,
        text: text.map(str::to_owned),
        source: "fundamentals.csv".to_owned(),
    }
}

/// A published figure.
pub(crate) fn statement(value: f64) -> Statement {
    Statement {
        as_of: "2025-09".to_owned(),
        entity: "RUT".to_owned(),
        metric: "pe_forward".to_owned(),
        definition: "excluding losses".to_owned(),
        value,
        unit: "ratio".to_owned(),
        publisher: "somebody".to_owned(),
        where_read: "a page".to_owned(),
    }
}
