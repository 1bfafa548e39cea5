-- settle_begin opens a round to those who have business there, and the walls
-- around offers and placements hold.
BEGIN;
\ir ../data/two_councils.sql
\ir ../data/clock.sql
SELECT no_plan();
\set reply 'UPDATE offer SET state = ''accepted'', replied_at = (SELECT clock_now()), start_offered_at = start_wanted_at WHERE council_id = tenant_council() AND organisation_id = tenant_organisation()'

CREATE FUNCTION settled(email text, council bigint, round bigint, statement text)
RETURNS text LANGUAGE sql AS $$
SELECT as_web(email, format('WITH RECURSIVE s AS MATERIALIZED'
    ' (SELECT * FROM settle_begin(%s, %s)) SELECT %s FROM s',
    council, round, statement))
$$;
SELECT is(settled('owner@cedar.test', :east, :east_round,
        'coalesce(package_id::text, ''none'') || '' '' || tenant_scope()'),
        'none provider', 'a provider that was not asked is refused and stays where it is');
SELECT is(settled('broker@west.test', :east, :east_round,
        'coalesce(package_id::text, ''none'') || '' '' || tenant_council()'),
        'none ' || :west, 'another council is refused');
SELECT is(settled(NULL, :east, :east_round, 'coalesce(package_id::text, ''none'')'),
        'none', 'without a session it is refused');
SELECT is(settled('owner@alder.test', :east, :west_round,
        'coalesce(package_id::text, ''none'')'), 'none', 'a round that is not there');
SELECT is(settled('owner@alder.test', :east, :east_round,
        'package_id || '' '' || tenant_scope() || '' '' || tenant_council()'),
        :east_package || ' settle ' || :east, 'a provider that was asked is let in');
SELECT is(settled('broker@east.test', :east, :east_round, 'package_id'),
        :'east_package', 'the council is let in');
SELECT is(as_role('hearth_jobs', NULL, format(
        'SELECT package_id FROM settle_begin(%s, %s)', :west, :west_round)),
        :'west_package', 'jobs are let in');
SELECT is(as_web('owner@alder.test', 'SELECT settle_end()'), 'P0001',
        'there is no end without a beginning');

-- as_web runs one statement, so a reply here is a function of the test's.
CREATE FUNCTION reply(council bigint, round bigint, statement text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	changed bigint;
	inside bigint;
BEGIN
	PERFORM settle_begin(council, round);
	SELECT count(*) INTO inside FROM offer;
	EXECUTE statement;
	GET DIAGNOSTICS changed = ROW_COUNT;
	PERFORM settle_end();
	RETURN format('%s of %s, then %s in %s', changed, inside,
	    (SELECT count(*) FROM offer), tenant_scope());
END
$$;
SELECT is(as_web('owner@alder.test', format('SELECT reply(%s, %s, %L)', :east,
        :east_round, :'reply')), '1 of 2, then 1 in provider',
        'inside the council''s rows are seen, afterwards the own ones only');

-- Who settles needs no person, so none is there, for either side.
CREATE FUNCTION persons_inside(council bigint, round bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	inside text;
BEGIN
	PERFORM settle_begin(council, round);
	SELECT (SELECT count(*) FROM package) || ' ' || (SELECT count(*) FROM person)
	    || (SELECT count(*) FROM person_contact)
	    || (SELECT count(*) FROM care_address) INTO inside;
	PERFORM settle_end();
	RETURN inside || ' ' || (SELECT count(*) FROM person);
END
$$;
SELECT is(as_web('owner@alder.test', format('SELECT persons_inside(%s, %s)', :east,
        :east_round)), '1 000 0', 'a provider settling sees the package, no person');
SELECT is(as_web('broker@east.test', format('SELECT persons_inside(%s, %s)', :east,
        :east_round)), '1 000 1', 'the council its people again afterwards');

-- What was said stays said.
SELECT throws_ok(format('UPDATE offer SET state = ''declined'' WHERE id = %s',
        :alder_offer), '23001', NULL, 'an acceptance does not become a refusal');
SELECT lives_ok(format('UPDATE offer SET result = ''chosen'' WHERE id = %s',
        :alder_offer), 'it is chosen');
SELECT throws_ok(format('UPDATE offer SET result = ''not_selected'' WHERE id = %s',
        :alder_offer), '23001', NULL, 'chosen stays');
SELECT lives_ok(format('UPDATE offer SET result = ''withdrawn_by_provider'' WHERE id = %s',
        :alder_offer), 'unless the provider withdraws');
SELECT throws_ok(format('UPDATE offer SET result = ''chosen'' WHERE id = %s',
        :alder_offer), '23001', NULL, 'which is final');

-- The reply time, by the database's clock.
UPDATE test_clock SET moved_by = '119 minutes 50 seconds';
SELECT is(offer_state(state, reply_by, clock_now()), 'sent', 'still open')
  FROM offer WHERE id = :birch_offer;
UPDATE test_clock SET moved_by = '2 hours';
SELECT is(offer_state(state, reply_by, clock_now()), 'no_reply', 'no reply')
  FROM offer WHERE id = :birch_offer;
SELECT is(offer_state('sent', reply_by, reply_by), 'no_reply',
        'the last instant is already too late') FROM offer WHERE id = :birch_offer;
SELECT is(offer_state(s, '-infinity', clock_now()), s, s || ' does not expire')
  FROM unnest(ARRAY['accepted', 'declined', 'withdrawn']) AS s;
SELECT throws_ok('UPDATE offer SET state = ''' || s || ''', replied_at = sent_at,'
        ' start_offered_at = sent_at, decline_reason_id = 1 WHERE id = ' || :birch_offer,
        '40001', NULL, 'an expired offer cannot become ' || s)
  FROM unnest(ARRAY['accepted', 'declined', 'withdrawn']) AS s;
UPDATE test_clock SET moved_by = '0';

-- One live placement for a package; capacity is used up and given back.
SELECT place(:birch) AS placement \gset
SELECT throws_ok('SELECT place(' || :alder || ')', '23505', NULL,
        'a second placement is impossible');
SELECT is(spare_minutes, 180, 'the placement took its minutes')
  FROM framework_member WHERE council_id = :east AND organisation_id = :birch;
SELECT ok(last_award_at IS NOT NULL, 'and counts as the last award')
  FROM framework_member WHERE council_id = :east AND organisation_id = :birch;
UPDATE placement SET weekly_minutes = 900 WHERE id = :placement;
SELECT is(m.spare_minutes || ' ' || p.spare_taken_minutes, '0 600',
        'more than there is takes what there is')
  FROM framework_member m, placement p
 WHERE m.council_id = :east AND m.organisation_id = :birch AND p.id = :placement;
UPDATE placement SET state = 'suspended' WHERE id = :placement;
SELECT is(spare_minutes, 0, 'a suspension gives nothing back')
  FROM framework_member WHERE council_id = :east AND organisation_id = :birch;
UPDATE placement SET state = 'ended', ended_at = clock_now() WHERE id = :placement;
SELECT is(spare_minutes, 600, 'an ending gives back what was taken')
  FROM framework_member WHERE council_id = :east AND organisation_id = :birch;
SELECT is(last_award_at, NULL, 'an award that came to nothing does not count')
  FROM framework_member WHERE council_id = :east AND organisation_id = :birch;
SELECT throws_ok('UPDATE placement SET state = ''started'', ended_at = NULL WHERE id = '
        || :placement, '23001', NULL, 'an ended placement stays ended');
-- The provider of a placement that has ended finds nobody, on either side.
CREATE FUNCTION persons_of_placement(council bigint, placement bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	inside text;
	looked text := (SELECT count(*) FROM person) || ''
	    || (SELECT count(*) FROM person_contact)
	    || (SELECT count(*) FROM care_address);
BEGIN
	PERFORM placement_begin(council, placement);
	SELECT (SELECT count(*) FROM person) || '' || (SELECT count(*) FROM person_contact)
	    || (SELECT count(*) FROM care_address) INTO inside;
	PERFORM settle_end();
	RETURN looked || ' ' || inside;
END
$$;
SELECT is(as_web('owner@birch.test', format('SELECT persons_of_placement(%s, %s)',
        :east, :placement)), '000 000', 'the person is gone with the placement');
SELECT is(as_web('owner@birch.test', format('SELECT coalesce(key_safe_read(%s,'
        ' person_id), ''shut'') FROM placement WHERE id = %s', :east, :placement)),
        'shut', 'and so is the key safe');
SELECT lives_ok('SELECT place(' || :alder || ')', 'then another may be made');

SELECT throws_ok(format('INSERT INTO placement_request (council_id, package_id,'
        ' organisation_id, reason, starts_at, requested_by_id, state,'
        ' decided_by_id, decided_at) VALUES (%s, %s, %s, ''x'', clock_now(), %s,'
        ' ''approved'', %4$s, clock_now())', :east, :east_package, :alder,
        :east_broker), '23514', NULL, 'nobody approves an own request');
SELECT throws_ok('UPDATE policy_version SET document = ''{"a": 1}''', '23001', NULL,
        'a published policy version never changes');
SELECT finish();
ROLLBACK;
