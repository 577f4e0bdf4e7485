//! The lake from the outside: what an import publishes, a reader of any version finds again.

mod rows;
mod versions;
