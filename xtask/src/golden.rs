//! `cargo xtask golden`: what the program computes for golden queries, beside what is wanted.

use kinglet_core::definition::Golden;
use kinglet_core::metrics::CATALOG;
use serde_json::Value;

use crate::kinglet;
use crate::repository::Repository;

/// Prints the golden queries of one definition, or of all.
pub(crate) fn print(repository: &Repository, name: Option<&str>) -> Result<(), String> {
    let chosen = CATALOG.iter().filter(|metric| name.is_none_or(|n| metric.definition.name == n));
    let golden: Vec<&Golden> = chosen.flat_map(|metric| metric.golden).collect();
    if golden.is_empty() {
        return Err(format!("no golden values of `{}`", name.unwrap_or("any definition")));
    }
    let program = kinglet::build(repository, "dev")?;
    let queries: String = golden.iter().map(|g| format!("{}\n", g.query)).collect();
    let printed = kinglet::run(&program, &["eval", "--format", "json", "-"], &queries)?;
    let answers: Vec<Value> =
        serde_json::from_str(&printed).map_err(|e| format!("kinglet eval: {e}"))?;
    for (golden, answer) in golden.iter().zip(&answers) {
        println!("{}", line(golden, answer));
    }
    Ok(())
}

fn line(golden: &Golden, answer: &Value) -> String {
    let value = answer["value"].as_f64();
    let agrees = value.is_some_and(|value| (value - golden.want).abs() <= golden.within);
    let mark = if agrees { "  " } else { "≠ " };
    let computed = value.map_or_else(|| answer["undefined"].to_string(), |v| v.to_string());
    let (query, want, within, from) = (golden.query, golden.want, golden.within, golden.from);
    format!("{mark}{query}\n    computed {computed}\n    wanted   {want} ± {within}, {from}")
}
