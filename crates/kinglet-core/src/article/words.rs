//! Lists of words and phrases, parted by bars, as the rules of the language write them. They are
//! asked for every word of an article, mostly in vain.

/// Whether an entry of a list begins with the first two letters of a text, or is the first of them
/// where a blank or nothing follows it.
///
/// Looks at all places behind a bar in one pass without a branch, which compilers turn into a few
/// instructions for sixteen places.
pub(super) fn may_begin(list: &str, text: &str) -> bool {
    let list = list.as_bytes();
    match *text.as_bytes() {
        [] => false,
        [first] | [first, b' ', ..] => {
            let behind = list.iter().zip(list.get(1..).unwrap_or_default());
            list.first() == Some(&first)
                || behind.fold(false, |found, (&a, &b)| found | ((a == b'|') & (b == first)))
        }
        [first, second, ..] => {
            let next = list.get(1..).unwrap_or_default();
            let behind = list.iter().zip(next).zip(next.get(1..).unwrap_or_default());
            list.starts_with(&[first, second])
                || behind.fold(false, |found, ((&a, &b), &c)| {
                    found | ((a == b'|') & (b == first) & (c == second))
                })
        }
    }
}

/// The entries of a list that begin with the first letter of a text.
pub(super) fn beginning<'l>(list: &'l str, text: &str) -> impl Iterator<Item = &'l str> {
    let bytes = list.as_bytes();
    let first = text.bytes().next();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            if Some(byte) == first && (start == 0 || bytes[start - 1] == b'|') {
                let length = bytes[start..].iter().position(|&b| b == b'|');
                at = length.map_or(bytes.len(), |length| start + length + 1);
                return list.get(start..start + length.unwrap_or(bytes.len() - start));
            }
            at += 1;
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_begin() {
        assert!(may_begin("x|a", "a third") && may_begin("x|a third", "a third"));
        assert!(may_begin("rise", "ripe") && !may_begin("rise", "rate"));
        assert!(beginning("a b|c|ab||é|a", "a x").eq(["a b", "ab", "a"]));
        assert!(beginning("a|é", "é").eq(["é"]) && beginning("a|b", "").eq([""; 0]));
    }
}
