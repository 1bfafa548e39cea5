-- migrate:up
-- The ground everything stands on: clock, tenant, references, and the two
-- kinds of body that people act for: councils and provider organisations.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE FUNCTION clock_now() RETURNS timestamptz
LANGUAGE sql VOLATILE PARALLEL SAFE
AS 'SELECT pg_catalog.clock_timestamp()';
COMMENT ON FUNCTION clock_now() IS
'The only clock of deadlines and sessions. Read it after the lock, never before. A test database replaces it (tests/data/clock.sql).';

CREATE FUNCTION tenant_council() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT nullif(pg_catalog.current_setting('hearth.council_id', true), '')::bigint$$;
COMMENT ON FUNCTION tenant_council() IS
'Council this transaction acts for, set by session_begin(); NULL when none. Policies use (SELECT tenant_council()), so that it is read once a statement.';

CREATE FUNCTION tenant_organisation() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT nullif(pg_catalog.current_setting('hearth.organisation_id', true), '')::bigint$$;
COMMENT ON FUNCTION tenant_organisation() IS
'Provider organisation this transaction acts for; NULL when none.';

CREATE FUNCTION tenant_account() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT nullif(pg_catalog.current_setting('hearth.account_id', true), '')::bigint$$;
COMMENT ON FUNCTION tenant_account() IS
'Account signed in to this transaction; NULL when none.';

CREATE FUNCTION tenant_scope() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT coalesce(nullif(pg_catalog.current_setting('hearth.scope', true), ''), 'none')$$;
COMMENT ON FUNCTION tenant_scope() IS
'council, provider, settle (between settle_begin and settle_end) or none.';

CREATE FUNCTION tenant_role() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT nullif(pg_catalog.current_setting('hearth.role', true), '')$$;
COMMENT ON FUNCTION tenant_role() IS
'Role of the membership in use, as in account_role; NULL when none.';

CREATE FUNCTION reference_new(prefix text) RETURNS text
LANGUAGE sql VOLATILE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT prefix || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
           (get_byte(random.bytes, place) & 31) + 1, 1), '' ORDER BY place)
  FROM (SELECT gen_random_bytes(8) AS bytes) AS random,
       generate_series(0, 7) AS place
$$;
COMMENT ON FUNCTION reference_new(text) IS
'A letter and eight random Crockford base-32 characters (40 bits), for things that have a page. A clash fails the unique constraint; dispatch then tries again.';

GRANT EXECUTE ON FUNCTION clock_now(), tenant_council(), tenant_organisation(),
    tenant_account(), tenant_scope(), tenant_role(), reference_new(text)
    TO hearth_web, hearth_jobs;

CREATE FUNCTION migration_version() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	RETURN (SELECT max(version) FROM schema_migrations);
END
$$;
COMMENT ON FUNCTION migration_version() IS
'Number of the last migration applied, for /ready.';
GRANT EXECUTE ON FUNCTION migration_version() TO hearth_web, hearth_jobs;

CREATE TABLE council (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9-]{1,39}$'),
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'council'
	    CHECK (kind IN ('council', 'nhs_partner')),
	created_at timestamptz NOT NULL DEFAULT clock_now()
);
COMMENT ON TABLE council IS
'A body that commissions care in this installation; the tenant.';
COMMENT ON COLUMN council.code IS 'Short stable name for files and commands, such as hertfordshire.';
COMMENT ON COLUMN council.kind IS
'nhs_partner: an NHS body that calls off from a council''s framework.';

CREATE TABLE organisation (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('P'),
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'company' CHECK (kind IN ('company', 'charity',
	    'limited_by_guarantee', 'community_interest', 'partnership',
	    'sole_trader', 'micro_enterprise', 'public_body')),
	company_number text NOT NULL DEFAULT '',
	charity_number text NOT NULL DEFAULT '',
	cqc_provider_id text NOT NULL DEFAULT '',
	website text NOT NULL DEFAULT '',
	is_active boolean NOT NULL DEFAULT true,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	revision integer NOT NULL DEFAULT 1
);
COMMENT ON TABLE organisation IS
'A provider of care. It belongs to the installation: one organisation works with many councils.';
COMMENT ON COLUMN organisation.cqc_provider_id IS
'Care Quality Commission provider id, 1-... ; empty where none is needed.';
COMMENT ON COLUMN organisation.revision IS 'Counts saves; an edit of an older revision is a conflict.';

GRANT SELECT ON council TO hearth_web, hearth_jobs;
GRANT SELECT, INSERT ON organisation TO hearth_web;
GRANT UPDATE (name, kind, company_number, charity_number, cqc_provider_id,
    website, is_active, revision) ON organisation TO hearth_web;
GRANT SELECT ON organisation TO hearth_jobs;

-- migrate:down
