-- Placements of rounds and outside the ranking, interim ones, and what follows
-- from them: waits, spare hours, things to do.
INSERT INTO placement_request (council_id, reference, package_id,
    organisation_id, member_council_id, member_id, agreed_by, reason,
    starts_at, state, requested_by_id, requested_at, decided_by_id,
    decided_at, decision_note)
SELECT p.council_id, pg_temp.reference_of('D', p.key), p.id,
       m.organisation_id, m.member_council_id, m.member_id, x.agreed_by,
       x.reason, pg_temp.care_time_of(k.now + x.starts, x.key), x.state, a.id,
       k.now + x.requested, b.id, k.now + x.decided, x.note
  FROM (VALUES
       ('approval', 'requested', 'Priya Nolan, registered manager',
        'Its care workers already come to the house next door',
        interval '2 days', interval '-3 hours', NULL::interval, ''),
       ('outside', 'approved', 'Sam Whitlock, care co-ordinator',
        'Nobody on the list was free, and this provider has a worker whom the family knows',
        interval '-8 days', interval '-10 days', interval '-9 days',
        'Agreed after a call with the family'))
       AS x (key, state, agreed_by, reason, starts, requested, decided, note)
  JOIN demo_package p ON p.key = x.key
 CROSS JOIN demo_clock k
  JOIN account a ON a.email = 'broker@hertfordshire.example'
  LEFT JOIN account b ON b.email = 'second.broker@hertfordshire.example'
   AND x.state = 'approved'
  JOIN LATERAL (
    SELECT * FROM demo_place d
     WHERE d.key = p.key AND d.failed IN (4, 6)
     ORDER BY d.failed DESC, d.position LIMIT 1) AS m ON true;

INSERT INTO placement (council_id, reference, package_id, person_id, offer_id,
    placement_request_id, organisation_id, member_council_id, member_id,
    state, starts_at, ended_at, end_reason, weekly_minutes,
    weekly_price_pence, rate_pence, created_at)
SELECT k.council_id, pg_temp.reference_of('L', p.key), k.id, k.person_id,
       o.id, q.id, coalesce(o.organisation_id, q.organisation_id),
       coalesce(o.member_council_id, q.member_council_id),
       coalesce(o.member_id, q.member_id),
       CASE WHEN p.state = 'closed' OR o.result <> 'chosen' THEN 'ended'
           WHEN p.key = 'suspended' THEN 'suspended'
           WHEN coalesce(o.start_offered_at, q.starts_at) > c.now
           THEN 'planned' ELSE 'started' END,
       coalesce(o.start_offered_at, q.starts_at),
       CASE WHEN p.state = 'closed' THEN c.now - interval '9 days'
           * (1 + pg_temp.choice(3, p.key))
           WHEN o.result <> 'chosen' THEN o.result_at END,
       CASE WHEN p.state = 'closed' THEN coalesce(p.closed_reason, '')
           WHEN o.result <> 'chosen' THEN o.result_reason ELSE '' END,
       k.weekly_minutes,
       pg_temp.week_price(k.council_id, k.id, p.framework_council_id,
           p.rate_card_code, o.rate_pence),
       o.rate_pence,
       coalesce(CASE WHEN o.result = 'chosen' THEN o.result_at
           ELSE o.replied_at + interval '90 minutes' END, q.decided_at)
  FROM demo_package p
  JOIN package k ON k.council_id = p.council_id AND k.id = p.id
 CROSS JOIN demo_clock c
  LEFT JOIN offer o ON o.council_id = k.council_id AND o.package_id = k.id
   AND o.result IN ('chosen', 'withdrawn_by_provider')
  LEFT JOIN placement_request q ON q.council_id = k.council_id
   AND q.package_id = k.id AND q.state = 'approved'
 WHERE p.part = 1 AND (o.id IS NOT NULL OR q.id IS NOT NULL);

-- Care that is in place while people wait.
INSERT INTO placement (council_id, reference, package_id, person_id,
    organisation_id, member_council_id, member_id, state, is_interim, terms,
    starts_at, weekly_minutes, weekly_price_pence, rate_pence, created_at)
SELECT p.council_id, pg_temp.reference_of('L', p.key || ' interim'), p.id,
       p.person_id, m.organisation_id, m.member_council_id, m.member_id,
       'started', true, 'old',
       pg_temp.care_time_of(p.since - interval '3 weeks', p.key),
       p.minutes_in_place,
       round(coalesce(m.rate, c.hourly_rate_pence) * p.minutes_in_place / 60.0),
       m.rate, p.since - interval '22 days'
  FROM demo_package p
  JOIN demo_carer m USING (key)
  JOIN rate_card c ON c.council_id = p.framework_council_id
   AND c.code = p.rate_card_code
 WHERE p.state = 'waiting';

-- What members say they can still take is what is left after all that.
UPDATE framework_member f SET spare_minutes = m.spare_hours * 60
  FROM demo_member m
 WHERE f.council_id = m.council_id AND f.id = m.id;

-- And some say when in the day; what is in no part is free at any time.
INSERT INTO member_day_part (council_id, member_id, part_code, spare_minutes)
SELECT m.council_id, m.id, x.part, x.hours * 60
  FROM demo_day_parts p
  JOIN demo_member m USING (framework, provider)
 CROSS JOIN LATERAL (VALUES ('morning', p.morning_hours),
       ('midday', p.midday_hours), ('afternoon', p.afternoon_hours),
       ('evening', p.evening_hours), ('night', p.night_hours))
       AS x (part, hours);

-- Stretches of waiting: to the start of care, to the end, or still open.
INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
    minutes_in_place, from_at, until_at)
SELECT p.council_id, p.id, p.reason, k.weekly_minutes, p.minutes_in_place,
       p.since, CASE p.state
           WHEN 'waiting' THEN gone.ended_at
           WHEN 'cancelled' THEN greatest(p.since, c.now - interval '9 days')
           ELSE start.starts_at END
  FROM demo_package p
  JOIN package k ON k.council_id = p.council_id AND k.id = p.id
 CROSS JOIN demo_clock c
  LEFT JOIN placement start ON start.council_id = p.council_id
   AND start.package_id = p.id AND NOT start.is_interim
   AND p.state <> 'waiting'
  LEFT JOIN placement gone ON gone.council_id = p.council_id
   AND gone.package_id = p.id AND NOT gone.is_interim
   AND p.state = 'waiting'
 WHERE p.state <> 'draft' AND k.wait_reason IS NOT NULL;
INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
    minutes_in_place, from_at)
SELECT w.council_id, w.package_id, w.reason, w.minutes_wanted,
       w.minutes_in_place, w.until_at
  FROM package_wait w
  JOIN package k ON k.council_id = w.council_id AND k.id = w.package_id
 WHERE k.state = 'waiting' AND w.until_at IS NOT NULL;

-- Things to do by hand.
INSERT INTO task (council_id, kind, package_id, offer_id, organisation_id,
    note, due_by, assigned_account_id, created_at)
SELECT k.council_id, x.kind, k.id, o.id, o.organisation_id, x.note,
       CASE x.kind WHEN 'telephone_offer' THEN o.reply_by END,
       k.assigned_account_id, c.now - interval '25 minutes'
  FROM (VALUES
       ('live-telephone', 'telephone_offer', 1, 'The mail could not be delivered'),
       ('proposal', 'confirm_start', 2, 'A later start than wanted'),
       ('nobody-1', 'waits_again', NULL, 'Nobody was left who could be asked'),
       ('nobody-2', 'waits_again', NULL, 'Nobody was left who could be asked'),
       ('withdrawn', 'waits_again', NULL, 'The provider has withdrawn its acceptance'))
       AS x (key, kind, position, note)
  JOIN demo_package p ON p.key = x.key
  JOIN package k ON k.council_id = p.council_id AND k.id = p.id
 CROSS JOIN demo_clock c
  LEFT JOIN offer o ON o.council_id = k.council_id AND o.package_id = k.id
   AND o.position = x.position;
INSERT INTO task (council_id, kind, package_id, organisation_id, note,
    created_at)
SELECT q.council_id, 'approve_placement', q.package_id, q.organisation_id,
       'A placement outside the ranking waits for a second person',
       q.requested_at
  FROM placement_request q WHERE q.state = 'requested';

INSERT INTO outbox (council_id, kind, offer_id, to_email, to_name, subject,
    body, created_at, attempts, next_attempt_at, sent_at, failed_at,
    last_error)
SELECT o.council_id, 'new_offer', o.id, t.email, t.name,
       'A package of care is offered to you', '', o.sent_at,
       CASE WHEN f.id IS NULL THEN 1 ELSE 3 END, o.sent_at,
       CASE WHEN f.id IS NULL THEN o.sent_at + interval '4 seconds' END,
       CASE WHEN f.id IS NOT NULL THEN o.sent_at + interval '20 minutes' END,
       CASE WHEN f.id IS NULL THEN '' ELSE '550 No such mailbox' END
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN organisation_contact t ON t.organisation_id = o.organisation_id
   AND t.gets_offers
  LEFT JOIN task f ON f.council_id = o.council_id AND f.offer_id = o.id
   AND f.kind = 'telephone_offer'
 WHERE r.settled_at IS NULL;
