//! A study as one page: the sentence, the events, the way there, the spread, chance.

use kinglet_core::note::{Fan, Histogram, Plot};

use super::figure::{
    PROBABILITIES, after, between, counted, probabilities, probability, rounded, short, tried,
    untold,
};
use crate::html::report::{STYLE, figure, table};
use crate::html::{Document, escape};
use crate::wire::{
    CaseRecord, EventRecord, ExcessRecord, OutcomeRecord, SampleRecord, StudyRecord, TestRecord,
    VariationRecord,
};

/// The whole page.
pub fn page(record: &StudyRecord) -> String {
    let event = record.when.as_deref().unwrap_or("days that are given");
    let title = record.title.clone().unwrap_or_else(|| format!("What followed {event}"));
    let mut body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"standfirst\">{}</p>\n</header>\n{}",
        escape(&title),
        escape(&record.sentence),
        asked(record, event)
    );
    if !record.events.is_empty() {
        body += &events(record);
        body += &fan(record);
        body += &histogram(record);
        body += &figures(record);
        body += &chance(record);
        body += &record.excess.as_ref().map_or_else(String::new, excess);
        body += &variations(record);
        body += &splits(record);
    }
    body += &notes(record);
    Document { title, style: STYLE, script: "", body }.page()
}

fn asked(record: &StudyRecord, event: &str) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if let Some(said) = &record.said {
        pairs.push(("said in an article", escape(said)));
    }
    pairs.push(("event", code(event)));
    pairs.push(("hit", format!("{} above zero", code(&record.then))));
    if let Some([first, last]) = &record.looked_at {
        let text = format!("{}, {first} to {last}", counted(record));
        pairs.push(("periods", escape(&text)));
    }
    let spacing = [("no other within", &record.gap), ("after a rest of", &record.rest)];
    pairs.extend(
        spacing.into_iter().filter_map(|(name, length)| Some((name, escape(length.as_ref()?)))),
    );
    let pairs: String =
        pairs.iter().map(|(name, text)| format!("<dt>{name}</dt><dd>{text}</dd>\n")).collect();
    let warnings: String =
        record.warnings.iter().map(|w| format!("<li>{}</li>\n", quoted(&w.text))).collect();
    match warnings.is_empty() {
        true => format!("<dl>\n{pairs}</dl>\n"),
        false => format!("<dl>\n{pairs}</dl>\n<ul class=\"warnings\">\n{warnings}</ul>\n"),
    }
}

/// What stands between backticks as code.
fn quoted(text: &str) -> String {
    let part = |(at, part)| if at % 2 == 1 { code(part) } else { escape(part) };
    text.split('`').enumerate().map(part).collect()
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

fn events(record: &StudyRecord) -> String {
    let cell = |(case, outcome): (&CaseRecord, &OutcomeRecord)| match &case.undefined {
        None => minus(&short(&case.value, outcome.unit)),
        Some(why) => {
            let word = if why.code == "not_over" { "not over" } else { "none" };
            format!("<span class=\"lacking\" title=\"{}\">{word}</span>", escape(&why.reason))
        }
    };
    let row = |event: &EventRecord| {
        let name =
            event.name.as_ref().map_or_else(String::new, |name| format!(" {}", escape(name)));
        let first = [format!("{}{name}", escape(&event.period)), event.date.to_string()];
        first.into_iter().chain(event.outcomes.iter().zip(&record.outcomes).map(cell)).collect()
    };
    let rows: Vec<Vec<String>> = record.events.iter().map(row).collect();
    let heads = ["event", "known"].map(str::to_owned).into_iter();
    let heads = heads.chain(record.outcomes.iter().map(after));
    format!("<h2>Events</h2>\n{}", table("What followed each", &heads.collect::<Vec<_>>(), &rows))
}

/// A leading hyphen is a minus.
fn minus(text: &str) -> String {
    text.strip_prefix('-')
        .filter(|rest| !rest.is_empty())
        .map_or_else(|| text.to_owned(), |rest| format!("\u{2212}{rest}"))
}

/// The outcome that is told first.
fn primary(record: &StudyRecord) -> Option<&OutcomeRecord> {
    record.outcomes.iter().find(|outcome| outcome.then == record.then)
}

fn fan(record: &StudyRecord) -> String {
    let mut fan = Fan {
        labels: vec!["0".to_owned()],
        paths: Vec::new(),
        band: vec![(0.0, 0.0)],
        events: vec![0.0],
        any: vec![0.0],
    };
    for step in &record.path {
        let (Some(events), Some(any)) = (&step.events, &step.any) else { continue };
        let number = |value: &serde_json::Value| value.as_f64().unwrap_or_default();
        fan.labels.push(format!("+{}", step.after));
        fan.band.push((number(&events.lower_quartile), number(&events.upper_quartile)));
        fan.events.push(number(&events.mean));
        fan.any.push(number(&any.mean));
    }
    if fan.labels.len() < 3 {
        return String::new();
    }
    let unit = primary(record).map_or("", |outcome| outcome.unit).replace('_', " ");
    let caption = format!(
        "{} on the way, in {unit}: the mean and the middle half of the events that have come so \
         far, and the mean of any period.",
        record.then
    );
    figure("The way there", &caption, &Plot::Fan(fan))
}

fn histogram(record: &StudyRecord) -> String {
    let number = |value: &serde_json::Value| value.as_f64().unwrap_or_default();
    let edges = record.histogram.iter().map(|bin| number(&bin.from));
    let end = record.histogram.last().map(|bin| number(&bin.to));
    let share = |count: fn(&crate::wire::BinRecord) -> usize| {
        let all: usize = record.histogram.iter().map(count).sum();
        let part = |bin| count(bin) as f64 / all.max(1) as f64 * 100.0;
        record.histogram.iter().map(part).collect::<Vec<f64>>()
    };
    let bins = Histogram {
        edges: edges.chain(end).collect(),
        events: share(|bin| bin.events),
        any: share(|bin| bin.any),
    };
    if bins.any.is_empty() {
        return String::new();
    }
    let unit = primary(record).map_or("", |outcome| outcome.unit).replace('_', " ");
    let caption = format!(
        "{} in {unit}: what share of the events, and of any period, came to how much.",
        record.then
    );
    let drawn = figure("How outcomes were spread", &caption, &Plot::Histogram(bins));
    drawn + &spread(record)
}

/// The quantiles of the outcome that is told first.
fn spread(record: &StudyRecord) -> String {
    let Some(outcome) = primary(record) else { return String::new() };
    let row = |(label, sample): (&str, &Option<SampleRecord>)| {
        let s = sample.as_ref()?;
        let values = [&s.worst, &s.lower_quartile, &s.median, &s.upper_quartile, &s.best];
        let values = values.map(|value| minus(&short(value, outcome.unit)));
        Some([vec![label.to_owned(), s.n.to_string()], values.to_vec()].concat())
    };
    let samples = [("events", &outcome.events), ("any period", &outcome.any)];
    let rows: Vec<Vec<String>> = samples.into_iter().filter_map(row).collect();
    let heads = ["", "of", "worst", "quarter", "median", "quarter", "best"];
    table(&code(&record.then), &heads, &rows)
}

fn figures(record: &StudyRecord) -> String {
    let dash = || "-".to_owned();
    let row = |outcome: &OutcomeRecord| {
        let cell = |sample: &Option<SampleRecord>, of: &dyn Fn(&SampleRecord) -> String| {
            sample.as_ref().map_or_else(dash, of)
        };
        let inference = outcome.inference.as_ref();
        let between = inference.map_or_else(dash, |i| {
            let [low, high] = i.hit_rate.clone().map(|value| rounded(&value));
            format!("{low} to {high}")
        });
        let mean = |sample: &SampleRecord| minus(&short(&sample.mean, outcome.unit));
        let median = |sample: &SampleRecord| minus(&short(&sample.median, outcome.unit));
        vec![
            after(outcome),
            cell(&outcome.events, &|s| s.n.to_string()),
            cell(&outcome.events, &|s| s.hits.to_string()),
            cell(&outcome.events, &|s| rounded(&s.hit_rate)),
            between,
            cell(&outcome.any, &|s| rounded(&s.hit_rate)),
            cell(&outcome.events, &mean),
            cell(&outcome.any, &mean),
            cell(&outcome.events, &median),
            cell(&outcome.any, &median),
        ]
    };
    let heads =
        ["after", "of", "hits", "rate", "95% between", "any", "mean", "any", "median", "any"];
    let rows: Vec<Vec<String>> = record.outcomes.iter().map(row).collect();
    format!("<h2>What followed</h2>\n{}", table("Events beside any period", &heads, &rows))
}

fn chance(record: &StudyRecord) -> String {
    let row = |outcome: &OutcomeRecord| {
        let i = outcome.inference.as_ref()?;
        let mut cells = vec![
            after(outcome),
            minus(&short(&i.difference, i.difference_unit)),
            between(i.difference_interval.as_ref(), i.difference_unit).replace('-', "\u{2212}"),
        ];
        cells.extend(probabilities(i));
        Some(cells)
    };
    let rows: Vec<Vec<String>> = record.outcomes.iter().filter_map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = [&["after", "differs", "95% between"], &PROBABILITIES[..]].concat();
    format!(
        "<h2>Would chance do it?</h2>\n{}<p class=\"warnings\">Probabilities of such a difference. \
         placebo: of the mean, and of the hits, at {} sets of dates spaced like the events; sign \
         and t take events for independent and are not told where outcomes overlap; calendar holds \
         each event until its outcome; Holm and R-W (Romano and Wolf) allow for {}. Intervals of \
         rates by Wilson, of as many events as have outcomes that lie apart; of differences by the \
         {} bootstrap, seed {}.</p>\n",
        table("Events against any period", &heads, &rows),
        record.resamples,
        tried(record),
        record.bootstrap,
        record.seed
    )
}

/// What came beyond what was to be expected.
fn excess(excess: &ExcessRecord) -> String {
    let known = excess.cumulated.iter().flatten().count();
    let mean = excess.mean.as_ref().map_or_else(|| "-".to_owned(), |mean| short(mean, excess.unit));
    let on = match excess.on.is_empty() {
        true => String::new(),
        false => format!(" on {}", code(&excess.on.join(", "))),
    };
    let row = |test: &TestRecord| {
        let (statistic, p) = (&test.finding.statistic, &test.finding.p_value);
        vec![test.name.to_owned(), minus(&short(statistic, "")), probability(Some(p))]
    };
    let rows: Vec<Vec<String>> = excess.tests.iter().map(row).collect();
    format!(
        "<h2>Beyond what was to be expected</h2>\n\
         <p>{} on average after {known} of {} events. Model: {}{}, from {} periods, {} \
         before the first after the event.</p>\n{}",
        minus(&mean),
        excess.cumulated.len(),
        excess.model,
        on,
        excess.estimation,
        excess.gap,
        table("Tests", &["test", "statistic", "p"], &rows)
    ) + &untold(excess).map_or_else(String::new, |why| format!("<p class=\"warnings\">{why}</p>\n"))
}

/// Samples under a label, one below the other.
fn samples<'a>(
    (caption, what): (&str, &str),
    unit: &str,
    all: impl Iterator<Item = (String, &'a Option<SampleRecord>, &'a Option<SampleRecord>)>,
) -> String {
    let cell = |sample: &Option<SampleRecord>, of: &dyn Fn(&SampleRecord) -> String| {
        sample.as_ref().map_or_else(|| "-".to_owned(), of)
    };
    let mean = |sample: &SampleRecord| minus(&short(&sample.mean, unit));
    let rows = all.map(|(label, events, any)| {
        vec![
            label,
            events.as_ref().map_or(0, |sample| sample.n).to_string(),
            cell(events, &|s| rounded(&s.hit_rate)),
            cell(any, &|s| rounded(&s.hit_rate)),
            cell(events, &mean),
            cell(any, &mean),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    table(caption, &[what, "of", "rate", "any", "mean", "any"], &rows)
}

fn variations(record: &StudyRecord) -> String {
    if record.variations.is_empty() {
        return String::new();
    }
    let unit = primary(record).map_or("", |outcome| outcome.unit);
    let label = |variation: &VariationRecord| match variation.choice {
        "since" => format!("since {}", escape(&variation.value)),
        _ => code(&variation.value),
    };
    let all = record.variations.iter().map(|v| (label(v), &v.events, &v.any));
    let caption = format!("{} with another choice", code(&record.then));
    format!("<h2>Other choices</h2>\n{}", samples((&caption, "choice"), unit, all))
}

fn splits(record: &StudyRecord) -> String {
    let unit = primary(record).map_or("", |outcome| outcome.unit);
    let split = |split: &crate::wire::SplitRecord| {
        let all = split.parts.iter().map(|part| (part.state.to_owned(), &part.events, &part.any));
        samples((&code(&split.by), "state"), unit, all)
    };
    let tables: String = record.splits.iter().map(split).collect();
    if tables.is_empty() { tables } else { format!("<h2>By the state of the world</h2>\n{tables}") }
}

/// What was read, and the queries to ask again.
fn notes(record: &StudyRecord) -> String {
    let queries = record.outcomes.iter().filter_map(|outcome| outcome.query.as_ref());
    let queries: String = queries.map(|query| format!("<p>{}</p>\n", code(query))).collect();
    format!(
        "<footer>\n{queries}<p>Data {}, as of {}. Outcomes start at the close at which an event \
         was known.</p>\n</footer>\n",
        escape(&record.data.version),
        record.data.as_of
    )
}
