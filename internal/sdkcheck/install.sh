#!/usr/bin/env bash
# Installs the pinned official SDKs into the folder given. Afterwards
#   TEST_SDK_DIR=that/folder go test ./internal/sdkcheck
# runs the checks that are skipped without it.
set -euo pipefail
dir=${1:?usage: install.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir"
cp "$here/package.json" "$here/package-lock.json" "$dir/"
cd "$dir"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
