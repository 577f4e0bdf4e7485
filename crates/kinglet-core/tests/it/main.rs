//! Tests over the public interface of the core.

mod calendar;
mod catalog;
#[cfg(shared)]
mod gold;
#[cfg(shared)]
mod real;
#[cfg(shared)]
mod shared;
mod verdict;
