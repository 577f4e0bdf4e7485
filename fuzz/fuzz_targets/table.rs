//! The readers of data files: no bytes make them panic, whatever the file is called, and what they
//! read is in order.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use kinglet_store::import::read_file;
use libfuzzer_sys::fuzz_target;

const NAMES: &[&str] = &[
    "table.csv",
    "rut_daily.csv",
    "etf_adjclose_daily.csv",
    "IWM_ohlcv_daily.csv",
    "DGS10.csv",
    "F-F_Research_Data_Factors.txt",
    "iwm_holdings_2025-11-05.csv",
    "table.csv.gz",
    "table.zip",
    "table.parquet",
];

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("kinglet-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
});

fuzz_target!(|input: (u8, &[u8])| {
    let (name, content) = (NAMES[usize::from(input.0) % NAMES.len()], input.1);
    let path = FOLDER.join(name);
    std::fs::write(&path, content).expect("written");
    let Ok(delivery) = read_file(&path) else { return };
    for block in &delivery.batch.series {
        assert!(block.rows.is_sorted_by_key(|row| row.date), "{}", block.id);
        assert!(block.rows.iter().all(|row| row.value.is_finite()), "{}", block.id);
    }
    for block in &delivery.batch.bars {
        assert!(block.rows.is_sorted_by_key(|row| row.date), "{}", block.symbol);
    }
});
