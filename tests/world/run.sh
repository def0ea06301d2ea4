#!/usr/bin/env bash
# Lives the worlds of these seeds (17, or 0..2000) on SQLite and on PostgreSQL. SAMPAN_WORLD_DATABASE=sqlite or
# postgres keeps to one of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SAMPAN_WORLD_SEEDS=$1
worlds=(cargo test --workspace --test world -- known_worlds --nocapture)
case ${SAMPAN_WORLD_DATABASE:-both} in
  sqlite) "${worlds[@]}" ;;
  postgres) tests/postgres.sh "${worlds[@]}" ;;
  *) "${worlds[@]}"; tests/postgres.sh "${worlds[@]}" ;;
esac
