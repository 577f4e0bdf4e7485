//! Over which period, or as of which day, a quantity is said to hold: the time expression that belongs
//! to it, in the sentence, the heading or the sentences before, made a period of the vocabulary.

use jiff::civil::{Date, Weekday};

use super::metric::Reading;
use super::number::{Measure, Quantity};
use super::period::{self, Anchor, Expr, Time};
use super::scene::Scene;
use crate::time::{CalendarPeriod, Grain, Length, LengthUnit, Period};

/// Times known from before the sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Remembered {
    /// From the heading of the list.
    pub(super) heading: Option<Expr>,
    /// From the sentence before, in the same paragraph.
    pub(super) sentence: Option<Expr>,
    /// The last `as of` day of the paragraph.
    pub(super) as_of: Option<CalendarPeriod>,
    /// The last horizon of an event in the paragraph.
    pub(super) horizon: Option<Length>,
    /// The stretch of time that a study in the paragraph looks at.
    pub(super) stretch: Option<Expr>,
    /// The one that the article last looked at.
    pub(super) study: Option<Expr>,
    /// The last month or day of the past that was named.
    pub(super) past: Option<CalendarPeriod>,
    /// The period of the title.
    pub(super) title: Option<Expr>,
}

/// Binds quantities of one sentence to periods.
pub(super) struct Moments<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) anchor: Anchor,
    pub(super) remembered: Remembered,
}

/// Whether a metric is a state rather than a change.
pub(super) fn is_state(metric: &str) -> bool {
    matches!(
        metric,
        "level"
            | "distance_from_high"
            | "pe_trailing"
            | "pe_forward"
            | "pe_average"
            | "pe_range"
            | "pe_discount"
            | "ratio_to"
            | "fair_value_discount"
            | "dividend_yield"
            | "price_to_book"
            | "debt"
            | "debt_share"
            | "margin"
            | "unprofitable_share"
            | "policy_rate"
            | "unemployment"
            | "pmi"
            | "yield"
            | "beta"
            | "correlation"
            | "sharpe"
            | "var"
            | "cvar"
            | "percentile"
            | "z_score"
            | "aum"
            | "market_cap"
            | "weight"
            | "constituents"
            | "share"
            | "moving_average"
            | "rank"
            | "streak"
            | "volatility"
            | "inflation"
            | "other"
    )
}

/// Whether a state is reported by the market day by day, so that it is one of the last session.
fn is_quoted(metric: &str) -> bool {
    matches!(
        metric,
        "level" | "distance_from_high" | "yield" | "rank" | "streak" | "moving_average"
    )
}

/// Whether a state belongs to "now" even where the year or month of publication is named.
fn is_valuation(metric: &str) -> bool {
    metric.starts_with("pe_")
        || matches!(
            metric,
            "ratio_to"
                | "fair_value_discount"
                | "price_to_book"
                | "dividend_yield"
                | "debt"
                | "debt_share"
                | "unprofitable_share"
                | "market_cap"
                | "aum"
                | "constituents"
                | "margin"
        )
}

fn is_event(metric: &str) -> bool {
    metric.starts_with("event_")
}

fn is_horizon(expr: Expr) -> bool {
    matches!(expr, Expr::Ahead(_) | Expr::Length(_))
}

impl Moments<'_> {
    /// The period of a figure and other readings of it.
    pub(super) fn of(&self, q: &Quantity, reading: &Reading) -> (Option<Period>, Vec<Period>) {
        let readings = self.readings(q, reading);
        let mut unique: Vec<Period> = Vec::new();
        for period in readings {
            if !unique.contains(&period) {
                unique.push(period);
            }
        }
        let best = if unique.is_empty() { None } else { Some(unique.remove(0)) };
        (best, unique)
    }

    /// The time expression of the sentence that belongs to a figure, with what speaks against it.
    fn time(&self, q: &Quantity, metric: &str) -> Option<(usize, Time)> {
        self.scene
            .times
            .iter()
            .filter(|t| self.fits(t, q, metric))
            .filter_map(|t| Some((self.cost(t, q, metric)?, *t)))
            .min_by_key(|(cost, t)| (*cost, t.first))
    }

    /// Whether an expression can be the period of this metric at all.
    fn fits(&self, time: &Time, q: &Quantity, metric: &str) -> bool {
        let state = is_state(metric);
        if time.reference {
            // "its Nov. 8 record close of 2,442.74"
            return metric == "level" && time.end <= q.first && q.first - time.end <= 5;
        }
        match time.expr {
            Expr::Ahead(_) => is_event(metric) || matches!(metric, "return" | "return_spread"),
            Expr::Length(length) => {
                let horizon = length.unit != LengthUnit::Years || length.count <= 10;
                let whole = |t: &Time| matches!(t.expr, Expr::Range(..) | Expr::Trailing(_));
                let annual = metric == "annualized_return" && !self.scene.times.iter().any(whole);
                (is_event(metric) || annual) && horizon
            }
            Expr::ToDate(_) if state => matches!(metric, "share" | "other" | "yield" | "streak"),
            Expr::Trailing(_) if state => {
                matches!(metric, "pe_average" | "pe_range" | "volatility")
            }
            Expr::Vague => !state && !is_event(metric),
            _ => true,
        }
    }

    fn cost(&self, time: &Time, q: &Quantity, metric: &str) -> Option<usize> {
        let scene = self.scene;
        let mut cost = if time.first >= q.end {
            let from = self.group_end(q);
            let wall = (from..time.first).any(|i| matches!(scene.key(i), "/" | "|" | ";"));
            if time.first < from || wall || metric == "distance_from_high" {
                return None;
            }
            let crossed = scene.between(from, time.first);
            if crossed > 0
                && (matches!(metric, "rate_change" | "cut_probability") || self.is_verbal(time))
            {
                return None;
            }
            // ", through 2026" or ", which last happened in 2004" dates no state before the comma
            let aside = is_state(metric) && !matches!(metric, "level" | "policy_rate");
            let comma = (from..time.first).any(|i| scene.key(i) == ",");
            if aside && comma && !time.as_of {
                return None;
            }
            let taken = crossed > 0 && self.belongs_to_former(time);
            let gap = time.first - from;
            if taken || (time.adjective && gap > 2) {
                return None;
            }
            1 + gap / 2 + 8 * crossed + 3 * scene.boundary(from, time.first)
        } else {
            let gap = q.first.checked_sub(time.end)?;
            let crossed = scene.between(time.end, q.first);
            let parted = (time.end..q.first).any(|i| matches!(scene.key(i), "and" | ","));
            if time.adjective && (crossed > 0 || gap > 9 || parted) && !is_horizon(time.expr) {
                return None;
            }
            // "12.1% in December and 15.1% this year": the former belongs to what it follows
            let follows = scene
                .quantities
                .iter()
                .any(|o| o.end <= time.first && time.first - o.end <= 5 && o.first != q.first);
            let spent = if follows && crossed == 0 && !time.reference { 6 } else { 0 };
            3 + gap / 2 + 2 * crossed + scene.boundary(time.end, q.first).min(12) + spent
        };
        if is_event(metric) && !is_horizon(time.expr) {
            cost += 3;
        }
        let whole =
            |t: &Time| matches!(t.expr, Expr::ToDate(_) | Expr::Range(..) | Expr::Trailing(_));
        if time.as_of && !is_state(metric) && scene.times.iter().any(whole) {
            cost += 12;
        }
        Some(cost)
    }

    /// Whether a time is part of what somebody does: `to close the week with a loss of 4%`.
    fn is_verbal(&self, time: &Time) -> bool {
        matches!(
            self.scene.key(time.first),
            "close" | "end" | "finish" | "closed" | "ended" | "finished"
        )
    }

    /// Whether the figure right before a time is what it was before: `to 4.32% from 4.25% on Tuesday`.
    fn belongs_to_former(&self, time: &Time) -> bool {
        let scene = self.scene;
        scene.quantities.iter().rev().find(|o| o.end <= time.first).is_some_and(|o| {
            let at = if scene.before(o, 1) == "the" { 2 } else { 1 };
            matches!(scene.before(o, at), "from" | "than" | "versus") && time.first - o.end <= 3
        })
    }

    /// The token after a list of figures that one time may follow: `4.4% and 5.5%, respectively,`.
    fn group_end(&self, q: &Quantity) -> usize {
        let scene = self.scene;
        let mut end = q.end;
        let light = |i: usize| matches!(scene.key(i), "," | "and" | "or");
        for next in scene.quantities.iter().filter(|o| o.first >= q.end) {
            let joined =
                next.first - end <= 3 && (end..next.first).all(light) && next.measure == q.measure;
            if !joined {
                break;
            }
            end = next.end;
        }
        let respectively = (end..end + 2).find(|&i| scene.key(i) == "respectively");
        match respectively {
            Some(at) => at + 1 + usize::from(scene.key(at + 1) == ","),
            None => {
                if end > q.end && !self.listed(q) {
                    q.end
                } else {
                    end
                }
            }
        }
    }

    /// Whether a list of figures has no time between its members, so that one behind is for all.
    fn listed(&self, q: &Quantity) -> bool {
        self.scene.times.iter().filter(|t| t.first >= q.end).count() <= 1
    }

    /// The day as of which what has no date of its own is said.
    fn day(&self, metric: &str) -> Option<Date> {
        let quoted = is_quoted(metric) || !is_state(metric);
        if quoted { self.anchor.session } else { self.anchor.published }
    }

    fn readings(&self, q: &Quantity, reading: &Reading) -> Vec<Period> {
        let metric = reading.metric;
        let found = self.time(q, metric).filter(|_| !self.recalls(metric));
        let time = found.map(|(_, time)| time);
        match metric {
            "return" if self.recalls(metric) => self
                .remembered
                .horizon
                .map_or_else(Vec::new, |length| self.after_event(length, None)),
            "rate_change" | "cut_probability" => self.decision(found, metric),
            "pe_average" | "pe_range" => self.window(q, time),
            "streak" => self.streak(reading, time),
            "rank" => self.rank(q, reading),
            _ if is_event(metric) => self.event(q, reading, found),
            _ if is_state(metric) && !(metric == "yield" && reading.unit != "percent") => {
                self.state(metric, time)
            }
            _ => match time.map(|t| t.expr).or_else(|| self.remembered_change(metric)) {
                Some(expr) => self.change(q, metric, expr, time),
                None => self.default_change(metric),
            },
        }
    }

    /// Whether the sentence goes on with what followed a case: `After the latest of them, in 1997, …`.
    fn recalls(&self, metric: &str) -> bool {
        let scene = self.scene;
        let opens = matches!(scene.key(scene.range.start), "after" | "following");
        let own = scene.times.iter().any(|t| {
            is_horizon(t.expr) || matches!(t.expr, Expr::Span(p) if p.grain < Grain::Year)
        });
        metric == "return" && opens && !own && self.remembered.horizon.is_some()
    }

    /// What a change without a time of its own takes over. `After the latest of them, …` goes as far
    /// as the horizon that was named.
    fn remembered_change(&self, metric: &str) -> Option<Expr> {
        let priced = matches!(metric, "return" | "point_change" | "return_spread" | "yield");
        let long = |e: &Expr| match e {
            Expr::Span(p) => priced || p.grain >= Grain::Quarter,
            _ => priced,
        };
        self.remembered.heading.or(self.remembered.sentence).filter(|e| !is_horizon(*e) && long(e))
    }

    fn default_change(&self, metric: &str) -> Vec<Period> {
        let day = |d: Date| Period::Calendar(CalendarPeriod::day(d));
        let list = |p: Option<Period>| p.into_iter().collect();
        match metric {
            "return" | "point_change" | "return_spread" | "yield" => match self.remembered.title {
                Some(Expr::Span(p)) if p.grain > Grain::Day && self.is_past(p) => {
                    vec![Period::Calendar(p)]
                }
                _ => list(self.anchor.session.map(day)),
            },
            "gdp_growth" => list(
                self.anchor.published.map(|d| Period::Calendar(CalendarPeriod::year(d.year()))),
            ),
            "fund_flow" | "record_count" => {
                list(self.anchor.published.map(|d| Period::ToDate(Grain::Year, d)))
            }
            _ => Vec::new(),
        }
    }

    /// The `as of` of the sentence that ends a period to date.
    fn as_of(&self, q: &Quantity) -> Option<Date> {
        let scene = self.scene;
        scene
            .times
            .iter()
            .filter(|t| !t.reference && (t.first < q.end || scene.between(q.end, t.first) == 0))
            .filter_map(|t| match t.expr {
                Expr::Span(p) if t.as_of && p.grain <= Grain::Month || p.grain == Grain::Day => {
                    Some((t.first.abs_diff(q.first), p.last_day()))
                }
                _ => None,
            })
            .filter(|(_, day)| self.anchor.published.is_none_or(|p| *day <= p))
            .min_by_key(|(gap, _)| *gap)
            .map(|(_, day)| day)
    }

    /// A change over an expression, best reading first.
    fn change(&self, q: &Quantity, metric: &str, expr: Expr, time: Option<Time>) -> Vec<Period> {
        let Anchor { published, session } = self.anchor;
        let list = |p: Option<Period>| p.into_iter().collect();
        match expr {
            Expr::Span(p) => self.calendar_change(q, metric, p),
            Expr::ToDate(grain) => {
                let heading = self.heading_day().filter(|_| grain > Grain::Week);
                let Some(day) = self.as_of(q).or(heading).or(session) else { return Vec::new() };
                let whole = CalendarPeriod::containing(grain, day);
                let to_date = Period::ToDate(grain, day);
                if is_complete(whole, day) {
                    vec![Period::Calendar(whole), to_date]
                } else {
                    vec![to_date]
                }
            }
            Expr::Trailing(length) => {
                list(self.as_of(q).or(published).map(|d| Period::Trailing(length, d)))
            }
            Expr::Ahead(length) | Expr::Length(length) => self.after_event(length, time),
            Expr::Since(start) => {
                let end = if start.grain == Grain::Year { published } else { session };
                let end = end.filter(|d| start.first_day() <= *d);
                list(end.map(|d| Period::Between(start, CalendarPeriod::day(d))))
            }
            Expr::Range(from, to) => vec![Period::Between(from, to)],
            Expr::Vague => Vec::new(),
        }
    }

    /// The last weekday of a heading's day, week or month that is over.
    fn heading_day(&self) -> Option<Date> {
        let Some(Expr::Span(p)) = self.remembered.heading else { return None };
        let last = p.last_day();
        let weekend = (i64::from(last.weekday().to_monday_one_offset()) - 5).max(0);
        let day = last.checked_sub(jiff::Span::new().days(weekend)).ok()?;
        (p.grain <= Grain::Month && self.is_past(p)).then_some(day)
    }

    /// A calendar period; for prices one that is not over is a period to date.
    fn calendar_change(&self, q: &Quantity, metric: &str, p: CalendarPeriod) -> Vec<Period> {
        let whole = vec![Period::Calendar(p)];
        let priced = matches!(
            metric,
            "return"
                | "point_change"
                | "return_spread"
                | "annualized_return"
                | "drawdown"
                | "record_count"
                | "fund_flow"
        );
        let Some(session) = self.anchor.session.filter(|_| priced && p.grain != Grain::Day) else {
            return whole;
        };
        let running =
            p.first_day() <= session && session < p.last_day() && !is_complete(p, session);
        if !running {
            return whole;
        }
        let day = self.as_of(q).filter(|d| (p.first_day()..=p.last_day()).contains(d));
        vec![Period::ToDate(p.grain, day.unwrap_or(session)), Period::Calendar(p)]
    }

    /// So long after an event: from the month or day that was spoken of, if that was long enough ago.
    fn after_event(&self, length: Length, time: Option<Time>) -> Vec<Period> {
        let forward = Period::Forward(length);
        let before = time.and_then(|t| {
            self.scene.times.iter().rev().filter(|o| o.end <= t.first).find_map(|o| match o.expr {
                Expr::Span(p) if p.grain <= Grain::Month => Some(p),
                _ => None,
            })
        });
        let between = before.or(self.remembered.past).and_then(|past| after(past, length));
        let over = |p: &Period| {
            self.anchor.published.zip(p.last_day()).is_some_and(|(day, last)| last <= day)
        };
        match between.filter(over) {
            Some(between) => vec![between, forward],
            None => vec![forward],
        }
    }

    /// The horizon of a study, else the stretch of time that it looks at.
    fn event(&self, q: &Quantity, reading: &Reading, found: Option<(usize, Time)>) -> Vec<Period> {
        let metric = reading.metric;
        let counts = matches!(metric, "event_count" | "event_successes");
        let time = found.map(|(_, t)| t);
        if counts {
            let of_year = ["of the year", "of this year", "so far this year"];
            if self.scene.has_phrase(q.end..q.end + 8, &of_year) {
                return self.change(q, metric, Expr::ToDate(Grain::Year), None);
            }
            if let Some(expr @ (Expr::ToDate(_) | Expr::Span(_))) = time.map(|t| t.expr)
                && (reading.of_index || reading.entity.is_some())
            {
                return self.change(q, "return", expr, time);
            }
        }
        let near = found.filter(|(cost, t)| is_horizon(t.expr) && (!counts || *cost <= 5));
        let horizon = self
            .scene
            .times
            .iter()
            .filter(|t| is_horizon(t.expr) && self.fits(t, q, metric))
            .min_by_key(|t| self.cost(t, q, metric).unwrap_or(usize::MAX));
        let forward = |t: Time| match t.expr {
            Expr::Ahead(l) | Expr::Length(l) => Some(Period::Forward(l)),
            _ => None,
        };
        let own = near.and_then(|(_, t)| forward(t));
        let any = horizon.copied().and_then(forward);
        let stretch = self.scene.times.iter().find_map(|t| self.stretch(t.expr));
        let paragraph = self.remembered.stretch.and_then(|e| self.stretch(e));
        let study = self.remembered.study.and_then(|e| self.stretch(e));
        let carried = self.remembered.horizon.map(Period::Forward);
        let order = if counts {
            [own, stretch, paragraph, carried, study, any]
        } else {
            [own, any, stretch, carried, paragraph, study]
        };
        order.into_iter().flatten().collect()
    }

    /// The stretch of time, some years at least, that a study looks at. Where it counts one case a year, its last year is the
    /// last one that is over.
    fn stretch(&self, expr: Expr) -> Option<Period> {
        let published = self.anchor.published?;
        let long = |from: CalendarPeriod, to: Date| (to - from.first_day()).get_days() > 5 * 365;
        match expr {
            Expr::Since(start) if long(start, published) => {
                let years = i32::from(published.year()) - i32::from(start.first_day().year());
                let counted = self.scene.quantities.iter().any(|q| {
                    q.decimals == 0 && q.value > 1.0 && (q.value - f64::from(years)).abs() < 0.5
                });
                if counted && start.grain == Grain::Year {
                    return Some(Period::Between(
                        start,
                        CalendarPeriod::year(published.year() - 1),
                    ));
                }
                (start.first_day() <= published)
                    .then(|| Period::Between(start, CalendarPeriod::day(published)))
            }
            Expr::Range(a, b) if long(a, b.last_day()) => Some(Period::Between(a, b)),
            Expr::Trailing(length) if length.in_years() >= 5.0 => {
                Some(Period::Trailing(length, published))
            }
            _ => None,
        }
    }

    /// A change of the policy rate belongs to a meeting or its month, an outlook to what it is for.
    fn decision(&self, found: Option<(usize, Time)>, metric: &str) -> Vec<Period> {
        let span = |e: Expr| match e {
            Expr::Span(p) | Expr::Range(_, p) => Some(p),
            _ => None,
        };
        let own = found.and_then(|(cost, t)| {
            span(t.expr).filter(|p| cost <= 8 || p.grain > Grain::Day && cost <= 16)
        });
        let carried =
            self.remembered.sentence.and_then(span).filter(|_| metric == "cut_probability");
        let month = |d: Date| CalendarPeriod::containing(Grain::Month, d);
        let period = own.or(carried).or(self.anchor.session.map(month));
        period.map(Period::Calendar).into_iter().collect()
    }

    /// The window of a past average or range: `its 5-year average range of …`.
    fn window(&self, q: &Quantity, time: Option<Time>) -> Vec<Period> {
        let day = self.state_day("pe_average", time.filter(|t| !is_horizon(t.expr)));
        let length = self.scene.times.iter().rev().filter(|t| t.first < q.end + 8).find_map(|t| {
            match t.expr {
                Expr::Length(l) | Expr::Trailing(l) => Some(l),
                _ => None,
            }
        });
        day.zip(length).map(|(day, length)| Period::Trailing(length, day)).into_iter().collect()
    }

    /// The last unit of a streak, or the day on which it was counted.
    fn streak(&self, reading: &Reading, time: Option<Time>) -> Vec<Period> {
        let unit = match reading.unit {
            "years" => Grain::Year,
            "months" => Grain::Month,
            _ => Grain::Day,
        };
        let at =
            |d: Option<Date>| d.map(|d| Period::At(CalendarPeriod::day(d))).into_iter().collect();
        let session = self.anchor.session;
        let expr = time.map(|t| t.expr).or(self.remembered.sentence);
        match expr {
            Some(Expr::Range(a, b)) => vec![Period::Between(a, b)],
            Some(Expr::Span(p)) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Some(Expr::Span(p) | Expr::Since(p)) if p.grain >= unit => {
                let running = session.is_some_and(|d| p.first_day() <= d && d <= p.last_day());
                if running && p.grain > unit { at(session) } else { vec![Period::Calendar(p)] }
            }
            Some(Expr::Span(_) | Expr::Since(_)) => at(self.anchor.published),
            _ => at(session),
        }
    }

    /// `first time in 30 years` looks back; `17-month high of 1,705.21` is dated like the level.
    fn rank(&self, q: &Quantity, reading: &Reading) -> Vec<Period> {
        if let Measure::Duration(unit) = q.measure
            && !q.adjective
            && let (Some(length), Some(day)) =
                (period::length_of(q.value, unit), self.anchor.published)
        {
            return vec![Period::Trailing(length, day)];
        }
        let level = self
            .scene
            .quantities
            .iter()
            .find(|o| o.first >= q.end && o.first - q.end <= 5 && o.measure == Measure::Plain);
        let time = self.time(level.unwrap_or(q), "level").map(|(_, t)| t);
        self.state(reading.metric, time)
    }

    /// A state as of a day.
    fn state(&self, metric: &str, time: Option<Time>) -> Vec<Period> {
        let at = |d: Date| Period::At(CalendarPeriod::day(d));
        let day = self.state_day(metric, None).map(at);
        let Some(time) = time else { return day.into_iter().collect() };
        match time.expr {
            Expr::Span(p) | Expr::Since(p) if p.grain == Grain::Day => {
                vec![Period::At(p), Period::Calendar(p)]
            }
            Expr::Span(p) if is_valuation(metric) && self.is_now(p) => day.into_iter().collect(),
            Expr::Span(p) if time.as_of && self.is_past(p) && metric != "policy_rate" => {
                vec![at(p.last_day()), Period::Calendar(p)]
            }
            Expr::Span(p) => vec![Period::Calendar(p), at(p.last_day())],
            Expr::Range(a, b) => vec![Period::Between(a, b)],
            Expr::ToDate(grain) if metric == "share" || metric == "other" => {
                let week = self.anchor.session.map(|d| CalendarPeriod::containing(grain, d));
                week.map(Period::Calendar).into_iter().collect()
            }
            _ => day.into_iter().collect(),
        }
    }

    /// The day of a state that the sentence does not date.
    fn state_day(&self, metric: &str, time: Option<Time>) -> Option<Date> {
        let day = |e: Option<Expr>| match e {
            Some(Expr::Span(p)) if p.grain == Grain::Day => Some(p.last_day()),
            _ => None,
        };
        let remembered =
            self.remembered.as_of.filter(|p| self.is_past(*p)).map(CalendarPeriod::last_day);
        let sentence = day(self.remembered.sentence).filter(|_| is_quoted(metric));
        day(time.map(|t| t.expr))
            .or(day(self.remembered.heading))
            .or(remembered)
            .or(sentence)
            .or(self.day(metric))
    }

    fn is_past(&self, p: CalendarPeriod) -> bool {
        self.anchor.published.is_none_or(|d| p.last_day() <= d)
    }

    fn is_now(&self, p: CalendarPeriod) -> bool {
        self.anchor.published.is_some_and(|d| p.first_day() <= d && d <= p.last_day())
    }
}

/// From a month or day, so long on.
fn after(past: CalendarPeriod, length: Length) -> Option<Period> {
    let count = i32::from(length.count);
    let last = match (past.grain, length.unit) {
        (Grain::Month, LengthUnit::Months) => past.plus(count),
        (Grain::Month, LengthUnit::Years) => past.plus(12 * count),
        (Grain::Day, unit) => {
            let span = match unit {
                LengthUnit::Weeks => jiff::Span::new().weeks(count),
                LengthUnit::Months => jiff::Span::new().months(count),
                LengthUnit::Years => jiff::Span::new().years(count),
                LengthUnit::Sessions => return None,
            };
            CalendarPeriod::day(past.first_day().checked_add(span).ok()?)
        }
        _ => return None,
    };
    let first = if past.grain == Grain::Month { past.plus(1) } else { past };
    Some(Period::Between(first, last))
}

/// Whether a period is over with this session: a week on its Friday, a month or year on the last
/// weekday.
fn is_complete(period: CalendarPeriod, session: Date) -> bool {
    let last = period.last_day();
    let rest = (last - session).get_days();
    rest <= match last.weekday() {
        Weekday::Sunday => 2,
        Weekday::Saturday => 1,
        _ => 0,
    }
}
