//! What the desk does with a note: proof, personas, house texts, rewording.

use kinglet::case::rewrite::Rewriter;
use kinglet::case::{Desk, House, Persona, Request, note, proofread};
use kinglet::inquiry::Inquiry;
use kinglet::render::{html, markdown};
use kinglet::{Code, Date, Note};
use kinglet_core::note::{Block, Piece, Prose};
use kinglet_core::view::View;
use kinglet_store::facts;
use serde_json::{Value, json};

const DAYS: [&str; 5] = ["1999-06-30", "2008-10-31", "2020-03-23", "2025-08-28", "2026-07-31"];

fn written(day: &str) -> (View, Note) {
    let view = facts::view(Some(day.parse::<Date>().expect("a date")));
    let note = note(&view, &Request::default()).expect("a note");
    (view, note)
}

/// The sentences of a note that a wrong figure is planted in.
fn paragraph(note: &mut Note) -> &mut Prose {
    let mut blocks = note.sections.iter_mut().flat_map(|section| &mut section.blocks);
    blocks
        .find_map(|block| match block {
            Block::Paragraph(prose) if prose.figures().count() > 1 => Some(prose),
            _ => None,
        })
        .expect("a paragraph with figures")
}

#[test]
fn sound_notes_pass_the_auditor() {
    for day in DAYS {
        let (view, note) = written(day);
        proofread(&Desk::default().edited(note), &view).expect(day);
    }
}

/// August 2025 was 7.0% (2366.42 / 2211.65 - 1); the auditor knows without being told.
#[test]
fn a_wrong_sentence_stops_publication() {
    let (view, mut note) = written("2025-09-30");
    paragraph(&mut note).push(" The Russell 2000 rose 9.0% in August 2025.");
    let refused = proofread(&note, &view).expect_err("a wrong figure");
    assert_eq!(refused.code, Code::Review);
    let said = refused.to_string();
    for part in ["rose 9.0% in August 2025", "contradicted", "7.0", "return(RUT, 2025-08)"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_house_answers_for_what_stands_below() {
    let (view, note) = written("2004-12-31");
    let text = "name = 'Example & Sons'\nsigned = 'For {house}: A. Editor'\n\
        [texts]\nadvice = 'Nobody at {house} advises you on {as-of}.'\n\
        [headings]\nreturns = 'What was earned'";
    let house = House::read(text, "house.toml").expect("a house");
    let edited = Desk { persona: None, house }.edited(note.clone());
    proofread(&edited, &view).expect("sound");
    let page = html(&edited);
    assert!(page.contains("For Example &amp; Sons: A. Editor"), "the signature is escaped");
    for page in [page, markdown(&edited)] {
        assert!(page.contains("Nobody at") && page.contains("advises you on December 31, 2004."));
        assert!(page.contains("What was earned") && page.contains("trademark"));
        assert!(!page.contains("not an offer"), "the text that was replaced");
        assert!(!page.contains("ypothetical"), "no weights, no statement on them");
    }
    let lead = |note: &Note| note.statements.iter().map(|s| s.lead.clone()).collect::<Vec<_>>();
    assert_eq!(lead(&edited), lead(&Desk::default().edited(note)));
}

/// A house cannot state a figure of the market that is wrong.
#[test]
fn statements_are_proofread_too() {
    let (view, note) = written("2025-09-30");
    let text = "[texts]\nbasis = 'The Russell 2000 rose 9.0% in August 2025.'";
    let house = House::read(text, "house.toml").expect("a house");
    let edited = Desk { persona: None, house }.edited(note);
    assert_eq!(proofread(&edited, &view).expect_err("wrong").code, Code::Review);
}

/// Whatever the persona: every number is one of the composed note, both sides stand as they stood.
#[test]
fn a_persona_changes_no_number() {
    for day in DAYS {
        let (view, plain) = written(day);
        let figures = |note: &Note| -> Vec<(String, String)> {
            let figure =
                |f: &&kinglet_core::note::Figure| (f.answer.query.clone(), f.printed.clone());
            note.figures().iter().map(figure).collect()
        };
        let all = figures(&plain);
        let sides = |note: &Note| -> Vec<String> {
            let ids = note.sections.iter().map(|section| section.id.clone());
            let mut ids: Vec<String> = ids.filter(|id| id.starts_with("case-")).collect();
            ids.sort();
            ids
        };
        for name in Persona::shipped() {
            let persona = Some(Persona::named(name).expect(name));
            let told = Desk { persona, house: House::default() }.edited(plain.clone());
            proofread(&told, &view).unwrap_or_else(|e| panic!("{day} {name}: {e}"));
            assert!(figures(&told).iter().all(|figure| all.contains(figure)), "{day} {name}");
            assert_eq!(sides(&told), sides(&plain), "{day} {name}");
            assert_eq!(told.headline.text(), plain.headline.text());
            assert!(told.sections.iter().any(|section| section.id == "method"));
        }
    }
}

#[test]
fn a_persona_orders_shortens_and_names() {
    let (_, plain) = written("2026-07-31");
    let text = "name = 'mine'\nvoice = 'dry'\norder = ['history', 'summary']\n\
        [length]\nsections = ['history', 'summary', 'returns']\nsentences = 1\nitems = 2\n\
        exhibits = 'none'\n[headings]\nhistory = 'Then'\n[openings]\nhistory = 'Look back.'";
    let persona = Persona::read(text, "mine.toml").expect("a persona");
    let told = Desk { persona: Some(persona), house: House::default() }.edited(plain);
    let ids: Vec<&str> = told.sections.iter().map(|section| section.id.as_str()).collect();
    assert_eq!(ids[..2], ["history", "summary"]);
    assert!(ids.contains(&"returns") && !ids.contains(&"rates"));
    assert!(ids.contains(&"method"), "what the figures mean always stands");
    assert_eq!(told.sections[0].heading, "Then");
    assert!(matches!(&told.sections[0].blocks[0], Block::Paragraph(p) if p.text() == "Look back."));
    assert!(told.charts.is_empty());
    let listed = |block: &Block| match block {
        Block::Bullets(bullets) => Some(bullets.len()),
        _ => None,
    };
    assert_eq!(told.sections[1].blocks.iter().find_map(listed), Some(2));
}

/// A model that answers by a rule, and the note that comes of it.
fn reworded(day: &str, answer: impl Fn(&str) -> String) -> (Note, Note, Option<String>) {
    let (view, plain) = written(day);
    let ask = |inquiry: &Inquiry| {
        let input: Value = serde_json::from_str(&inquiry.input).expect("JSON");
        Ok(answer(input["passage"].as_str().expect("a passage")))
    };
    let mut rewriter = Rewriter::new("m", "dry", ask);
    let note = rewriter.rewrite(plain.clone(), &view).expect("a note");
    proofread(&note, &view).expect("sound");
    (plain, note, rewriter.notice())
}

fn text(note: &Note) -> String {
    markdown(note)
}

#[test]
fn a_model_may_choose_words() {
    let (plain, note, notice) = reworded("2026-07-31", |passage| {
        json!({ "text": passage.replace("rose", "climbed").replace("fell", "slid") }).to_string()
    });
    assert_eq!(notice, None);
    assert_ne!(text(&plain), text(&note), "some words changed");
    assert!(text(&note).contains("climbed"));
    let figures = |note: &Note| {
        note.figures().iter().map(|figure| figure.printed.clone()).collect::<Vec<_>>()
    };
    assert_eq!(figures(&plain), figures(&note));
}

#[test]
fn rewordings_that_change_the_meaning_are_refused() {
    let answers: [fn(&str) -> String; 9] = [
        |passage| passage.to_owned(),
        |_| "{}".to_owned(),
        |passage| json!({ "text": passage, "value": 12 }).to_string(),
        |passage| {
            json!({ "text": passage.replace("rose", "fell").replace("over", "after") + " x" })
                .to_string()
        },
        |passage| json!({ "text": format!("{passage} It doubled.") }).to_string(),
        |passage| json!({ "text": format!("{passage} <script>alert(1)</script>") }).to_string(),
        |passage| json!({ "text": format!("{passage} Nvidia led.") }).to_string(),
        |passage| json!({ "text": passage.replacen("⟦1⟧", "⟦2⟧", 1) + " 7" }).to_string(),
        |_| json!({ "text": "" }).to_string(),
    ];
    for answer in answers {
        let (plain, note, notice) = reworded("2025-08-28", answer);
        assert_eq!(text(&plain), text(&note));
        let notice = notice.expect("a notice");
        assert!(notice.contains("could not be used"), "{notice}");
    }
}

/// What the words alone do not show, the auditor does: another day, the same marks.
#[test]
fn the_auditor_has_the_last_word() {
    let (view, mut note) = written("2025-09-30");
    *paragraph(&mut note) = "In August 2025 the Russell 2000 rose 7.0%, and prices of stocks were \
        well above those of July."
        .into();
    let ask = |inquiry: &Inquiry| {
        let input: Value = serde_json::from_str(&inquiry.input).expect("JSON");
        let passage = input["passage"].as_str().expect("a passage");
        Ok(json!({ "text": passage.replace("the ⟦2⟧ rose", "against the ⟦2⟧ they rose") })
            .to_string())
    };
    let before = text(&note);
    let mut rewriter = Rewriter::new("m", "dry", ask);
    let after = rewriter.rewrite(note, &view).expect("a note");
    assert_eq!(before, text(&after));
}

#[test]
fn a_model_that_cannot_be_asked_is_a_notice() {
    let (view, plain) = written("2025-08-28");
    let mut asked = 0;
    let ask = |_: &Inquiry| {
        asked += 1;
        if asked < 3 { Ok("{\"text\": \"x\"}".to_owned()) } else { Err("gone".to_owned()) }
    };
    let mut rewriter = Rewriter::new("m", "dry", ask);
    let note = rewriter.rewrite(plain.clone(), &view).expect("a note");
    assert_eq!(text(&note), text(&plain));
    let notice = rewriter.notice().expect("a notice");
    assert_eq!(notice, "no rewording by a language model: gone");
    drop(rewriter);
    assert_eq!(asked, 3, "it is not asked again");
}

/// Names, dates and figures are not shown to a model.
#[test]
fn a_model_sees_no_number() {
    let (view, plain) = written("2026-07-31");
    let ask = |inquiry: &Inquiry| {
        let input: Value = serde_json::from_str(&inquiry.input).expect("JSON");
        let passage = input["passage"].as_str().expect("a passage");
        let marks = passage.split('⟦').skip(1).filter_map(|rest| rest.split_once('⟧'));
        let digits: usize = marks.map(|(number, _)| number.len()).sum();
        let all = passage.chars().filter(|c| c.is_numeric()).count();
        assert_eq!(all, digits, "{passage}");
        Err("enough".to_owned())
    };
    Rewriter::new("m", "dry", ask).rewrite(plain.clone(), &view).expect("a note");
    assert!(plain.figures().iter().any(|figure| !figure.printed.is_empty()));
    assert!(!matches!(plain.headline.0.first(), None | Some(Piece::Missing { .. })));
}
