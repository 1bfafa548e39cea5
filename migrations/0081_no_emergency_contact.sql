-- migrate:up
-- That somebody has no emergency contact is an answer, too.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE person
    ADD COLUMN has_no_emergency_contact boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN person.has_no_emergency_contact IS
'It was asked and there is none; false: there is one, or nobody asked yet.';

-- migrate:down
