-- migrate:up
-- Market tests: what a council asks the market before it buys, from the draft
-- to the close, with the two people that publishing and moving a close take.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE market_test (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('V'),
	title text NOT NULL CHECK (title <> ''),
	summary text NOT NULL DEFAULT '',
	question_set_id bigint,
	question_set_version_id bigint,
	audience text NOT NULL DEFAULT 'everybody'
	    CHECK (audience IN ('everybody', 'invited')),
	takes_partial boolean NOT NULL DEFAULT false,
	opens_at timestamptz,
	clarify_by timestamptz,
	closes_at timestamptz,
	legal_basis text NOT NULL DEFAULT 'procurement_act_2023'
	    CHECK (legal_basis IN ('procurement_act_2023', 'pcr_2015',
	        'provider_selection_regime')),
	notice_reference text NOT NULL DEFAULT '',
	support text NOT NULL DEFAULT '',
	revision integer NOT NULL DEFAULT 1,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	created_by_id bigint REFERENCES account,
	published_at timestamptz,
	opened_at timestamptz,
	opened_by_id bigint REFERENCES account,
	finished_at timestamptz,
	withdrawn_at timestamptz,
	withdrawn_reason text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, question_set_id, question_set_version_id)
	    REFERENCES question_set_version (council_id, question_set_id, id),
	CHECK ((question_set_id IS NULL) = (question_set_version_id IS NULL)),
	CHECK (clarify_by <= closes_at),
	CHECK (opens_at < closes_at),
	CHECK (published_at IS NULL OR (question_set_version_id IS NOT NULL
	    AND opens_at IS NOT NULL AND closes_at IS NOT NULL)),
	CHECK (opened_at >= closes_at),
	CHECK (opened_at IS NULL OR published_at IS NOT NULL),
	CHECK (finished_at IS NULL OR opened_at IS NOT NULL)
);
CREATE INDEX market_test_list ON market_test (council_id, closes_at DESC);
COMMENT ON TABLE market_test IS
'Questions to the market, before any procurement. It can never carry an award, and answering or not prejudices nobody.';
COMMENT ON COLUMN market_test.summary IS 'What it is about, for lists.';
COMMENT ON COLUMN market_test.audience IS
'everybody: public, any provider may answer; invited: only who is in market_test_invitation sees it.';
COMMENT ON COLUMN market_test.takes_partial IS
'Whether a response counts that leaves required questions out.';
COMMENT ON COLUMN market_test.closes_at IS
'The instant at which nothing is received any more. Once published it moves only forward, by an approved market_test_change.';
COMMENT ON COLUMN market_test.legal_basis IS
'Under which a later procurement would fall; it decides what the notice is called.';
COMMENT ON COLUMN market_test.notice_reference IS
'Of the preliminary market engagement notice (Procurement Act 2023, section 17) where there is one.';
COMMENT ON COLUMN market_test.support IS
'Whom to ask for help, with hours, telephone and address; Markdown.';
COMMENT ON COLUMN market_test.opened_at IS
'When the responses were unsealed, at or after the close.';
COMMENT ON COLUMN market_test.finished_at IS
'When the overview was published and nothing more is expected.';

CREATE TABLE market_test_change (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	market_test_id bigint NOT NULL,
	kind text NOT NULL CHECK (kind IN ('publish', 'close', 'correct',
	    'withdraw')),
	closes_at timestamptz,
	question_set_version_id bigint,
	reason text NOT NULL DEFAULT '',
	proposed_by_id bigint NOT NULL REFERENCES account,
	proposed_at timestamptz NOT NULL DEFAULT clock_now(),
	state text NOT NULL DEFAULT 'proposed'
	    CHECK (state IN ('proposed', 'approved', 'refused', 'taken_back')),
	decided_by_id bigint REFERENCES account,
	decided_at timestamptz,
	decision_reason text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, market_test_id) REFERENCES market_test
	    ON DELETE CASCADE,
	FOREIGN KEY (council_id, question_set_version_id)
	    REFERENCES question_set_version,
	CHECK (kind = 'publish' OR reason <> ''),
	CHECK ((kind = 'close') = (closes_at IS NOT NULL)),
	CHECK ((kind = 'correct') = (question_set_version_id IS NOT NULL)),
	CHECK ((state = 'proposed') = (decided_at IS NULL)),
	CHECK (state NOT IN ('approved', 'refused')
	    OR coalesce(decided_by_id <> proposed_by_id, false)),
	CHECK (state <> 'refused' OR decision_reason <> '')
);
CREATE UNIQUE INDEX market_test_change_open
    ON market_test_change (council_id, market_test_id)
    WHERE state = 'proposed';
COMMENT ON TABLE market_test_change IS
'An act that takes two people: publishing, moving the close, correcting the questions, withdrawing. One proposes, another approves; one at a time.';
COMMENT ON COLUMN market_test_change.reason IS
'Told to everybody who was told of the market test.';

CREATE TABLE market_test_invitation (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	market_test_id bigint NOT NULL,
	organisation_id bigint REFERENCES organisation,
	kind text NOT NULL DEFAULT 'provider'
	    CHECK (kind IN ('provider', 'service_user', 'carer', 'other')),
	name text NOT NULL DEFAULT '',
	email text NOT NULL DEFAULT '',
	invited_at timestamptz NOT NULL DEFAULT clock_now(),
	invited_by_id bigint REFERENCES account,
	told_at timestamptz,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, market_test_id) REFERENCES market_test
	    ON DELETE CASCADE,
	CHECK (organisation_id IS NOT NULL OR email <> '')
);
CREATE UNIQUE INDEX market_test_invitation_organisation
    ON market_test_invitation (council_id, market_test_id, organisation_id);
CREATE UNIQUE INDEX market_test_invitation_email
    ON market_test_invitation (council_id, market_test_id, lower(email))
    WHERE organisation_id IS NULL;
CREATE INDEX market_test_invitation_provider
    ON market_test_invitation (organisation_id);
COMMENT ON TABLE market_test_invitation IS
'Who was asked by name: a provider, or somebody without an account, who answers by a link. Whether they answered is sealed.';
COMMENT ON COLUMN market_test_invitation.told_at IS
'When the mail was queued; NULL: before the market test is published.';

CREATE FUNCTION market_test_state(published_at timestamptz,
    opened_at timestamptz, finished_at timestamptz, withdrawn_at timestamptz,
    closes_at timestamptz, now timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
            WHEN published_at IS NULL THEN 'draft'
            WHEN finished_at IS NOT NULL THEN 'finished'
            WHEN opened_at IS NOT NULL THEN 'opened'
            WHEN now >= closes_at THEN 'closed'
            ELSE 'published' END
$$;
COMMENT ON FUNCTION market_test_state(timestamptz, timestamptz, timestamptz,
    timestamptz, timestamptz, timestamptz) IS
'How a market test stands; closed follows from the clock and is nowhere stored.';

CREATE FUNCTION market_test_is_agreed(council bigint, market_test bigint,
    agreed_kind text, agreed_close timestamptz, agreed_version bigint)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT EXISTS (SELECT FROM market_test_change c
    WHERE c.council_id = council AND c.market_test_id = market_test
      AND c.kind = agreed_kind AND c.state = 'approved'
      AND c.closes_at IS NOT DISTINCT FROM agreed_close
      AND c.question_set_version_id IS NOT DISTINCT FROM agreed_version)
$$;
COMMENT ON FUNCTION market_test_is_agreed(bigint, bigint, text, timestamptz,
    bigint) IS
'Whether a second person approved just this change.';

CREATE FUNCTION market_test_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	mutable text[] := ARRAY['closes_at', 'question_set_version_id',
	    'revision'];
BEGIN
	IF OLD.published_at IS NULL AND NEW.published_at IS NULL THEN
		RETURN NEW;
	END IF;
	IF (OLD.published_at IS NULL OR NEW.question_set_version_id
	        IS DISTINCT FROM OLD.question_set_version_id)
	    AND NOT EXISTS (SELECT FROM question_set_version v
	        WHERE v.council_id = NEW.council_id
	          AND v.id = NEW.question_set_version_id
	          AND v.published_at IS NOT NULL) THEN
		RAISE EXCEPTION 'only published questions are asked'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF OLD.published_at IS NULL THEN
		IF NEW.opened_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL
		    OR NOT market_test_is_agreed(NEW.council_id, NEW.id,
		        'publish', NULL, NULL) THEN
			RAISE EXCEPTION 'publishing takes a second person'
			    USING ERRCODE = 'restrict_violation';
		END IF;
		RETURN NEW;
	END IF;
	IF OLD.opened_at IS NULL THEN
		mutable := mutable || ARRAY['opened_at', 'opened_by_id'];
	END IF;
	IF OLD.finished_at IS NULL THEN
		mutable := mutable || ARRAY['finished_at'];
	END IF;
	IF OLD.withdrawn_at IS NULL THEN
		mutable := mutable || ARRAY['withdrawn_at', 'withdrawn_reason'];
	END IF;
	IF to_jsonb(NEW) - mutable <> to_jsonb(OLD) - mutable
	    OR NEW.closes_at IS NULL OR NEW.closes_at < OLD.closes_at THEN
		RAISE EXCEPTION 'what was published of a market test stays'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF (NEW.closes_at <> OLD.closes_at AND (OLD.closes_at <= clock_now()
	        OR NOT market_test_is_agreed(NEW.council_id, NEW.id, 'close',
	            NEW.closes_at, NULL)))
	    OR (NEW.question_set_version_id <> OLD.question_set_version_id
	        AND (OLD.closes_at <= clock_now()
	            OR NOT market_test_is_agreed(NEW.council_id, NEW.id,
	                'correct', NULL, NEW.question_set_version_id)))
	    OR (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
	        AND NOT market_test_is_agreed(NEW.council_id, NEW.id,
	            'withdraw', NULL, NULL)) THEN
		RAISE EXCEPTION 'this takes a second person, before the close'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF NEW.opened_at IS DISTINCT FROM OLD.opened_at
	    AND (NEW.closes_at <> OLD.closes_at
	        OR NEW.opened_at > clock_now()
	        OR clock_now() < OLD.closes_at) THEN
		RAISE EXCEPTION 'responses are sealed until the close'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION market_test_guard() IS
'The second wall: publishing, a later close, corrected questions and withdrawing need an approved change; the close moves only forward and only while it has not come; nothing is opened before it.';
CREATE TRIGGER market_test_guard BEFORE UPDATE ON market_test
    FOR EACH ROW EXECUTE FUNCTION market_test_guard();

CREATE FUNCTION market_test_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF TG_OP = 'DELETE' THEN
		IF OLD.published_at IS NOT NULL THEN
			RAISE EXCEPTION 'a published market test stays'
			    USING ERRCODE = 'restrict_violation';
		END IF;
		RETURN OLD;
	END IF;
	IF current_user = 'hearth_web' AND (NEW.published_at IS NOT NULL
	    OR NEW.opened_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL) THEN
		RAISE EXCEPTION 'a market test begins as a draft'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION market_test_keep() IS
'Pages begin with a draft, so that none comes past the second person, and remove nothing that was published. What loads the demonstration brings each as it stood.';
CREATE TRIGGER market_test_keep BEFORE INSERT OR DELETE ON market_test
    FOR EACH ROW EXECUTE FUNCTION market_test_keep();

CREATE FUNCTION market_test_change_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	decision text[] := ARRAY['state', 'decided_by_id', 'decided_at',
	    'decision_reason'];
	who bigint;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF OLD.state <> 'proposed'
		    OR to_jsonb(NEW) - decision <> to_jsonb(OLD) - decision THEN
			RAISE EXCEPTION 'a decision on a market test stays'
			    USING ERRCODE = 'restrict_violation';
		END IF;
		who := NEW.decided_by_id;
	ELSE
		who := CASE WHEN NEW.state = 'proposed' THEN NEW.proposed_by_id END;
	END IF;
	IF current_user = 'hearth_web' AND (who IS DISTINCT FROM tenant_account()
	    OR tenant_role() IS NULL
	    OR tenant_role() NOT IN ('commissioner', 'council_administrator'))
	THEN
		RAISE EXCEPTION 'nobody proposes or decides for another'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION market_test_change_guard() IS
'What was proposed stays as it was proposed, and what was decided as it was decided; in a session each only by whom it names, so that the second person is one.';
CREATE TRIGGER market_test_change_guard
    BEFORE INSERT OR UPDATE ON market_test_change
    FOR EACH ROW EXECUTE FUNCTION market_test_change_guard();

CREATE FUNCTION market_test_invitation_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF (TG_OP = 'DELETE'
	        OR to_jsonb(NEW) - 'told_at' <> to_jsonb(OLD) - 'told_at')
	    AND EXISTS (SELECT FROM market_test t
	        WHERE t.council_id = OLD.council_id
	          AND t.id = OLD.market_test_id
	          AND t.published_at IS NOT NULL) THEN
		RAISE EXCEPTION 'an invitation to a published market test stays'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION market_test_invitation_keep() IS
'Once somebody may be answering, the link goes to no other address, and whether an invitation can be removed tells nobody whether it was answered.';
CREATE TRIGGER market_test_invitation_keep
    BEFORE UPDATE OR DELETE ON market_test_invitation
    FOR EACH ROW EXECUTE FUNCTION market_test_invitation_keep();

CREATE FUNCTION market_test_key(reference text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$SELECT pg_catalog.hashtextextended('market_test ' || reference, 0)$$;
COMMENT ON FUNCTION market_test_key(text) IS
'What submissions to a market test hold together and whatever changes it holds alone: row locks that are shared let a change wait for ever, these stand in one queue.';

CREATE FUNCTION market_test_lock(council bigint, test_reference text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF tenant_scope() <> 'council' OR tenant_council() IS DISTINCT FROM council
	    OR NOT EXISTS (SELECT FROM market_test t
	        WHERE t.council_id = council AND t.reference = test_reference) THEN
		RETURN NULL;
	END IF;
	PERFORM pg_advisory_xact_lock(market_test_key(test_reference));
	RETURN (SELECT t.id FROM market_test t
	         WHERE t.council_id = council AND t.reference = test_reference
	           FOR UPDATE);
END
$$;
COMMENT ON FUNCTION market_test_lock(bigint, text) IS
'First call of whatever changes a market test of the own council: read it and the clock after this. Its id; NULL when there is none.';

CREATE FUNCTION tenant_respondent() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
AS $$SELECT nullif(pg_catalog.current_setting('hearth.respondent_id', true), '')::bigint$$;
COMMENT ON FUNCTION tenant_respondent() IS
'Invitation by whose link this transaction answers without an account, set by respondent_begin(); NULL when none.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['market_test', 'market_test_change',
	    'market_test_invitation']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
END
$$;
CREATE POLICY invited_read ON market_test_invitation FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation())
        OR id = (SELECT tenant_respondent()));
CREATE POLICY public_read ON market_test FOR SELECT TO hearth_web
    USING (published_at IS NOT NULL AND audience = 'everybody');
CREATE POLICY invited_read ON market_test FOR SELECT TO hearth_web
    USING (published_at IS NOT NULL AND EXISTS (
        SELECT FROM market_test_invitation i
         WHERE i.council_id = market_test.council_id
           AND i.market_test_id = market_test.id
           AND (i.organisation_id = (SELECT tenant_organisation())
               OR i.id = (SELECT tenant_respondent()))));
-- Changes that were approved are told to everybody who sees the market test.
CREATE POLICY public_read ON market_test_change FOR SELECT TO hearth_web
    USING (state = 'approved' AND EXISTS (SELECT FROM market_test t
        WHERE t.council_id = market_test_change.council_id
          AND t.id = market_test_change.market_test_id
          AND t.published_at IS NOT NULL));
-- Whoever sees a market test sees its questions and what they were before.
CREATE POLICY asked_read ON question_set_version FOR SELECT TO hearth_web
    USING (published_at IS NOT NULL AND EXISTS (SELECT FROM market_test t
        WHERE t.council_id = question_set_version.council_id
          AND t.published_at IS NOT NULL
          AND t.question_set_id = question_set_version.question_set_id
          AND t.question_set_version_id >= question_set_version.id));
-- Functions of the sealed responses look at the close.
CREATE POLICY functions ON market_test TO hearth_owner
    USING (true) WITH CHECK (true);
CREATE POLICY functions ON market_test_invitation FOR SELECT TO hearth_owner
    USING (true);
GRANT EXECUTE ON FUNCTION tenant_respondent(), market_test_state(timestamptz,
    timestamptz, timestamptz, timestamptz, timestamptz, timestamptz)
    TO hearth_web, hearth_jobs;
GRANT EXECUTE ON FUNCTION market_test_is_agreed(bigint, bigint, text,
    timestamptz, bigint), market_test_key(text), market_test_lock(bigint, text)
    TO hearth_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON market_test, market_test_invitation
    TO hearth_web;
GRANT SELECT, INSERT, UPDATE ON market_test_change TO hearth_web;
GRANT SELECT ON market_test, market_test_change TO hearth_jobs;
GRANT SELECT, UPDATE ON market_test_invitation TO hearth_jobs;

-- migrate:down
