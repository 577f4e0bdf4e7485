//! An algorithm for each problem that has one of its own.
