-- migrate:up
-- Mail that leaves after the commit, and what staff must do by hand.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE outbox (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	council_id bigint REFERENCES council,
	kind text NOT NULL CHECK (kind <> ''),
	offer_id bigint,
	to_email text NOT NULL CHECK (to_email <> ''),
	to_name text NOT NULL DEFAULT '',
	subject text NOT NULL CHECK (subject <> '' AND subject !~ '[\r\n]'),
	body text NOT NULL,
	message_id text NOT NULL UNIQUE
	    DEFAULT lower(reference_new('m') || reference_new('m')),
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	attempts integer NOT NULL DEFAULT 0,
	next_attempt_at timestamptz NOT NULL DEFAULT clock_now(),
	sent_at timestamptz,
	failed_at timestamptz,
	last_error text NOT NULL DEFAULT '',
	FOREIGN KEY (council_id, offer_id) REFERENCES offer
);
CREATE INDEX outbox_council ON outbox (council_id, created_at);
CREATE INDEX outbox_due ON outbox (next_attempt_at)
    WHERE sent_at IS NULL AND failed_at IS NULL;
COMMENT ON TABLE outbox IS
'Mail to be sent by the jobs process, written in the transaction that it tells about. No personal detail in it. The body is emptied once sent, because it may hold a link.';
COMMENT ON COLUMN outbox.council_id IS 'NULL for mail of the installation, such as a reset.';
COMMENT ON COLUMN outbox.message_id IS 'Left part of the Message-ID, fixed, so that a second delivery is recognised.';
COMMENT ON COLUMN outbox.failed_at IS 'Given up; an offer''s mail then is a task to telephone.';

CREATE TABLE task (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('T'),
	kind text NOT NULL CHECK (kind IN ('telephone_offer', 'confirm_start',
	    'waits_again', 'approve_placement', 'tell_provider')),
	package_id bigint,
	offer_id bigint,
	organisation_id bigint REFERENCES organisation,
	note text NOT NULL DEFAULT '',
	due_by timestamptz,
	assigned_account_id bigint REFERENCES account,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	done_at timestamptz,
	done_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, package_id) REFERENCES package,
	FOREIGN KEY (council_id, offer_id) REFERENCES offer
);
CREATE INDEX task_open ON task (council_id, due_by) WHERE done_at IS NULL;
CREATE UNIQUE INDEX task_offer ON task (council_id, offer_id, kind)
    WHERE done_at IS NULL AND offer_id IS NOT NULL;
COMMENT ON TABLE task IS 'What staff have to do by hand: telephone a provider that mail does not reach, confirm a later start.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['outbox', 'task']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
END
$$;
CREATE POLICY installation_add ON outbox FOR INSERT TO hearth_web
    WITH CHECK (council_id IS NULL);

GRANT INSERT ON outbox TO hearth_web, hearth_jobs;
GRANT SELECT (id, council_id, kind, offer_id, to_email, to_name, subject,
    created_at, attempts, next_attempt_at, sent_at, failed_at) ON outbox
    TO hearth_web;
GRANT SELECT ON outbox TO hearth_jobs;
GRANT UPDATE (body, attempts, next_attempt_at, sent_at, failed_at, last_error)
    ON outbox TO hearth_jobs;
GRANT SELECT, INSERT, UPDATE ON task TO hearth_web, hearth_jobs;

-- migrate:down
