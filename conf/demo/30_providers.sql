-- The register, and who is on which framework with what.
INSERT INTO organisation (reference, name, kind, company_number,
    charity_number, cqc_provider_id, website, created_at)
SELECT pg_temp.reference_of('P', p.code), p.name, p.kind,
       coalesce(p.company_number, ''), coalesce(p.charity_number, ''),
       coalesce(p.cqc_provider_id, ''), coalesce(p.website, ''),
       k.now - interval '14 months'
  FROM demo_providers p CROSS JOIN demo_clock k;

CREATE TEMPORARY TABLE demo_organisation ON COMMIT DROP AS
SELECT p.code, o.id
  FROM demo_providers p
  JOIN organisation o ON o.reference = pg_temp.reference_of('P', p.code);

INSERT INTO organisation_office (organisation_id, kind, address, postcode,
    sector)
SELECT o.id, 'branch', p.address, p.postcode, pg_temp.sector_of(p.postcode)
  FROM demo_providers p
  JOIN demo_organisation o USING (code);

-- A company is registered elsewhere: in another street of the same sector, so
-- that it is no nearer to anybody's home than its branch.
INSERT INTO organisation_office (organisation_id, kind, address, postcode,
    sector)
SELECT o.id, 'registered',
       (1 + pg_temp.choice(140, 'registered house', p.code)) || ' ' || s.name,
       p.postcode, pg_temp.sector_of(p.postcode)
  FROM demo_providers p
  JOIN demo_organisation o USING (code)
  JOIN (SELECT name, count(*) OVER () AS total,
               row_number() OVER (ORDER BY name) - 1 AS number
          FROM demo_names WHERE kind = 'street') AS s
    ON s.number = pg_temp.choice(s.total::integer, 'registered', p.code)
 WHERE p.company_number IS NOT NULL;

INSERT INTO organisation_contact (organisation_id, name, job_title, telephone,
    email, gets_offers)
SELECT o.id, p.contact_name, p.contact_title, p.contact_telephone,
       p.contact_email, true
  FROM demo_providers p JOIN demo_organisation o USING (code);

INSERT INTO location (organisation_id, cqc_location_id, name, address,
    postcode, sector, cqc_rating, rated_on, registered_on)
SELECT o.id, p.cqc_location_id, p.name, p.address, p.postcode,
       pg_temp.sector_of(p.postcode), p.cqc_rating,
       k.today - p.rated_days_ago, k.today - p.registered_days_ago
  FROM demo_providers p
  JOIN demo_organisation o USING (code)
 CROSS JOIN demo_clock k
 WHERE p.cqc_location_id IS NOT NULL;

INSERT INTO framework_member (council_id, reference, framework_id,
    organisation_id, contract_kind, state, state_reason, joined_on,
    is_current_provider, monitoring_visit_passed_on, hourly_rate_pence,
    spare_minutes, quality_score, has_all_areas, earliest_start_on, call_days,
    calls_from_minute, calls_until_minute, awarded_before_at, last_award_at)
SELECT f.council_id, pg_temp.reference_of('M', m.framework || m.provider),
       f.id, o.id, m.contract_kind, m.state, coalesce(m.state_reason, ''),
       k.today - m.joined_days_ago, m.is_current,
       k.today - m.monitoring_days_ago, m.rate_pence, m.spare_hours * 60,
       m.quality_score, m.has_all_areas, k.today + m.earliest_days,
       m.call_days, m.calls_from_minute, m.calls_until_minute, award.at, award.at
  FROM demo_members m
  JOIN council c ON c.code = m.council
  JOIN framework f ON f.council_id = c.id AND f.code = m.framework
  JOIN demo_organisation o ON o.code = m.provider
 CROSS JOIN demo_clock k
 CROSS JOIN LATERAL (
    SELECT k.now - m.award_days_ago * interval '1 day' AS at) AS award;

CREATE TEMPORARY TABLE demo_member ON COMMIT DROP AS
SELECT m.*, f.council_id, f.id
  FROM demo_members m
  JOIN framework_member f
    ON f.reference = pg_temp.reference_of('M', m.framework || m.provider);

INSERT INTO member_area (council_id, member_id, area_id)
SELECT m.council_id, m.id, a.id
  FROM demo_member m
 CROSS JOIN string_to_table(m.areas, '|') AS part (code)
  JOIN area a ON a.council_id = m.council_id AND a.code = part.code;

INSERT INTO member_term (council_id, member_id, term_id)
SELECT m.council_id, m.id, t.id
  FROM demo_member m
 CROSS JOIN LATERAL (VALUES
       (ARRAY['service_user_group'], m.groups),
       (ARRAY['service_kind'], m.service_kinds),
       (ARRAY['specialism'], m.specialisms),
       (ARRAY['language'], m.languages),
       (ARRAY['culture'], m.cultures),
       (ARRAY['carer_gender', 'two_carers', 'medication_level',
              'moving_handling'], m.other_terms)) AS list (kinds, codes)
 CROSS JOIN string_to_table(list.codes, '|') AS part (code)
  JOIN care_term t ON t.kind = ANY (list.kinds) AND t.code = part.code;
