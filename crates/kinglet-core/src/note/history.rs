//! What followed months of ten percent and more, with the unconditional figures beside it.

use super::draft::{Draft, LARGE, SMALL};
use super::plot::{Bar, Bars, Chart, Plot};
use super::words::{list, month_short, moved, period_in_words, plural};
use super::{Block, Figure, Form, Prose, Section, Sense, Table, prose};
use crate::time::CalendarPeriod;

/// What makes a month an event.
const EVENT: &str = "return(RUT, month) >= 10%";
/// A condition that holds in every month.
const ANY: &str = "return(RUT, month) >= -100%";
/// A share of fewer events than these says nothing.
const EVENTS_MIN: f64 = 3.0;
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

    /// A fold of what followed the months in which a condition holds.
    fn followed(&self, fold: &str, outcome: &str, when: &str) -> String {
        let bounds = format!("since: {}, until: {}", self.first, self.judged);
        format!("{fold}({outcome}, when: {when}, {bounds})")
    }
}

/// The half year after a month.
fn after(month: CalendarPeriod) -> String {
    format!("{}..{}", month.plus(1), month.plus(HORIZON))
}

/// How often such months were followed by a gain, and how often any month was.
struct HitRate {
    judged: Figure,
    hits: Figure,
    share: Figure,
    any: Figure,
}

impl HitRate {
    fn find(draft: &Draft<'_>, months: &Months) -> Option<HitRate> {
        let gain = format!("return({SMALL}, +{HORIZON}m) > 0");
        let ask = |fold, when, form| draft.figure(&months.followed(fold, &gain, when), form);
        let judged = months.count(draft, months.judged)?;
        (judged.value() >= EVENTS_MIN).then_some(())?;
        Some(HitRate {
            judged,
            hits: ask("count", EVENT, Form::CARDINAL)?,
            share: ask("share", EVENT, Form::digits(0))?,
            any: ask("share", ANY, Form::digits(0))?,
        })
    }

    /// The share, and that of all months beside it.
    fn beside_any(&self) -> Prose {
        let (share, any) = (self.share.clone(), self.any.clone());
        prose!["a hit rate of ", share, ", against ", any, " for all months."]
    }
}

/// The base rate in one sentence, for the summary.
pub(super) fn base_rate(draft: &Draft<'_>) -> Prose {
    let months = Months::find(draft);
    let Some(rate) = HitRate::find(draft, &months) else { return Prose::default() };
    let was = plural(rate.hits.value(), "was", "were");
    prose![
        format!("Between {} and ", period_in_words(months.first)),
        format!("{} the Russell 2000 had ", period_in_words(months.judged)),
        rate.judged.clone(),
        " months of ten percent or more; ",
        rate.hits.clone(),
        format!(" of them {was} followed by a gain over the next six months, "),
        rate.beside_any()
    ]
}

/// What followed such months in more words: how many there were, averages, the last outcome.
fn account(draft: &Draft<'_>, months: &Months) -> Prose {
    let Some(count) = months.count(draft, draft.month) else { return Prose::default() };
    let all = count.value();
    let month = plural(all, "month", "months");
    let lead = format!("Since {} the Russell 2000 has had ", period_in_words(months.first));
    let mut text = prose![lead, count, format!(" {month} of ten percent or more.")];
    if let Some(rate) = HitRate::find(draft, months) {
        let was = plural(rate.hits.value(), " of them was", " of them were");
        text.sentence(if rate.judged.value() < all {
            prose![
                "Of the ",
                rate.judged.clone(),
                " whose next six months are over, ",
                rate.hits.clone(),
                was,
                " followed by a gain, "
            ]
        } else {
            prose![rate.hits.clone(), was, " followed by a gain over the next six months, "]
        });
        text.push(rate.beside_any());
        text.sentence(averages(draft, months));
    }
    let last = months.events.iter().rev().find(|m| **m <= months.judged);
    let outcome = last.and_then(|month| {
        let query = format!("return({SMALL}, {})", after(*month));
        Some((*month, draft.figure(&query, Form::digits(1))?))
    });
    if let Some((month, outcome)) = outcome {
        let (from, to) = (period_in_words(month.plus(1)), period_in_words(month.plus(HORIZON)));
        let month = period_in_words(month);
        let lead = format!("After the latest of these, {month}, the Russell 2000 ");
        text.sentence(prose![lead, moved(&outcome, 1), format!(" from {from} through {to}.")]);
    }
    let open: Vec<String> =
        months.events.iter().filter(|m| **m > months.judged).map(|m| period_in_words(*m)).collect();
    if !open.is_empty() {
        text.sentence(format!("After {} the six months are not over.", list(&open)));
    }
    text
}

/// How far the index moved after such months and after any, alone and against the large.
fn averages(draft: &Draft<'_>, months: &Months) -> Prose {
    let alone = format!("return({SMALL}, +{HORIZON}m)");
    let against = format!("{alone} - return({LARGE}, +{HORIZON}m)");
    let ask = |outcome: &str, when| {
        draft.figure(&months.followed("average", outcome, when), Form::digits(1))
    };
    let (Some(after), Some(any)) = (ask(&alone, EVENT), ask(&alone, ANY)) else {
        return Prose::default();
    };
    let mut text =
        prose!["Over the six months that followed, the index moved by ", after, " on average"];
    if let Some(ahead) = ask(&against, EVENT) {
        let (word, sense) = match ahead.value() {
            a if a < 0.0 => ("behind", Sense::Below),
            _ => ("ahead of", Sense::Plain),
        };
        let ahead = ahead.written(Form::digits(1).sense(sense));
        text.push(prose![", ", ahead, format!(" {word} the S&P 500")]);
    }
    text.push(prose!["; after any month the Russell 2000 moved by ", any, " on average."]);
    text
}

/// The section on months of ten percent and more.
pub(super) fn months(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Section {
    let months = Months::find(draft);
    let mut blocks = Vec::new();
    if !months.events.is_empty() {
        blocks.push(Block::Paragraph(account(draft, &months)));
        if let Some(chart) = months_chart(draft, &months) {
            blocks.push(Block::Chart(chart.id));
            charts.push(chart);
        }
        blocks.push(Block::Table(months_table(draft, &months)));
    }
    Section { id: "history", heading: "After months of ten percent and more".to_owned(), blocks }
}

fn months_table(draft: &Draft<'_>, months: &Months) -> Table {
    let signed = Form::digits(1).sense(Sense::Signed);
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
        columns: ["Month", "Russell 2000", "Six months later", "S&P 500 six months later"]
            .map(str::to_owned)
            .to_vec(),
        rows: months.events.iter().map(row).collect(),
    }
}

fn months_chart(draft: &Draft<'_>, months: &Months) -> Option<Chart> {
    let signed = Form::digits(1).sense(Sense::Signed);
    let outcome = |month: CalendarPeriod| {
        let figure = draft.figure(&format!("return({SMALL}, {})", after(month)), signed)?;
        Some(Bar { label: month_short(month), value: figure.value() * 100.0, figure: Some(figure) })
    };
    let judged = months.events.iter().copied().filter(|&m| m <= months.judged);
    let bars: Vec<Bar> = judged.filter_map(outcome).collect();
    let outcome = format!("return({SMALL}, +{HORIZON}m)");
    let average = draft.figure(&months.followed("average", &outcome, ANY), signed);
    let reference = average.map(|figure| Bar {
        label: "average of all months".to_owned(),
        value: figure.value() * 100.0,
        figure: Some(figure),
    });
    (!bars.is_empty()).then(|| Chart {
        id: "after-strong-months",
        title: "The six months after each month of ten percent and more".to_owned(),
        caption: "Price return of the Russell 2000.".to_owned(),
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
