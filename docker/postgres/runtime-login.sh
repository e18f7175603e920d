#!/bin/sh
# Run once by the image of PostgreSQL on an empty data folder: the login that api and worker use. It owns nothing and may
# not change the ledger; the role's rights are laid down by the migrations.
set -eu
: "${RUNTIME_PASSWORD:?}"
psql -v ON_ERROR_STOP=1 -v password="$RUNTIME_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role kvartal_runtime nologin;
create role kvartal_app login password :'password' in role kvartal_runtime;
SQL
