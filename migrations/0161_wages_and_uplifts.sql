-- migrate:up
-- What the formulas for rates go by, as rows with dates: the least pay that is
-- asked, what stands between a wage and a price, and the yearly uplifts.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE wage_threshold (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	starts_on date NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	hourly_pence bigint NOT NULL CHECK (hourly_pence BETWEEN 1 AND 100000),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, starts_on)
);
COMMENT ON TABLE wage_threshold IS
'The least hourly pay of care workers from a day on, until the next row begins (002 L53-55).';

CREATE TABLE wage_cost (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	starts_on date NOT NULL,
	travel_minutes integer NOT NULL CHECK (travel_minutes BETWEEN 0 AND 60),
	mileage_pence bigint NOT NULL CHECK (mileage_pence BETWEEN 0 AND 100000),
	holiday_hundredths integer NOT NULL
	    CHECK (holiday_hundredths BETWEEN 0 AND 10000),
	insurance_hundredths integer NOT NULL
	    CHECK (insurance_hundredths BETWEEN 0 AND 10000),
	insurance_free_pence bigint NOT NULL
	    CHECK (insurance_free_pence BETWEEN 0 AND 100000),
	pension_hundredths integer NOT NULL
	    CHECK (pension_hundredths BETWEEN 0 AND 10000),
	overhead_pence bigint NOT NULL CHECK (overhead_pence BETWEEN 0 AND 100000),
	overhead_hundredths integer NOT NULL
	    CHECK (overhead_hundredths BETWEEN 0 AND 10000),
	margin_hundredths integer NOT NULL
	    CHECK (margin_hundredths BETWEEN 0 AND 9000),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, starts_on)
);
COMMENT ON TABLE wage_cost IS
'What stands between a wage and the price of an hour of care, from a day on (000, questions 9 and 10). Shares are in hundredths of a per cent; app/matching/wage.h says of what.';
COMMENT ON COLUMN wage_cost.travel_minutes IS 'Paid, for each hour of care.';
COMMENT ON COLUMN wage_cost.insurance_free_pence IS
'Of an hour''s pay, free of employer''s National Insurance.';

CREATE TABLE rate_uplift (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	starts_on date NOT NULL,
	formula text NOT NULL CHECK (formula IN ('shares', 'wage_cost')),
	wage_hundredths integer NOT NULL CHECK (wage_hundredths BETWEEN 0 AND 10000),
	price_hundredths integer NOT NULL
	    CHECK (price_hundredths BETWEEN 0 AND 10000),
	inflation_hundredths integer NOT NULL
	    CHECK (inflation_hundredths BETWEEN -10000 AND 10000),
	cap_pence bigint CHECK (cap_pence BETWEEN 1 AND 100000),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, starts_on)
);
COMMENT ON TABLE rate_uplift IS
'A year''s parameters of the formula by which rates rise from a day on (004 L97-102); app/matching/uplift.h has the formulas.';
COMMENT ON COLUMN rate_uplift.cap_pence IS 'The most that an hour rises by; NULL: no cap.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['wage_threshold', 'wage_cost', 'rate_uplift']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON wage_threshold, wage_cost, rate_uplift
    TO hearth_web;
GRANT SELECT ON wage_threshold, wage_cost, rate_uplift TO hearth_jobs;

-- migrate:down
