-- What a body's administrator or owner sees of people.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();

SELECT is(as_web('admin@east.test', 'SELECT count(*) FROM people()'), '2',
    'an administrator sees the people of the own council');
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM people()'), '1',
    'an owner those of the own organisation');
SELECT is(as_web('broker@east.test', 'SELECT count(*) FROM people()'), '0',
    'a broker nobody');
SELECT is(as_web(NULL, 'SELECT count(*) FROM people()'), '0',
    'nor does who is not signed in');

-- An invitation tells nothing about the e-mail.
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite('
    '''broker@west.test'', ''A Guess'', ''auditor'', %s, NULL, %L)', :east,
    token_of('guess'))), NULL, 'a known e-mail is invited');
SELECT is(as_web('admin@east.test', 'SELECT name FROM people()'
    ' WHERE email = ''broker@west.test'''), 'A Guess', 'under the name that was typed');
SELECT is(as_web('admin@east.test', format(
    'SELECT name FROM account WHERE id = %s', :west_broker)), NULL,
    'its own name is not there to be read');
SELECT is(as_web(NULL, format('SELECT token_use(%L, NULL)', token_of('guess'))),
    :'west_broker', 'once accepted');
SELECT is(as_web('admin@east.test', 'SELECT name FROM people()'
    ' WHERE email = ''broker@west.test'''), 'Wyn West', 'the person''s name is shown');
SELECT is(as_web('admin@east.test', format(
    'SELECT name FROM account WHERE id = %s', :west_broker)), 'Wyn West',
    'and may be read');

-- The newest link alone works.
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite('
    '''new@east.test'', ''Nia New'', ''broker'', %s, NULL, %L)', :east,
    token_of('n1'))), NULL, 'a first invitation');
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite('
    '''new@east.test'', ''Nia New'', ''broker'', %s, NULL, %L)', :east,
    token_of('n2'))), NULL, 'and a second');
SELECT is(as_web(NULL, format('SELECT state FROM token_look(%L)', token_of('n1'))),
    'expired', 'the first link has ended');
SELECT is(as_web(NULL, format('SELECT concat_ws('' '', state, role, body)'
    ' FROM token_look(%L)', token_of('n2'))), 'live broker East Test',
    'the second tells what it is for');

-- Roles.
SELECT is(as_web('admin@east.test', 'SELECT string_agg(role || '' '' || body ||'
    ' '' '' || is_current, '','') FROM membership_list_own()'),
    'council_administrator East Test true', 'one knows one''s own roles');
SELECT isnt(last_used_at, NULL, 'a sign-in is noted with the role')
  FROM membership WHERE account_id = :east_broker;

SELECT * FROM finish();
ROLLBACK;
