-- Hertfordshire's steps (003 L413-424): terms 0, 1 and the kind of
-- service, 2, must be met; the price is the same for all.
SELECT p.id
  FROM bench.provider p
 WHERE p.is_on_framework AND NOT p.is_suspended
   AND (p.has_monitoring_visit OR p.is_current_provider)
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
 ORDER BY p.is_chosen DESC, p.earliest_start_at, p.last_awarded_at, p.id;
