-- Fern council with a framework for each policy that ships, six providers on
-- all of them, and Gorse, which has nothing to do with any of it. For the page
-- tests of offers and placements. People and providers are invented; what
-- starts with Canary must never reach a provider before placement.
INSERT INTO council (code, name) VALUES ('fern', 'Fern Council'),
    ('gorse', 'Gorse Council');
INSERT INTO postcode_sector VALUES
    ('ZX1 1', 'Fernton', 52, 0, 'urban'), ('ZX1 2', 'Fernham', 52.1, 0, 'rural');
INSERT INTO area_scheme (council_id, code, name)
SELECT id, 'districts', 'Districts' FROM council WHERE code = 'fern';
INSERT INTO area (council_id, scheme_id, code, name, sort)
SELECT s.council_id, s.id, a.code, a.name, a.sort
  FROM area_scheme s, (VALUES ('fernton', 'Fernton', 1),
      ('fernham', 'Fernham', 2)) AS a (code, name, sort);
INSERT INTO area_sector (council_id, scheme_id, sector, area_id, share_percent)
SELECT a.council_id, a.scheme_id, 'ZX1 1', a.id, 100 FROM area a
 WHERE a.code = 'fernton';
INSERT INTO rate_card (council_id, code, name, effective_on, hourly_rate_pence)
SELECT id, 'card', 'Card', '2022-09-01', 2192 FROM council WHERE code = 'fern';
INSERT INTO rate_band (council_id, rate_card_id, up_to_seconds, percent)
SELECT r.council_id, r.id, b.up_to, b.percent
  FROM rate_card r, (VALUES (1259, 40), (2159, 60), (3059, 80), (3600, 100))
       AS b (up_to, percent);

-- fern_framework(code, document): a framework under that policy.
CREATE FUNCTION fern_framework(policy_code text, document jsonb) RETURNS void
LANGUAGE sql AS $$
WITH named AS (
    INSERT INTO policy (council_id, code, name)
    SELECT id, policy_code, policy_code FROM council WHERE code = 'fern'
    RETURNING council_id, id), versioned AS (
    INSERT INTO policy_version (council_id, policy_id, number, document,
        published_at)
    SELECT council_id, id, 1, document, clock_now() FROM named
    RETURNING council_id, id)
INSERT INTO framework (council_id, code, name, scheme_id, starts_on,
    policy_version_id, rate_card_code)
SELECT v.council_id, policy_code, 'Framework ' || policy_code, s.id,
       '2022-09-01', v.id, 'card'
  FROM versioned v JOIN area_scheme s ON s.council_id = v.council_id
$$;

INSERT INTO organisation (name) VALUES ('Alder Test Care'),
    ('Birch Test Care'), ('Cedar Test Care'), ('Dogwood Test Care'),
    ('Elder Test Care'), ('Fir Test Care'), ('Stranger Test Care');
INSERT INTO organisation_contact (organisation_id, name, email, gets_offers)
SELECT id, 'Desk of ' || name,
       'offers@' || lower(split_part(name, ' ', 1)) || '.example', true
  FROM organisation WHERE name NOT LIKE 'Fir %';
INSERT INTO organisation_office (organisation_id, kind, address, postcode, sector)
SELECT id, 'branch', '1 Fern Road', 'ZX1 1AA', 'ZX1 1' FROM organisation;

-- fern_without_gates(document): the conditions of a framework have tests of
-- their own, and nobody here has shown any.
CREATE FUNCTION fern_without_gates(document jsonb) RETURNS jsonb
LANGUAGE sql AS $$
SELECT jsonb_set(document, '{steps}', (SELECT jsonb_agg(e.step ORDER BY e.place)
      FROM jsonb_array_elements(document -> 'steps') WITH ORDINALITY
           AS e (step, place)
     WHERE e.step ->> 'criterion' <> 'gates'))
$$;

-- fern_framework_like(code, like, changes): one under the policy of another,
-- with members of the document in place of those it has.
CREATE FUNCTION fern_framework_like(policy_code text, like_code text,
    changes jsonb) RETURNS void
LANGUAGE sql AS $$
SELECT fern_framework(policy_code, v.document || changes)
  FROM policy p
  JOIN policy_version v ON v.council_id = p.council_id AND v.policy_id = p.id
 WHERE p.code = like_code
$$;

-- Everybody but Stranger is on every framework, in the order of the alphabet.
-- Made again, they join the frameworks that have come since.
-- Dogwood serves another area, Elder awaits its monitoring visit, Fir cannot
-- care for people with dementia.
CREATE FUNCTION fern_members() RETURNS void
LANGUAGE sql AS $$
INSERT INTO framework_member (council_id, framework_id, organisation_id,
    joined_on, spare_minutes, monitoring_visit_passed_on, hourly_rate_pence,
    quality_score, earliest_start_on)
SELECT f.council_id, f.id, o.id, '2022-09-01', 3000,
       CASE WHEN o.name NOT LIKE 'Elder %' THEN date '2022-09-02' END, NULL,
       60, '2022-09-01'
  FROM framework f, organisation o
 WHERE f.name LIKE 'Framework %' AND o.name NOT LIKE 'Stranger %'
   AND o.name LIKE '%Test Care'
 ORDER BY f.id, o.name
    ON CONFLICT DO NOTHING;
INSERT INTO member_area
SELECT m.council_id, m.id, a.id
  FROM framework_member m
  JOIN organisation o ON o.id = m.organisation_id
  JOIN area a ON a.council_id = m.council_id
   AND a.code = CASE WHEN o.name LIKE 'Dogwood %' THEN 'fernham' ELSE 'fernton' END
    ON CONFLICT DO NOTHING;
INSERT INTO member_term
SELECT m.council_id, m.id, t.id
  FROM framework_member m
  JOIN organisation o ON o.id = m.organisation_id
  JOIN care_term t ON t.code IN ('older_people', 'support_at_home', 'english')
   OR (t.code = 'dementia' AND o.name NOT LIKE 'Fir %')
    ON CONFLICT DO NOTHING;
$$;

-- fern_package(policy, number): a package of seven hours a week that waits;
-- gives its reference.
CREATE FUNCTION fern_package(policy_code text, number text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	fern bigint := (SELECT id FROM council WHERE code = 'fern');
	person_now bigint;
	package_now bigint;
	made text;
BEGIN
	INSERT INTO person (council_id, person_number, given_name, family_name,
	    address, postcode, telephone, gp_name, gp_telephone,
	    communication_needs)
	VALUES (fern, number, 'Canaria', 'Canaryson', '7 Canary Lane',
	    'ZX1 1CY', '01632 960777', 'Dr Canarygp', '01632 960778',
	    'Canarytalk')
	RETURNING id INTO person_now;
	INSERT INTO person_contact (council_id, person_id, kind, name, relation,
	    telephone)
	VALUES (fern, person_now, 'emergency', 'Canaryfriend', 'sister',
	    '01632 960779');
	INSERT INTO vault.key_safe VALUES (fern, person_now, 'Canarykey 4321',
	    clock_now(), (SELECT min(id) FROM account));
	INSERT INTO package (council_id, person_id, state, framework_council_id,
	    framework_id, funding_id, service_kind_id, group_id, age_band_id,
	    sector, area_id, rurality, urgency, start_wanted_at, waiting_since,
	    wait_reason, weekly_minutes, assigned_account_id, created_by_id)
	SELECT fern, person_now, 'waiting', fern, f.id,
	       (SELECT id FROM care_term WHERE (kind, code) = ('funding', 'council')),
	       (SELECT id FROM care_term WHERE (kind, code) = ('service_kind', 'support_at_home')),
	       (SELECT id FROM care_term WHERE (kind, code) = ('service_user_group', 'older_people')),
	       (SELECT id FROM care_term WHERE (kind, code) = ('age_band', 'from_75')),
	       'ZX1 1', a.id, 'urban', 'standard', clock_now(), clock_now(),
	       'nothing_in_place', 420,
	       (SELECT id FROM account WHERE email = 'broker@fern.example'),
	       (SELECT id FROM account WHERE email = 'broker@fern.example')
	  FROM framework f JOIN area a ON a.council_id = f.council_id
	   AND a.code = 'fernton'
	 WHERE f.code = policy_code
	RETURNING id, reference INTO package_now, made;
	INSERT INTO care_address (council_id, package_id, address, postcode,
	    directions)
	VALUES (fern, package_now, '7 Canary Lane', 'ZX1 1CY', 'Canarydoor');
	INSERT INTO package_need SELECT fern, package_now, id, true
	  FROM care_term WHERE code = 'dementia';
	INSERT INTO visit (council_id, package_id, kind, days, minutes,
	    start_from_minute, start_until_minute, purpose, is_critical)
	VALUES (fern, package_now, 'days', 127, 30, 480, 540,
	        'Getting up and medicines', true),
	    (fern, package_now, 'days', 127, 30, 1080, 1140, 'Supper', false);
	INSERT INTO outcome_wanted (council_id, package_id, text)
	VALUES (fern, package_now, 'To go to the lunch club');
	INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
	    from_at)
	VALUES (fern, package_now, 'nothing_in_place', 420, clock_now());
	RETURN made;
END
$$;

-- fern_day(hour): from now on it is that hour of a Wednesday in London.
CREATE FUNCTION fern_day(hour integer) RETURNS void
LANGUAGE sql AS $$
UPDATE test_clock SET moved_by = (timestamp '2027-02-03 00:00'
    + hour * interval '1 hour') AT TIME ZONE 'Europe/London'
    - pg_catalog.clock_timestamp()
$$;
CREATE FUNCTION fern_later(how interval) RETURNS void
LANGUAGE sql AS $$UPDATE test_clock SET moved_by = moved_by + how$$;
