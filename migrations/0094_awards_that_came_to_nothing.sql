-- migrate:up
-- An award that came to nothing does not count as a member's last award.
SET lock_timeout = '5s';
SET statement_timeout = '60s';
-- The owner may read and write both tables whole, by policies of its own.
SET LOCAL row_security = on;

ALTER TABLE framework_member ADD COLUMN awarded_before_at timestamptz;
COMMENT ON COLUMN framework_member.awarded_before_at IS
'The last award that was entered, from before placements were kept here; NULL: none is known.';
COMMENT ON COLUMN framework_member.last_award_at IS
'Breaks ties: longest since the last award goes first. The later of awarded_before_at and the newest placement of an offer or a request whose care was not called off before it started; kept by a trigger.';

-- When the newest award of a member was made, without one placement, in any
-- council. Care that was called off before its start was no award; care that
-- became interim later was one.
CREATE FUNCTION member_awarded_at(
    member_council bigint, member bigint, organisation bigint, without bigint)
RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT max(p.created_at)
  FROM placement p
 WHERE p.organisation_id = organisation
   AND p.member_council_id = member_council AND p.member_id = member
   AND p.id <> without
   AND (p.offer_id IS NOT NULL OR p.placement_request_id IS NOT NULL)
   AND NOT (p.state = 'ended' AND p.ended_at <= p.starts_at)
$$;
COMMENT ON FUNCTION member_awarded_at(bigint, bigint, bigint, bigint) IS
'The newest award of a member that came to something, without one placement; for placement_capacity() only.';
REVOKE ALL ON FUNCTION member_awarded_at(bigint, bigint, bigint, bigint) FROM PUBLIC;

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
'A placement takes its weekly minutes from the member''s spare minutes, as far as there are any, and counts as its last award; an ending gives back what was taken, and one before the start takes the award back. Runs as the owner: the member may be on another council''s framework.';

-- What is not explained by a placement was entered; what came to nothing
-- until now is taken back.
UPDATE framework_member m SET awarded_before_at = m.last_award_at
 WHERE m.last_award_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM placement p
       WHERE p.organisation_id = m.organisation_id
         AND p.member_council_id = m.council_id AND p.member_id = m.id
         AND p.created_at >= m.last_award_at);
UPDATE framework_member m
   SET last_award_at = greatest(m.awarded_before_at,
           member_awarded_at(m.council_id, m.id, m.organisation_id, 0))
 WHERE EXISTS (SELECT FROM placement p
       WHERE p.organisation_id = m.organisation_id
         AND p.member_council_id = m.council_id AND p.member_id = m.id
         AND p.state = 'ended' AND p.ended_at <= p.starts_at
         AND p.created_at = m.last_award_at);

-- migrate:down
