//! Market queries over dated data: quantities, time, views, catalogued definitions, the query
//! language, the auditor of articles and the notes. No I/O, no clock, no async, no global state.
//!
//! A module may use only those above it in this list; `cargo xtask tidy` checks that.

pub mod answer;
pub mod article;
pub mod columns;
pub mod definition;
pub mod diagnostic;
pub mod identity;
pub mod metrics;
pub mod numeric;
pub mod quantity;
pub mod query;
pub mod time;
pub mod verdict;
pub mod view;
