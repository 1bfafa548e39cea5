-- Placing outside the ranking: wished by one, approved by another.

-- query placement_request_open (council bigint, package bigint) value text
-- The reference of a package's open request, or NULL.
SELECT q.reference FROM placement_request q
 WHERE q.council_id = :council AND q.package_id = :package
   AND q.state = 'requested';

-- query placement_request_insert (council bigint, package bigint, organisation bigint, member_council bigint?, member bigint?, agreed_by text, reason text, starts_at timestamptz, rate_pence bigint, account bigint) value text
INSERT INTO placement_request (council_id, package_id, organisation_id,
    member_council_id, member_id, agreed_by, reason, starts_at,
    rate_pence, requested_by_id)
VALUES (:council, :package, :organisation, :member_council, :member,
    :agreed_by, :reason, :starts_at, :rate_pence, :account)
RETURNING reference;

-- row approval (id bigint, reference text, state text, package_id bigint,
--   package_reference text, package_state text, organisation_id bigint,
--   organisation_reference text, organisation_name text, agreed_by text,
--   reason text, starts_at timestamptz, rate_pence bigint, weekly_minutes integer,
--   area_name text, requested_by_id bigint, requested_by text,
--   requested_at timestamptz, decided_by text, decided_at timestamptz?,
--   decision_note text)

-- query approval_by_reference (council bigint, reference text) one approval
SELECT q.id, q.reference, q.state, q.package_id,
       k.reference AS package_reference, k.state AS package_state,
       q.organisation_id, g.reference AS organisation_reference,
       g.name AS organisation_name, q.agreed_by, q.reason, q.starts_at,
       coalesce(q.rate_pence, 0) AS rate_pence, k.weekly_minutes,
       coalesce(a.name, '') AS area_name, q.requested_by_id,
       u.name AS requested_by, q.requested_at,
       coalesce(d.name, '') AS decided_by, q.decided_at, q.decision_note
  FROM placement_request q
  JOIN package k ON k.council_id = q.council_id AND k.id = q.package_id
  JOIN organisation g ON g.id = q.organisation_id
  JOIN account u ON u.id = q.requested_by_id
  LEFT JOIN account d ON d.id = q.decided_by_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
 WHERE q.council_id = :council AND q.reference = :reference;

-- query approval_count (council bigint, states text[], search text) value bigint
-- search: a package's reference, or part of a provider's name; '' is any.
SELECT count(*)
  FROM placement_request q
  JOIN package k ON k.council_id = q.council_id AND k.id = q.package_id
  JOIN organisation g ON g.id = q.organisation_id
 WHERE q.council_id = :council AND q.state = ANY (:states)
   AND (:search = '' OR k.reference = upper(:search)
       OR strpos(lower(g.name), lower(:search)) > 0);

-- query approval_list_page (council bigint, states text[], search text, offset bigint, limit bigint) many approval
-- The newest first.
SELECT q.id, q.reference, q.state, q.package_id,
       k.reference AS package_reference, k.state AS package_state,
       q.organisation_id, g.reference AS organisation_reference,
       g.name AS organisation_name, q.agreed_by, q.reason, q.starts_at,
       coalesce(q.rate_pence, 0) AS rate_pence, k.weekly_minutes,
       coalesce(a.name, '') AS area_name, q.requested_by_id,
       u.name AS requested_by, q.requested_at,
       coalesce(d.name, '') AS decided_by, q.decided_at, q.decision_note
  FROM placement_request q
  JOIN package k ON k.council_id = q.council_id AND k.id = q.package_id
  JOIN organisation g ON g.id = q.organisation_id
  JOIN account u ON u.id = q.requested_by_id
  LEFT JOIN account d ON d.id = q.decided_by_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
 WHERE q.council_id = :council AND q.state = ANY (:states)
   AND (:search = '' OR k.reference = upper(:search)
       OR strpos(lower(g.name), lower(:search)) > 0)
 ORDER BY q.requested_at DESC, q.id DESC
OFFSET :offset LIMIT :limit;

-- query placement_request_decide (council bigint, request bigint, state text, account bigint, at timestamptz, note text) none
UPDATE placement_request q
   SET state = :state, decided_by_id = :account, decided_at = :at,
       decision_note = :note
 WHERE q.council_id = :council AND q.id = :request
   AND q.state = 'requested';

-- query placement_of_request (council bigint, request bigint, weekly_price_pence bigint) value text
INSERT INTO placement (council_id, package_id, person_id,
    placement_request_id, organisation_id, member_council_id, member_id,
    starts_at, weekly_minutes, weekly_price_pence, rate_pence, created_at)
SELECT q.council_id, q.package_id, k.person_id, q.id, q.organisation_id,
       q.member_council_id, q.member_id, q.starts_at, k.weekly_minutes,
       :weekly_price_pence, q.rate_pence, clock_now()
  FROM placement_request q
  JOIN package k ON k.council_id = q.council_id AND k.id = q.package_id
 WHERE q.council_id = :council AND q.id = :request
RETURNING reference;

-- query placement_live (council bigint, package bigint) value text
-- The reference of the placement that a package has, not interim care; NULL
-- when it has none.
SELECT p.reference FROM placement p
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.state <> 'ended' AND NOT p.is_interim;

-- row provider_caller (name text, job_title text, telephone text)

-- query provider_caller_list (council bigint, offer text) many provider_caller
-- Whom to call about an offer; those who get offers come first.
SELECT c.name, c.job_title, c.telephone
  FROM offer o
  JOIN organisation_contact c ON c.organisation_id = o.organisation_id
 WHERE o.council_id = :council AND o.reference = :offer AND c.is_active
   AND c.telephone <> ''
 ORDER BY c.gets_offers DESC, c.name, c.id;

-- row provider_contact (email text, name text)

-- query provider_contact_list (organisation bigint) many provider_contact
-- Whom a provider's mail goes to.
SELECT c.email, c.name FROM organisation_contact c
 WHERE c.organisation_id = :organisation AND c.is_active
   AND c.gets_offers AND c.email <> ''
 ORDER BY c.id;
