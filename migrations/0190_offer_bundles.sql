-- migrate:up
-- Packages that lie close together are offered as one: the provider accepts or
-- declines all of them in one act. Each still has its round and its offer, so
-- that everything that holds for an offer holds for one of a bundle.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE offer_bundle (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('B'),
	organisation_id bigint NOT NULL REFERENCES organisation,
	member_council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	sent_at timestamptz NOT NULL,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, id, organisation_id),
	FOREIGN KEY (member_council_id, member_id)
	    REFERENCES framework_member (council_id, id)
);
COMMENT ON TABLE offer_bundle IS
'Offers of several packages to one provider, sent together, which are accepted all or declined all. While they are open, what withdraws one withdraws them all; once answered or past the reply time, each package goes on by its own policy.';
COMMENT ON COLUMN offer_bundle.member_council_id IS
'Owner of the framework that all packages of the bundle are called off from.';

ALTER TABLE offer_bundle ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_bundle FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON offer_bundle TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
CREATE POLICY provider_read ON offer_bundle FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY jobs ON offer_bundle FOR SELECT TO hearth_jobs USING (true);
GRANT SELECT, INSERT ON offer_bundle TO hearth_web;
GRANT SELECT ON offer_bundle TO hearth_jobs;

ALTER TABLE offer
    ADD COLUMN bundle_id bigint,
    -- Row-level security keeps a look at old rows out; none has one yet.
    ADD CONSTRAINT offer_bundle_fkey
        FOREIGN KEY (council_id, bundle_id, organisation_id)
        REFERENCES offer_bundle (council_id, id, organisation_id) NOT VALID;
COMMENT ON COLUMN offer.bundle_id IS
'The bundle that it is answered with; NULL: by itself. Never changed.';
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX offer_bundled ON offer (council_id, bundle_id)
    WHERE bundle_id IS NOT NULL;

CREATE FUNCTION offer_bundle_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF NEW.bundle_id IS DISTINCT FROM OLD.bundle_id THEN
		RAISE EXCEPTION 'offer % stays in its bundle', OLD.reference
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION offer_bundle_keep() IS
'An offer is in a bundle from the start or never.';
CREATE TRIGGER offer_bundle_keep BEFORE UPDATE OF bundle_id ON offer
    FOR EACH ROW EXECUTE FUNCTION offer_bundle_keep();

CREATE FUNCTION offer_bundle_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF EXISTS (SELECT FROM offer o
	    WHERE o.council_id = NEW.council_id AND o.bundle_id = NEW.bundle_id
	      AND o.state <> NEW.state) THEN
		RAISE EXCEPTION 'offer % is answered with its whole bundle',
		    NEW.reference USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION offer_bundle_whole() IS
'The second wall: at the commit either all offers of a bundle are accepted, or all declined, or none is either.';
CREATE CONSTRAINT TRIGGER offer_bundle_whole AFTER UPDATE OF state ON offer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.bundle_id IS NOT NULL AND NEW.state IN ('accepted', 'declined')
        AND NEW.state IS DISTINCT FROM OLD.state)
    EXECUTE FUNCTION offer_bundle_whole();

CREATE FUNCTION packages_together(council bigint, packages bigint[])
RETURNS bigint[]
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	RETURN packages || ARRAY(
	    SELECT x.package_id
	      FROM offer o
	      JOIN offer_round r ON r.council_id = o.council_id
	       AND r.id = o.round_id AND r.settled_at IS NULL
	      JOIN offer x ON x.council_id = o.council_id
	       AND x.bundle_id = o.bundle_id AND x.state = 'sent'
	     WHERE o.council_id = council AND o.package_id = ANY (packages)
	       AND o.bundle_id IS NOT NULL AND o.state = 'sent');
END
$$;
COMMENT ON FUNCTION packages_together(bigint, bigint[]) IS
'Packages with those that are in an open bundle with one of them, some twice.';

CREATE FUNCTION package_lock(council bigint, packages bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	together bigint[];
BEGIN
	together := packages_together(council, packages);
	PERFORM FROM package k
	  WHERE k.council_id = council AND k.id = ANY (together)
	  ORDER BY k.id
	    FOR UPDATE;
	IF NOT packages_together(council, packages) <@ together THEN
		RAISE EXCEPTION 'packages were bundled while their lock was waited for'
		    USING ERRCODE = 'serialization_failure';
	END IF;
END
$$;
COMMENT ON FUNCTION package_lock(bigint, bigint[]) IS
'The lock of everything that happens to the offers of packages: of those and of all that are in an open bundle with one of them, always by ascending id, so that nobody waits in a ring. Where a bundle has come about meanwhile, the request runs again.';

CREATE OR REPLACE FUNCTION settle_begin(council bigint, round bigint,
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
	PERFORM package_lock(council, ARRAY[round_package]);
	SELECT k.id, k.reference INTO package_id, package_reference
	  FROM package k
	 WHERE k.council_id = council AND k.id = round_package;
	now := clock_now();
END
$$;
COMMENT ON FUNCTION settle_begin(bigint, bigint) IS
'Opens the council''s side of a round to the session of that council, of a provider with an offer in the round, or of the jobs process; locks the package with those of its open bundle, then reads the clock. package_id is NULL for strangers, who see what they saw before.';

GRANT EXECUTE ON FUNCTION packages_together(bigint, bigint[]),
    package_lock(bigint, bigint[]) TO hearth_web, hearth_jobs;

-- migrate:down
