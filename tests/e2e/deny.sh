#!/usr/bin/env bash
# Licences, banned crates and sources of all Rust dependencies by cargo-deny; advisories as well when their database can
# be reached. Without cargo-deny nothing is checked, and that is said: building it takes longer than this whole lint.
set -euo pipefail
if ! command -v cargo-deny >/dev/null; then
  echo "SKIPPED cargo-deny is not installed: cargo install cargo-deny --locked"
  exit 0
fi
cargo deny --config .cargo/deny.toml check --hide-inclusion-graph bans licenses sources
if ! cargo deny --config .cargo/deny.toml check --hide-inclusion-graph advisories 2>"${log:=$(mktemp)}"; then
  if grep -qE 'failed to fetch advisory database|Could not resolve|error sending request|failed to acquire' "$log"; then
    echo "NOT CHECKED advisories: their database cannot be reached"
  else
    cat "$log" && exit 1
  fi
fi
