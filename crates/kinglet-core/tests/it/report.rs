//! Reports of studies: chance, splits, other choices, and what was to be expected.

use kinglet_core::identity::Entity;
use kinglet_core::query::{Bounds, Evaluator, Expr};
use kinglet_core::study::{
    Asked, BlockKind, Chance, Choice, Design, Expectation, Model, Report, Source, Spacing, State,
    about, histogram, over,
};
use kinglet_core::view::{View, example, example_series};

fn expr(text: &str) -> Expr {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn design(when: &str, then: &str, horizons: &[&str]) -> Design {
    let then = expr(then);
    let length = |text: &&str| over(&then, text.parse().expect("a length"));
    Design {
        source: Source::Condition(expr(when)),
        outcomes: horizons.iter().map(length).collect(),
        primary: 0,
        bounds: Bounds::default(),
        spacing: Spacing::default(),
    }
}

fn asked() -> Asked {
    let chance = Chance { seed: 1, draws: 400, blocks: BlockKind::Stationary };
    Asked { splits: Vec::new(), expectation: None, chance }
}

fn report(view: &View, design: Design, asked: &Asked) -> Report {
    let report = Report::of(&Evaluator::new(view), design, asked, &|_| ());
    report.unwrap_or_else(|why| panic!("{why}"))
}

/// Twenty years of month-ends. Every tenth month falls by 5%, the next one rises by `after`, all
/// others rise and fall by 1% in turn; the large index rises by 0.5% in each.
fn market(after: f64) -> View {
    let mut days = Vec::new();
    for year in 2001..=2020 {
        for month in 1..=12 {
            days.push(format!("{year}-{month:02}-28"));
        }
    }
    let (mut small, mut large) = (100.0, 100.0);
    let closes = days.iter().enumerate().map(|(i, day)| {
        small *= match i % 10 {
            4 => 0.95,
            5 => 1.0 + after,
            n if n % 2 == 0 => 1.01,
            _ => 0.99,
        };
        large *= 1.005;
        (day.as_str(), small, large)
    });
    let closes: Vec<(&str, f64, f64)> = closes.collect();
    let small: Vec<(&str, f64)> = closes.iter().map(|(day, small, _)| (*day, *small)).collect();
    let large: Vec<(&str, f64)> = closes.iter().map(|(day, _, large)| (*day, *large)).collect();
    example(&small).with_series(
        "SPX",
        kinglet_core::identity::Basis::Price,
        &example_series("SPX", &large),
    )
}

const FALL: &str = "return(RUT, month) <= -3.6%";

/// A rise of 6% after every fall is no chance; a fall of 0.5%, which is the mean of all, may be.
#[test]
fn an_effect_is_told_from_none() {
    // More than 2% follows falls alone.
    let design = || design(FALL, "return(RUT, +1m) - 2%", &["1m"]);
    let strong = report(&market(0.06), design(), &asked());
    let inference = strong.figures[0].inference.as_ref().expect("enough events");
    assert!(inference.placebo_mean < 0.01, "{inference:?}");
    assert!(inference.difference.is_some_and(|d| d.low > 0.03), "{inference:?}");
    assert!(inference.romano_wolf.is_some_and(|p| p < 0.01), "{inference:?}");
    let sentence = strong.sentence();
    assert!(sentence.starts_with("24 of 24 since 2001 (100%; any month: 10%); "), "{sentence}");
    assert!(sentence.contains("chance alone gives such a difference in"), "{sentence}");
    // The events come every ten months, and so do the blocks of one length.
    let chance = Chance { blocks: BlockKind::Circular, ..asked().chance };
    let circular = report(&market(0.06), design(), &Asked { chance, ..asked() });
    let other = circular.figures[0].inference.as_ref().expect("enough events");
    assert!(other.block.fract() == 0.0 && other.difference != inference.difference, "{other:?}");
    assert!(other.difference.is_some_and(|d| d.low > 0.03), "{other:?}");
    assert_eq!(other.placebo_mean, inference.placebo_mean);
    let usual = report(&market(-0.005), design(), &asked());
    let inference = usual.figures[0].inference.as_ref().expect("enough events");
    assert!(inference.difference.is_some_and(|d| d.low < 0.0 && d.high > 0.0), "{inference:?}");
}

/// What is told of the work only grows, in many small steps, and ends with all of it.
#[test]
fn the_work_is_told() {
    let shares = std::cell::RefCell::new(Vec::new());
    let design = design(FALL, "return(RUT, +1m)", &["1m", "3m"]);
    let told = |share| shares.borrow_mut().push(share);
    Report::of(&Evaluator::new(&market(0.02)), design, &asked(), &told).expect("a report");
    let shares = shares.into_inner();
    assert!(shares.len() > 50 && shares.is_sorted() && shares.last() == Some(&1.0), "{shares:?}");
}

/// The same seed gives the same bits.
#[test]
fn drawn_from_the_seed_alone() {
    let design = || design(FALL, "return(RUT, +1m)", &["1m", "3m"]);
    let view = market(0.02);
    assert_eq!(report(&view, design(), &asked()), report(&view, design(), &asked()));
}

/// Outcomes of ten months that begin every ten months touch and do not overlap; those of a year do.
#[test]
fn overlap_is_counted() {
    let design = design(FALL, "return(RUT, +1m)", &["10m", "12m"]);
    let report = report(&market(0.02), design, &asked());
    let apart: Vec<(usize, usize)> =
        report.figures.iter().map(|f| (f.events.expect("outcomes").n, f.apart)).collect();
    assert_eq!(apart, [(23, 23), (23, 12)]);
    let codes: Vec<&str> = report.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["overlap"]);
}

#[test]
fn parts_make_the_whole() {
    let asked = Asked { splits: vec![expr("return(SPX, month) > return(RUT, month)")], ..asked() };
    let report = report(&market(0.02), design(FALL, "return(RUT, +1m)", &["1m"]), &asked);
    let parts = &report.splits[0].parts;
    let of = |state| parts.iter().find(|part| part.state == state).and_then(|part| part.events);
    assert_eq!(of(State::Yes).map(|events| events.n), Some(24));
    assert_eq!(of(State::No), None);
    let any: usize = parts.iter().filter_map(|part| part.any).map(|any| any.n).sum();
    assert_eq!(Some(any), report.figures[0].any.map(|any| any.n));
    // Other thresholds: all falls are of 5%, so that 6% leaves none, and is not told.
    let shown: Vec<String> = report
        .variations
        .iter()
        .map(|variation| match &variation.choice {
            Choice::Since(since) => format!("since {since}"),
            Choice::Condition(condition) => condition.to_string(),
            Choice::Outcome(outcome) => outcome.to_string(),
        })
        .collect();
    let want = [
        "since 2007",
        "since 2013",
        "return(RUT, month) <= -1.8%",
        "return(RUT, month) <= -2.7%",
        "return(RUT, month) <= -4.5%",
        "return(RUT, +2m)",
    ];
    assert_eq!(shown, want);
    // After a fall of 5%, 2% and then 1% up.
    let last = report.variations.last().and_then(|varied| varied.events).expect("outcomes");
    assert!((last.mean - 0.0302).abs() < 1e-12, "{last:?}");
}

/// A study from before the data begin with them, and says so; one that is over before is none.
#[test]
fn from_before_the_data() {
    let mut early = design(FALL, "return(RUT, +1m)", &["1m"]);
    early.bounds.since = Some("1950".parse().expect("a year"));
    let found = report(&market(0.02), early.clone(), &asked());
    let text = "`return(RUT, month) <= -3.6%` can be told from 2001-02 on, not from 1950";
    assert_eq!((found.warnings[0].code, found.warnings[0].text.as_str()), ("clipped", text));
    assert!(found.sentence().contains(" since 2001 "), "{}", found.sentence());
    assert_eq!(found.design.bounds.since, None);
    early.bounds.until = Some("1960".parse().expect("a year"));
    let none =
        Report::of(&Evaluator::new(&market(0.02)), early, &asked(), &|_| ()).expect_err("no data");
    assert_eq!(none.code, "outside_coverage");
}

/// Against the large index, which rises by 0.5% in each month, the month after a fall of 6% less
/// 0.5%; and three months on, 6%, 1% and -1% less 1.5%.
#[test]
fn beyond_what_was_expected() {
    let outcome = expr("return(RUT, +1m)");
    let against = about(&outcome, &Entity::new("SPX")).expect("one entity");
    assert_eq!(against.to_string(), "return(SPX, +1m)");
    assert_eq!(about(&expr("return(RUT, +1m) - return(SPX, +1m)"), &Entity::new("IWM")), None);
    let adjusted = Expectation { model: Model::Adjusted(against), estimation: 12, gap: 1 };
    let with = |horizon, expectation: &Expectation| {
        let asked = Asked { expectation: Some(expectation.clone()), ..asked() };
        let design = design(FALL, "return(RUT, +1m)", &[horizon]);
        report(&market(0.06), design, &asked).excess.expect("asked for")
    };
    let one = with("1m", &adjusted);
    // The first event has no twelve months before it.
    assert_eq!((one.cumulated[0], one.cumulated.len()), (None, 24));
    assert!((one.cumulated[3].expect("a value") - 0.055).abs() < 1e-9, "{one:?}");
    assert!((one.mean.expect("a mean") - 0.055).abs() < 1e-9);
    let three = with("3m", &adjusted);
    assert!((three.mean.expect("a mean") - 0.045).abs() < 1e-9, "{three:?}");
    let names: Vec<&str> = three.tests.iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"Patell") && names.contains(&"BMP"), "{names:?}");
    let before = with("1m", &Expectation { model: Model::Mean, estimation: 20, gap: 1 });
    // Twenty months hold two falls of 5%, two rises of 6%, eight of 1% and eight falls of 1%.
    assert!((before.mean.expect("a mean") - 0.059).abs() < 1e-9, "{before:?}");
}

#[test]
fn nothing_to_tell() {
    let never = design("return(RUT, month) <= -50%", "return(RUT, +1m)", &["1m"]);
    let empty = report(&market(0.02), never, &asked());
    assert_eq!(empty.sentence(), "No event since 2001, in 239 periods.");
    assert_eq!(empty.warnings[0].code, "no_event");
    assert!(empty.fan.is_empty() && empty.variations.is_empty());
    let mut late = design(FALL, "return(RUT, +1m)", &["1m"]);
    late.bounds.since = Some("2018".parse().expect("a year"));
    let few = report(&market(0.02), late, &asked());
    assert_eq!(few.figures[0].inference, None);
    assert_eq!(few.warnings[0].code, "too_few");
    assert!(few.sentence().ends_with("; too few to tell from chance."), "{}", few.sentence());
    assert!(histogram(&few.study.followed[0].values(), &[]).iter().all(|bin| bin.any == 0));
}

/// Months of ten percent on real closes against numpy 2.4.6, written apart: gaps between events in
/// another order, on a ring of the 460 months with an outcome, 20,000 times, give the mean in 41.1%
/// and the hits in 19.8% of cases; the quartiles of all months are -2.4631% and 12.7463%.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn months_of_ten_percent_by_numpy() {
    let view = super::shared::view();
    let chance = Chance { seed: 7, draws: 4_000, blocks: BlockKind::Stationary };
    let when = "return(RUT, month) >= 10%";
    let found =
        report(&view, design(when, "return(RUT, +6m)", &["6m"]), &Asked { chance, ..asked() });
    let figures = &found.figures[0];
    let any = figures.any.expect("months");
    assert_eq!(any.n, 460);
    assert!((any.lower_quartile + 0.024_631).abs() < 1e-6, "{any:?}");
    assert!((any.upper_quartile - 0.127_463).abs() < 1e-6, "{any:?}");
    let inference = figures.inference.as_ref().expect("17 events");
    // Four standard deviations of shares of 4,000 draws.
    assert!((inference.placebo_mean - 0.411).abs() < 0.031, "{inference:?}");
    assert!((inference.placebo_hits - 0.198).abs() < 0.026, "{inference:?}");
}
