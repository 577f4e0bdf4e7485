//! Tests over the public interface of the core.

mod article;
mod asked;
mod assistance;
mod calendar;
mod catalog;
mod family;
mod gold;
mod hindsight;
mod law;
mod lens;
mod measure;
mod momentum;
mod numeric;
mod performance;
mod periods;
mod phrasing;
mod query;
mod rates;
mod real;
mod rolling;
mod shared;
mod slots;
mod synthetic;
mod times;
mod valuation;
mod verdict;
