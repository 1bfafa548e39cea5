-- migrate:up
-- What a clearing keeps when providers divide their spare hours over the day.
SET lock_timeout = '5s';
SET statement_timeout = '60s';
-- Functions are read by the policies that hold when they run.
SET LOCAL row_security = on;

ALTER TABLE clearing ADD COLUMN demands_csv text NOT NULL DEFAULT '';
COMMENT ON COLUMN clearing.demands_csv IS
'What each package takes of each part of the day, for hearth match clear; empty: no provider divides its hours, and all of the week counts as one.';
COMMENT ON COLUMN clearing.inputs_hash IS
'SHA-256 of packages_csv, providers_csv, options_csv and demands_csv, one after the other.';

ALTER TABLE clearing_line
    ADD COLUMN lacking_parts text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN clearing_line.lacking_parts IS
'Of a package for which nobody is proposed although a provider that may be asked has hours enough left in the week: the parts of the day in which they are too few.';

CREATE TABLE clearing_part (
	council_id bigint NOT NULL,
	clearing_id bigint NOT NULL,
	position integer NOT NULL CHECK (position >= 1),
	part_code text REFERENCES day_part,
	wanted_minutes bigint NOT NULL,
	spare_minutes bigint NOT NULL,
	plan_minutes bigint NOT NULL,
	PRIMARY KEY (council_id, clearing_id, position),
	FOREIGN KEY (council_id, clearing_id) REFERENCES clearing
);
COMMENT ON TABLE clearing_part IS
'Minutes a week by part of the day, of a clearing with providers that divide their hours: wanted by the packages that waited, spare at the providers that may be asked for any of them, and proposed.';
COMMENT ON COLUMN clearing_part.part_code IS 'NULL: at any time.';
COMMENT ON COLUMN clearing_part.plan_minutes IS
'Of the packages proposed. More than is spare in a part comes out of the hours at any time.';

ALTER TABLE clearing_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE clearing_part FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON clearing_part TO hearth_web
    USING (council_id = (SELECT tenant_council()))
    WITH CHECK (council_id = (SELECT tenant_council()));
GRANT SELECT, INSERT ON clearing_part TO hearth_web;

CREATE FUNCTION offer_promises(council bigint)
RETURNS TABLE (member_council_id bigint, member_id bigint, package_id bigint,
    weekly_minutes integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT o.member_council_id, o.member_id, o.package_id, o.weekly_minutes
  FROM offer_round r
  JOIN offer o ON o.council_id = r.council_id AND o.round_id = r.id
 WHERE r.council_id = council AND r.settled_at IS NULL
   AND (o.state = 'accepted' OR (o.state = 'sent'
       AND NOT EXISTS (SELECT FROM offer x
           WHERE x.council_id = o.council_id AND x.round_id = o.round_id
             AND x.id <> o.id)))
$$;
COMMENT ON FUNCTION offer_promises(bigint) IS
'Offers of a council that are out and may take hours of a member: those accepted, and those that were put to one provider alone.';
REVOKE ALL ON FUNCTION offer_promises(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION offer_promises(bigint) TO hearth_web;

-- migrate:down
