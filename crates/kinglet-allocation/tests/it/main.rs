//! The crate as its users see it.

mod estimate;
mod general;
mod hierarchical;
mod input;
mod mean_variance;
mod numbers;
mod optimality;
mod positions;
mod problem;
mod pypfopt;
mod riskfolio;
mod stock_prices;
mod tail_risk;
mod threads;
mod views;
mod walk_forward;
