//! Samples of returns at regular dates, for the measures of performance and risk.

use super::Scope;
use crate::answer::{Notice, Outcome, Row, Undefined, finite};
use crate::columns::{Observation, Series};
use crate::definition::Param;
use crate::definition::params::{BASIS, BENCHMARK, GRAIN, PERIOD, RATE, SUBJECT, TAIL, THRESHOLD};
use crate::identity::Basis;
use crate::quantity::Unit;
use crate::time::{CalendarPeriod, Date, Grain, Interval};

/// The series that give the riskless rate, the first that the data have: the yield of
/// three-month Treasury securities by day, or its monthly average.
pub const BILLS: [&str; 2] = ["DGS3MO", "GS3M"];

/// A monthly average is dated on the first of its month and public a month later; one more may be
/// missing.
const RATE_AGE_DAYS_MAX: i32 = 100;

/// The closes of a series at regular dates, two of them at least apart.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    /// Of what.
    pub series: &'a Series,
    /// Oldest first, at least three.
    pub closes: Vec<Observation>,
    grain: Grain,
}

impl Steps<'_> {
    /// How many of them make a year: 12, 52 or 252.
    pub fn per_year(&self) -> f64 {
        match self.grain {
            Grain::Month => 12.0,
            Grain::Week => 52.0,
            _ => 252.0,
        }
    }

    /// From the first to the last.
    pub fn interval(&self) -> Interval {
        Interval::between(self.closes[0].date, self.closes[self.closes.len() - 1].date)
    }

    /// How many returns they give.
    pub fn notice(&self) -> Notice {
        let each = match self.grain {
            Grain::Month => "monthly",
            Grain::Week => "weekly",
            _ => "daily",
        };
        Notice { code: "sampled", text: format!("{} {each} returns", self.closes.len() - 1) }
    }
}

/// Simple returns from each observed close to the next.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The returns, oldest first.
    pub returns: Vec<f64>,
    /// How many make a year: 12, 52 or 252.
    pub per_year: f64,
    /// The session that each return starts from, and the end.
    sessions: Vec<Date>,
    rows: Vec<Row>,
    notice: Notice,
}

impl Sample {
    /// The session that each return starts from, and the end.
    pub fn sessions(&self) -> &[Date] {
        &self.sessions
    }

    /// The outcome of a statistic of the sample.
    ///
    /// # Errors
    /// `not_finite`
    pub fn outcome(self, value: f64, unit: Unit) -> Result<Outcome, Undefined> {
        let (from, to) = (self.sessions[0], self.sessions[self.sessions.len() - 1]);
        Ok(Outcome {
            quantity: finite(value, unit)?,
            interval: Some(Interval::between(from, to)),
            rows: self.rows,
            notices: vec![self.notice],
        })
    }

    /// That the sample, or what it is measured against, does not move.
    pub fn still() -> Undefined {
        Undefined::new("zero_variance", "the returns do not differ from each other")
    }

    /// That all was lost, so that there is no compounded rate.
    pub fn lost() -> Undefined {
        Undefined::new("not_positive", "nothing is left at the end, so that no rate leads there")
    }
}

/// Samples.
impl<'a> Scope<'a> {
    /// The closes of a subject over the period by a grain: at least three, all positive.
    ///
    /// # Errors
    /// `too_short`, `period_kind` where months are asked of a period that does not run from
    /// month-end to month-end, and where closes are missing or not positive.
    pub fn steps(&self, subject: &Param, grain: &Param) -> Result<Steps<'a>, Undefined> {
        self.steps_between(subject, grain, self.change(&PERIOD)?)
    }

    /// The closes of a subject from one session to another by a grain: at least three, all
    /// positive.
    ///
    /// # Errors
    /// As [`Scope::steps`].
    pub fn steps_between(
        &self,
        subject: &Param,
        grain: &Param,
        (from, to): (Date, Date),
    ) -> Result<Steps<'a>, Undefined> {
        let series = self.series(subject, &BASIS)?;
        let grain = Grain::from_name(self.choice(grain)).unwrap_or(Grain::Day);
        let closes = match grain {
            Grain::Day => self.path(series, (from, to))?.into_owned(),
            _ => {
                let ends = self.ends(grain, (from, to))?;
                ends.iter().map(|&end| self.close(series, end)).collect::<Result<_, _>>()?
            }
        };
        if let Some(close) = closes.iter().find(|close| close.value <= 0.0) {
            let reason = format!("{} is not positive on {}", series.id, close.date);
            return Err(Undefined::new("not_positive", reason));
        }
        if closes.len() < 3 {
            let reason = format!("there are fewer than two returns after {from} through {to}");
            return Err(Undefined::new("too_short", reason));
        }
        Ok(Steps { series, closes, grain })
    }

    /// The returns of a subject over the period, by its grain; at least two.
    ///
    /// # Errors
    /// As [`Scope::steps`].
    pub fn sample(&self, subject: &Param) -> Result<Sample, Undefined> {
        self.sample_of(&self.steps(subject, &GRAIN)?)
    }

    /// The returns from each of some closes to the next.
    ///
    /// # Errors
    /// `not_finite`
    pub fn sample_of(&self, steps: &Steps<'_>) -> Result<Sample, Undefined> {
        let (series, closes) = (steps.series, &steps.closes);
        let growth = |pair: &[Observation]| self.growth(series, pair[0], pair[1]);
        let returns = closes.windows(2).map(|pair| Ok(growth(pair)? - 1.0));
        Ok(Sample {
            returns: returns.collect::<Result<_, Undefined>>()?,
            per_year: steps.per_year(),
            sessions: closes.iter().map(|close| close.date).collect(),
            rows: [closes[0], closes[closes.len() - 1]].map(|c| self.row(series, c)).into(),
            notice: steps.notice(),
        })
    }

    /// The sample of the subject, and the returns of its benchmark beside it.
    ///
    /// # Errors
    /// As [`Scope::sample`].
    pub fn sample_pair(&self) -> Result<(Sample, Vec<f64>), Undefined> {
        let mut sample = self.sample(&SUBJECT)?;
        let benchmark = self.sample(&BENCHMARK)?;
        sample.rows.extend(benchmark.rows);
        Ok((sample, benchmark.returns))
    }

    /// The riskless return of each observation of a sample: the rate a year that is given or was
    /// last public at the end of the session it starts from, divided by observations a year.
    ///
    /// # Errors
    /// `no_series`, `no_observation` where the data have no such rate.
    pub fn riskless(&self, sample: &mut Sample) -> Result<Vec<f64>, Undefined> {
        let count = sample.returns.len();
        if let Some(rate) = self.number_given(&RATE) {
            return Ok(vec![rate / sample.per_year; count]);
        }
        let series = BILLS.iter().find_map(|id| self.view().series(id, Basis::Price).ok());
        let series = series.ok_or_else(|| {
            let reason = "the data have no yield of three-month Treasuries; `rf: 0%` does without";
            Undefined::new("no_series", reason)
        })?;
        let starts = &sample.sessions[..count];
        let rates = starts.iter().map(|&start| {
            let rate = self.latest(series, start)?;
            let is_recent = (start - rate.date).get_days() <= RATE_AGE_DAYS_MAX;
            is_recent.then_some(rate).ok_or_else(|| {
                let reason = format!("the last rate of {} before {start} is too old", series.id);
                Undefined::new("no_observation", reason)
            })
        });
        let rates = rates.collect::<Result<Vec<Observation>, Undefined>>()?;
        sample.rows.extend([rates[0], rates[count - 1]].map(|rate| self.row(series, rate)));
        Ok(rates.iter().map(|rate| rate.value / sample.per_year).collect())
    }

    /// The threshold of each observation of a sample.
    pub fn threshold(&self, sample: &Sample) -> f64 {
        self.number_given(&THRESHOLD).unwrap_or(0.0) / sample.per_year
    }

    /// The share of observations in the tail.
    ///
    /// # Errors
    /// `outside_domain` where it is not between 0% and 50%.
    pub fn tail(&self) -> Result<f64, Undefined> {
        let share = self.number_given(&TAIL).unwrap_or(0.05);
        if share > 0.0 && share < 0.5 {
            return Ok(share);
        }
        let reason = "a tail holds more than 0% and less than 50% of the observations";
        Err(Undefined::new("outside_domain", reason))
    }

    /// The last sessions of all weeks or months from one session to another. Months must be whole.
    pub(super) fn ends(
        &self,
        grain: Grain,
        (from, to): (Date, Date),
    ) -> Result<Vec<Date>, Undefined> {
        let calendar = self.calendar();
        let odd = [from, to].into_iter().find(|day| !calendar.is_month_end(*day));
        if let Some(odd) = odd.filter(|_| grain == Grain::Month) {
            let reason = format!(
                "monthly returns run from month-end to month-end, and {odd} is none; \
                 `grain: day` takes every session"
            );
            return Err(Undefined::new("period_kind", reason));
        }
        let containing = |day: &Date| CalendarPeriod::containing(grain, *day);
        let sessions = calendar.between(from, to);
        let ends = sessions.chunk_by(|a, b| containing(a) == containing(b));
        let mut ends: Vec<Date> = ends.filter_map(|each| each.last().copied()).collect();
        let last = calendar.on_or_before(containing(&to).last_day())?;
        if last != to {
            ends.pop();
        }
        Ok(ends)
    }
}
