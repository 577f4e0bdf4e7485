//! Tests of the store as a whole.

mod facts;
mod lake;
