//! What cannot be computed, as diagnostics.

use kinglet_allocation::AllocationError;
use kinglet_core::diagnostic::{Code, Diagnostic, nearest};

/// The diagnostic of an error; `file` is what was read.
pub(super) fn diagnostic(error: &AllocationError, file: &str) -> Diagnostic {
    use AllocationError as E;
    let code = match error {
        E::UnknownName { .. }
        | E::Rule { .. }
        | E::Parameter { .. }
        | E::Missing { .. }
        | E::BoundsCrossed { .. }
        | E::Unbounded => Code::Constraint,
        E::BoundsSum { .. }
        | E::Infeasible { .. }
        | E::TargetOutOfReach { .. }
        | E::NoExcessReturn { .. }
        | E::Conflicting(_) => Code::Infeasible,
        E::NotConverged { .. } => Code::Internal,
        _ => Code::Returns,
    };
    let mut diagnostic = Diagnostic::new(code, error.to_string())
        .subject(file)
        .note(format!("code {}", error.code()));
    if let Some(place) = error.place() {
        diagnostic = diagnostic.note(format!("in {place}"));
    }
    if let E::UnknownName { name, known, .. } = error
        && let Some(known) = nearest(name, known.iter().map(String::as_str))
    {
        diagnostic = diagnostic.hint(format!("did you mean `{known}`?"));
    }
    let diagnostic = diagnostic.hint(error.hint());
    match error {
        E::NotFinite { value, .. } if value.is_nan() => {
            diagnostic.hint("to leave them out: --missing common-period")
        }
        _ => diagnostic,
    }
}
