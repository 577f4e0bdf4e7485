//! The strategic implication: what policies come to on these data. Core knows no solver; whoever
//! ran the policies hands in their results.

use super::draft::Draft;
use super::plot::{Chart, Frontier, Plot};
use super::words::{capital, date_in_words};
use super::{Block, Bullet, Figure, Form, Prose, Section, Sense, Source, Table, prose};
use crate::answer::{Answer, Outcome};
use crate::quantity::Quantity;

/// What a policy came to.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyResult {
    /// The policy: `us-equity-tilt`.
    pub name: String,
    /// What one would call it.
    pub title: String,
    /// What it may hold, in the order of its weights.
    pub assets: Vec<String>,
    /// Why each of its views is held.
    pub views: Vec<String>,
    /// Places of the result, as JSON pointers into `kinglet.allocation/1`, with their values.
    pub values: Vec<(String, Quantity)>,
    /// What could be had under the same constraints.
    pub frontier: Frontier,
    /// Hash of all that it follows from.
    pub evidence: String,
}

/// What stands for the small side in policies, and for the large one.
const SMALL: [&str; 2] = ["IWM", "VBR"];
const LARGE: &str = "SPY";

impl PolicyResult {
    /// The value at a place of the result.
    pub fn value(&self, pointer: &str) -> Option<Quantity> {
        self.values.iter().find(|(place, _)| place == pointer).map(|(_, quantity)| *quantity)
    }

    fn figure(&self, draft: &Draft<'_>, pointer: String, form: Form) -> Option<Figure> {
        let quantity = self.value(&pointer)?;
        let answer = Answer {
            query: format!("allocate {} {pointer}", self.name),
            result: Ok(Outcome::bare(quantity)),
            spelling: quantity.unit.spelling(),
            data: draft.evaluator().view().data(),
            definition: None,
            evidence: self.evidence.clone(),
        };
        Figure::new(Source::Policy { name: self.name.clone(), pointer }, form, answer)
    }

    fn of_asset(&self, draft: &Draft<'_>, asset: &str, field: &str) -> Option<Figure> {
        let at = self.assets.iter().position(|held| held == asset)?;
        self.figure(draft, format!("/weights/{at}/{field}"), Form::short(1))
    }

    /// What it holds for the small side.
    fn small(&self) -> Option<&str> {
        let held = SMALL.iter().find(|asset| self.assets.iter().any(|held| held == *asset));
        held.copied()
    }

    fn called(&self) -> String {
        called(&self.title)
    }
}

/// The title of a policy without the figures in it, which are the policy's own.
pub(super) fn called(title: &str) -> String {
    let words = title.split_whitespace();
    let words: Vec<&str> =
        words.filter(|word| !word.contains(|c: char| c.is_ascii_digit())).collect();
    capital(&words.join(" "))
}

/// The section.
pub(super) fn section(
    draft: &Draft<'_>,
    policies: &[PolicyResult],
    charts: &mut Vec<Chart>,
) -> Section {
    let table = table(draft, policies);
    if table.rows.is_empty() {
        return Section::of(ID, HEADING, Vec::new());
    }
    let text = format!(
        "A policy turns estimates, limits and the lenses that it listens to into weights. Run on \
         the data to {}, these policies hold the following; nobody held it, and no cost is \
         taken off.",
        date_in_words(draft.today())
    );
    let views = policies.iter().filter_map(|policy| views(draft, policy)).collect();
    let mut blocks = vec![Block::Paragraph(text.into()), Block::Table(table)];
    let frontier = first(policies).and_then(|policy| frontier(draft, policy));
    blocks.extend(frontier.iter().map(|chart| Block::Chart(chart.id.clone())));
    charts.extend(frontier);
    blocks.push(Block::Bullets(views));
    Section::of(ID, HEADING, blocks)
}

/// The policy with views, or else the first.
fn first(policies: &[PolicyResult]) -> Option<&PolicyResult> {
    policies.iter().find(|policy| !policy.views.is_empty()).or(policies.first())
}

/// What could be had under the constraints of a policy, and what it holds.
fn frontier(draft: &Draft<'_>, policy: &PolicyResult) -> Option<Chart> {
    if policy.frontier.points.len() < 2 {
        return None;
    }
    let figure = |field: &str| policy.figure(draft, format!("/{field}"), Form::digits(1));
    let (expected, volatility) = (figure("expected_return")?, figure("volatility")?);
    Some(Chart {
        id: "frontier".to_owned(),
        title: format!("What can be had under \u{201c}{}\u{201d}", policy.called()),
        caption: "The least volatility for each expected return under the constraints of the \
                  policy, its weights, and each asset by itself; percent a year, estimated from \
                  the past and not promised."
            .to_owned(),
        alternative: prose![
            "A line that rises from the least risk to the largest return, with the assets beside \
             it. The weights of the policy stand at an expected return of ",
            expected,
            " and a volatility of ",
            volatility,
            "."
        ],
        queries: vec![format!("allocate {} /frontier", policy.name)],
        plot: Plot::Frontier(policy.frontier.clone()),
    })
}

const ID: &str = "implication";
const HEADING: &str = "Strategic implication";

/// The policy with views, or else the first, in one sentence.
pub(super) fn in_brief(draft: &Draft<'_>, policies: &[PolicyResult]) -> Prose {
    let sentence = first(policies).and_then(|policy| {
        let small = policy.small()?;
        let weight = policy.of_asset(draft, small, "weight")?;
        let risk = policy.of_asset(draft, small, "risk_share")?;
        Some(prose![
            format!("The policy \u{201c}{}\u{201d} holds ", policy.called()),
            weight,
            format!(" in {small}, with a risk share of "),
            risk,
            "."
        ])
    });
    sentence.unwrap_or_default()
}

fn table(draft: &Draft<'_>, policies: &[PolicyResult]) -> Table {
    let columns = ["Policy", "Small companies", "SPY", "Expected return"];
    let row = |policy: &PolicyResult| {
        let held = |asset: &str| {
            let weight = policy.of_asset(draft, asset, "weight")?;
            let risk = policy.of_asset(draft, asset, "risk_share")?;
            Some(prose!["a weight of ", weight, ", a risk share of ", risk])
        };
        let whole = |field: &str| policy.figure(draft, format!("/{field}"), Form::short(1));
        let (expected, volatility) = (whole("expected_return")?, whole("volatility")?);
        Some(vec![
            policy.called().into(),
            held(policy.small()?)?,
            held(LARGE).unwrap_or_default(),
            prose!["an expected ", expected, " at a volatility of ", volatility],
        ])
    };
    Table {
        caption: "What policies hold".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: policies.iter().filter_map(row).collect(),
    }
}

/// What the views of a policy moved.
fn views(draft: &Draft<'_>, policy: &PolicyResult) -> Option<Bullet> {
    let small = policy.small()?;
    let mut text = Prose::default();
    for (at, because) in policy.views.iter().enumerate() {
        let moved = |asset: &str| {
            let form = Form::digits(2).sense(Sense::Signed);
            policy.figure(draft, format!("/views/{at}/moved/{asset}"), form)
        };
        if let (Some(of_small), Some(of_large)) = (moved(small), moved(LARGE)) {
            text.sentence(prose![
                format!("Since {because}, the expected return of {small} moved by "),
                of_small,
                format!(" a year and that of {LARGE} by "),
                of_large,
                "."
            ]);
        }
    }
    (!text.is_empty()).then(|| Bullet { lead: policy.called(), prose: text })
}
