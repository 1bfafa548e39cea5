-- Rounds of offers with what was shown, the replies and what came of them.
-- A round with a later start proposed is not settled before a broker decides.
CREATE TEMPORARY TABLE demo_round ON COMMIT DROP AS
SELECT r.package AS key, r.number, r.outcome, r.left_out, r.note, p.council_id,
       p.id AS package_id, p.framework_council_id, p.rate_card_code,
       p.urgency, k.assigned_account_id AS sent_by_id,
       k.created_by_id,
       coalesce(first_come.id, p.policy_version_id) AS policy_version_id,
       CASE WHEN r.policy = 'first' THEN 'first' ELSE 'best' END AS winner,
       sent.at AS sent_at,
       pg_temp.referral_add(sent.at, 120) AS reply_by,
       CASE p.urgency
           WHEN 'rapid' THEN pg_temp.care_time(
               sent.at + interval '24 hours', 0)
           ELSE pg_temp.care_time(sent.at + interval '48 hours', 15) END
           AS start_wanted_at,
       NULL::bigint AS id
  FROM demo_rounds r
  JOIN demo_package p ON p.key = r.package
  JOIN package k ON k.council_id = p.council_id AND k.id = p.id
 CROSS JOIN demo_clock c
 CROSS JOIN LATERAL (
    SELECT date_trunc('second',
               pg_temp.referral_add(c.now, -r.sent_minutes_ago)) AS at) AS sent
  LEFT JOIN policy f ON f.council_id = p.framework_council_id
   AND f.code = r.policy
  LEFT JOIN policy_version first_come ON first_come.council_id = f.council_id
   AND first_come.policy_id = f.id;

-- A package is on the list before it is offered.
UPDATE package k
   SET waiting_since = least(k.waiting_since, r.sent_at - interval '20 minutes'),
       created_at = least(k.created_at, r.sent_at - interval '2 hours'),
       start_wanted_at = r.start_wanted_at
  FROM demo_round r
 WHERE k.council_id = r.council_id AND k.id = r.package_id
   AND r.number = (SELECT max(x.number) FROM demo_round x
       WHERE x.package_id = r.package_id AND x.council_id = r.council_id);
UPDATE demo_package p SET since = k.waiting_since
  FROM package k
 WHERE k.council_id = p.council_id AND k.id = p.id AND p.state <> 'draft';
UPDATE package_version v SET created_at = p.since
  FROM demo_package p
 WHERE v.council_id = p.council_id AND v.package_id = p.id;

-- Who is asked: the chosen provider alone, else all but who is left out.
CREATE TEMPORARY TABLE demo_offer ON COMMIT DROP AS
SELECT r.key, r.number, r.council_id, r.package_id, m.member_council_id,
       m.member_id, m.organisation_id, m.position, m.rate, m.fit,
       r.sent_at, r.reply_by, r.start_wanted_at, r.outcome, r.created_by_id,
       coalesce(a.reply, other.reply) AS reply,
       date_trunc('second', pg_temp.referral_add(r.sent_at,
           coalesce(a.after_minutes, other.after_minutes))) AS replied_at,
       pg_temp.care_time(r.start_wanted_at, a.start_hours * 60) AS start_at,
       coalesce(a.decline_reason, other.decline_reason) AS decline_reason,
       a.note, a.result, a.told_by, a.result_reason,
       r.rate_card_code, NULL::integer AS points
  FROM demo_round r
  JOIN demo_place m ON m.key = r.key AND m.failed IS NULL
   AND m.position IS DISTINCT FROM r.left_out
   AND (m.is_chosen OR NOT EXISTS (SELECT FROM demo_place x
        WHERE x.key = r.key AND x.failed IS NULL AND x.is_chosen))
   AND NOT EXISTS (SELECT FROM demo_replies x
        WHERE x.package = r.key AND x.number < r.number AND r.number > 1
          AND x.provider = m.position::text AND x.decline_reason = 'too_far')
  JOIN demo_organisation g ON g.id = m.organisation_id
  LEFT JOIN LATERAL (
    SELECT x.* FROM demo_replies x
     WHERE x.package = r.key AND x.number = r.number
       AND x.provider IN (g.code, m.position::text)
     ORDER BY x.provider = g.code DESC LIMIT 1) AS a ON true
 CROSS JOIN LATERAL (
    -- Of those that replies.csv does not tell of, two in three declined in
    -- rounds that are over.
    SELECT CASE WHEN r.outcome IN ('placed', 'nobody')
               AND pg_temp.choice(3, 'other', r.key, m.organisation_name) > 0
               THEN 'declined' ELSE 'sent' END AS reply,
           5 + pg_temp.choice(112, 'after', r.key, m.organisation_name)
               AS after_minutes,
           (ARRAY['no_capacity', 'no_capacity', 'call_times', 'start',
            'too_far', 'needs'])
            [1 + pg_temp.choice(6, 'reason', r.key, m.organisation_name)]
               AS decline_reason) AS other;

-- Points of the replies that came: price half, fit half (002 L52).
UPDATE demo_offer o
   SET points = (round(50.0 * round(10000.0 * low.rate / o.rate) / 100)
           + round(50.0 * o.fit / 100))::integer
  FROM (SELECT key, number, min(rate) AS rate FROM demo_offer
         WHERE reply = 'accepted' AND rate_card_code <> 'flat'
         GROUP BY key, number) AS low
 WHERE low.key = o.key AND low.number = o.number AND o.reply = 'accepted';
UPDATE demo_offer o
   SET result = CASE WHEN best.position = o.position THEN 'chosen'
           ELSE 'not_selected' END
  FROM (SELECT DISTINCT ON (key, number) key, number, position
          FROM demo_offer WHERE result = 'best'
         ORDER BY key, number, points DESC, position) AS best
 WHERE o.result = 'best' AND best.key = o.key AND best.number = o.number;

INSERT INTO offer_round (council_id, package_id, number, package_version,
    policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
    start_wanted_at, sent_by_id, settled_at, outcome, ground)
SELECT r.council_id, r.package_id, r.number, 1, r.framework_council_id,
       r.policy_version_id,
       CASE WHEN asked.is_chosen THEN 'chosen' WHEN asked.count = 1
           THEN 'single' ELSE 'all' END,
       r.winner, r.sent_at, r.reply_by, r.start_wanted_at,
       coalesce(r.sent_by_id, r.created_by_id),
       CASE WHEN r.outcome = 'withdrawn'
           THEN pg_temp.referral_add(r.sent_at, 75)
           WHEN r.outcome <> 'proposal' THEN r.reply_by END,
       nullif(r.outcome, 'proposal'),
       CASE r.outcome WHEN 'placed' THEN 'Best reply of those that came in time'
           WHEN 'nobody' THEN 'Nobody who was asked can take it'
           WHEN 'withdrawn' THEN coalesce(r.note, '') ELSE '' END
  FROM demo_round r
 CROSS JOIN LATERAL (
    SELECT count(*), bool_or(m.is_chosen) AS is_chosen
      FROM demo_offer o
      JOIN demo_place m ON m.key = o.key AND m.position = o.position
     WHERE o.key = r.key AND o.number = r.number) AS asked
 ORDER BY r.sent_at;

UPDATE demo_round r SET id = f.id
  FROM offer_round f
 WHERE f.council_id = r.council_id AND f.package_id = r.package_id
   AND f.number = r.number;

-- What matching looked at, in its words. In a round of some time ago starts
-- count from the day on which it was sent, as those of members do from today.
CREATE TEMPORARY TABLE demo_fact ON COMMIT DROP AS
SELECT r.id AS round_id, m.position, m.key,
       CASE WHEN m.is_chosen THEN 'Chosen by the person'
           WHEN bool_or(m.is_chosen) OVER (PARTITION BY r.id)
           THEN 'Not the provider the person has chosen'
           ELSE 'The person has not chosen a provider' END AS choice,
       CASE WHEN start.at IS NULL THEN 'Earliest start not stated'
           WHEN start.at <= r.start_wanted_at THEN 'Can start from '
               || pg_temp.day_words(start.at) || ', when wanted'
           ELSE 'Earliest start is '
               || pg_temp.duration_words(start.at - r.start_wanted_at)
               || ' after the start wanted' END AS start,
       CASE WHEN m.rate_card_code = 'flat'
           THEN 'Same price for every provider'
           ELSE 'Rate of ' || pg_temp.money_words(m.rate)
               || ' an hour, the lowest is '
               || pg_temp.money_words(m.lowest_rate) || ': score '
               || pg_temp.hundredths_words(
                   round(10000.0 * m.lowest_rate / m.rate)) END AS price,
       CASE WHEN award.at IS NULL THEN 'Never awarded a package'
           ELSE 'Last awarded a package on ' || pg_temp.day_words(award.at)
           END AS award,
       award.at AS last_award_at,
       least(m.next_award, r.sent_at) AS next_award_at
  FROM demo_round r
  JOIN demo_place m ON m.key = r.key
 CROSS JOIN demo_clock c
 CROSS JOIN LATERAL (SELECT least(m.last_award_at, r.sent_at) AS at) AS award
 CROSS JOIN LATERAL (
    SELECT CASE WHEN m.earliest_start_on IS NOT NULL THEN
               greatest(r.sent_at, ((r.sent_at AT TIME ZONE 'Europe/London')
                   ::date + (m.earliest_start_on - c.today))::timestamp
                   AT TIME ZONE 'Europe/London') END AS at) AS start;
CREATE UNIQUE INDEX ON demo_fact (round_id, position);

INSERT INTO match_line (council_id, round_id, position, organisation_id,
    organisation_name, is_eligible, failed_step, reason, rate_pence,
    weekly_price_pence, fit_hundredths, points_hundredths, is_asked,
    left_out_reason, is_chosen, last_awarded_at, contract, cqc_rating,
    spare_minutes, preferences_met, preferences_unmet)
SELECT r.council_id, r.id, m.position, m.organisation_id, m.organisation_name,
       m.failed IS NULL,
       coalesce((ARRAY['framework', 'gates', 'monitoring_visit', 'area',
           'group', 'needs'])[m.failed], ''),
       coalesce(m.fault, CASE
           WHEN m.eligible = 1
               THEN 'The only provider that meets every requirement'
           WHEN m.position = m.eligible
               THEN 'Meets every requirement; last in the order'
           WHEN m.is_chosen
               THEN 'Ahead of the next provider. Person''s choice: ' || f.choice
           WHEN m.points > m.next_points
               THEN pg_temp.hundredths_words(m.points)
                   || ' points, more than the next provider'
           WHEN m.points IS NULL
               AND m.earliest_start_on IS DISTINCT FROM m.next_start
               THEN 'Ahead of the next provider. Start: ' || f.start
           WHEN f.last_award_at IS DISTINCT FROM f.next_award_at
               THEN 'Equal to the next provider; longer since its last award. '
                   || f.award
           ELSE 'Equal to the next provider; earlier in the register' END
           || CASE WHEN m.points IS NULL
               THEN E'\nPerson''s choice: ' || f.choice || E'\nStart: '
                   || f.start || E'\nPrice: ' || f.price
               ELSE E'\nPrice: ' || f.price || ' (' || pg_temp.hundredths_words(
                       round(50.0 * round(10000.0 * m.lowest_rate / m.rate)
                           / 100)) || E' points)\nFit: Fit '
                   || pg_temp.hundredths_words(m.fit) || ' ('
                   || pg_temp.hundredths_words(round(50.0 * m.fit / 100))
                   || ' points)' END
           || E'\nLongest since last award: ' || f.award
           || E'\nStated order: The order of the register, when all else is '
           || 'equal'),
       CASE WHEN m.rate_card_code = 'flat' THEN c.hourly_rate_pence
           ELSE m.rate END,
       CASE WHEN m.rate_card_code = 'flat' OR m.rate IS NOT NULL THEN
           pg_temp.week_price(r.council_id, r.package_id,
               r.framework_council_id, r.rate_card_code, m.rate) END,
       CASE WHEN m.points IS NOT NULL THEN m.fit END, m.points,
       o.position IS NOT NULL,
       CASE WHEN m.position = r.left_out THEN coalesce(r.note, '') ELSE '' END,
       m.is_chosen, f.last_award_at, m.contract, m.cqc_rating,
       m.spare_minutes, m.preferences_met, m.preferences_unmet
  FROM demo_round r
  JOIN demo_place m ON m.key = r.key
  JOIN demo_fact f ON f.round_id = r.id AND f.position = m.position
  JOIN rate_card c ON c.council_id = r.framework_council_id
   AND c.code = r.rate_card_code
  LEFT JOIN demo_offer o ON o.key = r.key AND o.number = r.number
   AND o.position = m.position;

INSERT INTO offer (council_id, reference, package_id, round_id,
    organisation_id, member_council_id, member_id, package_version, position,
    sent_at, reply_by, start_wanted_at, weekly_minutes, weekly_price_pence,
    viewed_at, reminded_at, state, result, replied_at, replied_by_id, told_by,
    start_offered_at, rate_pence, decline_reason_id, note, points_hundredths,
    result_at, result_reason)
SELECT o.council_id,
       pg_temp.reference_of('O', o.key || o.number || '/' || o.position),
       o.package_id, r.id, o.organisation_id, o.member_council_id,
       o.member_id, 1, o.position, o.sent_at, o.reply_by, o.start_wanted_at,
       k.weekly_minutes,
       CASE WHEN o.rate_card_code = 'flat' THEN k.weekly_price_pence
           WHEN o.reply = 'accepted' THEN pg_temp.week_price(o.council_id,
               o.package_id, o.member_council_id, o.rate_card_code, o.rate)
           END,
       CASE WHEN o.replied_at IS NOT NULL AND o.told_by IS NULL
           THEN o.replied_at - interval '4 minutes' END,
       CASE WHEN o.reply = 'sent' AND c.now > least(o.reply_by,
           pg_temp.referral_add(o.sent_at, 60))
           THEN pg_temp.referral_add(o.sent_at, 60) END,
       CASE WHEN o.outcome = 'withdrawn' AND o.reply = 'sent'
           THEN 'withdrawn' ELSE o.reply END,
       o.result,
       CASE WHEN o.reply <> 'sent' THEN o.replied_at END,
       CASE WHEN o.told_by IS NOT NULL THEN o.created_by_id
           WHEN o.reply <> 'sent' THEN (SELECT min(s.account_id)
               FROM membership s
              WHERE s.organisation_id = o.organisation_id) END,
       coalesce(o.told_by, ''),
       CASE WHEN o.reply = 'accepted' THEN o.start_at END,
       CASE WHEN o.reply = 'accepted' AND o.rate_card_code <> 'flat'
           THEN o.rate END,
       CASE WHEN o.reply = 'declined'
           THEN pg_temp.term('decline_reason', o.decline_reason) END,
       coalesce(o.note, ''),
       CASE WHEN o.result IS NOT NULL THEN o.points END,
       CASE WHEN o.result = 'withdrawn_by_provider'
           THEN o.sent_at + interval '20 hours'
           WHEN o.result = 'proposed' THEN o.replied_at
           WHEN o.result IS NOT NULL OR o.outcome = 'withdrawn'
           THEN r.settled_at END,
       CASE WHEN o.outcome = 'withdrawn' AND o.reply = 'sent'
           THEN coalesce(d.note, '') ELSE coalesce(o.result_reason, '') END
  FROM demo_offer o
 CROSS JOIN demo_clock c
  JOIN demo_round d ON d.key = o.key AND d.number = o.number
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = d.id
  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
 ORDER BY o.sent_at, o.position;
