-- Councils, the NHS partner, area schemes and postcode sectors.
INSERT INTO council (code, name, kind, created_at)
SELECT d.code, d.name, d.kind, c.now - interval '5 years'
  FROM demo_councils d CROSS JOIN demo_clock c;

INSERT INTO postcode_sector (sector, district, latitude, longitude, rurality)
SELECT DISTINCT ON (s.sector) s.sector, s.district, s.latitude, s.longitude,
       s.rurality
  FROM demo_sectors s
 ORDER BY s.sector, s.share_percent DESC, s.district;

-- The lots that Hertfordshire tenders by (003 L227-242) stand beside its
-- districts; its framework goes by the districts.
INSERT INTO area_scheme (council_id, code, name)
SELECT DISTINCT c.id, a.scheme,
       CASE a.scheme WHEN 'lots' THEN 'Lot areas' ELSE 'District areas' END
  FROM demo_areas a JOIN council c ON c.code = a.council
 ORDER BY c.id, a.scheme;

INSERT INTO area (council_id, scheme_id, code, name, sort, total_hours,
    spot_hours)
SELECT s.council_id, s.id, a.code, a.name, a.sort, a.total_hours, a.spot_hours
  FROM demo_areas a
  JOIN council c ON c.code = a.council
  JOIN area_scheme s ON s.council_id = c.id AND s.code = a.scheme
 ORDER BY c.id, s.id, a.sort;

INSERT INTO area_alias (council_id, area_id, alias)
SELECT a.council_id, a.id, part.alias
  FROM demo_areas d
  JOIN council c ON c.code = d.council
  JOIN area a ON a.council_id = c.id AND a.code = d.code
 CROSS JOIN string_to_table(d.aliases, '|') AS part (alias);

-- Sectors that straddle a border are in each area with their share. A lot may
-- be a part of its districts: by rurality, or by the first part of postcodes or whole sectors.
INSERT INTO area_sector (council_id, scheme_id, sector, area_id, share_percent)
SELECT a.council_id, a.scheme_id, s.sector, a.id, sum(s.share_percent)
  FROM demo_areas d
  JOIN council c ON c.code = d.council
  JOIN area a ON a.council_id = c.id AND a.code = d.code
 CROSS JOIN string_to_table(d.districts, '|') AS part (district)
  JOIN demo_sectors s ON s.district = part.district
   AND (d.ruralities IS NULL
    OR s.rurality = ANY (string_to_array(d.ruralities, '|')))
   AND (d.postcodes IS NULL
    OR ARRAY[s.sector, split_part(s.sector, ' ', 1)]
        && string_to_array(d.postcodes, '|'))
 GROUP BY a.council_id, a.scheme_id, s.sector, a.id;
