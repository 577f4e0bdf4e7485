//! From a claim to the queries that it may stand for, through the catalogue.

mod query;
pub(super) mod step;

use super::Tag;
use super::study::Study;
use crate::article::{Claim, Comparator};
use crate::identity::{Basis, Entity, Kind};
use crate::quantity::Unit;
use crate::time::{Calendar, CalendarPeriod, Date, Grain, Period, is_session};

/// What is repeated in a run, or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Gains, or being ahead of the other.
    Up,
    /// Losses, or being behind the other.
    Down,
    /// Record closes.
    Record,
}

/// What a claim asks, as slots that a wrong reading may change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slots {
    pub(super) metric: &'static str,
    pub(super) unit: &'static str,
    pub(super) entity: String,
    pub(super) versus: Option<String>,
    pub(super) period: Period,
    pub(super) basis: Basis,
    /// Of a run or a count: the size and kind of its steps.
    pub(super) run: Option<(Grain, Step)>,
    /// Of a high: the first day that counts.
    pub(super) since: Option<Date>,
    /// Of a figure that stands for many cases: what they are.
    pub(super) study: Option<Study>,
    /// Which end of a target range, or of the closes of a period.
    pub(super) bound: Option<&'static str>,
}

/// Why a claim has no query.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gap {
    pub(super) tag: Tag,
    pub(super) reason: String,
}

impl Gap {
    pub(super) fn new(tag: Tag, reason: impl Into<String>) -> Gap {
        Gap { tag, reason: reason.into() }
    }
}

/// The funds that follow indexes; each has dividends in its total return.
const FUNDS: &[(&str, &str)] = &[
    ("RUT", "IWM"),
    ("RUI", "IWB"),
    ("RUA", "IWV"),
    ("RUJ", "IWN"),
    ("RUO", "IWO"),
    ("SPX", "SPY"),
    ("MID", "IJH"),
    ("SML", "IJR"),
    ("NDX", "QQQ"),
];

/// The fund that follows an index.
pub(super) fn fund(entity: &str) -> Option<&'static str> {
    FUNDS.iter().find(|(index, _)| *index == entity).map(|(_, fund)| *fund)
}

/// The index by which a group of companies is measured.
pub(super) fn proxy(entity: &str) -> Option<&'static str> {
    match entity {
        "US_SMALL" => Some("RUT"),
        "US_LARGE" | "US_EQUITY" => Some("SPX"),
        _ => None,
    }
}

/// Indexes that are taken for each other.
pub(super) const SISTERS: [&str; 4] = ["RUT", "SPX", "IXIC", "NDX"];

/// Whether the measure is a state at a moment rather than a change over a period.
pub(super) fn is_state(slots: &Slots) -> bool {
    let at = matches!(slots.period, Period::At(_));
    let change_of_rate =
        slots.metric == "yield" && slots.unit != "percent" && !(slots.is_slope() && at);
    !change_of_rate
        && matches!(
            slots.metric,
            "level" | "policy_rate" | "yield" | "unemployment" | "inflation" | "distance_from_high"
        )
}

/// Whether it is measured on closing prices.
pub(super) fn is_price(metric: &str) -> bool {
    matches!(metric, "level" | "return" | "point_change" | "distance_from_high" | "drawdown")
}

/// Whether it is another one with every hour of the exchange.
pub(super) fn moves_by_the_hour(metric: &str) -> bool {
    is_price(metric) || metric == "return_spread"
}

/// Whether it is a state of which every session has its own.
pub(super) fn is_daily(metric: &str) -> bool {
    matches!(metric, "level" | "yield" | "policy_rate" | "distance_from_high")
}

impl Slots {
    /// The slots of a claim for one of its periods.
    pub(super) fn of(claim: &Claim, period: Period, published: Date) -> Slots {
        let bound = match claim.comparator {
            Comparator::RangeLow => Some("lower"),
            Comparator::RangeHigh => Some("upper"),
            _ => None,
        };
        let mut slots = Slots {
            metric: claim.metric,
            unit: claim.unit,
            entity: claim.entity.clone(),
            versus: claim.versus.clone(),
            period,
            basis: claim.basis.unwrap_or(Basis::Price),
            run: None,
            since: None,
            study: None,
            bound: bound.filter(|_| claim.metric == "policy_rate"),
        };
        slots.period = slots.settled(period, published);
        slots
    }

    /// The period in the form that the measure takes, ending no later than the publication.
    pub(super) fn settled(&self, period: Period, published: Date) -> Period {
        let today = CalendarPeriod::day(published);
        let runs_on = |p: CalendarPeriod| {
            let rest = std::iter::successors(published.tomorrow().ok(), |day| day.tomorrow().ok());
            p.grain != Grain::Day
                && p.first_day() <= published
                && rest.take_while(|day| *day <= p.last_day()).any(is_session)
        };
        let state = is_state(self);
        match period {
            Period::Calendar(p) if state && runs_on(p) => Period::At(today),
            Period::Calendar(p) | Period::Between(_, p) if state => Period::At(p),
            Period::ToDate(_, day) | Period::Trailing(_, day) if state => {
                Period::At(CalendarPeriod::day(day))
            }
            Period::At(p) if !state && self.metric != "streak" => Period::Calendar(p),
            Period::Calendar(p) if runs_on(p) => Period::ToDate(p.grain, published),
            Period::Between(from, to) if runs_on(to) => Period::Between(from, today),
            other => other,
        }
    }

    /// Whether it is the slope of a yield curve.
    pub(super) fn is_slope(&self) -> bool {
        self.entity.starts_with("CURVE:")
    }

    /// The same about another period.
    pub(super) fn during(&self, period: Period) -> Slots {
        Slots { period, ..self.clone() }
    }

    /// The same as a count of steps, day by day.
    pub(super) fn counting(&self, step: Step) -> Slots {
        Slots { run: Some((Grain::Day, step)), ..self.clone() }
    }

    /// The same about another entity.
    pub(super) fn about(&self, entity: &str) -> Slots {
        Slots { entity: entity.to_owned(), ..self.clone() }
    }

    /// The same without distributions.
    pub(super) fn without_distributions(&self) -> Slots {
        Slots { basis: Basis::Price, ..self.clone() }
    }

    /// The same with distributions, of the entity itself.
    pub(super) fn with_distributions(&self) -> Slots {
        Slots { basis: Basis::Total, ..self.clone() }
    }

    /// The same with distributions, of the funds that follow the indexes.
    pub(super) fn by_fund(&self) -> Option<Slots> {
        let of = |entity: &str| match Entity::new(entity).known().map(|k| k.kind) {
            Some(Kind::Fund) => Some(entity.to_owned()),
            _ => fund(entity).map(str::to_owned),
        };
        let versus = match &self.versus {
            Some(versus) => Some(of(versus)?),
            None => None,
        };
        Some(Slots { entity: of(&self.entity)?, versus, basis: Basis::Total, ..self.clone() })
    }
}

/// The number in the claim's unit, where the query's unit allows it.
pub(super) fn number(value: f64, unit: Unit, wanted: &str) -> Option<f64> {
    let rate = matches!(unit, Unit::Fraction | Unit::FractionDifference);
    let counted = matches!(unit, Unit::Count | Unit::Days | Unit::Months | Unit::Years);
    match wanted {
        "percent" | "percentage_points" if rate => Some(value * 100.0),
        "basis_points" if rate => Some(value * 10_000.0),
        "index_points" if unit == Unit::Points => Some(value),
        "usd" if unit == Unit::Money => Some(value),
        "ratio" if unit == Unit::Ratio => Some(value),
        "times" if unit == Unit::Fraction => Some(value + 1.0),
        "count" | "days" | "months" | "years" if counted => Some(value),
        _ => None,
    }
}

/// The same period ending one session earlier, for articles written before the close.
pub(super) fn a_session_earlier(period: Period, calendar: &Calendar) -> Option<Period> {
    use jiff::ToSpan;
    let before = |day: Date| calendar.on_or_before(day - 1.day()).ok();
    Some(match period {
        Period::ToDate(grain, day) => Period::ToDate(grain, before(day)?),
        Period::Trailing(length, day) => Period::Trailing(length, before(day)?),
        Period::At(p) if p.grain == Grain::Day => {
            Period::At(CalendarPeriod::day(before(p.first_day())?))
        }
        Period::Between(from, to) if to.grain == Grain::Day => {
            Period::Between(from, CalendarPeriod::day(before(to.first_day())?))
        }
        _ => return None,
    })
}

/// The state before a period began: of a day that at the close before, of a month that at the end
/// of the month before.
pub(super) fn state_before(period: Period, calendar: &Calendar) -> Option<Period> {
    match period {
        Period::At(p) if p.grain == Grain::Day => a_session_earlier(period, calendar),
        Period::At(p) => Some(Period::At(p.plus(-1))),
        _ => None,
    }
}
