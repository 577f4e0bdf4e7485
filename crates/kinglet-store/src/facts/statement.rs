//! Published figures among the facts.

use kinglet_core::view::Statement;

use super::Source;
use crate::rows::Batch;

/// Figures with publisher and place.
pub(super) fn published(source: Source, batch: &mut Batch) {
    let mut rows = Vec::new();
    source.each(batch, |row| {
        let value = row.needed(4)?;
        let mut text = |column| row.text(column).map(str::to_owned);
        rows.push(Statement {
            as_of: text(0)?,
            entity: text(1)?,
            metric: text(2)?,
            definition: text(3)?,
            value,
            unit: text(5)?,
            publisher: text(6)?,
            where_read: text(7)?,
        });
        Some(())
    });
    batch.statements.extend(rows);
}

/// Total returns of calendar years. The price returns of the table are computed from the closes and
/// so no evidence of their own.
pub(super) fn annual_returns(source: Source, batch: &mut Batch) {
    let mut rows = Vec::new();
    source.each(batch, |row| {
        let year = row.text(0)?.to_owned();
        let id = row.text(1)?.to_owned();
        let value = row.number(3)?;
        let (entity, site) = match (id.as_str(), year.as_str()) {
            ("SPX", _) => ("S&P 500", "slickcharts.com"),
            ("RUT", "2010") => ("Russell 2000", "financeandinvestments.blogspot.com"),
            ("RUT", _) => ("Russell 2000", "owiki.org"),
            _ => (id.as_str(), "chartrow.com"),
        };
        rows.push(Statement {
            as_of: year,
            entity: entity.to_owned(),
            metric: "total_return".to_owned(),
            definition: "calendar year, distributions reinvested".to_owned(),
            value,
            unit: "pct".to_owned(),
            publisher: site.to_owned(),
            where_read: site.to_owned(),
        });
        Some(())
    });
    batch.statements.extend(rows);
}
