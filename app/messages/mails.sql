-- The outbox as a council's administrators see it. Its texts, which may hold
-- links that open an account, are not for pages; copies of them are there only
-- where mail is kept as files.

-- row mail_line (id bigint, kind text, to_email text, to_name text, subject text, state text, created_at timestamptz, attempts integer, next_attempt_at timestamptz, sent_at timestamptz?, failed_at timestamptz?, message_id text, last_error text, offer_reference text, provider text)

-- query mail_count (council bigint, state text, kind text, most bigint) value bigint
-- Empty texts do not filter. Counted no further than :most.
SELECT count(*)
  FROM (SELECT
          FROM outbox m
         WHERE m.council_id = :council
           AND (:kind = '' OR m.kind = :kind)
           AND CASE :state WHEN 'sent' THEN m.sent_at IS NOT NULL
                   WHEN 'failed'
                   THEN m.sent_at IS NULL AND m.failed_at IS NOT NULL
                   WHEN 'waiting'
                   THEN m.sent_at IS NULL AND m.failed_at IS NULL
                   ELSE true END
         LIMIT :most) AS found;

-- query mail_page (council bigint, state text, kind text, offset bigint, limit bigint) many mail_line
-- Newest first. Empty texts do not filter.
SELECT line.id, line.kind, line.to_email, line.to_name, line.subject,
       line.state, line.created_at, line.attempts, line.next_attempt_at,
       line.sent_at, line.failed_at, line.message_id, line.last_error,
       coalesce(o.reference, '') AS offer_reference,
       coalesce(g.name, '') AS provider
  FROM (
	SELECT m.id, m.kind, m.to_email, m.to_name, m.subject,
	       CASE WHEN m.sent_at IS NOT NULL THEN 'sent'
	            WHEN m.failed_at IS NOT NULL THEN 'failed'
	            WHEN m.attempts > 0 THEN 'late' ELSE 'waiting' END AS state,
	       m.created_at, m.attempts, m.next_attempt_at, m.sent_at,
	       m.failed_at, m.message_id, m.last_error, m.council_id, m.offer_id
	  FROM outbox m
	 WHERE m.council_id = :council
	   AND (:kind = '' OR m.kind = :kind)
	   AND CASE :state WHEN 'sent' THEN m.sent_at IS NOT NULL
	           WHEN 'failed'
	           THEN m.sent_at IS NULL AND m.failed_at IS NOT NULL
	           WHEN 'waiting'
	           THEN m.sent_at IS NULL AND m.failed_at IS NULL
	           ELSE true END
	 ORDER BY m.created_at DESC, m.id DESC
	OFFSET :offset LIMIT :limit) AS line
  LEFT JOIN offer o ON o.council_id = line.council_id AND o.id = line.offer_id
  LEFT JOIN organisation g ON g.id = o.organisation_id
 ORDER BY line.created_at DESC, line.id DESC;

-- query mail_by_id (council bigint, id bigint) one mail_line
SELECT m.id, m.kind, m.to_email, m.to_name, m.subject,
       CASE WHEN m.sent_at IS NOT NULL THEN 'sent'
            WHEN m.failed_at IS NOT NULL THEN 'failed'
            WHEN m.attempts > 0 THEN 'late' ELSE 'waiting' END AS state,
       m.created_at, m.attempts, m.next_attempt_at, m.sent_at, m.failed_at,
       m.message_id, m.last_error, coalesce(o.reference, '') AS offer_reference,
       coalesce(g.name, '') AS provider
  FROM outbox m
  LEFT JOIN offer o ON o.council_id = m.council_id AND o.id = m.offer_id
  LEFT JOIN organisation g ON g.id = o.organisation_id
 WHERE m.council_id = :council AND m.id = :id;

-- query mail_copy_by_id (council bigint, id bigint) value text
-- NULL when there is none.
SELECT c.body FROM mail_copy c
 WHERE c.council_id = :council AND c.outbox_id = :id;

-- row mail_kind (kind text)

-- query mail_kind_list (council bigint) many mail_kind
-- From one kind to the next by the index, whatever there is of each.
WITH RECURSIVE found AS (
	(SELECT m.kind FROM outbox m
	  WHERE m.council_id = :council ORDER BY m.kind LIMIT 1)
	UNION ALL
	SELECT (SELECT m.kind FROM outbox m
	         WHERE m.council_id = :council AND m.kind > f.kind
	         ORDER BY m.kind LIMIT 1)
	  FROM found f WHERE f.kind IS NOT NULL)
SELECT f.kind FROM found f WHERE f.kind IS NOT NULL ORDER BY f.kind;
