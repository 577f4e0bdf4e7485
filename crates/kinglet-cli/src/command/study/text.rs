//! A study at 80 columns: the sentence, the events, the figures, chance, other choices.

use kinglet::render::plain::wrap;
use kinglet::study::figure::{
    PROBABILITIES, after, between, counted, probabilities, probability, rounded, short, tried,
    untold,
};
use kinglet::wire::{
    CaseRecord, EventRecord, ExcessRecord, InferenceRecord, OutcomeRecord, SampleRecord,
    StudyRecord,
};

use crate::terminal::{FAINT, STRONG, WIDTH, styled};
use crate::text::{data_line, labelled};

/// More events than these are cut in the middle.
const EVENTS_MAX: usize = 40;
/// More outcomes than these do not fit beside an event.
const OUTCOMES_MAX: usize = 5;

/// The whole text.
pub(super) fn study(record: &StudyRecord) -> String {
    let mut text = String::new();
    if let Some(title) = &record.title {
        text += &format!("{title}\n");
    }
    text += &format!("{}\n\n", styled(STRONG, wrap(&record.sentence, WIDTH).join("\n")));
    text += &asked(record);
    for warning in &record.warnings {
        text += &labelled("notice", &warning.text);
    }
    text += &events(record);
    text += &figures(record);
    text += &chance(record);
    text += &record.excess.as_ref().map_or_else(String::new, excess);
    text += &distribution(record);
    let told = record.outcomes.iter().find(|outcome| outcome.then == record.then);
    let unit = told.map_or("", |outcome| outcome.unit);
    text += &samples(("Other choices", "choice"), unit, variations(record));
    for split in &record.splits {
        let parts = split.parts.iter().map(|p| (p.state.to_owned(), &p.events, &p.any));
        text += &samples((&format!("By {}", split.by), "state"), unit, parts.collect());
    }
    text + &format!("\n{}\n", styled(FAINT, data_line(&record.data)))
}

/// What was asked.
fn asked(record: &StudyRecord) -> String {
    let mut text = String::new();
    if let Some(said) = &record.said {
        text += &labelled("said", &format!("in an article: {said}"));
    }
    text += &labelled("event", record.when.as_deref().unwrap_or("days that are given"));
    text += &labelled("hit", &format!("{} above zero", record.then));
    if let Some([first, last]) = &record.looked_at {
        text += &labelled("periods", &format!("{}, {first} to {last}", counted(record)));
    }
    let spacing = [("no other within", &record.gap), ("after a rest of", &record.rest)];
    for (words, length) in spacing {
        if let Some(length) = length {
            text += &labelled("spacing", &format!("{words} {length}"));
        }
    }
    text
}

fn heading(title: &str) -> String {
    format!("\n{}\n", styled(STRONG, title))
}

/// The events with what followed each.
fn events(record: &StudyRecord) -> String {
    if record.events.is_empty() {
        return String::new();
    }
    let mut text = heading("Events");
    let outcomes = record.outcomes.get(..OUTCOMES_MAX).unwrap_or(&record.outcomes);
    let heads: String = outcomes.iter().map(|o| format!("{:>10}", after(o))).collect();
    text += &format!("{}\n", styled(FAINT, format!("  {:<12}{:<12}{heads}", "event", "known")));
    let count = record.events.len();
    let half = if count > EVENTS_MAX { EVENTS_MAX / 2 } else { count };
    for event in &record.events[..half] {
        text += &event_line(event, outcomes);
    }
    if half < count {
        let hidden = count - 2 * half;
        text += &format!("  … {hidden} more events; --format csv has them all\n");
        for event in &record.events[count - half..] {
            text += &event_line(event, outcomes);
        }
    }
    text
}

fn event_line(event: &EventRecord, outcomes: &[OutcomeRecord]) -> String {
    let cell = |(case, outcome): (&CaseRecord, &OutcomeRecord)| match &case.undefined {
        None => format!("{:>10}", short(&case.value, outcome.unit)),
        Some(why) if why.code == "not_over" => format!("{:>10}", "not over"),
        Some(_) => format!("{:>10}", "none"),
    };
    let cells: String = event.outcomes.iter().zip(outcomes).map(cell).collect();
    let line = format!("  {:<12}{:<12}{cells}", event.period, event.date);
    match &event.name {
        Some(name) if line.chars().count() + 2 + name.chars().count() <= WIDTH => {
            format!("{line}  {name}\n")
        }
        Some(name) => format!("{line}\n{}", labelled("", name)),
        None => format!("{line}\n"),
    }
}

/// A line for each outcome: how often, how much, beside any period.
fn figures(record: &StudyRecord) -> String {
    if record.events.is_empty() {
        return String::new();
    }
    let mut text = heading("What followed");
    let head = ["after", "of", "hits", "rate", "95% between", "any", "mean", "any", "differs"];
    text += &format!("{}\n", styled(FAINT, figure_line(head.map(str::to_owned))));
    for outcome in &record.outcomes {
        text += &format!("{}\n", figure_line(figure_cells(outcome)));
    }
    text
}

fn figure_cells(outcome: &OutcomeRecord) -> [String; 9] {
    let dash = || "-".to_owned();
    let of = |sample: &Option<SampleRecord>, cell: fn(&SampleRecord) -> String| {
        sample.as_ref().map_or_else(dash, cell)
    };
    let unit = outcome.unit;
    let mean = |sample: &Option<SampleRecord>| {
        sample.as_ref().map_or_else(dash, |sample| short(&sample.mean, unit))
    };
    let inference = outcome.inference.as_ref();
    let between = inference.map_or_else(dash, |i| {
        let [low, high] = i.hit_rate.clone().map(|value| rounded(&value));
        format!("{low} to {high}")
    });
    [
        after(outcome),
        of(&outcome.events, |s| s.n.to_string()),
        of(&outcome.events, |s| s.hits.to_string()),
        of(&outcome.events, |s| rounded(&s.hit_rate)),
        between,
        of(&outcome.any, |s| rounded(&s.hit_rate)),
        mean(&outcome.events),
        mean(&outcome.any),
        inference.map_or_else(dash, |i| short(&i.difference, i.difference_unit)),
    ]
}

fn figure_line(
    [after, n, hits, rate, between, any, mean, any_mean, differs]: [String; 9],
) -> String {
    let text = format!(
        "  {after:<6}{n:>5}{hits:>6}{rate:>6}{between:>14}{any:>6}{mean:>10}{any_mean:>10}\
         {differs:>10}"
    );
    text.trim_end().to_owned()
}

/// A line of what chance would do.
fn chance_line(after: &str, differs: &str, probabilities: &[String; 7]) -> String {
    let [placebo, hits, sign, t, calendar, holm, romano_wolf] = probabilities;
    format!(
        "  {after:<6}{differs:>19}{placebo:>9}{hits:>7}{sign:>7}{t:>7}{calendar:>9}{holm:>7}\
         {romano_wolf:>7}"
    )
}

/// Whether chance would do.
fn chance(record: &StudyRecord) -> String {
    let tested: Vec<(&OutcomeRecord, &InferenceRecord)> =
        record.outcomes.iter().filter_map(|o| Some((o, o.inference.as_ref()?))).collect();
    if tested.is_empty() {
        return String::new();
    }
    let mut text = heading("Would chance do it? Probabilities of such a difference");
    let head = chance_line("after", "95% of difference", &PROBABILITIES.map(str::to_owned));
    text += &format!("{}\n", styled(FAINT, head));
    for (outcome, i) in &tested {
        let differs = between(i.difference_interval.as_ref(), i.difference_unit);
        text += &format!("{}\n", chance_line(&after(outcome), &differs, &probabilities(i)));
    }
    let block = tested.first().and_then(|(_, i)| i.block.as_f64()).unwrap_or(1.0);
    let legend = format!(
        "placebo: the mean, and the hits, at {} sets of dates spaced like the events. sign and t \
         take events for independent: not told where outcomes overlap. calendar holds each until \
         its outcome. Holm and R-W (Romano, Wolf) allow for {}. Rates: Wilson, by the number of \
         outcomes that lie apart; differences: {} bootstrap, blocks of {block:.1} {}s on \
         average, seed {}.",
        record.resamples,
        tried(record),
        record.bootstrap,
        record.grain,
        record.seed
    );
    let lines = wrap(&legend, WIDTH - 2);
    text + &lines.iter().map(|line| format!("  {}\n", styled(FAINT, line))).collect::<String>()
}

/// What came beyond what was to be expected.
fn excess(excess: &ExcessRecord) -> String {
    let known = excess.cumulated.iter().flatten().count();
    let mean = excess.mean.as_ref().map_or_else(|| "-".to_owned(), |mean| short(mean, excess.unit));
    let model = match (excess.model, excess.on.join(", ")) {
        ("mean", _) => "the mean before".to_owned(),
        (model, on) => format!("{model} on {on}"),
    };
    let mut text = heading("Beyond what was to be expected");
    let about = format!(
        "{mean} on average after {known} of {} events; expected by {model}, from {} periods, {} \
         before the first after the event",
        excess.cumulated.len(),
        excess.estimation,
        excess.gap
    );
    text += &wrap(&about, WIDTH - 2).iter().map(|line| format!("  {line}\n")).collect::<String>();
    let head = format!("  {:<20}{:>10}{:>9}", "test", "statistic", "p");
    text += &format!("{}\n", styled(FAINT, head));
    for test in &excess.tests {
        let (statistic, p) = (short(&test.finding.statistic, ""), &test.finding.p_value);
        text += &format!("  {:<20}{statistic:>10}{:>9}\n", test.name, probability(Some(p)));
    }
    let legend = untold(excess).map_or_else(Vec::new, |legend| wrap(legend, WIDTH - 2));
    text + &legend.iter().map(|line| format!("  {}\n", styled(FAINT, line))).collect::<String>()
}

/// The spread of the outcome that is told first.
fn distribution(record: &StudyRecord) -> String {
    let Some(outcome) = record.outcomes.iter().find(|o| o.then == record.then) else {
        return String::new();
    };
    let (Some(events), Some(any)) = (&outcome.events, &outcome.any) else { return String::new() };
    let mut text = heading(&format!("How {} was spread", outcome.then));
    let line = |cells: [String; 7]| {
        let [label, n, worst, lower, median, upper, best] = cells;
        format!("  {label:<12}{n:>6}{worst:>11}{lower:>11}{median:>11}{upper:>11}{best:>11}")
    };
    let head = ["", "of", "worst", "quarter", "median", "quarter", "best"].map(str::to_owned);
    text += &format!("{}\n", styled(FAINT, line(head)));
    for (label, sample) in [("events", events), ("any period", any)] {
        let value = |value| short(value, outcome.unit);
        text += &format!(
            "{}\n",
            line([
                label.to_owned(),
                sample.n.to_string(),
                value(&sample.worst),
                value(&sample.lower_quartile),
                value(&sample.median),
                value(&sample.upper_quartile),
                value(&sample.best),
            ])
        );
    }
    text
}

/// A sample of events and one of any period, under a label.
type Labelled<'a> = (String, &'a Option<SampleRecord>, &'a Option<SampleRecord>);

fn variations(record: &StudyRecord) -> Vec<Labelled<'_>> {
    let label = |choice: &str, value: &str| match choice {
        "since" => format!("since {value}"),
        _ => value.to_owned(),
    };
    record.variations.iter().map(|v| (label(v.choice, &v.value), &v.events, &v.any)).collect()
}

/// Samples of the outcome that is told first, one below the other.
fn samples((title, what): (&str, &str), unit: &str, all: Vec<Labelled<'_>>) -> String {
    if all.is_empty() {
        return String::new();
    }
    let mut text = heading(title);
    let head = format!("  {what:<42}{:>4}{:>6}{:>6}{:>9}{:>9}", "of", "rate", "any", "mean", "any");
    text += &format!("{}\n", styled(FAINT, head));
    for (label, events, any) in all {
        let cell = |sample: &Option<SampleRecord>, of: fn(&SampleRecord) -> String| {
            sample.as_ref().map_or_else(|| "-".to_owned(), of)
        };
        let n = events.as_ref().map_or(0, |sample| sample.n);
        let mean = |sample: &Option<SampleRecord>| {
            sample.as_ref().map_or_else(|| "-".to_owned(), |sample| short(&sample.mean, unit))
        };
        let line = format!(
            "{n:>4}{:>6}{:>6}{:>9}{:>9}",
            cell(events, |s| rounded(&s.hit_rate)),
            cell(any, |s| rounded(&s.hit_rate)),
            mean(events),
            mean(any),
        );
        text += &match label.chars().count() {
            ..=41 => format!("  {label:<42}{line}\n"),
            _ => format!("{}  {:42}{line}\n", indented(&label), ""),
        };
    }
    text
}

fn indented(label: &str) -> String {
    wrap(label, WIDTH - 2).iter().map(|line| format!("  {line}\n")).collect()
}
