-- migrate:up
-- Files of responses: kept part by part, checked, scanned, and given out only
-- by functions that look who is asking. Limits of one file (20 MiB), of a
-- response (100 MiB) and of a part (256 KiB) are also in app/base/upload.h.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE sealed.upload
	ADD verdict text CHECK (verdict IN ('clean', 'quarantined')),
	ADD scan_at timestamptz NOT NULL DEFAULT '-infinity',
	ADD scan_attempts integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN sealed.upload.verdict IS
'What the virus scanner said; NULL until it has looked. Kept when the respondent removes a file that was submitted, which the council still may read.';
COMMENT ON COLUMN sealed.upload.scan_at IS
'When it is next to be scanned; ahead while a process does so, or the scanner is away.';
COMMENT ON COLUMN sealed.upload.scan_attempts IS
'How often the scanner was there and could not look.';
CREATE INDEX upload_unscanned ON sealed.upload (scan_at)
    WHERE verdict IS NULL AND sha256 IS NOT NULL;
CREATE INDEX upload_receiving ON sealed.upload (created_at)
    WHERE state = 'receiving';

CREATE FUNCTION sealed.upload_is_submitted(u sealed.upload) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT EXISTS (SELECT FROM sealed.submission s
    WHERE s.council_id = u.council_id AND s.response_id = u.response_id
      AND s.content::jsonb -> 'files' @> jsonb_build_array(
          jsonb_build_object('reference', u.reference)))
$$;
COMMENT ON FUNCTION sealed.upload_is_submitted(sealed.upload) IS
'Whether a file was received with any submission: then its bytes stay.';

CREATE FUNCTION sealed.upload_may_read(council bigint, upload bigint)
RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT EXISTS (SELECT FROM sealed.upload u
    JOIN sealed.response r ON r.council_id = u.council_id
     AND r.id = u.response_id
    JOIN LATERAL (SELECT x.content FROM sealed.submission x
         WHERE x.council_id = r.council_id AND x.response_id = r.id
         ORDER BY x.number DESC LIMIT 1) AS s ON true
   WHERE u.council_id = council AND u.id = upload AND u.verdict = 'clean'
     AND r.withdrawn_at IS NULL
     AND s.content::jsonb -> 'files' @> jsonb_build_array(
         jsonb_build_object('reference', u.reference))
     AND sealed.may_read(council, r.market_test_id))
$$;
COMMENT ON FUNCTION sealed.upload_may_read(bigint, bigint) IS
'Whether this session may read the bytes of a file: of the submission that counts, once opened, and only when the scanner found nothing.';

CREATE FUNCTION upload_begin(council bigint, response bigint, asked text,
    file_name text, bytes bigint, most integer, resumes boolean,
    OUT outcome text, OUT id bigint, OUT reference text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
#variable_conflict use_column
DECLARE
	mine sealed.response;
	kept bigint;
BEGIN
	PERFORM FROM sealed.response r
	  WHERE r.council_id = council AND r.id = response
	    AND sealed.response_may_write(r) FOR UPDATE;
	IF NOT FOUND THEN
		outcome := 'absent';
		RETURN;
	END IF;
	SELECT r.* INTO mine FROM sealed.response r
	 WHERE r.council_id = council AND r.id = response;
	IF mine.channel = 'online' AND NOT EXISTS (SELECT FROM market_test t
	    WHERE t.council_id = council AND t.id = mine.market_test_id
	      AND t.withdrawn_at IS NULL AND t.opens_at <= clock_now()
	      AND clock_now() < t.closes_at) THEN
		outcome := 'closed';
		RETURN;
	END IF;
	IF resumes THEN
		SELECT u.id, u.reference INTO id, reference FROM sealed.upload u
		 WHERE u.council_id = council AND u.response_id = response
		   AND u.question = asked AND u.name = file_name
		   AND u.size = bytes AND u.state = 'receiving'
		 ORDER BY u.id LIMIT 1;
		IF FOUND THEN
			outcome := 'resumed';
			RETURN;
		END IF;
	END IF;
	IF bytes < 1 OR bytes > 20971520 THEN
		outcome := 'too_large';
		RETURN;
	END IF;
	IF (SELECT count(*) FROM sealed.upload u
	     WHERE u.council_id = council AND u.response_id = response
	       AND u.question = asked
	       AND u.state NOT IN ('refused', 'removed')) >= most THEN
		outcome := 'too_many';
		RETURN;
	END IF;
	SELECT coalesce(sum(u.size), 0) INTO kept FROM sealed.upload u
	 WHERE u.council_id = council AND u.response_id = response
	   AND (u.state NOT IN ('refused', 'removed')
	       OR EXISTS (SELECT FROM sealed.upload_part p
	           WHERE p.council_id = council AND p.upload_id = u.id));
	IF kept + bytes > 104857600 THEN
		outcome := 'too_much';
		RETURN;
	END IF;
	INSERT INTO sealed.upload (council_id, response_id, question, name, size,
	    created_by_id)
	VALUES (council, response, asked, file_name, bytes, tenant_account())
	RETURNING upload.id, upload.reference INTO id, reference;
	outcome := 'begun';
END
$$;
COMMENT ON FUNCTION upload_begin(bigint, bigint, text, text, bigint, integer,
    boolean) IS
'Begins a file of an own response, or finds the one of that name and size that broke off. closed, too_many (of the question), too_large, too_much (of the response, with removed files that were submitted), absent: nothing happens.';

CREATE FUNCTION upload_list_own(council bigint, response bigint)
RETURNS TABLE (id bigint, reference text, question text, name text,
    size bigint, media_type text, state text, reason text,
    created_at timestamptz, created_by text, part_count bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT u.id, u.reference, u.question, u.name, u.size, u.media_type, u.state,
       u.reason, u.created_at, coalesce(a.name, ''),
       (SELECT count(*) FROM sealed.upload_part p
         WHERE p.council_id = u.council_id AND p.upload_id = u.id)
  FROM sealed.response r
  JOIN sealed.upload u ON u.council_id = r.council_id AND u.response_id = r.id
  LEFT JOIN account a ON a.id = u.created_by_id
 WHERE r.council_id = council AND r.id = response
   AND u.state <> 'removed' AND sealed.response_is_mine(r)
 ORDER BY u.id
$$;
COMMENT ON FUNCTION upload_list_own(bigint, bigint) IS
'The files of an own response, without those that were removed.';

CREATE FUNCTION upload_part_list_own(council bigint, upload bigint)
RETURNS TABLE (number integer, sha256 bytea)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT p.number, pg_catalog.sha256(p.content)
  FROM sealed.upload u
  JOIN sealed.response r ON r.council_id = u.council_id
   AND r.id = u.response_id
  JOIN sealed.upload_part p ON p.council_id = u.council_id
   AND p.upload_id = u.id
 WHERE u.council_id = council AND u.id = upload AND u.state = 'receiving'
   AND sealed.response_is_mine(r)
 ORDER BY p.number
$$;
COMMENT ON FUNCTION upload_part_list_own(bigint, bigint) IS
'The parts of a file that have come so far, so that whoever sends it can tell whether they are of the same file.';

CREATE FUNCTION upload_part_save(council bigint, upload bigint,
    part_number integer, part_content bytea) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	whole sealed.upload;
BEGIN
	PERFORM FROM sealed.upload u
	   JOIN sealed.response r ON r.council_id = u.council_id
	    AND r.id = u.response_id
	  WHERE u.council_id = council AND u.id = upload
	    AND sealed.response_may_write(r) FOR SHARE OF u;
	IF NOT FOUND THEN
		RETURN 'absent';
	END IF;
	SELECT u.* INTO whole FROM sealed.upload u
	 WHERE u.council_id = council AND u.id = upload;
	IF whole.state <> 'receiving' THEN
		RETURN 'done';
	END IF;
	IF part_number < 0 OR octet_length(part_content)
	    <> least(262144, whole.size - part_number::bigint * 262144) THEN
		RETURN 'wrong';
	END IF;
	INSERT INTO sealed.upload_part AS p (council_id, upload_id, number, content)
	VALUES (council, upload, part_number, part_content)
	    ON CONFLICT (council_id, upload_id, number) DO UPDATE
	   SET content = excluded.content WHERE p.content <> excluded.content;
	RETURN 'saved';
END
$$;
COMMENT ON FUNCTION upload_part_save(bigint, bigint, integer, bytea) IS
'Keeps a part of an own file that is being received, in place of one of that number. wrong: not of the length that this part has; done: the file is whole already.';

CREATE FUNCTION upload_part_own(council bigint, upload bigint,
    part_number integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT p.content
  FROM sealed.upload u
  JOIN sealed.response r ON r.council_id = u.council_id
   AND r.id = u.response_id
  JOIN sealed.upload_part p ON p.council_id = u.council_id
   AND p.upload_id = u.id AND p.number = part_number
 WHERE u.council_id = council AND u.id = upload
   AND u.state IN ('receiving', 'checking', 'clean')
   AND sealed.response_is_mine(r)
$$;
COMMENT ON FUNCTION upload_part_own(bigint, bigint, integer) IS
'A part of an own file; nothing of one that was refused, removed or quarantined.';

CREATE FUNCTION upload_hold(council bigint, upload bigint, OUT state text,
    OUT is_whole boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	whole sealed.upload;
BEGIN
	PERFORM FROM sealed.response r
	  WHERE r.council_id = council AND sealed.response_may_write(r)
	    AND r.id = (SELECT u.response_id FROM sealed.upload u
	        WHERE u.council_id = council AND u.id = upload) FOR UPDATE;
	IF NOT FOUND THEN
		state := 'absent';
		RETURN;
	END IF;
	SELECT u.* INTO whole FROM sealed.upload u
	 WHERE u.council_id = council AND u.id = upload FOR UPDATE;
	state := whole.state;
	is_whole := whole.size = (SELECT sum(octet_length(p.content))
	    FROM sealed.upload_part p
	   WHERE p.council_id = council AND p.upload_id = upload);
END
$$;
COMMENT ON FUNCTION upload_hold(bigint, bigint) IS
'Holds an own response and one of its files to the end of the transaction, so that no part changes between the check and what is decided on it.';

CREATE FUNCTION upload_receive(council bigint, upload bigint, type text,
    refusal text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	held record;
	whole_sha256 bytea;
BEGIN
	SELECT h.state, h.is_whole INTO held FROM upload_hold(council, upload) AS h;
	IF held.state <> 'receiving' THEN
		RETURN held.state;
	END IF;
	IF held.is_whole IS NOT TRUE THEN
		RETURN 'receiving';
	END IF;
	IF refusal <> '' THEN
		UPDATE sealed.upload u SET state = 'refused', reason = refusal
		 WHERE u.council_id = council AND u.id = upload;
		DELETE FROM sealed.upload_part p
		 WHERE p.council_id = council AND p.upload_id = upload;
		RETURN 'refused';
	END IF;
	SELECT sha256(string_agg(p.content, ''::bytea ORDER BY p.number))
	  INTO whole_sha256 FROM sealed.upload_part p
	 WHERE p.council_id = council AND p.upload_id = upload;
	UPDATE sealed.upload u
	   SET state = 'checking', media_type = type, sha256 = whole_sha256,
	       scan_at = clock_now()
	 WHERE u.council_id = council AND u.id = upload;
	RETURN 'checking';
END
$$;
COMMENT ON FUNCTION upload_receive(bigint, bigint, text, text) IS
'Takes an own file that is whole to be scanned, or refuses it with a reason and lets its bytes go; gives the state that it has after this.';

CREATE FUNCTION upload_remove(council bigint, upload bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	held record;
	is_kept boolean;
BEGIN
	SELECT h.state INTO held FROM upload_hold(council, upload) AS h;
	IF held.state IN ('absent', 'removed') THEN
		RETURN false;
	END IF;
	SELECT sealed.upload_is_submitted(u) INTO is_kept FROM sealed.upload u
	 WHERE u.council_id = council AND u.id = upload;
	UPDATE sealed.upload u
	   SET state = 'removed',
	       sha256 = CASE WHEN is_kept THEN u.sha256 END
	 WHERE u.council_id = council AND u.id = upload;
	IF NOT is_kept THEN
		DELETE FROM sealed.upload_part p
		 WHERE p.council_id = council AND p.upload_id = upload;
	END IF;
	RETURN true;
END
$$;
COMMENT ON FUNCTION upload_remove(bigint, bigint) IS
'Takes a file out of an own response. The bytes of one that was submitted stay with the submission.';

CREATE FUNCTION upload_list_opened(council bigint, test_reference text,
    response_reference text)
RETURNS TABLE (id bigint, reference text, question text, name text,
    size bigint, media_type text, verdict text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT u.id, u.reference, u.question, u.name, u.size, u.media_type,
       coalesce(u.verdict, '')
  FROM sealed.response r
  JOIN market_test t ON t.council_id = r.council_id
   AND t.id = r.market_test_id AND t.reference = test_reference
  JOIN LATERAL (SELECT x.content FROM sealed.submission x
       WHERE x.council_id = r.council_id AND x.response_id = r.id
       ORDER BY x.number DESC LIMIT 1) AS s ON true
  JOIN sealed.upload u ON u.council_id = r.council_id AND u.response_id = r.id
 WHERE r.council_id = council AND r.reference = response_reference
   AND r.withdrawn_at IS NULL
   AND s.content::jsonb -> 'files' @> jsonb_build_array(
       jsonb_build_object('reference', u.reference))
   AND sealed.may_read(council, r.market_test_id)
 ORDER BY u.id
$$;
COMMENT ON FUNCTION upload_list_opened(bigint, text, text) IS
'The files of the submission that counts, once the market test was opened, whatever the respondent has removed since; verdict '''': not scanned yet.';

CREATE FUNCTION upload_part_opened(council bigint, upload bigint,
    part_number integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT p.content FROM sealed.upload_part p
 WHERE p.council_id = council AND p.upload_id = upload
   AND p.number = part_number AND sealed.upload_may_read(council, upload)
$$;
COMMENT ON FUNCTION upload_part_opened(bigint, bigint, integer) IS
'A part of a submitted file that is clean, once the market test was opened.';

CREATE FUNCTION upload_scan_take(OUT council_id bigint, OUT id bigint,
    OUT reference text, OUT size bigint)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
UPDATE sealed.upload u
   SET scan_at = clock_now() + interval '5 minutes'
 WHERE u.id = (
	SELECT w.id FROM sealed.upload w
	 WHERE w.verdict IS NULL AND w.sha256 IS NOT NULL
	   AND w.scan_at <= (SELECT clock_now())
	 ORDER BY w.scan_at, w.id
	   FOR UPDATE SKIP LOCKED
	 LIMIT 1)
RETURNING u.council_id, u.id, u.reference, u.size
$$;
COMMENT ON FUNCTION upload_scan_take() IS
'Takes the file that waits longest for the scanner, for five minutes: whoever ends meanwhile leaves it to be taken again. It tells nothing of whose it is.';

CREATE FUNCTION upload_scan_part(council bigint, upload bigint,
    part_number integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT p.content
  FROM sealed.upload u
  JOIN sealed.upload_part p ON p.council_id = u.council_id
   AND p.upload_id = u.id AND p.number = part_number
 WHERE u.council_id = council AND u.id = upload AND u.verdict IS NULL
   AND u.sha256 IS NOT NULL AND u.scan_at > clock_now()
$$;
COMMENT ON FUNCTION upload_scan_part(bigint, bigint, integer) IS
'A part of a file that was taken to be scanned.';

CREATE FUNCTION upload_scan_finish(council bigint, upload bigint, said text,
    why text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	UPDATE sealed.upload u
	   SET verdict = said, reason = why,
	       state = CASE u.state WHEN 'checking' THEN said ELSE u.state END
	 WHERE u.council_id = council AND u.id = upload AND u.verdict IS NULL
	   AND u.sha256 IS NOT NULL;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION upload_scan_finish(bigint, bigint, text, text) IS
'Writes down what the scanner said: clean or quarantined, once.';

CREATE FUNCTION upload_scan_put_off(council bigint, upload bigint,
    seconds bigint, is_away boolean, OUT attempts integer)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
UPDATE sealed.upload u
   SET scan_at = clock_now() + make_interval(secs => seconds),
       scan_attempts = u.scan_attempts + CASE WHEN is_away THEN 0 ELSE 1 END
 WHERE u.council_id = council AND u.id = upload AND u.verdict IS NULL
RETURNING u.scan_attempts
$$;
COMMENT ON FUNCTION upload_scan_put_off(bigint, bigint, bigint, boolean) IS
'Leaves a file for later: the scanner is away, or (which counts) could not look at this one. Gives how often it could not.';

CREATE FUNCTION upload_purge() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	removed bigint;
BEGIN
	WITH abandoned AS (
	    UPDATE sealed.upload u SET state = 'removed'
	     WHERE u.id IN (SELECT w.id FROM sealed.upload w
	         WHERE w.state = 'receiving'
	           AND w.created_at < clock_now() - interval '7 days'
	         ORDER BY w.created_at LIMIT 20 FOR UPDATE SKIP LOCKED)
	    RETURNING u.council_id, u.id),
	parts AS (
	    DELETE FROM sealed.upload_part p USING abandoned a
	     WHERE p.council_id = a.council_id AND p.upload_id = a.id)
	SELECT count(*) INTO removed FROM abandoned;
	RETURN removed;
END
$$;
COMMENT ON FUNCTION upload_purge() IS
'Removes files that broke off a week ago and were never gone on with, twenty at a time; gives how many.';

GRANT EXECUTE ON FUNCTION upload_begin(bigint, bigint, text, text, bigint,
        integer, boolean), upload_list_own(bigint, bigint),
    upload_part_list_own(bigint, bigint),
    upload_part_save(bigint, bigint, integer, bytea),
    upload_part_own(bigint, bigint, integer), upload_hold(bigint, bigint),
    upload_receive(bigint, bigint, text, text), upload_remove(bigint, bigint),
    upload_list_opened(bigint, text, text),
    upload_part_opened(bigint, bigint, integer) TO hearth_web;
GRANT EXECUTE ON FUNCTION upload_scan_take(),
    upload_scan_part(bigint, bigint, integer),
    upload_scan_finish(bigint, bigint, text, text),
    upload_scan_put_off(bigint, bigint, bigint, boolean), upload_purge()
    TO hearth_jobs;

-- migrate:down
