//! Why the data, though they give another figure, do not decide.

use super::super::fit::Fit;
use super::super::slots::{Slots, is_state};
use super::super::study::Study;
use super::super::trial::{Found, Trial};
use super::super::{Tag, cue};
use crate::article::{Claim, Modality};
use crate::query::Query;
use crate::time::{Grain, Period};

/// How far, in bytes, a day may stand from the figure that it dates.
const NEAR: usize = 50;

impl Trial<'_> {
    /// Why the data, though they give another figure, do not decide.
    pub(super) fn doubt(&self, best: &Found) -> Option<(Tag, &'static str)> {
        if let Some(study) = best.slots.study.as_ref().filter(|study| study.is_of_one_case()) {
            return self.doubt_about_case(study);
        }
        match self.claim.metric {
            "level"
                if self.is_called_extreme()
                    || cue::extreme(self.beside()) && !cue::close(self.sentence) =>
            {
                Some((Tag::IntradayMissing, "the high or low may be one during the day"))
            }
            "level" if self.is_beside_the_close() => Some((
                Tag::IntradayMissing,
                "it may be the high or low of a day whose close is told",
            )),
            "level" if self.is_of_a_named_day() || best.slots.metric == "extremum" => None,
            "level" if self.extremes(best).iter().any(|(_, answer)| answer.result.is_err()) => {
                Some((Tag::NoSeries, "the data do not reach back to every high or low"))
            }
            "return" if cue::mean(self.clause()) => {
                Some((Tag::EventUndefined, "it may be a mean over several periods"))
            }
            "return" if cue::up_to_a_turn(self.clause()) => {
                Some((Tag::EventUndefined, "it may end at a high or low within the period"))
            }
            "return" if self.is_yearly_rate(best) => {
                Some((Tag::PeriodOpen, "it may be meant as a rate a year"))
            }
            "rank" if self.claim.unit != "count" && best.value > self.claim.value => {
                Some((Tag::EventUndefined, "it was so for longer than is said, too"))
            }
            "streak" if cue::record(self.sentence) => {
                Some((Tag::EventUndefined, "the records may be other than those of closes"))
            }
            "streak" if cue::other_run(self.words_behind()) => {
                Some((Tag::EventUndefined, "the run may be one of something else than gains"))
            }
            "distance_from_high" if self.is_from_a_printed_high(best) => {
                Some((Tag::IntradayMissing, "it is right from the high that is printed beside it"))
            }
            "distance_from_high"
                if !cue::all_time(self.sentence) && self.peaks(&best.slots).is_empty() =>
            {
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
            metric if metric.starts_with("event_") => self.doubt_about_cases(best),
            _ => None,
        }
    }

    /// Whether the sentence names the day of the figure.
    fn is_of_a_named_day(&self) -> bool {
        let (sentence, at) = self.sentence_and_place();
        let day = self.claim.period.filter(|period| match period {
            Period::At(p) | Period::Calendar(p) => p.grain == Grain::Day,
            _ => false,
        });
        day.is_some_and(|period| cue::distance(sentence, at, period).is_some_and(|d| d <= NEAR))
    }

    /// Whether the words right before a level call it a high or low, and not one of closes:
    /// `ended 12% off its high of 6,147.43`.
    fn is_called_extreme(&self) -> bool {
        const BEFORE: usize = 24;
        let (words, at) = self.text_before(BEFORE);
        let words = words.get(..at).unwrap_or_default();
        cue::extreme(words) && !cue::close(words) && words.trim_end().ends_with(" of")
    }

    /// Whether another figure of the sentence is the close of the same day.
    fn is_beside_the_close(&self) -> bool {
        const BEFORE: usize = 40;
        let claim = self.claim;
        let (words, at) = self.text_before(BEFORE);
        if self.is_start() || words.get(..at).is_some_and(cue::close) {
            return false;
        }
        let mut mates = self.claims.iter().filter(|c| {
            c.sentence == claim.sentence
                && c.value != claim.value
                && (c.metric, &c.entity, c.period) == (claim.metric, &claim.entity, claim.period)
        });
        mates.any(|mate| self.of(mate).right_for().is_some())
    }

    /// Whether the sentence prints a high from which the figure is right, whatever closes say.
    fn is_from_a_printed_high(&self, best: &Found) -> bool {
        let claim = self.claim;
        let beside = |c: &&Claim| {
            c.sentence == claim.sentence && c.metric == "level" && c.entity == claim.entity
        };
        let mut highs = self.claims.iter().filter(beside).peekable();
        if highs.peek().is_none() {
            return false;
        }
        let level = Slots { metric: "level", since: None, ..best.slots.clone() };
        let asked = level.text().ok().and_then(|text| self.ask(&text).ok());
        let Some(Ok(close)) = asked.as_ref().map(|(_, result)| &**result) else { return false };
        highs.any(|high| self.fit(100.0 * (close.quantity.value / high.value - 1.0)) != Fit::Off)
    }

    /// Whether decisions of the central bank are counted in a period that the sentence names.
    pub(super) fn counts_decisions(&self, best: &Found) -> bool {
        let (sentence, at) = self.sentence_and_place();
        let named = self.claim.period.and_then(|p| cue::distance(sentence, at, p)).is_some();
        let of_year = match self.claim.period {
            Some(Period::Calendar(p)) => p.grain == Grain::Year,
            Some(Period::ToDate(grain, _)) => grain == Grain::Year,
            _ => false,
        };
        self.claim.metric == "event_count"
            && of_year
            && best.slots.entity == "FED"
            && named
            && !cue::case::of_some_decisions(cue::text::phrase(sentence, at))
    }

    /// Why a study need not be the one that is meant.
    fn doubt_about_cases(&self, best: &Found) -> Option<(Tag, &'static str)> {
        let other = || Some((Tag::EventUndefined, "the cases counted may be others"));
        let earlier = || {
            Some((Tag::NoSeries, "earlier cases, which are not in the data, could make it right"))
        };
        let Some(study) = &best.slots.study else {
            return if self.counts_decisions(best) { None } else { other() };
        };
        match () {
            () if super::super::slots::proxy(&self.claim.entity).is_some() => other(),
            () if cue::case::median(self.sentence) => {
                Some((Tag::EventUndefined, "it may be a median"))
            }
            () if self.is_full_tally(best) => None,
            () if lacks_cases(best) && !self.is_decided(best) => earlier(),
            () if self.doubts_cases(study) || self.is_after_another_time(study) => other(),
            () if self.is_confirmed(study) => None,
            () if self.claim.metric != "event_hit_rate" || study.is_of_runs() => other(),
            () if !self.is_decided(best) => earlier(),
            () => None,
        }
    }

    /// Why one case of a study need not be the one that is meant.
    fn doubt_about_case(&self, study: &Study) -> Option<(Tag, &'static str)> {
        let known = self.claim.modality != Modality::Attributed
            && !self.is_after_another_time(study)
            && self.is_confirmed(study);
        (!known).then_some((Tag::EventUndefined, "it may be what followed another case"))
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
    fn is_decided(&self, best: &Found) -> bool {
        let study = best.slots.study.as_ref().filter(|_| self.claim.metric == "event_hit_rate");
        let Some(study) = study else { return false };
        let Ok(query) = study.cases().parse::<Query>() else { return false };
        let Some(cases) = self.evaluator.answer(&query).number() else { return false };
        let (more, hits) = (cases / 2.0, cases * best.value / 100.0);
        let best_case = 100.0 * (hits + more) / (cases + more);
        let worst_case = 100.0 * hits / (cases + more);
        let slack = self.claim.printed.step;
        self.claim.value - slack > best_case || self.claim.value + slack < worst_case
    }
}

/// Whether some cases lie before the data begin.
fn lacks_cases(best: &Found) -> bool {
    let outcome = best.result.as_ref().as_ref();
    outcome.is_ok_and(|outcome| outcome.notices.iter().any(|n| n.code == "no_outcome"))
}
