//! Checks of the data: files that changed, rows in disorder, and values that look wrong. A finding
//! is a question to the source, not a verdict: markets do jump.

use kinglet_core::columns::{Frequency, Series};
use kinglet_core::diagnostic::Diagnostic;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{Calendar, Date};

use super::{Data, coverage};
use crate::finding::{Finding, Kind};
use crate::lake::Needs;
use crate::rows::BarBlock;

/// A jump of half, up or down: `ln 1.5`.
const JUMP: f64 = 0.405_465_108_108_164_4;
/// Of the jump, what may be left after the session in which it comes back.
const LEFT: f64 = 0.25;
/// So many equal prices in a row are odd: of an index or fund, and of a share, which may hardly
/// trade.
const STALE_SERIES: usize = 5;
const STALE_SHARE: usize = 10;

impl Data {
    /// All that is odd, damage first.
    pub fn check(&self) -> Result<Vec<Finding>, Diagnostic> {
        let mut findings = Vec::new();
        if let Some((lake, manifest)) = self.lake() {
            findings = lake.flaws(manifest)?;
            if findings.iter().any(|f| f.kind == Kind::Damaged) {
                return Ok(findings);
            }
            for block in lake.bars(manifest)? {
                check_bars(&block, &mut findings);
            }
        }
        let view = self.view(None, &Needs::ALL)?;
        for (id, _, series) in view.all_series().filter(|(id, _, series)| *id == &*series.id) {
            check_series(id, series, &view.calendar, &mut findings);
        }
        findings.sort_by(|a, b| (a.kind, &a.subject, a.date).cmp(&(b.kind, &b.subject, b.date)));
        findings.dedup();
        Ok(findings)
    }
}

fn check_series(id: &str, series: &Series, calendar: &Calendar, findings: &mut Vec<Finding>) {
    let missing = coverage::missing(series, calendar);
    if let Some(&first) = missing.first() {
        let what = match series.frequency {
            Frequency::Session => "session",
            Frequency::Period(grain) => grain.name(),
        };
        let fact = format!("{} without a value, first {first}", counted(missing.len(), what));
        findings.push(Finding { kind: Kind::Gap, subject: id.to_owned(), date: Some(first), fact });
    }
    let price = matches!(series.unit, Unit::Points | Unit::Money);
    if !price || series.frequency != Frequency::Session {
        return;
    }
    let rows: Vec<(Date, f64)> = series.observations().iter().map(|r| (r.date, r.value)).collect();
    check_prices(id, &rows, STALE_SERIES, findings);
    let closed = |date: Date| {
        calendar.sessions().first().is_some_and(|&f| f <= date) && !calendar.is_session(date)
    };
    let odd: Vec<Date> = rows.iter().map(|r| r.0).filter(|&d| closed(d)).collect();
    if let Some(&first) = odd.first() {
        let days = counted(odd.len(), "day");
        let fact = format!("{days} on which the exchange was closed, first {first}");
        let subject = id.to_owned();
        findings.push(Finding { kind: Kind::NoSession, subject, date: Some(first), fact });
    }
}

fn check_bars(block: &BarBlock, findings: &mut Vec<Finding>) {
    if block.frequency != Frequency::Session {
        return;
    }
    let closes = block.rows.iter();
    let closes = closes.filter_map(|r| Some((r.date, r.close.or(r.adjusted_close)?)));
    check_prices(&block.symbol, &closes.collect::<Vec<_>>(), STALE_SHARE, findings);
}

/// Spikes, and the longest run of equal prices.
fn check_prices(id: &str, rows: &[(Date, f64)], stale: usize, findings: &mut Vec<Finding>) {
    let positive = rows.iter().all(|r| r.1 > 0.0);
    for triple in rows.windows(3).filter(|_| positive) {
        let [(_, before), (date, at), (_, after)] = triple else { continue };
        let (there, left) = ((at / before).ln(), (after / before).ln());
        if there.abs() >= JUMP && left.abs() <= there.abs() * LEFT {
            let fact = format!("{before} → {at} → {after}");
            let subject = id.to_owned();
            findings.push(Finding { kind: Kind::Spike, subject, date: Some(*date), fact });
        }
    }
    let runs = rows.chunk_by(|a, b| a.1.to_bits() == b.1.to_bits());
    let longest = runs.filter(|run| run.len() >= stale).max_by_key(|run| run.len());
    if let Some(run) = longest {
        let (date, value) = run[0];
        let fact = format!("{value} for {}", counted(run.len(), "session"));
        let subject = id.to_owned();
        findings.push(Finding { kind: Kind::StaleRun, subject, date: Some(date), fact });
    }
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
