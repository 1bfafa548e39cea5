-- migrate:up
-- The first administrator of a new council, from the command line.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE FUNCTION council_add(new_code text, new_name text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	new_id bigint;
BEGIN
	INSERT INTO council (code, name) VALUES (new_code, new_name)
	    ON CONFLICT (code) DO NOTHING RETURNING id INTO new_id;
	IF new_id IS NOT NULL THEN
		PERFORM audit_write(new_id, NULL, NULL, 'council.add', 'council',
		    new_code, '{}');
	END IF;
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION council_add(text, text) IS
'For the command line: a council that is new to the installation; NULL when its code is taken.';
GRANT EXECUTE ON FUNCTION council_add(text, text) TO hearth_jobs;

-- migrate:down
