-- migrate:up
-- Long lists are read a page at a time, in the order of an index.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX placement_council ON placement (council_id, starts_at, id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX placement_request_council
    ON placement_request (council_id, requested_at, id);

-- migrate:down
