//! `optimize`: weights for the assets of a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kinglet::allocation::{self, Asked, Kind, Missing};
use kinglet::data::Progress;
use kinglet::wire::{self, weight_table};
use kinglet::{Code, Diagnostic};

use crate::arguments::{name_of, text_of};
use crate::progress::Bar;
use crate::{Done, Outcome, Settings};

pub(super) mod text;

/// Find the best weights for the assets of a file of returns or prices
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet optimize --prices prices.csv --objective min-variance
  kinglet optimize --returns monthly.csv --objective min-cvar --max-weight 30%
  kinglet optimize --prices prices.parquet --objective max-sharpe \\
      --covariance ledoit-wolf --risk-free 4% --rule 'IWM <= 0.5 * SPY'
  kinglet optimize --prices prices.csv --constraints limits.toml --format json

A file is wide (date,A,B,C) or tidy (date,ticker,value), CSV or Parquet. Returns,
rates and volatilities are of a year; CVaR, CDaR, EVaR and deviations of a period.
Exit status 5 if no weights satisfy the constraints: it says which, and what
would mend it.")]
pub(crate) struct Optimize {
    /// Simple returns as fractions: 0.01 is one percent
    #[arg(long, value_name = "FILE", required_unless_present_any = ["prices", "list"],
          conflicts_with = "prices")]
    returns: Option<PathBuf>,
    /// Prices or values, from which returns follow
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// What is wanted; `--list` has all of them, `herc:5` takes five clusters
    #[arg(long, value_name = "NAME", default_value = "min-variance")]
    objective: String,
    /// List objectives and estimates
    #[arg(long)]
    list: bool,
    /// The share of worst periods in CVaR, CDaR and EVaR
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = fraction)]
    alpha: f64,
    /// How much half the variance counts against return, in max-utility and equilibrium
    #[arg(long, value_name = "NUMBER", default_value = "3", value_parser = fraction)]
    aversion: f64,
    /// What each weight is at most
    #[arg(long, value_name = "WEIGHT", value_parser = fraction)]
    max_weight: Option<f64>,
    /// What each weight is at least; below zero for short sales
    #[arg(long, value_name = "WEIGHT", value_parser = fraction, allow_hyphen_values = true)]
    min_weight: Option<f64>,
    /// What the portfolio is expected to return in a year, at least
    #[arg(long, value_name = "RETURN", value_parser = fraction, allow_hyphen_values = true)]
    target_return: Option<f64>,
    /// The volatility of the portfolio in a year, at most
    #[arg(long, value_name = "VOLATILITY", value_parser = fraction)]
    target_risk: Option<f64>,
    /// A linear rule: 'tech <= 30%', 'small >= 0.5 * large'; may be repeated
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// A view on expected returns: 'IWM - SPY 2% @ 60%', 'IWM >= SPY'; may be repeated
    #[arg(long, value_name = "VIEW")]
    view: Vec<String>,
    /// A file with a view in each line; lines that begin with # say something else
    #[arg(long, value_name = "FILE")]
    views: Option<PathBuf>,
    /// The group of each asset, for rules: CSV with columns asset,group
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// More constraints, in TOML
    #[arg(long, value_name = "FILE")]
    constraints: Option<PathBuf>,
    /// So many points of the efficient frontier
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=1_000))]
    frontier: Option<u16>,
    /// Whole shares for so much money, at the last prices
    #[arg(long, value_name = "AMOUNT", requires = "prices")]
    money: Option<f64>,
    /// The estimate of expected returns
    #[arg(long, value_name = "NAME", default_value = "historical")]
    mean: String,
    /// Expected returns that are given: CSV with columns asset,return, or parts that add up
    #[arg(long, value_name = "FILE")]
    expected: Option<PathBuf>,
    /// The estimate of the covariance [default: ledoit-wolf; where nothing needs one, the
    /// volatilities that are told are of the sample]
    #[arg(long, value_name = "NAME")]
    covariance: Option<String>,
    /// What to do about missing values
    #[arg(long, value_name = "RULE", default_value = "refuse")]
    missing: Gaps,
    /// What cash returns in a year
    #[arg(long, value_name = "RATE", default_value = "0", value_parser = fraction,
          allow_hyphen_values = true)]
    risk_free: f64,
    /// How many periods make a year [default: by the distance of the dates]
    #[arg(long, value_name = "N")]
    periods_per_year: Option<f64>,
    /// How to write the weights
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Gaps {
    /// A missing value is an error
    Refuse,
    /// Only periods in which every asset has a value count
    CommonPeriod,
    /// The same, but historical and compounded means are of all periods that an asset has
    OwnPeriods,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    /// One row for each asset
    Csv,
    /// A page with charts
    Html,
}

/// A number or a percentage.
fn fraction(text: &str) -> Result<f64, String> {
    let (text, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 0.01));
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.map(|number| number * unit).ok_or_else(|| "write 0.05 or 5%".to_owned())
}

pub(crate) fn run(arguments: &Optimize, settings: &Settings<'_>) -> Outcome {
    if arguments.list {
        return Ok(Done::with(text::names()));
    }
    let solve = || {
        let (path, kind) = match (&arguments.returns, &arguments.prices) {
            (Some(path), _) => (path, Kind::Returns),
            (None, Some(path)) => (path, Kind::Prices),
            (None, None) => {
                return Err(Diagnostic::new(Code::Usage, "neither returns nor prices are given"));
            }
        };
        let bar = Bar::new(settings.remarks);
        bar.step("reading", 0, 1);
        let history = allocation::history(path, kind, arguments.periods_per_year)?;
        allocation::solve(&history, &asked(arguments)?, &bar)
    };
    let output = solve().map(|record| match arguments.format {
        Format::Text => text::allocation(&record),
        Format::Json => wire::json(&record),
        Format::Csv => weight_table(&record).csv(),
        Format::Html => allocation::page(&record),
    });
    output.map(Done::with).map_err(|diagnostic| vec![diagnostic])
}

/// What is asked: the file of constraints, and what is said beside it.
fn asked(arguments: &Optimize) -> Result<Asked, Diagnostic> {
    let read =
        |path: &PathBuf| allocation::constraints(&text_of(path, Code::Layout)?, &name_of(path));
    let mut constraints = arguments.constraints.as_ref().map(read).transpose()?.unwrap_or_default();
    if let Some(path) = &arguments.groups {
        let groups = allocation::groups(&text_of(path, Code::Layout)?, &name_of(path))?;
        constraints.groups.extend(groups);
    }
    constraints.max_weight = arguments.max_weight.unwrap_or(constraints.max_weight);
    constraints.min_weight = arguments.min_weight.unwrap_or(constraints.min_weight);
    constraints.min_return = arguments.target_return.or(constraints.min_return);
    constraints.rules.extend(arguments.rule.iter().cloned());
    constraints.max_risk.extend(arguments.target_risk.map(allocation::volatility_limit));
    let read = |path: &PathBuf| allocation::expected(&text_of(path, Code::Layout)?, &name_of(path));
    let expected = arguments.expected.as_ref().map(read).transpose()?.unwrap_or_default();
    let mut views = arguments.view.clone();
    if let Some(path) = &arguments.views {
        let text = text_of(path, Code::Layout)?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        views.extend(lines.map(str::to_owned));
    }
    Ok(Asked {
        objective: arguments.objective.clone(),
        alpha: arguments.alpha,
        aversion: arguments.aversion,
        mean: arguments.mean.clone(),
        expected,
        market: BTreeMap::new(),
        covariance: arguments.covariance.clone(),
        missing: match arguments.missing {
            Gaps::Refuse => Missing::Refuse,
            Gaps::CommonPeriod => Missing::CommonPeriod,
            Gaps::OwnPeriods => Missing::OwnPeriods,
        },
        risk_free: arguments.risk_free,
        constraints,
        frontier: arguments.frontier.map_or(0, usize::from),
        views,
        tilts: Vec::new(),
        money: arguments.money,
    })
}
