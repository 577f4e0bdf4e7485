//! The facts that are compiled into the program: closes, official figures and published statements,
//! each table with its source in `facts/README.md`.

use std::path::Path;
use std::sync::Arc;

use kinglet_core::time::Date;
use kinglet_core::view::View;

use crate::assemble;
use crate::import::layout;
use crate::rows::Batch;

mod annual;

/// Names the content of the tables: the first digits of their SHA-256.
pub const VERSION: &str = "facts-e8abbe70";

/// Every table that is laid out as files of the field are.
const TABLES: [Source; 9] = [
    Source { name: "index_month_end.csv", text: include_str!("../facts/index_month_end.csv") },
    Source {
        name: "index_daily_recent.csv",
        text: include_str!("../facts/index_daily_recent.csv"),
    },
    Source { name: "macro_monthly.csv", text: include_str!("../facts/macro_monthly.csv") },
    Source { name: "shiller_monthly.csv", text: include_str!("../facts/shiller_monthly.csv") },
    Source {
        name: "size_premium_monthly.csv",
        text: include_str!("../facts/size_premium_monthly.csv"),
    },
    Source { name: "fed_target.csv", text: include_str!("../facts/fed_target.csv") },
    Source { name: "fomc_meetings.csv", text: include_str!("../facts/fomc_meetings.csv") },
    Source { name: "recessions.csv", text: include_str!("../facts/recessions.csv") },
    Source { name: "statements.csv", text: include_str!("../facts/statements.csv") },
];

/// One embedded table.
#[derive(Clone, Copy, Debug)]
struct Source {
    name: &'static str,
    text: &'static str,
}

impl Source {
    /// As it stands in the evidence of an answer.
    fn label(self) -> String {
        format!("facts/{}", self.name)
    }

    /// What the table holds, read as any file of its layout.
    fn read(self) -> Batch {
        let mut batch = Batch::default();
        layout::read(Path::new(self.name), self.text.as_bytes(), &mut batch)
            .expect("a test reads every table");
        let label: Arc<str> = self.label().into();
        for series in &mut batch.series {
            series.source = label.to_string();
        }
        for row in &mut batch.events {
            row.event.source = Arc::clone(&label);
        }
        batch
    }
}

/// A view of the facts that were public at the end of `as_of`; without it, at the end of the last
/// session that the closes cover.
pub fn view(as_of: Option<Date>) -> View {
    assemble::view(VERSION, as_of, &[batch()])
}

/// The facts as row blocks.
pub fn batch() -> Batch {
    let mut all = Batch::default();
    for mut part in TABLES.into_iter().map(Source::read).chain([annual::total_returns()]) {
        all.series.append(&mut part.series);
        all.events.append(&mut part.events);
        all.statements.append(&mut part.statements);
        all.bad.append(&mut part.bad);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_names_the_content() {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        let (prices, others) = TABLES.split_at(2);
        for table in prices.iter().chain([&annual::TABLE]).chain(others) {
            hash.update(table.name);
            hash.update([0]);
            hash.update(table.text);
        }
        let digest = hash.finalize();
        let hex: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
        assert_eq!(VERSION, format!("facts-{hex}"), "the tables changed: set VERSION");
    }

    #[test]
    fn every_row_is_read() {
        assert_eq!(batch().bad, []);
    }
}
