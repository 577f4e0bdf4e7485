//! Feeds: one article on each line as JSON, audited on several threads; the results leave in the
//! order of the lines, and only a window of them is in memory at any time.

mod intake;
mod line;
mod outlet;

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};
use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::query::{Evaluator, Reach};
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::verdict::Verdict;
use kinglet_core::view::View;
use serde::Serialize;
use serde_json::Value;

use super::{Article, ArticleRecord, Audit, ClaimRecord, GapRecord, RelationRecord};
use crate::engine::Engine;
use crate::wire::DataRecord;
use intake::{Batch, Intake};
use line::Read;
use outlet::{Outlet, Stop};

/// How a feed is audited.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// What the feed is called in messages.
    pub name: &'a str,
    /// The day of publication of articles that have none.
    pub published: Option<Date>,
    /// How many threads work; the results do not depend on it.
    pub threads: NonZero<usize>,
}

/// What becomes of the lines, in their order.
#[derive(Debug)]
pub enum Delivery<'a> {
    /// Audits: JSON objects, each with its line break.
    Audits(&'a [u8]),
    /// A line that cannot be taken, and why.
    Skipped(&'a Diagnostic),
}

/// What was found in a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Articles audited.
    pub articles: usize,
    /// Lines that could not be taken.
    pub skipped: usize,
    /// Claims found.
    pub claims: usize,
    /// Claims found to be wrong.
    pub wrong: usize,
    /// Claims by verdict, in the order of [`Verdict::ALL`].
    pub verdicts: Vec<(&'static str, usize)>,
}

impl Summary {
    fn add(&mut self, audit: &Audit) {
        if self.verdicts.is_empty() {
            self.verdicts = Verdict::ALL.map(|verdict| (verdict.name(), 0)).to_vec();
        }
        self.articles += 1;
        self.claims += audit.claims.len();
        self.wrong += audit.summary.wrong;
        for claim in &audit.claims {
            for (name, count) in &mut self.verdicts {
                *count += usize::from(*name == claim.verdict);
            }
        }
    }

    fn join(&mut self, other: &Summary) {
        self.articles += other.articles;
        self.skipped += other.skipped;
        self.claims += other.claims;
        self.wrong += other.wrong;
        if self.verdicts.is_empty() {
            self.verdicts.clone_from(&other.verdicts);
        } else {
            for ((_, sum), (_, more)) in self.verdicts.iter_mut().zip(&other.verdicts) {
                *sum += more;
            }
        }
    }
}

/// One line of the output.
#[derive(Serialize)]
struct AuditLine<'a> {
    id: &'a Value,
    line: u64,
    article: &'a ArticleRecord,
    data: &'a DataRecord,
    summary: &'a super::Summary,
    claims: &'a [ClaimRecord],
    relations: &'a [RelationRecord],
    #[serde(skip_serializing_if = "<[GapRecord]>::is_empty")]
    gaps: &'a [GapRecord],
}

/// The text of a feed that may be compressed: gzip and Zstandard are known by their first bytes.
///
/// # Errors
/// Where the source cannot be read.
pub fn unpacked<'a>(source: impl io::Read + Send + 'a) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    const CAPACITY: usize = 1 << 18;
    let mut source = BufReader::with_capacity(CAPACITY, source);
    let first = source.fill_buf()?;
    if first.starts_with(&[0x1f, 0x8b]) {
        let text = flate2::bufread::MultiGzDecoder::new(source);
        Ok(Box::new(BufReader::with_capacity(CAPACITY, text)))
    } else if first.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let text = zstd::Decoder::with_buffer(source)?;
        Ok(Box::new(BufReader::with_capacity(CAPACITY, text)))
    } else {
        Ok(Box::new(source))
    }
}

/// Audits a feed and hands on what becomes of each line. Nothing is returned where the reader of
/// the results goes away, which ends the audit.
///
/// # Errors
/// `File` where the feed breaks off: the lines before are delivered. `Write` where `deliver` fails.
pub fn audit(
    source: impl BufRead + Send,
    engine: &Engine,
    options: Options<'_>,
    deliver: impl FnMut(Delivery<'_>) -> io::Result<()> + Send,
) -> Result<Option<Summary>, Diagnostic> {
    let intake = Mutex::new(Intake::new(source));
    let outlet = Outlet::new(deliver);
    thread::scope(|scope| {
        for _ in 0..options.threads.get() {
            scope.spawn(|| {
                let _guard = outlet.guard();
                while let Some(batch) = Intake::next(&intake) {
                    if outlet.put(judge(&batch, engine, options)) == Stop::Now {
                        break;
                    }
                }
            });
        }
    });
    let broken = intake.into_inner().ok().and_then(Intake::into_error);
    let summary = outlet.finish().map_err(|error| {
        Diagnostic::new(Code::Write, format!("the audits cannot be written: {error}"))
    })?;
    match broken {
        Some((line, error)) => {
            let message = format!("{} breaks off after line {line}", options.name);
            Err(Diagnostic::new(Code::File, message).note(error.to_string()))
        }
        None => Ok(summary),
    }
}

/// What becomes of the lines of a batch.
struct Judged {
    number: u64,
    parts: Vec<Part>,
    summary: Summary,
}

enum Part {
    Audits(Vec<u8>),
    Skipped(Diagnostic),
}

impl Judged {
    /// Its size in memory, roughly.
    fn bytes(&self) -> usize {
        let bytes = |part: &Part| match part {
            Part::Audits(json) => json.len(),
            Part::Skipped(_) => 500,
        };
        self.parts.iter().map(bytes).sum()
    }
}

fn judge(batch: &Batch, engine: &Engine, options: Options<'_>) -> Judged {
    let mut judged =
        Judged { number: batch.number, parts: Vec::new(), summary: Summary::default() };
    let read = batch.lines().filter_map(|line| line::read(&line, options).transpose());
    // what companies are needed for is loaded with the first article that asks for them
    let with_view = |read: Read| engine.view_reaching(read.reach()).map(|view| (read, view));
    let lines: Vec<_> = read.map(|read| read.and_then(with_view)).collect();
    let audits = audits(&lines);
    for (read, audit) in lines.iter().zip(&audits) {
        match (read, audit) {
            (Ok((read, _)), Some(audit)) => {
                judged.summary.add(audit);
                judged.put(read, audit);
            }
            (Err(diagnostic), _) => {
                judged.summary.skipped += 1;
                judged.parts.push(Part::Skipped(diagnostic.clone()));
            }
            (Ok(_), None) => unreachable!("every article is audited"),
        }
    }
    judged
}

/// The audits of articles on their views, in their order. Those of one day and reach share what is
/// computed.
fn audits(lines: &[Result<(Read, &View), Diagnostic>]) -> Vec<Option<Audit>> {
    let mut days: BTreeMap<(Date, Reach), Vec<usize>> = BTreeMap::new();
    for (i, read) in lines.iter().enumerate() {
        if let Ok((read, _)) = read {
            days.entry((read.published, read.reach())).or_default().push(i);
        }
    }
    let mut audits = vec![None; lines.len()];
    for ((published, _), alike) in days {
        let mut reads = alike.iter().filter_map(|&i| Some((i, lines[i].as_ref().ok()?))).peekable();
        let Some((_, (_, view))) = reads.peek() else { continue };
        let view = view.until(Cutoff::end_of(published));
        let evaluator = Evaluator::new(&view);
        for (i, (read, _)) in reads {
            let article = Article { path: &read.path, text: &read.text, published };
            let audit = super::audit_on(article, &read.article, &evaluator);
            audits[i] = Some(audit.with_gaps(&read.article.gaps, &read.text));
        }
    }
    audits
}

impl Judged {
    fn put(&mut self, read: &Read, audit: &Audit) {
        let Audit { article, data, summary, claims, relations, gaps } = audit;
        let (id, line) = (&read.id, read.line);
        let record = AuditLine { id, line, article, data, summary, claims, relations, gaps };
        if !matches!(self.parts.last(), Some(Part::Audits(_))) {
            self.parts.push(Part::Audits(Vec::new()));
        }
        if let Some(Part::Audits(json)) = self.parts.last_mut() {
            serde_json::to_writer(&mut *json, &record)
                .expect("records hold text keys and finite numbers");
            json.push(b'\n');
        }
    }
}
