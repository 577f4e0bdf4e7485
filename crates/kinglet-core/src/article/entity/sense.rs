//! Names that stand for another index than they do elsewhere.

use super::super::token::Tokens;
use super::super::words::list;
use super::{Class, Mention, is_rate};

/// `small caps, as measured by the Russell 2000`: a group stands for the index that measures it.
pub(super) fn measured(tokens: &Tokens, out: &mut [Mention]) {
    for at in 1..out.len() {
        let (group, index) = (out[at - 1], out[at]);
        if group.class != Class::Group || index.class != Class::Index || is_rate(index.code) {
            continue;
        }
        let open = usize::from(tokens.is(group.end, ',') || tokens.is(group.end, '('));
        let by = list!(
            "as measured by|as represented by|as gauged by|as tracked by|measured by|\
            represented by|as reflected in|as reflected by"
        );
        let end = tokens.any_phrase(group.end + open, by);
        let the = end.map(|end| end + usize::from(tokens.key(end) == "the"));
        if the == Some(index.first) {
            out[at - 1].code = index.code;
        }
    }
}

/// In a text that names the Nasdaq-100 and no composite, `the Nasdaq` is that index.
pub(in crate::article) fn narrow<'a>(
    blocks: impl Iterator<Item = (&'a Tokens, &'a mut Vec<Mention>)>,
) {
    let mut blocks: Vec<_> = blocks.collect();
    let all = || blocks.iter().flat_map(|(tokens, found)| found.iter().map(move |m| (tokens, m)));
    let composite = all().any(|(_, m)| m.code == "IXIC" && m.end - m.first > 1);
    if composite || !all().any(|(_, m)| m.code == "NDX") {
        return;
    }
    for (tokens, found) in &mut blocks {
        let bare = |m: &&mut Mention| m.code == "IXIC" && tokens.key(m.first) == "nasdaq";
        found.iter_mut().filter(bare).for_each(|m| m.code = "NDX");
    }
}
