//! Articles of our own with what they claim, in the form of the gold annotations: written by hand,
//! some of their figures real, others made up. What annotation leaves open has no field.

use kinglet_core::time::Date;
use serde_json::Value;

use super::print::{Expected, Printed};
use super::{SLOTS, Tally};

macro_rules! articles {
    ($($name:literal),+ $(,)?) => {
        [$((
            include_str!(concat!("../../articles/", $name, ".txt")),
            include_str!(concat!("../../articles/", $name, ".json")),
        )),+]
    };
}

const ARTICLES: [(&str, &str); 10] = articles![
    "brief",
    "column",
    "commentary",
    "events",
    "feed",
    "machine",
    "newsletter",
    "seasonality",
    "strategy",
    "wire",
];

/// The least share of figures of which a slot is right, in the order of [`SLOTS`].
const FLOORS: [f64; 9] = [0.95, 0.90, 0.92, 0.93, 0.75, 0.95, 0.95, 0.95, 0.94];

/// The least share of figures of which entity, metric, period, value and unit are right.
const CORE: f64 = 0.69;

/// How many figures may be read that claim nothing.
const EXTRA: usize = 6;

fn list(value: &Value) -> Vec<String> {
    let many = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    many.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn expected(row: &Value) -> Expected {
    let at = |end: &str| row["span"][end].as_u64().and_then(|n| usize::try_from(n).ok());
    let value = &row["value"];
    let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let period = row.get("period").map_or_else(|| vec!["ANY".to_owned()], list);
    Expected {
        start: at("start").expect("an offset"),
        end: at("end").expect("an offset"),
        entity: list(&row["entity"]),
        versus: list(&row["versus"]),
        metric: list(&row["metric"]),
        period,
        value: values.iter().filter_map(Value::as_f64).collect(),
        unit: list(&row["unit"]),
        comparator: list(&row["comparator"]),
        modality: list(&row["modality"]),
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one wants to see of this test")]
fn own_articles_are_read() {
    let mut tally = Tally::default();
    for (text, gold) in ARTICLES {
        let gold: Value = serde_json::from_str(gold).expect("JSON");
        let name = gold["article"].as_str().expect("a name");
        let published: Date = gold["published"].as_str().expect("a date").parse().expect("a date");
        let claims: Vec<Expected> =
            gold["claims"].as_array().expect("claims").iter().map(expected).collect();
        for (claim, row) in claims.iter().zip(gold["claims"].as_array().expect("claims")) {
            let printed = row["text"].as_str().expect("a text");
            assert_eq!(&text[claim.start..claim.end], printed, "{name}");
        }
        tally.add(name, published, &Printed { text: text.to_owned(), claims });
    }
    for failure in &tally.failures {
        println!("{failure}");
    }
    let shares = tally.right.map(|right| right as f64 / tally.figures as f64);
    let core = tally.core as f64 / tally.figures as f64;
    let named: Vec<String> =
        SLOTS.iter().zip(shares).map(|(slot, share)| format!("{slot} {share:.3}")).collect();
    println!("{} figures: {}, core {core:.3}", tally.figures, named.join(", "));
    for (slot, (share, floor)) in SLOTS.iter().zip(shares.into_iter().zip(FLOORS)) {
        assert!(share >= floor, "{slot}: {share:.3}, not {floor}");
    }
    assert!(core >= CORE, "core: {core:.3}, not {CORE}");
    assert!(tally.extra <= EXTRA, "{} figures that claim nothing were read", tally.extra);
}
