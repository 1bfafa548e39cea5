-- migrate:up
-- Where an offer stands was worded in every statement that shows offers.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE FUNCTION offer_standing(state text, result text, result_at timestamptz,
    reply_by timestamptz, outcome text, settled_at timestamptz, at timestamptz)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
    WHEN result = 'not_selected' AND outcome = 'withdrawn'
        AND result_at = settled_at THEN 'withdrawn'
    WHEN result IS NOT NULL THEN result
    WHEN state = 'withdrawn' AND outcome = 'placed' THEN 'taken'
    WHEN state = 'sent' AND at >= reply_by THEN 'no_reply'
    ELSE state END
$$;
COMMENT ON FUNCTION offer_standing(text, text, timestamptz, timestamptz, text, timestamptz, timestamptz) IS
'Where an offer stands for those who look at it, from its row, its round''s and an instant: sent, no_reply, declined, accepted (nothing decided yet), proposed, chosen, not_selected, withdrawn_by_provider, withdrawn (by the council, accepted or not) or taken (another was chosen). Expiry is that of offer_state().';
GRANT EXECUTE ON FUNCTION offer_standing(text, text, timestamptz, timestamptz, text, timestamptz, timestamptz)
    TO hearth_web, hearth_jobs;

-- migrate:down
