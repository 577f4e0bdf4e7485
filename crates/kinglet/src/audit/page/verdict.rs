//! What a verdict looks like: a colour, a sign and a line, so that none of the three is needed.

/// How a verdict is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// Its name, which is also its class.
    pub(super) name: &'static str,
    /// The character that stands beside a claim.
    pub(super) glyph: char,
    /// What it says.
    pub(super) meaning: &'static str,
}

/// Every verdict, those that accuse first.
pub(super) const SIGNS: [Sign; 8] = [
    Sign { name: "contradicted", glyph: '\u{2717}', meaning: "the data give another figure" },
    Sign {
        name: "misdated",
        glyph: '\u{2194}',
        meaning: "right for another period than the stated one",
    },
    Sign {
        name: "inconsistent",
        glyph: '\u{2260}',
        meaning: "in conflict with another figure of the article",
    },
    Sign {
        name: "imprecise",
        glyph: '\u{2248}',
        meaning: "nearly right, or right on a basis that is not named",
    },
    Sign { name: "supported", glyph: '\u{2713}', meaning: "the data give the printed figure" },
    Sign { name: "unverifiable", glyph: '?', meaning: "the data cannot decide" },
    Sign { name: "forecast", glyph: '\u{2192}', meaning: "about the future" },
    Sign { name: "opinion", glyph: '\u{201c}', meaning: "advice or judgement" },
];

impl Sign {
    /// The sign of a verdict.
    pub(super) fn of(verdict: &str) -> Sign {
        let known = SIGNS.into_iter().find(|sign| sign.name == verdict);
        known.unwrap_or(Sign { name: "unverifiable", glyph: '?', meaning: "" })
    }
}

#[cfg(test)]
mod tests {
    use super::SIGNS;
    use kinglet_core::verdict::Verdict;

    #[test]
    fn every_verdict_has_a_sign_of_its_own() {
        for verdict in Verdict::ALL {
            let of = SIGNS.iter().filter(|sign| sign.name == verdict.name());
            assert_eq!(of.count(), 1, "{}", verdict.name());
        }
        for sign in SIGNS {
            assert_eq!(SIGNS.iter().filter(|s| s.glyph == sign.glyph).count(), 1, "{}", sign.name);
        }
    }
}
