-- Files of a response, by the functions of the sealed schema: of whoever
-- answers, and of the council once the market test was opened.

-- row upload_begun (outcome text, id bigint?, reference text?)

-- query upload_begin (council bigint, response bigint, asked text, file_name text, bytes bigint, most integer, resumes boolean) one upload_begun
SELECT b.outcome, b.id, b.reference
  FROM upload_begin(:council, :response, :asked, :file_name, :bytes, :most,
           :resumes) AS b;

-- row upload (id bigint, reference text, question text, name text, size bigint, media_type text, state text, reason text, created_at timestamptz, created_by text, part_count bigint)

-- query upload_list (council bigint, response bigint) many upload
SELECT u.id, u.reference, u.question, u.name, u.size, u.media_type, u.state,
       u.reason, u.created_at, u.created_by, u.part_count
  FROM upload_list_own(:council, :response) AS u;

-- row upload_part (number integer, sha256 bytea)

-- query upload_part_list (council bigint, upload bigint) many upload_part
-- Those that have come of a file that is being received.
SELECT p.number, p.sha256
  FROM upload_part_list_own(:council, :upload) AS p;

-- query upload_part_save (council bigint, upload bigint, part_number integer, part_content bytea) value text
SELECT upload_part_save(:council, :upload, :part_number, :part_content);

-- query upload_part_own (council bigint, upload bigint, part_number integer) value bytea
SELECT p.content
  FROM upload_part_own(:council, :upload, :part_number) AS p (content)
 WHERE p.content IS NOT NULL;

-- row upload_held (state text, is_whole boolean?)

-- query upload_hold (council bigint, upload bigint) one upload_held
SELECT h.state, h.is_whole
  FROM upload_hold(:council, :upload) AS h;

-- query upload_receive (council bigint, upload bigint, type text, refusal text) value text
SELECT upload_receive(:council, :upload, :type, :refusal);

-- query upload_remove (council bigint, upload bigint) value boolean
SELECT upload_remove(:council, :upload);

-- row upload_opened (id bigint, reference text, question text, name text, size bigint, media_type text, verdict text)

-- query upload_list_opened (council bigint, market_test text, response text) many upload_opened
-- By the references of both; verdict "" is not scanned yet.
SELECT u.id, u.reference, u.question, u.name, u.size, u.media_type, u.verdict
  FROM upload_list_opened(:council, :market_test, :response) AS u;

-- query upload_part_opened (council bigint, upload bigint, part_number integer) value bytea
SELECT p.content
  FROM upload_part_opened(:council, :upload, :part_number) AS p (content)
 WHERE p.content IS NOT NULL;
