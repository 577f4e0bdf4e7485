//! Bars of a subject: unbroken stretches of sessions with highs, lows and volumes.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::Scope;
use crate::answer::{Notice, Outcome, Row, Undefined};
use crate::columns::{Bar, Bars};
use crate::definition::Param;
use crate::quantity::Quantity;
use crate::time::{Date, Interval};

/// Bars.
impl<'a> Scope<'a> {
    /// The bars of a subject.
    ///
    /// # Errors
    /// `no_bars`
    pub fn bars(&self, subject: &Param) -> Result<&'a Bars, Undefined> {
        self.view().bars(self.entity(subject).code())
    }

    /// The bars of the sessions through one, oldest first: as many as there are without a gap, but
    /// no more than the larger count.
    ///
    /// # Errors
    /// `too_short` if they are fewer than the smaller count, `no_observation` if there is none.
    pub fn unbroken_bars(
        &self,
        bars: &'a Bars,
        end: Date,
        count: RangeInclusive<usize>,
    ) -> Result<&'a [Bar], Undefined> {
        let rows = bars.rows();
        let through = &rows[..rows.partition_point(|bar| bar.date <= end)];
        let Some(newest) = through.last().filter(|bar| bar.date == end) else {
            let last = through.last().map_or_else(|| "none".to_owned(), |b| b.date.to_string());
            let reason = format!("{} has no bar of {end}; the last before is {last}", bars.id);
            return Err(Undefined::new("no_observation", reason));
        };
        let sessions = self.calendar().between(through[0].date, newest.date).iter().rev();
        let matching = sessions.zip(through.iter().rev()).take(*count.end());
        let found = matching.take_while(|(session, bar)| **session == bar.date).count();
        if found >= *count.start() {
            return Ok(&through[through.len() - found..]);
        }
        let reason = format!(
            "{} has bars without a gap for {found} sessions through {end}; it takes {}",
            bars.id,
            count.start()
        );
        Err(Undefined::new("too_short", reason))
    }

    /// The outcome of a computation from bars in a row; its rows are the closes at both ends.
    pub fn bars_outcome(&self, bars: &Bars, used: &[Bar], quantity: Quantity) -> Outcome {
        let (first, last) = (used[0], used[used.len() - 1]);
        let text = format!("{} bars in a row", used.len());
        Outcome {
            quantity,
            interval: Some(Interval::between(first.date, last.date)),
            rows: [first, last].map(|bar| bars_row(bars, bar)).into(),
            notices: vec![Notice { code: "counted", text }],
        }
    }
}

/// The close of a bar as a row for the evidence.
fn bars_row(bars: &Bars, bar: Bar) -> Row {
    Row {
        series: Arc::clone(&bars.id),
        date: bar.date,
        value: bar.close,
        unit: bars.unit,
        source: Arc::clone(&bars.source),
    }
}

/// What was traded in each session.
///
/// # Errors
/// `incomplete` where the source lacks the volume of a session.
pub fn volumes(bars: &Bars, used: &[Bar]) -> Result<Vec<f64>, Undefined> {
    let volume = |bar: &Bar| {
        bar.volume.ok_or_else(|| {
            let reason = format!("{} has no volume for {}", bars.id, bar.date);
            Undefined::new("incomplete", reason)
        })
    };
    used.iter().map(volume).collect()
}
