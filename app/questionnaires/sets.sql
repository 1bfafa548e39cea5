-- Sets of questions of a council with their versions and the draft.

-- row question_set_entry (reference text, code text, name text,
--   newest integer?, newest_at timestamptz?, draft integer?)
-- newest: the newest published version.

-- query question_set_list (council bigint) many question_set_entry
SELECT s.reference, s.code, s.name, v.newest, v.newest_at, v.draft
  FROM question_set s
 CROSS JOIN LATERAL (
      SELECT max(x.number) FILTER (WHERE x.published_at IS NOT NULL) AS newest,
             max(x.published_at) AS newest_at,
             max(x.number) FILTER (WHERE x.published_at IS NULL) AS draft
        FROM question_set_version x
       WHERE x.council_id = s.council_id AND x.question_set_id = s.id) AS v
 WHERE s.council_id = :council
 ORDER BY s.name, s.id;

-- row question_set_row (id bigint, reference text, code text, name text,
--   newest integer?, draft integer?)

-- query question_set_by_reference (council bigint, reference text) one question_set_row
SELECT s.id, s.reference, s.code, s.name,
       (SELECT max(v.number) FROM question_set_version v
         WHERE v.council_id = s.council_id AND v.question_set_id = s.id
           AND v.published_at IS NOT NULL) AS newest,
       (SELECT v.number FROM question_set_version v
         WHERE v.council_id = s.council_id AND v.question_set_id = s.id
           AND v.published_at IS NULL) AS draft
  FROM question_set s
 WHERE s.council_id = :council AND s.reference = :reference;

-- query question_set_by_code (council bigint, code text) one question_set_row
SELECT s.id, s.reference, s.code, s.name,
       (SELECT max(v.number) FROM question_set_version v
         WHERE v.council_id = s.council_id AND v.question_set_id = s.id
           AND v.published_at IS NOT NULL) AS newest,
       (SELECT v.number FROM question_set_version v
         WHERE v.council_id = s.council_id AND v.question_set_id = s.id
           AND v.published_at IS NULL) AS draft
  FROM question_set s
 WHERE s.council_id = :council AND s.code = :code;

-- row question_set_version_row (id bigint, number integer, revision integer,
--   document text, created_at timestamptz, changed_at timestamptz?,
--   changed_by text, changed_by_id bigint?, published_at timestamptz?,
--   published_by text)

-- query question_set_version_list (council bigint, question_set bigint) many question_set_version_row
-- The newest first.
SELECT v.id, v.number, v.revision, v.document::text AS document, v.created_at,
       v.changed_at, coalesce(c.name, '') AS changed_by, v.changed_by_id,
       v.published_at, coalesce(p.name, '') AS published_by
  FROM question_set_version v
  LEFT JOIN account c ON c.id = v.changed_by_id
  LEFT JOIN account p ON p.id = v.published_by_id
 WHERE v.council_id = :council AND v.question_set_id = :question_set
 ORDER BY v.number DESC;

-- query question_set_version_by_number (council bigint, question_set bigint, number integer) one question_set_version_row
SELECT v.id, v.number, v.revision, v.document::text AS document, v.created_at,
       v.changed_at, coalesce(c.name, '') AS changed_by, v.changed_by_id,
       v.published_at, coalesce(p.name, '') AS published_by
  FROM question_set_version v
  LEFT JOIN account c ON c.id = v.changed_by_id
  LEFT JOIN account p ON p.id = v.published_by_id
 WHERE v.council_id = :council AND v.question_set_id = :question_set
   AND v.number = :number;

-- query question_set_document (council bigint, question_set bigint, number integer) value text
SELECT v.document::text FROM question_set_version v
 WHERE v.council_id = :council AND v.question_set_id = :question_set
   AND v.number = :number;

-- row question_set_new (id bigint, reference text)

-- query question_set_insert (council bigint, code text, name text) one question_set_new
-- None when a set has the code already.
INSERT INTO question_set (council_id, code, name)
VALUES (:council, :code, :name)
    ON CONFLICT (council_id, code) DO NOTHING
RETURNING id, reference;

-- query question_set_rename (council bigint, question_set bigint, name text) none
UPDATE question_set SET name = :name
 WHERE council_id = :council AND id = :question_set AND name <> :name;

-- query question_set_delete (council bigint, question_set bigint) none
-- One that never had a version but the draft that was thrown away.
DELETE FROM question_set s
 WHERE s.council_id = :council AND s.id = :question_set
   AND NOT EXISTS (SELECT FROM question_set_version v
       WHERE v.council_id = s.council_id AND v.question_set_id = s.id);

-- query question_draft_insert (council bigint, question_set bigint, document text, account bigint?) none
-- 0 when another draft is there already.
INSERT INTO question_set_version (council_id, question_set_id, number,
    document, changed_at, changed_by_id)
SELECT :council, :question_set, 1 + coalesce((SELECT max(v.number)
           FROM question_set_version v
          WHERE v.council_id = :council
            AND v.question_set_id = :question_set), 0),
       :document::json, clock_now(), :account
    ON CONFLICT DO NOTHING;

-- query question_draft_save (council bigint, version bigint, revision integer, document text, account bigint) none
-- 0 when another has saved since that revision, or published it.
UPDATE question_set_version
   SET document = :document::json, revision = revision + 1,
       changed_at = clock_now(), changed_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query question_draft_delete (council bigint, version bigint, revision integer) none
DELETE FROM question_set_version
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query question_draft_publish (council bigint, version bigint, revision integer, account bigint) none
-- 0 when another has changed or published it since that revision.
UPDATE question_set_version
   SET published_at = clock_now(), published_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query question_draft_publish_unsigned (council bigint, question_set bigint) none
-- By the command line, where nobody is signed in.
UPDATE question_set_version SET published_at = clock_now()
 WHERE council_id = :council AND question_set_id = :question_set
   AND published_at IS NULL;

-- row question_scheme (code text, name text)

-- query question_scheme_list (council bigint) many question_scheme
-- The area schemes that a question may ask about.
SELECT s.code, s.name FROM area_scheme s
 WHERE s.council_id = :council
 ORDER BY s.name, s.id;
