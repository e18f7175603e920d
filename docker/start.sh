#!/bin/sh
# Starts a process of the product in the folder where it stands: start.sh api | worker | db COMMAND
set -eu
cd "$(dirname -- "$0")"
app=${1:?Say which process: api, worker or db}
shift
export NODE_ENV=production OPERATIONS_DIR="${OPERATIONS_DIR:-$PWD/dist/operations}"
# what a worker's batch leaves behind is soon dead: a larger young heap would take 100 MB more and save nothing
young=
[ "$app" != worker ] || young=--max-semi-space-size=16
exec node --enable-source-maps $young "dist/apps/$app/main.mjs" "$@"
