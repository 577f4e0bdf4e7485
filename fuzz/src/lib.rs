//! What several fuzz targets read: a few closes of the Russell 2000.

use std::sync::LazyLock;

use kinglet_core::view::{View, example};

/// A view small enough to evaluate thousands of queries a second.
pub static VIEW: LazyLock<View> = LazyLock::new(|| {
    example(&[
        ("2024-12-31", 2230.16),
        ("2025-07-31", 2211.65),
        ("2025-08-28", 2378.41),
        ("2025-08-29", 2366.42),
        ("2025-09-17", 2407.34),
        ("2025-09-18", 2467.70),
        ("2025-09-30", 2436.48),
    ])
});
