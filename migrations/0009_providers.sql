-- migrate:up
-- The register: offices, contacts and places of registration of providers.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE organisation_office (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	kind text NOT NULL CHECK (kind IN ('registered', 'trading', 'branch')),
	address text NOT NULL CHECK (address <> ''),
	postcode text NOT NULL,
	sector text REFERENCES postcode_sector
);
CREATE INDEX organisation_office_organisation
    ON organisation_office (organisation_id);
COMMENT ON TABLE organisation_office IS 'Where a provider works from; closeness is measured from here and from its locations.';
COMMENT ON COLUMN organisation_office.address IS 'Lines of the address without the postcode.';
COMMENT ON COLUMN organisation_office.sector IS 'NULL where the sector is not in the table of sectors.';

CREATE TABLE organisation_contact (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	name text NOT NULL CHECK (name <> ''),
	job_title text NOT NULL DEFAULT '',
	telephone text NOT NULL DEFAULT '',
	email text NOT NULL DEFAULT '',
	gets_offers boolean NOT NULL DEFAULT false,
	is_active boolean NOT NULL DEFAULT true
);
CREATE INDEX organisation_contact_organisation
    ON organisation_contact (organisation_id);
COMMENT ON TABLE organisation_contact IS 'Whom to call or write to at a provider.';
COMMENT ON COLUMN organisation_contact.gets_offers IS 'Offers are mailed to this contact.';

CREATE TABLE location (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	cqc_location_id text UNIQUE,
	name text NOT NULL CHECK (name <> ''),
	address text NOT NULL DEFAULT '',
	postcode text NOT NULL DEFAULT '',
	sector text REFERENCES postcode_sector,
	cqc_rating text CHECK (cqc_rating IN ('outstanding', 'good',
	    'requires_improvement', 'inadequate')),
	rated_on date,
	registered_on date
);
CREATE INDEX location_organisation ON location (organisation_id);
COMMENT ON TABLE location IS 'A place registered with the Care Quality Commission.';
COMMENT ON COLUMN location.cqc_location_id IS 'NULL where the service needs no registration (004 L49-51).';
COMMENT ON COLUMN location.cqc_rating IS 'NULL is not yet rated.';

ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
CREATE POLICY council_read ON organisation FOR SELECT TO hearth_web
    USING ((SELECT tenant_council()) IS NOT NULL);
CREATE POLICY council_add ON organisation FOR INSERT TO hearth_web
    WITH CHECK ((SELECT tenant_council()) IS NOT NULL);
CREATE POLICY council_edit ON organisation FOR UPDATE TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.organisation_id = organisation.id
          AND m.council_id = (SELECT tenant_council())));
CREATE POLICY provider_read ON organisation FOR SELECT TO hearth_web
    USING (id = (SELECT tenant_organisation()));
CREATE POLICY jobs_read ON organisation FOR SELECT TO hearth_jobs USING (true);

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['organisation_office',
	    'organisation_contact', 'location']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY register_read ON %I FOR SELECT TO hearth_web'
		    ' USING ((SELECT tenant_council()) IS NOT NULL'
		    ' AND organisation_id IN'
		    ' (SELECT m.organisation_id FROM framework_member m))', table_name);
		EXECUTE format('CREATE POLICY council_edit ON %I TO hearth_web'
		    ' USING (organisation_id IN (SELECT m.organisation_id'
		    ' FROM framework_member m'
		    ' WHERE m.council_id = (SELECT tenant_council())))', table_name);
		EXECUTE format('CREATE POLICY provider_read ON %I FOR SELECT TO hearth_web'
		    ' USING (organisation_id = (SELECT tenant_organisation()))', table_name);
		EXECUTE format('CREATE POLICY jobs_read ON %I FOR SELECT TO hearth_jobs'
		    ' USING (true)', table_name);
	END LOOP;
END
$$;
CREATE POLICY provider_edit ON organisation_contact TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()))
    WITH CHECK (organisation_id = (SELECT tenant_organisation()));

GRANT SELECT ON organisation_office, organisation_contact, location
    TO hearth_web, hearth_jobs;
GRANT INSERT, UPDATE ON organisation_office, organisation_contact, location
    TO hearth_web;

-- migrate:down
