-- Sealed responses: what comes out to whom, before the close, after it and
-- once opened; saving, submitting and the instant of the close.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
\ir ../data/market_tests.sql
SELECT no_plan();
SELECT agree(:east, :test, :east_commissioner, :east_second, 'publish') \gset done_
UPDATE market_test SET published_at = clock_now() WHERE id = :test;
SELECT closes_at AS closing FROM market_test WHERE id = :test \gset
SELECT as_web('commissioner@east.test', format('SELECT respondent_token_add(%s, %L)', :cara,
    token_of('cara'))) \gset done_
INSERT INTO market_test_invitation (council_id, market_test_id, kind, name, email)
VALUES (:east, :test, 'service_user', 'Sue', 'sue@people.test') RETURNING id AS sue \gset
SELECT as_web('commissioner@east.test', format('SELECT respondent_token_add(%s, %L)', :sue,
    token_of('sue'))) \gset done_

-- The clock stands where a test puts it, to the microsecond.
ALTER TABLE test_clock ADD stands_at timestamptz;
CREATE OR REPLACE FUNCTION clock_now() RETURNS timestamptz
LANGUAGE sql VOLATILE PARALLEL SAFE
AS 'SELECT coalesce(stands_at, pg_catalog.clock_timestamp()) FROM public.test_clock';
CREATE FUNCTION stop_at(at timestamptz) RETURNS void LANGUAGE sql AS $$
SELECT clock_at(at);
UPDATE test_clock SET stands_at = at
$$;
-- Not written out, so that no statement of this test holds it.
CREATE FUNCTION canary() RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT 'CAN' || 'ARY-7F3A'$$;

-- as_anyone(who, statement): in the session of an e-mail, by the link of a
-- name (link:name), or both (e-mail link:name).
CREATE FUNCTION linked(link text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM respondent_begin(token_of(link));
	EXECUTE statement INTO result;
	RETURN result;
END
$$;
CREATE FUNCTION as_anyone(who text, statement text) RETURNS text LANGUAGE sql AS $$
SELECT CASE WHEN who = 'jobs' THEN as_role('hearth_jobs', NULL, statement)
            WHEN who LIKE '%link:%' THEN as_web(nullif(split_part(who, 'link:', 1), ''),
                format('SELECT linked(%L, %L)', split_part(who, 'link:', 2), statement))
            ELSE as_web(nullif(who, 'nobody'), statement) END
$$;
CREATE TEMP TABLE staff (who text);
INSERT INTO staff VALUES ('broker@east.test'), ('commissioner@east.test'), ('second@east.test'),
    ('admin@east.test'), ('auditor@east.test'), ('walled@east.test'),
    ('commissioner@east.testlink:cara');
CREATE TEMP TABLE stranger (who text);
INSERT INTO stranger VALUES ('broker@west.test'), ('commissioner@west.test'),
    ('admin@west.test'), ('auditor@west.test'), ('broker@nhs.test'), ('owner@birch.test'),
    ('manager@birch.test'), ('owner@cedar.test'), ('link:cara'), ('link:sue'), ('link:none'),
    ('owner@alder.testlink:sue'), ('nobody'), ('jobs');
SELECT is(as_web('admin@east.test', format('SELECT wall_raise(%s, ''Evaluates the tender'')',
        :east_walled)), 'true', 'an administrator raises a wall');

-- Beginning.
CREATE FUNCTION begin_as(who text) RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT response_begin(%s, %s)', t.council_id, t.id))
  FROM market_test t JOIN council c ON c.id = t.council_id
 WHERE c.code = 'east-test' AND t.published_at IS NOT NULL
$$;
SELECT stop_at(opens_at - interval '1 microsecond') FROM market_test WHERE id = :test \gset done_
SELECT is(begin_as('owner@alder.test'), NULL, 'before it opens nothing is begun');
SELECT stop_at(opens_at + interval '1 minute') FROM market_test WHERE id = :test \gset done_
SELECT begin_as('owner@alder.test') AS response \gset
SELECT begin_as('owner@birch.test') AS birch_response \gset
SELECT begin_as('link:cara') AS cara_response \gset
SELECT isnt(:'response'::text, '', 'a provider begins');
SELECT is(begin_as('owner@alder.test'), :'response', 'once');
SELECT is(begin_as('manager@alder.test'), :'response', 'for all its people');
SELECT is(begin_as('link:cara'), :'cara_response', 'as a respondent does');
SELECT is(begin_as('owner@alder.testlink:cara'), :'cara_response',
        'who comes by a link answers by it, signed in or not');
SELECT is(begin_as(who), NULL, who || ' begins none')
  FROM (SELECT who FROM staff UNION ALL VALUES ('commissioner@west.test'), ('broker@nhs.test'),
      ('nobody'), ('link:none')) AS s;
SELECT is(begin_as('jobs'), '42501', 'nor do jobs');
SELECT is(count(*), 3::bigint, 'three responses') FROM sealed.response;
SELECT is(as_web('owner@alder.test', format('SELECT response_begin(%s, %s)', :west, :west_test)), NULL,
        'there is none to a draft');

-- save(who, response, question, value, upon): "saved at revision", or
-- "conflict with value at revision", or nothing.
CREATE FUNCTION save(who text, response bigint, question text, value jsonb, upon bigint,
    confidential bigint DEFAULT 0, reason text DEFAULT '') RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT string_agg(CASE WHEN is_saved THEN ''saved '' ELSE ''conflict '''
    ' || value || '' '' END || revision, '','') FROM answer_save(%s, %s, ARRAY[%L], ARRAY[%L],'
    ' ARRAY[%s], ARRAY[%L], ARRAY[%s])', r.council_id, r.id, question, value, confidential, reason,
    upon)) FROM sealed.response r WHERE r.id = response
$$;
SELECT is(save('owner@alder.test', :response, 'q', given, at, secret, why), expected, label)
  FROM (VALUES
      (1, '"a"'::jsonb, 0, 0, '', 'saved 1', 'a first answer'),
      (2, '"a"', 0, 0, '', NULL, 'the same again, from a page that was empty, is none'),
      (3, '"b"', 0, 0, '', 'conflict "a" 1', 'another, from a page that was empty, is a conflict'),
      (4, '"b"', 1, 0, '', 'saved 2', 'upon what was read it is saved'),
      (5, '"c"', 1, 0, '', 'conflict "b" 2', 'upon an older one it is a conflict'),
      (6, '"c"', 3, 0, '', 'conflict "b" 2', 'and upon one that there is not yet'),
      (7, '"c"', -1, 0, '', 'conflict "b" 2', 'or never was'),
      (8, '"b"', 1, 0, '', NULL, 'two who wrote the same do not differ'),
      (9, '"b"', 1, 1, 'Our price', 'conflict "b" 2', 'but in being confidential they do'),
      (10, '"b"', 2, 1, 'Our price', 'saved 3', 'which is saved'),
      (11, '"b"', 2, 1, 'Our prices', 'conflict "b" 3', 'as is the reason'),
      (12, 'null', 2, 0, '', 'conflict "b" 3', 'taking out another''s newer answer is a conflict'),
      (13, 'null', 3, 0, '', 'saved 4', 'taking out one''s own is not'),
      (14, 'null', 0, 0, '', NULL, 'what was taken out is empty for an empty page'),
      (15, '"d"', 0, 0, '', 'conflict null 4', 'answering it anew needs what was read'),
      (16, '"d"', 4, 0, '', 'saved 5', 'then it is there again'))
      AS t (step, given, at, secret, why, expected, label) ORDER BY step;
SELECT is(save('manager@alder.test', :response, 'never', '1', 7), 'saved 1',
        'an answer upon one that there is not is kept, not lost');
SELECT is(as_web('owner@alder.test', format('SELECT string_agg(question || '' '' || is_saved, '','''
        ' ORDER BY question) FROM answer_save(%s, %s, ARRAY[''never'', ''new'', ''q''],'
        ' ARRAY[''2'', ''3'', ''"d"''], ARRAY[0, 0, 0], ARRAY['''', '''', ''''], ARRAY[0, 0, 5])',
        :east, :response)), 'never false,new true', 'of several each is judged for itself');
SELECT is(revision, 8, 'the response counts what was saved, not what was refused')
  FROM sealed.response WHERE id = :response;
SELECT is(as_web('manager@alder.test', format('SELECT changed_by || '' '' || value FROM'
        ' answer_save(%s, %s, ARRAY[''q''], ARRAY[''"x"''], ARRAY[0], ARRAY[''''], ARRAY[1])',
        :east, :response)), 'Ada Alder "d"', 'a conflict says whose answer stands');
SELECT is(save('owner@alder.test', :response, 'canary', to_jsonb(canary()), 0, 1, canary()), 'saved 1',
        'the canary is in');
SELECT is(save('link:cara', :cara_response, 'canary', to_jsonb(canary() || ' too'), 0), 'saved 1',
        'and another');
SELECT is(save('owner@birch.test', :birch_response, 'canary', to_jsonb(canary() || ' three'), 0), 'saved 1',
        'and a third, which is never submitted');
SELECT is(save(who, :response, 'q', '"stolen"', 5), CASE who WHEN 'jobs' THEN '42501' END,
        who || ' saves nothing in Alder''s response')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;

-- submit(who, response, seen, complete): what came of it.
CREATE FUNCTION submit(who text, response bigint, seen integer DEFAULT NULL,
    complete boolean DEFAULT true) RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT concat_ws('' '', outcome, number) FROM response_submit(%s, %s,'
    ' %L, %L)', r.council_id, r.id, coalesce(seen, r.revision), complete))
  FROM sealed.response r WHERE r.id = response
$$;
SELECT is(submit(who, :response), CASE who WHEN 'jobs' THEN '42501' ELSE 'absent' END,
        who || ' submits nothing for Alder')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;
SELECT is(as_anyone(who, format('SELECT response_withdraw(%s, %s) OR response_follow(%1$s, %2$s)',
        :east, :response)), CASE who WHEN 'jobs' THEN '42501' ELSE 'false' END,
        who || ' takes nothing of Alder''s back')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;
SELECT is(submit('owner@alder.test', :response, 8), 'changed', 'saved since it was seen: changed');
SELECT is(as_web('owner@alder.test', format('SELECT outcome FROM response_submit(%s, %s, NULL, true)',
        :east, :response)), 'changed', 'seen without a revision: changed');
SELECT is(submit('owner@alder.test', :response, NULL, false), 'incomplete', 'incomplete where all is asked');
SELECT is(as_web('owner@alder.test', format('SELECT outcome FROM response_submit(%s, %s, 9, NULL)',
        :east, :response)), 'incomplete', 'and where nobody says that it is complete');
SELECT is(count(*), 0::bigint, 'nothing was received') FROM sealed.submission;
SELECT is(as_web('owner@alder.test', format('SELECT response_withdraw(%s, %s)', :east, :response)), 'false',
        'what was not submitted is not withdrawn');
SELECT as_web('owner@alder.test', format('SELECT concat_ws('' '', outcome, number, received_at, closed_at,'
        ' encode(sha256, ''hex'')) FROM response_submit(%s, %s, 9, true)', :east, :response)) AS receipt \gset
SELECT is(:'receipt', concat_ws(' ', 'received', number, received_at, :'closing'::timestamptz,
        encode(sha256, 'hex')), 'the receipt is its row') FROM sealed.submission;
SELECT is(received_at, clock_now(), 'by the database''s clock') FROM sealed.submission;
SELECT is(sha256, sha256(convert_to(content, 'UTF8')), 'with the hash of its bytes') FROM sealed.submission;
SELECT is(content::jsonb -> 'answers' -> 'canary' ->> 'value', canary(), 'and the answers')
  FROM sealed.submission;
SELECT is(submit('link:cara', :cara_response), 'received 1', 'a respondent submits by the link');
SELECT is(save('owner@alder.test', :response, 'q', '"later"', 5), 'saved 6', 'answers go on changing');
SELECT is(value, '"d"', 'without what was submitted') FROM sealed.submitted_answer
 WHERE response_id = :response AND question = 'q';
SELECT is(submit('manager@alder.test', :response), 'received 2', 'until they are submitted again');
SELECT is(value, '"later"', 'the last counts') FROM sealed.submitted_answer
 WHERE response_id = :response AND question = 'q';
SELECT is(as_web('owner@alder.test', format('SELECT string_agg(number || '' '' || submitted_by, '','')'
        ' FROM submission_list_own(%s, %s)', :east, :response)), '2 Max Alder,1 Ada Alder',
        'both receipts stay');

-- A correction is seen before it is answered.
INSERT INTO question_set_version (council_id, question_set_id, number, document, published_at)
VALUES (:east, :questions, 2, '{}', clock_now()) RETURNING id AS corrected \gset
SELECT agree(:east, :test, :east_commissioner, :east_second, 'correct', NULL, :corrected) \gset done_
UPDATE market_test SET question_set_version_id = :corrected WHERE id = :test;
SELECT is(submit('owner@alder.test', :response), 'changed', 'corrected questions: changed');
SELECT is(as_web('owner@alder.test', format('SELECT response_follow(%s, %s)', :east, :response)), 'true',
        'the provider looks');
SELECT is(submit('owner@alder.test', :response), 'received 3', 'and submits');

-- Taking back.
SELECT is(as_web('owner@alder.test', format('SELECT response_withdraw(%s, %s)', :east, :response)), 'true',
        'what was submitted is taken back');
SELECT is(as_web('owner@alder.test', format('SELECT response_withdraw(%s, %s)', :east, :response)), 'false', 'once');
SELECT is_empty(format('SELECT FROM sealed.submitted_answer WHERE response_id = %s', :response),
        'and counts no more');
SELECT is(submit('owner@alder.test', :response), 'received 4', 'until it is submitted again');

-- What everybody can get out of the readers, and the tables behind them.
CREATE FUNCTION peek(who text, council bigint, test bigint, response bigint) RETURNS text
LANGUAGE sql AS $$
SELECT string_agg(as_anyone(who, format('SELECT string_agg(x::text, ''|'')'
           ' FILTER (WHERE NOT x IS NULL) FROM %s AS x',
           format(call, council, test, response))), ' ')
  FROM unnest(ARRAY['response_list_opened(%1$s, %2$s)',
      'submitted_answer_list(%1$s, %2$s, NULL, NULL)',
      'submitted_answer_list(%1$s, %2$s, %3$s, ''canary'')',
      'late_attempt_list_opened(%1$s, %2$s)',
      'response_look(%1$s, %2$s, %3$s)', 'answer_list_own(%1$s, %3$s)',
      'submission_list_own(%1$s, %3$s)', 'late_attempt_list_own(%1$s, %3$s)']) AS call
$$;
CREATE FUNCTION counts(who text, council bigint, test bigint) RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT concat_ws('' '', (SELECT count(*) FROM response_list_opened(%1$s,'
    ' %2$s)), (SELECT count(*) FROM submitted_answer_list(%1$s, %2$s, NULL, NULL)),'
    ' (SELECT count(*) FROM late_attempt_list_opened(%1$s, %2$s)))', council, test))
$$;
CREATE FUNCTION nothing(who text) RETURNS text LANGUAGE sql AS $$
SELECT CASE who WHEN 'jobs' THEN trim(repeat('42501 ', 8)) END
$$;
SELECT is(peek(who, :east, :test, :response), nothing(who), 'before the close ' || who || ' gets nothing')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;
SELECT is(counts(who, :east, :test), CASE who WHEN 'jobs' THEN '42501' ELSE '0 0 0' END,
        'before the close ' || who || ' can count nothing')
  FROM (TABLE staff UNION ALL TABLE stranger UNION ALL VALUES ('owner@alder.test')) AS s ORDER BY who;
SELECT is(peek(who, :east, :test, :response) LIKE '%' || canary() || '%', true,
        'before the close ' || who || ' reads its own')
  FROM (VALUES ('owner@alder.test'), ('manager@alder.test')) AS s (who);
SELECT is(peek('link:cara', :east, :test, :cara_response) LIKE '%' || canary() || '%', true,
        'and a respondent by the link');
SELECT is(peek('owner@alder.testlink:cara', :east, :test, :response), NULL, 'by a link nothing but its own');
SELECT is(as_web('owner@alder.test', format('SELECT count(id) FROM response_look(%s, %s, NULL)', :east, :test)),
        '1', 'a provider''s page finds its own alone');
SELECT is(as_web('owner@cedar.test', format('SELECT count(id) FROM response_look(%s, %s, NULL)', :east, :test)),
        '0', 'who began none finds none');
SELECT is(as_anyone(who, 'SELECT count(*) FROM ' || c.oid::regclass), '42501', who || ' cannot enter ' || c.oid::regclass)
  FROM (TABLE staff UNION ALL TABLE stranger UNION ALL VALUES ('owner@alder.test')) AS s, pg_class c
 WHERE c.relnamespace = 'sealed'::regnamespace AND c.relkind IN ('r', 'v', 'S') ORDER BY c.relname, who;
SELECT is(as_anyone(who, call), '42501', who || ' cannot call ' || call)
  FROM (TABLE staff UNION ALL TABLE stranger) AS s, unnest(ARRAY['SELECT sealed.may_read(1, 1)',
      'SELECT sealed.response_is_mine(NULL)', 'SELECT sealed.response_may_write(NULL)',
      'SELECT sealed.response_hold(1, 1)', 'SELECT sealed.upload_may_read(1, 1)',
      'SELECT sealed.upload_is_submitted(NULL)']) AS call;
SELECT bag_eq(
    $$SELECT p.proname::text COLLATE "default" FROM pg_proc p
       WHERE p.prosrc ~ '\msealed\.' AND p.pronamespace <> 'sealed'::regnamespace
         AND pg_get_userbyid(p.proowner) = 'hearth_owner'$$,
    $$VALUES ('respondent_begin'), ('respondent_token_add'), ('response_begin'), ('response_look'),
        ('answer_list_own'), ('answer_save'), ('response_follow'), ('response_submit'),
        ('response_withdraw'), ('submission_list_own'), ('late_attempt_list_own'),
        ('response_list_opened'), ('submitted_answer_list'), ('late_attempt_list_opened'),
        ('response_key'), ('wall_raise'), ('wall_list'),
        ('market_test_recipients'), ('market_test_tell_respondents'), ('answers_can_be_read'),
        ('upload_begin'), ('upload_list_own'), ('upload_part_list_own'), ('upload_part_save'),
        ('upload_part_own'), ('upload_hold'), ('upload_receive'), ('upload_remove'),
        ('upload_list_opened'), ('upload_part_opened'), ('upload_scan_take'),
        ('upload_scan_part'), ('upload_scan_finish'), ('upload_scan_put_off'), ('upload_purge')$$,
    'every function that reaches in is looked at here, or in 29_uploads.sql');

-- The canary is nowhere else: no table, and no view of the system.
ANALYZE sealed.answer, sealed.submitted_answer, sealed.submission;
SELECT isnt_empty('SELECT FROM pg_stats v WHERE v::text LIKE ''%'' || canary() || ''%''',
        'the statistics of the planner hold answers');
CREATE FUNCTION canaries(role_name text, name text) RETURNS text LANGUAGE sql AS $$
SELECT as_role(role_name, CASE role_name WHEN 'hearth_web' THEN 'auditor@east.test' END,
    format('SELECT count(*) FROM %s v WHERE v::text LIKE ''%%'' || canary() || ''%%''', name))
$$;
SELECT ok(canaries(role_name, c.oid::regclass::text) IN ('0', '42501'),
        role_name || ' finds no answer in ' || c.oid::regclass)
  FROM pg_class c, (VALUES ('hearth_web'), ('hearth_jobs')) AS r (role_name)
 WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'pg_catalog'::regnamespace
 ORDER BY role_name, c.relname;
CREATE FUNCTION holds(name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	found bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM %s AS v WHERE v::text LIKE $1', name) INTO found
	    USING '%' || canary() || '%';
	RETURN found;
END
$$;
SELECT is(holds('sealed.answer'), 3::bigint, 'what looks for it finds it where it is');
SELECT is(holds(c.oid::regclass::text), 0::bigint, 'no answer in ' || c.oid::regclass)
  FROM pg_class c WHERE c.relkind IN ('r', 'm', 'v')
   AND c.relnamespace IN ('public'::regnamespace, 'vault'::regnamespace) ORDER BY c.relname;

-- The instant of the close.
SELECT stop_at(:'closing'::timestamptz - interval '1 microsecond') \gset done_
SELECT is(submit('owner@alder.test', :response), 'received 5', 'a microsecond before the close it is received');
SELECT stop_at(:'closing') \gset done_
SELECT is(as_web('owner@alder.test', format('SELECT concat_ws('' '', outcome, number, received_at, closed_at)'
        ' FROM response_submit(%s, %s, 99, true)', :east, :response)), concat_ws(' ', 'late',
        :'closing'::timestamptz, :'closing'::timestamptz), 'at the close it is late, whatever else is wrong');
SELECT is(submit('owner@birch.test', :birch_response), 'late', 'as is a first one');
SELECT is(count(*), 5::bigint, 'and nothing is stored') FROM sealed.submission WHERE response_id = :response;
SELECT is_empty(format('SELECT FROM sealed.submission WHERE received_at >= %L', :'closing'), 'at or after the close');
SELECT is(as_web('owner@alder.test', format('SELECT string_agg(concat_ws('' '', attempted_at, closed_at,'
        ' account_name), '','') FROM late_attempt_list_own(%s, %s)', :east, :response)), concat_ws(' ',
        :'closing'::timestamptz, :'closing'::timestamptz, 'Ada Alder'), 'the attempt is noted');
SELECT is(as_web('owner@alder.test', format('SELECT response_withdraw(%s, %s)', :east, :response)), 'false',
        'nor is anything taken back any more');
SELECT is(save('owner@birch.test', :birch_response, 'q', '"kept"', 0), 'saved 1', 'a draft is kept');
SELECT is(begin_as('owner@cedar.test'), NULL, 'and none is begun');
SELECT is(begin_as('owner@alder.test'), :'response', 'what was begun is found');

-- Closed and not opened: as before.
SELECT stop_at(:'closing'::timestamptz + interval '3 days') \gset done_
SELECT is(peek(who, :east, :test, :response), nothing(who), 'closed, not opened: ' || who || ' gets nothing')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;
SELECT is(counts(who, :east, :test), CASE who WHEN 'jobs' THEN '42501' ELSE '0 0 0' END,
        'closed, not opened: ' || who || ' can count nothing')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;
CREATE FUNCTION key(who text, test bigint, provider bigint, name text, channel text, came timestamptz)
RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT response_key(%s, %L, %L, %L, %L)', test, provider, name, channel, came))
$$;
SELECT is(key(who, :test, :cedar, '', 'post', :'closing'::timestamptz - interval '1 day'),
        CASE who WHEN 'jobs' THEN '42501' END, 'closed, not opened: ' || who || ' keys nothing in')
  FROM (TABLE staff UNION ALL TABLE stranger) AS s ORDER BY who;

-- Opened.
UPDATE market_test SET opened_at = clock_now(), opened_by_id = :east_commissioner WHERE id = :test;
CREATE TEMP TABLE reader (who text);
INSERT INTO reader VALUES ('commissioner@east.test'), ('second@east.test'), ('admin@east.test'),
    ('auditor@east.test'), ('commissioner@east.testlink:cara');
SELECT is(counts(who, :east, :test), '2 5 2', 'opened: ' || who || ' reads two responses and who was late')
  FROM reader;
SELECT is(peek(who, :east, :test, :response) LIKE '%' || canary() || '%', true, 'opened: ' || who || ' reads answers')
  FROM reader;
SELECT is(as_web('auditor@east.test', format('SELECT string_agg(respondent || '' '' || kind || '' '' || number ||'
        ' '' '' || answer_count || '' '' || confidential_count, '','') FROM response_list_opened(%s, %s)', :east,
        :test)), 'Cara carer 1 1 0,Test Alder Care provider 5 4 1', 'who responded');
SELECT is(as_web('commissioner@east.test', format('SELECT string_agg(respondent, '','' ORDER BY respondent) FROM'
        ' late_attempt_list_opened(%s, %s)', :east, :test)), 'Test Alder Care,Test Birch Care', 'who was late');
SELECT is(as_web('commissioner@east.test', format('SELECT count(*) FROM answer_list_own(%s, %s)', :east, :response)),
        '0', 'drafts stay the respondent''s');
SELECT is(peek(who, :east, :test, :response), nothing(who), 'opened: ' || who || ' still gets nothing')
  FROM (SELECT who FROM staff EXCEPT SELECT who FROM reader UNION TABLE stranger) AS s ORDER BY who;
SELECT is(counts(who, :east, :test), CASE who WHEN 'jobs' THEN '42501' ELSE '0 0 0' END,
        'opened: ' || who || ' still counts nothing')
  FROM (SELECT who FROM staff EXCEPT SELECT who FROM reader UNION TABLE stranger) AS s ORDER BY who;
SELECT is(counts('commissioner@east.test', :west, :west_test), '0 0 0', 'of another council nothing');
SELECT is(peek('owner@alder.test', :east, :test, :birch_response), NULL, 'a provider reads no other');
SELECT is(holds(c.oid::regclass::text), 0::bigint, 'opened: no answer in ' || c.oid::regclass)
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
   AND c.relname IN ('audit', 'outbox', 'mail_copy', 'task', 'gate_notice') ORDER BY c.relname;

-- Returns that came by another way.
SELECT :'closing'::timestamptz - interval '1 day' AS came \gset
SELECT is(key(who, :test, :cedar, '', 'post', :'came'), CASE who WHEN 'jobs' THEN '42501' END,
        'opened: ' || who || ' keys nothing in')
  FROM (VALUES ('broker@east.test'), ('auditor@east.test'), ('walled@east.test'), ('commissioner@west.test'),
      ('owner@cedar.test'), ('link:cara'), ('nobody'), ('jobs')) AS s (who);
SELECT is(key('commissioner@east.test', :test, :cedar, '', 'post', :'closing'), NULL, 'what came at the close is late');
SELECT is(key('commissioner@east.test', :test, :cedar, '', 'post', NULL), NULL, 'nor what came nobody knows when');
SELECT is(key('commissioner@east.test', :test, :cedar, '', 'online', :'came'), NULL, 'nothing is keyed in as if on line');
SELECT is(key('commissioner@east.test', :west_test, :cedar, '', 'post', :'came'), NULL, 'nor for another council');
SELECT is(key('commissioner@east.test', :test, :alder, '', 'post', :'came'), '0', 'who is counted is counted once');
SELECT key('commissioner@east.test', :test, :birch, '', 'post', :'came') AS keyed \gset
SELECT cmp_ok(:keyed, '>', 0, 'a draft that nobody knows of is in nobody''s way');
SELECT is(key('admin@east.test', :test, :birch, '', 'e_mail', :'came'), '0', 'a second return is none');
SELECT isnt(key('admin@east.test', :test, NULL, 'Old Folk Club', 'meeting', :'came'), '0', 'a name that is new');
SELECT is(key('admin@east.test', :test, NULL, 'OLD folk club', 'telephone', :'came'), '0', 'is counted once as well');
SELECT is(counts('auditor@east.test', :east, :test), '2 5 2', 'what is begun does not count yet');
SELECT is(save(who, :keyed, 'q', '"from paper"', 0), NULL, who || ' writes nothing into it')
  FROM (VALUES ('auditor@east.test'), ('broker@east.test'), ('walled@east.test'), ('commissioner@west.test'),
      ('owner@birch.test'), ('owner@alder.test'), ('link:cara'), ('nobody')) AS s (who);
SELECT is(save('second@east.test', :keyed, 'q', '"from paper"', 0), 'saved 1', 'staff write it');
SELECT is(peek('owner@birch.test', :east, :test, :keyed), NULL, 'what staff keyed in its sender does not go on with');
SELECT is(submit(who, :keyed), 'absent', who || ' does not submit it')
  FROM (VALUES ('owner@birch.test'), ('auditor@east.test'), ('broker@east.test'), ('walled@east.test')) AS s (who);
SELECT is(begin_as('owner@birch.test'), :'birch_response', 'its own draft stays its own');
SELECT is(submit('owner@birch.test', :birch_response), 'late', 'and late');
SELECT is(submit('second@east.test', :keyed), 'received 1', 'a keyed return is received');
SELECT is(as_web('auditor@east.test', format('SELECT string_agg(respondent || '' '' || channel || '' '' || received_at,'
        ' '','') FROM response_list_opened(%s, %s) WHERE channel <> ''online''', :east, :test)),
        'Test Birch Care post ' || :'came', 'as having come when it came');
SELECT is(as_web('auditor@east.test', format('SELECT count(*) FROM answer_list_own(%s, %s)', :east, :keyed)), '1',
        'an auditor reads what was keyed in');
SELECT is(as_web('walled@east.test', format('SELECT count(*) FROM answer_list_own(%s, %s)', :east, :keyed)), '0',
        'nobody behind the wall does');

-- The wall.
SELECT is(as_web(email, format('SELECT wall_raise(%s, ''x'')', :east_second)), 'false', coalesce(email, 'nobody')
        || ' raises no wall')
  FROM unnest(ARRAY['broker@east.test', 'commissioner@east.test', 'auditor@east.test', 'admin@west.test',
      'owner@alder.test', NULL]) AS email;
SELECT is(as_web('admin@east.test', format('SELECT wall_raise(%s, ''x'')', :west_broker)), 'false',
        'nor an administrator for people of another council');
SELECT is(as_web('admin@east.test', format('SELECT wall_raise(%s, ''Again'')', :east_walled)), 'false',
        'a wall stands once');
SELECT is(as_web(email, 'SELECT string_agg(name || '' '' || reason || '' '' || raised_by, '','') FROM wall_list()'),
        'Wim East Evaluates the tender Eli East', email || ' sees who is behind it')
  FROM unnest(ARRAY['admin@east.test', 'auditor@east.test']) AS email;
SELECT is(as_web(email, 'SELECT count(*) FROM wall_list()'), '0', coalesce(email, 'nobody') || ' does not')
  FROM unnest(ARRAY['broker@east.test', 'commissioner@east.test', 'walled@east.test', 'admin@west.test',
      'owner@alder.test', NULL]) AS email;
SELECT is(as_web('admin@east.test', format('SELECT wall_raise(%s, ''Evaluates too'')', :east_second)), 'true', 'another');
SELECT is(counts('second@east.test', :east, :test), '0 0 0', 'who could read reads no more');
SELECT is(string_agg(concat_ws(' ', account_id, council_id, detail ->> 'reason'), ',' ORDER BY id),
        concat_ws(' ', :east_admin, :east, 'Evaluates the tender,') || concat_ws(' ', :east_admin, :east, 'Evaluates too'),
        'each wall is in the audit') FROM audit WHERE act = 'wall.raise';

-- Finished and withdrawn.
UPDATE market_test SET finished_at = clock_now() WHERE id = :test;
SELECT is(submit('commissioner@east.test', :keyed), 'absent', 'after the overview nothing is keyed in any more');
SELECT is(key('commissioner@east.test', :test, :cedar, '', 'post', :'came'), NULL, 'nor begun');
SELECT is(as_web(NULL, format('SELECT council_id FROM respondent_begin(%L)', token_of('cara'))), NULL,
        'and the links have ended');
SELECT clock_at(clock_timestamp()) \gset done_
UPDATE test_clock SET stands_at = NULL;
SELECT agree(:west, :west_test, :west_broker, :west_admin, 'publish'),
       agree(:west, :west_test, :west_broker, :west_admin, 'withdraw') \gset done_
UPDATE market_test SET published_at = clock_now() WHERE id = :west_test;
SELECT as_web('owner@cedar.test', format('SELECT response_begin(%s, %s)', :west, :west_test)) AS cedar_response \gset
SELECT is(save('owner@cedar.test', :cedar_response, 'q', '1', 0), 'saved 1', 'another council, another response');
UPDATE market_test SET withdrawn_at = clock_now() WHERE id = :west_test;
SELECT is(submit('owner@cedar.test', :cedar_response), 'withdrawn', 'to a withdrawn market test nothing is submitted');
SELECT is(as_web('owner@birch.test', format('SELECT response_begin(%s, %s)', :west, :west_test)), NULL, 'nor begun');
SELECT finish();
ROLLBACK;
