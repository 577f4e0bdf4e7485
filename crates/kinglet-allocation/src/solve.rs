//! An algorithm for each problem that has one of its own.

mod cholesky;
mod clusters;
mod hierarchical;
mod interior;
mod inverse;
mod leaf_order;
mod limits;
mod linear;
mod linkage;
mod mean_variance;
mod piecewise;
mod quadratic;
mod risk_budget;
mod tail_risk;
mod walk_forward;

pub use hierarchical::{Descent, Share, hierarchical, nested_clusters};
pub use leaf_order::LeafOrder;
pub use limits::{Limits, Row};
pub use linkage::{Join, Linkage};
pub use mean_variance::MeanVariance;
pub(crate) use risk_budget::increasing_root;
pub use risk_budget::{bounded_risk_budget, risk_budget};
pub use tail_risk::TailRisk;
pub use walk_forward::{Rebalance, WalkForward};
