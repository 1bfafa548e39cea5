-- Once-keys, references and small promises of the schema.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();
CREATE FUNCTION once(account bigint, route text, key text, body text) RETURNS text
LANGUAGE sql AS $$
SELECT as_web(NULL, format('SELECT concat_ws('' '', state, location) FROM'
    ' once_begin(%L, %L, %L, sha256(%L))', account, route, key, body))
$$;
SELECT is(once(:east_broker, '/packages/new', 'k1', 'a=1'), 'new', 'a form that was never sent');
SELECT is(once(:east_broker, '/packages/new', 'k1', 'a=1'), 'new', 'and failed (422) is still new');
SELECT is(as_web(NULL, format('SELECT once_finish(%s, ''/packages/new'', ''k1'', sha256(''a=1''), ''/packages/C1'')',
        :east_broker)), NULL, 'it takes effect');
SELECT is(once(:east_broker, '/packages/new', 'k1', 'a=1'), 'same /packages/C1', 'the same again');
SELECT is(once(:east_broker, '/packages/new', 'k1', 'a=2'), 'changed /packages/C1', 'another body');
SELECT is(once(:west_broker, '/packages/new', 'k1', 'a=1'), 'new', 'another account''s key is another key');
SELECT is(once(:east_broker, '/people/new', 'k1', 'a=1'), 'new', 'so is another route''s');
SELECT is(once(NULL, '/reset', 'k1', 'a=1'), 'new', 'nobody signed in has keys too');

SELECT matches(reference_new('O'), '^O[0-9A-HJKMNP-TV-Z]{8}$', 'a letter and eight Crockford characters')
  FROM generate_series(1, 50);
SELECT is(count(DISTINCT reference_new('O')), 20000::bigint, 'random enough') FROM generate_series(1, 20000);
SELECT is(count(DISTINCT substr(reference_new('O'), 2 + (n % 8)::integer, 1)), 32::bigint,
        'of all 32 characters') FROM generate_series(1, 5000) AS n;
SELECT matches(reference, '^' || letter || '[0-9A-HJKMNP-TV-Z]{8}$', letter || ' is the letter')
  FROM (SELECT reference, 'C' FROM package UNION ALL SELECT reference, 'O' FROM offer
        UNION ALL SELECT reference, 'S' FROM person UNION ALL SELECT reference, 'P' FROM organisation
        UNION ALL SELECT reference, 'A' FROM account UNION ALL SELECT reference, 'F' FROM framework
        UNION ALL SELECT reference, 'M' FROM framework_member
        UNION ALL SELECT reference, 'T' FROM task) AS r (reference, letter);

SELECT throws_ok('UPDATE package SET state = ''waiting'', area_id = NULL', '23514', NULL,
        'a package without an area does not wait');
SELECT throws_ok(format('INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted, from_at)'
        ' VALUES (%s, %s, ''interim_care'', 1, clock_now())', :east, :east_package), '23505', NULL,
        'a package waits for one reason at a time');
SELECT throws_ok(format('INSERT INTO visit (council_id, package_id, kind, days, minutes)'
        ' VALUES (%s, %s, ''days'', 0, 30)', :east, :east_package), '23514', NULL, 'visits on days have days');
SELECT throws_ok('INSERT INTO outbox (kind, to_email, subject, body) VALUES (''a'', ''b'', E''c\r\nBcc: d'', ''e'')',
        '23514', NULL, 'no header gets into a subject');
SELECT is(as_web(NULL, 'INSERT INTO outbox (kind, to_email, subject, body) VALUES (''reset'', ''a@b'', ''c'', ''d'')'),
        '1', 'a mail of the installation may be written');
SELECT is(as_web('broker@east.test', 'SELECT count(id) FROM outbox'), '1', 'but is read by no page');
SELECT string_agg(version, ' ' ORDER BY version) AS applied, max(version) AS newest,
       min(version) AS oldest FROM schema_migrations \gset
CREATE FUNCTION compare(built_with text) RETURNS text LANGUAGE sql AS $$
SELECT as_web(NULL, format('SELECT concat_ws(''/'', missing, unknown)'
    ' FROM migration_compare(%L)', built_with))
$$;
SELECT is(compare(:'applied'), '/', 'a program built with these migrations fits');
SELECT is(compare(:'applied' || ' 0000'), '0000/', 'one that is not applied is named, wherever it stands');
SELECT is(compare(replace(:'applied', :'newest', '')), '/' || :'newest', 'so is one that the program does not know');
SELECT is(compare(replace(:'applied', :'oldest', '0000')), '0000/' || :'oldest', 'and both');
SELECT finish();
ROLLBACK;
