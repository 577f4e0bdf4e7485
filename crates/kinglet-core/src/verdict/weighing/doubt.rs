//! Why the data, though they give another figure, do not decide.

use super::super::fit::Fit;
use super::super::slots::{Slots, is_state};
use super::super::trial::{Found, Trial};
use super::super::{Tag, cue};
use crate::query::Query;
use crate::time::{Grain, Period};

impl Trial<'_> {
    /// Why the data, though they give another figure, do not decide.
    pub(super) fn doubt(&self, best: &Found) -> Option<(Tag, &'static str)> {
        match self.claim.metric {
            "level" if cue::extreme(self.beside()) && !cue::close(self.sentence) => {
                Some((Tag::IntradayMissing, "the high or low may be one during the day"))
            }
            "level" if self.extremes(best).iter().any(|(_, answer)| answer.result.is_err()) => {
                Some((Tag::NoSeries, "the data do not reach back to every high or low"))
            }
            "return" if cue::mean(self.sentence) => {
                Some((Tag::EventUndefined, "it may be a mean over several periods"))
            }
            "return" if self.is_yearly_rate(best) => {
                Some((Tag::PeriodOpen, "it may be meant as a rate a year"))
            }
            "streak" if cue::record(self.sentence) => {
                Some((Tag::EventUndefined, "the records may be other than those of closes"))
            }
            "distance_from_high" if !cue::all_time(self.sentence) => {
                Some((Tag::EventUndefined, "the high may be other than a record or that of a year"))
            }
            "yield"
                if is_state(&best.slots)
                    && !matches!(best.slots.period, Period::At(p) if p.grain == Grain::Day) =>
            {
                Some((Tag::PeriodOpen, "the text does not say on which day"))
            }
            "inflation" | "unemployment" if self.has_unknown_reading() => {
                Some((Tag::NoSeries, "a figure that is not in the data may be meant"))
            }
            "event_mean_return" | "event_count" | "event_successes" | "event_excess_return" => {
                Some((Tag::EventUndefined, "the cases counted may be others"))
            }
            "event_hit_rate" if !self.hit_rate_is_decided(best) => Some((
                Tag::NoSeries,
                "earlier cases, which are not in the data, could make it right",
            )),
            _ => None,
        }
    }

    /// Whether one of the readings that the words allow has no value.
    fn has_unknown_reading(&self) -> bool {
        let named = matches!(self.claim.period, Some(Period::Calendar(p) | Period::At(p))
            if p.grain == Grain::Month);
        let readings = self.stated().unwrap_or_default();
        !named && readings.iter().any(|slots| self.find(slots).is_err())
    }

    /// Whether the figure is right as a yearly rate, of which the sentence speaks.
    pub(super) fn is_yearly_rate(&self, best: &Found) -> bool {
        let yearly = Slots { metric: "annualized_return", ..best.slots.clone() };
        cue::yearly(self.sentence)
            && self.find(&yearly).is_ok_and(|found| self.fit(found.value) != Fit::Off)
    }

    /// Whether no plausible number of cases before the data begin mends a hit rate: half as many
    /// again as are known, all of them hits or all of them misses.
    pub(super) fn hit_rate_is_decided(&self, best: &Found) -> bool {
        let Some(event) = best.slots.event.filter(|event| event.said_here) else { return false };
        let Ok(query) = event.count(&best.slots.entity).parse::<Query>() else { return false };
        let Some(cases) = self.evaluator.answer(&query).number() else { return false };
        let (more, hits) = (cases / 2.0, cases * best.value / 100.0);
        let best_case = 100.0 * (hits + more) / (cases + more);
        let worst_case = 100.0 * hits / (cases + more);
        let slack = self.claim.printed.step;
        self.claim.value - slack > best_case || self.claim.value + slack < worst_case
    }
}
