-- migrate:up
-- Counting packages by state for the board without reading their rows.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX package_count ON package (council_id, state, id);

-- migrate:down
