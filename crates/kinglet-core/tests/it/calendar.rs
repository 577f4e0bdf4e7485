//! The calendar of the exchange against the sessions of real data, and the algebra of periods.

use super::shared::closes;
use kinglet_core::time::{Calendar, Date};

/// Every session since 1953 of two indexes is one of the calendar and the other way round.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn sessions_are_those_of_the_data() {
    for file in ["index/spx_daily.csv", "index/rut_daily.csv"] {
        let dates: Vec<Date> = closes(file).into_iter().map(|(date, _)| date).collect();
        let dates: Vec<Date> = dates.into_iter().filter(|d| d.year() >= 1953).collect();
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        let calendar = Calendar::nyse(last, &[]);
        let ours: Vec<Date> =
            calendar.sessions().iter().copied().filter(|d| (first..=last).contains(d)).collect();
        let extra: Vec<&Date> = ours.iter().filter(|d| !dates.contains(d)).collect();
        let missing: Vec<&Date> = dates.iter().filter(|d| !ours.contains(d)).collect();
        assert!(extra.is_empty() && missing.is_empty(), "{file}: {extra:?} {missing:?}");
    }
}
