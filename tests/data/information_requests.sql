-- For tests of requests for information: information_fill(council) gives a
-- council a market test that was opened, with responses of two providers where
-- it has them, of a carer and of somebody whose letter was keyed in, and
-- another market test that is sealed; the id of the first. Everybody is
-- invented. What must never come out says CANARY.
CREATE FUNCTION information_respond(council bigint, test bigint, version bigint,
    provider bigint, invited bigint, keyed text, person text, plans text,
    rate integer, labelled boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	response bigint;
BEGIN
	INSERT INTO sealed.response (council_id, market_test_id,
	    question_set_version_id, organisation_id, invitation_id,
	    respondent_name, channel, stated_at, started_at)
	VALUES (council, test, version, provider, invited, keyed,
	    CASE WHEN keyed = '' THEN 'online' ELSE 'post' END,
	    CASE WHEN keyed <> '' THEN clock_now() - interval '3 days' END,
	    clock_now() - interval '4 days')
	RETURNING id INTO response;
	INSERT INTO sealed.submission (council_id, response_id, number,
	    question_set_version_id, received_at, is_complete, content, sha256)
	VALUES (council, response, 1, version, clock_now() - interval '3 days',
	    true, '{}', sha256('{}'));
	INSERT INTO sealed.submitted_answer (council_id, market_test_id, question,
	    response_id, value, is_confidential, confidential_reason)
	VALUES (council, test, 'person', response, to_jsonb(person), false, ''),
	    (council, test, 'plans', response, to_jsonb(plans), labelled,
	     CASE WHEN labelled THEN 'CANARY-LABEL says our rate' ELSE '' END),
	    (council, test, 'rate', response, to_jsonb(rate), labelled, ''),
	    (council, test, 'interested', response, '"yes"', false, '');
END
$$;

CREATE FUNCTION information_fill(council_code text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
	council bigint := (SELECT id FROM council WHERE code = council_code);
	provider bigint[] := array(SELECT DISTINCT m.organisation_id
	    FROM framework_member m WHERE m.council_id = council ORDER BY 1
	    LIMIT 2);
	set_id bigint;
	version bigint;
	test bigint;
	carer bigint;
BEGIN
	INSERT INTO question_set (council_id, code, name)
	VALUES (council, 'asked-for', 'Asked for') RETURNING id INTO set_id;
	INSERT INTO question_set_version (council_id, question_set_id, number,
	    published_at, document)
	VALUES (council, set_id, 1, clock_now(), '{"code": "asked-for",
	    "name": "Asked for", "sections": [{"id": "a", "title": "About you",
	    "questions": [
	    {"id": "person", "number": "1", "text": "Who answers?",
	     "kind": "short_text", "personal": true},
	    {"id": "plans", "number": "2", "text": "What are your plans?",
	     "kind": "long_text", "may_be_confidential": true},
	    {"id": "rate", "number": "3", "text": "At what rate?",
	     "kind": "money_per_hour", "may_be_confidential": true},
	    {"id": "interested", "number": "4", "text": "Are you interested?",
	     "kind": "yes_no"}]}]}')
	RETURNING id INTO version;
	INSERT INTO market_test (council_id, title, question_set_id,
	    question_set_version_id, opens_at, closes_at, published_at, opened_at)
	VALUES (council, 'Homecare asked for', set_id, version,
	    clock_now() - interval '9 days', clock_now() - interval '2 days',
	    clock_now() - interval '9 days', clock_now() - interval '1 day')
	RETURNING id INTO test;
	INSERT INTO market_test (council_id, title, question_set_id,
	    question_set_version_id, opens_at, closes_at, published_at)
	VALUES (council, 'Still sealed', set_id, version,
	    clock_now() - interval '1 day', clock_now() + interval '9 days',
	    clock_now() - interval '1 day');
	INSERT INTO market_test_invitation (council_id, market_test_id, kind,
	    name, email)
	VALUES (council, test, 'carer', 'CANARY-CARER', 'carer@people.example')
	RETURNING id INTO carer;
	PERFORM information_respond(council, test, version, provider[1], NULL, '',
	    'CANARY-PERSON One', 'We will open in the north. We ask £31.41 for '
	    'that. Ask CANARY-MANAGER about it.', 3141, true);
	IF provider[2] IS NOT NULL THEN
		PERFORM information_respond(council, test, version, provider[2], NULL,
		    '', 'CANARY-PERSON Two', 'More of the same.', 2250, false);
	END IF;
	PERFORM information_respond(council, test, version, NULL, carer, '',
	    'CANARY-PERSON Three', 'Come at the same time each day.', 2000, false);
	PERFORM information_respond(council, test, version, NULL, NULL,
	    'CANARY-KEYED', 'CANARY-PERSON Four', 'Nothing.', 1900, false);
	RETURN test;
END
$$;
