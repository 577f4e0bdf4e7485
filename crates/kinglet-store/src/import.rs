//! Files of the field turned into blocks of rows. A file is recognised by its header, with its name
//! as a hint; `gz`, `zip` and `zst` are opened on the way.

pub mod cell;
pub mod column;
pub(crate) mod layout;
mod open;
mod parquet;
mod sheet;
mod symbol;
pub mod table;

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytes::Bytes;
use kinglet_core::diagnostic::{Code, Diagnostic};
use sha2::{Digest, Sha256};

pub use layout::LAYOUTS;

use crate::lake::{Delivery, ImportedFile};
use crate::progress::Progress;
use crate::rows::Batch;

/// What was found under the paths of an import.
#[derive(Debug, Default)]
pub struct Found {
    /// The files that were read, in order of their names.
    pub deliveries: Vec<Delivery>,
    /// Files of folders that are no data, with the reason.
    pub passed: Vec<(PathBuf, &'static str)>,
}

/// Reads files and folders (with all below them).
///
/// # Errors
/// `Code::File` for a path that cannot be read, `Code::Layout` for a file that is data but of no
/// known layout. Rows that cannot be taken are in the batches.
pub fn read(paths: &[PathBuf], progress: &dyn Progress) -> Result<Found, Diagnostic> {
    let mut found = Found::default();
    let mut files = Vec::new();
    for path in paths {
        walk(path, &mut files, &mut found)?;
    }
    let total = files.len() as u64;
    let (next, finished) = (AtomicUsize::new(0), AtomicU64::new(0));
    let read: Vec<Mutex<Option<Result<Delivery, Diagnostic>>>> =
        files.iter().map(|_| Mutex::new(None)).collect();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(at) else { return };
                    let delivery = read_file(file);
                    *read[at].lock().expect("no reader panics while it holds the lock") =
                        Some(delivery);
                    let done = finished.fetch_add(1, Ordering::Relaxed) + 1;
                    progress.step("files read", done, total);
                }
            });
        }
    });
    for delivery in read {
        let delivery = delivery.into_inner().expect("no reader panicked");
        found.deliveries.push(delivery.expect("every file was taken by a worker")?);
    }
    Ok(found)
}

/// Reads one file.
///
/// # Errors
/// As [`read`].
pub fn read_file(path: &Path) -> Result<Delivery, Diagnostic> {
    let bytes = std::fs::read(path).map_err(|e| unreadable(path, &e))?;
    let sha256 = hex(&Sha256::digest(&bytes));
    let size = bytes.len() as u64;
    let mut batch = Batch::default();
    for (name, content) in open::contents(path, bytes)? {
        if is_parquet(&name) {
            let text = parquet::as_csv(&name, content)?;
            layout::read(&name, &text, &mut batch)?;
        } else {
            layout::read(&name, &content, &mut batch)?;
        }
    }
    sort(&mut batch);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let file = ImportedFile { name, bytes: size, sha256, rows: rows(&batch) };
    Ok(Delivery { file, batch })
}

/// The one table in a file as CSV, under the name it has without compression, read as it is asked
/// for; of Parquet its rows.
///
/// # Errors
/// `Code::File` for a path that cannot be read, `Code::Layout` where it does not hold one table.
pub fn table(path: &Path) -> Result<(PathBuf, Box<dyn BufRead>), Diagnostic> {
    let (name, mut content) = open::single(path)?;
    if is_parquet(&name) {
        let rows = decoded(path, (&name, content), None)?;
        return Ok((name, Box::new(BufReader::new(rows))));
    }
    // What cannot be read or unpacked shows at its beginning.
    content.fill_buf().map_err(|e| match name == path {
        true => unreadable(path, &e),
        false => open::damaged(path, &e),
    })?;
    Ok((name, content))
}

/// Some columns of the table in a Parquet file, by their places in what [`table()`] gives.
///
/// # Errors
/// As [`table()`].
pub fn columns(path: &Path, some: &[usize]) -> Result<impl BufRead + use<>, Diagnostic> {
    let (name, content) = open::single(path)?;
    Ok(BufReader::new(decoded(path, (&name, content), Some(some))?))
}

/// Parquet is read from its end: where it stands, or unpacked.
fn decoded(
    path: &Path,
    (name, mut content): (&Path, Box<dyn BufRead>),
    some: Option<&[usize]>,
) -> Result<parquet::Rows, Diagnostic> {
    if name == path {
        let file = std::fs::File::open(path).map_err(|e| unreadable(path, &e))?;
        return parquet::rows(name, file, some);
    }
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes).map_err(|e| open::damaged(path, &e))?;
    parquet::rows(name, Bytes::from(bytes), some)
}

/// Whether a file of this name holds Parquet.
pub fn is_parquet(name: &Path) -> bool {
    name.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"))
}

/// Blocks are oldest first, whatever the order of the file.
fn sort(batch: &mut Batch) {
    for block in &mut batch.series {
        block.rows.sort_by_key(|r| (r.date, r.known_at));
    }
    for block in &mut batch.bars {
        block.rows.sort_by_key(|r| r.date);
    }
}

fn rows(batch: &Batch) -> u64 {
    let series: usize = batch.series.iter().map(|s| s.rows.len()).sum();
    let bars: usize = batch.bars.iter().map(|b| b.rows.len()).sum();
    let others = batch.holdings.len()
        + batch.fundamentals.len()
        + batch.events.len()
        + batch.statements.len();
    (series + bars + others) as u64
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn walk(path: &Path, files: &mut Vec<PathBuf>, found: &mut Found) -> Result<(), Diagnostic> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut below: Vec<PathBuf> =
        entries.map_err(|e| unreadable(path, &e))?.iter().map(std::fs::DirEntry::path).collect();
    below.sort();
    for path in below {
        if path.is_dir() && !is_hidden(&path) {
            walk(&path, files, found)?;
            continue;
        }
        match is_data(&path) {
            Ok(()) => files.push(path),
            Err(reason) => found.passed.push((path, reason)),
        }
    }
    Ok(())
}

/// Whether a file of a folder or an archive holds data, by its name; else why not.
fn is_data(path: &Path) -> Result<(), &'static str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let data = [".csv", ".txt", ".parquet", ".gz", ".zip", ".zst"];
    if is_hidden(path) {
        Err("hidden")
    } else if !data.iter().any(|ending| name.ends_with(ending)) || name.starts_with("readme") {
        Err("not a data file")
    } else {
        Ok(())
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let name = path.display().to_string();
    Diagnostic::new(Code::File, format!("{name} cannot be read: {error}"))
        .subject(name)
        .hint("check the path and its permissions")
}
