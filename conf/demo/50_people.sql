-- Everybody there is a package for. Names, dates of birth and addresses are
-- made from the lists of invented names and from postcodes not in use.
CREATE TEMPORARY TABLE demo_package ON COMMIT DROP AS
WITH every AS (
    SELECT 1 AS part, p.key, p.council, p.area, p."group", p.age_band,
           p.funding, p.service_kind, p.urgency, p.timetable, p.state,
           CASE p.stage WHEN 'person' THEN 1 WHEN 'place' THEN 3
               WHEN 'needs' THEN 5 WHEN 'visits' THEN 7 ELSE 11 END AS stage,
           p.reason, p.minutes_in_place,
           k.now - p.waited_hours * interval '1 hour' AS since,
           NULL::timestamptz AS care_at, p.must, p.prefer, p.know_before,
           p.has_smoker, p.has_pets, p.chosen, p.assigned, p.given_name,
           p.family_name, p.called, p.outcomes, p.closed_reason
      FROM demo_packages p CROSS JOIN demo_clock k
    UNION ALL
    SELECT 2, w.key, 'cambridgeshire', w.area, w."group", w.age_band,
           'council', 'support_at_home', 'standard', w.timetable, 'waiting',
           11, w.reason, w.minutes_in_place,
           k.now - w.waited_days * interval '1 day', NULL, NULL, NULL, NULL,
           NULL, NULL, NULL,
           CASE pg_temp.choice(3, 'assigned', w.key) WHEN 0 THEN 'broker'
               WHEN 1 THEN 'second.broker' END,
           NULL, NULL, NULL, NULL, NULL
      FROM demo_waiting w CROSS JOIN demo_clock k
    UNION ALL
    SELECT 3, h.key, h.council, h.area, h."group", h.age_band, 'council',
           'support_at_home', 'standard', h.timetable,
           CASE WHEN h.until_days_ago > 100 AND pg_temp.choice(3, h.key) > 0
               THEN 'closed' ELSE 'placed' END,
           11, h.reason, h.minutes_in_place,
           k.now - h.from_days_ago * interval '1 day',
           pg_temp.care_time_of(
               k.now - h.until_days_ago * interval '1 day', h.key),
           NULL, NULL, NULL,
           NULL, NULL, NULL, 'broker', NULL, NULL, NULL, NULL,
           'Care came to its end as planned'
      FROM demo_history h CROSS JOIN demo_clock k
)
SELECT every.*,
       row_number() OVER (ORDER BY part, key) AS place,
       c.id AS council_id, f.council_id AS framework_council_id,
       f.id AS framework_id, f.scheme_id, f.rate_card_code,
       f.policy_version_id, a.id AS area_id, a.name AS area_name,
       NULL::text AS postcode, NULL::bigint AS person_id,
       NULL::bigint AS id
  FROM every
  JOIN council c ON c.code = every.council
  JOIN framework f ON f.code = CASE every.council WHEN 'hertfordshire'
       THEN 'support-at-home' ELSE 'dps-2017' END
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
   AND a.code = every.area;

UPDATE demo_package p SET postcode = h.postcode
  FROM (SELECT area, postcode, count(*) OVER (PARTITION BY area) AS total,
               row_number() OVER (PARTITION BY area ORDER BY postcode) - 1
                   AS number
          FROM demo_postcodes) AS h
 WHERE h.area = p.area
   AND h.number = pg_temp.choice(h.total::integer, 'home', p.key);

-- How old people of an age band are at least, and over how many years they
-- spread.
CREATE TEMPORARY TABLE demo_age (age_band text, from_age integer,
    years integer) ON COMMIT DROP;
INSERT INTO demo_age VALUES ('under_18', 6, 10), ('from_18', 19, 44),
    ('from_65', 65, 9), ('from_75', 75, 9), ('from_85', 85, 12);

WITH name AS (
    SELECT kind, name, count(*) OVER (PARTITION BY kind) AS total,
           row_number() OVER (PARTITION BY kind ORDER BY name) - 1 AS number
      FROM demo_names
)
INSERT INTO person (council_id, reference, person_number, given_name,
    family_name, called, born_on, address, postcode, telephone, gp_name,
    gp_telephone, communication_needs, created_at)
SELECT p.council_id, pg_temp.reference_of('S', p.key),
       upper(left(p.council, 1)) || (100000 + p.place * 37),
       coalesce(p.given_name, g.name), coalesce(p.family_name, f.name),
       coalesce(p.called, ''),
       (k.today - (a.from_age + pg_temp.choice(a.years, 'age', p.key))
           * interval '1 year')::date - 1 - pg_temp.choice(360, 'day', p.key),
       (1 + pg_temp.choice(140, 'house', p.key)) || ' ' || s.name, p.postcode,
       '01632 960' || (200 + pg_temp.choice(600, 'telephone', p.key)),
       'Dr ' || d.name,
       '01632 9608' || lpad(pg_temp.choice(100, 'gp', p.area)::text, 2, '0'),
       (ARRAY['', '', '', '', 'Hard of hearing: stand in the light and speak slowly',
        'Reads large print', 'Wears hearing aids; check that they are in',
        'Short sentences, one thing at a time', 'Glasses are kept by the bed',
        ''])[1 + pg_temp.choice(10, 'communication', p.key)],
       p.since - interval '2 hours'
  FROM demo_package p
 CROSS JOIN demo_clock k
  JOIN demo_age a USING (age_band)
  JOIN name g ON g.kind = 'given' AND g.number = p.place % g.total
  JOIN name f ON f.kind = 'family'
   AND f.number = (p.place / g.total * 11 + p.place % g.total * 5) % f.total
  JOIN name d ON d.kind = 'family'
   AND d.number = pg_temp.choice(d.total::integer, 'doctor', p.area)
  JOIN name s ON s.kind = 'street'
   AND s.number = pg_temp.choice(s.total::integer, 'street', p.key);

UPDATE demo_package p SET person_id = s.id
  FROM person s WHERE s.reference = pg_temp.reference_of('S', p.key);

-- Someone to call, for most also someone who helps: of the family, or not.
INSERT INTO person_contact (council_id, person_id, kind, name, relation,
    telephone, note, sort)
SELECT p.council_id, p.person_id, c.kind,
       g.name || ' ' || CASE WHEN r.relation IN ('Neighbour', 'Friend')
           THEN f.name ELSE s.family_name END,
       r.relation,
       '07700 900' || lpad(pg_temp.choice(1000, c.kind, p.key)::text, 3, '0'),
       CASE c.kind WHEN 'informal_carer' THEN
           (ARRAY['Comes on Sundays', 'Does the shopping', 'Lives next door',
            'Helps in the evenings'])[1 + pg_temp.choice(4, 'help', p.key)]
           ELSE '' END,
       c.sort
  FROM demo_package p
  JOIN person s ON s.council_id = p.council_id AND s.id = p.person_id
 CROSS JOIN (VALUES ('emergency', 1), ('informal_carer', 2)) AS c (kind, sort)
  JOIN (SELECT name, gender, row_number() OVER (ORDER BY name DESC) - 1
               AS number FROM demo_names WHERE kind = 'given') AS g
    ON g.number = pg_temp.choice(26, c.kind, 'name', p.key)
  JOIN (SELECT name, count(*) OVER () AS total,
               row_number() OVER (ORDER BY name) - 1 AS number
          FROM demo_names WHERE kind = 'family') AS f
    ON f.number = pg_temp.choice(f.total::integer, c.kind, 'other', p.key)
 CROSS JOIN LATERAL (
    SELECT CASE WHEN p.age_band = 'under_18' AND g.gender = 'f'
               THEN (ARRAY['Mother', 'Grandmother', 'Aunt'])[1 + n % 3]
           WHEN p.age_band = 'under_18'
               THEN (ARRAY['Father', 'Grandfather', 'Uncle'])[1 + n % 3]
           WHEN p.age_band = 'from_18' AND g.gender = 'f'
               THEN (ARRAY['Mother', 'Sister', 'Neighbour', 'Friend'])
                [1 + n % 4]
           WHEN p.age_band = 'from_18'
               THEN (ARRAY['Father', 'Brother', 'Neighbour', 'Friend'])
                [1 + n % 4]
           WHEN g.gender = 'f' THEN (ARRAY['Daughter', 'Daughter', 'Sister',
               'Niece', 'Neighbour', 'Friend'])[1 + n % 6]
           ELSE (ARRAY['Son', 'Son', 'Brother', 'Nephew', 'Neighbour',
               'Friend'])[1 + n % 6] END AS relation
      FROM (SELECT pg_temp.choice(12, c.kind, 'relation', p.key) AS n)
           AS number) AS r
 WHERE c.kind = 'emergency' OR pg_temp.choice(5, 'helped', p.key) < 3;

INSERT INTO vault.key_safe (council_id, person_id, note, changed_at,
    changed_by_id)
SELECT p.council_id, p.person_id,
       'Key safe to the left of the front door, code '
           || lpad(pg_temp.choice(10000, 'safe', p.key)::text, 4, '0'),
       p.since, a.id
  FROM demo_package p
  JOIN account a ON a.email = 'broker@' || CASE p.council
       WHEN 'hertfordshire' THEN 'hertfordshire' WHEN 'cambridgeshire'
       THEN 'cambridgeshire' ELSE 'ccg' END || '.example'
 WHERE p.part = 1 AND (p.key = 'mr-k' OR pg_temp.choice(4, 'key', p.key) > 0);
