//! What articles tell of the past, on the embedded facts: what followed days, runs of gains, and
//! how long nothing had been beyond a move.

use kinglet::{Engine, Source, audit};

/// The tokens of the claims of an article with their verdicts and tags.
fn verdicts(text: &str, published: &str) -> Vec<String> {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = published.parse().expect("a date");
    let audit = audit::read("test", text, Some(day), engine.view()).expect("an audit");
    let told = audit.claims.iter().map(|c| {
        let tag = c.tag.as_deref().map_or_else(String::new, |tag| format!(" {tag}"));
        format!("{} {} {}{tag}", c.metric, c.text, c.verdict)
    });
    told.collect()
}

/// Closes of the S&P 500: 17.96% in the year after May 2013, 5.30% after October 2017, 3.53% after
/// 2006, -12.55% after August 2021.
#[test]
fn what_followed_days_is_worked_out_from_their_closes() {
    let table = |last: &str| {
        format!(
            "What the S&P 500 did after its streaks\n\n\
             Here is its return over the next 12 months:\n\n\
             - 12/29/2006: 3.5%\n- 5/31/2013: 18.0%\n- 10/31/2017: 5.3%\n- 8/31/2021: {last}\n"
        )
    };
    let of = |last: &str| {
        let all = verdicts(&table(last), "2026-03-02");
        all.last().cloned().unwrap_or_default()
    };
    assert_eq!(of("-12.6%"), "return -12.6% supported");
    assert_eq!(of("-21.6%"), "return -21.6% contradicted no_match");
}

/// Since 1990 the Russell 2000 rose for six months in a row 17 - 7 = 10 times.
#[test]
fn runs_are_counted_once() {
    let text =
        "Since 1990 the Russell 2000 has had 10 streaks of at least six straight monthly gains.";
    assert_eq!(verdicts(text, "2026-08-10"), ["event_count 10 supported"]);
}

/// The fourth quarter of 2018 (-20.51%) was the worst since the third one of 2011 (-22.15%), which
/// is seven years before.
#[test]
fn the_worst_quarter_in_years() {
    let of = |years: &str| {
        let text = format!(
            "Small stocks in 2018\n\nIn the fourth quarter of 2018 the Russell 2000 fell 20.5%. \
             It was the worst quarter for the Russell 2000 in {years}.\n"
        );
        verdicts(&text, "2019-01-05")
    };
    assert_eq!(of("seven years"), ["return 20.5% supported", "rank seven years supported"]);
    assert_eq!(
        of("nine years"),
        ["return 20.5% supported", "rank nine years contradicted no_match"]
    );
    // it was so for longer than five years: that is no error
    assert_eq!(of("five years")[1], "rank five years unverifiable event_undefined");
}

/// A list of losses prints them without their sign; where others have theirs, it is an error: the
/// S&P 500 lost 13.60%, 7.78% and 42.70%.
#[test]
fn losses_without_their_sign() {
    let list = |sign: &str, last: &str| {
        format!(
            "The bad times of the S&P 500\n\nAug. 31, 2018-Dec. 31, 2018 | {sign}13.60\n\
             July 31, 2015-Jan. 29, 2016 | {sign}7.78\nAug. 29, 2008-Feb. 27, 2009 | {sign}42.70\n\
             Aug. 31, 2018-Dec. 31, 2018 | {last}13.60\n"
        )
    };
    for sign in ["", "-"] {
        let found = verdicts(&list(sign, sign), "2019-06-03");
        assert!(found.len() == 4 && found.iter().all(|c| c.ends_with("supported")), "{found:?}");
    }
    let found = verdicts(&list("-", ""), "2019-06-03");
    assert_eq!(found.last().map(String::as_str), Some("return 13.60 contradicted sign"));
    // another list of the page has its own way
    let two = list("-", "-") + "\nThe worst of these times in per cent:\n\n" + &list("", "");
    let found = verdicts(&two, "2019-06-03");
    assert!(!found.iter().any(|c| c.contains("contradicted")), "{found:?}");
}
