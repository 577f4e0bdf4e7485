//! What a passage names: the entities and times that a figure in it could belong to. Verdicts look
//! here whether a figure was read firmly, and how else it could be meant.

use super::entity::{Class, OTHER};
use super::lexicon::{self, Signal};
use super::mask::mask;
use super::period::{Anchor, Expr};
use super::scene::Passage;
use super::token::Tokens;
use crate::diagnostic::Span;
use crate::time::{CalendarPeriod, Date, Grain, Length};

/// A time that is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// One calendar period.
    Calendar(CalendarPeriod),
    /// The week, month, quarter or year so far.
    ToDate(Grain),
    /// So much time, before or after something.
    Length(Length),
    /// From the start of a period on.
    Since(CalendarPeriod),
    /// From one to another.
    Range(CalendarPeriod, CalendarPeriod),
    /// A time that is not said.
    Vague,
}

/// What a passage names, in the order of its bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Entities by their code, with the bytes of the name. Pronouns and loose words as `the market`
    /// are not among them.
    pub entities: Vec<(Span, &'static str)>,
    /// Times, with the bytes of the words.
    pub times: Vec<(Span, Named)>,
    /// Words of a change: `rose`, `return`, `outpacing`.
    pub changes: Vec<Span>,
    /// Words that name another measure, as `inflation` does, with its code.
    pub measures: Vec<(Span, &'static str)>,
}

/// The marks of a passage of an article published on a day; spans count from its first byte.
pub fn marks(passage: &str, published: Date) -> Marks {
    let clean = mask(passage);
    let tokens = Tokens::read(&clean, 0);
    let count = tokens.len();
    let cues = lexicon::cues(&tokens);
    let passage = Passage::of_names(tokens, cues.clone());
    let anchor = Anchor { published: Some(published), session: None };
    let scene = passage.scene(0..count, anchor);
    let span = |first, end| scene.tokens.span(first, end);
    let named = |class| !matches!(class, Class::Pronoun | Class::Loose);
    let entities = scene.mentions.iter().filter(|m| named(m.class) && m.code != OTHER);
    let is_change = |signal| {
        matches!(signal, Signal::Up | Signal::Down | Signal::Change | Signal::Beat | Signal::Lag)
    };
    Marks {
        entities: entities.map(|m| (span(m.first, m.end), m.code)).collect(),
        times: scene.times.iter().map(|t| (span(t.first, t.end), of_expr(t.expr))).collect(),
        changes: cues
            .iter()
            .filter(|c| is_change(c.signal))
            .map(|c| span(c.first, c.end))
            .collect(),
        measures: cues
            .iter()
            .filter_map(|c| match c.signal {
                Signal::Metric(code) => Some((span(c.first, c.end), code)),
                _ => None,
            })
            .collect(),
    }
}

fn of_expr(expr: Expr) -> Named {
    match expr {
        Expr::Span(p) => Named::Calendar(p),
        Expr::ToDate(grain) => Named::ToDate(grain),
        Expr::Trailing(length)
        | Expr::Until(length, _)
        | Expr::Ago(length)
        | Expr::Ahead(length)
        | Expr::Length(length) => Named::Length(length),
        Expr::Since(p) => Named::Since(p),
        Expr::Range(a, b) => Named::Range(a, b),
        Expr::Vague | Expr::Same(_) | Expr::SinceThen => Named::Vague,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_sentence() {
        let text = "In August 2025 the Russell 2000 rose 7%, while inflation was 2.9%.";
        let marks = marks(text, "2025-09-05".parse().unwrap());
        let of = |span: Span| &text[span.start..span.end];
        let names: Vec<_> = marks.entities.iter().map(|(s, code)| (of(*s), *code)).collect();
        assert_eq!(names, [("Russell 2000", "RUT")]);
        let august = Named::Calendar("2025-08".parse().unwrap());
        assert_eq!(marks.times.iter().map(|(_, t)| *t).collect::<Vec<_>>(), [august]);
        assert_eq!(marks.changes.iter().map(|s| of(*s)).collect::<Vec<_>>(), ["rose"]);
        assert_eq!(marks.measures.iter().map(|m| m.1).collect::<Vec<_>>(), ["inflation"]);
    }
}
