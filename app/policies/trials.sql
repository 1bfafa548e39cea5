-- What a policy is tried on: the packages of the last month, how providers
-- answered then, and the facts that have changed since.

-- row trial_package (id bigint, reference text, at timestamptz,
--   round_id bigint, round_number bigint)
-- round_id is 0 where the package has only waited.

-- query trial_package_count (council bigint, framework bigint, since timestamptz) value bigint
-- How many trial_package_list has.
SELECT count(*)
  FROM package k
 WHERE k.council_id = :council AND k.framework_council_id = :council
   AND k.framework_id = :framework AND k.state NOT IN ('draft', 'cancelled')
   AND (k.waiting_since >= :since
       OR EXISTS (SELECT FROM offer_round x
           WHERE x.council_id = k.council_id AND x.package_id = k.id
             AND NOT x.is_follow_up AND x.sent_at >= :since));

-- query trial_package_list (council bigint, framework bigint, since timestamptz, offset bigint, limit bigint) many trial_package
-- Offered or put on the waiting list since then, the newest first.
SELECT k.id, k.reference, coalesce(r.sent_at, k.waiting_since) AS at,
       coalesce(r.id, 0) AS round_id, coalesce(r.number, 0) AS round_number
  FROM package k
  LEFT JOIN LATERAL (
      SELECT x.id, x.number::bigint AS number, x.sent_at
        FROM offer_round x
       WHERE x.council_id = k.council_id AND x.package_id = k.id
         AND NOT x.is_follow_up AND x.sent_at >= :since
       ORDER BY x.number DESC LIMIT 1) AS r ON true
 WHERE k.council_id = :council AND k.framework_council_id = :council
   AND k.framework_id = :framework AND k.state NOT IN ('draft', 'cancelled')
   AND coalesce(r.sent_at, k.waiting_since) >= :since
 ORDER BY at DESC, k.id
OFFSET :offset LIMIT :limit;

-- row trial_reply (package_id bigint, organisation_id bigint,
--   has_accepted boolean, has_declined boolean, waited bigint, late bigint,
--   rate_pence bigint)
-- waited: microseconds until the reply; late: of the start offered after the
-- start wanted, negative when it was earlier. Neither was said: no reply.

-- query trial_reply_list (council bigint, packages bigint[], numbers bigint[]) many trial_reply
-- How each provider answered its first offer since that round of a package.
-- What was withdrawn before a reply says nothing.
SELECT DISTINCT ON (o.package_id, o.organisation_id)
       o.package_id, o.organisation_id, o.state = 'accepted' AS has_accepted,
       o.state = 'declined' AS has_declined,
       coalesce(extract(epoch FROM o.replied_at - o.sent_at) * 1000000,
           0)::bigint AS waited,
       coalesce(extract(epoch FROM o.start_offered_at - o.start_wanted_at)
           * 1000000, 0)::bigint AS late,
       coalesce(o.rate_pence, 0) AS rate_pence
  FROM unnest(:packages::bigint[], :numbers::bigint[]) AS w (package, number)
  JOIN offer_round r ON r.council_id = :council AND r.package_id = w.package
   AND r.number >= w.number
  JOIN offer o ON o.council_id = r.council_id AND o.round_id = r.id
 WHERE w.number > 0
   AND offer_state(o.state, o.reply_by, clock_now())
       IN ('accepted', 'declined', 'no_reply')
 ORDER BY o.package_id, o.organisation_id, r.number;

-- row trial_fact (package_id bigint, organisation_id bigint,
--   last_awarded_at timestamptz?, has_cared_before boolean)

-- query trial_fact_list (council bigint, packages bigint[], rounds bigint[]) many trial_fact
-- What was so when the offers went out and is another way since.
SELECT w.package AS package_id, l.organisation_id, l.last_awarded_at,
       EXISTS (SELECT FROM placement p
           WHERE p.council_id = k.council_id AND p.person_id = k.person_id
             AND p.organisation_id = l.organisation_id
             AND p.created_at < r.sent_at) AS has_cared_before
  FROM unnest(:packages::bigint[], :rounds::bigint[]) AS w (package, round)
  JOIN offer_round r ON r.council_id = :council AND r.id = w.round
  JOIN package k ON k.council_id = r.council_id AND k.id = r.package_id
  JOIN match_line l ON l.council_id = r.council_id AND l.round_id = r.id;
