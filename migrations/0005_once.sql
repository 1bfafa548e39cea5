-- migrate:up
-- A form sent twice takes effect once; a form sent too late is not lost.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE vault.once_key (
	account_id bigint NOT NULL,
	route text NOT NULL,
	key text NOT NULL,
	body_hash bytea NOT NULL,
	location text NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	PRIMARY KEY (account_id, route, key)
);
CREATE INDEX once_key_created ON vault.once_key (created_at);
COMMENT ON TABLE vault.once_key IS
'Forms that took effect: where the reply led. Kept seven days. account_id 0 is nobody signed in.';
COMMENT ON COLUMN vault.once_key.body_hash IS
'SHA-256 of the decoded fields, to tell a repeat from a change.';

CREATE FUNCTION once_begin(account bigint, form_route text, form_key text,
    body bytea, OUT state text, OUT location text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	known once_key;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended(
	    concat_ws(' ', 'once', coalesce(account, 0), form_route, form_key), 0));
	SELECT k.* INTO known FROM once_key k
	 WHERE k.account_id = coalesce(account, 0) AND k.route = form_route
	   AND k.key = form_key;
	state := CASE WHEN NOT FOUND THEN 'new'
	    WHEN known.body_hash = body THEN 'same' ELSE 'changed' END;
	location := known.location;
END
$$;
COMMENT ON FUNCTION once_begin(bigint, text, text, bytea) IS
'Waits for a twin of this form that is being saved, then tells whether it is new, the same again or changed, and where the first one led. account 0 or NULL: nobody signed in.';

CREATE FUNCTION once_finish(account bigint, form_route text, form_key text,
    body bytea, reply_location text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
INSERT INTO once_key (account_id, route, key, body_hash, location)
VALUES (coalesce(account, 0), form_route, form_key, body, reply_location)
    ON CONFLICT ON CONSTRAINT once_key_pkey DO UPDATE
    SET body_hash = excluded.body_hash, location = excluded.location
$$;
COMMENT ON FUNCTION once_finish(bigint, text, text, bytea, text) IS
'Keeps where a form that took effect led, in the same transaction.';

CREATE TABLE vault.parked_form (
	account_id bigint NOT NULL REFERENCES account,
	path text NOT NULL,
	fields text NOT NULL CHECK (length(fields) <= 262144),
	parked_at timestamptz NOT NULL,
	expires_at timestamptz NOT NULL,
	PRIMARY KEY (account_id, path)
);
CREATE INDEX parked_form_expiry ON vault.parked_form (expires_at);
COMMENT ON TABLE vault.parked_form IS
'Decoded fields of a form sent after its session ended through idleness; shown again, never submitted. One hour.';
COMMENT ON COLUMN vault.parked_form.fields IS 'URL-encoded, no files.';

CREATE FUNCTION form_park(token bytea, form_path text, form_fields text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	past record := session_begin(token);
BEGIN
	IF past.state <> 'idle' THEN
		RETURN false;
	END IF;
	INSERT INTO parked_form VALUES (past.account_id, form_path, form_fields,
	    past.now, past.now + interval '1 hour')
	    ON CONFLICT (account_id, path) DO UPDATE
	    SET fields = excluded.fields, parked_at = excluded.parked_at,
	        expires_at = excluded.expires_at;
	RETURN true;
END
$$;
COMMENT ON FUNCTION form_park(bytea, text, text) IS
'Parks a form for the account of a session that ended through idleness, and of no other; dispatch has verified the CSRF token.';

CREATE FUNCTION form_unpark(form_path text) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DELETE FROM parked_form f
 WHERE f.account_id = tenant_account() AND f.path = form_path
   AND f.expires_at > clock_now()
RETURNING f.fields
$$;
COMMENT ON FUNCTION form_unpark(text) IS
'Gives the parked fields of this path back to the signed-in account, once; NULL when there are none.';

CREATE FUNCTION form_parked_path() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT f.path FROM parked_form f
 WHERE f.account_id = tenant_account()
   AND f.expires_at > (SELECT clock_now())
 ORDER BY f.parked_at DESC LIMIT 1
$$;
COMMENT ON FUNCTION form_parked_path() IS
'Where the signed-in account''s newest parked form belongs; NULL when there is none.';

CREATE FUNCTION once_purge() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	removed bigint;
BEGIN
	DELETE FROM once_key k WHERE k.created_at < clock_now() - interval '7 days';
	GET DIAGNOSTICS removed = ROW_COUNT;
	DELETE FROM parked_form f WHERE f.expires_at < clock_now();
	RETURN removed;
END
$$;
COMMENT ON FUNCTION once_purge() IS
'Removes once-keys after seven days and parked forms after their hour; called by the jobs process.';

GRANT EXECUTE ON FUNCTION once_begin(bigint, text, text, bytea),
    once_finish(bigint, text, text, bytea, text), form_park(bytea, text, text),
    form_unpark(text), form_parked_path() TO hearth_web;
GRANT EXECUTE ON FUNCTION once_purge() TO hearth_jobs;

-- migrate:down
