-- Requests for information: what is personal stays out of scope, what was made
-- stays, decisions hold no words of an answer, and who may know that answers
-- can be read.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/information_requests.sql
SELECT no_plan();
SELECT account_add('commissioner@east.test', 'Cas East', 'commissioner', :east,
    NULL, :'phc') AS commissioner \gset
SELECT account_add('walled@east.test', 'Wim East', 'commissioner', :east, NULL,
    :'phc') AS walled \gset
SELECT count(session_create(a.id, token_of(a.email))) AS added
  FROM account a WHERE a.id IN (:commissioner, :walled) \gset
SELECT information_fill('east-test') AS test \gset
SELECT information_fill('west-test') AS west_test \gset
SELECT id AS sealed_test FROM market_test
 WHERE council_id = :east AND title = 'Still sealed' \gset
SELECT id AS request FROM information_request WHERE council_id = :east \gset
SELECT id AS west_request FROM information_request WHERE council_id = :west \gset
SELECT id AS reason FROM information_reason WHERE council_id = :east \gset
SELECT id AS west_reason FROM information_reason WHERE council_id = :west \gset
SELECT response_id AS response FROM sealed.submitted_answer
 WHERE council_id = :east AND value::text LIKE '%north%' \gset
SELECT is(as_web('admin@east.test', format('SELECT wall_raise(%s, ''Evaluates'')',
        :walled)), 'true', 'a wall is raised');

-- Scope.
CREATE FUNCTION scope_as(who text, request bigint, test bigint, questions text)
RETURNS text LANGUAGE sql AS $$
SELECT as_web(who, format('UPDATE information_request SET market_test_id = %s,'
    ' questions = %L WHERE id = %s', test, questions, request))
$$;
SELECT is(scope_as('commissioner@east.test', :request, :test, '{plans,rate}'), '1',
        'questions come into scope');
SELECT is(scope_as('commissioner@east.test', :request, :test, '{plans,person}'), '23001',
        'none that is personal');
SELECT is(scope_as('broker@west.test', :request, :test, '{plans}'), '0',
        'nor by another council');
SELECT is(scope_as('commissioner@east.test', :request, :west_test, '{plans}'), '23503',
        'nor of another council''s market test');
INSERT INTO question_set_version (council_id, question_set_id, number, document,
    published_at)
SELECT council_id, question_set_id, 2, replace(document::text, '"kind": "yes_no"',
       '"kind": "yes_no", "personal": true')::json, clock_now()
  FROM question_set_version WHERE id = (SELECT question_set_version_id
      FROM market_test WHERE id = :test);
SELECT is(scope_as('commissioner@east.test', :request, :test, '{interested}'), '23001',
        'nor one that any version calls personal');

-- Who may know that answers can be read.
SELECT is(as_web(who, format('SELECT answers_can_be_read(%s, %s)', :east, test)), readable,
        label)
  FROM (VALUES
      ('commissioner@east.test', :test::bigint, 'true', 'a commissioner reads opened answers'),
      ('admin@east.test', :test, 'true', 'as an administrator does'),
      ('walled@east.test', :test, 'false', 'nobody behind the wall'),
      ('broker@east.test', :test, 'false', 'no broker'),
      ('broker@west.test', :test, 'false', 'no other council'),
      ('owner@alder.test', :test, 'false', 'no provider'),
      (NULL, :test, 'false', 'nobody without a session'),
      ('commissioner@east.test', :sealed_test, 'false', 'nobody what is sealed'))
      AS t (who, test, readable, label);

-- Decisions.
CREATE FUNCTION decide_as(who text, request bigint, response bigint, outcome text,
    reason bigint) RETURNS text LANGUAGE sql AS $$
SELECT as_web(who, format('INSERT INTO information_decision (council_id, request_id,'
    ' response_id, question, outcome, reason_id, text_sha256) SELECT q.council_id, q.id,'
    ' %s, ''plans'', %L, %L, sha256(''x'') FROM information_request q WHERE q.id = %s',
    response, outcome, reason, request))
$$;
SELECT is(decide_as('commissioner@east.test', :request, :response, 'withhold', NULL), '23514',
        'withholding needs a reason');
SELECT is(decide_as('commissioner@east.test', :request, :response, 'release', :reason), '23514',
        'releasing has none');
SELECT is(decide_as('commissioner@east.test', :request, :response, 'withhold', :west_reason),
        '23503', 'nor is it another council''s');
SELECT is(decide_as('broker@west.test', :request, :response, 'release', NULL), '0',
        'another council decides nothing');
SELECT is(decide_as('commissioner@east.test', :request, :response, 'part', NULL), '1',
        'parts have their own reasons');
SELECT is(as_web('commissioner@east.test', format('INSERT INTO information_passage'
        ' SELECT council_id, request_id, id, 27, 24, %s FROM information_decision', :reason)),
        '1', 'which are places');
SELECT is(as_web('broker@west.test', 'SELECT count(*) FROM ' || name), '0',
        'another council sees no ' || name)
  FROM unnest(ARRAY['information_decision', 'information_passage']) AS name;
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM ' || name), '0',
        'nor does a provider see any ' || name)
  FROM unnest(ARRAY['information_request', 'information_requester', 'information_reason',
      'information_decision', 'information_passage', 'information_bundle']) AS name;
SELECT is(count(*), 0::bigint, 'no table but that of bundles has a column for what was answered')
  FROM information_decision d, information_passage s
 WHERE d::text || s::text ~ 'CANARY|31\.41|north';
SELECT is(as_web('commissioner@east.test', 'DELETE FROM information_reason'), '23503',
        'a reason that is used stays');

-- Reasons.
SELECT is(as_web('commissioner@east.test', format('UPDATE information_reason SET exemption ='
        ' ''section_43_2'', is_qualified = true WHERE id = %s', :reason)), '23514',
        'a qualified exemption needs the public interest test');

-- Bundles.
SELECT is(as_web('commissioner@east.test', 'SELECT count(*) FROM information_bundle'), '1',
        'a bundle shows to whoever may read the answers');
SELECT is(as_web('walled@east.test', 'SELECT count(*) FROM information_bundle'), '0',
        'to nobody behind the wall');
UPDATE information_request SET state = 'answered', decided_on = '2026-03-09'
 WHERE id = :request;
SELECT is(as_web('walled@east.test', 'SELECT count(*) FROM information_bundle'), '1',
        'before it was sent');
SELECT is(as_web('commissioner@east.test', 'UPDATE information_bundle SET content = ''y'''),
        '42501', 'a bundle never changes');
SELECT is(as_web('commissioner@east.test', 'DELETE FROM information_bundle'), '42501',
        'nor does it go');
SELECT is(as_web('commissioner@east.test', 'DELETE FROM information_request'), '42501',
        'as a request does not');

SELECT finish();
ROLLBACK;
