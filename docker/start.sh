#!/bin/sh
# Starts a process of the product in the folder where it stands: start.sh api | worker | db COMMAND
set -eu
cd "$(dirname -- "$0")"
app=${1:?Say which process: api, worker or db}
shift
export NODE_ENV=production OPERATIONS_DIR="${OPERATIONS_DIR:-$PWD/dist/operations}"
exec node --enable-source-maps "dist/apps/$app/main.mjs" "$@"
