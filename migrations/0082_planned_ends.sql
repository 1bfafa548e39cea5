-- migrate:up
-- Care may be planned to end; it then ends by itself.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE placement
    ADD COLUMN ends_at timestamptz,
    ADD COLUMN end_after text NOT NULL DEFAULT ''
        CHECK (end_after IN ('', 'wait', 'close'));
COMMENT ON COLUMN placement.ends_at IS
'When the care is to end, as somebody said; NULL: nobody did. The jobs process ends it then.';
COMMENT ON COLUMN placement.end_after IS
'What is to follow the end. wait: the package waits again; close: it is closed; empty: no end was planned.';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX placement_end ON placement (ends_at) WHERE state <> 'ended';

ALTER TABLE task DROP CONSTRAINT task_kind_check;
-- The table is small and nobody works.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE task ADD CONSTRAINT task_kind_check CHECK (kind IN (
    'telephone_offer', 'confirm_start', 'waits_again', 'approve_placement',
    'tell_provider', 'care_ends'));

-- migrate:down
