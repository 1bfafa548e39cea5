-- Signing in: the throttle's numbers, and that it tells nobody anything.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();

-- tries(email, address, first, last): how many of the attempts made in these
-- seconds got through.
CREATE FUNCTION tries(email text, address text, first integer, last integer)
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	through bigint := 0;
	at_second integer;
BEGIN
	FOR at_second IN first..last LOOP
		UPDATE test_clock SET moved_by = make_interval(secs => at_second);
		through := through + (as_web(NULL, format(
		    'SELECT (wait_seconds = 0)::integer FROM sign_in_begin(%L, %L)',
		    email, address)))::bigint;
	END LOOP;
	RETURN through;
END
$$;
SELECT is(as_web(NULL, 'SELECT account_id || hash FROM sign_in_begin('' Broker@EAST.test'', ''192.0.2.1'')'),
        :east_broker || :'phc', 'an e-mail is known in any case, and gives its hash');
SELECT is(as_web(NULL, 'SELECT coalesce(account_id::text, ''-'') || coalesce(hash, ''-'') ||'
        ' wait_seconds FROM sign_in_begin(''nobody@east.test'', ''192.0.2.1'')'),
        '--0', 'an unknown one gives nothing, and no wait');

SELECT is(tries('broker@west.test', '192.0.2.1', 0, 4), 5::bigint, 'five tries are free');
SELECT is(as_web(NULL, 'SELECT wait_seconds FROM sign_in_begin(''broker@west.test'', ''192.0.2.1'')'),
        '1', 'then there is a second to wait');
SELECT is(tries('nobody@west.test', '192.0.2.1', 0, 4), 5::bigint, 'an unknown e-mail as well');
SELECT is(as_web(NULL, 'SELECT wait_seconds FROM sign_in_begin(''nobody@west.test'', ''192.0.2.1'')'),
        '1', 'is throttled the same');
SELECT is(tries('delay@alder.test', '192.0.2.1', 0, 34), 9::bigint,
        'the delay doubles: free at 0 to 4, then at 5, 7, 11 and 19 seconds');
SELECT is(tries('delay@alder.test', '192.0.2.1', 35, 40), 1::bigint, 'then at 35');
-- Not to the last second: the real clock goes on while they are tried.
SELECT cmp_ok(tries('owner@alder.test', '192.0.2.1', 0, 289), '<=', 10::bigint,
        'at most ten in five minutes');
SELECT cmp_ok(tries('nobody@alder.test', '192.0.2.1', 0, 289), '<=', 10::bigint,
        'and for an unknown e-mail');
SELECT is(tries('owner@alder.test', '192.0.2.1', 600, 600), 1::bigint,
        'nobody is locked out for good');

-- A known address is counted apart.
SELECT as_web(NULL, format('SELECT sign_in_succeeded(%s, ''198.51.100.7'')', :birch_owner)) AS done \gset
SELECT cmp_ok(tries('owner@birch.test', '192.0.2.1', 0, 120), '<=', 10::bigint, 'a stranger tries on and on');
SELECT is(as_web(NULL, 'SELECT (wait_seconds > 0)::text FROM sign_in_begin(''owner@birch.test'', ''192.0.2.1'')'),
        'true', 'and has to wait');
SELECT is(as_web(NULL, 'SELECT hash FROM sign_in_begin(''owner@birch.test'', ''198.51.100.7'')'),
        :'phc', 'the person, from where they signed in before, has not');

-- The right password forgets the failures.
SELECT is(tries('owner@cedar.test', '192.0.2.9', 1000, 1004), 5::bigint, 'five tries');
SELECT as_web(NULL, format('SELECT sign_in_succeeded(%s, ''192.0.2.9'')', :cedar_owner)) AS done \gset
SELECT is(tries('owner@cedar.test', '192.0.2.9', 1005, 1009), 5::bigint, 'and five more after the right one');

-- One address, many e-mails.
UPDATE vault.sign_in_limit SET address_burst = 20;
CREATE FUNCTION spray(tries integer) RETURNS bigint LANGUAGE sql AS $$
SELECT count(*) FILTER (WHERE as_web(NULL, format(
    'SELECT wait_seconds FROM sign_in_begin(''spray%s@x.test'', ''203.0.113.5'')', n)) = '0')
  FROM generate_series(1, tries) AS n
$$;
UPDATE test_clock SET moved_by = '2000 seconds';
SELECT is(spray(100), 20::bigint, 'an address may try its burst');
UPDATE test_clock SET moved_by = '2010 seconds';
SELECT is(spray(100), 10::bigint, 'then one a second');

-- Changing the password.
UPDATE test_clock SET moved_by = '0';
SELECT is(as_web('broker@east.test', format('SELECT password_change(''wrong'', %L, %L)',
        :'phc', token_of('broker@east.test'))), 'false', 'the old hash must be the one there is');
\set next '$argon2id$v=19$m=19456,t=2,p=1$bmV4dA$bmV4dA'
SELECT session_create(:east_broker, token_of('elsewhere')) AS done \gset
SELECT is(as_web('broker@east.test', format('SELECT password_change(%L, %L, %L)', :'phc',
        :'next', token_of('broker@east.test'))), 'true', 'a change of password');
SELECT is(as_web(NULL, format('SELECT state FROM session_begin(%L)', token_of('elsewhere'))),
        'ended', 'ends the other sessions');
SELECT is(as_web(NULL, format('SELECT state FROM session_begin(%L)', token_of('broker@east.test'))),
        'live', 'but not this one');
SELECT is(as_web(NULL, format('SELECT password_rehash(%s, %L, %L)', :east_broker, :'phc', :'phc')),
        'false', 'a rehash needs the hash there is');
SELECT is(as_web(NULL, format('SELECT password_rehash(%s, %L, %L)', :east_broker, :'next', :'phc')),
        'true', 'and then is made');
SELECT finish();
ROLLBACK;
