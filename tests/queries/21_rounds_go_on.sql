-- Who has had their turn in a package's offers, and what a round may say of
-- how it went on.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

-- The chain, in one word each: "alder=asked birch=declined".
CREATE FUNCTION chain(council bigint, package bigint) RETURNS text
LANGUAGE sql AS $$
SELECT coalesce(string_agg(split_part(lower(o.name), ' ', 2) || '='
    || concat_ws('+', CASE WHEN c.is_asked THEN 'asked' END,
        CASE WHEN c.has_declined THEN 'declined' END,
        nullif(c.left_out_reason, '')), ' ' ORDER BY o.name), '')
  FROM round_chain(council, package) c
  JOIN organisation o ON o.id = c.organisation_id
$$;
-- Another round that followed by itself, with one line and no offer.
CREATE FUNCTION round_follow(council bigint, organisation bigint,
    asked boolean, reason text, again boolean) RETURNS void
LANGUAGE sql AS $$
UPDATE offer_round SET settled_at = clock_now(), outcome = 'nobody'
 WHERE council_id = council AND settled_at IS NULL;
WITH followed AS (
    INSERT INTO offer_round (council_id, package_id, number, package_version,
        policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
        start_wanted_at, is_follow_up, again_count)
    SELECT r.council_id, r.package_id, r.number + 1, r.package_version,
           r.policy_council_id, r.policy_version_id, 'tier', 'ranked',
           r.sent_at, r.reply_by, r.start_wanted_at, true,
           r.again_count + again::integer
      FROM offer_round r WHERE r.council_id = council
     ORDER BY r.number DESC LIMIT 1
    RETURNING council_id, id)
INSERT INTO match_line (council_id, round_id, position, organisation_id,
    organisation_name, is_eligible, reason, is_asked, left_out_reason)
SELECT f.council_id, f.id, 1, organisation, 'x', true, 'x', asked, reason
  FROM followed f
$$;
SELECT is(chain(:east, :east_package), 'alder=asked birch=asked',
        'whoever was asked has had a turn');
UPDATE offer SET state = 'declined', replied_at = sent_at,
    decline_reason_id = (SELECT min(id) FROM care_term WHERE kind = 'decline_reason')
 WHERE id = :birch_offer;
SELECT is(chain(:east, :east_package), 'alder=asked birch=asked+declined',
        'a decline is told');
UPDATE offer SET state = 'accepted', replied_at = sent_at,
    start_offered_at = start_wanted_at WHERE id = :alder_offer;
UPDATE offer SET result = 'withdrawn_by_provider' WHERE id = :alder_offer;
SELECT is(chain(:east, :east_package),
        'alder=asked+declined birch=asked+declined',
        'an acceptance taken back counts as one');
SELECT round_follow(:east, :cedar, false, 'too far', false);
SELECT is(chain(:east, :east_package),
        'alder=asked+declined birch=asked+declined cedar=too far',
        'and so does who was left out');
SELECT round_follow(:east, :cedar, true, '', true);
SELECT is(chain(:east, :east_package),
        'alder=declined birch=declined cedar=asked+too far',
        'when offers start again, only who declined or was left out stays out');
SELECT is(as_web('broker@east.test', format(
        'SELECT count(*) FROM round_chain(%s, %s)', :east, :east_package)), '3',
        'the council sees its chain');
SELECT is(as_web('broker@west.test', format(
        'SELECT count(*) FROM round_chain(%s, %s)', :east, :east_package)), '0',
        'another council does not');
SELECT is(as_web('owner@cedar.test', format(
        'SELECT count(*) FROM round_chain(%s, %s)', :east, :east_package)), '0',
        'nor does a provider');
SELECT is(as_role('hearth_jobs', NULL, format(
        'SELECT count(*) FROM round_chain(%s, %s)', :east, :east_package)), '3',
        'jobs do');

SELECT throws_ok(format('UPDATE offer_round SET went_on_at = clock_now(),'
        ' went_on_by_id = %s', :east_broker), '23514', NULL,
        'nobody goes on who was not asked');
SELECT throws_ok('UPDATE offer_round SET broker_asked_at = clock_now(),'
        ' went_on_at = clock_now()', '23514', NULL, 'and not without a name');
SELECT lives_ok(format('UPDATE offer_round SET broker_asked_at = clock_now(),'
        ' went_on_at = clock_now(), went_on_by_id = %s', :east_broker),
        'a broker who was asked does');
SELECT throws_ok('UPDATE offer_round SET went_on_by_id = -1', '23503', NULL,
        'and is somebody');
SELECT lives_ok(format('INSERT INTO task (council_id, kind) VALUES'
        ' (%s, ''no_reply'')', :east), 'it is a task until then');
SELECT finish();
ROLLBACK;
