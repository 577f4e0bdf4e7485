//! Relations among the figures of one article, which need no data: a level, a change in points and
//! a percentage; a distance between two printed levels or yields; k of n against a percentage; a
//! discount of two printed valuations; the difference of two printed returns or yields; the number
//! of sessions in a printed interval; one slot printed twice; a weekday and its date; a record and
//! the levels before it; cases up and down against all; a yearly rate against the whole return.

mod dates;
mod derived;
mod rates;
mod sums;

use super::assurance;
use super::{Context, Judgement, Tag, Verdict, cue};
use crate::article::{Claim, Comparator, Modality};
use crate::identity::{Entity, Kind};
use crate::time::{Date, Grain, Period};
use crate::view::View;

/// What must fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// Level, change in points and percentage of one move.
    Triple,
    /// The distance between two printed levels.
    Distance,
    /// k of n against a percentage.
    Share,
    /// How far one printed valuation is below another.
    Discount,
    /// The difference of two printed returns.
    Spread,
    /// The sessions of a printed interval against a printed number of days.
    Sessions,
    /// The same slot printed twice.
    Repetition,
    /// A weekday and its date.
    Weekday,
    /// A record and the levels before it.
    Record,
    /// Cases up and down against the number of all.
    Sum,
    /// A yearly rate against the return of all the years.
    YearlyRate,
}

impl RelationKind {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            RelationKind::Triple => "level_change_percent",
            RelationKind::Distance => "distance",
            RelationKind::Share => "share_of_count",
            RelationKind::Discount => "discount",
            RelationKind::Spread => "spread",
            RelationKind::Sessions => "sessions",
            RelationKind::Repetition => "repetition",
            RelationKind::Weekday => "weekday",
            RelationKind::Record => "record",
            RelationKind::Sum => "sum",
            RelationKind::YearlyRate => "yearly_rate",
        }
    }
}

/// A relation that was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What must fit.
    pub kind: RelationKind,
    /// The claims in it.
    pub claims: Vec<usize>,
    /// Whether it holds.
    pub holds: bool,
    /// In words: lower case, no full stop.
    pub statement: String,
}

/// All relations of an article.
pub(super) fn relations(claims: &[Claim], context: Context<'_>, view: &View) -> Vec<Relation> {
    let mut found = triples(claims);
    found.extend(distances(claims));
    found.extend(shares(claims, context));
    found.extend(derived::discounts(claims));
    found.extend(derived::spreads(claims));
    found.extend(rates::changes(claims));
    found.extend(rates::gaps(claims, context));
    found.extend(dates::weekdays(claims, context));
    found.extend(dates::records(claims, context));
    found.extend(sums::counts(claims, context));
    found.extend(sums::yearly(claims));
    found.extend(sessions(claims, view));
    found.extend(repetitions(claims, context));
    found
}

impl Relation {
    /// Whether both figures of a slot printed twice are right, so that they are of two times.
    pub(super) fn is_borne_out(&self, judgements: &[Judgement]) -> bool {
        let right = |at: &usize| {
            judgements.get(*at).is_some_and(|found| found.verdict == Verdict::Supported)
        };
        self.kind == RelationKind::Repetition && !self.holds && self.claims.iter().all(right)
    }
}

/// Makes claims of a broken relation inconsistent where the data did not decide. Where the data
/// accuse one of them, the conflict is explained; a distance, share, discount or spread is to blame
/// before the figures it was worked out from.
pub(super) fn settle(relations: &[Relation], claims: &[Claim], judgements: &mut [Judgement]) {
    // A weekday may be wrong, or its date: which of them the figures are of is not known.
    let broken = |r: &&Relation| {
        !r.holds && r.kind != RelationKind::Weekday && assurance::is_sure(r, claims)
    };
    for relation in relations.iter().filter(broken) {
        let verdict = |i: &usize| judgements.get(*i).map(|j| j.verdict);
        if relation.claims.iter().filter_map(verdict).any(Verdict::accuses) {
            continue;
        }
        let derived = matches!(
            relation.kind,
            RelationKind::Distance
                | RelationKind::Share
                | RelationKind::Discount
                | RelationKind::Spread
                | RelationKind::Record
                | RelationKind::YearlyRate
        );
        let supported = |i: &&usize| verdict(i) == Some(Verdict::Supported);
        if relation.kind == RelationKind::Sum
            && relation.claims.iter().filter(supported).count() != 2
        {
            // which of the numbers is wrong is not known
            continue;
        }
        let right = relation.claims.iter().filter(supported).count();
        let odd_one = right >= 2 && right + 1 == relation.claims.len();
        for &index in relation.claims.iter().take(if derived { 1 } else { usize::MAX }) {
            let Some(judgement) = judgements.get_mut(index) else { continue };
            let open = matches!(
                judgement.tag,
                Some(Tag::NoSeries | Tag::PeriodOpen | Tag::EventUndefined | Tag::EntityUnknown)
            );
            let undecided = derived || judgement.actual.is_none() || odd_one;
            if judgement.verdict == Verdict::Unverifiable && open && undecided {
                judgement.verdict = Verdict::Inconsistent;
                judgement.tag = None;
                judgement.reason.clone_from(&relation.statement);
            }
        }
    }
}

/// The text between two claims, in bytes.
fn gap(a: &Claim, b: &Claim) -> usize {
    let (first, second) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    second.span.start.saturating_sub(first.span.end)
}

/// The nearest claim that satisfies a condition, not further away than a sentence or two.
fn nearest<'c>(
    claims: &'c [Claim],
    from: &Claim,
    wanted: impl Fn(&Claim) -> bool,
) -> Option<(usize, &'c Claim)> {
    let candidates = claims.iter().enumerate().filter(|(_, c)| c.span != from.span && wanted(c));
    candidates.min_by_key(|(_, c)| gap(c, from)).filter(|(_, c)| gap(c, from) <= REACH)
}

/// How far two figures of one statement may stand apart, in bytes.
const REACH: usize = 300;

fn half(claim: &Claim) -> f64 {
    claim.printed.step.max(0.0) / 2.0
}

fn end_of(period: Period) -> Option<Date> {
    match period {
        Period::At(p) | Period::Calendar(p) if p.grain == Grain::Day => Some(p.first_day()),
        Period::ToDate(_, day) => Some(day),
        _ => None,
    }
}

fn is_plain(claim: &Claim) -> bool {
    claim.comparator == Comparator::Equal
        && matches!(claim.modality, Modality::Asserted | Modality::Attributed)
        && !claim.printed.in_words
}

/// Level, change in points and percentage: the change over the level before it is the percentage.
fn triples(claims: &[Claim]) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, change) in claims.iter().enumerate() {
        let Some(period) = change.period else { continue };
        let Some(day) = end_of(period) else { continue };
        if change.metric != "point_change" || change.unit != "index_points" || !is_plain(change) {
            continue;
        }
        let percent = nearest(claims, change, |c| {
            c.metric == "return"
                && c.entity == change.entity
                && c.period == change.period
                && is_plain(c)
        });
        // of two changes the percentage is that of the nearer one
        let nearer = percent.is_some_and(|(_, percent)| {
            let own = nearest(claims, percent, |c| {
                c.metric == "point_change" && c.entity == change.entity && c.period == change.period
            });
            own.is_some_and(|(at, _)| at != i)
        });
        if nearer {
            continue;
        }
        let level = claims.iter().enumerate().filter(|(_, c)| {
            let same_day = c.period.and_then(end_of) == Some(day);
            let same =
                c.entity == change.entity && (c.entity != "OTHER" || c.sentence == change.sentence);
            c.metric == "level" && same && same_day && is_plain(c)
        });
        let level = level.min_by_key(|(_, c)| gap(c, change));
        let (Some((j, percent)), Some((k, level))) = (percent, level) else { continue };
        let corners = [-1.0, 1.0].into_iter().flat_map(|a| [-1.0, 1.0].map(|b| (a, b)));
        let implied = corners.filter_map(|(a, b)| {
            let points = change.value + a * half(change);
            let base = level.value + b * half(level) - points;
            (base > 0.0).then(|| 100.0 * points / base)
        });
        let (low, high) = implied
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        if low > high {
            continue;
        }
        // it may be rounded twice
        let allowed = 3.0 * half(percent) + 1e-9;
        let holds = low - allowed <= percent.value && percent.value <= high + allowed;
        let statement = format!(
            "{} points to {} is {:.2}%, printed {}",
            change.value,
            level.value,
            (low + high) / 2.0,
            percent.printed.text
        );
        found.push(Relation {
            kind: RelationKind::Triple,
            claims: vec![i, j, k],
            holds,
            statement,
        });
    }
    found
}

/// A distance in points that is printed beside the two levels it lies between.
fn distances(claims: &[Claim]) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, distance) in claims.iter().enumerate() {
        let in_points = distance.unit == "index_points"
            && matches!(distance.metric, "distance_from_high" | "point_change");
        let stands = matches!(distance.period, Some(Period::At(_)))
            || distance.metric == "distance_from_high";
        if !in_points || !stands {
            continue;
        }
        let mut levels: Vec<(usize, &Claim)> = claims
            .iter()
            .enumerate()
            .filter(|(_, c)| c.metric == "level" && c.entity == distance.entity)
            .filter(|(_, c)| gap(c, distance) <= REACH)
            .collect();
        levels.sort_by_key(|(_, c)| gap(c, distance));
        let [(j, a), (k, b), ..] = levels.as_slice() else { continue };
        let printed = distance.value.abs();
        let implied = (a.value - b.value).abs();
        let allowed = 2.0 * half(distance) + half(a) + half(b);
        let holds = match distance.comparator {
            Comparator::Less | Comparator::LessEqual => implied <= printed + allowed,
            Comparator::Greater | Comparator::GreaterEqual => implied >= printed - allowed,
            _ => (implied - printed).abs() <= allowed,
        };
        let statement = format!(
            "{} and {} are {implied:.2} apart, printed {}",
            a.printed.text, b.printed.text, distance.printed.text
        );
        let claims = vec![i, *j, *k];
        found.push(Relation { kind: RelationKind::Distance, claims, holds, statement });
    }
    found
}

/// k of n in the sentence of a hit rate.
fn shares(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, rate) in claims.iter().enumerate() {
        if rate.metric != "event_hit_rate" || rate.unit != "percent" || !is_plain(rate) {
            continue;
        }
        let same = |c: &Claim| c.sentence == rate.sentence && c.entity == rate.entity;
        let hits = nearest(claims, rate, |c| c.metric == "event_successes" && same(c));
        let cases = nearest(claims, rate, |c| c.metric == "event_count" && same(c));
        let (Some((j, k)), Some((m, n))) = (hits, cases) else { continue };
        let adjoining =
            context.text.get(k.span.end.min(n.span.end)..k.span.start.max(n.span.start));
        if n.value <= 0.0 || adjoining.is_none_or(|t| t.len() > 12) {
            continue;
        }
        let implied = 100.0 * k.value / n.value;
        let holds = (implied - rate.value).abs() <= 2.0 * half(rate) + 1e-9;
        let statement =
            format!("{} of {} is {implied:.1}%, printed {}", k.value, n.value, rate.printed.text);
        found.push(Relation { kind: RelationKind::Share, claims: vec![i, j, m], holds, statement });
    }
    found
}

/// A run of days that is printed with its first and last day.
fn sessions(claims: &[Claim], view: &View) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, run) in claims.iter().enumerate() {
        let Some(Period::Between(a, b)) = run.period else { continue };
        let days = a.grain == Grain::Day && b.grain == Grain::Day;
        if run.metric != "streak" || run.unit != "days" || !days {
            continue;
        }
        let (first, last) = (a.first_day(), b.first_day());
        let covered =
            view.calendar.on_or_before(first).is_ok() && view.calendar.on_or_before(last).is_ok();
        if !covered {
            continue;
        }
        let after = view.calendar.count(first, last);
        let holds = [after, after + 1].iter().any(|&n| (n as f64 - run.value).abs() < 0.5);
        let statement = format!(
            "from {} to {} there are {} sessions, printed {}",
            first,
            last,
            after + usize::from(view.calendar.is_session(first)),
            run.printed.text
        );
        found.push(Relation { kind: RelationKind::Sessions, claims: vec![i], holds, statement });
    }
    found
}

/// Whether one figure may be the other with a digit or the sign wrong, or two digits exchanged:
/// figures that differ by more are said of different things.
fn is_slip(a: &Claim, b: &Claim) -> bool {
    let digits = |c: &Claim| -> Vec<u8> {
        c.printed.text.bytes().filter(u8::is_ascii_digit).skip_while(|d| *d == b'0').collect()
    };
    let (mut a, mut b) = (digits(a), digits(b));
    let changed = a.len() == b.len() && a.iter().zip(&b).filter(|(a, b)| a != b).count() <= 1;
    a.sort_unstable();
    b.sort_unstable();
    changed || a == b
}

/// The same measure of the same thing over the same day, month or year, printed with two values.
fn repetitions(claims: &[Claim], context: Context<'_>) -> Vec<Relation> {
    let mut found = Vec::new();
    let comparable = |c: &Claim| {
        is_plain(c)
            && c.modality == Modality::Asserted
            && matches!(c.metric, "level" | "return" | "point_change")
            && Entity::new(&c.entity).known().is_some_and(|k| k.kind != Kind::Group)
            && cue::entity(context.slice(c.sentence), &c.entity)
            && !cue::intraday(context.slice(c.sentence))
            && !cue::further(context.slice(c.sentence), c.span.start - c.sentence.start)
            && matches!(c.period, Some(Period::Calendar(_) | Period::At(_) | Period::ToDate(..)))
    };
    let candidates: Vec<(usize, &Claim)> =
        claims.iter().enumerate().filter(|(_, c)| comparable(c)).collect();
    for (n, &(i, a)) in candidates.iter().enumerate() {
        // of one sentence they are of two times, whatever it names
        let twin = candidates[n + 1..].iter().find(|(_, b)| {
            a.sentence != b.sentence
                && (a.metric, a.unit, a.period) == (b.metric, b.unit, b.period)
                && (&a.entity, &a.versus, a.basis) == (&b.entity, &b.versus, b.basis)
        });
        let Some(&(j, b)) = twin else { continue };
        let holds = (a.value - b.value).abs() <= 2.0 * half(a).max(half(b)) + 1e-9;
        if !holds && !is_slip(a, b) {
            continue;
        }
        let statement = format!(
            "{} of {} for {} is printed as {} and as {}",
            a.metric,
            a.entity,
            a.period_text(),
            a.printed.text,
            b.printed.text
        );
        found.push(Relation {
            kind: RelationKind::Repetition,
            claims: vec![i, j],
            holds,
            statement,
        });
    }
    found
}
