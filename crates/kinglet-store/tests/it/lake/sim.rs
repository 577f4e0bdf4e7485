//! Random histories: imports that pass and imports whose storage fails on the way, against a model
//! of what each version must hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::object_store::memory::InMemory;
use kinglet_store::lake::{BadRows, Delivery, Needs};
use kinglet_store::progress::Silent;
use kinglet_store::rows::SeriesRow;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

use super::rows::{adjusted, closes, delivery, file};
use super::storage::lake;

/// Id and day to value.
type Held = BTreeMap<(String, i8), f64>;

/// One import: days and values of two series that stand alone and of one vintage, and after how
/// many writes the storage fails.
#[derive(Clone, Debug)]
struct Import {
    rows: Vec<(u8, i8, u8)>,
    writes: Option<i64>,
}

fn imports() -> impl Strategy<Value = Vec<Import>> {
    let row = (0_u8..3, 1_i8..6, 1_u8..4);
    let failing = proptest::option::weighted(0.4, 0_i64..5);
    let import = (vec(row, 1..8), failing).prop_map(|(rows, writes)| Import { rows, writes });
    vec(import, 1..7)
}

fn id(n: u8) -> String {
    ["A", "B", "V"][usize::from(n)].to_owned()
}

/// The last value given for each day.
fn given(import: &Import) -> Held {
    import.rows.iter().map(|&(n, day, value)| ((id(n), day), f64::from(value))).collect()
}

fn deliveries(import: &Import) -> Vec<Delivery> {
    let given = given(import);
    let block = |n: u8| {
        let rows = given.iter().filter(|((i, _), _)| *i == id(n));
        let rows: Vec<_> = rows.map(|((_, d), v)| (format!("2025-09-0{d}"), *v)).collect();
        let rows: Vec<(&str, f64)> = rows.iter().map(|(d, v)| (d.as_str(), *v)).collect();
        if n == 2 { adjusted(&id(n), "file", &rows) } else { closes(&id(n), "file", &rows) }
    };
    let mut all = file("file", (0..3).map(block).collect());
    // An event, so that two tables are committed.
    all.batch.events = super::rows::everything().events;
    all.batch.events[0].text = Some(format!("{given:?}"));
    vec![delivery("file", all.batch)]
}

/// What the lake must hold after an import.
fn after(mut held: Held, import: &Import) -> Held {
    let given = given(import);
    let (vintage, alone): (Held, Held) = given.into_iter().partition(|((id, _), _)| id == "V");
    held.extend(alone);
    let agree = vintage.iter().all(|(key, value)| held.get(key).is_none_or(|h| h == value));
    let shared = vintage.keys().any(|key| held.contains_key(key));
    let another = !agree || !shared;
    if another && !vintage.is_empty() {
        held.retain(|(id, _), _| id != "V");
    }
    held.extend(vintage);
    held
}

fn held(memory: &Arc<InMemory>, version: u64) -> Held {
    let batch = lake(memory, -1).rows(Some(version), &Needs::ALL).unwrap();
    let mut held = Held::new();
    for block in batch.series {
        for SeriesRow { date, value, .. } in block.rows {
            assert_eq!(held.insert((block.id.clone(), date.day()), value), None);
        }
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    #[test]
    fn every_version_holds_what_the_model_says(imports in imports()) {
        let memory = Arc::new(InMemory::new());
        drop(lake(&memory, -1));
        let mut versions = vec![Held::new()];
        for import in &imports {
            let lake = lake(&memory, import.writes.unwrap_or(-1));
            let outcome = lake.import(deliveries(import), BadRows::Refuse, &Silent);
            let last = versions.last().cloned().unwrap_or_default();
            match outcome {
                Ok(report) if report.changed => {
                    versions.push(after(last, import));
                    prop_assert_eq!(report.version, versions.len() as u64 - 1);
                }
                Ok(_) => prop_assert_eq!(after(last.clone(), import), last),
                Err(error) => prop_assert!(import.writes.is_some(), "{}", error),
            }
            for (version, want) in versions.iter().enumerate() {
                prop_assert_eq!(&held(&memory, version as u64), want, "version {}", version);
            }
        }
    }
}
