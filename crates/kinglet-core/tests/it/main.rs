//! Tests over the public interface of the core.

mod article;
mod asked;
mod assistance;
mod calendar;
mod catalog;
mod family;
mod gold;
mod law;
mod measure;
mod momentum;
mod performance;
mod periods;
mod phrasing;
mod query;
mod real;
mod shared;
mod slots;
mod synthetic;
mod tables;
mod times;
mod told;
mod valuation;
mod verdict;
