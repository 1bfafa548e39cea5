-- The packages. What the offers and placements of the next files decide
-- (states, starts) follows there.
INSERT INTO package (council_id, reference, person_id, state,
    framework_council_id, framework_id, funding_id, service_kind_id, group_id,
    age_band_id, sector, suggested_area_id, area_id, rurality, urgency,
    start_wanted_at, know_before, has_smoker, has_pets, wait_reason,
    minutes_in_place, waiting_since, assigned_account_id, created_by_id,
    created_at, changed_at, closed_reason, sections)
SELECT p.council_id, pg_temp.reference_of('C', p.key), p.person_id, p.state,
       p.framework_council_id, p.framework_id,
       CASE WHEN p.stage >= 2 THEN pg_temp.term('funding', p.funding) END,
       CASE WHEN p.stage >= 2 THEN
           pg_temp.term('service_kind', p.service_kind) END,
       CASE WHEN p.stage >= 4 THEN
           pg_temp.term('service_user_group', p."group") END,
       CASE WHEN p.stage >= 4 THEN pg_temp.term('age_band', p.age_band) END,
       CASE WHEN p.stage >= 3 THEN s.sector END,
       CASE WHEN p.stage >= 3 THEN suggested.area_id END,
       CASE WHEN p.stage >= 3 THEN p.area_id END,
       CASE WHEN p.stage >= 3 THEN s.rurality END,
       CASE WHEN p.stage >= 9 THEN p.urgency END,
       CASE WHEN p.stage >= 9 THEN pg_temp.care_time(p.since
           + CASE p.urgency WHEN 'rapid' THEN interval '24 hours'
             ELSE interval '48 hours' END, 0) END,
       CASE WHEN p.stage < 6 THEN '' WHEN p.part = 1
           THEN coalesce(p.know_before, '')
           ELSE (ARRAY['', '', '', 'Please ring the bell and wait; it takes a while to reach the door.',
            'The dog is kept in the kitchen during visits.',
            'Parking is behind the house.', 'Uses oxygen: no flames.'])
            [1 + pg_temp.choice(7, 'know', p.key)] END,
       CASE WHEN p.stage >= 6 THEN
           coalesce(p.has_smoker, pg_temp.choice(9, 'smoker', p.key) = 0) END,
       CASE WHEN p.stage >= 6 THEN
           coalesce(p.has_pets, pg_temp.choice(5, 'pets', p.key) = 0) END,
       CASE WHEN p.stage >= 11 THEN p.reason END,
       CASE WHEN p.stage >= 11 AND p.state = 'waiting'
           THEN p.minutes_in_place ELSE 0 END,
       CASE WHEN p.state <> 'draft' THEN p.since END,
       assigned.id, coalesce(assigned.id, broker.id),
       p.since - interval '2 hours', p.since,
       CASE WHEN p.state IN ('closed', 'cancelled')
           THEN coalesce(p.closed_reason, '') ELSE '' END,
       (ARRAY['person', 'funding', 'place', 'group', 'needs', 'before-coming',
        'visits', 'outcomes', 'start', 'choice', 'waiting'])[:p.stage]
       || CASE WHEN p.stage >= 3 THEN ARRAY['area'] ELSE '{}' END
  FROM demo_package p
  JOIN postcode_sector s ON s.sector = pg_temp.sector_of(p.postcode)
  JOIN LATERAL (
    SELECT x.area_id FROM area_sector x
     WHERE x.council_id = p.framework_council_id AND x.scheme_id = p.scheme_id
       AND x.sector = s.sector
     ORDER BY x.share_percent DESC LIMIT 1) AS suggested ON true
  LEFT JOIN LATERAL (SELECT CASE p.council
       WHEN 'cambridgeshire-peterborough-ccg' THEN 'ccg' ELSE p.council END
       || '.example' AS domain) AS mail ON true
  LEFT JOIN account assigned ON assigned.email = p.assigned || '@' || mail.domain
  LEFT JOIN account broker ON broker.email = 'broker@' || mail.domain
 ORDER BY p.since;

UPDATE demo_package p SET id = k.id
  FROM package k WHERE k.reference = pg_temp.reference_of('C', p.key);
CREATE UNIQUE INDEX ON demo_package (key);
ANALYZE demo_package;

INSERT INTO care_address (council_id, package_id, address, postcode,
    directions)
SELECT p.council_id, p.id, s.address, s.postcode,
       (ARRAY['', '', '', 'The blue door beside the garage',
        'Second floor; the lift is on the left'])
        [1 + pg_temp.choice(5, 'directions', p.key)]
  FROM demo_package p
  JOIN person s ON s.council_id = p.council_id AND s.id = p.person_id
 WHERE p.stage >= 3;

INSERT INTO package_need (council_id, package_id, term_id, is_must)
SELECT p.council_id, p.id, t.id, list.is_must
  FROM demo_package p
 CROSS JOIN LATERAL (VALUES
       (CASE WHEN p.part = 1 THEN p.must
           ELSE CASE WHEN p.timetable LIKE 'two-carers%' THEN 'two_carers|hoist'
             WHEN p."group" = 'older_people'
               THEN (ARRAY['dementia', 'assist', 'administer', NULL, NULL])
                [1 + pg_temp.choice(5, 'must', p.key)] END END, true),
       (CASE WHEN p.part = 1 THEN p.prefer ELSE
           (ARRAY['female', 'male', 'christian', NULL, NULL, NULL])
            [1 + pg_temp.choice(6, 'prefer', p.key)] END, false))
       AS list (codes, is_must)
 CROSS JOIN string_to_table(list.codes, '|') AS part (code)
  JOIN care_term t ON t.code = part.code AND t.kind IN ('specialism',
       'language', 'culture', 'carer_gender', 'two_carers',
       'medication_level', 'moving_handling')
 WHERE p.stage >= 5;

INSERT INTO visit (council_id, package_id, kind, days, times,
    start_from_minute, start_until_minute, minutes, carers, is_critical,
    purpose, sort)
SELECT p.council_id, p.id, t.kind, t.days, t.times, t.from_minute,
       t.until_minute, t.minutes, t.carers, t.is_critical, t.purpose, t.sort
  FROM demo_package p
  JOIN demo_timetables t ON t.code = p.timetable
 WHERE p.stage >= 7
 ORDER BY p.place, t.sort;

INSERT INTO outcome_wanted (council_id, package_id, text, sort)
SELECT p.council_id, p.id, part.text, part.sort
  FROM demo_package p
 CROSS JOIN LATERAL string_to_table(coalesce(p.outcomes,
       CASE p."group"
       WHEN 'children' THEN 'To be ready for school on time|To try things with friends'
       WHEN 'learning_disability' THEN 'To go out every week|To cook my own tea'
       WHEN 'mental_health' THEN 'To keep my home as I like it|To meet people again'
       WHEN 'physical_disability' THEN 'To stay in my own home|To do more for myself'
       ELSE (ARRAY['To stay in my own home|To eat well',
            'To be clean and comfortable|To take my medicines safely',
            'To walk to the shop again|To do more for myself',
            'To be safe at night|To keep up with my friends'])
            [1 + pg_temp.choice(4, 'outcome', p.key)] END), '|')
       WITH ORDINALITY AS part (text, sort)
 WHERE p.stage >= 8;

-- A week's minutes, and its price as app/matching/price.h has it: each visit
-- in its band and rounded by itself, longer ones and flexible time pro rata.
CREATE FUNCTION pg_temp.week_price(for_council bigint, for_package bigint,
    card_council bigint, card text, own_rate bigint) RETURNS bigint
LANGUAGE sql STABLE
AS $$
SELECT coalesce(sum(v.carers * CASE v.kind
           WHEN 'days' THEN bit_count(v.days::bit(7)) WHEN 'times' THEN v.times
           ELSE 1 END * round(coalesce(
           (SELECT coalesce(own_rate, c.hourly_rate_pence) * b.percent / 100.0
              FROM public.rate_band b
             WHERE b.council_id = c.council_id AND b.rate_card_id = c.id
               AND v.kind <> 'flexible' AND b.up_to_seconds >= v.minutes * 60
             ORDER BY b.up_to_seconds LIMIT 1),
           coalesce(own_rate, c.hourly_rate_pence) * v.minutes / 60.0))), 0)
  FROM public.visit v
  JOIN public.rate_card c ON c.council_id = card_council AND c.code = card
 WHERE v.council_id = for_council AND v.package_id = for_package
$$;

UPDATE package k
   SET weekly_minutes = w.minutes,
       weekly_price_pence = CASE p.rate_card_code WHEN 'flat' THEN
           pg_temp.week_price(k.council_id, k.id, p.framework_council_id,
               p.rate_card_code, NULL) ELSE 0 END
  FROM demo_package p
  JOIN LATERAL (
    SELECT coalesce(sum(v.carers * v.minutes * CASE v.kind
               WHEN 'days' THEN bit_count(v.days::bit(7))
               WHEN 'times' THEN v.times ELSE 1 END), 0) AS minutes
      FROM visit v
     WHERE v.council_id = p.council_id AND v.package_id = p.id) AS w ON true
 WHERE k.council_id = p.council_id AND k.id = p.id;

INSERT INTO package_version (council_id, package_id, version, document,
    created_at, created_by_id)
SELECT k.council_id, k.id, 1, package_document(k.council_id, k.id),
       p.since, k.created_by_id
  FROM package k
  JOIN demo_package p ON p.council_id = k.council_id AND p.id = k.id
 WHERE k.state <> 'draft';
