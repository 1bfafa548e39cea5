-- Files that wait for the virus scanner, of whatever response.

-- row scan (council_id bigint, id bigint, reference text, size bigint)

-- query scan_take () one scan
SELECT s.council_id, s.id, s.reference, s.size
  FROM upload_scan_take() AS s
 WHERE s.id IS NOT NULL;

-- query scan_part (council bigint, upload bigint, part_number integer) value bytea
SELECT p.content
  FROM upload_scan_part(:council, :upload, :part_number) AS p (content)
 WHERE p.content IS NOT NULL;

-- query scan_finish (council bigint, upload bigint, said text, why text) value boolean
SELECT upload_scan_finish(:council, :upload, :said, :why);

-- query scan_put_off (council bigint, upload bigint, seconds bigint, is_away boolean) value integer
-- How often the scanner could not look at it.
SELECT p.attempts
  FROM upload_scan_put_off(:council, :upload, :seconds, :is_away)
      AS p (attempts)
 WHERE p.attempts IS NOT NULL;

-- query uploads_purge () value bigint
SELECT upload_purge();
