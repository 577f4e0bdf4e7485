//! What is true: closes at the ends of months, and monthly rates.

use std::collections::BTreeMap;

use crate::random::Random;

const CLOSES: &str = include_str!("../../kinglet-store/facts/index_month_end.csv");
const RATES: &str = include_str!("../../kinglet-store/facts/macro_monthly.csv");

/// A month, counted from January of year 0.
pub(crate) type Month = usize;

/// Month to value, for each code.
pub(crate) struct World {
    closes: BTreeMap<&'static str, BTreeMap<Month, (u8, f64)>>,
    rates: BTreeMap<&'static str, BTreeMap<Month, f64>>,
}

/// The indexes with the names that they have in articles.
pub(crate) const INDEXES: [(&str, &[&str]); 3] = [
    ("RUT", &["the Russell 2000", "the small-cap Russell 2000", "the Russell 2000 Index"]),
    ("SPX", &["the S&P 500", "the S&P 500 Index", "the benchmark S&P 500"]),
    ("IXIC", &["the Nasdaq Composite", "the Nasdaq", "the technology-heavy Nasdaq Composite"]),
];

/// The first month at whose end all indexes have had a close for some years.
const FIRST: Month = 1991 * 12;

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `August`
pub(crate) fn name(month: Month) -> &'static str {
    NAMES[month % 12]
}

/// `August 2025`
pub(crate) fn dated(month: Month) -> String {
    format!("{} {}", name(month), month / 12)
}

impl World {
    pub(crate) fn read() -> World {
        let mut world = World { closes: BTreeMap::new(), rates: BTreeMap::new() };
        for (date, id, value) in rows(CLOSES) {
            let day = date.get(8..).and_then(|day| day.parse().ok()).unwrap_or(28);
            world.closes.entry(id).or_default().insert(month(date), (day, value));
        }
        for (date, id, value) in rows(RATES) {
            world.rates.entry(id).or_default().insert(month(date), value);
        }
        world
    }

    /// The last month that an article knows, and the day after it on which it appears.
    pub(crate) fn publication(&self, random: &mut Random) -> (Month, String) {
        let last = self.closes["RUT"].keys().next_back().copied().unwrap_or(FIRST);
        // Feeds are mostly of late; a third of the articles come from archives.
        let from = if random.one_in(3) { FIRST } else { last - 36 };
        let month = from + random.below(last - from);
        let (year, number) = ((month + 1) / 12, (month + 1) % 12 + 1);
        (month, format!("{year}-{number:02}-{:02}", 14 + random.below(14)))
    }

    /// The close at the end of a month.
    pub(crate) fn close(&self, code: &str, month: Month) -> Option<f64> {
        self.closes.get(code)?.get(&month).map(|(_, close)| *close)
    }

    /// The last session of a month.
    pub(crate) fn last_session(&self, code: &str, month: Month) -> Option<u8> {
        self.closes.get(code)?.get(&month).map(|(day, _)| *day)
    }

    /// The return from the end of one month to that of another, in per cent.
    pub(crate) fn gain(&self, code: &str, (base, end): (Month, Month)) -> Option<f64> {
        Some(100.0 * (self.close(code, end)? / self.close(code, base)? - 1.0))
    }

    /// A rate in a month, in per cent.
    pub(crate) fn rate(&self, code: &str, month: Month) -> Option<f64> {
        self.rates.get(code)?.get(&month).copied()
    }

    /// How many months up to this one have had gains (or all losses, negative).
    pub(crate) fn run(&self, code: &str, month: Month) -> Option<i32> {
        let up = self.gain(code, (month - 1, month))? > 0.0;
        let mut length = 0;
        while (self.gain(code, (month - length - 1, month - length))? > 0.0) == up {
            length += 1;
        }
        i32::try_from(length).ok().map(|length| if up { length } else { -length })
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, f64)> {
    table.lines().skip(1).filter_map(|line| {
        let mut fields = line.split(',');
        Some((fields.next()?, fields.next()?, fields.next()?.parse().ok()?))
    })
}

/// The month of a date.
fn month(date: &str) -> Month {
    let part = |range: std::ops::Range<usize>| date.get(range).and_then(|p| p.parse().ok());
    part(0..4).unwrap_or(0) * 12 + part(5..7).unwrap_or(1) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the closes in the README: 2211.65 at the end of July 2025, 2366.42 a month later.
    #[test]
    fn the_tables_are_read() {
        let world = World::read();
        let august = 2025 * 12 + 7;
        assert_eq!(world.close("RUT", august), Some(2366.42));
        assert_eq!(world.last_session("RUT", august), Some(29));
        let gain = world.gain("RUT", (august - 1, august)).expect("two closes");
        assert!((gain - 6.998).abs() < 1e-3);
        assert_eq!((dated(august), name(august)), ("August 2025".to_owned(), "August"));
    }
}
