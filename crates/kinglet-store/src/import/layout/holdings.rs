//! Positions of a fund on one day, as iShares publishes them or in the same columns.

use kinglet_core::identity::KNOWN;
use kinglet_core::time::Date;

use super::Layout;
use crate::import::cell;
use crate::import::sheet::Sheet;
use crate::rows::{BadRow, Batch, Fundamental, Holding};

pub(super) const LAYOUT: Layout = Layout {
    name: "holdings of a fund (iShares)",
    recognise: |s| s.has(&["ticker", "name", "market_value"]) && s.column(WEIGHT).is_some(),
    read,
};

const WEIGHT: &[&str] = &["weight_pct", "weight"];

fn read(sheet: &Sheet<'_>, batch: &mut Batch) {
    let Some(date) = day(sheet) else {
        let reason = "the day of the holdings is not given: put it into the name of the file, \
                      such as iwm_holdings_2025-11-05.csv";
        let file = sheet.source().into();
        batch.bad.push(BadRow { file, line: 1, column: None, reason: reason.to_owned() });
        return;
    };
    let held_by = fund(sheet);
    let at = |names: &[&str]| sheet.column(names);
    let texts = [&["ticker"][..], &["name"], &["sector"], &["asset_class"], &["exchange"]].map(at);
    let numbers = [&["market_value"][..], WEIGHT, &["quantity", "shares"], &["price"]].map(at);
    let mut holdings = Vec::new();
    sheet.each(&mut batch.bad, |row| {
        let [ticker, name, sector, asset_class, exchange] =
            texts.map(|at| at.and_then(|at| row.text(at)).unwrap_or_default().to_owned());
        let [market_value, weight, quantity, price] =
            numbers.map(|at| at.and_then(|at| row.number(at)));
        let fund = held_by.clone();
        holdings.push(Holding {
            fund,
            date,
            ticker,
            name,
            sector,
            asset_class,
            market_value,
            weight,
            quantity,
            price,
            exchange,
        });
        Some(())
    });
    batch.holdings.extend(holdings);
    batch.fundamentals.extend(shares_outstanding(sheet).map(|shares| Fundamental {
        symbol: fund(sheet),
        date,
        item: "shares_outstanding".to_owned(),
        value: Some(shares),
        text: None,
        source: sheet.source(),
    }));
}

/// Of the fund itself, from the preamble (`Shares Outstanding,"281,300,000.00"`).
fn shares_outstanding(sheet: &Sheet<'_>) -> Option<f64> {
    let preamble = String::from_utf8_lossy(sheet.preamble);
    let line = preamble.lines().find(|l| l.to_lowercase().starts_with("shares outstanding"))?;
    cell::number(line.split_once(',')?.1.trim_matches(['"', ' ', ',']))
}

/// From the preamble (`Fund Holdings as of,"Nov 05, 2025"`), else from the name of the file.
fn day(sheet: &Sheet<'_>) -> Option<Date> {
    let preamble = String::from_utf8_lossy(sheet.preamble);
    let line = preamble.lines().find(|l| l.to_lowercase().contains("holdings as of"));
    let given = line.and_then(|l| cell::date(l.split_once(',')?.1.trim_matches(['"', ' ', ','])));
    given.or_else(|| sheet.day())
}

/// The fund whose name stands in the preamble, else the first word of the name of the file.
fn fund(sheet: &Sheet<'_>) -> String {
    let preamble = String::from_utf8_lossy(sheet.preamble);
    let named = KNOWN.iter().find(|k| preamble.lines().any(|l| l.trim_matches('"') == k.name));
    let first = || sheet.stem().split(['_', '-', ' ']).next().unwrap_or_default().to_uppercase();
    named.map_or_else(first, |k| k.code.to_owned())
}
