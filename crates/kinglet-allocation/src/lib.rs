//! Means, covariances and weights of portfolios: numbers in, numbers out. No files, no clock, no
//! network; what is computed does not depend on the number of threads.
//!
//! A module uses those above it in this list:
//!
//! 1. `conflict`, `error`, `vector`: what cannot be computed, with a code, a place and a hint; sums
//!    of products
//! 2. `returns`, `history`: periods by assets, checked; gaps and unequal histories by a stated rule
//! 3. `estimate`: expected returns and covariances
//! 4. `certificate`: weights with the proof that they are the best
//! 5. `solve`: an algorithm for each problem that has one of its own
//! 6. `problem`: objectives and constraints as data, solved in conic form
//! 7. `views`: what somebody expects, blended with estimates
//! 8. `shares`: whole shares for weights

mod certificate;
mod conflict;
mod error;
pub mod estimate;
mod history;
pub mod problem;
mod returns;
pub mod shares;
pub mod solve;
mod vector;
pub mod views;

pub use certificate::{Certificate, Solution};
pub use conflict::{Conflict, Relaxation};
pub use error::AllocationError;
pub use history::{Coverage, History, Missing};
pub use returns::{Notice, Returns};
