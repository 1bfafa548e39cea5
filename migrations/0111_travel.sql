-- migrate:up
-- How far a provider travels for a package, and what that costs the climate.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE package
	ADD COLUMN latitude double precision,
	ADD COLUMN longitude double precision;
COMMENT ON COLUMN package.latitude IS
'WGS84 of the postcode of the place of care, to three decimals: near enough for a distance, too far for a house. NULL where the postcode is not known; then the middle of its sector serves.';

ALTER TABLE offer ADD COLUMN distance_metres integer;
COMMENT ON COLUMN offer.distance_metres IS
'Straight line from the provider''s nearest office, location or current visit when it was sent; NULL is not known.';

CREATE TABLE travel_factor (
	effective_on date PRIMARY KEY,
	grams_per_kilometre integer NOT NULL
	    CHECK (grams_per_kilometre BETWEEN 1 AND 2000),
	source text NOT NULL CHECK (source <> '')
);
COMMENT ON TABLE travel_factor IS
'Greenhouse gases of a kilometre by car, as CO2 equivalent; the newest that is effective on a day counts.';
COMMENT ON COLUMN travel_factor.source IS 'Whose figure it is and of what, as pages state it.';
INSERT INTO travel_factor (effective_on, grams_per_kilometre, source) VALUES
	('2018-01-01', 181, 'UK Government conversion factors 2018, average car of unknown fuel'),
	('2023-01-01', 167, 'UK Government conversion factors 2023, average car of unknown fuel');
ALTER TABLE travel_factor ENABLE ROW LEVEL SECURITY;
ALTER TABLE travel_factor FORCE ROW LEVEL SECURITY;
CREATE POLICY pages_read ON travel_factor FOR SELECT TO hearth_web USING (true);
CREATE POLICY jobs_read ON travel_factor FOR SELECT TO hearth_jobs USING (true);
GRANT SELECT ON travel_factor TO hearth_web, hearth_jobs;

CREATE FUNCTION provider_metres(council bigint, package bigint,
    organisation bigint)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT greatest(1, min(111195 * sqrt((b.latitude - h.latitude) ^ 2
	           + ((b.longitude - h.longitude)
	               * cos(radians(h.latitude))) ^ 2)))::integer
	  FROM (SELECT coalesce(k.latitude, z.latitude) AS latitude,
	               coalesce(k.longitude, z.longitude) AS longitude
	          FROM package k
	          LEFT JOIN postcode_sector z ON z.sector = k.sector
	         WHERE k.council_id = $1 AND k.id = $2) AS h,
	       (SELECT coalesce(p.latitude, z.latitude),
	               coalesce(p.longitude, z.longitude)
	          FROM organisation_office f
	          LEFT JOIN postcode p ON p.postcode = f.postcode
	          LEFT JOIN postcode_sector z ON z.sector = f.sector
	         WHERE f.organisation_id = $3
	        UNION ALL
	        SELECT coalesce(p.latitude, z.latitude),
	               coalesce(p.longitude, z.longitude)
	          FROM location l
	          LEFT JOIN postcode p ON p.postcode = l.postcode
	          LEFT JOIN postcode_sector z ON z.sector = l.sector
	         WHERE l.organisation_id = $3
	        UNION ALL
	        SELECT coalesce(k.latitude, z.latitude),
	               coalesce(k.longitude, z.longitude)
	          FROM placement x
	          JOIN package k ON k.council_id = x.council_id
	           AND k.id = x.package_id
	          LEFT JOIN postcode_sector z ON z.sector = k.sector
	         WHERE x.council_id = $1 AND x.organisation_id = $3
	           AND x.package_id <> $2
	           AND placement_state(x.state, x.starts_at, clock_now())
	               = 'started') AS b (latitude, longitude));
END
$$;
COMMENT ON FUNCTION provider_metres(bigint, bigint, bigint) IS
'The straight line from a provider''s nearest office, location or current visit for the council to a package, at least 1; NULL where no place is known. Reads what the caller may read.';
REVOKE ALL ON FUNCTION provider_metres(bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION provider_metres(bigint, bigint, bigint)
    TO hearth_web, hearth_jobs;

COMMENT ON SCHEMA public IS
'Tables of tenants carry council_id and force row-level security. Tables without a council, and who may read and write what of them:
account_role: everybody reads all of it; the owner alone writes.
bank_holiday: everybody reads all of it; the owner and imports, which run as jobs, write.
care_term: everybody reads all of it; the owner alone writes.
council: everybody reads all of it; the owner''s functions alone write.
postcode_sector: as bank_holiday.
district: as bank_holiday.
postcode: as bank_holiday.
travel_factor: everybody reads all of it; the owner alone writes.
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
