#!/bin/sh
# Puts what ships into an empty folder: the built processes and web apps, and the packages that they need in production.
# sh docker/assemble.sh FOLDER     (after npm run build; the images and the test of a production install do the same)
set -eu
from=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
to=${1:?Say into which folder}
mkdir -p "$to"
[ -z "$(ls -A "$to")" ] || { echo "$to is not empty" >&2; exit 1; }
[ -f "$from/dist/apps/api/main.mjs" ] || { echo 'Build first: npm run build' >&2; exit 1; }
cp "$from/package.json" "$from/package-lock.json" "$from/.npmrc" "$to/"
mkdir -p "$to/dist/apps"
for part in api worker db cabinet backoffice; do cp -R "$from/dist/apps/$part" "$to/dist/apps/$part"; done
if [ -d "$from/dist/operations" ]; then cp -R "$from/dist/operations" "$to/dist/operations"; fi
cp "$from/docker/start.sh" "$from/docker/worker.flags" "$to/"
cd "$to"
npm ci --omit=dev --ignore-scripts --loglevel=error
# the Node that development brings with it: the image has its own
if [ -z "${KEEP_NODE:-}" ]; then rm -rf node_modules/node-linux-* node_modules/node-win-*; fi
