-- migrate:up
-- Specialist care costed for one person, above the framework's ceiling, with
-- the approval of a second person who is named.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE individual_rate (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('V'),
	package_id bigint NOT NULL,
	package_version integer NOT NULL CHECK (package_version >= 1),
	pay_pence bigint NOT NULL CHECK (pay_pence BETWEEN 1 AND 100000),
	travel_pence bigint NOT NULL CHECK (travel_pence BETWEEN 0 AND 100000),
	supervision_pence bigint NOT NULL
	    CHECK (supervision_pence BETWEEN 0 AND 100000),
	overhead_pence bigint NOT NULL
	    CHECK (overhead_pence BETWEEN 0 AND 100000),
	hourly_pence bigint NOT NULL GENERATED ALWAYS AS (pay_pence
	    + travel_pence + supervision_pence + overhead_pence) STORED,
	ceiling_pence bigint NOT NULL CHECK (ceiling_pence > 0),
	costing text NOT NULL DEFAULT '',
	reason text NOT NULL CHECK (reason <> ''),
	state text NOT NULL DEFAULT 'proposed'
	    CHECK (state IN ('proposed', 'approved', 'refused', 'cancelled')),
	proposed_by_id bigint NOT NULL REFERENCES account,
	proposed_at timestamptz NOT NULL DEFAULT clock_now(),
	decided_by_id bigint REFERENCES account,
	decided_at timestamptz,
	decision_note text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	CHECK (hourly_pence > ceiling_pence AND hourly_pence <= 100000),
	CHECK ((state = 'proposed') = (decided_at IS NULL)),
	CHECK ((decided_at IS NULL) = (decided_by_id IS NULL)),
	CHECK (state NOT IN ('approved', 'refused')
	    OR (decided_by_id <> proposed_by_id AND decision_note <> ''))
);
CREATE UNIQUE INDEX individual_rate_open ON individual_rate
    (council_id, package_id, package_version)
    WHERE state = 'proposed';
CREATE INDEX individual_rate_package
    ON individual_rate (council_id, package_id, id);
COMMENT ON TABLE individual_rate IS
'An hourly rate for one specialist package above the ceiling of its framework: costed, with a reason, and approved by somebody other than who proposed it. It holds for one version of the package; another version asks anew.';
COMMENT ON COLUMN individual_rate.package_version IS
'What was costed. When the package says something else the rate has lapsed, whatever its state.';
COMMENT ON COLUMN individual_rate.pay_pence IS
'How the hour was costed: pay, travel, supervision and overhead, in pence.';
COMMENT ON COLUMN individual_rate.hourly_pence IS
'The whole rate for an hour, to which no premium is added.';
COMMENT ON COLUMN individual_rate.ceiling_pence IS
'The ceiling of the framework when it was proposed.';
COMMENT ON COLUMN individual_rate.costing IS
'Anything else on how it was costed; for staff.';

-- What was decided stays as it is, as does what was proposed.
CREATE FUNCTION individual_rate_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF OLD.state <> 'proposed'
	    OR to_jsonb(NEW) - ARRAY['state', 'decided_by_id', 'decided_at',
	        'decision_note', 'hourly_pence']
	    <> to_jsonb(OLD) - ARRAY['state', 'decided_by_id', 'decided_at',
	        'decision_note', 'hourly_pence'] THEN
		-- hourly_pence is worked out after this.
		RAISE EXCEPTION 'individual rate % stays as it is', OLD.reference
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION individual_rate_keep() IS
'A proposal is decided once, and says for ever what was decided on.';
CREATE TRIGGER individual_rate_keep BEFORE UPDATE ON individual_rate
    FOR EACH ROW EXECUTE FUNCTION individual_rate_keep();

-- Only a specialist package as it stands now can have one.
CREATE FUNCTION individual_rate_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF NEW.state IN ('proposed', 'approved') AND NOT EXISTS (
	    SELECT FROM package k
	     WHERE k.council_id = NEW.council_id AND k.id = NEW.package_id
	       AND k.complexity = 'specialist' AND k.state = 'waiting'
	       AND k.version = NEW.package_version) THEN
		RAISE EXCEPTION 'only a specialist package that waits, as it stands now, can have an individual rate'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION individual_rate_check() IS
'A rate is proposed and approved for a specialist package that waits, and for what it says now.';
CREATE TRIGGER individual_rate_check BEFORE INSERT OR UPDATE ON individual_rate
    FOR EACH ROW EXECUTE FUNCTION individual_rate_check();

ALTER TABLE individual_rate ENABLE ROW LEVEL SECURITY;
-- A function in SQL is checked as it is made, past row security.
ALTER TABLE package NO FORCE ROW LEVEL SECURITY;
CREATE FUNCTION individual_rate_in_force(council bigint, package bigint)
RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT i.id
  FROM individual_rate i
  JOIN package k ON k.council_id = i.council_id AND k.id = i.package_id
 WHERE i.council_id = council AND i.package_id = package
   AND i.state = 'approved' AND i.package_version = k.version
   AND k.complexity = 'specialist'
 ORDER BY i.decided_at DESC, i.id DESC
 LIMIT 1
$$;
COMMENT ON FUNCTION individual_rate_in_force(bigint, bigint) IS
'The individual rate that is approved for a package as it stands now, the last one decided, or NULL.';
ALTER TABLE package FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON individual_rate TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
CREATE POLICY jobs ON individual_rate FOR SELECT TO hearth_jobs USING (true);
GRANT SELECT, INSERT, UPDATE ON individual_rate TO hearth_web;
GRANT SELECT ON individual_rate TO hearth_jobs;
GRANT EXECUTE ON FUNCTION individual_rate_in_force(bigint, bigint)
    TO hearth_web, hearth_jobs;

-- Kept with the offers that went out at it; providers read the round.
ALTER TABLE offer_round NO FORCE ROW LEVEL SECURITY;
ALTER TABLE offer_round
    ADD COLUMN individual_rate_id bigint,
    ADD COLUMN individual_pence bigint CHECK (individual_pence > 0),
    -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
    ADD CONSTRAINT offer_round_individual_rate_fkey
    FOREIGN KEY (council_id, individual_rate_id) REFERENCES individual_rate,
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT offer_round_individual_check CHECK (
        (individual_rate_id IS NULL) = (individual_pence IS NULL));
ALTER TABLE offer_round FORCE ROW LEVEL SECURITY;
ALTER TABLE individual_rate FORCE ROW LEVEL SECURITY;
CREATE INDEX offer_round_individual_rate
    ON offer_round (council_id, individual_rate_id);
COMMENT ON COLUMN offer_round.individual_rate_id IS
'The individual rate that was approved for the package when its offers went out: the price where prices are fixed, else the ceiling.';
COMMENT ON COLUMN offer_round.individual_pence IS
'That rate for an hour, for those who may not read who costed it and why.';

-- One more kind of task, beside whichever there are.
DO $$
DECLARE
	kinds text;
BEGIN
	SELECT string_agg(quote_literal(found.words[1]), ', ') INTO STRICT kinds
	  FROM pg_constraint c,
	       regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g')
	           AS found (words)
	 WHERE c.conrelid = 'task'::regclass AND c.conname = 'task_kind_check';
	ALTER TABLE task DROP CONSTRAINT task_kind_check;
	EXECUTE format('ALTER TABLE task ADD CONSTRAINT task_kind_check'
	    ' CHECK (kind IN (%s, %L))', kinds, 'approve_rate');
END
$$;

-- migrate:down
