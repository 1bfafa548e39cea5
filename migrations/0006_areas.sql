-- migrate:up
-- Where care is given: a council's area schemes, and postcode sectors, which
-- straddle borders and so suggest an area, never decide it.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE area_scheme (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code)
);
COMMENT ON TABLE area_scheme IS
'One way of dividing a council into areas; several may stand side by side.';

CREATE TABLE area (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	scheme_id bigint NOT NULL,
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	sort integer NOT NULL,
	total_hours bigint CHECK (total_hours >= 0),
	spot_hours bigint CHECK (spot_hours >= 0),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, scheme_id, code),
	FOREIGN KEY (council_id, scheme_id) REFERENCES area_scheme
);
COMMENT ON TABLE area IS 'An area of a scheme.';
COMMENT ON COLUMN area.total_hours IS
'Hours of care as published (003 L110-119); NULL is not known, never nought. Percentages are worked out, not stored.';
COMMENT ON COLUMN area.spot_hours IS 'Of these, hours under spot contracts, as published.';

CREATE TABLE area_alias (
	council_id bigint NOT NULL,
	area_id bigint NOT NULL,
	alias text NOT NULL CHECK (alias <> ''),
	PRIMARY KEY (council_id, area_id, alias),
	FOREIGN KEY (council_id, area_id) REFERENCES area
);
COMMENT ON TABLE area_alias IS 'Other names of an area: Wel Hat, Three Rivers & Watford.';

CREATE TABLE postcode_sector (
	sector text PRIMARY KEY
	    CHECK (sector ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9]$'),
	district text NOT NULL,
	latitude double precision NOT NULL CHECK (latitude BETWEEN 49 AND 61),
	longitude double precision NOT NULL CHECK (longitude BETWEEN -9 AND 3),
	rurality text NOT NULL
	    CHECK (rurality IN ('urban', 'semi_rural', 'rural'))
);
COMMENT ON TABLE postcode_sector IS
'A postcode without its last two letters. Belongs to the installation.';
COMMENT ON COLUMN postcode_sector.district IS 'The district that most of its postcodes lie in.';
COMMENT ON COLUMN postcode_sector.latitude IS 'Mean of its postcodes (WGS84).';

CREATE TABLE area_sector (
	council_id bigint NOT NULL,
	scheme_id bigint NOT NULL,
	sector text NOT NULL REFERENCES postcode_sector,
	area_id bigint NOT NULL,
	share_percent integer NOT NULL CHECK (share_percent BETWEEN 0 AND 100),
	PRIMARY KEY (council_id, scheme_id, sector, area_id),
	FOREIGN KEY (council_id, scheme_id) REFERENCES area_scheme,
	FOREIGN KEY (council_id, area_id) REFERENCES area
);
CREATE INDEX area_sector_area ON area_sector (council_id, area_id);
COMMENT ON TABLE area_sector IS
'Areas that a sector lies in; the one with the greatest share is suggested.';
COMMENT ON COLUMN area_sector.share_percent IS 'Share of the sector''s postcodes in this area.';

CREATE TABLE bank_holiday (
	on_date date PRIMARY KEY,
	name text NOT NULL
);
COMMENT ON TABLE bank_holiday IS
'Bank holidays of England and Wales, as in the official feed (Open Government Licence v3).';
INSERT INTO bank_holiday (on_date, name) VALUES
	('2024-01-01', 'New Year''s Day'),
	('2024-03-29', 'Good Friday'),
	('2024-04-01', 'Easter Monday'),
	('2024-05-06', 'Early May bank holiday'),
	('2024-05-27', 'Spring bank holiday'),
	('2024-08-26', 'Summer bank holiday'),
	('2024-12-25', 'Christmas Day'),
	('2024-12-26', 'Boxing Day'),
	('2025-01-01', 'New Year''s Day'),
	('2025-04-18', 'Good Friday'),
	('2025-04-21', 'Easter Monday'),
	('2025-05-05', 'Early May bank holiday'),
	('2025-05-26', 'Spring bank holiday'),
	('2025-08-25', 'Summer bank holiday'),
	('2025-12-25', 'Christmas Day'),
	('2025-12-26', 'Boxing Day'),
	('2026-01-01', 'New Year''s Day'),
	('2026-04-03', 'Good Friday'),
	('2026-04-06', 'Easter Monday'),
	('2026-05-04', 'Early May bank holiday'),
	('2026-05-25', 'Spring bank holiday'),
	('2026-08-31', 'Summer bank holiday'),
	('2026-12-25', 'Christmas Day'),
	('2026-12-28', 'Boxing Day'),
	('2027-01-01', 'New Year''s Day'),
	('2027-03-26', 'Good Friday'),
	('2027-03-29', 'Easter Monday'),
	('2027-05-03', 'Early May bank holiday'),
	('2027-05-31', 'Spring bank holiday'),
	('2027-08-30', 'Summer bank holiday'),
	('2027-12-27', 'Christmas Day'),
	('2027-12-28', 'Boxing Day'),
	('2028-01-03', 'New Year''s Day'),
	('2028-04-14', 'Good Friday'),
	('2028-04-17', 'Easter Monday'),
	('2028-05-01', 'Early May bank holiday'),
	('2028-05-29', 'Spring bank holiday'),
	('2028-08-28', 'Summer bank holiday'),
	('2028-12-25', 'Christmas Day'),
	('2028-12-26', 'Boxing Day');

GRANT SELECT ON area_scheme, area, area_alias, area_sector, postcode_sector,
    bank_holiday TO hearth_web, hearth_jobs;

-- migrate:down
