-- migrate:up
-- Places as official files give them: every postcode with its position and how
-- rural it is, from which sectors are made, and the names of districts.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE district (
	code text PRIMARY KEY CHECK (code ~ '^[A-Z][0-9]{8}$'),
	name text NOT NULL CHECK (name <> '')
);
COMMENT ON TABLE district IS
'Names of local authority districts by their official codes (E07000240).';

CREATE TABLE postcode (
	postcode text PRIMARY KEY
	    CHECK (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
	sector text NOT NULL,
	latitude double precision NOT NULL CHECK (latitude BETWEEN 49 AND 61),
	longitude double precision NOT NULL CHECK (longitude BETWEEN -9 AND 3),
	district_code text NOT NULL,
	ward_code text NOT NULL,
	rurality text CHECK (rurality IN ('urban', 'semi_rural', 'rural'))
);
CREATE INDEX postcode_of_sector ON postcode (sector);
COMMENT ON TABLE postcode IS
'Live postcodes as imported from Code-Point Open; where one is not here, its sector serves. Positions are used for distances and never shown, as one postcode may be one house.';
COMMENT ON COLUMN postcode.latitude IS 'WGS84, worked out of easting and northing within 5 m.';
COMMENT ON COLUMN postcode.district_code IS 'Official code; empty where the file has none.';
COMMENT ON COLUMN postcode.ward_code IS 'Official code; empty where the file has none.';
COMMENT ON COLUMN postcode.rurality IS 'From another file than the position; NULL is not known.';

CREATE TABLE area_postcode (
	council_id bigint NOT NULL,
	scheme_id bigint NOT NULL,
	postcode text NOT NULL,
	area_id bigint NOT NULL,
	PRIMARY KEY (council_id, scheme_id, postcode),
	FOREIGN KEY (council_id, scheme_id) REFERENCES area_scheme,
	FOREIGN KEY (council_id, area_id) REFERENCES area
);
CREATE INDEX area_postcode_area ON area_postcode (council_id, area_id);
COMMENT ON TABLE area_postcode IS
'The area that a postcode lies in, where a council has said so by postcode; its sector may straddle several.';

-- Every statement that reads it says what to show where it is not known.
-- squawk-ignore ban-drop-not-null
ALTER TABLE postcode_sector ALTER COLUMN rurality DROP NOT NULL;
COMMENT ON COLUMN postcode_sector.rurality IS
'What its postcodes are in the mean; NULL is not known, and then nothing is suggested.';
COMMENT ON COLUMN postcode_sector.district IS
'The district that most of its postcodes lie in: its name, or its code where the name is not known.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['district', 'postcode', 'area_postcode']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
	FOREACH table_name IN ARRAY ARRAY['district', 'postcode']
	LOOP
		EXECUTE format('CREATE POLICY pages_read ON %I FOR SELECT'
		    ' TO hearth_web USING (true)', table_name);
	END LOOP;
END
$$;
CREATE POLICY tenant ON area_postcode TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
CREATE POLICY partner_read ON area_postcode FOR SELECT TO hearth_web
    USING (council_id IN (SELECT p.council_id FROM framework_partner p
        WHERE p.partner_council_id = (SELECT tenant_council())));

GRANT SELECT ON district, postcode, area_postcode TO hearth_web, hearth_jobs;
-- Imports are run at the command line as the jobs role.
GRANT INSERT, UPDATE ON district, postcode, postcode_sector, bank_holiday,
    area_scheme, area TO hearth_jobs;
GRANT INSERT ON area_alias TO hearth_jobs;
GRANT INSERT, UPDATE, DELETE ON area_sector TO hearth_jobs;
GRANT INSERT, UPDATE ON area_postcode TO hearth_jobs;

COMMENT ON SCHEMA public IS
'Tables of tenants carry council_id and force row-level security. Tables without a council, and who may read and write what of them:
account_role: everybody reads all of it; the owner alone writes.
bank_holiday: everybody reads all of it; the owner and imports, which run as jobs, write.
care_term: everybody reads all of it; the owner alone writes.
council: everybody reads all of it; the owner''s functions alone write.
postcode_sector: as bank_holiday.
district: as bank_holiday.
postcode: as bank_holiday.
account: oneself, and who has or had a role at the council or organisation acted for, from the acceptance of the invitation on; jobs all. Functions alone write.
membership: one''s own, and those at the council or organisation acted for. Jobs none. Functions alone write.
organisation: every council all, because packages are placed and invitations sent by name; a provider its own; jobs all. The councils with it on a framework of their own edit it.
organisation_office: councils that may call off from a framework it is on; a provider its own; jobs all. The councils with it on a framework of their own edit it.
organisation_contact: as organisation_office; a provider edits its own.
location: as organisation_office.
audit: rows without a council are those of the installation, which no page reads.
outbox: rows without a council are mail of the installation, which any page may add and none reads.
Nobody who is not signed in reads rows of account, membership, organisation, organisation_office, organisation_contact and location. The owner''s functions read account, membership and organisation, add to and change the first two, and are refused the rest. Schema vault (credentials, sessions, tokens, key-safe notes, audit seals, once-keys, parked forms) has no table rights at all: functions only.';

-- migrate:down
