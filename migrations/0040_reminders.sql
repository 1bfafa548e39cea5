-- migrate:up
-- What reminding and telephoning need: when half of a reply time has gone, and
-- what administrators may see of a mail.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE offer_round ADD COLUMN half_at timestamptz;
COMMENT ON COLUMN offer_round.half_at IS
'When half of the reply time, counted in the policy''s referral hours, has gone: the reminder, and until when an undelivered offer must be telephoned. Worked out by the jobs process; NULL until then.';

CREATE INDEX outbox_offer ON outbox (council_id, offer_id, kind)
    WHERE offer_id IS NOT NULL;
CREATE INDEX task_offer_kind ON task (council_id, offer_id, kind)
    WHERE offer_id IS NOT NULL;

GRANT SELECT (message_id, last_error) ON outbox TO hearth_web;

-- migrate:down
