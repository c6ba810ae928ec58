# Stages, what they leave behind, and the clean-up. Sourced by tests/run.

scratch=        # this run's own temporary directory; everything that it or a test writes is below
child=          # the process group of the command that is running now
failed=()       # names of the stages that failed, in order

open_scratch() {
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/countersign-tests.XXXXXX")
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  chmod 711 "$scratch" # the database server's own user passes through
  mkdir -m 700 "$scratch/tmp"
  export TMPDIR="$scratch/tmp"
}

# A developer's real desk, its data directory and its keys are no business of a test.
shut_out_the_real_desk() {
  export XDG_DATA_HOME="$scratch/tmp/data"
  local name
  for name in ${!COUNTERSIGN_@}; do
    [[ $name == COUNTERSIGN_TEST_* ]] || unset "$name"
  done
}

clean_up() {
  trap - EXIT
  trap '' INT TERM HUP
  if [[ $child ]]; then
    stop_group "$child"
  fi
  stop_postgres
  rm -rf "$scratch"
}

# Asks a process group to end; after 20 s it is no longer asked.
stop_group() {
  kill -TERM -- "-$1" 2>/dev/null || true
  local waited
  for ((waited = 0; waited < 200; waited++)); do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

# Runs a command in a process group of its own, so that stopping it stops all that it started, and
# returns its exit code.
supervised() {
  local code=0
  set -m
  "$@" </dev/null &
  child=$!
  set +m
  wait "$child" || code=$?
  child=
  return "$code"
}

# stage NAME FUNCTION: a header, the function, and how long it took. A failure does not end the run,
# because the later stages have their own news; it fails the run at the end.
stage() {
  local name=$1 started=$SECONDS verdict=passed
  printf '\n==> %s\n' "$name"
  if ! "$2"; then
    verdict=FAILED
    failed+=("$name")
  fi
  printf -- '--> %s: %s, %d s\n' "$name" "$verdict" $((SECONDS - started))
}

# A stage without which the others say nothing.
gate() {
  local before=${#failed[@]}
  stage "$@"
  if [[ ${#failed[@]} -gt $before ]]; then
    report || exit 1
  fi
}

warn() { printf '\n!!! %s\n' "$1"; }

# The end: what failed, and as the last line the test runner's own summary.
report() {
  printf '\n'
  local name
  for name in "${failed[@]}"; do
    printf 'FAILED: %s\n' "$name"
  done
  if [[ -s $scratch/summary ]]; then
    cat "$scratch/summary"
  fi
  [[ ${#failed[@]} -eq 0 ]]
}
