//! A diagnostic as JSON.

use kinglet_core::diagnostic::Diagnostic;
use serde_json::{Value, json};

/// `{"error": {"code", "message", "subject", "span", "notes", "hints"}}`
pub fn failure(diagnostic: &Diagnostic) -> Value {
    json!({
        "error": {
            "code": diagnostic.code.as_str(),
            "message": diagnostic.message,
            "subject": diagnostic.subject,
            "span": diagnostic.span,
            "notes": diagnostic.notes,
            "hints": diagnostic.hints,
        }
    })
}
