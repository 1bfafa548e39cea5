-- migrate:up
-- An offer keeps by what it was priced: the rate card and, where the price is
-- fixed, the hourly rate, so that its working can be opened again for ever.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- What is there is written and compared past row security.
ALTER TABLE offer_round NO FORCE ROW LEVEL SECURITY;
ALTER TABLE offer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE match_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_card NO FORCE ROW LEVEL SECURITY;

-- Nobody works while migrations run.
ALTER TABLE offer_round
    ADD COLUMN rate_card_id bigint,
    -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
    ADD CONSTRAINT offer_round_rate_card_fkey
    FOREIGN KEY (policy_council_id, rate_card_id)
    REFERENCES rate_card (council_id, id);
COMMENT ON COLUMN offer_round.rate_card_id IS
'The card that the round was priced by, of the framework''s council. NULL: there was none, or the round was sent before it was kept; then it is the one in force on the day.';

ALTER TABLE offer ADD COLUMN priced_rate_pence bigint
    CHECK (priced_rate_pence > 0);
COMMENT ON COLUMN offer.priced_rate_pence IS
'The hourly rate that weekly_price_pence was worked out at when it was sent; NULL where the rate comes with the reply.';
UPDATE offer o SET priced_rate_pence = l.rate_pence
  FROM match_line l
 WHERE l.council_id = o.council_id AND l.round_id = o.round_id
   AND l.organisation_id = o.organisation_id
   AND l.rate_pence > 0 AND o.weekly_price_pence IS NOT NULL
   AND o.rate_pence IS NULL;

ALTER TABLE offer_round FORCE ROW LEVEL SECURITY;
ALTER TABLE offer FORCE ROW LEVEL SECURITY;
ALTER TABLE match_line FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_card FORCE ROW LEVEL SECURITY;

-- migrate:down
