//! Errors of the storage turned into diagnostics: what is wrong, where, and how to mend it.

use std::error::Error;

use datafusion::object_store::Error as StoreError;
use kinglet_core::diagnostic::{Code, Diagnostic};

/// A part of the lake that cannot be read.
pub(crate) fn unreadable(part: &str, error: &(dyn Error + 'static)) -> Diagnostic {
    let denied = causes(error).any(|e| match e.downcast_ref::<StoreError>() {
        Some(StoreError::PermissionDenied { .. } | StoreError::Unauthenticated { .. }) => true,
        _ => is_io(e, std::io::ErrorKind::PermissionDenied),
    });
    if denied {
        return Diagnostic::new(Code::File, format!("{part} of the lake may not be read"))
            .note(last(error))
            .hint("give yourself the right to read the lake's folder");
    }
    damaged(part, last(error))
}

/// A place where no lake can be looked for: a file, an unknown bucket, a server that is away.
pub(crate) fn unreachable(error: &(dyn Error + 'static)) -> Diagnostic {
    Diagnostic::new(Code::NoLake, "the place of the lake cannot be listed")
        .note(last(error))
        .hint("give the folder of a lake, or a URL such as s3://bucket/path")
        .hint("keys and endpoints are taken from AWS_…, GOOGLE_… or AZURE_… variables")
}

/// A part of the lake whose content is not what the manifest promises.
pub(crate) fn damaged(part: &str, fact: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::LakeDamaged, format!("{part} of the lake is damaged or missing"))
        .note(fact)
        .hint("`kinglet data check` names every damaged file")
        .hint("read an older version with `--version`, or restore the file from a backup")
}

/// A part of the lake that cannot be written.
pub(crate) fn unwritable(part: &str, error: &(dyn Error + 'static)) -> Diagnostic {
    let full = causes(error).any(|e| {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        [StorageFull, QuotaExceeded, FileTooLarge].into_iter().any(|kind| is_io(e, kind))
    });
    let hint = if full {
        "make room, then import again"
    } else {
        "see that the lake's folder may be written and its disk has room, then import again"
    };
    Diagnostic::new(Code::Write, format!("{part} of the lake cannot be written"))
        .note(last(error))
        .note("nothing was published: the lake stays at its former version")
        .hint(hint)
}

/// Somebody else was faster.
pub(crate) fn conflict(version: u64) -> Diagnostic {
    Diagnostic::new(Code::Conflict, format!("another import published version {version} first"))
        .note("nothing of this import was published")
        .hint("import again: what the other import brought is then left out")
}

/// Whether an error comes from losing a race for a version.
pub(crate) fn is_conflict(error: &(dyn Error + 'static)) -> bool {
    use deltalake::kernel::transaction::TransactionError;
    causes(error).any(|e| {
        let lost = e.downcast_ref::<TransactionError>().is_some_and(|t| {
            use TransactionError::{CommitConflict, MaxCommitAttempts, VersionAlreadyExists};
            matches!(t, CommitConflict(_) | MaxCommitAttempts(_) | VersionAlreadyExists(_))
        });
        lost || matches!(e.downcast_ref::<StoreError>(), Some(StoreError::AlreadyExists { .. }))
    })
}

fn is_io(error: &(dyn Error + 'static), kind: std::io::ErrorKind) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == kind)
}

/// The error and all that caused it, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&e| e.source())
}

/// The innermost cause in words, on one line.
fn last(error: &(dyn Error + 'static)) -> String {
    let text = error.to_string();
    let inner = causes(error).last().map(ToString::to_string).unwrap_or_default();
    let text = if text.contains(&inner) { text } else { format!("{text}: {inner}") };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(300) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}
