-- migrate:up
-- Clearings of the waiting list: what was proposed for all of it at once, and
-- from what, kept for whoever asks later. Offers are sent from it by a broker.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE clearing (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('Y'),
	created_by_id bigint REFERENCES account,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	travel_pence integer NOT NULL CHECK (travel_pence >= 0),
	bundle_kilometres integer CHECK (bundle_kilometres >= 1),
	packages_csv text NOT NULL,
	providers_csv text NOT NULL,
	options_csv text NOT NULL,
	inputs_hash text NOT NULL CHECK (inputs_hash ~ '^[0-9a-f]{64}$'),
	waiting_packages integer NOT NULL,
	waiting_minutes bigint NOT NULL,
	plan_packages integer NOT NULL,
	plan_minutes bigint NOT NULL,
	plan_fit bigint NOT NULL,
	plan_pence bigint NOT NULL,
	plan_metres bigint NOT NULL,
	single_packages integer NOT NULL,
	single_minutes bigint NOT NULL,
	single_fit bigint NOT NULL,
	single_pence bigint NOT NULL,
	single_metres bigint NOT NULL,
	bound_minutes bigint NOT NULL,
	is_best boolean NOT NULL,
	PRIMARY KEY (council_id, id)
);
CREATE INDEX clearing_created ON clearing (council_id, created_at);
COMMENT ON TABLE clearing IS
'One proposal for a whole waiting list. It places nobody: offers are sent from its lines.';
COMMENT ON COLUMN clearing.travel_pence IS 'What a kilometre of distance counted as cost, in pence.';
COMMENT ON COLUMN clearing.bundle_kilometres IS
'Rural packages within this distance of each other went to one provider; NULL: no bundles.';
COMMENT ON COLUMN clearing.packages_csv IS
'What the proposal was made from, with providers_csv and options_csv: files that hearth match clear reads.';
COMMENT ON COLUMN clearing.inputs_hash IS
'SHA-256 of packages_csv, providers_csv and options_csv, one after the other.';
COMMENT ON COLUMN clearing.plan_fit IS 'Sum over the packages placed, in hundredths.';
COMMENT ON COLUMN clearing.single_packages IS
'With the four after it: what offers for one package at a time, those who wait longest first, would have come to.';
COMMENT ON COLUMN clearing.bound_minutes IS 'No assignment whatever places more.';
COMMENT ON COLUMN clearing.is_best IS 'Proved that no assignment is better.';

CREATE TABLE clearing_line (
	council_id bigint NOT NULL,
	clearing_id bigint NOT NULL,
	position integer NOT NULL CHECK (position >= 1),
	package_id bigint NOT NULL,
	package_version integer NOT NULL,
	weekly_minutes integer NOT NULL,
	option_count integer NOT NULL,
	organisation_id bigint REFERENCES organisation,
	organisation_name text NOT NULL,
	fit_hundredths integer NOT NULL DEFAULT 0,
	weekly_price_pence bigint NOT NULL DEFAULT 0,
	distance_metres integer NOT NULL DEFAULT 0,
	bundle integer CHECK (bundle >= 1),
	round_id bigint,
	PRIMARY KEY (council_id, clearing_id, position),
	UNIQUE (council_id, clearing_id, package_id),
	FOREIGN KEY (council_id, clearing_id) REFERENCES clearing,
	FOREIGN KEY (council_id, package_id) REFERENCES package (council_id, id),
	FOREIGN KEY (council_id, round_id) REFERENCES offer_round
);
CREATE INDEX clearing_line_package ON clearing_line (council_id, package_id);
COMMENT ON TABLE clearing_line IS
'Every package that waited, in the order of waiting, and whom the clearing proposes for it.';
COMMENT ON COLUMN clearing_line.option_count IS 'Providers that might have been asked for it.';
COMMENT ON COLUMN clearing_line.organisation_id IS 'NULL: nobody is proposed.';
COMMENT ON COLUMN clearing_line.weekly_price_pence IS '0: comes with the reply.';
COMMENT ON COLUMN clearing_line.bundle IS 'Lines of one number lie close together and go to one provider.';
COMMENT ON COLUMN clearing_line.round_id IS 'The offer that was sent from this line; NULL: none.';

CREATE TABLE clearing_change (
	council_id bigint NOT NULL,
	clearing_id bigint NOT NULL,
	position integer NOT NULL CHECK (position >= 1),
	label text NOT NULL CHECK (label <> ''),
	more_minutes bigint NOT NULL,
	more_packages bigint NOT NULL,
	PRIMARY KEY (council_id, clearing_id, position),
	FOREIGN KEY (council_id, clearing_id) REFERENCES clearing
);
COMMENT ON TABLE clearing_change IS
'Single changes that would place most of the rest, found by clearing again with each.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['clearing', 'clearing_line',
	    'clearing_change']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
	END LOOP;
END
$$;

GRANT SELECT, INSERT ON clearing, clearing_line, clearing_change TO hearth_web;
GRANT UPDATE (round_id) ON clearing_line TO hearth_web;

-- migrate:down
