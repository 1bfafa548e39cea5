-- migrate:up
-- How a round goes on after nobody has won: a broker decides after no reply,
-- or the offers start again without those that declined.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE offer_round
    ADD COLUMN broker_asked_at timestamptz,
    ADD COLUMN went_on_at timestamptz,
    ADD COLUMN went_on_by_id bigint,
    -- Row-level security keeps a look at old rows out; none has one yet.
    ADD CONSTRAINT offer_round_went_on_by_id_fkey
        FOREIGN KEY (went_on_by_id) REFERENCES account NOT VALID,
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT offer_round_went_on_check CHECK (
        (went_on_at IS NULL) = (went_on_by_id IS NULL)
        AND (went_on_at IS NULL OR broker_asked_at IS NOT NULL));
COMMENT ON COLUMN offer_round.broker_asked_at IS
'When no reply of some left it to a broker how the round goes on; until then, or until offers are withdrawn, it waits.';
COMMENT ON COLUMN offer_round.went_on_at IS
'When a broker had the next asked after no reply.';

ALTER TABLE offer
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT offer_introduced_check CHECK (introduced_at IS NULL
        OR (state = 'accepted' AND introduced_at < start_offered_at));

CREATE FUNCTION round_chain(for_council bigint, for_package bigint)
RETURNS TABLE (organisation_id bigint, left_out_reason text,
    is_asked boolean, has_declined boolean)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
RETURN QUERY
WITH begun AS (
    SELECT max(s.number) AS number, max(t.again_count) AS again_count
      FROM offer_round s
      JOIN offer_round t ON t.council_id = s.council_id
       AND t.package_id = s.package_id AND t.number >= s.number
     WHERE s.council_id = for_council AND s.package_id = for_package
       AND NOT s.is_follow_up
     GROUP BY s.number
     ORDER BY s.number DESC LIMIT 1)
SELECT l.organisation_id, max(l.left_out_reason),
       bool_or(l.is_asked AND r.again_count = b.again_count),
       bool_or(coalesce(o.state = 'declined'
           OR o.result = 'withdrawn_by_provider', false))
  FROM begun b
  JOIN offer_round r ON r.council_id = for_council
   AND r.package_id = for_package AND r.number >= b.number
  JOIN match_line l ON l.council_id = r.council_id AND l.round_id = r.id
  LEFT JOIN offer o ON o.council_id = l.council_id AND o.round_id = l.round_id
   AND o.organisation_id = l.organisation_id
 WHERE l.is_asked OR l.left_out_reason <> ''
 GROUP BY l.organisation_id;
END
$$;
COMMENT ON FUNCTION round_chain(bigint, bigint) IS
'Who has had their turn since somebody last sent a package''s offers: asked since the offers last started (also again), declined or took an acceptance back at any time, or left out by the broker.';
GRANT EXECUTE ON FUNCTION round_chain(bigint, bigint)
    TO hearth_web, hearth_jobs;

-- One more kind of task, beside whichever there are.
DO $$
DECLARE
	kinds text;
BEGIN
	SELECT string_agg(quote_literal(found.words[1]), ', ') INTO STRICT kinds
	  FROM pg_constraint c,
	       regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g')
	           AS found (words)
	 WHERE c.conrelid = 'task'::regclass AND c.conname = 'task_kind_check';
	ALTER TABLE task DROP CONSTRAINT task_kind_check;
	EXECUTE format('ALTER TABLE task ADD CONSTRAINT task_kind_check'
	    ' CHECK (kind IN (%s, ''no_reply''))', kinds);
END
$$;

-- migrate:down
