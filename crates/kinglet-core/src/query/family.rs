//! Families of periods: the unbroken stretch in which a query has values, the periods of it for
//! which a condition holds, and what followed them.

use std::sync::Arc;

use jiff::ToSpan;

use super::column::{Cell, MISSING_MAX, Values};
use super::evaluate::Binding;
use super::{Evaluator, Expr};
use crate::answer::{Notice, Row, Undefined};
use crate::quantity::Unit;
use crate::time::{CalendarPeriod, Date, Grain, Interval};

/// The most rows that an answer names; the newest are kept.
const ROWS_MAX: usize = 100;
/// Up to so many outcomes are computed one by one.
const DIRECT_MAX: usize = 200;
/// The most periods that a notice names.
const NAMED_MAX: usize = 6;

/// One period of a family with the value of the query in it or after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The period.
    pub period: CalendarPeriod,
    /// The value, in the unit of the query.
    pub value: f64,
}

impl Member {
    /// Whether a condition holds in it.
    pub fn holds(&self) -> bool {
        self.value != 0.0
    }
}

/// The values of a query over a family of periods, oldest first.
#[derive(Clone, Debug)]
pub struct Family {
    /// The periods with their values; empty only where a condition picked none.
    pub members: Vec<Member>,
    /// The unit of the values.
    pub unit: Unit,
    /// From the base of the first to the end of the last period that was looked at.
    pub interval: Interval,
    /// Clipped starts, outcomes that are not over yet.
    pub notices: Vec<Notice>,
    /// The size of its periods.
    pub grain: Grain,
}

impl Family {
    /// That a condition picked no period whose outcome is over.
    pub fn no_event(&self) -> Undefined {
        let over = self.notices.iter().find(|n| n.code == "censored");
        let reason = over.map_or_else(
            || "the condition holds in no period".to_owned(),
            |notice| notice.text.clone(),
        );
        Undefined::new("no_event", reason)
    }

    /// The unit in which its members are counted as a length of time.
    pub fn length_unit(&self) -> Unit {
        match self.grain {
            Grain::Day => Unit::Days,
            Grain::Month => Unit::Months,
            Grain::Year => Unit::Years,
            Grain::Week | Grain::Quarter | Grain::Half => Unit::Count,
        }
    }
}

/// The bounds that a query gives to a family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The first period; none for where the data begin.
    pub since: Option<CalendarPeriod>,
    /// The last period; none for where the data end.
    pub until: Option<CalendarPeriod>,
}

impl Evaluator<'_> {
    /// The values of an open expression over the unbroken stretch of its family, within bounds.
    ///
    /// The stretch ends with the last period that has a value (with `until`: in the last one that
    /// ends by then) and goes back until a value is missing. A stretch that begins more than a year
    /// after `since` would answer another question than was asked: it is undefined.
    ///
    /// # Errors
    /// `outside_coverage`, `period_open`, `no_series`
    pub fn family(&self, expr: &Expr, bounds: Bounds) -> Result<Family, Undefined> {
        let grain = grain_of(expr)?;
        let values = Values::of(self, expr, grain)?;
        let mut period = self.newest(&values, grain, bounds)?;
        if let Some(since) = bounds.since.filter(|since| since.first_day() > period.last_day()) {
            let last = bounds.until.map_or(self.view().cutoff.through, CalendarPeriod::last_day);
            let reason = format!("{since} begins on {}, after {last}", since.first_day());
            return Err(Undefined::new("outside_coverage", reason));
        }
        let oldest = bounds.since.map(|since| first_within(grain, since));
        let mut members = Vec::new();
        // The stretch begins with the data where a value is missing before `since` is reached.
        let begins_with_data = loop {
            if oldest.is_some_and(|oldest| period < oldest) {
                break false;
            }
            match values.at(self, period) {
                Cell::Value(value) => members.push(Member { period, value }),
                Cell::NoSession => {}
                Cell::Missing => break true,
            }
            period = period.plus(-1);
        };
        members.reverse();
        let (Some(first), Some(last)) = (members.first(), members.last()) else {
            return Err(self.nothing(expr, &values, bounds));
        };
        let begun = first.period.first_day();
        let at = |period| self.outcome(expr, Some(Binding { period }));
        let notices = match bounds.since.filter(|_| begins_with_data) {
            Some(since) => {
                let notice = clipped(&format!("`{expr}`"), begun, since);
                let because = |why: Undefined| match at(period) {
                    Err(missing) => Undefined::new(
                        why.code,
                        format!("{}: in {period}, {}", why.reason, missing.reason),
                    ),
                    Ok(_) => why,
                };
                notice.map_err(because)?.into_iter().collect()
            }
            None => Vec::new(),
        };
        let (start, finish) = (at(first.period)?, at(last.period)?);
        let interval = Interval {
            base: start.interval.and_then(|i| i.base.or(Some(i.end))),
            end: finish.interval.map_or(last.period.last_day(), |i| i.end),
        };
        let unit = finish.quantity.unit;
        Ok(Family { members, unit, interval, notices, grain })
    }

    /// The values of a query in or after each period in which a condition holds.
    ///
    /// Outcomes that are not over at the cutoff are left out and counted in a notice.
    pub(super) fn family_when(
        &self,
        expr: &Expr,
        condition: &Expr,
        bounds: Bounds,
    ) -> Result<Family, Undefined> {
        let asked = self.family(condition, bounds)?;
        let hits = asked.members.iter().rev().filter(|m| m.holds()).map(|m| m.period);
        let hits: Vec<CalendarPeriod> = hits.collect();
        // Of many it is cheaper to keep the values of all periods: other thresholds ask them again.
        let kept = match hits.len() > DIRECT_MAX {
            true => Some(Values::of(self, expr, asked.grain)?),
            false => None,
        };
        let mut notices = asked.notices;
        let (mut members, mut open) = (Vec::new(), Vec::new());
        for period in hits {
            if let Some(Cell::Value(value)) = kept.as_ref().map(|values| values.at(self, period)) {
                members.push(Member { period, value });
                continue;
            }
            match self.outcome(expr, Some(Binding { period })) {
                Ok(outcome) => members.push(Member { period, value: outcome.quantity.value }),
                Err(why) if why.code == "not_over" => open.push(period),
                Err(why) if bounds.since.is_some() || members.is_empty() => {
                    let reason = format!("`{expr}` has no value for {period}: {}", why.reason);
                    return Err(Undefined::new("outside_coverage", reason));
                }
                Err(_) => {
                    let text = format!("`{expr}` has no value for {period} and before");
                    notices.push(Notice { code: "clipped", text });
                    break;
                }
            }
        }
        members.reverse();
        open.reverse();
        if !open.is_empty() {
            let text = format!(
                "`{expr}` is not over for {} of {} periods, which are left out: {}",
                open.len(),
                open.len() + members.len(),
                named(&open)
            );
            notices.push(Notice { code: "censored", text });
        }
        let unit = match members.first() {
            Some(first) => {
                self.outcome(expr, Some(Binding { period: first.period }))?.quantity.unit
            }
            None => Unit::Ratio,
        };
        Ok(Family { members, unit, interval: asked.interval, notices, grain: asked.grain })
    }

    /// The periods up to `ending` in which a condition holds without a break.
    pub(super) fn run(
        &self,
        condition: &Expr,
        ending: CalendarPeriod,
    ) -> Result<Family, Undefined> {
        let bounds = Bounds { since: None, until: Some(ending) };
        let grain = grain_of(condition)?;
        let values = Values::of(self, condition, grain)?;
        let mut period = self.newest(&values, grain, bounds)?;
        let (mut last, mut members) = (None, Vec::new());
        let is_broken = loop {
            match values.at(self, period) {
                Cell::Value(value) => {
                    last.get_or_insert(period);
                    let member = Member { period, value };
                    if !member.holds() {
                        break true;
                    }
                    members.push(member);
                }
                Cell::NoSession => {}
                Cell::Missing => break false,
            }
            period = period.plus(-1);
        };
        let last = last.ok_or_else(|| self.nothing(condition, &values, bounds))?;
        if last != ending {
            return Err(match values.at(self, ending) {
                Cell::NoSession => {
                    Undefined::new("no_session", format!("there is no session in {ending}"))
                }
                _ => {
                    let reason = format!("`{condition}` has no value in {ending}");
                    Undefined::new("outside_coverage", reason)
                }
            });
        }
        if !is_broken {
            let reason = format!(
                "`{condition}` holds in all {} periods of the data to {ending}, perhaps for longer",
                members.len()
            );
            return Err(Undefined::new("outside_coverage", reason));
        }
        members.reverse();
        let at = |period| self.outcome(condition, Some(Binding { period }));
        let (start, finish) = (at(members.first().map_or(ending, |m| m.period))?, at(ending)?);
        let interval = Interval {
            base: start.interval.and_then(|i| i.base),
            end: finish.interval.map_or(ending.last_day(), |i| i.end),
        };
        let unit = finish.quantity.unit;
        Ok(Family { members, unit, interval, notices: Vec::new(), grain })
    }

    /// The period with which the stretch ends.
    fn newest(
        &self,
        values: &Values,
        grain: Grain,
        bounds: Bounds,
    ) -> Result<CalendarPeriod, Undefined> {
        let view = self.view();
        let mut period = CalendarPeriod::containing(grain, view.cutoff.through);
        if let Some(until) = bounds.until {
            let (end, last) = (view.cutoff.through, until.last_day());
            if last > end && view.calendar.count(end, last) > 0 {
                let reason = format!("{until} ends on {last}, after the data end {end}");
                return Err(Undefined::new("outside_coverage", reason));
            }
            return Ok(period.min(last_within(grain, until)));
        }
        for _ in 0..MISSING_MAX {
            if let Cell::Value(_) = values.at(self, period) {
                break;
            }
            period = period.plus(-1);
        }
        Ok(period)
    }

    fn nothing(&self, expr: &Expr, values: &Values, bounds: Bounds) -> Undefined {
        // What the data lack after the last period that is asked for, or is over, is no reason.
        let until = bounds.until.unwrap_or(CalendarPeriod::day(self.view().cutoff.through));
        let up_to = expr.open().grain.and_then(|grain| {
            let period = last_within(grain, until);
            self.outcome(expr, Some(Binding { period })).err()
        });
        let why = up_to.or_else(|| values.missing(self));
        if let Some(why) = why.as_ref().filter(|why| why.code == "no_series") {
            return why.clone();
        }
        let show = |bound: Option<CalendarPeriod>, edge: &str| {
            bound.map_or_else(|| edge.to_owned(), |b| b.to_string())
        };
        let because = why.map_or_else(String::new, |why| format!(": {}", why.reason));
        let reason = format!(
            "`{expr}` has no value between {} and {}{because}",
            show(bounds.since, "the first session"),
            show(bounds.until, "the data's end")
        );
        Undefined::new("outside_coverage", reason)
    }

    /// One row for each period, with the value that was looked at: of a comparison, its left side.
    /// Of very many, the newest, and a notice.
    pub(super) fn rows(
        &self,
        expr: &Expr,
        members: &[Member],
    ) -> Result<(Vec<Row>, Option<Notice>), Undefined> {
        let shown = match expr {
            Expr::Binary(op, left, _) if op.is_comparison() => left,
            other => other,
        };
        let series = shown.to_string().into();
        let after = shown.open().forward;
        let rows = members[members.len().saturating_sub(ROWS_MAX)..].iter().map(|member| {
            let outcome = self.outcome(shown, Some(Binding { period: member.period }))?;
            let close = outcome.interval.map(|i| i.base.filter(|_| after).unwrap_or(i.end));
            Ok(Row {
                series: Arc::clone(&series),
                date: close.unwrap_or(member.period.last_day()),
                value: outcome.quantity.value,
                unit: outcome.quantity.unit,
                source: outcome.source(),
            })
        });
        let rows = rows.collect::<Result<Vec<Row>, Undefined>>()?;
        let cut = (members.len() > ROWS_MAX).then(|| {
            let text = format!("the rows name the last {ROWS_MAX} of {} periods", members.len());
            Notice { code: "rows_shortened", text }
        });
        Ok((rows, cut))
    }
}

/// What to say of data that begin after `since`: nothing, a notice, or, where more than a year is
/// lacking, that there is no answer.
pub(super) fn clipped(
    what: &str,
    begin: Date,
    since: CalendarPeriod,
) -> Result<Option<Notice>, Undefined> {
    let from = since.first_day();
    if begin <= from {
        return Ok(None);
    }
    let text = format!("the data for {what} begin on {begin}, after {since}");
    if begin > from.saturating_add(1.year()) {
        return Err(Undefined::new("outside_coverage", text));
    }
    Ok(Some(Notice { code: "clipped", text }))
}

/// The size of the periods that an expression leaves open.
fn grain_of(expr: &Expr) -> Result<Grain, Undefined> {
    expr.open().grain.ok_or_else(|| {
        let reason = format!("`{expr}` has no family of periods such as `month`");
        Undefined::new("period_open", reason)
    })
}

/// The first period of a grain that lies wholly after a bound has begun.
fn first_within(grain: Grain, since: CalendarPeriod) -> CalendarPeriod {
    let period = CalendarPeriod::containing(grain, since.first_day());
    if period.first_day() < since.first_day() { period.plus(1) } else { period }
}

/// The last period of a grain that is over when a bound is.
fn last_within(grain: Grain, until: CalendarPeriod) -> CalendarPeriod {
    let period = CalendarPeriod::containing(grain, until.last_day());
    if period.last_day() > until.last_day() { period.plus(-1) } else { period }
}

/// `2025-05, 2025-06` or `2025-05, 2025-06 and 9 more`.
fn named(periods: &[CalendarPeriod]) -> String {
    let names: Vec<String> = periods.iter().take(NAMED_MAX).map(ToString::to_string).collect();
    match periods.len().saturating_sub(NAMED_MAX) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
