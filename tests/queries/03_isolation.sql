-- Another council and another provider see nothing; a provider learns who the
-- person is only once the package is placed with it.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

-- Every tenant table, in every session: rows of the other council never show.
CREATE TEMP TABLE fenced AS
SELECT c.relname::text AS name FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'council_id'
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
   AND c.relname NOT IN ('membership');
SELECT is(as_web('broker@east.test', format(
        'SELECT count(council_id) FROM %I WHERE council_id <> %s', name, :east)), '0',
        'east sees no other council''s ' || name)
  FROM fenced ORDER BY name;
SELECT isnt(as_web('broker@east.test', format(
        'SELECT count(council_id) FROM %I', name)), '0', 'east sees its own ' || name)
  FROM fenced WHERE name NOT IN ('placement', 'placement_request') ORDER BY name;
SELECT is(as_web(NULL, format('SELECT count(council_id) FROM %I', name)), '0',
        'without a session nobody sees ' || name)
  FROM fenced ORDER BY name;
SELECT is(as_web('owner@birch.test', format(
        'SELECT count(council_id) FROM %I WHERE council_id = %s', name, :west)), '0',
        'a provider sees nothing of a council it does not work with: ' || name)
  FROM fenced ORDER BY name;
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM ' || name), '0',
        'before placement a provider sees no ' || name)
  FROM unnest(ARRAY['person', 'person_contact', 'care_address', 'package_wait',
      'match_line', 'task', 'placement_request', 'audit']) AS name;
SELECT is(as_web('owner@birch.test', 'SELECT count(council_id) FROM ' || name), '1',
        'of an offer a provider sees one ' || name)
  FROM unnest(ARRAY['offer', 'offer_round', 'package', 'package_need', 'visit',
      'outcome_wanted', 'package_version', 'framework_member']) AS name;
SELECT is(as_web('owner@cedar.test', 'SELECT count(*) FROM offer WHERE council_id = '
        || :east), '0', 'a provider that was not asked sees no offer');

-- Writing across the line.
SELECT is(as_web('broker@east.test', format(
        'UPDATE package SET know_before = ''x'' WHERE council_id = %s', :west)), '0',
        'east cannot change west''s package');
SELECT is(as_web('broker@east.test', format(
        'INSERT INTO task (council_id, kind) VALUES (%s, ''tell_provider'')', :west)),
        '42501', 'east cannot add to west');
SELECT is(as_web('broker@east.test', format(
        'INSERT INTO care_address (council_id, package_id, address, postcode)'
        ' VALUES (%s, %s, ''x'', ''y'')', :east, :west_package)), '23503',
        'a row of east cannot hang on west''s package');
SELECT is(as_web('broker@west.test', format(
        'UPDATE package SET framework_council_id = %s, framework_id = (SELECT %s)'
        ' WHERE council_id = %s', :east, f.id, :west)), '23503',
        'west cannot call off from east''s framework, of which it is no partner')
  FROM framework f WHERE f.council_id = :east;
SELECT is(as_web('owner@alder.test',
        'UPDATE package SET know_before = ''x'''), '0',
        'a provider changes no package');
SELECT is(as_web('owner@alder.test',
        'UPDATE offer SET viewed_at = clock_now()'), '1',
        'a provider''s look at its own offer is kept');
SELECT is(as_web('owner@alder.test', format(
        'UPDATE offer SET organisation_id = %s', :birch)), '42501',
        'a provider cannot give its offer away');
SELECT is(as_web('owner@alder.test', 'UPDATE offer SET state = ''accepted'','
        ' replied_at = clock_now(), start_offered_at = clock_now()'), '42501',
        'a provider cannot reply past the package''s lock');
SELECT is(as_web('owner@alder.test', 'DELETE FROM offer'), '42501',
        'nobody deletes offers');

-- The register: partners of a framework and its members.
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM framework_member'), '2',
        'a partner reads the members of the framework it calls off from');
INSERT INTO policy_version (council_id, policy_id, number, document)
SELECT council_id, id, 2, '{}' FROM policy WHERE council_id = :east;
SELECT is(as_web('broker@east.test', 'SELECT count(*) FROM policy_version'), '2',
        'a council reads the policy that it is still writing');
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM policy_version'), '1',
        'a provider the published one only');
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM ' || name), '1',
        'a partner reads the framework''s ' || name)
  FROM unnest(ARRAY['framework', 'policy_version', 'rate_card', 'area']) AS name;
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM member_area'), '2',
        'and the areas of its members');
SELECT is(as_web('broker@nhs.test', 'SELECT count(*) FROM ' || name), '0',
        'but nothing of the owner''s ' || name)
  FROM unnest(ARRAY['package', 'person', 'offer', 'task']) AS name;
SELECT is(as_web('broker@nhs.test', 'UPDATE framework_member SET spare_minutes = 0'),
        '0', 'and changes nothing of it');
SELECT is(as_web('broker@west.test',
        'SELECT string_agg(name, '','') FROM organisation_contact'), 'Cy',
        'contacts show to councils with the provider on a framework');
SELECT is(as_web('owner@birch.test', 'SELECT string_agg(name, '','') FROM organisation'),
        'Test Birch Care', 'a provider sees its own organisation only');
SELECT is(as_web('owner@birch.test',
        'UPDATE organisation_contact SET telephone = ''01632 960002'''), '1',
        'a provider edits its own contacts');
SELECT is(as_web('owner@birch.test', 'UPDATE organisation SET name = ''x'''), '0',
        'but not its entry in the register');
SELECT is(as_web('broker@west.test', format(
        'UPDATE organisation SET name = ''x'' WHERE id = %s', :alder)), '0',
        'nor does a council that it does not work with');
SELECT is(as_web('owner@birch.test', 'UPDATE framework_member SET spare_minutes = 900'),
        '1', 'a provider states its capacity');
SELECT is(as_web('owner@birch.test',
        'UPDATE framework_member SET quality_score = 100'), '42501',
        'but not its quality score');
SELECT is(as_web('owner@birch.test', format(
        'INSERT INTO member_term SELECT m.council_id, m.id, t.id'
        ' FROM framework_member m, care_term t WHERE t.code = ''polish''')), '1',
        'a provider adds a language of its own');
SELECT is(as_web('owner@birch.test', format(
        'INSERT INTO member_term SELECT %s, %s, id FROM care_term'
        ' WHERE code = ''polish''', :east, :alder_member)), '42501',
        'but none of another');

-- Accounts: colleagues only.
SELECT is(as_web('broker@east.test',
        'SELECT string_agg(name, '','' ORDER BY name) FROM account'),
        'Eli East,Erin East', 'a council sees the accounts of colleagues');
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM account'), '1',
        'a provider sees its own');
SELECT is(as_web('broker@east.test', 'UPDATE account SET email = ''x@y.z'''), '42501',
        'nobody writes accounts but through functions');
SELECT is(as_web('broker@east.test', 'SELECT count(*) FROM vault.' || name), '42501',
        'vault.' || name || ' is shut')
  FROM unnest(ARRAY['credential', 'session', 'key_safe', 'audit_seal',
      'single_use_token']) AS name;

-- Placement opens the person to the one provider, until it ends.
SELECT place(:birch) AS birch_placement \gset
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM ' || name), '1',
        'after placement the provider sees the ' || name)
  FROM unnest(ARRAY['person', 'person_contact', 'care_address', 'placement']) AS name;
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM ' || name), '0',
        'the provider that was not chosen still sees no ' || name)
  FROM unnest(ARRAY['person', 'person_contact', 'care_address', 'placement']) AS name;
UPDATE placement SET state = 'ended', ended_at = clock_now()
 WHERE id = :birch_placement;
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM ' || name), '0',
        'after the end the provider no longer sees the ' || name)
  FROM unnest(ARRAY['person', 'person_contact', 'care_address']) AS name;
SELECT is(as_web('owner@birch.test', 'SELECT count(*) FROM placement'), '1',
        'but the placement that it had');

-- Jobs work across councils.
SELECT is(as_role('hearth_jobs', NULL, 'SELECT count(DISTINCT council_id) FROM '
        || name), '2', 'jobs see every ' || name)
  FROM unnest(ARRAY['package', 'offer', 'offer_round', 'outbox', 'task']) AS name;
SELECT finish();
ROLLBACK;
