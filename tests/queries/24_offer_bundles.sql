-- Bundles of offers: who sees them, and the walls around them.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();

-- A second package of East that waits, with a round of its own, and the offers
-- to Alder of both in one bundle.
INSERT INTO package (council_id, person_id, state, framework_council_id,
    framework_id, funding_id, service_kind_id, group_id, sector, area_id,
    rurality, urgency, start_wanted_at, waiting_since, wait_reason,
    weekly_minutes)
SELECT council_id, person_id, 'waiting', framework_council_id, framework_id,
       funding_id, service_kind_id, group_id, sector, area_id, rurality,
       urgency, start_wanted_at, waiting_since, wait_reason, weekly_minutes
  FROM package WHERE council_id = :east AND id = :east_package
RETURNING id AS second_package \gset
INSERT INTO package_version (council_id, package_id, version, document)
SELECT :east, :second_package, version, document FROM package_version
 WHERE council_id = :east AND package_id = :east_package;
INSERT INTO offer_round (council_id, package_id, number, package_version,
    policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
    start_wanted_at)
SELECT council_id, :second_package, 1, package_version, policy_council_id,
       policy_version_id, wave, winner, sent_at, reply_by, start_wanted_at
  FROM offer_round WHERE council_id = :east AND id = :east_round
RETURNING id AS second_round \gset
SELECT b.id AS bundle, b.reference FROM offer_bundle b
 WHERE b.council_id = :east AND b.organisation_id = :alder \gset
SET session_replication_role = replica;
UPDATE offer SET bundle_id = :bundle WHERE id = :alder_offer;
SET session_replication_role = origin;
INSERT INTO offer (council_id, package_id, round_id, organisation_id,
    member_council_id, member_id, package_version, position, sent_at, reply_by,
    start_wanted_at, weekly_minutes, bundle_id)
SELECT council_id, :second_package, :second_round, organisation_id,
       member_council_id, member_id, package_version, position, sent_at,
       reply_by, start_wanted_at, weekly_minutes, :bundle
  FROM offer WHERE id = :alder_offer
RETURNING id AS second_offer \gset

SELECT is(as_web(email, format(
        'SELECT count(*) FROM offer_bundle WHERE id = %s', :bundle)),
        CASE WHEN sees THEN '1' ELSE '0' END, email || ' and the bundle')
  FROM (VALUES ('broker@east.test', true), ('owner@alder.test', true),
      ('owner@birch.test', false), ('owner@cedar.test', false),
      ('broker@west.test', false), ('broker@nhs.test', false))
      AS who (email, sees);
SELECT is(as_web(NULL, 'SELECT count(*) FROM offer_bundle'), '0',
        'without a session there is none');
SELECT is(as_web(email, format('INSERT INTO offer_bundle (council_id,'
        ' organisation_id, member_council_id, member_id, sent_at)'
        ' SELECT council_id, organisation_id, member_council_id, member_id,'
        ' sent_at FROM offer WHERE id = %s', :alder_offer)), result,
        email || ' makes a bundle')
  FROM (VALUES ('broker@east.test', '1'), ('owner@alder.test', '42501'))
      AS who (email, result);
SELECT is(as_web('broker@east.test', format(
        'UPDATE offer_bundle SET sent_at = sent_at WHERE id = %s', :bundle)),
        '42501', 'a bundle is never changed');
SELECT is(as_web('broker@east.test', format(
        'UPDATE offer SET bundle_id = NULL WHERE id = %s', :alder_offer)),
        '23001', 'an offer never leaves its bundle');
SELECT is(as_web('broker@east.test', format(
        'UPDATE offer SET bundle_id = %s WHERE id = %s', :bundle,
        :birch_offer)), '23001', 'and none joins it later');
SELECT throws_ok(format('INSERT INTO offer (council_id, package_id, round_id,'
        ' organisation_id, member_council_id, member_id, package_version,'
        ' position, sent_at, reply_by, start_wanted_at, weekly_minutes,'
        ' bundle_id) SELECT council_id, package_id, %s, %s,'
        ' member_council_id, member_id, package_version, 2, sent_at, reply_by,'
        ' start_wanted_at, weekly_minutes, %s FROM offer WHERE id = %s',
        :second_round, :cedar, :bundle, :alder_offer), '23503', NULL,
        'a bundle goes to one provider');

-- One lock for all that is open together.
SELECT bag_eq(format('SELECT DISTINCT unnest(packages_together(%s,'
        ' ARRAY[%s::bigint]))', :east, :second_package),
        format('VALUES (%s::bigint), (%s)', :east_package, :second_package),
        'the packages of an open bundle are locked together');
SELECT bag_eq(format('SELECT unnest(packages_together(%s,'
        ' ARRAY[%s::bigint]))', :west, :west_package),
        format('VALUES (%s::bigint)', :west_package),
        'a package by itself is locked alone');
SELECT lives_ok(format('SELECT package_lock(%s, ARRAY[%s::bigint])', :east,
        :east_package), 'the lock is taken');

-- All or none, at the end of the transaction.
CREATE FUNCTION offers_end(offers bigint[], new_state text) RETURNS text
LANGUAGE plpgsql AS $$
BEGIN
	UPDATE offer SET state = new_state, replied_at = sent_at,
	       start_offered_at = start_wanted_at,
	       decline_reason_id = (SELECT min(id) FROM care_term
	           WHERE kind = 'decline_reason')
	 WHERE id = ANY (offers);
	SET CONSTRAINTS ALL IMMEDIATE;
	RAISE EXCEPTION 'undone';
EXCEPTION WHEN restrict_violation THEN
	RETURN 'refused';
WHEN raise_exception THEN
	RETURN 'kept';
END
$$;
SELECT is(offers_end(ARRAY[:alder_offer], 'accepted'), 'refused',
        'one of a bundle is not accepted by itself');
SELECT is(offers_end(ARRAY[:second_offer], 'declined'), 'refused',
        'nor declined');
SELECT is(offers_end(ARRAY[:alder_offer, :second_offer], 'accepted'), 'kept',
        'all are accepted');
SELECT is(offers_end(ARRAY[:alder_offer, :second_offer], 'declined'), 'kept',
        'or all declined');
SELECT is(offers_end(ARRAY[:birch_offer], 'accepted'), 'kept',
        'an offer by itself is nobody''s matter');

-- What is settled is locked by itself again.
UPDATE offer_round SET settled_at = clock_now(), outcome = 'nobody'
 WHERE id = :second_round;
SELECT bag_eq(format('SELECT unnest(packages_together(%s,'
        ' ARRAY[%s::bigint]))', :east, :second_package),
        format('VALUES (%s::bigint)', :second_package),
        'a bundle that is over locks nobody');
SELECT * FROM finish();
ROLLBACK;
