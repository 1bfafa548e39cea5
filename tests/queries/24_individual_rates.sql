-- A rate above the ceiling: for a specialist package as it stands, decided
-- once, by another person, and gone by until the package changes.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

CREATE FUNCTION propose(council bigint, package bigint, pay bigint, account bigint)
RETURNS text LANGUAGE sql AS $$
SELECT format('INSERT INTO individual_rate (council_id, package_id,'
    ' package_version, pay_pence, travel_pence, supervision_pence,'
    ' overhead_pence, ceiling_pence, reason, proposed_by_id) SELECT %s, id,'
    ' version, %s, 100, 100, 100, 2192, ''x'', %s FROM package WHERE id = %s',
    council, pay, account, package)
$$;
CREATE FUNCTION decide(new_state text, account bigint, note text) RETURNS text
LANGUAGE sql AS $$
SELECT format('UPDATE individual_rate SET state = %L, decided_by_id = %s,'
    ' decided_at = clock_now(), decision_note = %L WHERE state = ''proposed''',
    new_state, account, note)
$$;

SELECT is(as_web('broker@east.test', propose(:east, :east_package, 2500, :east_broker)),
        '23001', 'not for a package of ordinary care');
UPDATE package SET complexity = 'specialist', complexity_reason = 'a nurse';
SELECT is(as_web('broker@east.test', propose(:east, :west_package, 2500, :east_broker)),
        '0', 'nor for one of another council');
SELECT is(as_web('broker@east.test', propose(:east, :east_package, 1892, :east_broker)),
        '23514', 'nor at the ceiling itself');
SELECT is(as_web('broker@east.test', propose(:east, :east_package, 2500, :east_broker)),
        '1', 'but above it');
SELECT is(as_web('broker@east.test', propose(:east, :east_package, 2600, :east_broker)),
        '23505', 'one waits at a time');
SELECT is(hourly_pence, 2800::bigint, 'it is the sum of its parts')
  FROM individual_rate;
SELECT is(individual_rate_in_force(:east, :east_package), NULL::bigint,
        'a proposal is not gone by');
SELECT is(as_web('broker@west.test', 'SELECT count(*) FROM individual_rate'), '0',
        'another council sees none of it');
SELECT is(as_web('owner@alder.test', 'SELECT count(*) FROM individual_rate'), '0',
        'nor does a provider that was asked');
SELECT is(as_web('broker@west.test', decide('cancelled', :west_broker, '')), '0',
        'and cannot decide');
SELECT is(as_web('broker@east.test', decide('approved', :east_broker, 'x')), '23514',
        'nobody approves an own proposal');
SELECT is(as_web('admin@east.test', decide('approved', :east_admin, '')), '23514',
        'nor without a reason');
SELECT is(as_web('admin@east.test', decide('approved', :east_admin, 'x')), '1',
        'another does with one');
SELECT is(individual_rate_in_force(:east, :east_package), id,
        'then it is gone by') FROM individual_rate;
SELECT is(as_role('hearth_jobs', NULL, format(
        'SELECT individual_rate_in_force(%s, %s)', :east, :east_package)), id::text,
        'by jobs too') FROM individual_rate;
SELECT is(as_web('admin@east.test', 'UPDATE individual_rate SET state = ''refused'''),
        '23001', 'what is decided stays');
SELECT is(as_web('broker@east.test', 'DELETE FROM individual_rate'), '42501',
        'and is not removed');
UPDATE package SET version = version + 1 WHERE id = :east_package;
SELECT is(individual_rate_in_force(:east, :east_package), NULL::bigint,
        'a new version of the package asks anew');
SELECT is(as_web('broker@east.test', propose(:east, :east_package, 2600, :east_broker)),
        '1', 'which it can');
SELECT is(as_web('broker@east.test',
        'UPDATE individual_rate SET pay_pence = 9000 WHERE state = ''proposed'''),
        '23001', 'what was proposed stays as it was costed');
UPDATE package SET version = version + 1 WHERE id = :east_package;
SELECT is(as_web('admin@east.test', decide('approved', :east_admin, 'x')), '23001',
        'what has lapsed is not approved');
SELECT is(as_web('admin@east.test', decide('refused', :east_admin, 'x')), '1',
        'but can be refused');
SELECT finish();
ROLLBACK;
