//! Tests over the public interface of the core.

mod calendar;
<<<<<<< Updated upstream
=======
mod catalog;
>>>>>>> Stashed changes
#[cfg(shared)]
mod gold;
#[cfg(shared)]
mod real;
#[cfg(shared)]
mod shared;
mod verdict;
