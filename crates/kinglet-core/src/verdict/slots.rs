//! From a claim to the queries that it may stand for, through the catalogue.

use super::Tag;
use super::event::{Event, Outcome};
use crate::article::{Claim, Comparator};
use crate::definition::ParamKind;
use crate::identity::{Basis, Entity, Kind};
use crate::metrics::find;
use crate::quantity::Unit;
use crate::time::{Calendar, CalendarPeriod, Date, Grain, Period};

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
    /// Of a study: the condition that makes an event.
    pub(super) event: Option<Event>,
    /// Which end of a target range.
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
    let spread = slots.entity.starts_with("CURVE:") && matches!(slots.period, Period::At(_));
    let change_of_rate = slots.metric == "yield" && slots.unit != "percent" && !spread;
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
            event: None,
            bound: bound.filter(|_| claim.metric == "policy_rate"),
        };
        slots.period = slots.settled(period, published);
        slots
    }

    /// The period in the form that the measure takes, ending no later than the publication.
    pub(super) fn settled(&self, period: Period, published: Date) -> Period {
        let today = CalendarPeriod::day(published);
        let runs_on = |p: CalendarPeriod| {
            p.grain != Grain::Day && p.first_day() <= published && p.last_day() > published
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

    /// The text of the query.
    pub(super) fn text(&self) -> Result<String, Gap> {
        let (e, p) = (&self.entity, self.period);
        let basis = match self.basis {
            Basis::Price => "",
            Basis::Total => ", basis: total",
        };
        match self.metric {
            "return_spread" => {
                let versus = self.other_side()?;
                Ok(format!("return({e}, {p}{basis}) - return({versus}, {p}{basis})"))
            }
            "streak" => self.streak(),
            "record_count" | "event_count" if self.run.is_some() => self.count(),
            "event_hit_rate"
            | "event_mean_return"
            | "event_successes"
            | "event_count"
            | "event_excess_return"
                if self.event.is_some() =>
            {
                self.study()
            }
            "yield" if e.starts_with("CURVE:") && is_state(self) => {
                Ok(format!("yield_spread({e}, {p})"))
            }
            "yield" if !is_state(self) => Ok(format!("rate_change({e}, {p})")),
            "policy_rate" => {
                let bound = self.bound.map_or(String::new(), |b| format!(", bound: {b}"));
                Ok(format!("policy_rate({e}, {p}{bound})"))
            }
            "drawdown" | "distance_from_high" if self.is_fall() => Ok(format!("return({e}, {p})")),
            "distance_from_high" if self.unit == "index_points" => Err(Gap::new(
                Tag::NoSeries,
                "a distance in points follows from two printed levels only",
            )),
            "distance_from_high" => {
                let since = self.since.map_or_else(String::new, |day| format!(", since: {day}"));
                Ok(format!("distance_from_high({e}, {p}{since}{basis})"))
            }
            metric => self.plain(metric, basis),
        }
    }

    /// Whether a drawdown is printed from one named close to another.
    fn is_fall(&self) -> bool {
        match self.period {
            Period::Between(a, b) => a.grain == Grain::Day && b.grain == Grain::Day,
            Period::Calendar(p) => self.metric == "drawdown" && p.grain == Grain::Day,
            _ => false,
        }
    }

    fn other_side(&self) -> Result<&str, Gap> {
        self.versus
            .as_deref()
            .ok_or_else(|| Gap::new(Tag::EntityUnknown, "the text does not name the other side"))
    }

    /// A catalogued measure of one entity over one period.
    fn plain(&self, metric: &str, basis: &str) -> Result<String, Gap> {
        let unknown = || {
            if metric.starts_with("event_") {
                return Gap::new(Tag::EventUndefined, "the event is not defined in the text");
            }
            Gap::new(Tag::NoSeries, format!("no data give `{metric}`"))
        };
        let definition = &find(metric).ok_or_else(unknown)?.definition;
        let required: Vec<ParamKind> =
            definition.params.iter().filter(|p| !p.optional).map(|p| p.kind).collect();
        if required != [ParamKind::Entity, ParamKind::Period] {
            return Err(unknown());
        }
        let takes_basis = definition.params.iter().any(|p| p.kind == ParamKind::Basis);
        let basis = if takes_basis { basis } else { "" };
        Ok(format!("{metric}({}, {}{basis})", self.entity, self.period))
    }

    fn streak(&self) -> Result<String, Gap> {
        let (grain, step) =
            self.run.ok_or_else(|| Gap::new(Tag::PeriodOpen, "the steps of the run are open"))?;
        let last = self
            .period
            .last_day()
            .ok_or_else(|| Gap::new(Tag::PeriodOpen, "the end of the run is open"))?;
        let (e, each) = (&self.entity, grain.name());
        let other = match &self.versus {
            Some(versus) => format!("return({versus}, {each})"),
            None => "0".to_owned(),
        };
        let condition = match step {
            Step::Up => format!("return({e}, {each}) > {other}"),
            Step::Down => format!("return({e}, {each}) < {other}"),
            Step::Record => format!("record({e}, {each})"),
        };
        let ending = CalendarPeriod::containing(grain, last);
        Ok(format!("streak({condition}, ending: {ending})"))
    }

    /// How often something happened in a period of whole units or so far in one.
    fn count(&self) -> Result<String, Gap> {
        let open = || Gap::new(Tag::PeriodOpen, "the period of the count is open");
        let (_, step) = self.run.ok_or_else(open)?;
        let (first, last) = match self.period {
            Period::Calendar(p) => (p.first_day(), p.last_day()),
            Period::ToDate(grain, day) => (CalendarPeriod::containing(grain, day).first_day(), day),
            Period::Between(a, b) => (a.first_day(), b.last_day()),
            _ => return Err(open()),
        };
        let e = &self.entity;
        let condition = match step {
            Step::Record => format!("record({e}, day)"),
            Step::Up => format!("rate_change({e}, day) > 0"),
            Step::Down => format!("rate_change({e}, day) < 0"),
        };
        Ok(format!("count({condition}, since: {first}, until: {last})"))
    }

    /// What followed the events of a study.
    fn study(&self) -> Result<String, Gap> {
        let undefined =
            || Gap::new(Tag::EventUndefined, "the text does not say what followed when");
        let event = self.event.ok_or_else(undefined)?;
        let Period::Forward(horizon) = self.period else { return Err(undefined()) };
        let (metric, entity, versus) = (self.metric, &self.entity, self.versus.as_deref());
        event.followed(&Outcome { metric, entity, versus, horizon }).ok_or_else(undefined)
    }
}

/// The steps that a run may have: those named in its token (`nine-week`) or by its unit; else those
/// of its period, those that the words around it name, and days.
pub(super) fn steps(claim: &Claim, sentence: &str) -> Vec<Grain> {
    let token = claim.printed.text.to_lowercase();
    let by_word = |text: &str| {
        [
            ("week", Grain::Week),
            ("month", Grain::Month),
            ("quarter", Grain::Quarter),
            ("year", Grain::Year),
            ("annual", Grain::Year),
            ("day", Grain::Day),
            ("session", Grain::Day),
            ("daily", Grain::Day),
        ]
        .into_iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, grain)| grain)
    };
    let by_unit = match claim.unit {
        "days" => Some(Grain::Day),
        "months" => Some(Grain::Month),
        "years" => Some(Grain::Year),
        _ => None,
    };
    let by_period = match claim.period {
        Some(Period::Calendar(p) | Period::Between(_, p)) if p.grain != Grain::Day => Some(p.grain),
        _ => None,
    };
    if let Some(grain) = by_word(&token).or(by_unit) {
        return vec![grain];
    }
    let around = by_word(&sentence.to_lowercase());
    let days = claim.period.map(|_| Grain::Day).filter(|_| by_period.is_none());
    let mut found: Vec<Grain> = by_period.into_iter().chain(around).chain(days).collect();
    found.dedup();
    found
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
