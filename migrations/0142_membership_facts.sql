-- migrate:up
-- Facts of a membership that policies go by: block hours, people in care.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE framework_member
    ADD COLUMN block_minutes integer NOT NULL DEFAULT 0,
    ADD COLUMN people_elsewhere integer,
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT framework_member_block_minutes_check
        CHECK (block_minutes BETWEEN 0 AND 6000000),
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT framework_member_people_elsewhere_check
        CHECK (people_elsewhere BETWEEN 0 AND 1000);
COMMENT ON COLUMN framework_member.block_minutes IS
'Minutes of care a week that are paid for whether they are used or not; placements use them.';
COMMENT ON COLUMN framework_member.people_elsewhere IS
'People that the team cares for without a placement here; NULL: not stated, so that it is not known how many it cares for.';

-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX placement_member ON placement (member_council_id, member_id)
    WHERE state <> 'ended';

CREATE POLICY functions_read ON framework_partner FOR SELECT TO hearth_owner
    USING (true);

CREATE FUNCTION framework_use(for_council bigint, for_framework bigint)
RETURNS TABLE (member_id bigint, minutes bigint, people bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT m.id, coalesce(sum(p.weekly_minutes), 0)::bigint,
       count(DISTINCT (p.council_id, p.person_id))
  FROM framework_member m
  JOIN placement p ON p.member_council_id = m.council_id
   AND p.member_id = m.id AND p.state <> 'ended'
 WHERE m.council_id = for_council AND m.framework_id = for_framework
   AND (tenant_council() = for_council
       OR EXISTS (SELECT FROM framework_partner q
           WHERE q.council_id = m.council_id
             AND q.framework_id = m.framework_id
             AND q.partner_council_id = tenant_council()))
 GROUP BY m.id
$$;
COMMENT ON FUNCTION framework_use(bigint, bigint) IS
'How many minutes a week and people each member of a framework cares for by placements of all its councils: figures only, for a council that calls off from it. Members without placements have no row.';
GRANT EXECUTE ON FUNCTION framework_use(bigint, bigint)
    TO hearth_web, hearth_jobs;

-- migrate:down
