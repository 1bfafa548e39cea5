-- migrate:up
-- The menu of a provider says on every page how many offers wait for an
-- answer: those are found without reading what was ever offered to it.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX offer_open ON offer (organisation_id, reply_by)
    WHERE state = 'sent';

-- migrate:down
