-- Schemes that commissioners have drawn up to look at: districts put together.
INSERT INTO area_plan (council_id, reference, name, created_by_id, created_at)
SELECT c.id, pg_temp.reference_of('Z', p.council), p.name, a.id,
       k.now - interval '9 days'
  FROM (VALUES
       ('hertfordshire', 'Three clusters', 'commissioner@hertfordshire.example'),
       ('cambridgeshire', 'City and the rest',
        'commissioner@cambridgeshire.example'))
       AS p (council, name, email)
  JOIN council c ON c.code = p.council
  JOIN account a ON a.email = p.email
 CROSS JOIN demo_clock k;

INSERT INTO area_plan_sector (council_id, plan_id, sector, area_number,
    area_name)
SELECT DISTINCT ON (n.id, x.sector) n.council_id, n.id, x.sector, p.number,
       p.name
  FROM (VALUES
       ('hertfordshire', 1, 'North and east',
        'north-herts|stevenage|east-herts|broxbourne'),
       ('hertfordshire', 2, 'Middle', 'welwyn-hatfield|st-albans'),
       ('hertfordshire', 3, 'South and west',
        'dacorum|hertsmere|watford-three-rivers'),
       ('cambridgeshire', 1, 'City', 'cambridge-city'),
       ('cambridgeshire', 2, 'The rest', 'east-cambridgeshire|fenland'
        '|huntingdonshire|south-cambridgeshire'))
       AS p (council, number, name, areas)
  JOIN council c ON c.code = p.council
  JOIN area_plan n ON n.council_id = c.id
  JOIN area_scheme s ON s.council_id = c.id AND s.code = 'districts'
  JOIN area a ON a.council_id = c.id AND a.scheme_id = s.id
   AND a.code = ANY (string_to_array(p.areas, '|'))
  JOIN area_sector x ON x.council_id = c.id AND x.area_id = a.id
 ORDER BY n.id, x.sector, x.share_percent DESC, a.sort;
