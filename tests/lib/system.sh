# What the machine itself must have. Sourced by tests/run.

# The newest PostgreSQL server's programs: Debian keeps them off the PATH.
postgres_programs() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -V | while read -r folder; do
    [[ -x $folder/initdb && -x $folder/pg_ctl ]] && printf '%s\n' "$folder"
  done | tail -n 1) || true
  if [[ -z $found ]] && command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    found=$(dirname "$(command -v initdb)")
  fi
  printf '%s' "$found"
}

missing_packages() {
  [[ $(postgres_programs) ]] || printf 'postgresql\n'
  command -v chromium >/dev/null || printf 'chromium\n'
  command -v chromedriver >/dev/null || printf 'chromium-driver\n'
  # What others wrote for the chat platforms lives in environments of its own below target.
  python3 -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv\n'
  command -v node >/dev/null || printf 'nodejs\n'
  command -v npm >/dev/null || printf 'npm\n'
}

install_missing_packages() {
  local packages as_root=()
  mapfile -t packages < <(missing_packages)
  if [[ ${#packages[@]} -eq 0 ]]; then
    printf 'PostgreSQL, Chromium, its driver, Python and Node.js are here\n'
    return
  fi
  if ! command -v apt-get >/dev/null; then
    printf 'Install %s with this system'\''s package manager, or use tests/run --quick\n' "${packages[*]}" >&2
    return 1
  fi
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      printf 'As root: apt-get install %s (or use tests/run --quick)\n' "${packages[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  printf 'installing %s\n' "${packages[*]}"
  apt_install "${packages[@]}"
}

# Uses `as_root` of its caller. Says little, unless it fails.
apt_install() {
  local apt=("${as_root[@]}" env -u TMPDIR DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  # The server's package would create and start a cluster of its own; the tests bring theirs.
  local settings=/etc/postgresql-common/createcluster.d/countersign-tests.conf
  "${as_root[@]}" mkdir -p "$(dirname "$settings")" || return
  printf 'create_main_cluster = false\n' | "${as_root[@]}" tee "$settings" >/dev/null || return
  local code=0
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } >"$scratch/apt.log" 2>&1 || code=$?
  "${as_root[@]}" rm -f "$settings"
  [[ $code -eq 0 ]] || cat "$scratch/apt.log" >&2
  return "$code"
}
