//! Tests over the public interface of the core.

mod calendar;
mod catalog;
mod gold;
mod real;
mod shared;
mod verdict;
