-- migrate:up
-- The mail of a council by what it tells, and what has not left, newest first:
-- found without reading all that was ever sent.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX outbox_kind ON outbox (council_id, kind, created_at);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX outbox_unsent ON outbox (council_id, created_at)
    WHERE sent_at IS NULL;

-- migrate:down
