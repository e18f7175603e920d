#!/bin/sh
# Starts a process of the product in the folder where it stands: start.sh api | worker | db COMMAND
set -eu
cd "$(dirname -- "$0")"
app=${1:?Say which process: api, worker or db}
shift
export NODE_ENV=production OPERATIONS_DIR="${OPERATIONS_DIR:-$PWD/dist/operations}"
# a worker's batch outlives a small young heap, and is copied for it; what it leaves behind is looked for when the heap has
# doubled, not when it has grown fourfold
heap=
[ "$app" != worker ] || heap='--max-semi-space-size=32 --heap-growing-percent=100'
exec node --enable-source-maps $heap "dist/apps/$app/main.mjs" "$@"
