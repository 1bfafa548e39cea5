-- migrate:up
-- The life of a policy's version: a draft that may change, then published and
-- in force for frameworks from a date, at last retired.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- The owner reads past row security where it is not forced.
ALTER TABLE policy_version NO FORCE ROW LEVEL SECURITY;
ALTER TABLE framework NO FORCE ROW LEVEL SECURITY;

-- Small tables, and nobody works while migrations run.
-- squawk-ignore adding-field-with-default
ALTER TABLE policy ADD COLUMN reference text NOT NULL DEFAULT reference_new('Y');
CREATE UNIQUE INDEX policy_reference_key ON policy (reference);

ALTER TABLE policy_version
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD COLUMN changed_at timestamptz,
    -- squawk-ignore adding-foreign-key-constraint
    ADD COLUMN changed_by_id bigint REFERENCES account,
    -- squawk-ignore adding-foreign-key-constraint
    ADD COLUMN published_by_id bigint REFERENCES account,
    ADD COLUMN retired_at timestamptz
        CHECK (retired_at IS NULL OR published_at IS NOT NULL),
    -- squawk-ignore adding-foreign-key-constraint
    ADD COLUMN retired_by_id bigint REFERENCES account;
CREATE UNIQUE INDEX policy_version_draft
    ON policy_version (council_id, policy_id) WHERE published_at IS NULL;
COMMENT ON TABLE policy_version IS
'What a policy says, as the JSON that app/matching reads. A policy has at most one draft; once published a version never changes, so that every round can be explained later.';
COMMENT ON COLUMN policy_version.revision IS
'Counts the changes of a draft, so that two who edit it do not overwrite each other.';
COMMENT ON COLUMN policy_version.published_at IS
'When it was first put in force; NULL: a draft.';
COMMENT ON COLUMN policy_version.retired_at IS 'From then on it can be put in force no more.';

CREATE TABLE framework_policy (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	framework_id bigint NOT NULL,
	policy_version_id bigint NOT NULL,
	from_on date NOT NULL,
	put_at timestamptz NOT NULL DEFAULT clock_now(),
	put_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, framework_id) REFERENCES framework,
	FOREIGN KEY (council_id, policy_version_id) REFERENCES policy_version
);
CREATE INDEX framework_policy_framework
    ON framework_policy (council_id, framework_id, from_on DESC, id DESC);
CREATE INDEX framework_policy_version
    ON framework_policy (council_id, policy_version_id);
COMMENT ON TABLE framework_policy IS
'Which version of a policy is in force for a framework from a day on, in London. Of two of one day the later entry counts. Rows that have come into force are never removed.';
COMMENT ON COLUMN framework_policy.put_by_id IS 'NULL: with the framework itself.';
COMMENT ON COLUMN framework.policy_version_id IS
'The policy version that the framework began with; policy_in_force() says which one counts.';

INSERT INTO framework_policy (council_id, framework_id, policy_version_id, from_on)
SELECT council_id, id, policy_version_id,
       least(starts_on, (clock_now() AT TIME ZONE 'Europe/London')::date)
  FROM framework ORDER BY id;
ALTER TABLE policy_version FORCE ROW LEVEL SECURITY;
ALTER TABLE framework FORCE ROW LEVEL SECURITY;

-- A function in SQL is checked as it is made, so that comes first.
CREATE FUNCTION policy_in_force(council bigint, framework bigint, day date)
RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT p.policy_version_id FROM framework_policy p
 WHERE p.council_id = council AND p.framework_id = framework
   AND p.from_on <= day
 ORDER BY p.from_on DESC, p.id DESC LIMIT 1
$$;
COMMENT ON FUNCTION policy_in_force(bigint, bigint, date) IS
'The version of a policy that is in force for a framework on a day. The one place where that is decided.';

ALTER TABLE framework_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE framework_policy FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON framework_policy TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
CREATE POLICY jobs ON framework_policy TO hearth_jobs
    USING (true) WITH CHECK (true);
CREATE POLICY partner_read ON framework_policy FOR SELECT TO hearth_web
    USING (council_id IN (SELECT p.council_id FROM framework_partner p
        WHERE p.partner_council_id = (SELECT tenant_council())));

CREATE FUNCTION framework_policy_begin() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	INSERT INTO framework_policy (council_id, framework_id,
	    policy_version_id, from_on)
	VALUES (NEW.council_id, NEW.id, NEW.policy_version_id, least(NEW.starts_on,
	    (clock_now() AT TIME ZONE 'Europe/London')::date));
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION framework_policy_begin() IS
'A framework begins with a policy in force, so that packages can be matched before its first day.';
CREATE TRIGGER framework_policy_begin AFTER INSERT ON framework
    FOR EACH ROW EXECUTE FUNCTION framework_policy_begin();

CREATE FUNCTION framework_policy_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	today date := (clock_now() AT TIME ZONE 'Europe/London')::date;
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF OLD.from_on <= today THEN
			RAISE EXCEPTION 'what has come into force stays in the record'
			    USING ERRCODE = 'restrict_violation';
		END IF;
		RETURN OLD;
	END IF;
	-- The lock holds off whoever retires the version in this moment.
	PERFORM FROM policy_version v
	  WHERE v.council_id = NEW.council_id AND v.id = NEW.policy_version_id
	    AND v.published_at IS NOT NULL AND v.retired_at IS NULL
	    FOR SHARE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'only a published version that is not retired comes into force'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF NEW.from_on < today AND EXISTS (SELECT FROM framework_policy p
	        WHERE p.council_id = NEW.council_id
	          AND p.framework_id = NEW.framework_id) THEN
		RAISE EXCEPTION 'nothing comes into force for days gone by'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION framework_policy_guard() IS
'What comes into force is published, not retired, and not for the past; what has come into force is not taken back.';
CREATE TRIGGER framework_policy_guard BEFORE INSERT OR DELETE ON framework_policy
    FOR EACH ROW EXECUTE FUNCTION framework_policy_guard();

CREATE OR REPLACE FUNCTION policy_version_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	today date := (clock_now() AT TIME ZONE 'Europe/London')::date;
BEGIN
	IF OLD.published_at IS NULL THEN
		RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	END IF;
	IF TG_OP = 'DELETE' OR OLD.retired_at IS NOT NULL
	    OR NEW.retired_at IS NULL
	    OR to_jsonb(NEW) - ARRAY['retired_at', 'retired_by_id']
	    <> to_jsonb(OLD) - ARRAY['retired_at', 'retired_by_id'] THEN
		RAISE EXCEPTION 'a published policy version never changes'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF EXISTS (SELECT FROM framework_policy p
	    WHERE p.council_id = NEW.council_id
	      AND p.policy_version_id = NEW.id
	      AND (p.from_on > today OR NEW.id = policy_in_force(
	          p.council_id, p.framework_id, today))) THEN
		RAISE EXCEPTION 'a version that is in force, or will be, is not retired'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION policy_version_keep() IS
'Of a published policy version nothing changes but that it is retired, once it is in force nowhere.';

CREATE FUNCTION offer_round_policy() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM policy_version v
	    WHERE v.council_id = NEW.policy_council_id
	      AND v.id = NEW.policy_version_id AND v.published_at IS NOT NULL) THEN
		RAISE EXCEPTION 'offers go out under a published policy version only'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION offer_round_policy() IS
'No offer goes by a draft, which may still change.';
CREATE TRIGGER offer_round_policy BEFORE INSERT ON offer_round
    FOR EACH ROW EXECUTE FUNCTION offer_round_policy();

GRANT EXECUTE ON FUNCTION policy_in_force(bigint, bigint, date)
    TO hearth_web, hearth_jobs;
GRANT INSERT, UPDATE, DELETE ON policy, policy_version TO hearth_web;
GRANT SELECT, INSERT, DELETE ON framework_policy TO hearth_web;
GRANT SELECT ON framework_policy TO hearth_jobs;

-- migrate:down
