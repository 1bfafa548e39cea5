-- Areas of care, and which of them a postcode sector suggests.

-- row area_line (council_id bigint, council text, scheme_id bigint, scheme text, code text, name text, aliases text, total_hours bigint?, spot_hours bigint?, is_own boolean)

-- query area_list (council bigint) many area_line
-- Areas of the council's own schemes, then of the schemes of those councils
-- whose frameworks it may call off from.
SELECT a.council_id, c.name AS council, s.id AS scheme_id, s.name AS scheme,
       a.code, a.name,
       coalesce((SELECT string_agg(l.alias, ', ' ORDER BY l.alias)
          FROM area_alias l
         WHERE l.council_id = a.council_id AND l.area_id = a.id), '') AS aliases,
       a.total_hours, a.spot_hours, a.council_id = :council AS is_own
  FROM area a
  JOIN area_scheme s ON s.council_id = a.council_id AND s.id = a.scheme_id
  JOIN council c ON c.id = a.council_id
 WHERE a.council_id = :council
    OR (a.council_id, a.scheme_id) IN (SELECT f.council_id, f.scheme_id
          FROM framework_partner p
          JOIN framework f ON f.council_id = p.council_id
           AND f.id = p.framework_id
         WHERE p.partner_council_id = :council)
 ORDER BY a.council_id <> :council, c.name, s.name, s.id, a.sort, a.name;

-- row sector_place (sector text, district text, rurality text)
-- rurality is empty where it is not known.

-- query sector_by_name (sector text) one sector_place
SELECT s.sector, s.district, coalesce(s.rurality, '') AS rurality
  FROM postcode_sector s WHERE s.sector = :sector;

-- row sector_area (council text, scheme text, name text, code text, share_percent integer, is_suggested boolean)

-- query sector_area_list (council bigint, sector text) many sector_area
-- The areas that a sector lies in, of every scheme in area_list; the one with
-- the greatest share is suggested.
SELECT c.name AS council, s.name AS scheme, a.name, a.code, x.share_percent,
       row_number() OVER (PARTITION BY x.council_id, x.scheme_id
           ORDER BY x.share_percent DESC, a.sort, a.id) = 1 AS is_suggested
  FROM area_sector x
  JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
  JOIN area_scheme s ON s.council_id = x.council_id AND s.id = x.scheme_id
  JOIN council c ON c.id = x.council_id
 WHERE x.sector = :sector
   AND (x.council_id = :council
    OR (x.council_id, x.scheme_id) IN (SELECT f.council_id, f.scheme_id
          FROM framework_partner p
          JOIN framework f ON f.council_id = p.council_id
           AND f.id = p.framework_id
         WHERE p.partner_council_id = :council))
 ORDER BY x.council_id <> :council, c.name, s.name, s.id,
       x.share_percent DESC, a.sort, a.id;
