//! Total returns of calendar years, each as stated by the site on which it was read. The price
//! returns of the table are computed from the closes and so no evidence of their own.

use std::path::Path;

use kinglet_core::view::Statement;

use super::Source;
use crate::import::table::Table;
use crate::rows::Batch;

/// Year, id, price return, total return.
pub(super) const TABLE: Source =
    Source { name: "index_annual.csv", text: include_str!("../../facts/index_annual.csv") };

/// The statements.
pub(super) fn total_returns() -> Batch {
    let mut batch = Batch::default();
    let (mut bad, statements) = (Vec::new(), &mut batch.statements);
    Table::new(Path::new(TABLE.name), TABLE.text.as_bytes(), 0).each(&mut bad, |row| {
        let text = |field: Option<&str>| field.unwrap_or_default().to_owned();
        let (year, id) = (text(row.text(0)), text(row.text(1)));
        let Some(value) = row.number(3) else { return };
        let (entity, site) = match (id.as_str(), year.as_str()) {
            ("SPX", _) => ("S&P 500", "slickcharts.com"),
            ("RUT", "2010") => ("Russell 2000", "financeandinvestments.blogspot.com"),
            ("RUT", _) => ("Russell 2000", "owiki.org"),
            _ => (id.as_str(), "chartrow.com"),
        };
        statements.push(Statement {
            as_of: year,
            entity: entity.to_owned(),
            metric: "total_return".to_owned(),
            definition: "calendar year, distributions reinvested".to_owned(),
            value,
            unit: "pct".to_owned(),
            publisher: site.to_owned(),
            where_read: site.to_owned(),
        });
    });
    batch.bad = bad;
    batch
}
