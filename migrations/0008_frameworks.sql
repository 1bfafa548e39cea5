-- migrate:up
-- Under which rules providers may be asked: policies, rate cards, frameworks,
-- who calls off from them and who is on them.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE policy (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code)
);
COMMENT ON TABLE policy IS 'A call-off policy: who may be asked, in what order, and who wins.';

CREATE TABLE policy_version (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	policy_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	document jsonb NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	published_at timestamptz,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, policy_id, number),
	FOREIGN KEY (council_id, policy_id) REFERENCES policy
);
COMMENT ON TABLE policy_version IS
'What a policy says, as the JSON that app/matching reads. Once published it never changes, so that every round can be explained later.';

CREATE FUNCTION policy_version_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF OLD.published_at IS NOT NULL THEN
		RAISE EXCEPTION 'a published policy version never changes'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION policy_version_keep() IS 'Refuses change of a published policy version.';
CREATE TRIGGER policy_version_keep BEFORE UPDATE OR DELETE ON policy_version
    FOR EACH ROW EXECUTE FUNCTION policy_version_keep();

CREATE TABLE rate_card (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	effective_on date NOT NULL,
	hourly_rate_pence bigint NOT NULL
	    CHECK (hourly_rate_pence BETWEEN 1 AND 1000000),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code, effective_on)
);
COMMENT ON TABLE rate_card IS
'Prices of a council. Of the cards with one code the newest that is effective counts.';

CREATE TABLE rate_band (
	council_id bigint NOT NULL,
	rate_card_id bigint NOT NULL,
	up_to_seconds integer NOT NULL CHECK (up_to_seconds > 0),
	percent integer NOT NULL CHECK (percent BETWEEN 1 AND 1000),
	PRIMARY KEY (council_id, rate_card_id, up_to_seconds),
	FOREIGN KEY (council_id, rate_card_id) REFERENCES rate_card
);
COMMENT ON TABLE rate_band IS
'Visits up to and including this many seconds, and longer than the band before, cost this share of the hourly rate; longer than the last band is pro rata by the second (003 L269-283).';

CREATE TABLE framework (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('F'),
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	kind text NOT NULL DEFAULT 'framework'
	    CHECK (kind IN ('framework', 'dynamic_purchasing_system', 'spot_list')),
	scheme_id bigint NOT NULL,
	starts_on date NOT NULL,
	ends_on date,
	policy_version_id bigint NOT NULL,
	rate_card_code text NOT NULL,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code),
	FOREIGN KEY (council_id, scheme_id) REFERENCES area_scheme,
	FOREIGN KEY (council_id, policy_version_id) REFERENCES policy_version,
	CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE framework IS 'A list of providers on agreed terms, owned by one council.';
COMMENT ON COLUMN framework.policy_version_id IS 'The policy version in force for new rounds.';
COMMENT ON COLUMN framework.rate_card_code IS 'The rate card in force, by date.';

CREATE TABLE framework_partner (
	council_id bigint NOT NULL,
	framework_id bigint NOT NULL,
	partner_council_id bigint NOT NULL REFERENCES council,
	joined_on date NOT NULL,
	left_on date,
	PRIMARY KEY (council_id, framework_id, partner_council_id),
	FOREIGN KEY (council_id, framework_id) REFERENCES framework
);
CREATE INDEX framework_partner_partner ON framework_partner (partner_council_id);
COMMENT ON TABLE framework_partner IS
'Councils and NHS partners that may call off from a framework (002 L48), its owner among them; what a partner reads of the register follows this list.';
COMMENT ON COLUMN framework_partner.left_on IS 'From this day on no new packages; what was placed stays.';

CREATE FUNCTION framework_owner_joins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	INSERT INTO framework_partner (council_id, framework_id,
	    partner_council_id, joined_on)
	VALUES (NEW.council_id, NEW.id, NEW.council_id, NEW.starts_on);
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION framework_owner_joins() IS 'The owner of a framework may call off from it.';
CREATE TRIGGER framework_owner_joins AFTER INSERT ON framework
    FOR EACH ROW EXECUTE FUNCTION framework_owner_joins();

CREATE TABLE framework_member (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('M'),
	framework_id bigint NOT NULL,
	organisation_id bigint NOT NULL REFERENCES organisation,
	contract_kind text NOT NULL DEFAULT 'framework'
	    CHECK (contract_kind IN ('framework', 'lead', 'spot')),
	state text NOT NULL DEFAULT 'active'
	    CHECK (state IN ('active', 'suspended', 'removed', 'left')),
	state_reason text NOT NULL DEFAULT '',
	tier integer CHECK (tier BETWEEN 1 AND 9),
	joined_on date NOT NULL,
	left_on date,
	is_current_provider boolean NOT NULL DEFAULT false,
	monitoring_visit_passed_on date,
	hourly_rate_pence bigint CHECK (hourly_rate_pence BETWEEN 1 AND 1000000),
	spare_minutes integer NOT NULL DEFAULT 0 CHECK (spare_minutes >= 0),
	quality_score integer CHECK (quality_score BETWEEN 0 AND 100),
	has_all_areas boolean NOT NULL DEFAULT false,
	earliest_start_on date,
	call_days integer NOT NULL DEFAULT 127 CHECK (call_days BETWEEN 0 AND 127),
	calls_from_minute integer CHECK (calls_from_minute BETWEEN 0 AND 1440),
	calls_until_minute integer CHECK (calls_until_minute BETWEEN 0 AND 1440),
	last_award_at timestamptz,
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, framework_id, organisation_id),
	FOREIGN KEY (council_id, framework_id) REFERENCES framework
);
CREATE INDEX framework_member_organisation
    ON framework_member (organisation_id, council_id);
COMMENT ON TABLE framework_member IS
'An organisation on a framework: the facts that call-off goes by.';
COMMENT ON COLUMN framework_member.state_reason IS 'Why it is suspended or removed.';
COMMENT ON COLUMN framework_member.is_current_provider IS
'Provides for this council already, so that no monitoring visit is asked before call-off.';
COMMENT ON COLUMN framework_member.hourly_rate_pence IS 'Rate of its own; NULL: the rate card''s.';
COMMENT ON COLUMN framework_member.spare_minutes IS
'Spare capacity in minutes a week. Placements take from it and give back (placement trigger); the provider states it anew at will.';
COMMENT ON COLUMN framework_member.has_all_areas IS 'No limit on areas (000 L16); member_area is then not looked at.';
COMMENT ON COLUMN framework_member.call_days IS 'Days on which it visits: bit 0 Monday to bit 6 Sunday.';
COMMENT ON COLUMN framework_member.calls_from_minute IS 'Minute of the local day from which it visits; NULL: not stated.';
COMMENT ON COLUMN framework_member.last_award_at IS 'Breaks ties: longest since the last award goes first.';

CREATE TABLE member_area (
	council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	area_id bigint NOT NULL,
	PRIMARY KEY (council_id, member_id, area_id),
	FOREIGN KEY (council_id, member_id) REFERENCES framework_member,
	FOREIGN KEY (council_id, area_id) REFERENCES area
);
COMMENT ON TABLE member_area IS 'Areas that a member of a framework serves.';

CREATE TABLE member_term (
	council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	term_id bigint NOT NULL REFERENCES care_term,
	PRIMARY KEY (council_id, member_id, term_id),
	FOREIGN KEY (council_id, member_id) REFERENCES framework_member
);
COMMENT ON TABLE member_term IS
'What a member can do: groups, specialisms, languages, cultures, service kinds, medication level and the rest of care_term.';

-- Policies are tried in the reverse order of their names. "tenant" sorts last,
-- so that a council's own rows pass without a look at the other policies.
DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['area_scheme', 'area', 'area_alias',
	    'area_sector', 'policy', 'policy_version', 'rate_card', 'rate_band',
	    'framework', 'framework_partner', 'framework_member', 'member_area',
	    'member_term']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
		CONTINUE WHEN table_name IN ('framework_partner', 'framework_member');
		EXECUTE format('CREATE POLICY partner_read ON %I FOR SELECT TO hearth_web'
		    ' USING (council_id IN (SELECT p.council_id FROM framework_partner p'
		    ' WHERE p.partner_council_id = (SELECT tenant_council())))', table_name);
		EXECUTE format('CREATE POLICY provider_read ON %I FOR SELECT TO hearth_web'
		    ' USING (council_id IN (SELECT m.council_id FROM framework_member m'
		    ' WHERE m.organisation_id = (SELECT tenant_organisation())))', table_name);
	END LOOP;
END
$$;
-- What lists of members hold is narrower than what councils publish.
DROP POLICY provider_read ON member_area;
DROP POLICY provider_read ON member_term;
DROP POLICY partner_read ON member_area;
DROP POLICY partner_read ON member_term;

CREATE POLICY partner_read ON framework_partner FOR SELECT TO hearth_web
    USING (partner_council_id = (SELECT tenant_council()));
CREATE POLICY partner_read ON framework_member FOR SELECT TO hearth_web
    USING ((council_id, framework_id) IN (
        SELECT p.council_id, p.framework_id FROM framework_partner p
         WHERE p.partner_council_id = (SELECT tenant_council())));
CREATE POLICY provider_read ON framework_member FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY provider_edit ON framework_member FOR UPDATE TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()))
    WITH CHECK (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY functions ON framework_member TO hearth_owner
    USING (true) WITH CHECK (true);
CREATE POLICY member_read ON member_area FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_area.council_id
          AND m.id = member_area.member_id));
CREATE POLICY member_read ON member_term FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_term.council_id
          AND m.id = member_term.member_id));
CREATE POLICY provider_add ON member_term FOR INSERT TO hearth_web
    WITH CHECK (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_term.council_id
          AND m.id = member_term.member_id
          AND m.organisation_id = (SELECT tenant_organisation())));
CREATE POLICY provider_remove ON member_term FOR DELETE TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_term.council_id
          AND m.id = member_term.member_id
          AND m.organisation_id = (SELECT tenant_organisation())));

CREATE FUNCTION framework_member_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	-- The placement trigger runs as the owner; this is about pages.
	IF tenant_scope() = 'provider' AND current_user = 'hearth_web'
	    AND to_jsonb(NEW) - ARRAY['spare_minutes', 'earliest_start_on',
	        'call_days', 'calls_from_minute', 'calls_until_minute', 'revision']
	    <> to_jsonb(OLD) - ARRAY['spare_minutes', 'earliest_start_on',
	        'call_days', 'calls_from_minute', 'calls_until_minute', 'revision'] THEN
		RAISE EXCEPTION 'a provider may change its capacity and times only'
		    USING ERRCODE = 'insufficient_privilege';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION framework_member_guard() IS
'Of its own membership a provider changes capacity, earliest start and visiting times only.';
CREATE TRIGGER framework_member_guard BEFORE UPDATE ON framework_member
    FOR EACH ROW EXECUTE FUNCTION framework_member_guard();

GRANT SELECT ON policy, policy_version, rate_card, rate_band, framework,
    framework_partner, framework_member, member_area, member_term
    TO hearth_web, hearth_jobs;
GRANT INSERT, UPDATE ON framework_member TO hearth_web;
GRANT INSERT, DELETE ON member_area, member_term TO hearth_web;

-- migrate:down
