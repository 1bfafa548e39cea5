-- migrate:up
-- What a council keeps for years must not slow down a page: what hangs on one
-- package, and the waits that had not ended at an instant, are found without
-- reading the rest.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX package_wait_package ON package_wait (council_id, package_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX package_wait_until ON package_wait (council_id, until_at);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX placement_request_package
    ON placement_request (council_id, package_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX task_package ON task (council_id, package_id);

-- migrate:down
