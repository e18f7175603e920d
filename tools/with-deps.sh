#!/bin/sh
# Installs the locked dependencies once, then runs the command on the Node that they bring (node_modules/.bin).
set -e
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
if ! cmp -s package-lock.json node_modules/.lock-copy 2>/dev/null; then
  echo 'Installing dependencies (a few minutes the first time)…' >&2
  # The lock names each package's hash: what the cache holds needs no asking again.
  npm ci --prefer-offline --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json node_modules/.lock-copy
fi
# Run straight, outside npm, the locked Node stands in a package of its own.
for folder in node_modules/node-*-*/bin; do
  [ -x "$folder/node" ] && PATH="$PWD/$folder:$PATH"
done
export PATH
case "$(node -p 'process.versions.node.split(".")[0]')" in
  24) ;;
  *) echo "Node 24 expected, found $(node -v): the optional package node-<os>-<cpu> did not install." >&2; exit 1 ;;
esac
export NX_DAEMON=false NX_NO_CLOUD=true NX_TUI=false NG_CLI_ANALYTICS=false DO_NOT_TRACK=1
exec "$@"
