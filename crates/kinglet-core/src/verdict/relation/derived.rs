//! Figures that are worked out of two others beside them: a discount, a spread.

use super::{REACH, Relation, RelationKind, gap, half, is_plain};
use crate::article::Claim;

/// The two claims nearest to another that satisfy a condition, if they stand near.
fn pair<'c>(
    claims: &'c [Claim],
    from: &Claim,
    wanted: impl Fn(&Claim) -> bool,
) -> Option<[(usize, &'c Claim); 2]> {
    let near = |(_, c): &(usize, &Claim)| c.span != from.span && gap(c, from) <= REACH && wanted(c);
    let mut found: Vec<_> = claims.iter().enumerate().filter(near).collect();
    found.sort_by_key(|(_, c)| gap(c, from));
    match found.as_slice() {
        [a, b, ..] => Some([*a, *b]),
        _ => None,
    }
}

/// How far one multiple is below another: 12.1 against 18.8 is 35.6% less. The higher one may as
/// well be said to be above the lower.
pub(super) fn discounts(claims: &[Claim]) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, discount) in claims.iter().enumerate() {
        let stated = discount.metric == "pe_discount" && discount.unit == "percent";
        // "a discount of 29%, against an average of 6%": the first is that of the multiples
        let second = claims.iter().any(|c| {
            c.metric == "pe_discount"
                && c.sentence == discount.sentence
                && c.span.start < discount.span.start
        });
        if !stated || second || !is_plain(discount) {
            continue;
        }
        let multiple = |c: &Claim| {
            matches!(c.metric, "pe_forward" | "pe_trailing")
                && (c.sentence == discount.sentence || c.span.end <= discount.span.start)
                && gap(c, discount) <= REACH
                && is_plain(c)
        };
        let Some([(j, a), (k, b)]) = pair(claims, discount, multiple) else { continue };
        let two = claims.iter().filter(|c| multiple(c)).count() == 2;
        let (low, high) = if a.value < b.value { (a, b) } else { (b, a) };
        if !two || a.entity == b.entity || a.metric != b.metric || low.value <= 0.0 {
            continue;
        }
        let ends =
            |x: f64| [(low.value + x) / (high.value - x), (low.value - x) / (high.value + x)];
        let margin = half(low).max(half(high));
        let below = ends(margin).map(|share| 100.0 * (1.0 - share));
        let above = ends(margin).map(|share| 100.0 * (1.0 / share - 1.0));
        let printed = discount.value.abs();
        let fits = |[from, to]: [f64; 2]| {
            let allowed = 2.0 * half(discount) + 1e-9;
            from.min(to) - allowed <= printed && printed <= from.max(to) + allowed
        };
        let statement = format!(
            "{} is {:.1}% below {}, printed {}",
            low.printed.text,
            100.0 * (1.0 - low.value / high.value),
            high.printed.text,
            discount.printed.text
        );
        let holds = fits(below) || fits(above);
        found.push(Relation {
            kind: RelationKind::Discount,
            claims: vec![i, j, k],
            holds,
            statement,
        });
    }
    found
}

/// The difference of two returns of one sentence and period.
pub(super) fn spreads(claims: &[Claim]) -> Vec<Relation> {
    let mut found = Vec::new();
    for (i, spread) in claims.iter().enumerate() {
        let Some(versus) = spread.versus.as_deref().filter(|_| spread.metric == "return_spread")
        else {
            continue;
        };
        if !is_plain(spread) {
            continue;
        }
        let of = |entity: &str| {
            let side = |c: &&Claim| {
                c.metric == "return"
                    && c.unit == "percent"
                    && c.entity == entity
                    && (c.sentence == spread.sentence || c.span.end <= spread.span.start)
                    && gap(c, spread) <= REACH
                    && c.period == spread.period
                    && (c.basis == spread.basis || spread.basis.is_none())
                    && is_plain(c)
            };
            let index = claims.iter().position(|c| side(&c))?;
            (claims.iter().filter(side).count() == 1).then(|| (index, &claims[index]))
        };
        let (Some((j, a)), Some((k, b))) = (of(&spread.entity), of(versus)) else { continue };
        let implied = (a.value - b.value).abs();
        let printed =
            if spread.unit == "basis_points" { spread.value / 100.0 } else { spread.value };
        let step = if spread.unit == "basis_points" { half(spread) / 100.0 } else { half(spread) };
        let allowed = half(a) + half(b) + 2.0 * step + 1e-9;
        let holds = (implied - printed.abs()).abs() <= allowed;
        let statement = format!(
            "{} and {} are {implied:.2} percentage points apart, printed {}",
            a.printed.text, b.printed.text, spread.printed.text
        );
        found.push(Relation {
            kind: RelationKind::Spread,
            claims: vec![i, j, k],
            holds,
            statement,
        });
    }
    found
}
