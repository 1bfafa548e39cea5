-- Market tests: drafts, what was published, the changes that take two people,
-- and who is invited. Responses are in responses.sql.

-- row market_test_entry (reference text, title text, summary text,
--   council_name text, state text, closes_at timestamptz?, opens_at timestamptz?,
--   waits_for text?, is_public boolean)
-- waits_for: what a second person is asked to decide.

-- query market_test_count (council bigint) value bigint
SELECT count(*) FROM market_test WHERE council_id = :council;

-- query market_test_list (council bigint, limit bigint, offset bigint) many market_test_entry
-- The council's own: drafts, then the one that closes last first.
SELECT t.reference, t.title, t.summary, k.name AS council_name,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, clock_now()) AS state,
       t.closes_at, t.opens_at, c.kind AS waits_for,
       t.audience = 'everybody' AS is_public
  FROM market_test t
  JOIN council k ON k.id = t.council_id
  LEFT JOIN market_test_change c ON c.council_id = t.council_id
   AND c.market_test_id = t.id AND c.state = 'proposed'
 WHERE t.council_id = :council
 ORDER BY t.published_at IS NOT NULL, t.closes_at DESC NULLS FIRST, t.id DESC
 LIMIT :limit OFFSET :offset;

-- query market_test_public_count () value bigint
SELECT count(*) FROM market_test t
 WHERE t.published_at IS NOT NULL AND t.withdrawn_at IS NULL;

-- query market_test_public_list (limit bigint, offset bigint) many market_test_entry
-- What anybody may see, and what whoever is signed in was invited to; those
-- that are open first, the next to close before the others.
SELECT t.reference, t.title, t.summary, k.name AS council_name,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, clock_now()) AS state,
       t.closes_at, t.opens_at, NULL::text AS waits_for,
       t.audience = 'everybody' AS is_public
  FROM market_test t
  JOIN council k ON k.id = t.council_id
 WHERE t.published_at IS NOT NULL AND t.withdrawn_at IS NULL
 ORDER BY t.closes_at <= clock_now(),
          CASE WHEN t.closes_at > clock_now() THEN t.closes_at END,
          t.closes_at DESC, t.id
 LIMIT :limit OFFSET :offset;

-- row market_test_row (id bigint, council_id bigint, reference text,
--   council_name text, title text, summary text, state text,
--   set_id bigint?, version_id bigint?, set_reference text?, set_name text?,
--   version_number integer?, document text?, audience text,
--   takes_partial boolean, opens_at timestamptz?, clarify_by timestamptz?,
--   closes_at timestamptz?, legal_basis text, notice_reference text,
--   support text, revision integer, created_by text,
--   published_at timestamptz?, opened_at timestamptz?, opened_by text,
--   finished_at timestamptz?, withdrawn_at timestamptz?, withdrawn_reason text)

-- query market_test_by_reference (reference text) one market_test_row
-- Whoever asks sees what the row's policies let them see. The name of the set
-- is the council's own affair.
SELECT t.id, t.council_id, t.reference, k.name AS council_name, t.title,
       t.summary,
       market_test_state(t.published_at, t.opened_at, t.finished_at,
           t.withdrawn_at, t.closes_at, clock_now()) AS state,
       t.question_set_id AS set_id, t.question_set_version_id AS version_id,
       s.reference AS set_reference, s.name AS set_name,
       v.number AS version_number, v.document::text AS document,
       t.audience, t.takes_partial, t.opens_at, t.clarify_by, t.closes_at,
       t.legal_basis, t.notice_reference, t.support, t.revision,
       coalesce(a.name, '') AS created_by, t.published_at, t.opened_at,
       coalesce(o.name, '') AS opened_by, t.finished_at, t.withdrawn_at,
       t.withdrawn_reason
  FROM market_test t
  JOIN council k ON k.id = t.council_id
  LEFT JOIN question_set_version v ON v.council_id = t.council_id
   AND v.id = t.question_set_version_id
  LEFT JOIN question_set s ON s.council_id = t.council_id
   AND s.id = t.question_set_id
  LEFT JOIN account a ON a.id = t.created_by_id
  LEFT JOIN account o ON o.id = t.opened_by_id
 WHERE t.reference = :reference;

-- query market_test_lock (council bigint, reference text) value bigint
-- For whatever changes it: read it and the clock after this. NULL for others.
SELECT market_test_lock(:council, :reference);

-- row market_test_new (id bigint, reference text)

-- query market_test_insert (council bigint, title text, account bigint) one market_test_new
INSERT INTO market_test (council_id, title, created_by_id)
VALUES (:council, :title, :account)
RETURNING id, reference;

-- query market_test_update_draft (council bigint, market_test bigint, revision integer, title text, summary text, version bigint?, audience text, partial boolean, opens_at timestamptz?, clarify_by timestamptz?, closes_at timestamptz?, legal_basis text, notice text, support text) none
-- 0 when another has saved since that revision, or it is no draft any more.
UPDATE market_test t
   SET title = :title, summary = :summary,
       question_set_id = (SELECT v.question_set_id FROM question_set_version v
           WHERE v.council_id = :council AND v.id = :version),
       question_set_version_id = :version, audience = :audience,
       takes_partial = :partial, opens_at = :opens_at,
       clarify_by = :clarify_by, closes_at = :closes_at,
       legal_basis = :legal_basis, notice_reference = :notice,
       support = :support, revision = t.revision + 1
 WHERE t.council_id = :council AND t.id = :market_test
   AND t.revision = :revision AND t.published_at IS NULL;

-- query market_test_delete (council bigint, market_test bigint, revision integer) none
-- A draft that nobody wants, with what was proposed and who was invited.
DELETE FROM market_test t
 WHERE t.council_id = :council AND t.id = :market_test
   AND t.revision = :revision AND t.published_at IS NULL;

-- row question_version_choice (id bigint, label text)

-- query question_version_choices (council bigint, version bigint) many question_version_choice
-- The newest published version of every set, and the one that is chosen.
SELECT v.id, format('%s, version %s', s.name, v.number) AS label
  FROM question_set s
  JOIN question_set_version v ON v.council_id = s.council_id
   AND v.question_set_id = s.id
 WHERE s.council_id = :council
   AND (v.id = :version OR v.id = (SELECT x.id FROM question_set_version x
       WHERE x.council_id = s.council_id AND x.question_set_id = s.id
         AND x.published_at IS NOT NULL
       ORDER BY x.number DESC LIMIT 1))
 ORDER BY s.name, s.id, v.number DESC;

-- query question_version_later (council bigint, set bigint, version bigint) many question_version_choice
-- Published versions of a set that came after one.
SELECT v.id, format('Version %s', v.number) AS label
  FROM question_set_version v
 WHERE v.council_id = :council AND v.question_set_id = :set
   AND v.published_at IS NOT NULL AND v.id > :version
 ORDER BY v.number DESC;

-- row market_test_change_row (id bigint, kind text, closes_at timestamptz?,
--   version_id bigint?, version_number integer?, reason text,
--   proposed_by_id bigint, proposed_by text, proposed_at timestamptz,
--   state text, decided_by text, decided_at timestamptz?,
--   decision_reason text)

-- query market_test_change_list (council bigint, market_test bigint) many market_test_change_row
-- What was proposed and decided, the newest first. Whoever is not of the
-- council sees what was approved.
SELECT c.id, c.kind, c.closes_at, c.question_set_version_id AS version_id,
       v.number AS version_number, c.reason, c.proposed_by_id,
       coalesce(p.name, '') AS proposed_by, c.proposed_at, c.state,
       coalesce(d.name, '') AS decided_by, c.decided_at, c.decision_reason
  FROM market_test_change c
  LEFT JOIN question_set_version v ON v.council_id = c.council_id
   AND v.id = c.question_set_version_id
  LEFT JOIN account p ON p.id = c.proposed_by_id
  LEFT JOIN account d ON d.id = c.decided_by_id
 WHERE c.council_id = :council AND c.market_test_id = :market_test
 ORDER BY c.id DESC;

-- query market_test_change_insert (council bigint, market_test bigint, kind text, closes_at timestamptz?, version bigint?, reason text, account bigint) none
-- 0 when something else waits to be decided.
INSERT INTO market_test_change (council_id, market_test_id, kind, closes_at,
    question_set_version_id, reason, proposed_by_id)
VALUES (:council, :market_test, :kind, :closes_at, :version, :reason, :account)
    ON CONFLICT DO NOTHING;

-- query market_test_change_decide (council bigint, change bigint, state text, reason text, account bigint) none
-- 0 when it is decided already.
UPDATE market_test_change
   SET state = :state, decision_reason = :reason, decided_by_id = :account,
       decided_at = clock_now()
 WHERE council_id = :council AND id = :change AND state = 'proposed';

-- query market_test_publish (council bigint, market_test bigint) none
UPDATE market_test
   SET published_at = clock_now(),
       opens_at = greatest(coalesce(opens_at, clock_now()), clock_now()),
       revision = revision + 1
 WHERE council_id = :council AND id = :market_test AND published_at IS NULL;

-- query market_test_close_move (council bigint, market_test bigint, closes_at timestamptz) none
UPDATE market_test SET closes_at = :closes_at, revision = revision + 1
 WHERE council_id = :council AND id = :market_test;

-- query market_test_correct (council bigint, market_test bigint, version bigint) none
UPDATE market_test
   SET question_set_version_id = :version, revision = revision + 1
 WHERE council_id = :council AND id = :market_test;

-- query market_test_withdraw (council bigint, market_test bigint, reason text) none
UPDATE market_test
   SET withdrawn_at = clock_now(), withdrawn_reason = :reason,
       revision = revision + 1
 WHERE council_id = :council AND id = :market_test AND withdrawn_at IS NULL;

-- query market_test_open (council bigint, market_test bigint, account bigint) none
-- 0 when it is not closed, or open already. The clock is read under the lock
-- that market_test_lock took.
UPDATE market_test
   SET opened_at = clock_now(), opened_by_id = :account,
       revision = revision + 1
 WHERE council_id = :council AND id = :market_test AND opened_at IS NULL
   AND published_at IS NOT NULL AND withdrawn_at IS NULL
   AND closes_at <= clock_now();

-- query market_test_finish (council bigint, market_test bigint) none
UPDATE market_test SET finished_at = clock_now(), revision = revision + 1
 WHERE council_id = :council AND id = :market_test AND finished_at IS NULL
   AND opened_at IS NOT NULL;

-- row market_test_recipient (email text, name text, invitation_id bigint?, is_new boolean)

-- query market_test_recipient_list (market_test bigint) many market_test_recipient
SELECT email, name, invitation_id, is_new
  FROM market_test_recipients(:market_test);

-- query market_test_tell_respondents (market_test bigint, subject text, body text) none
SELECT market_test_tell_respondents(:market_test, :subject, :body);

-- query respondent_token_add (invitation bigint, token bytea) value boolean
SELECT respondent_token_add(:invitation, :token);

-- query market_test_invitations_told (council bigint, market_test bigint) none
UPDATE market_test_invitation SET told_at = clock_now()
 WHERE council_id = :council AND market_test_id = :market_test
   AND told_at IS NULL;

-- row market_test_invitation_row (id bigint, name text, email text, kind text, organisation_reference text, told_at timestamptz?, invited_at timestamptz)

-- query market_test_invitation_count (council bigint, market_test bigint) value bigint
SELECT count(*) FROM market_test_invitation
 WHERE council_id = :council AND market_test_id = :market_test;

-- query market_test_invitation_list (council bigint, market_test bigint, limit bigint, offset bigint) many market_test_invitation_row
SELECT i.id, coalesce(o.name, i.name) AS name, i.email, i.kind,
       coalesce(o.reference, '') AS organisation_reference, i.told_at,
       i.invited_at
  FROM market_test_invitation i
  LEFT JOIN organisation o ON o.id = i.organisation_id
 WHERE i.council_id = :council AND i.market_test_id = :market_test
 ORDER BY coalesce(o.name, i.name), i.email, i.id
 LIMIT :limit OFFSET :offset;

-- row market_test_provider (id bigint, reference text, name text)

-- query market_test_provider_list (council bigint, market_test bigint) many market_test_provider
-- Providers of the council's frameworks that are not invited yet.
SELECT o.id, o.reference, o.name
  FROM organisation o
 WHERE o.is_active
   AND EXISTS (SELECT FROM framework_member m
       WHERE m.council_id = :council AND m.organisation_id = o.id)
   AND NOT EXISTS (SELECT FROM market_test_invitation i
       WHERE i.council_id = :council AND i.market_test_id = :market_test
         AND i.organisation_id = o.id)
 ORDER BY o.name, o.id;

-- query market_test_provider_invite (council bigint, market_test bigint, organisations bigint[], account bigint) none
INSERT INTO market_test_invitation (council_id, market_test_id,
    organisation_id, invited_by_id)
SELECT :council, :market_test, o, :account
  FROM unnest(:organisations::bigint[]) AS o
    ON CONFLICT DO NOTHING;

-- query market_test_person_invite (council bigint, market_test bigint, kind text, name text, email text, account bigint) value bigint
-- NULL when that address is invited already.
INSERT INTO market_test_invitation (council_id, market_test_id, kind, name,
    email, invited_by_id)
VALUES (:council, :market_test, :kind, :name, :email, :account)
    ON CONFLICT DO NOTHING
RETURNING id;

-- query market_test_invitation_remove (council bigint, market_test bigint, invitation bigint) none
-- Only before it was told.
DELETE FROM market_test_invitation
 WHERE council_id = :council AND market_test_id = :market_test
   AND id = :invitation AND told_at IS NULL;
