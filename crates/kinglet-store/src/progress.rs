//! How far a long import has come.

/// Told of each step of an import, from any thread.
pub trait Progress: Sync {
    /// `done` of `total` of something are through: files read, tables written.
    fn step(&self, what: &str, done: u64, total: u64);
}

/// Nobody looks.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _: &str, _: u64, _: u64) {}
}
