//! The returns of a subject explained by the factors of Fama and French.

use super::{Sample, Scope};
use crate::answer::{Notice, Outcome, Row, Undefined};
use crate::columns::Observation;
use crate::definition::params::{LAGS, MODEL, SUBJECT};
use crate::identity::Basis;
use crate::numeric::performance::excess;
use crate::numeric::regression::{Regression, newey_west_lags};
use crate::quantity::Unit;

/// The series of the factors: returns by month. The market's is above the riskless rate, or, where
/// the data lack that, with it; momentum's may be the outer deciles of past winners and losers.
pub const FACTORS: [&str; 8] = [
    "FF_MARKET_EXCESS",
    "FF_MARKET",
    "FF_RF",
    "FF_SMB",
    "FF_HML",
    "FF_MOM",
    "FF_HI_PRIOR",
    "FF_LO_PRIOR",
];

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
        let riskless = factor("FF_RF")?;
        let with_riskless = self.view().series("FF_MARKET_EXCESS", Basis::Price).is_err();
        let market = match with_riskless {
            true => excess(&factor("FF_MARKET")?, &riskless),
            false => factor("FF_MARKET_EXCESS")?,
        };
        let mut factors = vec![market];
        let model = self.choice(&MODEL);
        if model != "market" {
            factors.push(factor("FF_SMB")?);
        }
        if model == "three_factor" || model == "four_factor" {
            factors.push(factor("FF_HML")?);
        }
        let mut notices = Vec::new();
        if model == "four_factor" && self.view().series("FF_MOM", Basis::Price).is_ok() {
            factors.push(factor("FF_MOM")?);
        } else if model == "four_factor" {
            factors.push(excess(&factor("FF_HI_PRIOR")?, &factor("FF_LO_PRIOR")?));
            let text = "momentum: the tenth of companies with the highest past returns less that \
                        with the lowest";
            notices.push(Notice { code: "stands_for", text: text.to_owned() });
        }
        let above = excess(&sample.returns, &riskless);
        let lags = match self.number_given(&LAGS) {
            Some(_) => usize::from(self.whole(&LAGS)?),
            None => newey_west_lags(above.len()),
        };
        if above.len() <= factors.len() + 1 {
            let reason = format!("{} months are too few for the model", above.len());
            return Err(Undefined::new("too_short", reason));
        }
        let regression = Regression::new(&above, &factors, lags).ok_or_else(Sample::still)?;
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
