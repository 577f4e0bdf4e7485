//! Ordinary least squares with standard errors that hold where residuals are heteroskedastic and
//! autocorrelated.

use super::{mean, sum};

/// A regression with an intercept.
#[derive(Clone, Debug)]
pub struct Regression {
    /// The intercept, then the slope on each regressor.
    pub coefficients: Vec<f64>,
    /// Their standard errors.
    pub errors: Vec<f64>,
    /// The share of the variance that the regressors explain.
    pub r_squared: f64,
}

/// A line through observations with an intercept, by least squares.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The intercept, then the slope on each regressor.
    pub coefficients: Vec<f64>,
    /// What each observation is above the line.
    pub residuals: Vec<f64>,
    /// Observations less coefficients.
    pub free: usize,
    /// X: in each row a one, then the regressors.
    rows: Vec<Vec<f64>>,
    /// (X'X)⁻¹.
    inverse: Vec<Vec<f64>>,
}

impl Fit {
    /// Of a series on others of its length; on none, it is the mean. None where there are not more
    /// observations than coefficients, or where the regressors are linear combinations of each
    /// other or do not move.
    pub fn new(of: &[f64], on: &[Vec<f64>]) -> Option<Fit> {
        let (count, width) = (of.len(), on.len() + 1);
        if count <= width || on.iter().any(|series| series.len() != count) {
            return None;
        }
        let row = |t: usize| std::iter::once(1.0).chain(on.iter().map(move |series| series[t]));
        let rows: Vec<Vec<f64>> = (0..count).map(|t| row(t).collect()).collect();
        let gram = square(width, |i, j| sum(rows.iter().map(|x| x[i] * x[j])));
        let inverse = inverse(gram)?;
        let moments: Vec<f64> =
            (0..width).map(|i| sum(rows.iter().zip(of).map(|(x, y)| x[i] * y))).collect();
        let coefficients: Vec<f64> = inverse.iter().map(|line| dot(line, &moments)).collect();
        let residuals = rows.iter().zip(of).map(|(x, y)| y - dot(x, &coefficients)).collect();
        Some(Fit { coefficients, residuals, free: count - width, rows, inverse })
    }

    /// The variance of residuals, with the degrees of freedom as divisor.
    pub fn variance(&self) -> f64 {
        sum(self.residuals.iter().map(|e| e * e)) / self.free as f64
    }

    /// How each observation weighs in the value of the line at x, the first of which belongs to the
    /// intercept: X (X'X)⁻¹ x. Their squares add up to the variance of that value, in units of that
    /// of residuals.
    pub fn weights(&self, x: &[f64]) -> Vec<f64> {
        let through: Vec<f64> = self.inverse.iter().map(|line| dot(line, x)).collect();
        self.rows.iter().map(|row| dot(row, &through)).collect()
    }
}

/// The number of lags that Newey and West use for so many observations: the integer part of
/// 4 (n / 100)^(2/9) (Newey and West 1994, Automatic Lag Selection in Covariance Matrix Estimation,
/// Review of Economic Studies 61, their first bandwidth).
pub fn newey_west_lags(count: usize) -> usize {
    (4.0 * libm::pow(count as f64 / 100.0, 2.0 / 9.0)).floor() as usize
}

impl Regression {
    /// Of a series on others of its length. The errors are those of Newey and West (1987, A Simple,
    /// Positive Semi-definite, Heteroskedasticity and Autocorrelation Consistent Covariance Matrix,
    /// Econometrica 55, equation 5), with the weights of Bartlett up to a lag and no correction for
    /// small samples.
    ///
    /// None where there are not more observations than coefficients, or where the regressors are
    /// linear combinations of each other or do not move.
    pub fn new(of: &[f64], on: &[Vec<f64>], lags: usize) -> Option<Regression> {
        let Fit { coefficients, residuals, rows, inverse, .. } = Fit::new(of, on)?;
        let (count, width) = (of.len(), on.len() + 1);
        let scores: Vec<Vec<f64>> = rows
            .iter()
            .zip(&residuals)
            .map(|(x, residual)| x.iter().map(|v| v * residual).collect())
            .collect();
        let middle = square(width, |i, j| {
            let lagged = |lag: usize| {
                let pairs = scores[lag..].iter().zip(&scores);
                sum(pairs.map(|(now, then)| now[i] * then[j] + now[j] * then[i]))
            };
            let weighted = (1..=lags.min(count - 1))
                .map(|lag| (1.0 - lag as f64 / (lags as f64 + 1.0)) * lagged(lag));
            sum(scores.iter().map(|score| score[i] * score[j]).chain(weighted))
        });
        let variance = |line: &Vec<f64>| {
            let through: Vec<f64> = middle.iter().map(|column| dot(column, line)).collect();
            dot(&through, line)
        };
        let errors = inverse.iter().map(|line| variance(line).max(0.0).sqrt()).collect();
        let centre = mean(of)?;
        let total = sum(of.iter().map(|y| (y - centre) * (y - centre)));
        let unexplained = sum(residuals.iter().map(|e| e * e));
        let r_squared = (total > 0.0).then(|| 1.0 - unexplained / total)?;
        Some(Regression { coefficients, errors, r_squared })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum(a.iter().zip(b).map(|(x, y)| x * y))
}

fn square(width: usize, value: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    (0..width).map(|i| (0..width).map(|j| value(i, j)).collect()).collect()
}

/// The inverse of a symmetric positive definite matrix, by elimination on its scaled form; none
/// where a row is nearly a combination of the others.
fn inverse(matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    /// What is left of a diagonal of ones where a row depends on the others.
    const SINGULAR: f64 = 1e-12;
    let width = matrix.len();
    let scale: Vec<f64> = (0..width).map(|i| matrix[i][i].sqrt()).collect();
    if scale.iter().any(|s| !(s.is_finite() && *s > 0.0)) {
        return None;
    }
    let mut left = square(width, |i, j| matrix[i][j] / (scale[i] * scale[j]));
    let mut right = square(width, |i, j| f64::from(u8::from(i == j)));
    for pivot in 0..width {
        let top = left[pivot][pivot];
        if top < SINGULAR {
            return None;
        }
        for side in [&mut left, &mut right] {
            side[pivot].iter_mut().for_each(|value| *value /= top);
        }
        for i in (0..width).filter(|i| *i != pivot) {
            let factor = left[i][pivot];
            for side in [&mut left, &mut right] {
                let from = side[pivot].clone();
                side[i].iter_mut().zip(&from).for_each(|(value, from)| *value -= factor * from);
            }
        }
    }
    Some(square(width, |i, j| right[i][j] / (scale[i] * scale[j])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monthly returns of a portfolio and its benchmark in per cent (Bacon 2008, table 4.1).
    const PORTFOLIO: [f64; 24] = [
        0.3, 2.6, 1.1, -1.0, 1.5, 2.5, 1.6, 6.7, -1.4, 4.0, -0.5, 8.1, 4.0, -3.7, -6.1, 1.7, -4.9,
        -2.2, 7.0, 5.8, -6.5, 2.4, -0.5, -0.9,
    ];
    const BENCHMARK: [f64; 24] = [
        0.2, 2.5, 1.8, -1.1, 1.4, 1.8, 1.4, 6.5, -1.5, 4.2, -0.6, 8.3, 3.9, -3.8, -6.2, 1.5, -4.8,
        2.1, 6.0, 5.6, -6.7, 1.9, -0.3, 0.0,
    ];

    fn near(found: &[f64], want: &[f64]) {
        assert_eq!(found.len(), want.len());
        for (a, b) in found.iter().zip(want) {
            assert!((a - b).abs() < 1e-12, "{found:?}, not {want:?}");
        }
    }

    /// statsmodels 0.15.0: `OLS(y, add_constant(x)).fit(cov_type='HAC', cov_kwds={'maxlags': lags,
    /// 'use_correction': False})`, `params`, `bse` and `rsquared`.
    #[test]
    fn as_statsmodels() {
        let line = [-0.103_012_084_491_834_97, 0.998_850_208_622_574_8];
        for (lags, want) in [
            (0, [0.178_532_532_281_257_8, 0.024_343_151_019_036_14]),
            (2, [0.161_367_970_915_154_3, 0.015_115_016_412_160_943]),
            (4, [0.134_061_161_421_785_34, 0.014_382_201_944_661_388]),
        ] {
            let found = Regression::new(&PORTFOLIO, &[BENCHMARK.to_vec()], lags).expect("a line");
            near(&found.coefficients, &line);
            near(&found.errors, &want);
            near(&[found.r_squared], &[0.939_708_858_081_459_2]);
        }
        let squares: Vec<f64> = (0..24).map(|t| f64::from(t * t) / 100.0).collect();
        let on = [BENCHMARK.to_vec(), squares];
        let found = Regression::new(&PORTFOLIO, &on, 2).expect("a plane");
        near(
            &found.coefficients,
            &[0.070_572_521_197_652_23, 0.992_497_560_335_969_1, -0.092_806_006_309_910_33],
        );
        near(
            &found.errors,
            &[0.121_509_478_866_336_69, 0.018_403_400_537_804_322, 0.086_129_662_176_040_15],
        );
        near(&[found.r_squared], &[0.941_232_363_750_340_1]);
    }

    /// 4 (n / 100)^(2/9): 4 from 100, 5 from 273, 6 from 621 observations on (by hand).
    #[test]
    fn lags() {
        assert_eq!([99, 100, 272, 273, 620, 621].map(newey_west_lags), [3, 4, 4, 5, 5, 6]);
    }

    #[test]
    fn what_cannot_be_told_apart_has_no_slope() {
        let twice: Vec<f64> = BENCHMARK.iter().map(|r| 2.0 * r).collect();
        assert!(Regression::new(&PORTFOLIO, &[BENCHMARK.to_vec(), twice], 2).is_none());
        assert!(Regression::new(&PORTFOLIO, &[vec![1.0; 24]], 2).is_none());
        assert!(Regression::new(&PORTFOLIO[..2], &[BENCHMARK[..2].to_vec()], 0).is_none());
        assert!(Regression::new(&[1.0; 24], &[BENCHMARK.to_vec()], 0).is_none());
    }
}
