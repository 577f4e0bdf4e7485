//! The chart of a claim: the series that its value rests on, around the stated period and, where
//! the figure is right for another one, around that too.

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::note::{Bar, Bars, Chart, Line, Lines, Mark, Plot, Prose, Role, Shade};
use kinglet_core::query::{Evaluator, Query};
use kinglet_core::time::{Date, Interval};
use kinglet_core::view::View;

use crate::audit::ClaimRecord;
use crate::chart::{Fit, draw};
use crate::html::escape;
use crate::wire::RowRecord;

/// Points of a line; more cannot be seen at this size.
const POINTS_MAX: usize = 220;

/// The chart, or nothing where no series stands behind the claim.
pub(super) fn chart(record: &ClaimRecord, evaluator: &Evaluator<'_>) -> String {
    let Some(found) = found(record, evaluator).or_else(|| cases(record)) else {
        return String::new();
    };
    let svg = draw(&found, Fit::Panel);
    format!("<figure>{svg}<figcaption>{}</figcaption></figure>\n", escape(&found.caption))
}

/// The sessions that a query uses.
pub(super) fn stretch(query: &str, evaluator: &Evaluator<'_>) -> Option<Interval> {
    let query: Query = query.parse().ok()?;
    evaluator.answer(&query).result.ok()?.interval
}

fn found(record: &ClaimRecord, evaluator: &Evaluator<'_>) -> Option<Chart> {
    let stated = stretch(record.query.as_deref()?, evaluator)?;
    let right = right(record, evaluator);
    let series = series(record, evaluator.view());
    let daily = series.iter().all(|s| s.frequency == Frequency::Session);
    let least = match (daily, stated.base) {
        (true, Some(_)) => 10,
        (true, None) => 60,
        (false, _) => 540,
    };
    let window = Window::around(stated, right.as_ref().map(|(_, interval)| *interval), least);
    let lines: Vec<Line> = series.iter().filter_map(|s| window.line(s, series.len())).collect();
    if lines.is_empty() || lines.len() > 2 {
        return None;
    }
    let names: Vec<&str> = series.iter().map(|s| &*s.id).collect();
    let names = names.join(" and ");
    let unit = match (series.len(), series[0].unit.spelling().name()) {
        (1, unit) => unit.replace('_', " "),
        _ => format!("{} = 100", window.first(&series)?),
    };
    let period = record.period.trim_start_matches('@');
    let mut shades = vec![shade(stated, Role::Stated(format!("stated {period}")))];
    let mut caption = format!("{names}, {unit}. Shaded: the stated period.");
    if let Some((name, interval)) = right {
        caption = format!("{names}, {unit}. Shaded: the stated period, and the one that is right.");
        shades.push(shade(interval, Role::Right(format!("right {name}"))));
    }
    let marks = match lines.as_slice() {
        [line] => ends(line, &shades),
        _ => Vec::new(),
    };
    Some(Chart {
        id: "claim".to_owned(),
        title: format!("{names} around {period}"),
        alternative: words(&names, &lines, &shades),
        caption,
        queries: Vec::new(),
        plot: Plot::Lines(Lines { lines, band: None, shades, marks }),
    })
}

/// The cases of a study: a bar for each, in their order.
fn cases(record: &ClaimRecord) -> Option<Chart> {
    const CASES_MIN: usize = 3;
    const CASES_MAX: usize = 80;
    let first = record.rows.first()?;
    let alike = |r: &&RowRecord| r.series == first.series && r.unit == first.unit;
    let rows: Vec<&RowRecord> = record.rows.iter().filter(alike).collect();
    let whole = rows.len() == record.rows.len() && (CASES_MIN..=CASES_MAX).contains(&rows.len());
    if !whole || first.unit != "percent" {
        return None;
    }
    let years = rows.windows(2).all(|pair| pair[0].date.year() != pair[1].date.year());
    let form = if years { "%Y" } else { "%b %-d" };
    let bar = |row: &&RowRecord| {
        let label = row.date.strftime(form).to_string();
        Some(Bar { label, value: row.value.as_f64()?, figure: None })
    };
    let bars: Vec<Bar> = rows.iter().map(bar).collect::<Option<_>>()?;
    let above = bars.iter().filter(|bar| bar.value > 0.0).count();
    let (count, last) = (bars.len(), rows.last()?);
    let words = format!(
        "{count} bars, one for each case from {} to {}; {above} are above zero.",
        first.date, last.date
    );
    Some(Chart {
        id: "claim".to_owned(),
        title: format!("{} in {count} cases", first.series),
        caption: format!("{}, {}: one bar for each case.", first.series, first.unit),
        alternative: Prose::from(words),
        queries: Vec::new(),
        plot: Plot::Columns(Bars {
            above: String::new(),
            below: String::new(),
            bars,
            reference: None,
        }),
    })
}

/// The period for which a misdated figure is right, and its sessions.
fn right(record: &ClaimRecord, evaluator: &Evaluator<'_>) -> Option<(String, Interval)> {
    let period = record.tag.as_ref().filter(|_| record.verdict == "misdated")?;
    let reading = record.readings.iter().find(|r| r.query.contains(&format!(", {period}")))?;
    Some((period.clone(), stretch(&reading.query, evaluator)?))
}

/// The series of the rows, in their order.
fn series<'a>(record: &ClaimRecord, view: &'a View) -> Vec<&'a Series> {
    let mut found: Vec<&Series> = Vec::new();
    for row in &record.rows {
        let known = view.all_series().map(|(_, _, series)| series);
        let mut same = known.filter(|s| *s.id == *row.series);
        let one = same.find(|s| {
            let close = s.on(row.date).map(|o| o.value * s.unit.spelling().per_unit());
            close.zip(row.value.as_f64()).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs())
        });
        match one {
            Some(one) if found.iter().all(|f| !std::ptr::eq(*f, one)) => found.push(one),
            _ => {}
        }
    }
    found
}

/// The stretch of time that is drawn.
#[derive(Clone, Copy)]
struct Window {
    from: Date,
    to: Date,
    /// Where two lines are set to 100.
    base: Date,
}

impl Window {
    /// The stretches, and as much again around them as lets one see them.
    fn around(stated: Interval, right: Option<Interval>, least: i32) -> Window {
        let start = |i: Interval| i.base.unwrap_or(i.end);
        let from = right.map_or(start(stated), |r| start(r).min(start(stated)));
        let to = right.map_or(stated.end, |r| r.end.max(stated.end));
        let days = i32::from(from != to) * from.duration_until(to).as_hours() as i32 / 24;
        let room = jiff::SignedDuration::from_hours(24 * i64::from((days / 3).max(least)));
        Window { from: from.saturating_sub(room), to: to.saturating_add(room), base: start(stated) }
    }

    fn rows(self, series: &Series) -> &[Observation] {
        let before = self.from.yesterday().unwrap_or(self.from);
        series.after_through(before, self.to)
    }

    /// The day at which several lines are 100.
    fn first(self, series: &[&Series]) -> Option<Date> {
        series.iter().map(|s| s.on_or_before(self.base).map(|o| o.date)).max()?
    }

    /// A line of the window, thinned to what can be seen.
    fn line(self, series: &Series, lines: usize) -> Option<Line> {
        let rows = self.rows(series);
        if rows.len() < 2 {
            return None;
        }
        let scale = match lines {
            1 => series.unit.spelling().per_unit(),
            _ => 100.0 / series.on_or_before(self.base)?.value,
        };
        let every = rows.len().div_ceil(POINTS_MAX);
        let kept = rows
            .iter()
            .enumerate()
            .filter(|(i, row)| i % every == 0 || *i == rows.len() - 1 || row.date == self.base);
        let points = kept.map(|(_, row)| (row.date, row.value * scale)).collect();
        Some(Line { label: series.id.to_string(), points })
    }
}

fn shade(interval: Interval, role: Role) -> Shade {
    Shade { from: interval.base.unwrap_or(interval.end), to: interval.end, role }
}

/// Dots at the closes that the value is computed from.
fn ends(line: &Line, shades: &[Shade]) -> Vec<Mark> {
    let days = shades.iter().flat_map(|s| [s.from, s.to]);
    let mut marks: Vec<Mark> = days
        .filter_map(|day| line.points.iter().find(|(date, _)| *date == day))
        .map(|(date, value)| Mark { date: *date, value: *value, label: Prose::default() })
        .collect();
    marks.sort_by_key(|m| m.date);
    marks.dedup_by_key(|m| m.date);
    marks
}

/// What one would say of the chart.
fn words(names: &str, lines: &[Line], shades: &[Shade]) -> Prose {
    let mut text = format!("{names}.");
    for line in lines {
        if let (Some((first, from)), Some((last, to))) = (line.points.first(), line.points.last()) {
            text += &format!(" {}: {from:.2} on {first}, {to:.2} on {last}.", line.label);
        }
    }
    for shade in shades {
        let name = match &shade.role {
            Role::Ground => continue,
            Role::Stated(name) | Role::Right(name) => name,
        };
        text += &format!(" {name}: {} to {}.", shade.from, shade.to);
    }
    Prose::from(text)
}
