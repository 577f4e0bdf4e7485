//! Figures that are right with dividends, or without those that their words count in.

use std::ops::RangeInclusive;

use super::super::fit::{Fit, fit};
use super::super::trial::{Found, Trial};
use super::super::{Judgement, Reading, Tag, Verdict, suggestion};
use super::Standing;
use crate::article::Claim;
use crate::time::{Grain, LengthUnit, Period};

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
            let trails = fund && !named && (self.is_of_index(&total) || self.is_told_with(&total));
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
        let yearly = self.claim.metric == "annualized_return" && self.is_of_performance();
        if known || named || self.claim.metric != "return" && !yearly {
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

    /// The same up to any of the days on which a table of performance may stand: the nearest.
    pub(super) fn other_end(&self, found: &[Found], judgement: &mut Judgement) -> bool {
        let with = |other: &Found| {
            let mut open = judgement.clone();
            let right = self.other_basis(other, &mut open);
            open.actual = Some(other.value);
            open.answer = Some(other.answer(self.evaluator));
            open.query = Some((*other.query).clone());
            right.then_some(open)
        };
        let off = |open: &Judgement| {
            let value = open.readings.last().and_then(|reading| reading.value);
            value.map_or(f64::INFINITY, |value| (value - self.claim.value).abs())
        };
        let open: Vec<Judgement> = match self.is_of_performance() {
            true => found.iter().filter_map(with).collect(),
            false => Vec::new(),
        };
        let nearest = open.into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest.map(|open| *judgement = open).is_some()
    }

    /// Whether a figure of a table of performance, which shows returns with dividends as a rule, is
    /// near enough to the return of the fund.
    fn is_told_with(&self, fund: &Found) -> bool {
        self.is_of_performance() && fit(self.claim, fund.value, Standing::Fund.slack()) != Fit::Off
    }

    /// Whether the figure is one of those that tables of performance show: of the same index over a
    /// part of a year, and over one year or more, but of no day or week.
    fn is_of_performance(&self) -> bool {
        const FEWEST: usize = 3;
        const AROUND: usize = 600;
        let claim = self.claim;
        let is_row =
            |c: &Claim| !self.context.slice(c.sentence).trim_end().ends_with(['.', '!', '?']);
        let row = is_row(claim);
        let beside = |c: &&Claim| {
            let near = row && c.span.start.abs_diff(claim.span.start) < AROUND && is_row(c);
            c.entity == claim.entity && (c.sentence == claim.sentence || near)
        };
        let mut told: Vec<Period> = Vec::new();
        let (mut short, mut long) = (false, false);
        for other in self.claims.iter().filter(beside) {
            let Some(period) = other.period else { continue };
            match (other.metric, period) {
                ("return" | "annualized_return", Period::Trailing(length, _)) => {
                    match length.unit {
                        LengthUnit::Years => long = true,
                        LengthUnit::Months if length.count >= 12 => long = true,
                        LengthUnit::Months => short = true,
                        _ => return false,
                    }
                }
                ("return", Period::ToDate(grain, _)) if grain > Grain::Week => short = true,
                ("return", Period::Calendar(p)) if p.grain > Grain::Week => short = true,
                ("level" | "point_change", _) | ("return", Period::ToDate(..)) => return false,
                ("return", Period::Calendar(_)) => return false,
                _ => continue,
            }
            if !told.contains(&period) {
                told.push(period);
            }
        }
        short && long && told.len() >= FEWEST
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
        let over = if self.claim.metric == "annualized_return" { 1.0 } else { years };
        let rate = libm::pow(growth, 1.0 / over) - 1.0;
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
