#!/bin/sh
# Run once, when the database is made: one role and one schema a service, and no right in another's.
set -eu
psql --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" \
  --set hub="$HUB_DATABASE_PASSWORD" --set lui="$LUI_DATABASE_PASSWORD" \
  --set tracker="$TRACKER_DATABASE_PASSWORD" --set mailer="$MAILER_DATABASE_PASSWORD" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
CREATE ROLE hub LOGIN PASSWORD :'hub';
CREATE ROLE lui LOGIN PASSWORD :'lui';
CREATE ROLE tracker LOGIN PASSWORD :'tracker';
CREATE ROLE mailer LOGIN PASSWORD :'mailer';
SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I', current_database(), role),
       format('CREATE SCHEMA %I AUTHORIZATION %I', role, role),
       format('ALTER ROLE %I SET search_path = %I', role, role)
  FROM unnest(ARRAY['hub', 'lui', 'tracker', 'mailer']) AS role \gexec
SQL
