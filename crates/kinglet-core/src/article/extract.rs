//! From an annotated sentence to its claims.

use std::ops::Range;

use super::claim::{Claim, Modality, Printed};
use super::metric::{self, Reading};
use super::modality;
use super::moment::{Ledger, Moments, Outlook, Remembered};
use super::named::Told;
use super::number::{End, Measure, Quantity};
use super::period::{Anchor, Expr};
use super::scene::Scene;
use super::subject::{Carried, Subjects};
use super::token::any_of;
use super::words::list;
use super::{count, moment, parameter, respectively};
use crate::identity::Basis;
use crate::time::{Grain, Length, LengthUnit, Period};

/// How likely a reading must be to be kept beside the likeliest one.
const PLAUSIBLE: f64 = 0.06;

/// How likely a period must be beside the likeliest one for a figure that is right for it, and for
/// none that is likelier, to be of it.
const POSSIBLE: f64 = 0.03;

/// What a sentence is read against.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) anchor: Anchor,
    pub(super) outlook: &'a Outlook,
    pub(super) carried: Carried,
    pub(super) remembered: Remembered,
    /// The measure of the sentence before, in the same paragraph.
    pub(super) reading: Option<Reading>,
    /// Whether the heading says that returns are told a year.
    pub(super) yearly: bool,
}

impl<'a> Context<'a> {
    /// What is read against nothing but a day.
    pub(super) fn new(anchor: Anchor, outlook: &'a Outlook) -> Self {
        let (carried, remembered) = (Carried::default(), Remembered::default());
        Context { anchor, outlook, carried, remembered, reading: None, yearly: false }
    }

    fn moments(&self, scene: &'a Scene<'a>) -> Moments<'a> {
        let Context { anchor, remembered, outlook, .. } = *self;
        Moments { scene, anchor, remembered, outlook }
    }
}

impl<'a> Context<'a> {
    /// The same behind some claims of the sentence, of which a figure sees these.
    fn after(&self, claims: &[Claim], seen: impl Fn(&&Claim) -> bool) -> Context<'a> {
        let mut context = *self;
        let remembered = &mut context.remembered;
        let former = claims.iter().rev().find(&seen);
        remembered.figure = former.and_then(|c| c.period).and_then(moment::expr_of);
        remembered.former = former.and_then(|c| Some((c.metric, c.period?)));
        let streak = claims.iter().rev().filter(&seen).find_map(moment::streak_of);
        remembered.streak = streak.or(remembered.streak);
        remembered.cases |= claims.iter().any(|c| c.metric.starts_with("event_"));
        context
    }
}

/// The claims of a sentence, in order.
pub(super) fn claims(
    scene: &Scene,
    context: &Context,
    article: &str,
    history: &[Claim],
) -> (Vec<Claim>, Option<Reading>) {
    let mut out: Vec<Claim> = Vec::new();
    let mut last = context.reading.map(|r| Reading { carried: true, ..r });
    let lists = respectively::lists(scene, context.carried.list);
    let basis = basis(scene);
    for (index, q) in scene.quantities.iter().enumerate() {
        let ruled = count::reading(scene, index)
            .or_else(|| metric::reading(scene, index, last.as_ref()))
            .filter(|_| !parameter::is_parameter(scene, q));
        let (reading, certainty) = metric::choose(scene, index, ruled, last.as_ref());
        let told = Told::of(scene, index, reading.as_ref());
        let Some(reading) = told.reading().or(reading) else { continue };
        last = Some(Reading { carried: false, metric: told.measure(&reading), ..reading });
        let seen = |c: &&Claim| scene.sees_byte(q, c.span.start);
        let mut context = context.after(&out, seen);
        // the words behind a range belong to its lower end, too
        let high = scene.quantities.get(index + 1).filter(|_| q.range == Some(End::Low));
        let wide = high.map_or(*q, |high| Quantity { end: high.end, ..*q });
        let mut claim = claim(scene, &context, &wide, &reading);
        claim.span = scene.tokens.span(q.first, q.end);
        let listed = index.checked_sub(1).is_some_and(|i| is_list(scene, &scene.quantities[i], q));
        if let Some(before) = out.last().filter(|_| reading.goes_on || listed) {
            follow(scene, &context, (q, &reading), before, &mut claim);
        }
        claim.printed.text = article[claim.span.start..claim.span.end].to_owned();
        claim.basis = basis;
        (claim.likelihood, claim.certainty) = (certainty, certainty);
        let paired = lists.apply(index, &mut claim);
        let high = q.range == Some(End::High);
        match out.last().filter(|before| high && before.metric == claim.metric) {
            Some(low) => share(low, &mut claim),
            None => {
                let former: Vec<&Claim> =
                    out.iter().rev().chain(history.iter().rev()).take(SAID).collect();
                if !paired.entity && !told.bind(scene, &mut claim) {
                    choose_entity(scene, &context, (q, &reading), (&former, out.len()), &mut claim);
                    if let Some(before) =
                        out.last().filter(|b| is_one_move(scene, index, b, &claim))
                    {
                        claim.entity.clone_from(&before.entity);
                    }
                }
                if let Some(before) = out.last() {
                    former_month(scene, q, before, &mut claim);
                }
                if !paired.period && context.anchor.published.is_some() {
                    let said = out.iter().rev().find(seen);
                    context.remembered.other_entity =
                        said.is_some_and(|c| c.entity != claim.entity);
                    let ledger = Ledger::of(&claim, &out, history);
                    choose_period(scene, &context, (&wide, &reading), &ledger, &mut claim);
                }
            }
        }
        out.last_mut().into_iter().for_each(|b| state_of_move(scene, index, b, &claim));
        told.settle(scene, q, context.anchor.published, &mut claim);
        told_yearly(&context, &mut claim);
        out.push(claim);
    }
    link(&mut out);
    pair(&mut out);
    let named = metric::topic(scene).filter(|_| scene.quantities.is_empty());
    (out, named.or(last))
}

/// A return of more than a year is one per year where the heading says so.
fn told_yearly(context: &Context, claim: &mut Claim) {
    if context.yearly && claim.metric == "return" && claim.period.is_some_and(is_of_years) {
        claim.metric = "annualized_return";
    }
}

/// Whether a period is longer than a year, so that a return a year is another one.
pub(super) fn is_of_years(period: Period) -> bool {
    match period {
        Period::Trailing(Length { count, unit: LengthUnit::Years }, _) => count > 1,
        Period::Between(from, to) => (to.last_day() - from.first_day()).get_days() > 366 + 31,
        _ => false,
    }
}

/// The readings but the first whose share is in a range.
fn others<T: Clone>(ranked: &[(T, f64)], shares: Range<f64>) -> impl Iterator<Item = T> {
    let inside = move |(_, share): &&(T, f64)| shares.contains(share);
    ranked.iter().skip(1).filter(inside).map(|(other, _)| other.clone())
}

impl Claim {
    /// Notes how likely one of its slots is read as it is, and that its reading is a plausible one.
    fn doubt<T>(&mut self, ranked: &[(T, f64)]) {
        let plausible = ranked.iter().skip(1).filter(|(_, share)| *share > PLAUSIBLE);
        let first = ranked.first().map_or(1.0, |(_, share)| *share);
        self.likelihood *= first;
        self.certainty *= first + plausible.map(|(_, share)| share).sum::<f64>();
    }
}

/// How many claims before a figure may tell what it is about.
const SAID: usize = 6;

/// The upper end of a range is said of what its lower end is said of.
fn share(low: &Claim, high: &mut Claim) {
    high.entity.clone_from(&low.entity);
    high.versus.clone_from(&low.versus);
    high.period = low.period;
    high.other_periods.clone_from(&low.other_periods);
    high.unlikely_periods.clone_from(&low.unlikely_periods);
    high.other_entities.clone_from(&low.other_entities);
    (high.likelihood, high.certainty) = (low.likelihood, low.certainty);
}

/// Chooses what a figure is about; `former` are the claims before it, the nearest first, and how
/// many of them are of the sentence.
fn choose_entity(
    scene: &Scene,
    context: &Context,
    (q, reading): (&Quantity, &Reading),
    former: (&[&Claim], usize),
    claim: &mut Claim,
) {
    let subjects = Subjects { scene, carried: context.carried };
    let ranked = subjects.choose(q, reading, claim, former);
    let Some((entity, _)) = ranked.first().cloned() else { return };
    claim.other_entities = others(&ranked, PLAUSIBLE..1.0).collect();
    claim.doubt(&ranked);
    if claim.versus.as_ref() == Some(&entity) {
        claim.versus = Some(std::mem::replace(&mut claim.entity, entity));
    } else {
        claim.entity = entity;
    }
}

/// Chooses the period of a figure.
fn choose_period(
    scene: &Scene,
    context: &Context,
    (q, reading): (&Quantity, &Reading),
    ledger: &Ledger,
    claim: &mut Claim,
) {
    let moments = context.moments(scene);
    let ruled = claim.period.iter().chain(&claim.other_periods).copied().collect::<Vec<_>>();
    let ranked = moments.choose(q, reading, &ruled, ledger);
    let Some(&(period, share)) = ranked.first() else { return };
    claim.period = period;
    claim.other_periods = others(&ranked, PLAUSIBLE..1.0).flatten().collect();
    // what the rules say is kept beside it, however unlikely
    for other in ruled {
        if period != Some(other) && !claim.other_periods.contains(&other) {
            claim.other_periods.push(other);
        }
    }
    let known = |p: &Period| !claim.other_periods.contains(p);
    claim.unlikely_periods = match reading.metric {
        "return" | "point_change" | "level" | "return_spread" | "distance_from_high" => {
            others(&ranked, POSSIBLE * share..PLAUSIBLE).flatten().filter(known).collect()
        }
        // of what moves slowly many figures are right by chance
        _ => Vec::new(),
    };
    claim.doubt(&ranked);
    let published = context.anchor.published;
    claim.modality = modality::modality(scene, q, reading, (period, published));
    // what has moved so far is told of as far as it has come
    let moved = matches!(reading.metric, "return" | "point_change" | "return_spread");
    if moved && matches!(claim.modality, Modality::Asserted | Modality::Attributed) {
        let so_far = |period| moments.whole(moment::so_far(period, context.anchor));
        claim.period = claim.period.map(so_far);
    }
}

/// The claim of one quantity.
pub(super) fn claim(scene: &Scene, context: &Context, q: &Quantity, reading: &Reading) -> Claim {
    let subjects = Subjects { scene, carried: context.carried };
    let moments = context.moments(scene);
    let (entity, versus) = subjects.of(q, reading);
    let (period, other_periods) = moments.of(q, reading);
    let (comparator, hedge) = modality::comparator(scene, q);
    let published = context.anchor.published;
    let modality = modality::modality(scene, q, reading, (period, published));
    let sign = q.sign.or(reading.sign).unwrap_or(1.0);
    Claim {
        span: scene.tokens.span(q.first, q.end),
        sentence: scene.tokens.span(scene.range.start, scene.range.end),
        printed: Printed { text: String::new(), step: q.step, hedge, in_words: q.in_words },
        entity,
        versus,
        metric: reading.metric,
        definition: None,
        period,
        value: sign * q.value,
        unit: unit(q, reading),
        comparator,
        modality,
        basis: None,
        other_periods,
        unlikely_periods: Vec::new(),
        other_entities: Vec::new(),
        likelihood: 1.0,
        certainty: 1.0,
    }
}

fn unit(q: &Quantity, reading: &Reading) -> &'static str {
    match q.measure {
        Measure::Percent | Measure::Usd => metric::unit_name(q.measure),
        _ => reading.unit,
    }
}

/// Whether the sentence names total return.
pub(super) fn basis(scene: &Scene) -> Option<Basis> {
    let total = list!(
        "total return|total returns|including dividends|with dividends|\
        dividends reinvested|reinvested dividends|dividends included"
    );
    let price = list!(
        "price return|price returns|excluding dividends|excludes dividends|\
        without dividends"
    );
    if scene.has_phrase(scene.range.clone(), total) {
        Some(Basis::Total)
    } else if scene.has_phrase(scene.range.clone(), price) {
        Some(Basis::Price)
    } else {
        None
    }
}

/// Whether two figures are neighbours in a list: `8.7 percent, and 15.3 percent`.
fn is_list(scene: &Scene, first: &Quantity, second: &Quantity) -> bool {
    let light = list!(",|and|or|nearly|almost|about|roughly|around");
    first.measure == second.measure
        && first.range.is_none()
        && (first.end..second.first).all(|i| any_of(scene.key(i), light))
}

/// Whether a figure goes on telling of the move that the figure before it tells of: `fell 84.49 to
/// 10,003.82`, `rose 6.74, or 0.43 percent`, `closed at 895.79, up 2%`.
fn is_one_move(scene: &Scene, index: usize, before: &Claim, claim: &Claim) -> bool {
    let light = list!(
        ",|or|to|at|(|)|up|down|off|a|an|gain|loss|rise|drop|decline|increase|advance|\
        retreat|rally|rebound|pullback|fall|jump|tumble|slide|of|about|almost|nearly|\
        for|by|points|and|closed|ended|finished|closing|ending|finishing"
    );
    let [.., last, q] = &scene.quantities[..=index] else { return false };
    let move_of = |metric: &str| matches!(metric, "return" | "point_change" | "level");
    let beside = scene.tokens.span(last.first, last.end) == before.span
        && (last.end..q.first).all(|i| any_of(scene.key(i), light));
    beside && before.metric != claim.metric && move_of(before.metric) && move_of(claim.metric)
}

/// `ended at 5,619, a retreat of 2.0 per cent on October 27`: the level is that of the day on which
/// the move was, if that is the only time that the sentence names.
fn state_of_move(scene: &Scene, index: usize, state: &mut Claim, claim: &Claim) {
    let Some(Period::Calendar(of)) = claim.period else { return };
    let named = matches!(scene.times.as_slice(), [only] if only.expr == Expr::Span(of));
    let level = state.metric == "level" && state.period != Some(Period::At(of));
    if level && named && of.grain == Grain::Day && is_one_move(scene, index, state, claim) {
        *state = state.clone().of_period(Period::At(of));
    }
}

/// `compared with 23% for the S&P 500`: over the same period as what it is compared with.
fn follow(
    scene: &Scene,
    context: &Context,
    (q, reading): (&Quantity, &Reading),
    before: &Claim,
    claim: &mut Claim,
) {
    let moments = context.moments(scene);
    if before.metric == claim.metric && !moments.has_own(q, reading.metric) {
        claim.period = before.period;
        claim.other_periods.clone_from(&before.other_periods);
    }
}

/// `rose to 49.1 in September from 48.7`: what a monthly figure rose from is that of the month
/// before.
fn former_month(scene: &Scene, q: &Quantity, before: &Claim, claim: &mut Claim) {
    let from = (1..=2).any(|n| scene.before(q, n) == "from");
    let outlook = before.modality == Modality::Forecast && before.metric == claim.metric;
    if from && outlook {
        // "at 2.7% in 2026, up from 2.4% projected in December"
        claim.period = before.period;
        return;
    }
    let monthly = matches!(claim.metric, "pmi" | "unemployment" | "inflation")
        && claim.metric == before.metric;
    if let Some(Period::Calendar(month) | Period::At(month)) = claim.period
        && month.grain == Grain::Month
        && monthly
        && scene.before(q, 1) == "from"
        && claim.period == before.period
    {
        let earlier = month.plus(-1);
        let state = matches!(claim.period, Some(Period::At(_)));
        claim.period = Some(if state { Period::At(earlier) } else { Period::Calendar(earlier) });
    }
}

/// `in 12 out of 16 one-year periods`: both counts have the horizon of either.
fn pair(claims: &mut [Claim]) {
    for i in 1..claims.len() {
        let (before, after) = claims.split_at_mut(i);
        let (first, second) = (&mut before[i - 1], &mut after[0]);
        let near = second.span.start.saturating_sub(first.span.end) <= 14;
        if first.metric != "event_successes" || second.metric != "event_count" || !near {
            continue;
        }
        let horizon = |p: Option<Period>| matches!(p, Some(Period::Forward(_)));
        if horizon(second.period) {
            first.period = second.period;
        } else if horizon(first.period) {
            second.period = first.period;
        }
    }
}

/// `rose 63.07 points, or 2.9%, to 2,202.95`: the change in points and the percentage go together.
fn link(claims: &mut [Claim]) {
    for i in 1..claims.len() {
        let (before, after) = claims.split_at_mut(i);
        let (first, second) = (&mut before[i - 1], &mut after[0]);
        let gap = second.span.start.saturating_sub(first.span.end);
        let measures = (first.metric, second.metric);
        if measures == ("point_change", "return") && gap <= 8 {
            second.value = second.value.abs() * if first.value < 0.0 { -1.0 } else { 1.0 };
            second.entity.clone_from(&first.entity);
        }
        let pair = matches!(measures, ("point_change", "return") | ("return", "point_change"));
        if pair && gap <= 16 && first.entity == second.entity && first.period != second.period {
            let (from, to) = match first.likelihood < second.likelihood {
                true => (second, first),
                false => (first, second),
            };
            to.period = from.period;
            to.other_periods.clone_from(&from.other_periods);
        }
    }
}
