//! What followed months of ten percent and more, with the unconditional figures beside it.

use super::draft::{Draft, LARGE, SMALL};
use super::plot::{Bar, Bars, Chart, Plot};
use super::words::{month_short, period_in_words, plural};
use super::{Block, Figure, Form, Prose, Section, Sense, Table, prose};
use crate::time::CalendarPeriod;

/// What makes a month an event.
const EVENT: &str = "return(RUT, month) >= 10%";
/// The horizon, in months.
const HORIZON: i32 = 6;

/// The months of ten percent and more until the last full month, and what became of them.
struct Months {
    first: CalendarPeriod,
    /// The last month whose following half year is known.
    judged: CalendarPeriod,
    events: Vec<CalendarPeriod>,
}

impl Months {
    fn find(draft: &Draft<'_>) -> Months {
        let first = draft.first_month();
        let events = (0..=first.until(draft.month))
            .map(|n| first.plus(n))
            .filter(|m| draft.value(&format!("return({SMALL}, {m})")).is_some_and(|r| r >= 0.10))
            .collect();
        Months { first, judged: draft.month.plus(-HORIZON), events }
    }

    fn count(&self, draft: &Draft<'_>, until: CalendarPeriod) -> Option<Figure> {
        let query = format!("count({EVENT}, since: {}, until: {until})", self.first);
        draft.figure(&query, Form::CARDINAL)
    }

    /// A fold of what followed, after events or after all months.
    fn followed(&self, fold: &str, outcome: &str, when: &str) -> String {
        let bounds = format!("since: {}, until: {}", self.first, self.judged);
        match when {
            "" => format!("{fold}({outcome}, {bounds})"),
            when => format!("{fold}({outcome}, when: {when}, {bounds})"),
        }
    }
}

/// The half year after a month.
fn after(month: CalendarPeriod) -> String {
    format!("{}..{}", month.plus(1), month.plus(HORIZON))
}

/// The base rate in one sentence, for the summary.
pub(super) fn base_rate(draft: &Draft<'_>) -> Prose {
    let months = Months::find(draft);
    let gain = format!("return({SMALL}, +{HORIZON}m) > 0");
    let ask = |fold, when, form| draft.figure(&months.followed(fold, &gain, when), form);
    let (Some(all), Some(hits), Some(share), Some(unconditional)) = (
        months.count(draft, months.judged),
        ask("count", EVENT, Form::CARDINAL),
        ask("share", EVENT, Form::digits(0)),
        ask("share", "", Form::digits(0)),
    ) else {
        return Prose::default();
    };
    let month = plural(all.value(), "month", "months");
    let was = plural(hits.value(), "was", "were");
    prose![
        format!("between {} and ", period_in_words(months.first)),
        format!("{} the Russell 2000 had ", period_in_words(months.judged)),
        all,
        format!(" {month} of ten percent or more; "),
        hits,
        format!(" {was} followed by a gain over the next six months ("),
        share,
        "), against ",
        unconditional,
        " of all months."
    ]
}

/// The section on months of ten percent and more.
pub(super) fn months(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Section {
    let months = Months::find(draft);
    let mut blocks = Vec::new();
    let rate = base_rate(draft);
    if !rate.is_empty() && !months.events.is_empty() {
        blocks.push(Block::Paragraph(sentence_case(rate)));
        if let Some(chart) = months_chart(draft, &months) {
            blocks.push(Block::Chart(chart.id));
            charts.push(chart);
        }
        blocks.push(Block::Table(months_table(draft, &months)));
    }
    Section { id: "history", heading: "After months of ten percent and more".to_owned(), blocks }
}

/// The first letter of a sentence that a bullet begins in lower case.
fn sentence_case(prose: Prose) -> Prose {
    let mut pieces = prose.0;
    if let Some(super::Piece::Text(text)) = pieces.first_mut() {
        *text = super::words::capital(text);
    }
    Prose(pieces)
}

fn months_table(draft: &Draft<'_>, months: &Months) -> Table {
    let signed = Form::bare(1).sense(Sense::Signed);
    let row = |&month: &CalendarPeriod| {
        let of = |index: &str, period: &str| format!("return({index}, {period})");
        let next = after(month);
        let outcome = |query: String| match month <= months.judged {
            true => draft.cell(&query, signed),
            false => "not over yet".into(),
        };
        vec![
            period_in_words(month).into(),
            draft.cell(&of(SMALL, &month.to_string()), signed),
            outcome(of(SMALL, &next)),
            outcome(of(LARGE, &next)),
        ]
    };
    Table {
        caption: "Each such month and the six months after it".to_owned(),
        columns: ["Percent", "Month", "Next six months", "S&P 500, the same six months"]
            .map(str::to_owned)
            .to_vec(),
        rows: months.events.iter().map(row).collect(),
    }
}

fn months_chart(draft: &Draft<'_>, months: &Months) -> Option<Chart> {
    let signed = Form::bare(1).sense(Sense::Signed);
    let outcome = |month: CalendarPeriod| {
        let figure = draft.figure(&format!("return({SMALL}, {})", after(month)), signed)?;
        Some(Bar { label: month_short(month), value: figure.value() * 100.0, figure: Some(figure) })
    };
    let judged = months.events.iter().copied().filter(|&m| m <= months.judged);
    let bars: Vec<Bar> = judged.filter_map(outcome).collect();
    let outcome = format!("return({SMALL}, +{HORIZON}m)");
    let average = draft.figure(&months.followed("average", &outcome, ""), signed);
    let reference = average.map(|figure| Bar {
        label: "average of all months".to_owned(),
        value: figure.value() * 100.0,
        figure: Some(figure),
    });
    (!bars.is_empty()).then(|| Chart {
        id: "after-strong-months",
        title: "The six months after each month of ten percent and more".to_owned(),
        caption: "Price return of the Russell 2000 in percent.".to_owned(),
        alternative: "One bar for each such month, oldest first, with its outcome.".into(),
        queries: vec![months.followed("average", &outcome, EVENT)],
        plot: Plot::Rows(Bars {
            above: "gain".to_owned(),
            below: "loss".to_owned(),
            bars,
            reference,
        }),
    })
}
