-- migrate:up
-- What was written into mail files, so that whoever tries Hearth out can read
-- it in the browser.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX outbox_of_council ON outbox (council_id, id);

CREATE TABLE mail_copy (
	council_id bigint NOT NULL REFERENCES council,
	outbox_id bigint NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (council_id, outbox_id),
	FOREIGN KEY (council_id, outbox_id) REFERENCES outbox (council_id, id)
);
COMMENT ON TABLE mail_copy IS
'Texts of mail that was written into files because there is no mail server: on somebody''s own computer, where the files can be read anyway. A text may hold a link that opens an account, so nothing is copied where mail is sent, and mail of the installation, such as a reset, never.';

ALTER TABLE mail_copy ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_copy FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON mail_copy FOR SELECT TO hearth_web
    USING (council_id = (SELECT tenant_council()));
CREATE POLICY jobs ON mail_copy FOR INSERT TO hearth_jobs WITH CHECK (true);

GRANT SELECT ON mail_copy TO hearth_web;
GRANT INSERT ON mail_copy TO hearth_jobs;

-- migrate:down
