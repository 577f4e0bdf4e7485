//! Expected returns and covariances by name.

use kinglet_allocation::estimate::{
    Covariance, MeanShrinkage, Repair, Target, arithmetic, capm, denoised, exponential,
    exponential_mean, geometric, gerber, pairwise, principal, sample, semi,
};
use kinglet_allocation::problem::named;
use kinglet_allocation::views::{implied, implied_aversion};
use kinglet_allocation::{AllocationError, History, Missing, Returns};
use kinglet_core::diagnostic::Diagnostic;

use super::asked::{Asked, unknown};

/// The names of the estimates of expected returns; one takes a number, `ew:60`, two an asset:
/// `capm:SPY`, `equilibrium:SPY`.
pub const MEANS: &[&str] = &[
    "historical",
    "compounded",
    "ew:HALF-LIFE",
    "james-stein",
    "bayes-stein",
    "equilibrium",
    "equilibrium:ASSET",
    "capm:ASSET",
];
/// The names of the estimates of covariances; some take a number: `factor:5`.
pub const COVARIANCES: &[&str] = &[
    "sample",
    "ew:HALF-LIFE",
    "semi",
    "ledoit-wolf",
    "ledoit-wolf-correlation",
    "ledoit-wolf-factor",
    "oas",
    "gerber:THRESHOLD",
    "denoised",
    "factor:NUMBER",
    "pairwise",
];

/// A covariance per year with what its estimate chose.
pub(super) struct Estimated {
    /// What it is called.
    pub(super) name: String,
    pub(super) covariance: Covariance,
    pub(super) shrinkage: Option<f64>,
    /// What a reader should know of it: code and text.
    pub(super) notice: Option<(&'static str, String)>,
}

/// Whether an estimate of expected returns asks for a covariance.
pub(super) fn mean_needs_covariance(name: &str) -> bool {
    name.starts_with("equilibrium") || name.ends_with("-stein")
}

/// A name and the number after its colon; without one a name that needs it stands for nothing.
fn parts(name: &str) -> (&str, Option<f64>) {
    let (kind, number) = name.split_once(':').map_or((name, None), |(k, n)| (k, Some(n)));
    match number.map(str::parse) {
        None => (kind, None),
        Some(Ok(number)) => (kind, Some(number)),
        Some(Err(_)) => ("", None),
    }
}

/// Expected returns per year: those that are given, else those that are estimated; with the risk
/// aversion of `equilibrium`.
pub(super) fn mean(
    asked: &Asked,
    (returns, history): (&Returns, &History),
    (covariance, aversion): (Option<&Covariance>, Option<f64>),
) -> Result<Result<Vec<f64>, AllocationError>, Diagnostic> {
    let covariance = covariance.ok_or(AllocationError::Missing { what: "a covariance" });
    let estimated = match aversion {
        Some(aversion) => {
            covariance.and_then(|covariance| equilibrium(asked, returns, (covariance, aversion)))
        }
        None => estimated_mean(asked, (returns, history), covariance)?,
    };
    let given = |mut mean: Vec<f64>| {
        let given = named(returns.names(), &asked.expected, "expected")?;
        for (at, name) in returns.names().iter().enumerate() {
            if asked.expected.contains_key(name) {
                mean[at] = given[at];
            }
        }
        Ok(mean)
    };
    Ok(estimated.and_then(given))
}

fn estimated_mean(
    asked: &Asked,
    (returns, history): (&Returns, &History),
    covariance: Result<&Covariance, AllocationError>,
) -> Result<Result<Vec<f64>, AllocationError>, Diagnostic> {
    let per_year = returns.periods_per_year();
    let each = |of: fn(&[f64]) -> f64| -> Vec<f64> {
        (0..returns.assets())
            .map(|asset| match asked.missing {
                Missing::OwnPeriods => of(&history.own(asset)),
                Missing::Refuse | Missing::CommonPeriod => of(returns.asset(asset)),
            })
            .collect()
    };
    let shrunk = |shrinkage: MeanShrinkage| {
        let covariance = covariance?.clone().scaled(1.0 / per_year);
        Ok(shrinkage.shrink(returns, &covariance)?.mean)
    };
    if let Some(market) = asked.mean.strip_prefix("capm:") {
        return Ok(priced(asked, returns, market));
    }
    let found = match parts(&asked.mean) {
        ("historical", None) => Ok(each(arithmetic)),
        ("compounded", None) => {
            let growth = |mean: f64| (per_year * mean.ln_1p()).exp_m1();
            return Ok(Ok(each(geometric).into_iter().map(growth).collect()));
        }
        ("ew", Some(half_life)) => exponential_mean(returns, half_life),
        ("james-stein", None) => shrunk(MeanShrinkage::JamesStein),
        ("bayes-stein", None) => shrunk(MeanShrinkage::BayesStein),
        _ => return Err(unknown("estimate of expected returns", &asked.mean, MEANS)),
    };
    Ok(found.map(|mean| mean.into_iter().map(|mean| per_year * mean).collect()))
}

/// By the capital asset pricing model, where one of the assets is the market: it is expected to
/// return what is given for it, else what it did.
fn priced(asked: &Asked, returns: &Returns, market: &str) -> Result<Vec<f64>, AllocationError> {
    let (names, place) = (returns.names(), place_of(market, returns, &asked.mean)?);
    let market = returns.asset(place);
    let past = returns.periods_per_year() * arithmetic(market);
    let expected = asked.expected.get(&names[place]).copied().unwrap_or(past);
    capm(returns, market, expected, asked.risk_free)
}

/// The risk aversion of `equilibrium`: the one that is asked for, or of `equilibrium:SPY` that at
/// which the risk of SPY is worth what it earned above cash.
pub(super) fn aversion(asked: &Asked, returns: &Returns) -> Result<Option<f64>, AllocationError> {
    let Some(market) = asked.mean.strip_prefix("equilibrium") else { return Ok(None) };
    let Some(market) = market.strip_prefix(':') else {
        return Ok(market.is_empty().then_some(asked.aversion));
    };
    let place = place_of(market, returns, &asked.mean)?;
    implied_aversion(returns.asset(place), asked.risk_free / returns.periods_per_year()).map(Some)
}

/// Where an asset stands that an estimate names.
fn place_of(asset: &str, returns: &Returns, estimate: &str) -> Result<usize, AllocationError> {
    let names = returns.names();
    let place = names.iter().position(|name| name == asset);
    place.ok_or_else(|| AllocationError::unknown(asset, names, estimate))
}

/// The returns for which the weights of the market are the best (Black and Litterman 1992).
fn equilibrium(
    asked: &Asked,
    returns: &Returns,
    (covariance, aversion): (&Covariance, f64),
) -> Result<Vec<f64>, AllocationError> {
    let mut market = vec![1.0 / returns.assets() as f64; returns.assets()];
    if !asked.market.is_empty() {
        market = named(returns.names(), &asked.market, "market")?;
    }
    let premia = implied(covariance, &market, aversion);
    Ok(premia.into_iter().map(|premium| asked.risk_free + premium).collect())
}

/// The covariance per year.
pub(super) fn covariance(
    name: &str,
    (returns, history): (&Returns, &History),
) -> Result<Result<Estimated, AllocationError>, Diagnostic> {
    let plain =
        |covariance| Estimated { name: name.to_owned(), covariance, shrinkage: None, notice: None };
    let shrunk = |target: Target| {
        let shrunk = target.shrink(returns);
        Ok(Estimated { shrinkage: Some(shrunk.intensity), ..plain(shrunk.covariance) })
    };
    let estimated = match parts(name) {
        ("sample", None) => Ok(plain(sample(returns))),
        ("ew", Some(half_life)) => exponential(returns, half_life).map(plain),
        ("semi", None) => Ok(plain(semi(returns, 0.0))),
        ("ledoit-wolf", None) => shrunk(Target::ConstantVariance),
        ("ledoit-wolf-correlation", None) => shrunk(Target::ConstantCorrelation),
        ("ledoit-wolf-factor", None) => shrunk(Target::SingleFactor),
        ("oas", None) => shrunk(Target::OracleApproximating),
        ("gerber", Some(threshold)) => {
            gerber(returns, threshold).map(|(covariance, repair)| Estimated {
                notice: repaired(&repair).map(|text| ("repaired", text)),
                ..plain(covariance)
            })
        }
        ("pairwise", None) => pairwise(history).map(|(covariance, overlap)| {
            let ((first, second), periods) = (&overlap.assets, overlap.periods);
            let is_short = periods < history.rows();
            let short = format!("{first} and {second} have only {periods} periods in common");
            let texts = [is_short.then_some(short), repaired(&overlap.repair)];
            let text = texts.into_iter().flatten().collect::<Vec<String>>().join("; ");
            let notice = (!text.is_empty()).then_some(("pairwise", text));
            Estimated { notice, ..plain(covariance) }
        }),
        ("denoised", None) => denoised(returns).map(|found| {
            let text = format!(
                "{} eigenvalues of the correlations are above {:.2}, where noise ends",
                found.signals, found.edge
            );
            Estimated { notice: Some(("denoised", text)), ..plain(found.covariance) }
        }),
        ("factor", Some(count)) if count >= 1.0 && count.fract() == 0.0 => {
            principal(returns, count as usize).map(plain)
        }
        _ => return Err(unknown("estimate of covariances", name, COVARIANCES)),
    };
    let yearly = |estimated: Estimated| Estimated {
        covariance: estimated.covariance.scaled(returns.periods_per_year()),
        ..estimated
    };
    Ok(estimated.map(yearly))
}

/// What made a covariance positive definite.
fn repaired(repair: &Repair) -> Option<String> {
    let Repair { raised, smallest, .. } = repair;
    let text = format!(
        "the covariance was repaired: {raised} eigenvalues raised, the smallest was {smallest:.1e}"
    );
    (*raised > 0).then_some(text)
}
