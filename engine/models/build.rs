//! Tells the tests whether a native library to run models with is there.
//!
//! It sets `cfg(has_native_library)` when `COUNTERSIGN_TEST_ONNXRUNTIME` names a file, or when `CI` is set: in
//! CI a missing library must fail the tests that need it, on a user's machine it must leave them ignored by
//! name. `env!("TEST_ONNXRUNTIME")` is the file.

use std::env;
use std::path::PathBuf;

fn main() {
    const NAMED_BY: &str = "COUNTERSIGN_TEST_ONNXRUNTIME";
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-env-changed={NAMED_BY}");
    println!("cargo::rustc-check-cfg=cfg(has_native_library)");
    let library = env::var_os(NAMED_BY).map(PathBuf::from).unwrap_or_default();
    if library.is_file() || env::var_os("CI").is_some_and(|value| !value.is_empty()) {
        println!("cargo::rustc-cfg=has_native_library");
    }
    println!("cargo::rustc-env=TEST_ONNXRUNTIME={}", library.display());
}
