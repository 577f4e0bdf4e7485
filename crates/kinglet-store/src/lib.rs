//! The data of kinglet: embedded facts, imports, the Delta lake, and dated views of them.

pub mod assemble;
pub mod data;
pub mod declared;
pub mod facts;
pub mod finding;
pub mod import;
pub mod lake;
pub mod progress;
pub mod rows;
