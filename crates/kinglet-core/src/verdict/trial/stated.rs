//! The queries that a claim may stand for, on its own words.

use jiff::ToSpan;

use super::super::slots::{self, Gap, Slots, Step, step};
use super::super::study::is_of_study;
use super::super::{Tag, cue};
use super::Trial;
use crate::article::Named;
use crate::time::{CalendarPeriod, Date, Grain, LengthUnit, Period};

impl Trial<'_> {
    /// The queries that the claim may stand for, on its own words.
    pub(in super::super) fn stated(&self) -> Result<Vec<Slots>, Gap> {
        let claim = self.claim;
        if is_of_study(claim) {
            return self.studies();
        }
        let open = !claim.other_periods.is_empty();
        let dated = open.then(|| self.dated_in_words()).flatten();
        let others = claim.other_periods.iter().copied();
        let others = others.filter(|other| !dated.as_ref().is_some_and(|d| d.rules_out(*other)));
        let periods: Vec<Period> = claim.period.into_iter().chain(others).collect();
        if periods.is_empty() {
            return Err(self.open_period());
        }
        let mut all = self.case();
        for period in periods {
            let slots = Slots::of(claim, period, self.context.published);
            all.extend(self.branches(&slots));
            let calendar = &self.evaluator.view().calendar;
            let ends_today = period.last_day() == Some(self.context.published)
                || slots.period.last_day() == Some(self.context.published);
            if ends_today
                && !matches!(slots.metric, "policy_rate" | "streak")
                && let Some(earlier) = slots::a_session_earlier(slots.period, calendar)
            {
                all.extend(self.branches(&slots.during(earlier)));
            }
            if let Period::Between(first, end) = slots.period
                && first.grain == Grain::Day
                && !cue::begins_at_a_price(self.sentence)
                && let Ok(base) = calendar.offset(first.first_day(), -1)
            {
                // A stretch that begins on a day may count that day's move.
                let with = Period::Between(CalendarPeriod::day(base), end);
                all.extend(self.branches(&slots.during(with)));
            }
            if slots.metric == "level"
                && self.is_start()
                && let Some(before) = slots::state_before(slots.period, calendar)
            {
                all.push(slots.during(before));
            }
        }
        Ok(all)
    }

    /// The words of its sentence behind the number.
    pub(in super::super) fn words_behind(&self) -> &str {
        let end = self.claim.sentence.end;
        self.context.text.get(self.claim.span.end..end).unwrap_or_default()
    }

    /// The words right behind the number.
    pub(in super::super) fn words_after(&self) -> &str {
        const REACH: usize = 32;
        let text = self.context.text;
        let start = self.claim.span.end;
        let end = text.floor_char_boundary(start.saturating_add(REACH).min(text.len()));
        text.get(start..end).unwrap_or_default()
    }

    /// Whether a level is where a move began: `went from 2,211.65 to 2,366.42 in August`, `above
    /// its previous close of 2,211.65`.
    pub(in super::super) fn is_start(&self) -> bool {
        let (sentence, place) = self.sentence_and_place();
        let before = sentence.get(..place).unwrap_or_default().trim_end().to_lowercase();
        let close = ["previous close", "prior close", "previous day's close", "last close"];
        before.rsplit(' ').next().is_some_and(|word| word == "from")
            || close.iter().any(|close| before.trim_end_matches(" of").ends_with(close))
    }

    /// A claim that leaves its period open; some measures have none anyway.
    pub(super) fn open_period(&self) -> Gap {
        if self.claim.metric.starts_with("event_") {
            Gap::new(Tag::EventUndefined, "the event is not defined in the text")
        } else if crate::metrics::find(self.claim.metric).is_none() {
            Gap::new(Tag::NoSeries, format!("no data give `{}`", self.claim.metric))
        } else {
            Gap::new(Tag::PeriodOpen, "the text does not settle the period")
        }
    }

    /// Directions of a run and ends of a range that the text leaves open.
    pub(super) fn branches(&self, slots: &Slots) -> Vec<Slots> {
        match slots.metric {
            "streak" => {
                let grains = step::steps(self.claim, self.sentence);
                let records = cue::record(self.sentence) && slots.versus.is_none();
                let steps: &[Step] = match (records, cue::run_of_gains(self.words_after())) {
                    (true, _) => &[Step::Record],
                    (_, Some(true)) => &[Step::Up],
                    (_, Some(false)) => &[Step::Down],
                    (_, None) => &[Step::Up, Step::Down],
                };
                let of = |end, run| Slots { run: Some(run), ..slots.during(end) };
                let mut found = Vec::new();
                for grain in grains {
                    for end in self.ends(slots.period, grain) {
                        found.extend(steps.iter().map(|&step| of(end, (grain, step))));
                    }
                }
                if found.is_empty() { vec![slots.clone()] } else { found }
            }
            "policy_rate" if slots.bound.is_none() => ["upper", "lower"]
                .map(|bound| Slots { bound: Some(bound), ..slots.clone() })
                .to_vec(),
            "level" => {
                let mut found = self.extremes_within(slots);
                found.push(slots.clone());
                found
            }
            "return" if is_over_years(slots.period) && self.is_listed() => {
                vec![Slots { metric: "annualized_return", ..slots.clone() }, slots.clone()]
            }
            "record_count" => vec![slots.counting(Step::Record)],
            "event_count" if slots.entity == "FED" => {
                let steps: &[Step] = match cue::case::eases(self.sentence) {
                    Some(true) => &[Step::Down],
                    Some(false) => &[Step::Up],
                    None => &[Step::Up, Step::Down],
                };
                let since = |step: &Step| self.since_turn(slots, *step);
                let cycles: Vec<Slots> = steps.iter().filter_map(since).collect();
                steps.iter().map(|&step| slots.counting(step)).chain(cycles).collect()
            }
            "distance_from_high" if !cue::all_time(self.sentence) => {
                let year = slots.period.last_day().map(|day| day.saturating_sub(1.year()));
                let since = [None, year].into_iter().chain(self.peaks(slots).into_iter().map(Some));
                since.map(|since| Slots { since, ..slots.clone() }).collect()
            }
            "yield" if !slots.is_slope() => match slots.period {
                // of a month it may be the average
                Period::At(p) if p.grain == Grain::Month => {
                    vec![slots.clone(), slots.during(Period::Calendar(p))]
                }
                _ => vec![slots.clone()],
            },
            "inflation" | "unemployment" => self.last_released(slots),
            _ => vec![slots.clone()],
        }
    }

    /// Whether no word says what moved: tables and lists print returns over years by the year.
    fn is_listed(&self) -> bool {
        self.is_row() || self.memory.marks(self.sentence, self.context).changes.is_empty()
    }

    /// The times before a figure's own that its sentence names, of which one may be that of a peak.
    pub(in super::super) fn peaks(&self, slots: &Slots) -> Vec<Date> {
        let marks = self.memory.marks(self.sentence, self.context);
        let named = marks.times.iter().filter_map(|(_, named)| match named {
            Named::Calendar(p) | Named::Since(p) => Some(*p),
            _ => None,
        });
        let earlier =
            |p: &CalendarPeriod| slots.period.last_day().is_some_and(|d| p.last_day() < d);
        named.filter(earlier).map(CalendarPeriod::first_day).collect()
    }

    /// The same decisions since the last one to the contrary: those of the cycle.
    fn since_turn(&self, slots: &Slots, step: Step) -> Option<Slots> {
        let end = slots.period.last_day()?.min(self.context.published);
        let (e, contrary) = (&slots.entity, if step == Step::Down { ">" } else { "<" });
        let turns = format!("count(rate_change({e}, day) {contrary} 0, until: {end})");
        let (_, turns) = self.ask(&turns).ok()?;
        let turn = turns.as_ref().as_ref().ok()?.rows.last()?.date;
        let first = CalendarPeriod::day(turn.tomorrow().ok()?);
        let cycle = Period::Between(first, CalendarPeriod::day(end));
        Some(slots.during(cycle).counting(step))
    }

    /// The highest or lowest close of a month or longer that is all that dates a high or low.
    fn extremes_within(&self, slots: &Slots) -> Vec<Slots> {
        let Period::At(p) = slots.period else { return Vec::new() };
        if p.grain < Grain::Month {
            return Vec::new();
        }
        let kinds = cue::extremes(self.beside()).into_iter();
        let of = |kind| Slots { metric: "extremum", bound: Some(kind), ..slots.clone() };
        kinds.map(of).map(|slots| slots.during(Period::Calendar(p))).collect()
    }

    /// A monthly figure: of a month that is named its own; as of a day that of one of the months
    /// before, as releases are late and not all release days are known.
    pub(super) fn last_released(&self, slots: &Slots) -> Vec<Slots> {
        let Period::At(p) = slots.period else { return vec![slots.clone()] };
        let month = CalendarPeriod::containing(Grain::Month, p.last_day());
        if p.grain == Grain::Month {
            return vec![slots.during(Period::Calendar(month))];
        }
        let before = (-3..=-1).rev().map(|n| slots.during(Period::Calendar(month.plus(n))));
        let last = (p.grain > Grain::Month).then(|| slots.during(Period::Calendar(month)));
        last.into_iter().chain([slots.clone()]).chain(before).collect()
    }

    /// Where a run may end: with the period, or anywhere in it where its steps are smaller.
    pub(super) fn ends(&self, period: Period, grain: Grain) -> Vec<Period> {
        let (Period::Calendar(p) | Period::At(p)) = period else { return vec![period] };
        if p.grain <= grain {
            // What ends a run is the step after it.
            let before = CalendarPeriod::containing(grain, p.last_day()).plus(-1);
            let broken = cue::ends_run(self.sentence) && grain > Grain::Day;
            let earlier = broken.then_some(Period::Calendar(before));
            return [period].into_iter().chain(earlier).collect();
        }
        let mut step = CalendarPeriod::containing(grain, p.last_day());
        let mut ends = Vec::new();
        while step.last_day() >= p.first_day() && ends.len() < 31 {
            ends.push(Period::Calendar(step));
            step = step.plus(-1);
        }
        ends
    }
}

/// Whether a period is a length of more than a year up to a day.
fn is_over_years(period: Period) -> bool {
    match period {
        Period::Trailing(length, _) => match length.unit {
            LengthUnit::Years => length.count > 1,
            LengthUnit::Months => length.count > 12,
            _ => false,
        },
        _ => false,
    }
}
