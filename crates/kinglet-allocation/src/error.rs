//! What cannot be computed.

use std::fmt;

use crate::conflict::Conflict;

/// Why there is no result: a code that stays, a place in the input, one sentence and a hint.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AllocationError {
    /// The number of values is not periods times assets.
    Shape {
        /// What was counted.
        what: &'static str,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// No column.
    NoAssets,
    /// Too few rows to estimate anything.
    TooFewPeriods {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// A value that is missing, not a number or infinite.
    NotFinite {
        /// The column.
        asset: String,
        /// The row.
        period: String,
        /// What stands there.
        value: f64,
    },
    /// A price of zero or below.
    PriceNotPositive {
        /// The column.
        asset: String,
        /// The row.
        period: String,
        /// The price.
        price: f64,
    },
    /// A column whose values are all the same.
    ConstantColumn {
        /// The column.
        asset: String,
    },
    /// Two columns with the same values.
    DuplicateColumn {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
    },
    /// Two columns of the same name.
    DuplicateName {
        /// The name.
        name: String,
    },
    /// No period in which every asset has a value.
    NoCommonPeriod {
        /// The asset with the fewest values.
        shortest: String,
    },
    /// Two assets with too few periods in common.
    NoOverlap {
        /// One asset.
        first: String,
        /// The other.
        second: String,
    },
    /// A number outside what is allowed.
    Parameter {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A covariance that is not positive definite where it must be.
    NotPositiveDefinite {
        /// What it was needed for.
        purpose: &'static str,
    },
    /// Bounds that no weights with the given sum meet.
    BoundsSum {
        /// The sum of the lower bounds.
        lower: f64,
        /// The sum of the upper bounds.
        upper: f64,
        /// The sum that the weights must have.
        budget: f64,
    },
    /// A lower bound above its upper bound.
    BoundsCrossed {
        /// The asset.
        asset: String,
        /// The lower bound.
        lower: f64,
        /// The upper bound.
        upper: f64,
    },
    /// Constraints that no weights meet together.
    Infeasible {
        /// By how much they are violated at least.
        violation: f64,
    },
    /// A target that no allowed weights reach.
    TargetOutOfReach {
        /// What the target is of.
        what: &'static str,
        /// The target.
        target: f64,
        /// The nearest that can be reached.
        reachable: f64,
    },
    /// Every expected return is at or below the risk-free rate.
    NoExcessReturn {
        /// The largest expected return that allowed weights reach.
        best: f64,
        /// The risk-free rate.
        risk_free: f64,
    },
    /// A name that stands for nothing.
    UnknownName {
        /// The name.
        name: String,
        /// Where it was used.
        place: String,
        /// The names that stand for something.
        known: Vec<String>,
    },
    /// A text that is no rule.
    Rule {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An input that the objective or a constraint needs.
    Missing {
        /// What is needed.
        what: &'static str,
    },
    /// Constraints that contradict one another.
    Conflicting(Conflict),
    /// An objective that can be as good as one likes.
    Unbounded,
    /// An algorithm that did not reach its tolerance.
    NotConverged {
        /// The algorithm.
        method: &'static str,
        /// How often it went round.
        iterations: usize,
        /// How far it was from the end.
        residual: f64,
    },
}

impl AllocationError {
    /// A name that is not among those known.
    pub fn unknown<'a>(
        name: &str,
        known: impl IntoIterator<Item = &'a String>,
        place: &str,
    ) -> AllocationError {
        let known = known.into_iter().cloned().collect();
        AllocationError::UnknownName { name: name.into(), place: place.into(), known }
    }

    /// A code that stays the same from version to version.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "shape",
            Self::NoAssets => "no-assets",
            Self::TooFewPeriods { .. } => "too-few-periods",
            Self::NotFinite { .. } => "not-finite",
            Self::PriceNotPositive { .. } => "price-not-positive",
            Self::ConstantColumn { .. } => "constant-column",
            Self::DuplicateColumn { .. } => "duplicate-column",
            Self::DuplicateName { .. } => "duplicate-name",
            Self::NoCommonPeriod { .. } => "no-common-period",
            Self::NoOverlap { .. } => "no-overlap",
            Self::Parameter { .. } => "parameter",
            Self::NotPositiveDefinite { .. } => "not-positive-definite",
            Self::BoundsSum { .. } => "bounds-sum",
            Self::BoundsCrossed { .. } => "bounds-crossed",
            Self::Infeasible { .. } => "infeasible",
            Self::TargetOutOfReach { .. } => "target-out-of-reach",
            Self::NoExcessReturn { .. } => "no-excess-return",
            Self::UnknownName { .. } => "unknown-name",
            Self::Rule { .. } => "rule",
            Self::Missing { .. } => "missing",
            Self::Conflicting(_) => "conflicting",
            Self::Unbounded => "unbounded",
            Self::NotConverged { .. } => "not-converged",
        }
    }

    /// Where in the input: the asset, and the period where there is one.
    pub fn place(&self) -> Option<String> {
        match self {
            Self::NotFinite { asset, period, .. }
            | Self::PriceNotPositive { asset, period, .. } => {
                Some(format!("asset {asset}, period {period}"))
            }
            Self::ConstantColumn { asset } => Some(format!("asset {asset}")),
            Self::NoCommonPeriod { shortest } => Some(format!("asset {shortest}")),
            Self::DuplicateColumn { first, second } | Self::NoOverlap { first, second } => {
                Some(format!("assets {first} and {second}"))
            }
            Self::DuplicateName { name } => Some(format!("asset {name}")),
            Self::BoundsCrossed { asset, .. } => Some(format!("asset {asset}")),
            Self::Parameter { name, .. } => Some((*name).to_owned()),
            Self::UnknownName { place, .. } => Some(place.clone()),
            Self::Rule { text, .. } => Some(text.clone()),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Conflicting(conflict) if !conflict.relaxations.is_empty() => conflict.remedy(),
            _ => self.remedy().to_owned(),
        }
    }

    fn remedy(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "give one value per period and asset",
            Self::NoAssets => "give at least one column of numbers",
            Self::TooFewPeriods { .. } => "give a longer history",
            Self::NotFinite { .. } => {
                "mend the value, or leave out periods in which one is missing"
            }
            Self::PriceNotPositive { .. } => "give prices, not returns; mend or drop the asset",
            Self::ConstantColumn { .. } => "drop the asset, or hold it as cash",
            Self::DuplicateColumn { .. } => "drop one of the two",
            Self::DuplicateName { .. } => "rename or drop one of the two",
            Self::NoCommonPeriod { .. } => "drop the shortest asset, or choose pairwise estimates",
            Self::NoOverlap { .. } => "drop one of the two",
            Self::Parameter { .. } => "choose a value that is allowed",
            Self::NotPositiveDefinite { .. } => "shrink or repair the covariance",
            Self::BoundsSum { .. } => "raise the upper bounds or lower the lower bounds",
            Self::BoundsCrossed { .. } => "exchange or mend the two bounds",
            Self::Infeasible { .. } => "relax a constraint",
            Self::TargetOutOfReach { .. } => "choose a target within reach, or relax the bounds",
            Self::NoExcessReturn { .. } => "lower the risk-free rate, or minimise the variance",
            Self::UnknownName { .. } => "names are those of assets, groups and sleeves",
            Self::Rule { .. } => "write a rule as `tech <= 0.3` or `small >= 0.5 * large`",
            Self::Missing { .. } => "give it, or choose an objective that does without",
            Self::Conflicting(_) => "relax or drop one of them",
            Self::Unbounded => "bound the weights, or choose an objective that is above zero",
            Self::NotConverged { .. } => "use the general solver",
        }
    }
}

impl fmt::Display for AllocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { what, expected, found } => {
                write!(f, "expected {expected} {what}, found {found}")
            }
            Self::NoAssets => write!(f, "there are no assets"),
            Self::TooFewPeriods { needed, found } => {
                write!(f, "needs {needed} periods, found {found}")
            }
            Self::NotFinite { asset, period, value } if value.is_nan() => {
                write!(f, "there is no value of {asset} in {period}")
            }
            Self::NotFinite { asset, period, value } => {
                write!(f, "the value of {asset} in {period} is {value}, not a finite number")
            }
            Self::PriceNotPositive { asset, period, price } => {
                write!(f, "the price of {asset} in {period} is {price}, not above zero")
            }
            Self::ConstantColumn { asset } => write!(f, "all values of {asset} are the same"),
            Self::DuplicateColumn { first, second } => {
                write!(f, "{first} and {second} have the same values in every period")
            }
            Self::DuplicateName { name } => write!(f, "two assets are called {name}"),
            Self::NoCommonPeriod { shortest } => {
                write!(f, "no two periods have a value of every asset; {shortest} has the fewest")
            }
            Self::NoOverlap { first, second } => {
                write!(f, "{first} and {second} have fewer than two periods in common")
            }
            Self::Parameter { name, value, allowed } => {
                write!(f, "{name} is {value}, but must be {allowed}")
            }
            Self::NotPositiveDefinite { purpose } => {
                write!(f, "{purpose} needs a positive definite covariance, and this is none")
            }
            Self::BoundsSum { lower, upper, budget } => {
                let (lower, upper) = (Short(*lower), Short(*upper));
                write!(f, "the bounds allow sums of weights from {lower} to {upper}, not {budget}")
            }
            Self::BoundsCrossed { lower, upper, .. } => {
                write!(f, "a lower bound of {lower} is above its upper bound of {upper}")
            }
            Self::Infeasible { violation } => {
                let violation = Short(*violation);
                write!(f, "no weights meet all constraints; the best miss them by {violation}")
            }
            Self::TargetOutOfReach { what, target, reachable } => {
                let (target, reachable) = (Short(*target), Short(*reachable));
                write!(f, "the {what} of {target} is out of reach; the nearest is {reachable}")
            }
            Self::NoExcessReturn { best, risk_free } => write!(
                f,
                "no allowed weights have an expected return above the risk-free rate of {}; the \
                 best is {}",
                Short(*risk_free),
                Short(*best)
            ),
            Self::UnknownName { name, place, .. } => {
                write!(f, "nothing is called `{name}`, which stands in `{place}`")
            }
            Self::Rule { text, reason } => write!(f, "`{text}` is no rule: {reason}"),
            Self::Missing { what } => write!(f, "the problem needs {what}"),
            Self::Conflicting(conflict) => write!(f, "{conflict}"),
            Self::Unbounded => write!(f, "the objective can be as good as one likes"),
            Self::NotConverged { method, iterations, residual } => {
                write!(f, "{method} stopped after {iterations} steps with a residual of {residual}")
            }
        }
    }
}

impl std::error::Error for AllocationError {}

/// A number to six digits after the point.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 1e6).round() / 1e6;
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}
