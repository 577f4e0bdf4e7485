//! The small-cap note on the embedded facts.

use kinglet::audit::{self, ClaimRecord};
use kinglet::case::{Desk, Request, check, note};
use kinglet::chart::{Fit, draw};
use kinglet::document;
use kinglet::render::{html, json, markdown};
use kinglet_core::diagnostic::Code;
use kinglet_core::note::{Block, Note, Piece, Source};
use kinglet_core::query::Evaluator;
use kinglet_core::time::{Cutoff, Date};
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
    assert_eq!(note_json["charts"].as_array().map(Vec::len), Some(7));
}

/// What stands in the files is what the reference promises of them.
#[test]
fn json_keeps_its_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../docs/reference/note.schema.json"))
            .expect("JSON");
    for (_, note) in [default(), early()] {
        let errors = crate::schema::errors(&schema, &json(&Desk::default().edited(note)));
        assert!(errors.is_empty(), "{errors:#?}");
    }
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

/// Each numeral is the answer of its query, asked of the data anew, or of a policy or a statement
/// that the reviewer finds again.
fn every_numeral_is_found_again(note: &Note, view: &View, day: &str) {
    let evaluator = Evaluator::new(view);
    for figure in note.figures() {
        let Some(query) = figure.query() else { continue };
        let answer = evaluator.answer(query);
        let outcome = answer.result.unwrap_or_else(|e| panic!("{day}: {query}: {e}"));
        let printed = figure.form.print(outcome.quantity, answer.spelling);
        assert_eq!(printed.as_deref(), Some(figure.printed.as_str()), "{day}: {query}");
    }
    check(note, view).unwrap_or_else(|e| panic!("{day}: {e}"));
}

/// The file as it is written, with notes, captions and statements, read as anybody's article: how
/// many claims of measures that have a name it makes, how many of these are supported, and the
/// others.
/// What is expected, what would be under a condition, what policies hold and what publishers state
/// is not in the record.
fn stands_its_audit(note: &Note, view: &View, day: &str) -> (usize, usize, Vec<String>) {
    let text = markdown(&Desk::default().edited(note.clone()));
    let document = document::read("case.md", text.into_bytes()).expect("a document");
    let article = audit::understand("case.md", &document, day.parse().ok()).expect("an article");
    let audit = article.judged(view);
    let said =
        |claim: &&ClaimRecord| format!("{} in `{}`: {}", claim.text, claim.quote, claim.reason);
    let wrong: Vec<String> =
        audit.claims.iter().filter(|c| c.is_wrong()).map(|c| said(&c)).collect();
    assert!(wrong.is_empty(), "{day}: {wrong:#?}");
    let broken: Vec<&str> =
        audit.relations.iter().filter(|r| !r.holds).map(|r| r.statement.as_str()).collect();
    assert!(broken.is_empty(), "{day}: {broken:#?}");
    assert!(audit.claims.len() > 40, "{day}: {} claims", audit.claims.len());
    let is_named = |claim: &&ClaimRecord| {
        claim.verdict != "forecast"
            && claim.modality != "hypothetical"
            && !["weight", "share", "other", "pe_forward", "pe_average"].contains(&claim.metric)
    };
    let named: Vec<&ClaimRecord> = audit.claims.iter().filter(is_named).collect();
    let supported = named.iter().filter(|claim| claim.verdict == "supported").count();
    let others = named.iter().filter(|claim| claim.verdict != "supported");
    let others: Vec<String> = others.map(|claim| format!("{day}: {}", said(claim))).collect();
    (named.len(), supported, others)
}

/// kinglet's own auditor reads the note of a day as it reads anybody's article: it accuses no
/// figure, and supports 95 of 100 whose measure has a name.
fn check_notes(whole: &View, days: &[&str]) {
    let (mut judged, mut supported, mut others) = (0, 0, Vec::new());
    for day in days {
        let view = whole.until(Cutoff::end_of(day.parse().expect("a date")));
        let composed = note(&view, &Request::default()).expect("a note");
        every_numeral_is_found_again(&composed, &view, day);
        let again = note(&view.until(view.cutoff), &Request::default());
        assert_eq!(json(&composed), json(&again.expect("the same note")), "{day}");
        let (named, right, other) = stands_its_audit(&composed, &view, day);
        judged += named;
        supported += right;
        others.extend(other);
    }
    assert!(
        supported * 100 >= judged * 95,
        "{supported} of {judged} are supported, not {others:#?}"
    );
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

fn said(note: &Note, lead: &str) -> String {
    let bullets = note.sections.iter().flat_map(|s| &s.blocks).filter_map(|block| match block {
        Block::Bullets(bullets) => Some(bullets),
        _ => None,
    });
    let found = bullets.flatten().find(|bullet| bullet.lead == lead);
    found.unwrap_or_else(|| panic!("no {lead}")).prose.text()
}

/// The days that the Federal Reserve had published, from its calendar of 2025; the gap is that of
/// the eight months that the year to the end of November will hold, by the closes of the facts.
#[test]
fn what_comes_next_is_said() {
    let (view, note) = early();
    let days = "The Federal Reserve decides next on September 17, 2025, October 29, 2025, and \
                December 10, 2025.";
    assert_eq!(said(&note, "Next meetings"), days);
    assert!(said(&note, "Next releases").starts_with("Consumer prices and unemployment of August"));
    let held = said(&note, "If prices stay");
    assert!(held.contains("favour neither side at the end of December 2025"), "{held}");
    let gap = "return(RUT, 2025-01-01..2025-08-28) - return(SPX, 2025-01-01..2025-08-28)";
    let value = Evaluator::new(&view).answer(&gap.parse().expect("a query")).number();
    // 2378.41 / 2230.16 - 6501.86 / 5881.63: closes of 2025-08-28 and 2024-12-31
    assert!((value.expect("a value") + 3.897_6).abs() < 0.001, "{value:?}");
    assert!(held.contains("-3.9 percentage points"), "{held}");
    let late = facts::view(Some(Date::constant(2026, 7, 31)));
    let note = super::case::note(&late, &Request::default()).expect("a note");
    assert!(said(&note, "Next meetings").ends_with("decides next on September 16, 2026."));
}

/// A figure of a publisher is told as theirs, found again, and refused where nobody stated it.
#[test]
fn what_publishers_state_stays_theirs() {
    let (view, mut note) = default();
    let text = markdown(&note);
    assert!(text.contains("FactSet put the price of the S&P 500 at 23.1"), "{text}");
    assert!(text.contains("against an average of 18.6"));
    let record = json(&note)["evidence"].clone();
    let stated: Vec<_> = record
        .as_array()
        .expect("records")
        .iter()
        .filter(|r| r["stated"] == true)
        .cloned()
        .collect();
    assert_eq!(stated.len(), 2);
    assert_eq!(stated[0]["value"], 23.1);
    for section in &mut note.sections {
        for block in &mut section.blocks {
            let Block::Paragraph(prose) = block else { continue };
            for piece in &mut prose.0 {
                if let Piece::Figure(figure) = piece
                    && figure.source == Source::Statement
                {
                    figure.answer.query = figure.answer.query.replace("FactSet", "Nobody");
                }
            }
        }
    }
    assert_eq!(check(&note, &view).expect_err("nobody said so").code, Code::Review);
}
