-- migrate:up
-- Spare hours by part of the day: what the parts are, what a provider has to
-- spare in each, and what a package's week takes of each.
SET lock_timeout = '5s';
SET statement_timeout = '60s';
-- Functions are read by the policies that hold when they run.
SET LOCAL row_security = on;

CREATE TABLE day_part (
	code text PRIMARY KEY,
	name text NOT NULL CHECK (name <> ''),
	phrase text NOT NULL CHECK (phrase <> ''),
	from_minute integer NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
	until_minute integer NOT NULL,
	sort integer NOT NULL UNIQUE CHECK (sort BETWEEN 1 AND 8),
	CHECK (until_minute BETWEEN from_minute + 1 AND from_minute + 1440)
);
COMMENT ON TABLE day_part IS
'The one definition of the parts of a day, for all councils. They follow the four calls that home care is asked for in (getting up, the midday meal, tea, going to bed), with bounds where few calls lie, and the night. Together they cover the day once; pages, clearings and the placement trigger all read them here.';
COMMENT ON COLUMN day_part.phrase IS 'As it stands in a sentence: "in the evening".';
COMMENT ON COLUMN day_part.from_minute IS 'Minute of the local day at which it begins.';
COMMENT ON COLUMN day_part.until_minute IS 'Minute at which it ends; beyond 1440 on the next day.';
INSERT INTO day_part (code, name, phrase, from_minute, until_minute, sort) VALUES
    ('morning', 'Morning', 'in the morning', 360, 660, 1),
    ('midday', 'Midday', 'at midday', 660, 900, 2),
    ('afternoon', 'Afternoon', 'in the afternoon', 900, 1080, 3),
    ('evening', 'Evening', 'in the evening', 1080, 1380, 4),
    ('night', 'Night', 'at night', 1380, 1800, 5);
ALTER TABLE day_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE day_part FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON day_part FOR SELECT
    TO hearth_web, hearth_jobs, hearth_owner USING (true);
GRANT SELECT ON day_part TO hearth_web, hearth_jobs;

CREATE TABLE member_day_part (
	council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	part_code text NOT NULL REFERENCES day_part,
	spare_minutes integer NOT NULL CHECK (spare_minutes >= 0),
	PRIMARY KEY (council_id, member_id, part_code),
	FOREIGN KEY (council_id, member_id) REFERENCES framework_member
);
COMMENT ON TABLE member_day_part IS
'How a member''s spare minutes a week divide over the parts of the day. No rows: all may be used at any time. Together never more than framework_member.spare_minutes; what is in no part may be used at any time.';
COMMENT ON COLUMN member_day_part.spare_minutes IS
'Minutes a week that are free in this part only. Placements take from it and give back (placement trigger); the provider states it anew at will.';

ALTER TABLE member_day_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE member_day_part FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON member_day_part TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
-- Whoever sees a membership sees it: partners of the framework, the provider.
CREATE POLICY member_read ON member_day_part FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_day_part.council_id
          AND m.id = member_day_part.member_id));
CREATE POLICY provider_add ON member_day_part FOR INSERT TO hearth_web
    WITH CHECK (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_day_part.council_id
          AND m.id = member_day_part.member_id
          AND m.organisation_id = (SELECT tenant_organisation())));
CREATE POLICY provider_remove ON member_day_part FOR DELETE TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = member_day_part.council_id
          AND m.id = member_day_part.member_id
          AND m.organisation_id = (SELECT tenant_organisation())));
CREATE POLICY functions ON member_day_part TO hearth_owner
    USING (true) WITH CHECK (true);
CREATE POLICY functions ON visit FOR SELECT TO hearth_owner USING (true);
GRANT SELECT, INSERT, DELETE ON member_day_part TO hearth_web;

CREATE FUNCTION package_day_parts(council bigint, package bigint)
RETURNS integer[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT array_agg(coalesce(taken.minutes, 0)::integer ORDER BY d.sort)
  FROM day_part d
  LEFT JOIN LATERAL (
      SELECT sum(timed.visits * timed.carers * greatest(0,
                 least(timed.starts + timed.minutes, d.until_minute + shift)
                 - greatest(timed.starts, d.from_minute + shift))) AS minutes
        FROM (SELECT v.carers, v.minutes,
                     CASE v.kind WHEN 'days' THEN bit_count(v.days::bit(7))
                          ELSE v.times END AS visits,
                     v.start_from_minute + opening.minutes / 2 AS starts
                FROM visit v
               CROSS JOIN LATERAL (SELECT (v.start_until_minute
                   - v.start_from_minute + 1440) % 1440) AS opening (minutes)
               WHERE v.council_id = council AND v.package_id = package
                 AND v.kind <> 'flexible' AND opening.minutes <= 300)
             AS timed
       CROSS JOIN generate_series(-1440, 2880, 1440) AS shift) AS taken
    ON true
$$;
COMMENT ON FUNCTION package_day_parts(bigint, bigint) IS
'Care workers'' minutes a week that a package''s visits take of each part of the day, in the order of the parts. A visit is counted where it is spent when it begins in the middle of its start times, so that one over a bound is shared. Visits without times, with start times more than five hours apart (longer than a part of the waking day) and flexible minutes are in no part: they may be at any time.';

CREATE FUNCTION day_parts_taken(
    spare integer[], wanted integer[], taken integer, week integer)
RETURNS integer[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
SELECT array_agg(first.taken + greatest(0, least(first.remaining,
           first.excess - first.before))::integer ORDER BY first.part)
  FROM (SELECT own.part, own.taken, own.spare - own.taken AS remaining,
               sum(own.spare - own.taken) OVER () - greatest(0, $4 - $3)
                   AS excess,
               coalesce(sum(own.spare - own.taken) OVER (
                   ORDER BY own.spare - own.taken DESC, own.part
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
                   AS before
          FROM (SELECT u.part, u.spare,
                       least(u.spare, u.wanted, greatest(0, $3
                           - coalesce(sum(least(u.spare, u.wanted)) OVER (
                               ORDER BY u.part
                               ROWS BETWEEN UNBOUNDED PRECEDING
                                AND 1 PRECEDING), 0)))::integer AS taken
                  FROM unnest($1, $2) WITH ORDINALITY
                    AS u (spare, wanted, part)) AS own) AS first
$$;
COMMENT ON FUNCTION day_parts_taken(integer[], integer[], integer, integer) IS
'Of `taken` minutes out of `week` spare ones, how many each part of the day gives: what is wanted there, as far as there is; the rest comes from the hours at any time. Where those do not reach, whatever the parts then have beyond the week that is left goes as well, from the part with most left first: nobody has more to spare in parts than in all.';

CREATE FUNCTION member_parts_take(
    council bigint, member bigint, wanted integer[], taken integer,
    week integer)
RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	given jsonb;
BEGIN
	SELECT jsonb_object_agg(x.part_code, x.minutes) FILTER (WHERE x.minutes > 0)
	  INTO given
	  FROM (SELECT unnest(part.codes) AS part_code,
	               unnest(day_parts_taken(part.spare, wanted, taken, week))
	                   AS minutes
	          FROM (SELECT array_agg(d.code ORDER BY d.sort) AS codes,
	                       array_agg(coalesce(p.spare_minutes, 0)
	                           ORDER BY d.sort) AS spare
	                  FROM day_part d
	                  LEFT JOIN member_day_part p ON p.council_id = council
	                   AND p.member_id = member AND p.part_code = d.code)
	               AS part) AS x;
	UPDATE member_day_part p
	   SET spare_minutes = p.spare_minutes - (given ->> p.part_code)::integer
	 WHERE p.council_id = council AND p.member_id = member
	   AND given ? p.part_code;
	RETURN coalesce(given, '{}');
END
$$;
COMMENT ON FUNCTION member_parts_take(bigint, bigint, integer[], integer, integer) IS
'Takes from a member''s parts of the day what day_parts_taken() says, and gives what was taken by part; for triggers only, under the member''s lock.';

ALTER TABLE placement
    ADD COLUMN spare_taken_by_part jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN placement.spare_taken_by_part IS
'Of spare_taken_minutes, what came out of which part of the day ({"morning": 210}), given back with it; kept by a trigger.';

CREATE OR REPLACE FUNCTION placement_capacity() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	given_back integer := 0;
	wanted integer := NEW.weekly_minutes;
	spare integer;
	is_nothing boolean := NEW.state = 'ended' AND NEW.ended_at <= NEW.starts_at;
BEGIN
	IF TG_OP = 'UPDATE' THEN
		IF (NEW.state = 'ended') = (OLD.state = 'ended')
		    AND NEW.weekly_minutes = OLD.weekly_minutes THEN
			NEW.spare_taken_minutes := OLD.spare_taken_minutes;
			NEW.spare_taken_by_part := OLD.spare_taken_by_part;
			RETURN NEW;
		END IF;
		given_back := OLD.spare_taken_minutes;
	END IF;
	IF NEW.state = 'ended' THEN
		wanted := 0;
	END IF;
	SELECT m.spare_minutes + given_back INTO spare
	  FROM framework_member m
	 WHERE m.council_id = NEW.member_council_id AND m.id = NEW.member_id
	   FOR NO KEY UPDATE;
	NEW.spare_taken_minutes := coalesce(least(spare, wanted), 0);
	IF TG_OP = 'UPDATE' THEN
		UPDATE member_day_part p
		   SET spare_minutes = p.spare_minutes
		       + (OLD.spare_taken_by_part ->> p.part_code)::integer
		 WHERE p.council_id = NEW.member_council_id
		   AND p.member_id = NEW.member_id
		   AND OLD.spare_taken_by_part ? p.part_code;
	END IF;
	NEW.spare_taken_by_part := member_parts_take(NEW.member_council_id,
	    NEW.member_id, package_day_parts(NEW.council_id, NEW.package_id),
	    NEW.spare_taken_minutes, coalesce(spare, 0));
	UPDATE framework_member m
	   SET spare_minutes = spare - NEW.spare_taken_minutes,
	       last_award_at = CASE
	           WHEN TG_OP = 'INSERT' AND NOT NEW.is_interim AND NOT is_nothing
	           THEN greatest(m.last_award_at, NEW.created_at)
	           WHEN TG_OP = 'UPDATE' AND is_nothing
	           THEN greatest(m.awarded_before_at, member_awarded_at(
	               m.council_id, m.id, NEW.organisation_id, NEW.id))
	           ELSE m.last_award_at END
	 WHERE m.council_id = NEW.member_council_id AND m.id = NEW.member_id;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION placement_capacity() IS
'A placement takes its weekly minutes from the member''s spare minutes, as far as there are any, and counts as its last award; an ending gives back what was taken, and one before the start takes the award back. Of a member that divides its hours over the day, each part gives what the package''s visits take of it and the hours at any time give the rest (day_parts_taken); what each gave is kept with the placement and goes back to the same part, unless the member does not divide its hours any more. Runs as the owner: the member may be on another council''s framework.';

CREATE FUNCTION member_parts_trim() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	PERFORM member_parts_take(NEW.council_id, NEW.id,
	    (SELECT array_agg(0) FROM day_part), 0, NEW.spare_minutes);
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION member_parts_trim() IS
'Fewer spare minutes than stand in the parts of the day: the part with most gives first. Runs as the owner, whoever changes the week.';
CREATE TRIGGER member_parts_trim AFTER UPDATE OF spare_minutes
    ON framework_member FOR EACH ROW
    WHEN (NEW.spare_minutes < OLD.spare_minutes)
    EXECUTE FUNCTION member_parts_trim();

REVOKE ALL ON FUNCTION package_day_parts(bigint, bigint),
    day_parts_taken(integer[], integer[], integer, integer),
    member_parts_take(bigint, bigint, integer[], integer, integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION package_day_parts(bigint, bigint),
    day_parts_taken(integer[], integer[], integer, integer) TO hearth_web;

DO $$
BEGIN
	EXECUTE format('COMMENT ON SCHEMA public IS %L', replace(
	    obj_description('public'::regnamespace), E'\npostcode_sector: as',
	    E'\nday_part: everybody reads all of it; the owner alone writes.'
	    || E'\npostcode_sector: as'));
END
$$;

-- migrate:down
