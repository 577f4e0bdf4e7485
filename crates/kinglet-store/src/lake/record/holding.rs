//! Positions of funds.

use std::cmp::Ordering;

use datafusion::arrow::array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use kinglet_core::diagnostic::Diagnostic;

use super::super::cells::column;
use super::super::table::Table;
use super::{Record, dates, day, number, numbers, text};
use crate::rows::Holding;

impl Record for Holding {
    const TABLE: Table = Table::Holdings;

    fn by_group(&self, other: &Self) -> Ordering {
        (&self.fund, self.date).cmp(&(&other.fund, other.date))
    }

    fn within_group(&self, other: &Self) -> Ordering {
        (&self.ticker, &self.name, &self.asset_class).cmp(&(
            &other.ticker,
            &other.name,
            &other.asset_class,
        ))
    }

    fn columns(rows: &[Self]) -> Vec<ArrayRef> {
        vec![
            text(rows.iter().map(|r| r.fund.as_str())),
            dates(rows.iter().map(|r| r.date)),
            text(rows.iter().map(|r| r.ticker.as_str())),
            text(rows.iter().map(|r| r.name.as_str())),
            text(rows.iter().map(|r| r.sector.as_str())),
            text(rows.iter().map(|r| r.asset_class.as_str())),
            numbers(rows.iter().map(|r| r.market_value)),
            numbers(rows.iter().map(|r| r.weight)),
            numbers(rows.iter().map(|r| r.quantity)),
            numbers(rows.iter().map(|r| r.price)),
            text(rows.iter().map(|r| r.exchange.as_str())),
        ]
    }

    fn rows(batch: &RecordBatch) -> Result<Vec<Self>, Diagnostic> {
        let words = |name| column::<StringArray>(batch, name);
        let values = |name| column::<Float64Array>(batch, name);
        let (fund, ticker, name) = (words("fund")?, words("ticker")?, words("name")?);
        let (sector, class, exchange) =
            (words("sector")?, words("asset_class")?, words("exchange")?);
        let (market, weight) = (values("market_value")?, values("weight")?);
        let (quantity, price) = (values("quantity")?, values("price")?);
        let date = column(batch, "date")?;
        let row = |i: usize| {
            Ok(Holding {
                fund: fund.value(i).to_owned(),
                date: day::<Self>(date, i)?,
                ticker: ticker.value(i).to_owned(),
                name: name.value(i).to_owned(),
                sector: sector.value(i).to_owned(),
                asset_class: class.value(i).to_owned(),
                market_value: number(market, i),
                weight: number(weight, i),
                quantity: number(quantity, i),
                price: number(price, i),
                exchange: exchange.value(i).to_owned(),
            })
        };
        (0..batch.num_rows()).map(row).collect()
    }
}
