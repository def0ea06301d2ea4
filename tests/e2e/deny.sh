#!/usr/bin/env bash
# Licences, banned crates and sources of all Rust dependencies by cargo-deny; advisories as well when their database can
# be reached. cargo-deny is built once where it is missing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! cargo deny --version >/dev/null 2>&1; then
  echo "Building cargo-deny, once, about three minutes"
  if ! CARGO_TARGET_DIR=$work cargo install cargo-deny --version 0.20.2 --locked --quiet; then
    echo "SKIPPED licences, bans and sources: cargo-deny cannot be installed"
    exit 0
  fi
fi

deny() { cargo deny --all-features --config .cargo/deny.toml check --hide-inclusion-graph "$@"; }
deny bans licenses sources
if ! deny advisories >"$work/log" 2>&1; then
  if grep -qE 'failed to fetch advisory database|failed to acquire advisory|Could not resolve' "$work/log"; then
    echo "NOT CHECKED advisories: their database cannot be reached"
  else
    cat "$work/log"
    exit 1
  fi
fi
