//! Event studies: which events, what followed each, and what is refused.

use kinglet_core::query::{Bounds, Evaluator, Expr, Query};
use kinglet_core::study::{Design, NamedDay, Source, Spacing, Study};
use kinglet_core::time::Length;
use kinglet_core::view::{Event, View, example, example_change};

use super::asked::{answer, notices, undefined};
use super::shared;

/// Month-ends with returns of 10%, -10%, 20%, 10%, -5% and 10%.
fn market() -> View {
    example(&[
        ("2025-03-31", 100.0),
        ("2025-04-30", 110.0),
        ("2025-05-30", 99.0),
        ("2025-06-30", 118.8),
        ("2025-07-31", 130.68),
        ("2025-08-29", 124.146),
        ("2025-09-30", 136.5606),
    ])
}

const GAINS: &str = "when: return(RUT, month) > 5%, then: return(RUT, +1m)";

fn shown(arguments: &str, figure: &str) -> String {
    answer(&market(), &format!("study({arguments}).{figure}")).display()
}

/// Gains in April, June, July and September were followed by -10%, 10%, -5% and nothing yet; all
/// six months by -10%, 20%, 10%, -5% and 10%, of which the mean is 5%.
#[test]
fn figures_by_hand() {
    for (figure, want) in [
        ("n", "3"),
        ("hits", "1"),
        ("hit_rate", "33.33%"),
        ("censored", "1"),
        ("mean", "-1.67%"),
        ("median", "-5.00%"),
        ("worst", "-10.00%"),
        ("best", "10.00%"),
        ("unconditional", "5.00%"),
        ("unconditional_hit_rate", "60.00%"),
        ("difference", "-6.67 percentage points"),
    ] {
        assert_eq!(shown(GAINS, figure), want, "{figure}");
    }
    let mean = answer(&market(), &format!("study({GAINS}).mean"));
    let rows = &mean.result.as_ref().expect("a value").rows;
    let dates: Vec<String> = rows.iter().map(|row| row.date.to_string()).collect();
    assert_eq!(dates, ["2025-04-30", "2025-06-30", "2025-07-31"]);
    let told = notices(&mean);
    assert!(told[0].starts_with("2025-09 has no outcome: 1m after 2025-09-30"), "{told:?}");
}

/// With `rest: 1m` July does not begin a run; April may have had one before it. With `gap: 2m`
/// July comes too soon after June, and September after two months does not.
#[test]
fn spacing_of_events() {
    assert_eq!(shown(&format!("{GAINS}, rest: 1m"), "n"), "1");
    assert_eq!(shown(&format!("{GAINS}, rest: 1m"), "mean"), "10.00%");
    assert_eq!(shown(&format!("{GAINS}, gap: 2m"), "n"), "2");
    assert_eq!(shown(&format!("{GAINS}, gap: 2m"), "censored"), "1");
    assert_eq!(shown(&format!("{GAINS}, gap: 3m"), "n"), "2");
    assert_eq!(shown(&format!("{GAINS}, gap: 3m"), "censored"), "0");
    assert_eq!(shown(&format!("{GAINS}, gap: 6m"), "n"), "1");
}

#[test]
fn nothing_happened() {
    let never = "when: return(RUT, month) > 50%, then: return(RUT, +1m)";
    for figure in ["n", "hits", "censored"] {
        assert_eq!(shown(never, figure), "0");
    }
    assert_eq!(shown(never, "unconditional"), "5.00%");
    undefined(&market(), &format!("study({never}).mean"), "no_event");
    undefined(
        &market(),
        "study(when: return(RUT, month) > 0, then: return(NDX, +1m)).n",
        "no_series",
    );
}

/// Where nothing is over yet, there are events and no outcome.
#[test]
fn nothing_is_over() {
    let text = "study(when: return(RUT, month) > 5%, then: return(RUT, +2y))";
    assert_eq!(answer(&market(), &format!("{text}.censored")).display(), "4");
    assert_eq!(answer(&market(), &format!("{text}.n")).display(), "0");
    undefined(&market(), &format!("{text}.mean"), "no_event");
    undefined(&market(), &format!("{text}.unconditional"), "no_event");
}

/// A rank among all months, later ones included, was not known at the time; nor was a recession
/// before anybody announced it.
#[test]
fn events_were_known() {
    let rank = "percentile(return(RUT, month), of: month) >= 90%";
    undefined(&market(), &format!("study(when: {rank}, then: return(RUT, +1m)).n"), "look_ahead");
    let known = "percentile(return(RUT, month), of: month, until: month) >= 90%";
    assert_eq!(shown(&format!("when: {known}, then: return(RUT, +1m)"), "n"), "2");
    let dated = |kind: &str, month: &str, known: &str| Event {
        entity: "US".into(),
        kind: kind.into(),
        date: month.parse().expect("a date"),
        ..example_change(known, 0.0)
    };
    let view = market().with_events(vec![
        dated("recession_peak", "2024-12-01", "2025-06-02"),
        dated("recession_trough", "2025-05-01", "2025-08-01"),
    ]);
    let then = "then: return(RUT, +1m)";
    undefined(&view, &format!("study(when: recession(US, month), {then}).n"), "look_ahead");
    let then_known = format!("study(when: recession(US, month, dated: then), {then}).n");
    assert_eq!(answer(&view, &then_known).display(), "2");
}

#[test]
fn it_reads_back_and_refuses() {
    for text in [
        "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m)).hit_rate",
        "study(when: return(RUT, month) >= 10%, then: return(RUT, +12m) - return(SPX, +12m), \
         since: 1987, until: 2025-12, gap: 6m, rest: 20d).difference",
        "study(when: first_cut(FED, day), then: return(RUT, +12m)).mean * 2",
    ] {
        let query: Query = text.parse().unwrap_or_else(|d| panic!("{d}"));
        assert_eq!(query.to_string(), text);
    }
    let refused = |text: &str| text.parse::<Query>().expect_err(text);
    let when = "when: return(RUT, month) > 0";
    let then = "then: return(RUT, +6m)";
    for (text, want) in [
        (format!("study({when}, {then})"), "`study` needs `figure`"),
        (format!("study({when}, {then}).hitrate"), "no figure `hitrate`"),
        (format!("study({when}, {then}, figure: n)"), "written behind the call"),
        (format!("study({when}, then: return(RUT, month)).n"), "no time after an event"),
        (format!("study(when: return(RUT, +1m) > 0, {then}).n"), "looks ahead"),
        (format!("study(when: return(RUT, 2025) > 0, {then}).n"), "needs a family"),
        (format!("study({when}, then: return(RUT, +6m) > 0).n"), "asks yes or no"),
        (format!("study({when}, {then}, gap: 6).n"), "not a length of time"),
        ("return(RUT, 2025-08).n".to_owned(), "takes none behind it"),
    ] {
        let error = refused(&text);
        assert!(error.message.contains(want), "{text}: {error}");
    }
    let hint = refused(&format!("study({when}, {then}).hitrate")).hints;
    assert_eq!(hint, ["did you mean `hit_rate`?"]);
}

fn expr(text: &str) -> Expr {
    let folded: Query = format!("study(when: return(RUT, day) > 0, then: {text}).n")
        .parse()
        .unwrap_or_else(|d| panic!("{d}"));
    let Expr::Call(call) = folded.expr() else { panic!("no call") };
    let Some(kinglet_core::query::Arg::Query(then)) = &call.args[1] else { panic!("no query") };
    (**then).clone()
}

/// An event on a Sunday is known at Monday's close, not at Friday's; one after the data is told.
#[test]
fn days_that_are_given() {
    let view = example(&[
        ("2020-03-13", 100.0),
        ("2020-03-16", 80.0),
        ("2020-03-17", 88.0),
        ("2020-03-18", 66.0),
    ]);
    let day = |day: &str, name: Option<&str>| NamedDay {
        day: day.parse().expect("a date"),
        name: name.map(str::to_owned),
    };
    let design = Design {
        source: Source::Days(vec![
            day("2020-03-18", None),
            day("2020-03-15", Some("emergency cut")),
            day("2020-03-17", None),
        ]),
        outcomes: vec![expr("return(RUT, +1d)")],
        primary: 0,
        bounds: Bounds::default(),
        spacing: Spacing::default(),
    };
    let study = Study::run(&Evaluator::new(&view), &design).expect("a study");
    assert_eq!(study.events[0].date.to_string(), "2020-03-16");
    assert_eq!(study.events[0].name.as_deref(), Some("emergency cut"));
    let values = study.followed[0].values();
    assert!((values[0] - 0.1).abs() < 1e-12 && (values[1] + 0.25).abs() < 1e-12, "{values:?}");
    assert_eq!(study.followed[0].cases[2].as_ref().expect_err("not over").code, "not_over");
    let spacing = Spacing { gap: Some("2d".parse::<Length>().expect("a length")), rest: None };
    let spaced =
        Study::run(&Evaluator::new(&view), &Design { spacing, ..design }).expect("a study");
    assert_eq!(spaced.events.len(), 2);
}

fn rows(view: &View, query: &str) -> Vec<String> {
    let rows = answer(view, query).result.unwrap_or_else(|why| panic!("{query}: {why}")).rows;
    rows.iter().map(|row| format!("{} {:.2}", row.date, row.value * 100.0)).collect()
}

/// The months of ten percent and more: 17 to 2025, 14 of them followed by a gain in six months, one
/// more to the end of the data, whose half year is not over. Python 3.11 over the same file: closes
/// of the last sessions of months, `close / previous - 1 >= 0.10`.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn months_of_ten_percent() {
    let view = shared::view();
    let text = "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m), since: 1987-09";
    let ask = |rest: &str| answer(&view, &format!("{text}{rest}"));
    for (figure, want) in [("n", "17"), ("hits", "14"), ("hit_rate", "82.35%"), ("censored", "0")] {
        assert_eq!(ask(&format!(", until: 2025-12).{figure}")).display(), want);
    }
    let want = [
        "1991-02-28 11.94",
        "1997-05-30 12.91",
        "1999-12-31 2.47",
        "2000-02-29 -6.89",
        "2003-05-30 23.93",
        "2009-04-30 15.43",
        "2010-09-30 24.76",
        "2011-10-31 10.23",
        "2016-11-30 3.62",
        "2019-01-31 5.01",
        "2020-04-30 17.38",
        "2020-11-30 24.68",
        "2022-07-29 2.48",
        "2022-10-31 -4.22",
        "2023-12-29 1.02",
        "2024-07-31 1.47",
        "2024-11-29 -15.13",
    ];
    assert_eq!(rows(&view, &format!("{text}).mean")), want);
    let whole = ask(").censored");
    assert_eq!(whole.display(), "1");
    let told = notices(&whole);
    assert!(told[1].starts_with("2026-04 has no outcome: 6m after 2026-04-30"), "{told:?}");
}

/// The first cuts since 1989 as everybody lists them, and what followed in twelve months, small and
/// large, from the close of the day of the announcement; Python 3.11 over the same files.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn first_cuts() {
    let view = shared::view();
    let after = |rule: &str, index: &str, since: &str| {
        let event = format!("first_cut(FED, day{rule})");
        let text =
            format!("study(when: {event}, then: return({index}, +12m), since: {since}).mean");
        rows(&view, &text)
    };
    let small = [
        "1989-06-06 -1.31",
        "1995-07-06 18.66",
        "1998-09-29 15.23",
        "2001-01-03 2.30",
        "2007-09-18 -10.28",
        "2019-07-31 -5.98",
        "2024-09-18 11.85",
    ];
    let large = [
        "1989-06-06 12.56",
        "1995-07-06 18.67",
        "1998-09-29 20.91",
        "2001-01-03 -13.53",
        "2007-09-18 -20.61",
        "2019-07-31 9.76",
        "2024-09-18 18.04",
    ];
    assert_eq!(after("", "RUT", "1989"), small);
    assert_eq!(after("", "SPX", "1989"), large);
    // A cut after more than half a year of rest is a first one by another rule: after 1989-12-20,
    // 2001-12-11 and 2002-11-06, and after 2024-12-18 on 2025-09-17, whose year is not over.
    let paused = after(", pause: 6", "RUT", "1989");
    let more: Vec<&String> = paused.iter().filter(|row| !small.contains(&row.as_str())).collect();
    assert_eq!(more, ["1990-07-13 0.01", "2002-11-06 38.25", "2003-06-25 32.60"]);
    let text = "study(when: first_cut(FED, day, pause: 6), then: return(RUT, +12m), since: 1989)";
    let told = answer(&view, &format!("{text}.censored"));
    assert!(notices(&told)[0].starts_with("2025-09-17 has no outcome"), "{told:?}");
}
