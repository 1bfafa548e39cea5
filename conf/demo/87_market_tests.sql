-- Market tests as they stood and open copies of them, with the sets of
-- questions that they ask; and the responses to one of them.
CREATE FUNCTION pg_temp.test_instant(told jsonb, exact text) RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
SELECT CASE WHEN told IS NULL OR told = 'null' THEN NULL
       WHEN exact IS NOT NULL THEN exact::timestamptz
       ELSE ((now() AT TIME ZONE 'Europe/London')::date
           + (told ->> 'days')::integer + (told ->> 'time')::time)
           AT TIME ZONE 'Europe/London' END
$$;

CREATE TEMPORARY TABLE demo_market_tests ON COMMIT DROP AS
SELECT t.number, c.id AS council_id, t.told ->> 'key' AS key,
       t.told ->> 'question_set' AS questions, t.told,
       pg_temp.test_instant(t.told -> 'opens', t.told ->> 'opens_at')
           AS opens_at,
       pg_temp.test_instant(t.told -> 'clarify_by',
           t.told ->> 'clarify_by_at') AS clarify_by,
       pg_temp.test_instant(t.told -> 'closes', t.told ->> 'closes_at')
           AS closes_at,
       proposer.id AS proposed_by, approver.id AS approved_by
  FROM demo_documents d
 CROSS JOIN jsonb_array_elements(d.document -> 'market_tests')
     WITH ORDINALITY AS t (told, number)
  JOIN council c ON c.code = t.told ->> 'council'
  JOIN account proposer ON proposer.email = format('commissioner@%s.example', c.code)
  JOIN account approver ON approver.email = format('admin@%s.example', c.code)
 WHERE d.code = 'market-tests';

INSERT INTO question_set (council_id, reference, code, name, created_at)
SELECT m.council_id, pg_temp.reference_of('Q', q.code), q.code,
       q.document ->> 'name', min(m.opens_at) - interval '14 days'
  FROM demo_market_tests m JOIN demo_questions q ON q.code = m.questions
 GROUP BY m.council_id, q.code, q.document ->> 'name';
INSERT INTO question_set_version (council_id, question_set_id, number,
    document, created_at, published_at, published_by_id)
SELECT s.council_id, s.id, 1, q.document, s.created_at,
       s.created_at + interval '1 day', a.id
  FROM question_set s
  JOIN council c ON c.id = s.council_id
  JOIN demo_questions q ON q.code = s.code
  JOIN account a ON a.email = format('commissioner@%s.example', c.code)
 ORDER BY s.id;

-- What has responses, and notes to be keyed in, was opened the day after.
INSERT INTO market_test (council_id, reference, title, summary,
    question_set_id, question_set_version_id, audience, takes_partial,
    opens_at, clarify_by, closes_at, legal_basis, notice_reference, support,
    created_at, created_by_id, published_at, opened_at, opened_by_id)
SELECT m.council_id, pg_temp.reference_of('V', m.key), m.told ->> 'title',
       m.told ->> 'summary', s.id, v.id, m.told ->> 'audience',
       (m.told ->> 'takes_partial')::boolean, m.opens_at, m.clarify_by,
       m.closes_at, m.told ->> 'legal_basis', m.told ->> 'notice_reference',
       m.told ->> 'support', m.opens_at - interval '7 days', m.proposed_by,
       m.opens_at - interval '5 minutes',
       CASE WHEN opened.is_so THEN m.closes_at + interval '19 hours' END,
       CASE WHEN opened.is_so THEN m.proposed_by END
  FROM demo_market_tests m
  JOIN question_set s ON s.council_id = m.council_id AND s.code = m.questions
  JOIN question_set_version v ON v.council_id = s.council_id
   AND v.question_set_id = s.id
 CROSS JOIN LATERAL (SELECT m.told ? 'responses'
     OR m.key = 'hertfordshire-breakout-2021') AS opened (is_so)
 ORDER BY m.number;
INSERT INTO market_test_change (council_id, market_test_id, kind,
    proposed_by_id, proposed_at, state, decided_by_id, decided_at)
SELECT t.council_id, t.id, 'publish', m.proposed_by,
       t.published_at - interval '1 day', 'approved', m.approved_by,
       t.published_at
  FROM market_test t
  JOIN demo_market_tests m ON pg_temp.reference_of('V', m.key) = t.reference
 ORDER BY t.id;

CREATE TEMPORARY TABLE demo_responses ON COMMIT DROP AS
SELECT t.council_id, t.id AS market_test_id, t.reference AS test_reference,
       t.question_set_version_id, o.id AS organisation_id, r.number,
       (r.told ->> 'received_at')::timestamptz AS received_at, r.told
  FROM demo_documents d
  JOIN market_test t
    ON t.reference = pg_temp.reference_of('V', d.document ->> 'market_test')
 CROSS JOIN jsonb_array_elements(d.document -> 'responses')
     WITH ORDINALITY AS r (told, number)
  JOIN organisation o
    ON o.reference = pg_temp.reference_of('P', r.told ->> 'provider');
INSERT INTO sealed.response (council_id, market_test_id,
    question_set_version_id, organisation_id, started_at)
SELECT council_id, market_test_id, question_set_version_id, organisation_id,
       received_at - interval '40 minutes'
  FROM demo_responses ORDER BY number;
INSERT INTO sealed.answer (council_id, response_id, question, value,
    is_confidential, confidential_reason, changed_at)
SELECT x.council_id, x.id, a.question, a.value,
       coalesce(d.told -> 'confidential' ? a.question, false),
       coalesce(d.told -> 'confidential' ->> a.question, ''),
       d.received_at - interval '5 minutes'
  FROM demo_responses d
  JOIN sealed.response x ON x.council_id = d.council_id
   AND x.market_test_id = d.market_test_id
   AND x.organisation_id = d.organisation_id
 CROSS JOIN jsonb_each(d.told -> 'answers') AS a (question, value);
SELECT count(sealed.response_receive(x, d.test_reference, d.received_at, true))
  FROM demo_responses d
  JOIN sealed.response x ON x.council_id = d.council_id
   AND x.market_test_id = d.market_test_id
   AND x.organisation_id = d.organisation_id;

-- Drafts: one to go on with, and one that waits for a second person.
INSERT INTO market_test (council_id, reference, title, summary,
    question_set_id, question_set_version_id, takes_partial, opens_at,
    closes_at, support, created_by_id)
SELECT m.council_id, pg_temp.reference_of('V', d.key || c.code), d.title,
       d.summary, s.id, v.id, true, d.closes_at - interval '28 days',
       d.closes_at, format('%s answers questions Monday to Friday, 9am to 5pm: '
           'market.tests@%s.example', c.name, c.code), m.proposed_by
  FROM demo_market_tests m
  JOIN council c ON c.id = m.council_id
  JOIN question_set s ON s.council_id = m.council_id AND s.code = m.questions
  JOIN question_set_version v ON v.council_id = s.council_id
   AND v.question_set_id = s.id
 CROSS JOIN LATERAL (VALUES
     ('draft-', 'Care at night: who can offer it?',
      'Waking nights and sleep-ins at home, by area.', NULL),
     ('waiting-', 'What would help in the most rural areas?',
      'Travel, rates and rounds where few people live.',
      ((now() AT TIME ZONE 'Europe/London')::date + 35 + time '16:00')
          AT TIME ZONE 'Europe/London'))
     AS d (key, title, summary, closes_at)
 WHERE m.key IN ('hertfordshire-open', 'cambridgeshire-open')
 ORDER BY m.number, d.key;
INSERT INTO market_test_change (council_id, market_test_id, kind,
    proposed_by_id)
SELECT t.council_id, t.id, 'publish', t.created_by_id
  FROM market_test t
  JOIN council c ON c.id = t.council_id
 WHERE t.reference = pg_temp.reference_of('V', 'waiting-' || c.code);
