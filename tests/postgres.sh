#!/usr/bin/env bash
# Runs a command with SAMPAN_TEST_DATABASE pointing at a throw-away PostgreSQL: a cluster of its own in a temporary
# folder (in memory where there is room), on a free port, without fsync, gone when the command ends. With
# SAMPAN_POSTGRES_DURABLE=1 it is on disk and flushes every commit, as benches want it.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin=$(dirname "$(command -v initdb)"); fi
if [ -z "$bin" ]; then
  echo "SKIPPED PostgreSQL: initdb was not found; install the package postgresql"
  exit 0
fi

if [ -n "${SAMPAN_POSTGRES_DURABLE:-}" ]; then
  durability=""
  folder=$(mktemp -d)
else
  durability="-c fsync=off -c synchronous_commit=off"
  room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1 || echo 0)
  if [ "${room:-0}" -gt 4000000 ]; then folder=$(mktemp -d /dev/shm/sampan-XXXXXX); else folder=$(mktemp -d); fi
fi
run=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  run=(setpriv --reuid "$owner" --regid "$(id -gn "$owner")" --clear-groups env -C "$folder" HOME="$folder")
  chown "$owner" "$folder"
fi
stop() {
  "${run[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT

port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
"${run[@]}" "$bin/initdb" -D "$folder/data" -U sampan -A trust --no-sync >/dev/null
"${run[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder $durability -c max_connections=600" >/dev/null ||
  { cat "$folder/log"; exit 1; }

SAMPAN_TEST_DATABASE="postgres://sampan@127.0.0.1:$port/postgres" "$@"
