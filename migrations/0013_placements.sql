-- migrate:up
-- Placed packages, and who may read what of packages, offers and people.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE placement (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('L'),
	package_id bigint NOT NULL,
	person_id bigint NOT NULL,
	offer_id bigint,
	placement_request_id bigint,
	organisation_id bigint NOT NULL REFERENCES organisation,
	member_council_id bigint,
	member_id bigint,
	state text NOT NULL DEFAULT 'planned'
	    CHECK (state IN ('planned', 'started', 'suspended', 'ended')),
	is_interim boolean NOT NULL DEFAULT false,
	terms text NOT NULL DEFAULT 'new' CHECK (terms IN ('old', 'new')),
	terms_note text NOT NULL DEFAULT '',
	starts_at timestamptz NOT NULL,
	ended_at timestamptz,
	end_reason text NOT NULL DEFAULT '',
	weekly_minutes integer NOT NULL CHECK (weekly_minutes >= 0),
	weekly_price_pence bigint NOT NULL CHECK (weekly_price_pence >= 0),
	rate_pence bigint CHECK (rate_pence > 0),
	spare_taken_minutes integer NOT NULL DEFAULT 0
	    CHECK (spare_taken_minutes >= 0),
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id, person_id)
	    REFERENCES package (council_id, id, person_id),
	FOREIGN KEY (council_id, offer_id) REFERENCES offer,
	FOREIGN KEY (council_id, placement_request_id) REFERENCES placement_request,
	FOREIGN KEY (member_council_id, member_id)
	    REFERENCES framework_member (council_id, id),
	CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
	CHECK ((member_id IS NULL) = (member_council_id IS NULL))
);
CREATE UNIQUE INDEX placement_live ON placement (council_id, package_id)
    WHERE state <> 'ended' AND NOT is_interim;
CREATE UNIQUE INDEX placement_offer ON placement (council_id, offer_id);
CREATE INDEX placement_package ON placement (council_id, package_id, organisation_id);
CREATE INDEX placement_person ON placement (council_id, person_id, organisation_id);
CREATE INDEX placement_organisation ON placement (organisation_id, starts_at);
CREATE INDEX placement_start ON placement (starts_at) WHERE state = 'planned';
COMMENT ON TABLE placement IS
'A package placed with a provider. At most one that is live and not interim for a package, whatever races.';
COMMENT ON COLUMN placement.is_interim IS
'Care in place while the package waits for a change; its hours are the hours in place.';
COMMENT ON COLUMN placement.terms IS 'old: on previous terms until a recorded change moves it (002 L98).';
COMMENT ON COLUMN placement.terms_note IS 'The recorded change that moved it to new terms.';
COMMENT ON COLUMN placement.spare_taken_minutes IS
'What this placement took from the member''s spare minutes, given back when it ends; kept by a trigger.';

CREATE FUNCTION placement_capacity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	given_back integer := 0;
	wanted integer := NEW.weekly_minutes;
	spare integer;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF (NEW.state = 'ended') = (OLD.state = 'ended')
		    AND NEW.weekly_minutes = OLD.weekly_minutes THEN
			NEW.spare_taken_minutes := OLD.spare_taken_minutes;
			RETURN NEW;
		END IF;
		given_back := OLD.spare_taken_minutes;
	END IF;
	IF NEW.state = 'ended' THEN
		wanted := 0;
	END IF;
	SELECT m.spare_minutes + given_back INTO spare
	  FROM framework_member m
	 WHERE m.council_id = NEW.member_council_id AND m.id = NEW.member_id
	   FOR NO KEY UPDATE;
	NEW.spare_taken_minutes := coalesce(least(spare, wanted), 0);
	UPDATE framework_member m
	   SET spare_minutes = spare - NEW.spare_taken_minutes,
	       last_award_at = CASE WHEN TG_OP = 'INSERT' AND NOT NEW.is_interim
	           THEN greatest(m.last_award_at, NEW.created_at)
	           ELSE m.last_award_at END
	 WHERE m.council_id = NEW.member_council_id AND m.id = NEW.member_id;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION placement_capacity() IS
'A placement takes its weekly minutes from the member''s spare minutes, as far as there are any; an ending gives back what was taken. Runs as the owner: the member may be on another council''s framework.';
CREATE TRIGGER placement_capacity BEFORE INSERT OR UPDATE ON placement
    FOR EACH ROW EXECUTE FUNCTION placement_capacity();

CREATE FUNCTION placement_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF OLD.state = 'ended' AND NEW.state <> 'ended' THEN
		RAISE EXCEPTION 'placement % has ended and stays so', OLD.reference
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF NEW.state = 'planned' AND OLD.state <> 'planned' THEN
		RAISE EXCEPTION 'placement % has started', OLD.reference
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION placement_guard() IS 'planned, then started and suspended in turns, then ended for good.';
CREATE TRIGGER placement_guard BEFORE UPDATE OF state ON placement
    FOR EACH ROW EXECUTE FUNCTION placement_guard();

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['person', 'person_contact', 'package',
	    'care_address', 'package_need', 'visit', 'outcome_wanted',
	    'package_version', 'package_wait', 'offer_round', 'match_line',
	    'offer', 'placement_request', 'placement']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('GRANT SELECT ON %I TO hearth_web', table_name);
		-- Jobs settle rounds and send mail; who the person is they need not know.
		CONTINUE WHEN table_name IN ('person', 'person_contact', 'care_address',
		    'placement_request');
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
		EXECUTE format('GRANT SELECT ON %I TO hearth_jobs', table_name);
	END LOOP;
	-- Before acceptance: the package without the person.
	FOREACH table_name IN ARRAY ARRAY['package_need', 'visit',
	    'outcome_wanted', 'package_version']
	LOOP
		EXECUTE format('CREATE POLICY provider_read ON %I FOR SELECT'
		    ' TO hearth_web USING (EXISTS (SELECT FROM package k'
		    ' WHERE k.council_id = %1$I.council_id'
		    ' AND k.id = %1$I.package_id))', table_name);
	END LOOP;
END
$$;

CREATE POLICY provider_read ON offer FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY provider_edit ON offer FOR UPDATE TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()))
    WITH CHECK (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY provider_read ON offer_round FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM offer o
        WHERE o.council_id = offer_round.council_id
          AND o.round_id = offer_round.id
          AND o.organisation_id = (SELECT tenant_organisation())));
CREATE POLICY provider_read ON placement FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY provider_read ON package FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM offer o
            WHERE o.council_id = package.council_id
              AND o.package_id = package.id
              AND o.organisation_id = (SELECT tenant_organisation()))
        OR EXISTS (SELECT FROM placement p
            WHERE p.council_id = package.council_id
              AND p.package_id = package.id
              AND p.organisation_id = (SELECT tenant_organisation())));

-- After placement, and until it ends: the person.
CREATE POLICY provider_read ON person FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM placement p
        WHERE p.council_id = person.council_id AND p.person_id = person.id
          AND p.organisation_id = (SELECT tenant_organisation())
          AND p.state IN ('planned', 'started', 'suspended')));
CREATE POLICY provider_read ON person_contact FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM placement p
        WHERE p.council_id = person_contact.council_id
          AND p.person_id = person_contact.person_id
          AND p.organisation_id = (SELECT tenant_organisation())
          AND p.state IN ('planned', 'started', 'suspended')));
CREATE POLICY provider_read ON care_address FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM placement p
        WHERE p.council_id = care_address.council_id
          AND p.package_id = care_address.package_id
          AND p.organisation_id = (SELECT tenant_organisation())
          AND p.state IN ('planned', 'started', 'suspended')));
CREATE POLICY functions ON placement FOR SELECT TO hearth_owner USING (true);
CREATE POLICY functions ON person FOR SELECT TO hearth_owner USING (true);

GRANT INSERT, UPDATE ON person, person_contact, package, care_address, visit,
    package_wait, offer_round, offer, placement_request, placement TO hearth_web;
GRANT INSERT ON package_need, outcome_wanted, package_version, match_line
    TO hearth_web;
GRANT DELETE ON person_contact, package_need, visit, outcome_wanted TO hearth_web;
GRANT INSERT, UPDATE ON offer_round, offer, placement, package_wait TO hearth_jobs;
GRANT INSERT ON match_line, package_version TO hearth_jobs;
GRANT UPDATE ON package TO hearth_jobs;

-- migrate:down
