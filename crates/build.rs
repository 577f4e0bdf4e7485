//! Tells the tests which real data are at hand: those that need what is absent are reported as
//! ignored.

fn main() {
    println!("cargo::rerun-if-changed=../build.rs");
    println!("cargo::rustc-check-cfg=cfg(shared, stock_prices, riskfolio)");
    let readme =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/README.md");
    if readme.is_file() {
        println!("cargo::rustc-cfg=shared");
        println!("cargo::rerun-if-changed={}", readme.display());
    }
    given("KINGLET_STOCK_PRICES", "stock_prices");
    given("KINGLET_RISKFOLIO_TESTS", "riskfolio");
}

/// What the environment names, a file or a folder.
fn given(variable: &str, name: &str) {
    println!("cargo::rerun-if-env-changed={variable}");
    if let Some(path) = std::env::var_os(variable) {
        let path = std::path::Path::new(&path);
        assert!(path.exists(), "{variable} names no file: {}", path.display());
        println!("cargo::rustc-cfg={name}");
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
