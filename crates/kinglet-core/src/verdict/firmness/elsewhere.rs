//! Figures whose own words leave open of when they are, and that are right for a time which is
//! named around them.

use super::super::settle::alone;
use super::super::slots::Slots;
use super::super::study::is_of_study;
use super::super::trial::Trial;
use super::super::{Judgement, Tag, Verdict};
use super::Passage;
use super::nearby::lazily;
use crate::article::{Claim, Named};
use crate::time::{CalendarPeriod, Grain, Period};

/// How probable it may be that a figure is right by chance for one of the times tried.
const CHANCE: f64 = 0.1;
/// How many bytes before a figure times are looked for.
const REACH: usize = 1_500;
/// What closes move from session to session, in per cent: the deviation.
const SESSION: f64 = 1.2;
/// What yields move, in basis points.
const YIELDS: f64 = 6.0;

impl Trial<'_> {
    /// The claim as one of a time named around it, if the words of a figure that could not be
    /// judged leave its time open and it is right for that: the nearest, as long as it is unlikely
    /// that any figure would be right for one of those tried.
    pub(in super::super) fn elsewhere(&self, judgement: &Judgement) -> Option<Claim> {
        let claim = self.claim;
        let is_open = judgement.actual.is_some() || judgement.tag == Some(Tag::PeriodOpen);
        if judgement.verdict != Verdict::Unverifiable
            || !is_open
            || is_of_study(claim)
            || claim.definition.is_some()
        {
            return None;
        }
        let today = Period::Calendar(CalendarPeriod::day(self.context.published));
        let slots = Slots::of(claim, claim.period.unwrap_or(today), self.context.published);
        let sentence = Passage::new(self, self.sentence_and_place());
        let before = Passage::new(self, self.text_before(REACH));
        let tried = |p: &Period| claim.other_periods.contains(p) || claim.period == Some(*p);
        let composed = lazily(|| composed(sentence.times().chain(before.times().rev()).collect()));
        let mut left = CHANCE;
        self.periods_nearby(&slots, &sentence, &before)
            .chain(composed)
            .filter(|period| !tried(period) && !claim.unlikely_periods.contains(period))
            .take_while(|period| {
                left -= self.chance(*period);
                left >= 0.0
            })
            .find_map(|period| {
                let alone = alone(Claim { period: Some(period), ..claim.clone() });
                Some(claim.clone().of_period(self.of(&alone).right_for()?))
            })
    }

    /// How probable it is that a figure which is of another time is right for this one: the width
    /// of the printed step on a normal law at its middle, with the deviation of such changes.
    pub(in super::super) fn chance(&self, period: Period) -> f64 {
        const MIDDLE: f64 = 0.4;
        let (claim, calendar) = (self.claim, &self.evaluator.view().calendar);
        let sessions = match period.days(calendar) {
            Ok((from, to)) => calendar.count(from, to).max(1) as f64,
            Err(_) => return 0.0,
        };
        let deviation = match (claim.metric, claim.unit) {
            ("return" | "drawdown" | "distance_from_high", _) => SESSION * sessions.sqrt(),
            ("return_spread", _) => 0.5 * SESSION * sessions.sqrt(),
            ("annualized_return", _) => SESSION * 252.0 / sessions.sqrt(),
            ("yield" | "rate_change", "basis_points") => YIELDS * sessions.sqrt(),
            ("yield", _) => 0.5,
            ("level" | "point_change", _) => 0.1 * claim.value.abs(),
            _ => return 1.0,
        };
        (MIDDLE * claim.printed.step / deviation).min(1.0)
    }
}

/// Periods of two named times: from one day to a later one, and a season in a year that is named.
fn composed(named: Vec<Named>) -> Vec<Period> {
    let of_grain = |grain| {
        named.iter().filter_map(move |named| match named {
            Named::Calendar(p) if p.grain == grain => Some(*p),
            _ => None,
        })
    };
    let mut found = Vec::new();
    for named in &named {
        let Named::Range(from, to) = *named else { continue };
        let own = CalendarPeriod::containing(Grain::Year, from.first_day());
        let units = match from.grain {
            Grain::Month => 12,
            Grain::Quarter => 4,
            _ => continue,
        };
        found.extend(of_grain(Grain::Year).map(|year| {
            let years = own.until(year) * units;
            Period::Between(from.plus(years), to.plus(years))
        }));
    }
    for from in of_grain(Grain::Day) {
        let later = of_grain(Grain::Day).filter(|to| from.last_day() < to.last_day());
        found.extend(later.map(|to| Period::Between(from, to)));
    }
    found
}
