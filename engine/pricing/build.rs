//! Tells the tests whether the recorded reference data is there.
//!
//! It sets `cfg(has_test_data)` when the folder exists, or when `CI` is set: in CI a missing folder
//! must fail the tests that need it, on a user's machine it must leave them ignored by name.
//! `env!("TEST_DATA_DIR")` is the folder. A test that needs it says
//! `#[cfg_attr(not(has_test_data), ignore = "...")]`.
//!
//! It names nothing of its own crate: another takes it by `build = "../pricing/build.rs"`.

use std::env;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_TEST_DATA");
    println!("cargo::rustc-check-cfg=cfg(has_test_data)");

    let data = data_dir();
    let present = data.is_dir();
    if present {
        // One small file, not the whole tree. An absent path would count as changed at every build,
        // so a folder that appears later is seen when the variable is set or this script changes.
        println!(
            "cargo::rerun-if-changed={}",
            data.join("README.md").display()
        );
    }
    if present || env::var_os("CI").is_some_and(|value| !value.is_empty()) {
        println!("cargo::rustc-cfg=has_test_data");
    }
    println!("cargo::rustc-env=TEST_DATA_DIR={}", data.display());
}

/// The data folder: `COUNTERSIGN_TEST_DATA`, default `../shared/data`; a relative path starts at the
/// root of the repository.
fn data_dir() -> PathBuf {
    let wanted = env::var_os("COUNTERSIGN_TEST_DATA").filter(|value| !value.is_empty());
    let wanted = wanted.map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&package)
        .ancestors()
        .find(|dir| dir.join("Cargo.lock").is_file());
    root.unwrap_or_else(|| Path::new(&package)).join(wanted)
}
