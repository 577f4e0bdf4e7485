//! Tests over the public interface of the core.

mod calendar;
mod gold;
mod shared;
mod verdict;
