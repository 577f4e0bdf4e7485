//! Tests over the public interface of the core.

mod calendar;
mod catalog;
mod family;
mod gold;
mod law;
mod query;
mod real;
mod shared;
mod synthetic;
mod verdict;
