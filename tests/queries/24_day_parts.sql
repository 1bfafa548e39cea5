-- Spare hours by part of the day: who states and reads them, what a package's
-- week takes of them, and that placements take and give back.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

-- The parts cover the day once.
SELECT is(array_agg(minute ORDER BY minute), ARRAY(SELECT generate_series(0, 1439)),
        'every minute of the day is in one part')
  FROM (SELECT m % 1440 AS minute FROM day_part d,
           generate_series(d.from_minute, d.until_minute - 1) AS m) AS x;

-- What a week takes.
CREATE FUNCTION week_parts(council bigint, package bigint, kind text,
    days integer, times integer, starts integer, until integer,
    minutes integer, carers integer) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM visit v WHERE v.council_id = council AND v.package_id = package;
	INSERT INTO visit (council_id, package_id, kind, days, times,
	    start_from_minute, start_until_minute, minutes, carers)
	VALUES (council, package, kind, days, times, starts, until, minutes, carers);
	RETURN array_to_string(package_day_parts(council, package), ' ');
END
$$;
SELECT id AS package FROM package WHERE council_id = :east \gset
SELECT is(week_parts(:east, :package, x.kind, x.days, x.times, x.starts,
        x.until, x.minutes, x.carers), x.taken, x.name)
  FROM (VALUES
    ('days', 127, 0, 450, 540, 30, 1, '210 0 0 0 0', 'each day in the morning'),
    ('days', 3, 0, 450, 540, 30, 2, '120 0 0 0 0', 'two care workers, two days'),
    ('times', 0, 5, 735, 795, 45, 1, '0 225 0 0 0', 'five times at midday'),
    ('times', 0, 1, 1020, 1020, 60, 1, '0 0 60 0 0', 'up to the bound'),
    ('times', 0, 1, 640, 640, 60, 1, '20 40 0 0 0', 'over a bound it is shared'),
    ('times', 0, 1, 600, 680, 60, 1, '20 40 0 0 0',
        'of a window the middle counts'),
    ('times', 0, 1, 1320, 1320, 600, 1, '120 0 0 60 420',
        'a night from ten to eight'),
    ('times', 0, 1, 1410, 60, 30, 1, '0 0 0 0 30', 'a window over midnight'),
    ('times', 0, 1, 60, 60, 30, 1, '0 0 0 0 30', 'after midnight'),
    ('times', 0, 1, 1439, 1439, 1440, 1, '300 240 180 300 420',
        'round the clock'),
    ('times', 0, 1, 420, 721, 30, 1, '0 0 0 0 0', 'a wide window is any time'),
    ('times', 0, 1, 420, 720, 30, 1, '30 0 0 0 0', 'five hours are not wide'),
    ('days', 127, 0, NULL, NULL, 30, 1, '0 0 0 0 0', 'no time is any time'),
    ('flexible', 0, 0, NULL, NULL, 300, 1, '0 0 0 0 0', 'flexible minutes too'))
    AS x (kind, days, times, starts, until, minutes, carers, taken, name);
SELECT is(array_to_string(package_day_parts(:east, 0), ' '), '0 0 0 0 0',
        'no visits take nothing');

-- What parts give.
SELECT is(array_to_string(day_parts_taken(x.spare::integer[],
        x.wanted::integer[], x.taken, x.week), ' '), x.given, x.name)
  FROM (VALUES
    ('{300,0}', '{210,0}', 210, 600, '210 0', 'what is wanted there'),
    ('{300,0}', '{0,210}', 210, 600, '0 0', 'the rest at any time'),
    ('{300,120}', '{420,60}', 480, 600, '300 60', 'as far as there is'),
    ('{300,120}', '{0,210}', 210, 420, '90 120', 'then from where most is left'),
    ('{100,200,150}', '{0,0,0}', 300, 450, '0 200 100', 'all of it, then the next'),
    ('{300,0}', '{210,0}', 100, 600, '100 0', 'never more than is taken in all'),
    ('{300,0}', '{0,0}', 0, 100, '200 0', 'no more in parts than in the week'))
    AS x (spare, wanted, taken, week, given, name);

-- Who reads and states them.
SELECT is(as_web(email, 'SELECT count(*) FROM member_day_part'), seen,
        email || ' sees ' || seen)
  FROM (VALUES ('broker@east.test', '2'), ('broker@nhs.test', '2'),
      ('owner@birch.test', '1')) AS x (email, seen);
SELECT is(as_web('owner@birch.test', format('INSERT INTO member_day_part'
        ' SELECT council_id, id, ''evening'', 60 FROM framework_member')), '1',
        'a provider divides its own hours');
SELECT is(as_web('owner@birch.test', format('INSERT INTO member_day_part'
        ' VALUES (%s, %s, ''evening'', 60)', :east, :alder_member)), '42501',
        'but none of another''s');
SELECT is(as_web('owner@cedar.test', format('DELETE FROM member_day_part'
        ' WHERE council_id = %s', :east)), '0', 'nor removes them');
SELECT is(as_web('broker@nhs.test', 'DELETE FROM member_day_part'), '0',
        'a partner changes nothing');
SELECT is(as_web('owner@birch.test',
        'UPDATE member_day_part SET spare_minutes = 900'), '42501',
        'they are stated anew, not changed');
SELECT throws_ok(format('INSERT INTO member_day_part VALUES (%s, %s, ''dawn'', 1)',
        :east, :alder_member), '23503', NULL, 'parts are those of the day');

-- Placements take and give back.
SELECT week_parts(:east, :package, 'days', 127, 0, 480, 540, 60, 1) AS week \gset
CREATE FUNCTION left_of(provider bigint) RETURNS text
LANGUAGE sql AS $$
SELECT string_agg(p.part_code || ' ' || p.spare_minutes, ', ' ORDER BY p.part_code)
       || ' of ' || m.spare_minutes
  FROM framework_member m JOIN member_day_part p
    ON p.council_id = m.council_id AND p.member_id = m.id
 WHERE m.organisation_id = provider
   AND m.council_id = (SELECT id FROM council WHERE code = 'east-test')
 GROUP BY m.spare_minutes
$$;
UPDATE member_day_part SET spare_minutes = 240 WHERE part_code = 'evening';
SELECT is(left_of(:birch), 'evening 240, morning 300 of 600', 'before');
SELECT place(:birch) AS placement \gset
SELECT is(left_of(:birch), 'evening 180, morning 0 of 180',
        'the morning gives what it has, then any time, then the evening');
SELECT is(spare_taken_by_part, '{"morning": 300, "evening": 60}'::jsonb,
        'what each gave is kept') FROM placement WHERE id = :placement;
UPDATE placement SET state = 'suspended' WHERE id = :placement;
SELECT is(left_of(:birch), 'evening 180, morning 0 of 180',
        'a suspension gives nothing back');
UPDATE placement SET weekly_minutes = 210 WHERE id = :placement;
SELECT is(left_of(:birch), 'evening 240, morning 90 of 390',
        'fewer minutes give back what they do not need');
UPDATE placement SET spare_taken_by_part = '{}' WHERE id = :placement;
SELECT is(spare_taken_by_part, '{"morning": 210}'::jsonb,
        'nobody else writes what was taken') FROM placement WHERE id = :placement;
UPDATE placement SET state = 'ended', ended_at = clock_now() WHERE id = :placement;
SELECT is(left_of(:birch), 'evening 240, morning 300 of 600',
        'an ending gives it back to the parts it came from');
UPDATE framework_member SET spare_minutes = 400
 WHERE council_id = :east AND organisation_id = :birch;
SELECT is(left_of(:birch), 'evening 240, morning 160 of 400',
        'fewer hours in the week leave no more in the parts');
UPDATE framework_member SET spare_minutes = 900
 WHERE council_id = :east AND organisation_id = :birch;
SELECT is(left_of(:birch), 'evening 240, morning 160 of 900',
        'more hours in the week are at any time');
SELECT is(left_of(:alder), 'morning 300 of 600', 'of another nothing changes');

-- Offers that are out.
SELECT is(as_web('broker@east.test', format('SELECT count(*) FROM'
        ' offer_promises(%s)', :east)), '0', 'of two asked neither is promised');
SELECT is(as_web('broker@west.test', format('SELECT count(*) FROM'
        ' offer_promises(%s)', :east)), '0', 'a stranger sees none');
SELECT finish();
ROLLBACK;
