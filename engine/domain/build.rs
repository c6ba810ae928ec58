//! Tells the tests whether the recorded data is here: sets `has_test_data`.
//!
//! Where it is absent, tests that need it are reported as ignored, by name. Under CI the switch is
//! always on, so that there they fail instead.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_test_data)");
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_TEST_DATA");
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-changed=build.rs");
    let root = env::var("COUNTERSIGN_TEST_DATA").unwrap_or_else(|_| {
        let here = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        format!("{here}/../../../shared/data")
    });
    let present = Path::new(&root).is_dir();
    if present {
        // Watched only while it is there: cargo takes a missing path for a change on every build.
        println!("cargo::rerun-if-changed={root}/calendar");
    }
    if present || env::var_os("CI").is_some() {
        println!("cargo::rustc-cfg=has_test_data");
    }
}
