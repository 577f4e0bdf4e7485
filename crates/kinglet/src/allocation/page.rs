//! An allocation as one page: the weights, the risk, the frontier, the views, every constraint.

use kinglet_core::note::{Frontier, Plot, Weights};
use serde_json::Value;

use crate::html::report::{STYLE, figure, table};
use crate::html::{Document, escape};
use crate::wire::{AllocationRecord, CheckRecord, ViewRecord, WeightRecord};

/// So many weights are drawn; the table has all.
const BARS_MAX: usize = 30;
/// A gap that counts as none.
const EXACT: f64 = 1e-8;

/// What a reader must know of all weights that follow from a record.
const CAVEAT: &str = "These weights follow from estimates on past returns, before costs and taxes \
    unless a constraint says so. What they would have earned is hypothetical; past returns do not \
    tell future ones. This is not investment advice.";

/// The whole page.
pub fn page(record: &AllocationRecord) -> String {
    let title = record.title.clone().unwrap_or_else(|| format!("Weights: {}", record.objective));
    let sharpe = record.sharpe.as_f64();
    let standfirst = format!(
        "Expected return {} a year, volatility {}, {}.",
        percent(&record.expected_return),
        percent(&record.volatility),
        sharpe.map_or_else(|| "no Sharpe ratio".into(), |ratio| format!("Sharpe ratio {ratio:.2}"))
    );
    let mut body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"standfirst\">{standfirst}</p>\n</header>\n{}",
        escape(&title),
        asked(record)
    );
    body += &weights(record);
    body += &frontier(record);
    body += &views(&record.views);
    body += &checks(&record.checks);
    body += &notes(record);
    Document { title, style: STYLE, script: "", body }.page()
}

fn of(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

/// A fraction in percent, with a minus.
fn percent(value: &Value) -> String {
    if value.is_null() {
        return "none".to_owned();
    }
    let text = format!("{:.2}", 100.0 * of(value));
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    let text = if is_zero { text.trim_start_matches('-') } else { &text };
    format!("{}%", text.replace('-', "\u{2212}"))
}

fn figure_of(value: &Value) -> String {
    let value = if of(value).abs() < 5e-7 { 0.0 } else { of(value) };
    format!("{value:.6}").replace('-', "\u{2212}")
}

/// The value of the objective in its unit.
fn value(record: &AllocationRecord) -> String {
    match record.unit {
        "per_year" => format!("{} a year", percent(&record.value)),
        "per_period" => format!("{} of a period", percent(&record.value)),
        _ => figure_of(&record.value),
    }
}

fn asked(record: &AllocationRecord) -> String {
    let alpha = record.alpha.map(|alpha| format!(" of the worst {}", percent(&alpha.into())));
    let certificate = &record.certificate;
    let estimate = &record.estimate;
    let shrinkage = estimate.shrinkage.as_ref().map(|s| format!(", shrunk by {}", percent(s)));
    let aversion = estimate.risk_aversion.as_ref();
    let aversion = aversion.map(|a| format!(" at a risk aversion of {:.3}", of(a)));
    let made = &certificate.method;
    let bound = figure_of(&certificate.dual);
    let proof = match record.by_rule {
        true => made.to_string(),
        false if of(&certificate.gap) <= EXACT => {
            format!("{made}: none better than {bound}; gap below {EXACT:e}")
        }
        false => format!("{made}: none better than {bound}; gap {:.0e}", of(&certificate.gap)),
    };
    let pairs = [
        ("objective", format!("{}{}", escape(&record.objective), alpha.unwrap_or_default())),
        ("value", value(record)),
        (
            "from",
            format!(
                "{}: {} assets, {} periods from {} to {}, {} a year",
                escape(&estimate.file),
                estimate.assets,
                estimate.periods,
                escape(&estimate.first),
                escape(&estimate.last),
                estimate.periods_per_year
            ),
        ),
        (
            "estimates",
            format!(
                "{} returns{}, {} covariance{}",
                escape(&estimate.mean),
                aversion.unwrap_or_default(),
                escape(&estimate.covariance),
                shrinkage.unwrap_or_default()
            ),
        ),
        (if record.by_rule { "rule" } else { "proof" }, proof),
    ];
    let pairs = pairs.iter().map(|(name, text)| format!("<dt>{name}</dt><dd>{text}</dd>\n"));
    let notices = estimate.notices.iter().map(|n| format!("<li>{}</li>\n", escape(&n.text)));
    let notices: String = notices.collect();
    let notices = match notices.is_empty() {
        true => notices,
        false => format!("<ul class=\"warnings\">\n{notices}</ul>\n"),
    };
    format!("<dl>\n{}</dl>\n{notices}", pairs.collect::<String>())
}

fn weights(record: &AllocationRecord) -> String {
    let mut held: Vec<&WeightRecord> =
        record.weights.iter().filter(|weight| of(&weight.weight).abs() > 5e-6).collect();
    held.sort_by(|a, b| of(&b.weight).total_cmp(&of(&a.weight)));
    let bar = |weight: &&WeightRecord| {
        (weight.asset.clone(), 100.0 * of(&weight.weight), 100.0 * of(&weight.risk_share))
    };
    let bars = Weights { rows: held.iter().take(BARS_MAX).map(bar).collect() };
    let caption = match held.len() > BARS_MAX {
        true => {
            "The largest weights, and what share of the variance each brings; the table has all."
        }
        false => "Each weight, and what share of the variance it brings.",
    };
    let row = |weight: &&WeightRecord| {
        let now = weight.current.as_ref().map(percent);
        let cells = [
            Some(escape(&weight.asset)),
            Some(percent(&weight.weight)),
            now,
            Some(percent(&weight.expected_return)),
            Some(percent(&weight.volatility)),
            Some(percent(&weight.risk_share)),
        ];
        cells.into_iter().flatten().collect()
    };
    let has_now = record.weights.iter().any(|weight| weight.current.is_some());
    let rows: Vec<Vec<String>> = held.iter().map(row).collect();
    let mut heads = vec!["asset", "weight", "return", "volatility", "of the risk"];
    if has_now {
        heads.insert(2, "now");
    }
    let drawn = figure("Weights and risk", caption, &Plot::Weights(bars));
    format!("<h2>Weights</h2>\n{drawn}{}", table("All that is held", &heads, &rows))
}

fn frontier(record: &AllocationRecord) -> String {
    if record.frontier.is_empty() {
        return String::new();
    }
    let caption = "The least risk for each expected return under the same constraints; each asset \
                   by itself, and these weights.";
    figure("What can be had", caption, &Plot::Frontier(possible(record)))
}

/// The frontier of a record as it is drawn, in percent.
pub(crate) fn possible(record: &AllocationRecord) -> Frontier {
    let place =
        |volatility: &Value, expected: &Value| (100.0 * of(volatility), 100.0 * of(expected));
    let points = record.frontier.iter().map(|p| place(&p.volatility, &p.expected_return));
    let asset = |w: &WeightRecord| {
        let (across, upward) = place(&w.volatility, &w.expected_return);
        (w.asset.clone(), across, upward)
    };
    Frontier {
        points: points.collect(),
        assets: record.weights.iter().map(asset).collect(),
        chosen: place(&record.volatility, &record.expected_return),
    }
}

fn views(views: &[ViewRecord]) -> String {
    if views.is_empty() {
        return String::new();
    }
    let row = |view: &ViewRecord| {
        let mut moved: Vec<(&String, f64)> =
            view.moved.iter().map(|(asset, by)| (asset, of(by))).collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        moved.retain(|(_, by)| by.abs() >= 5e-5);
        let by = |by: f64| if by < 0.0 { "" } else { "+" }.to_owned() + &percent(&by.into());
        let moved = moved.iter().take(4);
        let moved = moved.map(|(asset, change)| format!("{} {}", escape(asset), by(*change)));
        // Under the view, for a column of its own would not wrap on a phone.
        let moved = match moved.collect::<Vec<String>>().join(", ") {
            none if none.is_empty() => "it moved nothing".to_owned(),
            moved => format!("moved {moved}"),
        };
        let view_of = format!("{}<br>{moved}", escape(&view.view));
        vec![view_of, percent(&view.expected), percent(&view.blended)]
    };
    let rows: Vec<Vec<String>> = views.iter().map(row).collect();
    let heads = ["view", "before", "with all views"];
    format!("<h2>Views</h2>\n{}", table("What each view moved, a year", &heads, &rows))
}

fn checks(checks: &[CheckRecord]) -> String {
    let row = |check: &CheckRecord| {
        let holds = if check.holds { "yes" } else { "<strong>no</strong>" };
        vec![
            escape(&check.constraint),
            figure_of(&check.value),
            figure_of(&check.slack),
            holds.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = checks.iter().map(row).collect();
    let heads = ["constraint", "value", "slack", "holds"];
    format!("<h2>Constraints</h2>\n{}", table("Each is checked on the weights", &heads, &rows))
}

fn notes(record: &AllocationRecord) -> String {
    let evidence = record.evidence.iter();
    let evidence = evidence.map(|e| format!("<p><code>{}</code></p>\n", escape(e)));
    format!(
        "<footer>\n{}<p>Returns and volatilities are of a year, expected from the past and not \
         promised. Cash at {}.</p>\n<p>{CAVEAT}</p>\n</footer>\n",
        evidence.collect::<String>(),
        percent(&record.risk_free)
    )
}
