-- Policies of a council with their versions: drafts, what is in force for
-- which framework from which day, and what was retired.

-- row policy_entry (reference text, name text, newest integer?,
--   draft integer?, is_retired boolean, in_force text[], planned text[])
-- newest: the newest published version. in_force and planned: names of
-- frameworks.

-- query policy_list (council bigint, today date) many policy_entry
-- All policies, those in force first.
SELECT p.reference, p.name, v.newest, v.draft,
       v.newest IS NOT NULL AND v.draft IS NULL AND v.is_retired AS is_retired,
       coalesce(present.frameworks, '{}') AS in_force,
       coalesce(later.frameworks, '{}') AS planned
  FROM policy p
 CROSS JOIN LATERAL (
      SELECT max(x.number) FILTER (WHERE x.published_at IS NOT NULL) AS newest,
             max(x.number) FILTER (WHERE x.published_at IS NULL) AS draft,
             bool_and(x.retired_at IS NOT NULL OR x.published_at IS NULL)
                 AS is_retired
        FROM policy_version x
       WHERE x.council_id = p.council_id AND x.policy_id = p.id) AS v
  LEFT JOIN LATERAL (
      SELECT array_agg(f.name ORDER BY f.name) AS frameworks
        FROM framework f
        JOIN policy_version x ON x.council_id = f.council_id
         AND x.id = policy_in_force(f.council_id, f.id, :today)
       WHERE x.council_id = p.council_id AND x.policy_id = p.id) AS present
      ON true
  LEFT JOIN LATERAL (
      SELECT array_agg(DISTINCT f.name) AS frameworks
        FROM framework_policy y
        JOIN framework f ON f.council_id = y.council_id
         AND f.id = y.framework_id
        JOIN policy_version x ON x.council_id = y.council_id
         AND x.id = y.policy_version_id
       WHERE x.council_id = p.council_id AND x.policy_id = p.id
         AND y.from_on > :today) AS later ON true
 WHERE p.council_id = :council
 ORDER BY present.frameworks IS NULL, p.name, p.id;

-- row policy_row (id bigint, reference text, name text, draft integer?)

-- query policy_by_reference (council bigint, reference text) one policy_row
SELECT p.id, p.reference, p.name,
       (SELECT v.number FROM policy_version v
         WHERE v.council_id = p.council_id AND v.policy_id = p.id
           AND v.published_at IS NULL) AS draft
  FROM policy p
 WHERE p.council_id = :council AND p.reference = :reference;

-- row policy_version_row (id bigint, policy_id bigint, number integer,
--   revision integer, document text, created_at timestamptz,
--   changed_at timestamptz?, changed_by text, changed_by_id bigint?,
--   published_at timestamptz?,
--   published_by text, retired_at timestamptz?, is_in_force boolean,
--   planned_on date?, round_count bigint)
-- planned_on: the next day on which it comes into force somewhere.

-- query policy_version_list (council bigint, policy bigint, today date) many policy_version_row
-- The newest first.
SELECT v.id, v.policy_id, v.number, v.revision, v.document::text AS document,
       v.created_at, v.changed_at, coalesce(c.name, '') AS changed_by,
       v.changed_by_id, v.published_at, coalesce(u.name, '') AS published_by,
       v.retired_at,
       EXISTS (SELECT FROM framework f
           WHERE f.council_id = v.council_id
             AND policy_in_force(f.council_id, f.id, :today) = v.id)
           AS is_in_force,
       (SELECT min(y.from_on) FROM framework_policy y
         WHERE y.council_id = v.council_id AND y.policy_version_id = v.id
           AND y.from_on > :today) AS planned_on,
       (SELECT count(*) FROM offer_round r
         WHERE r.council_id = :council
           AND r.policy_council_id = v.council_id
           AND r.policy_version_id = v.id) AS round_count
  FROM policy_version v
  LEFT JOIN account c ON c.id = v.changed_by_id
  LEFT JOIN account u ON u.id = v.published_by_id
 WHERE v.council_id = :council AND v.policy_id = :policy
 ORDER BY v.number DESC;

-- row policy_use (id bigint, framework text, framework_reference text,
--   from_on date, until_on date?, is_now boolean, is_planned boolean)
-- until_on: the day on which another one came, or comes, into force.

-- query policy_use_list (council bigint, version bigint, today date) many policy_use
-- Where a version is, was or will be in force; the newest first.
SELECT y.id, f.name AS framework, f.reference AS framework_reference,
       y.from_on, y.until_on,
       y.from_on <= :today AND (y.until_on IS NULL OR y.until_on > :today)
           AS is_now,
       y.from_on > :today AS is_planned
  FROM (SELECT x.*, lead(x.from_on) OVER (PARTITION BY x.framework_id
               ORDER BY x.from_on, x.id) AS until_on
          FROM framework_policy x
         WHERE x.council_id = :council) AS y
  JOIN framework f ON f.council_id = y.council_id AND f.id = y.framework_id
 WHERE y.policy_version_id = :version
 ORDER BY y.from_on DESC, y.id DESC;

-- row policy_framework (id bigint, reference text, name text,
--   version_id bigint, version_number integer, policy_name text)
-- The version that is in force now.

-- query policy_framework_list (council bigint, today date) many policy_framework
-- The council's own frameworks; those of others go by their owner's policies.
SELECT f.id, f.reference, f.name, v.id AS version_id,
       v.number AS version_number, p.name AS policy_name
  FROM framework f
  JOIN policy_version v ON v.council_id = f.council_id
   AND v.id = policy_in_force(f.council_id, f.id, :today)
  JOIN policy p ON p.council_id = v.council_id AND p.id = v.policy_id
 WHERE f.council_id = :council
   AND (f.ends_on IS NULL OR f.ends_on >= :today)
 ORDER BY f.name, f.id;

-- row policy_new (id bigint, reference text)

-- query policy_insert (council bigint, name text) one policy_new
-- What has no code of its own is called by its reference.
INSERT INTO policy (council_id, reference, code, name)
SELECT :council, x.reference, lower(x.reference), :name
  FROM (SELECT reference_new('Y') AS reference) AS x
RETURNING id, reference;

-- query policy_rename (council bigint, policy bigint, name text) none
UPDATE policy SET name = :name
 WHERE council_id = :council AND id = :policy AND name <> :name;

-- query policy_delete (council bigint, policy bigint) none
-- One that never had a version but the draft that was thrown away.
DELETE FROM policy p
 WHERE p.council_id = :council AND p.id = :policy
   AND NOT EXISTS (SELECT FROM policy_version v
       WHERE v.council_id = p.council_id AND v.policy_id = p.id);

-- query policy_draft_insert (council bigint, policy bigint, document text, account bigint) none
-- 0 when another draft is there already.
INSERT INTO policy_version (council_id, policy_id, number, document,
    changed_at, changed_by_id)
SELECT :council, :policy, 1 + coalesce((SELECT max(v.number)
           FROM policy_version v
          WHERE v.council_id = :council AND v.policy_id = :policy), 0),
       :document::jsonb, clock_now(), :account
    ON CONFLICT DO NOTHING;

-- query policy_draft_save (council bigint, version bigint, revision integer, document text, account bigint) none
-- 0 when another has saved since that revision, or published it.
UPDATE policy_version
   SET document = :document::jsonb, revision = revision + 1,
       changed_at = clock_now(), changed_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query policy_draft_delete (council bigint, version bigint, revision integer) none
DELETE FROM policy_version
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query policy_version_publish (council bigint, version bigint, revision integer, account bigint) none
-- 0 when another has changed or published it since that revision.
UPDATE policy_version
   SET published_at = clock_now(), published_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query policy_version_retire (council bigint, version bigint, account bigint) none
UPDATE policy_version
   SET retired_at = clock_now(), retired_by_id = :account
 WHERE council_id = :council AND id = :version AND retired_at IS NULL;

-- query policy_put_in_force (council bigint, framework bigint, version bigint, from_on date, account bigint) none
INSERT INTO framework_policy (council_id, framework_id, policy_version_id,
    from_on, put_by_id)
VALUES (:council, :framework, :version, :from_on, :account);

-- query policy_call_off (council bigint, use bigint, version bigint, today date) none
-- Takes back what was to come into force; 0 when the day has come.
DELETE FROM framework_policy
 WHERE council_id = :council AND id = :use AND policy_version_id = :version
   AND from_on > :today;

-- query policy_document_by_id (council bigint, version bigint) value text
SELECT document::text FROM policy_version
 WHERE council_id = :council AND id = :version;
