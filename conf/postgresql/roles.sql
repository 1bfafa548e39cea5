-- Roles, limits and the extension, run as a superuser in the database hearth
-- before the migrations; may be run again.
-- hearth_owner owns everything and migrates, hearth_web serves pages,
-- hearth_jobs does what happens later. None of them may bypass row security.
SET client_min_messages = warning;

DO $$
DECLARE
	role_name text;
BEGIN
	FOREACH role_name IN ARRAY ARRAY['hearth_owner', 'hearth_web', 'hearth_jobs']
	LOOP
		IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
			EXECUTE format('CREATE ROLE %I LOGIN', role_name);
		END IF;
		EXECUTE format('ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEDB'
		    ' NOCREATEROLE NOREPLICATION NOINHERIT', role_name);
		EXECUTE format('ALTER ROLE %I SET timezone = ''UTC''', role_name);
		EXECUTE format('ALTER ROLE %I SET search_path = public', role_name);
		EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I',
		    current_database(), role_name);
		EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I',
		    current_database(), role_name);
	END LOOP;
	FOREACH role_name IN ARRAY ARRAY['hearth_web', 'hearth_jobs']
	LOOP
		EXECUTE format('ALTER ROLE %I SET statement_timeout = ''3s''', role_name);
		EXECUTE format('ALTER ROLE %I SET lock_timeout = ''1s''', role_name);
		EXECUTE format('ALTER ROLE %I SET'
		    ' idle_in_transaction_session_timeout = ''5s''', role_name);
		EXECUTE format('ALTER ROLE %I SET jit = off', role_name);
		-- Every statement is prepared once a worker. With the policies of
		-- row-level security in it, planning anew costs more than it gains.
		EXECUTE format('ALTER ROLE %I SET plan_cache_mode ='
		    ' force_generic_plan', role_name);
		EXECUTE format('ALTER ROLE %I SET default_transaction_isolation ='
		    ' ''read committed''', role_name);
		EXECUTE format('ALTER ROLE %I SET synchronous_commit = on', role_name);
	END LOOP;
	-- Row security makes planning the dearest part of a page's queries, and
	-- the tenant's settings are read when a plan runs: one plan serves all.
	ALTER ROLE hearth_web SET plan_cache_mode = 'force_generic_plan';
	EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
	EXECUTE format('GRANT CREATE ON DATABASE %I TO hearth_owner',
	    current_database());
END
$$;

-- A migration that reads a table under forced row security must say so with
-- ALTER TABLE ... NO FORCE ROW LEVEL SECURITY, and FORCE it again; with this
-- setting a forgotten one is an error, not an empty result.
ALTER ROLE hearth_owner SET row_security = off;

CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;

ALTER SCHEMA public OWNER TO hearth_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO hearth_web, hearth_jobs;
