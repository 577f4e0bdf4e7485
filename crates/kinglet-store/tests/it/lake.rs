//! The lake from the outside: what an import publishes, a reader of any version finds again.

mod check;
mod crash;
mod damage;
mod rows;
mod shared;
mod sim;
mod sql;
mod storage;
mod versions;
mod view;
