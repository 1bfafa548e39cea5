-- The key-safe note: for those who go there now, and every look is kept.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();
SELECT is(as_web('broker@east.test', format('SELECT key_safe_set(%s, ''Left of the door, 1234'')', :east_person)),
        'true', 'the council keeps a note');
SELECT is(as_web('broker@west.test', format('SELECT key_safe_set(%s, ''x'')', :east_person)),
        'false', 'of its own people only');
SELECT is(as_web('owner@alder.test', format('SELECT key_safe_set(%s, ''x'')', :east_person)),
        'false', 'a provider keeps none');
CREATE FUNCTION note(email text, council bigint, person bigint) RETURNS text LANGUAGE sql AS $$
SELECT as_web(email, format('SELECT key_safe_has(%s, %s) || '' '' || coalesce(key_safe_read(%1$s, %2$s), ''-'')',
    council, person))
$$;
SELECT is(note('broker@east.test', :east, :east_person), 'true Left of the door, 1234', 'the council reads it');
SELECT is(note('broker@west.test', :east, :east_person), 'false -', 'another council does not');
SELECT is(note('owner@alder.test', :east, :east_person), 'false -', 'nor a provider with an offer');
SELECT is(note(NULL, :east, :east_person), 'false -', 'nor nobody');
SELECT place(:alder) AS placement \gset
SELECT is(note('owner@alder.test', :east, :east_person), 'true Left of the door, 1234',
        'the provider with the placement does');
SELECT is(note('owner@birch.test', :east, :east_person), 'false -', 'the other does not');
SELECT results_eq('SELECT account_id FROM audit WHERE act = ''key_safe.view'' ORDER BY id',
        ARRAY[:east_broker::bigint, :alder_owner::bigint], 'each look is in the audit');
SELECT is(count(*), 2::bigint, 'of the council') FROM audit WHERE act = 'key_safe.view' AND council_id = :east;
SELECT is_empty('SELECT FROM audit WHERE detail::text LIKE ''%1234%''', 'without the code');
UPDATE placement SET state = 'ended', ended_at = clock_now() WHERE id = :placement;
SELECT is(note('owner@alder.test', :east, :east_person), 'false -', 'after the end no longer');
SELECT is(as_web('broker@east.test', format('SELECT key_safe_set(%s, '' '')', :east_person)), 'true', 'emptied');
SELECT is(note('broker@east.test', :east, :east_person), 'false -', 'it is gone');
SELECT finish();
ROLLBACK;
