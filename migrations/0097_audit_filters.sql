-- migrate:up
-- What the audit can be filtered by, newest first: the act, who did it, and
-- the package that it has to do with. The council's audit grows for ever.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_council_act ON audit (council_id, act, at);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_council_account ON audit (council_id, account_id, at);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_council_organisation
    ON audit (council_id, organisation_id, at)
    WHERE organisation_id IS NOT NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_council_package
    ON audit (council_id, (detail ->> 'package'), at)
    WHERE detail ->> 'package' IS NOT NULL;

-- migrate:down
