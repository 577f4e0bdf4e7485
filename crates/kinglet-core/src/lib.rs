//! Market queries over dated data: quantities, time, views, catalogued definitions, the query
//! language, the auditor of articles and the notes. No I/O, no clock, no async, no global state.
//!
//! A module may use those above it in this list and those on its own line: `cargo xtask tidy`
//! checks it.
//!
//! 1. `diagnostic`: messages to the user, each with a code and a remedy
//! 2. `quantity`: numbers with units
//! 3. `time`, `answer`: sessions and periods; a value, or the reason why there is none
//! 4. `identity`: what a query is about
//! 5. `columns`, `companies`: dated values, of series and of companies
//! 6. `numeric`: sums in a fixed order
//! 7. `view`: the data of one version, cut at one instant
//! 8. `portfolio`: the companies behind an index, a fund or a group
//! 9. `definition`, `metrics`, `query`, `study`: a definition computes from a scope of the query
//!    language, whose parser knows the catalogue; a study asks it what followed events
//! 10. `article`: foreign text
//! 11. `verdict`: claims against answers, and against each other
//! 12. `lens`: whom a family of measures favours, by declared rules
//! 13. `note`: sections, sentences and charts as data: every number a query

pub mod answer;
pub mod article;
pub mod columns;
pub mod companies;
pub mod definition;
pub mod diagnostic;
pub mod identity;
pub mod lens;
pub mod metrics;
pub mod note;
pub mod numeric;
pub mod portfolio;
pub mod quantity;
pub mod query;
pub mod study;
pub mod time;
pub mod verdict;
pub mod view;
