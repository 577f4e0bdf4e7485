//! The returns of a subject explained by the factors of Fama and French.

use super::{Sample, Scope};
use crate::answer::{Notice, Outcome, Row, Undefined};
use crate::columns::Observation;
use crate::definition::params::{LAGS, MODEL, SUBJECT};
use crate::identity::Basis;
use crate::numeric::performance::excess;
use crate::numeric::regression::{Regression, newey_west_lags};
use crate::quantity::Unit;
use crate::view::View;

/// The series of the factors: returns by month. The market's is above the riskless rate, or, where
/// the data lack that, with it; momentum's may be the outer deciles of past winners and losers.
pub const FACTORS: [&str; 10] = [
    "FF_MARKET_EXCESS",
    "FF_MARKET",
    RISKLESS,
    "FF_SMB",
    "FF_HML",
    "FF_RMW",
    "FF_CMA",
    "FF_MOM",
    "FF_HI_PRIOR",
    LOSERS,
];

/// The series of the riskless rate by month.
pub const RISKLESS: &str = "FF_RF";
/// That of past losers, which stand for momentum with the winners.
const LOSERS: &str = "FF_LO_PRIOR";

/// A factor as data have it: a series, perhaps less another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The series.
    pub series: &'static str,
    /// What is taken off.
    pub less: Option<&'static str>,
}

/// The factors of a model in order, as a view has them: `market`, `size`, `three_factor`,
/// `four_factor` with momentum (Carhart 1997, On Persistence in Mutual Fund Performance, Journal of
/// Finance 52), `five_factor` with profitability and investment (Fama and French 2015, A
/// Five-factor Asset Pricing Model, Journal of Financial Economics 116).
pub fn factors(view: &View, model: &str) -> Vec<Factor> {
    let plain = |series| Factor { series, less: None };
    let has = |id| view.series(id, Basis::Price).is_ok();
    let market = match has("FF_MARKET_EXCESS") {
        true => plain("FF_MARKET_EXCESS"),
        false => Factor { series: "FF_MARKET", less: Some(RISKLESS) },
    };
    let momentum = match has("FF_MOM") {
        true => plain("FF_MOM"),
        false => Factor { series: "FF_HI_PRIOR", less: Some(LOSERS) },
    };
    let (size, value) = (plain("FF_SMB"), plain("FF_HML"));
    match model {
        "market" => vec![market],
        "size" => vec![market, size],
        "four_factor" => vec![market, size, value, momentum],
        "five_factor" => vec![market, size, value, plain("FF_RMW"), plain("FF_CMA")],
        _ => vec![market, size, value],
    }
}

/// A regression of monthly returns above the riskless rate on factors.
pub struct Explained {
    /// Its coefficients: the intercept, the market, then size, value and momentum.
    pub regression: Regression,
    sample: Sample,
    rows: Vec<Row>,
    notices: Vec<Notice>,
}

impl Explained {
    /// The outcome of one of its figures.
    ///
    /// # Errors
    /// `not_finite`
    pub fn outcome(self, value: f64, unit: Unit) -> Result<Outcome, Undefined> {
        let mut outcome = self.sample.outcome(value, unit)?;
        outcome.rows.extend(self.rows);
        outcome.notices.extend(self.notices);
        Ok(outcome)
    }

    /// The estimate of a coefficient, by its position, or its standard error.
    ///
    /// # Errors
    /// `not_in_model` where the model has no such factor.
    pub fn coefficient(&self, at: usize, figure: &str) -> Result<f64, Undefined> {
        let Regression { coefficients, errors, .. } = &self.regression;
        let from = if figure == "error" { errors } else { coefficients };
        from.get(at).copied().ok_or_else(|| {
            Undefined::new("not_in_model", "the model has no such factor; `model` adds factors")
        })
    }
}

impl Scope<'_> {
    /// The regression of the subject's monthly returns over the period on the factors of a model.
    ///
    /// # Errors
    /// As [`Scope::sample`]; `no_series`, `no_observation` where a factor is missing, `too_short`
    /// where there are no more months than coefficients, `zero_variance` where nothing moves.
    pub fn explained(&self) -> Result<Explained, Undefined> {
        let sample = self.sample(&SUBJECT)?;
        let mut rows = Vec::new();
        let mut factor = |id: &str| self.factor(id, &sample, &mut rows);
        let riskless = factor(RISKLESS)?;
        let (mut values, mut notices) = (Vec::new(), Vec::new());
        for Factor { series, less } in factors(self.view(), self.choice(&MODEL)) {
            let own = factor(series)?;
            values.push(match less {
                None => own,
                Some(RISKLESS) => excess(&own, &riskless),
                Some(other) => excess(&own, &factor(other)?),
            });
            if less == Some(LOSERS) {
                let text = "momentum: the tenth of companies with the highest past returns less \
                            that with the lowest";
                notices.push(Notice { code: "stands_for", text: text.to_owned() });
            }
        }
        let above = excess(&sample.returns, &riskless);
        let lags = match self.number_given(&LAGS) {
            Some(_) => usize::from(self.whole(&LAGS)?),
            None => newey_west_lags(above.len()),
        };
        if above.len() <= values.len() + 1 {
            let reason = format!("{} months are too few for the model", above.len());
            return Err(Undefined::new("too_short", reason));
        }
        let regression = Regression::new(&above, &values, lags).ok_or_else(Sample::still)?;
        let text = format!(
            "errors of Newey and West with {lags} lags; R squared {:.3}",
            regression.r_squared
        );
        notices.push(Notice { code: "regression", text });
        Ok(Explained { regression, sample, rows, notices })
    }

    /// The values of a factor in the months in which the returns of a sample end.
    fn factor(
        &self,
        id: &str,
        sample: &Sample,
        rows: &mut Vec<Row>,
    ) -> Result<Vec<f64>, Undefined> {
        let series = self.view().series(id, Basis::Price)?;
        let months =
            sample.sessions()[1..].iter().map(|end| self.close(series, end.first_of_month()));
        let found: Vec<Observation> = months.collect::<Result<_, _>>()?;
        rows.extend([found[0], found[found.len() - 1]].map(|value| self.row(series, value)));
        Ok(found.iter().map(|value| value.value).collect())
    }
}
