#!/usr/bin/env bash
# The server that ships has neither planted bugs nor crash points: the features are off, and a release with one of them
# does not compile.
set -euo pipefail
cd "$(dirname "$0")/../.."
features=$(cargo tree --package sampan --edges normal,features --invert sampan)
if grep -E 'feature "(planted|failpoints)"' <<<"$features"; then
  echo "A feature that is for tests would be in the server that ships."
  exit 1
fi
for guard in server/src/planted.rs server/src/platform/crash.rs; do
  grep -A1 'not(debug_assertions)' "$guard" | grep -q 'compile_error!' || { echo "$guard lost its guard"; exit 1; }
done
echo "Neither planted bugs nor crash points are in the server that ships."
