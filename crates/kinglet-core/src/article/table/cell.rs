//! A figure under its heads, made a claim.

use super::super::claim::{Claim, Comparator, Modality, Printed};
use super::super::entity::OTHER;
use super::super::extract::{Context, is_of_years};
use super::super::metric::candidate::unit_of;
use super::super::moment;
use super::super::number::{End, Measure, Quantity};
use super::super::period::{Expr, last_session};
use super::super::scene::Scene;
use super::head::Head;
use super::term::Term;
use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Date, Grain, Length, LengthUnit, Period, session_up_to};

/// A cell with its heads.
pub(super) struct Cell<'a> {
    pub(super) context: &'a Context<'a>,
    /// All columns, for comparisons between two of them.
    pub(super) columns: &'a [Head],
    pub(super) column: &'a Head,
    pub(super) row: &'a Head,
    /// What the rows above were about, the last one last.
    pub(super) above: &'a [&'static str],
    pub(super) term: &'a Term,
}

/// The figures of a cell: the one, or the first before marks of notes, or both ends of a range:
/// `1.25%-1.50%`.
pub(super) fn figures(scene: &Scene) -> impl Iterator<Item = Quantity> {
    let ends = match scene.quantities.as_slice() {
        [low, high] if low.range == Some(End::Low) => [Some(*low), Some(*high)],
        quantities => [figure(scene, quantities), None],
    };
    ends.into_iter().flatten()
}

/// The only figure of a cell; `(3.4)` is negative.
fn figure(scene: &Scene, quantities: &[Quantity]) -> Option<Quantity> {
    let [q, marks @ ..] = quantities else { return None };
    let mark = |m: &Quantity| {
        let bracket = scene.tokens.is(m.first.wrapping_sub(1), '(')
            || scene.tokens.is(m.first.wrapping_sub(1), '[');
        m.measure == Measure::Plain && m.decimals == 0 && m.value < 100.0 && bracket
    };
    if !marks.iter().all(mark) {
        return None;
    }
    let mut q = *q;
    let enclosed = scene.range.start + 1 == q.first
        && scene.tokens.is(scene.range.start, '(')
        && scene.tokens.is(q.end, ')');
    if enclosed && scene.tokens.is(q.end + 1, '%') && q.measure == Measure::Plain {
        q.measure = Measure::Percent;
    }
    if enclosed && q.sign.is_none() && (q.decimals > 0 || q.measure != Measure::Plain) {
        q.sign = Some(-1.0);
    }
    Some(q)
}

impl Cell<'_> {
    pub(super) fn claim(&self, scene: &Scene, q: &Quantity) -> Option<Claim> {
        let measure = match q.measure {
            Measure::Plain => self.column.measure.or(self.row.measure).unwrap_or(q.measure),
            measure => measure,
        };
        let metric = self.metric(q, measure)?;
        let (entity, versus) = self.entity(metric);
        let (period, other_periods) = self.period(metric, measure);
        let metric = self.per_year(metric, period);
        let scale = match measure {
            Measure::Usd if q.scale == 1.0 => self.column.scale.or(self.row.scale).unwrap_or(1.0),
            _ => 1.0,
        };
        let unit = match measure {
            Measure::Usd if entity == OTHER => "usd",
            measure => unit(measure, metric),
        };
        Some(Claim {
            span: scene.tokens.span(q.first, q.end),
            sentence: Span::new(0, 0),
            printed: Printed {
                text: String::new(),
                step: q.step * scale,
                hedge: None,
                in_words: q.in_words,
            },
            entity,
            versus,
            metric,
            period,
            value: q.sign.unwrap_or(1.0) * q.value * scale,
            unit,
            comparator: Comparator::Equal,
            modality: self.modality(metric, period),
            basis: self.column.basis.or(self.row.basis),
            unlikely_periods: Vec::new(),
            other_entities: Vec::new(),
            definition: None,
            likelihood: 1.0,
            certainty: 1.0,
            other_periods,
        })
    }

    /// What is to come is a forecast; a price is never one of a period that has begun.
    fn modality(&self, metric: &str, period: Option<Period>) -> Modality {
        let (Some(Period::Calendar(p)), Some(day)) = (period, self.context.anchor.published) else {
            return Modality::Asserted;
        };
        let priced = matches!(metric, "return" | "return_spread" | "point_change" | "level");
        let ahead = if priced { p.first_day() } else { last_session(p) } > day;
        if ahead { Modality::Forecast } else { Modality::Asserted }
    }

    /// `| Russell 2000 | -8.4 | -17.5 |` under periods: changes in percent.
    fn is_change(&self, q: &Quantity) -> bool {
        let priced = |e: &str| !matches!(e, "VIX" | "US" | "FED" | OTHER);
        let dated = |time: Expr| !matches!(time, Expr::Span(p) if p.grain == Grain::Day);
        let time = self.column.time.is_some()
            || self.row.time.is_some_and(|time| dated(time) || q.sign.is_some());
        let mut named = self.row.entities.iter().chain(&self.column.entities);
        q.decimals > 0 && (time && named.any(|e| priced(e)) || self.follows_a_case())
    }

    /// Whether the figure is that of a time after the case that its row names.
    fn follows_a_case(&self) -> bool {
        matches!((self.row.time, self.column.time), (Some(Expr::Span(_)), Some(Expr::Ahead(_))))
    }

    /// Whether other columns tell what came after the cases of the rows.
    fn tells_of_cases(&self) -> bool {
        self.columns.iter().any(|head| matches!(head.time, Some(Expr::Ahead(_))))
    }

    fn metric(&self, q: &Quantity, measure: Measure) -> Option<&'static str> {
        let said = self.column.metric.or(self.row.metric);
        let row = |code: &str| self.row.entities.iter().any(|e| e.starts_with(code));
        let rate = row("UST:");
        match (measure, said) {
            (Measure::Usd, Some("revenue_growth" | "eps_growth")) => Some("other"),
            (Measure::Percent, Some("return")) if row("FED") => Some("rate_change"),
            (Measure::Percent, None | Some("level")) if row("FED") => Some("policy_rate"),
            (Measure::Percent, _) if rate => Some("yield"),
            (Measure::Percent, Some("level") | None) => Some("return"),
            (Measure::Percent | Measure::PercentagePoints, Some(metric)) => Some(metric),
            (Measure::PercentagePoints, None) => Some("return_spread"),
            (Measure::BasisPoints, _) if row("FED") => Some("rate_change"),
            (Measure::BasisPoints, _) => Some("yield"),
            (Measure::Points, _) => Some("point_change"),
            (_, Some("return"))
                if q.sign.is_some() || self.column.measure == Some(Measure::Points) =>
            {
                Some(if self.column.measure == Some(Measure::Percent) {
                    "return"
                } else {
                    "point_change"
                })
            }
            (_, Some("return")) if self.tells_of_cases() => Some("return"),
            (_, Some("return")) if q.decimals > 0 => Some("point_change"),
            (_, Some(metric)) => Some(metric),
            (Measure::Plain, None) if q.decimals > 0 && q.value >= 100.0 => Some("level"),
            (Measure::Plain, None) if rate && q.decimals > 0 => Some("yield"),
            (Measure::Plain, None) if self.is_change(q) => Some("return"),
            _ => None,
        }
    }

    /// `Average annual total returns`: of more than a year they are per year.
    pub(super) fn per_year(&self, metric: &'static str, period: Option<Period>) -> &'static str {
        let open = self.column.time.or(self.row.time) == Some(Expr::Vague);
        let years = period.is_some_and(is_of_years) || open;
        let said = self.column.annualized || self.row.annualized;
        if metric == "return" && said && years { "annualized_return" } else { metric }
    }

    /// The entities of the column, else of the row; a comparison without names is one of the first
    /// two columns that have one, else of the last two rows.
    fn entity(&self, metric: &str) -> (String, Option<String>) {
        let named = if self.column.entities.is_empty() {
            &self.row.entities
        } else {
            &self.column.entities
        };
        let mut codes = named.iter().copied();
        let own = codes.next();
        if metric == "return_spread" {
            let heads = self.columns.iter().filter_map(|h| h.entities.first().copied());
            let rows = &self.above[self.above.len().saturating_sub(2)..];
            let mut known = heads.chain(rows.iter().copied());
            // "Difference" below a fund and what it is measured against
            let fund = rows.contains(&OTHER).then_some(OTHER);
            let first = own.or(fund).or_else(|| known.next());
            let second = codes.next().or_else(|| known.find(|c| Some(*c) != first));
            return (first.unwrap_or(OTHER).to_owned(), second.map(str::to_owned));
        }
        let carried =
            self.context.carried.topic.filter(|_| !self.row.unknown && !self.column.unknown);
        let implied = match metric {
            "gdp_growth" | "inflation" | "unemployment" => Some("US"),
            "policy_rate" | "rate_change" | "cut_probability" => Some("FED"),
            "pmi" => Some("ISM"),
            _ => None,
        };
        let code = implied.or(own).or(carried).unwrap_or(OTHER);
        (code.to_owned(), None)
    }

    /// The period of a figure and others: those up to other days where nothing tells the day.
    pub(super) fn period(&self, metric: &str, measure: Measure) -> (Option<Period>, Vec<Period>) {
        let (period, mut others) = self.period_to(metric, measure, self.term.end);
        for end in &self.term.others {
            let (other, more) = self.period_to(metric, measure, Some(*end));
            for other in other.into_iter().chain(more) {
                if Some(other) != period && !others.contains(&other) {
                    others.push(other);
                }
            }
        }
        (period, others)
    }

    /// The same where what is not dated ends on a day, or with the session.
    fn period_to(
        &self,
        metric: &str,
        measure: Measure,
        end: Option<Date>,
    ) -> (Option<Period>, Vec<Period>) {
        let moves = metric == "yield" && measure == Measure::BasisPoints;
        let session = self.context.anchor.session;
        let averaged = |time: &Expr| metric == "moving_average" && matches!(time, Expr::Length(_));
        let row = self.row.time.filter(|time| !averaged(time));
        let column = self.column.time.filter(|time| !averaged(time));
        let column = column.or_else(|| self.shared(metric));
        if column.or(row) == Some(Expr::Vague) {
            return (None, Vec::new());
        }
        let mut dated = match (row, column) {
            (Some(row @ (Expr::Span(_) | Expr::Range(..))), Some(column)) => {
                self.combined(row, column, end)
            }
            (row, column) => column.or(row).and_then(|e| self.expr(e, end)).into_iter().collect(),
        };
        if dated.is_empty() {
            let heading = self.context.remembered.heading.and_then(|e| self.expr(e, end));
            let day = session.map(|d| Period::Calendar(CalendarPeriod::day(d)));
            dated.extend(heading.or(day));
        }
        let mut periods = dated.into_iter();
        let priced = matches!(metric, "level" | "policy_rate") || metric == "yield" && !moves;
        match periods.next() {
            Some(Period::Calendar(p)) if priced && p.grain > Grain::Day && self.is_over(p) => {
                (Some(Period::At(CalendarPeriod::day(last_session(p)))), Vec::new())
            }
            period if moves => (period, periods.collect()),
            Some(Period::Calendar(p)) if moment::is_state(metric) && p.grain == Grain::Day => {
                (Some(Period::At(p)), vec![Period::Calendar(p)])
            }
            Some(Period::ToDate(_, day)) if moment::is_state(metric) => {
                (Some(Period::At(CalendarPeriod::day(day))), Vec::new())
            }
            Some(Period::Calendar(p)) if moment::is_state(metric) && self.is_heading(p) => {
                (Some(Period::At(CalendarPeriod::day(last_session(p)))), Vec::new())
            }
            Some(Period::Trailing(Length { count: 1, unit: LengthUnit::Months }, day))
                if last_session(CalendarPeriod::containing(Grain::Month, day)) <= day =>
            {
                (Some(Period::Calendar(CalendarPeriod::containing(Grain::Month, day))), Vec::new())
            }
            Some(own @ Period::Trailing(length, day)) => {
                (Some(own), moment::to_month_end(length, day, None).into_iter().collect())
            }
            period => (period, periods.collect()),
        }
    }

    /// Whether a period that is over is not that of a head, but of the heading above.
    fn is_heading(&self, p: CalendarPeriod) -> bool {
        self.is_over(p) && self.row.time.is_none() && self.column.time.is_none()
    }

    fn is_over(&self, p: CalendarPeriod) -> bool {
        self.context.anchor.session.is_some_and(|day| last_session(p) <= day)
    }

    /// The time of the columns that a column of differences compares.
    fn shared(&self, metric: &str) -> Option<Expr> {
        let compared = self.columns.iter().filter(|h| !h.entities.is_empty());
        let mut times = compared.map(|h| h.time);
        let first = times.next().flatten().filter(|_| metric == "return_spread")?;
        times.all(|t| t == Some(first)).then_some(first)
    }

    /// A row that is an event and a column that is a horizon: so long after the event.
    fn combined(&self, row: Expr, column: Expr, end: Option<Date>) -> Vec<Period> {
        match (row, column) {
            (Expr::Span(day), Expr::Length(length) | Expr::Trailing(length)) if self.row.as_of => {
                vec![Period::Trailing(length, day.last_day())]
            }
            (Expr::Span(day), Expr::Ahead(length) | Expr::Length(length)) => {
                self.after(day, length)
            }
            // the day is that of a low or high in the month
            (Expr::Range(_, day), Expr::Ahead(length) | Expr::Length(length)) => {
                [Period::Forward(length)].into_iter().chain(self.after(day, length)).collect()
            }
            // "YTD as of Aug 31" and "September" beside years
            (Expr::Span(year), Expr::ToDate(grain)) if year.grain == Grain::Year => {
                let until = self.column.until.filter(|_| grain == Grain::Year);
                let day = until.and_then(|day| in_year(CalendarPeriod::day(day), year));
                let to_date = day.map(|p| Period::ToDate(grain, session_up_to(p.last_day())));
                to_date.or_else(|| self.expr(row, end)).into_iter().collect()
            }
            (Expr::Span(year), Expr::Span(part)) if year.grain == Grain::Year => {
                in_year(part, year).map(Period::Calendar).into_iter().collect()
            }
            (Expr::Span(year), Expr::Range(from, to)) if year.grain == Grain::Year => {
                let from = if from.grain == Grain::Year { Some(year) } else { in_year(from, year) };
                let part = from.zip(in_year(to, year));
                part.map(|(from, to)| between(from, to)).into_iter().collect()
            }
            (Expr::Span(_), Expr::ToDate(_)) => self.expr(row, end).into_iter().collect(),
            _ => self.expr(column, end).into_iter().collect(),
        }
    }

    /// So long on from the end of a month or from a day; from a day it may also be counted from the
    /// end of the month. What is not over yet is the horizon alone.
    fn after(&self, from: CalendarPeriod, length: Length) -> Vec<Period> {
        let published = self.context.anchor.published;
        let over = |p: &Period| published.zip(p.last_day()).is_some_and(|(d, last)| last <= d);
        let month = CalendarPeriod::containing(Grain::Month, from.last_day());
        let own = moment::after(from, length).filter(over);
        let by_month = moment::after(month, length).filter(over).filter(|p| Some(*p) != own);
        let ends = (month.last_day() - from.last_day()).get_days() <= 3;
        let exact = own.filter(|_| ends || from.grain == Grain::Day);
        let found: Vec<Period> = exact.into_iter().chain(by_month).map(whole).collect();
        if found.is_empty() { vec![Period::Forward(length)] } else { found }
    }

    /// A time of the heads, up to a day where they do not say up to which.
    fn expr(&self, expr: Expr, end: Option<Date>) -> Option<Period> {
        let session = self.context.anchor.session;
        let end = end.or(session);
        match expr {
            Expr::Span(p) => Some(Period::Calendar(p)),
            Expr::Range(a, b) => Some(between(a, b)),
            Expr::ToDate(Grain::Day) => session.map(|d| Period::Calendar(CalendarPeriod::day(d))),
            Expr::ToDate(grain) => self.end_of_part(grain, end).map(|day| {
                let part = CalendarPeriod::containing(grain, day);
                match grain == Grain::Quarter && last_session(part) == day {
                    true => Period::Calendar(part),
                    false => Period::ToDate(grain, day),
                }
            }),
            Expr::Trailing(length) | Expr::Length(length) => {
                if let Some(from) = self.row.from.or(self.column.from) {
                    return moment::after(from, length);
                }
                self.end_of(length, end).map(|d| Period::Trailing(length, d))
            }
            Expr::Ahead(length) => Some(Period::Forward(length)),
            Expr::Since(p) => {
                // what began lately runs to the day, however the table does
                let lately = |day: Date| (0..366).contains(&(day - p.first_day()).get_days());
                let end = if session.is_some_and(lately) { session } else { end };
                self.said().or(end).map(|d| Period::Between(p, CalendarPeriod::day(d)))
            }
            Expr::Until(length, day) => Some(Period::Trailing(length, day)),
            Expr::Vague | Expr::Same(_) | Expr::Ago(_) | Expr::SinceThen => None,
        }
    }

    /// The day on which periods end as the heads or the caption say.
    fn said(&self) -> Option<Date> {
        self.row.until.or(self.column.until)
    }

    /// The same for a month, quarter or year to date: where nothing says it, that of a month,
    /// quarter or half beside it that is over.
    fn end_of_part(&self, grain: Grain, end: Option<Date>) -> Option<Date> {
        let session = self.context.anchor.session;
        let shorter = self.columns.iter().filter_map(|head| match head.time {
            Some(Expr::Span(p)) if p.grain >= Grain::Month && p.grain < grain => Some(p),
            _ => None,
        });
        // a month that was over long ago is only shown beside it
        const LATELY: i32 = 15;
        let ends = |p: CalendarPeriod| {
            let since = (session? - last_session(p)).get_days();
            let column = matches!(self.column.time, Some(Expr::ToDate(_)));
            let near = p.grain > Grain::Month || column && since <= LATELY;
            (since >= 0 && near).then(|| last_session(p))
        };
        let over = shorter.filter_map(ends);
        self.said().map(session_up_to).or(over.max()).or(end)
    }

    /// The same for a length: where nothing says it, that of the last calendar period beside it, or
    /// of the month or quarter that the article reports on.
    fn end_of(&self, length: Length, end: Option<Date>) -> Option<Date> {
        let over = |p: &CalendarPeriod| {
            self.context.anchor.published.is_some_and(|day| p.last_day() <= day)
        };
        let span = |time: Option<Expr>| match time {
            Some(Expr::Span(p)) if p.grain >= Grain::Month => Some(p),
            _ => None,
        };
        let beside = self.columns.iter().filter_map(|head| span(head.time)).filter(over);
        let reported = span(self.context.remembered.title).filter(over);
        let long = matches!(length.unit, LengthUnit::Months | LengthUnit::Years);
        let near = beside.map(last_session).max().or(reported.map(last_session));
        self.said().map(session_up_to).or(near.filter(|_| long)).or(end)
    }
}

/// From one time to another; what begins with a year and ends with a month of it begins with the
/// first one.
fn between(from: CalendarPeriod, to: CalendarPeriod) -> Period {
    let year = from.first_day().year();
    let inside = to.grain == Grain::Month && to.first_day().year() == year;
    let first = CalendarPeriod::month(year, 1);
    Period::Between(if inside && from.grain == Grain::Year { first } else { from }, to)
}

/// The same month, quarter or day of another year; of a whole year nothing changes.
fn in_year(part: CalendarPeriod, year: CalendarPeriod) -> Option<CalendarPeriod> {
    let first = part.first_day();
    let moved = Date::new(year.first_day().year(), first.month(), first.day()).ok()?;
    let moved = CalendarPeriod::containing(part.grain, moved);
    Some(if part.grain < Grain::Year { moved } else { part })
}

/// Months that are a quarter, half or year.
fn whole(period: Period) -> Period {
    let Period::Between(from, to) = period else { return period };
    [Grain::Quarter, Grain::Half, Grain::Year]
        .into_iter()
        .map(|grain| CalendarPeriod::containing(grain, to.last_day()))
        .find(|p| from.grain == Grain::Month && to.grain == Grain::Month && spans(*p, from, to))
        .map_or(period, Period::Calendar)
}

fn spans(p: CalendarPeriod, from: CalendarPeriod, to: CalendarPeriod) -> bool {
    (p.first_day(), p.last_day()) == (from.first_day(), to.last_day())
}

fn unit(measure: Measure, metric: &str) -> &'static str {
    match (measure, metric) {
        (Measure::PercentagePoints, _) | (Measure::Plain, "return_spread") => "percentage_points",
        (Measure::Percent, _) => "percent",
        (Measure::BasisPoints, _) => "basis_points",
        (Measure::Usd, "level") => "index_points",
        (Measure::Usd, _) => "usd",
        (_, "level" | "point_change") => "index_points",
        (_, m) if m.starts_with("pe_") => "ratio",
        (Measure::Plain, metric) => unit_of(metric, measure),
        _ => "count",
    }
}
