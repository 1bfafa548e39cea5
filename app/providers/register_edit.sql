-- Changes to the register. Each names the revision that the page showed and
-- changes nothing (0 rows) when another has saved since.

-- query provider_update_details (id bigint, revision integer, name text, kind text, company_number text, charity_number text, cqc_provider_id text, website text) none
UPDATE organisation
   SET name = :name, kind = :kind, company_number = :company_number,
       charity_number = :charity_number, cqc_provider_id = :cqc_provider_id,
       website = :website, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- query register_office_insert (organisation bigint, kind text, address text, postcode text) value bigint
INSERT INTO organisation_office (organisation_id, kind, address, postcode, sector)
VALUES (:organisation, :kind, :address, :postcode,
        (SELECT s.sector FROM postcode_sector s
          WHERE s.sector = left(:postcode, -2)))
RETURNING id;

-- query register_office_save (id bigint, revision integer, organisation bigint, kind text, address text, postcode text) none
UPDATE organisation_office
   SET kind = :kind, address = :address, postcode = :postcode,
       sector = (SELECT s.sector FROM postcode_sector s
                  WHERE s.sector = left(:postcode, -2)),
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation;

-- query register_office_delete (id bigint, revision integer, organisation bigint) none
DELETE FROM organisation_office
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation;

-- query register_contact_insert (organisation bigint, name text, job_title text, telephone text, email text, gets_offers boolean) value bigint
INSERT INTO organisation_contact (organisation_id, name, job_title, telephone,
    email, gets_offers)
VALUES (:organisation, :name, :job_title, :telephone, :email, :gets_offers)
RETURNING id;

-- query register_contact_save (id bigint, revision integer, organisation bigint, name text, job_title text, telephone text, email text, gets_offers boolean) none
UPDATE organisation_contact
   SET name = :name, job_title = :job_title, telephone = :telephone,
       email = :email, gets_offers = :gets_offers, revision = revision + 1
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation
   AND is_active;

-- query register_contact_retire (id bigint, revision integer, organisation bigint) none
-- It stays for the record of offers that were mailed to it.
UPDATE organisation_contact
   SET is_active = false, gets_offers = false, revision = revision + 1
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation
   AND is_active;

-- query register_location_insert (organisation bigint, cqc_location_id text?, name text, address text, postcode text, cqc_rating text?, rated_on date?, registered_on date?) value bigint
-- 0 when another location has that id of the Care Quality Commission.
INSERT INTO location (organisation_id, cqc_location_id, name, address, postcode,
    sector, cqc_rating, rated_on, registered_on)
VALUES (:organisation, :cqc_location_id, :name, :address, :postcode,
        (SELECT s.sector FROM postcode_sector s
          WHERE s.sector = left(:postcode, -2)),
        :cqc_rating, :rated_on, :registered_on)
ON CONFLICT (cqc_location_id) DO NOTHING
RETURNING id;

-- query register_location_save (id bigint, revision integer, organisation bigint, name text, address text, postcode text, cqc_rating text?, rated_on date?, registered_on date?) none
UPDATE location
   SET name = :name, address = :address, postcode = :postcode,
       sector = (SELECT s.sector FROM postcode_sector s
                  WHERE s.sector = left(:postcode, -2)),
       cqc_rating = :cqc_rating, rated_on = :rated_on,
       registered_on = :registered_on, revision = revision + 1
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation;

-- query register_location_delete (id bigint, revision integer, organisation bigint) none
DELETE FROM location
 WHERE id = :id AND revision = :revision AND organisation_id = :organisation;

-- query member_areas_save (council bigint, id bigint, revision integer, has_all_areas boolean) none
-- Takes the lock under which the areas are replaced.
UPDATE framework_member
   SET has_all_areas = :has_all_areas, revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query member_area_remove (council bigint, member bigint) none
DELETE FROM member_area WHERE council_id = :council AND member_id = :member;

-- query member_area_add (council bigint, member bigint, scheme bigint, codes text[]) none
INSERT INTO member_area (council_id, member_id, area_id)
SELECT a.council_id, :member, a.id
  FROM area a
 WHERE a.council_id = :council AND a.scheme_id = :scheme
   AND a.code = ANY (:codes);

-- query member_terms_save (council bigint, id bigint, revision integer) none
-- Takes the lock under which the terms are replaced.
UPDATE framework_member SET revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query member_term_remove (council bigint, member bigint) none
-- Terms no longer offered stay.
DELETE FROM member_term x
 USING care_term t
 WHERE x.council_id = :council AND x.member_id = :member
   AND t.id = x.term_id AND t.is_active;

-- query member_term_add (council bigint, member bigint, terms text[]) none
-- terms: "language.polish".
INSERT INTO member_term (council_id, member_id, term_id)
SELECT :council, :member, t.id
  FROM care_term t
 WHERE t.kind || '.' || t.code = ANY (:terms) AND t.is_active;

-- query member_capacity_save (council bigint, id bigint, revision integer, spare_before integer, spare_minutes integer, earliest_start_on date?, call_days integer, calls_from_minute integer?, calls_until_minute integer?) none
-- A placement that used some of the capacity since is a conflict as well.
UPDATE framework_member
   SET spare_minutes = :spare_minutes, earliest_start_on = :earliest_start_on,
       call_days = :call_days, calls_from_minute = :calls_from_minute,
       calls_until_minute = :calls_until_minute, revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision
   AND spare_minutes = :spare_before;

-- row member_day_part (code text, name text, from_minute integer, until_minute integer, spare_minutes integer?)

-- query member_day_part_list (council bigint, member bigint) many member_day_part
-- Every part of the day, with the spare minutes of a member that states them.
SELECT d.code, d.name, d.from_minute, d.until_minute, p.spare_minutes
  FROM day_part d
  LEFT JOIN member_day_part p ON p.council_id = :council
   AND p.member_id = :member AND p.part_code = d.code
 ORDER BY d.sort;

-- query member_day_part_remove (council bigint, member bigint) none
-- Under the lock that member_capacity_save took, as the next.
DELETE FROM member_day_part
 WHERE council_id = :council AND member_id = :member;

-- query member_day_part_add (council bigint, member bigint, parts text[], minutes bigint[]) none
INSERT INTO member_day_part (council_id, member_id, part_code, spare_minutes)
SELECT :council, :member, x.part, x.minutes
  FROM unnest(:parts::text[], :minutes::bigint[]) AS x (part, minutes);

-- query member_rate_save (council bigint, id bigint, hourly_rate_pence bigint?) none
-- Under the lock that member_capacity_save took.
UPDATE framework_member SET hourly_rate_pence = :hourly_rate_pence
 WHERE council_id = :council AND id = :id;

-- query member_monitoring_save (council bigint, id bigint, revision integer, passed_on date?, is_current_provider boolean, quality_score integer?) none
UPDATE framework_member
   SET monitoring_visit_passed_on = :passed_on,
       is_current_provider = :is_current_provider,
       quality_score = :quality_score, revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query member_status_save (council bigint, id bigint, revision integer, state text, state_reason text, suspended_on date?, suspended_until date?, left_on date?, contract_kind text, tier integer?, block_minutes integer, people_elsewhere integer?) none
UPDATE framework_member
   SET state = :state, state_reason = :state_reason,
       suspended_on = :suspended_on, suspended_until = :suspended_until, left_on = :left_on,
       contract_kind = :contract_kind, tier = :tier,
       block_minutes = :block_minutes, people_elsewhere = :people_elsewhere,
       revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query member_area_codes (council bigint, member bigint) value text[]
SELECT coalesce(array_agg(a.code ORDER BY a.sort), '{}')
  FROM member_area x
  JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
 WHERE x.council_id = :council AND x.member_id = :member;

-- query member_term_codes (council bigint, member bigint, kind text) value text[]
SELECT coalesce(array_agg(t.code ORDER BY t.sort), '{}')
  FROM member_term x JOIN care_term t ON t.id = x.term_id
 WHERE x.council_id = :council AND x.member_id = :member AND t.kind = :kind;

-- row register_code from providers/providers.sql

-- query scheme_area_list (council bigint, scheme bigint) many register_code
SELECT a.code, a.name
  FROM area a
 WHERE a.council_id = :council AND a.scheme_id = :scheme
 ORDER BY a.sort, a.name;

-- query own_members_lock (organisation bigint) none
-- First the lock, then a second statement reads.
SELECT m.id FROM framework_member m
 WHERE m.organisation_id = :organisation
 ORDER BY m.council_id, m.id
   FOR UPDATE;

-- row own_languages (codes text[], revisions bigint)

-- query own_languages_read (organisation bigint) one own_languages
-- Of all memberships together; revisions is their sum, which grows whenever
-- one of them is saved.
SELECT coalesce((SELECT array_agg(DISTINCT t.code)
          FROM framework_member m
          JOIN member_term x ON x.council_id = m.council_id
           AND x.member_id = m.id
          JOIN care_term t ON t.id = x.term_id AND t.kind = 'language'
         WHERE m.organisation_id = :organisation), '{}') AS codes,
       (SELECT coalesce(sum(m.revision), 0)::bigint FROM framework_member m
         WHERE m.organisation_id = :organisation) AS revisions;

-- query own_languages_remove (organisation bigint) none
DELETE FROM member_term x
 USING framework_member m, care_term t
 WHERE m.organisation_id = :organisation AND x.council_id = m.council_id
   AND x.member_id = m.id AND t.id = x.term_id AND t.kind = 'language'
   AND t.is_active;

-- query own_languages_add (organisation bigint, codes text[]) none
INSERT INTO member_term (council_id, member_id, term_id)
SELECT m.council_id, m.id, t.id
  FROM framework_member m, care_term t
 WHERE m.organisation_id = :organisation AND t.kind = 'language'
   AND t.code = ANY (:codes) AND t.is_active;

-- query own_members_touch (organisation bigint) none
UPDATE framework_member SET revision = revision + 1
 WHERE organisation_id = :organisation;

-- query own_audit_add (organisation bigint, act text, object_reference text, detail text?) none
-- What a provider changes of itself stands in the audit of every council that
-- it works with.
SELECT audit_add(:act, 'provider', :object_reference,
           coalesce(:detail, '{}')::jsonb, c.council_id)
  FROM (SELECT DISTINCT m.council_id
          FROM (VALUES (1)) AS once (row)
          LEFT JOIN framework_member m
            ON m.organisation_id = :organisation) AS c;

-- query member_detail (council bigint, member bigint, part text) value text
-- A membership as it is now, in codes, for the audit.
SELECT jsonb_build_object('part', :part, 'membership', m.reference,
    'revision', m.revision, 'state', m.state, 'suspended_on', m.suspended_on,
    'suspended_until', m.suspended_until, 'contract', m.contract_kind,
    'tier', m.tier, 'block_minutes', m.block_minutes,
    'people_elsewhere', m.people_elsewhere,
    'monitoring_visit_passed_on', m.monitoring_visit_passed_on,
    'current_provider', m.is_current_provider,
    'hourly_rate_pence', m.hourly_rate_pence,
    'spare_minutes', m.spare_minutes,
    'spare_by_part', (SELECT coalesce(jsonb_object_agg(x.part_code,
            x.spare_minutes), '{}')
        FROM member_day_part x
       WHERE x.council_id = m.council_id AND x.member_id = m.id),
    'quality_score', m.quality_score,
    'earliest_start_on', m.earliest_start_on, 'call_days', m.call_days,
    'calls_from_minute', m.calls_from_minute,
    'calls_until_minute', m.calls_until_minute,
    'all_areas', m.has_all_areas,
    'areas', (SELECT coalesce(jsonb_agg(a.code ORDER BY a.sort), '[]')
        FROM member_area x
        JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
       WHERE x.council_id = m.council_id AND x.member_id = m.id),
    'terms', (SELECT coalesce(jsonb_agg(t.kind || '.' || t.code
            ORDER BY t.kind, t.sort), '[]')
        FROM member_term x JOIN care_term t ON t.id = x.term_id
       WHERE x.council_id = m.council_id AND x.member_id = m.id))::text
  FROM framework_member m
 WHERE m.council_id = :council AND m.id = :member;
