-- What the jobs process does, across all councils by policies of its own.

-- query audit_seal (rows integer) value bigint
-- Seals the oldest rows of the audit that have no seal; gives how many.
SELECT audit_seal_batch(:rows);

-- query sessions_purge () value bigint
SELECT session_purge();

-- query once_keys_purge () value bigint
SELECT once_purge();

-- row mail_due (id bigint, kind text, to_email text, to_name text, subject text, body text, message_id text, created_at timestamptz, attempts integer)

-- query mail_take () one mail_due
-- Takes the mail that is most due on a lease of a minute: a process that is
-- killed while sending leaves it to be sent again, under the same Message-ID.
UPDATE outbox
   SET attempts = attempts + 1,
       next_attempt_at = clock_now() + interval '1 minute'
 WHERE id = (
	SELECT id FROM outbox
	 WHERE sent_at IS NULL AND failed_at IS NULL
	   AND next_attempt_at <= (SELECT clock_now())
	 ORDER BY next_attempt_at, id
	   FOR UPDATE SKIP LOCKED
	 LIMIT 1)
RETURNING id, kind, to_email, to_name, subject, body, message_id, created_at,
    attempts;

-- query mail_sent (id bigint, is_file boolean) none
-- Of what went into a file, not to a mail server, a council's administrators
-- may read a copy.
WITH copied AS (
    INSERT INTO mail_copy (council_id, outbox_id, body)
    SELECT m.council_id, m.id, m.body FROM outbox m
     WHERE m.id = :id AND :is_file::boolean AND m.council_id IS NOT NULL
       AND m.sent_at IS NULL AND m.failed_at IS NULL)
UPDATE outbox
   SET sent_at = clock_now(), body = '', last_error = ''
 WHERE id = :id AND sent_at IS NULL AND failed_at IS NULL;

-- query mail_put_off (id bigint, last_error text, seconds bigint) none
UPDATE outbox
   SET next_attempt_at = clock_now() + make_interval(secs => :seconds),
       last_error = :last_error
 WHERE id = :id AND sent_at IS NULL AND failed_at IS NULL;

-- query mail_give_up (id bigint, last_error text) none
UPDATE outbox
   SET failed_at = clock_now(), body = '', last_error = :last_error
 WHERE id = :id AND sent_at IS NULL AND failed_at IS NULL;
