//! Values that an independent source gives, on the embedded facts.

use crate::answer;

/// Checks the value as it is spelled: `want` has the digits that the source prints.
#[track_caller]
fn check(query: &str, want: &str) {
    let answer = answer(query);
    assert_eq!(answer.display(), want, "{query}: {:?}", answer.result);
}

#[track_caller]
fn undefined(query: &str, code: &str) {
    match answer(query).result {
        Err(undefined) => assert_eq!(undefined.code, code, "{query}: {undefined}"),
        Ok(outcome) => panic!("{query} has the value {}", outcome.quantity),
    }
}

/// Closes as published: Russell 2000 2211.65 and 2366.42 at the ends of July and August 2025, and
/// so on; each return is their quotient, computed by hand.
#[test]
fn months_and_years() {
    check("return(RUT, 2025-08)", "7.00%");
    check("return(RUT, 2025-09)", "2.96%");
    check("return(SPX, 2025-08)", "1.91%");
    check("return(IXIC, 2025-08)", "1.58%");
    check("return(RUT, 2008)", "-34.80%");
}

/// Closes of 2024-12-31 (2230.16), 2025-06-12 (2140.11) and 2025-09-18 (2467.70).
#[test]
fn days() {
    check("level(RUT, 2025-09-18)", "2467.70");
    check("return(RUT, ytd@2025-09-18)", "10.65%");
    check("return(RUT, ytd@2025-06-12)", "-4.04%");
}

/// Month-end closes of March to August 2025: 2011.91, 1964.12, 2066.29, 2175.04, 2211.65, 2366.42;
/// so April was the last month that fell.
#[test]
fn runs_of_months() {
    check("streak(return(RUT, month) > 0, ending: 2025-08)", "4 months");
}

/// The statement of 2025-09-17: a target range of 4 to 4-1/4 per cent, announced that day.
#[test]
fn policy_rates() {
    check("policy_rate(FED, @2025-09-17)", "4.25%");
    check("policy_rate(FED, @2025-09-17, bound: lower)", "4.00%");
    check("policy_rate(FED, @2025-09-16)", "4.50%");
}

/// What the facts do not hold is said, not guessed.
#[test]
fn beyond_the_facts() {
    undefined("return(IWM, 2008, basis: total)", "no_series");
    undefined("return(XYZ, 2025-08)", "no_series");
    undefined("level(RUT, 2015-08-27)", "no_observation");
    undefined("return(RUT, 1980)", "no_observation");
    undefined("return(RUT, 2031)", "outside_calendar");
}
