//! Figures that are right with dividends, or without those that their words count in.

use std::ops::RangeInclusive;

use super::super::fit::Fit;
use super::super::trial::{Found, Trial};
use super::super::{Judgement, Reading, Tag, Verdict, suggestion};

impl Trial<'_> {
    /// Whether the figure is right with dividends, or without them where they are named.
    pub(super) fn other_basis(&self, best: &Found, judgement: &mut Judgement) -> bool {
        if !matches!(self.claim.metric, "return" | "return_spread" | "annualized_return") {
            return false;
        }
        let named = self.claim.basis.is_some();
        let own = Some(best.slots.with_distributions());
        let bare = named.then(|| best.slots.without_distributions());
        let (with, without) = ("with dividends", "without dividends");
        let readings =
            [(own, false, with), (best.slots.by_fund(), true, with), (bare, false, without)];
        let mut known = false;
        for (slots, fund, what) in readings {
            let Some(slots) = slots.filter(|slots| *slots != best.slots) else { continue };
            let Ok(total) = self.find(&slots) else { continue };
            known = true;
            judgement.readings.push(Reading {
                what: what.to_owned(),
                query: total.query.to_string(),
                value: Some(total.value),
            });
            let trails = fund && !named && self.is_of_index(&total);
            if self.fit(total.value) != Fit::Off || trails {
                judgement.tag = Some(Tag::WrongBasis);
                judgement.verdict = if named { Verdict::Contradicted } else { Verdict::Imprecise };
                judgement.reason = format!(
                    "{} is {}; {what} {}",
                    best.query,
                    self.show(best.value),
                    self.show(total.value)
                );
                judgement.suggestion = suggestion::replacement(self.claim, best.value);
                return true;
            }
        }
        if known || named || self.claim.metric != "return" {
            return false;
        }
        let Some(rate) = self.implied_dividends(best) else { return false };
        judgement.tag = Some(Tag::WrongBasis);
        judgement.verdict = Verdict::Imprecise;
        judgement.reason = format!(
            "{} is {}; dividends of {:.1}% a year, which no series gives, would explain the rest",
            best.query,
            self.show(best.value),
            100.0 * rate
        );
        judgement.suggestion = suggestion::replacement(self.claim, best.value);
        true
    }

    /// Whether the figure is the return of an index with dividends, as far as that of its fund
    /// tells, which trails it by what the fund costs; over less than a season that is next to
    /// nothing.
    fn is_of_index(&self, fund: &Found) -> bool {
        const COSTS: RangeInclusive<f64> = -0.001..=0.003;
        const ALIKE: RangeInclusive<f64> = -0.001..=0.001;
        const SEASON: f64 = 80.0 / 365.25;
        const MONTH: f64 = 27.0 / 365.25;
        let near = |(years, rate): (f64, f64)| match years {
            _ if years > SEASON => COSTS.contains(&rate),
            _ => years > MONTH && ALIKE.contains(&rate),
        };
        self.claim.metric == "return" && self.gain_over(fund).is_some_and(near)
    }

    /// Whether an index may have returned the figure though its fund returned another: with
    /// dividends or, where these are not named, without them; as a whole or by the year.
    pub(super) fn is_near_the_fund(&self, fund: &Found) -> bool {
        /// How far a fund strays from its index in a year, at most.
        const ASTRAY: f64 = 0.01;
        let dividends = match self.claim.basis {
            Some(_) => 0.0,
            None => most_dividends(&self.claim.entity),
        };
        let near = |rate: f64| (-ASTRAY - dividends..=ASTRAY).contains(&rate);
        if self.claim.metric == "annualized_return" {
            return near((self.claim.value - fund.value) / 100.0);
        }
        self.gain_over(fund).is_none_or(|(years, rate)| {
            let yearly = libm::pow(1.0 + fund.value / 100.0, 1.0 / years) - 1.0;
            near(rate) || years > 1.0 && near(self.claim.value / 100.0 - yearly)
        })
    }

    /// Over how many years, and by how much a year (or within one), the figure beats a fund.
    fn gain_over(&self, fund: &Found) -> Option<(f64, f64)> {
        let interval = fund.interval()?;
        let years = f64::from((interval.end - interval.base?).get_days()) / 365.25;
        let growth = (1.0 + self.claim.value / 100.0) / (1.0 + fund.value / 100.0);
        let percent = self.claim.unit == "percent" && growth > 0.0;
        percent.then(|| (years, libm::pow(growth, 1.0 / years.max(1.0)) - 1.0))
    }

    /// The yearly dividends that would lift the price return to the printed one, where that is a
    /// common rate and the period is long enough for them to matter.
    pub(super) fn implied_dividends(&self, best: &Found) -> Option<f64> {
        let interval = best.interval()?;
        let years = f64::from((interval.end - interval.base?).get_days()) / 365.25;
        let growth = (1.0 + self.claim.value / 100.0) / (1.0 + best.value / 100.0);
        if self.claim.unit != "percent" || years < 0.9 || growth <= 0.0 {
            return None;
        }
        let rate = libm::pow(growth, 1.0 / years) - 1.0;
        (0.005..=most_dividends(&best.slots.entity)).contains(&rate).then_some(rate)
    }
}

/// The most that an index pays in dividends a year, as a share of its price: those of growth
/// companies pay little (the Nasdaq Composite between 0.3% and 1.2% since 2000).
fn most_dividends(index: &str) -> f64 {
    match index {
        "IXIC" | "NDX" | "RLG" | "RUO" => 0.015,
        "RUT" | "SML" => 0.03,
        _ => 0.05,
    }
}
