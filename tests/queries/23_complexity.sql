-- How complex a package is stands in its version, the reason does not.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

SELECT is(package_document(:east, :east_package), document,
        'ordinary care is said as it was before')
  FROM package_version WHERE council_id = :east;
UPDATE package SET complexity = 'specialist', complexity_reason = 'a nurse'
 WHERE id = :east_package;
SELECT is(package_document(:east, :east_package) ->> 'complexity', 'specialist',
        'specialist care is said');
SELECT ok(package_document(:east, :east_package)::text NOT LIKE '%nurse%',
        'why is not');
SELECT throws_ok('UPDATE package SET complexity = ''rare''', '23514', NULL,
        'there are three kinds');
SELECT throws_ok('UPDATE package SET complexity = ''low_level'','
        ' complexity_reason = ''''', '23514', NULL, 'two of them with a reason');
SELECT throws_ok(format('UPDATE package SET complexity = ''ordinary'','
        ' complexity_reason = ''x'' WHERE id = %s', :east_package), '23514', NULL,
        'and one without');
SELECT finish();
ROLLBACK;
