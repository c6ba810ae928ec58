//! Tells the tests whether a PostgreSQL is there: sets `has_test_postgres`.
//!
//! Without `COUNTERSIGN_TEST_POSTGRES`, the address of a server on which databases may be made and
//! dropped, the tests that need one are reported as ignored, by name. Under CI the switch is always
//! on, so that there they fail instead.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_test_postgres)");
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_TEST_POSTGRES");
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-changed=build.rs");
    let given = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if given("COUNTERSIGN_TEST_POSTGRES") || given("CI") {
        println!("cargo::rustc-cfg=has_test_postgres");
    }
}
