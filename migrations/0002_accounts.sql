-- migrate:up
-- People who sign in, and for whom they act.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE account (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('A'),
	email text NOT NULL CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
	    AND length(email) <= 254),
	name text NOT NULL CHECK (name <> ''),
	is_active boolean NOT NULL DEFAULT true,
	last_membership_id bigint,
	created_at timestamptz NOT NULL DEFAULT clock_now()
);
CREATE UNIQUE INDEX account_email ON account (lower(email));
COMMENT ON TABLE account IS
'A person who signs in. It belongs to the installation; what it may do comes from its memberships.';
COMMENT ON COLUMN account.last_membership_id IS
'The membership used last, offered first at the next sign-in.';

CREATE TABLE account_role (
	code text NOT NULL,
	scope text NOT NULL CHECK (scope IN ('council', 'provider')),
	label text NOT NULL,
	sort integer NOT NULL,
	PRIMARY KEY (code, scope),
	UNIQUE (code)
);
COMMENT ON TABLE account_role IS
'The roles there are; what each may do is in app/permissions.c.';
INSERT INTO account_role (code, scope, label, sort) VALUES
	('council_administrator', 'council', 'Council administrator', 1),
	('broker', 'council', 'Broker', 2),
	('commissioner', 'council', 'Commissioner', 3),
	('auditor', 'council', 'Auditor', 4),
	('provider_owner', 'provider', 'Provider owner', 5),
	('provider_manager', 'provider', 'Provider manager', 6);

CREATE TABLE membership (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account_id bigint NOT NULL REFERENCES account,
	role text NOT NULL,
	council_id bigint REFERENCES council,
	organisation_id bigint REFERENCES organisation,
	scope text NOT NULL GENERATED ALWAYS AS (CASE WHEN council_id IS NOT NULL
	    THEN 'council' ELSE 'provider' END) STORED,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	invited_by_id bigint REFERENCES account,
	started_at timestamptz,
	ended_at timestamptz,
	CHECK ((council_id IS NULL) <> (organisation_id IS NULL)),
	FOREIGN KEY (role, scope) REFERENCES account_role (code, scope)
);
CREATE UNIQUE INDEX membership_once ON membership
    (account_id, role, coalesce(council_id, 0), coalesce(organisation_id, 0))
    WHERE ended_at IS NULL;
CREATE INDEX membership_council ON membership (council_id, account_id);
CREATE INDEX membership_organisation ON membership (organisation_id, account_id);
COMMENT ON TABLE membership IS
'An account acting for one council or one organisation in one role. An account may hold several.';
COMMENT ON COLUMN membership.scope IS 'Follows from the body; ties the role to the right kind of body.';
COMMENT ON COLUMN membership.started_at IS 'NULL while an invitation waits to be accepted.';

ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY web_read ON membership FOR SELECT TO hearth_web
    USING (account_id = (SELECT tenant_account())
        OR council_id = (SELECT tenant_council())
        OR organisation_id = (SELECT tenant_organisation()));
CREATE POLICY jobs_read ON membership FOR SELECT TO hearth_jobs USING (true);

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY web_read ON account FOR SELECT TO hearth_web
    USING (id = (SELECT tenant_account())
        OR EXISTS (SELECT FROM membership m WHERE m.account_id = account.id));
CREATE POLICY jobs_read ON account FOR SELECT TO hearth_jobs USING (true);

GRANT SELECT ON account, account_role, membership TO hearth_web, hearth_jobs;

COMMENT ON SCHEMA public IS
'Tables of tenants carry council_id and force row-level security. Tables without a council, and who may read what of them: council, account_role, area lookups by sector (postcode_sector), bank_holiday and care_term: everyone, all of it. account and membership: oneself, colleagues of the same council or organisation. organisation: every council; a provider its own. organisation_office, organisation_contact and location: councils that may call off from a framework it is on; a provider its own. audit and outbox may have no council: such rows are read by no page. Schema vault (credentials, sessions, tokens, key-safe notes, audit seals, once-keys, parked forms) has no table rights at all: functions only.';

-- migrate:down
