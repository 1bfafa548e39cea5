-- The life of a policy's version: what is published never changes, what offers
-- go by is published, and what has come into force stays in the record.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

SELECT id AS published FROM policy_version WHERE council_id = :east \gset
SELECT id AS framework FROM framework WHERE council_id = :east \gset
SELECT (clock_now() AT TIME ZONE 'Europe/London')::date AS today \gset
SELECT is(policy_in_force(:east, :framework, :'today'), :published::bigint,
        'a framework begins with its policy in force');
SELECT is(policy_in_force(:east, :framework, date '2022-08-31'), NULL,
        'but not before its first day');

-- What pages may do.
SELECT is(as_web('admin@east.test', format('INSERT INTO policy_version'
        ' (council_id, policy_id, number, document)'
        ' SELECT council_id, policy_id, 2, document FROM policy_version'
        ' WHERE id = %s', :published)), '1', 'staff begin a draft');
SELECT id AS draft FROM policy_version WHERE council_id = :east AND number = 2 \gset
SELECT throws_ok(format('INSERT INTO policy_version (council_id, policy_id,'
        ' number, document) SELECT council_id, policy_id, 3, document'
        ' FROM policy_version WHERE id = %s', :published), '23505', NULL,
        'a policy has one draft at most');
SELECT is(as_web('admin@east.test', format(
        'UPDATE policy_version SET document = ''{"a": 1}'' WHERE id = %s', :draft)),
        '1', 'a draft changes');
SELECT is(as_web('broker@west.test', format(
        'UPDATE policy_version SET document = ''{}'' WHERE id = %s', :draft)), '0',
        'another council''s does not');
SELECT is(as_web('owner@birch.test', format(
        'UPDATE policy_version SET document = ''{}'' WHERE id = %s', :draft)), '0',
        'nor by a provider');
SELECT is(as_web('admin@east.test', format('INSERT INTO framework_policy'
        ' (council_id, framework_id, policy_version_id, from_on)'
        ' VALUES (%s, %s, %s, %L)', :east, :framework, :draft, :'today')), '23001',
        'a draft does not come into force');
SELECT throws_ok(format('INSERT INTO offer_round (council_id, package_id, number,'
        ' package_version, policy_council_id, policy_version_id, wave, winner,'
        ' sent_at, reply_by, start_wanted_at) SELECT council_id, package_id, 2, 1,'
        ' %s, %s, ''tier'', ''ranked'', sent_at, reply_by, start_wanted_at'
        ' FROM offer_round WHERE council_id = %1$s', :east, :draft), '23001', NULL,
        'no offer goes by a draft');

UPDATE policy_version SET published_at = clock_now() WHERE id = :draft;
SELECT is(as_web('admin@east.test', format(
        'UPDATE policy_version SET document = ''{}'' WHERE id = %s', :draft)), '23001',
        'what is published never changes');
SELECT is(as_web('admin@east.test', format(
        'UPDATE policy_version SET published_at = NULL WHERE id = %s', :draft)),
        '23001', 'is never a draft again');
SELECT is(as_web('admin@east.test', format(
        'DELETE FROM policy_version WHERE id = %s', :draft)), '23001',
        'and never goes');
SELECT is(as_web('admin@east.test', format('INSERT INTO framework_policy'
        ' (council_id, framework_id, policy_version_id, from_on)'
        ' VALUES (%s, %s, %s, %L)', :east, :framework, :draft,
        date :'today' - 1)), '23001', 'nothing comes into force for the past');
SELECT is(as_web('admin@east.test', format('INSERT INTO framework_policy'
        ' (council_id, framework_id, policy_version_id, from_on)'
        ' VALUES (%s, %s, %s, %L)', :east, :framework, :draft,
        date :'today' + 7)), '1', 'a published version comes into force on a day');
SELECT is(policy_in_force(:east, :framework, date :'today' + 6),
        :published::bigint, 'until the day before the old one counts');
SELECT is(policy_in_force(:east, :framework, date :'today' + 7), :draft::bigint,
        'from that day the new one');
SELECT is(as_web('admin@east.test', format('UPDATE policy_version SET'
        ' retired_at = clock_now() WHERE id = %s', id)), '23001', what)
  FROM (VALUES (:published::bigint, 'what is in force is not retired'),
      (:draft, 'nor what will be')) AS v (id, what);
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM framework_policy'), '2',
        'a partner reads what is in force');
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM framework_policy'), '0',
        'a provider does not');
SELECT is(as_web('admin@east.test',
        'DELETE FROM framework_policy WHERE from_on > clock_now()::date'), '1',
        'what was to come into force can be called off');
SELECT is(as_web('admin@east.test', 'DELETE FROM framework_policy'),
        '23001', 'what is in force cannot');
SELECT is(as_web('admin@east.test', 'UPDATE framework_policy'
        ' SET from_on = from_on'), '42501', 'and no row of it changes');
SELECT is(as_web('admin@east.test', format('UPDATE policy_version SET'
        ' retired_at = clock_now() WHERE id = %s', :draft)), '1',
        'a version in force nowhere is retired');
SELECT is(as_web('admin@east.test', format('UPDATE policy_version SET'
        ' retired_at = NULL WHERE id = %s', :draft)), '23001', 'for good');
SELECT is(as_web('admin@east.test', format('INSERT INTO framework_policy'
        ' (council_id, framework_id, policy_version_id, from_on)'
        ' VALUES (%s, %s, %s, %L)', :east, :framework, :draft,
        date :'today' + 7)), '23001', 'and comes into force no more');

-- Rounds take all that the engine says.
SELECT lives_ok(format('UPDATE offer_round SET wave = ''tier'','
        ' winner = ''ranked'', again_count = 10 WHERE council_id = %s', :east),
        'tiers, the best ranked, and offers that started again');
SELECT throws_ok(format('UPDATE offer_round SET %s WHERE council_id = %s', what,
        :east), '23514', NULL, what || ' is not known')
  FROM (VALUES ('wave = ''tiers'''), ('winner = ''last'''),
      ('again_count = 11')) AS v (what);
SELECT lives_ok(format('UPDATE framework_member SET tier = 99'
        ' WHERE council_id = %s', :east), 'tiers go up to 99');
SELECT finish();
ROLLBACK;
