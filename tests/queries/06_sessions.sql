-- Sessions: live, idle, ended, absent, by the database's clock.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();
CREATE FUNCTION state_of(email text, moved interval) RETURNS text
LANGUAGE sql AS $$
UPDATE test_clock SET moved_by = moved;
SELECT as_web(NULL, format('SELECT state || '' '' || tenant_scope() || '' '' ||'
    ' coalesce(account_id::text, '''') FROM session_begin(%L)', token_of(email)))
$$;

SELECT is(as_web('broker@east.test', 'SELECT concat_ws('' '', tenant_account(),'
        ' tenant_council(), tenant_organisation(), tenant_role(), tenant_scope())'),
        concat_ws(' ', :east_broker, :east, 'broker council'), 'a broker''s session');
SELECT is(as_web('owner@alder.test', 'SELECT concat_ws('' '', tenant_account(),'
        ' tenant_council(), tenant_organisation(), tenant_role(), tenant_scope())'),
        concat_ws(' ', :alder_owner, :alder, 'provider_owner provider'), 'a provider''s session');
SELECT is(state_of('nobody', '0'), 'absent none ', 'a token that there is not');
SELECT is(state_of('broker@east.test', '0'), 'live council ' || :east_broker, 'live at once');

-- 15 minutes idle for staff, 30 for others.
SELECT is(state_of('broker@west.test', '14 minutes 58 seconds'),
        'live council ' || :west_broker, 'staff, just before 15 minutes');
SELECT is(state_of('broker@east.test', '15 minutes 1 second'),
        'idle none ' || :east_broker, 'staff, after 15 minutes: idle, no tenant');
SELECT is(state_of('owner@alder.test', '29 minutes 58 seconds'),
        'live provider ' || :alder_owner, 'a provider, just before 30 minutes');
SELECT is(state_of('owner@birch.test', '30 minutes 1 second'),
        'idle none ' || :birch_owner, 'a provider, after 30 minutes');
SELECT is(state_of('broker@west.test', '29 minutes 50 seconds'),
        'live council ' || :west_broker, 'a request moves the idle end on');

-- Last seen is written at most once a minute.
SELECT last_seen_at AS seen FROM vault.session WHERE token_hash = token_of('broker@west.test') \gset
SELECT is(state_of('broker@west.test', '30 minutes 40 seconds'), 'live council ' || :west_broker, '50 seconds on');
SELECT is(last_seen_at, :'seen', 'nothing is written')
  FROM vault.session WHERE token_hash = token_of('broker@west.test');
SELECT is(state_of('broker@west.test', '30 minutes 51 seconds'), 'live council ' || :west_broker, '61 seconds on');
SELECT cmp_ok(last_seen_at, '>', :'seen'::timestamptz, 'it is written')
  FROM vault.session WHERE token_hash = token_of('broker@west.test');
SELECT is(as_web('broker@west.test', format('SELECT session_extend(%L)', token_of('broker@west.test'))),
        'true', 'extending is written at once');
SELECT is(as_web('broker@west.test', format('SELECT session_extend(%L)', token_of('owner@alder.test'))),
        'false', 'only the own session');

-- Eight hours in all.
UPDATE vault.session SET last_seen_at = created_at + interval '7 hours 55 minutes'
 WHERE token_hash = token_of('broker@west.test');
SELECT is(state_of('broker@west.test', '7 hours 59 minutes'),
        'live council ' || :west_broker, 'just before 8 hours');
SELECT is(state_of('broker@west.test', '8 hours 1 second'), 'ended none ' || :west_broker,
        'after 8 hours it has ended, busy or not');
SELECT is(state_of('broker@east.test', '40 hours'), 'ended none ' || :east_broker,
        'idle long ago is ended');
UPDATE test_clock SET moved_by = '0';

-- Parking a form.
SELECT is(as_web(NULL, format('SELECT form_park(%L, ''/packages/new'', ''a=1'')',
        token_of('broker@east.test'))), 'false', 'a live session parks nothing');
UPDATE test_clock SET moved_by = '20 minutes';
SELECT is(as_web(NULL, format('SELECT form_park(%L, ''/packages/new'', ''a=1'')',
        token_of('broker@east.test'))), 'true', 'an idle one does');
SELECT is(as_web(NULL, 'SELECT form_unpark(''/packages/new'')'), NULL, 'nobody gets it');
SELECT session_create(:east_broker, token_of('again')), session_create(:east_admin, token_of('other')) \gset
SELECT is(as_web('other', 'SELECT form_unpark(''/packages/new'')'), NULL, 'nor does another account');
SELECT is(as_web('again', 'SELECT form_parked_path()'), '/packages/new', 'the account learns where');
SELECT is(as_web('again', 'SELECT form_unpark(''/packages/new'')'), 'a=1', 'and gets its fields');
SELECT is(as_web('again', 'SELECT form_unpark(''/packages/new'')'), NULL, 'once');
SELECT as_web(NULL, format('SELECT form_park(%L, ''/x'', ''b=2'')', token_of('broker@east.test'))) \gset
UPDATE vault.session SET last_seen_at = clock_now() + interval '1 hour' WHERE token_hash = token_of('again');
UPDATE test_clock SET moved_by = '81 minutes';
SELECT is(as_web('again', 'SELECT form_unpark(''/x'')'), NULL, 'after an hour it is gone');
UPDATE test_clock SET moved_by = '0';

-- Rotation, end, leavers, switching.
SELECT is(as_web(NULL, format('SELECT session_create(%s, %L, NULL, %L)', :east_broker,
        token_of('rotated'), token_of('broker@east.test'))), 'true', 'a new session');
SELECT is(state_of('broker@east.test', '0'), 'ended none ' || :east_broker, 'the old one has ended');
SELECT is(as_web(NULL, format('SELECT session_end(%L, ''signed out'')', token_of('rotated'))), 'true', 'signed out');
SELECT is(as_web(NULL, format('SELECT session_end(%L, ''signed out'')', token_of('rotated'))), 'false', 'once');
SELECT is(state_of('rotated', '0'), 'ended none ' || :east_broker, 'ended');
SELECT account_add('broker@west.test', 'x', 'provider_manager', NULL, :alder, :'phc') AS same \gset
SELECT is(:same, :west_broker, 'an account may hold several memberships');
SELECT id AS second FROM membership WHERE account_id = :west_broker AND organisation_id = :alder \gset
SELECT is(as_web('broker@west.test', format('SELECT session_switch(%L, %s)',
        token_of('broker@west.test'), :second)), 'true', 'it switches');
SELECT is(state_of('broker@west.test', '0'), 'live provider ' || :west_broker, 'and acts for the other');
SELECT is(as_web('broker@west.test', format('SELECT session_switch(%L, %s)',
        token_of('broker@west.test'), (SELECT id FROM membership WHERE account_id = :east_broker))),
        'false', 'but only in memberships of its own');
SELECT is(as_web('other', format('SELECT membership_end(%s)', (SELECT id FROM membership
        WHERE account_id = :east_broker))), 'true', 'an administrator ends a membership');
SELECT is(state_of('again', '0'), 'ended none ' || :east_broker, 'and its sessions at once');
SELECT is(as_web('other', format('SELECT membership_end(%s)', :second)), 'false',
        'but none of another body');
UPDATE account SET is_active = false WHERE id = :alder_owner;
SELECT is(state_of('owner@alder.test', '0'), 'ended none ' || :alder_owner,
        'an account that is no longer active has no session');
SELECT is(as_web(NULL, format('SELECT session_create(%s, %L)', :alder_owner, token_of('late'))),
        'false', 'and gets none');
SELECT isnt_empty('SELECT FROM audit WHERE act IN (''session.start'', ''session.end'')',
        'all of it is in the audit');
SELECT finish();
ROLLBACK;
