//! Days that stand among the cells of a row.

use super::super::number::Measure;
use super::super::period::Expr;
use super::super::scene::Scene;
use super::head::Head;
use crate::time::{CalendarPeriod, Grain};

/// The days that stand in a row before its figures, each of them before what is told of it.
pub(super) struct Days {
    first: Option<CalendarPeriod>,
    last: Option<CalendarPeriod>,
}

impl Days {
    pub(super) fn of(label: &Head) -> Days {
        let first = match label.time {
            Some(Expr::Span(day)) if day.grain == Grain::Day => Some(day),
            _ => None,
        };
        Days { first, last: None }
    }

    /// Whether a cell is another day and no figure.
    pub(super) fn takes(&mut self, scene: &Scene) -> bool {
        let day = match scene.times.as_slice() {
            [time] if time.first == scene.range.start && time.end == scene.range.end => time.expr,
            _ => return false,
        };
        match day {
            Expr::Span(day) if day.grain == Grain::Day && self.first.is_some() => {
                self.last = Some(day);
                true
            }
            _ => false,
        }
    }

    /// The heads of a cell behind a second day: a level is that day's, a change is that of the time
    /// between the two.
    pub(super) fn head(&self, label: &Head, column: Head, scene: &Scene) -> (Head, Head) {
        let label = label.clone().beside(&column);
        let Some((first, last)) = self.first.zip(self.last) else { return (label, column) };
        let change =
            scene.quantities.iter().any(|q| q.sign.is_some() || q.measure == Measure::Percent);
        let time = if change && first < last { Expr::Range(first, last) } else { Expr::Span(last) };
        (Head { time: Some(time), ..label }, Head { time: None, ..column })
    }
}
