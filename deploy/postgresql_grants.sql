-- Rights of the application's account; run as the owner of the tables after every `manage.py migrate`:
--   psql -v ON_ERROR_STOP=1 -v app=campaign -f deploy/postgresql_grants.sql OWNER_DATABASE_URL
-- The history is append-only: the application adds rows and reads them, and can neither change nor delete one.
GRANT USAGE ON SCHEMA public TO :app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :app;
REVOKE UPDATE, DELETE, TRUNCATE ON units_historyentry FROM :app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM :app;
