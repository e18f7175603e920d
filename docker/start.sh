#!/bin/sh
# Starts a process of the product in the folder where it stands: start.sh api | worker | db COMMAND
set -eu
cd "$(dirname -- "$0")"
app=${1:?Say which process: api, worker or db}
shift
export NODE_ENV=production OPERATIONS_DIR="${OPERATIONS_DIR:-$PWD/dist/operations}"
# worker.flags: a worker's batch outlives a small young heap, and is copied for it; what it leaves behind is looked for when the
# heap has doubled, not when it has grown fourfold. A closing is over in seconds: to compile its rules twice, each time with all
# that they call, took a fifth of them
tuned=
[ "$app" != worker ] || tuned=$(cat worker.flags)
exec node --enable-source-maps $tuned "dist/apps/$app/main.mjs" "$@"
