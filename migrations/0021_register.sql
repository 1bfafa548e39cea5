-- migrate:up
-- Editing the register: two people at one office, contact or location find out,
-- and what was entered by mistake can be taken away.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE organisation_office ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE organisation_contact ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE location ADD COLUMN revision integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN organisation_office.revision IS
'Counts saves; an edit of an older revision is a conflict.';
COMMENT ON COLUMN organisation_contact.revision IS
'Counts saves; an edit of an older revision is a conflict.';
COMMENT ON COLUMN location.revision IS
'Counts saves; an edit of an older revision is a conflict.';

GRANT DELETE ON organisation_office, location TO hearth_web;

-- migrate:down
