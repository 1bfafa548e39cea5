-- Cambridgeshire's points (002 L52-55): price 50 and fit 50, half up to
-- hundredths as in score.h; terms 4 to 7 are preferred.
WITH eligible AS (
    SELECT p.*, coalesce(t.preferred, 0) AS preferred,
           min(p.rate_pence) OVER () AS lowest_pence,
           length(replace((p.call_slots & :call_slots)::bit(64)::text,
               '0', ''))::bigint AS slots_met,
           length(replace((:call_slots::bigint)::bit(64)::text,
               '0', ''))::bigint AS slots_wanted
      FROM bench.provider p
      LEFT JOIN LATERAL (SELECT count(*) AS preferred
          FROM bench.provider_term x
         WHERE x.provider_id = p.id AND x.term_id BETWEEN 4 AND 7) AS t ON true
     WHERE p.is_on_framework AND NOT p.is_suspended
       AND EXISTS (SELECT FROM bench.provider_area a
           WHERE a.area_id = 0 AND a.provider_id = p.id)
       AND EXISTS (SELECT FROM bench.provider_group g
           WHERE g.group_id = 0 AND g.provider_id = p.id)
       AND EXISTS (SELECT FROM bench.provider_term t
           WHERE t.provider_id = p.id AND t.term_id = 0)
       AND EXISTS (SELECT FROM bench.provider_term t
           WHERE t.provider_id = p.id AND t.term_id = 1)
       AND EXISTS (SELECT FROM bench.provider_term t
           WHERE t.provider_id = p.id AND t.term_id = 2)
       AND p.rate_pence BETWEEN 1417 AND 1622),
scored AS (
    SELECT e.id, e.last_awarded_at,
           (2 * e.lowest_pence * 10000 + e.rate_pence) / (2 * e.rate_pence)
               AS price,
           (2 * (25 * ((2 * e.slots_met * 10000 + e.slots_wanted)
                   / (2 * e.slots_wanted))
               + 25 * ((2 * e.preferred * 10000 + 4) / 8)
               + 15 * CASE WHEN e.distance_metres <= 3000 THEN 10000
                   WHEN e.distance_metres >= 30000 THEN 0
                   ELSE (2 * (30000 - e.distance_metres)::bigint * 10000
                       + 27000) / 54000 END
               + 15 * 10000 * e.has_cared_before
               + 10 * 100 * e.quality_score
               + 10 * 10000 * e.is_local) + 100) / 200 AS fit
      FROM eligible e)
SELECT s.id
  FROM scored s
 ORDER BY (2 * 50 * s.price + 100) / 200 + (2 * 50 * s.fit + 100) / 200 DESC,
       s.last_awarded_at, s.id;
