-- migrate:up
-- Rounds take whatever the policies of app/matching can say: tiers, the best
-- ranked acceptance, offers that start again, a broker who decides, a carer
-- who is introduced before the start.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- Nobody works while migrations run, so that checks may read what is there.
ALTER TABLE offer_round DROP CONSTRAINT offer_round_wave_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE offer_round ADD CONSTRAINT offer_round_wave_check CHECK (wave IN (
    'chosen', 'single', 'all', 'best', 'one', 'tier'));
COMMENT ON COLUMN offer_round.wave IS
'Who was asked: the chosen provider alone, the only one there is, all, the best n, one, or all of a tier.';

ALTER TABLE offer_round DROP CONSTRAINT offer_round_winner_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE offer_round ADD CONSTRAINT offer_round_winner_check CHECK (winner IN (
    'first', 'ranked', 'best'));

ALTER TABLE offer_round DROP CONSTRAINT offer_round_outcome_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE offer_round ADD CONSTRAINT offer_round_outcome_check CHECK (outcome IN (
    'placed', 'proposal', 'nobody', 'withdrawn', 'broker'));
COMMENT ON COLUMN offer_round.outcome IS
'placed; proposal: a later start for the broker to confirm; nobody: no acceptance; withdrawn by the council; broker: some did not reply, and a broker says how it goes on.';

ALTER TABLE offer_round ADD COLUMN again_count integer NOT NULL DEFAULT 0
    CHECK (again_count BETWEEN 0 AND 10);
COMMENT ON COLUMN offer_round.again_count IS
'How often the offers of the package had started again before this round.';

ALTER TABLE match_line
    ADD COLUMN quality_score integer CHECK (quality_score BETWEEN 0 AND 100),
    ADD COLUMN distance_metres integer CHECK (distance_metres >= 1);
COMMENT ON COLUMN match_line.quality_score IS
'As it was when the offers went out, like the distance: either may part replies that are equal. NULL: not known.';
COMMENT ON COLUMN match_line.distance_metres IS 'See quality_score.';

ALTER TABLE offer ADD COLUMN introduced_at timestamptz;
COMMENT ON COLUMN offer.introduced_at IS
'When carer and person meet, as the reply says, where the policy asks for it.';

ALTER TABLE framework_member DROP CONSTRAINT framework_member_tier_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE framework_member ADD CONSTRAINT framework_member_tier_check
    CHECK (tier BETWEEN 1 AND 99);

-- migrate:down
