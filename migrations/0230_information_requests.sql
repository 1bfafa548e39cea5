-- migrate:up
-- Requests under the Freedom of Information Act 2000: the clock, what is
-- decided of each answer to a market test, and the bundles that were made.
-- Nothing here repeats what a respondent wrote but a bundle, which holds what
-- is released.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE information_request (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('G'),
	subject text NOT NULL CHECK (subject <> ''),
	words text NOT NULL CHECK (words <> ''),
	received_on date NOT NULL,
	market_test_id bigint,
	questions text[] NOT NULL DEFAULT '{}',
	names_organisations boolean NOT NULL DEFAULT false,
	state text NOT NULL DEFAULT 'received'
	    CHECK (state IN ('received', 'answered', 'refused')),
	decided_on date,
	explanation text NOT NULL DEFAULT '',
	revision integer NOT NULL DEFAULT 1,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	created_by_id bigint REFERENCES account,
	changed_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, market_test_id) REFERENCES market_test,
	CHECK ((state = 'received') = (decided_on IS NULL)),
	CHECK (decided_on >= received_on),
	CHECK (state <> 'refused' OR explanation <> ''),
	CHECK (market_test_id IS NOT NULL OR questions = '{}')
);
CREATE INDEX information_request_list
    ON information_request (council_id, received_on);
COMMENT ON TABLE information_request IS
'Somebody asked for information under the Freedom of Information Act 2000.';
COMMENT ON COLUMN information_request.subject IS
'What it is about, for lists and on the bundle; nothing of who asked.';
COMMENT ON COLUMN information_request.words IS 'As it was asked.';
COMMENT ON COLUMN information_request.received_on IS
'The day on which it came; the twenty working days of section 10 follow it.';
COMMENT ON COLUMN information_request.market_test_id IS
'Whose answers are asked for; NULL: it is about something else.';
COMMENT ON COLUMN information_request.questions IS
'Ids of the questions whose answers are in scope; never one that is personal.';
COMMENT ON COLUMN information_request.names_organisations IS
'Whether organisations are named in the bundle; else each is "Respondent n". People are never named.';
COMMENT ON COLUMN information_request.decided_on IS
'The day on which the answer, or the refusal, was sent.';
COMMENT ON COLUMN information_request.explanation IS
'Told to whoever asked; of a refusal the exemption and why it applies (section 17).';
COMMENT ON COLUMN information_request.revision IS
'Counts changes, so that two people do not overwrite each other.';

CREATE TABLE information_requester (
	council_id bigint NOT NULL,
	request_id bigint NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	contact text NOT NULL CHECK (contact <> ''),
	PRIMARY KEY (council_id, request_id),
	FOREIGN KEY (council_id, request_id) REFERENCES information_request
);
COMMENT ON TABLE information_requester IS
'Who asked, kept apart because it has no bearing on what is released.';
COMMENT ON COLUMN information_requester.contact IS
'Where the answer is to be sent; section 8 asks for one.';

CREATE TABLE information_clarification (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	request_id bigint NOT NULL,
	asked_on date NOT NULL,
	question text NOT NULL CHECK (question <> ''),
	answered_on date,
	answer text NOT NULL DEFAULT '',
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, request_id) REFERENCES information_request,
	CHECK (answered_on >= asked_on)
);
CREATE UNIQUE INDEX information_clarification_open
    ON information_clarification (council_id, request_id)
    WHERE answered_on IS NULL;
COMMENT ON TABLE information_clarification IS
'What was reasonably needed to find the information (section 1(3)). Until it is answered the clock stands, and then the twenty working days follow the day of that answer (section 10(6)).';

CREATE TABLE information_reason (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	request_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	exemption text NOT NULL CHECK (exemption IN ('section_43_2',
	    'section_41', 'section_40_2', 'section_22', 'other')),
	exemption_words text NOT NULL DEFAULT '',
	is_qualified boolean NOT NULL,
	reasoning text NOT NULL CHECK (reasoning <> ''),
	interest_for text NOT NULL DEFAULT '',
	interest_against text NOT NULL DEFAULT '',
	interest_balance text NOT NULL DEFAULT '',
	revision integer NOT NULL DEFAULT 1,
	changed_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, request_id, number),
	UNIQUE (council_id, request_id, id),
	FOREIGN KEY (council_id, request_id) REFERENCES information_request,
	CHECK ((exemption = 'other') = (exemption_words <> '')),
	CHECK (exemption NOT IN ('section_43_2', 'section_22') OR is_qualified),
	CHECK (exemption NOT IN ('section_41', 'section_40_2')
	    OR NOT is_qualified),
	CHECK (NOT is_qualified OR (interest_for <> ''
	    AND interest_against <> '' AND interest_balance <> ''))
);
COMMENT ON TABLE information_reason IS
'Why something is withheld: the exemption, the reasoning and, where it is qualified, the public interest test (section 2(2)(b)). Written once and used for any number of answers.';
COMMENT ON COLUMN information_reason.exemption_words IS
'Of another exemption: how it is cited, for example "section 31(1)(a)".';
COMMENT ON COLUMN information_reason.interest_for IS
'The public interest in releasing it.';
COMMENT ON COLUMN information_reason.interest_against IS
'The public interest in keeping the exemption.';

CREATE TABLE information_decision (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	request_id bigint NOT NULL,
	response_id bigint NOT NULL,
	question text NOT NULL CHECK (question <> ''),
	outcome text NOT NULL CHECK (outcome IN ('release', 'withhold',
	    'part')),
	reason_id bigint,
	reasoning text NOT NULL DEFAULT '',
	text_sha256 bytea NOT NULL CHECK (length(text_sha256) = 32),
	revision integer NOT NULL DEFAULT 1,
	decided_at timestamptz NOT NULL DEFAULT clock_now(),
	decided_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, request_id, response_id, question),
	UNIQUE (council_id, request_id, id),
	FOREIGN KEY (council_id, request_id) REFERENCES information_request,
	FOREIGN KEY (council_id, response_id) REFERENCES sealed.response,
	FOREIGN KEY (council_id, request_id, reason_id)
	    REFERENCES information_reason (council_id, request_id, id),
	CHECK ((outcome = 'withhold') = (reason_id IS NOT NULL))
);
CREATE INDEX information_decision_reason
    ON information_decision (council_id, reason_id);
COMMENT ON TABLE information_decision IS
'What the council decided of one answer. The respondent''s label is evidence for it, no decision.';
COMMENT ON COLUMN information_decision.reason_id IS
'Of what is withheld whole; passages have their own.';
COMMENT ON COLUMN information_decision.reasoning IS
'What is to be said of this answer alone.';
COMMENT ON COLUMN information_decision.text_sha256 IS
'Of the answer''s text when it was decided. Where it is another by now, the decision and its passages do not count.';

CREATE TABLE information_passage (
	council_id bigint NOT NULL,
	request_id bigint NOT NULL,
	decision_id bigint NOT NULL,
	start integer NOT NULL CHECK (start >= 0),
	length integer NOT NULL CHECK (length >= 1),
	reason_id bigint NOT NULL,
	PRIMARY KEY (council_id, decision_id, start),
	FOREIGN KEY (council_id, request_id, decision_id)
	    REFERENCES information_decision (council_id, request_id, id),
	FOREIGN KEY (council_id, request_id, reason_id)
	    REFERENCES information_reason (council_id, request_id, id)
);
CREATE INDEX information_passage_reason
    ON information_passage (council_id, reason_id);
COMMENT ON TABLE information_passage IS
'A withheld part of an answer, as bytes of its text in UTF-8: where it is, not what it says.';

CREATE TABLE information_bundle (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	request_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	content text NOT NULL CHECK (content <> ''),
	sha256 bytea NOT NULL CHECK (length(sha256) = 32),
	released integer NOT NULL,
	in_part integer NOT NULL,
	withheld integer NOT NULL,
	made_at timestamptz NOT NULL DEFAULT clock_now(),
	made_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, request_id, number),
	FOREIGN KEY (council_id, request_id) REFERENCES information_request
);
COMMENT ON TABLE information_bundle IS
'What is sent to whoever asked, as it was made; never changed. It holds what is released and nothing that is withheld.';
COMMENT ON COLUMN information_bundle.content IS 'A whole HTML document.';
COMMENT ON COLUMN information_bundle.sha256 IS 'Of the content''s UTF-8 bytes.';
COMMENT ON COLUMN information_bundle.released IS
'Answers released whole, beside those released in part and those withheld.';

CREATE FUNCTION information_request_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	is_personal boolean;
BEGIN
	IF NEW.market_test_id IS NULL THEN
		RETURN NEW;
	END IF;
	SELECT EXISTS (SELECT FROM market_test t
	      JOIN question_set_version v ON v.council_id = t.council_id
	       AND v.question_set_id = t.question_set_id
	     CROSS JOIN json_array_elements(v.document -> 'sections') AS s
	     CROSS JOIN json_array_elements(s.value -> 'questions') AS q
	     WHERE t.council_id = NEW.council_id AND t.id = NEW.market_test_id
	       AND q.value ->> 'id' = ANY (NEW.questions)
	       AND (q.value ->> 'personal')::boolean)
	  INTO is_personal;
	IF is_personal THEN
		RAISE EXCEPTION 'what is personal is never in scope'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION information_request_keep() IS
'Personal data are out by construction: no question that was personal in any version of its set comes into scope (section 40).';
CREATE TRIGGER information_request_keep
    BEFORE INSERT OR UPDATE OF market_test_id, questions
    ON information_request
    FOR EACH ROW EXECUTE FUNCTION information_request_keep();

CREATE FUNCTION answers_can_be_read(council bigint, market_test bigint)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT sealed.may_read(council, market_test)
$$;
COMMENT ON FUNCTION answers_can_be_read(bigint, bigint) IS
'Whether this session may read the answers to a market test, so that a page can say why it shows none.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['information_request',
	    'information_requester', 'information_clarification',
	    'information_reason', 'information_decision',
	    'information_passage', 'information_bundle']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
	END LOOP;
END
$$;
-- What is released is everybody's once it was sent; before that it is kept from
-- those from whom the answers are.
CREATE POLICY wall ON information_bundle AS RESTRICTIVE FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM information_request q
        WHERE q.council_id = information_bundle.council_id
          AND q.id = information_bundle.request_id
          AND (q.market_test_id IS NULL OR q.state = 'answered'
              OR answers_can_be_read(q.council_id, q.market_test_id))));

GRANT SELECT, INSERT, UPDATE ON information_request, information_requester,
    information_clarification, information_decision TO hearth_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON information_reason TO hearth_web;
GRANT SELECT, INSERT, DELETE ON information_passage TO hearth_web;
GRANT SELECT, INSERT ON information_bundle TO hearth_web;
GRANT EXECUTE ON FUNCTION answers_can_be_read(bigint, bigint) TO hearth_web;

-- migrate:down
