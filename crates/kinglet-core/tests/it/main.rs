//! Tests over the public interface of the core.

mod article;
mod calendar;
#[cfg(shared)]
mod shared;
