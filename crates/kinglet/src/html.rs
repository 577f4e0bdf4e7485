//! Pages that stand alone: one file, nothing from the network, and no text in it can become markup
//! or run.

pub(crate) mod report;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::render::plain::acts;

/// The colours of both themes.
pub(crate) const COLOURS: &str = include_str!("html/colours.css");
/// What every page looks like.
const BASE: &str = include_str!("html/base.css");

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its name, as text.
    pub(crate) title: String,
    /// What it looks like beyond the base.
    pub(crate) style: &'static str,
    /// What it does; empty for nothing.
    pub(crate) script: &'static str,
    /// What stands in `main`, as markup.
    pub(crate) body: String,
}

impl Document {
    /// The whole file. Its policy allows this style and this script, by their hashes, and nothing
    /// else: no other script, no request, no form, no frame.
    pub(crate) fn page(&self) -> String {
        let style = format!("\n{COLOURS}{BASE}{}", self.style);
        let script = match self.script {
            "" => String::new(),
            script => format!("<script>\n{script}</script>\n"),
        };
        let allowed = match self.script {
            "" => "'none'".to_owned(),
            script => hash(&format!("\n{script}")),
        };
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {allowed}; base-uri 'none'; \
             form-action 'none'",
            hash(&style)
        );
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{}</main>\n\
             {script}</body>\n</html>\n",
            escape(&self.title),
            self.body
        )
    }
}

/// What a policy calls a text: `'sha256-…'`.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Text as markup, in an element or between double quotes. Characters that no page may hold, and
/// those that turn the order of what follows, are shown by their number.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\r' => {}
            c if is_hidden(c) => out.push_str(&format!("\u{27e8}U+{:04X}\u{27e9}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

/// Controls, marks that turn the order of text, and code points that are no characters.
fn is_hidden(c: char) -> bool {
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe;
    c.is_control() || acts(c) || none
}

#[cfg(test)]
mod tests {
    use super::{COLOURS, escape, hash};

    /// `printf '' | openssl dgst -sha256 -binary | base64`
    #[test]
    fn hashes_as_policies_write_them() {
        assert_eq!(hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("a<b>&\"c\"\r\n"), "a&lt;b&gt;&amp;&quot;c&quot;\n");
        assert_eq!(escape("a\u{202e}b\0\u{7f}"), "a⟨U+202E⟩b⟨U+0000⟩⟨U+007F⟩");
    }

    /// Relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("hexadecimal");
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    /// WCAG asks for 4.5 between text and what is behind it.
    #[test]
    fn every_ink_can_be_read_in_both_themes() {
        for theme in COLOURS.split(":root {").skip(1) {
            let of = |name: &str| {
                let at = theme.find(&format!("{name}: #")).unwrap_or_else(|| panic!("{name}"));
                let start = at + name.len() + 2;
                theme[start..start + 7].to_owned()
            };
            let inks = [
                "--ink",
                "--quiet",
                "--link",
                "--first",
                "--second",
                "--supported",
                "--imprecise",
                "--misdated",
                "--contradicted",
                "--inconsistent",
                "--open",
            ];
            for paper in ["--paper", "--card", "--shade"] {
                for ink in inks {
                    let (a, b) = (luminance(&of(ink)), luminance(&of(paper)));
                    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(contrast >= 4.5, "{ink} on {paper}: {contrast}");
                }
            }
        }
    }
}
