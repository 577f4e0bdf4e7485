//! Definitions over other questions: sentences of their own.

/// Definitions that fold others, or whose period is part of their name.
pub(super) const NAMES: [&str; 10] = [
    "count",
    "cases",
    "share",
    "average",
    "streak",
    "rank",
    "percentile",
    "z_score",
    "confidence_limit",
    "crisis_return",
];
