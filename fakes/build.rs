//! Tells the tests whether the specifications of the platforms are here: sets `has_test_specs`.
//!
//! Where they are absent, tests that need them are reported as ignored, by name. Under CI the switch is
//! always on, so that there they fail instead.

use std::env;
use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_test_specs)");
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_TEST_SPECS");
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-changed=build.rs");
    let wanted = env::var_os("COUNTERSIGN_TEST_SPECS").filter(|it| !it.is_empty());
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&here).join("..");
    let specs = root.join(wanted.unwrap_or_else(|| "../shared/specs".into()));
    let present = specs.is_dir();
    if present {
        // Watched only while it is there: cargo takes a missing path for a change on every build.
        println!("cargo::rerun-if-changed={}", specs.display());
    }
    if present || env::var_os("CI").is_some_and(|it| !it.is_empty()) {
        println!("cargo::rustc-cfg=has_test_specs");
    }
}
