-- The audit only grows, and what is done to it behind our back shows.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();

SELECT is(as_web('broker@east.test', 'SELECT audit_add(''package.change'','
        ' ''package'', ''C00000000'', ''{"version": 2}'')'), NULL, 'an act is recorded');
SELECT is(concat_ws(' ', council_id, account_id, organisation_id, act, detail),
        concat_ws(' ', :east, :east_broker, 'package.change', '{"version": 2}'),
        'for the council and account of the session')
  FROM audit WHERE object_reference = 'C00000000';
SELECT is(as_web('broker@east.test', format('SELECT audit_add(''a.b'', ''package'','
        ' ''C00000001'', ''{}'', %s)', :west)), NULL, 'a council names another council');
SELECT is(council_id, :east::bigint, 'and is not believed')
  FROM audit WHERE object_reference = 'C00000001';
SELECT is(as_web('owner@alder.test', format('SELECT audit_add(''person.view'','
        ' ''person'', ''S00000000'', ''{}'', %s)', :east)), NULL, 'a provider looks');
SELECT is(concat_ws(' ', council_id, account_id, organisation_id),
        concat_ws(' ', :east, :alder_owner, :alder), 'which the council can read')
  FROM audit WHERE object_reference = 'S00000000';
SELECT is(as_web('broker@east.test', statement), '42501', statement)
  FROM unnest(ARRAY['INSERT INTO audit (act, object_kind) VALUES (''a'', ''b'')',
      'UPDATE audit SET act = ''x''', 'DELETE FROM audit', 'TRUNCATE audit']) AS statement;
SELECT throws_ok(statement, '42501', 'the audit is append-only', 'even the superuser: ' || statement)
  FROM unnest(ARRAY['UPDATE audit SET act = ''x''', 'DELETE FROM audit',
      'TRUNCATE audit CASCADE', 'DELETE FROM vault.audit_seal',
      'UPDATE vault.audit_sealed_row SET seal_id = 1']) AS statement;

SELECT isnt(as_role('hearth_jobs', NULL, 'SELECT audit_seal_batch(4)'), '0', 'a first batch');
SELECT isnt(as_role('hearth_jobs', NULL, 'SELECT audit_seal_batch()'), '0', 'a second batch');
SELECT is(as_role('hearth_jobs', NULL, 'SELECT audit_seal_batch()'), '0', 'nothing is left');
SELECT is_empty('SELECT * FROM vault.audit_unsealed', 'no row waits');
SELECT is_empty('SELECT * FROM audit_verify()', 'the audit is whole');
SELECT is((SELECT count(*) FROM audit_head() WHERE council_id IN (:east, :west)), 2::bigint,
        'each council has its chain');

-- A row that commits later with a smaller id is sealed all the same.
INSERT INTO audit (id, council_id, act, object_kind) OVERRIDING SYSTEM VALUE
    VALUES (-1, :east, 'late.row', 'package');
INSERT INTO vault.audit_unsealed VALUES (-1);
SELECT is(audit_seal_batch(), 1::bigint, 'a late row with a small id is sealed');
SELECT is_empty('SELECT * FROM audit_verify()', 'and the audit is whole');

INSERT INTO audit (council_id, act, object_kind) VALUES (:east, 'secret.row', 'package');
SELECT is_empty('SELECT * FROM audit_verify()', 'a fresh row may wait');
UPDATE test_clock SET moved_by = '61 seconds';
SELECT results_eq('SELECT council_id, problem FROM audit_verify()',
        format('VALUES (%s::bigint, ''unsealed for over a minute'')', :east),
        'an old one without a seal is reported');

-- tampered(statements): what audit_verify() says after someone with the
-- machine in hand has run them, triggers off; nothing of it stays.
CREATE FUNCTION tampered(VARIADIC statements text[]) RETURNS text[]
LANGUAGE plpgsql AS $$
DECLARE
	statement text;
	problems text[];
BEGIN
	FOREACH statement IN ARRAY statements LOOP
		EXECUTE statement;
	END LOOP;
	SELECT array_agg(DISTINCT coalesce(council_id::text, 'all') || ': ' || problem)
	  INTO problems FROM audit_verify();
	RAISE EXCEPTION USING ERRCODE = 'HT000', MESSAGE = coalesce(problems, '{}')::text;
EXCEPTION WHEN SQLSTATE 'HT000' THEN
	RETURN SQLERRM::text[];
END
$$;
SET session_replication_role = replica;
INSERT INTO vault.audit_unsealed SELECT max(id) FROM audit;
SELECT audit_seal_batch() AS sealed \gset
SELECT is(tampered('SELECT'), '{}'::text[], 'untouched, it is whole');
SELECT is(tampered('UPDATE audit SET detail = ''{"version": 3}'' WHERE object_reference = ''C00000000'''),
        ARRAY[:'east' || ': a row under this seal was changed'], 'a changed row is found');
SELECT is(tampered('UPDATE audit SET at = at + interval ''1 microsecond'' WHERE object_reference = ''C00000000'''),
        ARRAY[:'east' || ': a row under this seal was changed'], 'by a microsecond');
SELECT ok('all: the row or its seal is gone' = ANY (tampered(
        'DELETE FROM audit WHERE object_reference = ''C00000000''')), 'a deleted row is found');
SELECT is(tampered('DELETE FROM audit WHERE object_reference = ''C00000000''',
        'DELETE FROM vault.audit_sealed_row r WHERE NOT EXISTS (SELECT FROM audit a WHERE a.id = r.audit_id)'),
        ARRAY[:'east' || ': rows under this seal are missing or added'], 'with its place in the map too');
SELECT ok(:'west' || ': the row is under another council''s seal' = ANY (tampered(format(
        'UPDATE audit SET council_id = %s WHERE object_reference = ''C00000000''', :west))),
        'a row moved to another council is found');
SELECT ok(:'east' || ': a seal before this one is missing' = ANY (tampered(
        format('DELETE FROM vault.audit_sealed_row WHERE seal_id IN (SELECT id FROM vault.audit_seal WHERE chain = %s AND number = 1)', :east),
        'DELETE FROM audit WHERE id NOT IN (SELECT audit_id FROM vault.audit_sealed_row)',
        format('DELETE FROM vault.audit_seal WHERE chain = %s AND number = 1', :east))),
        'a removed batch is found');
SELECT ok(tampered(format('UPDATE vault.audit_seal SET number = number + 100 WHERE chain = %s AND number > 1', :east))
        <> '{}', 'a renumbered chain is found');
SELECT ok('all: rows under this seal are missing or added' = ANY (tampered(
        format('DELETE FROM vault.audit_sealed_row WHERE seal_id IN (SELECT id FROM vault.audit_seal WHERE chain = %s)', :west),
        format('DELETE FROM audit WHERE council_id = %s', :west),
        format('DELETE FROM vault.audit_seal WHERE chain = %s', :west))),
        'a whole chain that is gone is missed by the installation''s');
SELECT ok('all: a seal before this one is missing' = ANY (tampered(
        'DELETE FROM vault.audit_seal WHERE chain = -1 AND number = 1')),
        'so is a seal of the installation');
SET session_replication_role = origin;
SELECT finish();
ROLLBACK;
