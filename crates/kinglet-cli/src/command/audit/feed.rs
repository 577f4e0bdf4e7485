//! `audit --jsonl`: a feed of articles, one on each line.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use clap::Args;
use kinglet::audit::feed::{self, Delivery, Options, Summary};
use kinglet::{Code, Diagnostic, Exit};

use super::AuditVerb;
use crate::arguments::{name_of, reason};
use crate::progress::ByteBar;
use crate::report;
use crate::terminal::{Errors, FAINT, Remarks, STRONG, styled};
use crate::{Done, Outcome, Settings};

#[derive(Args, Debug)]
#[command(next_help_heading = "Feeds")]
pub(super) struct FeedArguments {
    /// Audit a feed, one article on a line as {"id", "published", "text"}, and print one audit on
    /// a line; `-` reads standard input; gz and zst are unpacked
    #[arg(long, value_name = "FILE", conflicts_with = "llm")]
    pub(super) jsonl: Option<PathBuf>,
    /// How many threads audit a feed [default: one for each core]
    #[arg(long, value_name = "N", requires = "jsonl", conflicts_with = "files")]
    threads: Option<NonZero<usize>>,
}

/// What has no place in a feed is refused by the parser, as far as it can.
pub(super) fn run(path: &Path, arguments: &AuditVerb, settings: &Settings<'_>) -> Outcome {
    let failed = |diagnostic| vec![diagnostic];
    let (source, bytes) = open(path).map_err(failed)?;
    let engine = arguments.state.open(settings.lake).map_err(failed)?;
    let bar = ByteBar::new(bytes, settings.remarks);
    let name = name_of(path);
    let source = feed::unpacked(bar.read(source)).map_err(|e| failed(unreadable(&name, &e)))?;
    let threads = arguments.feed.threads.or_else(|| available_parallelism().ok());
    let options = Options {
        name: &name,
        published: arguments.published(1).map_err(failed)?[0],
        threads: threads.unwrap_or(NonZero::<usize>::MIN),
    };
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout());
    let start = Instant::now();
    let summary = feed::audit(source, &engine, options, |delivery| match delivery {
        Delivery::Audits(lines) => output.write_all(lines),
        Delivery::Skipped(diagnostic) => {
            bar.suspend(|| {
                report::print(settings.terminal, std::slice::from_ref(diagnostic));
            });
            Ok(())
        }
    });
    drop(bar);
    let flushed = output.flush();
    let Some(summary) = summary.map_err(failed)? else {
        return Ok(Done::with(String::new()));
    };
    match flushed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            return Ok(Done::with(String::new()));
        }
        written => written.map_err(|error| failed(report::unwritten(&error)))?,
    }
    if settings.remarks == Remarks::Shown {
        settings.terminal.complain(&match settings.terminal.errors {
            Errors::Text => text(&summary, start.elapsed().as_secs_f64()),
            Errors::Json => json(&summary),
        });
    }
    Ok(Done { output: String::new(), exit: exit(&summary, arguments) })
}

/// Lines that were skipped matter more than claims that are wrong: the audit is not whole.
fn exit(summary: &Summary, arguments: &AuditVerb) -> Exit {
    match summary {
        Summary { skipped: 1.., .. } => Exit::Input,
        Summary { wrong: 1.., .. } if arguments.strict => Exit::WrongClaims,
        _ => Exit::Done,
    }
}

/// The bytes of a feed, and how many there are where that is known.
fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Diagnostic> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(io::stdin()), None));
    }
    let opened = File::open(path).and_then(|file| {
        let data = file.metadata()?;
        if data.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok((file, data.is_file().then_some(data.len())))
    });
    let (file, bytes) = opened.map_err(|error| unreadable(&name_of(path), &error))?;
    Ok((Box::new(file), bytes))
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::File, format!("{name} cannot be read: {}", reason(error)))
}

fn text(summary: &Summary, seconds: f64) -> String {
    let Summary { articles, claims, wrong, skipped, .. } = summary;
    let rate = *articles as f64 / seconds.max(1e-3);
    let head = format!("{articles} articles, {claims} claims, {wrong} of them wrong");
    let mut text = format!("{}\n\n", styled(STRONG, head));
    for (verdict, count) in summary.verdicts.iter().filter(|(_, count)| *count > 0) {
        text += &format!("  {verdict:14}{count:>10}\n");
    }
    if *skipped > 0 {
        text += &format!("  {:14}{skipped:>10}\n", "lines skipped");
    }
    text + &format!("\n{}\n", styled(FAINT, format!("{seconds:.1} s, {rate:.0} articles a second")))
}

/// One JSON object on a line, as the messages before it.
fn json(summary: &Summary) -> String {
    let verdicts: serde_json::Map<_, _> = summary
        .verdicts
        .iter()
        .map(|(name, count)| ((*name).to_owned(), (*count).into()))
        .collect();
    let Summary { articles, claims, wrong, skipped, .. } = summary;
    let record = serde_json::json!({
        "articles": articles, "claims": claims, "wrong": wrong, "skipped": skipped,
        "verdicts": verdicts,
    });
    format!("{}\n", serde_json::json!({ "summary": record }))
}
