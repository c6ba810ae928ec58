# A throwaway PostgreSQL: its own data, its own free port, its own password. Sourced by tests/run.

postgres_folder=
postgres_bin=
# Its data are gone with the run, and no test cuts the server's power: nothing has to reach the disk.
not_for_keeps='-c fsync=off -c full_page_writes=off -c synchronous_commit=off'
postgres_user=() # how to become the server's user; empty when already one

# The server refuses root. Its package brings the user `postgres`; `nobody` does as well.
choose_postgres_user() {
  [[ $(id -u) -eq 0 ]] || return 0
  local name=postgres
  id -u "$name" >/dev/null 2>&1 || name=nobody
  postgres_user=(setpriv --reuid "$name" --regid "$(id -g "$name")" --clear-groups --)
  chown "$name" "$postgres_folder"
}

# Runs a program of PostgreSQL as the server's user, away from folders that this user may not enter.
as_postgres() { (cd "$postgres_folder" && "${postgres_user[@]}" env HOME="$postgres_folder" TMPDIR="$postgres_folder" "$@"); }

free_port() {
  local port attempt
  for attempt in {1..50}; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%d' "$port"; return; }
  done
  return 1
}

start_postgres() {
  postgres_bin=$(postgres_programs)
  if [[ -z $postgres_bin ]]; then
    printf 'no PostgreSQL server found (looked for initdb and pg_ctl)\n' >&2
    return 1
  fi
  postgres_folder="$scratch/postgres"
  mkdir -m 700 "$postgres_folder"
  choose_postgres_user

  # Checking a password the default way takes thousands of hashes, and the suites connect all the time.
  local password
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" | as_postgres sh -c 'umask 077 && cat >password'
  if ! as_postgres "$postgres_bin/initdb" --pgdata data --username countersign --pwfile password \
    --auth md5 --encoding UTF8 --locale C >"$scratch/initdb.log" 2>&1; then
    cat "$scratch/initdb.log" >&2
    return 1
  fi

  # Someone else may take a port between the look and the start: then another one is tried.
  local attempt port
  for attempt in 1 2 3; do
    port=$(free_port) || return 1
    if as_postgres "$postgres_bin/pg_ctl" start --pgdata data --log server.log --wait --silent --options \
      "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$postgres_folder -c max_connections=200 $not_for_keeps"; then
      export COUNTERSIGN_TEST_POSTGRES="postgres://countersign:$password@127.0.0.1:$port/postgres"
      printf '%s on port %d\n' "$("$postgres_bin/postgres" --version)" "$port"
      return
    fi
  done
  cat "$postgres_folder/server.log" >&2
  return 1
}

stop_postgres() {
  if [[ -n $postgres_folder && -e $postgres_folder/data/postmaster.pid ]]; then
    as_postgres "$postgres_bin/pg_ctl" stop --pgdata data --mode immediate --silent || true
  fi
}
