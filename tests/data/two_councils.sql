-- Two councils, an NHS partner of the first, three providers and a package of
-- each council that is out on offer. For pgTAP, inside its transaction, as the
-- superuser. People and providers are invented.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;

INSERT INTO council (code, name) VALUES ('east-test', 'East Test')
    RETURNING id AS east \gset
INSERT INTO council (code, name) VALUES ('west-test', 'West Test')
    RETURNING id AS west \gset
INSERT INTO council (code, name, kind)
    VALUES ('nhs-test', 'East Test NHS', 'nhs_partner') RETURNING id AS nhs \gset
INSERT INTO organisation (name) VALUES ('Test Alder Care')
    RETURNING id AS alder \gset
INSERT INTO organisation (name) VALUES ('Test Birch Care')
    RETURNING id AS birch \gset
INSERT INTO organisation (name) VALUES ('Test Cedar Care')
    RETURNING id AS cedar \gset

\set phc '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'
SELECT account_add('broker@east.test', 'Erin East', 'broker', :east, NULL, :'phc')
    AS east_broker \gset
SELECT account_add('admin@east.test', 'Eli East', 'council_administrator',
    :east, NULL, :'phc') AS east_admin \gset
SELECT account_add('broker@west.test', 'Wyn West', 'broker', :west, NULL, :'phc')
    AS west_broker \gset
SELECT account_add('broker@nhs.test', 'Noor North', 'broker', :nhs, NULL, :'phc')
    AS nhs_broker \gset
SELECT account_add('owner@alder.test', 'Ada Alder', 'provider_owner', NULL,
    :alder, :'phc') AS alder_owner \gset
SELECT account_add('owner@birch.test', 'Ben Birch', 'provider_owner', NULL,
    :birch, :'phc') AS birch_owner \gset
SELECT account_add('owner@cedar.test', 'Cy Cedar', 'provider_owner', NULL,
    :cedar, :'phc') AS cedar_owner \gset

CREATE FUNCTION token_of(name text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $$SELECT sha256(convert_to(name, 'UTF8'))$$;
SELECT count(session_create(a.id, token_of(a.email))) AS sessions
  FROM account a WHERE a.email LIKE '%.test' \gset

-- as_role(role, e-mail, statement): what the statement gives (first column of
-- the first row, or the number of rows it changed) in a session of that
-- account, or the SQLSTATE that it failed with.
CREATE FUNCTION as_role(role_name text, email text, statement text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	result text;
	changed bigint;
BEGIN
	EXECUTE format('SET LOCAL ROLE %I', role_name);
	BEGIN
		IF email IS NOT NULL THEN
			PERFORM session_begin(sha256(convert_to(email, 'UTF8')));
		END IF;
		IF statement ~* '^(insert|update|delete|truncate)' THEN
			EXECUTE statement;
			GET DIAGNOSTICS changed = ROW_COUNT;
			result := changed::text;
		ELSE
			EXECUTE statement INTO result;
		END IF;
	EXCEPTION WHEN OTHERS THEN
		result := SQLSTATE;
	END;
	RESET ROLE;
	PERFORM set_config('hearth.' || setting, '', true)
	   FROM unnest(ARRAY['account_id', 'council_id', 'organisation_id',
	       'role', 'scope', 'respondent_id']) AS setting;
	RETURN result;
END
$$;
CREATE FUNCTION as_web(email text, statement text) RETURNS text
LANGUAGE sql AS $$SELECT as_role('hearth_web', email, statement)$$;

INSERT INTO postcode_sector VALUES
    ('ZZ9 9', 'Testshire', 52, 0, 'rural') ON CONFLICT DO NOTHING;

CREATE FUNCTION council_fill(council bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	scheme bigint;
	policy_now bigint;
	card bigint;
	questions bigint;
	request bigint;
BEGIN
	INSERT INTO area_scheme (council_id, code, name)
	VALUES (council, 'districts', 'Districts') RETURNING id INTO scheme;
	INSERT INTO area (council_id, scheme_id, code, name, sort)
	VALUES (council, scheme, 'fenton', 'Fenton', 1);
	INSERT INTO area_alias SELECT council_id, id, 'Fenton and Marsh' FROM area
	 WHERE council_id = council;
	INSERT INTO area_sector SELECT council_id, scheme_id, 'ZZ9 9', id, 100
	  FROM area WHERE council_id = council;
	INSERT INTO area_postcode SELECT council_id, scheme_id, 'ZZ9 9ZZ', id
	  FROM area WHERE council_id = council;
	INSERT INTO policy (council_id, code, name)
	VALUES (council, 'first', 'First come');
	INSERT INTO policy_version (council_id, policy_id, number, document,
	    published_at)
	SELECT council, p.id, 1, '{}', clock_now() FROM policy p
	 WHERE p.council_id = council RETURNING id INTO policy_now;
	INSERT INTO rate_document (council_id, code, name)
	VALUES (council, 'standard', 'Standard') RETURNING id INTO card;
	INSERT INTO rate_version (council_id, rate_document_id, number, document,
	    published_at)
	VALUES (council, card, 1, '{"name": "Standard", "cards": [{
	    "starts": "2022-09-01", "hourly": "21.92", "bands": [
	        { "up_to": "20:59", "percent": 40 },
	        { "up_to": "35:59", "percent": 60 },
	        { "up_to": "50:59", "percent": 80 },
	        { "up_to": "60:00", "percent": 100 }]}]}', clock_now());
	INSERT INTO wage_threshold (council_id, starts_on, name, hourly_pence)
	VALUES (council, '2022-04-01', 'National Living Wage', 950);
	INSERT INTO wage_cost (council_id, starts_on, travel_minutes, mileage_pence,
	    holiday_hundredths, insurance_hundredths, insurance_free_pence,
	    pension_hundredths, overhead_pence, overhead_hundredths,
	    margin_hundredths)
	VALUES (council, '2022-04-01', 12, 90, 1207, 1380, 400, 300, 250, 500, 400);
	INSERT INTO rate_uplift (council_id, starts_on, formula, wage_hundredths,
	    price_hundredths, inflation_hundredths, cap_pence)
	VALUES (council, '2022-04-01', 'shares', 7000, 3000, 550, 70);
	INSERT INTO framework (council_id, code, name, scheme_id, starts_on,
	    policy_version_id, rate_card_code)
	VALUES (council, 'homecare', 'Homecare', scheme, '2022-09-01', policy_now,
	    'standard');
	INSERT INTO framework_gate (council_id, framework_id, name, fact_kind, test,
	    threshold, starts_on)
	SELECT council, f.id, 'Hours a week', 'weekly_hours', 'at_least', 200,
	       '2022-09-01' FROM framework f WHERE f.council_id = council;
	INSERT INTO framework_gate_kind (council_id, gate_id, term_id)
	SELECT council, g.id, t.id FROM framework_gate g, care_term t
	 WHERE g.council_id = council AND t.code = 'support_at_home';
	INSERT INTO person (council_id, person_number, given_name, family_name,
	    telephone)
	VALUES (council, 'T1', 'Test', 'Person', '01632 960001');
	INSERT INTO person_contact (council_id, person_id, kind, name)
	SELECT council_id, id, 'emergency', 'Test Friend' FROM person
	 WHERE council_id = council;
	INSERT INTO package (council_id, person_id, state, framework_council_id,
	    framework_id, funding_id, service_kind_id, group_id, sector, area_id,
	    rurality, urgency, start_wanted_at, waiting_since, wait_reason,
	    weekly_minutes)
	SELECT council, p.id, 'waiting', council, f.id,
	       (SELECT id FROM care_term WHERE kind = 'funding' AND code = 'council'),
	       (SELECT id FROM care_term WHERE (kind, code) = ('service_kind', 'support_at_home')),
	       (SELECT id FROM care_term WHERE (kind, code) = ('service_user_group', 'older_people')),
	       'ZZ9 9', a.id, 'rural', 'standard', clock_now() + interval '2 days',
	       clock_now(), 'nothing_in_place', 420
	  FROM person p JOIN framework f USING (council_id) JOIN area a USING (council_id)
	 WHERE p.council_id = council;
	INSERT INTO care_address (council_id, package_id, address, postcode)
	SELECT council, id, '1 Test Lane', 'ZZ9 9ZZ' FROM package
	 WHERE council_id = council;
	INSERT INTO package_need SELECT council, k.id, t.id, true
	  FROM package k, care_term t
	 WHERE k.council_id = council AND t.code = 'dementia';
	INSERT INTO visit (council_id, package_id, kind, days, minutes,
	    start_from_minute, start_until_minute)
	SELECT council, id, 'days', 127, 60, 480, 540 FROM package
	 WHERE council_id = council;
	INSERT INTO outcome_wanted (council_id, package_id, text)
	SELECT council, id, 'To go to the lunch club' FROM package
	 WHERE council_id = council;
	INSERT INTO package_version (council_id, package_id, version, document)
	SELECT council, id, 1, package_document(council, id) FROM package
	 WHERE council_id = council;
	INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
	    from_at)
	SELECT council, id, 'nothing_in_place', 420, clock_now() FROM package
	 WHERE council_id = council;
	INSERT INTO offer_round (council_id, package_id, number, package_version,
	    policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
	    start_wanted_at)
	SELECT council, k.id, 1, 1, council, policy_now, 'all', 'first',
	       clock_now(), clock_now() + interval '2 hours', k.start_wanted_at
	  FROM package k WHERE k.council_id = council;
	INSERT INTO task (council_id, kind, note) VALUES (council, 'tell_provider', '');
	INSERT INTO area_plan (council_id, name) VALUES (council, 'Two halves');
	INSERT INTO area_plan_sector SELECT council_id, id, 'ZZ9 9', 1, 'North'
	  FROM area_plan WHERE council_id = council;
	INSERT INTO clearing (council_id, travel_pence, packages_csv, providers_csv,
	    options_csv, inputs_hash, waiting_packages, waiting_minutes,
	    plan_packages, plan_minutes, plan_fit, plan_pence, plan_metres,
	    single_packages, single_minutes, single_fit, single_pence, single_metres,
	    bound_minutes, is_best)
	VALUES (council, 28, '', '', '', repeat('0', 64), 1, 420, 0, 0, 0, 0, 0, 0,
	    0, 0, 0, 0, 0, true);
	INSERT INTO clearing_line (council_id, clearing_id, position, package_id,
	    package_version, weekly_minutes, option_count, organisation_name)
	SELECT council, c.id, 1, k.id, 1, 420, 0, ''
	  FROM clearing c JOIN package k USING (council_id)
	 WHERE c.council_id = council;
	INSERT INTO clearing_change SELECT council, id, 1, 'Ten more hours', 420, 1
	  FROM clearing WHERE council_id = council;
	INSERT INTO question_set (council_id, code, name)
	VALUES (council, 'homecare', 'Homecare') RETURNING id INTO questions;
	INSERT INTO question_set_version (council_id, question_set_id, number,
	    document, published_at)
	VALUES (council, questions, 1, '{}', clock_now());
	INSERT INTO market_test (council_id, title, question_set_id,
	    question_set_version_id, opens_at, closes_at)
	SELECT v.council_id, 'Homecare from 2027', v.question_set_id, v.id,
	       clock_now() - interval '1 hour', clock_now() + interval '1 day'
	  FROM question_set_version v WHERE v.council_id = council;
	INSERT INTO market_test_change (council_id, market_test_id, kind,
	    proposed_by_id)
	SELECT t.council_id, t.id, 'publish', min(m.account_id)
	  FROM market_test t JOIN membership m USING (council_id)
	 WHERE t.council_id = council GROUP BY t.council_id, t.id;
	INSERT INTO market_test_invitation (council_id, market_test_id, kind, name,
	    email)
	SELECT t.council_id, t.id, 'carer', 'Cara', 'cara@people.test'
	  FROM market_test t WHERE t.council_id = council;
	INSERT INTO clearing_part SELECT council, id, 1, 'morning', 420, 600, 0
	  FROM clearing WHERE council_id = council;
	INSERT INTO information_request (council_id, subject, words, received_on)
	VALUES (council, 'Rates', 'Please send them', '2026-03-02')
	RETURNING id INTO request;
	INSERT INTO information_requester
	VALUES (council, request, 'Asker', 'asker@people.test');
	INSERT INTO information_clarification (council_id, request_id, asked_on,
	    question)
	VALUES (council, request, '2026-03-03', 'Which?');
	INSERT INTO information_reason (council_id, request_id, number, exemption,
	    is_qualified, reasoning)
	VALUES (council, request, 1, 'section_41', false, 'In confidence');
	INSERT INTO information_bundle (council_id, request_id, number, content,
	    sha256, released, in_part, withheld)
	VALUES (council, request, 1, 'x', sha256('x'), 1, 0, 0);
	INSERT INTO outbox (council_id, kind, to_email, subject, body)
	VALUES (council, 'offer', 'someone@alder.test', 'A new offer', 'Sign in.');
	INSERT INTO mail_copy SELECT council_id, id, body FROM outbox
	 WHERE council_id = council;
END
$$;
SELECT council_fill(:east), council_fill(:west) \gset

CREATE FUNCTION member_fill(council bigint, provider bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
	member bigint;
BEGIN
	INSERT INTO framework_member (council_id, framework_id, organisation_id,
	    joined_on, spare_minutes)
	SELECT council, f.id, provider, '2022-09-01', 600 FROM framework f
	 WHERE f.council_id = council RETURNING id INTO member;
	INSERT INTO member_area SELECT council, member, a.id FROM area a
	 WHERE a.council_id = council;
	INSERT INTO member_term SELECT council, member, t.id FROM care_term t
	 WHERE t.code IN ('dementia', 'older_people', 'support_at_home', 'english');
	INSERT INTO member_day_part VALUES (council, member, 'morning', 300);
	INSERT INTO match_line (council_id, round_id, position, organisation_id,
	    organisation_name, is_eligible, reason, is_asked)
	SELECT council, r.id, member, provider, 'x', true, 'Longest since last award', true
	  FROM offer_round r WHERE r.council_id = council;
	INSERT INTO offer (council_id, package_id, round_id, organisation_id,
	    member_council_id, member_id, package_version, position, sent_at,
	    reply_by, start_wanted_at, weekly_minutes)
	SELECT council, r.package_id, r.id, provider, council, member, 1, 1,
	       r.sent_at, r.reply_by, r.start_wanted_at, 420
	  FROM offer_round r WHERE r.council_id = council;
	INSERT INTO offer_bundle (council_id, organisation_id, member_council_id,
	    member_id, sent_at)
	VALUES (council, provider, council, member, clock_now());
	INSERT INTO provider_fact (council_id, organisation_id, kind, value,
	    valid_from, source)
	VALUES (council, provider, 'weekly_hours', 300, '2022-09-01', 'Tender');
	INSERT INTO fact_renewal (council_id, organisation_id, kind, value,
	    valid_from, valid_until, source)
	VALUES (council, provider, 'public_liability', 10000000, '2026-01-01',
	    '2026-12-31', 'Test Mutual 1');
	INSERT INTO gate_standing (council_id, member_id, service_kind_id, is_open,
	    since_on, checked_on)
	SELECT council, member, t.id, true, '2022-09-01', '2022-09-01'
	  FROM care_term t WHERE t.code = 'support_at_home';
	INSERT INTO gate_event (council_id, member_id, service_kind_id, on_day,
	    is_open, text)
	SELECT council, member, t.id, '2022-09-01', true, 'All gates are passed'
	  FROM care_term t WHERE t.code = 'support_at_home';
	INSERT INTO gate_notice (council_id, organisation_id, fact_kind, closes_on,
	    days)
	VALUES (council, provider, 'public_liability', '2026-01-01', 60);
END
$$;
SELECT member_fill(:east, :alder), member_fill(:east, :birch),
       member_fill(:west, :cedar) \gset
INSERT INTO framework_partner SELECT council_id, id, :nhs, '2022-09-01'
  FROM framework WHERE council_id = :east;
INSERT INTO organisation_contact (organisation_id, name) VALUES
    (:alder, 'Ada'), (:birch, 'Ben'), (:cedar, 'Cy');
INSERT INTO organisation_office (organisation_id, kind, address, postcode) VALUES
    (:alder, 'branch', '1 Alder Road', 'ZZ9 9ZZ'),
    (:cedar, 'branch', '1 Cedar Road', 'ZZ9 9ZZ');
INSERT INTO location (organisation_id, name) VALUES (:alder, 'Alder'), (:cedar, 'Cedar');

SELECT id AS east_package, person_id AS east_person FROM package
 WHERE council_id = :east \gset
SELECT id AS west_package, person_id AS west_person FROM package
 WHERE council_id = :west \gset
SELECT id AS east_round FROM offer_round WHERE council_id = :east \gset
SELECT id AS west_round FROM offer_round WHERE council_id = :west \gset
SELECT id AS alder_offer, member_id AS alder_member FROM offer
 WHERE council_id = :east AND organisation_id = :alder \gset
SELECT id AS birch_offer FROM offer
 WHERE council_id = :east AND organisation_id = :birch \gset

-- place(organisation): east's package with that provider.
CREATE FUNCTION place(provider bigint) RETURNS bigint
LANGUAGE sql AS $$
INSERT INTO placement (council_id, package_id, person_id, offer_id,
    organisation_id, member_council_id, member_id, starts_at, weekly_minutes,
    weekly_price_pence)
SELECT o.council_id, o.package_id, k.person_id, o.id, provider,
       o.member_council_id, o.member_id, o.start_wanted_at, 420, 15344
  FROM offer o JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
 WHERE o.organisation_id = provider
RETURNING id
$$;
