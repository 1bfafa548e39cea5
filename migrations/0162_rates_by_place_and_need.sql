-- migrate:up
-- The hourly rate of a card where rates differ by area, rurality and need.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

-- A function in SQL is checked as it is made, past row security.
ALTER TABLE rate_card NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_version NO FORCE ROW LEVEL SECURITY;
CREATE FUNCTION rate_card_hourly(council bigint, card bigint, area text,
    rurality text, needs text[]) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
SELECT coalesce((
       SELECT rate_document_pence(r ->> 'hourly')
         FROM rate_version v,
              json_array_elements(v.document #> '{cards,0,rates}') AS r
        WHERE v.council_id = c.council_id AND v.id = c.rate_version_id
          AND (r ->> 'area' IS NULL OR lower(r ->> 'area') = lower(area))
          AND (r ->> 'rurality' IS NULL OR r ->> 'rurality' = replace(rurality, '_', '-'))
          AND (r ->> 'need' IS NULL OR lower(r ->> 'need') IN (
              SELECT lower(n) FROM unnest(needs) AS n))
        ORDER BY r ->> 'need' IS NULL, r ->> 'area' IS NULL,
              r ->> 'rurality' IS NULL,
              rate_document_pence(r ->> 'hourly') DESC
        LIMIT 1), c.hourly_rate_pence)
  FROM rate_card c
 WHERE c.council_id = council AND c.id = card
$$;
ALTER TABLE rate_card FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_version FORCE ROW LEVEL SECURITY;
COMMENT ON FUNCTION rate_card_hourly(bigint, bigint, text, text, text[]) IS
'The hourly rate of a card for a package: of the rows that fit, one that names the need comes first, then one that names the area, then one that names the rurality, as in app/matching/rates.h; of several needs the dearest. The card''s own rate where no row fits.';
GRANT EXECUTE ON FUNCTION rate_card_hourly(bigint, bigint, text, text, text[]),
    rate_document_pence(text) TO hearth_web, hearth_jobs;

-- migrate:down
