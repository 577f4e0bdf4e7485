//! Tells the tests which real data are at hand: those that need what is absent are reported as
//! ignored.

fn main() {
    println!("cargo::rerun-if-changed=../build.rs");
    println!("cargo::rustc-check-cfg=cfg(shared, stock_prices)");
    let readme =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/README.md");
    if readme.is_file() {
        println!("cargo::rustc-cfg=shared");
        println!("cargo::rerun-if-changed={}", readme.display());
    }
    println!("cargo::rerun-if-env-changed=KINGLET_STOCK_PRICES");
    if let Some(prices) = std::env::var_os("KINGLET_STOCK_PRICES") {
        let prices = std::path::Path::new(&prices);
        assert!(prices.is_file(), "KINGLET_STOCK_PRICES names no file: {}", prices.display());
        println!("cargo::rustc-cfg=stock_prices");
        println!("cargo::rerun-if-changed={}", prices.display());
    }
}
