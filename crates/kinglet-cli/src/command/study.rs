//! `study`: what followed events, and whether chance would do.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kinglet::data::Progress;
use kinglet::study::{self, BlockKind, Chance, DeclaredStudy, ModelKind, ModelText, Request};
use kinglet::wire::{self, StudyRecord, Table, event_table};
use kinglet::{Code, Diagnostic};

use crate::arguments::{StateArguments, name_of, text_of};
use crate::progress::Bar;
use crate::{Done, Outcome, Settings, table};

mod text;

/// Tell what followed events, one by one, beside what followed any period
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet study --when 'return(RUT, month) >= 10%' --then 'return(RUT, +6m)'
  kinglet study --when 'first_cut(FED, month)' \\
      --then 'return(RUT, +12m) - return(SPX, +12m)' --horizon 3m,6m,12m
  kinglet study --events days.csv --then 'return(RUT, +20d)' --format csv
  kinglet study --name ten-percent-months --split recession --format html

An event is known at the close of its period, and outcomes start there. A
condition that needs later data is refused. `--list` names the studies that
ship. Exit status 3 if the data give no answer.")]
pub(crate) struct Study {
    /// What makes an event, over a family of periods: return(RUT, month) >= 10%
    #[arg(long, value_name = "QUERY", required_unless_present_any = ["events", "name", "list"])]
    when: Option<String>,
    /// What is asked of the time after each event: return(RUT, +6m)
    #[arg(long, value_name = "QUERY", required_unless_present_any = ["name", "list"])]
    then: Option<String>,
    /// Other times after the event at which it is asked: 1m,3m,6m,12m
    #[arg(long, value_name = "LENGTHS", value_delimiter = ',')]
    horizon: Vec<String>,
    /// The first period counted
    #[arg(long, value_name = "PERIOD")]
    since: Option<String>,
    /// The last period counted
    #[arg(long, value_name = "PERIOD")]
    until: Option<String>,
    /// How long after an event no other is counted: 6m
    #[arg(long, visible_alias = "min-gap", value_name = "LENGTH")]
    gap: Option<String>,
    /// How long before an event the condition did not hold: 1m
    #[arg(long, value_name = "LENGTH")]
    rest: Option<String>,
    /// Split by recession, curve, valuation, cycle, or a query; may be repeated
    #[arg(long, value_name = "STATE")]
    split: Vec<String>,
    /// Days instead of a condition: CSV with a column `date`, perhaps `name`; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["when", "name", "rest"])]
    events: Option<PathBuf>,
    /// A study that ships; other options change it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// List the studies that ship
    #[arg(long, conflicts_with_all = ["when", "then", "events", "name"])]
    list: bool,
    /// Beyond what was to be expected: by the mean before, a market, adjusted or factor model
    #[arg(long, value_name = "MODEL")]
    model: Option<Model>,
    /// The market of the model, SPX, or several series; in the place of the outcome's own
    #[arg(long, value_name = "ENTITIES", value_delimiter = ',', requires = "model")]
    benchmark: Vec<String>,
    /// From how many periods the model is estimated, without the one of the event
    #[arg(long, value_name = "N", default_value_t = 60,
          value_parser = clap::value_parser!(u16).range(10..=2_520))]
    estimation: u16,
    /// How many periods lie between those and the first after the event
    #[arg(long, value_name = "N", default_value_t = 1)]
    estimation_gap: u16,
    /// From which random numbers follow
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// In what blocks other histories are drawn
    #[arg(long, value_name = "KIND", default_value = "stationary")]
    blocks: Blocks,
    /// How many other histories and placebos are drawn
    #[arg(long, value_name = "N", default_value_t = 2_000,
          value_parser = clap::value_parser!(u32).range(100..=100_000))]
    resamples: u32,
    /// How to write the study
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    state: StateArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Model {
    /// The mean of the periods before
    Mean,
    /// A regression on the benchmark, or on several
    Market,
    /// What the benchmark did at the same time
    Adjusted,
    /// A regression on the market and size
    Size,
    /// On the market, size and value (Fama and French)
    #[value(name = "three_factor", alias = "ff3")]
    ThreeFactor,
    /// These and momentum (Carhart)
    #[value(name = "four_factor", alias = "carhart")]
    FourFactor,
    /// The market, size, value, profitability and investment
    #[value(name = "five_factor", alias = "ff5")]
    FiveFactor,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Blocks {
    /// Of random length (Politis and Romano)
    Stationary,
    /// All of one length
    Circular,
}

impl From<Blocks> for BlockKind {
    fn from(blocks: Blocks) -> BlockKind {
        match blocks {
            Blocks::Stationary => BlockKind::Stationary,
            Blocks::Circular => BlockKind::Circular,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// One row for each event and outcome
    Csv,
    /// A page with the way to the outcomes and their spread
    Html,
}

pub(crate) fn run(arguments: &Study, settings: &Settings<'_>) -> Outcome {
    if arguments.list {
        return Ok(Done::with(list(arguments.format)));
    }
    let write = || {
        let shipped = study::shipped();
        let named = arguments.name.as_deref().map(|name| shipped.study(name)).transpose()?;
        let (seed, draws) = (arguments.seed, arguments.resamples as usize);
        let chance = Chance { seed, draws, blocks: arguments.blocks.into() };
        let declared = declared(arguments, named);
        let model = model(arguments);
        let asked = (&arguments.split[..], model.as_ref());
        let request = Request::new(&declared, days(arguments)?, asked, chance)?;
        let bar = Bar::new(settings.remarks);
        bar.step("reading data", 0, 1);
        let engine = arguments.state.open_for_study(&request, settings.lake)?;
        bar.step("looking back", 0, chance.draws as u64);
        let drawn = |share: f64| (share * chance.draws as f64) as u64;
        let told = |share| bar.step("drawing", drawn(share), chance.draws as u64);
        let report = request.report(engine.view(), &told)?;
        Ok(StudyRecord::of(&report, named, &engine.view().data()))
    };
    let shown = |record: &StudyRecord| match arguments.format {
        Format::Text => text::study(record),
        Format::Json => wire::json(record),
        Format::Csv => event_table(record).csv(),
        Format::Html => study::page(record),
    };
    let output = write().map(|record| shown(&record));
    output.map(Done::with).map_err(|diagnostic: Diagnostic| vec![diagnostic])
}

/// What is asked: a study that ships, with what is said otherwise.
fn declared(arguments: &Study, named: Option<&DeclaredStudy>) -> DeclaredStudy {
    let mut study = named.cloned().unwrap_or_default();
    let replace = |place: &mut String, given: &Option<String>| {
        if let Some(given) = given {
            place.clone_from(given);
        }
    };
    replace(&mut study.when, &arguments.when);
    replace(&mut study.then, &arguments.then);
    if !arguments.horizon.is_empty() {
        study.horizons.clone_from(&arguments.horizon);
    }
    study.since = arguments.since.clone().or(study.since);
    study.until = arguments.until.clone().or(study.until);
    study.gap = arguments.gap.clone().or(study.gap);
    study.rest = arguments.rest.clone().or(study.rest);
    study
}

/// What was to be expected.
fn model(arguments: &Study) -> Option<ModelText> {
    let kind = match arguments.model? {
        Model::Mean => ModelKind::Mean,
        Model::Market => ModelKind::Market,
        Model::Adjusted => ModelKind::Adjusted,
        Model::Size => ModelKind::Factors("size"),
        Model::ThreeFactor => ModelKind::Factors("three_factor"),
        Model::FourFactor => ModelKind::Factors("four_factor"),
        Model::FiveFactor => ModelKind::Factors("five_factor"),
    };
    Some(ModelText {
        kind,
        benchmarks: arguments.benchmark.clone(),
        estimation: usize::from(arguments.estimation),
        gap: usize::from(arguments.estimation_gap),
    })
}

fn days(arguments: &Study) -> Result<Option<Vec<study::NamedDay>>, Diagnostic> {
    let read = |path: &PathBuf| study::days(&text_of(path, Code::Layout)?, &name_of(path));
    arguments.events.as_ref().map(read).transpose()
}

fn list(format: Format) -> String {
    let mut listed = Table::new(&["name", "title", "said", "when", "then"]);
    for study in study::shipped().studies {
        let cells = [study.name, study.title, study.said, study.when, study.then];
        listed.push(cells.map(Into::into).into());
    }
    match format {
        Format::Text => {
            let shown = [("name", "name"), ("title", "title")];
            table::render(&listed.select(&shown), table::Format::Table)
        }
        Format::Json => table::render(&listed, table::Format::Json),
        Format::Csv | Format::Html => listed.csv(),
    }
}
