# The stages that need nothing but Rust. Sourced by tests/run.

colour=never
[[ -t 1 ]] && colour=always

check_toolchain() {
  if ! command -v cargo >/dev/null; then
    printf 'no cargo found: install Rust from https://rustup.rs (rust-toolchain.toml names the version)\n' >&2
    return 1
  fi
  # A bare rustup has neither; naming them again does nothing where they are installed.
  if command -v rustup >/dev/null && ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    supervised rustup component add rustfmt clippy || return
  fi
  cargo --version && cargo fmt --version && cargo clippy --version
}

# For every platform, not only this one: the licence check reads all of them.
fetch_sources() { supervised cargo fetch --locked --quiet; }

check_format() { supervised cargo fmt --all --check; }

check_lints() { supervised cargo clippy --locked --workspace --all-targets -- -D warnings; }

build_documentation() {
  RUSTDOCFLAGS='-D warnings' supervised cargo doc --locked --workspace --no-deps --document-private-items
}

run_doc_tests() { supervised cargo test --locked --workspace --doc --no-fail-fast; }

# cargo-nextest where it is installed, else cargo's own runner: the same tests.
run_tests() {
  local code=0 summary='Summary.* tests\{0,1\} run:'
  if cargo nextest --version >/dev/null 2>&1; then
    supervised with_nextest || code=$?
  else
    printf 'cargo-nextest is not installed; using cargo test\n'
    summary='test result:'
    supervised with_cargo_test || code=$?
  fi
  grep "$summary" "$scratch/tests.log" | tail -n 1 >"$scratch/summary" || true
  return "$code"
}

with_nextest() {
  cargo nextest run --locked --workspace --no-fail-fast --color "$colour" ${CI:+--run-ignored all} 2>&1 |
    tee "$scratch/tests.log"
}

with_cargo_test() {
  cargo test --locked --workspace --lib --bins --tests --no-fail-fast --color "$colour" -- ${CI:+--include-ignored} 2>&1 |
    tee "$scratch/tests.log"
}

# The one build that is not the default one, in a run of its own.
check_rust_bert() { supervised tests/rust-bert; }
