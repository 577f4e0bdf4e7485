//! Weights at 80 columns: what they are, what is expected of them, how it is known that none are
//! better, and every constraint with its slack.

use kinglet::allocation::{COVARIANCES, MEANS, Objective};
use kinglet::wire::{AllocationRecord, CheckRecord, SharesRecord, ViewRecord, WeightRecord};
use serde_json::Value;

use crate::terminal::{BAD, FAINT, GOOD, STRONG, WIDTH, styled};
use crate::text::labelled;

/// More weights, checks or points than these are cut.
const LINES_MAX: usize = 30;
/// A gap or a residual that counts as none.
const EXACT: f64 = 1e-8;
/// A distance to the bound, as a part of the value, that says that something better may exist.
const OPEN: f64 = 1e-4;
/// What is said where there is no value.
const NONE: &str = "none";
/// A weight that is shown as zero.
const NOTHING: f64 = 5e-6;

/// All names that can be asked for.
pub(super) fn names() -> String {
    let list = |title: &str, names: &[&str]| {
        format!("{}\n{}", styled(STRONG, title), labelled("", &names.join(", ")))
    };
    list("Objectives", Objective::NAMES)
        + &list("Expected returns", MEANS)
        + &list("Covariances", COVARIANCES)
}

/// The whole text.
pub(crate) fn allocation(record: &AllocationRecord) -> String {
    let alpha = record.alpha.map_or(String::new(), |alpha| format!(" (worst {})", share(alpha)));
    let asked = format!("{}{alpha}", record.objective);
    let head =
        record.title.as_ref().map_or_else(|| asked.clone(), |title| format!("{title}: {asked}"));
    let mut text = format!("{}\n\n", styled(STRONG, head));
    text += &labelled("value", &value(record));
    let (expected, volatility) = (percent(&record.expected_return), percent(&record.volatility));
    let (sharpe, cash) = (figure(&record.sharpe), percent(&record.risk_free));
    text += &labelled(
        "expects",
        &format!("{expected} a year, volatility {volatility}, Sharpe {sharpe} (cash at {cash})"),
    );
    text += &estimate(record);
    text += &certificate(record);
    text += &weights(&record.weights);
    text += &views(&record.views);
    text += &checks(&record.checks);
    text += &record.shares.as_ref().map_or_else(String::new, shares);
    text += &frontier(record);
    text + &evidence(&record.evidence)
}

fn heading(title: &str) -> String {
    format!("\n{}\n", styled(STRONG, title))
}

fn of(value: &Value) -> f64 {
    value.as_f64().unwrap_or_default()
}

fn percent(value: &Value) -> String {
    if value.is_null() {
        return NONE.to_owned();
    }
    let text = format!("{:.2}", 100.0 * of(value));
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    format!("{}%", if is_zero { text.trim_start_matches('-') } else { &text })
}

fn share(value: f64) -> String {
    percent(&Value::from(value)).replace(".00%", "%")
}

/// A number without a unit, to four significant digits.
fn figure(value: &Value) -> String {
    if value.is_null() {
        return NONE.to_owned();
    }
    let value = of(value);
    let digits = (3 - value.abs().max(1e-9).log10().floor() as i32).clamp(0, 9) as usize;
    format!("{value:.digits$}")
}

/// The value of the objective in its unit.
fn value(record: &AllocationRecord) -> String {
    match record.unit {
        "per_year" => format!("{} a year", percent(&record.value)),
        "per_period" => format!("{} of a period", percent(&record.value)),
        _ => figure(&record.value),
    }
}

fn estimate(record: &AllocationRecord) -> String {
    let estimate = &record.estimate;
    let mut text = labelled(
        "from",
        &format!(
            "{}: {} assets, {} periods from {} to {}, {} a year",
            estimate.file,
            estimate.assets,
            estimate.periods,
            estimate.first,
            estimate.last,
            estimate.periods_per_year
        ),
    );
    let shrinkage = estimate.shrinkage.as_ref();
    let shrinkage = shrinkage.map_or(String::new(), |s| format!(" (shrunk by {})", percent(s)));
    let aversion = estimate.risk_aversion.as_ref();
    let aversion = aversion.map_or(String::new(), |a| format!(" (risk aversion {})", figure(a)));
    let (mean, covariance) = (&estimate.mean, &estimate.covariance);
    text += &labelled(
        "estimate",
        &format!("{mean} returns{aversion}, {covariance} covariance{shrinkage}"),
    );
    if estimate.periods_left_out > 0 {
        let lacking = estimate.missing.iter().map(|m| format!("{} {}", m.asset, m.periods));
        let lacking: Vec<String> = lacking.collect();
        let text_of = format!(
            "{} periods left out for missing values: {}",
            estimate.periods_left_out,
            lacking.join(", ")
        );
        text += &labelled("notice", &text_of);
    }
    for notice in &estimate.notices {
        text += &labelled("notice", &notice.text);
    }
    text
}

fn certificate(record: &AllocationRecord) -> String {
    let certificate = &record.certificate;
    // How many steps it took depends on the machine, too; JSON has them.
    let made = certificate.method;
    if record.by_rule {
        return labelled("rule", made);
    }
    let (primal, dual) = (of(&certificate.primal), of(&certificate.dual));
    let short = (primal - dual).abs() / primal.abs().max(f64::MIN_POSITIVE);
    // Of an objective of zero any distance is all of it.
    if short > OPEN && of(&certificate.gap) > EXACT {
        let (bound, short) = (figure(&certificate.dual), share(short));
        let stopped = format!("{made}: stopped at a gap of {short}; none better than {bound}");
        return labelled("proof", &stopped);
    }
    let residual = of(&certificate.residual_primal).max(of(&certificate.residual_dual));
    let (bound, off) = (figure(&certificate.dual), residual.max(of(&certificate.gap)));
    // What is as exact as this differs in its last digits from machine to machine.
    let off = if off < EXACT { format!("below {EXACT:.0e}") } else { format!("{off:.0e}") };
    labelled("proof", &format!("{made}: none better than {bound}; gap and residuals {off}"))
}

fn weights(weights: &[WeightRecord]) -> String {
    let mut held: Vec<&WeightRecord> =
        weights.iter().filter(|weight| of(&weight.weight).abs() > NOTHING).collect();
    held.sort_by(|a, b| of(&b.weight).total_cmp(&of(&a.weight)));
    let width = held.iter().map(|weight| weight.asset.chars().count()).max().unwrap_or(0).max(5);
    let has_current = weights.iter().any(|weight| weight.current.is_some());
    let now = if has_current { format!("{:>10}", "now") } else { String::new() };
    let head = format!(
        "  {:width$}{:>10}{now}{:>12}{:>12}{:>12}",
        "asset", "weight", "return", "volatility", "of the risk"
    );
    let mut text = heading("Weights") + &format!("{}\n", styled(FAINT, head));
    for weight in held.iter().take(LINES_MAX) {
        let now =
            weight.current.as_ref().map_or(String::new(), |now| format!("{:>10}", percent(now)));
        text += &format!(
            "  {:width$}{:>10}{now}{:>12}{:>12}{:>12}\n",
            weight.asset,
            percent(&weight.weight),
            percent(&weight.expected_return),
            percent(&weight.volatility),
            percent(&weight.risk_share)
        );
    }
    text += &more(held.len(), "weights");
    let none = weights.len() - held.len();
    if none > 0 {
        let held = if none == 1 { "asset is not held" } else { "assets are not held" };
        text += &format!("  {}\n", styled(FAINT, format!("{none} {held}")));
    }
    text
}

fn more(count: usize, what: &str) -> String {
    match count.saturating_sub(LINES_MAX) {
        0 => String::new(),
        hidden => format!("  … {hidden} more {what}; --format json has them all\n"),
    }
}

fn views(views: &[ViewRecord]) -> String {
    if views.is_empty() {
        return String::new();
    }
    let mut text = heading("Views");
    for view in views {
        text += &labelled("view", &view.view);
        let (before, after) = (percent(&view.expected), percent(&view.blended));
        text += &labelled("", &format!("expected {before} before, {after} with all views"));
        let mut moved: Vec<(&String, f64)> =
            view.moved.iter().map(|(asset, by)| (asset, of(by))).collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        moved.retain(|(_, by)| by.abs() >= 5e-5);
        let moved = moved.iter().take(6).map(|(asset, by)| format!("{asset} {:+.2}%", 100.0 * by));
        let moved = moved.collect::<Vec<String>>().join(", ");
        text += &labelled("moved", if moved.is_empty() { "nothing" } else { &moved });
    }
    text
}

fn checks(checks: &[CheckRecord]) -> String {
    let names = checks.iter().map(|check| check.constraint.chars().count());
    let width = names.max().unwrap_or(0).clamp(10, WIDTH - 38);
    let head = format!("  {:width$}{:>12}{:>12}  {}", "constraint", "value", "slack", "holds");
    let mut text = heading("Constraints") + &format!("{}\n", styled(FAINT, head));
    let mut order: Vec<&CheckRecord> = checks.iter().collect();
    if order.len() > LINES_MAX {
        order.sort_by(|a, b| of(&a.slack).total_cmp(&of(&b.slack)));
    }
    for check in order.iter().take(LINES_MAX) {
        let name: String = check.constraint.chars().take(width).collect();
        let holds = if check.holds { styled(GOOD, "yes") } else { styled(BAD, "no") };
        let whole = |value: f64| if value.abs() < 5e-7 { 0.0 } else { value };
        let (value, slack) = (whole(of(&check.value)), whole(of(&check.slack)));
        text += &format!("  {name:width$}{value:>12.6}{slack:>12.6}  {holds}\n");
    }
    text + &more(checks.len(), "constraints")
}

/// Whole shares, and what is left.
fn shares(shares: &SharesRecord) -> String {
    let held = shares.counts.iter().filter(|(_, count)| count.as_u64() != Some(0));
    let held = held.map(|(asset, count)| format!("{asset} {count}"));
    let mut text = heading("Whole shares");
    text += &labelled("buy", &held.collect::<Vec<String>>().join(", "));
    let of_all = if shares.is_nearest { "none are nearer" } else { "others may be nearer" };
    let (cash, money) = (of(&shares.cash), of(&shares.money));
    text + &labelled("left", &format!("{cash:.2} of {money:.2}; {of_all}"))
}

/// The answers behind the estimates, each with its id.
fn evidence(ids: &[String]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let lines: String = ids.iter().map(|id| format!("  {}\n", styled(FAINT, id))).collect();
    heading("Evidence") + &lines
}

/// What a frontier is of, where that is not the volatility: `cvar`.
fn risk(objective: &str) -> Option<&str> {
    let name = objective.strip_prefix("min-").or_else(|| {
        let name = objective.strip_prefix("max-")?;
        name.strip_suffix("-ratio")
    })?;
    (name != "variance" && name != "tracking-error").then_some(name)
}

fn frontier(record: &AllocationRecord) -> String {
    let points = &record.frontier;
    if points.is_empty() {
        return String::new();
    }
    let risk = risk(&record.objective);
    let other = risk.map_or(String::new(), |name| format!("{name:>16}"));
    let head = format!("  {:>10}{:>12}{other}", "return", "volatility");
    let mut text = heading("Efficient frontier") + &format!("{}\n", styled(FAINT, head));
    for point in points.iter().take(LINES_MAX) {
        let (expected, volatility) = (percent(&point.expected_return), percent(&point.volatility));
        let other = risk.map_or(String::new(), |_| format!("{:>16}", percent(&point.risk)));
        text += &format!("  {expected:>10}{volatility:>12}{other}\n");
    }
    text + &more(points.len(), "points")
}
