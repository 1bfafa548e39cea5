-- What a match goes by: a package with its policy and prices, and the facts
-- of every provider that the council could think of.

-- row match_package (council_id bigint, id bigint, reference text,
--   state text, version integer, framework_council_id bigint,
--   framework_id bigint, framework_name text, policy_version_id bigint,
--   policy_number integer, policy_document text, rate_pence bigint,
--   rate_card_id bigint?, card_document text, need_names text[],
--   age_name text, individual_rate_id bigint?, individual_pence bigint?,
--   band_seconds bigint[], band_percents bigint[], area_id bigint,
--   area_name text, rurality text, sector text, group_id bigint,
--   group_label text, group_phrase text, service_kind_id bigint,
--   service_kind_label text, urgency text, start_wanted_at timestamptz?,
--   chosen_organisation_id bigint?, chosen_name text, weekly_minutes integer,
--   tag_ids bigint[], tag_names text[], must_ids bigint[],
--   preferred_ids bigint[], complexity text, complexity_reason text,
--   live_round integer?)
-- Tags are the needs and the kind of service, by ascending id. rate_pence is
-- that of the rate card in force, 0 when there is none; card_document is its
-- version, '' when it has none. The individual rate is the one approved for
-- what the package says now.

-- query match_package_by_id (council bigint, package bigint) one match_package
-- A package that says enough to be matched; no draft.
SELECT k.council_id, k.id, k.reference, k.state, k.version,
       f.council_id AS framework_council_id, f.id AS framework_id,
       f.name AS framework_name, v.id AS policy_version_id,
       v.number AS policy_number, v.document::text AS policy_document,
       coalesce(rate_card_hourly(f.council_id, card.id, a.name, k.rurality,
           needs.names), 0) AS rate_pence, card.id AS rate_card_id,
       coalesce(card.document, '') AS card_document,
       needs.names AS need_names, coalesce(age.label, '') AS age_name,
       i.id AS individual_rate_id, i.hourly_pence AS individual_pence,
       coalesce((SELECT array_agg(b.up_to_seconds::bigint
               ORDER BY b.up_to_seconds) FROM rate_band b
           WHERE b.council_id = f.council_id AND b.rate_card_id = card.id),
           '{}') AS band_seconds,
       coalesce((SELECT array_agg(b.percent::bigint
               ORDER BY b.up_to_seconds) FROM rate_band b
           WHERE b.council_id = f.council_id AND b.rate_card_id = card.id),
           '{}') AS band_percents,
       a.id AS area_id, a.name AS area_name,
       coalesce(k.rurality, '') AS rurality, coalesce(k.sector, '') AS sector,
       g.id AS group_id, g.label AS group_label,
       coalesce(nullif(g.phrase, ''), lower(g.label)) AS group_phrase,
       s.id AS service_kind_id, s.label AS service_kind_label,
       coalesce(k.urgency, '') AS urgency, k.start_wanted_at, k.chosen_organisation_id,
       coalesce(chosen.name, '') AS chosen_name, k.weekly_minutes,
       tags.ids AS tag_ids, tags.names AS tag_names,
       coalesce((SELECT array_agg(n.term_id) FROM package_need n
           WHERE n.council_id = k.council_id AND n.package_id = k.id
             AND n.is_must), '{}') AS must_ids,
       coalesce((SELECT array_agg(n.term_id) FROM package_need n
           WHERE n.council_id = k.council_id AND n.package_id = k.id
             AND NOT n.is_must), '{}') AS preferred_ids,
       k.complexity, k.complexity_reason,
       (SELECT o.number FROM offer_round o
         WHERE o.council_id = k.council_id AND o.package_id = k.id
           AND o.settled_at IS NULL) AS live_round
  FROM package k
  JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  JOIN policy_version v ON v.council_id = f.council_id
   AND v.id = policy_in_force(f.council_id, f.id,
       (clock_now() AT TIME ZONE 'Europe/London')::date)
  JOIN area a ON a.council_id = k.framework_council_id AND a.id = k.area_id
  JOIN care_term g ON g.id = k.group_id
  JOIN care_term s ON s.id = k.service_kind_id
  LEFT JOIN organisation chosen ON chosen.id = k.chosen_organisation_id
  LEFT JOIN care_term age ON age.id = k.age_band_id
  LEFT JOIN individual_rate i ON i.council_id = k.council_id
   AND i.id = individual_rate_in_force(k.council_id, k.id)
 CROSS JOIN LATERAL (
      SELECT ARRAY(SELECT t.label FROM care_term t
         WHERE t.id IN (k.group_id, k.service_kind_id)
            OR t.id IN (SELECT n.term_id FROM package_need n
                WHERE n.council_id = k.council_id AND n.package_id = k.id))
             AS names) AS needs
  LEFT JOIN LATERAL (
      SELECT c.id, x.document::text AS document
        FROM rate_card c
        LEFT JOIN rate_version x ON x.council_id = c.council_id
         AND x.id = c.rate_version_id
       WHERE c.council_id = f.council_id AND c.code = f.rate_card_code
         AND c.effective_on <= (clock_now() AT TIME ZONE 'Europe/London')::date
       ORDER BY c.effective_on DESC LIMIT 1) AS card ON true
  CROSS JOIN LATERAL (
      SELECT array_agg(t.id ORDER BY t.id) AS ids,
             array_agg(coalesce(nullif(t.phrase, ''), lower(t.label))
                 ORDER BY t.id) AS names
        FROM care_term t
       WHERE t.id = k.service_kind_id OR t.id IN (SELECT n.term_id
           FROM package_need n
          WHERE n.council_id = k.council_id AND n.package_id = k.id)) AS tags
 WHERE k.council_id = :council AND k.id = :package AND k.state <> 'draft';

-- row match_id (id bigint, state text)

-- query match_package_find (council bigint, reference text) one match_id
SELECT k.id, k.state FROM package k
 WHERE k.council_id = :council AND k.reference = :reference;

-- row match_member (organisation_id bigint, reference text, name text,
--   member_council_id bigint?, member_id bigint?, is_on_framework boolean,
--   is_suspended boolean, has_monitoring_visit boolean,
--   is_current_provider boolean, has_all_areas boolean, serves_area boolean,
--   term_ids bigint[], rate_pence bigint?, spare_minutes integer,
--   quality_score integer, earliest_start_on date?, call_days integer,
--   calls_from_minute integer?, calls_until_minute integer?,
--   last_award_at timestamptz?, has_cared_before boolean, is_local boolean,
--   distance_metres integer, contract_kind text, ratings text[],
--   tier integer, block_minutes integer, people integer?)
-- In the stated order: by the day they joined, then as they were entered.

-- query match_member_list (council bigint, package bigint, framework_council bigint, framework bigint, wanted bigint[], today date) many match_member
-- Members of the package's framework, and of the others that the council may
-- call off from, who then are not on this one. term_ids: those wanted that
-- the member has; of medication levels all up to its highest. block_minutes:
-- those that placements do not use yet. people: that it cares for now, NULL
-- where it is not stated how many it has elsewhere.
SELECT o.id AS organisation_id, o.reference, o.name,
       m.council_id AS member_council_id, m.id AS member_id,
       coalesce(m.framework_id = :framework
           AND m.council_id = :framework_council
           AND m.state IN ('active', 'suspended') AND o.is_active
           AND m.joined_on <= :today
           AND (m.left_on IS NULL OR m.left_on > :today), false)
           AS is_on_framework,
       member_is_suspended(m.state, m.suspended_on, m.suspended_until, :today)
           AS is_suspended,
       coalesce(m.monitoring_visit_passed_on <= :today, false)
           AS has_monitoring_visit,
       m.is_current_provider, m.has_all_areas,
       EXISTS (SELECT FROM member_area x
           WHERE x.council_id = m.council_id AND x.member_id = m.id
             AND x.area_id = k.area_id) AS serves_area,
       coalesce(terms.ids, '{}') AS term_ids,
       m.hourly_rate_pence AS rate_pence, m.spare_minutes,
       coalesce(m.quality_score, 0) AS quality_score, m.earliest_start_on,
       m.call_days, m.calls_from_minute, m.calls_until_minute,
       m.last_award_at,
       EXISTS (SELECT FROM placement p
           WHERE p.council_id = k.council_id AND p.person_id = k.person_id
             AND p.organisation_id = o.id) AS has_cared_before,
       coalesce(places.is_local, false) AS is_local,
       coalesce(provider_metres(k.council_id, k.id, o.id), 0)
           AS distance_metres, m.contract_kind,
       coalesce((SELECT array_agg(DISTINCT coalesce(l.cqc_rating, ''))
           FROM location l WHERE l.organisation_id = o.id), '{}') AS ratings,
       coalesce(m.tier, 0) AS tier,
       greatest(0, m.block_minutes - coalesce(used.minutes, 0))::integer
           AS block_minutes,
       (m.people_elsewhere + coalesce(used.people, 0))::integer AS people
  FROM package k
  CROSS JOIN LATERAL (
      SELECT DISTINCT ON (n.organisation_id) n.*
        FROM framework_partner q
        JOIN framework_member n ON n.council_id = q.council_id
         AND n.framework_id = q.framework_id
       WHERE q.partner_council_id = k.council_id
         AND (q.left_on IS NULL OR q.left_on > :today)
       ORDER BY n.organisation_id, (n.council_id, n.framework_id)
           = (k.framework_council_id, k.framework_id) DESC, n.id) AS m
  JOIN organisation o ON o.id = m.organisation_id
  LEFT JOIN framework_use(:framework_council, :framework) used
    ON used.member_id = m.id AND m.council_id = :framework_council
  LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT t.id) AS ids
        FROM member_term x
        JOIN care_term h ON h.id = x.term_id
        JOIN care_term t ON t.id = ANY (:wanted)
         AND (t.id = h.id OR (t.kind = 'medication_level'
             AND h.kind = t.kind AND h.sort > t.sort))
       WHERE x.council_id = m.council_id AND x.member_id = m.id) AS terms
      ON true
  LEFT JOIN LATERAL (
      SELECT bool_or(EXISTS (SELECT FROM area_sector s
                 WHERE s.council_id = k.framework_council_id
                   AND s.area_id = k.area_id AND s.sector = place.sector))
                 AS is_local
        FROM (SELECT f.sector FROM organisation_office f
               WHERE f.organisation_id = o.id
              UNION ALL
              SELECT l.sector FROM location l
               WHERE l.organisation_id = o.id) AS place) AS places ON true
 WHERE k.council_id = :council AND k.id = :package
 ORDER BY m.joined_on, m.council_id, m.id;

-- query match_member_many (council bigint, packages bigint[], wanted bigint[], today date) many match_member
-- For each of the packages, in their order, what match_member_list gives, for
-- whoever would ask that a hundred times. The council may call off from the
-- same members whatever the package, so every package has as many rows.
WITH asked AS MATERIALIZED (
	SELECT u.place, k.id, k.person_id, k.area_id, k.framework_council_id,
	       k.framework_id, coalesce(k.latitude, z.latitude) AS latitude,
	       coalesce(k.longitude, z.longitude) AS longitude
	  FROM unnest(:packages::bigint[]) WITH ORDINALITY AS u (id, place)
	  JOIN package k ON k.council_id = :council AND k.id = u.id
	  LEFT JOIN postcode_sector z ON z.sector = k.sector
), member AS MATERIALIZED (
	SELECT DISTINCT ON (a.framework_council_id, a.framework_id,
	           n.organisation_id)
	       a.framework_council_id AS for_council,
	       a.framework_id AS for_framework, n.*
	  FROM (SELECT DISTINCT b.framework_council_id, b.framework_id
	          FROM asked b) AS a
	 CROSS JOIN framework_partner q
	  JOIN framework_member n ON n.council_id = q.council_id
	   AND n.framework_id = q.framework_id
	 WHERE q.partner_council_id = :council
	   AND (q.left_on IS NULL OR q.left_on > :today)
	 ORDER BY a.framework_council_id, a.framework_id, n.organisation_id,
	       (n.council_id, n.framework_id)
	           = (a.framework_council_id, a.framework_id) DESC, n.id
), term AS MATERIALIZED (
	SELECT x.council_id, x.member_id, array_agg(DISTINCT t.id) AS ids
	  FROM member_term x
	  JOIN care_term h ON h.id = x.term_id
	  JOIN care_term t ON t.id = ANY (:wanted)
	   AND (t.id = h.id OR (t.kind = 'medication_level'
	       AND h.kind = t.kind AND h.sort > t.sort))
	 WHERE (x.council_id, x.member_id) IN (SELECT m.council_id, m.id
	           FROM member m)
	 GROUP BY x.council_id, x.member_id
), rating AS MATERIALIZED (
	SELECT l.organisation_id,
	       array_agg(DISTINCT coalesce(l.cqc_rating, '')) AS ratings
	  FROM location l GROUP BY l.organisation_id
), used AS MATERIALIZED (
	SELECT d.framework_council_id, u.member_id, u.minutes, u.people
	  FROM (SELECT DISTINCT b.framework_council_id, b.framework_id
	          FROM asked b) AS d
	 CROSS JOIN LATERAL framework_use(d.framework_council_id,
	           d.framework_id) AS u
), own AS MATERIALIZED (
	SELECT f.organisation_id, f.sector, f.postcode FROM organisation_office f
	UNION
	SELECT l.organisation_id, l.sector, l.postcode FROM location l
), local AS MATERIALIZED (
	SELECT DISTINCT s.council_id, s.area_id, w.organisation_id
	  FROM own w
	  JOIN area_sector s ON s.sector = w.sector
), base AS MATERIALIZED (
	-- As provider_metres() has them: offices, locations, current visits.
	SELECT w.organisation_id, NULL::bigint AS package_id,
	       coalesce(p.latitude, z.latitude) AS latitude,
	       coalesce(p.longitude, z.longitude) AS longitude
	  FROM own w
	  LEFT JOIN postcode p ON p.postcode = w.postcode
	  LEFT JOIN postcode_sector z ON z.sector = w.sector
	UNION ALL
	SELECT x.organisation_id, x.package_id, coalesce(k.latitude, z.latitude),
	       coalesce(k.longitude, z.longitude)
	  FROM placement x
	  JOIN package k ON k.council_id = x.council_id AND k.id = x.package_id
	  LEFT JOIN postcode_sector z ON z.sector = k.sector
	 WHERE x.council_id = :council
	   AND placement_state(x.state, x.starts_at, clock_now()) = 'started'
), near AS MATERIALIZED (
	SELECT d.id, b.organisation_id, min(greatest(1, 111195
	           * sqrt((b.latitude - d.latitude) ^ 2
	               + ((b.longitude - d.longitude)
	                   * cos(radians(d.latitude))) ^ 2)))::integer AS metres
	  FROM asked d
	  JOIN base b ON b.latitude IS NOT NULL
	   AND b.package_id IS DISTINCT FROM d.id
	 WHERE d.latitude IS NOT NULL
	 GROUP BY d.id, b.organisation_id
), cared AS MATERIALIZED (
	SELECT DISTINCT p.person_id, p.organisation_id FROM placement p
	 WHERE p.council_id = :council
)
SELECT o.id AS organisation_id, o.reference, o.name,
       m.council_id AS member_council_id, m.id AS member_id,
       coalesce(m.framework_id = a.framework_id
           AND m.council_id = a.framework_council_id
           AND m.state IN ('active', 'suspended') AND o.is_active
           AND m.joined_on <= :today
           AND (m.left_on IS NULL OR m.left_on > :today), false)
           AS is_on_framework,
       member_is_suspended(m.state, m.suspended_on, m.suspended_until, :today)
           AS is_suspended,
       coalesce(m.monitoring_visit_passed_on <= :today, false)
           AS has_monitoring_visit,
       m.is_current_provider, m.has_all_areas,
       x.area_id IS NOT NULL AS serves_area,
       coalesce(t.ids, '{}') AS term_ids,
       m.hourly_rate_pence AS rate_pence, m.spare_minutes,
       coalesce(m.quality_score, 0) AS quality_score, m.earliest_start_on,
       m.call_days, m.calls_from_minute, m.calls_until_minute,
       m.last_award_at, c.person_id IS NOT NULL AS has_cared_before,
       l.organisation_id IS NOT NULL AS is_local,
       coalesce(n.metres, 0) AS distance_metres, m.contract_kind,
       coalesce(r.ratings, '{}') AS ratings, coalesce(m.tier, 0) AS tier,
       greatest(0, m.block_minutes - coalesce(u.minutes, 0))::integer
           AS block_minutes,
       (m.people_elsewhere + coalesce(u.people, 0))::integer AS people
  FROM asked a
  JOIN member m ON m.for_council = a.framework_council_id
   AND m.for_framework = a.framework_id
  JOIN organisation o ON o.id = m.organisation_id
  LEFT JOIN term t ON t.council_id = m.council_id AND t.member_id = m.id
  LEFT JOIN rating r ON r.organisation_id = o.id
  LEFT JOIN used u ON u.framework_council_id = m.council_id
   AND u.member_id = m.id AND m.framework_id = a.framework_id
  LEFT JOIN near n ON n.organisation_id = o.id AND n.id = a.id
  LEFT JOIN local l ON l.organisation_id = o.id AND l.area_id = a.area_id
   AND l.council_id = a.framework_council_id
  LEFT JOIN member_area x ON x.council_id = m.council_id
   AND x.member_id = m.id AND x.area_id = a.area_id
  LEFT JOIN cared c ON c.person_id = a.person_id AND c.organisation_id = o.id
 ORDER BY a.place, m.joined_on, m.council_id, m.id;

-- row week_line (kind text, days integer, times integer,
--   start_from_minute integer?, start_until_minute integer?,
--   minutes integer, carers integer, is_critical boolean, purpose text)

-- query week_line_list (council bigint, package bigint) many week_line
-- The weekly timetable of a package.
SELECT v.kind, v.days, v.times, v.start_from_minute, v.start_until_minute,
       v.minutes, v.carers, v.is_critical, v.purpose
  FROM visit v
 WHERE v.council_id = :council AND v.package_id = :package
 ORDER BY v.sort, v.id;

-- query week_line_list_of_version (council bigint, package bigint, version integer) many week_line
-- The timetable as a version of a package keeps it: what was offered.
SELECT v.kind, v.days, v.times, v.start_from_minute, v.start_until_minute,
       v.minutes, v.carers, v.is_critical, v.purpose
  FROM package_version p
 CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(p.document -> 'visits')
      AS (kind text, days integer, times integer, "from" integer,
          until integer, minutes integer, carers integer, critical boolean,
          purpose text)) WITH ORDINALITY
      AS v (kind, days, times, start_from_minute, start_until_minute,
          minutes, carers, is_critical, purpose, place)
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.version = :version
 ORDER BY v.place;

-- row bank_holiday (on_date date)

-- query bank_holiday_list (from_date date) many bank_holiday
-- Of England and Wales, the same for every council.
SELECT on_date FROM bank_holiday WHERE on_date >= :from_date ORDER BY on_date;
