//! One case of a study: what followed it, where the article lists the cases by day, month or year.

use super::{CONFIRMED, Study, Wanted, is_of_study};
use crate::article::Named;
use crate::time::{CalendarPeriod, Grain, Length, Period};
use crate::verdict::fit::Fit;
use crate::verdict::slots::{self, Slots};
use crate::verdict::trial::Trial;

impl Trial<'_> {
    /// What followed one of the cases of a study, or the case itself: `15.2% (1998)`, with the day,
    /// month or year of the case beside the figure.
    pub(in super::super) fn case(&self) -> Vec<Slots> {
        let Some(Period::Forward(horizon)) = self.claim.period else { return Vec::new() };
        let (Some(case), "return" | "return_spread") = (self.label(), self.claim.metric) else {
            return Vec::new();
        };
        let itself = Slots::of(self.claim, Period::Calendar(case), self.context.published);
        let after = self.after_case(case, horizon).into_iter().chain(self.after(case, horizon));
        after.chain([itself]).collect()
    }

    /// What followed the close of a day, or the last one of a longer time.
    fn after(&self, case: CalendarPeriod, horizon: Length) -> Option<Slots> {
        let (calendar, published) = (&self.evaluator.view().calendar, self.context.published);
        let from = calendar.on_or_before(case.last_day()).ok()?;
        let to = calendar.forward(from, horizon).ok().filter(|to| *to <= published)?;
        let stretch = Period::Between(CalendarPeriod::day(from), CalendarPeriod::day(to));
        Some(Slots::of(self.claim, stretch, published))
    }

    /// What followed the day that is named beside a figure.
    fn after_day(&self) -> Option<Slots> {
        let Period::Forward(horizon) = self.claim.period? else { return None };
        self.after(self.label().filter(|p| p.grain == Grain::Day)?, horizon)
    }

    /// The same, where others of the article tell it rightly: then it is the study that is meant.
    pub(in super::super) fn after_one_of_days(&self) -> Option<Slots> {
        let own = self.after_day()?;
        let mates = self.claims.iter().filter(|c| {
            (c.metric, c.period) == (self.claim.metric, self.claim.period)
                && c.span != self.claim.span
        });
        let right = mates.filter(|mate| {
            let trial = self.of(mate);
            let found = trial.after_day().and_then(|slots| trial.find(&slots).ok());
            found.is_some_and(|found| trial.fit(found.value) == Fit::Core)
        });
        (right.take(CONFIRMED).count() == CONFIRMED).then_some(own)
    }

    /// The same at some time after the case.
    fn after_case(&self, case: CalendarPeriod, horizon: Length) -> Option<Slots> {
        let claim = self.claim;
        let event = self.event()?;
        let plain = Slots::of(claim, Period::Calendar(case), self.context.published);
        let of = |code: &str| slots::proxy(code).unwrap_or(code).to_owned();
        let (metric, wanted) = match &claim.versus {
            Some(versus) => ("event_excess_return", Wanted::Ahead(of(versus))),
            None => ("event_mean_return", Wanted::Gain),
        };
        let bounds = format!(", since: {case}, until: {case}");
        let horizon = Some(horizon);
        let study = Study { event, horizon, bounds, wanted, case: Some(case) };
        let (_, cases) = self.ask(&study.cases()).ok()?;
        let cases = cases.as_ref().as_ref().ok()?.quantity.value;
        (cases == 1.0).then(|| Slots {
            metric,
            entity: of(&claim.entity),
            versus: None,
            study: Some(study),
            ..plain
        })
    }

    /// Whether the figure is right for another time after the case, of which the article speaks,
    /// and the figure before it does not show that its own is meant. Counts are too few to tell.
    pub(in super::super) fn is_after_another_time(&self, study: &Study) -> bool {
        if self.claim.unit == "count" || self.follows_same_time(study) {
            return false;
        }
        let horizons = self.claims.iter().filter_map(|c| match c.period {
            Some(Period::Forward(length)) => Some(length),
            _ => None,
        });
        let others = horizons.filter(|length| Some(*length) != study.horizon);
        let of = |length| match study.case {
            Some(case) => self.after_case(case, length),
            None => self.studies().ok()?.into_iter().find_map(|slots| {
                let study = Study { horizon: Some(length), ..slots.study.clone()? };
                Some(Slots { study: Some(study), ..slots })
            }),
        };
        let fits = |slots: Slots| self.find(&slots).is_ok_and(|f| self.fit(f.value) == Fit::Core);
        others.filter_map(of).any(fits)
    }

    /// Whether the last figure before this one about what followed cases is right for its time.
    fn follows_same_time(&self, study: &Study) -> bool {
        let own = self.claim.span.start;
        let mut before = self.claims.iter().rev().filter(|c| c.span.start < own);
        let last = before.find(|c| matches!(c.period, Some(Period::Forward(_))));
        last.is_some_and(|claim| {
            let right = || self.of(claim).rightly_studied().any(|s| s.event == study.event);
            claim.period == study.horizon.map(Period::Forward) && right()
        })
    }

    /// The studies, or the case of one, for which the figure is right.
    pub(super) fn rightly_studied(&self) -> impl Iterator<Item = Study> {
        let readings = match is_of_study(self.claim) {
            true => self.studies().unwrap_or_default(),
            false => self.case(),
        };
        let right = |slots: &Slots| self.find(slots).is_ok_and(|f| self.fit(f.value) == Fit::Core);
        readings.into_iter().filter(right).filter_map(|slots| slots.study)
    }

    /// The day, month or year beside a figure that stands for a case; of a list of figures with as
    /// many labels behind it, the one in its place.
    fn label(&self) -> Option<CalendarPeriod> {
        let (sentence, at) = self.sentence_and_place();
        let base = self.claim.sentence.start;
        let marks = self.memory.marks(sentence, self.context);
        let labels: Vec<(usize, CalendarPeriod)> = marks
            .times
            .iter()
            .filter_map(|(span, named)| match named {
                Named::Calendar(p)
                    if matches!(p.grain, Grain::Day | Grain::Month | Grain::Year) =>
                {
                    Some((span.start, *p))
                }
                _ => None,
            })
            .collect();
        let figures: Vec<usize> = self
            .claims
            .iter()
            .filter(|c| c.sentence == self.claim.sentence && c.metric == self.claim.metric)
            .map(|c| c.span.start.saturating_sub(base))
            .collect();
        let before = labels.iter().rev().find(|(place, _)| *place < at);
        let behind: Vec<_> = labels.iter().filter(|(place, _)| *place > at).collect();
        let from = before.map_or(0, |(place, _)| *place);
        let to = behind.first().map_or(sentence.len(), |(place, _)| *place);
        let list: Vec<_> = figures.iter().filter(|place| (from..to).contains(*place)).collect();
        let bracketed = sentence
            .get(at..to)
            .is_some_and(|words| words.trim_end().ends_with(['(', 'm']) && words.contains('('));
        let own = list.iter().position(|place| **place == at)?;
        let label = match () {
            () if bracketed && list.len() == 1 => behind.first().copied(),
            () if list.len() >= 2 && behind.len() == list.len() => behind.get(own).copied(),
            () => before.or(behind.first().copied()),
        };
        label.map(|(_, p)| *p)
    }
}
