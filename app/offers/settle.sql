-- Settling a round: what is read and written under the package's lock.

-- row settle_opening (package_id bigint?, now timestamptz?)

-- query settle_begin (council bigint, round bigint) one settle_opening
-- Opens the council's side of a round, locks the package, then reads the
-- clock. package_id is NULL for strangers, who see what they saw before.
SELECT package_id, now FROM settle_begin(:council, :round);

-- query placement_begin (council bigint, placement bigint) one settle_opening
-- The same for the council and the provider of a placement.
SELECT package_id, now FROM placement_begin(:council, :placement);

-- query settle_end () none
SELECT settle_end();

-- row round_now (id bigint, number integer, package_id bigint,
--   package_reference text, package_state text, policy_document text,
--   individual_pence bigint?, reply_by timestamptz, start_wanted_at timestamptz, is_settled boolean,
--   is_broker_asked boolean, goes_on boolean, again_count integer,
--   left_count bigint, again_left_count bigint)
-- left_count: eligible providers that nobody has asked or left out yet.
-- again_left_count: those that could be asked when the offers start again.

-- query round_now_by_id (council bigint, round bigint) one round_now
WITH chain AS MATERIALIZED (
    SELECT c.* FROM offer_round x
     CROSS JOIN LATERAL round_chain(x.council_id, x.package_id) c
     WHERE x.council_id = :council AND x.id = :round)
SELECT r.id, r.number, r.package_id, k.reference AS package_reference,
       k.state AS package_state, v.document::text AS policy_document,
       r.individual_pence, r.reply_by, r.start_wanted_at, r.settled_at IS NOT NULL AS is_settled,
       r.broker_asked_at IS NOT NULL AS is_broker_asked,
       r.went_on_at IS NOT NULL AS goes_on,
       r.again_count, lines.left_count, lines.again_left_count
  FROM offer_round r
  JOIN package k ON k.council_id = r.council_id AND k.id = r.package_id
  JOIN policy_version v ON v.council_id = r.policy_council_id
   AND v.id = r.policy_version_id
 CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.organisation_id IS NULL) AS left_count,
           count(*) FILTER (WHERE c.organisation_id IS NULL
               OR NOT (c.has_declined OR c.left_out_reason <> ''))
               AS again_left_count
      FROM match_line l
      LEFT JOIN (SELECT o.* FROM chain o
           WHERE o.is_asked OR o.has_declined OR o.left_out_reason <> '') AS c
        ON c.organisation_id = l.organisation_id
     WHERE l.council_id = r.council_id AND l.round_id = r.id
       AND l.is_eligible) AS lines
 WHERE r.council_id = :council AND r.id = :round;

-- row round_reply (id bigint, organisation_id bigint, position integer,
--   state text, result text, reply_by timestamptz, replied_at timestamptz?,
--   start_offered_at timestamptz?, introduced_at timestamptz?,
--   rate_pence bigint,
--   start_confirmed_at timestamptz?, last_awarded_at timestamptz?,
--   is_chosen boolean, fit_hundredths integer, quality_score integer,
--   distance_metres integer, line_rate_pence bigint,
--   weekly_price_pence bigint)
-- Figures are 0 where there are none.

-- query round_reply_list (council bigint, round bigint) many round_reply
SELECT o.id, o.organisation_id, o.position, o.state,
       coalesce(o.result, '') AS result, o.reply_by, o.replied_at,
       o.start_offered_at, o.introduced_at,
       coalesce(o.rate_pence, 0) AS rate_pence,
       o.start_confirmed_at, l.last_awarded_at,
       coalesce(l.is_chosen, false) AS is_chosen,
       coalesce(l.fit_hundredths, 0) AS fit_hundredths,
       coalesce(l.quality_score, 0) AS quality_score,
       coalesce(l.distance_metres, 0) AS distance_metres,
       coalesce(l.rate_pence, 0) AS line_rate_pence,
       coalesce(o.weekly_price_pence, 0) AS weekly_price_pence
  FROM offer o
  LEFT JOIN match_line l ON l.council_id = o.council_id
   AND l.round_id = o.round_id AND l.organisation_id = o.organisation_id
 WHERE o.council_id = :council AND o.round_id = :round
 ORDER BY o.position, o.id;

-- query offer_propose (council bigint, offer bigint, at timestamptz) none
UPDATE offer o SET result = 'proposed', result_at = :at
 WHERE o.council_id = :council AND o.id = :offer;

-- query round_finish_offers (council bigint, round bigint, winner bigint, at timestamptz, reason text) none
-- The winner is chosen, other acceptances are not, what is open is withdrawn.
-- winner 0: nobody. reason: what the others are told.
UPDATE offer o
   SET state = CASE o.state WHEN 'sent' THEN 'withdrawn' ELSE o.state END,
       result = CASE WHEN o.id = :winner THEN 'chosen'
           WHEN o.state = 'accepted' THEN 'not_selected' END,
       result_at = :at,
       result_reason = CASE WHEN o.id = :winner THEN '' ELSE :reason END
 WHERE o.council_id = :council AND o.round_id = :round
   AND ((o.state = 'sent' AND o.reply_by > :at) OR (o.state = 'accepted'
       AND (o.result IS NULL OR o.result = 'proposed')));

-- query round_points_keep (council bigint, offers bigint[], points bigint[]) none
UPDATE offer o SET points_hundredths = p.points
  FROM unnest(:offers::bigint[], :points::bigint[]) AS p (id, points)
 WHERE o.council_id = :council AND o.id = p.id;

-- query round_finish (council bigint, round bigint, at timestamptz, outcome text, ground text) none
UPDATE offer_round r
   SET settled_at = :at, outcome = :outcome, ground = :ground
 WHERE r.council_id = :council AND r.id = :round AND r.settled_at IS NULL;

-- query round_broker_ask (council bigint, round bigint, at timestamptz) none
-- From now on a broker decides how the round goes on.
UPDATE offer_round r SET broker_asked_at = :at
 WHERE r.council_id = :council AND r.id = :round
   AND r.broker_asked_at IS NULL;

-- query round_go_on (council bigint, round bigint, at timestamptz, account bigint) none
-- A broker has the next asked.
UPDATE offer_round r SET went_on_at = :at, went_on_by_id = :account
 WHERE r.council_id = :council AND r.id = :round AND r.went_on_at IS NULL;

-- query round_again_mark (council bigint, round bigint) none
-- The offers started again with this round.
UPDATE offer_round r SET again_count = r.again_count + 1
 WHERE r.council_id = :council AND r.id = :round;

-- query placement_insert (council bigint, offer bigint, rate_pence bigint?, weekly_price_pence bigint) value text
-- The placement of a chosen offer; gives its reference.
INSERT INTO placement (council_id, package_id, person_id, offer_id,
    organisation_id, member_council_id, member_id, starts_at, weekly_minutes,
    weekly_price_pence, rate_pence, created_at)
SELECT o.council_id, o.package_id, k.person_id, o.id, o.organisation_id,
       o.member_council_id, o.member_id, o.start_offered_at,
       o.weekly_minutes, :weekly_price_pence, :rate_pence, clock_now()
  FROM offer o
  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
 WHERE o.council_id = :council AND o.id = :offer
RETURNING reference;

-- query package_place (council bigint, package bigint, starts_at timestamptz, at timestamptz) none
-- Placed: it waits until the start of care and no longer.
WITH waited AS (
    UPDATE package_wait w SET until_at = greatest(w.from_at, :starts_at)
     WHERE w.council_id = :council AND w.package_id = :package
       AND w.until_at IS NULL)
UPDATE package k
   SET state = 'placed', changed_at = :at, revision = k.revision + 1
 WHERE k.council_id = :council AND k.id = :package;

-- query package_wait_resume (council bigint, package bigint, at timestamptz) none
-- The start never came: the wait that was to end with it has not ended.
WITH resumed AS (
    UPDATE package_wait w SET until_at = NULL
     WHERE w.council_id = :council AND w.id = (SELECT x.id
           FROM package_wait x
          WHERE x.council_id = :council AND x.package_id = :package
            AND x.until_at > :at
          ORDER BY x.from_at DESC LIMIT 1)
    RETURNING w.id), begun AS (
    INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
        minutes_in_place, from_at)
    SELECT k.council_id, k.id, coalesce(k.wait_reason, 'nothing_in_place'),
           k.weekly_minutes, least(k.minutes_in_place, k.weekly_minutes), :at
      FROM package k
     WHERE k.council_id = :council AND k.id = :package
       AND NOT EXISTS (SELECT FROM resumed))
UPDATE package k
   SET state = 'waiting', changed_at = :at, revision = k.revision + 1,
       waiting_since = coalesce(k.waiting_since, :at),
       wait_reason = coalesce(k.wait_reason, 'nothing_in_place')
 WHERE k.council_id = :council AND k.id = :package;

-- query package_wait_begin (council bigint, package bigint, at timestamptz) none
-- Care that had started has ended: it waits from now on, with nothing in place.
WITH begun AS (
    INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
        from_at)
    SELECT k.council_id, k.id, 'nothing_in_place', k.weekly_minutes, :at
      FROM package k
     WHERE k.council_id = :council AND k.id = :package)
UPDATE package k
   SET state = 'waiting', changed_at = greatest(k.changed_at, :at), revision = k.revision + 1,
       waiting_since = :at, wait_reason = 'nothing_in_place',
       minutes_in_place = 0
 WHERE k.council_id = :council AND k.id = :package;

-- query task_add (council bigint, kind text, package bigint?, offer bigint?, organisation bigint?, note text, due_by timestamptz?) none
-- Something for staff to do by hand; once while it is open.
INSERT INTO task (council_id, kind, package_id, offer_id, organisation_id,
    note, due_by)
SELECT :council, :kind, :package, :offer, :organisation, :note, :due_by
 WHERE NOT EXISTS (SELECT FROM task t
    WHERE t.council_id = :council AND t.kind = :kind AND t.done_at IS NULL
      AND t.package_id IS NOT DISTINCT FROM :package::bigint
      AND t.offer_id IS NOT DISTINCT FROM :offer::bigint);

-- query task_finish (council bigint, kind text, package bigint, offer bigint?, account bigint?) none
-- Done, because what it asked for has happened. offer NULL: of any offer.
UPDATE task t SET done_at = clock_now(), done_by_id = :account
 WHERE t.council_id = :council AND t.kind = :kind
   AND t.package_id = :package AND t.done_at IS NULL
   AND (:offer::bigint IS NULL OR t.offer_id = :offer);

-- row package_broker (package_reference text, email text, name text)

-- query package_broker (council bigint, package bigint) one package_broker
-- Who minds a package; an empty email: nobody that could be written to.
SELECT k.reference AS package_reference, coalesce(u.email, '') AS email,
       coalesce(u.name, '') AS name
  FROM package k
  LEFT JOIN account u ON u.is_active
   AND u.id = coalesce(k.assigned_account_id, k.created_by_id)
 WHERE k.council_id = :council AND k.id = :package;

-- row round_due (council_id bigint, round_id bigint)

-- query round_due_list (most integer) many round_due
-- Rounds that time alone has brought to their end: for the jobs process. One
-- that waits for a broker's word, on a later start or after no reply, is not
-- due.
SELECT r.council_id, r.id AS round_id
  FROM offer_round r
 WHERE r.settled_at IS NULL AND r.reply_by <= clock_now()
   AND (r.broker_asked_at IS NULL OR r.went_on_at IS NOT NULL)
   AND NOT EXISTS (SELECT FROM offer o
       WHERE o.council_id = r.council_id AND o.round_id = r.id
         AND o.state = 'accepted' AND o.result = 'proposed')
 ORDER BY r.reply_by
 LIMIT :most;

-- query round_live (council bigint, package bigint) value bigint
-- The round of a package that is not settled, or 0.
SELECT r.id FROM offer_round r
 WHERE r.council_id = :council AND r.package_id = :package
   AND r.settled_at IS NULL;

-- query round_live_due (council bigint, package bigint) value bigint
-- The round of a package that time alone has brought to its end, or 0.
SELECT r.id FROM offer_round r
 WHERE r.council_id = :council AND r.package_id = :package
   AND r.settled_at IS NULL AND r.reply_by <= clock_now();
