//! How far verdicts look: whether companies must be loaded for them.

use super::Context;
use crate::article::{Claim, Modality, definitions};
use crate::definition::{Definition, ParamKind};
use crate::metrics::find;
use crate::query::Reach;

/// How far the definitions look that verdicts on some claims may ask. What is expected or advised
/// is not held against the record.
pub fn reach(claims: &[Claim], context: Context<'_>) -> Reach {
    let judged = claims
        .iter()
        .filter(|claim| !matches!(claim.modality, Modality::Forecast | Modality::Opinion));
    judged.map(|claim| of_claim(claim, context)).max().unwrap_or_default()
}

fn of_claim(claim: &Claim, context: Context<'_>) -> Reach {
    let names = [Some(claim.metric), claim.definition].into_iter().flatten();
    let asked = names.filter_map(find).map(|metric| &metric.definition);
    let reach = |definition: &Definition| {
        // what a fold is of stands in the same sentence
        let inner = folds(definition).then(|| definitions(context.slice(claim.sentence)));
        let inner = inner.into_iter().flatten().map(Reach::of).max();
        Reach::of(definition).max(inner.unwrap_or_default())
    };
    asked.map(reach).max().unwrap_or_default()
}

fn folds(definition: &Definition) -> bool {
    let folded = [ParamKind::Query, ParamKind::Statistic, ParamKind::Condition];
    definition.params.iter().any(|param| folded.contains(&param.kind))
}
