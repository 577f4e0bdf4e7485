//! Axes: round values, and round moments of time.

use kinglet_core::quantity::grouped;
use kinglet_core::time::Date;

use plotters::style::text_anchor::{HPos, VPos};

use super::Fit;
use super::canvas::{Canvas, Frame, Ink, Scale};

/// A date as a number of years.
pub(super) fn year(date: Date) -> f64 {
    f64::from(date.year()) + f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year())
}

/// The labels of an axis of values, with as many decimals as its steps need and commas between
/// thousands.
pub(super) fn values(scale: Scale, count: f64) -> Vec<(f64, String)> {
    let ticks = scale.ticks(count);
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).next().unwrap_or(1.0);
    let decimals = (0..6).find(|d| is_whole(step * 10_f64.powi(*d))).unwrap_or(6) as usize;
    ticks.into_iter().map(|tick| (tick, grouped(&format!("{tick:.decimals$}")))).collect()
}

/// The axis of values: lines of the grid, that of zero darker, with their values at the left.
pub(super) fn axis_upward(canvas: &Canvas, frame: Frame, y: Scale, count: f64) {
    for (tick, label) in values(y, count) {
        let at = y.at(tick);
        let ink = if tick == 0.0 { Ink::Quiet } else { Ink::Grid };
        canvas.line(vec![(frame.left, at), (frame.right, at)], ink, 1);
        canvas.label(&label, (frame.left - 6, at), Ink::Quiet, (HPos::Right, VPos::Center));
    }
}

/// A range with a little room at both ends; one value alone has some, too.
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let room = ((high - low) * 0.08).max(high.abs() * 1e-6).max(1e-9);
    (low - room, high + room)
}

/// Names beside the ends of lines, moved so that none stands on another: from the top, each below
/// the one before; the middle of all stays where it is.
pub(super) fn apart(mut names: Vec<(i32, &str, Ink)>) -> Vec<(i32, &str, Ink)> {
    const LINE: i32 = 15;
    names.sort_by_key(|(at, ..)| *at);
    let before: i32 = names.iter().map(|(at, ..)| at).sum();
    let mut free = i32::MIN;
    for (at, ..) in &mut names {
        *at = (*at).max(free);
        free = *at + LINE;
    }
    let after: i32 = names.iter().map(|(at, ..)| at).sum();
    let shift = (after - before) / i32::try_from(names.len()).unwrap_or(1).max(1);
    names.into_iter().map(|(at, name, ink)| (at - shift, name, ink)).collect()
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

/// The labels of an axis of time: days, months or years, as the stretch asks.
pub(super) fn moments(first: Date, last: Date, fit: Fit) -> Vec<(Date, String)> {
    let room = if fit.is_roomy() { 8 } else { 5 };
    let months = (year(last) - year(first)) * 12.0;
    if months <= 1.5 {
        return days(first, last, room);
    }
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
    let step = step.into_iter().find(|s| months / f64::from(*s) <= f64::from(room)).unwrap_or(1200);
    let mut out = Vec::new();
    let from = i32::from(first.year()) * 12 + i32::from(first.month()) - 1;
    let to = i32::from(last.year()) * 12 + i32::from(last.month()) - 1;
    for month in (from..=to).filter(|m| m % step == 0) {
        let Ok(date) = Date::new((month / 12) as i16, (month % 12 + 1) as i8, 1) else { continue };
        // the first sessions of a period stand for its first day
        let date =
            if date.month() == first.month() && first.day() <= 5 { date.max(first) } else { date };
        if date < first {
            continue;
        }
        let name = match (step, month % 12) {
            (12.., _) => date.year().to_string(),
            (_, 0) => date.strftime("%b %Y").to_string(),
            _ => date.strftime("%b").to_string(),
        };
        out.push((date, name));
    }
    out
}

fn days(first: Date, last: Date, room: i32) -> Vec<(Date, String)> {
    let length = first.duration_until(last).as_hours() / 24;
    let step = [1, 2, 7, 14].into_iter().find(|s| length <= s * i64::from(room)).unwrap_or(14);
    let mut out = Vec::new();
    let mut day = first;
    while day <= last {
        out.push((day, day.strftime("%b %-d").to_string()));
        let Ok(next) = day.checked_add(jiff::SignedDuration::from_hours(24 * step)) else { break };
        day = next;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(first: &str, last: &str) -> Vec<String> {
        let date = |text: &str| text.parse().expect("a date");
        let ticks = moments(date(first), date(last), Fit::Narrow);
        ticks.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn time_is_labelled_as_its_length_asks() {
        assert_eq!(names("2025-09-01", "2025-09-26"), ["Sep 1", "Sep 8", "Sep 15", "Sep 22"]);
        assert_eq!(names("2024-11-10", "2025-02-20"), ["Dec", "Jan 2025", "Feb"]);
        assert_eq!(names("2006-03-01", "2010-06-01"), ["2007", "2008", "2009", "2010"]);
        assert_eq!(names("1987-09-10", "2026-07-31"), ["1990", "2000", "2010", "2020"]);
    }

    #[test]
    fn names_do_not_stand_on_one_another() {
        let names = [(100, "a", Ink::First), (101, "b", Ink::Second), (300, "c", Ink::First)];
        let apart: Vec<(i32, &str)> =
            apart(names.to_vec()).into_iter().map(|(at, name, _)| (at, name)).collect();
        assert_eq!(apart, [(96, "a"), (111, "b"), (296, "c")]);
    }

    #[test]
    fn values_have_the_decimals_of_their_step() {
        let labels = |low, high| -> Vec<String> {
            let ticks = values(Scale { low, high, from: 0, to: 100 }, 4.0);
            ticks.into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(labels(2190.0, 2510.0), ["2,200", "2,300", "2,400", "2,500"]);
        assert_eq!(labels(0.38, 0.57), ["0.40", "0.45", "0.50", "0.55"]);
    }
}
