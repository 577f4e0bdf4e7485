//! What followed months of ten percent and more, with the unconditional figures beside it.

use super::draft::{Draft, LARGE, SMALL};
use super::plot::{Bar, Bars, Chart, Plot};
use super::words::{list, month_short, moved, period_in_words, plural};
use super::{Block, Figure, Form, Prose, Section, Sense, Table, prose};
use crate::time::{CalendarPeriod, Grain};

/// What makes a month an event.
const EVENT: &str = "return(RUT, month) >= 10%";
/// What is asked of the half year after it.
const THEN: &str = "return(RUT, +6m)";
/// The same against large companies.
const THEN_AHEAD: &str = "return(RUT, +6m) - return(SPX, +6m)";
/// A share of fewer events than these says nothing.
const EVENTS_MIN: f64 = 3.0;
/// The horizon, in months.
const HORIZON: i32 = 6;

/// The months of ten percent and more until the last full month, and what became of them.
struct Months {
    first: CalendarPeriod,
    events: Vec<CalendarPeriod>,
    /// Those whose following half year is over.
    over: Vec<CalendarPeriod>,
}

impl Months {
    fn find(draft: &Draft<'_>) -> Months {
        let mut months = Months { first: draft.first_month(), events: vec![], over: vec![] };
        let of = |query: &str| -> Vec<CalendarPeriod> {
            let outcome = draft.answer(query).and_then(|(_, answer)| answer.result.ok());
            let rows = outcome.map_or_else(Vec::new, |outcome| outcome.rows);
            rows.iter().map(|row| CalendarPeriod::containing(Grain::Month, row.date)).collect()
        };
        months.events = of(&months.count(draft));
        months.over = of(&months.study(draft, THEN, "n"));
        months
    }

    /// How many there are.
    fn count(&self, draft: &Draft<'_>) -> String {
        format!("count({EVENT}, since: {}, until: {})", self.first, draft.month)
    }

    /// A figure of what followed them.
    fn study(&self, draft: &Draft<'_>, then: &str, figure: &str) -> String {
        let bounds = format!("since: {}, until: {}", self.first, draft.month);
        format!("study(when: {EVENT}, then: {then}, {bounds}).{figure}")
    }

    fn is_over(&self, month: CalendarPeriod) -> bool {
        self.over.contains(&month)
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
        let ask = |figure, form| draft.figure(&months.study(draft, THEN, figure), form);
        let judged = ask("n", Form::CARDINAL)?;
        (judged.value() >= EVENTS_MIN).then_some(())?;
        Some(HitRate {
            judged,
            hits: ask("hits", Form::CARDINAL)?,
            share: ask("hit_rate", Form::digits(0))?,
            any: ask("unconditional_hit_rate", Form::digits(0))?,
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
        format!("{} the Russell 2000 had ", period_in_words(draft.month.plus(-HORIZON))),
        rate.judged.clone(),
        " months of ten percent or more; ",
        rate.hits.clone(),
        format!(" of them {was} followed by a gain over the next six months, "),
        rate.beside_any()
    ]
}

/// What followed such months in more words: how many there were, averages, the last outcome.
fn account(draft: &Draft<'_>, months: &Months) -> Prose {
    let count = draft.figure(&months.count(draft), Form::CARDINAL);
    let Some(count) = count else { return Prose::default() };
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
    let outcome = months.over.last().and_then(|month| {
        let query = format!("return({SMALL}, {})", after(*month));
        Some((*month, draft.figure(&query, Form::digits(1))?))
    });
    if let Some((month, outcome)) = outcome {
        let (from, to) = (period_in_words(month.plus(1)), period_in_words(month.plus(HORIZON)));
        let month = period_in_words(month);
        let lead = format!("After the latest of these, {month}, the Russell 2000 ");
        text.sentence(prose![lead, moved(&outcome, 1), format!(" from {from} through {to}.")]);
    }
    let open = months.events.iter().filter(|month| !months.is_over(**month));
    let open: Vec<String> = open.map(|month| period_in_words(*month)).collect();
    if !open.is_empty() {
        text.sentence(format!("After {} the six months are not over.", list(&open)));
    }
    text
}

/// How far the index moved after such months and after any, alone and against the large.
fn averages(draft: &Draft<'_>, months: &Months) -> Prose {
    let ask = |then: &str, figure: &str| {
        draft.figure(&months.study(draft, then, figure), Form::digits(1))
    };
    let (Some(after), Some(any)) = (ask(THEN, "mean"), ask(THEN, "unconditional")) else {
        return Prose::default();
    };
    let mut text =
        prose!["Over the six months that followed, the index moved by ", after, " on average"];
    if let Some(ahead) = ask(THEN_AHEAD, "mean") {
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
            blocks.push(Block::Chart(chart.id.clone()));
            charts.push(chart);
        }
        blocks.push(Block::Table(months_table(draft, &months)));
    }
    Section {
        id: "history".to_owned(),
        heading: "After months of ten percent and more".to_owned(),
        blocks,
    }
}

fn months_table(draft: &Draft<'_>, months: &Months) -> Table {
    let signed = Form::digits(1).sense(Sense::Signed);
    let row = |&month: &CalendarPeriod| {
        let of = |index: &str, period: &str| format!("return({index}, {period})");
        let next = after(month);
        let outcome = |query: String| match months.is_over(month) {
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
    let bars: Vec<Bar> = months.over.iter().copied().filter_map(outcome).collect();
    let average = draft.figure(&months.study(draft, THEN, "unconditional"), signed);
    let reference = average.map(|figure| Bar {
        label: "average of all months".to_owned(),
        value: figure.value() * 100.0,
        figure: Some(figure),
    });
    (!bars.is_empty()).then(|| Chart {
        id: "after-strong-months".to_owned(),
        title: "The six months after each month of ten percent and more".to_owned(),
        caption: "Price return of the Russell 2000.".to_owned(),
        alternative: "One bar for each such month, oldest first, with its outcome.".into(),
        queries: vec![months.study(draft, THEN, "mean")],
        plot: Plot::Rows(Bars {
            above: "gain".to_owned(),
            below: "loss".to_owned(),
            bars,
            reference,
        }),
    })
}
