-- migrate:up
-- Who at the provider agreed is kept with a placement outside the ranking.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE placement_request
    ADD COLUMN agreed_by text NOT NULL DEFAULT '';
COMMENT ON COLUMN placement_request.agreed_by IS
'Name and role of who at the provider agreed to take the package; empty in requests from before this was asked.';

-- migrate:down
