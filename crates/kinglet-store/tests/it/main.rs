//! Tests of the store as a whole.

mod facts;
mod files;
mod lake;
