//! Tests over the public interface of the core.

mod calendar;
#[cfg(shared)]
mod gold;
#[cfg(shared)]
mod shared;
mod verdict;
