//! Tests over the public interface of the core.

mod article;
mod calendar;
mod catalog;
mod gold;
mod real;
mod shared;
mod verdict;
