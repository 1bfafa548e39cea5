-- Rounds of offers and what was shown when they went out.

-- row match_line (position integer, organisation_id bigint,
--   organisation_reference text, organisation_name text, is_eligible boolean,
--   failed_step text, reason text, rate_pence bigint,
--   weekly_price_pence bigint, fit_hundredths integer,
--   points_hundredths integer, is_chosen boolean,
--   last_awarded_at timestamptz?, quality_score integer,
--   distance_metres integer, is_asked boolean, left_out_reason text,
--   contract text, cqc_rating text, spare_minutes integer?,
--   preferences_met text, preferences_unmet text)
-- Figures are 0 where there are none.

-- query match_line_list (council bigint, round bigint) many match_line
SELECT l.position, l.organisation_id, o.reference AS organisation_reference,
       l.organisation_name, l.is_eligible, l.failed_step, l.reason,
       coalesce(l.rate_pence, 0) AS rate_pence,
       coalesce(l.weekly_price_pence, 0) AS weekly_price_pence,
       coalesce(l.fit_hundredths, 0) AS fit_hundredths,
       coalesce(l.points_hundredths, 0) AS points_hundredths,
       l.is_chosen, l.last_awarded_at,
       coalesce(l.quality_score, 0) AS quality_score,
       coalesce(l.distance_metres, 0) AS distance_metres, l.is_asked,
       l.left_out_reason, l.contract, l.cqc_rating, l.spare_minutes, l.preferences_met,
       l.preferences_unmet
  FROM match_line l
  JOIN organisation o ON o.id = l.organisation_id
 WHERE l.council_id = :council AND l.round_id = :round
 ORDER BY l.position;

-- query match_line_of_offer (council bigint, offer bigint) one match_line
-- What was shown of the provider that an offer went to.
SELECT l.position, l.organisation_id, o.reference AS organisation_reference,
       l.organisation_name, l.is_eligible, l.failed_step, l.reason,
       coalesce(l.rate_pence, 0) AS rate_pence,
       coalesce(l.weekly_price_pence, 0) AS weekly_price_pence,
       coalesce(l.fit_hundredths, 0) AS fit_hundredths,
       coalesce(l.points_hundredths, 0) AS points_hundredths,
       l.is_chosen, l.last_awarded_at,
       coalesce(l.quality_score, 0) AS quality_score,
       coalesce(l.distance_metres, 0) AS distance_metres, l.is_asked,
       l.left_out_reason, l.contract, l.cqc_rating, l.spare_minutes, l.preferences_met,
       l.preferences_unmet
  FROM offer f
  JOIN match_line l ON l.council_id = f.council_id
   AND l.round_id = f.round_id AND l.organisation_id = f.organisation_id
  JOIN organisation o ON o.id = l.organisation_id
 WHERE f.council_id = :council AND f.id = :offer;

-- row round_page (id bigint, number integer, package_reference text,
--   package_version integer, policy_document text, policy_number integer,
--   framework_name text, wave text, winner text, sent_at timestamptz,
--   reply_by timestamptz, start_wanted_at timestamptz, sent_by text,
--   is_follow_up boolean, is_again boolean, waits_for_broker boolean,
--   went_on_at timestamptz?, went_on_by text, settled_at timestamptz?,
--   outcome text, ground text, individual_pence bigint?, approved_by text,
--   bundle_reference text)
-- bundle_reference: of the bundle that its one offer is answered with, or ''.

-- query round_by_number (council bigint, reference text, number integer) one round_page
SELECT r.id, r.number, k.reference AS package_reference, r.package_version,
       v.document::text AS policy_document, v.number AS policy_number,
       f.name AS framework_name, r.wave, r.winner, r.sent_at, r.reply_by,
       r.start_wanted_at, coalesce(u.name, '') AS sent_by, r.is_follow_up,
       r.again_count > coalesce((SELECT b.again_count FROM offer_round b
           WHERE b.council_id = r.council_id AND b.package_id = r.package_id
             AND b.number = r.number - 1), 0) AS is_again,
       r.settled_at IS NULL AND r.broker_asked_at IS NOT NULL
           AND r.went_on_at IS NULL AS waits_for_broker,
       r.went_on_at, coalesce(w.name, '') AS went_on_by,
       r.settled_at, coalesce(r.outcome, '') AS outcome, r.ground,
       r.individual_pence, coalesce(p.name, '') AS approved_by,
       coalesce((SELECT b.reference FROM offer o
          JOIN offer_bundle b ON b.council_id = o.council_id
           AND b.id = o.bundle_id
         WHERE o.council_id = r.council_id AND o.round_id = r.id), '')
           AS bundle_reference
  FROM offer_round r
  JOIN package k ON k.council_id = r.council_id AND k.id = r.package_id
  LEFT JOIN individual_rate i ON i.council_id = r.council_id
   AND i.id = r.individual_rate_id
  LEFT JOIN account p ON p.id = i.decided_by_id
  JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  JOIN policy_version v ON v.council_id = r.policy_council_id
   AND v.id = r.policy_version_id
  LEFT JOIN account u ON u.id = r.sent_by_id
  LEFT JOIN account w ON w.id = r.went_on_by_id
 WHERE r.council_id = :council AND k.reference = :reference
   AND r.number = :number;

-- row round_summary (id bigint, number integer, sent_at timestamptz,
--   reply_by timestamptz, is_settled boolean, outcome text, ground text,
--   asked_count bigint, accepted_count bigint, declined_count bigint)

-- query round_summary_list (council bigint, package bigint) many round_summary
-- All rounds of a package, the newest first.
SELECT r.id, r.number, r.sent_at, r.reply_by,
       r.settled_at IS NOT NULL AS is_settled,
       coalesce(r.outcome, '') AS outcome, r.ground,
       count(o.id) AS asked_count,
       count(o.id) FILTER (WHERE o.state = 'accepted') AS accepted_count,
       count(o.id) FILTER (WHERE o.state = 'declined') AS declined_count
  FROM offer_round r
  LEFT JOIN offer o ON o.council_id = r.council_id AND o.round_id = r.id
 WHERE r.council_id = :council AND r.package_id = :package
 GROUP BY r.council_id, r.id
 ORDER BY r.number DESC;

-- row round_answer (id bigint, reference text, organisation_reference text,
--   organisation_name text, position integer, state text, result text,
--   viewed_at timestamptz?, replied_at timestamptz?, told_by text,
--   start_offered_at timestamptz?, introduced_at timestamptz?,
--   rate_pence bigint?, decline_reason text,
--   note text, points_hundredths integer?, result_reason text,
--   is_open boolean, is_proposal boolean, callers text,
--   distance_metres integer?, grams_per_kilometre integer,
--   factor_source text)

-- query round_answer_list (council bigint, round bigint) many round_answer
-- The offers of a round with what became of each. callers: whom to call there,
-- a line each; those who get offers, else anybody.
SELECT o.id, o.reference, g.reference AS organisation_reference,
       g.name AS organisation_name, o.position,
       offer_state(o.state, o.reply_by, clock_now()) AS state,
       CASE WHEN o.result = 'not_selected' AND r.outcome = 'withdrawn'
               AND o.result_at = r.settled_at THEN 'withdrawn'
           ELSE coalesce(o.result, '') END AS result,
       o.viewed_at, o.replied_at, o.told_by, o.start_offered_at,
       o.introduced_at, o.rate_pence,
       coalesce(t.label, '') AS decline_reason, o.note, o.points_hundredths,
       o.result_reason,
       r.settled_at IS NULL
           AND offer_state(o.state, o.reply_by, clock_now()) = 'sent'
           AS is_open,
       r.settled_at IS NULL AND o.state = 'accepted'
           AND o.result IS NOT DISTINCT FROM 'proposed' AS is_proposal,
       coalesce((SELECT string_agg(x.name || ', ' || x.telephone, E'\n'
               ORDER BY x.name, x.id)
          FROM organisation_contact x
         WHERE x.organisation_id = o.organisation_id AND x.is_active
           AND x.telephone <> ''
           AND (x.gets_offers OR NOT EXISTS (SELECT FROM organisation_contact y
               WHERE y.organisation_id = o.organisation_id AND y.is_active
                 AND y.gets_offers AND y.telephone <> ''))), '') AS callers,
       o.distance_metres,
       coalesce(travel.grams_per_kilometre, 0) AS grams_per_kilometre,
       coalesce(travel.source, '') AS factor_source
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN organisation g ON g.id = o.organisation_id
  LEFT JOIN care_term t ON t.id = o.decline_reason_id
  LEFT JOIN LATERAL (
      SELECT f.grams_per_kilometre, f.source FROM travel_factor f
       WHERE f.effective_on <= (o.sent_at AT TIME ZONE 'Europe/London')::date
       ORDER BY f.effective_on DESC LIMIT 1) AS travel ON true
 WHERE o.council_id = :council AND o.round_id = :round
 ORDER BY o.position, o.id;

-- query round_insert (council bigint, package bigint, policy_council bigint, policy_version bigint, rate_card bigint?, individual_rate bigint?, individual_pence bigint?, wave text, winner text, sent_at timestamptz, reply_by timestamptz, start_wanted_at timestamptz, sent_by bigint?, is_follow_up boolean) value bigint
-- The next round of the package's version; gives its id.
INSERT INTO offer_round (council_id, package_id, number, package_version,
    policy_council_id, policy_version_id, rate_card_id, individual_rate_id,
    individual_pence, wave, winner, sent_at, reply_by, start_wanted_at,
    sent_by_id, is_follow_up, again_count)
SELECT k.council_id, k.id, 1 + coalesce((SELECT max(r.number)
           FROM offer_round r
          WHERE r.council_id = k.council_id AND r.package_id = k.id), 0),
       k.version, :policy_council, :policy_version, :rate_card,
       :individual_rate, :individual_pence, :wave, :winner, :sent_at,
       :reply_by, :start_wanted_at, :sent_by, :is_follow_up,
       CASE WHEN :is_follow_up THEN coalesce((SELECT r.again_count
           FROM offer_round r
          WHERE r.council_id = k.council_id AND r.package_id = k.id
          ORDER BY r.number DESC LIMIT 1), 0) ELSE 0 END
  FROM package k
 WHERE k.council_id = :council AND k.id = :package
RETURNING id;

-- query round_number (council bigint, round bigint) value integer
SELECT r.number FROM offer_round r
 WHERE r.council_id = :council AND r.id = :round;

-- query round_version_keep (council bigint, package bigint, account bigint?) none
-- What the package says, kept with its version when it is first offered.
INSERT INTO package_version (council_id, package_id, version, document,
    created_by_id)
SELECT k.council_id, k.id, k.version, package_document(k.council_id, k.id),
       :account
  FROM package k
 WHERE k.council_id = :council AND k.id = :package
    ON CONFLICT DO NOTHING;

-- query match_line_add (council bigint, round bigint, organisations bigint[], names text[], eligible bigint[], failed text[], reasons text[], rates bigint[], prices bigint[], fits bigint[], points bigint[], chosen bigint[], awarded bigint[], qualities bigint[], metres bigint[], asked bigint[], left_out text[], contracts text[], ratings text[], spares bigint[], met text[], unmet text[]) none
-- Keeps a whole ranking, in its order. awarded: microseconds, 0 for never.
INSERT INTO match_line (council_id, round_id, position, organisation_id,
    organisation_name, is_eligible, failed_step, reason, rate_pence,
    weekly_price_pence, fit_hundredths, points_hundredths, is_chosen,
    last_awarded_at, quality_score, distance_metres, is_asked,
    left_out_reason, contract, cqc_rating, spare_minutes, preferences_met, preferences_unmet)
SELECT :council, :round, l.position, l.organisation, l.name, l.eligible = 1,
       l.failed, l.reason, nullif(l.rate, 0), nullif(l.price, 0),
       CASE WHEN l.eligible = 1 THEN l.fit END,
       CASE WHEN l.eligible = 1 THEN l.point END, l.chosen = 1,
       CASE WHEN l.awarded <> 0 THEN timestamptz 'epoch'
           + l.awarded * interval '1 microsecond' END,
       nullif(l.quality, 0), nullif(l.metre, 0),
       l.asked = 1, l.left_out, l.contract, l.rating, l.spare, l.met, l.unmet
  FROM unnest(:organisations::bigint[], :names::text[], :eligible::bigint[],
           :failed::text[], :reasons::text[], :rates::bigint[],
           :prices::bigint[], :fits::bigint[], :points::bigint[],
           :chosen::bigint[], :awarded::bigint[], :qualities::bigint[],
           :metres::bigint[], :asked::bigint[],
           :left_out::text[], :contracts::text[], :ratings::text[],
           :spares::bigint[], :met::text[], :unmet::text[])
       WITH ORDINALITY AS l (organisation, name, eligible, failed, reason,
           rate, price, fit, point, chosen, awarded, quality, metre, asked,
           left_out, contract, rating, spare, met, unmet, position);

-- query round_offer_add (council bigint, round bigint, is_rate_asked boolean, bundle bigint?) none
-- An offer to everybody in the ranking that is asked.
INSERT INTO offer (council_id, package_id, round_id, organisation_id,
    member_council_id, member_id, package_version, position, sent_at,
    reply_by, start_wanted_at, weekly_minutes, weekly_price_pence,
    priced_rate_pence, distance_metres, bundle_id)
SELECT r.council_id, r.package_id, r.id, l.organisation_id, m.council_id,
       m.id, r.package_version, l.position, r.sent_at, r.reply_by,
       r.start_wanted_at, k.weekly_minutes,
       CASE WHEN NOT :is_rate_asked::boolean THEN l.weekly_price_pence END,
       CASE WHEN NOT :is_rate_asked::boolean AND l.weekly_price_pence > 0
           THEN l.rate_pence END,
       provider_metres(r.council_id, r.package_id, l.organisation_id),
       :bundle
  FROM offer_round r
  JOIN package k ON k.council_id = r.council_id AND k.id = r.package_id
  JOIN match_line l ON l.council_id = r.council_id AND l.round_id = r.id
  JOIN framework_member m ON m.council_id = k.framework_council_id
   AND m.framework_id = k.framework_id
   AND m.organisation_id = l.organisation_id
 WHERE r.council_id = :council AND r.id = :round AND l.is_asked
 ORDER BY l.position;

-- row round_recipient (offer_id bigint, offer_reference text,
--   organisation_id bigint, organisation_name text, email text, name text,
--   package_id bigint, bundle_id bigint?)

-- query round_recipient_list (council bigint, offers bigint[]) many round_recipient
-- Whom mail about these offers goes to; an empty email: nobody is known.
SELECT o.id AS offer_id, o.reference AS offer_reference, o.organisation_id,
       g.name AS organisation_name, coalesce(c.email, '') AS email,
       coalesce(c.name, '') AS name, o.package_id, o.bundle_id
  FROM offer o
  JOIN organisation g ON g.id = o.organisation_id
  LEFT JOIN organisation_contact c ON c.organisation_id = o.organisation_id
   AND c.is_active AND c.gets_offers AND c.email <> ''
 WHERE o.council_id = :council AND o.id = ANY (:offers)
 ORDER BY o.position, o.id, c.id;

-- row offer_id (id bigint)

-- query round_offer_ids (council bigint, round bigint) many offer_id
SELECT o.id FROM offer o
 WHERE o.council_id = :council AND o.round_id = :round
 ORDER BY o.position, o.id;

-- row chain_member (organisation_id bigint, left_out_reason text)

-- query round_chain_list (council bigint, package bigint) many chain_member
-- Whom the next wave leaves out: who has had their turn.
SELECT c.organisation_id, c.left_out_reason
  FROM round_chain(:council, :package) c
 WHERE c.is_asked OR c.has_declined OR c.left_out_reason <> '';

-- query round_declined_list (council bigint, package bigint) many chain_member
-- Whom offers that start again leave out.
SELECT c.organisation_id, c.left_out_reason
  FROM round_chain(:council, :package) c
 WHERE c.has_declined OR c.left_out_reason <> '';
