//! The small-cap note on the embedded facts.

use kinglet::case::{Desk, Request, check, note};
use kinglet::chart::{Fit, draw};
use kinglet::render::{html, json, markdown};
use kinglet_core::article;
use kinglet_core::diagnostic::Code;
use kinglet_core::note::{Note, Piece};
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Cutoff, Date};
use kinglet_core::verdict::{self, Verdict};
use kinglet_core::view::View;
use kinglet_store::facts;

fn default() -> (View, Note) {
    let view = facts::view(None);
    let note = note(&view, &Request::default()).expect("the facts give a note");
    (view, note)
}

fn early() -> (View, Note) {
    let view = facts::view(Some(Date::constant(2025, 8, 28)));
    let note = note(&view, &Request::default()).expect("the facts give a note as of 2025-08-28");
    (view, note)
}

/// The lines before the notes.
fn body(markdown: &str) -> &str {
    markdown.split("\n## Notes\n").next().expect("a body")
}

#[test]
fn every_figure_prints_what_its_query_gives() {
    for (view, note) in [default(), early()] {
        let evaluator = Evaluator::new(&view);
        assert!(note.figures().len() > 60, "{}", note.figures().len());
        for figure in note.figures() {
            let Some(query) = figure.query() else { continue };
            let answer = evaluator.answer(query);
            let outcome = answer.result.expect("a value");
            let printed = figure.form.print(outcome.quantity, answer.spelling);
            assert_eq!(printed.as_deref(), Some(figure.printed.as_str()), "{query}");
        }
    }
}

/// In the Markdown each figure stands before the mark of its footnote; once both are taken out, the
/// digits that are left belong to dates, names and queries.
#[test]
fn no_numeral_without_a_query() {
    for (_, note) in [default(), early()] {
        let text = markdown(&note);
        let mut rest = String::new();
        let mut left = body(&text);
        while let Some((before, after)) = left.split_once("[^") {
            let (number, after) = after.split_once(']').expect("a whole mark");
            let number: usize = number.parse().expect("a number");
            let query = &note.evidence()[number - 1].answer.query;
            let figures = note.figures();
            let mut printed: Vec<&str> = figures
                .iter()
                .filter(|f| &f.answer.query == query)
                .map(|f| f.printed.as_str())
                .filter(|p| before.ends_with(p))
                .collect();
            printed.sort_by_key(|p| p.len());
            let longest = printed.last().unwrap_or_else(|| panic!("no figure before {query}"));
            rest.push_str(&before[..before.len() - longest.len()]);
            left = after;
        }
        rest.push_str(left);
        for line in rest.lines().filter(|line| !line.starts_with("![")) {
            let words = line.split('`').step_by(2).collect::<String>();
            let words = words
                .replace("Russell 2000", "")
                .replace("S&P 500", "")
                .replace("2-year", "")
                .replace("10-year", "")
                .replace("200-day", "");
            let numerals = words
                .split(|c: char| !c.is_ascii_digit() && c != '.' && c != '%')
                .map(|word| word.trim_matches('.'))
                .filter(|word| word.contains(|c: char| c.is_ascii_digit()));
            for numeral in numerals {
                let number: u32 = numeral.parse().unwrap_or_else(|_| panic!("{numeral}: {line}"));
                let date = (1..=31).contains(&number) || (1800..2030).contains(&number);
                assert!(date, "{numeral} in {line}");
            }
        }
    }
}

/// Every row read for the note of a day was public on that day.
#[test]
fn nothing_later_than_the_date() {
    let (_, note) = early();
    let last = Date::constant(2025, 8, 28);
    for figure in note.figures() {
        for row in &figure.answer.result.as_ref().expect("a value").rows {
            assert!(row.date <= last, "{} reads {}", figure.answer.query, row.date);
        }
    }
    // The projections of the rate's makers reach into the next year.
    let said =
        |text: &str| text.replace("end of 2026", "").replace("rate_projection(FED, 2026)", "");
    assert!(!said(&markdown(&note)).contains("2026"), "a later year");
}

#[test]
fn the_page_needs_nothing_and_its_links_hold() {
    let (_, note) = default();
    let page = html(&note);
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!outside.contains("http:") && !outside.contains("https:"));
    assert!(!page.contains("<script") && !page.contains("url("));
    let mut ids: Vec<&str> = quoted(&page, " id=\"");
    for target in quoted(&page, "href=\"#") {
        assert!(ids.contains(&target), "{target} leads nowhere");
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    for number in 1..=note.evidence().len() {
        assert!(page.contains(&format!("id=\"n{number}\"")), "footnote {number}");
    }
    assert!(!page.contains("#0102"), "a stand-in colour was left");
}

fn quoted<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The JSON holds the evidence of every figure that it prints.
#[test]
fn json_has_all_evidence() {
    let (view, note) = default();
    let note_json = json(&note);
    let evidence = note_json["evidence"].as_array().expect("an array");
    assert_eq!(evidence.len(), note.evidence().len());
    for (number, record) in (1..).zip(evidence) {
        assert_eq!(record["number"], number);
        assert!(record["value"].is_number() && record["unit"].is_string(), "{record}");
        assert_eq!(record["data"]["version"], view.version.as_str());
        assert!(record["definition"].is_object() || record["definition"].is_null());
    }
    let text = note_json.to_string();
    for figure in note.figures() {
        assert!(
            text.contains(&format!("\"printed\":\"{}\"", figure.printed)),
            "{}",
            figure.printed
        );
    }
    assert_eq!(note_json["charts"].as_array().map(Vec::len), Some(5));
}

/// Every chart is drawn for both columns, with its name and its words for those who cannot see it.
#[test]
fn charts_are_described() {
    let (_, note) = default();
    for chart in &note.charts {
        for fit in [Fit::Wide, Fit::Narrow] {
            let svg = draw(chart, fit);
            assert!(svg.starts_with("<svg viewBox=") && svg.ends_with("</svg>\n"), "{}", chart.id);
            assert!(svg.contains("<title>") && svg.contains("<desc>"), "{}", chart.id);
            assert!(!svg.contains("#0") && svg.contains("var(--first)"), "{}", chart.id);
            for figure in chart.labels() {
                let printed = figure.printed.trim_start_matches('-');
                assert!(svg.contains(printed), "{}: {printed}", chart.id);
            }
        }
    }
}

#[test]
fn the_same_bytes_each_time() {
    let ((_, first), (_, second)) = (default(), default());
    assert_eq!(html(&first), html(&second));
    assert_eq!(markdown(&first), markdown(&second));
    assert_eq!(json(&first), json(&second));
}

#[test]
fn the_whole_text() {
    insta::assert_snapshot!(markdown(&Desk::default().edited(default().1)));
}

/// Values printed by `python3 crates/kinglet/tests/case_figures.py crates/kinglet-store/facts`.
#[test]
fn headline_figures_of_an_independent_script() {
    let (_, note) = default();
    let figures = note.figures();
    let of = |query: &str| {
        let found = figures.iter().find(|f| f.answer.query == query);
        found.unwrap_or_else(|| panic!("{query} is not in the note")).answer.number().unwrap()
    };
    let check = |query: &str, want: f64| {
        let got = of(query);
        assert!((got - want).abs() < 1e-9 * want.abs().max(1.0), "{query}: {got}, not {want}");
    };
    check("return(RUT, 2026-07)", -3.0760125249225334);
    check("return(SPX, 2026-07)", -0.1285443024471311);
    check("return(RUT, ytd@2026-07-31)", 18.108231160678677);
    check("return(SPX, ytd@2026-07-31)", 9.410853845591994);
    check("return(RUT, 1y@2026-07-31)", 32.54086315646689);
    check("return(SPX, 1y@2026-07-31)", 18.14575219382306);
    check("return(RUT, 5y@2026-07-31)", 31.671645143177997);
    check("return(SPX, 5y@2026-07-31)", 70.40448119110133);
    check("return(RUT, 10y@2026-07-31)", 140.2855878157942);
    check("return(SPX, 10y@2026-07-31)", 244.5767390504233);
    check("return(RUT, 10y@2026-07-31) - return(SPX, 10y@2026-07-31)", -104.2911512346291);
    check("level(RUT, @2026-07-31) / level(SPX, @2026-07-31)", 0.39138178730313017);
    let study = |figure: &str| {
        format!(
            "study(when: return(RUT, month) >= 10%, then: return(RUT, +6m), since: 1987-10, \
             until: 2026-07).{figure}"
        )
    };
    check("count(return(RUT, month) >= 10%, since: 1987-10, until: 2026-07)", 18.0);
    check(&study("n"), 17.0);
    check(&study("hits"), 14.0);
    check(&study("hit_rate"), 82.3529411764706);
    check(&study("unconditional_hit_rate"), 67.3913043478261);
    check(&study("mean"), 7.711365748187528);
    check("policy_rate(FED, @2026-07-31)", 3.75);
    check("policy_rate(FED, @2026-07-31, bound: lower)", 3.5);
    check("rate_change(FED, 2025-12-10)", -25.0);
    check("yield(UST:10y, 2026-06)", 4.47);
    check(
        "study(when: first_cut(FED, month), then: return(RUT, +12m) - return(SPX, +12m), \
         since: 1995-07, until: 2024-09).mean",
        -3.21647195386384,
    );
}

/// A text piece may hold no numeral but dates and names; the reviewer says so.
#[test]
fn the_reviewer_refuses_a_wrong_figure() {
    let (view, mut note) = default();
    let Some(Piece::Figure(figure)) =
        note.headline.0.iter_mut().find(|p| matches!(p, Piece::Figure(_)))
    else {
        panic!("the headline has a figure")
    };
    figure.printed = "9.9 percentage points".to_owned();
    let refused = check(&note, &view);
    assert_eq!(refused.expect_err("a wrong figure").code, Code::Review);
}

/// The note's words, without the marks of footnotes and the queries.
fn plain(note: &Note) -> String {
    let text = markdown(note);
    let unmarked: String = body(&text)
        .split("[^")
        .enumerate()
        .map(|(i, part)| match i {
            0 => part,
            _ => part.split_once(']').expect("a whole mark").1,
        })
        .collect();
    let lines = unmarked.lines().filter(|line| !line.starts_with("!["));
    lines.collect::<Vec<_>>().join("\n").split('`').step_by(2).collect()
}

/// kinglet's own auditor reads the note of a day as it reads anybody's article: it accuses no
/// figure, and supports 95 of 100 whose measure has a name. What is expected and what policies hold
/// is not in the record.
fn check_notes(whole: &View, days: &[&str]) {
    let (mut judged, mut supported) = (0, 0);
    for day in days {
        let published: Date = day.parse().expect("a date");
        let view = whole.until(Cutoff::end_of(published));
        let text = plain(&note(&view, &Request::default()).expect("a note"));
        let claims = article::read(&text, Some(published)).claims;
        assert!(claims.len() > 40, "{day}: {} claims", claims.len());
        let review = verdict::judge(&claims, verdict::Context { text: &text, published }, &view);
        for judgement in &review.judgements {
            let claim = &claims[judgement.claim];
            let sentence = &text[claim.sentence.start..claim.sentence.end];
            assert!(!judgement.verdict.accuses(), "{day}: {sentence}\n{}", judgement.reason);
            let recorded = judgement.verdict != Verdict::Forecast
                && !matches!(claim.metric, "weight" | "share");
            let named = recorded && claim.metric != "other";
            judged += usize::from(named);
            supported += usize::from(named && judgement.verdict == Verdict::Supported);
        }
    }
    assert!(supported * 100 >= judged * 95, "{supported} of {judged} are supported");
}

#[test]
fn notes_stand_their_own_audit() {
    check_notes(&facts::view(None), &["2008-10-31", "2024-12-31", "2025-08-28", "2026-07-31"]);
}

/// The same on all data, on fifty days of 1995 to 2026 that Python drew: `random.seed(20261121)`,
/// `date.fromordinal(randint(a, b))` from 1995-01-01 to 2026-08-21.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn notes_of_fifty_days_stand_their_own_audit() {
    let days = "2018-08-19 2002-11-01 2007-08-08 2010-08-20 2022-04-29 1998-09-08 2010-02-20 \
        1998-04-23 1995-03-08 2003-02-08 2002-03-11 2011-03-22 2010-09-21 2002-08-28 \
        2002-05-14 2021-09-12 2011-05-01 2012-08-28 2010-10-01 2010-06-08 2022-01-02 \
        2000-03-05 2005-12-24 2013-05-07 1998-06-27 2016-01-12 1998-07-15 2009-09-19 \
        2001-09-01 1999-02-15 2005-05-05 2025-06-18 2004-06-03 2011-08-15 1995-02-10 \
        2010-10-04 2018-05-15 2023-11-29 2014-05-09 1996-02-18 2004-10-01 2003-10-08 \
        2022-08-29 2002-11-09 2000-12-09 2006-10-18 2022-10-26 2022-11-01 2011-08-17 \
        2011-10-07";
    let days: Vec<&str> = days.split_whitespace().collect();
    assert_eq!(days.len(), 50);
    check_notes(&crate::audit::gold::real_data(), &days);
}

/// The same on all closes: days within months, at their ends and on the weekends behind them.
#[test]
#[cfg_attr(not(shared), ignore = "needs ../shared")]
fn notes_on_all_data_stand_their_own_audit() {
    let days = [
        "2016-12-30",
        "2018-06-29",
        "2019-08-15",
        "2020-04-01",
        "2021-03-12",
        "2022-10-17",
        "2023-12-29",
        "2024-07-17",
        "2025-02-03",
        "2025-06-12",
        "2025-08-31",
        "2025-09-19",
        "2026-03-31",
    ];
    check_notes(&crate::audit::gold::real_data(), &days);
}
