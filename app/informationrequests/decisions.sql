-- What is asked for of a market test, and what is decided of each answer.

-- row information_test (id bigint, reference text, title text, state text,
--   closes_at timestamptz?)

-- query information_test_list (council bigint) many information_test
-- Those that were published; the newest first.
SELECT t.id, t.reference, t.title,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, clock_now()) AS state, t.closes_at
  FROM market_test t
 WHERE t.council_id = :council AND t.published_at IS NOT NULL
   AND t.withdrawn_at IS NULL
 ORDER BY t.closes_at DESC, t.id DESC
 LIMIT 200;

-- row information_test_asked (id bigint, reference text, title text,
--   state text, closes_at timestamptz?, can_be_read boolean, document text)

-- query information_test_by_id (council bigint, id bigint) one information_test_asked
-- can_be_read: opened, and this session is not behind the wall.
SELECT t.id, t.reference, t.title,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, clock_now()) AS state, t.closes_at,
       answers_can_be_read(t.council_id, t.id) AS can_be_read,
       v.document::text AS document
  FROM market_test t
  JOIN question_set_version v ON v.council_id = t.council_id
   AND v.id = t.question_set_version_id
 WHERE t.council_id = :council AND t.id = :id;

-- row information_area (code text, name text)

-- query information_area_list (council bigint) many information_area
SELECT DISTINCT ON (a.code) a.code, a.name FROM area a
 WHERE a.council_id = :council
 ORDER BY a.code, a.name;

-- row information_size (answers bigint, bytes bigint)

-- query information_answer_size (council bigint, market_test bigint, questions text[]) one information_size
SELECT count(*) AS answers, coalesce(sum(octet_length(x.value)), 0) AS bytes
  FROM submitted_answer_list(:council, :market_test, NULL, NULL) x
 WHERE x.question = ANY (:questions);

-- row information_answer (question text, response_id bigint,
--   response text, respondent_number bigint, organisation text, value text,
--   is_confidential boolean, confidential_reason text, decision_id bigint?,
--   outcome text?, reason_id bigint?, reasoning text?, text_sha256 bytea?,
--   revision integer?, decided_at timestamptz?, decided_by text?,
--   decided_by_id bigint?)
-- organisation is "" where there is none: people are not named. Respondents
-- are numbered in an order that says nothing of them.

-- query information_answer_list (council bigint, request bigint, request_reference text, market_test bigint, questions text[]) many information_answer
WITH respondent AS (
	SELECT r.id, r.reference, coalesce(o.name, '') AS organisation,
	       row_number() OVER (ORDER BY sha256(convert_to(
	           :request_reference || r.reference, 'UTF8'))) AS number
	  FROM response_list_opened(:council, :market_test) r
	  LEFT JOIN organisation o ON o.reference = r.organisation_reference
	   AND r.organisation_reference <> '' AND r.kind = 'provider'
)
SELECT x.question, x.response_id, p.reference AS response,
       p.number AS respondent_number, p.organisation, x.value,
       x.is_confidential, x.confidential_reason, d.id AS decision_id,
       d.outcome, d.reason_id, d.reasoning, d.text_sha256, d.revision,
       d.decided_at, coalesce(a.name, '') AS decided_by, d.decided_by_id
  FROM submitted_answer_list(:council, :market_test, NULL, NULL) x
  JOIN respondent p ON p.id = x.response_id
  LEFT JOIN information_decision d ON d.council_id = :council
   AND d.request_id = :request AND d.response_id = x.response_id
   AND d.question = x.question
  LEFT JOIN account a ON a.id = d.decided_by_id
 WHERE x.question = ANY (:questions)
 ORDER BY p.number, x.question;

-- row information_passage (decision_id bigint, start integer, length integer, reason_id bigint)

-- query information_passage_list (council bigint, request bigint) many information_passage
SELECT s.decision_id, s.start, s.length, s.reason_id
  FROM information_passage s
 WHERE s.council_id = :council AND s.request_id = :request
 ORDER BY s.decision_id, s.start;

-- query information_decision_insert (council bigint, request bigint, response bigint, question text, outcome text, reason bigint?, reasoning text, sha256 bytea, account bigint) value bigint
-- NULL when another has decided since.
INSERT INTO information_decision (council_id, request_id, response_id,
    question, outcome, reason_id, reasoning, text_sha256, decided_by_id)
VALUES (:council, :request, :response, :question, :outcome, :reason,
    :reasoning, :sha256, :account)
    ON CONFLICT DO NOTHING
RETURNING id;

-- query information_decision_save (council bigint, request bigint, id bigint, revision integer, outcome text, reason bigint?, reasoning text, sha256 bytea, account bigint) none
-- 0 when another has decided since.
UPDATE information_decision
   SET outcome = :outcome, reason_id = :reason, reasoning = :reasoning,
       text_sha256 = :sha256, revision = revision + 1,
       decided_at = clock_now(), decided_by_id = :account
 WHERE council_id = :council AND request_id = :request AND id = :id
   AND revision = :revision;

-- query information_passage_clear (council bigint, decision bigint) none
DELETE FROM information_passage
 WHERE council_id = :council AND decision_id = :decision;

-- query information_passage_add (council bigint, request bigint, decision bigint, starts bigint[], lengths bigint[], reasons bigint[]) none
INSERT INTO information_passage (council_id, request_id, decision_id, start,
    length, reason_id)
SELECT :council, :request, :decision, x.start, x.length, x.reason
  FROM unnest(:starts::bigint[], :lengths::bigint[], :reasons::bigint[])
       AS x (start, length, reason);

-- row information_reason (id bigint, number integer, exemption text,
--   exemption_words text, is_qualified boolean, reasoning text,
--   interest_for text, interest_against text, interest_balance text,
--   revision integer, changed_at timestamptz, changed_by_id bigint?,
--   changed_by text, uses bigint)
-- uses: answers that are withheld by it, whole or in part.

-- query information_reason_list (council bigint, request bigint) many information_reason
SELECT e.id, e.number, e.exemption, e.exemption_words, e.is_qualified,
       e.reasoning, e.interest_for, e.interest_against, e.interest_balance,
       e.revision, e.changed_at, e.changed_by_id,
       coalesce(a.name, '') AS changed_by,
       (SELECT count(*) FROM information_decision d
         WHERE d.council_id = e.council_id AND d.request_id = e.request_id
           AND (d.reason_id = e.id OR EXISTS (
               SELECT FROM information_passage s
                WHERE s.council_id = d.council_id AND s.decision_id = d.id
                  AND s.reason_id = e.id))) AS uses
  FROM information_reason e
  LEFT JOIN account a ON a.id = e.changed_by_id
 WHERE e.council_id = :council AND e.request_id = :request
 ORDER BY e.number;

-- query information_reason_insert (council bigint, request bigint, exemption text, exemption_words text, is_qualified boolean, reasoning text, interest_for text, interest_against text, interest_balance text, account bigint) value integer
-- Its number; the request is locked.
INSERT INTO information_reason (council_id, request_id, number, exemption,
    exemption_words, is_qualified, reasoning, interest_for, interest_against,
    interest_balance, changed_by_id)
SELECT :council, :request, coalesce((SELECT max(e.number)
           FROM information_reason e WHERE e.council_id = :council
            AND e.request_id = :request), 0) + 1,
       :exemption, :exemption_words, :is_qualified, :reasoning, :interest_for,
       :interest_against, :interest_balance, :account
RETURNING number;

-- query information_reason_save (council bigint, id bigint, revision integer, exemption text, exemption_words text, is_qualified boolean, reasoning text, interest_for text, interest_against text, interest_balance text, account bigint) none
-- 0 when another has saved since.
UPDATE information_reason
   SET exemption = :exemption, exemption_words = :exemption_words,
       is_qualified = :is_qualified, reasoning = :reasoning,
       interest_for = :interest_for, interest_against = :interest_against,
       interest_balance = :interest_balance, revision = revision + 1,
       changed_at = clock_now(), changed_by_id = :account
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query information_reason_delete (council bigint, id bigint, revision integer) none
-- 0 when another has saved since, or it is used.
DELETE FROM information_reason e
 WHERE e.council_id = :council AND e.id = :id AND e.revision = :revision
   AND NOT EXISTS (SELECT FROM information_decision d
       WHERE d.council_id = e.council_id AND d.reason_id = e.id)
   AND NOT EXISTS (SELECT FROM information_passage s
       WHERE s.council_id = e.council_id AND s.reason_id = e.id);
