//! Diagnostics on standard error: one renderer for all of them, and for panics.

use std::io;

use kinglet::render::plain::wrap;
use kinglet::{Code, Diagnostic, Exit, wire};

use crate::terminal::{BAD, Errors, FAINT, HINT, STRONG, Terminal, WIDTH, styled};

/// Writes all diagnostics; the exit status is that of the first.
pub(crate) fn print(terminal: Terminal, diagnostics: &[Diagnostic]) -> Exit {
    for diagnostic in diagnostics {
        terminal.complain(&match terminal.errors {
            Errors::Text => text(diagnostic),
            Errors::Json => format!("{}\n", wire::failure(diagnostic)),
        });
    }
    diagnostics.first().map_or(Exit::Internal, |d| d.code.exit())
}

/// The plain form of a diagnostic, line by line in colour; notes and hints are wrapped.
fn text(diagnostic: &Diagnostic) -> String {
    let plain = diagnostic.to_string();
    let mut lines = plain.lines();
    let first = lines.next().unwrap_or_default();
    let (code, message) = first.split_once(": ").unwrap_or((first, ""));
    let mut text = format!("{}: {}\n", styled(BAD, code), styled(STRONG, message));
    for line in lines {
        let rest = line.trim_start();
        if let Some(note) = rest.strip_prefix("= note: ") {
            text += &remark("= note:", FAINT, note);
        } else if let Some(hint) = rest.strip_prefix("= hint: ") {
            text += &remark("= hint:", HINT, hint);
        } else if !rest.is_empty() && rest.bytes().all(|b| b == b'^') {
            text += &format!("{}\n", styled(BAD, line));
        } else {
            text += &format!("{line}\n");
        }
    }
    text
}

fn remark(label: &str, style: anstyle::Style, text: &str) -> String {
    let indent = label.len() + 3;
    let lines = wrap(text, WIDTH - indent).join(&format!("\n{:indent$}", ""));
    format!("  {} {lines}\n", styled(style, label))
}

/// Standard output that cannot be written.
pub(crate) fn unwritten(error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Write, format!("standard output cannot be written: {error}"))
}

/// Turns any panic into one message with its own code and exit status, on whatever thread.
pub(crate) fn catch_panics(terminal: Terminal) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let exit = print(terminal, &[defect(panic.payload_as_str(), place)]);
        std::process::exit(exit as i32);
    }));
}

fn defect(what: Option<&str>, place: Option<String>) -> Diagnostic {
    let what = what.unwrap_or("no message");
    let diagnostic = Diagnostic::new(Code::Internal, format!("kinglet failed: {what}"));
    let diagnostic = match place {
        Some(place) => diagnostic.note(format!("at {place}")),
        None => diagnostic,
    };
    diagnostic.hint("this is a defect of kinglet; please report it with the command that you ran")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_one_message() {
        let diagnostic = defect(Some("index out of bounds"), Some("src/a.rs:1:2".to_owned()));
        assert_eq!(diagnostic.code.exit(), Exit::Internal);
        assert_eq!(
            diagnostic.to_string(),
            "error[K0901]: kinglet failed: index out of bounds\n  = note: at src/a.rs:1:2\n  = \
             hint: this is a defect of kinglet; please report it with the command that you ran"
        );
    }

    #[test]
    fn colour_changes_no_letter() {
        let diagnostic = Diagnostic::new(Code::Syntax, "expected `)`: a: b")
            .subject("f(x")
            .at(kinglet::Span::new(3, 3))
            .note("n")
            .hint("h");
        let plain = anstream::adapter::strip_str(&text(&diagnostic)).to_string();
        assert_eq!(plain, format!("{diagnostic}\n"));
    }
}
