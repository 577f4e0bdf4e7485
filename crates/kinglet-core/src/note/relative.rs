//! What is said of rotation: the ratio of the two, since when one of them leads, and who led in
//! each calendar year.

use super::draft::Draft;
use super::plot::{Bar, Bars, Chart, Line, Lines, Mark, Plot, Role, Shade};
use super::words::{date_in_words, period_in_words, plural};
use super::{Block, Form, Prose, Sense, exhibits, maps, prose};
use crate::time::{CalendarPeriod, Date, Grain};

/// The paragraphs and charts.
pub(super) fn blocks(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Vec<Block> {
    let mut account = ratio(draft);
    account.sentence(cycle(draft));
    let mut blocks = vec![Block::Paragraph(account)];
    let years = years(draft);
    let add = |blocks: &mut Vec<Block>, charts: &mut Vec<Chart>, chart: Option<Chart>| {
        blocks.extend(chart.iter().map(|chart| Block::Chart(chart.id.clone())));
        charts.extend(chart);
    };
    add(&mut blocks, charts, ratio_chart(draft));
    blocks.push(Block::Paragraph(leaders(draft, &years)));
    add(&mut blocks, charts, years_chart(draft, &years));
    add(&mut blocks, charts, exhibits::calendar(draft));
    add(&mut blocks, charts, maps::rotation(draft));
    blocks
}

/// For how long the one that leads has led, and how cycles of that age went on.
fn cycle(draft: &Draft<'_>) -> Prose {
    let at = format!("@{}", draft.close);
    let of = |definition: &str| draft.of_both(definition, &at);
    let length = draft.figure(&of("leadership_length"), Form::CARDINAL);
    let (Some(length), Some(gain)) = (length, draft.value(&of("leadership_gain"))) else {
        return Prose::default();
    };
    let leader = if gain > 0.0 { draft.subject.the() } else { draft.against.the() };
    let months = plural(length.value(), "month", "months");
    let mut text = prose![
        format!(
            "By the rule that a turn is a move of one fifth in the ratio, {leader} has led for "
        ),
        length,
        format!(" {months}")
    ];
    if let Some(hazard) = draft.figure(&of("leadership_hazard"), Form::digits(0)) {
        let share = match hazard.value() {
            0.0 => prose!["no cycle that lasted as long ended within a year"],
            _ => prose![hazard, " of the few cycles that lasted as long ended within a year"],
        };
        text.push(prose!["; ", share]);
    }
    text.push(".");
    text
}

/// The ratio of the indexes in a month or on a day.
fn ratio_of(draft: &Draft<'_>, period: &str) -> String {
    let of = |side| draft.of("level", side, period);
    format!("{} / {}", of(draft.subject), of(draft.against))
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
    let first = draft.first_month;
    let months = (-1..=first.until(draft.month)).map(|n| first.plus(n));
    let ends = months.map(|m| (m.last_day(), period_in_words(m), ratio_of(draft, &m.to_string())));
    let close = draft.close;
    let now = (!draft.at_month_end())
        .then(|| (close, date_in_words(close), ratio_of(draft, &format!("@{close}"))));
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
    let now = draft.figure(&ratio_of(draft, &format!("@{}", draft.close)), Form::digits(3));
    let (Some(now), Some((high, low)), Some(first)) = (now, extremes(&points), points.first())
    else {
        return Prose::default();
    };
    let at = |point: &Point| draft.figure(&point.query, Form::digits(3));
    prose![
        format!("At the close of {} {} stood at ", date_in_words(draft.close), draft.subject.the()),
        now,
        format!(" times {}. ", draft.against.the()),
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
        label: format!("{} / {}", draft.subject.name(), draft.against.name()),
        points: points.iter().map(|p| (p.date, p.value)).collect(),
    };
    Some(Chart {
        id: "relative-strength".to_owned(),
        title: format!("{} divided by {}", draft.subject.name(), draft.against.the()),
        caption: format!(
            "Month-end closes; the line rises when {} leads.{}",
            draft.subject.the(),
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
        queries: vec![ratio_of(draft, "month")],
        plot: Plot::Lines(Lines { lines: vec![line], band: None, shades, marks }),
    })
}

/// Recessions as stretches of days, from the month of the peak to that of the trough.
fn recessions(draft: &Draft<'_>) -> Vec<Shade> {
    let events = draft.evaluator().view().events("US", "recession");
    let stretch = |from, to: &Date| Shade { from, to: to.last_of_month(), role: Role::Ground };
    events.filter_map(|e| Some(stretch(e.date, e.dates.get("trough")?))).collect()
}

/// The full calendar years for which both returns are known, oldest first.
fn years(draft: &Draft<'_>) -> Vec<(CalendarPeriod, f64)> {
    let last = CalendarPeriod::containing(Grain::Year, draft.close);
    let first = CalendarPeriod::containing(Grain::Year, draft.first_month.first_day());
    (0..=first.until(last))
        .map(|n| first.plus(n))
        .filter_map(|y| Some((y, draft.value(&draft.gap(&y.to_string()))?)))
        .collect()
}

/// In how many calendar years small caps led.
fn leaders(draft: &Draft<'_>, years: &[(CalendarPeriod, f64)]) -> Prose {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return Prose::default();
    };
    let count = |condition: &str| {
        let gap = draft.gap("year");
        let query = format!("count({gap} {condition}, since: {}, until: {})", first.0, last.0);
        draft.figure(&query, Form::CARDINAL)
    };
    let (Some(led), Some(trailed)) = (count("> 0"), count("< 0")) else {
        return Prose::default();
    };
    let year = plural(led.value(), "year", "years");
    prose![
        format!(
            "From {} to {} {} did better than {} in ",
            first.0,
            last.0,
            draft.subject.the(),
            draft.against.the()
        ),
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
    let figure = |year: CalendarPeriod| draft.figure(&draft.gap(&year.to_string()), signed);
    let bars = years.iter().map(|&(year, value)| Bar {
        label: year.to_string(),
        value: value * 100.0,
        figure: [best, worst, last].contains(&year).then(|| figure(year)).flatten(),
    });
    Some(Chart {
        id: "calendar-years".to_owned(),
        title: format!("{} less {}, calendar years", draft.subject.name(), draft.against.name()),
        caption: format!(
            "Difference of the two {} in percentage points.",
            draft.returns_in_words()
        ),
        alternative: prose![
            format!("One bar for each year from {first} to {last}. The highest is {best} ("),
            figure(best),
            format!("), the lowest {worst} ("),
            figure(worst),
            ")."
        ],
        queries: vec![draft.gap("year")],
        plot: Plot::Columns(Bars {
            above: format!("{} ahead", draft.subject.name()),
            below: format!("{} ahead", draft.against.name()),
            bars: bars.collect(),
            reference: None,
        }),
    })
}
