-- What members of a framework care for: figures across councils, for those
-- who call off from it.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

CREATE FUNCTION used(email text, council bigint) RETURNS text
LANGUAGE sql AS $$
SELECT as_web(email, format('SELECT coalesce(string_agg(minutes || '' for '''
    ' || people, '', '' ORDER BY member_id), ''none'') FROM framework_use(%s,'
    ' (SELECT id FROM framework WHERE council_id = %1$s))', council))
$$;
SELECT is(used('broker@east.test', :east), 'none', 'nobody is cared for yet');
SELECT place(:birch) AS placement \gset
SELECT is(used('broker@east.test', :east), '420 for 1',
        'a placement uses minutes and counts its person');
SELECT is(as_web('broker@nhs.test', format('SELECT minutes FROM'
        ' framework_use(%s, %s)', :east, (SELECT framework_id FROM
        framework_member WHERE council_id = :east LIMIT 1))), '420',
        'a partner sees the figures of all');
SELECT is(as_web('broker@west.test', format('SELECT count(*) FROM'
        ' framework_use(%s, %s)', :east, (SELECT framework_id FROM
        framework_member WHERE council_id = :east LIMIT 1))), '0',
        'a stranger sees none, not even by its number');
SELECT is(as_web('owner@alder.test', format('SELECT count(*) FROM'
        ' framework_use(%s, %s)', :east, (SELECT framework_id FROM
        framework_member WHERE council_id = :east LIMIT 1))), '0',
        'nor does a provider');
UPDATE placement SET state = 'ended', ended_at = clock_now()
 WHERE id = :placement;
SELECT is(used('broker@east.test', :east), 'none', 'care that ended uses none');
SELECT throws_ok('UPDATE framework_member SET block_minutes = -1', '23514',
        NULL, 'block hours are not below nought');
SELECT throws_ok('UPDATE framework_member SET people_elsewhere = -1', '23514',
        NULL, 'nor are people');
SELECT finish();
ROLLBACK;
