//! The verbs: each reads its arguments, asks the façade and returns text.

pub(crate) mod allocate;
pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod completions;
pub(crate) mod data;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod lens;
pub(crate) mod optimize;
pub(crate) mod recheck;
pub(crate) mod sql;
pub(crate) mod study;
