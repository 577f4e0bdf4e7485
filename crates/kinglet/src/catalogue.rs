//! The catalogue by name.

use kinglet_core::definition::Metric;
use kinglet_core::diagnostic::{Code, Diagnostic, nearest};
use kinglet_core::identity::KNOWN;
use kinglet_core::metrics::{self, CATALOG};

/// The definition of a name.
///
/// # Errors
/// A diagnostic with the nearest name, or with what else has that name.
pub fn find(name: &str) -> Result<&'static Metric, Diagnostic> {
    metrics::find(name).ok_or_else(|| {
        let message = format!("no definition is called `{name}`");
        let diagnostic = Diagnostic::new(Code::UnknownName, message);
        if let Some(entity) = KNOWN.iter().find(|k| k.code == name) {
            let what = format!("`{name}` is an entity, {}", entity.name);
            return diagnostic
                .hint(format!("{what}; ask for a measure of it: level({name}, @2025-08-28)"));
        }
        match nearest(name, CATALOG.iter().map(|m| m.definition.name)) {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None => diagnostic.hint("`kinglet explain` lists the definitions"),
        }
    })
}
