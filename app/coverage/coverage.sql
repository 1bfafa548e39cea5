-- Hours needed and hours offered by area, in schemes in force and in plans.

-- row cover_framework (council_id bigint, id bigint, code text, name text, scheme_id bigint)

-- query cover_framework_list (council bigint, today date) many cover_framework
-- Frameworks that the council calls off from, its own first.
SELECT f.council_id, f.id, f.code, f.name, f.scheme_id
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
 WHERE p.partner_council_id = :council
   AND (p.left_on IS NULL OR p.left_on > :today)
 ORDER BY f.council_id <> :council, f.name, f.id;

-- row coverage_scheme (code text, name text, is_plan boolean, is_in_force boolean)

-- query coverage_scheme_list (council bigint, framework_council bigint, scheme bigint) many coverage_scheme
-- What coverage may be shown by: the framework's own scheme, the other schemes
-- of its council, and the plans of this council by their references.
SELECT x.code, x.name, x.is_plan, x.is_in_force
  FROM (SELECT s.code, s.name, false AS is_plan, s.id = :scheme AS is_in_force
          FROM area_scheme s WHERE s.council_id = :framework_council
        UNION ALL
        SELECT n.reference, n.name, true, false
          FROM area_plan n WHERE n.council_id = :council) AS x
 ORDER BY x.is_in_force DESC, x.is_plan, x.name, x.code;

-- row cover_place (sector text, latitude double, longitude double,
--   rurality text, area_id bigint, minutes bigint)

-- query cover_place_list (council bigint, framework_council bigint, framework bigint) many cover_place
-- The sectors of the framework's scheme, each in the area that has most of it,
-- with the minutes a week that wait there for a provider. rurality: or ''.
SELECT DISTINCT ON (x.sector) x.sector, z.latitude, z.longitude,
       coalesce(z.rurality, '') AS rurality,
       x.area_id, coalesce(w.minutes, 0) AS minutes
  FROM framework f
  JOIN area_sector x ON x.council_id = f.council_id
   AND x.scheme_id = f.scheme_id
  JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
  JOIN postcode_sector z ON z.sector = x.sector
  LEFT JOIN (SELECT k.sector, sum(k.weekly_minutes)::bigint AS minutes
          FROM package k
         WHERE k.council_id = :council AND k.state = 'waiting'
           AND k.framework_council_id = :framework_council
           AND k.framework_id = :framework
         GROUP BY k.sector) AS w ON w.sector = x.sector
 WHERE f.council_id = :framework_council AND f.id = :framework
 ORDER BY x.sector, x.share_percent DESC, a.sort, a.id;

-- query cover_minutes_waiting (council bigint, framework_council bigint, framework bigint) value bigint
-- All minutes a week that wait for a provider of the framework, wherever.
SELECT coalesce(sum(k.weekly_minutes), 0)::bigint
  FROM package k
 WHERE k.council_id = :council AND k.state = 'waiting'
   AND k.framework_council_id = :framework_council
   AND k.framework_id = :framework;

-- row cover_area_name (id bigint, name text)

-- query cover_area_list (framework_council bigint, scheme bigint) many cover_area_name
SELECT a.id, a.name FROM area a
 WHERE a.council_id = :framework_council AND a.scheme_id = :scheme
 ORDER BY a.sort, a.name, a.id;

-- row cover_member (member_id bigint, minutes integer, area_ids bigint[])

-- query cover_member_list (framework_council bigint, framework bigint, today date) many cover_member
-- Providers that may be asked now, with the areas they serve, those nearest to
-- their own offices and locations first.
SELECT m.id AS member_id, m.spare_minutes AS minutes,
       coalesce((SELECT array_agg(y.id ORDER BY y.metres, y.sort, y.id)
          FROM (SELECT a.id, a.sort, (SELECT min(
                           (z.latitude - s.latitude) ^ 2
                           + ((z.longitude - s.longitude)
                               * cos(radians(s.latitude))) ^ 2)
                      FROM (SELECT i.sector FROM organisation_office i
                             WHERE i.organisation_id = m.organisation_id
                            UNION ALL
                            SELECT l.sector FROM location l
                             WHERE l.organisation_id = m.organisation_id)
                           AS own
                      JOIN postcode_sector z ON z.sector = own.sector) AS metres
                  FROM area a
                 CROSS JOIN LATERAL (SELECT avg(p.latitude) AS latitude,
                           avg(p.longitude) AS longitude
                      FROM area_sector x
                      JOIN postcode_sector p ON p.sector = x.sector
                     WHERE x.council_id = a.council_id AND x.area_id = a.id)
                       AS s
                 WHERE a.council_id = f.council_id
                   AND a.scheme_id = f.scheme_id
                   AND (m.has_all_areas OR EXISTS (SELECT FROM member_area t
                       WHERE t.council_id = m.council_id
                         AND t.member_id = m.id AND t.area_id = a.id))) AS y),
           '{}') AS area_ids
  FROM framework_member m
  JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id
  JOIN organisation o ON o.id = m.organisation_id
 WHERE m.council_id = :framework_council AND m.framework_id = :framework
   AND m.state = 'active' AND o.is_active AND m.joined_on <= :today
   AND (m.left_on IS NULL OR m.left_on > :today)
 ORDER BY m.id;

-- row cover_shown (sector text, area_number bigint, area_name text)

-- query cover_shown_list (framework_council bigint, code text) many cover_shown
-- The sectors of a scheme, each in the area that has most of it, with the
-- areas numbered in their order.
SELECT DISTINCT ON (x.sector) x.sector, n.number AS area_number,
       n.name AS area_name
  FROM area_scheme s
  JOIN area_sector x ON x.council_id = s.council_id AND x.scheme_id = s.id
  JOIN (SELECT a.council_id, a.id, a.name, a.sort,
               row_number() OVER (PARTITION BY a.council_id, a.scheme_id
                   ORDER BY a.sort, a.name, a.id) AS number
          FROM area a) AS n
    ON n.council_id = x.council_id AND n.id = x.area_id
 WHERE s.council_id = :framework_council AND s.code = :code
 ORDER BY x.sector, x.share_percent DESC, n.sort, n.id;

-- query cover_shown_list_of_plan (council bigint, reference text) many cover_shown
SELECT x.sector, x.area_number::bigint AS area_number, x.area_name
  FROM area_plan n
  JOIN area_plan_sector x ON x.council_id = n.council_id AND x.plan_id = n.id
 WHERE n.council_id = :council AND n.reference = :reference
 ORDER BY x.sector;

-- row area_plan_line (id bigint, reference text, name text, revision integer)

-- query area_plan_by_reference (council bigint, reference text) one area_plan_line
SELECT n.id, n.reference, n.name, n.revision FROM area_plan n
 WHERE n.council_id = :council AND n.reference = :reference;

-- query area_plan_lock (council bigint, reference text) one area_plan_line
-- As above, held against another change.
SELECT n.id, n.reference, n.name, n.revision FROM area_plan n
 WHERE n.council_id = :council AND n.reference = :reference
   FOR UPDATE;

-- query area_plan_named (council bigint, name text) value bigint
-- The plan of that name, whatever its case, or NULL.
SELECT min(n.id) AS id FROM area_plan n
 WHERE n.council_id = :council AND lower(n.name) = lower(:name);

-- query area_plan_insert (council bigint, name text, account bigint) one area_plan_line
INSERT INTO area_plan (council_id, name, created_by_id)
VALUES (:council, :name, :account)
RETURNING id, reference, name, revision;

-- query area_plan_update (council bigint, plan bigint, name text) none
UPDATE area_plan SET name = :name, revision = revision + 1
 WHERE council_id = :council AND id = :plan;

-- query area_plan_sector_clear (council bigint, plan bigint) none
DELETE FROM area_plan_sector
 WHERE council_id = :council AND plan_id = :plan;

-- query area_plan_sector_add (council bigint, plan bigint, sectors text[], numbers bigint[], names text[]) none
INSERT INTO area_plan_sector (council_id, plan_id, sector, area_number,
    area_name)
SELECT :council, :plan, x.sector, x.number::integer, x.name
  FROM unnest(:sectors::text[], :numbers::bigint[], :names::text[])
       AS x (sector, number, name);

-- query area_plan_delete (council bigint, plan bigint) none
DELETE FROM area_plan WHERE council_id = :council AND id = :plan;

-- row cover_sector_name (sector text)

-- query cover_sector_name_list (council bigint, today date) many cover_sector_name
-- Every sector that a plan of the council may hold: those of the schemes of
-- the frameworks that it calls off from.
SELECT DISTINCT x.sector
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
  JOIN area_sector x ON x.council_id = f.council_id
   AND x.scheme_id = f.scheme_id
 WHERE p.partner_council_id = :council
   AND (p.left_on IS NULL OR p.left_on > :today)
 ORDER BY x.sector;
