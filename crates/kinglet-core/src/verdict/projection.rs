//! Projections of a policy rate: what the members of the central bank were on record with is no
//! mere forecast, and the data hold its median.

use super::fit::Fit;
use super::trial::Trial;
use super::{Judgement, Tag, Verdict, suggestion};
use crate::query::Query;
use crate::time::{CalendarPeriod, Grain, Period};

/// Words for whose projection it is, or of what kind.
const MEMBERS: &[&str] =
    &["median", "dot", "projection", "officials", "policymakers", "policy makers", "members"];
/// Words for others that expect something, or for other figures of the members.
const OTHERS: &[&str] = &[
    "futures",
    "market",
    "traders",
    "investors",
    "priced",
    "pricing",
    "economists",
    "analysts",
    "longer run",
    "long run",
    "long-run",
    "neutral",
    "most ",
    "some ",
    "range",
    "highest",
    "lowest",
];

impl Trial<'_> {
    /// The verdict on a projection of the policy rate for the end of a year that is named.
    pub(super) fn project(&self, judgement: &mut Judgement) {
        let Some(year) = self.projected_year() else { return };
        let of = |year: CalendarPeriod| {
            let query: Query =
                format!("rate_projection({}, {year})", self.claim.entity).parse().ok()?;
            let answer = self.evaluator.answer(&query);
            let value = answer.number()?;
            Some((query, answer, value))
        };
        let Some((query, answer, value)) = of(year) else { return };
        judgement.reason = format!("{query} is {}", self.show(value));
        judgement.actual = Some(value);
        judgement.query = Some(query);
        judgement.answer = Some(answer);
        if self.fit(value) != Fit::Off {
            judgement.verdict = Verdict::Supported;
            return;
        }
        // Of another year or an earlier meeting, if the words name it, or just of another.
        let others = (-3..=3).filter(|n| *n != 0).map(|n| year.plus(n));
        let fits = |value: f64| self.fit(value) == Fit::Core;
        let hit = others.filter_map(|y| Some((y, of(y)?.2))).find(|(_, value)| fits(*value));
        match hit {
            _ if !self.is_of_the_latest() && self.was_projected_before(year) => {}
            Some((other, _)) if self.names_year(other) => {}
            Some((other, value)) => {
                let other = Period::Calendar(other);
                judgement.verdict = Verdict::Misdated;
                judgement.tag = Some(Tag::Period(other));
                judgement.reason += &format!("; that for {other} is {}", self.show(value));
            }
            None => {
                judgement.verdict = Verdict::Contradicted;
                judgement.tag = Some(Tag::NoMatch);
            }
        }
        if judgement.verdict.accuses() {
            judgement.suggestion = suggestion::replacement(self.claim, value);
        }
    }

    /// The year for whose end the members project the rate, where the sentence names it.
    fn projected_year(&self) -> Option<CalendarPeriod> {
        let text = self.sentence.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let Some(Period::Calendar(year)) = self.claim.period else { return None };
        let meant = self.claim.metric == "policy_rate"
            && self.claim.unit == "percent"
            && year.grain == Grain::Year
            && says(MEMBERS)
            && !says(OTHERS);
        (meant && self.names_year(year)).then_some(year)
    }

    /// Whether the sentence names a year: `2025`, `YE25`, `next year`.
    fn names_year(&self, year: CalendarPeriod) -> bool {
        let number = year.first_day().year();
        let text = self.sentence.to_lowercase();
        let ahead = number - self.context.published.year();
        let short = number % 100;
        let forms = [number.to_string(), format!("ye{short:02}"), format!("'{short:02}")];
        let words = match ahead {
            0 => "the year",
            1 => "next year",
            _ => "\0",
        };
        forms.iter().any(|form| text.contains(form)) || text.contains(words)
    }

    /// Whether the words say that the projection is the one in force.
    fn is_of_the_latest(&self) -> bool {
        let text = self.sentence.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| matches!(word, "now" | "new" | "latest" | "updated" | "fresh" | "revised"))
    }

    /// Whether the members were once on record with the printed rate for the year.
    fn was_projected_before(&self, year: CalendarPeriod) -> bool {
        let events = self.evaluator.view().all_events();
        let mut values = events
            .filter(|e| e.kind == "median_dots" && e.entity == self.claim.entity)
            .filter_map(|e| e.values.get(&year.to_string()));
        values.any(|rate| self.fit(100.0 * rate) == Fit::Core)
    }
}
