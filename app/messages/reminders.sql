-- What must be done before half of an offer's reply time has gone, and what
-- nobody needs any more.

-- row round_unhalved (council_id bigint, id bigint, sent_at timestamptz, reply_by timestamptz, document text)

-- query round_unhalved_list () many round_unhalved
-- Live rounds of which it is not known yet when half of the time has gone.
SELECT r.council_id, r.id, r.sent_at, r.reply_by,
       v.document::text AS document
  FROM offer_round r
  JOIN policy_version v ON v.council_id = r.policy_council_id
   AND v.id = r.policy_version_id
 WHERE r.settled_at IS NULL AND r.half_at IS NULL
 ORDER BY r.sent_at
 LIMIT 20
   FOR UPDATE OF r SKIP LOCKED;

-- query round_halve (council_id bigint, id bigint, half_at timestamptz) none
UPDATE offer_round SET half_at = :half_at
 WHERE council_id = :council_id AND id = :id AND half_at IS NULL;

-- row reminder (council_id bigint, offer_id bigint, offer_reference text, bundle_reference text, reply_by timestamptz, to_email text, to_name text)

-- query reminder_list () many reminder
-- Marks open offers that half of the time has gone of as reminded, and gives
-- whom to remind: those who were told of the offer. A bundle was told of by one
-- mail, that of its first offer.
WITH due AS (
	SELECT o.council_id, o.id
	  FROM offer o
	  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
	 WHERE o.state = 'sent' AND o.reminded_at IS NULL
	   AND r.settled_at IS NULL
	   AND r.half_at <= (SELECT clock_now())
	   AND o.reply_by > (SELECT clock_now())
	 ORDER BY o.sent_at, o.id
	 LIMIT 100
	   FOR UPDATE OF o SKIP LOCKED
), reminded AS (
	UPDATE offer o SET reminded_at = clock_now()
	  FROM due
	 WHERE o.council_id = due.council_id AND o.id = due.id
	   AND o.reminded_at IS NULL
	RETURNING o.council_id, o.id, o.reference, o.bundle_id, o.reply_by
)
SELECT DISTINCT o.council_id, o.id AS offer_id,
       o.reference AS offer_reference,
       coalesce(b.reference, '') AS bundle_reference, o.reply_by, m.to_email,
       m.to_name
  FROM reminded o
  LEFT JOIN offer_bundle b ON b.council_id = o.council_id
   AND b.id = o.bundle_id
  JOIN outbox m ON m.council_id = o.council_id AND m.offer_id = o.id
   AND m.kind = 'new_offer'
 ORDER BY o.council_id, o.id, m.to_email;

-- query telephone_tasks_add () none
-- An open offer that no mail has told of: at once when there is none that may
-- still arrive, else when two thirds of the way to half of the reply time
-- have gone. Once for each offer; a bundle is told of by that of its first.
WITH added AS (
	INSERT INTO task (council_id, kind, package_id, offer_id,
	    organisation_id, note, due_by)
	SELECT o.council_id, 'telephone_offer', o.package_id, o.id,
	       o.organisation_id, 'The mail about this offer has not arrived',
	       r.half_at
	  FROM offer o
	  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
	 WHERE o.state = 'sent' AND r.settled_at IS NULL
	   AND r.half_at IS NOT NULL
	   AND o.reply_by > (SELECT clock_now())
	   AND NOT EXISTS (SELECT FROM offer f
	       WHERE f.council_id = o.council_id
	         AND f.bundle_id = o.bundle_id AND f.id < o.id)
	   AND NOT EXISTS (SELECT FROM outbox m
	       WHERE m.offer_id = o.id AND m.kind = 'new_offer'
	         AND m.sent_at IS NOT NULL)
	   AND (r.sent_at + (r.half_at - r.sent_at) * 2 / 3
	            <= (SELECT clock_now())
	       OR NOT EXISTS (SELECT FROM outbox m
	           WHERE m.offer_id = o.id AND m.kind = 'new_offer'
	             AND m.failed_at IS NULL))
	   AND NOT EXISTS (SELECT FROM task t
	       WHERE t.council_id = o.council_id AND t.offer_id = o.id
	         AND t.kind = 'telephone_offer')
	    ON CONFLICT DO NOTHING
	RETURNING council_id, reference
)
SELECT audit_add('task.create', 'task', a.reference, '{}', a.council_id)
  FROM added a;

-- query telephone_tasks_hurry () none
-- Whoever has nobody to mail to got a task as the offer was sent, before it
-- was known when half of the time will have gone.
UPDATE task t SET due_by = r.half_at
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
 WHERE t.kind = 'telephone_offer' AND t.done_at IS NULL
   AND o.council_id = t.council_id AND o.id = t.offer_id
   AND t.due_by IS DISTINCT FROM r.half_at AND r.half_at IS NOT NULL;

-- query telephone_tasks_finish () none
-- Nobody need telephone once the mail has arrived or the offer is over.
UPDATE task t SET done_at = clock_now()
  FROM offer o
 WHERE t.kind = 'telephone_offer' AND t.done_at IS NULL
   AND o.council_id = t.council_id AND o.id = t.offer_id
   AND (o.state <> 'sent' OR o.reply_by <= (SELECT clock_now())
       OR EXISTS (SELECT FROM outbox m
           WHERE m.council_id = o.council_id AND m.offer_id = o.id
             AND m.kind = 'new_offer' AND m.sent_at IS NOT NULL));

-- query mail_drop_late () none
-- Mail that asks for a reply is not sent once none can be given.
UPDATE outbox m
   SET failed_at = clock_now(), body = '',
       last_error = 'the offer was over before the mail could be sent'
  FROM offer o
 WHERE m.sent_at IS NULL AND m.failed_at IS NULL
   AND m.kind IN ('new_offer', 'offer_reminder')
   AND m.next_attempt_at <= (SELECT clock_now())
   AND o.council_id = m.council_id AND o.id = m.offer_id
   AND (o.state <> 'sent' OR o.reply_by <= (SELECT clock_now()));
