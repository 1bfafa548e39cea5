-- Files of responses: who may begin, send, read and remove one; limits; what a
-- submission keeps; and what the process that has them scanned gets.
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
SELECT as_web('admin@east.test', format('SELECT wall_raise(%s, ''Evaluates'')', :east_walled)) \gset done_
SELECT clock_at(opens_at + interval '1 minute') FROM market_test WHERE id = :test \gset done_

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
            WHEN who LIKE 'link:%' THEN as_web(NULL,
                format('SELECT linked(%L, %L)', split_part(who, 'link:', 2), statement))
            ELSE as_web(nullif(who, 'nobody'), statement) END
$$;
CREATE TEMP TABLE other (who text);
INSERT INTO other VALUES ('broker@east.test'), ('commissioner@east.test'), ('admin@east.test'),
    ('auditor@east.test'), ('walled@east.test'), ('commissioner@west.test'), ('owner@birch.test'),
    ('owner@cedar.test'), ('link:cara'), ('link:none'), ('nobody'), ('jobs');

SELECT count(as_anyone(who, format('SELECT response_begin(%s, %s)', :east, :test))) AS begun
  FROM (VALUES ('owner@birch.test'), ('link:cara')) AS s (who) \gset done_
SELECT as_web('owner@alder.test', format('SELECT response_begin(%s, %s)', :east, :test)) AS response \gset

CREATE FUNCTION begin_upload(who text, response bigint, name text, size bigint, most integer DEFAULT 3,
    resumes boolean DEFAULT false, question text DEFAULT 'papers') RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT concat_ws('' '', outcome, id) FROM upload_begin(%s, %s, %L, %L, %s, %s,'
    ' %L)', r.council_id, r.id, question, name, size, most, resumes))
  FROM sealed.response r WHERE r.id = response
$$;
SELECT is(begin_upload(who, :response, 'a.pdf', 10), CASE who WHEN 'jobs' THEN '42501' ELSE 'absent' END,
        who || ' begins no file of Alder''s') FROM other ORDER BY who;
SELECT is(begin_upload('owner@alder.test', :response, 'a.pdf', 0), 'too_large', 'an empty one is none');
SELECT is(begin_upload('owner@alder.test', :response, 'a.pdf', 20 * 1024 * 1024 + 1), 'too_large', 'nor one of more than 20 MB');
SELECT split_part(begin_upload('owner@alder.test', :response, 'a.pdf', 262144 + 3), ' ', 2) AS file \gset
SELECT is(begin_upload('manager@alder.test', :response, 'a.pdf', 262144 + 3, 3, true), 'resumed ' || :'file',
        'a colleague goes on with it');
SELECT split_part(begin_upload('manager@alder.test', :response, 'a.pdf', 262144 + 3, 3), ' ', 2) AS twin \gset
SELECT isnt(:'twin'::text, :'file', 'or begins another of that name');
SELECT begin_upload('manager@alder.test', :response, 'c.pdf', 5, 3) AS third \gset
SELECT is(begin_upload('owner@alder.test', :response, 'd.pdf', 5, 3), 'too_many', 'there are as many as the question takes');
SELECT is(begin_upload('owner@alder.test', :response, 'd.pdf', 5, 3, true), 'too_many', 'also for one who resumes');

CREATE FUNCTION part(who text, upload bigint, number integer, content text) RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT upload_part_save(%s, %s, %s, convert_to(%L, ''UTF8''))', u.council_id, u.id,
    number, content)) FROM sealed.upload u WHERE u.id = upload
$$;
SELECT is(part(who, :file, 1, 'abc'), CASE who WHEN 'jobs' THEN '42501' ELSE 'absent' END,
        who || ' sends no part of it') FROM other ORDER BY who;
SELECT is(part('owner@alder.test', :file, 1, 'abc'), 'saved', 'parts come out of order');
SELECT is(part('owner@alder.test', :file, 1, 'abc'), 'saved', 'and again');
SELECT is(part('owner@alder.test', :file, 1, 'abcd'), 'wrong', 'but not of another length');
SELECT is(part('owner@alder.test', :file, 2, 'a'), 'wrong', 'nor beyond the end');
SELECT is(part('owner@alder.test', :file, -1, 'a'), 'wrong', 'nor before the beginning');
SELECT is(part('owner@alder.test', :file, 1000000000, 'a'), 'wrong', 'however far');
SELECT is(part('owner@alder.test', :file, 0, 'abc'), 'wrong', 'all but the last are whole');
CREATE FUNCTION receive(who text, upload bigint, refusal text DEFAULT '') RETURNS text LANGUAGE sql AS $$
SELECT as_anyone(who, format('SELECT upload_receive(%s, %s, ''application/pdf'', %L)', u.council_id, u.id, refusal))
  FROM sealed.upload u WHERE u.id = upload
$$;
SELECT is(receive('owner@alder.test', :file), 'receiving', 'without its first part it is not received');
SELECT is(part('manager@alder.test', :file, 0, repeat('x', 262144)), 'saved', 'then comes the first');
SELECT is(as_web('owner@alder.test', format('SELECT string_agg(number || '' '' || encode(sha256, ''hex''), '','') FROM'
        ' upload_part_list_own(%s, %s)', :east, :file)), '0 ' || encode(sha256(convert_to(repeat('x', 262144), 'UTF8')),
        'hex') || ',1 ' || encode(sha256('abc'), 'hex'), 'what is there is told with its hash');
SELECT is(part('owner@alder.test', :file, 1, 'abd'), 'saved', 'a part is written over');
SELECT is(receive(who, :file), CASE who WHEN 'jobs' THEN '42501' ELSE 'absent' END, who || ' does not end it')
  FROM other ORDER BY who;
SELECT is(receive('owner@alder.test', :file), 'checking', 'whole, it is received');
SELECT is(sha256, sha256(convert_to(repeat('x', 262144) || 'abd', 'UTF8')), 'with the hash of all its bytes')
  FROM sealed.upload WHERE id = :file;
SELECT is(receive('owner@alder.test', :file), 'checking', 'to end it again changes nothing');
SELECT is(part('owner@alder.test', :file, 1, 'abc'), 'done', 'nor does a part that comes late');
SELECT is(convert_from(content, 'UTF8'), 'abd', 'which is not kept') FROM sealed.upload_part
 WHERE upload_id = :file AND number = 1;
SELECT part('owner@alder.test', :twin, 0, repeat('y', 262144)), part('owner@alder.test', :twin, 1, 'yyy') \gset done_
SELECT is(receive('owner@alder.test', :twin, 'It is no PDF'), 'refused', 'what is refused');
SELECT is_empty(format('SELECT FROM sealed.upload_part WHERE upload_id = %s', :twin), 'is not kept');
SELECT is(as_web('manager@alder.test', format('SELECT string_agg(concat_ws('' '', name, state, reason, part_count),'
        ' '','' ORDER BY id) FROM upload_list_own(%s, %s)', :east, :response)),
        'a.pdf checking  2,a.pdf refused It is no PDF 0,c.pdf receiving  0', 'the list says how each stands');

-- read(who): what anybody gets of its last part, by all ways there are.
CREATE FUNCTION reads(who text, upload bigint) RETURNS text LANGUAGE sql AS $$
SELECT string_agg(as_anyone(who, format(call, u.council_id, u.id, t.reference, r.reference, r.id)), ' ')
  FROM sealed.upload u JOIN sealed.response r ON r.id = u.response_id JOIN market_test t ON t.id = r.market_test_id,
       unnest(ARRAY['SELECT convert_from(upload_part_own(%1$s, %2$s, 1), ''UTF8'')',
           'SELECT convert_from(upload_part_opened(%1$s, %2$s, 1), ''UTF8'')',
           'SELECT nullif(count(*), 0) FROM upload_list_own(%1$s, %5$s)',
           'SELECT nullif(count(*), 0) FROM upload_part_list_own(%1$s, %2$s)',
           'SELECT nullif(count(*), 0) FROM upload_list_opened(%1$s, %3$L, %4$L)']) AS call
 WHERE u.id = upload
$$;
SELECT is(reads(who, :file), CASE who WHEN 'jobs' THEN trim(repeat('42501 ', 5)) END, who || ' reads nothing of it')
  FROM other ORDER BY who;
SELECT is(reads('owner@alder.test', :file), 'abd 3', 'its own provider does');
SELECT is(as_anyone(who, format('SELECT upload_remove(%s, %s)', :east, :file)), CASE who WHEN 'jobs' THEN '42501'
        ELSE 'false' END, who || ' removes nothing') FROM other ORDER BY who;

-- Sizes of a whole response.
SELECT is(split_part(begin_upload('owner@alder.test', :response, 'big' || n || '.pdf', 20 * 1024 * 1024, 9, false, 'more'), ' ', 1),
        'begun', 'large file ' || n) FROM generate_series(1, 4) AS n;
SELECT is(begin_upload('owner@alder.test', :response, 'big.pdf', 20 * 1024 * 1024, 9, false, 'more'), 'too_much', 'until it is too much');
SELECT is(count(as_web('owner@alder.test', format('SELECT upload_remove(%s, %s)', :east, id))), 4::bigint, 'they are removed')
  FROM sealed.upload WHERE question = 'more';
SELECT is(split_part(begin_upload('owner@alder.test', :response, 'big.pdf', 20 * 1024 * 1024, 9, false, 'more'), ' ', 1), 'begun',
        'which makes room');

-- Scanning.
CREATE FUNCTION taken() RETURNS text LANGUAGE sql AS $$
SELECT as_role('hearth_jobs', NULL, 'SELECT concat_ws('' '', id, size) FROM upload_scan_take()')
$$;
SELECT is(as_web(email, call), '42501', coalesce(email, 'nobody') || ' cannot ' || call)
  FROM unnest(ARRAY['owner@alder.test', 'admin@east.test', NULL]) AS email,
       unnest(ARRAY['SELECT upload_scan_take()', 'SELECT upload_scan_part(1, 1, 0)',
           'SELECT upload_scan_finish(1, 1, ''clean'', '''')', 'SELECT upload_scan_put_off(1, 1, 1, true)',
           'SELECT upload_purge()']) AS call;
SELECT is(as_role('hearth_jobs', NULL, format('SELECT upload_scan_part(%s, %s, 1)', :east, :file)), NULL,
        'what was not taken is not read');
SELECT is(taken(), :'file' || ' 262147', 'what is whole is taken');
SELECT is(taken(), '', 'by one');
SELECT is(as_role('hearth_jobs', NULL, format('SELECT convert_from(upload_scan_part(%s, %s, 1), ''UTF8'')', :east, :file)),
        'abd', 'who reads it');
SELECT is(as_role('hearth_jobs', NULL, format('SELECT upload_scan_put_off(%s, %s, 0, true)', :east, :file)), '0',
        'that the scanner is away does not count');
SELECT is(taken(), :'file' || ' 262147', 'and it is taken again');
SELECT is(as_role('hearth_jobs', NULL, format('SELECT upload_scan_put_off(%s, %s, 60, false)', :east, :file)), '1',
        'that it cannot look does');
SELECT is(taken(), '', 'it waits');

-- Submitted while it waits; then it is removed from the draft, and clean.
SELECT revision AS seen FROM sealed.response WHERE id = :response \gset
SELECT is(as_web('owner@alder.test', format('SELECT outcome FROM response_submit(%s, %s, %s, true)', :east, :response, :seen)),
        'received', 'a response is submitted, scanned or not');
SELECT is(content::jsonb #>> '{files,0,name}', 'a.pdf', 'with its file') FROM sealed.submission;
SELECT is(as_web('owner@alder.test', format('SELECT upload_remove(%s, %s)', :east, :file)), 'true', 'the draft goes on without it');
SELECT is(as_web('owner@alder.test', format('SELECT upload_remove(%s, %s)', :east, :file)), 'false', 'once');
SELECT is(count(*), 2::bigint, 'its bytes stay with the submission') FROM sealed.upload_part WHERE upload_id = :file;
SELECT is(reads('owner@alder.test', :file), '3', 'who removed it does not read it any more');
SELECT is(jsonb_array_length(content::jsonb -> 'files'), 1, 'what was received stays as it was') FROM sealed.submission;
UPDATE sealed.upload SET scan_at = clock_now() WHERE id = :file;
SELECT is(taken(), :'file' || ' 262147', 'it is scanned all the same');
SELECT is(as_role('hearth_jobs', NULL, format('SELECT upload_scan_finish(%s, %s, ''clean'', '''')', :east, :file)), 'true',
        'and clean');
SELECT is(as_role('hearth_jobs', NULL, format('SELECT upload_scan_finish(%s, %s, ''quarantined'', '''')', :east, :file)), 'false',
        'which is said once');
SELECT is(state || ' ' || verdict, 'removed clean', 'it stays removed') FROM sealed.upload WHERE id = :file;

-- Closed, then opened.
SELECT clock_at(:'closing') \gset done_
SELECT is(begin_upload('owner@alder.test', :response, 'late.pdf', 5, 9), 'closed', 'at the close no file is begun');
SELECT is(reads(who, :file), CASE who WHEN 'jobs' THEN trim(repeat('42501 ', 5)) END, 'closed: ' || who || ' reads nothing')
  FROM other ORDER BY who;
UPDATE market_test SET opened_at = clock_now(), opened_by_id = :east_commissioner WHERE id = :test;
SELECT is(reads(who, :file), CASE WHEN who = 'jobs' THEN trim(repeat('42501 ', 5))
        WHEN who IN ('commissioner@east.test', 'admin@east.test', 'auditor@east.test') THEN 'abd 1' END,
        'opened: what ' || who || ' reads') FROM other ORDER BY who;
UPDATE sealed.upload SET verdict = 'quarantined' WHERE id = :file;
SELECT is(reads('commissioner@east.test', :file), '1', 'of what is locked away that it is there');
UPDATE sealed.upload SET verdict = NULL WHERE id = :file;
SELECT is(reads('commissioner@east.test', :file), '1', 'as of what waits for the scanner');
UPDATE sealed.upload SET verdict = 'clean' WHERE id = :file;
UPDATE sealed.response SET withdrawn_at = clock_now() WHERE id = :response;
SELECT is(reads('commissioner@east.test', :file), NULL, 'of a response that was withdrawn nothing');

-- What broke off and nobody went on with.
SELECT is(as_role('hearth_jobs', NULL, 'SELECT upload_purge()'), '0', 'what broke off is kept for a week');
UPDATE sealed.upload SET created_at = clock_now() - interval '8 days';
SELECT is(as_role('hearth_jobs', NULL, 'SELECT upload_purge()'), '2', 'not longer');
SELECT is(count(*), 2::bigint, 'and nothing else goes') FROM sealed.upload_part;
SELECT finish();
ROLLBACK;
