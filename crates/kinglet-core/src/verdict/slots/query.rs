//! The text of the query that slots stand for.

use std::fmt::{self, Write};

use super::super::Tag;
use super::super::study::Study;
use super::{Gap, Slots, Step, is_state};
use crate::definition::ParamKind;
use crate::identity::Basis;
use crate::metrics::find;
use crate::query::{Arg, Call, Expr, Op, Query};
use crate::time::{CalendarPeriod, Date, Grain, Period};

/// A formatted text of at most the usual length of a query: `format!` would make room step by step.
fn text(arguments: fmt::Arguments<'_>) -> String {
    const LENGTH: usize = 80;
    let mut text = String::with_capacity(LENGTH);
    text.write_fmt(arguments).expect("a string takes all that is written");
    text
}

impl Slots {
    /// The query, where it asks a measure of one entity over one period or for the difference of
    /// two: most do, and to write and read a text takes longer. What cannot be asked is left to
    /// [`Slots::text`].
    pub(in super::super) fn query(&self) -> Option<Query> {
        if self.study.is_some() || !self.period.is_sayable() {
            return None;
        }
        let expr = match self.metric {
            "return" | "level" | "point_change" | "annualized_return" => {
                self.call(self.metric, &self.entity)?
            }
            "return_spread" => {
                let side = |entity| self.call("return", entity).map(Box::new);
                Expr::Binary(Op::Subtract, side(&self.entity)?, side(self.versus.as_deref()?)?)
            }
            _ => return None,
        };
        Query::new(expr).ok()
    }

    /// A measure of an entity over the period.
    fn call(&self, metric: &str, entity: &str) -> Option<Expr> {
        let mut call = Call::new(find(metric)?);
        let [subject, period, ..] = &mut call.args[..] else { return None };
        (*subject, *period) = (Some(Arg::entity(entity)?), Some(Arg::Period(self.period)));
        if self.basis == Basis::Total {
            let mut kinds = call.metric.definition.params.iter();
            if let Some(slot) = kinds.position(|p| p.kind == ParamKind::Basis) {
                call.args[slot] = Some(Arg::Basis(self.basis));
            }
        }
        Some(Expr::Call(call))
    }

    /// The text of the query.
    pub(in super::super) fn text(&self) -> Result<String, Gap> {
        let (e, p) = (&self.entity, self.period);
        let basis = match self.basis {
            Basis::Price => "",
            Basis::Total => ", basis: total",
        };
        if let Some(study) = &self.study {
            return self.of_cases(study);
        }
        match self.metric {
            "return_spread" => {
                let versus = self.other_side()?;
                Ok(text(format_args!("return({e}, {p}{basis}) - return({versus}, {p}{basis})")))
            }
            "extremum" => {
                let kind = self.bound.unwrap_or("highest");
                Ok(format!("extremum({e}, {p}, kind: {kind})"))
            }
            "streak" => self.streak(),
            "record_count" | "event_count" if self.run.is_some() => self.count(),
            "yield" if self.is_slope() => self.slope(),
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

    /// The slope of a curve at a moment, or by how much it changed.
    fn slope(&self) -> Result<String, Gap> {
        let e = &self.entity;
        let spread = |day: Date| format!("yield_spread({e}, @{day})");
        let eve = |p: CalendarPeriod| p.first_day().yesterday().ok();
        let (from, to) = match self.period {
            Period::At(p) => return Ok(format!("yield_spread({e}, @{p})")),
            Period::Calendar(p) => (eve(p), p.last_day()),
            Period::ToDate(grain, day) => (eve(CalendarPeriod::containing(grain, day)), day),
            Period::Between(a, b) => (Some(a.last_day()), b.last_day()),
            _ => (None, Date::default()),
        };
        let open = || Gap::new(Tag::PeriodOpen, "the text does not say since when");
        Ok(format!("{} - {}", spread(to), spread(from.ok_or_else(open)?)))
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
        Ok(text(format_args!("{metric}({}, {}{basis})", self.entity, self.period)))
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
        Ok(text(format_args!("streak({condition}, ending: {ending})")))
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
    fn of_cases(&self, study: &Study) -> Result<String, Gap> {
        let undefined =
            || Gap::new(Tag::EventUndefined, "the text does not say what followed when");
        study.text(self.metric, &self.entity).ok_or_else(undefined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of every kind of period, the query that is built is the one that its text says.
    #[test]
    fn queries_are_those_of_their_texts() {
        let periods = "2025-08-28 2025-W35 2025-08 2025-Q3 2025-H1 2025 ytd@2025-06-12 \
             10y@2025-08-28 5d@2025-08-28 2025-06-12..2025-09-18 1980..2025-12-10 @2025-09-18 \
             @2025-09 2024..2025";
        let of = |metric, period, basis| Slots {
            metric,
            unit: "percent",
            entity: "UST:10y".to_owned(),
            versus: Some("SPX".to_owned()),
            period,
            basis,
            run: None,
            since: None,
            study: None,
            bound: None,
        };
        for metric in ["return", "level", "point_change", "annualized_return", "return_spread"] {
            for period in periods.split_whitespace().map(|p| p.parse().expect("a period")) {
                for basis in [Basis::Price, Basis::Total] {
                    let slots = of(metric, period, basis);
                    let text = slots.text().expect("a text");
                    assert_eq!(slots.query(), text.parse().ok(), "{text}");
                    assert!(slots.query().is_some(), "{text}");
                }
            }
        }
        let (later, far) = (CalendarPeriod::year(2025), CalendarPeriod::year(1700));
        for period in [Period::Between(later, CalendarPeriod::year(2024)), Period::Calendar(far)] {
            let slots = of("return", period, Basis::Price);
            assert!(slots.text().expect("a text").parse::<Query>().is_err());
            assert_eq!(slots.query(), None);
        }
    }
}
