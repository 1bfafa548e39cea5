-- For page tests: two councils and an NHS partner of the first, each council
-- with areas, a framework and providers on it. Everybody is invented. Plain
-- SQL, run once as the superuser in a database made from the migrations.
INSERT INTO council (code, name, kind) VALUES
    ('elm', 'Elm Council', 'council'), ('oak', 'Oak Council', 'council'),
    ('elm-nhs', 'Elm NHS', 'nhs_partner');
INSERT INTO postcode_sector (sector, district, latitude, longitude, rurality) VALUES
    ('ZE1 1', 'North Elm', 52.0, -0.1, 'urban'),
    ('ZE1 2', 'North Elm', 52.1, -0.1, 'semi_rural'),
    ('ZE9 9', 'Elsewhere', 52.5, -0.5, 'rural');
INSERT INTO organisation (name, kind, company_number) VALUES
    ('Acorn Homecare', 'company', '01234567'),
    ('Beech Homecare', 'charity', ''), ('Conker Homecare', 'company', '');

DO $$
DECLARE
	one record;
	scheme bigint;
	version bigint;
BEGIN
	FOR one IN SELECT * FROM council WHERE code IN ('elm', 'oak') LOOP
		INSERT INTO area_scheme (council_id, code, name)
		VALUES (one.id, 'districts', one.name || ' districts')
		RETURNING id INTO scheme;
		INSERT INTO area (council_id, scheme_id, code, name, sort,
		    total_hours, spot_hours) VALUES
		    (one.id, scheme, 'north', 'North ' || initcap(one.code), 1,
		     22396, 17456),
		    (one.id, scheme, 'south', 'South ' || initcap(one.code), 2,
		     26999, 21970),
		    (one.id, scheme, 'west', 'West ' || initcap(one.code), 3,
		     NULL, NULL);
		INSERT INTO policy (council_id, code, name)
		VALUES (one.id, 'call-off', 'Call-off');
		INSERT INTO policy_version (council_id, policy_id, number, document,
		    published_at)
		SELECT one.id, p.id, 1, '{}', clock_now() FROM policy p
		 WHERE p.council_id = one.id RETURNING id INTO version;
		INSERT INTO rate_card (council_id, code, name, effective_on,
		    hourly_rate_pence)
		VALUES (one.id, 'standard', 'Standard', '2022-09-01', 2192);
		INSERT INTO framework (council_id, code, name, scheme_id, starts_on,
		    policy_version_id, rate_card_code)
		VALUES (one.id, 'homecare', one.name || ' homecare', scheme,
		    '2022-09-01', version, 'standard');
	END LOOP;
END
$$;

INSERT INTO area_alias SELECT a.council_id, a.id, 'Upper Elm' FROM area a
  JOIN council c ON c.id = a.council_id AND c.code = 'elm' WHERE a.code = 'north';
INSERT INTO area_sector
SELECT a.council_id, a.scheme_id, s.sector, a.id, s.share
  FROM area a JOIN council c ON c.id = a.council_id AND c.code = 'elm'
  JOIN (VALUES ('north', 'ZE1 1', 100), ('north', 'ZE1 2', 60),
      ('south', 'ZE1 2', 40)) AS s (area, sector, share) ON s.area = a.code;
INSERT INTO framework_partner (council_id, framework_id, partner_council_id,
    joined_on)
SELECT f.council_id, f.id, (SELECT id FROM council WHERE code = 'elm-nhs'),
       '2022-09-01'
  FROM framework f JOIN council c ON c.id = f.council_id AND c.code = 'elm';

-- Acorn works with both councils, Beech with Elm, Conker with Oak alone.
INSERT INTO framework_member (council_id, framework_id, organisation_id,
    joined_on, spare_minutes, monitoring_visit_passed_on)
SELECT f.council_id, f.id, o.id, '2022-09-01', m.spare, m.visited
  FROM (VALUES ('elm', 'Acorn Homecare', 600, DATE '2026-03-02'),
      ('elm', 'Beech Homecare', 0, NULL), ('oak', 'Acorn Homecare', 120, NULL),
      ('oak', 'Conker Homecare', 300, NULL)) AS m (council, provider, spare, visited)
  JOIN council c ON c.code = m.council JOIN framework f ON f.council_id = c.id
  JOIN organisation o ON o.name = m.provider;
INSERT INTO member_area
SELECT m.council_id, m.id, a.id
  FROM framework_member m JOIN organisation o ON o.id = m.organisation_id
  JOIN area a ON a.council_id = m.council_id
 WHERE a.code = CASE o.name WHEN 'Beech Homecare' THEN 'south' ELSE 'north' END;
INSERT INTO member_term
SELECT m.council_id, m.id, t.id
  FROM framework_member m JOIN organisation o ON o.id = m.organisation_id
  JOIN care_term t ON (t.kind, t.code) IN (('service_user_group', 'older_people'),
      ('service_kind', 'support_at_home'), ('language', 'english'))
    OR (t.code = 'dementia' AND o.name = 'Acorn Homecare');
INSERT INTO organisation_contact (organisation_id, name, job_title, telephone,
    email, gets_offers)
SELECT o.id, split_part(o.name, ' ', 1) || ' Coordinator', 'Care coordinator',
       '01632 960100', 'offers@' || lower(split_part(o.name, ' ', 1)) || '.example',
       true
  FROM organisation o WHERE o.name LIKE '% Homecare';
INSERT INTO organisation_office (organisation_id, kind, address, postcode, sector)
SELECT o.id, 'registered', '1 Test Parade', 'ZE1 1AA', 'ZE1 1'
  FROM organisation o WHERE o.name LIKE '% Homecare';
INSERT INTO location (organisation_id, cqc_location_id, name, cqc_rating,
    rated_on, registered_on)
SELECT o.id, l.cqc, l.name, l.rating, l.rated_on, DATE '2020-01-15'
  FROM (VALUES ('Acorn Homecare', '1-1000000001', 'Acorn House', 'good',
      DATE '2025-05-01'), ('Beech Homecare', '1-1000000002', 'Beech House',
      NULL, NULL)) AS l (provider, cqc, name, rating, rated_on)
  JOIN organisation o ON o.name = l.provider;
