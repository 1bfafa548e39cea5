-- What `hearth import` writes: postcodes, sectors, areas, holidays. Runs as
-- hearth_jobs, for the whole installation. Each says how many rows changed, so
-- that a file read again is seen to change nothing.

-- query postcode_put (postcodes text[], sectors text[], latitudes bigint[], longitudes bigint[], districts text[], wards text[]) value bigint
-- Positions are millionths of a degree. How rural a postcode is comes from
-- another file, and stays.
WITH changed AS (
    INSERT INTO postcode AS p (postcode, sector, latitude, longitude,
        district_code, ward_code)
    SELECT n.postcode, n.sector, n.latitude / 1e6, n.longitude / 1e6,
           n.district, n.ward
      FROM unnest(:postcodes::text[], :sectors::text[], :latitudes::bigint[],
               :longitudes::bigint[], :districts::text[], :wards::text[])
           AS n (postcode, sector, latitude, longitude, district, ward)
        ON CONFLICT (postcode) DO UPDATE
       SET sector = excluded.sector, latitude = excluded.latitude,
           longitude = excluded.longitude,
           district_code = excluded.district_code,
           ward_code = excluded.ward_code
     WHERE (p.latitude, p.longitude, p.district_code, p.ward_code)
        IS DISTINCT FROM (excluded.latitude, excluded.longitude,
               excluded.district_code, excluded.ward_code)
    RETURNING 1)
SELECT count(*) FROM changed;

-- query postcode_rurality_put (postcodes text[], ruralities text[]) value bigint
-- An empty one is not known.
WITH changed AS (
    UPDATE postcode p SET rurality = nullif(n.rurality, '')
      FROM unnest(:postcodes::text[], :ruralities::text[])
           AS n (postcode, rurality)
     WHERE p.postcode = n.postcode
       AND p.rurality IS DISTINCT FROM nullif(n.rurality, '')
    RETURNING 1)
SELECT count(*) FROM changed;

-- query postcode_known_count (postcodes text[]) value bigint
SELECT count(*) FROM postcode WHERE postcode = ANY (:postcodes);

-- query sector_remake (sectors text[]) value bigint
-- Makes sectors of all postcodes in them: their middle, the district of most,
-- and how rural they are in the mean.
WITH changed AS (
    INSERT INTO postcode_sector AS s (sector, district, latitude, longitude,
        rurality)
    SELECT p.sector,
           coalesce((SELECT d.name FROM district d
               WHERE d.code = mode() WITHIN GROUP (ORDER BY p.district_code)),
               mode() WITHIN GROUP (ORDER BY p.district_code)),
           round(avg(p.latitude)::numeric, 6),
           round(avg(p.longitude)::numeric, 6),
           CASE round(avg(array_position(ARRAY['urban', 'semi_rural', 'rural'],
               p.rurality)))
               WHEN 1 THEN 'urban' WHEN 2 THEN 'semi_rural'
               WHEN 3 THEN 'rural' END
      FROM postcode p
     WHERE p.sector = ANY (:sectors)
     GROUP BY p.sector
        ON CONFLICT (sector) DO UPDATE
       SET district = excluded.district, latitude = excluded.latitude,
           longitude = excluded.longitude,
           rurality = coalesce(excluded.rurality, s.rurality)
     WHERE (s.district, s.latitude, s.longitude, s.rurality)
        IS DISTINCT FROM (excluded.district, excluded.latitude,
               excluded.longitude, coalesce(excluded.rurality, s.rurality))
    RETURNING 1)
SELECT count(*) FROM changed;

-- query district_put (codes text[], names text[]) value bigint
WITH changed AS (
    INSERT INTO district AS d (code, name)
    SELECT n.code, n.name FROM unnest(:codes::text[], :names::text[])
           AS n (code, name)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name
     WHERE d.name <> excluded.name
    RETURNING 1)
SELECT count(*) FROM changed;

-- query district_sectors (codes text[]) value text[]
-- The sectors that have postcodes in these districts.
SELECT coalesce(array_agg(DISTINCT p.sector ORDER BY p.sector), '{}')
  FROM postcode p WHERE p.district_code = ANY (:codes);

-- query holiday_put (dates text[], names text[]) value bigint
WITH changed AS (
    INSERT INTO bank_holiday AS h (on_date, name)
    SELECT n.on_date::date, n.name FROM unnest(:dates::text[], :names::text[])
           AS n (on_date, name)
        ON CONFLICT (on_date) DO UPDATE SET name = excluded.name
     WHERE h.name <> excluded.name
    RETURNING 1)
SELECT count(*) FROM changed;

-- query scheme_by_code (council bigint, code text) value bigint
-- 0 when the council has none of this code.
SELECT coalesce(max(s.id), 0) FROM area_scheme s
 WHERE s.council_id = :council AND s.code = :code;

-- query scheme_put (council bigint, code text, name text) value bigint
INSERT INTO area_scheme (council_id, code, name)
VALUES (:council, :code, :name)
    ON CONFLICT (council_id, code) DO UPDATE SET name = excluded.name
RETURNING id;

-- query area_put (council bigint, scheme bigint, codes text[], names text[]) value bigint
-- In the order of the file, which is the order they are shown in.
WITH changed AS (
    INSERT INTO area AS a (council_id, scheme_id, code, name, sort)
    SELECT :council, :scheme, n.code, n.name, n.sort
      FROM unnest(:codes::text[], :names::text[])
           WITH ORDINALITY AS n (code, name, sort)
        ON CONFLICT (council_id, scheme_id, code) DO UPDATE
       SET name = excluded.name, sort = excluded.sort
     WHERE (a.name, a.sort) IS DISTINCT FROM (excluded.name, excluded.sort)
    RETURNING 1)
SELECT count(*) FROM changed;

-- query area_alias_put (council bigint, scheme bigint, codes text[], aliases text[]) value bigint
WITH changed AS (
    INSERT INTO area_alias (council_id, area_id, alias)
    SELECT DISTINCT a.council_id, a.id, n.alias
      FROM unnest(:codes::text[], :aliases::text[]) AS n (code, alias)
      JOIN area a ON a.council_id = :council AND a.scheme_id = :scheme
       AND a.code = n.code
        ON CONFLICT DO NOTHING
    RETURNING 1)
SELECT count(*) FROM changed;

-- row area_name (area_id bigint, name text)

-- query area_name_list (council bigint, scheme bigint) many area_name
-- Everything that an area of the scheme is called: name, code, aliases.
SELECT a.id AS area_id, n.name
  FROM area a
  CROSS JOIN LATERAL (
      SELECT a.name UNION SELECT a.code UNION
      SELECT l.alias FROM area_alias l
       WHERE l.council_id = a.council_id AND l.area_id = a.id) AS n (name)
 WHERE a.council_id = :council AND a.scheme_id = :scheme
 ORDER BY n.name, a.id;

-- query sector_unknown (sectors text[]) value text
-- The first of these that is no known sector; empty when all are.
SELECT coalesce(min(n.sector), '') FROM unnest(:sectors::text[]) AS n (sector)
 WHERE NOT EXISTS (SELECT FROM postcode_sector s WHERE s.sector = n.sector);

-- query area_postcode_put (council bigint, scheme bigint, postcodes text[], areas bigint[]) value bigint
WITH changed AS (
    INSERT INTO area_postcode AS x (council_id, scheme_id, postcode, area_id)
    SELECT :council, :scheme, n.postcode, n.area
      FROM unnest(:postcodes::text[], :areas::bigint[]) AS n (postcode, area)
        ON CONFLICT (council_id, scheme_id, postcode) DO UPDATE
       SET area_id = excluded.area_id
     WHERE x.area_id <> excluded.area_id
    RETURNING 1)
SELECT count(*) FROM changed;

-- query area_sector_put (council bigint, scheme bigint, sectors text[], areas bigint[], shares bigint[]) value bigint
-- What a scheme says of these sectors, in place of what it said before.
WITH gone AS (
    DELETE FROM area_sector x
     WHERE x.council_id = :council AND x.scheme_id = :scheme
       AND x.sector = ANY (:sectors::text[])
       AND (x.sector, x.area_id) NOT IN (SELECT n.sector, n.area
           FROM unnest(:sectors::text[], :areas::bigint[])
                AS n (sector, area))
    RETURNING 1),
changed AS (
    INSERT INTO area_sector AS x (council_id, scheme_id, sector, area_id,
        share_percent)
    SELECT :council, :scheme, n.sector, n.area, n.share
      FROM unnest(:sectors::text[], :areas::bigint[], :shares::bigint[])
           AS n (sector, area, share)
        ON CONFLICT (council_id, scheme_id, sector, area_id) DO UPDATE
       SET share_percent = excluded.share_percent
     WHERE x.share_percent <> excluded.share_percent
    RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM changed);
