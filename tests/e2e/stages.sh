#!/usr/bin/env bash
# Runs the Makefile's stages one after the other, each under its heading and with its time, goes on after a failure so
# that one run tells everything, and closes with a count. A stage whose output has a line starting with SKIPPED counts
# as skipped, not as passed; what was NOT CHECKED, what a browser only did at the second try, and the errors of what
# failed are repeated at the end.
set -uo pipefail
cd "$(dirname "$0")/../.."
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
passed=0 failed=0 skipped=0 broken=()
summary=()

for stage in "$@"; do
  printf '\n=== %s %s\n' "$stage" "$(printf '=%.0s' $(seq 1 $((70 - ${#stage}))))"
  started=$SECONDS
  if make "$stage" 2>&1 | tee "$log/$stage"; then verdict=passed; else verdict=FAILED; fi
  if [ $verdict = passed ] && grep -q '^SKIPPED' "$log/$stage"; then verdict=skipped; fi
  case $verdict in
    passed) passed=$((passed + 1)) ;;
    skipped) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)); broken+=("$stage") ;;
  esac
  summary+=("$(printf '%-10s %-8s %4d s' "$stage" $verdict $((SECONDS - started)))")
done

printf '\n=== summary\n'
printf '%s\n' "${summary[@]}"
grep -hE '^(SKIPPED|NOT CHECKED)' "$log"/* 2>/dev/null
grep -hE -A9 '^ +[0-9]+ flaky$' "$log"/* 2>/dev/null
for stage in "${broken[@]}"; do grep -hE -A12 '^ *Error: |^error|panicked at' "$log/$stage" | head -n 30; done
[ $failed = 0 ] || printf 'failed: %s\n' "${broken[*]}"
printf '%d passed, %d failed, %d skipped\n' $passed $failed $skipped
[ $failed = 0 ]
