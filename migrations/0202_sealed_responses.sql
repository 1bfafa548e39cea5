-- migrate:up
-- Responses to market tests, sealed: nobody has a grant on this schema, and its
-- functions look at the clock, the role and who is asking each time.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE SCHEMA sealed;
COMMENT ON SCHEMA sealed IS
'Responses to market tests: no table rights for anyone, reached only through functions that look at the clock, the role and the wall.';
REVOKE ALL ON SCHEMA sealed FROM PUBLIC;

CREATE TABLE sealed.response (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('R'),
	market_test_id bigint NOT NULL,
	question_set_version_id bigint NOT NULL,
	organisation_id bigint REFERENCES organisation,
	invitation_id bigint,
	channel text NOT NULL DEFAULT 'online' CHECK (channel IN ('online',
	    'e_mail', 'post', 'telephone', 'meeting')),
	respondent_name text NOT NULL DEFAULT '',
	stated_at timestamptz,
	revision integer NOT NULL DEFAULT 1,
	started_at timestamptz NOT NULL DEFAULT clock_now(),
	started_by_id bigint REFERENCES account,
	withdrawn_at timestamptz,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, market_test_id) REFERENCES market_test,
	FOREIGN KEY (council_id, question_set_version_id)
	    REFERENCES question_set_version,
	FOREIGN KEY (council_id, invitation_id) REFERENCES market_test_invitation,
	CHECK (organisation_id IS NOT NULL OR invitation_id IS NOT NULL
	    OR respondent_name <> ''),
	CHECK ((channel = 'online') = (stated_at IS NULL))
);
CREATE UNIQUE INDEX response_organisation
    ON sealed.response (council_id, market_test_id, organisation_id)
    WHERE channel = 'online';
CREATE UNIQUE INDEX response_keyed
    ON sealed.response (council_id, market_test_id, organisation_id)
    WHERE channel <> 'online';
CREATE UNIQUE INDEX response_invitation
    ON sealed.response (council_id, market_test_id, invitation_id);
CREATE UNIQUE INDEX response_respondent
    ON sealed.response (council_id, market_test_id, lower(respondent_name))
    WHERE organisation_id IS NULL AND invitation_id IS NULL;
CREATE INDEX response_of_organisation ON sealed.response (organisation_id);
COMMENT ON TABLE sealed.response IS
'What one respondent answers to one market test. A respondent is counted once, whatever the channel; a draft that was never submitted stands in the way of no return by post and is known to nobody else.';
COMMENT ON COLUMN sealed.response.question_set_version_id IS
'The version of the questions that the respondent has seen last.';
COMMENT ON COLUMN sealed.response.respondent_name IS
'Of a return that staff keyed in for somebody who is no provider here.';
COMMENT ON COLUMN sealed.response.stated_at IS
'When a return that staff keyed in had come, as they say; before the close.';
COMMENT ON COLUMN sealed.response.revision IS 'Counts the saves of any answer.';

CREATE TABLE sealed.answer (
	council_id bigint NOT NULL,
	response_id bigint NOT NULL,
	question text NOT NULL CHECK (question <> ''),
	value jsonb NOT NULL,
	is_confidential boolean NOT NULL DEFAULT false,
	confidential_reason text NOT NULL DEFAULT '',
	revision integer NOT NULL DEFAULT 1,
	changed_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, response_id, question),
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response
);
COMMENT ON TABLE sealed.answer IS
'A draft answer, as it was saved last. One that was taken out again is the JSON null.';
COMMENT ON COLUMN sealed.answer.question IS 'Its id in the set of questions.';
COMMENT ON COLUMN sealed.answer.value IS
'As app/questionnaires/answers.h writes it.';
COMMENT ON COLUMN sealed.answer.revision IS
'Counts saves; a save upon an older revision is a conflict.';

CREATE TABLE sealed.upload (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('U'),
	response_id bigint NOT NULL,
	question text NOT NULL CHECK (question <> ''),
	name text NOT NULL CHECK (name <> ''),
	size bigint NOT NULL CHECK (size > 0),
	media_type text NOT NULL DEFAULT '',
	sha256 bytea CHECK (length(sha256) = 32),
	state text NOT NULL DEFAULT 'receiving' CHECK (state IN ('receiving',
	    'checking', 'clean', 'refused', 'quarantined', 'removed')),
	reason text NOT NULL DEFAULT '',
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	created_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response,
	CHECK (state IN ('receiving', 'refused', 'removed') OR sha256 IS NOT NULL)
);
CREATE INDEX upload_response ON sealed.upload (council_id, response_id);
CREATE INDEX upload_checking ON sealed.upload (id) WHERE state = 'checking';
COMMENT ON TABLE sealed.upload IS
'A file of an answer. Its bytes are kept here, in parts, so that they are committed, sealed and backed up with the answer, on any number of machines, and an upload goes on where it broke off.';
COMMENT ON COLUMN sealed.upload.name IS
'As the sender called it; shown, never used as a path.';
COMMENT ON COLUMN sealed.upload.state IS
'checking: whole, waits for the virus scanner; quarantined: it found something or could not look. A submission counts the upload, not the scan.';

CREATE TABLE sealed.upload_part (
	council_id bigint NOT NULL,
	upload_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 0),
	content bytea NOT NULL,
	PRIMARY KEY (council_id, upload_id, number),
	FOREIGN KEY (council_id, upload_id) REFERENCES sealed.upload
	    ON DELETE CASCADE
);
ALTER TABLE sealed.upload_part ALTER COLUMN content SET STORAGE EXTERNAL;
COMMENT ON TABLE sealed.upload_part IS
'The bytes of a file, in order; all parts but the last are of one size.';

CREATE TABLE sealed.submission (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	response_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	question_set_version_id bigint NOT NULL,
	received_at timestamptz NOT NULL,
	is_complete boolean NOT NULL,
	content text NOT NULL,
	sha256 bytea NOT NULL CHECK (length(sha256) = 32),
	submitted_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, response_id, number),
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response
);
COMMENT ON TABLE sealed.submission IS
'What was received, never changed. The last one of a response counts.';
COMMENT ON COLUMN sealed.submission.content IS
'The answers and the names, sizes and SHA-256 of the files as JSON text; the receipt''s SHA-256 is of its UTF-8 bytes.';

CREATE TABLE sealed.submitted_answer (
	council_id bigint NOT NULL,
	market_test_id bigint NOT NULL,
	question text NOT NULL,
	response_id bigint NOT NULL,
	value jsonb NOT NULL,
	is_confidential boolean NOT NULL,
	confidential_reason text NOT NULL,
	PRIMARY KEY (council_id, market_test_id, question, response_id),
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response
);
CREATE INDEX submitted_answer_response
    ON sealed.submitted_answer (council_id, response_id);
COMMENT ON TABLE sealed.submitted_answer IS
'The answers of the submission that counts, by question, for summaries. Kept by response_submit().';

CREATE TABLE sealed.late_attempt (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	market_test_id bigint NOT NULL,
	response_id bigint NOT NULL,
	attempted_at timestamptz NOT NULL,
	closed_at timestamptz NOT NULL,
	account_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response
);
CREATE INDEX late_attempt_response
    ON sealed.late_attempt (council_id, response_id);
COMMENT ON TABLE sealed.late_attempt IS
'A submission that came at or after the close and was refused; both sides see it.';

CREATE TABLE sealed.respondent_token (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	council_id bigint NOT NULL,
	invitation_id bigint NOT NULL,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	ended_at timestamptz,
	FOREIGN KEY (council_id, invitation_id) REFERENCES market_test_invitation
	    ON DELETE CASCADE
);
COMMENT ON TABLE sealed.respondent_token IS
'SHA-256 of the link by which somebody without an account answers. It works until the market test is finished or another link was made.';

CREATE TABLE sealed.wall (
	council_id bigint NOT NULL REFERENCES council,
	account_id bigint NOT NULL REFERENCES account,
	reason text NOT NULL CHECK (reason <> ''),
	raised_at timestamptz NOT NULL DEFAULT clock_now(),
	raised_by_id bigint NOT NULL REFERENCES account,
	PRIMARY KEY (council_id, account_id)
);
COMMENT ON TABLE sealed.wall IS
'Who evaluates, or is to evaluate, a tender of the council, and so may not read answers to its market tests.';

CREATE FUNCTION respondent_begin(token bytea, OUT council_id bigint,
    OUT market_test_id bigint, OUT market_test_reference text,
    OUT name text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	invitation bigint;
BEGIN
	SELECT i.council_id, i.market_test_id, t.reference, i.name, i.id
	  INTO council_id, market_test_id, market_test_reference, name, invitation
	  FROM sealed.respondent_token k
	  JOIN market_test_invitation i ON i.council_id = k.council_id
	   AND i.id = k.invitation_id
	  JOIN market_test t ON t.council_id = i.council_id
	   AND t.id = i.market_test_id
	 WHERE k.token_hash = token AND k.ended_at IS NULL
	   AND t.published_at IS NOT NULL AND t.finished_at IS NULL
	   AND NOT (tenant_scope() = 'council'
	       AND coalesce(tenant_council() = i.council_id, true));
	IF FOUND THEN
		PERFORM set_config('hearth.respondent_id', invitation::text, true);
	END IF;
END
$$;
COMMENT ON FUNCTION respondent_begin(bytea) IS
'Lets this transaction answer for the invitation of a link; council_id is NULL when the link is good for nothing, as it is in a session of the council that asks.';

CREATE FUNCTION respondent_token_add(invitation bigint, token bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	IF tenant_scope() <> 'council' OR tenant_role() IS NULL
	    OR tenant_role() NOT IN ('commissioner', 'council_administrator')
	    OR NOT EXISTS (SELECT FROM market_test_invitation i
	        WHERE i.council_id = tenant_council() AND i.id = invitation
	          AND i.organisation_id IS NULL) THEN
		RETURN false;
	END IF;
	UPDATE sealed.respondent_token k SET ended_at = clock_now()
	 WHERE k.council_id = tenant_council() AND k.invitation_id = invitation
	   AND k.ended_at IS NULL;
	INSERT INTO sealed.respondent_token (token_hash, council_id, invitation_id)
	VALUES (token, tenant_council(), invitation);
	RETURN true;
END
$$;
COMMENT ON FUNCTION respondent_token_add(bigint, bytea) IS
'Makes the link of an invitation of the own council to somebody without an account; an earlier one ends.';

CREATE FUNCTION sealed.may_read(council bigint, market_test bigint)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT coalesce(tenant_scope() = 'council' AND tenant_council() = council
    AND tenant_role() IN ('commissioner', 'council_administrator', 'auditor')
    AND NOT EXISTS (SELECT FROM sealed.wall w
        WHERE w.council_id = council AND w.account_id = tenant_account())
    AND EXISTS (SELECT FROM market_test t
        WHERE t.council_id = council AND t.id = market_test
          AND t.opened_at IS NOT NULL AND t.opened_at >= t.closes_at
          AND clock_now() >= t.closes_at), false)
$$;
COMMENT ON FUNCTION sealed.may_read(bigint, bigint) IS
'Whether this session may read the responses of a market test: opened after its close, a role that works with them, and not on the other side of the wall.';

CREATE FUNCTION sealed.response_is_mine(r sealed.response) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT CASE WHEN r.channel <> 'online'
            THEN sealed.may_read(r.council_id, r.market_test_id)
            WHEN tenant_respondent() IS NOT NULL
            THEN coalesce(r.invitation_id = tenant_respondent(), false)
            ELSE coalesce(r.organisation_id = tenant_organisation(), false) END
$$;
COMMENT ON FUNCTION sealed.response_is_mine(sealed.response) IS
'Whether this transaction may read a response as its own: by the link that it came with, else for its organisation; a return that staff keyed in is theirs alone, so that its sender cannot go on with it after the close.';

CREATE FUNCTION sealed.response_may_write(r sealed.response) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT sealed.response_is_mine(r) AND (r.channel = 'online'
    OR tenant_role() IN ('commissioner', 'council_administrator')
        AND EXISTS (SELECT FROM market_test t
            WHERE t.council_id = r.council_id AND t.id = r.market_test_id
              AND t.finished_at IS NULL))
$$;
COMMENT ON FUNCTION sealed.response_may_write(sealed.response) IS
'Whether this transaction may also change it: what was keyed in only until the overview is out, and no auditor.';

CREATE FUNCTION sealed.response_hold(council bigint, response bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	asked market_test;
BEGIN
	SELECT t.* INTO asked FROM sealed.response r
	  JOIN market_test t ON t.council_id = r.council_id
	   AND t.id = r.market_test_id
	 WHERE r.council_id = council AND r.id = response
	   AND sealed.response_may_write(r);
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM pg_advisory_xact_lock_shared(market_test_key(asked.reference));
	PERFORM FROM market_test t
	  WHERE t.council_id = council AND t.id = asked.id FOR SHARE;
	PERFORM FROM sealed.response r
	  WHERE r.council_id = council AND r.id = response
	    AND sealed.response_may_write(r) FOR UPDATE;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION sealed.response_hold(bigint, bigint) IS
'Holds an own response, and its market test against a change, to the end of the transaction; read them and the clock after this. Who may not write it holds nothing.';

CREATE FUNCTION response_begin(council bigint, market_test bigint)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	asked market_test;
	invited bigint := tenant_respondent();
	provider bigint := CASE WHEN invited IS NULL
	    THEN tenant_organisation() END;
	response_id bigint;
BEGIN
	SELECT t.* INTO asked FROM market_test t
	 WHERE t.council_id = council AND t.id = market_test;
	IF NOT FOUND OR asked.published_at IS NULL
	    OR (invited IS NULL AND provider IS NULL) THEN
		RETURN NULL;
	END IF;
	IF (invited IS NOT NULL OR asked.audience = 'invited')
	    AND NOT EXISTS (SELECT FROM market_test_invitation i
	        WHERE i.council_id = council AND i.market_test_id = market_test
	          AND (i.id = invited OR i.organisation_id = provider)) THEN
		RETURN NULL;
	END IF;
	SELECT r.id INTO response_id FROM sealed.response r
	 WHERE r.council_id = council AND r.market_test_id = market_test
	   AND r.channel = 'online'
	   AND (r.invitation_id = invited OR r.organisation_id = provider);
	IF FOUND OR asked.withdrawn_at IS NOT NULL
	    OR clock_now() < asked.opens_at OR clock_now() >= asked.closes_at THEN
		RETURN response_id;
	END IF;
	INSERT INTO sealed.response (council_id, market_test_id,
	    question_set_version_id, organisation_id, invitation_id, started_by_id)
	VALUES (council, market_test, asked.question_set_version_id, provider,
	    invited, tenant_account())
	    ON CONFLICT DO NOTHING
	RETURNING id INTO response_id;
	IF response_id IS NULL THEN
		-- A colleague began it in this moment: the next run finds it.
		RAISE EXCEPTION 'the response was begun by another'
		    USING ERRCODE = 'serialization_failure';
	END IF;
	RETURN response_id;
END
$$;
COMMENT ON FUNCTION response_begin(bigint, bigint) IS
'The response of this respondent, or else of this provider, begun when there is none and the market test is open; NULL when there is none and none can be begun.';

CREATE FUNCTION response_look(council bigint, market_test bigint,
    response bigint, OUT id bigint, OUT reference text, OUT revision integer,
    OUT channel text, OUT respondent_name text, OUT stated_at timestamptz,
    OUT question_set_version_id bigint, OUT withdrawn_at timestamptz,
    OUT submitted_number integer, OUT submitted_at timestamptz,
    OUT submitted_revision boolean, OUT late_count bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT r.id, r.reference, r.revision, r.channel,
       coalesce(nullif(r.respondent_name, ''), o.name, i.name, ''),
       r.stated_at, r.question_set_version_id, r.withdrawn_at, s.number,
       s.received_at, s.received_at IS NOT NULL AND NOT EXISTS (
           SELECT FROM sealed.answer a
            WHERE a.council_id = r.council_id AND a.response_id = r.id
              AND a.changed_at > s.received_at),
       (SELECT count(*) FROM sealed.late_attempt l
         WHERE l.council_id = r.council_id AND l.response_id = r.id)
  FROM sealed.response r
  LEFT JOIN organisation o ON o.id = r.organisation_id
  LEFT JOIN market_test_invitation i ON i.council_id = r.council_id
   AND i.id = r.invitation_id
  LEFT JOIN LATERAL (SELECT x.number, x.received_at FROM sealed.submission x
       WHERE x.council_id = r.council_id AND x.response_id = r.id
       ORDER BY x.number DESC LIMIT 1) AS s ON true
 WHERE r.council_id = council AND r.market_test_id = market_test
   AND (response = r.id OR (response IS NULL AND r.channel = 'online'
       AND (r.organisation_id = (SELECT tenant_organisation())
           OR r.invitation_id = (SELECT tenant_respondent()))))
   AND sealed.response_is_mine(r)
$$;
COMMENT ON FUNCTION response_look(bigint, bigint, bigint) IS
'The own response to a market test: of the provider or respondent (response NULL), or one that staff keyed in. submitted_revision: nothing was changed since it was submitted.';

CREATE FUNCTION answer_list_own(council bigint, response bigint)
RETURNS TABLE (question text, value text, is_confidential boolean,
    confidential_reason text, revision integer, changed_at timestamptz,
    changed_by_id bigint, changed_by text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT a.question, a.value::text, a.is_confidential, a.confidential_reason,
       a.revision, a.changed_at, a.changed_by_id, coalesce(c.name, '')
  FROM sealed.response r
  JOIN sealed.answer a ON a.council_id = r.council_id AND a.response_id = r.id
  LEFT JOIN account c ON c.id = a.changed_by_id
 WHERE r.council_id = council AND r.id = response
   AND sealed.response_is_mine(r)
 ORDER BY a.question
$$;
COMMENT ON FUNCTION answer_list_own(bigint, bigint) IS
'The draft answers of an own response; the value null is an answer that was taken out.';

CREATE FUNCTION answer_save(council bigint, response bigint,
    questions text[], new_values text[], confidential bigint[],
    reasons text[], revisions bigint[])
RETURNS TABLE (question text, value text, is_confidential boolean,
    confidential_reason text, revision integer, changed_at timestamptz,
    changed_by_id bigint, changed_by text, is_saved boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
#variable_conflict use_column
DECLARE
	saved_at timestamptz;
BEGIN
	-- Asked before the lock, so that strangers hold nobody up.
	PERFORM FROM sealed.response r
	  WHERE r.council_id = council AND r.id = response
	    AND sealed.response_may_write(r) FOR UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	saved_at := clock_now();
	RETURN QUERY
	WITH posted AS (
	    SELECT p.question, p.value::jsonb AS value,
	           p.confidential = 1 AS is_confidential, p.reason, p.revision
	      FROM unnest(questions, new_values, confidential, reasons, revisions)
	          AS p (question, value, confidential, reason, revision)),
	changed AS (
	    SELECT p.* FROM posted p
	      LEFT JOIN sealed.answer a ON a.council_id = council
	       AND a.response_id = response AND a.question = p.question
	     WHERE coalesce(a.value, 'null'::jsonb) <> p.value
	        OR coalesce(a.is_confidential, false) <> p.is_confidential
	        OR coalesce(a.confidential_reason, '') <> p.reason),
	saved AS (
	    INSERT INTO sealed.answer AS a (council_id, response_id, question,
	        value, is_confidential, confidential_reason, changed_at,
	        changed_by_id)
	    SELECT council, response, c.question, c.value, c.is_confidential,
	           c.reason, saved_at, tenant_account()
	      FROM changed c
	        ON CONFLICT (council_id, response_id, question) DO UPDATE
	       SET value = excluded.value,
	           is_confidential = excluded.is_confidential,
	           confidential_reason = excluded.confidential_reason,
	           revision = a.revision + 1, changed_at = saved_at,
	           changed_by_id = tenant_account()
	     WHERE a.revision = (SELECT c.revision FROM changed c
	         WHERE c.question = excluded.question)
	    RETURNING a.question, a.value, a.is_confidential,
	        a.confidential_reason, a.revision, a.changed_at, a.changed_by_id),
	counted AS (
	    UPDATE sealed.response r SET revision = r.revision + 1
	     WHERE r.council_id = council AND r.id = response
	       AND EXISTS (SELECT FROM saved))
	SELECT s.question, s.value::text, s.is_confidential,
	       s.confidential_reason, s.revision, s.changed_at, s.changed_by_id,
	       ''::text, true
	  FROM saved s
	UNION ALL
	SELECT a.question, a.value::text, a.is_confidential,
	       a.confidential_reason, a.revision, a.changed_at, a.changed_by_id,
	       coalesce(n.name, ''), false
	  FROM changed c
	  JOIN sealed.answer a ON a.council_id = council
	   AND a.response_id = response AND a.question = c.question
	  LEFT JOIN account n ON n.id = a.changed_by_id
	 WHERE NOT EXISTS (SELECT FROM saved s WHERE s.question = c.question);
END
$$;
COMMENT ON FUNCTION answer_save(bigint, bigint, text[], text[], bigint[],
    text[], bigint[]) IS
'Saves the answers that differ, each upon the revision that it was read at (0: none yet). A row for each that was saved, and, with is_saved false, for each that another had changed meanwhile, as it stands: those stay as they are.';

CREATE FUNCTION response_follow(council bigint, response bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	UPDATE sealed.response r
	   SET question_set_version_id = t.question_set_version_id
	  FROM market_test t
	 WHERE t.council_id = r.council_id AND t.id = r.market_test_id
	   AND r.council_id = council AND r.id = response
	   AND sealed.response_may_write(r);
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION response_follow(bigint, bigint) IS
'The respondent has seen what a correction of the questions changed.';

CREATE FUNCTION sealed.response_receive(mine sealed.response,
    market_test_reference text, at timestamptz, complete boolean,
    OUT number integer, OUT sha256 bytea)
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	received_content text;
BEGIN
	SELECT jsonb_build_object('market_test', market_test_reference,
	           'response', mine.reference, 'answers', coalesce((
	           SELECT jsonb_object_agg(a.question, jsonb_build_object(
	                      'value', a.value, 'confidential', a.is_confidential,
	                      'reason', a.confidential_reason))
	             FROM sealed.answer a
	            WHERE a.council_id = mine.council_id
	              AND a.response_id = mine.id
	              AND a.value <> 'null'::jsonb), '{}'),
	           'files', coalesce((SELECT jsonb_agg(jsonb_build_object(
	                      'reference', u.reference, 'question', u.question,
	                      'name', u.name, 'size', u.size,
	                      'sha256', encode(u.sha256, 'hex')) ORDER BY u.id)
	             FROM sealed.upload u
	            WHERE u.council_id = mine.council_id
	              AND u.response_id = mine.id
	              AND u.state IN ('checking', 'clean', 'quarantined')),
	           '[]'))::text
	  INTO received_content;
	sha256 := pg_catalog.sha256(convert_to(received_content, 'UTF8'));
	SELECT coalesce(max(s.number), 0) + 1 INTO number
	  FROM sealed.submission s
	 WHERE s.council_id = mine.council_id AND s.response_id = mine.id;
	INSERT INTO sealed.submission (council_id, response_id, number,
	    question_set_version_id, received_at, is_complete, content, sha256,
	    submitted_by_id)
	VALUES (mine.council_id, mine.id, response_receive.number,
	    mine.question_set_version_id, at, complete, received_content,
	    response_receive.sha256, tenant_account());
	DELETE FROM sealed.submitted_answer a
	 WHERE a.council_id = mine.council_id AND a.response_id = mine.id;
	INSERT INTO sealed.submitted_answer
	SELECT mine.council_id, mine.market_test_id, a.question, mine.id,
	       a.value, a.is_confidential, a.confidential_reason
	  FROM sealed.answer a
	 WHERE a.council_id = mine.council_id AND a.response_id = mine.id
	   AND a.value <> 'null'::jsonb;
	UPDATE sealed.response r SET withdrawn_at = NULL
	 WHERE r.council_id = mine.council_id AND r.id = mine.id
	   AND r.withdrawn_at IS NOT NULL;
END
$$;
COMMENT ON FUNCTION sealed.response_receive(sealed.response, text, timestamptz,
    boolean) IS
'Writes a submission of a response as it stands, whose answers then count. Whoever calls it has looked at the clock under the locks.';

CREATE FUNCTION response_submit(council bigint, response bigint,
    seen_revision integer, complete boolean, OUT outcome text,
    OUT number integer, OUT received_at timestamptz, OUT closed_at timestamptz,
    OUT sha256 bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
#variable_conflict use_column
DECLARE
	mine sealed.response;
	asked market_test;
	at timestamptz;
BEGIN
	IF NOT sealed.response_hold(council, response) THEN
		outcome := 'absent';
		RETURN;
	END IF;
	at := clock_now();
	SELECT r.* INTO mine FROM sealed.response r
	 WHERE r.council_id = council AND r.id = response;
	SELECT t.* INTO asked FROM market_test t
	 WHERE t.council_id = council AND t.id = mine.market_test_id;
	closed_at := asked.closes_at;
	IF asked.withdrawn_at IS NOT NULL THEN
		outcome := 'withdrawn';
		RETURN;
	END IF;
	IF mine.channel = 'online' AND at >= asked.closes_at THEN
		INSERT INTO sealed.late_attempt (council_id, market_test_id,
		    response_id, attempted_at, closed_at, account_id)
		VALUES (council, asked.id, response, at, asked.closes_at,
		    tenant_account());
		outcome := 'late';
		received_at := at;
		RETURN;
	END IF;
	IF mine.revision IS DISTINCT FROM seen_revision
	    OR mine.question_set_version_id <> asked.question_set_version_id THEN
		outcome := 'changed';
		RETURN;
	END IF;
	IF complete IS NOT TRUE AND NOT asked.takes_partial THEN
		outcome := 'incomplete';
		RETURN;
	END IF;
	SELECT x.number, x.sha256 INTO number, sha256
	  FROM sealed.response_receive(mine, asked.reference, at, complete) AS x;
	outcome := 'received';
	received_at := at;
END
$$;
COMMENT ON FUNCTION response_submit(bigint, bigint, integer, boolean) IS
'Receives a response as it stands. The market test is locked against a moving close, then the clock is read: at or after the close it is late, refused and noted. changed: somebody saved since the revision that was seen, or the questions were corrected. incomplete, withdrawn, absent: nothing happens.';

CREATE FUNCTION response_withdraw(council bigint, response bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	IF NOT sealed.response_hold(council, response) THEN
		RETURN false;
	END IF;
	UPDATE sealed.response r SET withdrawn_at = clock_now()
	  FROM market_test t
	 WHERE r.council_id = council AND r.id = response
	   AND t.council_id = r.council_id AND t.id = r.market_test_id
	   AND r.channel = 'online' AND clock_now() < t.closes_at
	   AND r.withdrawn_at IS NULL AND EXISTS (SELECT FROM sealed.submission s
	       WHERE s.council_id = council AND s.response_id = response);
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	DELETE FROM sealed.submitted_answer a
	 WHERE a.council_id = council AND a.response_id = response;
	RETURN true;
END
$$;
COMMENT ON FUNCTION response_withdraw(bigint, bigint) IS
'Takes a submitted response back before the close; its draft stays and can be submitted again.';

CREATE FUNCTION submission_list_own(council bigint, response bigint)
RETURNS TABLE (number integer, received_at timestamptz, is_complete boolean,
    content text, sha256 bytea, submitted_by text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT s.number, s.received_at, s.is_complete, s.content, s.sha256,
       coalesce(a.name, '')
  FROM sealed.response r
  JOIN sealed.submission s ON s.council_id = r.council_id
   AND s.response_id = r.id
  LEFT JOIN account a ON a.id = s.submitted_by_id
 WHERE r.council_id = council AND r.id = response
   AND sealed.response_is_mine(r)
 ORDER BY s.number DESC
$$;
COMMENT ON FUNCTION submission_list_own(bigint, bigint) IS
'The receipts of an own response, the newest first.';

CREATE FUNCTION late_attempt_list_own(council bigint, response bigint)
RETURNS TABLE (attempted_at timestamptz, closed_at timestamptz,
    account_name text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT l.attempted_at, l.closed_at, coalesce(a.name, '')
  FROM sealed.response r
  JOIN sealed.late_attempt l ON l.council_id = r.council_id
   AND l.response_id = r.id
  LEFT JOIN account a ON a.id = l.account_id
 WHERE r.council_id = council AND r.id = response
   AND sealed.response_is_mine(r)
 ORDER BY l.attempted_at DESC
$$;
COMMENT ON FUNCTION late_attempt_list_own(bigint, bigint) IS
'Submissions of an own response that came too late.';

CREATE FUNCTION response_list_opened(council bigint, market_test bigint)
RETURNS TABLE (id bigint, reference text, respondent text,
    organisation_reference text, kind text, channel text,
    received_at timestamptz, number integer, is_complete boolean,
    sha256 bytea, answer_count bigint, confidential_count bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT r.id, r.reference,
       coalesce(nullif(r.respondent_name, ''), o.name, i.name, ''),
       coalesce(o.reference, ''),
       CASE WHEN r.organisation_id IS NOT NULL THEN 'provider'
            ELSE coalesce(i.kind, 'other') END,
       r.channel, coalesce(r.stated_at, s.received_at), s.number,
       s.is_complete, s.sha256, n.answers, n.confidential
  FROM sealed.response r
  JOIN LATERAL (SELECT x.* FROM sealed.submission x
       WHERE x.council_id = r.council_id AND x.response_id = r.id
       ORDER BY x.number DESC LIMIT 1) AS s ON true
  CROSS JOIN LATERAL (SELECT count(*) AS answers,
           count(*) FILTER (WHERE a.is_confidential) AS confidential
       FROM sealed.submitted_answer a
      WHERE a.council_id = r.council_id AND a.response_id = r.id) AS n
  LEFT JOIN organisation o ON o.id = r.organisation_id
  LEFT JOIN market_test_invitation i ON i.council_id = r.council_id
   AND i.id = r.invitation_id
 WHERE r.council_id = council AND r.market_test_id = market_test
   AND r.withdrawn_at IS NULL AND sealed.may_read(council, market_test)
 ORDER BY 3, r.id
$$;
COMMENT ON FUNCTION response_list_opened(bigint, bigint) IS
'Who responded, once the market test was opened.';

CREATE FUNCTION submitted_answer_list(council bigint, market_test bigint,
    response bigint, asked text)
RETURNS TABLE (question text, response_id bigint, value text,
    is_confidential boolean, confidential_reason text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT a.question, a.response_id, a.value::text, a.is_confidential,
       a.confidential_reason
  FROM sealed.submitted_answer a
 WHERE a.council_id = council AND a.market_test_id = market_test
   AND (response IS NULL OR a.response_id = response)
   AND (asked IS NULL OR a.question = asked)
   AND sealed.may_read(council, market_test)
 ORDER BY a.question, a.response_id
$$;
COMMENT ON FUNCTION submitted_answer_list(bigint, bigint, bigint, text) IS
'Submitted answers once the market test was opened: of one response, of one question, or all where those are NULL.';

CREATE FUNCTION late_attempt_list_opened(council bigint, market_test bigint)
RETURNS TABLE (attempted_at timestamptz, closed_at timestamptz,
    respondent text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT l.attempted_at, l.closed_at,
       coalesce(nullif(r.respondent_name, ''), o.name, i.name, '')
  FROM sealed.late_attempt l
  JOIN sealed.response r ON r.council_id = l.council_id
   AND r.id = l.response_id
  LEFT JOIN organisation o ON o.id = r.organisation_id
  LEFT JOIN market_test_invitation i ON i.council_id = r.council_id
   AND i.id = r.invitation_id
 WHERE l.council_id = council AND l.market_test_id = market_test
   AND sealed.may_read(council, market_test)
 ORDER BY l.attempted_at DESC
$$;
COMMENT ON FUNCTION late_attempt_list_opened(bigint, bigint) IS
'Submissions that came too late, once the market test was opened.';

CREATE FUNCTION response_key(market_test bigint, organisation bigint,
    name text, by_channel text, came_at timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	response_id bigint;
BEGIN
	IF NOT sealed.may_read(tenant_council(), market_test)
	    OR tenant_role() NOT IN ('commissioner', 'council_administrator')
	    OR by_channel = 'online'
	    OR NOT EXISTS (SELECT FROM market_test t
	        WHERE t.council_id = tenant_council() AND t.id = market_test
	          AND came_at < t.closes_at AND t.finished_at IS NULL) THEN
		RETURN NULL;
	END IF;
	-- Of responses on line only those count that staff are shown.
	IF EXISTS (SELECT FROM sealed.response r
	    JOIN sealed.submission s ON s.council_id = r.council_id
	     AND s.response_id = r.id
	   WHERE r.council_id = tenant_council()
	     AND r.market_test_id = response_key.market_test
	     AND r.organisation_id = organisation
	     AND r.channel = 'online' AND r.withdrawn_at IS NULL) THEN
		RETURN 0;
	END IF;
	INSERT INTO sealed.response (council_id, market_test_id,
	    question_set_version_id, organisation_id, respondent_name, channel,
	    stated_at, started_by_id)
	SELECT tenant_council(), t.id, t.question_set_version_id, organisation,
	       name, by_channel, came_at, tenant_account()
	  FROM market_test t
	 WHERE t.council_id = tenant_council() AND t.id = market_test
	    ON CONFLICT DO NOTHING
	RETURNING id INTO response_id;
	RETURN coalesce(response_id, 0);
END
$$;
COMMENT ON FUNCTION response_key(bigint, bigint, text, text, timestamptz) IS
'Begins a return that came by another way before the close, to be keyed in by staff once the others are open. 0 when that respondent is counted already; NULL when it may not be.';

CREATE FUNCTION wall_raise(account bigint, why text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	IF tenant_scope() <> 'council'
	    OR tenant_role() IS DISTINCT FROM 'council_administrator'
	    OR NOT EXISTS (SELECT FROM membership m
	        WHERE m.account_id = account AND m.council_id = tenant_council()
	          AND m.ended_at IS NULL) THEN
		RETURN false;
	END IF;
	INSERT INTO sealed.wall (council_id, account_id, reason, raised_by_id)
	VALUES (tenant_council(), account, why, tenant_account())
	    ON CONFLICT DO NOTHING;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM audit_add('wall.raise', 'account', a.reference,
	            jsonb_build_object('reason', why))
	   FROM account a WHERE a.id = account;
	RETURN true;
END
$$;
COMMENT ON FUNCTION wall_raise(bigint, text) IS
'Keeps somebody who evaluates a tender of the own council from the answers to its market tests; false when they work for another or it stands already. There is no taking down: what was kept from somebody while a tender ran stays so.';

CREATE FUNCTION wall_list()
RETURNS TABLE (account_id bigint, reference text, name text, reason text,
    raised_at timestamptz, raised_by text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT w.account_id, a.reference, a.name, w.reason, w.raised_at, b.name
  FROM sealed.wall w
  JOIN account a ON a.id = w.account_id
  JOIN account b ON b.id = w.raised_by_id
 WHERE w.council_id = tenant_council()
   AND tenant_role() IN ('council_administrator', 'auditor')
 ORDER BY a.name, a.id
$$;
COMMENT ON FUNCTION wall_list() IS 'Who is behind the wall, for administrators.';

GRANT EXECUTE ON FUNCTION respondent_begin(bytea),
    respondent_token_add(bigint, bytea), response_begin(bigint, bigint),
    response_look(bigint, bigint, bigint), answer_list_own(bigint, bigint),
    answer_save(bigint, bigint, text[], text[], bigint[], text[], bigint[]),
    response_follow(bigint, bigint),
    response_submit(bigint, bigint, integer, boolean),
    response_withdraw(bigint, bigint), submission_list_own(bigint, bigint),
    late_attempt_list_own(bigint, bigint),
    response_list_opened(bigint, bigint),
    submitted_answer_list(bigint, bigint, bigint, text),
    late_attempt_list_opened(bigint, bigint),
    response_key(bigint, bigint, text, text, timestamptz),
    wall_raise(bigint, text), wall_list() TO hearth_web;

-- migrate:down
