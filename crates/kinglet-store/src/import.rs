//! Files of the field turned into blocks of rows.

pub mod cell;
pub mod column;
pub mod table;
