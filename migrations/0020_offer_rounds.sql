-- migrate:up
-- What settling a round and ending a placement need beyond the first tables.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE offer_round ADD COLUMN is_follow_up boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN offer_round.is_follow_up IS
'Sent by itself when the round before it found nobody: who was asked or left out there is not asked again. False begins anew.';
ALTER TABLE offer_round ADD COLUMN ground text NOT NULL DEFAULT '';
COMMENT ON COLUMN offer_round.ground IS 'Why it ended as it did, in a sentence.';

ALTER TABLE match_line ADD COLUMN is_chosen boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN match_line.is_chosen IS 'Chosen by the person.';
ALTER TABLE match_line ADD COLUMN last_awarded_at timestamptz;
COMMENT ON COLUMN match_line.last_awarded_at IS
'Last award as it was when the offers went out, so that the tie is not changed by what is awarded meanwhile.';

ALTER TABLE offer ADD COLUMN start_confirmed_at timestamptz;
COMMENT ON COLUMN offer.start_confirmed_at IS 'When the council agreed to a later start than wanted.';

CREATE FUNCTION placement_state(state text, starts_at timestamptz, at timestamptz)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT CASE WHEN state = 'planned' AND at >= starts_at THEN 'started' ELSE state END$$;
COMMENT ON FUNCTION placement_state(text, timestamptz, timestamptz) IS
'The state of a placement at an instant: care starts by itself when its start comes.';

CREATE FUNCTION placement_begin(council bigint, placement bigint,
    OUT package_id bigint, OUT now timestamptz)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	placed_package bigint;
BEGIN
	IF tenant_scope() = 'settle' THEN
		RAISE EXCEPTION 'placement_begin without settle_end';
	END IF;
	SELECT p.package_id INTO placed_package FROM placement p
	 WHERE p.council_id = council AND p.id = placement
	   AND (tenant_council() = council
	       OR p.organisation_id = tenant_organisation());
	IF NOT FOUND THEN
		RETURN;
	END IF;
	PERFORM set_config('hearth.settle_council_id',
	            coalesce(tenant_council()::text, ''), true),
	        set_config('hearth.settle_scope', tenant_scope(), true),
	        set_config('hearth.council_id', council::text, true),
	        set_config('hearth.scope', 'settle', true);
	SELECT k.id INTO package_id FROM package k
	 WHERE k.council_id = council AND k.id = placed_package
	   FOR UPDATE;
	now := clock_now();
END
$$;
COMMENT ON FUNCTION placement_begin(bigint, bigint) IS
'As settle_begin(), for the council and the provider of a placement; ended by settle_end().';

GRANT EXECUTE ON FUNCTION placement_state(text, timestamptz, timestamptz)
    TO hearth_web, hearth_jobs;
GRANT EXECUTE ON FUNCTION placement_begin(bigint, bigint) TO hearth_web;

-- migrate:down
