//! What followed months of ten percent and more, with the unconditional figures beside it.

use super::draft::Draft;
use super::plot::{Bar, Bars, Chart, Plot};
use super::words::{capital, list, month_short, moved, period_in_words, plural};
use super::{Block, Figure, Form, Prose, Sense, exhibits, prose};
use crate::numeric::law::binomial_tails;
use crate::study::{EVENTS_MIN, SIGNIFICANCE};
use crate::time::{CalendarPeriod, Grain};

/// A share of fewer events than these says nothing.
const JUDGED_MIN: f64 = 3.0;
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
        let mut months = Months { first: draft.first_month, events: vec![], over: vec![] };
        let of = |query: &str| -> Vec<CalendarPeriod> {
            let outcome = draft.answer(query).and_then(|(_, answer)| answer.result.ok());
            let rows = outcome.map_or_else(Vec::new, |outcome| outcome.rows);
            rows.iter().map(|row| CalendarPeriod::containing(Grain::Month, row.date)).collect()
        };
        months.events = of(&months.count(draft));
        months.over = of(&months.study(draft, &then(draft), "n"));
        months
    }

    /// What makes a month an event.
    fn event(draft: &Draft<'_>) -> String {
        format!("{} >= 10%", draft.of("return", draft.subject, "month"))
    }

    /// How many there are.
    fn count(&self, draft: &Draft<'_>) -> String {
        let event = Months::event(draft);
        format!("count({event}, since: {}, until: {})", self.first, draft.month)
    }

    /// A figure of what followed them.
    fn study(&self, draft: &Draft<'_>, then: &str, figure: &str) -> String {
        let bounds = format!("since: {}, until: {}", self.first, draft.month);
        let event = Months::event(draft);
        format!("study(when: {event}, then: {then}, {bounds}).{figure}")
    }

    fn is_over(&self, month: CalendarPeriod) -> bool {
        self.over.contains(&month)
    }
}

/// The half year after a month.
fn after(month: CalendarPeriod) -> String {
    format!("{}..{}", month.plus(1), month.plus(HORIZON))
}

/// What is asked of the half year after it.
fn then(draft: &Draft<'_>) -> String {
    draft.of("return", draft.subject, "+6m")
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
        let ask = |figure, form| draft.figure(&months.study(draft, &then(draft), figure), form);
        let judged = ask("n", Form::CARDINAL)?;
        (judged.value() >= JUDGED_MIN).then_some(())?;
        Some(HitRate {
            judged,
            hits: ask("hits", Form::CARDINAL)?,
            share: ask("hit_rate", Form::digits(0))?,
            any: ask("unconditional_hit_rate", Form::digits(0))?,
        })
    }

    /// The share, that of all months beside it, and whether chance suffices.
    fn beside_any(&self) -> Prose {
        let (share, any) = (self.share.clone(), self.any.clone());
        prose!["a hit rate of ", share, ", against ", any, " for all months"]
    }

    /// Whether so many hits could be chance.
    fn chance(&self) -> Chance {
        Chance::of(self.hits.value(), self.judged.value(), self.any.value())
    }
}

/// What chance has to do with a hit rate.
#[derive(Clone, Copy)]
pub(super) enum Chance {
    TooFew,
    Seldom,
    Suffices,
}

impl Chance {
    /// By the binomial law, if each case had the usual probability.
    pub(super) fn of(hits: f64, cases: f64, usual: f64) -> Chance {
        let (hits, cases) = (hits as usize, cases as usize);
        match () {
            () if cases < EVENTS_MIN => Chance::TooFew,
            () if binomial_tails(hits, cases, usual) < SIGNIFICANCE => Chance::Seldom,
            () => Chance::Suffices,
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Chance::TooFew => "These are too few cases to tell from chance.",
            Chance::Seldom => "Chance alone would seldom give such a difference.",
            Chance::Suffices => "In so few cases chance alone can make such a difference.",
        }
    }

    pub(super) fn in_a_word(self) -> &'static str {
        match self {
            Chance::TooFew => "too few to say",
            Chance::Seldom => "hardly",
            Chance::Suffices => "possible",
        }
    }
}

/// The base rate in one sentence, for the summary.
pub(super) fn base_rate(draft: &Draft<'_>) -> Prose {
    let months = Months::find(draft);
    let Some(rate) = HitRate::find(draft, &months) else { return Prose::default() };
    let was = plural(rate.hits.value(), "was", "were");
    prose![
        format!("Between {} and ", period_in_words(months.first)),
        format!("{} {} had ", period_in_words(draft.month.plus(-HORIZON)), draft.subject.the()),
        rate.judged.clone(),
        " months of ten percent or more; ",
        rate.hits.clone(),
        format!(" of them {was} followed by a gain over the next six months, "),
        rate.beside_any(),
        "."
    ]
}

/// What followed such months in more words: how many there were, averages, the last outcome.
fn account(draft: &Draft<'_>, months: &Months) -> Prose {
    let count = draft.figure(&months.count(draft), Form::CARDINAL);
    let Some(count) = count else { return Prose::default() };
    let all = count.value();
    let (month, subject) = (plural(all, "month", "months"), draft.subject.the());
    let lead = format!("Since {} {subject} has had ", period_in_words(months.first));
    let mut text = prose![lead, count, format!(" {month} of ten percent or more.")];
    if let Some(rate) = HitRate::find(draft, months) {
        let was = plural(rate.hits.value(), " was", " were");
        let whose = if rate.judged.value() < all {
            prose!["Of the ", rate.judged.clone(), " that are old enough, "]
        } else {
            "Of these months, ".into()
        };
        let hits = prose![
            rate.hits.clone(),
            was,
            " followed by a gain over the next six months, ",
            rate.beside_any()
        ];
        text.sentence(prose![whose, hits, "."]);
        text.sentence(rate.chance().sentence());
        text.sentence(averages(draft, months));
    }
    let outcome = months.over.last().and_then(|month| {
        let query = draft.of("return", draft.subject, &after(*month));
        Some((*month, draft.figure(&query, Form::digits(1))?))
    });
    if let Some((month, outcome)) = outcome {
        let (from, to) = (period_in_words(month.plus(1)), period_in_words(month.plus(HORIZON)));
        let month = period_in_words(month);
        let lead = format!("After the latest of these, {month}, {subject} ");
        text.sentence(prose![lead, moved(&outcome, 1), format!(" from {from} through {to}.")]);
    }
    let open = months.events.iter().filter(|month| !months.is_over(**month));
    let open: Vec<String> = open.map(|month| period_in_words(*month)).collect();
    if !open.is_empty() {
        text.sentence(format!("After {} the six months are not over.", list(&open)));
    }
    text
}

/// How far prices moved after such months and after any, alone and against the other side.
fn averages(draft: &Draft<'_>, months: &Months) -> Prose {
    let ask = |then: &str, figure: &str| {
        draft.figure(&months.study(draft, then, figure), Form::digits(1))
    };
    let then = then(draft);
    let (Some(after), Some(any)) = (ask(&then, "mean"), ask(&then, "unconditional")) else {
        return Prose::default();
    };
    let subject = draft.subject.the();
    let mut text = prose![
        format!("Over the six months that followed, {subject} moved by "),
        after,
        " on average"
    ];
    if let Some(ahead) = ask(&draft.gap("+6m"), "mean") {
        let (word, sense) = match ahead.value() {
            a if a < 0.0 => ("behind", Sense::Below),
            _ => ("ahead of", Sense::Plain),
        };
        let ahead = ahead.written(Form::digits(1).sense(sense));
        text.push(prose![", ", ahead, format!(" {word} {}", draft.against.the())]);
    }
    text.push(prose![format!("; after any month {subject} moved by "), any, " on average."]);
    text
}

/// What followed months of ten percent and more.
pub(super) fn blocks(draft: &Draft<'_>, charts: &mut Vec<Chart>) -> Vec<Block> {
    let months = Months::find(draft);
    if months.events.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(account(draft, &months))];
    let study = |then: &str, figure: &str| months.study(draft, then, figure);
    let ways = exhibits::ways(draft, &months.events, &study);
    for chart in months_chart(draft, &months).into_iter().chain(ways) {
        blocks.push(Block::Chart(chart.id.clone()));
        charts.push(chart);
    }
    blocks
}

fn months_chart(draft: &Draft<'_>, months: &Months) -> Option<Chart> {
    let signed = Form::digits(1).sense(Sense::Signed);
    let outcome = |month: CalendarPeriod| {
        let figure = draft.figure(&draft.of("return", draft.subject, &after(month)), signed)?;
        Some(Bar { label: month_short(month), value: figure.value() * 100.0, figure: Some(figure) })
    };
    let bars: Vec<Bar> = months.over.iter().copied().filter_map(outcome).collect();
    let average = draft.figure(&months.study(draft, &then(draft), "unconditional"), signed);
    let reference = average.map(|figure| Bar {
        label: "average of all months".to_owned(),
        value: figure.value() * 100.0,
        figure: Some(figure),
    });
    (!bars.is_empty()).then(|| Chart {
        id: "after-strong-months".to_owned(),
        title: "The six months after each month of ten percent and more".to_owned(),
        caption: format!("{} of {}.", capital(draft.returns_in_words()), draft.subject.the()),
        alternative: "One bar for each such month, oldest first, with its outcome.".into(),
        queries: vec![months.study(draft, &then(draft), "mean")],
        plot: Plot::Rows(Bars {
            above: "gain".to_owned(),
            below: "loss".to_owned(),
            bars,
            reference,
        }),
    })
}
