//! Sentences in many styles, with the slots of their claims but the period: what is claimed about
//! what. Published on Friday, 2025-10-31.

mod counts;
mod entities;
mod measures;
mod moods;

use kinglet_core::article::{self, Claim};

/// `2.6% RUT vs SPX return_spread 2.6%`, with a comparator other than `eq` and a modality other
/// than `asserted` behind; units are shortened.
fn line(claim: &Claim) -> String {
    let versus = claim.versus.as_ref().map(|v| format!(" vs {v}")).unwrap_or_default();
    let unit = match claim.unit {
        "percent" => "%",
        "percentage_points" => " pp",
        "basis_points" => " bp",
        "index_points" => " pt",
        unit => &format!(" {unit}"),
    };
    let Claim { entity, metric, value, printed, .. } = claim;
    let value = (value * 1e6).round() / 1e6;
    let mut out = format!("{} {entity}{versus} {metric} {value}{unit}", printed.text);
    for word in [claim.comparator.name(), claim.modality.name()] {
        if !matches!(word, "eq" | "asserted") {
            out += " ";
            out += word;
        }
    }
    out
}

/// Checks a table of texts with the claims of each; all that differ are shown.
fn check(table: &[(&str, &[&str])]) {
    let published = "2025-10-31".parse().ok();
    let mut wrong = String::new();
    for (text, want) in table {
        let got: Vec<String> = article::read(text, published).claims.iter().map(line).collect();
        if got != *want {
            wrong += &format!("{text}\n  want {want:?}\n  got  {got:?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
