//! Claims made of open figures with proposals.

use kinglet_core::article::assistance::{Proposal, completed, named, open};
use kinglet_core::article::read;
use kinglet_core::diagnostic::Span;
use kinglet_core::verdict::{Judgement, Tag, Verdict};

const TEXT: &str = "The Russell 2000 had a good month, the S&P 500 did not.

The gauge of little companies was 7.0% better off in August 2025.
";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn good() -> Proposal {
    Proposal {
        figure: span("7.0%"),
        metric: Some("return".to_owned()),
        entity: None,
        versus: None,
        period: Some(span("August 2025")),
    }
}

#[test]
fn what_is_open_is_asked_about() {
    let article = read(TEXT, "2025-12-10".parse().ok());
    let all = open(TEXT, &article);
    assert_eq!(all.len(), 1, "{all:?}");
    assert_eq!(all[0].figures, [span("7.0%")]);
    assert_eq!(all[0].sentence.start, span("The gauge").start);
    let named = named(TEXT, &article);
    assert!(["RUT", "SPX"].iter().all(|code| named.contains(code)), "{named:?}");
    assert!(!named.contains(&"AAPL") && !named.contains(&"OTHER"), "{named:?}");
    let told = "The Russell 2000 rose 7.0% in August 2025.";
    assert_eq!(open(told, &read(told, "2025-12-10".parse().ok())), []);
}

#[test]
fn the_number_is_read_from_the_text() {
    let article = read(TEXT, "2025-12-10".parse().ok());
    let claims = completed(TEXT, &article, &[good(), good()]);
    assert_eq!(claims.len(), 1, "one claim for a figure");
    let claim = &claims[0];
    assert_eq!((claim.metric, claim.unit, claim.value), ("return", "percent", 7.0));
    assert_eq!((claim.period_text().as_str(), claim.printed.text.as_str()), ("2025-08", "7.0%"));
}

#[test]
fn what_does_not_stand_is_dropped() {
    let article = read(TEXT, "2025-12-10".parse().ok());
    let metric = |code: &str| Proposal { metric: Some(code.to_owned()), ..good() };
    let figure = |figure| Proposal { figure, ..good() };
    let entity = |code: &str| Proposal { entity: Some(code.to_owned()), ..good() };
    let period = |words| Proposal { period: Some(words), ..good() };
    for proposal in [
        metric("profit"),
        metric("level"),
        metric("return_spread"),
        metric("pe_discount"),
        Proposal { metric: None, ..good() },
        figure(span("7.0")),
        figure(span("2025")),
        figure(Span::new(usize::MAX - 1, usize::MAX)),
        entity("AAPL"),
        entity("rut"),
        period(span("companies")),
        period(span("did not")),
        period(Span::new(usize::MAX, usize::MAX)),
    ] {
        assert_eq!(completed(TEXT, &article, std::slice::from_ref(&proposal)), [], "{proposal:?}");
    }
}

#[test]
fn nothing_is_held_against_a_figure_on_somebodys_word() {
    for verdict in Verdict::ALL {
        let judgement = Judgement {
            claim: 0,
            verdict,
            tag: Some(Tag::NoMatch),
            query: None,
            answer: None,
            actual: Some(2.0),
            readings: Vec::new(),
            suggestion: Some("2.0%".to_owned()),
            reason: "return(RUT, 2025-08) is 2.00%".to_owned(),
            doubt: None,
        };
        let softened = judgement.clone().on_word();
        match verdict {
            Verdict::Misdated
            | Verdict::Contradicted
            | Verdict::Inconsistent
            | Verdict::Imprecise => {
                let Judgement { verdict, tag, suggestion, actual, .. } = softened;
                assert_eq!((verdict, tag, suggestion), (Verdict::Unverifiable, None, None));
                assert_eq!(actual, Some(2.0), "what was found is still said");
            }
            _ => assert_eq!(softened, judgement),
        }
    }
}
