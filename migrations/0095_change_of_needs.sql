-- migrate:up
-- A change of needs asks for a new start, and the history still says which
-- version it began.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE package_version
    ADD COLUMN is_change_of_needs boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN package_version.is_change_of_needs IS
'Whether it was begun by a change of needs while care went on.';

-- migrate:down
