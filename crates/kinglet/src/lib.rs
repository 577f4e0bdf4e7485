//! The façade of kinglet: an engine that answers requests from dated, versioned data, and the wire
//! formats of what it answers. Terminals, servers and bindings render these and know no measure.

pub mod allocation;
pub mod audit;
pub mod case;
pub mod catalogue;
pub mod chart;
pub mod data;
pub mod document;
pub mod engine;
mod html;
pub mod inquiry;
pub mod lens;
mod numerals;
pub mod render;
pub mod source;
pub mod study;
pub mod wire;

pub use engine::Engine;
pub use kinglet_core::answer::Answer;
pub use kinglet_core::diagnostic::{Code, Diagnostic, Exit, Span};
pub use kinglet_core::note::Note;
pub use kinglet_core::query::{Expr, Query, Reach};
pub use kinglet_core::time::Date;
pub use kinglet_core::verdict::Verdict;
pub use source::Source;
