-- Requests for information, who asked, their clarifications and bundles.

-- row information_request (id bigint, reference text, subject text,
--   words text, received_on date, market_test_id bigint?, questions text[],
--   names_organisations boolean, state text, decided_on date?,
--   explanation text, revision integer, changed_at timestamptz,
--   changed_by_id bigint?, changed_by text, created_at timestamptz,
--   created_by text)

-- query information_request_by_reference (council bigint, reference text) one information_request
SELECT q.id, q.reference, q.subject, q.words, q.received_on, q.market_test_id,
       q.questions, q.names_organisations, q.state, q.decided_on,
       q.explanation, q.revision, q.changed_at, q.changed_by_id,
       coalesce(b.name, '') AS changed_by, q.created_at,
       coalesce(a.name, '') AS created_by
  FROM information_request q
  LEFT JOIN account a ON a.id = q.created_by_id
  LEFT JOIN account b ON b.id = q.changed_by_id
 WHERE q.council_id = :council AND q.reference = :reference;

-- query information_request_lock (council bigint, reference text) value bigint
-- What is decided of one request is decided by one at a time.
SELECT q.id FROM information_request q
 WHERE q.council_id = :council AND q.reference = :reference
   FOR UPDATE;

-- row information_request_summary (id bigint, reference text, subject text,
--   received_on date, state text, decided_on date?, answered_on date?,
--   is_waiting boolean)
-- answered_on: the last clarification; is_waiting: one is open.

-- query information_request_open_list (council bigint, most bigint) many information_request_summary
SELECT q.id, q.reference, q.subject, q.received_on, q.state, q.decided_on,
       (SELECT max(c.answered_on) FROM information_clarification c
         WHERE c.council_id = q.council_id AND c.request_id = q.id)
           AS answered_on,
       EXISTS (SELECT FROM information_clarification c
         WHERE c.council_id = q.council_id AND c.request_id = q.id
           AND c.answered_on IS NULL) AS is_waiting
  FROM information_request q
 WHERE q.council_id = :council AND q.state = 'received'
 ORDER BY q.received_on, q.id
 LIMIT :most;

-- query information_request_closed_count (council bigint) value bigint
SELECT count(*) FROM information_request q
 WHERE q.council_id = :council AND q.state <> 'received';

-- query information_request_closed_list (council bigint, skip bigint, most bigint) many information_request_summary
-- The newest first.
SELECT q.id, q.reference, q.subject, q.received_on, q.state, q.decided_on,
       (SELECT max(c.answered_on) FROM information_clarification c
         WHERE c.council_id = q.council_id AND c.request_id = q.id)
           AS answered_on, false AS is_waiting
  FROM information_request q
 WHERE q.council_id = :council AND q.state <> 'received'
 ORDER BY q.decided_on DESC, q.id DESC
OFFSET :skip LIMIT :most;

-- row information_request_new (id bigint, reference text)

-- query information_request_insert (council bigint, subject text, words text, received_on date, account bigint) one information_request_new
INSERT INTO information_request (council_id, subject, words, received_on,
    created_by_id, changed_by_id)
VALUES (:council, :subject, :words, :received_on, :account, :account)
RETURNING id, reference;

-- query information_request_save (council bigint, id bigint, revision integer, subject text, words text, received_on date, account bigint) none
-- 0 when another has saved since, or it is answered.
UPDATE information_request
   SET subject = :subject, words = :words, received_on = :received_on,
       revision = revision + 1, changed_at = clock_now(),
       changed_by_id = :account
 WHERE council_id = :council AND id = :id AND revision = :revision
   AND state = 'received';

-- query information_request_ask (council bigint, id bigint, revision integer, market_test bigint?, names_organisations boolean, account bigint) none
-- Another market test has other questions, so that none is in scope yet.
UPDATE information_request
   SET questions = CASE WHEN market_test_id IS NOT DISTINCT FROM :market_test
           THEN questions ELSE '{}' END,
       market_test_id = :market_test,
       names_organisations = :names_organisations,
       revision = revision + 1, changed_at = clock_now(),
       changed_by_id = :account
 WHERE council_id = :council AND id = :id AND revision = :revision
   AND state = 'received';

-- query information_request_scope (council bigint, id bigint, revision integer, questions text[], account bigint) none
UPDATE information_request
   SET questions = :questions, revision = revision + 1,
       changed_at = clock_now(), changed_by_id = :account
 WHERE council_id = :council AND id = :id AND revision = :revision
   AND state = 'received';

-- query information_request_decide (council bigint, id bigint, revision integer, state text, decided_on date?, explanation text, account bigint) none
-- Also back to received, without a day.
UPDATE information_request
   SET state = :state, decided_on = :decided_on, explanation = :explanation,
       revision = revision + 1, changed_at = clock_now(),
       changed_by_id = :account
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- row information_requester (name text, contact text)

-- query information_requester_of (council bigint, request bigint) one information_requester
SELECT p.name, p.contact FROM information_requester p
 WHERE p.council_id = :council AND p.request_id = :request;

-- query information_requester_save (council bigint, request bigint, name text, contact text) none
INSERT INTO information_requester (council_id, request_id, name, contact)
VALUES (:council, :request, :name, :contact)
    ON CONFLICT (council_id, request_id) DO UPDATE
   SET name = excluded.name, contact = excluded.contact;

-- row information_clarification (id bigint, asked_on date, question text,
--   answered_on date?, answer text)

-- query information_clarification_list (council bigint, request bigint) many information_clarification
SELECT c.id, c.asked_on, c.question, c.answered_on, c.answer
  FROM information_clarification c
 WHERE c.council_id = :council AND c.request_id = :request
 ORDER BY c.asked_on, c.id;

-- query information_clarification_insert (council bigint, request bigint, asked_on date, question text) none
-- 0 when one is open already.
INSERT INTO information_clarification (council_id, request_id, asked_on,
    question)
VALUES (:council, :request, :asked_on, :question)
    ON CONFLICT DO NOTHING;

-- query information_clarification_answer (council bigint, request bigint, id bigint, answered_on date, answer text) none
-- 0 when it is answered already.
UPDATE information_clarification
   SET answered_on = :answered_on, answer = :answer
 WHERE council_id = :council AND request_id = :request AND id = :id
   AND answered_on IS NULL;

-- row information_bundle (number integer, sha256 bytea, released integer,
--   in_part integer, withheld integer, made_at timestamptz, made_by text)

-- query information_bundle_list (council bigint, request bigint) many information_bundle
SELECT b.number, b.sha256, b.released, b.in_part, b.withheld, b.made_at,
       coalesce(a.name, '') AS made_by
  FROM information_bundle b LEFT JOIN account a ON a.id = b.made_by_id
 WHERE b.council_id = :council AND b.request_id = :request
 ORDER BY b.number DESC;

-- query information_bundle_next (council bigint, request bigint) value integer
-- The number of the next one; the request is locked.
SELECT coalesce(max(b.number), 0) + 1 AS number FROM information_bundle b
 WHERE b.council_id = :council AND b.request_id = :request;

-- query information_bundle_insert (council bigint, request bigint, number integer, content text, released integer, in_part integer, withheld integer, account bigint) value bytea
-- Its SHA-256.
INSERT INTO information_bundle (council_id, request_id, number, content,
    sha256, released, in_part, withheld, made_by_id)
VALUES (:council, :request, :number, :content,
    sha256(convert_to(:content, 'UTF8')), :released, :in_part, :withheld,
    :account)
RETURNING sha256;

-- query information_bundle_content (council bigint, request bigint, number integer) value text
SELECT b.content FROM information_bundle b
 WHERE b.council_id = :council AND b.request_id = :request
   AND b.number = :number;
