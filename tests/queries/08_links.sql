-- Links in mails: reset and invitation.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();
\set next '$argon2id$v=19$m=19456,t=2,p=1$bmV4dA$bmV4dA'
CREATE FUNCTION look(name text) RETURNS text LANGUAGE sql AS $$
SELECT as_web(NULL, format('SELECT concat_ws('' '', state, kind, has_password)'
    ' FROM token_look(%L)', token_of(name)))
$$;
CREATE FUNCTION use(name text, hash text) RETURNS text LANGUAGE sql AS $$
SELECT as_web(NULL, format('SELECT token_use(%L, %L)', token_of(name), hash))
$$;

SELECT is(as_web(NULL, format('SELECT account_id FROM reset_create(''Broker@east.test'','
        ' ''192.0.2.1'', %L)', token_of('r1'))), :'east_broker', 'a reset for a known e-mail');
SELECT is(as_web(NULL, format('SELECT coalesce(account_id, 0) || '' '' || wait_seconds FROM'
        ' reset_create(''nobody@east.test'', ''192.0.2.1'', %L)', token_of('r2'))), '0 0',
        'none for an unknown one, and no other sign of it');
SELECT is(look('r1'), 'live reset t', 'the link is live');
SELECT is(look('r2'), 'absent', 'there is no other');
SELECT is_empty('SELECT FROM vault.single_use_token WHERE token_hash = ''r1''::bytea',
        'what is kept is a hash');
UPDATE test_clock SET moved_by = '30 minutes';
SELECT is(look('r1'), 'expired reset t', 'after 30 minutes it has expired');
SELECT is(use('r1', :'next'), NULL, 'and does nothing');
UPDATE test_clock SET moved_by = '29 minutes';
SELECT is(use('r1', :'next'), :'east_broker', 'in time it sets the password');
SELECT is(hash, :'next', 'which is there') FROM vault.credential WHERE account_id = :east_broker;
UPDATE test_clock SET moved_by = '0';
SELECT is(as_web(NULL, format('SELECT state FROM session_begin(%L)', token_of('broker@east.test'))),
        'ended', 'every session has ended');
SELECT is(look('r1'), 'used reset t', 'used');
SELECT is(use('r1', :'phc'), NULL, 'works once');
SELECT as_web(NULL, format('SELECT account_id FROM reset_create(''broker@west.test'','
        ' ''192.0.2.1'', %L)', token_of(t))) AS n FROM unnest(ARRAY['r3', 'r4']) AS t;
SELECT is(use('r3', :'next'), :'west_broker', 'of two links one is used');
SELECT is(use('r4', :'phc'), NULL, 'then the other is gone too');

-- Invitations.
SELECT is(as_web('broker@east.test', format('SELECT account_invite(''new@east.test'', ''Nia New'','
        ' ''broker'', %s, NULL, %L)', :east, token_of('i0'))), NULL, 'a broker invites nobody');
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite(''New@east.test'', ''Nia New'','
        ' ''broker'', %s, NULL, %L)', :east, token_of('i1'))), NULL, 'an administrator invites into the council');
SELECT is(as_web('admin@east.test', format('SELECT account_invite(''new@east.test'', ''Nia New'','
        ' ''broker'', %s, NULL, %L)', :west, token_of('i0'))), NULL, 'but into no other');
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite(''n@alder.test'', ''Nel New'','
        ' ''provider_owner'', NULL, %s, %L)', :alder, token_of('i2'))), NULL, 'and a provider on its framework');
SELECT is(as_web('admin@east.test', format('SELECT account_invite(''n@cedar.test'', ''Nel New'','
        ' ''provider_owner'', NULL, %s, %L)', :cedar, token_of('i0'))), NULL, 'but no other');
SELECT isnt(as_web('owner@alder.test', format('SELECT account_invite(''m@alder.test'', ''Mo New'','
        ' ''provider_manager'', NULL, %s, %L)', :alder, token_of('i3'))), NULL, 'a provider owner invites colleagues');
SELECT is(as_web('owner@alder.test', format('SELECT account_invite(''m@birch.test'', ''Mo New'','
        ' ''provider_manager'', NULL, %s, %L)', :birch, token_of('i0'))), NULL, 'but nobody to a rival');
SELECT is(as_web('admin@east.test', format('SELECT account_invite(''m@east.test'', ''Mo New'','
        ' ''provider_owner'', %s, NULL, %L)', :east, token_of('i0'))), '23503', 'a provider''s role is none of a council');
SELECT is(look('i1'), 'live invitation f', 'the invitation is live');
UPDATE test_clock SET moved_by = '7 days';
SELECT is(look('i1'), 'expired invitation f', 'for seven days');
UPDATE test_clock SET moved_by = '6 days';
SELECT is(use('i1', NULL), NULL, 'a first password is needed');
SELECT isnt(use('i1', :'phc'), NULL, 'which accepts it');
SELECT is(count(*), 1::bigint, 'the membership has started') FROM membership m JOIN account a ON a.id = m.account_id
 WHERE a.email = 'new@east.test' AND m.started_at IS NOT NULL;
UPDATE test_clock SET moved_by = '0';

-- An invitation to someone who has a password never touches it.
SELECT isnt(as_web('admin@east.test', format('SELECT account_invite(''owner@cedar.test'', ''Someone'','
        ' ''auditor'', %s, NULL, %L)', :east, token_of('i4'))), NULL, 'a known e-mail is invited the same');
SELECT is(look('i4'), 'live invitation t', 'and has a password');
SELECT is(as_web('owner@cedar.test', 'SELECT count(*) FROM membership WHERE started_at IS NULL'), '1',
        'the membership waits');
SELECT is(as_web('owner@cedar.test', format('SELECT session_switch(%L, (SELECT id FROM membership'
        ' WHERE started_at IS NULL))', token_of('owner@cedar.test'))), 'false', 'and cannot be used');
SELECT is(use('i4', :'next'), :'cedar_owner', 'it is accepted');
SELECT is(hash, :'phc', 'the password is what it was') FROM vault.credential WHERE account_id = :cedar_owner;
SELECT finish();
ROLLBACK;
