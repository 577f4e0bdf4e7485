//! The section on relative strength: the ratio of the two indexes, the gap over the years, who led
//! in each calendar year.

use super::draft::{Draft, HORIZONS, LARGE, SMALL, TEN_YEARS};
use super::plot::{Bar, Bars, Chart, Line, Lines, Mark, Plot, Role, Shade};
use super::words::{capital, date_in_words, period_in_words, plural};
use super::{Block, Figure, Form, Prose, Section, Sense, prose};
use crate::time::{CalendarPeriod, Date, Grain};

/// The section; its charts are added to `charts`.
pub(super) fn section(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Section {
    let mut blocks = vec![Block::Paragraph(gaps(draft)), Block::Paragraph(ratio(draft))];
    if let Some(chart) = ratio_chart(draft) {
        blocks.push(Block::Chart(chart.id.clone()));
        charts.push(chart);
    }
    let years = years(draft);
    blocks.push(Block::Paragraph(leaders(draft, &years)));
    if let Some(chart) = years_chart(draft, &years) {
        blocks.push(Block::Chart(chart.id.clone()));
        charts.push(chart);
    }
    blocks.retain(|b| !matches!(b, Block::Paragraph(prose) if prose.is_empty()));
    Section { id: "relative-strength".to_owned(), heading: "Relative strength".to_owned(), blocks }
}

/// The long gap in one sentence, for the summary.
pub(super) fn long_run(draft: &Draft<'_>) -> Prose {
    let stretch = draft.horizon(TEN_YEARS);
    stretch.map_or_else(Prose::default, |s| gap(draft, &s.period, &capital(&s.when)))
}

/// The gap over one, five and ten years.
fn gaps(draft: &Draft<'_>) -> Prose {
    let mut text = Prose::default();
    for stretch in HORIZONS[..3].iter().filter_map(|h| draft.horizon(*h)) {
        text.sentence(gap(draft, &stretch.period, &capital(&stretch.when)));
    }
    text
}

/// Both returns over a period, the better first, and the gap between them.
fn gap(draft: &Draft<'_>, period: &str, when: &str) -> Prose {
    let of = |index: &str| format!("return({index}, {period})");
    let figure = |index| draft.figure(&of(index), Form::digits(1));
    let (Some(small), Some(large)) = (figure(SMALL), figure(LARGE)) else {
        return Prose::default();
    };
    let small_led = small.value() >= large.value();
    let sense = if small_led { Sense::Plain } else { Sense::Below };
    let gap = format!("{} - {}", of(SMALL), of(LARGE));
    let gap = draft.figure(&gap, Form::digits(1).sense(sense));
    let (first, second) = if small_led {
        (("the Russell 2000", small), ("the S&P 500", large))
    } else {
        (("the S&P 500", large), ("the Russell 2000", small))
    };
    prose![
        format!("{when} {} ", first.0),
        changed(&first.1),
        format!(" and {} ", second.0),
        changed(&second.1),
        format!("; {} was ahead by ", first.0),
        gap,
        "."
    ]
}

/// `gained 139.3%`, `lost 3.1%`: for stretches of a year and more.
fn changed(figure: &Figure) -> Prose {
    let form = Form::digits(1);
    match figure.value() {
        v if v > 0.0 => prose!["gained ", figure.written(form.sense(Sense::Above))],
        v if v < 0.0 => prose!["lost ", figure.written(form.sense(Sense::Below))],
        _ => "ended where it began".into(),
    }
}

/// The ratio of the indexes in a month or on a day.
fn ratio_of(period: &str) -> String {
    format!("level({SMALL}, {period}) / level({LARGE}, {period})")
}

/// The ratio at the end of a month, or at the last close.
struct Point {
    date: Date,
    name: String,
    query: String,
    value: f64,
}

/// The ratio at each month-end and at the last close.
fn ratios(draft: &Draft<'_>) -> Vec<Point> {
    let first = draft.first_month();
    let months = (-1..=first.until(draft.month)).map(|n| first.plus(n));
    let ends = months.map(|m| (m.last_day(), period_in_words(m), ratio_of(&m.to_string())));
    let close = draft.close;
    let now = (!draft.at_month_end())
        .then(|| (close, date_in_words(close), ratio_of(&format!("@{close}"))));
    ends.chain(now)
        .filter_map(|(date, name, query)| {
            let value = draft.value(&query)?;
            Some(Point { date, name, query, value })
        })
        .collect()
}

/// The highest and the lowest of some points.
fn extremes(points: &[Point]) -> Option<(&Point, &Point)> {
    let by_value = |a: &&Point, b: &&Point| a.value.total_cmp(&b.value);
    Some((points.iter().max_by(by_value)?, points.iter().min_by(by_value)?))
}

/// The ratio now, and its highest and lowest month-end.
fn ratio(draft: &Draft<'_>) -> Prose {
    let mut points = ratios(draft);
    points.truncate(points.len() - usize::from(!draft.at_month_end()));
    let now = draft.figure(&ratio_of(&format!("@{}", draft.close)), Form::digits(3));
    let (Some(now), Some((high, low)), Some(first)) = (now, extremes(&points), points.first())
    else {
        return Prose::default();
    };
    let at = |point: &Point| draft.figure(&point.query, Form::digits(3));
    prose![
        format!("At the close of {} the Russell 2000 stood at ", date_in_words(draft.close)),
        now,
        " times the S&P 500. ",
        format!("Of all month-ends since {}, the ratio was highest in ", first.name),
        format!("{} (", high.name),
        at(high),
        format!(") and lowest in {} (", low.name),
        at(low),
        ")."
    ]
}

fn ratio_chart(draft: &Draft<'_>) -> Option<Chart> {
    let points = ratios(draft);
    let (first, last) = (points.first()?, points.last()?);
    let (high, low) = extremes(&points)?;
    let figure = |point: &Point| draft.figure(&point.query, Form::digits(2));
    let mark = |point: &Point, label: &str| {
        let label = prose![label, figure(point)?];
        Some(Mark { date: point.date, value: point.value, label })
    };
    let mut marks = vec![mark(last, "")?];
    marks.extend((high.date != last.date).then(|| mark(high, "high ")).flatten());
    marks.extend((low.date != last.date).then(|| mark(low, "low ")).flatten());
    let shades = recessions(draft);
    let shades: Vec<Shade> = shades.into_iter().filter(|s| s.to > first.date).collect();
    let line = Line {
        label: "Russell 2000 / S&P 500".to_owned(),
        points: points.iter().map(|p| (p.date, p.value)).collect(),
    };
    Some(Chart {
        id: "relative-strength".to_owned(),
        title: "Russell 2000 divided by the S&P 500".to_owned(),
        caption: format!(
            "Month-end closes; the line rises when small caps lead.{}",
            if shades.is_empty() { "" } else { " Shaded: US recessions." }
        ),
        alternative: prose![
            format!("A line from {} (", first.name),
            figure(first),
            format!(") to {} (", last.name),
            figure(last),
            format!("), highest in {} (", high.name),
            figure(high),
            format!("), lowest in {} (", low.name),
            figure(low),
            ")."
        ],
        queries: vec![ratio_of("month")],
        plot: Plot::Lines(Lines { lines: vec![line], band: None, shades, marks }),
    })
}

/// Recessions as stretches of days, from the month of the peak to that of the trough.
fn recessions(draft: &Draft<'_>) -> Vec<Shade> {
    let events = draft.evaluator().view().events("US", "recession");
    let stretch = |from, to: &Date| Shade { from, to: to.last_of_month(), role: Role::Ground };
    events.filter_map(|e| Some(stretch(e.date, e.dates.get("trough")?))).collect()
}

/// The gap of a calendar year.
fn year_gap(year: CalendarPeriod) -> String {
    format!("return({SMALL}, {year}) - return({LARGE}, {year})")
}

/// The full calendar years for which both returns are known, oldest first.
fn years(draft: &Draft<'_>) -> Vec<(CalendarPeriod, f64)> {
    let last = CalendarPeriod::containing(Grain::Year, draft.close);
    let first = CalendarPeriod::containing(Grain::Year, draft.first_month().first_day());
    (0..=first.until(last))
        .map(|n| first.plus(n))
        .filter_map(|y| Some((y, draft.value(&year_gap(y))?)))
        .collect()
}

/// In how many calendar years small caps led.
fn leaders(draft: &Draft<'_>, years: &[(CalendarPeriod, f64)]) -> Prose {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return Prose::default();
    };
    let count = |condition: &str| {
        let gap = format!("return({SMALL}, year) - return({LARGE}, year)");
        let query = format!("count({gap} {condition}, since: {}, until: {})", first.0, last.0);
        draft.figure(&query, Form::CARDINAL)
    };
    let (Some(led), Some(trailed)) = (count("> 0"), count("< 0")) else {
        return Prose::default();
    };
    let year = plural(led.value(), "year", "years");
    prose![
        format!("From {} to {} the Russell 2000 did better than the S&P 500 in ", first.0, last.0),
        led,
        format!(" calendar {year} and worse in "),
        trailed,
        "."
    ]
}

fn years_chart(draft: &Draft<'_>, years: &[(CalendarPeriod, f64)]) -> Option<Chart> {
    let by_value = |a: &&(CalendarPeriod, f64), b: &&(CalendarPeriod, f64)| a.1.total_cmp(&b.1);
    let (first, last) = (years.first()?.0, years.last()?.0);
    let (best, worst) = (years.iter().max_by(by_value)?.0, years.iter().min_by(by_value)?.0);
    let signed = Form::short(1).sense(Sense::Signed);
    let figure = |year: CalendarPeriod| draft.figure(&year_gap(year), signed);
    let bars = years.iter().map(|&(year, value)| Bar {
        label: year.to_string(),
        value: value * 100.0,
        figure: [best, worst, last].contains(&year).then(|| figure(year)).flatten(),
    });
    Some(Chart {
        id: "calendar-years".to_owned(),
        title: "Russell 2000 less S&P 500, calendar years".to_owned(),
        caption: "Difference of the two price returns in percentage points.".to_owned(),
        alternative: prose![
            format!("One bar for each year from {first} to {last}. The highest is {best} ("),
            figure(best),
            format!("), the lowest {worst} ("),
            figure(worst),
            ")."
        ],
        queries: vec![format!("return({SMALL}, year) - return({LARGE}, year)")],
        plot: Plot::Columns(Bars {
            above: "Russell 2000 ahead".to_owned(),
            below: "S&P 500 ahead".to_owned(),
            bars: bars.collect(),
            reference: None,
        }),
    })
}
