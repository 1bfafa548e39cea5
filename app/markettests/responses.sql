-- Responses of one provider or respondent: everything that is sealed goes
-- through the functions of the schema, which look who is asking.

-- row market_test_asked (council_id bigint, id bigint, reference text,
--   council text, title text, summary text, question_set_version_id bigint,
--   takes_partial boolean, opens_at timestamptz, closes_at timestamptz,
--   state text, withdrawn_reason text, support text)

-- query market_test_to_answer (reference text) one market_test_asked
-- As row-level security lets a provider, or who came by a link, see it.
SELECT t.council_id, t.id, t.reference, c.name AS council, t.title, t.summary,
       coalesce(t.question_set_version_id, 0) AS question_set_version_id,
       t.takes_partial,
       coalesce(t.opens_at, t.created_at) AS opens_at,
       coalesce(t.closes_at, t.created_at) AS closes_at,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, (SELECT clock_now())) AS state,
       t.withdrawn_reason, t.support
  FROM market_test t
  JOIN council c ON c.id = t.council_id
 WHERE t.reference = :reference AND t.published_at IS NOT NULL;

-- query response_questions (council bigint, version bigint) value text
SELECT v.document::text
  FROM question_set_version v
 WHERE v.council_id = :council AND v.id = :version;

-- row respondent (council_id bigint, market_test_id bigint, market_test_reference text, name text)

-- query respondent_begin (token bytea) one respondent
SELECT k.council_id, k.market_test_id, k.market_test_reference, k.name
  FROM respondent_begin(:token) AS k
 WHERE k.council_id IS NOT NULL;

-- query respondent_email (market_test bigint) value text
-- Of who answers by a link.
SELECT i.email
  FROM market_test_invitation i
 WHERE i.market_test_id = :market_test AND i.id = tenant_respondent();

-- query response_begin (council bigint, market_test bigint) value bigint
SELECT response_begin(:council, :market_test);

-- row response (id bigint, reference text, revision integer, respondent_name text, question_set_version_id bigint, withdrawn_at timestamptz?, submitted_number integer?, submitted_at timestamptz?, is_submitted_whole boolean, late_count bigint)
-- is_submitted_whole: nothing was changed since it was submitted.

-- query response_look (council bigint, market_test bigint) one response
SELECT r.id, r.reference, r.revision, r.respondent_name,
       r.question_set_version_id, r.withdrawn_at, r.submitted_number,
       r.submitted_at, r.submitted_revision AS is_submitted_whole, r.late_count
  FROM response_look(:council, :market_test, NULL) AS r
 WHERE r.id IS NOT NULL;

-- row answer_saved (question text, value text, is_confidential boolean, confidential_reason text, revision integer, changed_at timestamptz, changed_by_id bigint?, changed_by text)

-- query answer_saved_list (council bigint, response bigint) many answer_saved
SELECT a.question, a.value, a.is_confidential, a.confidential_reason,
       a.revision, a.changed_at, a.changed_by_id, a.changed_by
  FROM answer_list_own(:council, :response) AS a;

-- row answer_stored (question text, value text, is_confidential boolean, confidential_reason text, revision integer, changed_at timestamptz, changed_by_id bigint?, changed_by text, is_saved boolean)

-- query answer_save (council bigint, response bigint, questions text[], new_values text[], confidential bigint[], reasons text[], revisions bigint[]) many answer_stored
-- Those that were saved, and those that somebody else had changed meanwhile.
SELECT a.question, a.value, a.is_confidential, a.confidential_reason,
       a.revision, a.changed_at, a.changed_by_id, a.changed_by, a.is_saved
  FROM answer_save(:council, :response, :questions, :new_values,
           :confidential, :reasons, :revisions) AS a;

-- query response_follow (council bigint, response bigint) value boolean
SELECT response_follow(:council, :response);

-- row response_outcome (outcome text, number integer?, received_at timestamptz?, closed_at timestamptz?, sha256 bytea?)

-- query response_submit (council bigint, response bigint, seen_revision integer, complete boolean) one response_outcome
SELECT s.outcome, s.number, s.received_at, s.closed_at, s.sha256
  FROM response_submit(:council, :response, :seen_revision, :complete) AS s;

-- query response_withdraw (council bigint, response bigint) value boolean
SELECT response_withdraw(:council, :response);

-- row submission (number integer, received_at timestamptz, is_complete boolean, sha256 bytea, submitted_by text)

-- query submission_list (council bigint, response bigint) many submission
-- The newest, which is the one that counts, first.
SELECT s.number, s.received_at, s.is_complete, s.sha256, s.submitted_by
  FROM submission_list_own(:council, :response) AS s;

-- query submission_content (council bigint, response bigint) value text
-- Of the one that counts.
SELECT s.content
  FROM submission_list_own(:council, :response) AS s
 LIMIT 1;

-- row late_attempt (attempted_at timestamptz, closed_at timestamptz, account_name text)

-- query late_attempt_list (council bigint, response bigint) many late_attempt
SELECT l.attempted_at, l.closed_at, l.account_name
  FROM late_attempt_list_own(:council, :response) AS l;

-- row asked_area (value text, label text)

-- query response_area_list (council bigint, scheme text) many asked_area
SELECT a.code AS value, a.name AS label
  FROM area a
  JOIN area_scheme s ON s.council_id = a.council_id AND s.id = a.scheme_id
 WHERE a.council_id = :council AND s.code = :scheme
 ORDER BY a.sort, a.name;
