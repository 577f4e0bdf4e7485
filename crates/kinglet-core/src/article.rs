//! Articles as foreign text: blocks, sentences, typed tokens, claims. Byte offsets are kept from
//! the first byte read.

pub mod claim;

pub use claim::{Claim, Comparator, Modality, Printed};
