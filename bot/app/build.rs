//! Tells the tests of the binary what is there: sets `has_test_data` and `has_chromium`, and passes
//! the data folder on as `TEST_DATA_DIR`.
//!
//! Without them the tests that need them are compiled all the same and reported as ignored, by name.
//! Under CI both switches are always on, so that there the tests fail instead.

use std::env;
use std::path::{Path, PathBuf};

/// Where programs of the system's packages appear.
const PROGRAMS: &str = "/usr/bin";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_test_data)");
    println!("cargo::rustc-check-cfg=cfg(has_chromium)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_TEST_DATA");
    let ci = env::var_os("CI").is_some_and(|value| !value.is_empty());
    let data = data();
    println!("cargo::rustc-env=TEST_DATA_DIR={}", data.display());
    if data.is_dir() {
        watch(&data.join("README.md"));
    }
    if ci || data.is_dir() {
        println!("cargo::rustc-cfg=has_test_data");
    }
    let chromium = ["chromium", "chromedriver"].into_iter().all(installed);
    if !chromium {
        watch(Path::new(PROGRAMS));
    }
    if ci || chromium {
        println!("cargo::rustc-cfg=has_chromium");
    }
}

/// Runs again when `path` changes. One that is not there would count as changed at every build.
fn watch(path: &Path) {
    if path.exists() {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// The data folder: `COUNTERSIGN_TEST_DATA`, default `../shared/data`; a relative path starts at the
/// root of the repository.
fn data() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&package).join("../..");
    let wanted = env::var_os("COUNTERSIGN_TEST_DATA").filter(|value| !value.is_empty());
    let wanted = wanted.map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = root.join(wanted);
    path.canonicalize().unwrap_or(path)
}

/// Whether a program is on the path.
fn installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
