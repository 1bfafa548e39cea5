-- migrate:up
-- The people who need care, held apart from their packages.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE person (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('S'),
	person_number text NOT NULL CHECK (person_number <> ''),
	given_name text NOT NULL CHECK (given_name <> ''),
	family_name text NOT NULL CHECK (family_name <> ''),
	called text NOT NULL DEFAULT '',
	born_on date,
	address text NOT NULL DEFAULT '',
	postcode text NOT NULL DEFAULT '',
	telephone text NOT NULL DEFAULT '',
	gp_name text NOT NULL DEFAULT '',
	gp_telephone text NOT NULL DEFAULT '',
	communication_needs text NOT NULL DEFAULT '',
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, person_number)
);
CREATE INDEX person_name ON person
    (council_id, lower(family_name) text_pattern_ops, lower(given_name));
CREATE INDEX person_birth ON person (council_id, born_on);
COMMENT ON TABLE person IS
'Someone a council arranges care for. Providers read it only through a live placement of their own.';
COMMENT ON COLUMN person.person_number IS 'The council''s own number, so that a person is found again.';
COMMENT ON COLUMN person.called IS 'What the person likes to be called.';
COMMENT ON COLUMN person.revision IS 'Counts saves; an edit of an older revision is a conflict.';

CREATE TABLE person_contact (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	person_id bigint NOT NULL,
	kind text NOT NULL CHECK (kind IN ('emergency', 'informal_carer')),
	name text NOT NULL CHECK (name <> ''),
	relation text NOT NULL DEFAULT '',
	telephone text NOT NULL DEFAULT '',
	note text NOT NULL DEFAULT '',
	sort integer NOT NULL DEFAULT 0,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, person_id) REFERENCES person
);
CREATE INDEX person_contact_person ON person_contact (council_id, person_id);
COMMENT ON TABLE person_contact IS 'Emergency contacts and informal carers.';

CREATE TABLE vault.key_safe (
	council_id bigint NOT NULL,
	person_id bigint NOT NULL,
	note text NOT NULL CHECK (length(note) <= 1000),
	changed_at timestamptz NOT NULL,
	changed_by_id bigint NOT NULL REFERENCES account,
	PRIMARY KEY (council_id, person_id),
	FOREIGN KEY (council_id, person_id) REFERENCES person
);
COMMENT ON TABLE vault.key_safe IS
'How to get in: code and place of the key safe. Every look is audited by key_safe_read().';

-- migrate:down
