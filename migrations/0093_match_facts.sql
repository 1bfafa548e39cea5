-- migrate:up
-- All that stood beside a provider in a match is kept with it.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE match_line
    ADD COLUMN contract text NOT NULL DEFAULT '',
    ADD COLUMN cqc_rating text NOT NULL DEFAULT '',
    ADD COLUMN spare_minutes integer,
    ADD COLUMN preferences_met text NOT NULL DEFAULT '',
    ADD COLUMN preferences_unmet text NOT NULL DEFAULT '';
COMMENT ON COLUMN match_line.contract IS
'Kind of contract in the words that were shown; empty in lines from before this was kept, as cqc_rating.';
COMMENT ON COLUMN match_line.cqc_rating IS 'Ratings of all its locations in the words that were shown.';
COMMENT ON COLUMN match_line.spare_minutes IS
'Spare minutes a week that it had; NULL in lines from before this was kept.';
COMMENT ON COLUMN match_line.preferences_met IS
'Which of the preferred needs it meets, as a list in words; empty for none.';
COMMENT ON COLUMN match_line.preferences_unmet IS 'Which of them it does not meet, likewise.';

-- migrate:down
