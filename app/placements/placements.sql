-- Placements, for the council and for the provider. What names the person is
-- read on the page of one placement, and by the provider that cares for the
-- person in its list; every look is audited.

-- row placement_item (reference text, package_reference text, state text,
--   council_name text, organisation_name text, area_name text, sector text,
--   service_kind_label text, starts_at timestamptz, ended_at timestamptz?,
--   ends_at timestamptz?, weekly_minutes integer, weekly_price_pence bigint,
--   council_id bigint, person_reference text, person_name text)

-- query placement_count (council bigint?, organisation bigint?, show text, search text, most bigint) value bigint
-- show: live, ended or all. search: the reference of the placement or its
-- package, or part of the provider's or the council's name; '' is any.
-- Counted no further than :most.
SELECT count(*)
  FROM (SELECT
          FROM placement p
         WHERE (p.council_id = :council::bigint
               OR p.organisation_id = :organisation::bigint)
           AND (:show = 'all' OR (p.state = 'ended') = (:show = 'ended'))
           AND (:search = '' OR EXISTS (
                SELECT FROM council c, organisation o, package k
                 WHERE c.id = p.council_id AND o.id = p.organisation_id
                   AND k.council_id = p.council_id AND k.id = p.package_id
                   AND (upper(:search) IN (p.reference, k.reference)
                       OR strpos(lower(o.name), lower(:search)) > 0
                       OR strpos(lower(c.name), lower(:search)) > 0)))
         LIMIT :most) AS found;

-- query placement_list_page (council bigint?, organisation bigint?, show text, search text, offset bigint, limit bigint) many placement_item
-- The latest start first. The person is named to the provider that cares for
-- them, and empty where the session may not read them.
SELECT p.reference, k.reference AS package_reference,
       placement_state(p.state, p.starts_at, clock_now()) AS state,
       c.name AS council_name, o.name AS organisation_name,
       coalesce(a.name, '') AS area_name, coalesce(k.sector, '') AS sector,
       coalesce(s.label, '') AS service_kind_label, p.starts_at, p.ended_at,
       p.ends_at, p.weekly_minutes, p.weekly_price_pence, p.council_id,
       coalesce(n.reference, '') AS person_reference,
       coalesce(n.given_name || ' ' || n.family_name, '') AS person_name
  FROM placement p
  JOIN council c ON c.id = p.council_id
  JOIN organisation o ON o.id = p.organisation_id
  JOIN package k ON k.council_id = p.council_id AND k.id = p.package_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN care_term s ON s.id = k.service_kind_id
  LEFT JOIN person n ON n.council_id = p.council_id AND n.id = p.person_id
   AND p.organisation_id = :organisation::bigint AND p.state <> 'ended'
 WHERE (p.council_id = :council::bigint
       OR p.organisation_id = :organisation::bigint)
   AND (:show = 'all' OR (p.state = 'ended') = (:show = 'ended'))
   AND (:search = '' OR upper(:search) IN (p.reference, k.reference)
       OR strpos(lower(o.name), lower(:search)) > 0
       OR strpos(lower(c.name), lower(:search)) > 0)
 ORDER BY p.starts_at DESC, p.id DESC
OFFSET :offset LIMIT :limit;

-- query placement_named_audit (councils bigint[], persons text[], placements text[]) none
-- One look at each person whom a list names, as at the page of a placement.
SELECT audit_add('person.view', 'person', shown.person,
           jsonb_build_object('placement', shown.placement), shown.council)
  FROM unnest(:councils::bigint[], :persons::text[], :placements::text[])
       AS shown (council, person, placement);

-- row placement_page (id bigint, reference text, council_id bigint,
--   package_id bigint, person_id bigint, organisation_id bigint,
--   package_reference text, offer_reference text, request_reference text,
--   agreed_by text, state text,
--   is_interim boolean, council_name text, organisation_name text,
--   organisation_reference text, service_kind_label text, group_label text,
--   area_name text, sector text, starts_at timestamptz,
--   introduced_at timestamptz?,
--   ended_at timestamptz?, ends_at timestamptz?, end_after text,
--   end_reason text, weekly_minutes integer,
--   weekly_price_pence bigint, rate_pence bigint, know_before text,
--   smoker text, pets text, person_reference text, person_name text,
--   called text, born_on date?, address text, postcode text,
--   directions text, telephone text, gp_name text, gp_telephone text,
--   communication_needs text, has_key_safe boolean)
-- What names the person is empty where the session may not read it.

-- query placement_by_reference (reference text, council bigint?, organisation bigint?) one placement_page
SELECT p.id, p.reference, p.council_id, p.package_id, p.person_id,
       p.organisation_id, k.reference AS package_reference,
       coalesce(f.reference, '') AS offer_reference,
       coalesce(q.reference, '') AS request_reference,
       coalesce(q.agreed_by, '') AS agreed_by,
       placement_state(p.state, p.starts_at, clock_now()) AS state,
       p.is_interim, c.name AS council_name, o.name AS organisation_name,
       o.reference AS organisation_reference,
       coalesce(s.label, '') AS service_kind_label,
       coalesce(g.label, '') AS group_label,
       coalesce(a.name, '') AS area_name, coalesce(k.sector, '') AS sector,
       p.starts_at, f.introduced_at, p.ended_at, p.ends_at, p.end_after,
       p.end_reason, p.weekly_minutes,
       p.weekly_price_pence, coalesce(p.rate_pence, 0) AS rate_pence,
       k.know_before,
       CASE WHEN k.has_smoker THEN 'Yes' WHEN NOT k.has_smoker THEN 'No'
           ELSE 'Not known' END AS smoker,
       CASE WHEN k.has_pets THEN 'Yes' WHEN NOT k.has_pets THEN 'No'
           ELSE 'Not known' END AS pets,
       coalesce(n.reference, '') AS person_reference,
       coalesce(n.given_name || ' ' || n.family_name, '') AS person_name,
       coalesce(n.called, '') AS called, n.born_on,
       coalesce(nullif(d.address, ''), n.address, '') AS address,
       coalesce(d.postcode, n.postcode, '') AS postcode,
       coalesce(d.directions, '') AS directions,
       coalesce(n.telephone, '') AS telephone,
       coalesce(n.gp_name, '') AS gp_name,
       coalesce(n.gp_telephone, '') AS gp_telephone,
       coalesce(n.communication_needs, '') AS communication_needs,
       key_safe_has(p.council_id, p.person_id) AS has_key_safe
  FROM placement p
  JOIN council c ON c.id = p.council_id
  JOIN organisation o ON o.id = p.organisation_id
  JOIN package k ON k.council_id = p.council_id AND k.id = p.package_id
  LEFT JOIN offer f ON f.council_id = p.council_id AND f.id = p.offer_id
  LEFT JOIN placement_request q ON q.council_id = p.council_id
   AND q.id = p.placement_request_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN care_term s ON s.id = k.service_kind_id
  LEFT JOIN care_term g ON g.id = k.group_id
  LEFT JOIN person n ON n.council_id = p.council_id AND n.id = p.person_id
  LEFT JOIN care_address d ON d.council_id = p.council_id
   AND d.package_id = p.package_id
 WHERE p.reference = :reference
   AND (p.council_id = :council::bigint
       OR p.organisation_id = :organisation::bigint);

-- row placement_contact (kind text, name text, relation text,
--   telephone text, note text)

-- query placement_contact_list (council bigint, person bigint) many placement_contact
SELECT c.kind, c.name, c.relation, c.telephone, c.note
  FROM person_contact c
 WHERE c.council_id = :council AND c.person_id = :person
 ORDER BY c.kind, c.sort, c.id;

-- query placement_key_safe (council bigint, person bigint) value text
-- The note, with the audit row of the look; NULL when there is none.
SELECT key_safe_read(:council, :person);

-- row placement_due (council_id bigint, package_id bigint)

-- query placement_due_list (most integer) many placement_due
-- Packages with care whose start or end has come: for the jobs process.
SELECT DISTINCT p.council_id, p.package_id FROM placement p
 WHERE (p.state = 'planned' AND p.starts_at <= clock_now())
    OR (p.state <> 'ended' AND p.ends_at <= clock_now())
 LIMIT :most;

-- query placement_package_lock (council bigint, package bigint) value bigint
-- The lock of everything that happens to a package.
SELECT k.id FROM package k
 WHERE k.council_id = :council AND k.id = :package
   FOR UPDATE;

-- row placement_moved (reference text, package_reference text,
--   is_interim boolean, starts_at timestamptz)

-- query placement_start (council bigint, package bigint) many placement_moved
-- Care of a package whose start has come has started.
UPDATE placement p SET state = 'started'
  FROM package k
 WHERE k.council_id = p.council_id AND k.id = p.package_id
   AND p.council_id = :council AND p.package_id = :package
   AND p.state = 'planned' AND p.starts_at <= clock_now()
RETURNING p.reference, k.reference AS package_reference, p.is_interim,
    p.starts_at;

-- query placement_end_interim (council bigint, package bigint, at timestamptz) many placement_moved
-- Interim care ends with the start of the care that was waited for.
UPDATE placement p
   SET state = 'ended', ended_at = :at,
       end_reason = 'The new care has started'
  FROM package k
 WHERE k.council_id = p.council_id AND k.id = p.package_id
   AND p.council_id = :council AND p.package_id = :package
   AND p.is_interim AND p.state <> 'ended'
RETURNING p.reference, k.reference AS package_reference, p.is_interim,
    p.starts_at;

-- query placement_plan_end (council bigint, placement bigint, ends_at timestamptz?, reason text, after text) none
-- NULL: it is to go on.
UPDATE placement p
   SET ends_at = :ends_at, end_reason = :reason, end_after = :after
 WHERE p.council_id = :council AND p.id = :placement AND p.state <> 'ended';

-- row placement_ending (id bigint, reference text, package_id bigint,
--   package_reference text, organisation_id bigint, is_interim boolean,
--   starts_at timestamptz, ends_at timestamptz?, weekly_minutes integer,
--   end_reason text, end_after text)

-- query placement_ending_list (council bigint, package bigint) many placement_ending
-- What was to end by now; interim care first, so that it does not hold up the
-- closing of the package.
SELECT p.id, p.reference, p.package_id, k.reference AS package_reference,
       p.organisation_id, p.is_interim, p.starts_at,
       coalesce(p.ends_at, 'infinity') AS ends_at,
       p.weekly_minutes, p.end_reason, p.end_after
  FROM placement p
  JOIN package k ON k.council_id = p.council_id AND k.id = p.package_id
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.state <> 'ended' AND p.ends_at <= clock_now()
 ORDER BY p.is_interim DESC, p.ends_at, p.id;

-- query package_wait_from (council bigint, package bigint) value timestamptz
-- When the latest stretch of waiting began.
SELECT max(w.from_at) FROM package_wait w
 WHERE w.council_id = :council AND w.package_id = :package;

-- query placement_end (council bigint, placement bigint) none
-- As it was planned. Its hours go back to the provider's spare capacity by a
-- trigger.
UPDATE placement p
   SET state = 'ended', ended_at = p.ends_at
 WHERE p.council_id = :council AND p.id = :placement AND p.state <> 'ended';

-- query placement_has_interim (council bigint, package bigint) value boolean
-- Whether interim care goes on under a package.
SELECT EXISTS (SELECT FROM placement p
    WHERE p.council_id = :council AND p.package_id = :package
      AND p.is_interim AND p.state <> 'ended');

-- query package_wait_lessen (council bigint, package bigint, minutes integer, at timestamptz) none
-- Interim care of so many minutes has ended: a new stretch of waiting, with
-- that much less in place, takes over from the one that lasts.
WITH rest AS (
    SELECT k.council_id, k.id,
           greatest(k.minutes_in_place - :minutes, 0) AS minutes,
           CASE WHEN k.minutes_in_place > :minutes THEN k.wait_reason
               ELSE 'nothing_in_place' END AS reason
      FROM package k
     WHERE k.council_id = :council AND k.id = :package), begun AS (
    INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
        minutes_in_place, from_at, until_at)
    SELECT w.council_id, w.package_id, r.reason, w.minutes_wanted, r.minutes,
           :at, w.until_at
      FROM package_wait w
      JOIN rest r ON r.council_id = w.council_id AND r.id = w.package_id
     WHERE w.until_at IS NULL OR w.until_at > :at), stopped AS (
    UPDATE package_wait w SET until_at = greatest(w.from_at, :at)
     WHERE w.council_id = :council AND w.package_id = :package
       AND (w.until_at IS NULL OR w.until_at > :at))
UPDATE package k
   SET minutes_in_place = r.minutes, wait_reason = r.reason,
       changed_at = greatest(k.changed_at, :at), revision = k.revision + 1
  FROM rest r
 WHERE k.council_id = r.council_id AND k.id = r.id;

-- query package_close_placed (council bigint, package bigint, at timestamptz, reason text) none
-- The care is no longer wanted.
WITH waited AS (
    UPDATE package_wait w SET until_at = greatest(w.from_at, :at)
     WHERE w.council_id = :council AND w.package_id = :package
       AND (w.until_at IS NULL OR w.until_at > :at))
UPDATE package k
   SET state = 'closed', closed_reason = :reason,
       changed_at = greatest(k.changed_at, :at),
       revision = k.revision + 1
 WHERE k.council_id = :council AND k.id = :package;
