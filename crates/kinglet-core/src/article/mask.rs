//! Parts of a text that are no prose: addresses, citation marks and the titles glued to them,
//! ticker tags. They are blanked out byte for byte, so that offsets stay those of the article.

/// The text with everything that is no prose replaced by spaces, of the same length in bytes.
pub(super) fn mask(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    addresses(text, &mut bytes);
    citations(text, &mut bytes);
    ticker_tags(text, &mut bytes);
    note_marks(text, &mut bytes);
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn blank(bytes: &mut [u8], start: usize, end: usize) {
    bytes[start..end].fill(b' ');
}

/// `https://…`, `www.…` up to white space or a closing bracket.
fn addresses(text: &str, bytes: &mut [u8]) {
    // to look whether there is one is quicker than to look where
    for mark in ["http://", "https://", "www."].into_iter().filter(|mark| text.contains(mark)) {
        let mut done = 0;
        for (start, _) in text.match_indices(mark) {
            // an address may hold others
            if start < done {
                continue;
            }
            let tail = &text[start..];
            let length = tail.find(|c: char| c.is_whitespace() || ")]>\"".contains(c));
            done = start + length.unwrap_or(tail.len());
            blank(bytes, start, done);
        }
    }
}

/// `[3]`, `[1, 2]`, with the title of the source where it is glued to the word before.
fn citations(text: &str, bytes: &mut [u8]) {
    let mut done = 0;
    for (start, _) in text.match_indices('[') {
        let Some(length) = citation(&text[start..]) else { continue };
        let from = glued_title(text, done, start).unwrap_or(start);
        done = start + length;
        blank(bytes, from, done);
    }
}

/// The length of a citation mark at the start of a text.
fn citation(text: &str) -> Option<usize> {
    let end = text.as_bytes().iter().take(24).position(|&b| b == b']')?;
    let inside = &text[1..end];
    let number = |part: &str| {
        let part = part.trim();
        (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    inside.split([',', '-', '–']).all(number).then_some(end + 1)
}

/// Where the title of a source begins that stands between the text and its mark without a space:
/// `… a single sessionSmall Caps Hit All-Time Highs[1]`.
fn glued_title(text: &str, from: usize, mark: usize) -> Option<usize> {
    const REACH: usize = 300;
    let from = (from.max(mark.saturating_sub(REACH))..=mark).find(|&i| text.is_char_boundary(i))?;
    let window = &text[from..mark];
    let mut before = ' ';
    for (i, c) in window.char_indices() {
        let seam = (before.is_lowercase() || ")%.’'\"”".contains(before)) && c.is_uppercase()
            || before == '%' && c.is_ascii_digit();
        if seam && is_title(&window[i..]) {
            return Some(from + i);
        }
        before = c;
    }
    None
}

/// Several words, most of them capitalised, as in English titles.
fn is_title(text: &str) -> bool {
    let long = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let words: Vec<&str> = text.split_whitespace().filter(long).collect();
    let capital = |w: &&&str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    text.split_whitespace().count() >= 2 && capitals * 4 >= words.len() * 3
}

/// `7.1%¹`, `2,366.42²`: the raised mark of a note behind a figure.
fn note_marks(text: &str, bytes: &mut [u8]) {
    let raised = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '†' | '‡');
    if text.is_ascii() {
        return;
    }
    let mut before = ' ';
    for (start, c) in text.char_indices() {
        if raised(c) && (before.is_ascii_digit() || matches!(before, '%' | ')')) {
            blank(bytes, start, start + c.len_utf8());
        } else {
            before = c;
        }
    }
}

/// `MorningstarMORN--`: the ticker that a feed glues to a company's name.
fn ticker_tags(text: &str, bytes: &mut [u8]) {
    let raw = text.as_bytes();
    if !text.contains("--") {
        return;
    }
    for (dashes, _) in text.match_indices("--") {
        let letters = raw[..dashes].iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
        let before = dashes.checked_sub(letters + 1).map(|i| raw[i]);
        let glued = before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let run = &raw[dashes - letters..dashes];
        let doubled = letters % 2 == 0 && letters > 0 && run[..letters / 2] == run[letters / 2..];
        if (1..=5).contains(&letters) && glued {
            blank(bytes, dashes - letters, dashes + 2);
        } else if doubled && !glued {
            blank(bytes, dashes - letters / 2, dashes + 2);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_prose_is_left() {
        let check = |text: &str, want: &str| {
            let got = mask(text);
            assert_eq!(got.len(), text.len());
            assert_eq!(got.split_whitespace().collect::<Vec<_>>().join(" "), want);
        };
        check("cut rates [3].", "cut rates .");
        check("range of [13.65, 17.15] [5].", "range of [13.65, 17.15] .");
        check(
            "a 2.42% surge in a sessionSmall Caps Hit Highs: 8 Stocks to Buy[1]. Next",
            "a 2.42% surge in a session . Next",
        );
        check("growth at 2.0%2025 Annual Outlook | Some House[4]", "growth at 2.0%");
        check(
            "PyPort and MyTool help investors balance[2]",
            "PyPort and MyTool help investors balance",
        );
        check("as BarclaysBCS-- noted", "as Barclays noted");
        check("ETFs like IWMIWM-- rose", "ETFs like IWM rose");
        check("see https://x.org/2,000 now", "see now");
        check("see http://a.org/www.b.org/2% now (www.c.org)", "see now ( )");
        check("rose 7.1%¹ to 2,366.42²³ (est.)†", "rose 7.1% to 2,366.42 (est.)");
        check("é[é] ]", "é[é] ]");
    }
}
