-- Packages of care: one of them, its sections, its versions and its waits.

-- row package (id bigint, reference text, state text, version integer,
--   revision integer, sections text[], person_id bigint?,
--   person_reference text, person_name text, person_number text,
--   person_given_name text, person_family_name text, person_postcode text,
--   person_born_on date?, person_address text, emergency_count bigint,
--   has_no_emergency_contact boolean,
--   framework_council_id bigint?, framework_id bigint?,
--   framework_reference text, framework_name text,
--   funding text, funding_label text, service_kind text,
--   service_kind_label text, group_code text, group_label text, age_band text,
--   age_band_label text, complexity text, complexity_reason text, sector text, suggested_area_id bigint?,
--   suggested_area text, area_id bigint?, area text, area_reason text,
--   rurality text, suggested_rurality text, address text, postcode text,
--   directions text, urgency text, start_wanted_at timestamptz?,
--   chosen_reference text, chosen_name text, know_before text,
--   smoker text, pets text, wait_reason text,
--   minutes_in_place integer, waiting_since timestamptz?,
--   weekly_minutes integer, weekly_price_pence bigint,
--   assigned_reference text, assigned_name text, created_at timestamptz,
--   changed_at timestamptz, closed_reason text, need_count bigint,
--   visit_count bigint, outcome_count bigint)
-- Texts that are not there yet are empty. state says offered where a round
-- is live.

-- query package_by_reference (council bigint, reference text) one package
SELECT k.id, k.reference,
       CASE WHEN k.state = 'waiting' AND EXISTS (SELECT FROM offer_round o
           WHERE o.council_id = k.council_id AND o.package_id = k.id
             AND o.settled_at IS NULL) THEN 'offered' ELSE k.state END AS state,
       k.version, k.revision, k.sections, k.person_id,
       coalesce(s.reference, '') AS person_reference,
       coalesce(s.given_name || ' ' || s.family_name, '') AS person_name,
       coalesce(s.person_number, '') AS person_number,
       coalesce(s.given_name, '') AS person_given_name,
       coalesce(s.family_name, '') AS person_family_name,
       coalesce(s.postcode, '') AS person_postcode,
       s.born_on AS person_born_on,
       coalesce(s.address, '') AS person_address,
       (SELECT count(*) FROM person_contact c
         WHERE c.council_id = k.council_id AND c.person_id = k.person_id
           AND c.kind = 'emergency') AS emergency_count,
       coalesce(s.has_no_emergency_contact, false)
           AS has_no_emergency_contact,
       k.framework_council_id, k.framework_id,
       coalesce(f.reference, '') AS framework_reference,
       coalesce(f.name, '') AS framework_name,
       coalesce(funding.code, '') AS funding,
       coalesce(funding.label, '') AS funding_label,
       coalesce(service.code, '') AS service_kind,
       coalesce(service.label, '') AS service_kind_label,
       coalesce(grouped.code, '') AS group_code,
       coalesce(grouped.label, '') AS group_label,
       coalesce(age.code, '') AS age_band,
       coalesce(age.label, '') AS age_band_label, k.complexity,
       k.complexity_reason,
       coalesce(k.sector, '') AS sector, k.suggested_area_id,
       coalesce(sa.name, '') AS suggested_area, k.area_id,
       coalesce(a.name, '') AS area, k.area_reason,
       coalesce(k.rurality, '') AS rurality,
       coalesce(y.rurality, z.rurality, '') AS suggested_rurality,
       coalesce(d.address, '') AS address, coalesce(d.postcode, '') AS postcode,
       coalesce(d.directions, '') AS directions,
       coalesce(k.urgency, '') AS urgency, k.start_wanted_at,
       coalesce(g.reference, '') AS chosen_reference,
       coalesce(g.name, '') AS chosen_name, k.know_before,
       CASE WHEN k.has_smoker THEN 'yes' WHEN NOT k.has_smoker THEN 'no'
           ELSE '' END AS smoker,
       CASE WHEN k.has_pets THEN 'yes' WHEN NOT k.has_pets THEN 'no'
           ELSE '' END AS pets,
       coalesce(k.wait_reason, '') AS wait_reason,
       k.minutes_in_place, k.waiting_since, k.weekly_minutes,
       k.weekly_price_pence, coalesce(u.reference, '') AS assigned_reference,
       coalesce(u.name, '') AS assigned_name, k.created_at, k.changed_at,
       k.closed_reason,
       (SELECT count(*) FROM package_need n
         WHERE n.council_id = k.council_id AND n.package_id = k.id)
           AS need_count,
       (SELECT count(*) FROM visit v
         WHERE v.council_id = k.council_id AND v.package_id = k.id)
           AS visit_count,
       (SELECT count(*) FROM outcome_wanted w
         WHERE w.council_id = k.council_id AND w.package_id = k.id)
           AS outcome_count
  FROM package k
  LEFT JOIN person s ON s.council_id = k.council_id AND s.id = k.person_id
  LEFT JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  LEFT JOIN care_term funding ON funding.id = k.funding_id
  LEFT JOIN care_term service ON service.id = k.service_kind_id
  LEFT JOIN care_term grouped ON grouped.id = k.group_id
  LEFT JOIN care_term age ON age.id = k.age_band_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN area sa ON sa.council_id = k.framework_council_id
   AND sa.id = k.suggested_area_id
  LEFT JOIN postcode_sector z ON z.sector = k.sector
  LEFT JOIN care_address d ON d.council_id = k.council_id
   AND d.package_id = k.id
  LEFT JOIN postcode y ON y.postcode = d.postcode
  LEFT JOIN organisation g ON g.id = k.chosen_organisation_id
  LEFT JOIN account u ON u.id = k.assigned_account_id
 WHERE k.council_id = :council AND k.reference = :reference;

-- query package_lock (council bigint, reference text) value bigint
-- The id of a package, locked to the end of the transaction; 0 when there is
-- none. Everything that changes a package or its offers takes this first.
SELECT k.id FROM package k
 WHERE k.council_id = :council AND k.reference = :reference
   FOR UPDATE;

-- row framework_choice (reference text, name text)

-- query package_framework_list (council bigint) many framework_choice
-- Frameworks that this council may call off from, its own first.
SELECT f.reference, f.name
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
 WHERE p.partner_council_id = :council
   AND (p.left_on IS NULL
       OR p.left_on > (clock_now() AT TIME ZONE 'Europe/London')::date)
   AND (f.ends_on IS NULL
       OR f.ends_on >= (clock_now() AT TIME ZONE 'Europe/London')::date)
 ORDER BY f.council_id <> :council, f.name, f.reference;

-- query package_insert (council bigint, person_reference text, framework_reference text?, account bigint) value text
-- A new draft for a person; gives its reference.
INSERT INTO package (council_id, person_id, framework_council_id, framework_id,
    assigned_account_id, created_by_id)
SELECT s.council_id, s.id, f.council_id, f.id, :account, :account
  FROM person s
  LEFT JOIN framework f ON f.reference = :framework_reference
 WHERE s.council_id = :council AND s.reference = :person_reference
RETURNING reference;

-- query package_touch (council bigint, package bigint, section text) none
-- Notes that a section was saved.
UPDATE package k
   SET revision = k.revision + 1, changed_at = clock_now(),
       sections = CASE WHEN :section = ANY (k.sections) THEN k.sections
           ELSE k.sections || :section END
 WHERE k.council_id = :council AND k.id = :package;

-- row package_saver (name text, is_viewer boolean, saved_at timestamptz)

-- query package_last_saver (council bigint, reference text, viewer bigint) one package_saver
-- Who saved the package last, from the audit.
SELECT coalesce(u.name, 'Hearth') AS name,
       x.account_id IS NOT DISTINCT FROM :viewer AS is_viewer,
       x.at AS saved_at
  FROM audit x
  LEFT JOIN account u ON u.id = x.account_id
 WHERE x.council_id = :council AND x.object_kind = 'package'
   AND x.object_reference = :reference
   AND x.act IN ('package.change', 'package.submit', 'package.create')
 ORDER BY x.at DESC, x.id DESC
 LIMIT 1;

-- query package_area_under (council bigint, package bigint, framework text) value bigint
-- The area of a package once it is called off from a framework: its own where
-- the areas are the same, else the one with the greatest share of its sector.
-- 0: no area of that framework has the sector, or the place is not known yet.
SELECT CASE WHEN f.council_id = k.framework_council_id
           AND f.scheme_id = own.scheme_id THEN k.area_id ELSE best.area_id END
  FROM package k
  JOIN framework f ON f.reference = :framework
  LEFT JOIN framework own ON own.council_id = k.framework_council_id
   AND own.id = k.framework_id
  LEFT JOIN LATERAL (
      SELECT x.area_id FROM area_sector x
       WHERE x.council_id = f.council_id AND x.scheme_id = f.scheme_id
         AND x.sector = k.sector
       ORDER BY x.share_percent DESC, x.area_id
       LIMIT 1) AS best ON true
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_funding (council bigint, package bigint, framework text, funding text, service_kind text, area bigint?) none
-- area: what package_area_under gives. One of other areas is a suggestion,
-- to be confirmed.
UPDATE package k
   SET framework_council_id = f.council_id, framework_id = f.id,
       funding_id = funding.id, service_kind_id = service.id,
       area_id = :area::bigint,
       suggested_area_id = CASE WHEN k.area_id = :area::bigint
           THEN k.suggested_area_id ELSE :area::bigint END,
       area_reason = CASE WHEN k.area_id = :area::bigint
           THEN k.area_reason ELSE '' END,
       sections = CASE WHEN k.area_id = :area::bigint THEN k.sections
           ELSE array_remove(k.sections, 'area') END
  FROM framework f, care_term funding, care_term service
 WHERE k.council_id = :council AND k.id = :package
   AND f.reference = :framework
   AND funding.kind = 'funding' AND funding.code = :funding
   AND service.kind = 'service_kind' AND service.code = :service_kind;

-- query package_save_group (council bigint, package bigint, group_code text, age_band text) none
UPDATE package k SET group_id = grouped.id, age_band_id = age.id
  FROM care_term grouped, care_term age
 WHERE k.council_id = :council AND k.id = :package
   AND grouped.kind = 'service_user_group' AND grouped.code = :group_code
   AND age.kind = 'age_band' AND age.code = :age_band;

-- query package_save_complexity (council bigint, package bigint, complexity text, reason text) none
UPDATE package k SET complexity = :complexity, complexity_reason = :reason
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_place (council bigint, package bigint, address text, postcode text, directions text) none
INSERT INTO care_address (council_id, package_id, address, postcode,
    directions)
VALUES (:council, :package, :address, :postcode, :directions)
    ON CONFLICT (council_id, package_id) DO UPDATE
   SET address = excluded.address, postcode = excluded.postcode,
       directions = excluded.directions;

-- query package_suggest_area (council bigint, package bigint, sector text, postcode text) none
-- A place that is new to the package brings its position and its suggestion
-- with it, to be confirmed: by the full postcode where it is known, else by
-- the sector, of which the area with the greatest share is suggested.
UPDATE package k
   SET sector = z.sector, rurality = coalesce(p.rurality, z.rurality),
       latitude = round(p.latitude::numeric, 3),
       longitude = round(p.longitude::numeric, 3), area_reason = '',
       suggested_area_id = best.area_id, area_id = best.area_id,
       sections = array_remove(k.sections, 'area')
  FROM postcode_sector z
  LEFT JOIN postcode p ON p.postcode = :postcode
  LEFT JOIN LATERAL (
      SELECT x.area_id
        FROM package q
        JOIN framework f ON f.council_id = q.framework_council_id
         AND f.id = q.framework_id
       CROSS JOIN LATERAL (
            SELECT x.area_id, 101 AS share_percent FROM area_postcode x
             WHERE x.council_id = f.council_id AND x.scheme_id = f.scheme_id
               AND x.postcode = :postcode
            UNION ALL
            SELECT x.area_id, x.share_percent FROM area_sector x
             WHERE x.council_id = f.council_id AND x.scheme_id = f.scheme_id
               AND x.sector = z.sector) AS x
       WHERE q.council_id = :council AND q.id = :package
       ORDER BY x.share_percent DESC, x.area_id
       LIMIT 1) AS best ON true
 WHERE k.council_id = :council AND k.id = :package AND z.sector = :sector
   AND (k.sector IS DISTINCT FROM z.sector OR k.area_id IS NULL
    OR k.suggested_area_id IS DISTINCT FROM best.area_id
    OR k.latitude IS DISTINCT FROM round(p.latitude::numeric, 3)
    OR k.longitude IS DISTINCT FROM round(p.longitude::numeric, 3));

-- row package_area (code text, name text, share_percent integer?)

-- query package_area_list (council bigint, package bigint) many package_area
-- Areas of the framework's scheme, with the share of the package's sector
-- that lies in each.
SELECT a.code, a.name, x.share_percent
  FROM package k
  JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
  LEFT JOIN area_sector x ON x.council_id = a.council_id
   AND x.scheme_id = a.scheme_id AND x.area_id = a.id
   AND x.sector = k.sector
 WHERE k.council_id = :council AND k.id = :package
 ORDER BY a.sort, a.name;

-- row package_area_now (area text, suggested_area text)

-- query package_area_now (council bigint, package bigint) one package_area_now
-- Codes of the area and of the one suggested.
SELECT coalesce(a.code, '') AS area, coalesce(sa.code, '') AS suggested_area
  FROM package k
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN area sa ON sa.council_id = k.framework_council_id
   AND sa.id = k.suggested_area_id
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_area (council bigint, package bigint, area text, rurality text, reason text) none
UPDATE package k
   SET area_id = a.id, rurality = :rurality, area_reason = :reason
  FROM framework f, area a
 WHERE k.council_id = :council AND k.id = :package
   AND f.council_id = k.framework_council_id AND f.id = k.framework_id
   AND a.council_id = f.council_id AND a.scheme_id = f.scheme_id
   AND a.code = :area;

-- row need (kind text, code text, label text, is_must boolean)

-- query package_need_list (council bigint, package bigint) many need
SELECT t.kind, t.code, t.label, n.is_must
  FROM package_need n
  JOIN care_term t ON t.id = n.term_id
 WHERE n.council_id = :council AND n.package_id = :package
 ORDER BY array_position(ARRAY['specialism', 'language', 'carer_gender',
     'culture', 'two_carers', 'medication_level', 'moving_handling'], t.kind),
     t.sort;

-- query package_need_clear (council bigint, package bigint) none
DELETE FROM package_need n
 WHERE n.council_id = :council AND n.package_id = :package;

-- query package_need_add (council bigint, package bigint, kind text, codes text[], is_must boolean) none
INSERT INTO package_need (council_id, package_id, term_id, is_must)
SELECT :council, :package, t.id, :is_must
  FROM care_term t
 WHERE t.kind = :kind AND t.code = ANY (:codes);

-- query package_save_before_coming (council bigint, package bigint, smoker text, pets text, know_before text) none
-- yes, no, or empty: not known.
UPDATE package k
   SET has_smoker = nullif(:smoker, '') = 'yes',
       has_pets = nullif(:pets, '') = 'yes',
       know_before = :know_before
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_start (council bigint, package bigint, urgency text, start_wanted_at timestamptz) none
UPDATE package k
   SET urgency = :urgency, start_wanted_at = :start_wanted_at
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_choice (council bigint, package bigint, organisation text) none
-- An empty reference: the person has chosen nobody.
UPDATE package k
   SET chosen_organisation_id = (SELECT g.id FROM organisation g
           WHERE g.reference = :organisation)
 WHERE k.council_id = :council AND k.id = :package;

-- row provider_choice (reference text, name text, state text)

-- query package_provider_list (council bigint, package bigint, search text?, chosen text, limit bigint) many provider_choice
-- Members of the package's framework whose name holds the words searched
-- for (all: an empty text, none: NULL); the one chosen already is always
-- there.
SELECT g.reference, g.name, m.state
  FROM package k
  JOIN framework_member m ON m.council_id = k.framework_council_id
   AND m.framework_id = k.framework_id
  JOIN organisation g ON g.id = m.organisation_id
 WHERE k.council_id = :council AND k.id = :package
   AND ((m.state IN ('active', 'suspended')
           AND strpos(lower(g.name), lower(:search)) > 0)
       OR g.reference = :chosen)
 ORDER BY g.reference <> :chosen, g.name, g.reference
 LIMIT :limit;

-- query package_save_waiting (council bigint, package bigint, reason text, minutes_in_place integer) none
UPDATE package k
   SET wait_reason = :reason, minutes_in_place = :minutes_in_place
 WHERE k.council_id = :council AND k.id = :package;

-- query package_save_week (council bigint, package bigint, weekly_minutes integer, weekly_price_pence bigint) none
UPDATE package k
   SET weekly_minutes = :weekly_minutes,
       weekly_price_pence = :weekly_price_pence
 WHERE k.council_id = :council AND k.id = :package;

-- row price_rule (rule text, hourly_pence bigint?, floor_pence bigint?,
--   ceiling_pence bigint?, up_to_seconds bigint[], percents bigint[],
--   card_document text, need_names text[], age_name text,
--   individual_pence bigint?)
-- card_document: the version of the card in force, '' where there is none.

-- query package_price_rule (council bigint, package bigint, on_day date) one price_rule
-- How the package's framework is paid on a day: by its card in force then, or
-- at a rate given with the reply between floor and ceiling. An individual rate
-- counts from the day it was approved.
SELECT coalesce(v.document #>> '{price,kind}', 'fixed') AS rule,
       rate_card_hourly(c.council_id, c.id, a.name, k.rurality, needs.names)
           AS hourly_pence,
       ((v.document #>> '{price,floor}')::numeric * 100)::bigint AS floor_pence,
       ((v.document #>> '{price,ceiling}')::numeric * 100)::bigint
           AS ceiling_pence,
       ARRAY(SELECT b.up_to_seconds::bigint FROM rate_band b
         WHERE b.council_id = c.council_id AND b.rate_card_id = c.id
         ORDER BY b.up_to_seconds) AS up_to_seconds,
       ARRAY(SELECT b.percent::bigint FROM rate_band b
         WHERE b.council_id = c.council_id AND b.rate_card_id = c.id
         ORDER BY b.up_to_seconds) AS percents,
       coalesce(c.document, '') AS card_document, needs.names AS need_names,
       coalesce(age.label, '') AS age_name, i.hourly_pence AS individual_pence
  FROM package k
  JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  JOIN policy_version v ON v.council_id = f.council_id
   AND v.id = policy_in_force(f.council_id, f.id, :on_day)
  LEFT JOIN LATERAL (
      SELECT r.council_id, r.id, x.document::text AS document
        FROM rate_card r
        LEFT JOIN rate_version x ON x.council_id = r.council_id
         AND x.id = r.rate_version_id
       WHERE r.council_id = f.council_id AND r.code = f.rate_card_code
         AND r.effective_on <= :on_day
       ORDER BY r.effective_on DESC
       LIMIT 1) AS c ON true
  LEFT JOIN area a ON a.council_id = k.framework_council_id AND a.id = k.area_id
  LEFT JOIN care_term age ON age.id = k.age_band_id
  LEFT JOIN individual_rate i ON i.council_id = k.council_id
   AND i.id = individual_rate_in_force(k.council_id, k.id)
   AND (i.decided_at AT TIME ZONE 'Europe/London')::date <= :on_day
 CROSS JOIN LATERAL (
      SELECT ARRAY(SELECT t.label FROM care_term t
         WHERE t.id IN (k.group_id, k.service_kind_id)
            OR t.id IN (SELECT n.term_id FROM package_need n
                WHERE n.council_id = k.council_id AND n.package_id = k.id))
             AS names) AS needs
 WHERE k.council_id = :council AND k.id = :package;

-- query package_policy_document (council bigint, package bigint) value text
-- The policy of the package's framework; NULL without a framework.
SELECT v.document::text
  FROM package k
  JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  JOIN policy_version v ON v.council_id = f.council_id
   AND v.id = policy_in_force(f.council_id, f.id,
       (clock_now() AT TIME ZONE 'Europe/London')::date)
 WHERE k.council_id = :council AND k.id = :package;

-- query package_submit (council bigint, package bigint) none
-- From draft onto the waiting list.
UPDATE package k
   SET state = 'waiting', waiting_since = clock_now(), changed_at = clock_now(),
       revision = k.revision + 1
 WHERE k.council_id = :council AND k.id = :package AND k.state = 'draft';

-- query package_version_insert (council bigint, package bigint, account bigint, is_change_of_needs boolean) none
-- Keeps what the package says now under its version.
INSERT INTO package_version (council_id, package_id, version, document,
    created_by_id, is_change_of_needs)
SELECT k.council_id, k.id, k.version, package_document(k.council_id, k.id),
       :account, :is_change_of_needs
  FROM package k
 WHERE k.council_id = :council AND k.id = :package;

-- query package_is_changed (council bigint, package bigint) value boolean
-- Whether it now says something else than the version that is kept.
SELECT package_document(k.council_id, k.id) IS DISTINCT FROM v.document
  FROM package k
  JOIN package_version v ON v.council_id = k.council_id
   AND v.package_id = k.id AND v.version = k.version
 WHERE k.council_id = :council AND k.id = :package;

-- query package_version_next (council bigint, package bigint) none
UPDATE package k SET version = k.version + 1
 WHERE k.council_id = :council AND k.id = :package;

-- query package_wait_open (council bigint, package bigint) none
-- Begins a stretch of waiting with the package's reason and hours; does
-- nothing while one is open.
INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
    minutes_in_place, from_at)
SELECT k.council_id, k.id, k.wait_reason, k.weekly_minutes,
       k.minutes_in_place, clock_now()
  FROM package k
 WHERE k.council_id = :council AND k.id = :package
   AND k.wait_reason IS NOT NULL
    ON CONFLICT DO NOTHING;

-- query package_wait_close (council bigint, package bigint) none
-- Ends the stretch of waiting that is open, now.
UPDATE package_wait w SET until_at = greatest(w.from_at, clock_now())
 WHERE w.council_id = :council AND w.package_id = :package
   AND w.until_at IS NULL;

-- query package_wait_is_other (council bigint, package bigint) value boolean
-- Whether reason or hours are no longer those of the open stretch.
SELECT (w.reason, w.minutes_wanted, w.minutes_in_place)
       IS DISTINCT FROM (k.wait_reason, k.weekly_minutes, k.minutes_in_place)
  FROM package k
  JOIN package_wait w ON w.council_id = k.council_id
   AND w.package_id = k.id AND w.until_at IS NULL
 WHERE k.council_id = :council AND k.id = :package;

-- row live_round (number integer, sent_at timestamptz, reply_by timestamptz, asked bigint, answered bigint, bundle_reference text)

-- query package_live_round (council bigint, package bigint) one live_round
-- bundle_reference: of the bundle that its one offer is answered with, or ''.
SELECT o.number, o.sent_at, o.reply_by, count(f.id) AS asked,
       count(*) FILTER (WHERE f.state IN ('accepted', 'declined')) AS answered,
       coalesce(max(b.reference), '') AS bundle_reference
  FROM offer_round o
  LEFT JOIN offer f ON f.council_id = o.council_id AND f.round_id = o.id
  LEFT JOIN offer_bundle b ON b.council_id = f.council_id
   AND b.id = f.bundle_id
 WHERE o.council_id = :council AND o.package_id = :package
   AND o.settled_at IS NULL
 GROUP BY o.council_id, o.id;

-- query package_finish (council bigint, package bigint, state text, reason text) none
-- Cancelled or closed: for good.
UPDATE package k
   SET state = :state, closed_reason = :reason, changed_at = clock_now(),
       revision = k.revision + 1
 WHERE k.council_id = :council AND k.id = :package;

-- query package_has_placement (council bigint, package bigint) value boolean
-- Whether somebody cares for the person under this package, or is about to.
SELECT EXISTS (SELECT FROM placement p
    WHERE p.council_id = :council AND p.package_id = :package
      AND p.state <> 'ended');

-- query package_has_care (council bigint, package bigint) value boolean
-- Whether care that was not interim has started and goes on.
SELECT EXISTS (SELECT FROM placement p
    WHERE p.council_id = :council AND p.package_id = :package
      AND p.state <> 'ended' AND NOT p.is_interim
      AND p.starts_at <= clock_now());

-- query package_care_to_interim (council bigint, package bigint) value bigint
-- The care that goes on is now interim; gives whose it is.
UPDATE placement p SET is_interim = true
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.state <> 'ended' AND NOT p.is_interim
RETURNING p.organisation_id;

-- row placement_of_package (reference text)

-- query package_interim_care (council bigint, package bigint, organisation bigint) one placement_of_package
SELECT p.reference FROM placement p
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.organisation_id = :organisation AND p.is_interim
   AND p.state <> 'ended'
 ORDER BY p.starts_at DESC
 LIMIT 1;

-- query package_reopen (council bigint, package bigint) none
-- Placed, and now to wait for a change: the next version, with the minutes of
-- the care that goes on in place.
UPDATE package k
   SET state = 'waiting', version = k.version + 1,
       waiting_since = clock_now(), wait_reason = 'interim_care',
       minutes_in_place = (SELECT coalesce(sum(p.weekly_minutes), 0)
             FROM placement p
            WHERE p.council_id = k.council_id AND p.package_id = k.id
              AND p.is_interim AND p.state <> 'ended'),
       changed_at = clock_now(), revision = k.revision + 1
 WHERE k.council_id = :council AND k.id = :package;

-- query package_assign (council bigint, package bigint, account_reference text) none
-- An empty reference: nobody.
UPDATE package k
   SET assigned_account_id = (SELECT u.id FROM account u
           WHERE u.reference = :account_reference)
 WHERE k.council_id = :council AND k.id = :package;

-- row broker (reference text, name text, is_me boolean)

-- query package_broker_list (council bigint, account bigint) many broker
-- Whom a package may be assigned to.
SELECT u.reference, u.name, u.id = :account AS is_me
  FROM account u
 WHERE u.is_active AND EXISTS (SELECT FROM membership m
     WHERE m.account_id = u.id AND m.council_id = :council
       AND m.role = 'broker' AND m.started_at IS NOT NULL
       AND m.ended_at IS NULL)
 ORDER BY u.name, u.reference;
