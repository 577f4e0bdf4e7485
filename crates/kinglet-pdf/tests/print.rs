//! What is set, and what a document cannot do.

use kinglet_pdf::{Document, pdf};

const STYLE: &str = include_str!("../../kinglet/src/render/typst/note.typ");
const DRAWING: &str = "<svg viewBox=\"0 0 700 330\" xmlns=\"http://www.w3.org/2000/svg\">\
    <title>t</title><desc>d</desc><text x=\"10\" y=\"20\">high</text></svg>";

/// A note in small, with each thing that the style knows.
const BODY: &str = "\
    #masthead[#\"A title\";][#\"Of a day.\";]\n= #\"Returns\";\n\
    #\"It rose \";#\"3.1%\";#asked(1, \"return(RUT, 2026-07)\")#\", then \";#\"3.1%\";#again(1).\n\
    - #strong[#\"Long\";.] #\"run\";\n\
    #sheet([#\"Returns\";], 2, ([#\"\";], [#\"RUT\";], ),\n\
      [#\"July\";], [#link(<evidence-1>)[#\"3.1%\";]], )\n\
    #drawing(\"a.svg\", \"What is seen.\", [#\"Title\";], [#\"Caption\";])\n\
    #statements[#strong[#\"No advice\";.] #\"None.\";]\n\
    = Evidence\n#evidence(\n\
      ([1#metadata(1)<evidence-1>], [#code(\"return(RUT, 2026-07)\"); = 3.1]),)\n";

fn printed(source: &str) -> Result<Vec<u8>, String> {
    let drawings = [("a.svg".to_owned(), DRAWING.to_owned())];
    pdf(&Document { source, drawings: &drawings, day: (2026, 7, 31) })
}

#[test]
fn a_note_is_set() {
    let source = format!("#let headline = \"A title\"\n#let day = \"2026-07-31\"\n{STYLE}{BODY}");
    let file = printed(&source).expect("a document");
    assert!(file.starts_with(b"%PDF-1."));
    let has = |text: &[u8]| file.windows(text.len()).any(|part| part == text);
    assert!(has(b"2026-07-31T00:00:00") || has(b"D:20260731000000"), "the day is that of the note");
    assert!(has(b"/StructTreeRoot"), "it is tagged for those who cannot see it");
    assert_eq!(file, printed(&source).expect("the same"), "the same bytes again");
}

/// No file, no package, no clock.
#[test]
fn a_document_sees_nothing_else() {
    let cases = [
        "#read(\"/etc/passwd\")",
        "#image(\"../../secret.png\")",
        "#import \"@preview/cetz:0.3.0\": *",
        "#datetime.today()",
        "#panic(\"stop\")",
        "#let x = (",
    ];
    for source in cases {
        assert!(printed(source).is_err(), "{source}");
    }
    assert!(printed("#\"#panic(\\\"stop\\\")\";").is_ok(), "a literal does not run");
}

#[test]
fn a_drawing_that_is_none_is_refused() {
    let drawings = [("a.svg".to_owned(), "<svg".to_owned())];
    let document =
        Document { source: "#image(\"a.svg\")", drawings: &drawings, day: (2026, 7, 31) };
    assert!(pdf(&document).is_err());
    assert!(pdf(&Document { source: "a", drawings: &[], day: (2026, 2, 30) }).is_err());
}
