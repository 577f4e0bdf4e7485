//! `explain`: the catalogue, and everything about one definition.

use clap::{Args, ValueEnum};
use kinglet::render::plain::wrap;
use kinglet::wire::{self, DefinitionRecord, ParamRecord, SummaryRecord};
use kinglet::{Engine, Source, catalogue};

use crate::terminal::{FAINT, STRONG, WIDTH, styled};
use crate::text::labelled;
use crate::{Done, Outcome};

/// Explain a definition: formula, arguments, worked example, references
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet explain              all definitions
  kinglet explain return       one of them
  kinglet explain return --format json")]
pub(crate) struct Explain {
    /// A definition; without it, the catalogue
    name: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

pub(crate) fn run(arguments: &Explain) -> Outcome {
    let Some(name) = &arguments.name else {
        return Ok(Done::with(catalogue_in(arguments.format)));
    };
    let metric = catalogue::find(name).map_err(|d| vec![d])?;
    let engine = Engine::open(&Source::Facts, None).map_err(|d| vec![d])?;
    let record = DefinitionRecord::of(metric, &engine);
    Ok(Done::with(match arguments.format {
        Format::Text => text(&record),
        Format::Json => wire::json(&record),
        Format::Markdown => metric.definition.documentation() + "\n",
    }))
}

fn catalogue_in(format: Format) -> String {
    let entries = SummaryRecord::catalogue();
    match format {
        Format::Json => wire::json(&entries),
        Format::Markdown => SummaryRecord::table(&entries).markdown(),
        Format::Text => catalogue_text(&entries),
    }
}

fn catalogue_text(entries: &[SummaryRecord]) -> String {
    let width = entries.iter().map(|e| e.name.len()).max().unwrap_or(0) + 2;
    let mut text = String::new();
    let mut lens = "";
    for entry in entries {
        if entry.lens != lens {
            let gap = if lens.is_empty() { "" } else { "\n" };
            text += &format!("{gap}{}: {}\n", styled(STRONG, entry.lens), entry.about);
            lens = entry.lens;
        }
        let title = entry.title.split_once(": ").map_or(entry.title, |(_, rest)| rest);
        for (i, line) in wrap(title, WIDTH - width - 2).iter().enumerate() {
            let name = if i == 0 { entry.name } else { "" };
            text += &format!("  {name:width$}{line}\n");
        }
    }
    text.push('\n');
    text + &indented(MORE, 0)
}

const MORE: &str = "`kinglet explain NAME` tells all about one of them; `kinglet data list` names \
                    what there are data about.";

fn text(record: &DefinitionRecord) -> String {
    let mut text = format!("{}\n\n", wrap(record.title, WIDTH).join("\n"));
    text += &labelled("query", &signature(record));
    text += &labelled("unit", record.unit);
    text += &labelled("lens", record.lens);
    text += &labelled("revision", &record.revision.to_string());
    text += &heading("Arguments");
    for param in &record.params {
        text += &parameter(param);
    }
    text += &heading("Definition");
    text += &prose(&record.definition);
    text += &heading("Undefined when");
    text += &prose(&record.undefined_when);
    text += &heading("Example on the embedded facts");
    if let Some(answer) = &record.example.answer {
        text += &format!("  {} = {}\n", answer.query, styled(STRONG, &answer.display));
        if let Some(undefined) = &answer.undefined {
            text += &indented(&format!("because {}", undefined.reason), 2);
        }
        text += &format!("  data end {} · version {}\n", answer.data.as_of, answer.data.version);
    }
    if !record.golden.is_empty() {
        text += &heading("Values from elsewhere that it must give");
        for golden in &record.golden {
            text += &indented(&format!("{} = {}", golden.query, golden.want), 2);
            text += &indented(golden.from, 4);
        }
    }
    if !record.phrases.is_empty() {
        text += &heading("Phrases that the auditor reads as it");
        text += &indented(&record.phrases.join(" · "), 2);
    }
    text += &heading("References");
    text + &prose(&record.references)
}

fn signature(record: &DefinitionRecord) -> String {
    let argument = |p: &ParamRecord| {
        let name = match (p.named, p.default) {
            (true, Some(default)) => format!("{}: {default}", p.name),
            (true, None) => format!("{}: …", p.name),
            (false, _) => p.name.to_owned(),
        };
        if p.required { name } else { format!("[{name}]") }
    };
    let (figure, arguments): (Vec<&ParamRecord>, Vec<&ParamRecord>) =
        record.params.iter().partition(|param| param.kind == "figure");
    let arguments: Vec<String> = arguments.into_iter().map(argument).collect();
    let figure: String = figure.into_iter().map(|param| format!(".{}", param.name)).collect();
    format!("{}({}){figure}", record.name, arguments.join(", "))
}

fn parameter(param: &ParamRecord) -> String {
    let mut about = param.doc.to_owned();
    if !param.choices.is_empty() {
        about += &format!(" ({})", param.choices.join(", "));
    }
    if let Some(default) = param.default {
        about += &format!(" [default: {default}]");
    }
    labelled(param.name, &about)
}

fn heading(title: &str) -> String {
    format!("\n{}\n", styled(STRONG, title))
}

fn indented(text: &str, by: usize) -> String {
    wrap(text, WIDTH - by).iter().map(|line| format!("{:by$}{line}\n", "")).collect()
}

/// Markdown for a terminal: formulas on lines of their own, without their dollar signs.
fn prose(markdown: &str) -> String {
    let paragraphs = markdown.split("\n\n").filter(|p| !p.trim().is_empty());
    let mut text = String::new();
    for paragraph in paragraphs {
        let mut running = String::new();
        for line in paragraph.lines() {
            match line.trim().strip_prefix("$$").and_then(|l| l.strip_suffix("$$")) {
                Some(formula) => {
                    text += &flush(&mut running);
                    let formula = indented(formula.trim(), 4);
                    text += &formula.lines().map(|l| styled(FAINT, l) + "\n").collect::<String>();
                }
                None => running += &format!("{line} "),
            }
        }
        text += &flush(&mut running);
    }
    text
}

fn flush(running: &mut String) -> String {
    let text = std::mem::take(running);
    if text.trim().is_empty() { String::new() } else { indented(&text.replace('$', ""), 2) }
}
