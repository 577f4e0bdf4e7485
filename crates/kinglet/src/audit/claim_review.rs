//! Audits as ClaimReview of schema.org, in JSON-LD: for those who publish what they checked.
//!
//! Only claims that could be checked without assistance are reviewed. The vocabulary has no
//! word for a query and a version of the data; both stand in the data set on which the review is
//! based.
//! Reference: <https://schema.org/ClaimReview>.

use serde_json::{Value, json};

use super::{Audit, ClaimRecord, Comparison};

/// The reviews of all claims that were checked.
pub fn claim_review(all: &Comparison) -> Value {
    let reviews = all.articles.iter().flat_map(|audit| {
        audit
            .claims
            .iter()
            .filter(|c| c.is_checked() && !c.assisted)
            .map(move |claim| review(audit, claim))
    });
    json!({ "@context": "https://schema.org", "@graph": reviews.collect::<Vec<_>>() })
}

fn review(audit: &Audit, claim: &ClaimRecord) -> Value {
    json!({
        "@type": "ClaimReview",
        "claimReviewed": claim.quote,
        "reviewBody": format!("{}: {}.", claim.text, claim.reason),
        "reviewRating": rating(claim.verdict),
        "author": {
            "@type": "Organization",
            "name": "kinglet",
            "url": env!("CARGO_PKG_REPOSITORY"),
        },
        "itemReviewed": {
            "@type": "Claim",
            "text": claim.text,
            "datePublished": audit.article.published,
            "appearance": {
                "@type": "Article",
                "name": audit.article.path,
                "datePublished": audit.article.published,
                "identifier": format!("sha256:{}", audit.article.sha256),
            },
        },
        "isBasedOn": {
            "@type": "Dataset",
            "name": "kinglet data",
            "version": audit.data.version,
            "temporalCoverage": format!("../{}", audit.data.as_of),
            "description": claim.query.as_deref().unwrap_or("figures of the article itself"),
            "identifier": claim.evidence,
        },
    })
}

/// Five is right, one is wrong.
fn rating(verdict: &str) -> Value {
    let (value, name) = match verdict {
        "supported" => (5, "Supported"),
        "imprecise" => (4, "Imprecise"),
        "misdated" => (2, "Wrong period"),
        "inconsistent" => (2, "Inconsistent"),
        _ => (1, "Contradicted"),
    };
    json!({
        "@type": "Rating",
        "ratingValue": value,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": name,
    })
}

/// JSON that is safe between the tags of a script: nothing in it ends the element or the line.
pub fn embeddable(value: &Value) -> String {
    let mut out = String::new();
    for c in crate::wire::json(value).chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out += &format!("\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
