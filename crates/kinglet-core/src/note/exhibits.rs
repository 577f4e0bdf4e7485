//! Exhibits: how far each side stood below its highest close, who led in which month, and the way
//! after strong months. What is drawn is asked month by month; what is printed has its figure.

use super::draft::{Draft, Side};
use super::plot::{Bar, Chart, Fan, Line, Lines, Mark, Months, Path, Plot, Year};
use super::words::{capital, period_in_words};
use super::{Figure, Form, Sense, prose};
use crate::time::{CalendarPeriod, Grain};

/// Months of a fan.
const STEPS: i32 = 6;
/// Years of a calendar.
const YEARS_MAX: i32 = 25;
/// Fewer points are no line.
const POINTS_MIN: usize = 24;

/// How far each side stood below its highest close at each month-end.
pub(super) fn drawdowns(draft: &Draft<'_>) -> Option<Chart> {
    let months: Vec<CalendarPeriod> =
        (0..=draft.first_month.until(draft.month)).map(|n| draft.first_month.plus(n)).collect();
    let of = |side: Side<'_>, month: &str| draft.of("distance_from_high", side, month);
    let line = |side: Side<'_>| {
        let point = |month: &CalendarPeriod| {
            let value = draft.value(&of(side, &month.to_string()))?;
            Some((month.last_day(), value * 100.0))
        };
        Line { label: side.name().to_owned(), points: months.iter().filter_map(point).collect() }
    };
    let lines = [line(draft.subject), line(draft.against)];
    if lines.iter().any(|line| line.points.len() < POINTS_MIN) {
        return None;
    }
    let deepest = lines[0].points.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let month = draft.month_of(deepest.0);
    let figure = draft.figure(&of(draft.subject, &month.to_string()), Form::short(0))?;
    let mark = Mark { date: deepest.0, value: deepest.1, label: prose![figure.clone()] };
    let first = period_in_words(draft.month_of(lines[0].points.first()?.0));
    Some(Chart {
        id: "drawdowns".to_owned(),
        title: "Below the highest close".to_owned(),
        caption: "Month-ends, in percent of the highest close before.".to_owned(),
        alternative: prose![
            format!(
                "Two surfaces below zero from {first} on; {} was deepest at the end of {} (",
                draft.subject.the(),
                period_in_words(month)
            ),
            figure,
            ")."
        ],
        queries: vec![of(draft.subject, "month"), of(draft.against, "month")],
        plot: Plot::Areas(Lines { lines: lines.to_vec(), marks: vec![mark], ..Lines::default() }),
    })
}

/// Who led in each month of the last years.
pub(super) fn calendar(draft: &Draft<'_>) -> Option<Chart> {
    let year_of = |month: CalendarPeriod| CalendarPeriod::containing(Grain::Year, month.last_day());
    let last = year_of(draft.month);
    let kept = year_of(draft.first_month).until(last).min(YEARS_MAX - 1);
    let mut cells: Vec<(CalendarPeriod, f64)> = Vec::new();
    let years: Vec<Year> = (0..=kept)
        .map(|back| last.plus(back - kept))
        .map(|year| Year {
            year: year.first_day().year(),
            months: std::array::from_fn(|at| {
                let first = CalendarPeriod::containing(Grain::Month, year.first_day());
                let month = first.plus(i32::try_from(at).ok()?);
                let value = draft.value(&draft.gap(&month.to_string()))? * 100.0;
                cells.push((month, value));
                Some(Bar { label: month.to_string(), value, figure: None })
            }),
        })
        .collect();
    if cells.len() < POINTS_MIN {
        return None;
    }
    let by_value = |a: &&(CalendarPeriod, f64), b: &&(CalendarPeriod, f64)| a.1.total_cmp(&b.1);
    let (best, worst) = (cells.iter().max_by(by_value)?.0, cells.iter().min_by(by_value)?.0);
    let signed = Form::short(1).sense(Sense::Signed);
    let figure = |month: CalendarPeriod| draft.figure(&draft.gap(&month.to_string()), signed);
    let (subject, against) = (draft.subject.name(), draft.against.name());
    Some(Chart {
        id: "calendar".to_owned(),
        title: format!("{subject} less {against}, by month"),
        caption: format!(
            "Difference of the two {}, in percentage points; the stronger the colour, the larger.",
            draft.returns_in_words()
        ),
        alternative: prose![
            format!("One cell for each month. The highest is {} (", period_in_words(best)),
            figure(best),
            format!("), the lowest {} (", period_in_words(worst)),
            figure(worst),
            ")."
        ],
        queries: vec![draft.gap("month")],
        plot: Plot::Months(Months {
            above: format!("{subject} ahead"),
            below: format!("{against} ahead"),
            years,
        }),
    })
}

/// The way after each of some months; `study` asks for a figure of what followed all of them.
pub(super) fn ways(
    draft: &Draft<'_>,
    events: &[CalendarPeriod],
    study: &dyn Fn(&str, &str) -> String,
) -> Option<Chart> {
    let after = |month: CalendarPeriod, step: i32| {
        draft.of("return", draft.subject, &format!("{}..{}", month.plus(1), month.plus(step)))
    };
    let path = |month: &CalendarPeriod| {
        let steps = (1..=STEPS).map_while(|step| draft.value(&after(*month, step)));
        let values = std::iter::once(0.0).chain(steps.map(|value| value * 100.0)).collect();
        Path { label: period_in_words(*month), values }
    };
    let paths: Vec<Path> = events.iter().map(path).filter(|path| path.values.len() > 1).collect();
    let then = |step: i32| draft.of("return", draft.subject, &format!("+{step}m"));
    let line = |figure: &str| -> Option<Vec<f64>> {
        let value = |step| Some(draft.value(&study(&then(step), figure))? * 100.0);
        std::iter::once(Some(0.0)).chain((1..=STEPS).map(value)).collect()
    };
    let (mean, any) = (line("mean")?, line("unconditional")?);
    let signed = Form::short(1).sense(Sense::Signed);
    let figure =
        |name: &str| -> Option<Figure> { draft.figure(&study(&then(STEPS), name), signed) };
    Some(Chart {
        id: "ways".to_owned(),
        title: "The way after each month of ten percent and more".to_owned(),
        caption: format!(
            "{} of {} in percent, by the number of months since; each thin line is one event.",
            capital(draft.returns_in_words()),
            draft.subject.the()
        ),
        alternative: prose![
            "One thin line for each event. After six months the mean of the events is ",
            figure("mean"),
            ", that of any month ",
            figure("unconditional"),
            "."
        ],
        queries: vec![study(&then(STEPS), "mean"), study(&then(STEPS), "unconditional")],
        plot: Plot::Fan(Fan {
            labels: (0..=STEPS).map(|step| step.to_string()).collect(),
            paths,
            band: Vec::new(),
            events: mean,
            any,
        }),
    })
}
