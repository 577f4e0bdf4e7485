//! The data that questions are asked of: one version of a lake with the embedded facts below it,
//! or the facts alone.
//!
//! What the lake has of an id stands for that id entirely; so do its events for an entity and kind.
//! The facts give what the lake lacks: other ids and, of a series by month or quarter that ends
//! earlier in the lake, what is later. Closes by session are never continued: of these the facts
//! have gaps.

mod check;
mod coverage;

use std::collections::BTreeSet;

use kinglet_core::columns::Frequency;
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::time::Date;
use kinglet_core::view::View;

use crate::assemble;
use crate::facts;
use crate::lake::{Lake, Manifest, Needs, Sheet, sql_of_facts};
use crate::rows::{Batch, SeriesBlock};

pub use coverage::{Coverage, Shown, SourceCoverage, TableCoverage};

/// One version of the data.
#[derive(Debug)]
pub struct Data {
    lake: Option<(Lake, Manifest)>,
}

impl Data {
    /// The embedded facts.
    pub fn facts() -> Data {
        Data { lake: None }
    }

    /// A version of a lake, or the newest, above the facts.
    pub fn of(lake: Lake, version: Option<u64>) -> Result<Data, Diagnostic> {
        let manifest = lake.manifest(version)?;
        Ok(Data { lake: Some((lake, manifest)) })
    }

    /// Names the content: `facts-9f8e7d6c`, or `lake-7-1a2b3c4d+facts-9f8e7d6c`.
    pub fn version(&self) -> String {
        match &self.lake {
            None => facts::VERSION.to_owned(),
            Some((_, manifest)) => format!("{}+{}", manifest.name(), facts::VERSION),
        }
    }

    /// The lake and its version.
    pub fn lake(&self) -> Option<(&Lake, &Manifest)> {
        self.lake.as_ref().map(|(lake, manifest)| (lake, manifest))
    }

    /// What was public at the end of `as_of`; without it, at the end of the last session that the
    /// prices cover.
    pub fn view(&self, as_of: Option<Date>, needs: &Needs) -> Result<View, Diagnostic> {
        if self.lake.is_none() {
            return Ok(facts::view(as_of));
        }
        let layers = self.layers(needs)?;
        let through = as_of.unwrap_or_else(|| self.end(&layers));
        Ok(assemble::view(&self.version(), Some(through), &layers))
    }

    /// The last session that the prices cover, also those that are not in the layers.
    fn end(&self, layers: &[Batch]) -> Date {
        let lake = self.lake.as_ref().and_then(|(_, manifest)| manifest.prices_through);
        lake.max(assemble::prices_end(layers)).unwrap_or_else(|| assemble::data_end(layers))
    }

    /// The answer to an SQL query.
    pub fn sql(&self, query: &str) -> Result<Sheet, Diagnostic> {
        let facts = facts::batch();
        match &self.lake {
            None => sql_of_facts(query, &facts),
            Some((lake, manifest)) => lake.sql(query, Some(manifest.version), &facts),
        }
    }

    /// The rows of the lake, and those of the facts that it lacks.
    fn layers(&self, needs: &Needs) -> Result<[Batch; 2], Diagnostic> {
        let mut facts = facts::batch();
        let Some((lake, manifest)) = &self.lake else { return Ok([Batch::default(), facts]) };
        let above = lake.rows(Some(manifest.version), &widened(needs, &facts))?;
        facts.series.retain_mut(|fact| is_left_by(&above, fact));
        let kinds: BTreeSet<(&str, &str)> =
            above.events.iter().map(|r| (&*r.event.entity, &*r.event.kind)).collect();
        facts.events.retain(|r| !kinds.contains(&(&r.event.entity, &r.event.kind)));
        Ok([above, facts])
    }
}

/// Whether something of a series of the facts stands beside those of the lake: only that is left.
fn is_left_by(lake: &Batch, fact: &mut SeriesBlock) -> bool {
    let mut of_id = lake.series.iter().filter(|block| block.id == fact.id).peekable();
    if of_id.peek().is_none() {
        return true;
    }
    let continues = |block: &&SeriesBlock| {
        let alike = (block.basis, block.spelling, block.frequency)
            == (fact.basis, fact.spelling, fact.frequency);
        alike && !block.vintage && !fact.vintage && matches!(block.frequency, Frequency::Period(_))
    };
    let (alike, others): (Vec<_>, Vec<_>) = of_id.partition(continues);
    let last = alike.iter().flat_map(|block| block.rows.iter().map(|row| row.date)).max();
    let Some(last) = last.filter(|_| others.is_empty()) else { return false };
    fact.rows.retain(|row| row.date > last);
    !fact.rows.is_empty()
}

/// Codes as the ids under which the lake may have them. The ids of the facts are always needed:
/// they decide which of the facts stand, how far the data reach, and which days before 1953 were
/// sessions.
fn widened(needs: &Needs, facts: &Batch) -> Needs {
    let Some(codes) = &needs.ids else { return needs.clone() };
    let mut ids: BTreeSet<String> =
        codes.iter().flat_map(|code| assemble::series_ids(code)).collect();
    ids.extend(facts.series.iter().map(|b| b.id.clone()));
    Needs::of(ids.into_iter().collect(), needs.reach)
}
