-- Hours and people still unmet, worked out from the stretches of waiting: at
-- an instant, each package counts by the stretch that holds it.

-- row wait_sum (place bigint, reason text?, minutes bigint, people bigint)

-- query wait_sum_list (council bigint, instants bigint[], area text, group_code text, reason text) many wait_sum
-- At each of the instants (microseconds since 1970), counted from 1: what each
-- reason adds up to, and all of them together (reason NULL). An instant at
-- which nobody waits has no rows. Empty texts do not filter.
-- What had ended before the first of them is not read, however long the past,
-- and each stretch looks up its package once.
WITH held AS MATERIALIZED (
	SELECT x.package_id, x.id, x.from_at, x.until_at, x.reason,
	       greatest(x.minutes_wanted - x.minutes_in_place, 0)::bigint
	           AS minutes, k.person_id
	  FROM package_wait x
	  JOIN package k ON k.council_id = x.council_id AND k.id = x.package_id
	  LEFT JOIN area a ON a.council_id = k.framework_council_id
	   AND a.id = k.area_id
	  LEFT JOIN care_term g ON g.id = k.group_id
	 WHERE x.council_id = :council
	   AND (x.until_at IS NULL OR x.until_at > timestamptz 'epoch'
	       + (SELECT min(micros) FROM unnest(:instants::bigint[]) AS micros)
	       * interval '1 microsecond')
	   AND (:area = '' OR a.code = :area)
	   AND (:group_code = '' OR g.code = :group_code))
SELECT i.place, w.reason, sum(w.minutes)::bigint AS minutes,
       count(DISTINCT w.person_id) AS people
  FROM (SELECT timestamptz 'epoch' + u.micros * interval '1 microsecond' AS at,
               u.place
          FROM unnest(:instants::bigint[])
               WITH ORDINALITY AS u (micros, place)) AS i
 CROSS JOIN LATERAL (
	SELECT DISTINCT ON (h.package_id) h.reason, h.minutes, h.person_id
	  FROM held h
	 WHERE h.from_at <= i.at
	   AND (h.until_at IS NULL OR h.until_at > i.at)
	 ORDER BY h.package_id, h.from_at DESC, h.id DESC) AS w
 WHERE :reason = '' OR w.reason = :reason
 GROUP BY GROUPING SETS ((i.place, w.reason), (i.place))
 ORDER BY i.place, w.reason NULLS FIRST;

-- row wait_part (is_area boolean, code text, label text, minutes bigint, people bigint, nothing_minutes bigint, nothing_people bigint, interim_minutes bigint, interim_people bigint, reablement_minutes bigint, reablement_people bigint)

-- query wait_part_list (council bigint, instant timestamptz, area text, group_code text, reason text) many wait_part
-- The same at one instant, by area and by service-user group.
SELECT grouping(s.group_code) = 1 AS is_area,
       coalesce(s.area_code, s.group_code, '') AS code,
       coalesce(CASE WHEN grouping(s.group_code) = 1 THEN min(s.area)
           ELSE min(s.group_label) END, '') AS label,
       sum(s.minutes) AS minutes,
       count(DISTINCT s.person_id) AS people,
       coalesce(sum(s.minutes) FILTER (WHERE s.reason = 'nothing_in_place'), 0)
           AS nothing_minutes,
       count(DISTINCT s.person_id) FILTER (WHERE s.reason = 'nothing_in_place')
           AS nothing_people,
       coalesce(sum(s.minutes) FILTER (WHERE s.reason = 'interim_care'), 0)
           AS interim_minutes,
       count(DISTINCT s.person_id) FILTER (WHERE s.reason = 'interim_care')
           AS interim_people,
       coalesce(sum(s.minutes) FILTER (WHERE s.reason = 'leaving_reablement'), 0)
           AS reablement_minutes,
       count(DISTINCT s.person_id) FILTER (WHERE s.reason = 'leaving_reablement')
           AS reablement_people
  FROM (
	SELECT w.reason, w.minutes, k.person_id, a.code AS area_code,
	       a.name AS area, a.sort AS area_sort, g.code AS group_code,
	       g.label AS group_label, g.sort AS group_sort
	  FROM (
		SELECT DISTINCT ON (x.package_id) x.package_id, x.reason,
		       greatest(x.minutes_wanted - x.minutes_in_place, 0) AS minutes
		  FROM package_wait x
		 WHERE x.council_id = :council AND x.from_at <= :instant
		   AND (x.until_at IS NULL OR x.until_at > :instant)
		 ORDER BY x.package_id, x.from_at DESC, x.id DESC) AS w
	  JOIN package k ON k.council_id = :council AND k.id = w.package_id
	  LEFT JOIN area a ON a.council_id = k.framework_council_id
	   AND a.id = k.area_id
	  LEFT JOIN care_term g ON g.id = k.group_id
	 WHERE (:reason = '' OR w.reason = :reason)
	   AND (:area = '' OR a.code = :area)
	   AND (:group_code = '' OR g.code = :group_code)) AS s
 GROUP BY GROUPING SETS ((s.area_code), (s.group_code))
 ORDER BY 1 DESC, CASE WHEN grouping(s.group_code) = 1 THEN min(s.area_sort)
       ELSE min(s.group_sort) END, 3, 2;
