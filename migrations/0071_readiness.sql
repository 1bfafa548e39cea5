-- migrate:up
-- A migration that was merged late, with a lower number than the newest, is
-- missed by whoever looks at the newest alone.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE FUNCTION migration_compare(built_with text, OUT missing text,
    OUT unknown text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH built AS (
	SELECT unnest(string_to_array(built_with, ' ')) AS version
)
SELECT (SELECT coalesce(string_agg(b.version, ' ' ORDER BY b.version), '')
          FROM built b WHERE b.version NOT IN (
              SELECT m.version FROM schema_migrations m)),
       (SELECT coalesce(string_agg(m.version, ' ' ORDER BY m.version), '')
          FROM schema_migrations m WHERE m.version NOT IN (
              SELECT b.version FROM built b))
$$;
COMMENT ON FUNCTION migration_compare(text) IS
'For /ready: of the numbers that a program was built with, parted by spaces, those not applied here; and those applied here that it does not know. Both empty when program and database fit.';
GRANT EXECUTE ON FUNCTION migration_compare(text) TO hearth_web;

DROP FUNCTION migration_version();

-- migrate:down
