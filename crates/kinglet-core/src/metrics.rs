//! The catalogue. One file and one line here add a measure.

use crate::definition::Metric;

/// Declares the modules of each lens and collects their metrics, in this order.
macro_rules! catalog {
    ($($(#[$doc:meta])* $lens:ident { $($name:ident),* $(,)? })*) => {
        $($(#[$doc])* pub mod $lens { $(pub mod $name;)* })*

        /// Every measure, lens by lens.
        pub static CATALOG: &[&Metric] = &[$($(&$lens::$name::METRIC,)*)*];
    };
}

catalog! {
    /// Levels and returns of one entity.
    returns { level, period_return }
    /// Folds over families of periods.
    statistics { count }
}

/// The measure of a name.
pub fn find(name: &str) -> Option<&'static Metric> {
    CATALOG.iter().copied().find(|m| m.definition.name == name)
}
