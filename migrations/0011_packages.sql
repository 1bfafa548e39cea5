-- migrate:up
-- Packages of care: what a person needs, when, and how long they have waited.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE package (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('C'),
	person_id bigint,
	state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'waiting',
	    'placed', 'closed', 'cancelled')),
	version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
	revision integer NOT NULL DEFAULT 1,
	framework_council_id bigint,
	framework_id bigint,
	funding_id bigint REFERENCES care_term,
	service_kind_id bigint REFERENCES care_term,
	group_id bigint REFERENCES care_term,
	age_band_id bigint REFERENCES care_term,
	sector text REFERENCES postcode_sector,
	suggested_area_id bigint,
	area_id bigint,
	area_reason text NOT NULL DEFAULT '',
	rurality text CHECK (rurality IN ('urban', 'semi_rural', 'rural')),
	urgency text CHECK (urgency IN ('rapid', 'standard')),
	start_wanted_at timestamptz,
	chosen_organisation_id bigint REFERENCES organisation,
	know_before text NOT NULL DEFAULT '',
	has_smoker boolean,
	has_pets boolean,
	wait_reason text CHECK (wait_reason IN ('nothing_in_place',
	    'interim_care', 'leaving_reablement')),
	minutes_in_place integer NOT NULL DEFAULT 0 CHECK (minutes_in_place >= 0),
	waiting_since timestamptz,
	weekly_minutes integer NOT NULL DEFAULT 0 CHECK (weekly_minutes >= 0),
	weekly_price_pence bigint NOT NULL DEFAULT 0 CHECK (weekly_price_pence >= 0),
	assigned_account_id bigint REFERENCES account,
	created_by_id bigint REFERENCES account,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_at timestamptz NOT NULL DEFAULT clock_now(),
	closed_reason text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, id, person_id),
	FOREIGN KEY (council_id, person_id) REFERENCES person,
	FOREIGN KEY (framework_council_id, framework_id, council_id)
	    REFERENCES framework_partner (council_id, framework_id, partner_council_id),
	FOREIGN KEY (framework_council_id, area_id) REFERENCES area (council_id, id),
	FOREIGN KEY (framework_council_id, suggested_area_id)
	    REFERENCES area (council_id, id),
	CHECK (state IN ('draft', 'cancelled') OR (person_id IS NOT NULL
	    AND framework_council_id IS NOT NULL
	    AND framework_id IS NOT NULL AND funding_id IS NOT NULL
	    AND service_kind_id IS NOT NULL AND group_id IS NOT NULL
	    AND sector IS NOT NULL AND area_id IS NOT NULL
	    AND rurality IS NOT NULL AND urgency IS NOT NULL
	    AND start_wanted_at IS NOT NULL)),
	CHECK (state <> 'waiting' OR (waiting_since IS NOT NULL
	    AND wait_reason IS NOT NULL))
);
CREATE INDEX package_state ON package (council_id, state, waiting_since);
CREATE INDEX package_person ON package (council_id, person_id);
CREATE INDEX package_assigned ON package (council_id, assigned_account_id)
    WHERE state IN ('draft', 'waiting');
COMMENT ON TABLE package IS
'One package of care for one person. Holds nothing that names the person or the house, so that providers may read it before acceptance. Offered is not a state: a live round makes it so. Its row is the lock of everything that happens to its offers.';
COMMENT ON COLUMN package.version IS 'Goes up when the package changes while offers are out; offers are for one version.';
COMMENT ON COLUMN package.revision IS 'Counts saves; a save of an older revision gets the conflict page.';
COMMENT ON COLUMN package.framework_council_id IS
'Council that owns the framework called off from; the areas are of its scheme. This council must be a partner of it.';
COMMENT ON COLUMN package.suggested_area_id IS 'What the sector suggested; differs from area_id where the broker knew better.';
COMMENT ON COLUMN package.area_reason IS 'Why area or rurality differ from the suggestion.';
COMMENT ON COLUMN package.know_before IS 'What a worker should know before coming; shown to providers before acceptance, so never a name.';
COMMENT ON COLUMN package.has_smoker IS 'NULL: not known.';
COMMENT ON COLUMN package.minutes_in_place IS 'Minutes a week that are in place while it waits.';
COMMENT ON COLUMN package.weekly_minutes IS 'Care workers'' minutes a week wanted, worked out from the visits.';

CREATE TABLE care_address (
	council_id bigint NOT NULL,
	package_id bigint NOT NULL,
	address text NOT NULL DEFAULT '',
	postcode text NOT NULL CHECK (postcode <> ''),
	directions text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, package_id),
	FOREIGN KEY (council_id, package_id) REFERENCES package
);
COMMENT ON TABLE care_address IS
'Where the care is given; apart from the package, because providers read it only after placement.';

CREATE TABLE package_need (
	council_id bigint NOT NULL,
	package_id bigint NOT NULL,
	term_id bigint NOT NULL REFERENCES care_term,
	is_must boolean NOT NULL,
	PRIMARY KEY (council_id, package_id, term_id),
	FOREIGN KEY (council_id, package_id) REFERENCES package
);
COMMENT ON TABLE package_need IS 'What the care workers must have, or should have if possible.';

CREATE TABLE visit (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	package_id bigint NOT NULL,
	kind text NOT NULL CHECK (kind IN ('days', 'times', 'flexible')),
	days integer NOT NULL DEFAULT 0 CHECK (days BETWEEN 0 AND 127),
	times integer NOT NULL DEFAULT 0 CHECK (times BETWEEN 0 AND 70),
	start_from_minute integer CHECK (start_from_minute BETWEEN 0 AND 1439),
	start_until_minute integer CHECK (start_until_minute BETWEEN 0 AND 1439),
	minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 10080),
	carers integer NOT NULL DEFAULT 1 CHECK (carers BETWEEN 1 AND 4),
	is_critical boolean NOT NULL DEFAULT false,
	purpose text NOT NULL DEFAULT '',
	sort integer NOT NULL DEFAULT 0,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	CHECK (CASE kind WHEN 'days' THEN days > 0 AND times = 0
	    WHEN 'times' THEN days = 0 AND times > 0
	    ELSE days = 0 AND times = 0 END)
);
CREATE INDEX visit_package ON visit (council_id, package_id, sort);
COMMENT ON TABLE visit IS 'One line of the weekly timetable.';
COMMENT ON COLUMN visit.kind IS
'days: once on each of these days. times: so many times a week. flexible: minutes in all over the week, without a day.';
COMMENT ON COLUMN visit.days IS 'Bit 0 Monday to bit 6 Sunday.';
COMMENT ON COLUMN visit.start_from_minute IS
'Earliest start, minute of the local day, valid as it stands when clocks change.';
COMMENT ON COLUMN visit.start_until_minute IS
'Latest start; less than the earliest where the window goes over midnight.';
COMMENT ON COLUMN visit.is_critical IS 'The time is fixed, as for medicines; otherwise provider and person agree it.';

CREATE TABLE outcome_wanted (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	package_id bigint NOT NULL,
	text text NOT NULL CHECK (text <> ''),
	sort integer NOT NULL DEFAULT 0,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package
);
CREATE INDEX outcome_wanted_package ON outcome_wanted (council_id, package_id, sort);
COMMENT ON TABLE outcome_wanted IS 'What the care is to achieve, in the person''s words.';

CREATE TABLE package_version (
	council_id bigint NOT NULL,
	package_id bigint NOT NULL,
	version integer NOT NULL,
	document jsonb NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	created_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, package_id, version),
	FOREIGN KEY (council_id, package_id) REFERENCES package
);
COMMENT ON TABLE package_version IS
'What the package said when it was offered: needs, visits, outcomes. Nothing that names the person.';

CREATE TABLE package_wait (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	package_id bigint NOT NULL,
	reason text NOT NULL CHECK (reason IN ('nothing_in_place',
	    'interim_care', 'leaving_reablement')),
	minutes_wanted integer NOT NULL CHECK (minutes_wanted >= 0),
	minutes_in_place integer NOT NULL DEFAULT 0 CHECK (minutes_in_place >= 0),
	from_at timestamptz NOT NULL,
	until_at timestamptz,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX package_wait_open ON package_wait (council_id, package_id)
    WHERE until_at IS NULL;
CREATE INDEX package_wait_from ON package_wait (council_id, from_at, until_at);
COMMENT ON TABLE package_wait IS
'Every stretch of waiting, so that the list of any past week can be worked out again: unmet = wanted minus in place. A change of reason, hours or hours in place closes the row and opens another.';
COMMENT ON COLUMN package_wait.until_at IS
'Start of care, which may lie ahead once placed, or the change; NULL while it waits.';

-- migrate:down
