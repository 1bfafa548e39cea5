-- Which provider may be asked for which package, and why another may not: the
-- policies' steps as app/matching has them, for the packages that were offered.
ANALYZE framework_member, member_area, member_term, organisation_office,
    area_sector, package, package_need, visit;

-- What a member can do; of one medication level also those before it.
CREATE TEMPORARY TABLE demo_set ON COMMIT DROP AS
SELECT t.council_id, t.member_id, array_agg(c.id) AS ids,
       ARRAY(SELECT a.area_id FROM member_area a
           WHERE a.council_id = t.council_id AND a.member_id = t.member_id)
           AS areas,
       ARRAY(SELECT x.area_id FROM framework_member m
           JOIN organisation_office f ON f.organisation_id = m.organisation_id
           JOIN area_sector x ON x.sector = f.sector
           WHERE m.council_id = t.council_id AND m.id = t.member_id)
           AS offices
  FROM member_term t
  JOIN care_term has ON has.id = t.term_id
  JOIN care_term c ON c.kind = has.kind AND (c.id = has.id
       OR (c.kind = 'medication_level' AND c.sort < has.sort))
 GROUP BY t.council_id, t.member_id;
CREATE UNIQUE INDEX ON demo_set (council_id, member_id);
ANALYZE demo_set;

CREATE TEMPORARY TABLE demo_match ON COMMIT DROP AS
WITH offered AS (
    SELECT p.*, k.service_kind_id, k.group_id,
           ARRAY(SELECT n.term_id FROM package_need n
               WHERE n.council_id = p.council_id AND n.package_id = p.id
                 AND n.is_must) AS musts,
           ARRAY(SELECT n.term_id FROM package_need n
               WHERE n.council_id = p.council_id AND n.package_id = p.id
                 AND NOT n.is_must) AS preferences
      FROM demo_package p
      JOIN package k ON k.council_id = p.council_id AND k.id = p.id
     WHERE p.part = 1 AND p.stage = 11
        OR p.key IN (SELECT r.package FROM demo_rounds r)
)
SELECT p.key, p.council_id, p.id AS package_id, m.council_id AS member_council_id,
       m.id AS member_id, m.joined_on, m.organisation_id, o.name AS organisation_name,
       m.hourly_rate_pence AS rate, m.quality_score, m.earliest_start_on,
       m.last_award_at, p.rate_card_code, p.framework_council_id,
       said.spare_hours * 60 AS spare_minutes,
       CASE m.contract_kind WHEN 'lead' THEN 'Lead provider'
           WHEN 'spot' THEN 'Spot provider' ELSE 'Framework' END AS contract,
       coalesce((SELECT string_agg(CASE l.rating
               WHEN '' THEN 'Not yet rated'
               ELSE initcap(left(l.rating, 1))
                   || replace(substr(l.rating, 2), '_', ' ') END, ', '
               ORDER BY l.rating)
           FROM (SELECT DISTINCT coalesce(x.cqc_rating, '') AS rating
                   FROM location x WHERE x.organisation_id = o.id) AS l),
           'No location') AS cqc_rating,
       pg_temp.words_list(ARRAY(SELECT coalesce(nullif(t.phrase, ''),
               lower(t.label)) FROM care_term t
           WHERE t.id = ANY (p.preferences) AND t.id = ANY (s.ids)
           ORDER BY t.id)) AS preferences_met,
       pg_temp.words_list(ARRAY(SELECT coalesce(nullif(t.phrase, ''),
               lower(t.label)) FROM care_term t
           WHERE t.id = ANY (p.preferences)
             AND NOT t.id = ANY (coalesce(s.ids, '{}'))
           ORDER BY t.id)) AS preferences_unmet,
       CASE WHEN m.state <> 'active' THEN 1
           WHEN g.fault IS NOT NULL THEN 2
           WHEN p.rate_card_code = 'flat' AND NOT m.is_current_provider
               AND m.monitoring_visit_passed_on IS NULL THEN 3
           WHEN NOT (m.has_all_areas OR p.area_id = ANY (s.areas)) THEN 4
           WHEN NOT p.group_id = ANY (s.ids) THEN 5
           WHEN cardinality(missing.phrases) > 0 THEN 6
       END AS failed,
       CASE WHEN m.state <> 'active' THEN 'Suspended from new packages'
           WHEN g.fault IS NOT NULL THEN g.fault
           WHEN p.rate_card_code = 'flat' AND NOT m.is_current_provider
               AND m.monitoring_visit_passed_on IS NULL
               THEN 'No satisfactory monitoring visit yet'
           WHEN NOT (m.has_all_areas OR p.area_id = ANY (s.areas))
               THEN 'Not offering care in ' || p.area_name
           WHEN NOT p.group_id = ANY (s.ids) THEN 'Not offering '
               || (SELECT t.phrase FROM care_term t WHERE t.id = p.group_id)
           WHEN cardinality(missing.phrases) > 0
               THEN 'Not offering ' || pg_temp.words_list(missing.phrases)
       END AS fault,
       -- Fit: half for preferences met, half for quality and being local.
       (CASE WHEN cardinality(p.preferences) = 0 THEN 5000 ELSE
           5000 * (SELECT count(*) FROM unnest(p.preferences) AS wanted (id)
               WHERE wanted.id = ANY (s.ids)) / cardinality(p.preferences) END
        + coalesce(m.quality_score, 0) * 30
        + CASE WHEN p.area_id = ANY (s.offices) THEN 2000 ELSE 0 END)::integer AS fit
  FROM offered p
  JOIN framework_member m ON m.council_id = p.framework_council_id
   AND m.framework_id = p.framework_id
  JOIN demo_member said ON said.council_id = m.council_id AND said.id = m.id
  JOIN organisation o ON o.id = m.organisation_id
  LEFT JOIN demo_set s ON s.council_id = m.council_id AND s.member_id = m.id
  LEFT JOIN demo_gate_fault g ON g.council_id = m.council_id
   AND g.member_id = m.id
 CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(t.phrase ORDER BY t.id <> p.service_kind_id, t.id),
               '{}') AS phrases
      FROM (SELECT id, coalesce(nullif(phrase, ''), lower(label)) AS phrase
              FROM care_term
             WHERE id = p.service_kind_id OR id = ANY (p.musts)) AS t
     WHERE NOT t.id = ANY (s.ids)) AS missing;

-- One person has chosen a provider that may be asked.
UPDATE package k SET chosen_organisation_id = m.organisation_id
  FROM demo_package p
  JOIN LATERAL (
    SELECT d.organisation_id FROM demo_match d
     WHERE d.key = p.key AND d.failed IS NULL
     ORDER BY md5(d.organisation_id::text) LIMIT 1) AS m ON true
 WHERE p.chosen = '@area' AND k.council_id = p.council_id AND k.id = p.id;

-- The order. Hertfordshire: the person's choice, the start, the price that is
-- the same for all; Cambridgeshire: points, half for price and half for fit.
-- Then the longest since the last award, then the register.
CREATE TEMPORARY TABLE demo_ranking ON COMMIT DROP AS
SELECT m.*, k.chosen_organisation_id IS NOT DISTINCT FROM m.organisation_id
           AS is_chosen,
       min(m.rate) FILTER (WHERE m.failed IS NULL)
           OVER (PARTITION BY m.key) AS lowest_rate,
       CASE WHEN m.rate_card_code <> 'flat' AND m.failed IS NULL THEN
           (round(50.0 * round(10000.0 * min(m.rate) FILTER
               (WHERE m.failed IS NULL) OVER (PARTITION BY m.key) / m.rate)
               / 100) + round(50.0 * m.fit / 100))::integer END AS points
  FROM demo_match m
  JOIN package k ON k.council_id = m.council_id AND k.id = m.package_id;

CREATE TEMPORARY TABLE demo_place ON COMMIT DROP AS
SELECT r.*, row_number() OVER ranks AS position,
       lead(r.points) OVER ranks AS next_points,
       lead(r.earliest_start_on) OVER ranks AS next_start,
       lead(r.last_award_at) OVER ranks AS next_award,
       count(*) FILTER (WHERE r.failed IS NULL) OVER (PARTITION BY r.key)
           AS eligible
  FROM demo_ranking r
WINDOW ranks AS (PARTITION BY r.key ORDER BY r.failed DESC NULLS FIRST,
       r.is_chosen DESC, r.points DESC NULLS LAST,
       r.earliest_start_on NULLS LAST, r.last_award_at NULLS FIRST,
       r.joined_on, r.member_id);
CREATE UNIQUE INDEX ON demo_place (key, position);
ANALYZE demo_place;
