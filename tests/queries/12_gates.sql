-- Facts of providers and the gates that they are held against: who reads and
-- writes what, and what the tables refuse.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

SELECT is(as_web('owner@birch.test',
        'SELECT count(*) FROM ' || name), '1',
        'a provider sees its own ' || name)
  FROM unnest(ARRAY['provider_fact', 'fact_renewal', 'gate_standing',
      'gate_event']) AS name;
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM gate_notice'), '0',
        'what the council was told stays with the council');
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM framework_gate'), '1',
        'a provider reads what its framework asks');
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM ' || name), n,
        'a partner reads the framework''s ' || name)
  FROM (VALUES ('framework_gate', '1'), ('framework_gate_kind', '1'),
      ('provider_fact', '2'), ('gate_standing', '2'), ('gate_event', '2'),
      ('fact_renewal', '0')) AS t (name, n);
SELECT is(as_web('broker@nhs.test', format('UPDATE provider_fact SET value = 1'
        ' WHERE council_id = %s', :east)), '0', 'a partner corrects no fact');

SELECT is(as_web('owner@birch.test', format('INSERT INTO provider_fact'
        ' (council_id, organisation_id, kind, value, valid_from, source)'
        ' VALUES (%s, %s, ''training'', 1, ''2026-01-01'', ''x'')',
        :east, :birch)), '42501', 'a provider enters no fact');
SELECT is(as_web('owner@birch.test', 'UPDATE provider_fact SET value = 900'),
        '0', 'a provider corrects no fact');
SELECT is(as_web('owner@birch.test', format('INSERT INTO fact_renewal'
        ' (council_id, organisation_id, kind, value, valid_from, valid_until,'
        ' source) VALUES (%s, %s, ''public_liability'', 5, ''2026-01-01'','
        ' ''2026-12-31'', ''x'')', council, provider)), gives, what)
  FROM (VALUES (:east, :birch, '1', 'a provider submits a renewal'),
      (:east, :alder, '42501', 'not of another provider'),
      (:west, :birch, '42501', 'nor to a council it does not work with'))
      AS t (council, provider, gives, what);
SELECT is(as_web('owner@birch.test', format('INSERT INTO fact_renewal'
        ' (council_id, organisation_id, kind, value, valid_from, valid_until,'
        ' source, state, decided_at) VALUES (%s, %s, ''public_liability'', 5,'
        ' ''2026-01-01'', ''2026-12-31'', ''x'', ''accepted'', clock_now())',
        :east, :birch)), '42501', 'a provider accepts none itself');
SELECT is(as_web('owner@birch.test',
        'UPDATE fact_renewal SET state = ''accepted'', decided_at = clock_now()'),
        '0', 'nor later');
SELECT is(as_web('owner@birch.test', format('INSERT INTO task (council_id, kind,'
        ' organisation_id) VALUES (%s, %L, %s)', council, kind, provider)),
        gives, what)
  FROM (VALUES (:east, 'accept_renewal', :birch, '1',
          'a provider gives its council the renewal to look at'),
      (:east, 'tell_provider', :birch, '42501', 'and no other task'),
      (:west, 'accept_renewal', :birch, '42501', 'nor to another council'),
      (:east, 'accept_renewal', :alder, '42501', 'nor for another provider'))
      AS t (council, kind, provider, gives, what);
SELECT is(as_web('owner@birch.test',
        'UPDATE framework_member SET suspended_until = ''2020-01-01'''),
        '42501', 'a provider does not end its suspension');
SELECT is(as_web('broker@east.test', 'DELETE FROM gate_event'), '42501',
        'nobody removes what happened');

PREPARE fact AS INSERT INTO provider_fact (council_id, organisation_id, kind,
    value, valid_from, valid_until, source)
VALUES ($1, $2, $3, $4, $5, $6, $7);
SELECT throws_ok(format('EXECUTE fact(%s, %s, ''training'', 2, ''2026-01-01'','
        ' NULL, ''x'')', :east, :birch), '23514', NULL,
        'what is accepted or not is 1 or 0');
SELECT throws_ok(format('EXECUTE fact(%s, %s, ''weekly_hours'', 2,'
        ' ''2026-01-02'', ''2026-01-01'', ''x'')', :east, :birch), '23514', NULL,
        'a fact does not end before it begins');
SELECT throws_ok(format('EXECUTE fact(%s, %s, ''weekly_hours'', 2,'
        ' ''2026-01-02'', NULL, '''')', :east, :birch), '23514', NULL,
        'a fact has a source');
SELECT throws_ok(format('EXECUTE fact(%s, %s, ''registration'', 1,'
        ' ''2026-01-02'', NULL, ''x'')', :east, :birch), '23514', NULL,
        'the registration has its home in the location');

SELECT is(member_is_suspended(state, since, until, DATE '2026-05-10'), gives, what)
  FROM (VALUES ('suspended', NULL::date, NULL::date, true, 'open at both ends'),
      ('suspended', DATE '2026-05-10', NULL, true, 'from its first day'),
      ('suspended', DATE '2026-05-11', NULL, false, 'not before'),
      ('suspended', NULL, DATE '2026-05-10', true, 'to its last day'),
      ('suspended', NULL, DATE '2026-05-09', false, 'not after'),
      ('active', DATE '2026-05-01', NULL, false, 'only while the state says so'))
      AS t (state, since, until, gives, what);

SELECT is(as_role('hearth_jobs', NULL,
        format('SELECT count(*) FROM gate_recipients(%s)', :east)), '0',
        'brokers and administrators are not told');
SELECT account_add('commissioner@east.test', 'Cam East', 'commissioner', :east,
    NULL, :'phc') AS commissioner \gset
SELECT is(as_role('hearth_jobs', NULL,
        format('SELECT email FROM gate_recipients(%s)', :east)),
        'commissioner@east.test', 'commissioners are');
SELECT is(as_role('hearth_jobs', NULL,
        format('SELECT count(*) FROM gate_recipients(%s)', :west)), '0',
        'of the council alone');
SELECT finish();
ROLLBACK;
