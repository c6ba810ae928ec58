//! The rules of the house as tests: they read the sources and `cargo metadata`, and fail with a
//! sentence that says what to change.
//!
//! Every rule is a pure function from text (or from a small picture of the dependency graph) to a
//! list of findings. Each module holds one group of rules: the test that applies it to this tree, and
//! tests that show it failing on small bad inputs, so that no rule can quietly stop working.

mod ambient;
mod arrows;
mod documents;
mod habits;
mod houses;
mod licences;
mod metadata;
mod names;
mod places;
mod purity;
mod requirements;
mod rust;
mod sentences;
mod sizes;
mod tree;
mod zones;

/// Fails with all findings at once, one to a line.
#[track_caller]
fn assert_tidy(findings: &[String]) {
    assert!(
        findings.is_empty(),
        "{} to mend:\n  {}",
        findings.len(),
        findings.join("\n  ")
    );
}
