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
  FROM fenced WHERE name NOT IN ('placement', 'placement_request', 'individual_rate',
      'information_decision', 'information_passage')
 ORDER BY name;
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
      'match_line', 'task', 'placement_request', 'individual_rate', 'audit']) AS name;
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

-- Tables without a council: who reads what of accounts and the register.
CREATE TEMP TABLE reads (email text, account text, organisation text,
    organisation_contact text, organisation_office text, location text);
INSERT INTO reads VALUES
    ('broker@east.test', 'Eli East,Erin East',
        'Test Alder Care,Test Birch Care,Test Cedar Care', 'Ada,Ben',
        '1 Alder Road', 'Alder'),
    ('broker@west.test', 'Wyn West',
        'Test Alder Care,Test Birch Care,Test Cedar Care', 'Cy', '1 Cedar Road',
        'Cedar'),
    ('broker@nhs.test', 'Noor North',
        'Test Alder Care,Test Birch Care,Test Cedar Care', 'Ada,Ben',
        '1 Alder Road', 'Alder'),
    ('owner@alder.test', 'Ada Alder', 'Test Alder Care', 'Ada', '1 Alder Road',
        'Alder'),
    ('owner@birch.test', 'Ben Birch', 'Test Birch Care', 'Ben', NULL, NULL),
    ('owner@cedar.test', 'Cy Cedar', 'Test Cedar Care', 'Cy', '1 Cedar Road',
        'Cedar'),
    (NULL, NULL, NULL, NULL, NULL, NULL);
SELECT is(as_web(r.email, format(
        'SELECT string_agg(%1$I, '','' ORDER BY %1$I) FROM %2$I',
        CASE t.key WHEN 'organisation_office' THEN 'address' ELSE 'name' END,
        t.key)), t.value, coalesce(r.email, 'nobody') || ' reads of ' || t.key
        || ': ' || coalesce(t.value, 'nothing'))
  FROM reads r, jsonb_each_text(to_jsonb(r) - 'email') AS t
 ORDER BY t.key, r.email;
SELECT is(as_web(r.email, 'SELECT string_agg(a.reference, '','' ORDER BY a.id)'
        ' FROM membership m JOIN account a ON a.id = m.account_id'),
        (SELECT string_agg(a.reference, ',' ORDER BY a.id) FROM account a
          WHERE a.name = ANY (string_to_array(r.account, ','))),
        coalesce(r.email, 'nobody') || ' reads the memberships of colleagues')
  FROM reads r ORDER BY r.email;
SELECT is(as_role('hearth_jobs', NULL, 'SELECT count(*) FROM ' || name), '3',
        'jobs, which tell and rank providers, read every ' || name)
  FROM unnest(ARRAY['organisation', 'organisation_contact']) AS name;
SELECT is(as_role('hearth_jobs', NULL, 'SELECT count(*) FROM ' || name), '2',
        'jobs, which rank by distance, read every ' || name)
  FROM unnest(ARRAY['organisation_office', 'location']) AS name;
SELECT is(as_role('hearth_jobs', NULL, 'SELECT count(*) FROM account'), '7',
        'jobs, which write to brokers, read every account');
SELECT is(as_role('hearth_jobs', NULL, 'SELECT count(*) FROM membership'), '42501',
        'but need no membership');
SELECT is(as_role('hearth_owner', NULL, 'SELECT count(*) FROM ' || name), '0',
        'not even the owner reads ' || name || ' past its policies')
  FROM unnest(ARRAY['organisation_office', 'location',
      'package', 'offer', 'care_address', 'outbox']) AS name;
SELECT is(as_role('hearth_owner', NULL, format('DELETE FROM %I', name)), '0',
        'nor removes from ' || name)
  FROM unnest(ARRAY['account', 'membership', 'organisation']) AS name;

-- Who writes there.
SELECT is(as_role(role_name, email, format(
        'INSERT INTO %I DEFAULT VALUES', name)), '42501',
        role_name || ' adds nothing to ' || name)
  FROM (VALUES ('hearth_web', 'admin@east.test'), ('hearth_web', 'owner@alder.test'),
      ('hearth_jobs', NULL)) AS r (role_name, email),
       unnest(ARRAY['account', 'account_role', 'bank_holiday', 'care_term',
      'council', 'district', 'membership', 'organisation', 'postcode',
      'postcode_sector']) AS name
 WHERE role_name <> 'hearth_jobs' OR name NOT IN ('bank_holiday', 'district',
      'postcode', 'postcode_sector');
SELECT is(as_role(role_name, email, format('DELETE FROM %I', name)), '42501',
        role_name || ' removes nothing from ' || name)
  FROM (VALUES ('hearth_web', 'admin@east.test'), ('hearth_web', 'owner@alder.test'),
      ('hearth_jobs', NULL)) AS r (role_name, email),
       unnest(ARRAY['account', 'account_role', 'bank_holiday', 'care_term',
      'council', 'district', 'membership', 'organisation', 'postcode',
      'postcode_sector']) AS name;
SELECT is(as_role(role_name, email, format('UPDATE %I SET %I = %2$I', name, field)),
        '42501', role_name || ' changes nothing of ' || name)
  FROM (VALUES ('hearth_web', 'admin@east.test'), ('hearth_web', 'owner@alder.test'),
      ('hearth_jobs', NULL)) AS r (role_name, email),
       (VALUES ('account', 'name'), ('account_role', 'label'),
      ('bank_holiday', 'name'), ('care_term', 'label'), ('council', 'name'),
      ('membership', 'role'), ('district', 'name'), ('postcode', 'sector'),
      ('postcode_sector', 'rurality')) AS t (name, field)
 WHERE role_name <> 'hearth_jobs' OR name NOT IN ('bank_holiday', 'district',
      'postcode', 'postcode_sector');
SELECT is(as_role('hearth_jobs', NULL, format('UPDATE %I SET %I = %2$I WHERE false',
        name, field)), '0', 'imports, which run as jobs, change ' || name)
  FROM (VALUES ('bank_holiday', 'name'), ('district', 'name'),
      ('postcode', 'sector'), ('postcode_sector', 'rurality')) AS t (name, field);
SELECT isnt(as_web(NULL, 'SELECT count(*) FROM ' || name), '0',
        'everybody may read ' || name)
  FROM unnest(ARRAY['account_role', 'bank_holiday', 'care_term', 'council',
      'postcode_sector']) AS name;
SELECT is(as_web('broker@east.test', format(
        'UPDATE %I SET name = name WHERE organisation_id = %s', name, :alder)), '1',
        'a council edits ' || name || ' of a provider on its framework')
  FROM unnest(ARRAY['organisation_contact', 'location']) AS name;
SELECT is(as_web(email, format(
        'UPDATE %I SET organisation_id = organisation_id WHERE organisation_id = %s',
        name, :alder)), '0', email || ' changes nothing of Alder''s ' || name)
  FROM unnest(ARRAY['broker@west.test', 'broker@nhs.test', 'owner@birch.test'])
           AS email,
       unnest(ARRAY['organisation_contact', 'organisation_office', 'location'])
           AS name;
SELECT is(as_web('owner@alder.test', format('UPDATE %I SET postcode = ''x''', name)),
        '0', 'a provider does not edit its own ' || name)
  FROM unnest(ARRAY['organisation_office', 'location']) AS name;
SELECT is(as_web('owner@alder.test', format('INSERT INTO organisation_contact'
        ' (organisation_id, name) VALUES (%s, ''x'')', :birch)), '42501',
        'nor adds a contact to a rival');
SELECT is(as_web('broker@west.test', format('INSERT INTO organisation_contact'
        ' (organisation_id, name) VALUES (%s, ''x'')', :alder)), '42501',
        'nor does a council that it does not work with');

-- Between settle_begin and settle_end a provider's session reads for the
-- council, but it edits no register.
CREATE FUNCTION settling(council bigint, round bigint, statement text)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	changed bigint;
BEGIN
	PERFORM settle_begin(council, round);
	EXECUTE statement;
	GET DIAGNOSTICS changed = ROW_COUNT;
	PERFORM settle_end();
	RETURN changed;
END
$$;
SELECT is(as_web('owner@alder.test', format('SELECT settling(%s, %s, %L)', :east,
        :east_round, format(statement, :birch))), '0',
        'whoever settles a round cannot ' || statement)
  FROM unnest(ARRAY[
      'UPDATE organisation SET name = ''x'' WHERE id = %s',
      'UPDATE organisation_contact SET name = ''x'' WHERE organisation_id = %s',
      'UPDATE organisation_office SET postcode = ''x''',
      'UPDATE location SET name = ''x''']) AS statement;
SELECT is(as_web('broker@west.test', format('SELECT settling(%s, %s, %L)', :east,
        :east_round, 'SELECT FROM organisation')), 'P0001',
        'and a stranger settles nothing');

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
