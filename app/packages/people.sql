-- The people who need care, found again before a duplicate is made.

-- row care_person (id bigint, reference text, person_number text, given_name text,
--   family_name text, called text, born_on date?, address text,
--   postcode text, telephone text, gp_name text, gp_telephone text,
--   communication_needs text, created_at timestamptz, revision integer,
--   has_key_safe boolean, has_no_emergency_contact boolean)

-- query care_person_by_reference (council bigint, reference text) one care_person
SELECT s.id, s.reference, s.person_number, s.given_name, s.family_name,
       s.called, s.born_on, s.address, s.postcode, s.telephone, s.gp_name,
       s.gp_telephone, s.communication_needs, s.created_at, s.revision,
       key_safe_has(s.council_id, s.id) AS has_key_safe,
       s.has_no_emergency_contact
  FROM person s
 WHERE s.council_id = :council AND s.reference = :reference;

-- query person_lock (council bigint, reference text) value integer
-- The revision of a person, locked to the end of the transaction; 0 when
-- there is none.
SELECT s.revision FROM person s
 WHERE s.council_id = :council AND s.reference = :reference
   FOR UPDATE;

-- query person_number_owner (council bigint, person_number text) value text
-- The reference of the person with a number, whatever its capitals; NULL
-- when it is free.
SELECT s.reference FROM person s
 WHERE s.council_id = :council
   AND lower(s.person_number) = lower(:person_number);

-- row person_match (reference text, person_number text, given_name text,
--   family_name text, born_on date?, postcode text, is_number boolean,
--   is_likely boolean, package_states text[], total bigint)
-- is_likely: the same birth date and the family name, the given name or the
-- postcode alike; or the whole name and the postcode.

-- query person_search (council bigint, person_number text, given_name text, family_name text, born_on date?, postcode text, offset bigint, limit bigint) many person_match
-- Whoever might be meant, the surest first; what is empty is not looked at.
-- Names match by their beginning, in either order.
SELECT s.reference, s.person_number, s.given_name, s.family_name, s.born_on,
       s.postcode, s.is_number, s.is_likely,
       ARRAY(SELECT CASE WHEN k.state = 'waiting' AND EXISTS (SELECT
               FROM offer_round o WHERE o.council_id = k.council_id
                AND o.package_id = k.id AND o.settled_at IS NULL)
               THEN 'offered' ELSE k.state END
           FROM package k
          WHERE k.council_id = :council AND k.person_id = s.id
            AND k.state <> 'cancelled'
          ORDER BY k.state = 'closed', k.changed_at DESC, k.id)
           AS package_states,
       count(*) OVER () AS total
  FROM (
    SELECT p.id, p.reference, p.person_number, p.given_name, p.family_name,
           p.born_on, p.postcode,
           :person_number <> '' AND lower(p.person_number)
               = lower(:person_number) AS is_number,
           (p.born_on IS NOT DISTINCT FROM :born_on::date
               AND :born_on::date IS NOT NULL
               AND (lower(p.family_name) = lower(:family_name)
                   OR lower(p.given_name) = lower(:given_name)
                   OR (left(lower(p.family_name), 3)
                           = left(lower(:family_name), 3)
                       AND :family_name <> '')
                   OR (p.postcode = :postcode AND :postcode <> '')))
           OR (lower(p.family_name) = lower(:family_name)
               AND lower(p.given_name) = lower(:given_name)
               AND p.postcode = :postcode AND :postcode <> '') AS is_likely,
           (p.born_on IS NOT DISTINCT FROM :born_on::date
               AND :born_on::date IS NOT NULL) AS is_birth,
           (:family_name <> ''
               AND starts_with(lower(p.family_name), lower(:family_name))
               AND starts_with(lower(p.given_name), lower(:given_name)))
           OR (:given_name <> '' AND :family_name <> ''
               AND starts_with(lower(p.given_name), lower(:family_name))
               AND starts_with(lower(p.family_name), lower(:given_name)))
           OR (:family_name = '' AND :given_name <> ''
               AND starts_with(lower(p.given_name), lower(:given_name)))
               AS is_name,
           :postcode <> '' AND p.postcode = :postcode AS is_postcode
      FROM person p
     WHERE p.council_id = :council
  ) AS s
 WHERE s.is_number OR s.is_likely OR s.is_name
    OR (s.is_birth AND :family_name = '' AND :given_name = '')
    OR (s.is_postcode AND :family_name = '' AND :given_name = '')
 ORDER BY s.is_number DESC, s.is_likely DESC, s.is_birth DESC,
       s.family_name, s.given_name, s.reference
OFFSET :offset LIMIT :limit;

-- query person_insert (council bigint, person_number text, given_name text, family_name text, called text, born_on date, address text, postcode text, telephone text, gp_name text, gp_telephone text, communication_needs text) value text
-- A new person; gives the reference.
INSERT INTO person (council_id, person_number, given_name, family_name, called,
    born_on, address, postcode, telephone, gp_name, gp_telephone,
    communication_needs)
VALUES (:council, :person_number, :given_name, :family_name, :called, :born_on,
    :address, :postcode, :telephone, :gp_name, :gp_telephone,
    :communication_needs)
RETURNING reference;

-- query person_update (council bigint, reference text, person_number text, given_name text, family_name text, called text, born_on date, address text, postcode text, telephone text, gp_name text, gp_telephone text, communication_needs text) none
UPDATE person s
   SET person_number = :person_number, given_name = :given_name,
       family_name = :family_name, called = :called, born_on = :born_on,
       address = :address, postcode = :postcode, telephone = :telephone,
       gp_name = :gp_name, gp_telephone = :gp_telephone,
       communication_needs = :communication_needs, revision = s.revision + 1
 WHERE s.council_id = :council AND s.reference = :reference;

-- row person_saver (name text, is_viewer boolean, saved_at timestamptz)

-- query person_last_saver (council bigint, reference text, viewer bigint) one person_saver
SELECT coalesce(u.name, 'Hearth') AS name,
       x.account_id IS NOT DISTINCT FROM :viewer AS is_viewer,
       x.at AS saved_at
  FROM audit x
  LEFT JOIN account u ON u.id = x.account_id
 WHERE x.council_id = :council AND x.object_kind = 'person'
   AND x.object_reference = :reference
   AND x.act IN ('person.change', 'person.create', 'key_safe.change')
 ORDER BY x.at DESC, x.id DESC
 LIMIT 1;

-- row contact (id bigint, kind text, name text, relation text, telephone text, note text)

-- query contact_list (council bigint, person bigint) many contact
SELECT c.id, c.kind, c.name, c.relation, c.telephone, c.note
  FROM person_contact c
 WHERE c.council_id = :council AND c.person_id = :person
 ORDER BY c.kind, c.sort, c.id;

-- row person_facts (given_name text, family_name text, called text,
--   person_number text, home_address text, home_postcode text,
--   care_address text, care_postcode text, contact_names text[])

-- query person_facts_of_package (council bigint, reference text) one person_facts
-- What must not be said of the person of a package, as far as the session
-- may know it. Read to be compared with a text, and never shown.
SELECT s.given_name, s.family_name, s.called, s.person_number,
       s.address AS home_address, s.postcode AS home_postcode,
       coalesce(d.address, '') AS care_address,
       coalesce(d.postcode, '') AS care_postcode,
       ARRAY(SELECT c.name FROM person_contact c
         WHERE c.council_id = s.council_id AND c.person_id = s.id
         ORDER BY c.id) AS contact_names
  FROM package k
  JOIN person s ON s.council_id = k.council_id AND s.id = k.person_id
  LEFT JOIN care_address d ON d.council_id = k.council_id
   AND d.package_id = k.id
 WHERE k.council_id = :council AND k.reference = :reference;

-- query contact_by_id (council bigint, person bigint, id bigint) one contact
SELECT c.id, c.kind, c.name, c.relation, c.telephone, c.note
  FROM person_contact c
 WHERE c.council_id = :council AND c.person_id = :person AND c.id = :id;

-- query contact_insert (council bigint, person bigint, kind text, name text, relation text, telephone text, note text) none
INSERT INTO person_contact (council_id, person_id, kind, name, relation,
    telephone, note)
VALUES (:council, :person, :kind, :name, :relation, :telephone, :note);

-- query contact_update (council bigint, person bigint, id bigint, kind text, name text, relation text, telephone text, note text) none
UPDATE person_contact c
   SET kind = :kind, name = :name, relation = :relation,
       telephone = :telephone, note = :note
 WHERE c.council_id = :council AND c.person_id = :person AND c.id = :id;

-- query contact_remove (council bigint, person bigint, id bigint) none
DELETE FROM person_contact c
 WHERE c.council_id = :council AND c.person_id = :person AND c.id = :id;

-- query person_touch (council bigint, person bigint) none
-- Contacts and the key-safe note count as changes of the person.
UPDATE person s SET revision = s.revision + 1
 WHERE s.council_id = :council AND s.id = :person;

-- query key_safe_keep (person bigint, note text) value boolean
-- Audits by itself; an empty note removes it.
SELECT key_safe_set(:person, :note);

-- query key_safe_show (council bigint, person bigint) value text
-- Audits the look by itself; NULL when there is no note.
SELECT key_safe_read(:council, :person);

-- query person_no_emergency_contact (council bigint, person bigint, has_none boolean) none
UPDATE person s SET has_no_emergency_contact = :has_none
 WHERE s.council_id = :council AND s.id = :person;

-- row person_package (reference text, state text, service_kind text,
--   weekly_minutes integer, at timestamptz)

-- query person_open_package_list (council bigint, person_reference text) many person_package
-- Packages that are drafted, waited for or cared under. at: when it began to
-- wait, or was drafted, or the care starts.
SELECT k.reference,
       CASE WHEN k.state = 'waiting' AND EXISTS (SELECT FROM offer_round o
           WHERE o.council_id = k.council_id AND o.package_id = k.id
             AND o.settled_at IS NULL) THEN 'offered' ELSE k.state END AS state,
       coalesce(t.label, '') AS service_kind, k.weekly_minutes,
       CASE k.state WHEN 'waiting' THEN coalesce(k.waiting_since, k.created_at)
           WHEN 'placed' THEN coalesce((SELECT max(p.starts_at)
               FROM placement p
              WHERE p.council_id = k.council_id AND p.package_id = k.id
                AND p.state <> 'ended' AND NOT p.is_interim), k.changed_at)
           ELSE k.created_at END AS at
  FROM package k
  JOIN person s ON s.council_id = k.council_id AND s.id = k.person_id
  LEFT JOIN care_term t ON t.id = k.service_kind_id
 WHERE k.council_id = :council AND s.reference = :person_reference
   AND k.state IN ('draft', 'waiting', 'placed')
 ORDER BY k.state = 'draft', k.id DESC;

-- query person_package_count (council bigint, person bigint) value bigint
SELECT count(*) FROM package k
 WHERE k.council_id = :council AND k.person_id = :person;

-- query person_package_list (council bigint, person bigint, offset bigint, limit bigint) many person_package
-- at: when it was last changed.
SELECT k.reference,
       CASE WHEN k.state = 'waiting' AND EXISTS (SELECT FROM offer_round o
           WHERE o.council_id = k.council_id AND o.package_id = k.id
             AND o.settled_at IS NULL) THEN 'offered' ELSE k.state END AS state,
       coalesce(t.label, '') AS service_kind, k.weekly_minutes,
       k.changed_at AS at
  FROM package k
  LEFT JOIN care_term t ON t.id = k.service_kind_id
 WHERE k.council_id = :council AND k.person_id = :person
 ORDER BY k.changed_at DESC, k.id DESC
OFFSET :offset LIMIT :limit;
