//! Lists of words and phrases, parted by bars, as the rules of the language write them. They are
//! asked for every word of an article, mostly in vain.

/// The entries of a list that begin with the first two letters of a text, or, where a blank or
/// nothing follows its first, with that one.
pub(super) fn beginning<'l>(list: &'l str, text: &str) -> impl Iterator<Item = &'l str> {
    let bytes = list.as_bytes();
    let letters = match *text.as_bytes() {
        [] => None,
        [first] | [first, b' ', ..] => Some((first, None)),
        [first, second, ..] => Some((first, Some(second))),
    };
    let mut at = letters.and_then(|(first, second)| {
        let fits = bytes.first() == Some(&first)
            && second.is_none_or(|second| bytes.get(1) == Some(&second));
        if fits { Some(0) } else { behind_bar(bytes, 0, (first, second)) }
    });
    std::iter::from_fn(move || {
        let start = at?;
        let end = start + bytes[start..].iter().take_while(|&&b| b != b'|').count();
        at = behind_bar(bytes, end, letters?);
        list.get(start..end)
    })
}

/// So many places of a list are looked at together: compilers turn that into a few instructions.
const TOGETHER: usize = 16;

/// Where the next entry begins, from a place on, that begins with a letter or two.
fn behind_bar(list: &[u8], from: usize, (first, second): (u8, Option<u8>)) -> Option<usize> {
    let (loose, second) = (second.is_none(), second.unwrap_or_default());
    let hit = |(bar, a, b): (u8, u8, u8)| (bar == b'|') & (a == first) & (loose | (b == second));
    let mut at = from;
    while let Some(places) = list.get(at..).and_then(<[u8]>::first_chunk::<{ TOGETHER + 2 }>) {
        let places = |i: usize| (places[i], places[i + 1], places[i + 2]);
        if (0..TOGETHER).fold(false, |found, i| found | hit(places(i))) {
            return (0..TOGETHER).find(|&i| hit(places(i))).map(|i| at + i + 1);
        }
        at += TOGETHER;
    }
    (at..list.len().saturating_sub(1))
        .find(|&i| hit((list[i], list[i + 1], list.get(i + 2).copied().unwrap_or(b'|'))))
        .map(|i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_text() {
        let check = |list: &str, text: &str, want: &[&str]| {
            let got: Vec<&str> = beginning(list, text).collect();
            assert_eq!(got, want, "{text:?} in {list:?}");
        };
        check("a b|c|ab||é|a", "a x", &["a b", "ab", "a"]);
        check("a|é", "é", &["é"]);
        check("a|b", "", &[]);
        check("", "a", &[]);
        check("rise", "ripe", &["rise"]);
        check("rise", "rate", &[]);
        check("x|r", "ripe", &[]);
    }

    /// At every distance from the ends of what is looked at together.
    #[test]
    fn lists_of_any_length() {
        for before in 0..40 {
            for behind in 0..40 {
                let list = format!("{}|rise|{}|ripe", "x".repeat(before), "x".repeat(behind));
                assert!(beginning(&list, "rich").eq(["rise", "ripe"]), "{list}");
            }
        }
    }
}
