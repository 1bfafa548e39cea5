-- Rate cards of a council with their versions: drafts, what is in force, what
-- was, and what will be.

-- row rate_entry (reference text, name text, since_on date?, planned_on date?,
--   draft_count bigint, frameworks text[])
-- since_on: the first day of the version in force; frameworks: by name.

-- query rate_list (council bigint, today date) many rate_entry
-- Those that a framework goes by first.
SELECT d.reference, d.name, v.since_on, v.planned_on, v.draft_count,
       coalesce(used.frameworks, '{}') AS frameworks
  FROM rate_document d
 CROSS JOIN LATERAL (
      SELECT max(x.starts_on) FILTER (WHERE x.published_at IS NOT NULL
                 AND x.starts_on <= :today) AS since_on,
             min(x.starts_on) FILTER (WHERE x.published_at IS NOT NULL
                 AND x.starts_on > :today) AS planned_on,
             count(*) FILTER (WHERE x.published_at IS NULL) AS draft_count
        FROM rate_version x
       WHERE x.council_id = d.council_id AND x.rate_document_id = d.id) AS v
  LEFT JOIN LATERAL (
      SELECT array_agg(f.name ORDER BY f.name) AS frameworks
        FROM framework f
       WHERE f.council_id = d.council_id AND f.rate_card_code = d.code) AS used
      ON true
 WHERE d.council_id = :council
 ORDER BY used.frameworks IS NULL, d.name, d.id;

-- row rate_named (id bigint, reference text, name text, frameworks text[])

-- query rate_by_reference (council bigint, reference text) one rate_named
SELECT d.id, d.reference, d.name,
       ARRAY(SELECT f.name FROM framework f
         WHERE f.council_id = d.council_id AND f.rate_card_code = d.code
         ORDER BY f.name) AS frameworks
  FROM rate_document d
 WHERE d.council_id = :council AND d.reference = :reference;

-- row rate_version_row (id bigint, number integer, revision integer,
--   document text, starts_on date, until_on date?, changed_at timestamptz?,
--   changed_by text, changed_by_id bigint?, published_at timestamptz?,
--   published_by text, is_in_force boolean, is_planned boolean)
-- until_on: the day on which another one began, or begins.

-- query rate_version_list (council bigint, card bigint, today date) many rate_version_row
-- Drafts first, then the one that begins last.
SELECT v.id, v.number, v.revision, v.document::text AS document, v.starts_on,
       next.until_on, v.changed_at, coalesce(c.name, '') AS changed_by,
       v.changed_by_id, v.published_at, coalesce(u.name, '') AS published_by,
       v.published_at IS NOT NULL AND v.starts_on <= :today
           AND (next.until_on IS NULL OR next.until_on > :today)
           AS is_in_force,
       v.published_at IS NOT NULL AND v.starts_on > :today AS is_planned
  FROM rate_version v
  LEFT JOIN account c ON c.id = v.changed_by_id
  LEFT JOIN account u ON u.id = v.published_by_id
 CROSS JOIN LATERAL (
      SELECT min(x.starts_on) AS until_on FROM rate_version x
       WHERE v.published_at IS NOT NULL AND x.council_id = v.council_id
         AND x.rate_document_id = v.rate_document_id
         AND x.published_at IS NOT NULL AND x.starts_on > v.starts_on) AS next
 WHERE v.council_id = :council AND v.rate_document_id = :card
 ORDER BY v.published_at IS NOT NULL, v.starts_on DESC, v.number DESC;

-- row rate_bank_holiday (on_date date)

-- query rate_bank_holiday_list () many rate_bank_holiday
SELECT on_date FROM bank_holiday ORDER BY on_date;

-- row rate_new (id bigint, reference text)

-- query rate_insert (council bigint, name text) one rate_new
-- What has no code of its own is called by its reference.
INSERT INTO rate_document (council_id, reference, code, name)
SELECT :council, x.reference, lower(x.reference), :name
  FROM (SELECT reference_new('K') AS reference) AS x
RETURNING id, reference;

-- query rate_rename (council bigint, card bigint, name text) none
UPDATE rate_document SET name = :name
 WHERE council_id = :council AND id = :card AND name <> :name;

-- query rate_delete (council bigint, card bigint) none
-- One that never had a version but the draft that was thrown away.
DELETE FROM rate_document d
 WHERE d.council_id = :council AND d.id = :card
   AND NOT EXISTS (SELECT FROM rate_version v
       WHERE v.council_id = d.council_id AND v.rate_document_id = d.id);

-- query rate_draft_insert (council bigint, card bigint, document text, account bigint) value integer
-- Its number. Its first day is set by a trigger from the document.
INSERT INTO rate_version (council_id, rate_document_id, number, document,
    changed_at, changed_by_id)
SELECT d.council_id, d.id, 1 + coalesce((SELECT max(v.number)
           FROM rate_version v
          WHERE v.council_id = d.council_id
            AND v.rate_document_id = d.id), 0),
       :document::json, clock_now(), :account
  FROM rate_document d
 WHERE d.council_id = :council AND d.id = :card
   FOR UPDATE
RETURNING number;

-- query rate_draft_save (council bigint, version bigint, revision integer, document text, account bigint) none
-- 0 when another has saved since that revision, or put it in force.
UPDATE rate_version
   SET document = :document::json, revision = revision + 1,
       changed_at = clock_now(), changed_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query rate_draft_delete (council bigint, version bigint, revision integer) none
DELETE FROM rate_version
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query rate_put_in_force (council bigint, version bigint, revision integer, account bigint) none
-- 0 when another has changed it or put it in force since that revision.
UPDATE rate_version
   SET published_at = clock_now(), published_by_id = :account
 WHERE council_id = :council AND id = :version AND revision = :revision
   AND published_at IS NULL;

-- query rate_call_off (council bigint, version bigint, today date) none
-- A draft again; 0 when its first day has come.
UPDATE rate_version
   SET published_at = NULL, published_by_id = NULL
 WHERE council_id = :council AND id = :version
   AND published_at IS NOT NULL AND starts_on > :today;
