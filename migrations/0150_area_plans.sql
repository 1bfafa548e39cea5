-- migrate:up
-- Schemes of areas that a commissioner draws up to see what they would mean.
-- Nothing but the coverage page reads them, so that none can come into force.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE area_plan (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('Z'),
	name text NOT NULL CHECK (name <> ''),
	created_by_id bigint REFERENCES account,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, name)
);
COMMENT ON TABLE area_plan IS
'A scheme of areas that is drawn up and not in force: for looking at coverage only.';
COMMENT ON COLUMN area_plan.revision IS 'Counts changes, so that two people do not overwrite each other.';

CREATE TABLE area_plan_sector (
	council_id bigint NOT NULL,
	plan_id bigint NOT NULL,
	sector text NOT NULL REFERENCES postcode_sector,
	area_number integer NOT NULL CHECK (area_number >= 1),
	area_name text NOT NULL CHECK (area_name <> ''),
	PRIMARY KEY (council_id, plan_id, sector),
	FOREIGN KEY (council_id, plan_id) REFERENCES area_plan
);
COMMENT ON TABLE area_plan_sector IS
'Which area of a plan a sector lies in; each lies in one, sectors left out lie in none.';
COMMENT ON COLUMN area_plan_sector.area_number IS 'Order of the areas; one number, one name.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['area_plan', 'area_plan_sector']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
	END LOOP;
END
$$;

GRANT SELECT, INSERT, DELETE ON area_plan, area_plan_sector TO hearth_web;
GRANT UPDATE (name, revision) ON area_plan TO hearth_web;

-- migrate:down
