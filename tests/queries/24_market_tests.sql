-- Market tests: the second person, the close that moves only forward, and who
-- sees which of them.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
\ir ../data/market_tests.sql
SELECT no_plan();
\set refused 23001

CREATE FUNCTION change(email text, who bigint, test bigint, kind text,
    more text DEFAULT 'NULL, NULL', state text DEFAULT 'proposed',
    decider bigint DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
SELECT as_web(email, format('INSERT INTO market_test_change (council_id,'
    ' market_test_id, kind, closes_at, question_set_version_id, reason,'
    ' proposed_by_id, state, decided_by_id, decided_at) SELECT council_id, id,'
    ' %L, %s, ''Because'', %s, %L, %L, CASE WHEN %4$L <> ''proposed'''
    ' THEN clock_now() END FROM market_test WHERE id = %6$s',
    kind, more, who, state, decider, test))
$$;
CREATE FUNCTION decide(email text, who bigint, test bigint,
    decision text DEFAULT 'approved') RETURNS text
LANGUAGE sql AS $$
SELECT as_web(email, format('UPDATE market_test_change SET state = %L,'
    ' decided_by_id = %s, decided_at = clock_now(), decision_reason = ''So'''
    ' WHERE market_test_id = %s AND state = ''proposed''', decision, who, test))
$$;
CREATE FUNCTION set_test(test bigint, what text,
    email text DEFAULT 'commissioner@east.test') RETURNS text
LANGUAGE sql AS $$
SELECT as_web(email, format('UPDATE market_test SET %s WHERE id = %s', what, test))
$$;

-- A draft begins as one, and only with published questions.
SELECT is(as_web('commissioner@east.test', format('INSERT INTO market_test'
        ' (council_id, title, question_set_id, question_set_version_id,'
        ' opens_at, closes_at, %s) VALUES (%s, ''x'', %s, %s, clock_now()'
        ' - interval ''2 days'', clock_now() - interval ''1 day'', %s)',
        fields, :east, :questions, :version, given)), :'refused',
        'no market test begins with ' || fields)
  FROM (VALUES ('published_at', 'clock_now()'),
      ('published_at, opened_at', 'clock_now(), clock_now()'),
      ('withdrawn_at', 'clock_now()')) AS f (fields, given);
SELECT is(as_web('commissioner@east.test', format('INSERT INTO market_test'
        ' (council_id, title) VALUES (%s, ''Another'')', :east)), '1', 'a draft does');
SELECT is(set_test(:test, 'title = ''Homecare from 2028'''), '1', 'a draft is edited');
SELECT is(set_test(:test, 'published_at = clock_now()'), :'refused',
        'publishing without a decision is refused');
SELECT is(change('commissioner@east.test', :east_commissioner, :test, 'publish'),
        '23505', 'while one change is proposed there is no other');
SELECT is(decide('broker@east.test', :east_broker, :test), :'refused', 'a broker decides nothing');
SELECT is(decide('commissioner@east.test', :east_commissioner, :test, 'refused'),
        '1', 'a proposal is refused');
SELECT is(set_test(:test, 'published_at = clock_now()'), :'refused', 'which publishes nothing');
SELECT is(decide('commissioner@east.test', :east_commissioner, :test), '0',
        'what is decided is no proposal any more');
SELECT is(as_web('second@east.test', format('UPDATE market_test_change SET'
        ' state = ''approved'' WHERE market_test_id = %s', :test)), :'refused',
        'and a decision stays');

-- Proposed by one, approved by another, each for themselves.
SELECT is(change('commissioner@east.test', :east_second, :test, 'publish'), :'refused',
        'nobody proposes in the name of another');
SELECT is(change('broker@east.test', :east_broker, :test, 'publish'), :'refused',
        'nor does a broker');
SELECT is(change('auditor@east.test', :east_auditor, :test, 'publish'), :'refused',
        'nor an auditor');
SELECT is(change('commissioner@east.test', :east_commissioner, :test, 'publish',
        'NULL, NULL', 'approved', :east_second), :'refused', 'nothing is proposed and approved at once');
SELECT is(change('commissioner@west.test', :west_commissioner, :test, 'publish'), '0',
        'another council finds no market test to change');
SELECT is(change('commissioner@east.test', :east_commissioner, :test, 'publish'),
        '1', 'a commissioner proposes');
SELECT is(decide('commissioner@east.test', :east_commissioner, :test), '23514',
        'but cannot approve it too');
SELECT is(decide('commissioner@east.test', :east_second, :test), :'refused',
        'nor in the name of another');
SELECT is(as_web('second@east.test', format('UPDATE market_test_change SET'
        ' proposed_by_id = %s WHERE market_test_id = %s AND state = ''proposed''',
        :east_admin, :test)), :'refused', 'who proposed stays');
SELECT is(as_web('second@east.test', format('UPDATE market_test_change SET'
        ' kind = ''withdraw'', state = ''approved'', decided_by_id = %s, decided_at'
        ' = clock_now() WHERE market_test_id = %s AND state = ''proposed''',
        :east_second, :test)), :'refused', 'and what');
SELECT throws_ok(format('UPDATE market_test_change SET state = ''approved'','
        ' decided_at = clock_now() WHERE market_test_id = %s AND state = ''proposed''',
        :test), '23514', NULL, 'an approval by nobody is none, whoever writes it');
SELECT is(decide('second@east.test', :east_second, :test), '1', 'the second person approves');
INSERT INTO question_set_version (council_id, question_set_id, number, document)
VALUES (:east, :questions, 2, '{}') RETURNING id AS draft_version \gset
SELECT is(set_test(:test, 'published_at = clock_now(), question_set_version_id = '
        || :draft_version), :'refused', 'questions that are still written are not asked');
SELECT is(set_test(:test, 'published_at = clock_now(), closes_at = clock_now()'
        ' + interval ''1 minute'', opened_at = clock_now() + interval ''1 hour'''),
        :'refused', 'nothing is published and opened at once');
SELECT is(set_test(:test, 'published_at = clock_now()'), '1', 'then it is published');

-- What was published stays.
SELECT is(set_test(:test, what), :'refused', 'published: no ' || what)
  FROM unnest(ARRAY['title = ''Other''', 'published_at = NULL', 'audience = ''invited''',
      'takes_partial = true', 'opens_at = opens_at - interval ''1 hour''',
      'notice_reference = ''x''', 'created_at = clock_now()', 'closes_at = NULL',
      'closes_at = closes_at - interval ''1 second''',
      'closes_at = closes_at + interval ''1 day''',
      'question_set_version_id = NULL', 'withdrawn_at = clock_now()',
      'question_set_id = NULL, question_set_version_id = NULL',
      'opened_at = clock_now()', 'opened_at = closes_at',
      'closes_at = clock_now(), opened_at = clock_now()']) AS what;
SELECT is(set_test(:test, 'finished_at = clock_now()'), '23514',
        'nothing is finished that was not opened');
SELECT is(as_web('commissioner@east.test', 'DELETE FROM market_test WHERE id = ' || :test),
        :'refused', 'nor removed');
SELECT is(as_web('commissioner@east.test', format('UPDATE market_test_invitation SET'
        ' email = ''me@east.test'' WHERE id = %s', :cara)), :'refused',
        'the link of an invitation goes to no other address');
SELECT is(as_web('commissioner@east.test', format('UPDATE market_test_invitation SET'
        ' told_at = clock_now() WHERE id = %s', :cara)), '1', 'that it was told is noted');
SELECT is(as_web('commissioner@east.test', 'DELETE FROM market_test_invitation WHERE id = '
        || :cara), :'refused', 'and removing one tells nothing of who answered');

-- The close: forward, by two, before it comes.
SELECT closes_at AS closing, closes_at + interval '1 day' AS later,
       closes_at - interval '1 hour' AS earlier, closes_at + interval '2 days' AS latest
  FROM market_test WHERE id = :test \gset
SELECT is(set_test(:test, format('closes_at = %L', :'later')), :'refused',
        'a later close takes two people');
SELECT is(change('commissioner@east.test', :east_commissioner, :test, 'close',
        quote_literal(:'later') || ', NULL'), '1', 'it is proposed');
SELECT is(set_test(:test, format('closes_at = %L', :'later')), :'refused', 'a proposal is no approval');
SELECT is(decide('second@east.test', :east_second, :test), '1', 'it is approved');
SELECT is(set_test(:test, format('closes_at = %L', :'latest')), :'refused', 'for this instant only');
SELECT is(set_test(:test, format('closes_at = %L', :'later')), '1', 'to which it moves');
SELECT agree(:east, :test, :east_commissioner, :east_second, 'close', :'earlier') \gset done_
SELECT is(set_test(:test, format('closes_at = %L', :'earlier')), :'refused',
        'never back, approved or not');
SELECT agree(:east, :test, :east_commissioner, :east_second, 'close', :'latest') \gset done_
SELECT clock_at(:'later') \gset done_
SELECT is(set_test(:test, format('closes_at = %L', :'latest')), :'refused',
        'once it has come it is not moved, approved or not');
SELECT clock_at(clock_timestamp()) \gset done_

SELECT is(as_web(email, format('SELECT market_test_lock(%s, %L)', :east, reference)),
        CASE WHEN email LIKE '%@east.test' THEN :'test' END, coalesce(email, 'nobody')
        || ' locks what is their council''s')
  FROM market_test, unnest(ARRAY['commissioner@east.test', 'commissioner@west.test',
      'owner@alder.test', NULL]) AS email WHERE id = :test;
SELECT is(as_web('commissioner@east.test', format('SELECT market_test_lock(%s, %L)', :west, reference)),
        NULL, 'and nothing of another') FROM market_test WHERE id = :west_test;

-- Correcting the questions.
SELECT is(set_test(:test, 'question_set_version_id = ' || :draft_version), :'refused',
        'a correction takes two people too');
SELECT agree(:east, :test, :east_commissioner, :east_second, 'correct', NULL,
        :draft_version) \gset done_
SELECT is(set_test(:test, 'question_set_version_id = ' || :draft_version), :'refused',
        'and a published version');
SELECT is(as_web('owner@alder.test', 'SELECT string_agg(number::text, '','' ORDER BY number)'
        ' FROM question_set_version'), '1', 'the draft of a correction shows to nobody outside');
UPDATE question_set_version SET published_at = clock_now() WHERE id = :draft_version;
SELECT is(as_web('owner@alder.test', 'SELECT string_agg(number::text, '','' ORDER BY number)'
        ' FROM question_set_version'), '1', 'nor does a version that is not asked');
SELECT is(set_test(:test, 'question_set_version_id = ' || :draft_version), '1', 'then it is corrected');
SELECT is(as_web('owner@alder.test', 'SELECT string_agg(number::text, '','' ORDER BY number)'
        ' FROM question_set_version'), '1,2', 'and what was asked before still shows');
SELECT is(set_test(:test, 'question_set_version_id = ' || :version), :'refused',
        'the older questions do not come back unapproved');
SELECT is(as_web('commissioner@east.test', format(statement, :version)), :'refused',
        'a published version never changes: ' || statement)
  FROM unnest(ARRAY['UPDATE question_set_version SET document = ''{"a": 1}'' WHERE id = %s',
      'UPDATE question_set_version SET published_at = NULL WHERE id = %s',
      'UPDATE question_set_version SET number = 9 WHERE id = %s',
      'UPDATE question_set_version SET revision = revision + 1 WHERE id = %s',
      'DELETE FROM question_set_version WHERE id = %s']) AS statement;
SELECT throws_ok('UPDATE question_set_version SET document = ''[]'' WHERE id = ' || :version,
        :'refused', NULL, 'not even for the superuser');
SELECT is(as_web('commissioner@east.test', format('INSERT INTO question_set_version'
        ' (council_id, question_set_id, number, document) VALUES (%s, %s, 3, ''{}'')',
        :east, :questions)), '1', 'a correction is another version');
SELECT is(as_web('commissioner@east.test', format('UPDATE question_set_version SET document'
        ' = ''{"a": 1}'', revision = 2 WHERE question_set_id = %s AND published_at IS NULL',
        :questions)), '1', 'which changes while it is a draft');
SELECT is(as_web('commissioner@east.test', format('INSERT INTO question_set_version'
        ' (council_id, question_set_id, number, document) VALUES (%s, %s, 4, ''{}'')',
        :east, :questions)), '23505', 'of which there is one at a time');

-- Who sees it: everybody here.
CREATE FUNCTION sees(email text) RETURNS text LANGUAGE sql AS $$
SELECT concat_ws(' ', as_web(email, 'SELECT count(*) FROM market_test WHERE council_id = '
        || (SELECT id FROM council WHERE code = 'east-test') || ' AND published_at IS NOT NULL'),
    as_web(email, 'SELECT count(*) FROM question_set_version WHERE published_at IS NOT NULL'
        ' AND council_id = ' || (SELECT id FROM council WHERE code = 'east-test')),
    as_web(email, 'SELECT count(*) FROM market_test_change WHERE state = ''approved'''),
    as_web(email, 'SELECT count(*) FROM market_test_change WHERE state = ''refused'''),
    as_web(email, 'SELECT count(*) FROM market_test_invitation WHERE council_id = '
        || (SELECT id FROM council WHERE code = 'east-test')))
$$;
SELECT is(sees(email), '1 2 5 1 1', coalesce(email, 'nobody') || ' sees all of its own')
  FROM unnest(ARRAY['broker@east.test', 'commissioner@east.test', 'auditor@east.test',
      'admin@east.test']) AS email;
SELECT is(sees(email), '1 2 5 0 0', coalesce(email, 'nobody')
        || ' sees what is public, and no invitation')
  FROM unnest(ARRAY['owner@alder.test', 'manager@birch.test', 'owner@cedar.test',
      'commissioner@west.test', 'broker@nhs.test', NULL]) AS email;
SELECT is(as_web(NULL, 'SELECT count(*) FROM market_test WHERE published_at IS NULL'), '0',
        'drafts are not public');
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM question_set'), '0',
        'nor is the list of question sets');
SELECT is(as_web(email, 'UPDATE market_test SET revision = 2 WHERE council_id = ' || :east), '0',
        coalesce(email, 'nobody') || ' changes nothing of it')
  FROM unnest(ARRAY['owner@alder.test', 'commissioner@west.test', NULL]) AS email;

-- By invitation only: those who are invited.
INSERT INTO market_test (council_id, title, audience, question_set_id,
    question_set_version_id, opens_at, closes_at, published_at)
SELECT council_id, 'For a few', 'invited', question_set_id, question_set_version_id,
       opens_at, closes_at, clock_now() FROM market_test WHERE id = :test
RETURNING id AS few \gset
INSERT INTO market_test_invitation (council_id, market_test_id, organisation_id)
VALUES (:east, :few, :birch);
INSERT INTO market_test_invitation (council_id, market_test_id, kind, name, email)
VALUES (:east, :few, 'service_user', 'Sue', 'sue@people.test') RETURNING id AS sue \gset
SELECT agree(:east, :few, :east_commissioner, :east_second, 'close', :'latest') \gset done_
CREATE FUNCTION sees_few(email text) RETURNS text LANGUAGE sql AS $$
SELECT concat_ws(' ', as_web(email, 'SELECT count(*) FROM market_test WHERE title = ''For a few'''),
    as_web(email, 'SELECT count(*) FROM market_test_change c JOIN market_test t ON t.id ='
        ' c.market_test_id WHERE t.title = ''For a few'' AND c.state = ''approved'''),
    as_web(email, 'SELECT count(*) FROM market_test_invitation i JOIN market_test t ON t.id ='
        ' i.market_test_id WHERE t.title = ''For a few'''))
$$;
SELECT is(sees_few(email), '1 1 2', email || ' sees those that it asks by name')
  FROM unnest(ARRAY['broker@east.test', 'auditor@east.test']) AS email;
SELECT is(sees_few(email), '1 1 1', email || ' was invited and sees its own invitation')
  FROM unnest(ARRAY['owner@birch.test', 'manager@birch.test']) AS email;
SELECT is(sees_few(email), '0 0 0', coalesce(email, 'nobody') || ' was not')
  FROM unnest(ARRAY['owner@alder.test', 'manager@alder.test', 'owner@cedar.test',
      'commissioner@west.test', 'broker@nhs.test', NULL]) AS email;
SELECT is(as_web('owner@birch.test', 'UPDATE market_test_invitation SET name = ''x'''), '0',
        'an invited provider changes no invitation');
SELECT is(as_web('commissioner@east.test', format('SELECT respondent_token_add(%s, %L)',
        :sue, token_of('sue'))), 'true', 'somebody without an account gets a link');
SELECT is(as_web(email, format('SELECT respondent_token_add(%s, %L)', :sue, token_of(email))),
        'false', email || ' makes no link')
  FROM unnest(ARRAY['broker@east.test', 'auditor@east.test', 'commissioner@west.test',
      'owner@birch.test', 'owner@alder.test']) AS email;
SELECT is(as_web(NULL, format('SELECT (SELECT name FROM respondent_begin(%L)) || '' '' ||'
        ' (SELECT string_agg(i.name, '','') FROM market_test_invitation i) || '' '' ||'
        ' (SELECT count(*) FROM market_test WHERE title = ''For a few'')',
        token_of('sue'))), 'Sue Sue 1', 'by which that one market test shows');
SELECT is(as_web(NULL, format('SELECT council_id FROM respondent_begin(%L)', token_of('no'))),
        NULL, 'another link is good for nothing');
SELECT is(as_web(NULL, 'SELECT count(*) FROM market_test WHERE title = ''For a few'''), '0',
        'and without the link it does not show');

-- Opening, finishing and withdrawing.
SELECT is(set_test(:few, 'withdrawn_at = clock_now()'), :'refused', 'withdrawing takes two people');
SELECT agree(:east, :few, :east_commissioner, :east_second, 'withdraw') \gset done_
SELECT is(set_test(:few, 'withdrawn_at = clock_now(), withdrawn_reason = ''So'''), '1', 'then it is done');
SELECT is(set_test(:few, 'withdrawn_at = NULL'), :'refused', 'once and for all');
SELECT is(set_test(:few, 'withdrawn_reason = ''Other'''), :'refused', 'with its reason');
SELECT clock_at(:'later'::timestamptz - interval '1 minute') \gset done_
SELECT is(set_test(:test, 'opened_at = closes_at'), :'refused', 'a minute before the close nothing opens');
SELECT clock_at(:'later') \gset done_
SELECT is(set_test(:test, 'opened_at = clock_now() + interval ''1 day'''), :'refused',
        'nor in advance');
SELECT is(set_test(:test, 'opened_at = clock_now(), opened_by_id = ' || :east_commissioner), '1',
        'at the close it does');
SELECT is(set_test(:test, what), :'refused', 'opened: no ' || what)
  FROM unnest(ARRAY['opened_at = NULL', 'opened_at = clock_now() + interval ''1 second''',
      'opened_by_id = NULL', format('closes_at = %L', :'latest')]) AS what;
SELECT is(set_test(:test, 'finished_at = clock_now()'), '1', 'finished');
SELECT is(set_test(:test, 'finished_at = NULL'), :'refused', 'stays finished');
SELECT clock_at(clock_timestamp()) \gset done_
SELECT is(market_test_state(published, opened, finished, withdrawn, '2026-01-02', now),
        state, state || ' ' || now)
  FROM (VALUES (NULL::timestamptz, NULL::timestamptz, NULL::timestamptz, NULL::timestamptz,
          '2026-01-03'::timestamptz, 'draft'),
      ('2026-01-01', NULL, NULL, NULL, '2026-01-01 23:59:59.999999', 'published'),
      ('2026-01-01', NULL, NULL, NULL, '2026-01-02', 'closed'),
      ('2026-01-01', '2026-01-02', NULL, NULL, '2026-01-03', 'opened'),
      ('2026-01-01', '2026-01-02', '2026-01-03', NULL, '2026-01-03', 'finished'),
      ('2026-01-01', '2026-01-02', NULL, '2026-01-03', '2026-01-03', 'withdrawn'))
      AS t (published, opened, finished, withdrawn, now, state);
SELECT finish();
ROLLBACK;
