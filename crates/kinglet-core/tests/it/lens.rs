//! Lens readings: what the rules say, what followed, and that no reading knows the future.

use kinglet_core::answer::Undefined;
use kinglet_core::lens::{Lenses, RULES, Reading, Rules, Side};
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::view::{View, example, example_series};
use proptest::prelude::*;

use super::synthetic::{Alteration, Future, view};

fn lenses(text: &str) -> Lenses {
    let rules: Rules = toml::from_str(text).expect("rules");
    rules.checked().unwrap_or_else(|error| panic!("{error}"))
}

/// One lens over returns: the last month against two bounds.
fn returns(small: &str, large: &str, cases_min: u32) -> Lenses {
    lenses(&format!(
        r#"
        [pair]
        subject = "RUT"
        against = "SPX"

        [asked]
        percentile = "percentile({{history}}, of: {{month}}, until: {{month}}, least: 3)"
        coverage = "cases({{history}}, until: {{month}})"
        average = "average(return(RUT, +1m) - return(SPX, +1m), when: {{when}})"
        share = "share(return(RUT, +1m) - return(SPX, +1m) > 0, when: {{when}})"
        cases = "cases(return(RUT, +1m) - return(SPX, +1m), when: {{when}})"
        always = "level(RUT, month) > 0"
        cases_min = {cases_min}

        [[lens]]
        name = "returns"
        asks = "Which way did they go?"
        because = "A test."
        measure = "return(RUT, {{month}})"
        small = "{small}"
        large = "{large}"
        "#
    ))
}

/// Month-ends of a small index with returns of 10%, -10%, 20%, -5% and 10%; the large one stands.
fn market() -> View {
    let days = ["2025-03-31", "2025-04-30", "2025-05-30", "2025-06-30", "2025-07-31", "2025-08-29"];
    let closes = [100.0, 110.0, 99.0, 118.8, 112.86, 124.146];
    let rows: Vec<(&str, f64)> = days.into_iter().zip(closes).collect();
    let large: Vec<(&str, f64)> = days.into_iter().map(|day| (day, 50.0)).collect();
    example(&rows).with_series(
        "SPX",
        kinglet_core::identity::Basis::Price,
        &example_series("SPX", &large),
    )
}

fn read(lenses: &Lenses, view: &View) -> Reading {
    lenses.readings(view).readings.remove(0)
}

fn until(day: &str) -> View {
    market().until(Cutoff::end_of(day.parse().expect("a date")))
}

#[test]
fn a_reading_with_what_followed() {
    let lenses = returns("{measure} > 5%", "{measure} < -5.5%", 1);
    let reading = read(&lenses, &market());
    assert_eq!(reading.side, Ok(Side::Small));
    assert_eq!(reading.value.query, "return(RUT, 2025-08)");
    assert_eq!(reading.value.display(), "10.00%");
    // Of 10%, -10%, 20%, -5% and 10%, four are not above 10%.
    assert_eq!(reading.percentile.display(), "80.00%");
    assert_eq!(reading.coverage.display(), "5");
    // After April -10% and after June -5%; the month after August is not over.
    let after = reading.after.expect("a base rate");
    assert_eq!(after.average.display(), "-7.50 percentage points");
    assert_eq!(after.share.display(), "0.00%");
    assert_eq!(after.cases.display(), "2");
    assert_eq!(
        after.average.query,
        "average(return(RUT, +1m) - return(SPX, +1m), when: return(RUT, month) > 5%)"
    );
}

#[test]
fn the_other_side_and_neither() {
    let lenses = returns("{measure} > 5%", "{measure} < -5.5%", 1);
    assert_eq!(read(&lenses, &until("2025-05-30")).side, Ok(Side::Large));
    let neutral = read(&lenses, &until("2025-07-31"));
    assert_eq!((neutral.side, neutral.after), (Ok(Side::Neutral), None));
    // In the middle of August the last month over is July.
    let reading = read(&lenses, &until("2025-08-14"));
    assert_eq!(reading.value.query, "return(RUT, 2025-07)");
}

#[test]
fn percentiles_know_no_later_month() {
    // 20% in June stood highest of three; 10% in August does not, though 10% in April did.
    let lenses = returns("{percentile} >= 90%", "{percentile} <= 10%", 1);
    assert_eq!(read(&lenses, &until("2025-06-30")).side, Ok(Side::Small));
    assert_eq!(read(&lenses, &market()).side, Ok(Side::Neutral));
    // Two months are too short a history.
    let short = read(&lenses, &until("2025-05-30"));
    assert_eq!(short.side.expect_err("no reading").code, "too_short");
    assert_eq!(short.value.display(), "-10.00%");
}

fn why(reading: &Reading) -> &Undefined {
    reading.side.as_ref().expect_err("no reading")
}

#[test]
fn no_reading_without_a_reason() {
    let both = read(&returns("{measure} > 5%", "{measure} > 6%", 1), &market());
    assert_eq!(why(&both).code, "contradiction");
    let missing = read(&returns("return(NDX, {month}) > 0", "{measure} < 0", 1), &market());
    assert_eq!(why(&missing).code, "no_series");
    // One outcome is too few where two are asked: the reading stands, its base rate does not.
    let few = read(&returns("{measure} > 5%", "{measure} < -5.5%", 3), &market());
    assert_eq!(few.side, Ok(Side::Small));
    let after = few.after.expect("a base rate");
    assert_eq!(after.average.result.expect_err("too few").code, "too_short");
    assert_eq!(after.cases.display(), "2");
}

#[test]
fn rules_must_be_queries() {
    let rules = RULES.replacen("cycle_change(FED", "cycle_changes(FED", 1);
    let rules: Rules = toml::from_str(&rules).expect("rules");
    let error = rules.checked().expect_err("no such definition");
    assert_eq!(error.message, "no definition is called `cycle_changes`");
    assert_eq!(error.notes, ["it stands in `measure` of the lens `rates`"]);
    let error = lenses(RULES).only("moment").expect_err("no such lens");
    assert_eq!(error.hints, ["did you mean `momentum`?"]);
}

/// Every answer of a reading that has a value says so again when asked alone.
#[test]
fn readings_are_queries() {
    let view = view(5, Alteration::none());
    let readings = lenses(RULES).readings(&view);
    let read = readings.readings.iter().filter(|reading| reading.side.is_ok()).count();
    assert!(read >= 5, "{read} of {}", readings.readings.len());
    for reading in &readings.readings {
        for answer in [&reading.value, &reading.percentile, &reading.coverage] {
            let query = answer.query.parse().expect("a query");
            assert_eq!(&Evaluator::new(&view).answer(&query), answer);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// What becomes public after the cutoff may be anything: no reading changes in any bit, and it
    /// is the same whether the view was made so or cut.
    #[test]
    fn no_reading_knows_the_future(
        seed: u64,
        (year, month, day) in (2006_i16..=2026, 1_i8..=12, 1_i8..=28),
        factor in prop_oneof![Just(-3.0), Just(1e9), 0.1..10.0],
    ) {
        let lenses = lenses(RULES);
        let through = Date::new(year, month, day).expect("a date");
        let known = Alteration { through, ..Alteration::none() };
        let plain = lenses.readings(&view(seed, known));
        let future = Future::Times(factor);
        let poisoned = lenses.readings(&view(seed, Alteration { future, ..known }));
        prop_assert!(plain.readings.iter().any(|reading| reading.side.is_ok()));
        prop_assert_eq!(&plain, &poisoned);
        let whole = view(seed, Alteration::none());
        prop_assert_eq!(&plain, &lenses.readings(&whole.until(Cutoff::end_of(through))));
    }
}
