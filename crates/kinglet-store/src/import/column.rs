//! One series while its rows are read: what is declared of it turns dates and values into rows.

use kinglet_core::columns::Frequency;
use kinglet_core::identity::Basis;
use kinglet_core::time::{Calendar, CalendarPeriod, Date, Grain};

use crate::declared::{Declared, Release, declaration, price, undeclared};
use crate::rows::{SeriesBlock, SeriesRow};

/// A series that grows row by row.
#[derive(Clone, Debug)]
pub struct Column {
    declared: Declared,
    calendar: Calendar,
    block: SeriesBlock,
}

impl Column {
    /// A series of this id, as declared; without a declaration a price by session.
    pub fn named(id: &str, source: &str) -> Column {
        Column::declared(id, declaration(id).unwrap_or_else(|| price(id)), source)
    }

    /// A series under a declaration.
    pub fn declared(id: &str, declared: Declared, source: &str) -> Column {
        let block = SeriesBlock {
            id: id.to_owned(),
            basis: Basis::Price,
            spelling: declared.spelling,
            frequency: declared.frequency,
            assumed: declared.release != Release::Close,
            vintage: false,
            source: source.to_owned(),
            rows: Vec::new(),
        };
        Column { declared, calendar: Calendar::new(Vec::new()), block }
    }

    /// A total return, whole as one vintage.
    #[must_use]
    pub fn total_return(mut self) -> Column {
        self.block.basis = Basis::Total;
        self.block.vintage = true;
        self
    }

    /// The same rows as of a series of which nothing is declared, not as prices.
    #[must_use]
    pub fn undeclared(self) -> Column {
        let rows = self.block.rows;
        let declared = undeclared(frequency(rows.iter().map(|r| r.date)));
        let mut column = Column::declared(&self.block.id, declared, &self.block.source);
        rows.into_iter().for_each(|row| column.push(row.date, row.value));
        column
    }

    /// Adds the value for a date, or for the period in which the date lies.
    pub fn push(&mut self, date: Date, value: f64) {
        let date = match self.block.frequency {
            Frequency::Session => date,
            Frequency::Period(grain) => CalendarPeriod::containing(grain, date).first_day(),
        };
        let known_at = self.declared.release.known_at(date, &self.calendar);
        let value = value * self.declared.scale;
        self.block.rows.push(SeriesRow { date, value, known_at });
    }

    /// The series.
    pub fn into_block(self) -> SeriesBlock {
        self.block
    }
}

/// Periods where each date is the first day of one, as official series are dated; else days.
fn frequency(dates: impl Iterator<Item = Date> + Clone) -> Frequency {
    let of = |grain| {
        let mut dates = dates.clone();
        dates.all(|date| CalendarPeriod::containing(grain, date).first_day() == date)
    };
    let grains = [Grain::Year, Grain::Half, Grain::Quarter, Grain::Month];
    grains.into_iter().find(|grain| of(*grain)).map_or(Frequency::Session, Frequency::Period)
}
