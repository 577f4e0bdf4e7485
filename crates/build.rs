//! Tells the tests whether real market data stands beside the repository: those that need it are
//! reported as ignored where it is absent.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared)");
    println!("cargo::rerun-if-changed=../build.rs");
    let readme =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/README.md");
    if readme.is_file() {
        println!("cargo::rustc-cfg=shared");
        println!("cargo::rerun-if-changed={}", readme.display());
    }
}
