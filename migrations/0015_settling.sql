-- migrate:up
-- Functions that look across the line between a provider and a council.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- A provider's reply settles a round, and so touches the other providers'
-- offers and the package. The way of every such act:
--   1. settle_begin(council, round): checks that the session has business
--      there, locks the package and then reads the clock;
--   2. app/offers reads the round, decides and writes with ordinary queries,
--      which now see the council's rows;
--   3. settle_end(): the session is what it was before.
-- It runs with the caller's own rights: what it widens is a setting.
CREATE FUNCTION settle_begin(council bigint, round bigint,
    OUT package_id bigint, OUT package_reference text, OUT now timestamptz)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	round_package bigint;
BEGIN
	IF tenant_scope() = 'settle' THEN
		RAISE EXCEPTION 'settle_begin without settle_end';
	END IF;
	IF NOT coalesce(current_user = 'hearth_jobs' OR tenant_council() = council
	    OR EXISTS (SELECT FROM offer o
	        WHERE o.council_id = council AND o.round_id = round
	          AND o.organisation_id = tenant_organisation()), false) THEN
		RETURN;
	END IF;
	SELECT r.package_id INTO round_package FROM offer_round r
	 WHERE r.council_id = council AND r.id = round;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	PERFORM set_config('hearth.settle_council_id',
	            coalesce(tenant_council()::text, ''), true),
	        set_config('hearth.settle_scope', tenant_scope(), true),
	        set_config('hearth.council_id', council::text, true),
	        set_config('hearth.scope', 'settle', true);
	SELECT k.id, k.reference INTO package_id, package_reference
	  FROM package k
	 WHERE k.council_id = council AND k.id = round_package
	   FOR UPDATE;
	now := clock_now();
END
$$;
COMMENT ON FUNCTION settle_begin(bigint, bigint) IS
'Opens the council''s side of a round to the session of that council, of a provider with an offer in the round, or of the jobs process; locks the package, then reads the clock. package_id is NULL for strangers, who see what they saw before.';

CREATE FUNCTION settle_end() RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF tenant_scope() <> 'settle' THEN
		RAISE EXCEPTION 'settle_end without settle_begin';
	END IF;
	PERFORM set_config('hearth.council_id',
	            current_setting('hearth.settle_council_id'), true),
	        set_config('hearth.scope',
	            current_setting('hearth.settle_scope'), true);
END
$$;
COMMENT ON FUNCTION settle_end() IS
'The session is again what it was before settle_begin(); the package stays locked to the end of the transaction.';

CREATE FUNCTION key_safe_allowed(council bigint, person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT coalesce(tenant_scope() = 'council' AND tenant_council() = council
    AND EXISTS (SELECT FROM person p
        WHERE p.council_id = council AND p.id = person), false)
    OR coalesce(tenant_scope() = 'provider' AND EXISTS (SELECT FROM placement p
        WHERE p.council_id = council AND p.person_id = person
          AND p.organisation_id = tenant_organisation()
          AND p.state IN ('planned', 'started', 'suspended')), false)
$$;
COMMENT ON FUNCTION key_safe_allowed(bigint, bigint) IS
'Whether this session may read the key-safe note: the council, or the provider that cares for the person now.';

CREATE FUNCTION key_safe_has(council bigint, person bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
SELECT key_safe_allowed(council, person) AND EXISTS (SELECT FROM key_safe k
    WHERE k.council_id = council AND k.person_id = person)
$$;
COMMENT ON FUNCTION key_safe_has(bigint, bigint) IS
'Whether there is a note that this session may read, so that a page can offer it.';

CREATE FUNCTION key_safe_set(person bigint, new_note text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
BEGIN
	IF tenant_scope() <> 'council'
	    OR NOT key_safe_allowed(tenant_council(), person) THEN
		RETURN false;
	END IF;
	IF btrim(new_note) = '' THEN
		DELETE FROM key_safe k
		 WHERE k.council_id = tenant_council() AND k.person_id = person;
	ELSE
		INSERT INTO key_safe VALUES (tenant_council(), person, new_note,
		    clock_now(), tenant_account())
		    ON CONFLICT (council_id, person_id) DO UPDATE
		    SET note = excluded.note, changed_at = excluded.changed_at,
		        changed_by_id = excluded.changed_by_id;
	END IF;
	PERFORM audit_add('key_safe.change', 'person', p.reference)
	   FROM person p WHERE p.council_id = tenant_council() AND p.id = person;
	RETURN true;
END
$$;
COMMENT ON FUNCTION key_safe_set(bigint, text) IS
'Keeps the key-safe note of a person of the own council; an empty one removes it.';

CREATE FUNCTION key_safe_read(council bigint, person bigint) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
DECLARE
	found_note text;
BEGIN
	IF NOT key_safe_allowed(council, person) THEN
		RETURN NULL;
	END IF;
	SELECT k.note INTO found_note FROM key_safe k
	 WHERE k.council_id = council AND k.person_id = person;
	IF FOUND THEN
		PERFORM audit_add('key_safe.view', 'person', p.reference, '{}', council)
		   FROM person p WHERE p.council_id = council AND p.id = person;
	END IF;
	RETURN found_note;
END
$$;
COMMENT ON FUNCTION key_safe_read(bigint, bigint) IS
'The key-safe note, with the audit row of the look; NULL when there is none or the session may not.';

GRANT EXECUTE ON FUNCTION settle_begin(bigint, bigint), settle_end()
    TO hearth_web, hearth_jobs;
GRANT EXECUTE ON FUNCTION key_safe_has(bigint, bigint),
    key_safe_set(bigint, text), key_safe_read(bigint, bigint) TO hearth_web;

-- migrate:down
