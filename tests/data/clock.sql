-- Lets a test database run early or late: clock_now() is the real time moved
-- by the offset in test_clock. Run as the superuser after the migrations; may
-- be run again, which sets the offset back to nothing.
SET client_min_messages = warning;
CREATE TABLE IF NOT EXISTS test_clock (moved_by interval NOT NULL);
DELETE FROM test_clock;
INSERT INTO test_clock VALUES ('0');
GRANT SELECT ON test_clock TO hearth_owner, hearth_web, hearth_jobs;
CREATE OR REPLACE FUNCTION clock_now() RETURNS timestamptz
LANGUAGE sql VOLATILE PARALLEL SAFE
AS 'SELECT pg_catalog.clock_timestamp() + (SELECT moved_by FROM public.test_clock)';
